"""Blocking: who stands where and when, who walks, comes or goes, and which way everybody faces.

A walker's pace is tied to the distance that he covers, so that feet do not slide. Pixels of the frame at rest; pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scenes.backend import Speech
from scenes.backends.animatic.figure import FigureState
from scenes.backends.animatic.figures.gait import gait_speed
from scenes.backends.animatic.layout import SAFE, Layout
from scenes.backends.animatic.moments import action_in, names_anybody
from storyboard.film import Part, Scene

_IN_PASSING, _LOW = frozenset({"talk", "listen", "stand", "look up"}), frozenset({"sit", "kneel"})
"""What nobody who sits or kneels gets up for."""
_MOVING = frozenset({"walk", "run", "carry"})
_PLACEABLE = frozenset({"walk", "run", "carry", "enter", "exit"})
_SEATED = 0.3
"""The part of sitting down after which one sits."""
_DEPTHS = (0.0, 0.035, -0.025, 0.06)


@dataclass(frozen=True, slots=True)
class Leg:
    """A stretch of an actor's time: from `start` to `stop` (parts of the scene) he goes from x0 to x1."""

    start: float
    stop: float
    x0: float
    x1: float
    action: str


@dataclass(frozen=True, slots=True)
class Track:
    """One actor through the scene.

    `part` is his index in the cast, `height` his own height and `person` a grown person's, in pixels. `stool` is
    what he sits on unless the stage has a seat.
    """

    part: int
    who: str
    emotion: str
    height: float
    person: float
    y: float
    spot: float
    facing: int
    legs: tuple[Leg, ...]
    stool: bool = True


def blocking(scene: Scene, layout: Layout, seconds: float, statures: Sequence[float]) -> tuple[Track, ...]:
    """Place the cast. `statures` are the actors' heights as parts of a grown person's, in the order of the cast."""
    spots = _spread([layout.spot(part.at) for part in scene.cast], layout)
    asked = _asked(scene)
    tracks = []
    for index, part in enumerate(scene.cast):
        height = layout.person * statures[index]
        others = [x for k, x in enumerate(spots) if k != index]
        facing = _facing(part, spots[index], others, layout)
        standing = [x for k, x in enumerate(spots) if k != index and scene.cast[k].action not in _MOVING]
        legs = _legs(
            part, asked[index], spots[index], facing, height, layout, seconds, scene.camera == "tracking", standing
        )
        y = layout.ground + _DEPTHS[index % 4] * layout.person
        tracks.append(
            Track(index, part.character.id, part.emotion, height, layout.person, y, spots[index], facing, legs)
        )
    return tuple(tracks)


def follow_of(tracks: Sequence[Track]) -> float:
    """How far a tracking camera travels with its walkers, in pixels; negative to the left, 0 where nobody walks."""
    ways = [track.legs[-1].x1 - track.legs[0].x0 for track in tracks]
    ways = [way for way in ways if way]
    return sum(ways) / len(ways) if ways else 0.0


def _asked(scene: Scene) -> list[list[str]]:
    names = tuple(part.character.name for part in scene.cast)
    asked = [[part.action, part.action, part.action] for part in scene.cast]
    for third, text in enumerate((scene.moments.start, scene.moments.middle, scene.moments.end)):
        action = action_in(text)
        if action and asked:
            who = max(0, names_anybody(text, names))
            if action not in _IN_PASSING or scene.cast[who].action not in _LOW:
                asked[who][third] = action
    return asked


def _spread(spots: list[float], layout: Layout) -> list[float]:
    """Push apart those who would stand in one another, within the safe area."""
    gap = min(0.44 * layout.person, 0.84 * layout.width / max(1, len(spots)))
    out = list(spots)
    for _ in range(24):
        for i in range(len(out)):
            for j in range(i + 1, len(out)):
                near = out[j] - out[i]
                if abs(near) < gap:
                    push = (gap - abs(near)) / 2 * (1 if near >= 0 else -1)
                    out[i] -= push
                    out[j] += push
        low = SAFE * layout.width + 0.16 * layout.person
        out = [min(layout.width - low, max(low, x)) for x in out]
    return out


def _facing(part: Part, spot: float, others: Sequence[float], layout: Layout) -> int:
    if part.facing != "auto":
        return 1 if part.facing == "right" else -1
    if others:
        middle = sum(others) / len(others)
        return 1 if middle >= spot else -1
    return 1 if spot <= 0.56 * layout.width else -1


def _legs(
    part: Part,
    asked: list[str],
    spot: float,
    facing: int,
    height: float,
    layout: Layout,
    seconds: float,
    tracking: bool,
    standing: Sequence[float],
) -> tuple[Leg, ...]:
    first, middle, last = asked
    if part.action in _MOVING and asked == [part.action] * 3:
        return _across(part.action, part.facing, spot, facing, height, layout, seconds, tracking, standing)
    legs: list[Leg] = []
    begin, end = 0.0, 1.0
    gait = part.action if part.action in _MOVING else "walk"
    speed = gait_speed(gait) * height
    out = 0.6 * height
    if first in _PLACEABLE and first != "exit":
        pace = first if first in _MOVING else gait
        side = -facing
        edge = -out if side < 0 else layout.width + out
        begin = min(0.5, abs(spot - edge) / (gait_speed(pace) * height) / seconds)
        way = min(abs(spot - edge), gait_speed(pace) * height * begin * seconds)
        legs.append(Leg(0.0, begin, spot + side * way, spot, pace))
    if last in ("exit", "run", "walk") and (last == "exit" or middle not in _PLACEABLE or first == "exit"):
        pace = "run" if last == "run" else gait
        speed = gait_speed(pace) * height
        side = 1 if (facing > 0 or spot > 0.6 * layout.width) and part.facing != "left" else -1
        edge = layout.width + out if side > 0 else -out
        end = max(begin + 0.08, 0.55, 1.0 - abs(edge - spot) / speed / seconds)
        legs.append(Leg(end, 1.0, spot, spot + side * min(abs(edge - spot), speed * (1.0 - end) * seconds), pace))
    stays = _standing(begin, end, first, middle, last, spot)
    return tuple(sorted([*stays, *legs], key=lambda leg: leg.start))


def _standing(begin: float, end: float, first: str, middle: str, last: str, spot: float) -> list[Leg]:
    """What is done on the spot between coming and going."""
    plan = [(first, 0.0, 1 / 3), (middle, 1 / 3, 2 / 3), (last, 2 / 3, 1.0)]
    legs: list[Leg] = []
    for action, start, stop in plan:
        a, b = max(begin, start), min(end, stop)
        if b - a < 1e-6:
            continue
        done = "stand" if action in _PLACEABLE else action
        if legs and legs[-1].action == done:
            legs[-1] = Leg(legs[-1].start, b, spot, spot, done)
        else:
            legs.append(Leg(a, b, spot, spot, done))
    return legs


def _across(
    action: str,
    written: str,
    spot: float,
    facing: int,
    height: float,
    layout: Layout,
    seconds: float,
    tracking: bool,
    standing: Sequence[float],
) -> tuple[Leg, ...]:
    """A walk through the whole scene; long scenes slow the pace, very long ones let him arrive and stand."""
    direction = facing if written != "auto" else (1 if spot <= 0.62 * layout.width else -1)
    natural = gait_speed(action) * height * seconds
    room = 2.2 * layout.width if tracking else 0.72 * layout.width
    way, arrive = natural, 1.0
    if natural > room:
        pace = max(0.62, room / natural)
        way = room
        arrive = min(1.0, room / (natural * pace))
    if standing and not tracking:
        return _up_to(action, spot, direction, height, layout, seconds, standing)
    start = spot - direction * way / 2
    if not tracking:
        low, high = -0.08 * layout.width, 1.08 * layout.width
        goal_low, goal_high = 0.12 * layout.width, 0.88 * layout.width
        goal = min(goal_high, max(goal_low, start + direction * way))
        start = min(high, max(low, goal - direction * way))
    legs = [Leg(0.0, arrive, start, start + direction * way, action)]
    if arrive < 1.0:
        x = start + direction * way
        legs.append(Leg(arrive, 1.0, x, x, "stand"))
    return tuple(legs)


def _up_to(
    action: str, spot: float, direction: int, height: float, layout: Layout, seconds: float, standing: Sequence[float]
) -> tuple[Leg, ...]:
    """A walk towards those who stand, ending an arm's length before the first of them."""
    ahead = [x for x in standing if (x - spot) * direction > 0]
    goal = spot + direction * 0.16 * layout.width
    if ahead:
        nearest = min(ahead) if direction > 0 else max(ahead)
        before = nearest - direction * 0.55 * layout.person
        goal = min(goal, before) if direction > 0 else max(goal, before)
        goal = max(goal, spot) if direction > 0 else min(goal, spot)
    edge = -0.4 * height if direction > 0 else layout.width + 0.4 * height
    speed = gait_speed(action) * height
    way = min(abs(goal - edge), speed * seconds)
    arrive = min(1.0, way / (0.72 * speed * seconds))
    legs = [Leg(0.0, arrive, goal - direction * way, goal, action)]
    if arrive < 1.0:
        legs.append(Leg(arrive, 1.0, goal, goal, "stand"))
    return tuple(legs)


def place_at(track: Track, beat: float, seconds: float) -> tuple[float, Leg, float]:
    """Where he is (x), on which leg, and how far he has walked on it in units of a grown person's height."""
    leg = track.legs[-1]
    for candidate in track.legs:
        if beat < candidate.stop:
            leg = candidate
            break
    span = max(1e-6, leg.stop - leg.start)
    share = min(1.0, max(0.0, (beat - leg.start) / span))
    if leg.x0 != leg.x1:
        share = _setting_off(share, span * seconds)
    x = leg.x0 + (leg.x1 - leg.x0) * share
    return x, leg, abs(x - leg.x0) / track.person


def _setting_off(share: float, seconds: float) -> float:
    """Walk evenly, but come to rest within the last quarter second."""
    slow = min(0.3, 0.25 / max(seconds, 0.1))
    top = 1.0 / (1.0 - slow / 2)
    if share < 1.0 - slow:
        return share * top
    rest = (share - (1.0 - slow)) / slow
    return (1.0 - slow) * top + slow * top * (rest - rest * rest / 2)


def state_at(
    track: Track, beat: float, seconds: float, frame: int, t: float, speech: Sequence[Speech], wind: float
) -> tuple[float, FigureState]:
    """The x of an actor and the state of his figure at a frame."""
    x, leg, walked = place_at(track, beat, seconds)
    mouth, talking, anybody = 0.0, False, False
    for line in speech:
        if line.first <= frame < line.last:
            anybody = True
            if line.who == track.who:
                talking = True
                mouth = line.mouth[min(frame - line.first, len(line.mouth) - 1)] if line.mouth else 0.0
    moving = leg.x0 != leg.x1
    action = leg.action
    if not moving and action in ("stand", "talk", "listen"):
        action = "talk" if talking else "listen" if anybody else "stand" if action != "talk" else "talk"
    facing = track.facing if not moving else (1 if leg.x1 > leg.x0 else -1)
    local = (beat - leg.start) / max(1e-6, leg.stop - leg.start)
    if action == "sit" and leg.start == 0.0:
        # who sits when the scene begins has not just sat down
        local = _SEATED + (1.0 - _SEATED) * local
    cycle = 2.9 + 0.37 * (track.part * 1.7 % 1.9)
    blink = ((t + 1.3 * track.part + 0.4) % cycle) < 0.13
    state = FigureState(
        action=action,
        emotion=track.emotion,
        beat=min(1.0, max(0.0, local)),
        t=t + 0.73 * track.part,
        walked=walked if moving else 0.0,
        facing=facing,
        mouth=mouth,
        talking=talking,
        blink=blink,
        wind=wind,
        stool=track.stool,
    )
    return x, state
