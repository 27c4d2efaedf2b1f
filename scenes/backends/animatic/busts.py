"""Puts busts on the frame of a close-up: one fills it, two face one another.

Where the head is comes from the cast's places; how it looks from the figures. Knows no scenery.
"""

from __future__ import annotations

import math
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from scenes.backend import ClipRequest
from scenes.backends.animatic.blocking import Track, place_at, state_at
from scenes.backends.animatic.camera import View
from scenes.backends.animatic.figure import FigureLight, FigureState
from scenes.backends.animatic.figures.gestures import HANDY, sway_of
from scenes.backends.animatic.figures.limbs import ease
from scenes.backends.animatic.framing import CHIN, FOLLOWING, PIVOT, Bust, framed
from scenes.backends.animatic.layout import TITLE_SAFE
from scenes.backends.animatic.players import Placed, lamplight, lay_sprite, shine
from scenes.backends.animatic.stage import Stage

Pixels = NDArray[np.uint8]


_TRIAL = 160.0
"""Size of the pictures that busts are measured on, in pixels."""
_HAND = 0.78
"""How far a hand reaches before the face, in sizes."""
_EMBRACE = 0.46
"""How far from one another the heads of two who hug are, in sizes."""
_WIDE = 0.9
"""Half the width of a bust with its shoulders, in sizes: how far outside the frame nothing of it is seen."""
_HALF = 0.28
"""How far a chin is below the middle of the head, in sizes."""
_BEARD = 0.03
"""How much lower a beard is."""
_REACH = 0.7
"""How far a head counts to each side, in sizes: an animal's body may leave the frame."""


class Busts:
    """The faces of one close-up."""

    def __init__(self, stage: Stage, request: ClipRequest, light: FigureLight) -> None:
        """Find everybody's look, how large the busts may be and where they stand."""
        from scenes.backends.animatic.figures.casting import looks_of

        self.stage, self.request, self.light = stage, request, light
        self.looks = looks_of(request.scene, request.characters)
        busts = [self.measured(track) for track in stage.tracks]
        self.framing = framed(busts, [track.spot for track in stage.tracks], stage.layout, stage.camera)
        self.homes = {track.part: x for track, x in zip(stage.tracks, self.framing.places, strict=True)}
        self.glow = lamplight()

    def measured(self, track: Track) -> Bust:
        """What his bust takes up, in whatever he holds his head."""
        from scenes.backends.animatic.figures import render_bust
        from scenes.backends.animatic.figures.painting import BEASTS

        rise, left, right, chin = 0.0, 0.0, 0.0, CHIN
        for state in self._held(track):
            sprite = render_bust(self.looks[track.part], state, _TRIAL, self.light, self.stage.style)
            head = sprite.pixels[: max(1, round(sprite.pixels.shape[0] - 0.42 * _TRIAL)), :, 3] > 96
            columns = np.flatnonzero(head.any(axis=0))
            left = max(left, (sprite.anchor[0] - float(columns[0])) / _TRIAL)
            right = max(right, (float(columns[-1]) + 1 - sprite.anchor[0]) / _TRIAL)
            rise = max(rise, sprite.anchor[1] / _TRIAL)
            chin = min(chin, (sprite.anchor[1] - sprite.points["head"][1]) / _TRIAL - _HALF)
        left, right = min(_REACH, left), min(_REACH, right)
        if any(leg.action in HANDY for leg in track.legs) and self.looks[track.part].kind not in BEASTS:
            # the hand that comes up before him needs room too
            left, right = (left, max(right, _HAND)) if track.facing > 0 else (max(left, _HAND), right)
        chin -= _sinking(track) + (_BEARD if self.looks[track.part].beard else 0.0)
        return Bust(rise, left, right, chin)

    def _held(self, track: Track) -> list[FigureState]:
        """How he holds his head: upright, and where something lies over the picture in all that he feels and does."""
        upright = FigureState("stand", facing=track.facing)
        if self.stage.layout.heads == TITLE_SAFE:
            return [upright]
        said = (line.emotion for line in self.request.speech if line.who == track.who)
        felt = dict.fromkeys((track.emotion, *(emotion for _, emotion in track.emotions), *said))
        acts = {leg.action for leg in track.legs}
        bent = [replace(upright, action=act, beat=0.5) for act in ("look up", "kneel") if act in acts]
        return [upright, *(replace(one, emotion=emotion) for one in (upright, *bent) for emotion in felt)]

    def lay(self, frame: Pixels, view: View, index: int, t: float) -> None:
        """All faces: those behind first, among equals the one who speaks last."""
        for track, x, lift in self.order(index):
            self._one(frame, view, track, (x, lift), index, t)

    def order(self, index: int) -> list[tuple[Track, float, float]]:
        """Everybody with his place and lift: those behind first, among equals the one who speaks last."""
        speaking = {line.who for line in self.request.speech if line.first <= index < line.last}
        places = zip(self.stage.tracks, self.framing.places, self.framing.lifts, strict=True)
        return sorted(places, key=lambda one: (-one[2], one[0].who in speaking))

    def placed(self, view: View, track: Track, place: tuple[float, float], index: int, t: float) -> Placed:
        """One face at the frame `index`, painted, and where it is on the frame."""
        from scenes.backends.animatic.figures import render_bust

        stage, layout, size = self.stage, self.stage.layout, self.framing.size
        beat = index / max(1, stage.frames - 1)
        wind = 0.4 * stage.weather.wind * (0 if stage.indoors else 1)
        _, state = state_at(track, beat, stage.seconds, index, t, self.request.speech, wind)
        x, lift = place
        # raised above what lies over the picture's foot, he is seen farther down than a bust goes
        below = round(lift / size + 0.1, 3) if layout.heads.foot and lift else 0.0
        sprite = render_bust(self.looks[track.part], state, size, self.light, stage.style, below)
        sway = sway_of(state)
        x += self._gone(track, beat) + size * sway.forward * state.facing
        if lift:
            # who stands behind goes on below the bust, down to the frame's edge
            more = max(0, math.ceil(lift + 0.1 * size + sprite.anchor[1] - sprite.pixels.shape[0]))
            sprite.pixels = np.asarray(cv2.copyMakeBorder(sprite.pixels, 0, more, 0, 0, cv2.BORDER_REPLICATE), np.uint8)
        s = view.zoom * (1 + 0.9 * view.dolly)
        middle, pivot = layout.width / 2, PIVOT * layout.height
        px = middle + s * (x - middle) - FOLLOWING * (view.pan + view.truck)
        breath = 0.003 * size * (1 + math.sin(1.6 * t + track.part))
        py = pivot + s * (layout.height - pivot) + breath - FOLLOWING * (view.tilt + view.crane)
        py = max(py, float(layout.height)) - s * lift + s * size * max(0.0, sway.down)
        return Placed(sprite, state, px, py, s)

    def _one(self, frame: Pixels, view: View, track: Track, place: tuple[float, float], index: int, t: float) -> None:
        one = self.placed(view, track, place, index, t)
        sprite, px, py, s, size = one.sprite, one.x, one.y, one.scale, self.framing.size
        lay_sprite(frame, sprite, px, py, s)
        if "light" in sprite.points:
            gx, gy = sprite.points["light"]
            shine(
                frame, self.glow, px + s * (gx - sprite.anchor[0]), py + s * (gy - sprite.anchor[1]), 1.6 * s * size, t
            )

    def _gone(self, track: Track, beat: float) -> float:
        """How far (pixels) he is from his place: on his way in or out of the frame, or in somebody's arms."""
        x, leg, _ = place_at(track, beat, self.stage.seconds)
        home = self.homes[track.part]
        if leg.edge:
            # the farther end of the leg lies just outside the frame
            far = abs(leg.x1 - leg.x0)
            away = math.copysign(1.0, x - track.spot)
            if leg.moving:
                away = (x - (leg.x1 if leg.edge == "in" else leg.x0)) / far
            out = self.stage.layout.width - home if away > 0 else home
            return away * (out + _WIDE * self.framing.size)
        other = next((one for one in self.stage.tracks if one.part == track.toward), None)
        if other is None or not any(one.action == "hug" for one in track.legs if one.start <= beat):
            return 0.0
        gap = self.homes[other.part] - home
        way = max(0.0, abs(gap) - _EMBRACE * self.framing.size) * (0.5 if other.toward == track.part else 1.0)
        start = next((one for one in track.legs if one.action == "hug" and one.moving), None)
        share = 1.0 if start is None else (beat - start.start) / max(1e-6, start.stop - start.start)
        return math.copysign(way, gap) * ease(share)


def _sinking(track: Track) -> float:
    """How far his acts lower his head at most, in sizes; who falls may fall out of the picture."""
    moments = (
        FigureState(leg.action, beat=moment / 20, walked=leg.moving * moment / 7)
        for leg in track.legs
        if leg.action != "fall"
        for moment in range(21)
    )
    return max((sway_of(moment).down for moment in moments), default=0.0)
