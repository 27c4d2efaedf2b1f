"""Forest, meadow, park and road: places of grass and trees."""

from __future__ import annotations

from scenes.backends.animatic.layers import Layer
from scenes.backends.animatic.places.setting import Land, Place, Setting, air, mist, sunbeams

_ASPHALT = frozenset({"highway", "motorway", "asphalt", "шоссе", "асфальт", "автострада", "трасса"})


def forest(s: Setting) -> tuple[Layer, ...]:
    """A clearing between tall trunks, with ranks of firs fading into the light behind."""
    wind = abs(s.weather.wind)
    hour = 0.42 if s.day.backlight > 0.3 or s.day.shafts > 0.5 else 0.16
    sheets = air(s, 0.34)
    sheets += [
        Layer("hills", 26, s.far(26), 1, {"rise": 0.20, "waves": 1.2, "rough": 0.45, "matter": 8, "mist": 0.6}),
        Layer(
            "hills", 11, s.far(11), 2, {"rise": 0.05, "firs": 34, "size": 3.4, "matter": 8, "mist": 0.7, "bowl": 1.3}
        ),
        *mist(s, 8.0, hour, height=0.20, seed=1),
        Layer(
            "hills",
            6,
            s.far(6),
            3,
            {"rise": 0.04, "firs": 18, "size": 4.0, "matter": 8, "mist": 0.5, "bowl": 1.2, "clear": 0.10},
        ),
        *sunbeams(s, 24.0, 0.7),
        Layer(
            "hills",
            3.6,
            s.far(3.6),
            4,
            {"rise": 0.03, "firs": 10, "trees": 3, "size": 4.4, "matter": 8, "mist": 0.4, "clear": 0.22},
            sway=0.0015 + 0.004 * wind,
        ),
        *mist(s, 3.0, hour * 0.8, height=0.16, seed=2),
        Layer("trunks", 2.1, s.far(2.1) + 0.3 * s.near, 5, {"count": 8, "thick": 0.34, "clear": 0.10, "middle": 0.52}),
        Layer(
            "thicket",
            1.75,
            0.05,
            6,
            {"size": 0.62, "dense": 0.75, "clear": 0.16, "warm": 0.2},
            sway=0.006 + 0.02 * wind,
        ),
        Layer(
            "ground", 1.0, 0.0, 7, {"matter": 1, "grass": 1.0, "stones": 5, "flowers": 5, "path": 0.6, "dapples": 1.0}
        ),
        Layer(
            "trunks",
            0.62,
            s.near,
            8,
            {"count": 2.2, "thick": 0.24, "clear": 0.42, "snags": 0.25},
            blur=0.009,
            front=True,
        ),
        Layer("verge", 0.72, s.near, 9, {"size": 0.15}, sway=0.02 + 0.07 * wind, blur=0.004, front=True),
    ]
    return tuple(sheets)


def meadow(s: Setting) -> tuple[Layer, ...]:
    """Rolling fields with clumps of trees, a far range, and flowers at the feet."""
    wind = abs(s.weather.wind)
    return (
        *air(s, 0.50),
        Layer("massif", 40, s.far(26), 1, {"rise": 0.36, "peaks": 5.0, "snow": 0.45, "mist": 0.9}),
        Layer(
            "hills",
            18,
            s.far(16),
            2,
            {"rise": 0.10, "waves": 1.1, "rough": 0.2, "matter": 0, "trees": 16, "size": 2.6, "mist": 0.5},
        ),
        *mist(s, 12.0, 0.25 if s.day.backlight > 0.3 else 0.0, height=0.12),
        Layer(
            "hills", 8, s.far(8), 3, {"rise": 0.075, "waves": 0.9, "rough": 0.15, "matter": 10, "trees": 5, "size": 2.8}
        ),
        Layer(
            "hills",
            4.2,
            s.far(4.2),
            4,
            {"rise": 0.055, "waves": 0.8, "rough": 0.15, "matter": 0, "trees": 4, "size": 2.5, "clear": 0.16},
            sway=0.001 + 0.003 * wind,
        ),
        Layer("fence", 2.2, 0.06, 5, {"size": 0.55}),
        Layer("ground", 1.0, 0.0, 6, {"matter": 0, "grass": 1.0, "flowers": 70, "stones": 2, "path": 0.7}),
        Layer(
            "verge",
            0.72,
            s.near,
            7,
            {"size": 0.11, "dense": 0.6, "ears": 0.3},
            sway=0.03 + 0.09 * wind,
            blur=0.003,
            front=True,
        ),
    )


def park(s: Setting) -> tuple[Layer, ...]:
    """Lawns, big trees, lamps along a path."""
    wind = abs(s.weather.wind)
    return (
        *air(s, 0.40),
        Layer("skyline", 22, s.far(22), 1, {"low": 0.10, "high": 0.24, "wide": 0.09}),
        Layer("hills", 9, s.far(9), 2, {"rise": 0.04, "trees": 16, "size": 3.0, "matter": 0, "warm": 0.3, "mist": 0.4}),
        *sunbeams(s, 20.0, 0.5),
        Layer(
            "hills",
            4.0,
            s.far(4),
            3,
            {"rise": 0.03, "trees": 7, "size": 3.4, "matter": 0, "warm": 0.35, "clear": 0.12},
            sway=0.001 + 0.003 * wind,
        ),
        Layer("lamps", 1.7, 0.03, 4, {"count": 2.2}, finish=True),
        Layer("ground", 1.0, 0.0, 5, {"matter": 0, "grass": 0.6, "flowers": 14, "path": 1.0}),
        Layer(
            "boughs", 0.7, s.near, 6, {"side": -1.0, "reach": 0.36}, sway=-0.006 - 0.02 * wind, blur=0.006, front=True
        ),
        Layer("verge", 0.72, s.near, 7, {"size": 0.10, "dense": 0.7}, sway=0.02 + 0.06 * wind, blur=0.003, front=True),
    )


def road(s: Setting) -> tuple[Layer, ...]:
    """A country road with ruts that winds away between fields, telegraph poles, a milestone."""
    wind = abs(s.weather.wind)
    return (
        *air(s, 0.5),
        Layer("hills", 24, s.far(20), 1, {"rise": 0.13, "waves": 1.0, "matter": 0, "mist": 0.7}),
        Layer("hills", 9, s.far(9), 2, {"rise": 0.05, "waves": 0.8, "matter": 10, "trees": 6, "size": 2.6}),
        Layer("poles", 5.0, s.far(5), 3, {"count": 2.6}),
        Layer(
            "hills",
            4.4,
            s.far(4.4),
            4,
            {"rise": 0.025, "waves": 0.7, "matter": 0, "trees": 3, "size": 2.4, "clear": 0.2},
            sway=0.001 + 0.003 * wind,
        ),
        Layer("highway", 1.0, 0.0, 5, {"asphalt": 1.0 if s.words & _ASPHALT else 0.0}),
        Layer("milestone", 1.5, 0.0, 6, {"x": 0.13 if not s.layout.tall else 0.10}),
        Layer("verge", 0.72, s.near, 6, {"size": 0.15, "ears": 0.2}, sway=0.03 + 0.09 * wind, blur=0.003, front=True),
    )


PLACES = (
    Place(
        "forest",
        forest,
        shows=frozenset({"trail", "path", "pines", "pine", "dense", "trunks", "trees", "тропа", "сосны"}),
        land=Land(30.0, 13.0, 0.35, 1.2, "leafdark", "fir", "rock", steep=0.6, line=0.92, water=0.05, rough=0.9),
    ),
    Place(
        "meadow",
        meadow,
        shows=frozenset({"trail", "path", "fence", "flowers", "тропа", "забор", "цветы"}),
        land=Land(24.0, 10.0, 0.2, 1.1, "grass", "turf", "hay", steep=0.34, line=0.72, water=0.06),
    ),
    Place("park", park, shows=frozenset({"path", "lawn", "lamp", "lamps", "дорожка"})),
    Place(
        "road",
        road,
        shows=frozenset({"path", "trail", "fields", "milestone", "poles", "тропа", "дорожка", "поля", "столбы"})
        | _ASPHALT,
        taken=(0.13,),
    ),
)
