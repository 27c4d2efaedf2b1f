"""The crossfade: one picture dissolves into the next."""

from __future__ import annotations

from collections.abc import Sequence

from render.blending import dissolve
from render.transition import Way
from scenes.frames import I420


class Crossfade:
    """One picture dissolves into the next, evenly.

    In linear light bright things shine through, as on film.
    """

    name = "crossfade"
    detour = False

    def options(self) -> Sequence[str]:
        """A crossfade takes none."""
        return ()

    def blend(self, tail: I420, head: I420, progress: float, way: Way) -> I420:
        """Both pictures, mixed by `progress`."""
        return dissolve(tail, head, progress, linear=way.linear)
