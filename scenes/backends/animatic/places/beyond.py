"""Space and the surface of another planet: places without air."""

from __future__ import annotations

from scenes.backends.animatic.layers import Layer
from scenes.backends.animatic.places.setting import Land, Place, Setting

_MOON = frozenset({"moon", "lunar", "луна", "луне", "луны", "лунная", "лунной", "лунный"})


def _void(stars: float, air: float = 0.0) -> tuple[Layer, ...]:
    """The view beyond all air; it hides the sky and whatever flies in it."""
    return (
        Layer("sky", 60.0, options={"plain": 1.0}, finish=False),
        Layer("heavens", 58.0, 0.0, 1, {"air": air, "nebula": 0.9, "stars": stars}, finish=False),
    )


def space(s: Setting) -> tuple[Layer, ...]:
    """A station's deck before stars, a nebula and a great ringed world; rocks drift by."""
    tall = s.layout.tall
    world = (
        {"x": 0.68, "y": 0.30, "r": 0.21, "ring": 1.0} if not tall else {"x": 0.52, "y": 0.30, "r": 0.20, "ring": 1.0}
    )
    moon = (
        {"x": 0.20, "y": 0.20, "r": 0.055, "world": 1.0} if not tall else {"x": 0.2, "y": 0.12, "r": 0.07, "world": 1.0}
    )
    return (
        *_void(1.0),
        Layer("twinkles", 56, 0.0, 2, {"count": 8}, blend="add", pulse=0.32, finish=False),
        Layer("globe", 50, 0.0, 3, moon, drift=0.0006),
        Layer("globe", 40, 0.0, 4, world),
        Layer("rubble", 18, 0.0, 5, {"count": 9, "size": 0.020}, drift=-0.0035),
        Layer("solar", 7, 0.0, 6, {"x": 0.22 if not tall else 0.2, "y": 0.40, "size": 0.10}, bob=0.004),
        Layer("rubble", 4, 0.0, 7, {"count": 3, "size": 0.040}, drift=0.007, bob=0.004),
        Layer("antenna", 1.7, 0.0, 8, {"x": 0.90 if not tall else 0.94, "size": 1.15}),
        Layer("station", 1.0, 0.0, 9),
    )


def planet_surface(s: Setting) -> tuple[Layer, ...]:
    """Rust-red dust with craters, needles of rock, another sky with two moons; or the moon, where the words say so."""
    tall = s.layout.tall
    if s.words & _MOON:
        return _moon(s)
    great = {"x": 0.27, "y": 0.26, "r": 0.13, "world": 3.0, "pits": 1.0}
    small = {"x": 0.74, "y": 0.15, "r": 0.045, "world": 2.0, "pits": 1.0}
    if tall:
        great, small = {**great, "y": 0.24, "r": 0.17}, {**small, "y": 0.11, "r": 0.06}
    return (
        *_void(0.55, air=1.0),
        Layer("globe", 52, 0.0, 2, great),
        Layer("globe", 46, 0.0, 3, small, drift=0.0008),
        Layer("spires", 26, 0.0, 4, {"size": 9.0, "clear": 0.0, "far": 0.72}, finish=True),
        Layer("regolith", 12, 0.0, 5, {"rise": 0.05, "waves": 1.0, "far": 0.5, "craters": 0}),
        Layer(
            "mist",
            9,
            0.0,
            6,
            {"y": s.layout.ground_at(9) / s.layout.height, "height": 0.10, "thick": 0.20},
            drift=0.010,
            finish=False,
        ),
        Layer("spires", 6, 0.0, 7, {"size": 4.6, "clear": 0.16, "far": 0.28, "arch": 1.0}),
        Layer("regolith", 3.4, 0.0, 8, {"rise": 0.035, "waves": 0.9, "far": 0.14, "craters": 9}),
        Layer("spires", 1.9, 0.0, 9, {"size": 1.7, "clear": 0.40, "far": 0.02}),
        Layer("regolith", 1.0, 0.0, 10, {"lift": 0.16, "rise": 0.012, "craters": 7, "stones": 26}),
    )


def _moon(s: Setting) -> tuple[Layer, ...]:
    """Grey dust and craters under a black sky in which a blue world hangs."""
    grey = {"moon": 1.0}
    earth = (
        {"x": 0.72, "y": 0.24, "r": 0.12, "world": 1.0, "land": 1.0}
        if not s.layout.tall
        else {"x": 0.62, "y": 0.2, "r": 0.15, "world": 1.0, "land": 1.0}
    )
    return (
        *_void(1.0),
        Layer("twinkles", 56, 0.0, 2, {"count": 6}, blend="add", pulse=0.32, finish=False),
        Layer("globe", 50, 0.0, 3, earth),
        Layer("regolith", 22, 0.0, 4, {**grey, "rise": 0.11, "waves": 1.6, "far": 0.8, "craters": 0}),
        Layer("regolith", 9, 0.0, 5, {**grey, "rise": 0.07, "waves": 1.0, "far": 0.4, "craters": 8}),
        Layer("rubble", 6, 0.0, 6, {"count": 2, "size": 0.012}, drift=-0.003),
        Layer("regolith", 3.4, 0.0, 7, {**grey, "rise": 0.035, "waves": 0.9, "far": 0.1, "craters": 10}),
        Layer("regolith", 1.0, 0.0, 8, {**grey, "lift": 0.16, "rise": 0.012, "craters": 9, "stones": 34}),
    )


PLACES = (
    Place(
        "space",
        space,
        airless=True,
        shows=frozenset({"stars", "star", "station", "deck", "звезды", "станция"}),
        growth={"bare": 1.0},
        taken=(0.92,),
    ),
    Place(
        "planet surface",
        planet_surface,
        airless=True,
        land=Land(46.0, 12.0, 0.9, 1.5, "roof", "roofdark", "roof", steep=0.5),
        shows=frozenset({"craters", "crater", "moons", "rocks", "dust", "кратеры", "луны", "скалы", "пыль"}) | _MOON,
        growth={"bare": 1.0},
    ),
)
