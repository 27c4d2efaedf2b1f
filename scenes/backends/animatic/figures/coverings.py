"""Headgear that frames the face: hood, headscarf, kerchief, bonnet, helmet, an astronaut's globe. In head units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scenes.backends.animatic.figure import Colour
from scenes.backends.animatic.figures.brush import Brush
from scenes.backends.animatic.figures.look import deeper, paler


@dataclass(frozen=True, slots=True)
class Worn:
    """A hat on a head: its colour, how far loose ends are carried forward (-1..1), and whether a woman wears it."""

    colour: Colour
    drift: float
    womanly: bool


def _kerchief(brush: Brush, worn: Worn) -> None:
    knot = [
        (-0.38, -0.06),
        (-0.62 + 0.04 * worn.drift, 0.06),
        (-0.7 + 0.06 * worn.drift, 0.24),
        (-0.5, 0.12),
        (-0.4, 0.04),
    ]
    brush.blob(knot, deeper(worn.colour, 0.25), part=True)
    brush.blob(
        [
            (0.42, -0.26),
            (0.36, -0.5),
            (0.1, -0.61),
            (-0.2, -0.58),
            (-0.45, -0.34),
            (-0.5, -0.02),
            (-0.38, 0.02),
            (-0.16, -0.16),
            (0.1, -0.32),
        ],
        worn.colour,
        part=True,
    )
    if brush.flat:
        return
    for x, y in ((-0.3, -0.3), (-0.1, -0.46), (0.12, -0.48), (0.28, -0.38), (-0.38, -0.12)):
        brush.oval(x, y, 0.025, 0.025, paler(worn.colour, 0.7))


def _headscarf(brush: Brush, worn: Worn) -> None:
    shape = [
        (0.4, -0.3),
        (0.28, -0.54),
        (0.0, -0.62),
        (-0.32, -0.54),
        (-0.52, -0.24),
        (-0.54, 0.16),
        (-0.42 + 0.05 * worn.drift, 0.62),
    ]
    shape += [
        (-0.1, 0.74),
        (0.16, 0.6),
        (0.1, 0.5),
        (-0.1, 0.42),
        (-0.2, 0.16),
        (-0.16, -0.1),
        (0.0, -0.3),
        (0.2, -0.38),
    ]
    brush.blob(shape, worn.colour, part=True)
    brush.stroke([(-0.42, -0.3), (-0.46, 0.1), (-0.34, 0.5)], 0.02, deeper(worn.colour, 0.35))
    brush.stroke([(-0.16, 0.3), (-0.02, 0.52), (0.1, 0.56)], 0.02, deeper(worn.colour, 0.35))
    brush.blob(
        [(0.06, 0.52), (0.2, 0.56), (0.22, 0.82 + 0.02 * worn.drift), (0.1, 0.78)], deeper(worn.colour, 0.2), part=True
    )


def _hood(brush: Brush, worn: Worn) -> None:
    inner = deeper(worn.colour, 0.55)
    if not brush.flat:
        brush.blob(
            [
                (0.4, -0.34),
                (0.14, -0.46),
                (-0.14, -0.3),
                (-0.26, 0.02),
                (-0.22, 0.36),
                (-0.05, 0.56),
                (-0.14, 0.2),
                (-0.06, -0.12),
                (0.14, -0.32),
            ],
            inner,
        )
    shape = [
        (0.46, -0.36),
        (0.2, -0.66),
        (-0.16, -0.72),
        (-0.52, -0.56),
        (-0.62, -0.1),
        (-0.56, 0.4),
        (-0.34, 0.68),
        (0.0, 0.66),
        (0.14, 0.6),
    ]
    shape += [(-0.06, 0.5), (-0.24, 0.3), (-0.27, 0.0), (-0.16, -0.28), (0.12, -0.42)]
    brush.blob(shape, worn.colour, part=True)
    brush.stroke([(-0.5, -0.3), (-0.5, 0.1), (-0.38, 0.46)], 0.02, deeper(worn.colour, 0.35))


def _bonnet(brush: Brush, worn: Worn) -> None:
    brush.blob(
        [
            (0.18, -0.58),
            (-0.16, -0.64),
            (-0.46, -0.46),
            (-0.56, -0.1),
            (-0.42, 0.22),
            (-0.22, 0.24),
            (-0.18, -0.04),
            (-0.06, -0.34),
        ],
        worn.colour,
        part=True,
    )
    brush.limb(
        [(0.28, -0.52), (0.06, -0.38), (-0.1, -0.1), (-0.17, 0.2)], (0.09, 0.1, 0.1, 0.07), paler(worn.colour, 0.45)
    )
    brush.bar([(-0.17, 0.22), (-0.06, 0.46), (0.08, 0.54)], 0.035, deeper(worn.colour, 0.3))


def _helmet(brush: Brush, worn: Worn) -> None:
    plume = [
        (-0.05, -0.66),
        (-0.24, -0.98),
        (-0.62, -0.98 + 0.04 * worn.drift),
        (-0.84 + 0.06 * worn.drift, -0.6),
        (-0.6, -0.76),
        (-0.34, -0.68),
    ]
    brush.blob(plume, (0.72, 0.16, 0.18), part=True)
    shape = [
        (0.43, -0.22),
        (0.4, -0.48),
        (0.16, -0.64),
        (-0.16, -0.66),
        (-0.44, -0.48),
        (-0.52, -0.1),
        (-0.5, 0.3),
        (-0.36, 0.36),
        (-0.16, 0.3),
    ]
    shape += [(-0.15, 0.06), (-0.1, -0.16), (0.1, -0.22)]
    brush.blob(shape, worn.colour, part=True)
    brush.limb(
        [(-0.12, -0.2), (0.14, -0.25), (0.43, -0.24)], (0.035, 0.035, 0.03), deeper(worn.colour, 0.35), part=False
    )
    brush.stroke([(0.2, -0.62), (0.36, -0.42), (0.4, -0.3)], 0.03, paler(worn.colour, 0.6))
    brush.limb([(0.24, -0.22), (0.265, 0.04)], (0.026, 0.02), deeper(worn.colour, 0.2), part=False)


def _globe(brush: Brush, worn: Worn) -> None:
    brush.limb([(-0.34, 0.56), (0.0, 0.62), (0.36, 0.56)], (0.1, 0.1, 0.1), deeper(worn.colour, 0.25))
    if brush.flat:
        brush.oval(0.02, -0.02, 0.64, 0.66, worn.colour)
        return
    brush.oval(0.02, -0.02, 0.64, 0.66, (0.75, 0.88, 1.0), 0.2)
    brush.ring(0.02, -0.02, 0.62, 0.64, 0.055, deeper(worn.colour, 0.18))
    brush.stroke([(0.24, -0.5), (0.42, -0.36), (0.5, -0.14)], 0.05, (1.0, 1.0, 1.0), 0.7)


COVERINGS: dict[str, Callable[[Brush, Worn], None]] = {
    "kerchief": _kerchief,
    "headscarf": _headscarf,
    "hood": _hood,
    "bonnet": _bonnet,
    "helmet": _helmet,
    "globe": _globe,
}
