"""Lake, sea shore and open sea: places of water."""

from __future__ import annotations

from scenes.backends.animatic.layers import Layer
from scenes.backends.animatic.places.setting import Land, Place, Setting, air, mist, sunbeams


def lake(s: Setting) -> tuple[Layer, ...]:
    """A still lake between wooded hills, a near bank with reeds."""
    wind = abs(s.weather.wind)
    return (
        *air(s, 0.42),
        Layer("massif", 44, s.far(18), 1, {"rise": 0.46, "peaks": 3.8, "snow": 0.55, "mist": 0.8}),
        Layer(
            "hills", 20, s.far(17), 2, {"rise": 0.13, "waves": 1.1, "firs": 34, "size": 3.4, "matter": 8, "mist": 0.4}
        ),
        *mist(s, 14.0, 0.30, height=0.10, seed=1),
        Layer(
            "hills",
            9,
            s.far(9),
            3,
            {"rise": 0.06, "waves": 0.9, "firs": 16, "trees": 6, "size": 3.2, "matter": 1, "bowl": 1.3, "clear": 0.16},
        ),
        *sunbeams(s, 26.0, 0.4),
        Layer(
            "water",
            5.5,
            0.1,
            4,
            {"clear": 0.72 - 0.3 * s.weather.rain, "calm": 1.0 - 0.5 * wind, "glitter": 0.9},
            blend="water",
            finish=False,
        ),
        Layer("jetty", 2.6, 0.08, 5, {"x": 0.76}, bob=0.0022),
        Layer("reeds", 1.5, 0.02, 6, {"clear": 0.20}, sway=0.012 + 0.05 * wind),
        Layer("ground", 1.0, 0.0, 7, {"matter": 1, "grass": 1.0, "flowers": 16, "stones": 9, "rise": 0.10}),
        Layer(
            "boughs", 0.7, s.near, 8, {"side": -1.0, "reach": 0.50}, sway=-0.006 - 0.02 * wind, blur=0.005, front=True
        ),
        Layer(
            "verge",
            0.72,
            s.near,
            9,
            {"size": 0.10, "ears": 0.2, "dense": 0.6},
            sway=0.03 + 0.08 * wind,
            blur=0.003,
            front=True,
        ),
    )


def sea_shore(s: Setting) -> tuple[Layer, ...]:
    """A beach with surf, a headland with a lighthouse."""
    wind = abs(s.weather.wind)
    swell = 0.004 + 0.006 * wind
    return (
        *air(s, 0.55),
        Layer("sea", 30, 0.2, 1, {"rough": 0.3 + wind}, drift=0.0012),
        Layer("sails", 22, 0.25, 2, {"count": 0 if s.weather.lightning else 2}, bob=0.0012),
        Layer("headland", 14, s.far(9), 3, {"side": s.side * -1.0}),
        *mist(s, 12.0, 0.18, height=0.10, seed=1),
        Layer("surf", 5.0, 0.05, 4, {"y": 0.30, "thick": 0.006}, bob=swell * 0.5, finish=False),
        Layer("surf", 3.0, 0.02, 5, {"y": 0.50, "thick": 0.010}, bob=swell * 0.8, finish=False),
        Layer("ground", 1.35, 0.0, 6, {"matter": 9, "grass": 0.0, "rise": 0.10}, finish=False),
        Layer("surf", 1.6, 0.0, 7, {"y": 0.72, "thick": 0.014}, bob=swell * 1.4, finish=False),
        Layer("ground", 1.0, 0.0, 8, {"matter": 3, "grass": 0.0, "stones": 10, "rise": 0.10}),
        Layer(
            "verge",
            0.72,
            s.near,
            9,
            {"size": 0.12, "dense": 0.16, "ears": 0.5, "matter": 10},
            sway=0.05 + 0.10 * wind,
            blur=0.003,
            front=True,
        ),
    )


def open_sea(s: Setting) -> tuple[Layer, ...]:
    """Nothing but sea and sky, seen from the deck of a sailing ship: mast and shrouds, bulwark, casks."""
    wind = abs(s.weather.wind)
    return (
        *air(s, 0.6),
        Layer("sea", 30, 0.2, 1, {"rough": 0.6 + wind}, drift=0.0016, bob=0.003),
        Layer("sails", 18, 0.2, 2, {"count": 1}, bob=0.003),
        Layer("surf", 4.0, 0.05, 3, {"y": 0.45, "thick": 0.006}, bob=0.006, finish=False),
        Layer("sea", 6.0, 0.05, 4, {"rough": 1.0, "swell": 1.0}, drift=0.004, bob=0.005),
        Layer("rigging", 1.5, 0.0, 5, {"x": 0.17 if not s.layout.tall else 0.12}, sway=-0.0008),
        Layer("bulwark", 1.32, 0.0, 6),
        Layer("planking", 1.0, 0.0, 7),
        Layer("tackle", 1.12, 0.0, 8, {"x": 0.90}),
        Layer("stays", 0.66, 0.0, 9, sway=-0.003, blur=0.004, front=True),
    )


PLACES = (
    Place(
        "lake",
        lake,
        shows=frozenset({"reeds", "boat", "камыши", "лодка"}),
        land=Land(48.0, 13.0, 0.8, 1.3, "turf", "fir", "snow", steep=0.6, line=0.8, water=0.38),
    ),
    Place("sea shore", sea_shore, growth={"bare": 1.0}),
    Place(
        "open sea",
        open_sea,
        shows=frozenset({"deck", "ship", "mast", "waves", "палуба", "корабль", "мачта", "волны"}),
        growth={"bare": 1.0},
        taken=(0.90,),
    ),
)
