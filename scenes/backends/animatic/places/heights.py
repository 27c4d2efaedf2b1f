"""Mountains, snowfield, a bridge over a chasm, and desert: places of stone, snow and sand."""

from __future__ import annotations

from scenes.backends.animatic.layers import Layer
from scenes.backends.animatic.places.setting import Land, Place, Setting, air, mist, sunbeams


def mountains(s: Setting) -> tuple[Layer, ...]:
    """A path at the foot of one great snowy peak, ranges behind it."""
    wind, layout = abs(s.weather.wind), s.layout
    great = 0.56 if not layout.tall else 0.66
    return (
        *air(s, 0.36),
        Layer("massif", 46, s.far(26), 1, {"rise": 0.36, "peaks": 3.0, "snow": 0.6, "mist": 0.75}),
        Layer(
            "massif",
            26,
            s.far(8),
            2,
            {"rise": 0.30, "peaks": 2.2, "snow": 0.55, "main_x": 0.60, "main_rise": great, "mist": 0.7},
        ),
        *mist(s, 18.0, 0.42, height=0.14, seed=1),
        Layer(
            "hills",
            12,
            s.far(10),
            3,
            {"rise": 0.10, "waves": 1.3, "rough": 0.4, "firs": 42, "size": 2.6, "matter": 8, "mist": 0.5, "bowl": 0.6},
        ),
        *sunbeams(s, 30.0, 0.45),
        Layer(
            "hills",
            5,
            s.far(5),
            4,
            {"rise": 0.06, "waves": 1.0, "firs": 15, "size": 3.0, "matter": 1, "bowl": 1.4, "clear": 0.18},
            sway=0.001 + 0.002 * wind,
        ),
        Layer("crags", 2.6, s.far(2.6), 5, {"rise": 1.1}),
        Layer("ground", 1.0, 0.0, 6, {"matter": 1, "grass": 0.7, "stones": 34, "flowers": 6, "path": 1.0}),
        Layer("verge", 0.72, s.near, 7, {"size": 0.11, "dense": 0.6}, sway=0.02 + 0.08 * wind, blur=0.003, front=True),
    )


def snowfield(s: Setting) -> tuple[Layer, ...]:
    """Open snow with laden firs and a far white range."""
    return (
        *air(s, 0.40),
        Layer("massif", 40, s.far(16), 1, {"rise": 0.50, "peaks": 3.4, "snow": 0.9, "mist": 0.7}),
        Layer(
            "hills",
            14,
            s.far(13),
            2,
            {"rise": 0.10, "matter": 2, "firs": 40, "size": 4.2, "snowy": 1.0, "mist": 0.5, "bowl": 0.6},
        ),
        *mist(s, 9.0, 0.28, height=0.12, seed=1),
        Layer(
            "hills",
            5,
            s.far(5),
            3,
            {"rise": 0.05, "matter": 2, "waves": 0.8, "firs": 12, "size": 4.0, "snowy": 1.0, "clear": 0.2, "bowl": 0.9},
        ),
        Layer("ground", 1.0, 0.0, 4, {"matter": 2, "stones": 0}),
        Layer("boughs", 0.7, s.near, 5, {"side": 1.0, "reach": 0.30, "fir": 1.0}, sway=-0.004, blur=0.006, front=True),
    )


def bridge(s: Setting) -> tuple[Layer, ...]:
    """A hanging bridge between two cliffs, mist rising from the depth."""
    low = (s.layout.ground + 0.10 * s.layout.height) / s.layout.height
    return (
        *air(s, 0.36),
        Layer("massif", 44, s.far(24), 1, {"rise": 0.48, "peaks": 3.6, "snow": 0.5, "mist": 0.8}),
        Layer(
            "hills",
            16,
            s.far(12),
            2,
            {"rise": 0.12, "base": low - 0.06, "firs": 40, "size": 3.6, "matter": 8, "bowl": 1.6, "mist": 0.5},
        ),
        *sunbeams(s, 30.0, 0.5),
        *mist(s, 9.0, 0.42, y=low + 0.04, height=0.22, seed=1),
        Layer("cliffs", 3.4, s.far(3.4), 3, {"gap": 0.33, "rise": 0.35, "firs": 1.0}),
        *mist(s, 2.6, 0.45, y=low + 0.10, height=0.20, seed=2),
        Layer("cliffs", 1.35, 0.0, 4, {"gap": 0.43, "rise": -0.02}),
        Layer("span", 1.0, 0.0, 5, {"part": 0}),
        *[
            Layer(
                "mist",
                0.85,
                0.0,
                6,
                {"y": min(1.02, low + 0.09), "height": 0.16, "thick": 0.10},
                drift=0.012,
                finish=False,
                front=True,
            ),
            Layer("span", 0.96, 0.0, 5, {"part": 1}, front=True),
        ],
    )


def desert(s: Setting) -> tuple[Layer, ...]:
    """Rippled dunes with sharp crests, mesas far off, cacti, bones, sand that blows."""
    blown = 0.16 + 0.5 * abs(s.weather.wind)
    low = s.layout.ground_at(1.6) / s.layout.height
    return (
        *air(s, 0.3),
        Layer("crags", 30, s.far(24), 1, {"rise": 17.0, "mesa": 1.0}),
        Layer("dune", 16, s.far(14), 2, {"rise": 0.09, "waves": 1.5}),
        Layer("dune", 7, s.far(7), 3, {"rise": 0.13, "waves": 1.1}),
        Layer("dune", 3.4, s.far(3.4), 4, {"rise": 0.10, "waves": 0.9, "ripples": 0.6}),
        Layer("cacti", 2.2, s.far(2.2), 5, {"size": 1.25, "clear": 0.24}),
        Layer(
            "mist",
            2.0,
            0.0,
            6,
            {"y": low, "height": 0.10, "thick": blown},
            drift=0.02 + 0.05 * s.weather.wind,
            finish=False,
        ),
        Layer("dune", 1.0, 0.0, 7, {"rise": 0.014, "waves": 0.8, "ripples": 1.0, "lift": 0.18}),
        Layer("bones", 1.12, 0.0, 8, {"x": 0.86 if not s.layout.tall else 0.84}),
        Layer("cacti", 0.66, 0.0, 9, {"size": 0.42, "clear": 0.43}, blur=0.006, front=True),
    )


PLACES = (
    Place(
        "mountains",
        mountains,
        shows=frozenset({"peak", "peaks", "trail", "path", "slope", "вершина", "тропа"}),
        land=Land(76.0, 16.0, 1.0, 1.3, "turf", "rock", "snow", steep=0.8, line=0.42, water=0.04),
    ),
    Place(
        "snowfield",
        snowfield,
        growth={"snowy": 1.0, "bare": 1.0},
        land=Land(34.0, 11.0, 0.45, 1.2, "snow", "snowshade", "snow", steep=0.8, line=0.3),
    ),
    Place("bridge", bridge, shows=frozenset({"chasm", "cliff", "пропасть"})),
    Place(
        "desert",
        desert,
        shows=frozenset({"dunes", "dune", "sand", "cactus", "cacti", "bones", "дюны", "песок", "кактус", "кости"}),
        growth={"bare": 1.0},
        taken=(0.86,),
        land=Land(30.0, 11.0, 0.6, 1.1, "sand", "path", "sand", steep=0.5),
    ),
)
