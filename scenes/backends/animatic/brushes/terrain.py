"""Land: rolling hills, faceted mountains, the ground that people stand on, grass, flowers, rocks and drifts of snow.

Bases follow the ground plane of the sheet's depth unless an option says otherwise. Knows no places.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scenes.backends.animatic.brushes.groundlight import dapples, drifts, pool, swaths
from scenes.backends.animatic.brushes.massif import modelled
from scenes.backends.animatic.brushes.sheet import Point, Sheet, box, curve, down, fill, polygon, stroke
from scenes.backends.animatic.brushes.trees import fir, round_tree
from scenes.backends.animatic.figure import Colour
from scenes.backends.animatic.light import mix
from scenes.backends.animatic.noise import profile

MATTER = ("grass", "turf", "snow", "sand", "earth", "rock", "road", "stone", "leafdark", "wetsand", "hay")
"""Materials by number, as options hold numbers only: `matter` counts from 0 in this order."""

_HAZY = 0.45
"""From which haze on a hillside shows no growth of its own."""


def matter(sheet: Sheet, otherwise: str) -> str:
    """The material that the layer names by number; snow weather whitens what grows."""
    name = MATTER[int(sheet.option("matter", MATTER.index(otherwise)))]
    if sheet.scheme.weather.white and name in ("grass", "turf", "hay", "earth", "leafdark", "rock"):
        return "snow"
    return name


def _profile_line(
    sheet: Sheet, base: float, rise: float, waves: float, rough: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    span = sheet.right - sheet.left
    count = max(16, int(span / 3))
    x = np.linspace(sheet.left - 2, sheet.right + 2, count)
    y = base - rise * (0.5 + 0.5 * profile(count, waves * span / sheet.layout.unit, rough, sheet.rng))
    bowl = sheet.option("bowl", 0.0)
    if bowl:
        across = (x / sheet.layout.width - 0.5) * 2
        y = y - rise * bowl * np.clip(across * across - 0.12, 0, 2.2)
    return x, y


def hills(sheet: Sheet) -> None:
    """A rolling ridge with what grows on it.

    Options: `base` (frame height), `rise` (frame unit), `waves` a frame unit, `rough`, `bowl` lifts the sides,
    `firs` and `trees` (number a frame width), `size` (persons), `mist` 0..1 at its foot, `matter`.
    """
    layout, rng = sheet.layout, sheet.rng
    base = sheet.option("base", 0.0) * layout.height or sheet.base
    rise = sheet.option("rise", 0.1) * layout.unit
    xs, ys = _profile_line(sheet, base, rise, sheet.option("waves", 1.6), sheet.option("rough", 0.35))
    name = matter(sheet, "grass")
    top, low = sheet.tone(name, lit=0.5), sheet.tone(name, lighten=-0.16)
    line: list[Point] = list(zip(xs.tolist(), ys.tolist(), strict=True))
    shape = polygon([(sheet.left - 4, sheet.bottom + 4), *line, (sheet.right + 4, sheet.bottom + 4)])
    highest = float(ys.min())
    many = layout.width / layout.unit
    _plant(sheet, xs, ys, many, behind=True)
    sheet.canvas.drawPath(shape, down(highest, base + 0.9 * rise + 0.05 * layout.height, [(0, top, 1), (1, low, 1)]))
    if sheet.layer.haze < _HAZY:
        sheet.canvas.save()
        sheet.canvas.clipPath(shape, True)
        swaths(sheet, xs, ys, name)
        sheet.canvas.restore()
    modelled(sheet, 0.42 * sheet.scheme.style.far_blur, 4.0)
    if name in ("grass", "turf", "hay") and sheet.layer.haze < _HAZY:
        _strokes_of_grass(sheet, xs, ys, mix(top, low, 0.35), rng)
    _plant(sheet, xs, ys, many, behind=False)
    air = sheet.option("mist", 0.0)
    if air:
        haze = sheet.scheme.haze
        sheet.canvas.save()
        sheet.canvas.clipPath(shape, True)
        sheet.canvas.drawRect(
            box(sheet.left, highest, sheet.right - sheet.left, sheet.bottom - highest),
            down(highest, base + 0.12 * layout.height, [(0, haze, 0), (0.3, haze, 0.1 * air), (1, haze, 0.8 * air)]),
        )
        sheet.canvas.restore()


def _plant(sheet: Sheet, xs: NDArray[np.float64], ys: NDArray[np.float64], many: float, behind: bool) -> None:
    rng, span = sheet.rng, (sheet.right - sheet.left) / sheet.layout.width
    person = sheet.person
    for kind in ("firs", "trees"):
        count = int(sheet.option(kind, 0.0) * span * min(1.6, max(0.75, many)))
        for k in range(count):
            x = sheet.left + (k + 0.5 + rng.uniform(-0.45, 0.45)) / count * (sheet.right - sheet.left)
            tall = sheet.option("size", 2.6) * person * (0.62 + 0.62 * rng.random() ** 1.5)
            back = rng.random() < 0.45
            clear = sheet.option("clear", 0.0)
            if back != behind or abs(x / sheet.layout.width - 0.5) < clear * (0.5 + 0.5 * rng.random()):
                continue
            y = float(np.interp(x, xs, ys)) + 0.03 * tall + (0.0 if behind else 0.06 * tall * rng.random())
            if kind == "firs":
                fir(sheet, x, y, tall, 0.10 if behind else 0.0)
            else:
                round_tree(sheet, x, y, tall * 0.8, 0.08 if behind else 0.0)


def _strokes_of_grass(
    sheet: Sheet, xs: NDArray[np.float64], ys: NDArray[np.float64], colour: Colour, rng: np.random.Generator
) -> None:
    blade = 0.055 * sheet.person
    count = int((sheet.right - sheet.left) / max(2.0, 0.5 * blade))
    for _ in range(count):
        x = sheet.left + rng.random() * (sheet.right - sheet.left)
        y = float(np.interp(x, xs, ys)) + blade * 0.5 + rng.random() ** 2 * 3.0 * blade
        lean = rng.normal() * 0.3 * blade
        sheet.canvas.drawLine(x, y, x + lean, y - blade * (0.5 + rng.random()), stroke(colour, 0.14 * blade, 0.55))


def ground(sheet: Sheet) -> None:
    """The land that people stand on.

    Options: `rise` (persons, how far its edge lies above the feet), `matter`, `grass` 0..1 (blades at the edge and
    on it), `flowers` (number a frame width), `stones`, `path` 0..1 (a trodden way), `dapples` 0..1 (flecks of light
    that fall through leaves).
    """
    layout, person = sheet.layout, sheet.person
    name = matter(sheet, "turf")
    edge = sheet.base - sheet.option("rise", 0.16) * person
    xs, ys = _profile_line(sheet, edge + 0.02 * person, 0.05 * person, 2.2, 0.4)
    top, low = sheet.tone(name, lit=0.35), sheet.tone(name, lighten=-0.30)
    line: list[Point] = list(zip(xs.tolist(), ys.tolist(), strict=True))
    shape = polygon([(sheet.left - 4, sheet.bottom + 4), *line, (sheet.right + 4, sheet.bottom + 4)])
    grassy = 0.0 if name in ("snow", "sand", "road", "stone", "wetsand") else sheet.option("grass", 0.8)
    if grassy:
        blades(sheet, xs, ys, 0.10 * person * grassy, sheet.tone(name, lighten=-0.10), 1.0)
    sheet.canvas.drawPath(shape, down(edge, max(layout.height, edge + 10), [(0, top, 1), (1, low, 1)]))
    sheet.canvas.save()
    sheet.canvas.clipPath(shape, True)
    if sheet.option("path", 0.0):
        _path(sheet, edge)
    _mottle(sheet, edge, name)
    if name == "snow":
        drifts(sheet, edge)
    middle = layout.width * (0.5 + 0.06 * (1.0 if sheet.scheme.day.sun_x > 0.5 else -1.0))
    pool(sheet, (middle, sheet.base + 0.02 * person), 0.46 * layout.width, 0.34 * person)
    if sheet.option("dapples", 0.0):
        dapples(sheet, edge, sheet.option("dapples", 0.0))
    sheet.canvas.restore()
    if grassy:
        _tufts(sheet, edge, name)
    _scatter(sheet, edge)


def _mottle(sheet: Sheet, edge: float, name: str) -> None:
    rng, person = sheet.rng, sheet.person
    light, dark = sheet.tone(name, lighten=0.10, lit=0.5), sheet.tone(name, lighten=-0.26)
    span, tall = sheet.right - sheet.left, sheet.bottom - edge
    for _ in range(int(34 * span / sheet.layout.unit)):
        x, depth = sheet.left + rng.random() * span, rng.random() ** 1.4
        w = person * (0.12 + 0.5 * rng.random()) * (0.4 + depth)
        y = edge + 0.05 * person + depth * tall
        n = 9
        shape: list[Point] = []
        for k in range(n):
            a = 2 * np.pi * k / n
            r = 1 + 0.2 * rng.normal()
            shape.append((x + w * r * float(np.cos(a)), y + w * 0.11 * r * float(np.sin(a))))
        sheet.canvas.drawPath(curve(shape), fill(light if rng.random() < 0.5 else dark, 0.16))


def _path(sheet: Sheet, edge: float) -> None:
    layout, person = sheet.layout, sheet.person
    colour = sheet.tone("snowshade" if sheet.scheme.weather.white else "path", lit=0.3)
    w, low = float(layout.width), sheet.bottom + 0.2 * person
    left: list[Point] = []
    right: list[Point] = []
    for k in range(9):
        f = k / 8
        y = edge - 2 + (low - edge) * f
        x = w * (0.63 - 0.22 * f**0.8 + 0.07 * float(np.sin(4.6 * f + 0.4)) * (1 - f))
        half = min(0.9 * person, 0.22 * w) * (0.07 + 0.95 * f)
        left.append((x - half, y))
        right.append((x + half, y))
    sheet.canvas.drawPath(curve([*left, *reversed(right)]), fill(colour, 0.70))


def blades(
    sheet: Sheet, xs: NDArray[np.float64], ys: NDArray[np.float64], size: float, colour: Colour, thick: float
) -> None:
    """Grass blades along a line, `size` pixels high, denser with `thick`."""
    rng = sheet.rng
    count = int((sheet.right - sheet.left) / max(1.2, 0.22 * size) * thick)
    for _ in range(count):
        x = sheet.left + rng.random() * (sheet.right - sheet.left)
        y = float(np.interp(x, xs, ys)) + 0.1 * size
        _blade(sheet, x, y, size * (0.4 + 0.9 * rng.random() ** 2), colour, rng)


def _blade(sheet: Sheet, x: float, y: float, h: float, colour: Colour, rng: np.random.Generator) -> None:
    lean, w = rng.normal() * 0.28 * h, 0.055 * h + 0.4
    sheet.canvas.drawPath(
        polygon(
            [
                (x - w, y),
                (x + 0.35 * lean - 0.5 * w, y - 0.6 * h),
                (x + lean, y - h),
                (x + 0.35 * lean + 0.7 * w, y - 0.55 * h),
                (x + w, y),
            ]
        ),
        fill(colour),
    )


def _tufts(sheet: Sheet, edge: float, name: str) -> None:
    rng, person = sheet.rng, sheet.person
    span, tall = sheet.right - sheet.left, sheet.bottom - edge
    spots = sorted(
        (rng.random() ** 1.3, rng.random())
        for _ in range(int(60 * span / sheet.layout.unit * sheet.option("grass", 0.8)))
    )
    for depth, across in spots:
        x, y = sheet.left + across * span, edge + 0.05 * person + depth * tall
        h = person * (0.045 + 0.07 * depth) * (0.6 + 0.7 * rng.random())
        colour = sheet.tone(name, lighten=-0.12 - 0.14 * rng.random() if rng.random() < 0.7 else 0.06, lit=0.3)
        for _ in range(5):
            _blade(sheet, x + rng.normal() * 0.25 * h, y, h * (0.5 + 0.6 * rng.random()), colour, rng)


def _scatter(sheet: Sheet, edge: float) -> None:
    rng, person = sheet.rng, sheet.person
    span, tall = sheet.right - sheet.left, max(1.0, sheet.bottom - edge)
    white = sheet.scheme.weather.white
    for _ in range(int(sheet.option("stones", 0.0) * span / sheet.layout.unit)):
        x, depth = sheet.left + rng.random() * span, rng.random() ** 1.5
        boulder(
            sheet,
            x,
            edge + 0.06 * person + depth * tall,
            person * (0.018 + 0.07 * rng.random() ** 3) * (0.7 + 0.8 * depth),
        )
    petals = ("flower", "flowerblue", "flowerwhite", "flowergold")
    spots = sorted(
        (rng.random() ** 1.2, rng.random())
        for _ in range(0 if white else int(sheet.option("flowers", 0.0) * span / sheet.layout.unit))
    )
    for depth, across in spots:
        x, y = sheet.left + across * span, edge + 0.08 * person + depth * tall
        flower(sheet, x, y, person * (0.055 + 0.055 * depth) * (0.7 + 0.6 * rng.random()), petals[int(rng.integers(4))])


def boulder(sheet: Sheet, x: float, y: float, r: float) -> None:
    """A stone with a lit top, `r` pixels in radius."""
    rng = sheet.rng
    n = 8
    shape: list[Point] = []
    for k in range(n):
        a = np.pi * (1 + k / (n - 1))
        q = 1 + 0.16 * rng.normal()
        shape.append((x + 1.25 * r * q * float(np.cos(a)), y + 0.85 * r * q * float(np.sin(a))))
    snowy = sheet.scheme.weather.white > 0
    sheet.canvas.drawPath(
        polygon([*shape, (x + 1.1 * r, y + 0.12 * r), (x - 1.1 * r, y + 0.12 * r)]), fill(sheet.tone("rockdark"))
    )
    sheet.canvas.drawPath(
        polygon(
            [(px - 0.05 * r, py) for px, py in shape[1:6]] + [(x + 0.1 * r, y - 0.3 * r), (x - 0.7 * r, y - 0.2 * r)]
        ),
        fill(sheet.tone("snow" if snowy else "rock", lit=0.6)),
    )


def flower(sheet: Sheet, x: float, y: float, h: float, petal: str) -> None:
    """A flower on its stalk, `h` pixels high."""
    rng, canvas = sheet.rng, sheet.canvas
    bend = 0.25 * h * rng.normal()
    canvas.drawPath(
        curve([(x, y), (x + 0.2 * bend, y - 0.5 * h), (x + bend, y - h)], False),
        stroke(sheet.tone("leafdark"), 0.07 * h),
    )
    colour, r = sheet.tone(petal, lit=0.4), 0.15 * h
    for k in range(5):
        a = 2 * np.pi * k / 5 + rng.random()
        canvas.drawCircle(x + bend + r * float(np.cos(a)), y - h + 0.8 * r * float(np.sin(a)), 0.72 * r, fill(colour))
    canvas.drawCircle(
        x + bend, y - h, 0.6 * r, fill(sheet.tone("flowergold" if petal != "flowergold" else "earth", lit=0.5))
    )


def verge(sheet: Sheet) -> None:
    """Tall grass out of focus at the lower edge, before the camera.

    Options: `size` (frame unit), `dense`, `ears`, `matter`.
    """
    layout, rng = sheet.layout, sheet.rng
    size = sheet.option("size", 0.16) * layout.unit
    name = "hay" if sheet.scheme.weather.white else MATTER[int(sheet.option("matter", 1))]
    dark, light = sheet.tone(name, lighten=-0.5), sheet.tone(name, lighten=-0.28)
    span = sheet.right - sheet.left
    y = layout.height + 0.25 * size + max(0.0, sheet.option("sink", 0.0)) * size
    for _ in range(int(span / size * 16 * sheet.option("dense", 1.0))):
        x = sheet.left + rng.random() * span
        edge = min(1.0, abs(x / layout.width - 0.5) * 2)
        h = size * (0.45 + 0.85 * rng.random() ** 1.6) * (0.62 + 0.5 * edge)
        _blade(sheet, x, y, h + 0.3 * size, mix(dark, light, 0.6 * rng.random()), rng)
        if rng.random() < sheet.option("ears", 0.1):
            lean = rng.normal() * 0.12 * h
            sheet.canvas.drawPath(
                curve([(x, y), (x + 0.3 * lean, y - 0.7 * h), (x + lean, y - 1.25 * h)], False),
                stroke(dark, 0.02 * size),
            )
            sheet.canvas.drawOval(box(x + lean - 0.025 * size, y - 1.40 * h, 0.05 * size, 0.2 * size), fill(dark))
    bottom = layout.height + (sheet.bottom - layout.height)
    if bottom > y:
        sheet.canvas.drawRect(box(sheet.left, y - 0.02 * size, span, bottom - y + 2), fill(dark))


BRUSHES = {"hills": hills, "ground": ground, "verge": verge}
RULED: frozenset[str] = frozenset()
