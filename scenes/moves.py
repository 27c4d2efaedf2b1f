"""Camera moves over a still picture: which window of it is seen at each moment, and how the camera leans.

Pure geometry in fractions of the picture, so that one move serves every canvas. Knows no pixels.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a picture that fills the canvas: its middle and size as fractions of the picture's sides."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Drift:
    """How far the camera has left the picture's axis: keystone and parallax, each within its limit of 1.5 %.

    `lean` (across, down) is by how much the window's far side is shorter than its near one: across, a positive one
    shortens the left side; down, the upper. `shift` (across, down) and `near` say how the nearest things differ from
    the farthest: moved over the canvas, in its widths, and drawn from the focus, in its half widths.
    """

    lean: tuple[float, float] = (0.0, 0.0)
    shift: tuple[float, float] = (0.0, 0.0)
    near: float = 0.0


@dataclass(frozen=True, slots=True)
class Move:
    """A camera move: zoom from and to (1 just covers the canvas), direction of travel in window widths and heights.

    `quick` crowds the travel into the middle of the time; `even` keeps the speed constant; `sway` is the unrest of a
    hand; `blur` opens out of focus. `lean` is the keystone at the end, and its contrary at the start. `note` says what
    the move is where a still cannot give what the word promises.
    """

    zoom: tuple[float, float] = (1.03, 1.07)
    travel: tuple[float, float] = (0.0, 0.0)
    quick: bool = False
    even: bool = False
    sway: float = 0.0
    blur: bool = False
    lean: tuple[float, float] = (0.004, 0.0)
    note: str = ""


LIMIT = 0.015
"""The most by which a still is bent: more, and straight lines and faces show that it is flat."""

MOVES: dict[str, Move] = {
    "static": Move(),
    "pan left": Move(zoom=(1.22, 1.22), travel=(-0.6, 0.0), lean=(-0.015, 0.0)),
    "pan right": Move(zoom=(1.22, 1.22), travel=(0.6, 0.0), lean=(0.015, 0.0)),
    "tilt up": Move(zoom=(1.22, 1.22), travel=(0.0, -0.6), lean=(0.0, -0.015)),
    "tilt down": Move(zoom=(1.22, 1.22), travel=(0.0, 0.6), lean=(0.0, 0.015)),
    "dolly in": Move(zoom=(1.0, 1.26), lean=(0.003, 0.008)),
    "dolly out": Move(zoom=(1.26, 1.0), lean=(0.003, -0.008)),
    "truck left": Move(zoom=(1.18, 1.22), travel=(-0.3, 0.0), even=True, lean=(-0.008, 0.0)),
    "truck right": Move(zoom=(1.18, 1.22), travel=(0.3, 0.0), even=True, lean=(0.008, 0.0)),
    "crane up": Move(zoom=(1.26, 1.12), travel=(0.0, -0.4), lean=(0.0, -0.012)),
    "crane down": Move(zoom=(1.12, 1.26), travel=(0.0, 0.4), lean=(0.0, 0.012)),
    "fly over": Move(zoom=(1.04, 1.4), travel=(0.0, -0.15), even=True, lean=(0.0, 0.015)),
    "handheld": Move(zoom=(1.09, 1.11), sway=0.012),
    "whip pan": Move(zoom=(1.3, 1.3), travel=(1.0, 0.0), quick=True, lean=(0.015, 0.0)),
    "zoom in": Move(zoom=(1.0, 1.5), lean=(0.0, 0.0)),
    "zoom out": Move(zoom=(1.5, 1.0), lean=(0.0, 0.0)),
    "rack focus": Move(blur=True),
    "orbit": Move(
        zoom=(1.14, 1.2),
        travel=(0.25, 0.0),
        lean=(0.015, 0.0),
        note="a still picture cannot be orbited; the camera trucks past",
    ),
    "reveal": Move(zoom=(1.7, 1.0), lean=(0.0, -0.006)),
    "tracking": Move(zoom=(1.2, 1.2), travel=(0.5, 0.0), even=True, lean=(0.008, 0.0)),
}


def window(move: Move, picture: float, canvas: float, focus: tuple[float, float], part: float, seed: int) -> Window:
    """The window at `part` (0..1) of a move, for a picture and a canvas of these aspects (width / height).

    The window never leaves the picture; the focus is as near its middle as the edges and the travel allow.
    """
    wide, high = (canvas / picture, 1.0) if picture > canvas else (1.0, picture / canvas)
    eased = _eased(move, part)
    zoom = move.zoom[0] * (move.zoom[1] / move.zoom[0]) ** eased
    width, height = wide / zoom, high / zoom
    sway_x, sway_y = _sway(move.sway, part, seed)
    return Window(
        _middle(focus[0], width, move.travel[0], eased) + sway_x * width,
        _middle(focus[1], height, move.travel[1], eased) + sway_y * height,
        width,
        height,
    )


def drift(move: Move, part: float) -> Drift:
    """How far the camera has left the picture's axis at `part` (0..1) of a move.

    A camera that travels sees near things go against it; one that comes nearer sees them grow. One that stands, or
    only zooms, breathes a little to the side: without that, depth could not be seen.
    """
    eased = _eased(move, part)
    turn = 2 * eased - 1
    lean = (move.lean[0] * turn, move.lean[1] * turn)
    travel_x, travel_y = (math.copysign(min(abs(way), 0.5), way) * 2 * LIMIT for way in move.travel)
    growth = math.log(move.zoom[1] / move.zoom[0]) if any(move.lean) else 0.0
    near = math.copysign(min(abs(growth) * 0.065, LIMIT), growth)
    still = 0.5 * LIMIT if not (travel_x or travel_y) and abs(near) < 0.4 * LIMIT else 0.0
    return Drift(lean, (-(travel_x + still) * turn / 2, -travel_y * turn / 2), near * turn / 2)


def focus_blur(move: Move, part: float) -> float:
    """How far out of focus the picture is at `part`, 1 at the start of a rack and 0 from the middle on."""
    return (1 - _smooth(min(part / 0.55, 1.0))) if move.blur else 0.0


def _middle(focus: float, size: float, travel: float, eased: float) -> float:
    """The window's middle on one axis: the travel lies round the focus, within the picture."""
    slack = 1.0 - size
    length = math.copysign(min(abs(travel) * size, slack), travel)
    start = min(max(focus - length / 2, size / 2 + max(-length, 0.0)), 1 - size / 2 - max(length, 0.0))
    return start + length * eased


def _eased(move: Move, part: float) -> float:
    """How much of the move is done: slow at both ends, unless the move says otherwise."""
    if move.even:
        return 0.85 * part + 0.15 * _smooth(part)
    if move.quick:
        return _smooth(min(max((part - 0.4) / 0.2, 0.0), 1.0))
    return 0.3 * part + 0.7 * _smooth(part)


def _smooth(part: float) -> float:
    return part * part * (3 - 2 * part)


def _sway(amount: float, part: float, seed: int) -> tuple[float, float]:
    """The unrest of a hand: a few slow sines with seeded phases, in window sizes."""
    if not amount:
        return 0.0, 0.0
    phases = np.random.default_rng(seed).uniform(0, 2 * math.pi, (2, 3))
    turns = (1.7, 3.1, 5.3)
    return (
        amount * sum(math.sin(2 * math.pi * f * part + p) / f for f, p in zip(turns, phases[0], strict=True)),
        amount * sum(math.sin(2 * math.pi * f * part + p) / f for f, p in zip(turns, phases[1], strict=True)),
    )
