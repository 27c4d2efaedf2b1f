"""Hats and other headgear, in head units, fitted to the skull of `face`; sits over the hair."""

from __future__ import annotations

from collections.abc import Callable

from scenes.backends.animatic.figure import Colour
from scenes.backends.animatic.figures.brush import Brush
from scenes.backends.animatic.figures.coverings import COVERINGS, Worn
from scenes.backends.animatic.figures.look import Look, deeper, paler

_GOLD: Colour = (0.93, 0.74, 0.28)


def draw_hat(brush: Brush, look: Look, sway: float, wind: float) -> None:
    """Paint the headgear over hair and skull, or nothing for a bare head."""
    draw = _HATS.get(look.hat)
    if draw is not None:
        draw(brush, Worn(look.hat_colour, sway - wind, look.womanly))


def _brim(brush: Brush, colour: Colour, y: float, back: float, front: float, curl: float) -> None:
    shape = [(-back, y - curl), (-0.4, y - 0.035), (0.0, y - 0.05), (0.38, y - 0.045), (front, y - curl * 0.4)]
    shape += [(0.4, y + 0.045), (0.0, y + 0.075), (-0.4, y + 0.05)]
    brush.blob(shape, colour, part=True)


def _felt(brush: Brush, worn: Worn) -> None:
    crown = [
        (-0.44, -0.24),
        (-0.42, -0.56),
        (-0.24, -0.84),
        (0.02, -0.94 + 0.02 * worn.drift),
        (0.14, -0.82),
        (0.3, -0.6),
        (0.42, -0.26),
        (0.0, -0.2),
    ]
    brush.blob(crown, worn.colour, part=True)
    brush.stroke([(-0.16, -0.76), (-0.02, -0.68), (0.12, -0.78)], 0.022, deeper(worn.colour, 0.35))
    brush.limb(
        [(-0.43, -0.31), (0.0, -0.275), (0.41, -0.33)], (0.05, 0.05, 0.05), deeper(worn.colour, 0.45), part=False
    )
    _brim(brush, worn.colour, -0.235, 0.66, 0.62, 0.075)
    brush.blob(
        [(-0.3, -0.34), (-0.44, -0.62), (-0.62, -0.82 + 0.04 * worn.drift), (-0.56, -0.62), (-0.4, -0.32)],
        (0.86, 0.3, 0.22),
        part=True,
    )


def _fedora(brush: Brush, worn: Worn) -> None:
    crown = [
        (-0.43, -0.25),
        (-0.42, -0.54),
        (-0.34, -0.76),
        (-0.12, -0.8),
        (0.04, -0.73),
        (0.2, -0.79),
        (0.35, -0.68),
        (0.41, -0.27),
    ]
    brush.blob(crown, worn.colour, part=True)
    brush.stroke([(-0.1, -0.79), (0.03, -0.66), (0.18, -0.78)], 0.022, deeper(worn.colour, 0.4))
    brush.limb(
        [(-0.425, -0.36), (0.0, -0.32), (0.41, -0.37)], (0.062, 0.062, 0.062), deeper(worn.colour, 0.6), part=False
    )
    _brim(brush, worn.colour, -0.245, 0.7, 0.72, 0.02)


def _wizard(brush: Brush, worn: Worn) -> None:
    cone = [
        (-0.44, -0.24),
        (-0.34, -0.6),
        (-0.2, -1.0),
        (-0.34 + 0.05 * worn.drift, -1.36),
        (-0.62 + 0.12 * worn.drift, -1.48),
    ]
    cone += [(-0.3 + 0.05 * worn.drift, -1.52), (-0.02, -1.3), (0.18, -0.8), (0.43, -0.27), (0.0, -0.18)]
    brush.blob(cone, worn.colour, part=True)
    brush.stroke([(-0.22, -1.0), (-0.06, -0.97), (0.1, -1.02)], 0.024, deeper(worn.colour, 0.4))
    brush.limb([(-0.43, -0.34), (0.0, -0.29), (0.41, -0.35)], (0.05, 0.05, 0.05), _GOLD, part=False)
    _brim(brush, worn.colour, -0.24, 0.84, 0.8, 0.04)
    if not brush.flat:
        for x, y, size in ((-0.12, -0.6, 0.055), (0.14, -0.54, 0.04), (-0.06, -0.86, 0.04)):
            brush.poly([(x, y - size), (x + 0.3 * size, y), (x, y + size), (x - 0.3 * size, y)], _GOLD)
            brush.poly([(x - size, y), (x, y - 0.3 * size), (x + size, y), (x, y + 0.3 * size)], _GOLD)


def _crown(brush: Brush, worn: Worn) -> None:
    tall = 0.72 if worn.womanly else 0.8
    points = [
        (-0.4, -0.3),
        (-0.47, -tall + 0.02),
        (-0.28, -0.55),
        (-0.14, -tall - 0.06),
        (0.0, -0.57),
        (0.16, -tall - 0.06),
        (0.29, -0.55),
    ]
    points += [(0.45, -tall + 0.02), (0.39, -0.3)]
    brush.poly(points, worn.colour, part=True)
    brush.limb([(-0.4, -0.33), (0.0, -0.29), (0.39, -0.33)], (0.06, 0.06, 0.06), deeper(worn.colour, 0.2), part=False)
    for x, y in ((-0.47, -tall), (-0.14, -tall - 0.08), (0.16, -tall - 0.08), (0.45, -tall)):
        brush.oval(x, y, 0.045, 0.045, worn.colour)
    for x, gem in ((-0.22, (0.75, 0.12, 0.2)), (0.02, (0.15, 0.35, 0.7)), (0.25, (0.75, 0.12, 0.2))):
        brush.oval(x, -0.3, 0.035, 0.035, gem)


def _cap(brush: Brush, worn: Worn) -> None:
    brush.blob(
        [
            (-0.45, -0.2),
            (-0.47, -0.42),
            (-0.3, -0.62),
            (0.0, -0.68),
            (0.28, -0.58),
            (0.42, -0.36),
            (0.42, -0.26),
            (0.0, -0.24),
        ],
        worn.colour,
        part=True,
    )
    brush.blob(
        [(0.1, -0.29), (0.42, -0.36), (0.7, -0.26), (0.74, -0.2), (0.42, -0.2), (0.12, -0.2)],
        deeper(worn.colour, 0.25),
        part=True,
    )
    brush.oval(0.0, -0.67, 0.05, 0.035, deeper(worn.colour, 0.3))


def _top_hat(brush: Brush, worn: Worn) -> None:
    brush.blob(
        [(-0.4, -0.25), (-0.385, -0.6), (-0.44, -1.06), (0.0, -1.1), (0.44, -1.07), (0.385, -0.6), (0.4, -0.25)],
        worn.colour,
        part=True,
    )
    brush.limb([(-0.39, -0.37), (0.0, -0.33), (0.39, -0.37)], (0.07, 0.07, 0.07), (0.5, 0.12, 0.16), part=False)
    _brim(brush, worn.colour, -0.25, 0.64, 0.64, 0.05)


def _beanie(brush: Brush, worn: Worn) -> None:
    brush.blob(
        [(-0.46, -0.22), (-0.46, -0.5), (-0.26, -0.7), (0.02, -0.76), (0.28, -0.64), (0.43, -0.4), (0.42, -0.24)],
        worn.colour,
        part=True,
    )
    brush.limb([(-0.43, -0.23), (0.0, -0.24), (0.4, -0.28)], (0.085, 0.085, 0.085), deeper(worn.colour, 0.28))
    brush.oval(0.0, -0.8, 0.11, 0.1, paler(worn.colour, 0.5))


def _straw(brush: Brush, worn: Worn) -> None:
    brush.blob(
        [(-0.4, -0.24), (-0.38, -0.54), (-0.2, -0.68), (0.2, -0.68), (0.37, -0.54), (0.4, -0.26)],
        worn.colour,
        part=True,
    )
    brush.limb([(-0.4, -0.34), (0.0, -0.31), (0.39, -0.35)], (0.05, 0.05, 0.05), (0.62, 0.2, 0.16), part=False)
    _brim(brush, worn.colour, -0.235, 0.86, 0.84, -0.03)


def _hard_hat(brush: Brush, worn: Worn) -> None:
    brush.blob(
        [(-0.44, -0.24), (-0.42, -0.52), (-0.2, -0.7), (0.1, -0.71), (0.34, -0.56), (0.42, -0.28)],
        worn.colour,
        part=True,
    )
    brush.limb([(-0.2, -0.66), (0.02, -0.73), (0.24, -0.64)], (0.045, 0.05, 0.045), paler(worn.colour, 0.3), part=False)
    brush.blob(
        [(-0.5, -0.25), (0.0, -0.29), (0.42, -0.31), (0.62, -0.22), (0.4, -0.2), (0.0, -0.2), (-0.48, -0.18)],
        deeper(worn.colour, 0.15),
        part=True,
    )


def _peaked(brush: Brush, worn: Worn) -> None:
    brush.blob(
        [(-0.44, -0.3), (-0.54, -0.56), (-0.3, -0.68), (0.1, -0.74), (0.5, -0.66), (0.44, -0.34), (0.0, -0.3)],
        worn.colour,
        part=True,
    )
    brush.limb([(-0.43, -0.29), (0.0, -0.28), (0.42, -0.32)], (0.06, 0.06, 0.06), deeper(worn.colour, 0.45), part=False)
    brush.blob(
        [(0.12, -0.26), (0.43, -0.31), (0.64, -0.18), (0.42, -0.16), (0.14, -0.2)], (0.12, 0.11, 0.13), part=True
    )
    brush.oval(0.28, -0.5, 0.05, 0.055, _GOLD)


def _beret(brush: Brush, worn: Worn) -> None:
    brush.blob(
        [
            (0.4, -0.3),
            (0.34, -0.5),
            (0.06, -0.64),
            (-0.34, -0.66),
            (-0.64, -0.5),
            (-0.62, -0.36),
            (-0.4, -0.28),
            (0.0, -0.3),
        ],
        worn.colour,
        part=True,
    )
    brush.bar([(-0.16, -0.65), (-0.18, -0.73)], 0.04, worn.colour)


def _witch(brush: Brush, worn: Worn) -> None:
    bent = 0.10 * worn.drift
    cone = [
        (-0.42, -0.24), (-0.33, -0.62), (-0.16, -0.96), (-0.2 + 0.4 * bent, -1.2), (-0.52 + bent, -1.3),
        (-0.72 + bent, -1.14), (-0.56 + bent, -1.4), (-0.12, -1.44), (0.12, -1.04), (0.3, -0.6), (0.42, -0.26),
        (0.0, -0.19),
    ]  # fmt: skip
    brush.blob(cone, worn.colour, part=True)
    brush.stroke([(-0.24, -0.84), (-0.06, -0.8), (0.14, -0.86)], 0.022, deeper(worn.colour, 0.5))
    brush.stroke([(-0.2, -1.1), (-0.06, -1.06), (0.08, -1.12)], 0.022, deeper(worn.colour, 0.5))
    brush.limb([(-0.42, -0.36), (0.0, -0.31), (0.41, -0.37)], (0.065, 0.065, 0.065), (0.50, 0.34, 0.60), part=False)
    brush.poly([(0.06, -0.41), (0.22, -0.42), (0.22, -0.26), (0.06, -0.25)], _GOLD)
    brush.poly([(0.1, -0.37), (0.18, -0.38), (0.18, -0.3), (0.1, -0.29)], (0.50, 0.34, 0.60))
    _brim(brush, worn.colour, -0.235, 0.98, 0.92, 0.0)


def _tricorne(brush: Brush, worn: Worn) -> None:
    crown = [(-0.43, -0.24), (-0.4, -0.5), (-0.2, -0.68), (0.12, -0.7), (0.36, -0.52), (0.42, -0.26)]
    brush.blob(crown, worn.colour, part=True)
    turned_up = [(-0.78, -0.5), (-0.62, -0.56), (-0.2, -0.36), (0.1, -0.46), (0.34, -0.58), (0.58, -0.5), (0.86, -0.3)]
    turned_up += [(0.5, -0.2), (0.1, -0.16), (-0.36, -0.18), (-0.64, -0.28)]
    brush.blob(turned_up, deeper(worn.colour, 0.15), part=True)
    brush.stroke([*turned_up[:6], (0.84, -0.31)], 0.035, _GOLD)
    bone = (0.93, 0.91, 0.84)
    brush.oval(0.12, -0.34, 0.07, 0.065, bone)
    brush.poly([(0.08, -0.3), (0.16, -0.3), (0.155, -0.235), (0.085, -0.235)], bone)
    if not brush.flat:
        brush.oval(0.095, -0.345, 0.02, 0.022, (0.1, 0.08, 0.1))
        brush.oval(0.15, -0.345, 0.02, 0.022, (0.1, 0.08, 0.1))


def _coronet(brush: Brush, worn: Worn) -> None:
    middle = -0.72 if worn.womanly else -0.62
    points = [(-0.36, -0.42), (-0.38, -0.56), (-0.26, -0.5), (-0.14, -0.62), (-0.02, -0.54), (0.1, middle)]
    points += [(0.2, -0.53), (0.31, -0.58), (0.38, -0.48), (0.39, -0.37)]
    brush.poly(points, worn.colour, part=True)
    band = [(-0.36, -0.43), (0.0, -0.4), (0.39, -0.37)]
    brush.limb(band, (0.035, 0.035, 0.035), deeper(worn.colour, 0.2), part=False)
    for x, y in ((-0.38, -0.57), (-0.14, -0.63), (0.1, middle), (0.31, -0.59)):
        brush.oval(x, y, 0.032, 0.032, paler(worn.colour, 0.5))
    brush.oval(0.1, -0.49, 0.042, 0.05, (0.78, 0.16, 0.36) if worn.womanly else (0.16, 0.34, 0.72))


def _nurse_cap(brush: Brush, worn: Worn) -> None:
    shape = [(-0.4, -0.36), (-0.46, -0.62), (-0.22, -0.78), (0.16, -0.8), (0.42, -0.66), (0.4, -0.4), (0.0, -0.47)]
    brush.blob(shape, worn.colour, part=True)
    brush.stroke([(-0.42, -0.46), (0.0, -0.55), (0.4, -0.5)], 0.02, deeper(worn.colour, 0.25))
    for points in ([(0.06, -0.64), (0.22, -0.64)], [(0.14, -0.72), (0.14, -0.56)]):
        brush.limb(points, (0.024, 0.024), (0.82, 0.16, 0.18), part=False)


_HATS: dict[str, Callable[[Brush, Worn], None]] = {
    "felt": _felt, "fedora": _fedora, "wizard": _wizard, "crown": _crown, "cap": _cap, "top hat": _top_hat,
    **COVERINGS, "beanie": _beanie, "straw": _straw,
    "hard hat": _hard_hat, "peaked cap": _peaked, "beret": _beret, "witch": _witch, "tricorne": _tricorne,
    "coronet": _coronet, "nurse cap": _nurse_cap,
}  # fmt: skip
