"""Rooms: a drawing room of the nineteenth century with a garden behind its windows."""

from __future__ import annotations

from scenes.backends.animatic.layers import Layer
from scenes.backends.animatic.places.setting import Place, Setting, air


def room(s: Setting) -> tuple[Layer, ...]:
    """Papered wall, tall windows, bookcase, table and chair, sun on the boards."""
    sheets: list[Layer] = [
        *air(s, 0.6),
        Layer("hills", 14, 0.35, 1, {"rise": 0.10, "trees": 16, "size": 5.0, "matter": 0, "warm": 0.0}),
        Layer("hills", 6, 0.18, 2, {"rise": 0.04, "trees": 9, "size": 3.2, "matter": 0, "warm": 0.0}, sway=0.002),
        Layer("wall", 2.0, 0.06, 3, {"wall": 2.0}),
        Layer("curtains", 2.0, 0.05, 4, sway=-0.003),
        Layer("floor", 1.0, 0.0, 5, {"wall": 2.0}),
        Layer("furniture", 1.85, 0.04, 6),
        Layer("sunlight", 1.9, 0.0, 7, blend="add", pulse=0.10, finish=False),
    ]
    return tuple(sheets)


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
        ),
        taken=(0.05, 0.82),
    ),
)
