"""A pose of a body: where hips, hands and feet are, and how back and head are held.

Body units: a grown person with a head is about one unit high, x forward, y down, ground at 0. Hands are given from
their shoulder in arm lengths. Data and blending only; what action or emotion it serves is told elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

Point = tuple[float, float]
Grip = Literal["loose", "fist", "open", "point"]

HIP = 0.484
"""Standing height of the hips."""
THIGH = 0.226
SHIN = 0.222
UPPER_ARM = 0.152
FOREARM = 0.138
ARM = UPPER_ARM + FOREARM
SPINE = 0.335
"""From the hips to the neck's base."""
SHOULDER_DROP = 0.03
"""How far the shoulders lie below the neck's base."""


@dataclass(frozen=True, slots=True)
class Pose:
    """One moment of a body. Angles in radians: `lean` and `bow` (head) are positive forward and down."""

    hip: Point = (0.0, 0.0)
    """Shift of the hips from their standing place."""
    lean: float = 0.0
    bow: float = 0.0
    shrug: float = 0.0
    near_hand: Point = (0.0, 0.97)
    far_hand: Point = (0.1, 0.95)
    near_foot: tuple[float, float, float] = (-0.055, -0.04, 0.0)
    """Ankle x and y, and the foot's turn."""
    far_foot: tuple[float, float, float] = (0.07, -0.04, 0.0)
    roll: float = 0.0
    """Turn of the whole body about the ground point."""
    flip: float = 1.0
    """1 faces forward, -1 backward; in between the body is seen narrower, as in turning."""
    gaze: Point = (0.0, 0.0)
    """Where the eyes look beyond the face's own direction: x forward, y down, -1..1."""
    near_grip: Grip = "loose"
    far_grip: Grip = "loose"


def blend(first: Pose, second: Pose, part: float) -> Pose:
    """The pose `part` (0..1) of the way from one to the other; grips change half-way."""
    if part <= 0.0:
        return first
    if part >= 1.0:
        return second
    values: dict[str, object] = {}
    for field in fields(Pose):
        a, b = getattr(first, field.name), getattr(second, field.name)
        if isinstance(a, str):
            values[field.name] = a if part < 0.5 else b
        elif isinstance(a, tuple):
            values[field.name] = tuple(x + (y - x) * part for x, y in zip(a, b, strict=True))
        else:
            values[field.name] = a + (b - a) * part
    return Pose(**values)  # type: ignore[arg-type]  # values come field by field from two poses
