"""Neck, shoulders and what is worn on them, for the close-up, in head units below a head at the origin."""

from __future__ import annotations

from scenes.backends.animatic.figure import Colour
from scenes.backends.animatic.figures.brush import Brush, Point, smooth
from scenes.backends.animatic.figures.look import Look, deeper, luma, mix, paler


def draw_shoulders(brush: Brush, look: Look, lift: float, drift: float, low: float) -> None:
    """Paint neck, chest and clothes down to `low`; `lift` raises the shoulders (breath, fear), in heads."""
    g = (0.86 if look.womanly else 1.0) * (0.5 + 0.5 * look.girth) * (0.76 if look.age == "child" else 1.0)
    with brush.at(0.0, -0.07 - lift):
        if look.cape is not None:
            _cape_back(brush, look.cape, g, low)
        _neck(brush, look)
        outline = smooth(_outline(g, low + 0.2))
        brush.fill(outline, look.top, part=True)
        if not brush.flat:
            with brush.within(outline):
                _folds(brush, look, g, low)
                _wear(brush, look, g, low)
        _open_neck(brush, look)
        if look.garment == "armour":
            _pauldrons(brush, look, g)
        if look.cape is not None:
            _cape_front(brush, look.cape, g)
        if look.scarf is not None:
            _scarf(brush, look.scarf, drift)


def _outline(g: float, low: float) -> list[Point]:
    back = [(-1.02 * g, low), (-0.99 * g, 1.16), (-0.86 * g, 0.93), (-0.5 * g, 0.77), (-0.3, 0.66)]
    front = [(-0.06, 0.72), (0.16, 0.69), (0.42 * g, 0.79), (0.72 * g, 0.92), (0.86 * g, 1.14), (0.9 * g, low)]
    return back + front


def _neck(brush: Brush, look: Look) -> None:
    slim = 0.8 if look.womanly else 0.74 if look.age == "child" else 1.0
    skin = look.skin if brush.flat else deeper(look.skin, 0.3)
    brush.limb([(-0.06, 0.2), (-0.07, 0.82)], (0.175 * slim, 0.2 * slim), skin, part=False)


def _open_neck(brush: Brush, look: Look) -> None:
    """Skin that a dress or a shirt leaves bare below the neck."""
    if brush.flat or look.garment not in ("dress", "shirt", "apron", "overalls"):
        return
    deep = 0.98 if look.garment in ("dress", "apron") else 0.86
    vee = smooth([(-0.27, 0.665), (0.13, 0.68), (0.06, 0.8), (0.0, deep), (-0.1, 0.84)], tension=9)
    brush.fill(vee, deeper(look.skin, 0.13))
    brush.stroke([(-0.14, 0.8), (-0.06, 0.83), (-0.02, 0.8)], 0.014, deeper(look.skin, 0.4), 0.7)
    if look.garment == "shirt":
        collar = paler(look.top, 0.28)
        brush.poly([(-0.29, 0.62), (-0.06, 0.84), (-0.2, 0.95), (-0.38, 0.72)], collar, part=True)
        brush.poly([(0.14, 0.63), (0.06, 0.84), (0.2, 0.93), (0.28, 0.72)], collar, part=True)
    else:
        trim = paler(look.top, 0.5) if luma(look.top) < 0.6 else deeper(look.top, 0.35)
        brush.stroke([(-0.31, 0.64), (-0.1, 0.86), (0.0, 1.0), (0.08, 0.82), (0.17, 0.67)], 0.045, trim)


def _folds(brush: Brush, look: Look, g: float, low: float) -> None:
    dark = deeper(look.top, 0.5)
    brush.blob(
        [(-1.1 * g, 0.9), (-0.62 * g, 0.84), (-0.56 * g, 1.1), (-0.66 * g, low + 0.2), (-1.15 * g, low + 0.2)],
        dark,
        0.4,
    )
    brush.stroke([(-0.66 * g, 0.98), (-0.6 * g, 1.14), (-0.62 * g, low + 0.1)], 0.022, dark, 0.8)
    brush.stroke([(0.6 * g, 1.0), (0.56 * g, 1.16), (0.58 * g, low + 0.1)], 0.02, dark, 0.7)


def _wear(brush: Brush, look: Look, g: float, low: float) -> None:
    top, dark = look.top, deeper(look.top, 0.5)
    garment = look.garment
    if garment == "suit":
        _suit(brush, look, low)
    elif garment == "coat":
        _coat(brush, look, low)
    elif garment == "robe":
        gold: Colour = (0.84, 0.67, 0.3)
        brush.stroke([(-0.32, 0.66), (-0.12, 0.86), (0.02, low + 0.1)], 0.09, gold)
        brush.stroke([(0.2, 0.68), (0.08, 0.86), (0.05, low + 0.1)], 0.08, gold)
    elif garment == "spacesuit":
        brush.poly([(-0.2, 1.02), (0.34, 1.02), (0.34, low + 0.1), (-0.2, low + 0.1)], (0.3, 0.34, 0.42))
        for x, lamp in ((-0.08, (0.9, 0.3, 0.25)), (0.06, (0.95, 0.8, 0.3)), (0.2, (0.35, 0.75, 0.5))):
            brush.oval(x, 1.12, 0.035, 0.035, lamp)
    elif garment == "overalls":
        brush.stroke([(-0.42 * g, 0.72), (-0.36 * g, 1.02)], 0.12, look.bottom, butt=True)
        brush.stroke([(0.36 * g, 0.74), (0.38 * g, 1.02)], 0.11, look.bottom, butt=True)
        brush.poly(
            [(-0.46 * g, 1.02), (0.46 * g, 1.02), (0.5 * g, low + 0.2), (-0.5 * g, low + 0.2)], look.bottom, part=True
        )
        for x in (-0.37, 0.37):
            brush.oval(x * g, 1.05, 0.035, 0.035, (0.92, 0.8, 0.4))
    elif garment == "armour":
        brush.stroke([(0.02, 0.8), (0.06, 1.0), (0.05, low + 0.1)], 0.03, paler(top, 0.55), 0.9)
        brush.limb([(-0.3, 0.72), (-0.06, 0.8), (0.18, 0.73)], (0.06, 0.06, 0.06), paler(top, 0.2))
    elif garment == "shirt" and look.waistcoat is not None:
        _sleeveless(brush, look.waistcoat, g, low)
    elif garment == "shirt":
        brush.stroke([(0.0, 0.86), (0.02, low + 0.1)], 0.018, dark)
        for y in (1.02, 1.18):
            brush.oval(-0.03, y, 0.022, 0.022, dark)
    if look.apron is not None:
        _apron(brush, look.apron, g, low)


def _suit(brush: Brush, look: Look, low: float) -> None:
    """Shirt, tie, a waistcoat where one is worn, and lapels."""
    brush.poly([(-0.26, 0.62), (0.16, 0.64), (0.04, low + 0.1)], (0.93, 0.92, 0.9))
    tie = mix(look.bottom, (0.6, 0.1, 0.14), 0.7)
    brush.poly([(-0.05, 0.82), (0.05, 0.82), (0.03, 0.92), (0.08, low + 0.1), (-0.06, low + 0.1), (-0.03, 0.92)], tie)
    if look.waistcoat is not None:
        _waistcoat(brush, look.waistcoat, low)
    brush.poly([(-0.25, 0.62), (-0.02, 0.82), (-0.14, 0.92)], (0.98, 0.97, 0.95))
    brush.poly([(0.14, 0.64), (0.03, 0.82), (0.14, 0.92)], (0.98, 0.97, 0.95))
    lapel = paler(look.top, 0.1)
    brush.poly(
        [(-0.36, 0.7), (-0.25, 0.64), (0.0, low + 0.1), (-0.16, low + 0.1), (-0.38, 1.02), (-0.28, 0.96)],
        lapel,
        part=True,
    )
    brush.poly(
        [(0.26, 0.72), (0.16, 0.66), (0.06, low + 0.1), (0.18, low + 0.1), (0.34, 1.0), (0.26, 0.95)],
        lapel,
        part=True,
    )


def _coat(brush: Brush, look: Look, low: float) -> None:
    """A buttoned coat with broad lapels, or a frock coat where a waistcoat is worn under it."""
    lapel, dark = paler(look.top, 0.12), deeper(look.top, 0.5)
    if look.waistcoat is not None:
        _frock_coat(brush, look.waistcoat, lapel, low)
        return
    brush.poly([(-0.26, 0.62), (0.16, 0.64), (0.02, 0.98)], mix(look.bottom, (0.9, 0.88, 0.8), 0.55))
    brush.poly([(-0.33, 0.6), (-0.2, 0.66), (0.02, 1.0), (-0.12, 1.14), (-0.48, 0.9)], lapel, part=True)
    brush.poly([(0.2, 0.62), (0.12, 0.68), (0.02, 1.0), (0.14, 1.12), (0.38, 0.9)], lapel, part=True)
    brush.stroke([(0.02, 1.0), (0.035, low + 0.1)], 0.02, dark)
    for y in (1.08, 1.22):
        brush.oval(-0.05, y, 0.028, 0.028, dark)


def _apron(brush: Brush, colour: Colour, g: float, low: float) -> None:
    brush.stroke([(-0.4 * g, 0.72), (-0.3 * g, 1.04)], 0.11, colour, butt=True)
    brush.stroke([(0.34 * g, 0.74), (0.32 * g, 1.04)], 0.1, colour, butt=True)
    brush.poly([(-0.38 * g, 1.06), (0.4 * g, 1.06), (0.44 * g, low + 0.2), (-0.42 * g, low + 0.2)], colour, part=True)


def _waistcoat(brush: Brush, colour: Colour, low: float) -> None:
    """A waistcoat in the opening of a jacket: two edges that meet below the tie, and buttons."""
    dark = deeper(colour, 0.4)
    brush.poly([(-0.3, 0.74), (-0.2, 0.78), (0.0, 1.02), (0.02, low + 0.1), (-0.34, low + 0.1)], colour, part=True)
    brush.poly([(0.22, 0.76), (0.14, 0.79), (0.03, 1.02), (0.02, low + 0.1), (0.3, low + 0.1)], colour, part=True)
    for y in (1.08, 1.2):
        brush.oval(0.015, y, 0.022, 0.022, dark)


def _frock_coat(brush: Brush, waistcoat: Colour, lapel: Colour, low: float) -> None:
    """A coat worn open over shirt, cravat and waistcoat, its long lapels rolled to the waist."""
    brush.poly([(-0.26, 0.62), (0.16, 0.64), (0.02, 1.1)], (0.95, 0.94, 0.91))
    brush.blob([(-0.13, 0.76), (0.0, 0.8), (0.11, 0.75), (0.07, 0.9), (0.01, 0.99), (-0.07, 0.9)], (0.2, 0.19, 0.23))
    _waistcoat(brush, waistcoat, low)
    left = [(-0.33, 0.6), (-0.22, 0.68), (-0.16, 0.98), (-0.17, low + 0.1), (-0.4, low + 0.1), (-0.5, 0.92)]
    right = [(0.2, 0.62), (0.15, 0.7), (0.13, 0.98), (0.16, low + 0.1), (0.34, low + 0.1), (0.4, 0.92)]
    brush.poly(left, lapel, part=True)
    brush.poly(right, lapel, part=True)


def _sleeveless(brush: Brush, colour: Colour, g: float, low: float) -> None:
    """A waistcoat over a shirt: the shirt's sleeves and collar stay to be seen."""
    brush.poly(
        [(-0.5 * g, 0.74), (-0.34, 0.68), (0.0, 1.1), (0.02, low + 0.2), (-0.72 * g, low + 0.2), (-0.66 * g, 1.0)],
        colour,
        part=True,
    )
    brush.poly(
        [(0.42 * g, 0.76), (0.28, 0.7), (0.02, 1.1), (0.02, low + 0.2), (0.64 * g, low + 0.2), (0.6 * g, 1.0)],
        colour,
        part=True,
    )
    brush.oval(0.02, 1.19, 0.024, 0.024, deeper(colour, 0.45))


def _pauldrons(brush: Brush, look: Look, g: float) -> None:
    for side, shape in ((-1, (-1.08, -0.98, -0.66, -0.5)), (1, (0.92, 0.84, 0.58, 0.46))):
        outer, upper, inner, low_in = (x * g for x in shape)
        brush.blob(
            [(outer, 1.22), (upper, 0.92), (inner, 0.8), (low_in, 1.0), (0.5 * (outer + low_in), 1.2)],
            paler(look.top, 0.15),
            part=True,
        )
        brush.stroke(
            [(outer * 0.94, 1.12), (upper * 0.93, 0.97), (inner, 0.88)], 0.03, paler(look.top, 0.6), 0.5 + 0.2 * side
        )


def _cape_back(brush: Brush, colour: Colour, g: float, low: float) -> None:
    back = colour if brush.flat else deeper(colour, 0.3)
    brush.blob(
        [
            (-1.14 * g, low + 0.2),
            (-1.06 * g, 1.0),
            (-0.6 * g, 0.7),
            (-0.2, 0.56),
            (0.2, 0.6),
            (0.8 * g, 0.9),
            (0.96 * g, low + 0.2),
        ],
        back,
    )


def _cape_front(brush: Brush, colour: Colour, g: float) -> None:
    shape = [
        (-0.42, 0.62),
        (-0.1, 0.8),
        (0.22, 0.66),
        (0.6 * g, 0.84),
        (0.88 * g, 1.08),
        (0.5 * g, 1.02),
        (0.1, 0.98),
        (-0.4 * g, 1.04),
        (-1.02 * g, 1.16),
        (-0.9 * g, 0.9),
    ]
    brush.blob(shape, colour, part=True)
    if not brush.flat:
        brush.oval(0.06, 0.86, 0.07, 0.07, (0.92, 0.75, 0.32))
        brush.oval(0.06, 0.86, 0.035, 0.035, (0.75, 0.16, 0.2))


def _scarf(brush: Brush, colour: Colour, drift: float) -> None:
    dark = colour if brush.flat else deeper(colour, 0.3)
    blown = max(-1.0, min(1.0, drift))
    end = [
        (-0.3, 0.72),
        (-0.46, 0.96),
        (-0.56 + 0.5 * blown, 1.3 - 0.3 * abs(blown)),
        (-0.36 + 0.5 * blown, 1.36 - 0.25 * abs(blown)),
        (-0.22, 1.0),
    ]
    brush.blob(end, dark, part=True)
    brush.blob(
        [
            (-0.42, 0.52),
            (-0.2, 0.6),
            (0.02, 0.63),
            (0.24, 0.55),
            (0.31, 0.66),
            (0.2, 0.8),
            (-0.05, 0.86),
            (-0.32, 0.8),
            (-0.45, 0.66),
        ],
        colour,
        part=True,
    )
    for shift in (0.0, 0.09):
        brush.stroke(
            [(-0.38, 0.6 + shift), (-0.06, 0.72 + shift), (0.24, 0.62 + shift)], 0.016, deeper(colour, 0.4), 0.7
        )
    end2 = [
        (0.08, 0.78),
        (0.2, 0.76),
        (0.3 + 0.2 * blown, 1.12),
        (0.28 + 0.2 * blown, 1.3),
        (0.1 + 0.2 * blown, 1.3),
        (0.08, 1.05),
    ]
    brush.blob(end2, colour, part=True)
