"""The contract of a transition, and the arithmetic that all of them share.

A transition is a pure function of two pictures and a progress, found by entry point `workprint.transitions`. It
works on planar 4:2:0 pictures as they are coded, so that nothing is converted. Knows neither scenes nor files.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from projects.plugins import load
from scenes.frames import I420

Planes = tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]
"""Views of one picture: luma (h, w) and both chromas (h/2, w/2)."""

Mask = NDArray[np.uint16]
"""How much of the new picture shows, 0..256 per luma sample, (h, w)."""

FULL = 256
"""The mask value that shows nothing but the new picture."""


class Transition(Protocol):
    """A way from one picture to the next."""

    name: str

    def options(self) -> Sequence[str]:
        """The options it takes (`left` ...); empty where it takes none, `#rrggbb` for any colour."""

    def blend(self, tail: I420, head: I420, progress: float, option: str) -> I420:
        """The picture at `progress` (0 < progress < 1) on the way from `tail` to `head`."""


def transition(name: str) -> Transition:
    """The transition of that name, through the plug-in door."""
    made: Transition = load("workprint.transitions", name)()
    return made


def planes(picture: I420) -> Planes:
    """Views of the three planes of a contiguous (h * 3 / 2, w) picture."""
    height, width = picture.shape[0] * 2 // 3, picture.shape[1]
    flat = picture.reshape(-1)
    luma, chroma = height * width, height * width // 4
    return (
        flat[:luma].reshape(height, width),
        flat[luma : luma + chroma].reshape(height // 2, width // 2),
        flat[luma + chroma :].reshape(height // 2, width // 2),
    )


def solid(shape: tuple[int, int], colour: str) -> I420:
    """A picture of one colour (`#rrggbb`, sRGB) as BT.709 limited range; `shape` is that of the I420 array."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    picture = np.empty(shape, np.uint8)
    y, u, v = planes(picture)
    y[:] = round(16 + 219 * luma)
    u[:] = round(128 + 224 * (blue - luma) / 1.8556)
    v[:] = round(128 + 224 * (red - luma) / 1.5748)
    return picture


def dissolve(tail: I420, head: I420, progress: float) -> I420:
    """An even mix of both pictures, rounded to the nearest level."""
    weight = np.uint16(round(progress * FULL))
    mixed = tail.astype(np.uint16)
    mixed *= np.uint16(FULL) - weight
    mixed += head.astype(np.uint16) * weight
    mixed += np.uint16(FULL // 2)
    mixed >>= 8
    return mixed.astype(np.uint8)


def reveal(tail: I420, head: I420, mask: Mask) -> I420:
    """Show `head` through `mask`; the chroma planes see the mask's mean over each block of four samples."""
    out = np.empty_like(tail)
    small = (mask[0::2, 0::2] + mask[1::2, 0::2] + mask[0::2, 1::2] + mask[1::2, 1::2] + 2) >> 2
    for plane, old, new, weight in zip(planes(out), planes(tail), planes(head), (mask, small, small), strict=True):
        plane[:] = (old * (FULL - weight) + new * weight + FULL // 2) >> 8
    return out


def ease(progress: float) -> float:
    """Slow at both ends: the smoothstep of `progress`."""
    return progress * progress * (3 - 2 * progress)
