"""The whip: the camera swings round so fast that nothing but streaks is seen, and comes to rest on the new scene."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from render.motion import DIRECTIONS, exposure, run_past
from render.transition import Way, planes, size_of
from scenes.frames import I420


class Whip:
    """The camera swings round so fast that all becomes streaks, and comes to rest on the new picture."""

    name = "whip"
    detour = False

    def options(self) -> Sequence[str]:
        """Where the pictures move to; the camera swings the other way."""
        return DIRECTIONS

    def blend(self, tail: I420, head: I420, progress: float, way: Way) -> I420:
        """What passes the open shutter: both pictures, with their mirror images beside them, so that no seam is seen.

        Across the frame's shorter side more of them pass, for the eye takes the frame's size for the measure of speed.
        """
        across = way.option in ("left", "right")
        height, width = size_of(tail)
        old, new = _mirrored(tail, across), _mirrored(head, across)
        short = (width < height) == across
        strip = (tail, old, tail, head, new, head) if short else (tail, old, new, head)
        begin, end = exposure(progress, way.step)
        last = len(strip) - 1
        return run_past(strip, way.option, begin * last, end * last)


def _mirrored(picture: I420, across: bool) -> I420:
    """The picture seen in a mirror beside it (or below it)."""
    out = np.empty_like(picture)
    for plane, source in zip(planes(out), planes(picture), strict=True):
        plane[:] = source[:, ::-1] if across else source[::-1]
    return out
