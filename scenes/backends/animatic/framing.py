"""Where heads are: the size and places of the faces of a close-up, and the heads of a stage through its time.

Heads with their hats stay within the title-safe area, and out of what lies over the picture, in close-ups through the
whole camera move. Pure; knows no pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scenes.backends.animatic.camera import CameraPath, placing, shrunk, view_at
from scenes.backends.animatic.layout import TITLE_SAFE, Layout
from scenes.backends.animatic.measures import LYING
from scenes.backends.animatic.playing import place_at
from scenes.backends.animatic.tracks import Leg, Track

PIVOT = 0.22
"""The line (part of the frame's height) that stays where it is when the camera comes closer."""
CHIN = 0.42
"""How far above its lower edge the face of a bust ends, in sizes, with a little air."""
_SIZE, _TALL_SIZE = 0.86, 0.66
"""How large a bust may be at most, as a part of the frame's height."""
_TIER = 0.62
"""How much higher, in sizes, one stands behind another in a tall frame."""
_SHARE = 0.74
"""How much of the frame's width a head may take there."""
FOLLOWING = 0.8
"""How far faces go with a camera that moves to a side or up, in parts of its way."""
_SWAY = 1.5
"""How far a shaken camera takes faces to each side, in parts of its shake."""


@dataclass(frozen=True, slots=True)
class Bust:
    """What one bust takes up, in sizes (crown to lower edge), from the middle of its lower edge.

    `rise` is its height with hat and hair; `left` and `right` are how far the head with them reaches to the sides;
    `chin` is where the face ends, with a little air.
    """

    rise: float
    left: float
    right: float
    chin: float = CHIN


@dataclass(frozen=True, slots=True)
class Framing:
    """The size of all busts, the x of each and how far it stands above the frame's lower edge, in pixels at rest."""

    size: float
    places: tuple[float, ...]
    lifts: tuple[float, ...]


def nearness(path: CameraPath) -> float:
    """The largest enlargement of the faces along a camera path."""
    return max(view.zoom * (1.0 + 0.9 * view.dolly) for view in (path.first, path.last))


def framed(busts: Sequence[Bust], spots: Sequence[float], layout: Layout, path: CameraPath) -> Framing:
    """Fit `busts`, which want to stand at `spots` (pixels), into the frame; all get one size."""
    near, area = max(1.0, nearness(path)), layout.heads
    pivot, safe = PIVOT * layout.height, area.top * layout.height + path.shake
    highest = safe if safe > pivot else pivot - (pivot - safe) / near
    # where something lies over the foot of the picture, busts stand higher, with their chins above it
    chin = min(one.chin for one in busts) if area.foot else 0.0
    astray = _astray(path) if area != TITLE_SAFE else _Astray()
    lowest = pivot + (layout.chin - astray.down - pivot) / near if chin else float(layout.height)
    width = (layout.width * (1.0 - (area.left + area.right)) - astray.left - astray.right) / near
    aside = 0.5 * (layout.width * (area.left - area.right) + astray.left - astray.right) / near
    room = _Room((layout.width - width) / 2 + aside, (layout.width + width) / 2 + aside, width)
    most = (_TALL_SIZE if layout.tall else _SIZE) * layout.height
    order = sorted(range(len(busts)), key=lambda k: (spots[k], k))
    tall = lowest - highest
    if layout.tall and len(busts) > 1:
        made = _tiered(busts, order, min(most, tall), room, chin)
    else:
        across = sum(one.left + one.right for one in busts)
        size = min(most, tall / (max(one.rise for one in busts) - chin), room.width / across)
        made = Framing(size, _places(busts, spots, order, size, layout, room), (0.0,) * len(busts))
    lift = max(0.0, layout.height - lowest - chin * made.size)
    return replace(made, lifts=tuple(lift + one for one in made.lifts)) if lift else made


@dataclass(frozen=True, slots=True)
class _Room:
    """Between which x the heads of a close-up are, and how wide that is."""

    left: float
    right: float
    width: float


@dataclass(frozen=True, slots=True)
class _Astray:
    """How far a camera path takes faces from their places at most, beside coming nearer, in pixels."""

    left: float = 0.0
    right: float = 0.0
    down: float = 0.0


def _astray(path: CameraPath) -> _Astray:
    # a move that arrives before the end counts from its arrival
    views = (path.first, path.last) if path.span == (0.0, 1.0) else (path.last,)
    aside = [FOLLOWING * (view.pan + view.truck) for view in views]
    down = -FOLLOWING * min(view.tilt + view.crane for view in views)
    sway = _SWAY * path.shake
    return _Astray(max(0.0, *aside) + sway, max(0.0, *(-x for x in aside)) + sway, max(0.0, down) + sway)


def _tiered(busts: Sequence[Bust], order: Sequence[int], tall: float, room: _Room, chin: float) -> Framing:
    """In a tall frame people stand behind one another, from the upper left to the lower right."""
    behind = [_TIER * (len(order) - 1 - place) for place in range(len(order))]
    high = max(busts[k].rise + lift for k, lift in zip(order, behind, strict=True)) - chin
    wide = max(one.left + one.right for one in busts)
    size = min(tall / high, _SHARE * room.width / wide)
    places, lifts = [0.0] * len(busts), [0.0] * len(busts)
    for place, k in enumerate(order):
        low = room.left + busts[k].left * size
        far = room.right - busts[k].right * size
        places[k] = low + (far - low) * place / (len(order) - 1)
        lifts[k] = behind[place] * size
    return Framing(size, tuple(places), tuple(lifts))


def _places(
    busts: Sequence[Bust], spots: Sequence[float], order: Sequence[int], size: float, layout: Layout, room: _Room
) -> tuple[float, ...]:
    low = room.left
    if len(busts) == 1:
        one = busts[0]
        aim = layout.width / 2 + (spots[0] - layout.width / 2) * (0.35 if layout.tall else 1.0)
        return (min(low + room.width - one.right * size, max(low + one.left * size, aim)),)
    slack = max(0.0, room.width - size * sum(one.left + one.right for one in busts))
    gap = slack / (len(busts) + 1)
    out, x = [0.0] * len(busts), low
    for index in order:
        x += gap + busts[index].left * size
        out[index] = x
        x += busts[index].right * size
    return tuple(out)


_MOMENTS = 32
"""At how many moments of a scene its heads are looked at."""
_SEATED = 0.82
"""How high the head of one comes who sits from the beginning, in his own heights."""


def head_corners(tracks: Sequence[Track], layout: Layout, seconds: float) -> list[tuple[float, float]]:
    """The upper corners (x, y) of all heads with their hats through a scene, each once, from left to right.

    Where something lies over the foot of the picture, the lower corners of their faces are among them.
    In pixels of the frame at rest. A walker counts while his head is between the sides of the safe area: coming and
    going he must cross them.
    """
    found: set[tuple[float, float]] = set()
    low, high = layout.heads.left * layout.width, (1.0 - layout.heads.right) * layout.width
    for track in tracks:
        for moment in range(_MOMENTS + 1):
            x, leg, _ = place_at(track, moment / _MOMENTS, seconds)
            left, right, top = head_of(track, x, leg)
            if not (leg.moving or leg.edge) or (left >= low and right <= high):
                edges = (top, track.y - track.chin) if layout.heads.foot else (top,)
                found |= {(round(side, 3), round(edge, 3)) for side in (left, right) for edge in edges}
    return sorted(found)


def followed(path: CameraPath, tracks: Sequence[Track], layout: Layout, seconds: float) -> CameraPath:
    """A tracking path that keeps the heads of who has come in, where something lies over the picture's sides.

    It goes less far where it would leave those behind who stop; elsewhere it is the path itself.
    """
    if layout.heads == TITLE_SAFE:
        return path
    low, high = layout.heads.left * layout.width, (1.0 - layout.heads.right) * layout.width

    def lost(trial: CameraPath) -> int:
        """How far a head is outside at most, in pixels."""
        most = 0.0
        for moment in range(_MOMENTS + 1):
            beat = moment / _MOMENTS
            s, tx, _ = placing(view_at(trial, beat, beat * seconds), 1.0, layout)
            for track in tracks:
                x, leg, _ = place_at(track, beat, seconds)
                if not leg.edge:
                    left, right, _ = head_of(track, x, leg)
                    most = max(most, low - (s * left + tx), s * right + tx - high)
        return round(most)

    return min((shrunk(path, 1.0, 1.0 - k / 20) for k in range(21)), key=lost)


def head_of(track: Track, x: float, leg: Leg) -> tuple[float, float, float]:
    """The left, right and upper side of a head; of one who falls or turns the whole way that it takes."""
    facing = (1 if leg.x1 > leg.x0 else -1) if leg.moving else leg.facing or track.facing
    ahead, behind = track.ahead, track.behind
    if leg.action == "fall":
        ahead = max(ahead, LYING * track.height)
    if leg.action == "turn":
        ahead = behind = max(ahead, behind)
    right, left = (ahead, behind) if facing > 0 else (behind, ahead)
    low = _SEATED if leg.action == "sit" and leg.start == 0.0 else 1.0
    return x - left, x + right, track.y - low * track.crown
