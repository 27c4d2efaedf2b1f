"""Walking and running: where the feet are for a distance gone, so that a planted foot stays on its spot.

Lengths are in units of the walker's own height, x forward, y down, the ground at 0. Pure arithmetic, no drawing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

ANKLE = 0.04
"""Height of the ankle above the sole."""
BALL = 0.07
"""How far the ball of the foot lies before the ankle."""


@dataclass(frozen=True, slots=True)
class Gait:
    """A way of going: distance of a full cycle (two steps), part of it that a foot is planted, and how it looks."""

    cycle: float
    duty: float
    lift: float
    bounce: float
    crouch: float
    lean: float
    swing: float
    elbow: float


WALK = Gait(cycle=0.65, duty=0.60, lift=0.045, bounce=0.019, crouch=0.030, lean=0.035, swing=0.42, elbow=0.16)
RUN = Gait(cycle=1.24, duty=0.29, lift=0.16, bounce=0.012, crouch=0.048, lean=0.20, swing=0.55, elbow=0.95)
CARRY = Gait(cycle=0.54, duty=0.64, lift=0.04, bounce=0.011, crouch=0.029, lean=-0.05, swing=0.1, elbow=0.9)

_SPEEDS = {"walk": 0.72, "run": 1.9, "enter": 0.72, "exit": 0.72, "carry": 0.45}


def gait_speed(action: str) -> float:
    """How fast an action carries a grown person along, in body heights a second; 0 for one that stays."""
    return _SPEEDS.get(action, 0.0)


@dataclass(frozen=True, slots=True)
class Footfall:
    """A foot at one moment: its ankle, its turn (radians, toes up is negative), and whether it bears weight."""

    x: float
    y: float
    turn: float
    planted: bool


def footfall(gait: Gait, walked: float, offset: float) -> Footfall:
    """The foot whose cycle is `offset` (0..1) ahead, after `walked` body heights.

    While planted it moves back exactly as fast as the body goes forward: flat first, then turning about its ball.
    """
    phase = (walked / gait.cycle + offset) % 1.0
    reach = gait.cycle * gait.duty / 2
    if phase < gait.duty:
        x = reach - phase * gait.cycle
        part = phase / gait.duty
        heel = max(0.0, (part - 0.66) / 0.34)
        turn = 0.68 * heel * heel
        return _about_ball(x, turn)
    part = (phase - gait.duty) / (1 - gait.duty)
    leaving = _about_ball(-reach, 0.68)
    ease = part * part * (3 - 2 * part)
    rise = gait.lift * math.sin(math.pi * part**0.8)
    return Footfall(
        leaving.x + (reach - leaving.x) * ease,
        leaving.y + (-ANKLE - leaving.y) * ease - rise,
        0.68 * (1 - ease) ** 1.5 - 0.38 * math.sin(math.pi * part**2.2),
        planted=False,
    )


def _about_ball(x: float, turn: float) -> Footfall:
    """The planted ankle that stood at `x` when flat, after the heel has risen by `turn` about the ball."""
    ball = x + BALL
    return Footfall(
        ball - BALL * math.cos(turn) + ANKLE * math.sin(turn),
        -ANKLE * math.cos(turn) - BALL * math.sin(turn),
        turn,
        planted=True,
    )


def hip_rise(gait: Gait, walked: float) -> float:
    """How far the hips are below standing height: lowest when both feet are far apart (or, running, in mid-stance)."""
    turn = 2 * math.pi * (2 * walked / gait.cycle)
    middle = 2 * math.pi * gait.duty  # two steps a cycle: the middle of stance is at half the duty
    wave = math.cos(turn - middle)
    return gait.crouch - gait.bounce * (wave if gait.duty > 0.5 else -wave)


def arm_swing(gait: Gait, walked: float, offset: float) -> float:
    """Angle of an arm before (positive) or behind the body, radians, against the leg with the same offset."""
    phase = walked / gait.cycle + offset
    return -gait.swing * math.cos(2 * math.pi * (phase - 0.04))
