"""The circle: an iris opens on the new picture, or closes over the old one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from render.blending import Field, ease, mask_of, reveal
from render.transition import Way, size_of
from scenes.frames import I420

EDGE = 0.02
"""Width of the soft edge as a part of the largest radius."""


class Circle:
    """An iris opens on the new picture, or closes round the old one. It is round in every shape of frame."""

    name = "circle"
    detour = False

    def options(self) -> Sequence[str]:
        """In, as an iris opens on the new picture, or out, as it closes round the old one."""
        return ("in", "out")

    def blend(self, tail: I420, head: I420, progress: float, way: Way) -> I420:
        """The new picture within the circle, or outside it."""
        turn = distances(*size_of(tail))
        if way.option == "out":
            turn = 1 - turn
        return reveal(tail, head, mask_of(turn, ease(progress), EDGE), linear=way.linear)


@lru_cache(maxsize=2)
def distances(height: int, width: int) -> Field:
    """How far each luma sample is from the middle of the frame: 1 is the farthest corner."""
    down = np.arange(height, dtype=np.float32)[:, np.newaxis] - np.float32((height - 1) / 2)
    across = np.arange(width, dtype=np.float32)[np.newaxis, :] - np.float32((width - 1) / 2)
    radius: Field = np.sqrt(down * down + across * across)
    radius /= radius[0, 0]
    radius.flags.writeable = False
    return radius
