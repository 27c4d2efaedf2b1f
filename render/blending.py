"""The arithmetic that transitions share: mixing two coded pictures evenly or by a mask, and masks from fields.

Everything works on 4:2:0 planes as they are: a chroma sample sees the mean of what its four luma samples see.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from render.light import mix_light
from render.transition import Planes, planes
from scenes.frames import I420

Mask = NDArray[np.uint16]
"""How much of the new picture shows, 0..256 per luma sample, (h, w)."""

Field = NDArray[np.float32]
"""When each luma sample's turn comes, 0 first and 1 last, (h, w)."""

FULL = 256
"""The mask value that shows nothing but the new picture."""

_WEIGHTS = 1 << 16
_ROWS = 32
"""Rows of luma that are blended at a time: few enough to stay in the processor's cache."""


def dissolve(tail: I420, head: I420, progress: float, *, linear: bool = False) -> I420:
    """An even mix of both pictures, in coded values (rounded half to even) or in linear light."""
    # Weights of so many bits make every product and sum exact in single precision, so that the result is the same
    # on every processor and rounding favours neither side.
    weight = round(progress * _WEIGHTS) / _WEIGHTS
    if linear:
        out = np.empty_like(tail)
        mix_light(planes(out), planes(tail), planes(head), weight)
        return out
    return np.asarray(cv2.addWeighted(tail, 1 - weight, head, weight, 0), np.uint8)


def mask_of(field: Field, progress: float, softness: float) -> Mask:
    """The mask of a field whose front has come so far; `softness` is the width of the front on the field's scale."""
    shown = np.subtract(np.float32(progress * (1 + softness)), field)
    shown *= np.float32(FULL / softness)
    return rounded(shown)


def rounded(shown: Field) -> Mask:
    """A mask from any numbers, which are held within 0..256 and lost on the way."""
    np.maximum(shown, 0, out=shown)
    np.minimum(shown, FULL, out=shown)
    shown += np.float32(0.5)
    return shown.astype(np.uint16)


def reveal(tail: I420, head: I420, mask: Mask, *, linear: bool = False) -> I420:
    """Show `head` through `mask`; the chroma planes see the mask's mean over each block of four samples."""
    out = np.empty_like(tail)
    drawn, old, new = planes(out), planes(tail), planes(head)
    for top in range(0, mask.shape[0], _ROWS):
        weight = mask[top : top + _ROWS]
        least, most = int(weight.min()), int(weight.max())
        parts = [_part(picture, slice(top, top + _ROWS), slice(None)) for picture in (drawn, old, new)]
        if least == most and least in (0, FULL):
            for plane, source in zip(parts[0], parts[2 if least else 1], strict=True):
                plane[:] = source
            continue
        small = halved(weight)
        for plane, before, after, share in zip(*parts, (weight, small, small), strict=True):
            plane[:] = (before * (FULL - share) + after * share + FULL // 2) >> 8
        if linear:
            _relight(parts[0], parts[1], parts[2], weight)
    return out


def _relight(drawn: Planes, old: Planes, new: Planes, mask: Mask) -> None:
    """Mix again, in linear light, the columns in which both pictures show."""
    columns = np.flatnonzero(((mask > 0) & (mask < FULL)).any(axis=0))
    if columns.size:
        between = slice(int(columns[0]) & ~1, (int(columns[-1]) & ~1) + 2)
        parts = [_part(picture, slice(None), between) for picture in (drawn, old, new)]
        mix_light(parts[0], parts[1], parts[2], mask[:, between])


def _part(picture: Planes, rows: slice, columns: slice) -> Planes:
    """Some rows and columns of luma, bounded by even numbers, and what belongs to them of chroma."""
    small = tuple(slice(*(None if edge is None else edge // 2 for edge in (s.start, s.stop))) for s in (rows, columns))
    return picture[0][rows, columns], picture[1][small], picture[2][small]


def halved(mask: Mask) -> Mask:
    """The mean of each block of four."""
    rows = mask[0::2] + mask[1::2]
    return np.asarray((rows[:, 0::2] + rows[:, 1::2] + 2) >> 2, np.uint16)


def ease(progress: float) -> float:
    """Slow at both ends: the smoothstep of `progress`."""
    return progress * progress * (3 - 2 * progress)


def rush(progress: float) -> float:
    """Very slow at both ends and very fast between: smoothstep's steeper relative, still at rest at 0 and 1."""
    return progress**3 * (10 - 15 * progress + 6 * progress * progress)
