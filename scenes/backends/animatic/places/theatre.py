"""Stage: a theatre with its curtain up, seen from the first rows."""

from __future__ import annotations

from scenes.backends.animatic.layers import Layer
from scenes.backends.animatic.places.setting import Place, Setting


def stage(s: Setting) -> tuple[Layer, ...]:
    """Backcloth, two pairs of wings, red drapes, boards under a beam, footlights, and heads of the audience."""
    tall = s.layout.tall
    return (
        Layer("sky", 60.0, options={"plain": 1.0}, finish=False),
        Layer("backcloth", 3.6, 0.10, 1),
        Layer("wings", 2.9, 0.06, 2, {"reach": 0.22 if not tall else 0.16, "dark": 0.60}),
        Layer("wings", 2.2, 0.03, 3, {"reach": 0.155 if not tall else 0.11, "dark": 0.42}),
        Layer("boards", 1.0, 0.0, 4, {"back": 3.6}),
        Layer("limelight", 1.3, 0.0, 5, blend="add", pulse=0.06, finish=False),
        Layer(
            "wings",
            1.25,
            0.0,
            6,
            {"reach": 0.075 if not tall else 0.05, "dark": 0.10, "border": 0.15 if not tall else 0.12},
            sway=-0.0012,
        ),
        Layer("footlights", 0.80, 0.0, 7, front=True),
        Layer("footlights", 0.80, 0.0, 7, {"light": 1.0}, blend="add", pulse=0.14, front=True, finish=False),
        Layer("audience", 0.55, 0.0, 8, blur=0.003, bob=0.002, front=True),
    )


PLACES = (
    Place(
        "stage",
        stage,
        indoors=True,
        shows=frozenset(
            {
                "curtain",
                "curtains",
                "drapes",
                "footlights",
                "spotlight",
                "audience",
                "занавес",
                "рампа",
                "софит",
                "зрители",
            }
        ),
        growth={"bare": 1.0},
    ),
)
