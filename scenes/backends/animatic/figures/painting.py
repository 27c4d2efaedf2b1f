"""From a look and a state to a sprite: canvas, placing, painting, lighting, cropping."""

from __future__ import annotations

import math
from dataclasses import replace

import cv2
import numpy as np

from scenes.backends.animatic.figure import FigureLight, FigureState, Sprite
from scenes.backends.animatic.figures.acting import passing, pose_for
from scenes.backends.animatic.figures.beasts import draw_beast
from scenes.backends.animatic.figures.body import draw_body
from scenes.backends.animatic.figures.brush import Brush, Tone, canvas_of
from scenes.backends.animatic.figures.clothes import Drift
from scenes.backends.animatic.figures.gait import RUN, WALK, gait_speed
from scenes.backends.animatic.figures.look import GROWN_BODY, Look
from scenes.backends.animatic.figures.places import Places
from scenes.backends.animatic.figures.pose import Pose
from scenes.backends.animatic.figures.props import HELD_OUT, UPRIGHT
from scenes.backends.animatic.figures.relief import apply_relief
from scenes.backends.animatic.figures.skeleton import Skeleton, skeleton

_HOLDING_OUT = frozenset(
    {"stand", "walk", "enter", "exit", "listen", "turn", "look up", "talk", "wave", "kneel", "sit"}
)
"""Actions that leave the near hand to what it holds."""
_HOLDS = {"cane": (0.34, 0.78), "umbrella": (0.74, 0.16)}
"""Where the near hand is with some things, in arm lengths from the shoulder."""
BEASTS = frozenset({"dog", "cat", "wolf", "horse", "bird"})
"""Kinds that are no people."""


def body_unit(look: Look) -> float:
    """How many grown heights one body unit of this person is worth."""
    return look.stature * (1.0 - look.head) / GROWN_BODY


def pose_of(look: Look, state: FigureState) -> tuple[Pose, Skeleton]:
    """The pose and the joints of a person's state, in his own body units."""
    pose = _posed(look, state)
    if state.before is not None and state.passed < 1.0:
        pose = passing(_posed(look, state.before), pose, state)
    return pose, skeleton(pose, look)


def _posed(look: Look, state: FigureState) -> Pose:
    """The pose of one state alone, with what he holds held out."""
    pose = pose_for(state, state.walked / body_unit(look), _manner(look))
    if look.prop not in ("", "sword") and state.action == "point":
        # what the near hand holds stays there, the other one points
        own = (0.5, 0.5) if look.prop in UPRIGHT else _HOLDS.get(look.prop, (0.5, 0.26))
        own = own if look.prop in HELD_OUT | UPRIGHT else (-0.03, 0.95)
        pose = replace(pose, far_hand=pose.near_hand, far_grip="point", near_hand=own, near_grip="fist")
    elif look.prop not in HELD_OUT | UPRIGHT | {""} and state.action == "listen":
        # so does it where the other one goes to the chin
        x, y = pose.near_hand
        pose = replace(pose, far_hand=(x - 0.25 * (1.0 - y), y), far_grip=pose.near_grip, near_hand=(-0.03, 0.95))
    elif look.prop in HELD_OUT | UPRIGHT and state.action in _HOLDING_OUT:
        forward, reach = _HOLDS.get(look.prop, (0.62, 0.4) if look.prop in UPRIGHT else (0.5, 0.26))
        swing = 0.25 * (pose.near_hand[0] if state.action in ("walk", "enter", "exit") else 0.0)
        pose = replace(pose, near_hand=(forward + swing, reach + 0.1 * abs(swing)), near_grip="fist")
    return pose


def _manner(look: Look) -> int:
    """A number that tells people apart by their colours."""
    return round(97 * look.top[0] + 61 * look.hair[1] + 83 * look.skin[2] + 41 * look.bottom[1])


def render_figure(look: Look, state: FigureState, height: float, light: FigureLight, style: str) -> Sprite:
    """Paint one figure; `height` is that of a grown person on its spot, in pixels, of which a child takes its part.

    `state.walked` counts in the same heights, so that a child's feet stay planted too.
    """
    if look.kind in BEASTS:
        return _render_beast(look, state, height, light, style)
    held = lit(look) if state.action == "hold light" else look
    pose, bones = pose_of(held, state)
    unit = height * body_unit(look)
    wide, tall = _room(held, state)
    if state.before is not None:
        wide, tall = (max(pair) for pair in zip((wide, tall), _room(held, state.before), strict=True))
    columns, rows = math.ceil(wide * unit) + 8, math.ceil(tall * unit) + 8
    ground = (columns / 2.0, rows - 0.16 * unit - 4.0)
    pixels = np.zeros((rows, columns, 4), dtype=np.uint8)
    brush = Brush(canvas_of(pixels), Tone(light, style))
    drift = _drift(look, state)
    head_size = look.head / (1.0 - look.head) * GROWN_BODY
    places = _paint(brush, held, state, (pose, bones), drift, (ground, unit, head_size))
    return _cropped(pixels, ground, places, light, style, (unit, brush.flat))


def lit(look: Look) -> Look:
    """The look of one who holds a light: his own candle or torch, else a lantern."""
    return replace(look, prop=look.prop if look.prop in ("candle", "torch", "lantern") else "lantern")


def _render_beast(look: Look, state: FigureState, height: float, light: FigureLight, style: str) -> Sprite:
    unit = height * look.stature
    side = math.ceil(2.4 * unit) + 8
    ground = (side / 2.0, side - 0.12 * unit - 4.0)
    pixels = np.zeros((math.ceil(side), side, 4), dtype=np.uint8)
    brush = Brush(canvas_of(pixels), Tone(light, style))
    brush.rule(1.0 / max(look.stature, 0.3))
    with brush.at(*ground, size=unit, mirror=state.facing < 0):
        places = draw_beast(brush, look, state)
    return _cropped(pixels, ground, places, light, style, (unit, brush.flat))


def _room(look: Look, state: FigureState) -> tuple[float, float]:
    """Width and height of canvas that the pose may need, in body units."""
    wide = (
        2.5
        if state.action == "fall" or look.prop == "sword"
        else 1.9
        if state.action in ("point", "raise", "run")
        else 1.6
    )
    high = look.prop in UPRIGHT | {"umbrella", "torch", "sword"} or state.action in ("raise", "wave", "look up")
    return wide, 1.85 if high else 1.6


def _paint(
    brush: Brush,
    look: Look,
    state: FigureState,
    posed: tuple[Pose, Skeleton],
    drift: Drift,
    frame: tuple[tuple[float, float], float, float],
) -> Places:
    pose, bones = posed
    ground, unit, head_size = frame
    brush.rule(1.0)
    facing = pose.flip * state.facing
    with brush.at(ground[0], ground[1], size=unit):
        brush.canvas.scale(facing, 1.0)
        if pose.roll:
            brush.canvas.translate(-0.42 * abs(pose.roll) / 1.5, -0.1 * abs(pose.roll) / 1.5)
            brush.canvas.rotate(math.degrees(pose.roll))
        return draw_body(brush, look, pose, bones, state, drift, head_size)


def _drift(look: Look, state: FigureState) -> Drift:
    speed = gait_speed(state.action)
    gait = RUN if state.action == "run" else WALK
    step = (
        math.sin(4 * math.pi * state.walked / body_unit(look) / gait.cycle) if speed else 0.15 * math.sin(1.3 * state.t)
    )
    rush = min(1.0, speed / 1.6)
    return Drift(wind=state.wind * state.facing, step=step, t=state.t, rush=rush)


def _cropped(
    pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]],
    ground: tuple[float, float],
    places: Places,
    light: FigureLight,
    style: str,
    size: tuple[float, bool],
) -> Sprite:
    """Cut to what was painted, with a margin for soft edges, then light it."""
    unit, flat = size
    margin = 3
    x, y, width, height = cv2.boundingRect(pixels[..., 3])
    left, top = max(0, x - margin), max(0, y - margin)
    right, bottom = min(pixels.shape[1], x + width + margin), min(pixels.shape[0], y + height + margin)
    cut = np.ascontiguousarray(pixels[top:bottom, left:right])
    lit = apply_relief(cut, light, style, unit, flat)
    points = {"head": places.head, "mouth": places.mouth, "hand": places.hand}
    if places.light is not None:
        points["light"] = places.light
    moved = {name: (px - left, py - top) for name, (px, py) in points.items()}
    return Sprite(lit, (ground[0] - left, ground[1] - top), moved)


__all__ = ["BEASTS", "body_unit", "lit", "pose_of", "render_figure"]
