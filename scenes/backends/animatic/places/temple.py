"""Ruins: a temple in a wood of which columns, an arch and fallen stones are left."""

from __future__ import annotations

from scenes.backends.animatic.layers import Layer
from scenes.backends.animatic.places.setting import Place, Setting, air, mist, sunbeams


def ruins(s: Setting) -> tuple[Layer, ...]:
    """Two rows of columns and a broken arch before wooded hills; grass and ivy have the rest."""
    wind, tall = abs(s.weather.wind), s.layout.tall
    return (
        *air(s, 0.40),
        Layer("massif", 40, s.far(26), 1, {"rise": 0.34, "peaks": 4.6, "snow": 0.3, "mist": 0.9}),
        Layer(
            "hills", 14, s.far(13), 2, {"rise": 0.08, "trees": 13, "size": 3.2, "matter": 8, "warm": 0.2, "mist": 0.5}
        ),
        *mist(s, 9.0, 0.34 if s.day.backlight > 0.3 else 0.14, height=0.14, seed=1),
        Layer("colonnade", 6.0, s.far(6), 3, {"count": 8, "tall": 3.6, "whole": 0.75, "ivy": 0.1}),
        Layer(
            "hills",
            4.6,
            s.far(4.6),
            4,
            {"rise": 0.03, "matter": 1, "trees": 4, "size": 2.6, "clear": 0.3},
            sway=0.001 + 0.003 * wind,
        ),
        Layer("archway", 3.2, s.far(3.2), 5, {"x": 0.58, "size": 3.4 if not tall else 4.2}),
        *sunbeams(s, 22.0, 0.6),
        Layer(
            "colonnade",
            1.9,
            0.04,
            6,
            {
                "count": 5.5 if not tall else 3.0,
                "tall": 2.7 if not tall else 4.0,
                "whole": 0.45,
                "clear": 0.20,
                "ivy": 0.9,
            },
        ),
        Layer("drums", 1.35, 0.0, 7, {"count": 5, "clear": 0.10}),
        Layer("ground", 1.0, 0.0, 8, {"matter": 1, "grass": 1.0, "flowers": 16, "stones": 26, "path": 0.8}),
        Layer(
            "verge",
            0.72,
            s.near,
            9,
            {"size": 0.12, "dense": 0.7, "ears": 0.1},
            sway=0.03 + 0.08 * wind,
            blur=0.003,
            front=True,
        ),
    )


PLACES = (
    Place(
        "ruins",
        ruins,
        shows=frozenset(
            {"columns", "column", "arch", "ivy", "stones", "broken", "колонны", "арка", "плющ", "камни", "обломки"}
        ),
    ),
)
