"""How each emotion is held in the body: back, head, shoulders and what the hands do when they have nothing else to do.

A table of data; faces are in `expression`, actions in `acting`.
"""

from __future__ import annotations

import math
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
    "happy": Bearing(-0.045, -0.1, -0.004, -0.004, (-0.3, 0.8), (0.5, 0.62), "open", (0, -0.1), 1.2),
    "sad": Bearing(0.11, 0.36, 0.012, 0.012, (0.16, 0.98), (0.2, 0.97), "loose", (0, 0.7), 0.7),
    "angry": Bearing(0.12, 0.1, 0.014, 0.006, (-0.12, 0.74), (0.5, 0.16), "fist", (0.2, 0.1), 1.7),
    "afraid": Bearing(-0.11, 0.02, 0.026, 0.03, (0.42, 0.28), (0.58, 0.12), "open", (0.3, 0), 3.0),
    "surprised": Bearing(-0.13, -0.08, 0.016, 0.0, (0.36, -0.12), (0.74, 0.5), "open", (0.2, -0.1), 1.3),
    "determined": Bearing(0.03, 0.03, -0.004, 0.0, (0.02, 0.68), (0.2, 0.88), "fist", (0.2, 0), 0.9),
    "tired": Bearing(0.13, 0.24, 0.008, 0.022, (0.2, 0.99), (0.27, 0.98), "loose", (0, 0.5), 0.6),
    "wonder": Bearing(-0.07, -0.26, 0.0, 0.0, (0.14, 0.84), (0.52, 0.66), "open", (0.1, -0.7), 0.8),
    "tender": Bearing(0.03, 0.13, 0.004, 0.0, (0.24, 0.17), (0.16, 0.93), "open", (0, 0.2), 0.8),
}


def bearing(emotion: str) -> Bearing:
    """The bearing of an emotion; an unknown one is held as neutral."""
    return _BEARINGS.get(emotion, _BEARINGS["neutral"])


_EASE = (
    Bearing(near_hand=(-0.14, 0.91), far_hand=(0.27, 0.87)),
    Bearing(near_hand=(0.06, 0.62), far_hand=(0.3, 0.86), grip="fist", lean=-0.015),
    Bearing(near_hand=(0.38, 0.66), far_hand=(0.1, 0.68), bow=0.02),
    Bearing(near_hand=(-0.34, 0.7), far_hand=(0.02, 0.8), lean=-0.03, bow=-0.03),
)
"""How people stand who feel nothing much: arms loose, a hand on the hip, hands before the body, hands behind."""


def at_ease(manner: int, t: float) -> Bearing:
    """How somebody stands who feels nothing much, `t` seconds into the scene; `manner` tells people apart.

    Nobody stands like that for ever: his own way and loose arms come in turns.
    """
    own = _EASE[manner % len(_EASE)]
    part = 0.5 + 0.5 * max(-1.0, min(1.0, 3.2 * math.sin(0.62 * t + 1.1 + 0.9 * manner)))
    return between(_EASE[0], own, part * part * (3.0 - 2.0 * part))


def held(state: FigureState) -> Bearing:
    """The bearing of a state, passing over from that before it."""
    now, before = bearing(state.emotion), state.before
    if before is None or before.emotion == state.emotion:
        return now
    then = bearing(before.emotion)
    return between(then, now, state.passed)


def between(first: Bearing, second: Bearing, part: float) -> Bearing:
    """The bearing `part` (0..1) of the way from one to the other; grips change half-way."""
    values: dict[str, object] = {}
    for field in fields(Bearing):
        a, b = getattr(first, field.name), getattr(second, field.name)
        if isinstance(a, str):
            values[field.name] = a if part < 0.5 else b
        elif isinstance(a, tuple):
            values[field.name] = tuple(x + (y - x) * part for x, y in zip(a, b, strict=True))
        else:
            values[field.name] = a + (b - a) * part
    return Bearing(**values)  # type: ignore[arg-type]  # values come field by field from two bearings
