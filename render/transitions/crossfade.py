"""The crossfade: one picture dissolves into the next."""

from __future__ import annotations

from collections.abc import Sequence

from render.transition import dissolve
from scenes.frames import I420


class Crossfade:
    """An even mix that goes over in a straight line."""

    name = "crossfade"

    def options(self) -> Sequence[str]:
        """A crossfade takes none."""
        return ()

    def blend(self, tail: I420, head: I420, progress: float, option: str) -> I420:  # noqa: ARG002 - the contract's shape
        """Both pictures, mixed by `progress`."""
        return dissolve(tail, head, progress)
