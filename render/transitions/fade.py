"""The fade through a colour: out to black, white or any other, and in again from it."""

from __future__ import annotations

from collections.abc import Sequence

from render.transition import dissolve, solid
from scenes.frames import I420


class FadeThroughColour:
    """The first half leaves the old picture, the second half arrives at the new one."""

    name = "fade"

    def options(self) -> Sequence[str]:
        """Any colour as `#rrggbb`."""
        return ("#rrggbb",)

    def blend(self, tail: I420, head: I420, progress: float, option: str) -> I420:
        """The old picture on its way to the colour, or the new one on its way out of it."""
        colour = solid((tail.shape[0], tail.shape[1]), option or "#000000")
        if progress < 0.5:
            return dissolve(tail, colour, progress * 2)
        return dissolve(colour, head, progress * 2 - 1)
