"""The painted frame without what cannot be touched: words, rain and snow in the air, birds, lightning, grain."""

from __future__ import annotations

from scenes.backend import ClipRequest
from scenes.backends.animatic.camera import View
from scenes.backends.animatic.light import gain_at
from scenes.backends.animatic.post import Darkroom
from scenes.backends.animatic.projection import Pixels, Projector
from scenes.backends.animatic.stage import Stage


class LayoutProjector(Projector):
    """Projects the scene as it is staged and lit."""

    def __init__(self, stage: Stage, request: ClipRequest) -> None:
        """As a clip is, with a darkroom that adds no grain."""
        super().__init__(stage, request)
        self.darkroom = Darkroom(self.scheme.style, stage.layout, stage.seed, draft=True)

    def picture(self, index: int) -> Pixels:
        """The frame at `index`, RGB."""
        self._scene(index)
        _, beat, _ = self._moment(index)
        return self.darkroom.finish(self.frame, index, gain_at(self.stage.lights, beat))

    def _sky_life(self, view: View, t: float) -> None:
        """Neither stars nor birds nor lightning: a model would make things of them."""

    def _weather(self, view: View, t: float, index: int, behind: bool) -> None:
        """Nothing in the air."""
