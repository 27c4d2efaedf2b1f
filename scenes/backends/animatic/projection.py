"""Runs the stage through the camera: one RGB frame after another.

The order of things on a frame is decided here: sheets behind, air, actors, sheets before, weather, title, finishing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import cv2
import numpy as np
import skia
from numpy.typing import NDArray

from scenes.backend import ClipRequest
from scenes.backends.animatic import air
from scenes.backends.animatic.backdrop import Backdrop
from scenes.backends.animatic.busts import Busts
from scenes.backends.animatic.camera import View, view_at
from scenes.backends.animatic.compositor import faded, hidden_from, lay_sheet, over
from scenes.backends.animatic.painter import PaintedSheet, paint_stage, scheme_for
from scenes.backends.animatic.players import Players
from scenes.backends.animatic.post import Darkroom
from scenes.backends.animatic.scheme import Scheme
from scenes.backends.animatic.stage import Stage
from scenes.backends.animatic.water import Mirror

Pixels = NDArray[np.uint8]


class Projector:
    """One clip being projected."""

    def __init__(self, stage: Stage, request: ClipRequest) -> None:
        """Paint all that does not change."""
        cv2.setNumThreads(1)
        self.stage, self.request = stage, request
        self.scheme: Scheme = scheme_for(stage)
        sheets = paint_stage(stage)
        layout = stage.layout
        light = self.scheme.figure_light(1.0 if self.scheme.day.sun_x > 0.5 else -1.0)
        self.frame: Pixels = np.zeros((layout.height, layout.width, 4), np.uint8)
        self.frame[..., 3] = 255
        self.canvas: Any = skia.Canvas(self.frame, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)
        self.behind = [sheet for sheet in sheets if not sheet.layer.front]
        self.before = [sheet for sheet in sheets if sheet.layer.front]
        self.mirror = Mirror(stage)
        self.backdrop = Backdrop(stage, sheets) if stage.close else None
        self.busts = Busts(stage, request, light) if stage.close else None
        self.players = Players(stage, request, light)
        self.darkroom = Darkroom(self.scheme.style, layout, stage.seed, stage.draft)
        self.title = _title(stage)

    def frames(self, progress: Callable[[float], None], cancelled: Callable[[], bool]) -> Iterator[Pixels]:
        """Every frame in order; stops early only when cancelled."""
        for index in range(self.stage.frames):
            if cancelled():
                return
            yield self.picture(index)
            progress((index + 1) / self.stage.frames)

    def picture(self, index: int) -> Pixels:
        """The frame at `index`, RGB uint8; depends on nothing but the index."""
        stage = self.stage
        t = index / float(self.request.rate)
        beat = index / max(1, stage.frames - 1)
        view = view_at(stage.camera, beat, t)
        step = index - index % 2 if stage.draft else index
        if self.backdrop is not None and self.busts is not None:
            self.backdrop.lay(self.frame, view, t)
            self._weather(view, t, index, behind=True)
            self.busts.lay(self.frame, view, step, step / float(self.request.rate))
        else:
            self._sheets(self.behind, view, t)
            self._weather(view, t, index, behind=True)
            self.players.lay(self.frame, view, step, step / float(self.request.rate))
            self._sheets(self.before, view, t)
        self._weather(view, t, index, behind=False)
        self._whip(beat, t, view)
        if self.title is not None:
            _show_title(self.frame, self.title, beat, stage.seconds)
        return self.darkroom.finish(self.frame, index)

    def _sheets(self, sheets: list[PaintedSheet], view: View, t: float) -> None:
        stage = self.stage
        limits = hidden_from(sheets, view, stage.layout)
        for place, sheet in enumerate(sheets):
            if sheet.layer.blend == "water":
                self.mirror.lay(self.frame, sheet, view, t)
            else:
                lay_sheet(self.frame, sheet, view, stage.layout, t, abs(stage.weather.wind), limits[place])
            if sheet.layer.kind == "sky":
                self._sky_life(view, t, last=place + 1 < len(sheets) and sheets[place + 1].layer.kind != "clouds")
            elif sheet.layer.kind == "clouds" and (
                place + 1 == len(sheets) or sheets[place + 1].layer.kind != "clouds"
            ):
                self._sky_life(view, t, last=True)

    def _sky_life(self, view: View, t: float, last: bool) -> None:
        stage = self.stage
        if not last or stage.indoors:
            return
        if stage.weather.lightning:
            flash = air.flash_at(t, stage.seed)
            if flash > 0:
                light = np.full_like(self.frame, round(90 * flash))
                self.frame[:] = cv2.add(self.frame, light)
                air.fork(self.canvas, stage.layout, t, stage.seed)
        if stage.weather.rain < 0.3 and stage.weather.snow < 0.3 and stage.time not in ("night",):
            air.birds(self.canvas, stage.layout, view, t, stage.seed, air.bird_colour(self.scheme))

    def _weather(self, view: View, t: float, index: int, behind: bool) -> None:
        stage, weather, layout = self.stage, self.stage.weather, self.stage.layout
        if stage.indoors:
            if not behind:
                air.motes(self.canvas, layout, view, t, stage.seed, self.scheme.glow(), 0.9)
            return
        pale = (0.86, 0.91, 0.98) if not self.scheme.style.silhouette else self.scheme.sky(3)
        if behind:
            if weather.snow:
                air.snow(self.canvas, layout, view, t, stage.seed, weather.snow, weather.wind, front=False)
            if weather.rain and not stage.close:
                air.splashes(self.canvas, layout, index, stage.seed, weather.rain, pale)
            return
        if weather.rain:
            air.rain(self.canvas, layout, view, t, stage.seed, weather.rain, weather.wind, pale)
        if weather.snow:
            air.snow(self.canvas, layout, view, t, stage.seed, weather.snow, weather.wind, front=True)
        if weather.leaves:
            air.leaves(self.canvas, layout, view, t, stage.seed, weather.leaves, weather.wind, self.scheme)
        if not weather.rain and not weather.snow:
            air.motes(
                self.canvas,
                layout,
                view,
                t,
                stage.seed,
                self.scheme.glow(),
                0.9 if self.scheme.day.backlight > 0.3 else 0.4,
            )

    def _whip(self, beat: float, t: float, view: View) -> None:
        """Smear the frame sideways while the camera whips round."""
        stage = self.stage
        if self.request.scene.camera != "whip pan":
            return
        step = 1.0 / float(self.request.rate)
        ahead = view_at(stage.camera, beat + step / stage.seconds, t + step)
        reach = int(abs(ahead.pan - view.pan) * 0.6)
        if reach > 2:
            self.frame[:] = cv2.blur(self.frame, (reach | 1, 1))


def _title(stage: Stage) -> Pixels | None:
    if not stage.text:
        return None
    from scenes.lettering import title_card

    return np.asarray(title_card(stage.text, stage.layout.width, stage.layout.height))


def _show_title(frame: Pixels, card: Pixels, beat: float, seconds: float) -> None:
    t = beat * seconds
    fade = min(1.0, max(0.0, min((t - 0.25) / 0.6, (seconds - 0.15 - t) / 0.5)))
    if fade > 0:
        over(frame, faded(card, fade) if fade < 1 else card)
