"""A foot on the ground stays where it is on the ground, as it is projected and as it is painted, at 1280 x 720.

Measured against a point of the ground on the actors' plane, which goes with the camera.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pytest

from scenes.backend import ClipRequest
from scenes.backends.animatic.blocking import Track, state_at
from scenes.backends.animatic.camera import placing, view_at
from scenes.backends.animatic.figure import FigureLight, Sprite
from scenes.backends.animatic.figures import render_figure
from scenes.backends.animatic.figures.casting import looks_of
from scenes.backends.animatic.figures.gait import ANKLE, BALL
from scenes.backends.animatic.figures.look import Look
from scenes.backends.animatic.figures.painting import body_unit, pose_of
from scenes.backends.animatic.stage import Stage, stage_of
from tests.quality.screening import actor, request_of

SLIDE = 1.0
"""Pixels by which a planted foot may slide from one frame to the next."""
TOUCH = 1.0
"""Pixels above the ground up to which a sole counts as planted."""
FLAT, CLEAR = 0.4, 8.0
"""Pixels above the ground below which a foot lies, and above which nothing of it is painted beside the other's sole."""
RATE = Fraction(24)
GOERS = [
    ("walk", "heroine", "static"), ("run", "hero", "static"), ("carry", "worker", "static"),
    ("walk", "child", "static"), ("walk", "king", "tracking"), ("run", "woman", "tracking"),
    ("enter", "man", "static"), ("exit", "detective", "pan left"), ("walk", "robot", "dolly in"),
    ("run", "child", "truck right"), ("walk", "old man", "handheld"),
]  # fmt: skip


@dataclass(frozen=True)
class Moment:
    """One frame of a walker: his sprite, where his spot lies beside the ground, and the enlargement."""

    sprite: Sprite | None
    spot: float
    scale: float
    feet: tuple[tuple[float, float], tuple[float, float]]
    """The balls of both feet, in pixels of the frame: x beside a point of the ground, height above the ground."""
    turns: tuple[float, float]
    """How far both feet have rolled over their balls, radians."""


def _asked(action: str, role: str, camera: str) -> ClipRequest:
    return request_of(1280, 720, 72, RATE, camera=camera, cast=(actor(role=role, action=action, at="left"),))


def _moment(stage: Stage, look: Look, track: Track, index: int, painted: bool = False) -> Moment:
    """What is measured of a frame; `painted` paints the sprite too."""
    t, beat = index / float(RATE), index / (stage.frames - 1)
    x, state = state_at(track, beat, stage.seconds, index, t, (), stage.weather.wind)
    pose, bones = pose_of(look, state)
    s, _, _ = placing(view_at(stage.camera, beat, t), 1.0, stage.layout)
    unit = stage.layout.person * body_unit(look)
    feet = []
    for leg, foot in ((bones.near_leg, pose.near_foot), (bones.far_leg, pose.far_foot)):
        turn = foot[2]
        ball_x = leg.end[0] + BALL * math.cos(turn) - ANKLE * math.sin(turn)
        ball_y = leg.end[1] + BALL * math.sin(turn) + ANKLE * math.cos(turn)
        # the ground under him moves with the camera: its own shift is taken off
        feet.append((s * (x + state.facing * pose.flip * ball_x * unit), -s * ball_y * unit))
    sprite = render_figure(look, state, stage.layout.person, FigureLight(shade=0.0), "flat") if painted else None
    return Moment(sprite, s * x, s, (feet[0], feet[1]), (pose.near_foot[2], pose.far_foot[2]))


def _cast(request: ClipRequest) -> tuple[Stage, Look, Track]:
    stage = stage_of(request)
    return stage, looks_of(request.scene, request.characters)[0], stage.tracks[0]


@pytest.mark.parametrize(("action", "role", "camera"), GOERS)
def test_a_planted_foot_stays_on_its_spot(action: str, role: str, camera: str) -> None:
    """Between frames in which the ball of a foot is on the ground it does not slide by a pixel, whatever the camera."""
    stage, look, track = _cast(_asked(action, role, camera))
    moments = [_moment(stage, look, track, index) for index in range(stage.frames)]
    steps = 0
    for before, after in itertools.pairwise(moments):
        for foot in range(2):
            (x0, high0), (x1, high1) = before.feet[foot], after.feet[foot]
            if max(high0, high1) < TOUCH:
                grown = after.scale / before.scale
                assert abs(x1 - x0 * grown) < SLIDE
                steps += 1
    assert steps > stage.frames // 3


@pytest.mark.parametrize(("action", "role", "camera"), GOERS[:6])
def test_a_painted_sole_stays_on_its_spot(action: str, role: str, camera: str) -> None:
    """The middle of the painted sole, while one foot carries alone, keeps its place on the frame's ground."""
    stage, look, track = _cast(_asked(action, role, camera))
    walk = [_moment(stage, look, track, index, painted=True) for index in range(12, 36)]
    slides = [
        abs(_sole(after) - _sole(before) * after.scale / before.scale)
        for before, after in itertools.pairwise(walk)
        for foot in range(2)
        if _alone(before, foot) and _alone(after, foot)
    ]
    assert len(slides) >= 3
    assert max(slides) < SLIDE


def _alone(moment: Moment, foot: int) -> bool:
    """Whether a foot carries alone: its sole lies flat and the other foot is in the air."""
    return moment.feet[foot][1] < FLAT and moment.turns[foot] == 0.0 and moment.feet[1 - foot][1] > CLEAR


def _sole(moment: Moment) -> float:
    """The x of the middle of the lowest painted rows of a figure, beside a point of the ground, in pixels."""
    sprite = moment.sprite
    assert sprite is not None
    rows = np.asarray(sprite.pixels[..., 3], float) / 255.0
    low = int(np.flatnonzero(rows.max(axis=1) > 0.5)[-1])
    weight = rows[low - 3 : low].sum(axis=0)
    middle = float((weight * np.arange(len(weight))).sum() / weight.sum())
    return moment.spot + moment.scale * (middle - sprite.anchor[0])
