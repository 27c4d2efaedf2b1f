"""What the body does: a pose for each action at each moment, coloured by the emotion.

Every action has a beginning, a middle and an end by the scene's beat. Pure: same state, same pose. Draws nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from scenes.backends.animatic.figure import FigureState
from scenes.backends.animatic.figures.bearing import Bearing, at_ease, bearing
from scenes.backends.animatic.figures.gait import CARRY, RUN, WALK, Gait, arm_swing, footfall, gait_speed, hip_rise
from scenes.backends.animatic.figures.limbs import ease, span
from scenes.backends.animatic.figures.pose import Pose, blend

SEAT = 0.25
"""Height of the stool for those who sit."""


def pose_for(state: FigureState, walked: float, manner: int = 0) -> Pose:
    """The pose of a state; `walked` is the distance gone in body units, `manner` his way of standing."""
    own = 0 if state.action in ("sit", "kneel") else manner
    mood = at_ease(own, state.t) if state.emotion == "neutral" else bearing(state.emotion)
    act = _ACTS.get(state.action, _stand)
    pose = act(state, mood)
    if state.action in _GOING or (walked != 0.0 and state.action not in _STAYING):
        pose = _going(state, mood, walked, pose)
    nod = 0.035 * math.sin(7.3 * state.t) * math.sin(2.1 * state.t + 0.6) if state.talking else 0.0
    return replace(pose, bow=pose.bow + nod)


def passing(earlier: Pose, pose: Pose, state: FigureState) -> Pose:
    """The pose between two acts: feet are set down step by step, who turns round is narrow for a moment.

    Who already goes has his feet where they must be, so only the rest of him passes over.
    """
    part = ease(state.passed)
    facing = state.before.facing if state.before is not None else state.facing
    mixed = blend(replace(earlier, flip=earlier.flip * facing * state.facing), pose, part)
    mixed = replace(mixed, flip=math.copysign(max(abs(mixed.flip), 0.3), mixed.flip or 1.0))
    if state.walked != 0.0:
        # the hips go down with the first step, or a foot set far ahead would be out of reach
        low = earlier.hip[1] + (pose.hip[1] - earlier.hip[1]) * ease(3.0 * state.passed)
        hip = (mixed.hip[0], max(low, mixed.hip[1]))
        return replace(mixed, hip=hip, near_foot=pose.near_foot, far_foot=pose.far_foot, roll=pose.roll)
    lift = 0.3 * math.sin(math.pi * part)
    near = lift * abs(earlier.near_foot[0] - pose.near_foot[0])
    far = lift * abs(earlier.far_foot[0] - pose.far_foot[0])
    return replace(
        mixed,
        near_foot=(mixed.near_foot[0], mixed.near_foot[1] - near, mixed.near_foot[2]),
        far_foot=(mixed.far_foot[0], mixed.far_foot[1] - far, mixed.far_foot[2]),
    )


def rest(state: FigureState, mood: Bearing) -> Pose:
    """Standing and breathing, with the hands where the emotion leaves them."""
    breath = math.sin(1.7 * mood.tempo * state.t)
    # the weight goes from one foot to the other
    shift = 0.013 * math.sin(0.61 * state.t + 0.4)
    shiver = 0.012 * math.sin(31.0 * state.t) if state.emotion == "afraid" else 0.0
    near_x, near_y = mood.near_hand
    far_x, far_y = mood.far_hand
    return Pose(
        hip=(shift, mood.drop + 0.0015 * breath),
        lean=mood.lean - 0.7 * shift + 0.006 * breath,
        bow=mood.bow + 0.022 * math.sin(0.83 * state.t + 1.0),
        shrug=mood.shrug + 0.003 * breath,
        near_hand=(near_x + 0.02 * math.sin(0.9 * state.t) + shiver, near_y - 0.012 * breath),
        far_hand=(far_x + 0.02 * math.sin(0.9 * state.t + 0.8) - shiver, far_y - 0.012 * breath),
        gaze=mood.gaze,
        near_grip=mood.grip,
        far_grip=mood.grip,
    )


def _stand(state: FigureState, mood: Bearing) -> Pose:
    return rest(state, mood)


def _talk(state: FigureState, mood: Bearing) -> Pose:
    pose = rest(state, mood)
    life = (1.0 if state.talking else 0.35) * span(state.beat, -0.05, 0.05)
    beat_hand = math.sin(2.9 * state.t) * 0.5 + math.sin(4.7 * state.t + 1.3) * 0.5
    other = math.sin(2.3 * state.t + 2.0)
    gesture = replace(
        pose,
        near_hand=(0.52 + 0.1 * other, 0.52 - 0.2 * beat_hand),
        far_hand=(0.62 + 0.1 * beat_hand, 0.62 - 0.12 * other),
        near_grip="open",
        far_grip="open",
        lean=pose.lean + 0.03 + 0.015 * beat_hand,
        bow=pose.bow - 0.02 + 0.03 * other,
    )
    # the last word is laid down before him with both hands, which then come to rest
    closing = span(state.beat, 0.8, 0.88)
    laid = replace(gesture, near_hand=(0.66, 0.6), far_hand=(0.74, 0.56), bow=pose.bow + 0.1, lean=pose.lean + 0.05)
    ended = 1.0 - (0.4 if state.talking else 0.9) * span(state.beat, 0.92, 1.0)
    return blend(pose, blend(gesture, laid, closing), max(life, 0.8 * closing) * ended)


def _enter(state: FigureState, mood: Bearing) -> Pose:
    """Arrived: a breath, a look round, then he settles."""
    pose = rest(state, mood)
    breath = span(state.beat, 0.0, 0.3) * (1 - span(state.beat, 0.45, 0.85))
    look = span(state.beat, 0.25, 0.4) * (1 - span(state.beat, 0.6, 0.8))
    arrived = replace(
        pose,
        shrug=pose.shrug + 0.014,
        lean=pose.lean - 0.05,
        bow=pose.bow - 0.12,
        gaze=(-0.9 * look, -0.2),
        near_hand=(-0.18, 0.93),
        far_hand=(0.34, 0.88),
    )
    return blend(pose, arrived, breath)


def _exit(state: FigureState, mood: Bearing) -> Pose:
    """About to go: the weight goes forward, the eyes are already there."""
    pose = rest(state, mood)
    part = span(state.beat, 0.1, 0.6)
    return blend(pose, replace(pose, lean=pose.lean + 0.08, gaze=(0.8, 0.0), near_hand=(-0.3, 0.86)), part)


def _listen(state: FigureState, mood: Bearing) -> Pose:
    pose = rest(state, mood)
    nod = 0.06 * max(0.0, math.sin(1.3 * state.t)) ** 6
    tilted = replace(pose, bow=pose.bow + 0.13 + nod, lean=pose.lean + 0.05)
    folded = replace(tilted, near_hand=(0.56, 0.5), far_hand=(0.33, 0.5), near_grip="fist")
    part = span(state.beat, 0.0, 0.14) * (1 - 0.5 * span(state.beat, 0.9, 1.0))
    return blend(tilted, folded, part if state.emotion not in _BUSY_HANDS else 0.0)


def _wave(state: FigureState, mood: Bearing) -> Pose:
    pose = rest(state, mood)
    swing = math.sin(8.5 * state.t)
    up = replace(
        pose,
        far_hand=(0.5 + 0.24 * swing, -0.82 + 0.08 * abs(swing)),
        far_grip="open",
        bow=pose.bow - 0.05,
        lean=pose.lean - 0.02,
    )
    return blend(pose, up, span(state.beat, 0.02, 0.16) * (1 - span(state.beat, 0.84, 0.97)))


def _point(state: FigureState, mood: Bearing) -> Pose:
    pose = rest(state, mood)
    there = replace(
        pose,
        near_hand=(0.98, -0.08 + 0.012 * math.sin(2.1 * state.t)),
        near_grip="point",
        lean=pose.lean + 0.06,
        gaze=(0.7, 0.0),
        near_foot=(-0.075, -0.04, 0.0),
        far_foot=(0.09, -0.04, 0.0),
        hip=(0.012, 0.012),
    )
    return blend(pose, there, span(state.beat, 0.05, 0.2) * (1 - 0.9 * span(state.beat, 0.88, 0.98)))


def _raise(state: FigureState, mood: Bearing) -> Pose:
    pose = rest(state, mood)
    high = replace(
        pose,
        near_hand=(-0.42, -0.88 + 0.012 * math.sin(1.9 * state.t)),
        far_hand=(0.5, -0.85 - 0.012 * math.sin(1.9 * state.t)),
        near_grip="open",
        far_grip="open",
        bow=pose.bow - 0.22,
        lean=pose.lean - 0.06,
        gaze=(0.3, -0.6),
    )
    return blend(pose, high, span(state.beat, 0.06, 0.3) * (1 - span(state.beat, 0.9, 1.0)))


def _hold_light(state: FigureState, mood: Bearing) -> Pose:
    pose = rest(state, mood)
    look = 0.35 * math.sin(0.7 * state.t)
    high = 0.28 - 0.34 * span(state.beat, 0.15, 0.4) * (1 - 0.6 * span(state.beat, 0.75, 0.95))
    return replace(pose, near_hand=(0.74 + 0.02 * math.sin(1.3 * state.t), high), near_grip="fist", gaze=(look, 0.1))


def _carry(state: FigureState, mood: Bearing) -> Pose:
    pose = rest(state, mood)
    tire = span(state.beat, 0.55, 1.0)
    return replace(
        pose,
        near_hand=(0.6, 0.5 + 0.08 * tire),
        far_hand=(0.66, 0.47 + 0.08 * tire),
        near_grip="fist",
        far_grip="fist",
        lean=pose.lean - 0.06 + 0.04 * tire,
    )


def _look_up(state: FigureState, mood: Bearing) -> Pose:
    pose = rest(state, mood)
    part = span(state.beat, 0.08, 0.3) * (1 - 0.7 * span(state.beat, 0.88, 1.0))
    up = replace(pose, bow=-0.42, lean=pose.lean - 0.09, gaze=(0.1, -0.8))
    shading = replace(up, far_hand=(0.5, -0.56), far_grip="open")
    return blend(
        blend(pose, up, part), shading, part * span(state.beat, 0.4, 0.55) * (1 - span(state.beat, 0.75, 0.88))
    )


def _turn(state: FigureState, mood: Bearing) -> Pose:
    pose = rest(state, mood)
    part = span(state.beat, 0.36, 0.58)
    look = span(state.beat, 0.2, 0.36) * (1 - span(state.beat, 0.5, 0.6))
    width = math.cos(math.pi * part)
    width = math.copysign(max(abs(width), 0.3), width)
    step = 0.03 * math.sin(math.pi * part)
    return replace(pose, flip=width, gaze=(-0.9 * look, 0.0), hip=(pose.hip[0], pose.hip[1] + step * 0.4))


def _sit(state: FigureState, mood: Bearing) -> Pose:
    pose = rest(state, mood)
    down = span(state.beat, 0.0, 0.2)
    bend_forward = math.sin(math.pi * down)
    hands = mood.near_hand[1] > 0.7 and state.emotion != "happy"
    seated = replace(
        pose,
        hip=(-0.16, 0.478 - SEAT - 0.055),
        lean=pose.lean * 0.7 - 0.01,
        near_foot=(0.055, -0.04, 0.0),
        far_foot=(0.1, -0.04, 0.0),
        near_hand=(0.5, 0.72) if hands else pose.near_hand,
        far_hand=(0.58, 0.7) if hands else pose.far_hand,
    )
    if state.talking:
        talk = _talk(state, mood)
        seated = replace(seated, near_hand=talk.near_hand, near_grip="open")
    seated = replace(seated, lean=seated.lean + 0.08 * span(state.beat, 0.6, 0.8))
    settled = blend(replace(pose, near_foot=(0.02, -0.04, 0.0), far_foot=(0.08, -0.04, 0.0)), seated, down)
    return replace(settled, lean=settled.lean + 0.28 * bend_forward)


def _kneel(state: FigureState, mood: Bearing) -> Pose:
    pose = rest(state, mood)
    down = span(state.beat, 0.03, 0.25)
    bow = span(state.beat, 0.35, 0.5) * (1 - span(state.beat, 0.8, 0.95))
    low = replace(
        pose,
        hip=(-0.03, 0.2),
        near_foot=(-0.25, -0.08, 1.35),
        far_foot=(0.17, -0.04, 0.0),
        lean=pose.lean * 0.6 + 0.06 + 0.1 * bow,
        bow=pose.bow + 0.3 * bow,
        near_hand=(0.3, 0.88),
        far_hand=(0.62, 0.62),
    )
    return blend(pose, low, down)


def _fall(state: FigureState, mood: Bearing) -> Pose:
    pose = rest(state, mood)
    stagger = span(state.beat, 0.1, 0.22) * (1 - span(state.beat, 0.3, 0.4))
    down = span(state.beat, 0.26, 0.42) ** 1.6
    bump = 0.05 * math.sin(math.pi * span(state.beat, 0.42, 0.5))
    off_balance = replace(
        pose, lean=0.28, near_hand=(0.2, -0.7), far_hand=(0.85, -0.2), near_grip="open", far_grip="open",
        near_foot=(-0.12, -0.09, 0.5), far_foot=(0.1, -0.04, 0.0), hip=(0.02, 0.02), bow=-0.1,
    )  # fmt: skip
    lying = replace(
        pose, lean=0.06, bow=-0.12, near_hand=(0.1, -0.9), far_hand=(0.12, -0.7), near_grip="open", far_grip="open",
        near_foot=(-0.05, -0.06, 0.5), far_foot=(0.03, -0.05, 0.4), hip=(0.0, 0.01), roll=1.47 - bump,
    )  # fmt: skip
    return blend(blend(pose, off_balance, stagger), lying, down)


def _hug(state: FigureState, mood: Bearing) -> Pose:
    pose = rest(state, mood)
    open_arms = replace(
        pose, near_hand=(0.74, -0.06), far_hand=(0.92, -0.16), near_grip="open", far_grip="open", lean=pose.lean + 0.02
    )
    if state.walked != 0.0:
        return blend(pose, open_arms, span(state.beat, 0.25, 0.8))
    sway = 0.014 * math.sin(1.6 * state.t)
    pat = 0.03 * max(0.0, math.sin(2.3 * state.t)) ** 4
    close = replace(
        pose,
        near_hand=(0.78, 0.2 - pat),
        far_hand=(0.72, 0.42),
        near_grip="loose",
        far_grip="loose",
        lean=0.08 + sway,
        bow=0.16,
        hip=(0.012, 0.006),
        gaze=(0.2, 0.5),
    )
    if state.stoops:
        down = replace(close, hip=(-0.03, 0.2), near_foot=(-0.25, -0.08, 1.35), far_foot=(0.17, -0.04, 0.0))
        close = replace(down, lean=0.16 + sway)
    opened = blend(pose, open_arms, span(state.beat, 0.0, 0.18))
    held = blend(opened, close, span(state.beat, 0.22, 0.4))
    return blend(held, pose, span(state.beat, 0.9, 1.0))


def _going(state: FigureState, mood: Bearing, walked: float, base: Pose) -> Pose:
    gait = RUN if state.action == "run" else CARRY if state.action == "carry" else WALK
    near, far = footfall(gait, walked, 0.0), footfall(gait, walked, 0.5)
    pose = replace(
        base,
        hip=(0.0, hip_rise(gait, walked) + mood.drop * 0.6),
        lean=gait.lean + base.lean * (1.0 if state.action in _ARMS_TAKEN else 0.7),
        bow=base.bow - (0.1 if gait is RUN else 0.0),
        near_foot=(near.x, near.y, near.turn),
        far_foot=(far.x, far.y, far.turn),
    )
    if state.action in _ARMS_TAKEN:
        return pose
    return replace(
        pose,
        near_hand=_swung(gait, walked, 0.0, mood),
        far_hand=_swung(gait, walked, 0.5, mood),
        near_grip="fist" if gait is RUN else mood.grip,
        far_grip="fist" if gait is RUN else mood.grip,
    )


def _swung(gait: Gait, walked: float, offset: float, mood: Bearing) -> tuple[float, float]:
    swing = arm_swing(gait, walked, offset)
    forward = 0.5 + 0.5 * swing / gait.swing
    bent = gait.elbow * (1.0 if gait is RUN else 0.25 + 0.75 * forward)
    if mood.near_hand[1] < 0.4 and gait is WALK:
        bent += 0.5
    half = 0.53
    return (
        half * math.sin(swing) + (1 - half) * math.sin(swing + bent * 1.35),
        half * math.cos(swing) + (1 - half) * math.cos(swing + bent * 1.35),
    )


_BUSY_HANDS = frozenset({"afraid", "surprised", "tender"})
_GOING = frozenset({"walk", "run", "carry"})
_STAYING = frozenset({"sit", "kneel", "fall"})
_ARMS_TAKEN = frozenset({"carry", "hold light", "raise", "point", "wave", "talk", "listen", "hug"})

_ACTS: dict[str, Callable[[FigureState, Bearing], Pose]] = {
    "stand": _stand, "talk": _talk, "listen": _listen, "wave": _wave, "point": _point, "raise": _raise,
    "carry": _carry, "hold light": _hold_light, "look up": _look_up, "turn": _turn, "sit": _sit, "kneel": _kneel,
    "fall": _fall, "hug": _hug, "enter": _enter, "exit": _exit,
}  # fmt: skip

__all__ = ["SEAT", "gait_speed", "passing", "pose_for", "rest"]
