"""What is left of a temple: fluted columns whole and broken, an arch, steps, fallen drums, ivy over all.

Sizes are in heights of a person at the sheet's depth. Knows no places.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

from scenes.backends.animatic.brushes.sheet import Point, Sheet, box, curve, down, fill, polygon, stroke, sweep
from scenes.backends.animatic.brushes.trees import tuft
from scenes.backends.animatic.figure import Colour
from scenes.backends.animatic.light import mix


def _marble(sheet: Sheet, lighten: float = 0.0, lit: float = 0.0) -> Colour:
    return mix(sheet.tone("stone", 0, lighten, lit), sheet.tone("cloth", 0, lighten, lit), 0.5)


def _side(sheet: Sheet) -> float:
    return 1.0 if sheet.scheme.day.sun_x > 0.5 else -1.0


def _across(sheet: Sheet, x: float, half: float) -> Any:
    """A paint for something round: lit on the side of the light, dark on the other."""
    side = _side(sheet)
    stops = [
        (0.0, _marble(sheet, -0.50), 1.0),
        (0.45, _marble(sheet, -0.12), 1.0),
        (0.8, _marble(sheet, 0.05, 0.7), 1.0),
    ]
    return sweep((x - side * half, 0), (x + side * half, 0), [*stops, (1.0, _marble(sheet, -0.10, 0.3), 1.0)])


def colonnade(sheet: Sheet) -> None:
    """A row of columns on steps, some with a piece of architrave, some broken.

    Options: `count` a frame width, `tall` (persons), `whole` 0..1 how many still stand, `clear` (half of the gap in
    the middle), `ivy` 0..1.
    """
    rng, layout, person, base = sheet.rng, sheet.layout, sheet.person, sheet.base
    tall = sheet.option("tall", 2.6) * person
    thick = 0.105 * tall
    gap = max(2.6 * thick, layout.width / sheet.option("count", 5.0))
    step = 0.10 * person
    foot = base - 2 * step
    at: list[tuple[float, float]] = []
    k = math.floor(sheet.left / gap) - 1
    while k * gap < sheet.right + gap:
        x = (k + 0.35) * gap
        k += 1
        chance, cut = rng.random(), rng.uniform(0.16, 0.72)
        if abs(x / layout.width - 0.5) < sheet.option("clear", 0.0):
            continue
        at.append((x, 1.0 if chance < sheet.option("whole", 0.5) else cut))
    _beams(sheet, at, foot - tall, thick, gap)
    for x, share in at:
        _steps(sheet, x, base, thick, step)
        _column(sheet, x, foot, tall * share, thick, share >= 1.0)
    for x, share in at:
        if rng.random() < sheet.option("ivy", 0.5):
            _ivy(sheet, x, foot, tall * share, thick)


def _steps(sheet: Sheet, x: float, base: float, thick: float, step: float) -> None:
    for k in range(2):
        half = thick * (1.5 - 0.35 * k)
        y = base - (k + 1) * step
        sheet.canvas.drawRect(box(x - half, y, 2 * half, step + 2), fill(_marble(sheet, -0.20, 0.2)))
        sheet.canvas.drawRect(box(x - half, y, 2 * half, 0.22 * step), fill(_marble(sheet, 0.08, 0.7)))


def _column(sheet: Sheet, x: float, y: float, h: float, thick: float, whole: bool) -> None:
    canvas, rng = sheet.canvas, sheet.rng
    low, high = 0.5 * thick, 0.42 * thick if whole else 0.46 * thick
    top = y - h
    ragged: list[Point] = [(x + high, top)]
    if not whole:
        ragged = [(x + high * (1 - 0.5 * k), top + thick * rng.uniform(-0.35, 0.30)) for k in range(4)]
    shape = polygon([(x - low, y), (x - high, top), *reversed(ragged), (x + low, y)])
    canvas.drawPath(shape, _across(sheet, x, low))
    canvas.save()
    canvas.clipPath(shape, True)
    for k in range(-2, 3):
        dark = stroke(_marble(sheet, -0.45), 0.045 * thick, 0.55)
        canvas.drawLine(x + 0.19 * k * thick, y, x + 0.165 * k * thick, top - thick, dark)
    for k in range(1, 5):
        yy = y - h * k / 5 if whole else y - k * 0.9 * thick * 1.6
        canvas.drawLine(x - low, yy, x + low, yy, stroke(_marble(sheet, -0.35), 0.03 * thick, 0.5))
    canvas.restore()
    canvas.drawRoundRect(
        box(x - 0.62 * thick, y - 0.20 * thick, 1.24 * thick, 0.22 * thick),
        0.1 * thick,
        0.1 * thick,
        _across(sheet, x, 0.62 * thick),
    )
    if whole:
        bell = [
            (x - 0.44 * thick, top),
            (x - 0.68 * thick, top - 0.30 * thick),
            (x + 0.68 * thick, top - 0.30 * thick),
            (x + 0.44 * thick, top),
        ]
        canvas.drawPath(polygon(bell), _across(sheet, x, 0.68 * thick))
        canvas.drawRect(
            box(x - 0.76 * thick, top - 0.46 * thick, 1.52 * thick, 0.18 * thick), _across(sheet, x, 0.76 * thick)
        )


def _beams(sheet: Sheet, at: list[tuple[float, float]], top: float, thick: float, gap: float) -> None:
    """Architrave between neighbours that both stand, broken off where one does not."""
    rng, high = sheet.rng, 0.62 * thick
    y = top - 0.46 * thick
    for (x0, s0), (x1, s1) in pairwise(at):
        if x1 - x0 > 1.3 * gap or s0 < 1.0:
            continue
        stop = x1 + 0.8 * thick if s1 >= 1.0 else x0 + (0.35 + 0.25 * rng.random()) * gap
        ends = [
            (stop, y),
            (stop - 0.12 * thick, y - 0.4 * high),
            (stop + 0.08 * thick, y - 0.7 * high),
            (stop - 0.1 * thick, y - high),
        ]
        beam = polygon([(x0 - 0.8 * thick, y), *ends, (x0 - 0.8 * thick, y - high)])
        sheet.canvas.drawPath(
            beam, down(y - high, y, [(0, _marble(sheet, 0.05, 0.6), 1), (1, _marble(sheet, -0.3), 1)])
        )
        sheet.canvas.drawLine(
            x0 - 0.8 * thick,
            y - 0.55 * high,
            stop - 0.1 * thick,
            y - 0.55 * high,
            stroke(_marble(sheet, -0.4), 0.05 * thick, 0.6),
        )
        sheet.canvas.drawRect(
            box(x0 - 0.9 * thick, y - 1.18 * high, stop - x0 + 0.8 * thick, 0.2 * high), fill(_marble(sheet, 0.0, 0.5))
        )


def _ivy(sheet: Sheet, x: float, foot: float, h: float, thick: float) -> None:
    rng = sheet.rng
    dark, light = sheet.tone("leafdark", lighten=-0.15), sheet.tone("leaf", lit=0.4)
    high = h * rng.uniform(0.4, 1.05)
    if sheet.scheme.weather.white:
        light = mix(light, sheet.tone("snow"), 0.6)
    for _ in range(int(10 + 34 * high / sheet.person)):
        f = rng.random() ** 1.3
        y = foot - f * high
        px = x + thick * (0.45 * math.sin(5.0 * f + x) + 0.30 * rng.normal()) * (1.15 - 0.7 * f)
        tuft(sheet, px, y, thick * rng.uniform(0.09, 0.19), mix(dark, light, rng.random()))
    for _ in range(3):
        px, long = x + thick * rng.uniform(-0.5, 0.5), thick * rng.uniform(0.6, 1.8)
        y = foot - high
        line = [(px, y), (px + 0.1 * thick, y + 0.5 * long), (px - 0.05 * thick, y + long)]
        sheet.canvas.drawPath(curve(line, False), stroke(dark, 0.035 * thick))
        for k in range(5):
            tuft(
                sheet, px + 0.08 * thick * rng.normal(), y + long * k / 4, 0.09 * thick, mix(dark, light, rng.random())
            )


def archway(sheet: Sheet) -> None:
    """A round arch of great stones, one shoulder fallen, grown with ivy. Options: `x`, `size` (persons), `ivy`."""
    rng, canvas, base = sheet.rng, sheet.canvas, sheet.base
    s, x = sheet.option("size", 2.4) * sheet.person, sheet.x(sheet.option("x", 0.5))
    inner, outer, spring = 0.30 * s, 0.46 * s, base - 0.52 * s
    for side in (-1.0, 1.0):
        a, b = x + side * inner, x + side * (outer + 0.06 * s)
        top = spring - (0.30 * s if side < 0 else 0.02 * s)
        wall = [(a, base), (a, spring), (x + side * 0.99 * inner, spring - 0.04 * s)]
        wall += [(x + side * outer, top), (b, top + 0.03 * s * rng.normal()), (b + side * 0.02 * s, base)]
        canvas.drawPath(polygon(wall), _across(sheet, (a + b) / 2, abs(b - a) / 2))
        rows = 7
        for k in range(rows):
            y = base + (spring - base) * k / rows
            canvas.drawLine(a, y, b, y, stroke(_marble(sheet, -0.42), 0.012 * s, 0.6))
            mid = a + (b - a) * (0.35 if k % 2 else 0.65)
            canvas.drawLine(mid, y, mid, y + (spring - base) / rows, stroke(_marble(sheet, -0.42), 0.010 * s, 0.5))
        canvas.drawRect(
            box(min(a, b) - 0.02 * s, spring - 0.02 * s, abs(b - a) + 0.04 * s, 0.05 * s),
            fill(_marble(sheet, 0.05, 0.6)),
        )
    count = 11
    for k in range(count):
        a0, a1 = math.pi * (1 - k / count), math.pi * (1 - (k + 0.94) / count)
        far = outer * (1.0 + (0.10 if k == count // 2 else 0.0) - (0.05 * rng.random()))
        ring = [
            (x + q * math.cos(a), spring - q * math.sin(a)) for q, a in ((inner, a0), (far, a0), (far, a1), (inner, a1))
        ]
        canvas.drawPath(
            polygon(ring), fill(_marble(sheet, rng.uniform(-0.25, 0.02), 0.2 + 0.4 * (math.cos(a0) * _side(sheet) > 0)))
        )
    if sheet.option("ivy", 1.0):
        for off in (-0.38, 0.36):
            _ivy(sheet, x + off * s, base, 0.95 * s, 0.20 * s)


def drums(sheet: Sheet) -> None:
    """Fallen drums and blocks lying about, with grass at them. Options: `count` a frame width, `clear` as columns."""
    rng, layout, person, canvas = sheet.rng, sheet.layout, sheet.person, sheet.canvas
    count = max(2, round(sheet.option("count", 5) * (sheet.right - sheet.left) / layout.width))
    for k in range(count):
        x = sheet.left + (k + rng.uniform(0.2, 0.8)) / count * (sheet.right - sheet.left)
        if abs(x / layout.width - 0.5) < sheet.option("clear", 0.16):
            continue
        r, y = person * rng.uniform(0.10, 0.19), sheet.base + 0.04 * person * rng.random()
        long = r * rng.uniform(1.2, 2.6)
        if rng.random() < 0.55:
            body = polygon([(x, y - 2 * r), (x + long, y - 2 * r), (x + long, y), (x, y)])
            canvas.drawPath(body, down(y - 2 * r, y, [(0, _marble(sheet, 0.08, 0.7), 1), (1, _marble(sheet, -0.5), 1)]))
            for q in range(1, 6):
                yy = y - 2 * r * q / 6
                canvas.drawLine(x, yy, x + long, yy, stroke(_marble(sheet, -0.4), 0.06 * r, 0.5))
            canvas.drawOval(box(x + long - 0.42 * r, y - 2 * r, 0.84 * r, 2 * r), fill(_marble(sheet, -0.35)))
            canvas.drawOval(box(x - 0.42 * r, y - 2 * r, 0.84 * r, 2 * r), fill(_marble(sheet, 0.02, 0.5)))
            canvas.drawOval(box(x - 0.10 * r, y - 1.2 * r, 0.20 * r, 0.4 * r), fill(_marble(sheet, -0.45)))
        else:
            lean = 0.25 * r * rng.normal()
            block = [(x, y), (x + lean, y - 1.5 * r), (x + 1.9 * r + lean, y - 1.6 * r), (x + 2.0 * r, y)]
            canvas.drawPath(
                polygon(block), down(y - 1.5 * r, y, [(0, _marble(sheet, -0.05, 0.4), 1), (1, _marble(sheet, -0.5), 1)])
            )
            canvas.drawPath(
                polygon(
                    [block[1], block[2], (block[2][0] - 0.2 * r, y - 1.85 * r), (block[1][0] + 0.3 * r, y - 1.8 * r)]
                ),
                fill(_marble(sheet, 0.08, 0.7)),
            )
        green = sheet.tone("snow" if sheet.scheme.weather.white else "turf", lighten=-0.1)
        for q in range(14):
            px = x - 0.3 * r + (long + 0.6 * r) * q / 13
            canvas.drawLine(
                px, y + 0.06 * r, px + 0.15 * r * rng.normal(), y - r * rng.uniform(0.1, 0.5), stroke(green, 0.07 * r)
            )


BRUSHES = {"colonnade": colonnade, "archway": archway, "drums": drums}
RULED = frozenset({"colonnade", "archway"})
