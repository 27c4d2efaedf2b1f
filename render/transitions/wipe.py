"""The wipe: a soft edge crosses the frame and uncovers the new picture."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from render.transition import FULL, ease, reveal
from scenes.frames import I420

EDGE = 0.04
"""Width of the soft edge as a part of the frame: wide enough to hide aliasing, narrow enough to read as an edge."""


class Wipe:
    """The edge moves in the direction of the option; neither picture moves."""

    name = "wipe"

    def options(self) -> Sequence[str]:
        """The four directions."""
        return ("left", "right", "up", "down")

    def blend(self, tail: I420, head: I420, progress: float, option: str) -> I420:
        """The new picture behind the edge, the old one before it."""
        height, width = tail.shape[0] * 2 // 3, tail.shape[1]
        along = width if option in ("left", "right") else height
        place = (np.arange(along, dtype=np.float32) + 0.5) / along
        if option in ("left", "up"):
            place = 1 - place
        front = ease(progress) * (1 + EDGE)
        ramp = np.round(np.clip((front - place) / EDGE, 0, 1) * FULL).astype(np.uint16)
        shaped = ramp[np.newaxis, :] if option in ("left", "right") else ramp[:, np.newaxis]
        return reveal(tail, head, np.ascontiguousarray(np.broadcast_to(shaped, (height, width))))
