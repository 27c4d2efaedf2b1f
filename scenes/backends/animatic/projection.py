"""Runs the stage through the camera: one RGB frame after another.

The order of things on a frame is decided here: sheets behind, air, actors, sheets before, weather, finishing, words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
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
from scenes.backends.animatic.compositor import joined, lay_panel, over, where
from scenes.backends.animatic.culling import Panel, panel_of, pieces_of
from scenes.backends.animatic.flight import Flight
from scenes.backends.animatic.focus import FAR, NEAR, blur_at, softened
from scenes.backends.animatic.layers import FLIGHT
from scenes.backends.animatic.light import gain_at, stars_at
from scenes.backends.animatic.nightfall import draw_stars
from scenes.backends.animatic.painter import PaintedSheet, paint_stage, scheme_for
from scenes.backends.animatic.places.atlas import PLACES
from scenes.backends.animatic.players import Players
from scenes.backends.animatic.post import Darkroom
from scenes.backends.animatic.scheme import Scheme
from scenes.backends.animatic.stage import Stage, peopled
from scenes.backends.animatic.titling import off_heads
from scenes.backends.animatic.water import Mirror
from scenes.backends.animatic.weather import air_at
from scenes.lettering import lettered, words_of

Pixels = NDArray[np.uint8]
_CLOSE = 1.6
"""The depth up to which sheets are as sharp as the actors."""


class Projector:
    """One clip being projected."""

    def __init__(self, stage: Stage, request: ClipRequest) -> None:
        """Paint all that does not change."""
        cv2.setNumThreads(1)
        request = peopled(request)
        self.stage, self.request = stage, request
        self.scheme: Scheme = scheme_for(stage)
        self.land = PLACES[stage.place].land if any(layer.kind == FLIGHT for layer in stage.layers) else None
        sheets = self.dyed(paint_stage(stage))
        layout = stage.layout
        light = self.scheme.figure_light(1.0 if self.scheme.day.sun_x > 0.5 else -1.0)
        self.frame: Pixels = np.zeros((layout.height, layout.width, 4), np.uint8)
        self.frame[..., 3] = 255
        self.canvas: Any = skia.Canvas(self.frame, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)
        rigid = sheets if stage.focus.strength else joined(sheets, stage.camera)
        panels = [] if stage.close else [panel_of(sheet) for sheet in rigid]
        self.before = [panel for panel in panels if panel.sheet.layer.front]
        behind = [panel for panel in panels if not panel.sheet.layer.front]
        # a lens that racks parts the ground under the actors from what lies farther
        parts = max((k for k, one in enumerate(behind, 1) if one.sheet.layer.depth > _CLOSE), default=0)
        self.behind = behind[:parts] if stage.focus.strength else behind
        self.close_by = behind[parts:] if stage.focus.strength else []
        self.here = air_at(stage.air, 0.0)
        self.kept: tuple[int, Pixels] | None = None
        self.mirror = Mirror(stage)
        self.flight = Flight(stage, self.scheme, self.land) if self.land else None
        self.backdrop = Backdrop(stage, sheets) if stage.close else None
        self.busts = Busts(stage, request, light) if stage.close else None
        self.players = Players(stage, request, light)
        self.darkroom = Darkroom(self.scheme.style, layout, stage.seed, stage.draft)
        self.words = off_heads(words_of(request.scene), stage, self.busts)

    def dyed(self, sheets: list[PaintedSheet]) -> list[PaintedSheet]:
        """The sheets as they are laid: as painted."""
        return sheets

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
        if stage.draft:
            # a draft is on twos: of each pair only what is in the air and the finishing are made anew
            step = index - index % 2
            if self.kept is None or self.kept[0] != step:
                self._scene(step)
                self.kept = (step, self.frame.copy())
            else:
                self.frame[:] = self.kept[1]
        else:
            self._scene(index)
        t, beat, view = self._moment(index)
        self._weather(view, t, index, behind=False)
        self._whip(beat, t, view)
        finished = self.darkroom.finish(self.frame, index, gain_at(stage.lights, beat))
        return lettered(finished, self.words, t, stage.seconds)

    def _moment(self, index: int) -> tuple[float, float, View]:
        """Seconds, the part of the scene gone by, and the view."""
        t = index / float(self.request.rate)
        beat = index / max(1, self.stage.frames - 1)
        return t, beat, view_at(self.stage.camera, beat, t)

    def _scene(self, index: int) -> None:
        """Everything up to the actors and what stands before them."""
        t, beat, view = self._moment(index)
        self.here = replace(air_at(self.stage.air, beat), beat=beat)
        if self.backdrop is not None:
            self.backdrop.lay(self.frame, view, t, blur_at(self.stage.focus, FAR, beat))
        else:
            self._sheets(self.behind, view, t)
            if self.flight is not None:
                self.flight.lay(self.frame, beat)
            self._soften(self.frame, FAR, beat)
        self._weather(view, t, index, behind=True)
        blur = blur_at(self.stage.focus, NEAR, beat)
        if blur > 0 or self.close_by:
            # what is near lies on a sheet of its own, so that it can be out of focus
            near = np.zeros_like(self.frame)
            self._near(near, view, t, index)
            over(self.frame, softened(near, blur, self.stage.layout))
        else:
            self._near(self.frame, view, t, index)

    def _near(self, frame: Pixels, view: View, t: float, index: int) -> None:
        """The ground under the actors where the lens parts it from what is far, the actors, and what is before them."""
        self._sheets(self.close_by, view, t, frame)
        if self.busts is not None:
            self.busts.lay(frame, view, index, t)
            return
        self.players.lay(frame, view, index, t)
        self._sheets(self.before, view, t, frame)

    def _soften(self, frame: Pixels, depth: float, beat: float) -> None:
        blur = blur_at(self.stage.focus, depth, beat)
        if blur > 0:
            frame[:] = softened(frame, blur, self.stage.layout)

    def _sheets(self, panels: list[Panel], view: View, t: float, frame: Pixels | None = None) -> None:
        stage, layout = self.stage, self.stage.layout
        frame = self.frame if frame is None else frame
        places = [where(panel, view, layout, t, abs(stage.weather.wind)) for panel in panels]
        seen = pieces_of(panels, [place[0] for place in places], layout.width, layout.height)
        kinds = [panel.sheet.layer.kind for panel in panels]
        for at, panel in enumerate(panels):
            if panel.sheet.layer.blend == "water":
                self.mirror.lay(frame, panel, places[at], seen[at], view, t)
            else:
                lay_panel(frame, panel, places[at], seen[at], t)
            if kinds[at] in ("sky", "clouds") and kinds[at + 1 : at + 2] != ["clouds"]:
                self._sky_life(view, t)

    def _sky_life(self, view: View, t: float) -> None:
        stage, here = self.stage, self.here
        if stage.indoors or stage.airless:
            return
        out = stars_at(stage.lights, here.beat)
        if out > 0:
            draw_stars(self.canvas, stage.layout, view, stage.seed, out)
        if here.lightning > 0.5:
            flash = air.flash_at(t, stage.seed)
            if flash > 0:
                light = np.full_like(self.frame, round(90 * flash))
                self.frame[:] = cv2.add(self.frame, light)
                air.fork(self.canvas, stage.layout, t, stage.seed)
        if out < 0.3 and here.rain < 0.3 and here.snow < 0.3 and not self.scheme.day.moon:
            air.birds(self.canvas, stage.layout, view, t, stage.seed, air.bird_colour(self.scheme))

    def _weather(self, view: View, t: float, index: int, behind: bool) -> None:
        stage, here, layout, wind = self.stage, self.here, self.stage.layout, self.stage.weather.wind
        if stage.indoors or stage.airless:
            if not behind:
                air.motes(self.canvas, layout, view, t, stage.seed, self.scheme.glow(), 0.4 if stage.airless else 0.9)
            return
        pale = (0.86, 0.91, 0.98) if not self.scheme.style.silhouette else self.scheme.sky(3)
        if behind:
            if here.snow > 0:
                air.snow(self.canvas, layout, view, t, stage.seed, here.snow, wind, front=False)
            if here.rain > 0 and not stage.close:
                air.splashes(self.canvas, layout, index, stage.seed, here.rain, pale)
            return
        if here.rain > 0:
            air.rain(self.canvas, layout, view, t, stage.seed, here.rain, wind, pale)
        if here.snow > 0:
            air.snow(self.canvas, layout, view, t, stage.seed, here.snow, wind, front=True)
        if here.leaves > 0:
            air.leaves(self.canvas, layout, view, t, stage.seed, here.leaves, wind, self.scheme)
        if here.rain <= 0 and here.snow <= 0:
            bright = 0.9 if self.scheme.day.backlight > 0.3 else 0.4
            air.motes(self.canvas, layout, view, t, stage.seed, self.scheme.glow(), bright)

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
