"""The slide: the new picture moves in over the old one."""

from __future__ import annotations

from collections.abc import Sequence

from render.blending import ease
from render.motion import DIRECTIONS
from render.transition import Way, planes
from scenes.frames import I420


class Slide:
    """The new picture moves in over the old one, which stays where it is."""

    name = "slide"
    detour = False

    def options(self) -> Sequence[str]:
        """Where the new picture moves to."""
        return DIRECTIONS

    def blend(self, tail: I420, head: I420, progress: float, way: Way) -> I420:
        """The old picture, partly covered; whole chroma samples, so that no colour bleeds at the edge."""
        out = tail.copy()
        across = way.option in ("left", "right")
        half = tail.shape[1] // 2 if across else tail.shape[0] // 3
        shown = round(ease(progress) * half)
        for plane, new, scale in zip(planes(out), planes(head), (2, 1, 1), strict=True):
            size = shown * scale
            if size == 0:
                continue
            if way.option == "left":
                plane[:, plane.shape[1] - size :] = new[:, :size]
            elif way.option == "right":
                plane[:, :size] = new[:, new.shape[1] - size :]
            elif way.option == "up":
                plane[plane.shape[0] - size :] = new[:size]
            else:
                plane[:size] = new[new.shape[0] - size :]
        return out
