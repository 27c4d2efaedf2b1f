"""The push: the new picture moves in and moves the old one out."""

from __future__ import annotations

from collections.abc import Sequence

from render.blending import ease
from render.motion import DIRECTIONS, run_past
from render.transition import Way
from scenes.frames import I420


class Push:
    """The new picture moves in and pushes the old one out of the frame."""

    name = "push"
    detour = False

    def options(self) -> Sequence[str]:
        """Where both pictures move to."""
        return DIRECTIONS

    def blend(self, tail: I420, head: I420, progress: float, way: Way) -> I420:
        """Both pictures side by side, sharp, as far as they have moved."""
        place = ease(progress)
        return run_past((tail, head), way.option, place, place)
