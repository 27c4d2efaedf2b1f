"""How each emotion is held in the body: back, head, shoulders and what the hands do when they have nothing else to do.

A table of data; faces are in `expression`, actions in `acting`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from scenes.backends.animatic.figure import FigureState
from scenes.backends.animatic.figures.pose import Grip, Point


@dataclass(frozen=True, slots=True)
class Bearing:
    """Changes of a pose for an emotion; hands are given from their shoulders in arm lengths."""

    lean: float = 0.0
    bow: float = 0.0
    shrug: float = 0.0
    drop: float = 0.0
    near_hand: Point = (-0.03, 0.97)
    far_hand: Point = (0.12, 0.95)
    grip: Grip = "loose"
    gaze: Point = (0.0, 0.0)
    tempo: float = 1.0
    """How fast the body breathes and fidgets."""


_BEARINGS = {
    "neutral": Bearing(),
    "happy": Bearing(-0.035, -0.08, -0.004, -0.004, (-0.2, 0.9), (0.34, 0.84), "open", (0, -0.1), 1.2),
    "sad": Bearing(0.11, 0.36, 0.012, 0.012, (0.16, 0.98), (0.2, 0.97), "loose", (0, 0.7), 0.7),
    "angry": Bearing(0.10, 0.08, 0.012, 0.006, (-0.1, 0.8), (0.44, 0.7), "fist", (0.2, 0.1), 1.7),
    "afraid": Bearing(-0.11, 0.02, 0.026, 0.03, (0.42, 0.28), (0.58, 0.12), "open", (0.3, 0), 3.0),
    "surprised": Bearing(-0.10, -0.1, 0.014, 0.0, (-0.42, 0.58), (0.66, 0.42), "open", (0.2, -0.1), 1.3),
    "determined": Bearing(0.03, 0.03, -0.004, 0.0, (0.02, 0.68), (0.2, 0.88), "fist", (0.2, 0), 0.9),
    "tired": Bearing(0.13, 0.24, 0.008, 0.022, (0.2, 0.99), (0.27, 0.98), "loose", (0, 0.5), 0.6),
    "wonder": Bearing(-0.07, -0.26, 0.0, 0.0, (0.14, 0.84), (0.52, 0.66), "open", (0.1, -0.7), 0.8),
    "tender": Bearing(0.03, 0.13, 0.004, 0.0, (0.24, 0.17), (0.16, 0.93), "open", (0, 0.2), 0.8),
}


def bearing(emotion: str) -> Bearing:
    """The bearing of an emotion; an unknown one is held as neutral."""
    return _BEARINGS.get(emotion, _BEARINGS["neutral"])


def held(state: FigureState) -> Bearing:
    """The bearing of a state, passing over from that before it."""
    now, before = bearing(state.emotion), state.before
    if before is None or before.emotion == state.emotion:
        return now
    then = bearing(before.emotion)
    values: dict[str, object] = {}
    for field in fields(Bearing):
        a, b = getattr(then, field.name), getattr(now, field.name)
        if isinstance(a, str):
            values[field.name] = a if state.passed < 0.5 else b
        elif isinstance(a, tuple):
            values[field.name] = tuple(x + (y - x) * state.passed for x, y in zip(a, b, strict=True))
        else:
            values[field.name] = a + (b - a) * state.passed
    return Bearing(**values)  # type: ignore[arg-type]  # values come field by field from two bearings
