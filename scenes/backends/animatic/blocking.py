"""Blocking: who stands where and when, what he does in each third and feels, who goes to whom, who faces where.

Pixels of the frame at rest; pure. How legs are made is in `legs`, how they are played in `playing`.
"""

from __future__ import annotations

from collections.abc import Sequence

from scenes.backends.animatic.asking import asked_of, feelings_of, turns_round
from scenes.backends.animatic.embraces import embraced
from scenes.backends.animatic.layout import Layout
from scenes.backends.animatic.legs import MOVING, Course, legs_of
from scenes.backends.animatic.light import DAYLIGHT
from scenes.backends.animatic.measures import LYING, Measure
from scenes.backends.animatic.playing import place_at, state_at
from scenes.backends.animatic.tracks import Leg, Track
from storyboard.film import Part, Scene

_SLIM = 0.16
"""How far the head of a person reaches before his feet, in heights of a grown person."""
_OPEN = ("wide", "extreme wide")
"""Shots that are composed on thirds."""
_DEPTHS = (0.0, 0.035, -0.025, 0.06)


def blocking(
    scene: Scene, layout: Layout, seconds: float, statures: Sequence[float], measures: Sequence[Measure] = ()
) -> tuple[Track, ...]:
    """Place the cast.

    `statures` are the actors' heights as parts of a grown person's, in the order of the cast; `measures` what their
    heads take up (without them a bare head of that stature is meant).
    """
    sizes = tuple(measures) or tuple(Measure(1.04 * stature, 0.1 * stature, 0.1 * stature) for stature in statures)
    asked = asked_of(scene)
    spots = _spread([layout.spot(part.at) for part in scene.cast], sizes, layout)
    if _alone(scene, asked, layout):
        spots = [layout.aside(_shadow_side(scene.time))]
    spots, ways = _inside(scene.cast, asked, spots, sizes, statures, layout)
    tracks = []
    for index, part in enumerate(scene.cast):
        height = layout.person * statures[index]
        together = part.action in MOVING and sum(other.action in MOVING for other in scene.cast) > 1
        standing = tuple(x for k, x in enumerate(spots) if k != index and scene.cast[k].action not in MOVING)
        course = Course(
            asked[index], part.action, part.facing, spots[index], ways[index], height, seconds,
            scene.camera == "tracking", standing, _range(sizes[index], layout), together,
        )  # fmt: skip
        tracks.append(
            Track(
                part=index,
                who=part.character.id,
                emotion=part.emotion,
                height=height,
                person=layout.person,
                y=layout.ground + _DEPTHS[index % 4] * layout.person,
                spot=spots[index],
                facing=ways[index],
                legs=legs_of(course, layout),
                emotions=feelings_of(scene.beats, part.character.id),
                crown=sizes[index].rise * layout.person,
                ahead=sizes[index].ahead * layout.person,
                behind=sizes[index].behind * layout.person,
            )
        )
    safe = [
        _range(size, layout, LYING * tall if "fall" in acts else 0.0)
        for size, tall, acts in zip(sizes, statures, asked, strict=True)
    ]
    return embraced(tracks, seconds, safe)


def _shadow_side(time: str) -> int:
    """The side (-1 left, 1 right) away from the light, from which one looks into it across the frame."""
    return -1 if DAYLIGHT.get(time, DAYLIGHT["noon"]).sun_x > 0.5 else 1


def _alone(scene: Scene, asked: Sequence[tuple[str, str, str]], layout: Layout) -> bool:
    """Whether one who stands alone in a wide picture, and of whom nobody wrote where, is put off the middle."""
    if len(scene.cast) != 1 or scene.text or layout.shot not in _OPEN:
        return False
    part = scene.cast[0]
    free = not part.placed and part.at == "center" and part.facing == "auto"
    return free and not MOVING & {part.action, *asked[0]}


def follow_of(tracks: Sequence[Track]) -> float:
    """How far a tracking camera travels with its walkers, in pixels; negative to the left, 0 where nobody walks."""
    ways = [track.legs[-1].x1 - track.legs[0].x0 for track in tracks]
    ways = [way for way in ways if way]
    return sum(ways) / len(ways) if ways else 0.0


def _spread(spots: list[float], sizes: Sequence[Measure], layout: Layout) -> list[float]:
    """Push apart those who would stand in one another, within the safe area; a horse takes more room than a man."""
    most = 0.84 * layout.width / max(1, len(spots))
    bulks = [max(0.0, size.ahead - _SLIM) for size in sizes]
    out = list(spots)
    for _ in range(24):
        for i in range(len(out)):
            for j in range(i + 1, len(out)):
                near = out[j] - out[i]
                gap = min(most, (0.44 + 0.8 * (bulks[i] + bulks[j])) * layout.person)
                if abs(near) < gap:
                    push = (gap - abs(near)) / 2 * (1 if near >= 0 else -1)
                    out[i] -= push
                    out[j] += push
        low = layout.heads.left * layout.width + 0.16 * layout.person
        high = layout.width - (layout.heads.right * layout.width + 0.16 * layout.person)
        out = [min(high, max(low, x)) for x in out]
    return out


def _inside(
    cast: Sequence[Part],
    asked: Sequence[tuple[str, str, str]],
    spots: list[float],
    sizes: Sequence[Measure],
    statures: Sequence[float],
    layout: Layout,
) -> tuple[list[float], list[int]]:
    """The spots, moved so that heads stay in the safe area whichever way they look, and where everybody faces."""
    ways = []
    out = list(spots)
    for index, part in enumerate(cast):
        others = [x for k, x in enumerate(spots) if k != index]
        falls = "fall" in asked[index]
        way = _facing(part, spots[index], others, layout)
        if part.action in MOVING and part.facing == "auto":
            way = _common_way(cast, spots, layout)
        if falls and part.facing == "auto":
            way = 1 if spots[index] <= 0.5 * layout.width else -1
        ahead, behind = sizes[index].ahead * layout.person, sizes[index].behind * layout.person
        if falls:
            ahead = max(ahead, LYING * statures[index] * layout.person)
        if turns_round(asked[index]):
            ahead = behind = max(ahead, behind)
        right, left = (ahead, behind) if way > 0 else (behind, ahead)
        low, high = (edge + reach for edge, reach in zip(_sides(layout), (left, -right), strict=True))
        out[index] = min(max(spots[index], low), high) if low <= high else (low + high) / 2
        ways.append(way)
    return out, ways


def _range(size: Measure, layout: Layout, lying: float = 0.0) -> tuple[float, float]:
    """Between which places his head is in the safe area, whichever way he looks, or lies `lying` heights ahead."""
    reach = max(size.ahead, size.behind, lying) * layout.person
    low, high = (edge + way for edge, way in zip(_sides(layout), (reach, -reach), strict=True))
    return (low, high) if low <= high else ((low + high) / 2, (low + high) / 2)


def _sides(layout: Layout) -> tuple[float, float]:
    """The x between which heads are."""
    return layout.heads.left * layout.width, (1.0 - layout.heads.right) * layout.width


def _common_way(cast: Sequence[Part], spots: Sequence[float], layout: Layout) -> int:
    """The way that all go who walk through the scene: as one of them was told to, else where there is room."""
    movers = [k for k, part in enumerate(cast) if part.action in MOVING]
    told = [cast[k].facing for k in movers if cast[k].facing != "auto"]
    if told:
        return 1 if told[0] == "right" else -1
    return 1 if sum(spots[k] for k in movers) / len(movers) <= 0.62 * layout.width else -1


def _facing(part: Part, spot: float, others: Sequence[float], layout: Layout) -> int:
    if part.facing != "auto":
        return 1 if part.facing == "right" else -1
    if others:
        middle = sum(others) / len(others)
        return 1 if middle >= spot else -1
    return 1 if spot <= 0.56 * layout.width else -1


__all__ = ["Leg", "Track", "blocking", "follow_of", "place_at", "state_at"]
