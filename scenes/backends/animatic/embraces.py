"""Embraces: who goes to whom to hug, where the two meet, who kneels to a child, who hugs back.

Works on tracks that are already blocked. Pixels of the frame at rest; pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scenes.backends.animatic.asking import IN_PASSING
from scenes.backends.animatic.legs import meeting
from scenes.backends.animatic.tracks import Leg, Track

_APART, _LEAST = 0.23, 0.1
"""How far two who hug stand from one another, and how near at least, in heights of a grown person."""
_SMALL = 0.8
"""Whom one kneels to for a hug: who is below this part of one's own height."""
_HEAD = 0.16
"""How far the head of a person reaches before his feet, in heights of a grown person."""


def embraced(tracks: Sequence[Track], seconds: float, safe: Sequence[tuple[float, float]]) -> tuple[Track, ...]:
    """Whoever hugs goes to the nearest other who hugs too, or else to the nearest; the two meet and face each other.

    `safe` are the places, by part, between which everybody's head is in the safe area.
    """
    out = list(tracks)
    free = [track for track in tracks if any(leg.action == "hug" for leg in track.legs)]
    while free:
        one = free.pop(0)
        both = free or [track for track in out if track.part != one.part and track.toward < 0]
        if not both:
            break
        other = min(both, key=lambda track: abs(track.spot - one.spot))
        shared = other in free
        if shared:
            free.remove(other)
        out[one.part], out[other.part] = _pair(one, other, seconds, (safe[one.part], safe[other.part]), shared)
    return tuple(out)


def _pair(
    one: Track, other: Track, seconds: float, safe: tuple[tuple[float, float], tuple[float, float]], shared: bool
) -> tuple[Track, Track]:
    """The tracks of two who hug; unless the wish is `shared` the other waits where he is, and hugs back."""
    side = 1 if other.spot >= one.spot else -1
    middle, gap = _meeting_place(one, other, side, safe, shared)
    # two who hug stand equally far, so that arms and shoulders meet; an animal is held before the body
    level = max(one.y, other.y)
    first = replace(
        one,
        toward=other.part,
        y=level,
        stoops=other.height < _SMALL * one.height,
        legs=meeting(one.legs, middle - side * gap / 2, side, one.height, seconds),
    )
    nearer = 0.01 if other.ahead > _HEAD * other.person else -0.01
    second = replace(other, y=level + nearer * one.person)
    if not shared:
        return first, replace(second, legs=_returned(other, first, -side))
    legs = meeting(other.legs, middle + side * gap / 2, -side, other.height, seconds)
    return first, replace(second, toward=one.part, legs=legs, stoops=one.height < _SMALL * other.height)


def _meeting_place(
    one: Track, other: Track, side: int, safe: tuple[tuple[float, float], tuple[float, float]], shared: bool
) -> tuple[float, float]:
    """The middle between two who hug and how far they are apart, so that both heads stay in the safe area."""
    gap = _APART * 0.5 * (one.height + other.height)
    # the head of an animal is before its feet
    gap += sum(0.7 * max(0.0, track.ahead - _HEAD * track.person) for track in (one, other))
    left, right = safe if side > 0 else (safe[1], safe[0])
    gap = max(_LEAST * one.person, min(gap, right[1] - left[0]))
    wanted = (one.spot + other.spot) / 2 if shared else other.spot - side * gap / 2
    low = max(left[0] + gap / 2, right[0] - gap / 2)
    high = min(left[1] + gap / 2, right[1] - gap / 2)
    return (min(max(wanted, low), high) if low <= high else (low + high) / 2), gap


def _returned(track: Track, hugger: Track, facing: int) -> tuple[Leg, ...]:
    """The legs of one who is hugged: he hugs back from the moment of the touch, if he is there and only stood."""
    start = next(leg.start for leg in hugger.legs if leg.action == "hug" and not leg.moving)
    out: list[Leg] = []
    for leg in track.legs:
        if leg.moving or leg.edge or leg.action not in IN_PASSING or leg.stop <= start:
            out.append(leg)
            continue
        if leg.start < start:
            out.append(replace(leg, stop=start, facing=facing))
        out.append(Leg(max(start, leg.start), leg.stop, leg.x0, leg.x1, "hug", facing=facing))
    return tuple(out)
