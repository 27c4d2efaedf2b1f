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
from scenes.backends.animatic.figures.bearing import held
from scenes.backends.animatic.figures.beasts.build import BUILDS
from scenes.backends.animatic.figures.body import draw_arm, draw_head
from scenes.backends.animatic.figures.brush import Brush, Tone, canvas_of
from scenes.backends.animatic.figures.expression import Expression, face_of
from scenes.backends.animatic.figures.face import MOUTH
from scenes.backends.animatic.figures.gestures import Gesture, Hand, gesture_of, sway_of
from scenes.backends.animatic.figures.hair import draw_hair_behind
from scenes.backends.animatic.figures.limbs import bend, ease, span
from scenes.backends.animatic.figures.look import Look
from scenes.backends.animatic.figures.painting import BEASTS, lit, render_figure
from scenes.backends.animatic.figures.pose import FOREARM, UPPER_ARM
from scenes.backends.animatic.figures.props import draw_load, draw_prop
from scenes.backends.animatic.figures.relief import apply_relief
from scenes.backends.animatic.figures.shoulders import draw_shoulders
from scenes.backends.animatic.figures.skeleton import Limb

_HEAD = 0.56
"""Height of the head as a part of the bust's."""
_LOW = 1.0 / _HEAD - 0.5
"""Lower edge below the head's middle, in heads."""
_UP, _SIDE = 1.75, 1.75
"""Room above the head's middle and to each side, in heads."""
_REACH = 2.3
"""Room to each side for a hand, in heads."""
_BODY = 0.16
"""A head's height as a part of the body's, by which arms and things are scaled."""
_NEAR, _FAR = (-0.74, 1.14), (0.66, 1.12)
"""The shoulders."""
_BEAST_SIZE = {"horse": 1.9, "wolf": 1.65}
"""How tall an animal is painted for its close-up, in sizes; others by `_BEAST`."""
_BEAST = 1.55
_BEAST_ACTS = {"walk": "stand", "run": "stand", "sit": "stand", "kneel": "stand", "fall": "stand", "enter": "stand",
               "exit": "stand", "raise": "wave", "hug": "listen"}  # fmt: skip
"""What the head of an animal does in a close-up where its body is not seen; the rest is as it is."""


@dataclass(frozen=True, slots=True)
class _Held:
    """A close-up's moment, quantised so that equal pictures are painted once."""

    face: Expression
    facing: int
    flip: float
    tilt: float
    lift: float
    drift: float
    hands: Gesture


def render_bust(
    look: Look, state: FigureState, size: float, light: FigureLight, style: str, below: float = 0.0
) -> Sprite:
    """Paint a close-up, `size` pixels from crown to lower edge; the anchor is the middle of the lower edge.

    Only `mouth` opens the lips, so that they stay with the voice. `below` is how much more of the body is painted
    below the edge, in sizes; animals have no more than their own.
    """
    if look.kind in BEASTS:
        return _beast_bust(look, state, size, light, style, below)
    made = _painted(look, _moment(state), round(size), light, style, below)
    return Sprite(made.pixels.copy(), made.anchor, dict(made.points))


def _beast_bust(look: Look, state: FigureState, size: float, light: FigureLight, style: str, below: float) -> Sprite:
    """An animal's close-up: the whole animal, larger, cut below the chest."""
    before = _headed(state.before) if state.before is not None else None
    much = _BEAST_SIZE.get(look.kind, _BEAST)
    unit = much * size
    sprite = render_figure(look, replace(_headed(state), before=before), unit / look.stature, light, style)
    edge = sprite.anchor[1] - (much - 1.0) * size
    low = min(sprite.pixels.shape[0], round(edge))
    seen = min(sprite.pixels.shape[0], round(edge + below * size))
    ahead = BUILDS[look.kind].head[0] if look.kind in BUILDS else 0.22
    turning = "turn" in (state.action, state.before.action if state.before is not None else "")
    head = sprite.points["head"][0] if turning else sprite.anchor[0] + state.facing * ahead * unit
    return Sprite(np.ascontiguousarray(sprite.pixels[:seen]), (head, float(low)), sprite.points)


def _headed(state: FigureState) -> FigureState:
    return replace(state, action=_BEAST_ACTS.get(state.action, state.action), walked=0.0, before=None)


def _moment(state: FigureState) -> _Held:
    mood = held(state)
    t = state.t * mood.tempo
    nod = 0.028 * math.sin(6.1 * state.t) * math.sin(1.9 * state.t + 0.4) if state.talking else 0.0
    tilt = 0.5 * mood.bow + 0.014 * math.sin(0.8 * t + 0.7) + nod + sway_of(state).turn + _tilted(state)
    lift = 0.7 * mood.shrug / 0.16 + 0.008 * math.sin(1.5 * t)
    if state.emotion == "afraid":
        tilt += 0.006 * math.sin(29.0 * state.t)
    gaze = round(0.35 * math.sin(0.47 * state.t) * math.sin(0.31 * state.t + 1.0) / 0.1) * 0.1
    return _Held(
        face_of(state, round(state.mouth * 10) / 10, (gaze, _upward(state))),
        -1 if state.facing < 0 else 1,
        _flipped(state),
        round(tilt / 0.002) * 0.002,
        round(lift / 0.002) * 0.002,
        round((state.wind * state.facing + 0.12 * math.sin(1.9 * state.t) * (0.4 + abs(state.wind))) / 0.06) * 0.06,
        gesture_of(state),
    )


def _upward(state: FigureState) -> float:
    """How far the act lifts the eyes, in steps: -1 is as far as they go."""
    if state.action != "look up":
        return 0.0
    part = span(state.beat, 0.08, 0.3) * (1.0 - 0.7 * span(state.beat, 0.88, 1.0))
    return round(-0.8 * part / 0.1) * 0.1


def _tilted(state: FigureState) -> float:
    """How far the act bows the head, radians."""
    if state.before is not None and state.before.action != state.action and state.passed < 1.0:
        then = _tilted(replace(state.before, before=None))
        return then + (_tilted(replace(state, before=None)) - then) * ease(state.passed)
    if state.action == "look up":
        return -0.26
    if state.action == "listen":
        return 0.03 + 0.04 * max(0.0, math.sin(1.3 * state.t)) ** 6
    if state.action == "raise":
        return -0.1
    return 0.0


def _flipped(state: FigureState) -> float:
    """How wide he is seen while he turns round: 1 is full, below 0 he looks the other way."""
    width = math.cos(math.pi * span(state.beat, 0.36, 0.58)) if state.action == "turn" else 1.0
    before = state.before
    if before is not None and state.passed < 1.0:
        then = replace(before, before=None)
        width += (_flipped(then) * before.facing * state.facing - width) * (1.0 - ease(state.passed))
    return round(math.copysign(max(abs(width), 0.25), width) / 0.05) * 0.05


@lru_cache(maxsize=24)
def _painted(look: Look, moment: _Held, size: int, light: FigureLight, style: str, below: float) -> Sprite:
    unit = size * _HEAD
    side = _REACH if moment.hands != Gesture() else _SIDE
    columns, rows = math.ceil(2 * side * unit), math.ceil((_UP + _LOW) * unit)
    middle = (side * unit, rows - _LOW * unit)
    pixels = np.zeros((rows + math.ceil(below * size), columns, 4), dtype=np.uint8)
    brush = Brush(canvas_of(pixels), Tone(replace(light, outline_width=light.outline_width * 1.7), style))
    points: dict[str, tuple[float, float]] = {}
    with brush.at(*middle, size=unit, mirror=moment.facing < 0):
        brush.canvas.scale(moment.flip, 1.0)
        brush.rule(0.3 / 0.16)
        _draw(brush, look, moment, points, _LOW + below / _HEAD)
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


def _draw(brush: Brush, look: Look, moment: _Held, points: dict[str, tuple[float, float]], low: float) -> None:
    turn = moment.tilt
    pivot = (-0.08, 0.62)

    def head_frame() -> tuple[float, float]:
        sine, cosine = math.sin(turn), math.cos(turn)
        return (pivot[0] + 0.08 * cosine + 0.62 * sine, pivot[1] + 0.08 * sine - 0.62 * cosine)

    x, y = head_frame()
    with brush.at(x, y, turn=turn):
        draw_hair_behind(brush, look, 0.0, moment.drift)
    if moment.hands.far is not None and moment.hands.holds != "crate":
        _arm(brush, look, moment.hands.far, _FAR, near=False)
    draw_shoulders(brush, look, moment.lift, moment.drift, low)
    with brush.at(x, y, turn=turn):
        draw_head(brush, look, moment.face, (0.0, moment.drift), detail=True)
        points["head"] = brush.place(0.0, 0.0)
        points["mouth"] = brush.place(*MOUTH)
    _hands(brush, look, moment.hands, points)


def _hands(brush: Brush, look: Look, hands: Gesture, points: dict[str, tuple[float, float]]) -> None:
    """The hands that lie before the body, and what they hold."""
    if hands.holds == "light" and hands.far is not None:
        x, y = hands.far.wrist
        with brush.at(x + 0.1, y - 0.06, size=1.0 / _BODY):
            flame = draw_prop(brush, lit(look), (0.0, 0.0), 0.0, 0.0)
            if flame is not None:
                points["light"] = brush.place(*flame)
        brush.rule(0.3 / 0.16)
    if hands.holds == "crate" and hands.near is not None and hands.far is not None:
        (ax, ay), (bx, by) = hands.near.wrist, hands.far.wrist
        with brush.at((ax + bx) / 2, (ay + by) / 2 + 0.1, size=1.15 / _BODY):
            draw_load(brush, look, (0.0, 0.0))
        brush.rule(0.3 / 0.16)
        _arm(brush, look, hands.far, _FAR, near=False)
    if hands.near is not None:
        _arm(brush, look, hands.near, _NEAR, near=True)


def _arm(brush: Brush, look: Look, hand: Hand, shoulder: tuple[float, float], near: bool) -> None:
    """Sleeve and hand of one arm, in the measures of the whole figure."""
    root = (shoulder[0] * _BODY, shoulder[1] * _BODY)
    wrist = (hand.wrist[0] * _BODY, hand.wrist[1] * _BODY)
    joint, end = bend(root, wrist, UPPER_ARM, FOREARM, 1)
    if hand.elbow is not None:
        joint, end = (hand.elbow[0] * _BODY, hand.elbow[1] * _BODY), wrist
    with brush.at(0.0, 0.0, size=1.0 / _BODY):
        brush.rule(0.3)
        draw_arm(brush, look, Limb(root, joint, end), hand.grip, near)
    brush.rule(0.3 / 0.16)
