"""Where heads are: the size and places of the faces of a close-up, and the heads of a stage through its time.

Heads with their hats stay within the title-safe area, in close-ups through the whole camera move. Pure; knows no
pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scenes.backends.animatic.camera import CameraPath
from scenes.backends.animatic.layout import SAFE, Layout
from scenes.backends.animatic.measures import LYING
from scenes.backends.animatic.playing import place_at
from scenes.backends.animatic.tracks import Leg, Track

PIVOT = 0.22
"""The line (part of the frame's height) that stays where it is when the camera comes closer."""
_SIZE, _TALL_SIZE = 0.86, 0.66
"""How large a bust may be at most, as a part of the frame's height."""
_TIER = 0.62
"""How much higher, in sizes, one stands behind another in a tall frame."""
_SHARE = 0.74
"""How much of the frame's width a head may take there."""


@dataclass(frozen=True, slots=True)
class Bust:
    """What one bust takes up, in sizes (crown to lower edge), from the middle of its lower edge.

    `rise` is its height with hat and hair; `left` and `right` are how far the head with them reaches to the sides.
    """

    rise: float
    left: float
    right: float


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
    near = max(1.0, nearness(path))
    pivot, safe = PIVOT * layout.height, SAFE * layout.height + path.shake
    highest = pivot - (pivot - safe) / near
    room = layout.width * (1.0 - 2.0 * SAFE) / near
    most = (_TALL_SIZE if layout.tall else _SIZE) * layout.height
    order = sorted(range(len(busts)), key=lambda k: (spots[k], k))
    tall = layout.height - highest
    if layout.tall and len(busts) > 1:
        return _tiered(busts, order, min(most, tall), room, layout)
    across = sum(one.left + one.right for one in busts)
    size = min(most, tall / max(one.rise for one in busts), room / across)
    return Framing(size, _places(busts, spots, order, size, layout, room), (0.0,) * len(busts))


def _tiered(busts: Sequence[Bust], order: Sequence[int], tall: float, room: float, layout: Layout) -> Framing:
    """In a tall frame people stand behind one another, from the upper left to the lower right."""
    behind = [_TIER * (len(order) - 1 - place) for place in range(len(order))]
    high = max(busts[k].rise + lift for k, lift in zip(order, behind, strict=True))
    wide = max(one.left + one.right for one in busts)
    size = min(tall / high, _SHARE * room / wide)
    places, lifts = [0.0] * len(busts), [0.0] * len(busts)
    for place, k in enumerate(order):
        low = (layout.width - room) / 2 + busts[k].left * size
        far = (layout.width + room) / 2 - busts[k].right * size
        places[k] = low + (far - low) * place / (len(order) - 1)
        lifts[k] = behind[place] * size
    return Framing(size, tuple(places), tuple(lifts))


def _places(
    busts: Sequence[Bust], spots: Sequence[float], order: Sequence[int], size: float, layout: Layout, room: float
) -> tuple[float, ...]:
    low = (layout.width - room) / 2
    if len(busts) == 1:
        one = busts[0]
        aim = layout.width / 2 + (spots[0] - layout.width / 2) * (0.35 if layout.tall else 1.0)
        return (min(low + room - one.right * size, max(low + one.left * size, aim)),)
    slack = max(0.0, room - size * sum(one.left + one.right for one in busts))
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

    In pixels of the frame at rest. A walker counts while his head is between the sides of the safe area: coming and
    going he must cross them.
    """
    found: set[tuple[float, float]] = set()
    low, high = SAFE * layout.width, (1.0 - SAFE) * layout.width
    for track in tracks:
        for moment in range(_MOMENTS + 1):
            x, leg, _ = place_at(track, moment / _MOMENTS, seconds)
            left, right, top = _head(track, x, leg)
            if not (leg.moving or leg.edge) or (left >= low and right <= high):
                found |= {(round(left, 3), round(top, 3)), (round(right, 3), round(top, 3))}
    return sorted(found)


def _head(track: Track, x: float, leg: Leg) -> tuple[float, float, float]:
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
