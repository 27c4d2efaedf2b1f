"""Sand and what is found on it: dunes with sharp crests and ripples, cacti, bones; and a country road with its stone.

Sizes are in heights of a person at the sheet's depth. Knows no places.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from scenes.backends.animatic.brushes.groundlight import pool
from scenes.backends.animatic.brushes.massif import modelled
from scenes.backends.animatic.brushes.sheet import Point, Sheet, box, curve, down, fill, polygon, stroke, sweep
from scenes.backends.animatic.brushes.terrain import blades, boulder, flower
from scenes.backends.animatic.figure import Colour
from scenes.backends.animatic.noise import profile


def _sand(sheet: Sheet, lighten: float = 0.0, lit: float = 0.0) -> Colour:
    name = "snow" if sheet.scheme.weather.white else "sand"
    return sheet.tone(name, 0, lighten, lit)


def dune(sheet: Sheet) -> None:
    """A ridge of sand: lit flanks, shaded lee sides that end in a knife edge, ripples.

    Options: `rise` (frame unit), `waves` a frame unit, `ripples` 0..1, `lift` (persons, how far it lies higher).
    """
    layout, rng, canvas = sheet.layout, sheet.rng, sheet.canvas
    base, rise = sheet.base - sheet.option("lift", 0.0) * sheet.person, sheet.option("rise", 0.1) * layout.unit
    span = sheet.right - sheet.left
    count = max(24, int(span / 4))
    phase = np.linspace(0.0, sheet.option("waves", 1.0) * span / layout.unit, count) + rng.random()
    phase += 0.18 * profile(count, 2.0, 0.3, rng)
    part = phase % 1.0
    heights = 0.45 + 0.55 * np.array([rng.random() for _ in range(int(phase.max()) + 2)])
    saw = np.where(part < 0.68, (part / 0.68) ** 1.6, ((1 - part) / 0.32) ** 1.25) * heights[phase.astype(int)]
    xs = np.linspace(sheet.left - 3, sheet.right + 3, count)
    ys = base - rise * saw
    line: list[Point] = list(zip(xs.tolist(), ys.tolist(), strict=True))
    shape = polygon([(sheet.left - 4, sheet.bottom + 4), *line, (sheet.right + 4, sheet.bottom + 4)])
    low = max(base + 0.6 * rise, min(layout.height, base + 2.0 * rise + 0.5 * sheet.person))
    canvas.drawPath(shape, down(base - rise, low, [(0, _sand(sheet, 0.06, 0.8), 1), (1, _sand(sheet, -0.26, 0.2), 1)]))
    canvas.save()
    canvas.clipPath(shape, True)
    if sheet.option("ripples", 0.0):
        _ripples(sheet, base - 0.3 * rise, sheet.option("ripples", 0.0))
    tops = [k for k in range(2, count - 2) if part[k] < 0.68 <= part[k + 1]]
    for k in tops:
        _lee(sheet, xs, ys, k, base, rise)
    if sheet.layer.depth <= 1.0:
        pool(sheet, (0.5 * layout.width, sheet.base), 0.46 * layout.width, 0.32 * sheet.person)
    canvas.restore()
    modelled(sheet, 0.30 * sheet.scheme.style.far_blur, 4.2)


def _lee(sheet: Sheet, xs: NDArray[np.float64], ys: NDArray[np.float64], k: int, base: float, rise: float) -> None:
    """The shaded side of one dune: from its crest down a curved edge to the next trough."""
    stop = min(len(xs) - 1, k + int(0.9 * (base - ys[k]) / max(1e-6, rise) * 0.5 * rise / (xs[1] - xs[0]) * 2.6) + 3)
    x, y = float(xs[k]), float(ys[k])
    deep = base + 0.35 * rise - y
    crest = [(float(xs[j]), float(ys[j]) - 1.0) for j in range(k, stop)]
    edge = [
        (x + 0.55 * deep * f + 0.30 * deep * math.sin(3.0 * f), y + deep * 1.25 * f)
        for f in (0.0, 0.25, 0.5, 0.75, 1.0)
    ]
    foot = (float(xs[min(len(xs) - 1, stop)]) + 1.3 * deep, y + 1.25 * deep)
    path = polygon([*crest, foot, *reversed(edge)])
    sheet.canvas.drawPath(
        path,
        sweep(
            (x, y), (x + 1.6 * deep, y + 1.2 * deep), [(0, _sand(sheet, -0.42), 0.85), (1, _sand(sheet, -0.30), 0.0)]
        ),
    )


def _ripples(sheet: Sheet, top: float, strength: float) -> None:
    rng, person = sheet.rng, sheet.person
    span, tall = sheet.right - sheet.left, sheet.bottom - top
    dark, light = _sand(sheet, -0.24), _sand(sheet, 0.16, 0.9)
    rows = 26
    for k in range(rows):
        f = ((k + 0.5) / rows) ** 1.7
        y, wave = top + f * tall, person * (0.012 + 0.055 * f)
        cells = max(6, int(span / (person * (0.20 + 0.5 * f))))
        start = 0
        while start < cells:
            run = int(rng.integers(3, 9))
            points = [
                (sheet.left + span * j / cells, y + wave * (0.8 * math.sin(1.9 * j + 1.3 * k) + 0.3 * rng.normal()))
                for j in range(start, min(cells, start + run) + 1)
            ]
            if len(points) > 2:
                sheet.canvas.drawPath(curve(points, False), stroke(dark, 0.35 * wave, 0.34 * strength))
                above = [(px, py - 0.3 * wave) for px, py in points]
                sheet.canvas.drawPath(curve(above, False), stroke(light, 0.22 * wave, 0.36 * strength))
            start += run + int(rng.integers(1, 4))


def cacti(sheet: Sheet) -> None:
    """Tall cacti with arms, and low round ones. Options: `size` (persons), `clear` (half of the gap in the middle)."""
    rng, layout, person = sheet.rng, sheet.layout, sheet.person
    size, clear = sheet.option("size", 1.2) * person, sheet.option("clear", 0.2)
    for share in (0.06, 0.24, 0.79, 0.97):
        at = share + 0.04 * rng.normal()
        if abs(at - 0.5) < clear:
            continue
        x, y = sheet.x(at), sheet.base + 0.03 * person
        if layout.tall and share in (0.24, 0.79) and clear > 0.3:
            continue
        _cactus(sheet, x, y, size * rng.choice((0.45, 0.7, 1.0, 1.3)) * rng.uniform(0.9, 1.1), rng.choice((-1.0, 1.0)))


def _cactus(sheet: Sheet, x: float, y: float, h: float, way: float) -> None:
    canvas, w = sheet.canvas, 0.085 * h
    body, dark, light = (
        sheet.tone("fir", lighten=0.05, lit=0.2),
        sheet.tone("fir", lighten=-0.4),
        sheet.tone("leaf", lighten=0.1, lit=0.7),
    )
    parts: list[list[Point]] = [[(x, y), (x, y - 0.94 * h)]]
    for side, low, reach, up in ((way, 0.42, 0.24, 0.40), (-way, 0.30, 0.19, 0.27)):
        parts.append(
            [
                (x, y - low * h),
                (x + side * 0.7 * reach * h, y - (low - 0.02) * h),
                (x + side * reach * h, y - (low + 0.10) * h),
                (x + side * reach * h, y - (low + up) * h),
            ]
        )
    canvas.drawOval(box(x - 3.0 * w, y - 0.25 * w, 6.5 * w, 0.7 * w), fill(_sand(sheet, -0.5), 0.45))
    sun = 1.0 if sheet.scheme.day.sun_x > 0.5 else -1.0
    for k, part in enumerate(reversed(parts)):
        thick = 2 * w if k == len(parts) - 1 else 1.45 * w
        path = polygon(part, False) if len(part) == 2 else curve(part, False)
        for colour, share, shift in ((dark, 1.0, 0.0), (body, 0.80, 0.10), (light, 0.22, 0.24)):
            canvas.save()
            canvas.translate(sun * shift * thick, 0.0)
            canvas.drawPath(path, stroke(colour, thick * share))
            canvas.restore()
        for q in (-0.18, 0.04):
            canvas.save()
            canvas.translate(q * thick, 0.0)
            canvas.drawPath(path, stroke(dark, 0.07 * thick, 0.6))
            canvas.restore()
    for k in range(3):
        canvas.drawCircle(
            x + (k - 1) * 0.7 * w, y - 0.98 * h, 0.30 * w, fill(sheet.tone("flower" if k % 2 else "blossom", lit=0.4))
        )


def bones(sheet: Sheet) -> None:
    """Ribs that stand out of the sand and a horned skull. Option `x` (part of the frame)."""
    canvas, p = sheet.canvas, 0.72 * sheet.person
    x, y = sheet.x(sheet.option("x", 0.8)), sheet.base + 0.02 * p
    bone, shade = sheet.tone("flowerwhite", lighten=-0.08, lit=0.5), sheet.tone("stone", lighten=-0.2)
    canvas.drawOval(box(x - 0.6 * p, y - 0.03 * p, 1.5 * p, 0.10 * p), fill(_sand(sheet, -0.45), 0.4))
    for k in range(5):
        at, h = x + 0.14 * p + 0.12 * k * p, p * (0.46 - 0.05 * abs(k - 1.5))
        for way, colour, thick in ((1.0, shade, 0.024), (-1.0, bone, 0.030)):
            rib = [(at + 0.05 * way * p, y), (at + 0.17 * way * p, y - 0.55 * h), (at + 0.04 * way * p, y - h)]
            canvas.drawPath(curve(rib, False), stroke(colour, thick * p))
    sx, sy = x - 0.42 * p, y - 0.06 * p
    skull = [
        (sx - 0.15 * p, sy + 0.07 * p),
        (sx - 0.10 * p, sy - 0.05 * p),
        (sx + 0.03 * p, sy - 0.10 * p),
        (sx + 0.10 * p, sy - 0.02 * p),
        (sx + 0.05 * p, sy + 0.06 * p),
        (sx - 0.07 * p, sy + 0.10 * p),
    ]
    for way in (-1.0, 1.0):
        horn = [
            (sx + 0.03 * p, sy - 0.06 * p),
            (sx + (0.03 + 0.13 * way) * p, sy - 0.11 * p),
            (sx + (0.03 + 0.17 * way) * p, sy - 0.22 * p),
        ]
        canvas.drawPath(curve(horn, False), stroke(shade if way > 0 else bone, 0.032 * p))
    canvas.drawPath(curve(skull), fill(bone))
    canvas.drawCircle(sx + 0.01 * p, sy - 0.02 * p, 0.026 * p, fill(sheet.tone("wooddark", lighten=-0.4)))
    canvas.drawCircle(sx - 0.11 * p, sy + 0.05 * p, 0.013 * p, fill(sheet.tone("wooddark", lighten=-0.4)))


def highway(sheet: Sheet) -> None:
    """Grassland with a road that winds from the camera to the horizon: earth with two ruts, or option `asphalt` 1."""
    layout, rng, canvas, person = sheet.layout, sheet.rng, sheet.canvas, sheet.person
    white = sheet.scheme.weather.white > 0
    name, way = ("snow", "snowshade") if white else ("turf", "path")
    top, cy, eye = layout.ground_at(4.2), layout.horizon, layout.ground - layout.horizon
    span = sheet.right - sheet.left
    xs = np.linspace(sheet.left - 2, sheet.right + 2, 80)
    ys = top + 0.02 * person * profile(80, 3.0 * span / layout.unit, 0.4, rng)
    edge: list[Point] = list(zip(xs.tolist(), ys.tolist(), strict=True))
    shape = polygon([(sheet.left - 4, sheet.bottom + 4), *edge, (sheet.right + 4, sheet.bottom + 4)])
    canvas.drawPath(
        shape,
        down(
            top,
            layout.height,
            [
                (0, sheet.tone(name, 0.22, lit=0.5), 1),
                (0.35, sheet.tone(name, lit=0.3), 1),
                (1, sheet.tone(name, lighten=-0.32), 1),
            ],
        ),
    )
    canvas.save()
    canvas.clipPath(shape, True)
    half = min(1.15, 0.40 * layout.width / person)
    rows = [4.4 * (0.45 / 4.4) ** (k / 26) for k in range(27)]

    def at(depth: float, across: float) -> Point:
        bend = 0.55 * math.sin(1.05 * depth - 0.9) * (1.0 - 1.0 / max(1.0, depth)) * 2.2
        return layout.width / 2 + (bend + across * half) * person / depth, cy + eye / depth

    def strip(low: float, high: float) -> list[Point]:
        return [*(at(d, low) for d in rows), *(at(d, high) for d in reversed(rows))]

    verge_tone, earth = sheet.tone(name, lighten=-0.28), sheet.tone(way, lit=0.4)
    canvas.drawPath(curve(strip(-1.10, 1.10)), fill(verge_tone, 0.7))
    hard = sheet.option("asphalt", 0.0) > 0.5
    canvas.drawPath(curve(strip(-1.0, 1.0)), fill(sheet.tone("road", lighten=-0.25, lit=0.2) if hard else earth))
    pool(sheet, (0.5 * layout.width, layout.ground), 0.44 * layout.width, 0.36 * person)
    if hard:
        _markings(sheet, strip, at)
    else:
        canvas.drawPath(curve(strip(-0.13, 0.13)), fill(sheet.tone(name, lighten=-0.05), 0.75))
    for middle in () if hard else (-0.52, 0.52):
        canvas.drawPath(curve(strip(middle - 0.14, middle + 0.14)), fill(sheet.tone(way, lighten=-0.26), 0.55))
        canvas.drawPath(curve(strip(middle + 0.14, middle + 0.19)), fill(sheet.tone(way, lighten=0.2, lit=0.6), 0.5))
    for _ in range(int(60 * span / layout.unit)):
        depth = 4.0 * (0.5 / 4.0) ** rng.random()
        x, y = at(depth, rng.uniform(-0.95, 0.95))
        canvas.drawOval(
            box(x, y, person * 0.05 / depth, person * 0.018 / depth),
            fill(sheet.tone(way, lighten=-0.4 if rng.random() < 0.6 else 0.2), 0.5),
        )
    canvas.restore()
    _roadside(sheet, at, top, name, white)


def _markings(sheet: Sheet, strip: Callable[[float, float], list[Point]], at: Callable[[float, float], Point]) -> None:
    """White lines at the edges of the road and dashes along its middle."""
    white = sheet.tone("flowerwhite", lighten=-0.06, lit=0.3)
    for low, high in ((-0.93, -0.89), (0.89, 0.93)):
        sheet.canvas.drawPath(curve(strip(low, high)), fill(white, 0.8))
    depth = 4.0
    while depth > 0.5:
        dash = [at(depth, -0.025), at(depth * 0.94, -0.025), at(depth * 0.94, 0.025), at(depth, 0.025)]
        sheet.canvas.drawPath(polygon(dash), fill(white, 0.85))
        depth *= 0.88


def _roadside(sheet: Sheet, at: Callable[[float, float], Point], top: float, name: str, white: bool) -> None:
    """Grass, flowers and stones beyond the edges of the road."""
    layout, rng, person = sheet.layout, sheet.rng, sheet.person
    eye = layout.ground - layout.horizon
    low = max(layout.height, top + 10)
    petals = ("flower", "flowerblue", "flowerwhite", "flowergold")
    for y in sorted(top + (low - top) * rng.random(int(90 * layout.width / layout.unit)) ** 1.3):
        depth = eye / max(1.0, y - layout.horizon)
        side = rng.choice((-1.0, 1.0))
        x = at(depth, side * (1.12 + 1.9 * rng.random()))[0]
        size = 0.13 * person / depth
        if rng.random() < 0.10:
            boulder(sheet, x, float(y), 0.35 * size)
        elif rng.random() < 0.30 and not white:
            flower(sheet, x, float(y), 0.9 * size, petals[int(rng.integers(4))])
        elif not white:
            xs = np.array([x - 0.9 * size, x + 0.9 * size])
            _tuft(sheet, xs, float(y), size, sheet.tone(name, lighten=-0.14 - 0.12 * rng.random()))


def _tuft(sheet: Sheet, xs: NDArray[np.float64], y: float, size: float, colour: Colour) -> None:
    for _ in range(6):
        x = float(xs[0] + (xs[1] - xs[0]) * sheet.rng.random())
        lean = size * 0.3 * sheet.rng.normal()
        h = size * sheet.rng.uniform(0.4, 1.1)
        sheet.canvas.drawPath(polygon([(x - 0.06 * size, y), (x + lean, y - h), (x + 0.06 * size, y)]), fill(colour))


def milestone(sheet: Sheet) -> None:
    """A rounded stone at the side of the road. Option `x` (part of the frame)."""
    canvas, p = sheet.canvas, sheet.person
    x, y = sheet.x(sheet.option("x", 0.15)), sheet.base + 0.03 * p
    shape = [
        (x - 0.14 * p, y),
        (x - 0.13 * p, y - 0.34 * p),
        (x - 0.07 * p, y - 0.44 * p),
        (x + 0.07 * p, y - 0.44 * p),
        (x + 0.13 * p, y - 0.34 * p),
        (x + 0.14 * p, y),
    ]
    canvas.drawPath(
        polygon(shape),
        sweep(
            (x - 0.14 * p, 0),
            (x + 0.14 * p, 0),
            [(0, sheet.tone("stone", lit=0.6), 1), (1, sheet.tone("stonedark", lighten=-0.3), 1)],
        ),
    )
    canvas.drawRect(box(x - 0.08 * p, y - 0.31 * p, 0.16 * p, 0.02 * p), fill(sheet.tone("stonedark", lighten=-0.4)))
    canvas.drawRect(box(x - 0.05 * p, y - 0.25 * p, 0.10 * p, 0.02 * p), fill(sheet.tone("stonedark", lighten=-0.4)))
    if not sheet.scheme.weather.white:
        xs = np.linspace(x - 0.25 * p, x + 0.25 * p, 8)
        clump = Sheet(
            sheet.pixels,
            sheet.canvas,
            x - 0.25 * p,
            sheet.top,
            x + 0.25 * p,
            sheet.bottom,
            sheet.layout,
            sheet.layer,
            sheet.scheme,
            sheet.rng,
        )
        blades(clump, xs, np.full(8, y), 0.12 * p, sheet.tone("turf", lighten=-0.15), 2.0)


BRUSHES = {"dune": dune, "cacti": cacti, "bones": bones, "highway": highway, "milestone": milestone}
RULED: frozenset[str] = frozenset()
