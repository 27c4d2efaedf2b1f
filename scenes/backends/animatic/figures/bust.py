"""The close-up: head and shoulders of the same look, with the same face, hair, hat and colours as the whole figure.

Recent pictures are kept, since a listener's face repeats itself; the state is quantised for that alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache

import cv2
import numpy as np

from scenes.backends.animatic.figure import FigureLight, FigureState, Sprite
from scenes.backends.animatic.figures.bearing import bearing
from scenes.backends.animatic.figures.body import draw_head
from scenes.backends.animatic.figures.brush import Brush, Tone, canvas_of
from scenes.backends.animatic.figures.expression import expression
from scenes.backends.animatic.figures.face import MOUTH
from scenes.backends.animatic.figures.hair import draw_hair_behind
from scenes.backends.animatic.figures.look import Look
from scenes.backends.animatic.figures.painting import BEASTS, render_figure
from scenes.backends.animatic.figures.relief import apply_relief
from scenes.backends.animatic.figures.shoulders import draw_shoulders

_HEAD = 0.56
"""Height of the head as a part of the bust's."""
_LOW = 1.0 / _HEAD - 0.5
"""Lower edge below the head's middle, in heads."""
_UP, _SIDE = 1.75, 1.75
"""Room above the head's middle and to each side, in heads."""


@dataclass(frozen=True, slots=True)
class _Held:
    """A close-up's moment, quantised so that equal pictures are painted once."""

    emotion: str
    mouth: float
    blink: bool
    facing: int
    tilt: float
    lift: float
    drift: float
    gaze_x: float


def render_bust(look: Look, state: FigureState, size: float, light: FigureLight, style: str) -> Sprite:
    """Paint a close-up, `size` pixels from crown to lower edge; the anchor is the middle of the lower edge.

    Only `mouth` opens the lips, so that they stay with the voice.
    """
    if look.kind in BEASTS:
        return _beast_bust(look, state, size, light, style)
    made = _painted(look, _moment(state), round(size), light, style)
    return Sprite(made.pixels.copy(), made.anchor, dict(made.points))


def _beast_bust(look: Look, state: FigureState, size: float, light: FigureLight, style: str) -> Sprite:
    """An animal's close-up: the whole animal, larger, cut below the chest."""
    sprite = render_figure(look, replace(state, action="talk", walked=0.0), 1.55 * size / look.stature, light, style)
    low = min(sprite.pixels.shape[0], round(sprite.anchor[1] - 0.55 * size))
    head = sprite.points["head"][0]
    return Sprite(np.ascontiguousarray(sprite.pixels[:low]), (head, float(low)), sprite.points)


def _moment(state: FigureState) -> _Held:
    mood = bearing(state.emotion)
    t = state.t * mood.tempo
    nod = 0.028 * math.sin(6.1 * state.t) * math.sin(1.9 * state.t + 0.4) if state.talking else 0.0
    tilt = 0.5 * mood.bow + 0.014 * math.sin(0.8 * t + 0.7) + nod
    if state.action == "look up":
        tilt -= 0.2
    if state.action == "listen":
        tilt += 0.03 + 0.04 * max(0.0, math.sin(1.3 * state.t)) ** 6
    lift = 0.7 * mood.shrug / 0.16 + 0.008 * math.sin(1.5 * t)
    if state.emotion == "afraid":
        tilt += 0.006 * math.sin(29.0 * state.t)
    return _Held(
        state.emotion,
        round(state.mouth * 10) / 10,
        state.blink,
        -1 if state.facing < 0 else 1,
        round(tilt / 0.002) * 0.002,
        round(lift / 0.002) * 0.002,
        round((state.wind * state.facing + 0.12 * math.sin(1.9 * state.t) * (0.4 + abs(state.wind))) / 0.06) * 0.06,
        round(0.35 * math.sin(0.47 * state.t) * math.sin(0.31 * state.t + 1.0) / 0.1) * 0.1,
    )


@lru_cache(maxsize=24)
def _painted(look: Look, moment: _Held, size: int, light: FigureLight, style: str) -> Sprite:
    unit = size * _HEAD
    columns, rows = math.ceil(2 * _SIDE * unit), math.ceil((_UP + _LOW) * unit)
    middle = (_SIDE * unit, rows - _LOW * unit)
    pixels = np.zeros((rows, columns, 4), dtype=np.uint8)
    brush = Brush(canvas_of(pixels), Tone(replace(light, outline_width=light.outline_width * 1.7), style))
    points: dict[str, tuple[float, float]] = {}
    with brush.at(*middle, size=unit, mirror=moment.facing < 0):
        brush.rule(0.3 / 0.16)
        _draw(brush, look, moment, points)
    x, y, width, _ = cv2.boundingRect(pixels[..., 3])
    left, right, top = max(0, x - 3), min(columns, x + width + 3), max(0, y - 3)
    cut = np.ascontiguousarray(pixels[top:, left:right])
    lit = _lit(cut, light, style, size, brush.flat)
    moved = {name: (px - left, py - top) for name, (px, py) in points.items()}
    return Sprite(lit, (middle[0] - left, float(rows - top)), moved)


def _lit(
    cut: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], light: FigureLight, style: str, size: int, flat: bool
) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Light the cut as if shoulders went on below it, so that its lower edge is neither rim nor shade."""
    more = max(8, size // 4)
    longer = cv2.copyMakeBorder(cut, 0, more, 0, 0, cv2.BORDER_REPLICATE)
    lit = apply_relief(np.asarray(longer, dtype=np.uint8), light, style, 1.25 * size, flat)
    return np.ascontiguousarray(lit[: cut.shape[0]])


def _draw(brush: Brush, look: Look, moment: _Held, points: dict[str, tuple[float, float]]) -> None:
    turn = moment.tilt
    pivot = (-0.08, 0.62)

    def head_frame() -> tuple[float, float]:
        sine, cosine = math.sin(turn), math.cos(turn)
        return (pivot[0] + 0.08 * cosine + 0.62 * sine, pivot[1] + 0.08 * sine - 0.62 * cosine)

    x, y = head_frame()
    with brush.at(x, y, turn=turn):
        draw_hair_behind(brush, look, 0.0, moment.drift)
    draw_shoulders(brush, look, moment.lift, moment.drift, _LOW)
    with brush.at(x, y, turn=turn):
        face = expression(moment.emotion, moment.mouth, moment.blink, (moment.gaze_x, 0.0))
        draw_head(brush, look, face, (0.0, moment.drift), detail=True)
        points["head"] = brush.place(0.0, 0.0)
        points["mouth"] = brush.place(*MOUTH)
