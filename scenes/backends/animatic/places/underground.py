"""Cave: a hollow in the rock with a mouth of light, a dark pool and glowing crystals."""

from __future__ import annotations

from scenes.backends.animatic.layers import Layer
from scenes.backends.animatic.places.setting import Place, Setting, air


def cave(s: Setting) -> tuple[Layer, ...]:
    """Two walls of rock with openings one behind the other, the outer world in the farther one."""
    tall = s.layout.tall
    x = 0.60 if not tall else 0.56
    mouth = {"x": x, "wide": 0.27, "high": 0.46} if not tall else {"x": x, "wide": 0.30, "high": 0.62}
    hall = {"x": 0.5, "wide": 0.74, "high": 0.60} if not tall else {"x": 0.5, "wide": 0.42, "high": 0.98}
    return (
        *air(s, 0.8),
        Layer("hills", 16, 0.55, 1, {"rise": 0.07, "firs": 34, "size": 4.2, "matter": 8, "mist": 1.2, "bowl": 0.5}),
        Layer("vault", 5.5, 0.16, 2, {**mouth, "rough": 0.30, "dark": 0.42, "teeth": 0.7}),
        Layer("cave light", 5.4, 0.0, 3, mouth, blend="add", pulse=0.10, finish=False),
        Layer(
            "water",
            3.0,
            0.0,
            4,
            {"clear": 0.78, "calm": 0.9, "glitter": 0.8, "edge": 0.12},
            blend="water",
            finish=False,
        ),
        Layer("vault", 2.3, 0.04, 5, {**hall, "rough": 0.10, "dark": 0.66, "teeth": 1.0, "rim": 0.3}),
        Layer("crystals", 1.7, 0.0, 6, {"size": 0.42, "clear": 0.16}),
        Layer(
            "crystals", 1.69, 0.0, 6, {"size": 0.42, "clear": 0.16, "light": 1.0}, blend="add", pulse=0.22, finish=False
        ),
        Layer("cave floor", 1.0, 0.0, 7, {"x": 0.46}),
        Layer("fangs", 0.66, 0.0, 8, {"size": 0.22}, blur=0.005, front=True, finish=False),
    )


PLACES = (
    Place(
        "cave",
        cave,
        indoors=True,
        shows=frozenset({"crystals", "crystal", "stalactites", "rock", "dark", "кристаллы", "сталактиты", "камни"}),
        growth={"bare": 1.0},
    ),
)
