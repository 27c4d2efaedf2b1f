"""Mixing in linear light: what a lens does when two pictures fall on one film, done on coded 4:2:0 pictures.

Coded values are decoded by tables to light, mixed, and coded again. Chroma is taken as it is stored, one value for
each block of four luma samples, so that the way back is exact. Knows nothing of transitions.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

Index = NDArray[np.intp]
"""Values that look up a table; the machine's own width, for anything narrower would be widened at each use."""

Code = NDArray[np.int32]
"""Coded colours or levels on the way back."""

Planes = tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]

FINE = 8
"""Steps into which a coded level is divided on the way to light."""

_LOW, _HIGH = -272, 528
"""Coded colours, in levels of 219 to full white, that 8-bit luma and chroma can be the code of."""

_UNIT = 8192
"""Light is counted in parts of full white; next to black such a part is a ninth of a coded level."""

_OUT = 16
"""Steps into which a level is divided on the way back."""

_BLOCK = 1 << 14
"""Luma samples that are mixed at a time: few enough to stay in the processor's cache."""


def decode(coded: NDArray[np.float64]) -> NDArray[np.float64]:
    """Light of a coded colour by BT.709 (1 is white); odd below black, so that colours outside RGB are kept."""
    size = np.abs(coded)
    light = np.where(size < 0.081, size / 4.5, ((size + 0.099) / 1.099) ** (1 / 0.45))
    return np.copysign(light, coded)


def encode(light: NDArray[np.float64]) -> NDArray[np.float64]:
    """Coded colour of light; the inverse of `decode`."""
    size = np.abs(light)
    coded = np.where(size < 0.018, size * 4.5, 1.099 * size**0.45 - 0.099)
    return np.copysign(coded, light)


def mix_light(out: Planes, old: Planes, new: Planes, weight: float | NDArray[np.uint16]) -> None:
    """Write into `out` the mix of `old` and `new`, all planes of one even size, by `weight` of the new one.

    `weight` is a number 0..1, or 0..256 per luma sample. Levels stay within limited range, or within those of the
    pictures where these go beyond it.
    """
    bounds = [
        (min(16, int(a.min()), int(b.min())), max(top, int(a.max()), int(b.max())))
        for a, b, top in zip(old, new, (235, 240, 240), strict=True)
    ]
    rows = max(2, _BLOCK // old[0].shape[1] & ~1)
    tables = _weighted(weight) if isinstance(weight, float) else None
    for top in range(0, old[0].shape[0], rows):
        half = slice(top // 2, (top + rows) // 2)
        part = (slice(top, top + rows), half, half)
        before, after = (
            _colours(*(plane[some] for plane, some in zip(picture, part, strict=True))) for picture in (old, new)
        )
        pairs = zip(before, after, strict=True)
        if tables:
            light = (_sum(tables, a, b) for a, b in pairs)
        else:
            share = np.asarray(weight)[part[0]].astype(np.intp)
            light = (_by_sample(a, b, share) for a, b in pairs)
        red, green, blue = (np.take(_to_code(), one, mode="clip") for one in light)
        for plane, some, levels, (low, high) in zip(out, part, _levels(red, green, blue), bounds, strict=True):
            plane[some] = np.clip(levels, low, high)


def _weighted(weight: float) -> tuple[Index, Index]:
    """Tables of light that have the weight worked in, so that a mix is two look-ups and a sum."""
    dim = np.rint(_to_light() * (1 - weight) - _darkest()).astype(np.intp)
    lit = np.rint(_to_light() * weight).astype(np.intp)
    return dim, lit


def _sum(tables: tuple[Index, Index], before: Index, after: Index) -> Index:
    """Light of both, in units above the darkest."""
    total: Index = np.take(tables[0], before, mode="clip")
    total += np.take(tables[1], after, mode="clip")
    return total


def _by_sample(before: Index, after: Index, share: Index) -> Index:
    """Mix with a weight of 0..256 for each sample."""
    old, new = np.take(_units(), before, mode="clip"), np.take(_units(), after, mode="clip")
    new -= old
    new *= share
    new += 128
    new >>= 8
    new += old - _darkest()
    return new


@cache
def _to_light() -> NDArray[np.float64]:
    """Light in units by coded colour in fine steps above `_LOW`."""
    fine = np.arange(_LOW * FINE, _HIGH * FINE + 1, dtype=np.float64)
    return decode(fine / (219 * FINE)) * _UNIT


@cache
def _units() -> Index:
    """Light in whole units by coded colour in fine steps above `_LOW`."""
    return np.rint(_to_light()).astype(np.intp)


def _darkest() -> int:
    """Units of light that the table of the way back begins with."""
    return int(np.floor(_to_light()[0])) - 1


@cache
def _to_code() -> Code:
    """Coded colour in `_OUT` steps by light in units above the darkest."""
    units = np.arange(_darkest(), int(np.ceil(_to_light()[-1])) + 2, dtype=np.float64)
    return np.rint(encode(units / _UNIT) * 219 * _OUT).astype(np.int32)


@cache
def _tints() -> tuple[NDArray[np.int16], ...]:
    """What each chroma code adds to a colour, in fine steps: V to red, U and V to green, U to blue."""
    fine = (np.arange(256, dtype=np.float64) - 128) * (219 / 224 * FINE)
    return tuple(np.rint(gain * fine).astype(np.int16) for gain in (1.5748, -0.1873, -0.4681, 1.8556))


def _colours(luma: NDArray[np.uint8], u: NDArray[np.uint8], v: NDArray[np.uint8]) -> Iterator[Index]:
    """Red, green and blue of each luma sample, in fine steps above `_LOW`, one after another to stay in the cache."""
    grey = luma.astype(np.int16)
    grey *= FINE
    grey -= np.int16((16 + _LOW) * FINE)
    red_v, green_u, green_v, blue_u = _tints()
    tints = (cv2.LUT(v, red_v), cv2.LUT(u, green_u) + cv2.LUT(v, green_v), cv2.LUT(u, blue_u))
    for tint in tints:
        wide = cv2.resize(tint, grey.shape[::-1], interpolation=cv2.INTER_NEAREST)
        yield np.add(grey, wide, dtype=np.int16).astype(np.intp)


def _levels(red: Code, green: Code, blue: Code) -> tuple[Code, Code, Code]:
    """8-bit levels of luma and chroma from coded colours in `_OUT` steps; chroma from the mean of each block."""
    luma = red * np.int32(13933)  # the weights of BT.709 in parts of 65536
    luma += green * np.int32(46871)
    luma += blue * np.int32(4732)
    below = _block(luma >> 6)
    u = _chroma(_block(blue), below, 224 / (219 * 1.8556))
    v = _chroma(_block(red), below, 224 / (219 * 1.5748))
    luma += np.int32(33 * (_OUT << 15))  # 16 levels of footroom, and half a level to round
    luma >>= 20
    return luma, u, v


def _block(plane: Code) -> Code:
    """The sum of each block of four samples."""
    rows = plane[0::2] + plane[1::2]
    return np.asarray(rows[:, 0::2] + rows[:, 1::2], np.int32)


def _chroma(colour: Code, luma: Code, gain: float) -> Code:
    """A chroma level from the sums over a block of a colour (in `_OUT` steps) and of luma (1024 times finer)."""
    apart = (colour * np.int32(1024) - luma).astype(np.float32)
    apart *= np.float32(gain / (4 * 1024 * _OUT))
    apart += np.float32(128.5)
    return apart.astype(np.int32)
