"""What an animal does and feels: a pose for every action and emotion, with a beginning, a middle and an end.

Ears, tail, head, paws, wings; the same pose serves four legs and two. Pure: same state, same pose. Draws nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, fields, replace

from scenes.backends.animatic.figure import FigureState
from scenes.backends.animatic.figures.limbs import ease, span

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class BeastPose:
    """One moment of an animal, in its own height.

    `ears`: 1 pricked forward, -1 laid back. `tail`: 1 up, -1 between the legs; `wag` is how far it swings and `beat`
    how fast. `head` shifts the head, `nose` turns it (radians, positive down), `cock` lays it to one side (0..1).
    `rear` raises the forehand about the hind legs (radians), `hind` and `fore` lower that end (0..1), `lying` folds the
    legs under the body. `paw` lifts the near fore foot to a place seen from its shoulder by the part `pawing`. `wing`
    and `crest` are a bird's, 0..1. `jaw` opens the mouth without speech.
    """

    ears: float = 0.0
    tail: float = 0.2
    wag: float = 0.3
    beat: float = 2.2
    head: Point = (0.0, 0.0)
    nose: float = 0.0
    cock: float = 0.0
    rear: float = 0.0
    hind: float = 0.0
    fore: float = 0.0
    lying: float = 0.0
    paw: Point = (0.1, 0.3)
    pawing: float = 0.0
    wing: float = 0.0
    crest: float = 0.0
    hop: float = 0.0
    jaw: float = 0.0
    flip: float = 1.0


MOODS = {
    "neutral": BeastPose(),
    "happy": BeastPose(ears=0.35, tail=0.95, wag=1.0, beat=11.0, head=(0.0, -0.03), nose=-0.12, jaw=0.4, wing=0.15),
    "sad": BeastPose(ears=-0.75, tail=-0.7, wag=0.1, head=(0.0, 0.2), nose=0.5),
    "angry": BeastPose(ears=-1.0, tail=0.45, wag=0.0, head=(0.08, 0.14), nose=0.06, fore=0.12, jaw=0.25, crest=1.0,
                       wing=0.3),
    "afraid": BeastPose(ears=-1.0, tail=-1.0, wag=0.0, head=(-0.06, 0.16), nose=-0.05, hind=0.3, fore=0.2, crest=0.35),
    "surprised": BeastPose(ears=1.0, tail=0.7, wag=0.0, head=(-0.05, -0.05), nose=-0.15, jaw=0.3, crest=0.9),
    "determined": BeastPose(ears=0.7, tail=0.35, wag=0.0, head=(0.07, 0.03), nose=0.12),
    "tired": BeastPose(ears=-0.45, tail=-0.45, wag=0.1, beat=1.2, head=(0.0, 0.24), nose=0.42, hind=0.12),
    "wonder": BeastPose(ears=0.85, tail=0.4, wag=0.2, head=(-0.01, -0.04), nose=-0.38, cock=0.25),
    "tender": BeastPose(ears=-0.25, tail=0.5, wag=0.5, beat=3.0, head=(0.02, 0.05), nose=0.2, cock=0.6),
}  # fmt: skip
"""How every emotion is held, standing."""


def posed(state: FigureState) -> BeastPose:
    """The pose of a state, passing over from the one before it."""
    pose = _alone(state)
    before = state.before
    if before is None or state.passed >= 1.0:
        return pose
    then = _alone(before)
    mixed = between(replace(then, flip=then.flip * before.facing * state.facing), pose, ease(state.passed))
    return replace(mixed, flip=math.copysign(max(abs(mixed.flip), 0.3), mixed.flip or 1.0))


def between(first: BeastPose, second: BeastPose, part: float) -> BeastPose:
    """The pose `part` (0..1) of the way from one to the other."""
    if part <= 0.0 or part >= 1.0:
        return first if part <= 0.0 else second
    values: dict[str, object] = {}
    for field in fields(BeastPose):
        a, b = getattr(first, field.name), getattr(second, field.name)
        if isinstance(a, tuple):
            values[field.name] = tuple(x + (y - x) * part for x, y in zip(a, b, strict=True))
        else:
            values[field.name] = a + (b - a) * part
    return BeastPose(**values)  # type: ignore[arg-type]  # values come field by field from two poses


def _alone(state: FigureState) -> BeastPose:
    mood = MOODS.get(state.emotion, MOODS["neutral"])
    breath = 0.004 * math.sin(1.9 * state.t)
    shiver = 0.008 * math.sin(31.0 * state.t) if state.emotion == "afraid" else 0.0
    base = replace(mood, head=(mood.head[0] + shiver, mood.head[1] + breath + 0.006 * math.sin(1.1 * state.t)))
    act = _ACTS.get(state.action)
    pose = act(state, base) if act is not None else base
    return _spoken(state, pose) if state.talking and state.action != "talk" else pose


def _shift(pose: BeastPose, x: float, y: float, nose: float) -> BeastPose:
    return replace(pose, head=(pose.head[0] + x, pose.head[1] + y), nose=pose.nose + nose)


def _held(state: FigureState, start: float = 0.2, end: float = 0.86) -> float:
    """How much of an act is there at the state's beat: it comes, is held and goes."""
    return span(state.beat, 0.03, start) * (1.0 - span(state.beat, end, 1.0))


def _spoken(state: FigureState, pose: BeastPose) -> BeastPose:
    return _shift(pose, 0.0, -0.015 * state.mouth, -0.12 * state.mouth)


def _talk(state: FigureState, pose: BeastPose) -> BeastPose:
    bark = max(0.0, math.sin(5.2 * state.t)) ** 2 * max(0.0, math.sin(1.3 * state.t + 0.5)) ** 0.5
    loud = state.mouth if state.talking else bark * (1.0 - span(state.beat, 0.9, 1.0))
    spoken = _shift(pose, 0.02 * loud, -0.035 - 0.02 * loud, -0.2 - 0.16 * loud)
    return replace(
        spoken, jaw=max(pose.jaw, 0.15 + 0.85 * loud), ears=max(pose.ears, 0.25), wing=0.1 * loud + pose.wing
    )


def _listen(state: FigureState, pose: BeastPose) -> BeastPose:
    part = span(state.beat, 0.0, 0.16)
    flick = 0.35 * max(0.0, math.sin(1.7 * state.t)) ** 8
    heard = replace(pose, ears=1.0 - flick, cock=0.9, wag=0.0, jaw=0.0)
    return between(pose, _shift(heard, 0.03, -0.03, -0.1), part)


def _wave(state: FigureState, pose: BeastPose) -> BeastPose:
    swing = math.sin(8.0 * state.t)
    waving = replace(pose, paw=(0.3, -0.04 + 0.1 * swing), pawing=1.0, wing=0.75 + 0.25 * swing, ears=0.4, wag=1.0)
    return between(pose, _shift(waving, 0.0, -0.03, -0.15), _held(state))


def _raise(state: FigureState, pose: BeastPose) -> BeastPose:
    up = replace(pose, rear=0.3, paw=(0.26, 0.06), pawing=1.0, wing=1.0, ears=0.6, crest=0.6)
    return between(pose, _shift(up, -0.04, 0.02, -0.1), _held(state, 0.3, 0.9))


def _point(state: FigureState, pose: BeastPose) -> BeastPose:
    line = replace(pose, tail=0.62, wag=0.0, ears=1.0, paw=(0.16, 0.3), pawing=1.0, fore=0.06, jaw=0.0, hind=0.0)
    aimed = replace(line, head=(0.16, 0.15), nose=-0.12)
    return between(pose, aimed, _held(state, 0.22, 0.9))


def _look_up(state: FigureState, pose: BeastPose) -> BeastPose:
    return between(pose, _shift(replace(pose, ears=0.7), -0.08, -0.05, -0.85), _held(state, 0.3))


def _turn(state: FigureState, pose: BeastPose) -> BeastPose:
    width = math.cos(math.pi * span(state.beat, 0.36, 0.58))
    look = span(state.beat, 0.15, 0.34) * (1 - span(state.beat, 0.5, 0.6))
    turned = _shift(replace(pose, ears=0.6 * look + pose.ears * (1 - look)), -0.07 * look, 0.0, 0.0)
    return replace(turned, flip=math.copysign(max(abs(width), 0.3), width))


def _sit(state: FigureState, pose: BeastPose) -> BeastPose:
    down = span(state.beat, 0.0, 0.15)
    seated = replace(pose, hind=1.0, rear=0.12)
    return between(pose, _shift(seated, -0.04, 0.0, 0.1), down)


def _kneel(state: FigureState, pose: BeastPose) -> BeastPose:
    low = replace(pose, fore=1.0, hind=0.0, tail=max(pose.tail, 0.3))
    return between(pose, _shift(low, 0.06, 0.06, 0.3), span(state.beat, 0.03, 0.25))


def _fall(state: FigureState, pose: BeastPose) -> BeastPose:
    stagger = span(state.beat, 0.08, 0.2) * (1 - span(state.beat, 0.26, 0.36))
    down = span(state.beat, 0.24, 0.42)
    swaying = replace(pose, hind=0.25, fore=0.3, ears=-0.6)
    lying = replace(pose, lying=1.0, hind=0.0, fore=0.0, rear=0.0, ears=-0.7, tail=-0.4, wag=0.0, jaw=0.0)
    return between(between(pose, swaying, stagger), _shift(lying, 0.1, 0.28, 0.15), down)


def _hug(state: FigureState, pose: BeastPose) -> BeastPose:
    rub = 0.03 * math.sin(1.7 * state.t)
    close = replace(pose, rear=0.15, paw=(0.34, 0.02), pawing=1.0, wing=0.6, ears=-0.3, wag=0.8, cock=0.5, tail=0.7)
    return between(
        pose, _shift(close, 0.1, -0.03 + rub, 0.25), span(state.beat, 0.04, 0.3) * (1 - span(state.beat, 0.92, 1.0))
    )


def _carry(state: FigureState, pose: BeastPose) -> BeastPose:
    tire = span(state.beat, 0.55, 1.0)
    return replace(_shift(pose, 0.0, -0.05 + 0.05 * tire, -0.12 + 0.1 * tire), jaw=0.0, tail=max(pose.tail, 0.3))


def _hold_light(state: FigureState, pose: BeastPose) -> BeastPose:
    look = 0.2 * math.sin(0.7 * state.t)
    return replace(_shift(pose, 0.02, -0.05, -0.18 + look * 0.3), jaw=0.0, ears=max(pose.ears, 0.5))


def _enter(state: FigureState, pose: BeastPose) -> BeastPose:
    sniff = span(state.beat, 0.05, 0.3) * (1 - span(state.beat, 0.6, 0.9))
    low = _shift(replace(pose, ears=0.5), 0.06, 0.16 + 0.012 * math.sin(9.0 * state.t), 0.3)
    return between(pose, low, sniff)


def _exit(state: FigureState, pose: BeastPose) -> BeastPose:
    return between(pose, _shift(replace(pose, ears=0.6), 0.06, 0.0, 0.0), span(state.beat, 0.1, 0.6))


def _run(_: FigureState, pose: BeastPose) -> BeastPose:
    return _shift(replace(pose, ears=-0.4, tail=max(0.2, pose.tail), wag=0.0, wing=0.9), 0.06, 0.05, -0.05)


_ACTS: dict[str, Callable[[FigureState, BeastPose], BeastPose]] = {
    "talk": _talk, "listen": _listen, "wave": _wave, "point": _point, "raise": _raise, "carry": _carry,
    "hold light": _hold_light, "look up": _look_up, "turn": _turn, "sit": _sit, "kneel": _kneel, "fall": _fall,
    "hug": _hug, "enter": _enter, "exit": _exit, "run": _run,
}  # fmt: skip
