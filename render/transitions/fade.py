"""The fade through a colour: out to black, white or any other, and in again from it."""

from __future__ import annotations

from collections.abc import Sequence

from render.blending import dissolve
from render.transition import ANY_COLOUR, Way, solid
from scenes.frames import I420


class FadeThroughColour:
    """The old picture goes out into a colour, and the new one comes out of it.

    With nothing before or after it, it opens or ends the film.
    """

    name = "fade"
    detour = True

    def options(self) -> Sequence[str]:
        """Any colour."""
        return (ANY_COLOUR,)

    def blend(self, tail: I420, head: I420, progress: float, way: Way) -> I420:
        """The old picture on its way to the colour, or the new one on its way out of it."""
        colour = solid(tail.shape, way.option or "#000000")
        if progress < 0.5:
            return dissolve(tail, colour, progress * 2, linear=way.linear)
        return dissolve(colour, head, progress * 2 - 1, linear=way.linear)
