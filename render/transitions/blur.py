"""The blur: the old picture goes out of focus, and the new one comes into it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from render.blending import dissolve, ease
from render.transition import Way, planes, size_of
from scenes.frames import I420

WIDEST = 0.035
"""The blur in the middle, as the standard deviation over the frame's shorter side."""
HANDOVER = 0.3
"""The part of the way, on both sides of the middle, in which the old picture gives way."""


class Blur:
    """The old picture goes out of focus, and the new one comes into it."""

    name = "blur"
    detour = False

    def options(self) -> Sequence[str]:
        """A blur takes none."""
        return ()

    def blend(self, tail: I420, head: I420, progress: float, way: Way) -> I420:
        """Both pictures mixed, then blurred together: the sharper, the nearer to an end."""
        share = ease(min(1.0, max(0.0, (progress - 0.5 + HANDOVER) / (2 * HANDOVER))))
        mixed = dissolve(tail, head, share, linear=way.linear) if 0 < share < 1 else (tail if share == 0 else head)
        width = math.sin(math.pi * progress) ** 2 * WIDEST * min(size_of(tail))
        out = np.empty_like(tail)
        for plane, source, part in zip(planes(out), planes(mixed), (1.0, 0.5, 0.5), strict=True):
            plane[:] = _defocused(source, width * part)
        return out


def _defocused(plane: NDArray[np.uint8], deviation: float) -> NDArray[np.uint8]:
    """A plane blurred by that standard deviation in samples."""
    if deviation < 0.2:
        return plane
    edge = cv2.BORDER_REFLECT
    if deviation < 2:
        return np.asarray(cv2.GaussianBlur(plane, (0, 0), deviation, borderType=edge), np.uint8)
    for size in _boxes(deviation, 3):
        plane = np.asarray(cv2.blur(plane, (size, size), borderType=edge), np.uint8)
    return plane


def _boxes(deviation: float, count: int) -> list[int]:
    """Odd sizes of so many box blurs that together come nearest to a Gaussian one; wide ones cost no more."""
    low = int(math.sqrt(12 * deviation**2 / count + 1))
    low -= 1 - low % 2
    rest = 12 * deviation**2 - count * low**2 - 4 * count * low - 3 * count
    small = round(rest / (-4 * low - 4))
    return [low if number < small else low + 2 for number in range(count)]
