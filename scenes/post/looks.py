"""The house's grades: ten looks as formulas, and each of them as a table of colours.

A look is a handful of numbers; its table is what pictures are graded by and what a .cube file holds, so that a grade
tried here looks the same in an editor. Knows colours and no pictures.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from functools import cache

from scenes.post.cubes import Cube

Colour = tuple[float, float, float]

SIZE = 17
"""Colours along each edge of a look's table."""

_LUMA = (0.2126, 0.7152, 0.0722)


@dataclass(frozen=True, slots=True)
class Look:
    """A grade: light, gains of red, green and blue, saturation (1 is as it was), contrast round grey, lifted black.

    `shadows` and `lights` are colours (0..1 per channel) that the dark and the bright end lean towards, by `tint` and
    by `glow`.
    """

    gains: Colour = (1.0, 1.0, 1.0)
    saturation: float = 1.0
    contrast: float = 0.0
    lift: float = 0.0
    light: float = 1.0
    shadows: Colour = (0.0, 0.0, 0.0)
    tint: float = 0.0
    lights: Colour = (1.0, 1.0, 1.0)
    glow: float = 0.0


LOOKS: dict[str, Look] = {
    "warm": Look(gains=(1.06, 1.0, 0.90), saturation=1.06, shadows=(0.30, 0.12, 0.05), tint=0.05),
    "cool": Look(gains=(0.92, 1.0, 1.07), saturation=0.96, shadows=(0.04, 0.14, 0.30), tint=0.05),
    "noir": Look(saturation=0.0, contrast=0.45),
    "bleach": Look(saturation=0.45, contrast=0.35, lift=0.02),
    "sepia": Look(
        gains=(1.12, 0.93, 0.70),
        saturation=0.0,
        lift=0.03,
        shadows=(0.26, 0.14, 0.06),
        tint=0.25,
        lights=(1.0, 0.91, 0.74),
        glow=0.2,
    ),
    "faded": Look(saturation=0.75, contrast=-0.12, lift=0.07),
    "vivid": Look(saturation=1.3, contrast=0.12),
    "teal-and-orange": Look(
        gains=(1.05, 1.0, 0.95),
        saturation=1.1,
        shadows=(0.0, 0.22, 0.28),
        tint=0.14,
        lights=(1.0, 0.80, 0.58),
        glow=0.1,
    ),
    "golden": Look(
        gains=(1.07, 1.0, 0.84),
        saturation=1.1,
        contrast=0.08,
        shadows=(0.26, 0.13, 0.05),
        tint=0.08,
        lights=(1.0, 0.84, 0.50),
        glow=0.16,
    ),
    "moonlight": Look(
        gains=(0.78, 0.94, 1.16), saturation=0.45, contrast=0.12, light=0.74, shadows=(0.02, 0.06, 0.16), tint=0.12
    ),
}


@cache
def cube_of(name: str) -> Cube:
    """The table of a look of the house; KeyError where there is none of that name."""
    look = LOOKS[name]
    steps = [place / (SIZE - 1) for place in range(SIZE)]
    values = array("f")
    for blue in steps:
        for green in steps:
            for red in steps:
                values.extend(graded((red, green, blue), look))
    return Cube(SIZE, values, title=name)


def graded(colour: Colour, look: Look) -> Colour:
    """One colour (0..1, as coded) under a look."""
    grey = sum(part * weight for part, weight in zip(colour, _LUMA, strict=True))
    done = []
    for part, gain, dark, bright in zip(colour, look.gains, look.shadows, look.lights, strict=True):
        level = min(max((grey + (part - grey) * look.saturation) * gain * look.light, 0.0), 1.0)
        level += look.contrast * (level * level * (3 - 2 * level) - level)
        level = look.lift + (1 - look.lift) * level
        level += (dark - level) * (1 - level) ** 2 * look.tint
        level += (bright - level) * level**2 * look.glow
        done.append(min(max(level, 0.0), 1.0))
    return done[0], done[1], done[2]
