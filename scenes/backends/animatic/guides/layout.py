"""The painted frame without what cannot be touched: words, rain and snow in the air, birds, lightning, grain.

The same in plain daylight, for outlines: they are found where they show best.
"""

from __future__ import annotations

from dataclasses import replace

from scenes.backend import ClipRequest
from scenes.backends.animatic.camera import View
from scenes.backends.animatic.light import gain_at
from scenes.backends.animatic.painter import PaintedSheet
from scenes.backends.animatic.post import Darkroom
from scenes.backends.animatic.projection import Pixels, Projector
from scenes.backends.animatic.stage import Stage

_HAZE = 0.35
"""What the air takes from what is farthest, whatever the weather: planes stay apart, and fog hides no outline."""

_BARE = frozenset({"sky", "crowd", "flames", "fangs", "ground"})
"""Kinds of sheets without paper that are neither light nor air."""


class LayoutProjector(Projector):
    """Projects the scene as it is staged and lit."""

    def __init__(self, stage: Stage, request: ClipRequest) -> None:
        """As a clip is, with a darkroom that adds no grain."""
        super().__init__(stage, request)
        self.darkroom = Darkroom(self.scheme.style, stage.layout, stage.seed, draft=True)
        if self.backdrop is not None:
            # discs of light out of focus would be taken for bubbles
            self.backdrop.discs = []

    def picture(self, index: int) -> Pixels:
        """The frame at `index`, RGB."""
        self._scene(index)
        _, beat, _ = self._moment(index)
        return self.darkroom.finish(self.frame, index, gain_at(self.stage.lights, beat))

    def _sky_life(self, view: View, t: float) -> None:
        """Neither stars nor birds nor lightning: a model would make things of them."""

    def _weather(self, view: View, t: float, index: int, behind: bool) -> None:
        """Nothing in the air."""


class OutlineProjector(LayoutProjector):
    """Projects the scenery and people that have outlines: no light, mist or clouds."""

    def dyed(self, sheets: list[PaintedSheet]) -> list[PaintedSheet]:
        """The sheets that show things."""
        return [sheet for sheet in sheets if is_thing(sheet)]


def in_daylight(stage: Stage) -> Stage:
    """The same sheets, which stay where they are and move as they do, in flat colours at noon."""
    clear = tuple(replace(layer, haze=_HAZE * (1.0 - 1.0 / max(1.0, layer.depth))) for layer in stage.layers)
    return replace(stage, style="flat", time="noon", weather_word="clear", lights=stage.lights[:1], layers=clear)


def is_thing(sheet: PaintedSheet) -> bool:
    """Whether a sheet shows something that can be touched, or the sky."""
    layer = sheet.layer
    return layer.blend != "add" and (layer.finish or layer.blend == "water" or layer.kind in _BARE)
