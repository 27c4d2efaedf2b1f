"""Kitchen and office: rooms that people work in, a garden behind one window and the town behind the other.

A kitchen becomes a café and an office a laboratory where the words of the prose say so.
"""

from __future__ import annotations

from scenes.backends.animatic.layers import Layer
from scenes.backends.animatic.places.setting import Place, Setting, air

_CAFE = frozenset({"cafe", "café", "restaurant", "diner", "кафе", "ресторан", "ресторане", "кофейня", "кофейне"})
_LABORATORY = frozenset({"laboratory", "lab", "лаборатория", "лаборатории", "лабораторию"})
_LIBRARY = frozenset({"library", "libraries", "библиотека", "библиотеке", "библиотеки", "библиотеку"})


def _cafe(s: Setting) -> tuple[Layer, ...]:
    """A wide window on the street, a bar with its machine, round tables with chairs, lamps that hang low."""
    tall = s.layout.tall
    wall = {"x": 0.30, "wide": 1.7 if not tall else 1.1, "high": 1.2 if not tall else 1.7, "sill": 0.55, "paint": 2.0}
    wall["ceiling"] = 2.7 if not tall else 4.4
    machine = {"x": 0.72 if not tall else 0.74, "y": 0.86}
    return (
        *air(s, 0.6),
        Layer("fronts", 7, 0.30, 1, {"wide": 2.6}),
        Layer("chamber", 2.0, 0.05, 2, wall),
        Layer("bar", 1.75, 0.03, 3, {"x": machine["x"]}),
        Layer("tiling", 1.0, 0.0, 4, {"wall": 2.0, "x": 0.30}),
        Layer("round tables", 1.5, 0.0, 5),
        Layer("steam", 1.74, 0.0, 6, {**machine, "size": 0.7}, sway=0.05, bob=0.004, finish=False),
        Layer("pendants", 1.25, 0.0, 7, {"count": 3, "low": 0.17 if not tall else 0.24}),
    )


def kitchen(s: Setting) -> tuple[Layer, ...]:
    """Tiled wall with a window on the garden, cupboards, sink, stove under its hood, shelves, steam from the pot."""
    if s.words & _CAFE:
        return _cafe(s)
    tall = s.layout.tall
    sink, stove, shelf = (0.36, 0.74, 0.11) if not tall else (0.30, 0.80, 0.32)
    wall = {"x": sink, "wide": 0.95, "high": 0.95, "sill": 0.86, "tiles": 1.05, "ceiling": 2.9}
    if tall:
        wall = {**wall, "high": 1.55, "ceiling": 4.6}
    pot = {"x": stove - 0.20 * s.layout.person_at(1.7) / s.layout.width, "y": 0.86}
    sheets = [
        *air(s, 0.6),
        Layer("hills", 12, 0.35, 1, {"rise": 0.08, "trees": 10, "size": 4.0, "matter": 0, "warm": 0.1}, sway=0.001),
        Layer("chamber", 1.9, 0.05, 2, wall),
        Layer("shelves", 1.85, 0.03, 3, {"x": shelf, "up": 1.35 if tall else 0.0}),
        Layer("cookery", 1.7, 0.02, 4, {"stove": stove, "sink": sink}),
        Layer("tiling", 1.0, 0.0, 5, {"wall": 1.7, "x": sink}),
        Layer("steam", 1.69, 0.0, 6, pot, sway=0.05, bob=0.004, finish=False),
        Layer("pendants", 1.25, 0.0, 7, {"count": 2, "low": 0.15 if not tall else 0.22}),
    ]
    return tuple(sheets)


def office(s: Setting) -> tuple[Layer, ...]:
    """A wide window on the town with blinds, desks with screens, a board, shelves with files and flasks."""
    tall = s.layout.tall
    wall = {
        "x": 0.28 if not tall else 0.34,
        "wide": 1.9 if not tall else 1.3,
        "high": 1.35,
        "sill": 0.60,
        "paint": 1.0,
        "bars": 2.0,
    }
    wall["ceiling"] = 2.7
    if tall:
        wall = {**wall, "high": 2.1, "ceiling": 4.4}
    hung = (
        {"x": 0.66, "shelf": 0.95, "cabinet": 0.50}
        if not tall
        else {"x": 0.92, "shelf": 0.80, "cabinet": 0.62, "up": 0.85}
    )
    benches = [Layer("bureau", 1.45, 0.0, 7), Layer("screens", 1.45, 0.0, 7, blend="add", pulse=0.24, finish=False)]
    if s.words & _LABORATORY:
        brews = {"light": 1.0}
        benches = [
            Layer("glassware", 1.45, 0.0, 7),
            Layer("glassware", 1.44, 0.0, 7, brews, blend="add", pulse=0.3, finish=False),
        ]
    hangings = Layer("board", 1.95, 0.04, 5, hung)
    if s.words & _LIBRARY:
        hangings = Layer("bookcases", 1.9, 0.04, 5, {"clear": 0.0 if s.layout.tall else 0.16})
    return (
        *air(s, 0.6),
        Layer("skyline", 20, 0.45, 1, {"low": 0.10, "high": 0.38, "wide": 0.06, "mist": 0.7}),
        Layer("skyline", 9, 0.28, 2, {"low": 0.06, "high": 0.30, "wide": 0.09, "mist": 0.5}),
        Layer("chamber", 2.0, 0.06, 3, wall),
        Layer("blinds", 1.98, 0.05, 4, {**wall, "down": 0.30}, sway=-0.002),
        hangings,
        Layer("tiling", 1.0, 0.0, 6, {"wall": 2.0, "matter": 1.0, "x": wall["x"]}),
        *benches,
        Layer("pendants", 1.3, 0.0, 8, {"count": 2, "low": 0.09 if not tall else 0.15, "strip": 1.0}),
    )


PLACES = (
    Place(
        "kitchen",
        kitchen,
        indoors=True,
        shows=frozenset(
            {"stove", "window", "shelves", "table", "steam", "плита", "окно", "полки", "кастрюля", "чайник"}
        )
        | _CAFE,
        growth={"bare": 1.0},
        taken=(0.74,),
    ),
    Place(
        "office",
        office,
        indoors=True,
        shows=frozenset(
            {
                "desk",
                "desks",
                "window",
                "screen",
                "screens",
                "computer",
                "board",
                "стол",
                "столы",
                "окно",
                "экран",
                "доска",
            }
        )
        | _LABORATORY
        | _LIBRARY,
        growth={"bare": 1.0},
        taken=(0.20, 0.80),
    ),
)
