"""Plans an actor's legs: coming, staying, going, crossing the picture, walking up to somebody.

A walker's pace is tied to the distance that he covers, so that feet do not slide. Pixels of the frame at rest; pure.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from scenes.backends.animatic.figures.gait import gait_speed
from scenes.backends.animatic.layout import Layout
from scenes.backends.animatic.tracks import Leg

MOVING = frozenset({"walk", "run", "carry"})
_PLACEABLE = frozenset({"walk", "run", "carry", "enter", "exit"})
_OUTSIDE = 0.6
"""How far outside the picture nothing of somebody is seen, in his heights."""
_TURNING = 0.4
"""Seconds that it takes to turn round before going."""


@dataclass(frozen=True, slots=True)
class Course:
    """What legs are planned from: what he does in each third, where, which way, how tall, for how long.

    `standing` are the places of others who stay, `safe` the places between which his head is in the safe area.
    `together` is True where others go too, all the same way.
    """

    asked: tuple[str, str, str]
    action: str
    written: str
    spot: float
    facing: int
    height: float
    seconds: float
    tracking: bool
    standing: tuple[float, ...]
    safe: tuple[float, float]
    together: bool = False


def legs_of(course: Course, layout: Layout) -> tuple[Leg, ...]:
    """The legs of one actor, from the first moment to the last without a gap."""
    if course.action in MOVING and course.asked == (course.action,) * 3:
        return _across(course, layout)
    first, middle, last = course.asked
    # who has gone in the middle does nothing at the end
    last = "exit" if middle == "exit" else last
    legs: list[Leg] = []
    begin, end = 0.0, 1.0
    gait = course.action if course.action in MOVING else "walk"
    late = middle == "enter" and first == "stand"
    if late or (first in _PLACEABLE and first != "exit"):
        legs = _coming(course, layout, first if first in MOVING else gait, 1 / 3 if late else 0.0)
        begin = legs[-1].stop
    if last in ("exit", "run", "walk") and (last == "exit" or middle not in _PLACEABLE or first == "exit"):
        leaving = _leaving(course, layout, "run" if last == "run" else gait, begin, 0.38 if middle == "exit" else 0.55)
        end = leaving[0].start
        legs += leaving
    stays = _standing(begin, end, course.asked, course.spot)
    return turned(tuple(sorted([*stays, *legs], key=lambda leg: leg.start)), course.facing)


def _coming(course: Course, layout: Layout, pace: str, start: float) -> list[Leg]:
    """Wait outside the picture until `start`, then come in from behind his back."""
    side = -course.facing
    edge = -_OUTSIDE * course.height if side < 0 else layout.width + _OUTSIDE * course.height
    speed = gait_speed(pace) * course.height
    share = min(0.5, abs(course.spot - edge) / speed / course.seconds)
    first = course.spot + side * min(abs(course.spot - edge), speed * share * course.seconds)
    legs = [Leg(start, start + share, first, course.spot, pace, "in")]
    if start > 0.0:
        legs.insert(0, Leg(0.0, start, first, first, "stand", "in"))
    return legs


def _leaving(course: Course, layout: Layout, pace: str, begin: float, earliest: float) -> list[Leg]:
    """Turn to where he goes, then go, not before `earliest`."""
    out = _OUTSIDE * course.height
    speed = gait_speed(pace) * course.height
    side = 1 if (course.facing > 0 or course.spot > 0.6 * layout.width) and course.written != "left" else -1
    edge = layout.width + out if side > 0 else -out
    end = max(begin + 0.08, earliest, 1.0 - abs(edge - course.spot) / speed / course.seconds)
    way = min(abs(edge - course.spot), speed * (1.0 - end) * course.seconds)
    legs = [Leg(end, 1.0, course.spot, course.spot + side * way, pace, "out")]
    if side != course.facing:
        round_about = max(begin + 0.04, end - _TURNING / course.seconds)
        legs.insert(0, Leg(round_about, end, course.spot, course.spot, "stand", facing=side))
    return legs


def _standing(begin: float, end: float, asked: tuple[str, str, str], spot: float) -> list[Leg]:
    """What is done on the spot between coming and going."""
    legs: list[Leg] = []
    for third, action in enumerate(asked):
        a, b = max(begin, third / 3), min(end, (third + 1) / 3)
        if b - a < 1e-6:
            continue
        done = "enter" if action == "enter" else "stand" if action in _PLACEABLE else action
        if legs and legs[-1].action == done:
            legs[-1] = replace(legs[-1], stop=b)
        else:
            legs.append(Leg(a, b, spot, spot, done))
    return legs


def turned(legs: tuple[Leg, ...], facing: int) -> tuple[Leg, ...]:
    """Whoever has turned round stays so: the legs on the spot that come after a `turn` look the other way."""
    out: list[Leg] = []
    now = facing
    for leg in legs:
        if leg.moving:
            now = 1 if leg.x1 > leg.x0 else -1
            now = facing if leg.edge == "in" else now
        elif leg.facing:
            now = leg.facing
        out.append(leg if leg.moving or leg.facing else replace(leg, facing=now))
        if leg.action == "turn":
            now = -now
    return tuple(out)


def _across(course: Course, layout: Layout) -> tuple[Leg, ...]:
    """A way through the whole scene; long scenes slow the pace, very long ones let a walker arrive and stand."""
    own = course.together or course.written != "auto"
    direction = course.facing if own else (1 if course.spot <= 0.62 * layout.width else -1)
    natural = gait_speed(course.action) * course.height * course.seconds
    room = 2.2 * layout.width if course.tracking else 0.72 * layout.width
    if course.standing and not course.tracking:
        return _up_to(course, direction, layout)
    if course.action == "run" and natural > room:
        return _running(course, direction, natural, layout)
    way, arrive = natural, 1.0
    if natural > room:
        pace = max(0.62, room / natural)
        way = room
        arrive = min(1.0, room / (natural * pace))
    start = course.spot - direction * way / 2
    if not course.tracking:
        low, high = -0.08 * layout.width, 1.08 * layout.width
        goal_low, goal_high = max(0.12 * layout.width, course.safe[0]), min(0.88 * layout.width, course.safe[1])
        goal = min(goal_high, max(goal_low, start + direction * way))
        start = min(high, max(low, goal - direction * way))
    x = start + direction * way
    return _arriving(course.action, arrive, start, x, direction)


def _running(course: Course, direction: int, natural: float, layout: Layout) -> tuple[Leg, ...]:
    """Who runs keeps running: beside a tracking camera all the way, else through the picture, there and back."""
    if course.tracking:
        way = min(natural, 2.6 * layout.width)
        start = course.spot - direction * way / 2
        return (Leg(0.0, 1.0, start, start + direction * way, "run"),)
    out = 0.3 * course.height
    aside = 0.0
    if course.together:
        # they keep their order, and all are outside at the turn
        aside = 0.5 * (course.spot - 0.5 * layout.width)
        out += 0.25 * layout.width
    ends = (aside - out, aside + layout.width + out)
    ends = ends if direction > 0 else (ends[1], ends[0])
    lap = abs(ends[1] - ends[0])
    if natural <= lap:
        middle = 0.5 * layout.width + aside
        start = middle - direction * natural / 2
        return (Leg(0.0, 1.0, start, start + direction * natural, "run"),)
    laps = max(1, math.floor(0.85 * natural / lap))
    return tuple(
        Leg(k / laps, (k + 1) / laps, ends[k % 2], ends[1 - k % 2], "run", "out" if k == laps - 1 else "")
        for k in range(laps)
    )


def _up_to(course: Course, direction: int, layout: Layout) -> tuple[Leg, ...]:
    """A walk towards those who stand, ending an arm's length before the first of them."""
    spot, action = course.spot, course.action
    ahead = [x for x in course.standing if (x - spot) * direction > 0]
    goal = min(course.safe[1], max(course.safe[0], spot + direction * 0.16 * layout.width))
    if ahead:
        nearest = min(ahead) if direction > 0 else max(ahead)
        before = nearest - direction * 0.55 * layout.person
        goal = min(goal, before) if direction > 0 else max(goal, before)
        goal = max(goal, spot) if direction > 0 else min(goal, spot)
    edge = -0.4 * course.height if direction > 0 else layout.width + 0.4 * course.height
    speed = gait_speed(action) * course.height
    way = min(abs(goal - edge), speed * course.seconds)
    pace = 0.5 if action == "run" else 0.72
    arrive = min(1.0, way / (pace * speed * course.seconds))
    return _arriving(action, arrive, goal - direction * way, goal, direction)


def _arriving(action: str, arrive: float, start: float, goal: float, facing: int) -> tuple[Leg, ...]:
    legs = [Leg(0.0, arrive, start, goal, action)]
    if arrive < 1.0:
        legs.append(Leg(arrive, 1.0, goal, goal, "enter", facing=facing))
    return tuple(legs)


def meeting(legs: tuple[Leg, ...], goal: float, facing: int, height: float, seconds: float) -> tuple[Leg, ...]:
    """The same legs, but he goes up to `goal` before he hugs, and stays there."""
    at = next((k for k, leg in enumerate(legs) if leg.action == "hug" and not leg.moving), -1)
    if at < 0:
        return legs
    hug = legs[at]
    way = abs(goal - hug.x0)
    rest = min(0.12, 0.4 / seconds) if hug.start == 0.0 else 0.0
    needed = way / (gait_speed("walk") * height) / seconds
    there = hug.start + rest + min(needed, 0.6 * (hug.stop - hug.start))
    made: list[Leg] = []
    if rest:
        made.append(Leg(hug.start, hug.start + rest, hug.x0, hug.x0, "stand", facing=facing))
    if way > 1.0:
        made.append(Leg(hug.start + rest, there, hug.x0, goal, "hug", facing=facing))
    made.append(Leg(there, hug.stop, goal, goal, "hug", facing=facing))
    about = facing * hug.facing if hug.facing else 1
    later = []
    for leg in legs[at + 1 :]:
        here = replace(leg, facing=leg.facing * about) if not leg.moving else leg
        near = abs(leg.x0 - hug.x0) < 1e-6
        later.append(replace(here, x0=goal, x1=leg.x1 if leg.moving else goal) if near else here)
    return (*legs[:at], *made, *later)
