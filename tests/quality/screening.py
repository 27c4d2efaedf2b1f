"""Scenes to look at and the frames they give: sheets that scenes have in common are painted once for a module.

What a word changes is asked of regions: the actor with his shadow and lamplight, a thing's own sheets, the sky.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from scenes.backend import ClipRequest, Frame, Speech
from scenes.backends.animatic import painter
from scenes.backends.animatic.blocking import state_at
from scenes.backends.animatic.camera import placing, view_at
from scenes.backends.animatic.figures import render_bust, render_figure
from scenes.backends.animatic.layers import Layer
from scenes.backends.animatic.painter import PaintedSheet
from scenes.backends.animatic.projection import Projector
from scenes.backends.animatic.scheme import Scheme
from scenes.backends.animatic.stage import Stage, stage_of
from storyboard.film import Character, Fixed, Moments, Part, Scene, Transition, VoiceChoice

Mask = NDArray[np.bool_]

PLAIN = Scene(
    id="scene",
    length=Fixed(Fraction(4)),
    place="meadow",
    time="noon",
    weather="clear",
    shot="wide",
    camera="static",
    style="flat",
    prompt="",
    negative="",
    cast=(),
    moments=Moments(),
    lines=(),
    sounds=(),
    transition=Transition("cut", Fraction(0)),
    backend="animatic",
)
"""Nothing is said but where; the flat style is the plainest, with hardly any bloom to spread what changes."""


def actor(
    name: str = "Anna", role: str = "heroine", action: str = "stand", emotion: str = "neutral", at: Any = "center",
    facing: Any = "right",
) -> Part:  # fmt: skip
    """One of the cast, of whom it is said where he stands and looks."""
    return Part(Character(name.lower(), name, role, role, "", "", VoiceChoice("en/emma")), action, emotion, at, facing)


def request_of(
    width: int = 320,
    height: int = 180,
    frames: int = 48,
    rate: Fraction = Fraction(12),
    speech: Sequence[Speech] = (),
    draft: bool = False,
    seed: int = 7,
    **fields: Any,
) -> ClipRequest:
    """A request for the plain scene with some of its fields said."""
    scene = replace(PLAIN, **fields)
    people = tuple(one.character.id for one in scene.cast)
    return ClipRequest(scene, "", "", frames, rate, width, height, seed, 1, draft, tuple(speech), characters=people)


class Screening:
    """Stages requests and shows their frames."""

    def __init__(self) -> None:
        """Nothing is painted yet."""
        self._sheets: dict[str, PaintedSheet | None] = {}
        self._runs: list[tuple[ClipRequest, Projector]] = []
        self._paint: Callable[[Stage, Layer, Scheme, int], PaintedSheet | None] = painter._paint

    def run(self, request: ClipRequest) -> Projector:
        """The projector of a request, made once while it is asked for again and again."""
        for known, projector in self._runs:
            if known == request:
                return projector
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(painter, "_paint", self._painted)
            projector = Projector(stage_of(request), request)
        self._runs = [(request, projector), *self._runs[:11]]
        return projector

    def frame(self, request: ClipRequest, index: int) -> Frame:
        """One frame, RGB."""
        return self.run(request).picture(index)

    def frames(self, request: ClipRequest, indices: Iterable[int]) -> list[Frame]:
        """Some frames, RGB."""
        return [self.frame(request, index) for index in indices]

    def sheets(self, run: Projector, layers: Sequence[Layer]) -> list[PaintedSheet]:
        """The sheets of some layers of a run, as they were painted."""
        painted = (
            self._painted(run.stage, layer, run.scheme, index)
            for index, layer in enumerate(run.stage.layers)
            if layer in layers
        )
        return [sheet for sheet in painted if sheet is not None]

    def _painted(self, stage: Stage, layer: Layer, scheme: Scheme, index: int) -> PaintedSheet | None:
        """What the painter makes of a sheet, kept by all that it is made from."""
        made_from = (layer, index, stage.layout, stage.camera, stage.seconds, stage.seed)
        key = repr((*made_from, stage.time, stage.weather_word, stage.style, stage.indoors))
        if key not in self._sheets:
            sheet = self._paint(stage, layer, scheme, index)
            if sheet is not None:
                sheet.pixels.flags.writeable = False
            self._sheets[key] = sheet
        return self._sheets[key]


def change(first: Frame, second: Frame) -> NDArray[np.int16]:
    """How far each pixel of two frames, or of parts of them, lies apart: levels of its most changed channel."""
    return np.asarray(np.abs(first.astype(np.int16) - second).max(axis=-1))


def apart(first: Frame, second: Frame, where: Mask | None = None) -> float:
    """The mean distance of two frames in levels, over a region or the whole."""
    levels = change(first, second)
    return float(levels.mean() if where is None else levels[where].mean())


def sky_of(stage: Stage) -> Mask:
    """The upper third of what lies above the horizon: sky out of doors."""
    mask = np.zeros((stage.layout.height, stage.layout.width), bool)
    mask[: round(stage.layout.horizon / 3)] = True
    return mask


def shown_at(projector: Projector, index: int) -> Mask:
    """Where the actors are on a frame: the boxes of their sprites, with shadow and lamplight."""
    stage, request = projector.stage, projector.request
    mask = np.zeros((stage.layout.height, stage.layout.width), bool)
    t, beat = index / float(request.rate), index / max(1, stage.frames - 1)
    view = view_at(stage.camera, beat, t)
    s, tx, ty = placing(view, 1.0, stage.layout)
    wind = stage.weather.wind * (0 if stage.indoors else 1)
    for track in stage.tracks:
        x, state = state_at(track, beat, stage.seconds, index, t, request.speech, wind)
        look, light = projector.players.looks[track.part], projector.players.light
        sprite = render_figure(look, state, stage.layout.person, light, stage.style)
        px, py, tall = s * x + tx, s * track.y + ty, s * track.height
        _boxed(mask, px - s * sprite.anchor[0], py - s * sprite.anchor[1], s * _wide(sprite), s * _high(sprite))
        _boxed(mask, px - 0.22 * tall, py - 0.04 * tall, 0.44 * tall, 0.085 * tall)
        if "light" in sprite.points:
            gx, gy = sprite.points["light"]
            reach = 0.67 * tall
            x, y = px + s * (gx - sprite.anchor[0]), py + s * (gy - sprite.anchor[1])
            _boxed(mask, x - reach, y - reach, 2 * reach, 2 * reach)
    return mask


def face_at(projector: Projector, index: int) -> Mask:
    """Where the busts of a close-up are on a frame while the camera rests: the boxes of their sprites."""
    stage, request, busts = projector.stage, projector.request, projector.busts
    assert busts is not None
    mask = np.zeros((stage.layout.height, stage.layout.width), bool)
    t, beat = index / float(request.rate), index / max(1, stage.frames - 1)
    wind = 0.4 * stage.weather.wind * (0 if stage.indoors else 1)
    for track, x in zip(stage.tracks, busts.framing.places, strict=True):
        _, state = state_at(track, beat, stage.seconds, index, t, request.speech, wind)
        sprite = render_bust(busts.looks[track.part], state, busts.framing.size, busts.light, stage.style)
        _boxed(mask, x - sprite.anchor[0], stage.layout.height - sprite.anchor[1], _wide(sprite), stage.layout.height)
    return mask


def sheets_box(stage: Stage, sheets: Iterable[PaintedSheet]) -> Mask:
    """Where some sheets lie while the camera rests."""
    mask = np.zeros((stage.layout.height, stage.layout.width), bool)
    for sheet in sheets:
        high, wide = sheet.pixels.shape[:2]
        bend = 2.3 * abs(sheet.layer.sway) * high
        bob = abs(sheet.layer.bob) * stage.layout.height
        _boxed(mask, sheet.x - bend, sheet.y - bob, wide + 2 * bend, high + 2 * bob)
    return mask


def _wide(sprite: Any) -> float:
    return float(sprite.pixels.shape[1])


def _high(sprite: Any) -> float:
    return float(sprite.pixels.shape[0])


def _boxed(mask: Mask, x: float, y: float, wide: float, high: float) -> None:
    """Mark a box with two pixels of room for edges that are resampled."""
    x0, y0 = max(0, int(x) - 2), max(0, int(y) - 2)
    mask[y0 : max(0, int(y + high) + 3), x0 : max(0, int(x + wide) + 3)] = True
