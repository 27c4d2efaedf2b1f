"""Moving coded pictures: strips that run through the frame, and zooms, both with the blur of an open shutter.

Offsets are whole chroma samples, so that luma and chroma never come apart. Knows nothing of what a move is for.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from render.blending import rush
from render.transition import planes, size_of
from scenes.frames import I420

Direction = Literal["left", "right", "up", "down"]

Plane = NDArray[np.uint8]

DIRECTIONS: tuple[Direction, ...] = ("left", "right", "up", "down")
"""Where the pictures move to."""

SHUTTER = 1.5
"""For how many frames the shutter is open: longer than a camera's could be, for the eye wants a whip to be a whip."""


def run_past(tiles: Sequence[I420], direction: str, begin: float, end: float) -> I420:
    """What a frame shows while a strip of tiles runs through it, from `begin` to `end` frame widths (or heights).

    At 0 the first tile fills the frame, at 1 the second; the strip moves in the direction, and whatever passes while
    the shutter is open is blurred along it.
    """
    across = direction in ("left", "right")
    height, width = size_of(tiles[0])
    samples = (width if across else height) // 2
    first = round(begin * samples)
    # An even number of samples passes, so that the blur is odd: OpenCV's blur of two is a level too bright.
    travel = int(end * samples - first) // 2 * 2
    out = np.empty_like(tiles[0])
    split = [planes(tile) for tile in tiles]
    for number, (plane, scale) in enumerate(zip(planes(out), (2, 1, 1), strict=True)):
        strip = [tile[number] for tile in split]
        plane[:] = _passing(strip, direction, first * scale, travel * scale)
    return out


def _passing(tiles: Sequence[Plane], direction: str, offset: int, travel: int) -> Plane:
    """One plane of `run_past`, in samples of the plane: from `offset` on, over `travel` of them."""
    axis = 1 if direction in ("left", "right") else 0
    size = tiles[0].shape[axis]
    backwards = direction in ("right", "down")
    length = size + travel
    parts, at = [], offset
    while at < offset + length:
        tile, inside = divmod(at, size)
        count = min(size - inside, offset + length - at)
        begin = size - inside - count if backwards else inside
        shown = slice(begin, begin + count)
        parts.append(tiles[tile][:, shown] if axis else tiles[tile][shown])
        at += count
    window = np.concatenate(parts[::-1] if backwards else parts, axis)
    if not travel:
        return window
    kernel = (travel + 1, 1) if axis else (1, travel + 1)
    smeared = np.asarray(cv2.blur(window, kernel, anchor=(0, 0), borderType=cv2.BORDER_REPLICATE), np.uint8)
    return smeared[:, :size] if axis else smeared[:size]


def exposure(progress: float, step: float) -> tuple[float, float]:
    """Where a rush from 0 to 1 is when the shutter opens and when it closes, round `progress`."""
    half = SHUTTER * step / 2
    return rush(max(0.0, progress - half)), rush(min(1.0, progress + half))


def scaled(picture: I420, scale: float, coarse: int = 1) -> list[Plane]:
    """The planes scaled about the middle, mirrored copies around where they no longer fill the frame.

    Only every `coarse`-th sample each way is taken, for pictures that will be blurred.
    """
    return [
        _scaled(plane, scale, -(-plane.shape[1] // coarse), -(-plane.shape[0] // coarse)) for plane in planes(picture)
    ]


def _scaled(plane: Plane, scale: float, width: int, height: int) -> Plane:
    """A plane scaled about its middle, sampled at so many places of the frame."""
    across, down = plane.shape[1] / width / scale, plane.shape[0] / height / scale
    back = np.array(
        [
            [across, 0, (plane.shape[1] - 1 - across * (width - 1)) / 2],
            [0, down, (plane.shape[0] - 1 - down * (height - 1)) / 2],
        ]
    )
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    moved = cv2.warpAffine(plane, back, (width, height), flags=flags, borderMode=cv2.BORDER_REFLECT)
    return np.asarray(moved, np.uint8)


def streaked(shown: list[Plane], ratio: float) -> list[Plane]:
    """Planes as an open shutter sees them while they grow by `ratio` (1 or more), from their own scale on.

    Each pass lays a plane over a scaled copy of itself and so doubles the number of copies, until the gaps between
    them are too small to be seen.
    """
    reach = math.hypot(*shown[0].shape) / 2 * (ratio - 1)
    passes = min(5, math.ceil(math.log2(max(1.0, reach / 1.5))))
    for number in range(passes):
        growth = ratio ** (0.5 ** (number + 1))
        shown = mixed(shown, [_scaled(plane, growth, *plane.shape[::-1]) for plane in shown], 0.5)
    return shown


def mixed(old: list[Plane], new: list[Plane], share: float) -> list[Plane]:
    """Both, plane by plane, by the share of the new one."""
    pairs = zip(old, new, strict=True)
    return [np.asarray(cv2.addWeighted(before, 1 - share, after, share, 0), np.uint8) for before, after in pairs]


def filled(shown: list[Plane], shape: tuple[int, ...]) -> I420:
    """One coded picture of that shape from planes of its own size or of half of it."""
    out = np.empty(shape, np.uint8)
    for plane, source in zip(planes(out), shown, strict=True):
        plane[:] = cv2.resize(source, plane.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return out
