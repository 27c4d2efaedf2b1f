"""How a thing is written down: one stroke a line, in heights of a person, the ground at 0 and up negative.

    box TONE left top right bottom [radius]     oval TONE x y rx ry        ring TONE width x y rx ry
    poly TONE x y x y ...                       blob TONE x y x y ...      (straight and smooth, closed)
    line TONE width x y x y ...                 bow TONE width x y ...     (straight and smooth, open)

A tone is a colour of `TONES` or `own` (what the author may dye), with `+` for lighter and `-` for darker, as often
as need be; `lamp` burns where lamps burn. Knows no light and no canvas.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scenes.backends.animatic.figure import Colour

Point = tuple[float, float]
Ground = Literal["ground", "table", "water", "sky"]

TONES: dict[str, Colour] = {
    "white": (0.95, 0.94, 0.90), "black": (0.13, 0.13, 0.16), "steel": (0.62, 0.66, 0.72), "iron": (0.30, 0.32, 0.37),
    "brass": (0.86, 0.67, 0.30), "wood": (0.60, 0.41, 0.25), "bark": (0.38, 0.26, 0.18), "stone": (0.66, 0.64, 0.61),
    "glass": (0.55, 0.74, 0.82), "paper": (0.93, 0.86, 0.70), "red": (0.78, 0.22, 0.19), "green": (0.33, 0.53, 0.32),
    "blue": (0.24, 0.42, 0.66), "bone": (0.90, 0.86, 0.75), "pink": (0.92, 0.58, 0.62), "water": (0.36, 0.62, 0.76),
    "tan": (0.80, 0.64, 0.42), "lamp": (0.75, 0.85, 0.90), "fire": (0.98, 0.62, 0.22),
}  # fmt: skip
_OPEN = ("line", "bow")
_WIDTH = (*_OPEN, "ring")


@dataclass(frozen=True, slots=True)
class Mark:
    """One stroke: its shape, its tone, its points (of an oval: middle and radii; of a box: two corners), its width."""

    shape: str
    tone: str
    points: tuple[Point, ...]
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """Strokes from back to front, and the colour of what is dyed where the author says none."""

    marks: tuple[Mark, ...]
    own: Colour

    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of all strokes."""
        spans = [_reach(mark) for mark in self.marks]
        lefts, tops, rights, bottoms = zip(*spans, strict=True)
        return min(lefts), min(tops), max(rights), max(bottoms)

    def colour(self, tone: str, own: Colour | None = None) -> Colour:
        """The local colour of a tone, dyed `own` where that is given."""
        name = tone.rstrip("+-")
        base = (own or self.own) if name == "own" else TONES[name]
        for sign in tone[len(name) :]:
            to, part = ((1.0, 0.98, 0.94), 0.28) if sign == "+" else ((0.06, 0.05, 0.10), 0.30)
            base = (
                base[0] + (to[0] - base[0]) * part,
                base[1] + (to[1] - base[1]) * part,
                base[2] + (to[2] - base[2]) * part,
            )
        return base


@dataclass(frozen=True, slots=True)
class Piece:
    """A thing of the property room.

    `on` says what it stands on, `depth` how far behind the actors, `outdoors` that no room holds it, `bob` and
    `sway` how it moves (as a layer's). `up` is how high a thing of the sky hangs (heights of a person). `held` is
    its drawing about the palm, in heights of its holder, or None for what nobody has in a hand.
    """

    drawing: Drawing
    on: Ground = "ground"
    depth: float = 1.2
    outdoors: bool = False
    up: float = 0.0
    bob: float = 0.0
    sway: float = 0.0
    held: Drawing | None = None

    @property
    def wide(self) -> float:
        """Half its width, in heights of a person."""
        left, _, right, _ = self.drawing.bounds()
        return max(-left, right)


def _reach(mark: Mark) -> tuple[float, float, float, float]:
    if mark.shape in ("oval", "ring"):
        (x, y), (rx, ry) = mark.points
        return x - rx, y - ry, x + rx, y + ry
    half = 0.5 * mark.width
    across, down = [x for x, _ in mark.points], [y for _, y in mark.points]
    return min(across) - half, min(down) - half, max(across) + half, max(down) + half


def _mark(line: str) -> Mark:
    shape, tone, *rest = line.split()
    numbers = [float(one) for one in rest]
    width = numbers.pop(0) if shape in _WIDTH else 0.0
    if shape == "box" and len(numbers) == 5:
        width = numbers.pop()
    return Mark(shape, tone, tuple(zip(numbers[::2], numbers[1::2], strict=True)), width)


def drawn(text: str, own: Colour = (0.60, 0.41, 0.25)) -> Drawing:
    """The drawing that a text writes down; ValueError or KeyError where it does not."""
    return Drawing(tuple(_mark(line) for line in text.strip().splitlines() if line.strip()), own)


def in_hand(drawing: Drawing, grip: Point, size: float) -> Drawing:
    """The drawing about a palm that holds it at `grip`, made `size` times as large."""
    marks = []
    for mark in drawing.marks:
        at = [(size * (x - grip[0]), size * (y - grip[1])) for x, y in mark.points]
        if mark.shape in ("oval", "ring"):
            at[1] = (size * mark.points[1][0], size * mark.points[1][1])
        marks.append(Mark(mark.shape, mark.tone, tuple(at), size * mark.width))
    return Drawing(tuple(marks), drawing.own)
