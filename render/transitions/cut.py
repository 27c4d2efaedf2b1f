"""The cut: the new picture, at once."""

from __future__ import annotations

from collections.abc import Sequence

from render.transition import Way
from scenes.frames import I420


class Cut:
    """The new picture, at once, with nothing between."""

    name = "cut"
    detour = False

    def options(self) -> Sequence[str]:
        """A cut takes none."""
        return ()

    def blend(self, tail: I420, head: I420, progress: float, way: Way) -> I420:  # noqa: ARG002 - the contract's shape
        """The nearer one of both pictures."""
        return tail if progress < 0.5 else head
