"""The slide: the new picture moves in over the old one."""

from __future__ import annotations

from collections.abc import Sequence

from render.transition import ease, planes
from scenes.frames import I420


class Slide:
    """The new picture moves in the direction of the option, with its speed eased at both ends."""

    name = "slide"

    def options(self) -> Sequence[str]:
        """The four directions."""
        return ("left", "right", "up", "down")

    def blend(self, tail: I420, head: I420, progress: float, option: str) -> I420:
        """The old picture, partly covered; whole chroma samples, so that no colour bleeds at the edge."""
        out = tail.copy()
        across = option in ("left", "right")
        half = tail.shape[1] // 2 if across else tail.shape[0] // 3
        shown = min(half, max(0, round(ease(progress) * half)))
        for plane, new, scale in zip(planes(out), planes(head), (2, 1, 1), strict=True):
            size = shown * scale
            if size == 0:
                continue
            if option == "left":
                plane[:, plane.shape[1] - size :] = new[:, :size]
            elif option == "right":
                plane[:, :size] = new[:, new.shape[1] - size :]
            elif option == "up":
                plane[plane.shape[0] - size :] = new[:size]
            else:
                plane[:size] = new[new.shape[0] - size :]
        return out
