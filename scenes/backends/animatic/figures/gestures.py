"""What a close-up shows of an action: hands that come into the frame, and how the whole bust moves.

Places are in heads from the middle of the head (the lower edge of a bust lies at about 1.3), moves in sizes of the
bust. Pure; draws nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from scenes.backends.animatic.figure import FigureState
from scenes.backends.animatic.figures.gait import RUN, WALK
from scenes.backends.animatic.figures.limbs import ease, span
from scenes.backends.animatic.figures.pose import Grip, Point

SHOWN_IN_BUST = frozenset({
    "stand", "walk", "run", "sit", "kneel", "talk", "listen", "wave", "point", "raise", "carry", "hold light",
    "look up", "turn", "enter", "exit", "fall", "hug",
})  # fmt: skip
"""The actions that are seen in a close-up."""
HANDY = frozenset({"wave", "point", "raise", "hold light"})
"""The actions whose hand reaches out before the face."""
_BELOW = 1.5
"""How far below its place a hand waits, in heads."""


@dataclass(frozen=True, slots=True)
class Hand:
    """A hand in the frame: its wrist, its grip and, where the arm is seen foreshortened, its elbow."""

    wrist: Point
    grip: Grip
    elbow: Point | None = None


@dataclass(frozen=True, slots=True)
class Gesture:
    """The hands of one moment (None where a hand is out of the frame) and what they hold: `light`, `crate` or ""."""

    near: Hand | None = None
    far: Hand | None = None
    holds: str = ""


@dataclass(frozen=True, slots=True)
class Sway:
    """How the whole bust moves: to the front, down, and turned forward (radians)."""

    forward: float = 0.0
    down: float = 0.0
    turn: float = 0.0


def gesture_of(state: FigureState) -> Gesture:
    """The hands of a state; what was in hand before goes down as it passes."""
    act = _HANDS.get(state.action)
    if act is not None:
        return act(state, ease(state.passed) if state.before is not None else 1.0)
    before = state.before
    then = _HANDS.get(before.action) if before is not None else None
    if before is None or then is None or state.passed >= 1.0:
        return Gesture()
    return then(before, 1.0 - ease(state.passed))


def _hand(x: float, y: float, grip: Grip, part: float, elbow: Point | None = None) -> Hand | None:
    """A hand risen to its place by `part`; on a grid, so that equal pictures are painted once."""
    if part <= 0.02:
        return None
    low = _BELOW * (1.0 - part)
    joint = None if elbow is None else (elbow[0], round((elbow[1] + low) / 0.01) * 0.01)
    return Hand((round(x / 0.01) * 0.01, round((y + low) / 0.01) * 0.01), grip, joint)


def _wave(state: FigureState, part: float) -> Gesture:
    up = part * span(state.beat, 0.02, 0.16) * (1 - span(state.beat, 0.86, 1.0))
    swing = math.sin(8.5 * state.t)
    return Gesture(far=_hand(1.14 + 0.2 * swing, 0.26 + 0.06 * abs(swing), "open", up, (1.02, 1.2)))


def _point(state: FigureState, part: float) -> Gesture:
    up = part * span(state.beat, 0.05, 0.2) * (1 - span(state.beat, 0.9, 1.0))
    return Gesture(far=_hand(1.3 + 0.02 * math.sin(2.1 * state.t), 0.86, "point", up, (0.7, 1.24)))


def _raise(state: FigureState, part: float) -> Gesture:
    up = part * span(state.beat, 0.06, 0.3) * (1 - span(state.beat, 0.9, 1.0))
    still = 0.02 * math.sin(1.9 * state.t)
    return Gesture(
        near=_hand(-1.0, 0.14 - still, "open", up, (-0.94, 1.02)),
        far=_hand(1.12, 0.14 + still, "open", up, (1.06, 1.02)),
    )


def _hold_light(state: FigureState, part: float) -> Gesture:
    high = 0.55 - 0.3 * span(state.beat, 0.15, 0.4) * (1 - 0.6 * span(state.beat, 0.75, 0.95))
    return Gesture(
        far=_hand(1.28 + 0.03 * math.sin(1.3 * state.t), high, "fist", part, (1.02, 0.7 + high)), holds="light"
    )


def _carry(state: FigureState, part: float) -> Gesture:
    tire = 0.08 * span(state.beat, 0.55, 1.0)
    return Gesture(_hand(-0.28, 1.02 + tire, "fist", part), _hand(0.86, 1.0 + tire, "fist", part), "crate")


def _hug(state: FigureState, part: float) -> Gesture:
    up = part * span(state.beat, 0.0, 0.3) * (1 - span(state.beat, 0.92, 1.0))
    pat = 0.03 * max(0.0, math.sin(2.3 * state.t)) ** 4
    return Gesture(near=_hand(0.74, 0.82 - pat, "loose", up))


def _talk(state: FigureState, part: float) -> Gesture:
    """While he speaks a hand comes up now and then, and marks the word."""
    if not state.talking:
        return Gesture()
    wave = max(0.0, math.sin(0.9 * state.t + 0.4)) ** 0.6
    mark = math.sin(2.9 * state.t) * 0.5 + math.sin(4.7 * state.t + 1.3) * 0.5
    return Gesture(far=_hand(0.98 + 0.08 * mark, 1.02 - 0.1 * mark, "open", part * wave))


_HANDS: dict[str, Callable[[FigureState, float], Gesture]] = {
    "wave": _wave, "point": _point, "raise": _raise, "hold light": _hold_light, "carry": _carry, "hug": _hug,
    "talk": _talk,
}  # fmt: skip


def sway_of(state: FigureState) -> Sway:
    """How the whole bust moves in a state, passing over from the one before it."""
    now, before = _sway(state), state.before
    if before is None or state.passed >= 1.0:
        return now
    then, part = _sway(before), ease(state.passed)
    return Sway(
        then.forward + (now.forward - then.forward) * part,
        then.down + (now.down - then.down) * part,
        then.turn + (now.turn - then.turn) * part,
    )


def _sway(state: FigureState) -> Sway:
    beat = state.beat
    if state.walked:
        gait, much = (RUN, 2.2) if state.action == "run" else (WALK, 1.0)
        step = 2 * math.pi * state.walked / gait.cycle
        return Sway(0.008 * much * math.sin(step), 0.016 * much * (1 + math.cos(2 * step)), 0.02 * much)
    if state.action == "sit":
        down = span(beat, 0.0, 0.2)
        return Sway(0.0, 0.14 * down, 0.18 * math.sin(math.pi * down))
    if state.action == "kneel":
        down = span(beat, 0.03, 0.25)
        bow = span(beat, 0.35, 0.5) * (1 - span(beat, 0.8, 0.95))
        return Sway(0.0, 0.26 * down + 0.05 * bow, 0.1 * math.sin(math.pi * down) + 0.12 * bow)
    if state.action == "fall":
        stagger = span(beat, 0.1, 0.22) * (1 - span(beat, 0.3, 0.4))
        down = span(beat, 0.26, 0.42)
        return Sway(0.06 * stagger + 0.25 * down, 0.66 * down**1.6, -0.12 * stagger + 0.28 * down)
    if state.action == "enter":
        breath = span(beat, 0.0, 0.3) * (1 - span(beat, 0.45, 0.85))
        return Sway(0.0, -0.012 * breath, -0.05 * breath)
    if state.action == "exit":
        return Sway(0.05 * span(beat, 0.1, 0.6), 0.0, 0.03 * span(beat, 0.1, 0.6))
    if state.action == "hug":
        return Sway(0.0, 0.01, 0.12 * span(beat, 0.22, 0.4))
    return Sway()
