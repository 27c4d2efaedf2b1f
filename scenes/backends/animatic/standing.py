"""Where things stand: what each of them needs, which places have it, and the freest ground beside the actors.

Parts of the frame's width; no words, no pixels.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scenes.backends.animatic.blocking import Track
from scenes.backends.animatic.layers import Layer
from scenes.backends.animatic.layout import Layout
from scenes.backends.animatic.things.room import PIECES

_WATERS = frozenset({"lake", "sea shore", "open sea"})
_ROOFED = frozenset({"rooftop", "open sea", "bridge"})
"""Out of doors, but nothing drives or is built there."""
_GRASSY = frozenset({"forest", "meadow", "mountains", "lake", "sea shore", "desert", "snowfield", "village", "park",
                     "road", "castle", "ruins", "planet surface", ""})  # fmt: skip
_DRIVEN = 0.65
_LIT = frozenset({"park", "city street", "alley"})
"""Places that have lamp posts of their own."""
_NOWHERE = frozenset({"space"})
_WIDEST = 0.40
"""Half the width, as a part of the frame's, that a thing may take up at most."""
_SMALL = 0.32
"""Half the width up to which several of a thing stand side by side."""


@dataclass(frozen=True, slots=True)
class Stand:
    """What a thing needs: its brush, half its width and its distance, and how it moves."""

    kind: str
    wide: float
    depth: float
    on: str = "ground"
    bob: float = 0.0
    sway: float = 0.0


_OLD = {
    "throne": Stand("throne", 0.45, 1.0), "signpost": Stand("signpost", 0.45, 1.12),
    "boulder": Stand("boulder", 0.60, 1.35), "tent": Stand("tent", 1.0, 1.5),
    "campfire": Stand("campfire", 0.35, 1.08), "table": Stand("desk", 0.56, 1.1),
    "chair": Stand("chair", 0.22, 1.1), "candle": Stand("candle", 0.20, 1.12),
    "bouquet": Stand("bouquet", 0.22, 1.12), "suitcase": Stand("suitcase", 0.26, 1.05),
    "lamppost": Stand("lantern post", 0.30, 1.3),
}  # fmt: skip
_IN_THE_OPEN = frozenset({"signpost", "boulder", "tent", "campfire"})


def stand_of(kind: str, place: str, indoors: bool) -> Stand | None:
    """What a thing needs to stand in that place, or None where it cannot or nobody draws it."""
    if place in _NOWHERE and kind not in ("rocket", "plane"):
        return None
    if kind == "lamppost":
        return None if indoors or place in _LIT or place in _WATERS - {"lake"} else _OLD[kind]
    if kind in _OLD:
        fits = place in _GRASSY if kind in _IN_THE_OPEN else not (kind == "table" and place == "room")
        return _OLD[kind] if fits else None
    piece = PIECES.get(kind)
    if piece is None or (piece.outdoors and indoors):
        return None
    if piece.on == "water" and place not in _WATERS:
        return None
    if piece.outdoors and piece.on == "ground" and piece.wide > _DRIVEN and place in _ROOFED:
        return None
    depth = min(piece.depth, 5.0) if place == "lake" else piece.depth
    if place == "open sea" and piece.on == "ground":
        depth = 1.35
    wide = max(0.24, piece.wide) if piece.on == "table" else piece.wide
    return Stand(f"thing:{kind}", wide, depth, piece.on, piece.bob, piece.sway)


class Ground:
    """The free ground of one frame, which gets less with each thing that is set up."""

    def __init__(
        self, layout: Layout, tracks: Sequence[Track], taken: Sequence[float], farthest: float = math.inf
    ) -> None:
        """Ground beside the actors of `tracks` and the places `taken` (parts of the width), up to a distance."""
        self.layout = layout
        self.farthest = farthest
        self.ahead = sum(track.facing for track in tracks) or 1
        body = 0.16 * layout.person / layout.width
        spots = [x / layout.width for track in tracks for leg in track.legs for x in (leg.x0, leg.x1)]
        self.people = tuple((x, body) for x in spots)
        self.taken: list[tuple[float, float]] = [(x, 0.03) for x in taken]

    def portions(self, stand: Stand, count: int) -> list[int]:
        """How many go on one spot: small things stand side by side, large ones apart."""
        if stand.wide > _SMALL or not stand.kind.startswith("thing:"):
            return [1] * count
        together = max(1, int(0.34 * self.layout.width / (2.2 * stand.wide * self.layout.person / stand.depth)))
        together = min(together, 3)
        return [min(together, count - at) for at in range(0, count, together)]

    def _half(self, stand: Stand, each: int, depth: float) -> float:
        return stand.wide * (1.0 + 1.12 * (each - 1)) * self.layout.person / depth / self.layout.width

    def _clear(self, x: float, half: float, behind: bool) -> float:
        """How much room is left about x; things in each other's way count in full, people before large things half."""
        things = min((abs(x - other) - half - wide for other, wide in self.taken), default=0.3)
        people = min((abs(x - other) - half - wide for other, wide in self.people), default=0.3)
        return min(things, 0.5 * people if behind else people)

    def free(self, stand: Stand, each: int) -> tuple[float, float, float]:
        """The freest place for `each` of a thing, which way it is turned, and its distance, so that it fits in.

        Where the ground is full it goes farther away, and becomes smaller with that.
        """
        depth = stand.depth
        while self._half(stand, each, depth) > _WIDEST:
            depth *= 1.1
        behind = depth >= 1.8 or stand.on == "sky"
        for _ in range(5):
            half = self._half(stand, each, depth)
            x = self._freest(half, behind)
            if self._clear(x, half, behind) >= 0.0 or depth >= self.farthest:
                break
            depth = min(1.15 * depth, max(depth, self.farthest))
        return x, -1.0 if x > 0.5 else 1.0, depth

    def _freest(self, half: float, behind: bool) -> float:
        margin = min(0.5, half + 0.04)
        places = [min(1 - margin, max(margin, at)) for at in (0.76, 0.24, 0.66, 0.34, 0.9, 0.1, 0.52)]
        places += [margin + k / 24 * (1 - 2 * margin) for k in range(25)]

        def worth(x: float) -> float:
            ahead = 0.03 if (x - 0.5) * self.ahead > 0 else 0.0
            return min(0.14, self._clear(x, half, behind)) + ahead - 0.04 * abs(x - 0.5)

        return max(places, key=worth)

    def take(self, x: float, stand: Stand, each: int, depth: float) -> None:
        """The thing now stands there."""
        self.taken.append((x, self._half(stand, each, depth)))


def under_the_seated(layout: Layout, tracks: Sequence[Track], x: float) -> tuple[int, float, float]:
    """The throne stands under the first who sits; else on free ground."""
    for track in tracks:
        if any(leg.action == "sit" for leg in track.legs):
            return track.part, (track.spot - 0.10 * track.facing * track.height) / layout.width, float(track.facing)
    return -1, x, -1.0 if x > 0.5 else 1.0


def sheets_of(stand: Stand, depth: float, options: dict[str, float], seed: int) -> list[Layer]:
    """The sheets of one thing: its shadow, itself, the flames and the light that it gives."""
    sheets: list[Layer] = []
    if stand.kind.startswith("thing:") and stand.on in ("ground", "table"):
        wide = {**options, "wide": stand.wide * options.get("count", 1.0)}
        sheets.append(Layer("shade", depth, 0.0, seed, wide, finish=False))
    haze = min(0.35, 0.05 * (depth - 1.0)) if depth > 1.6 else 0.0
    sheets.append(Layer(stand.kind, depth, haze, seed, options, bob=stand.bob, sway=stand.sway))
    if stand.kind == "campfire":
        sheets.append(Layer("flames", depth, 0.0, seed, options, sway=0.05, finish=False))
    lights = {"campfire": (0.16, 1.5), "candle": (0.78, 0.8), "thing:torch": (0.95, 1.2), "thing:lantern": (0.66, 0.9)}
    if stand.kind in lights:
        high, far = lights[stand.kind]
        shine = {**options, "high": high, "far": far}
        sheets.append(Layer("firelight", depth, 0.0, seed, shine, blend="add", pulse=0.2, finish=False))
    return sheets
