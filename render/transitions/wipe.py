"""The wipe: a soft edge crosses the frame and uncovers the new picture."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from render.blending import ease, mask_of, reveal
from render.motion import DIRECTIONS
from render.transition import Way, size_of
from scenes.frames import I420

EDGE = 0.04
"""Width of the soft edge as a part of the frame: wide enough to hide aliasing, narrow enough to read as an edge."""


class Wipe:
    """A soft edge crosses the frame and uncovers the new picture; neither picture moves."""

    name = "wipe"
    detour = False

    def options(self) -> Sequence[str]:
        """Where the edge moves to."""
        return DIRECTIONS

    def blend(self, tail: I420, head: I420, progress: float, way: Way) -> I420:
        """The new picture behind the edge, the old one before it."""
        height, width = size_of(tail)
        across = way.option in ("left", "right")
        along = width if across else height
        place = (np.arange(along, dtype=np.float32) + np.float32(0.5)) / np.float32(along)
        if way.option in ("left", "up"):
            place = 1 - place
        line = mask_of(place, ease(progress), EDGE)
        mask = np.broadcast_to(line if across else line[:, np.newaxis], (height, width))
        return reveal(tail, head, mask, linear=way.linear)
