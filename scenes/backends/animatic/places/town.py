"""Village, city street, alley, rooftop and castle: places that people have built."""

from __future__ import annotations

from scenes.backends.animatic.layers import Layer
from scenes.backends.animatic.places.setting import Place, Setting, air, mist, sunbeams


def village(s: Setting) -> tuple[Layer, ...]:
    """Cottages along a lane, a church on the rise behind, fields beyond."""
    wind = abs(s.weather.wind)
    return (
        *air(s, 0.48),
        Layer("hills", 26, s.far(22), 1, {"rise": 0.17, "waves": 1.0, "rough": 0.25, "matter": 8, "mist": 0.6}),
        Layer("church", 11, s.far(8), 2, {"x": 0.52, "size": 8.0}),
        Layer(
            "hills", 10, s.far(9), 3, {"rise": 0.07, "waves": 0.8, "rough": 0.15, "matter": 0, "trees": 14, "size": 2.8}
        ),
        Layer("cottages", 5.0, s.far(5), 4, {"size": 2.5, "gap": 0.7}),
        *mist(s, 4.4, 0.16 if s.day.backlight > 0.3 else 0.0, height=0.12, seed=1),
        *sunbeams(s, 24.0, 0.3),
        Layer("cottages", 2.5, 0.10, 5, {"size": 2.3, "clear": 0.13, "gap": 1.2}),
        Layer("fence", 1.75, 0.04, 6, {"size": 0.42}),
        Layer("ground", 1.0, 0.0, 7, {"matter": 0, "grass": 0.8, "flowers": 30, "stones": 5, "path": 1.0}),
        Layer(
            "boughs", 0.7, s.near, 8, {"side": -1.0, "reach": 0.42}, sway=-0.006 - 0.02 * wind, blur=0.006, front=True
        ),
        Layer(
            "verge",
            0.72,
            s.near,
            9,
            {"size": 0.09, "dense": 0.5, "ears": 0.1},
            sway=0.03 + 0.08 * wind,
            blur=0.003,
            front=True,
        ),
    )


def city_street(s: Setting) -> tuple[Layer, ...]:
    """Shop fronts along a pavement with lamps; the city's towers behind."""
    wet = s.weather.rain
    sheets = [
        *air(s, 0.40),
        Layer("skyline", 26, s.far(22), 1, {"low": 0.24, "high": 0.52, "wide": 0.085, "mist": 0.7}),
        Layer("skyline", 12, s.far(11), 2, {"low": 0.28, "high": 0.66, "wide": 0.13, "mist": 0.5, "neon": 0.3}),
        *mist(s, 8.0, 0.22 if s.day.backlight > 0.3 else 0.0, height=0.28, seed=1),
        Layer("fronts", 2.7, 0.12, 3, {"wide": 3.0}),
        Layer("lamps", 1.55, 0.03, 4, {"count": 2.4, "size": 2.15}),
        Layer("pavement", 1.0, 0.0, 5),
    ]
    if wet:
        sheets.append(
            Layer(
                "puddles",
                2.5,
                0.0,
                6,
                {"mirror": 0.35 + 0.25 * wet, "calm": 0.6, "glitter": 0.3},
                blend="water",
                finish=False,
            )
        )
    return (
        *sheets,
        Layer("street furniture", 1.18, 0.0, 8),
        Layer("wires", 0.7, 0.0, 7, sway=-0.004, blur=0.003, front=True),
    )


def alley(s: Setting) -> tuple[Layer, ...]:
    """Walls close on both sides with fire escapes, washing between them, a lamp, a lit street at the far end."""
    half, wet = min(1.95, 0.47 * s.layout.width / s.layout.person), s.weather.rain
    mirror = {"mirror": 0.30 + 0.25 * wet, "calm": 0.6, "glitter": 0.3}
    puddles = [Layer("puddles", 3.6, 0.0, 10, mirror, blend="water", finish=False)] if wet else []
    return (
        *air(s, 0.40),
        Layer("fronts", 11, 0.34, 1, {"wide": 2.4}),
        *mist(s, 8.0, 0.30, height=0.20, seed=1),
        Layer("cobbles", 1.0, 0.0, 2, {"half": half}),
        Layer("side walls", 4.6, 0.20, 3, {"half": half, "back": 9.0}),
        Layer("washing", 4.0, 0.14, 4, {"half": half}, sway=-0.010 - 0.02 * abs(s.weather.wind)),
        Layer("side walls", 2.3, 0.08, 5, {"half": half, "back": 4.7, "lamp": 1.0}),
        Layer("steam", 2.0, 0.0, 6, {"x": 0.43, "y": 0.0, "size": 2.2}, sway=0.06, finish=False),
        Layer("side walls", 1.25, 0.0, 7, {"half": half, "back": 2.36, "lamp": -1.0}),
        Layer("side walls", 0.72, 0.0, 8, {"half": half, "back": 1.27}),
        *puddles,
        Layer("wires", 0.7, 0.0, 9, sway=-0.004, blur=0.003, front=True),
    )


def rooftop(s: Setting) -> tuple[Layer, ...]:
    """A flat roof above the city's skyline: towers with lit windows close behind its parapet."""
    sun = {}
    if s.day.moon and s.day.sun_size:
        sun = {"sun_x": 0.64, "sun_height": 0.62, "great": max(1.0, 0.10 / s.day.sun_size)}
    return (
        *air(s, 0.46, sun=sun),
        Layer("skyline", 40, s.far(28), 1, {"low": 0.14, "high": 0.36, "wide": 0.06, "mist": 0.9}),
        Layer("skyline", 20, s.far(14), 2, {"low": 0.16, "high": 0.56, "wide": 0.10, "mist": 0.8, "neon": 0.15}),
        *mist(s, 14.0, 0.30 if s.day.backlight > 0.3 else 0.06, height=0.22, seed=1),
        *sunbeams(s, 30.0, 0.35),
        Layer("skyline", 8, s.far(6), 3, {"low": 0.06, "high": 0.66, "wide": 0.17, "mist": 0.5, "neon": 0.5}),
        Layer("parapet", 1.0, 0.0, 4),
        Layer("wires", 0.62, 0.0, 5, sway=-0.004, blur=0.004, front=True),
    )


def castle(s: Setting) -> tuple[Layer, ...]:
    """A castle on its rock above a wooded valley."""
    wind, tall = abs(s.weather.wind), s.layout.tall
    at = 0.60 if not tall else 0.53
    # the highest pennant is 1.23 sizes above the castle's foot, its walls are 1.6 sizes wide: both stay in the frame
    foot = s.layout.ground_at(7)
    size = min(0.93 * foot / 1.23, 0.60 * s.layout.width) / s.layout.unit
    sun = {}
    if s.day.moon and s.day.sun_size:
        # a great moon behind the keep
        high = (s.layout.horizon - foot + 0.84 * size * s.layout.unit) / min(s.layout.horizon, 0.72 * s.layout.height)
        sun = {"sun_x": at - 0.06, "sun_height": high, "great": max(1.0, 0.115 / s.day.sun_size)}
    return (
        *air(s, 0.40, sun=sun),
        Layer("massif", 44, s.far(34), 1, {"rise": 0.30, "peaks": 4.4, "snow": 0.4, "mist": 0.9}),
        *mist(s, 30.0, 0.35, height=0.12, seed=1),
        Layer("castle", 7, s.far(6), 2, {"x": at, "size": size}),
        *mist(s, 6.5, 0.26, height=0.10, seed=2),
        Layer(
            "hills",
            4.2,
            s.far(4.2),
            3,
            {"rise": 0.05, "firs": 14, "size": 1.7, "matter": 8, "bowl": 1.6, "mist": 0.2, "clear": 0.30},
            sway=0.001 + 0.002 * wind,
        ),
        Layer(
            "hills",
            2.2,
            s.far(2.2),
            4,
            {"rise": 0.05, "waves": 0.8, "matter": 1, "trees": 3, "size": 2.3, "clear": 0.36, "bowl": 1.4},
            sway=0.001 + 0.002 * wind,
        ),
        Layer("ground", 1.0, 0.0, 5, {"matter": 1, "grass": 1.0, "stones": 10, "flowers": 8, "path": 1.0}),
        Layer(
            "boughs", 0.7, s.near, 6, {"side": -1.0, "reach": 0.46}, sway=-0.006 - 0.02 * wind, blur=0.005, front=True
        ),
        Layer("verge", 0.72, s.near, 7, {"size": 0.13, "dense": 0.8}, sway=0.03 + 0.08 * wind, blur=0.003, front=True),
    )


PLACES = (
    Place("village", village),
    Place("city street", city_street, growth={"bare": 1.0}),
    Place("alley", alley, growth={"bare": 1.0}),
    Place("rooftop", rooftop),
    Place("castle", castle),
)
