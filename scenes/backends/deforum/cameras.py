"""The storyboard's camera words as steps from frame to frame, each move whole at any length, rate and size.

A word says how far the camera goes in all; how fast follows from the clip's frames, slow at both ends where a camera
on wheels or a head would be. Pure; knows no pixels and no settings.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Literal

from scenes.backends.deforum.warp import UNIT, VIEW, Step

_SWAYS = (0.35, 0.9, 1.9)
"""Waves a second of a hand that holds a camera: the slow ones go farther."""

_ROLLS = 60.0
"""Degrees that a hand rolls the camera while it sways by the shorter side."""


@dataclass(frozen=True, slots=True)
class Course:
    """A whole move: how many times larger the picture grows, how far the camera travels, and by how much it turns.

    `travel` is to the right and down, in widths and heights of the picture; `tilt` (up) in degrees. `orbits` is how
    many degrees the camera goes to the right round what lies in the middle. `sway` is the unrest of a hand, in shorter
    sides. `walks` says whether near things pass faster than far ones, where distances are known.
    """

    zoom: float = 1.0
    travel: tuple[float, float] = (0.0, 0.0)
    tilt: float = 0.0
    orbits: float = 0.0
    sway: float = 0.0
    pace: Literal["soft", "even", "quick"] = "soft"
    walks: bool = True


COURSES = MappingProxyType(
    {
        "static": Course(),
        "pan left": Course(travel=(-0.5, 0.0), walks=False),
        "pan right": Course(travel=(0.5, 0.0), walks=False),
        "tilt up": Course(travel=(0.0, -0.5), walks=False),
        "tilt down": Course(travel=(0.0, 0.5), walks=False),
        "dolly in": Course(zoom=1.35),
        "dolly out": Course(zoom=1 / 1.35),
        "truck left": Course(travel=(-0.4, 0.0), pace="even"),
        "truck right": Course(travel=(0.4, 0.0), pace="even"),
        "crane up": Course(zoom=1 / 1.12, travel=(0.0, -0.45), tilt=-5.0),
        "crane down": Course(zoom=1.12, travel=(0.0, 0.45), tilt=5.0),
        "fly over": Course(zoom=1.6, travel=(0.0, -0.12), tilt=-5.0, pace="even"),
        "handheld": Course(sway=0.012),
        "whip pan": Course(travel=(1.0, 0.0), pace="quick", walks=False),
        "zoom in": Course(zoom=1.6, walks=False),
        "zoom out": Course(zoom=1 / 1.6, walks=False),
        "rack focus": Course(walks=False),
        "orbit": Course(orbits=24.0, pace="even"),
        "reveal": Course(zoom=1 / 1.5, travel=(0.0, -0.1)),
        "tracking": Course(travel=(0.6, 0.0), pace="even"),
    }
)

NOTES = MappingProxyType({"rack focus": "no move of the camera pulls its focus; it stands still"})
"""What a word asks for and no step can give."""


def steps(word: str, frames: int, rate: Fraction, shape: float, seed: int) -> tuple[Step, ...]:
    """The step that leads to each frame; the first does nothing. `shape` is the picture's width over its height."""
    course = COURSES[word]
    wide, high = UNIT * max(shape, 1.0), UNIT * max(1 / shape, 1.0)
    done = [_eased(course.pace, frame / max(frames - 1, 1)) for frame in range(frames)]
    shaken = _swayed(course.sway, frames, rate, seed)
    made = [Step()]
    for frame in range(1, frames):
        part = done[frame] - done[frame - 1]
        round_by = math.radians(course.orbits * part)
        across, down, rolled = (now - before for now, before in zip(shaken[frame], shaken[frame - 1], strict=True))
        made.append(
            Step(
                zoom=course.zoom**part,
                x=-course.travel[0] * wide * part + across - _sideways(round_by),
                y=-course.travel[1] * high * part + down,
                tilt=course.tilt * part,
                turn=-math.degrees(round_by),
                roll=rolled,
            )
        )
    return tuple(made)


def _sideways(angle: float) -> float:
    """How far what lies in the middle at distance 1 moves when the camera turns by an angle."""
    return UNIT / 2 / math.tan(math.radians(VIEW / 2)) * math.tan(angle)


def _eased(pace: str, part: float) -> float:
    """How much of a move is done when `part` (0..1) of its time has passed."""
    if pace == "even":
        return 0.85 * part + 0.15 * _smooth(part)
    if pace == "quick":
        return _smooth(min(max((part - 0.35) / 0.3, 0.0), 1.0))
    return 0.3 * part + 0.7 * _smooth(part)


def _smooth(part: float) -> float:
    return part * part * (3 - 2 * part)


def _swayed(amount: float, frames: int, rate: Fraction, seed: int) -> list[tuple[float, float, float]]:
    """Where a hand holds the camera at each frame: across, down (units of a step) and rolled (degrees)."""
    if not amount:
        return [(0.0, 0.0, 0.0)] * frames
    import numpy as np

    phases = np.random.default_rng(seed).uniform(0.0, 2 * math.pi, (3, len(_SWAYS)))
    waves = np.array(_SWAYS)
    moments = 2 * math.pi * np.array([float(frame / rate) for frame in range(frames)])
    swung = (np.sin(moments[:, None, None] * waves + phases) * _SWAYS[0] / waves).sum(axis=-1)
    reach = np.array([amount * UNIT, amount * UNIT, amount * _ROLLS])
    return [(float(across), float(down), float(rolled)) for across, down, rolled in swung * reach]
