"""Feet on the ground: stance, reach, speed."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.backends.animatic.figure import FigureState
from scenes.backends.animatic.figures import gait_speed
from scenes.backends.animatic.figures.gait import BALL, CARRY, RUN, WALK, Gait, footfall
from scenes.backends.animatic.figures.look import Look
from scenes.backends.animatic.figures.painting import body_unit, pose_of

HEIGHT = 300.0
GOING = {"walk": WALK, "run": RUN, "carry": CARRY}


@pytest.mark.parametrize("gait", [WALK, RUN, CARRY])
def test_ball_of_planted_foot_stays(gait: Gait) -> None:
    """While a foot is planted, its ball moves back exactly as far as the body has gone forward."""
    spots = []
    for walked in np.linspace(0.0, gait.cycle * gait.duty * 0.999, 50):
        foot = footfall(gait, float(walked), 0.0)
        assert foot.planted
        ball = foot.x + BALL * np.cos(foot.turn) - 0.04 * np.sin(foot.turn)
        spots.append(ball + walked)
    assert np.ptp(spots) * HEIGHT < 0.01


@pytest.mark.parametrize("look", [Look(), Look(stature=0.66, head=0.2, age="child")], ids=["grown", "child"])
@pytest.mark.parametrize("action", sorted(GOING))
def test_drawn_ankle_does_not_slide(action: str, look: Look) -> None:
    """The ankle as the legs really reach it keeps its place on the ground within a pixel while the foot is flat."""
    gait, unit = GOING[action], body_unit(look)
    spots = []
    for part in np.linspace(0.0, 0.64, 30):
        walked = float(part) * gait.duty * gait.cycle * unit
        _, bones = pose_of(look, FigureState(action, walked=walked))
        spots.append((bones.near_leg.end[0] * unit + walked) * HEIGHT)
    assert np.ptp(spots) < 1.0


def test_legs_alternate() -> None:
    """In mid-stance of one foot the other is in the air."""
    middle = WALK.duty * WALK.cycle / 2
    assert footfall(WALK, middle, 0.0).planted
    assert not footfall(WALK, middle, 0.5).planted


def test_only_goers_move() -> None:
    """Walking, running, entering and leaving carry a person along; the rest does not."""
    assert gait_speed("run") > gait_speed("walk") > gait_speed("carry") > 0
    assert gait_speed("enter") == gait_speed("exit") == gait_speed("walk")
    assert gait_speed("stand") == gait_speed("talk") == 0
