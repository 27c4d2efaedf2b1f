"""Rooms with a garden behind their windows: a drawing room of the nineteenth century, a bedroom, a hall with pillars.

Which it is the words of the prose decide.
"""

from __future__ import annotations

from scenes.backends.animatic.layers import Layer
from scenes.backends.animatic.places.setting import Place, Setting, air

_BEDROOM = frozenset({"bedroom", "bed", "nursery", "спальня", "спальне", "спальни", "спальню", "кровать", "кровати"})
_HALL = frozenset({"hall", "ballroom", "throne", "зал", "зале", "зала", "залу", "тронный", "тронном"})


def room(s: Setting) -> tuple[Layer, ...]:
    """Papered wall, tall windows, sun on the floor; bookcase and chair, or a bed, or pillars and a chandelier."""
    floor, things = _drawing_room()
    if s.words & _HALL:
        floor, things = _hall(s)
    elif s.words & _BEDROOM:
        things = (Layer("bedstead", 1.6, 0.02, 6, {"x": 0.80 if not s.layout.tall else 0.74}),)
    return (
        *air(s, 0.6),
        Layer("hills", 14, 0.35, 1, {"rise": 0.10, "trees": 16, "size": 5.0, "matter": 0, "warm": 0.0}),
        Layer("hills", 6, 0.18, 2, {"rise": 0.04, "trees": 9, "size": 3.2, "matter": 0, "warm": 0.0}, sway=0.002),
        Layer("wall", 2.0, 0.06, 3, {"wall": 2.0}),
        Layer("curtains", 2.0, 0.05, 4, sway=-0.003),
        floor,
        *things,
        Layer("sunlight", 1.9, 0.0, 7, blend="add", pulse=0.10, finish=False),
    )


def _drawing_room() -> tuple[Layer, tuple[Layer, ...]]:
    return Layer("floor", 1.0, 0.0, 5, {"wall": 2.0}), (Layer("furniture", 1.85, 0.04, 6),)


def _hall(s: Setting) -> tuple[Layer, tuple[Layer, ...]]:
    row = {"count": 4.6, "tall": 3.4, "whole": 1.0, "ivy": 0.0}
    if s.layout.tall:
        row = {**row, "count": 2.4, "tall": 4.6}
    return (
        Layer("tiling", 1.0, 0.0, 5, {"wall": 2.0, "x": 0.2}),
        (
            Layer("colonnade", 1.7, 0.03, 6, row),
            Layer("chandelier", 1.3, 0.0, 8, {"low": 0.20 if not s.layout.tall else 0.24}, bob=0.0012),
        ),
    )


PLACES = (
    Place(
        "room",
        room,
        indoors=True,
        shows=frozenset(
            {
                "window",
                "windows",
                "curtains",
                "bookcase",
                "table",
                "lamp",
                "окно",
                "окна",
                "окнами",
                "шторы",
                "шкаф",
                "стол",
            }
        )
        | _BEDROOM
        | (_HALL - {"throne", "тронный", "тронном"}),
        taken=(0.05, 0.82),
    ),
)
