"""Ground under no air: the cratered land of another world with its strange rocks, and the deck of a station.

Colours are mixed from known materials and fade to that world's own horizon. Knows no places.
"""

from __future__ import annotations

import math
from itertools import pairwise

from scenes.backends.animatic.brushes.groundlight import pool
from scenes.backends.animatic.brushes.heavens import horizon_of
from scenes.backends.animatic.brushes.massif import modelled
from scenes.backends.animatic.brushes.sheet import (
    Point,
    Sheet,
    box,
    curve,
    down,
    fill,
    glow,
    polygon,
    round_about,
    stroke,
    sweep,
)
from scenes.backends.animatic.figure import Colour
from scenes.backends.animatic.light import mix
from scenes.backends.animatic.noise import profile


def _rust(sheet: Sheet, lighten: float = 0.0, lit: float = 0.0) -> Colour:
    far = sheet.option("far", 0.0)
    if sheet.option("moon", 0.0):
        grey = mix(sheet.tone("stone", 0, lighten, lit), sheet.tone("rock", 0, lighten, lit), 0.3)
        return mix(grey, sheet.tone("slate", 0, -0.4), 0.6 * far)
    near = mix(sheet.tone("roof", 0, lighten, lit), sheet.tone("rock", 0, lighten, lit), 0.42)
    return mix(near, horizon_of(sheet), far)


def regolith(sheet: Sheet) -> None:
    """Rolling dust with craters.

    Options: `rise` and `waves` as hills have them, `far` 0..1 lost in the air, `craters` a frame width, `stones`,
    `moon` 1 for grey dust under a black sky.
    """
    layout, rng, person = sheet.layout, sheet.rng, sheet.person
    lift = sheet.option("lift", 0.0) * person
    base, rise = sheet.base - lift, sheet.option("rise", 0.03) * layout.unit
    span = sheet.right - sheet.left
    count = max(16, int(span / 4))
    line = profile(count, sheet.option("waves", 1.2) * span / layout.unit, 0.28, rng)
    edge: list[Point] = [
        (sheet.left - 3 + (span + 6) * k / (count - 1), base - rise * (0.5 + 0.5 * y)) for k, y in enumerate(line)
    ]
    shape = polygon([(sheet.left - 4, sheet.bottom + 4), *edge, (sheet.right + 4, sheet.bottom + 4)])
    low = max(layout.height, base + 0.4 * person)
    stops = [(0.0, _rust(sheet, 0.08, 0.6), 1.0), (0.25, _rust(sheet, 0.0, 0.3), 1.0), (1.0, _rust(sheet, -0.42), 1.0)]
    sheet.canvas.drawPath(shape, down(base - rise, low, stops))
    sheet.canvas.save()
    sheet.canvas.clipPath(shape, True)
    for _ in range(int(26 * span / layout.unit)):
        x, d = sheet.left + rng.random() * span, rng.random() ** 1.5
        y, w = base + d * (sheet.bottom - base), person * rng.uniform(0.1, 0.5) * (0.3 + d)
        sheet.canvas.drawOval(
            box(x - w, y, 2 * w, 0.16 * w), fill(_rust(sheet, -0.3 if rng.random() < 0.5 else 0.1), 0.22)
        )
    spots = sorted(
        (rng.random() ** 1.2, rng.random()) for _ in range(int(sheet.option("craters", 6) * span / layout.width))
    )
    for d, across in spots:
        y = base + 0.05 * person + d * 0.9 * (low - base)
        _crater(sheet, sheet.left + across * span, y, person * (0.10 + 0.34 * d) * rng.uniform(0.6, 1.3))
    if sheet.layer.depth <= 1.0:
        pool(sheet, (0.5 * layout.width, sheet.base), 0.46 * layout.width, 0.32 * person)
    sheet.canvas.restore()
    modelled(sheet, 0.36 * sheet.scheme.style.far_blur, 3.9)
    for _ in range(int(sheet.option("stones", 0) * span / layout.unit)):
        d = rng.random() ** 1.4
        x, y = sheet.left + rng.random() * span, base + 0.06 * person + d * (low - base)
        _pebble(sheet, x, y, person * (0.015 + 0.05 * rng.random() ** 3) * (0.6 + d))


def _crater(sheet: Sheet, x: float, y: float, r: float) -> None:
    side = 1.0 if sheet.scheme.day.sun_x > 0.5 else -1.0
    canvas, high = sheet.canvas, 0.26 * r
    canvas.drawOval(box(x - 1.14 * r, y - 1.20 * high, 2.28 * r, 2.45 * high), fill(_rust(sheet, 0.10, 0.8), 0.75))
    paint = sweep((x - side * r, y), (x + side * r, y), [(0, _rust(sheet, 0.02, 0.4), 1), (1, _rust(sheet, -0.55), 1)])
    canvas.drawOval(box(x - r, y - high, 2 * r, 2 * high), paint)
    canvas.drawOval(box(x - 0.62 * r, y - 0.36 * high, 1.24 * r, 1.1 * high), fill(_rust(sheet, -0.22), 0.6))


def _pebble(sheet: Sheet, x: float, y: float, r: float) -> None:
    rng = sheet.rng
    top = [(x + 1.2 * r * math.cos(a), y - r * rng.uniform(0.7, 1.1) * math.sin(a)) for a in (0.0, 0.7, 1.5, 2.3, 3.14)]
    sheet.canvas.drawPath(polygon([*top, (x, y + 0.2 * r)]), fill(_rust(sheet, -0.35)))
    sheet.canvas.drawPath(polygon([*top[1:4], (x, y - 0.3 * r)]), fill(_rust(sheet, 0.12, 0.7)))


def spires(sheet: Sheet) -> None:
    """Rocks that no weather of ours has made: leaning needles, mushrooms and an arch.

    Options: `size` (persons), `clear` (half of the gap in the middle), `far` 0..1, `arch` 0 or 1.
    """
    rng, layout, person = sheet.rng, sheet.layout, sheet.person
    size, clear = sheet.option("size", 2.0) * person, sheet.option("clear", 0.2)
    x = sheet.left - 0.2 * size
    while x < sheet.right:
        tall = size * rng.uniform(0.35, 1.0)
        if abs(x / layout.width - 0.5) > clear * rng.uniform(0.8, 1.2):
            _needle(sheet, x, tall, cap=rng.random() < 0.4)
        x += size * rng.uniform(0.30, 0.95)
    if sheet.option("arch", 0.0):
        _arch(sheet, sheet.x(0.5 + (clear + 0.10)), 0.85 * size)


def _needle(sheet: Sheet, x: float, h: float, cap: bool) -> None:
    rng, y = sheet.rng, sheet.base
    lean = 0.16 * h * rng.normal()
    w = h * rng.uniform(0.12, 0.20)
    left: list[Point] = []
    right: list[Point] = []
    for k in range(7):
        f = k / 6
        thin = (1 - f) ** 0.8 + 0.10 if not cap else 0.40 + 0.6 * (1 - f) ** 2
        if cap and k >= 5:
            thin = 1.25 if k == 5 else 0.7
        half = w * thin * rng.uniform(0.9, 1.1)
        at = (x + lean * f * f, y + 0.05 * h - f * h)
        left.append((at[0] - half, at[1]))
        right.append((at[0] + half, at[1]))
    shape = curve([*left, *reversed(right)])
    sun = 1.0 if sheet.scheme.day.sun_x > 0.5 else -1.0
    sheet.canvas.drawPath(
        shape, sweep((x - sun * w, 0), (x + sun * w, 0), [(0, _rust(sheet, -0.45), 1), (1, _rust(sheet, 0, 0.6), 1)])
    )
    sheet.canvas.save()
    sheet.canvas.clipPath(shape, True)
    for k in range(1, 6):
        yy = y - h * (k + 0.3 * rng.random()) / 6
        strip = [(x - 2 * w, yy), (x + lean, yy - 0.02 * h), (x + 2.5 * w, yy + 0.02 * h)]
        sheet.canvas.drawPath(curve(strip, False), stroke(_rust(sheet, -0.35), 0.025 * h, 0.4))
    sheet.canvas.restore()


def _arch(sheet: Sheet, x: float, h: float) -> None:
    y = sheet.base + 0.04 * h
    outer = [(-0.78, 0), (-0.72, 0.5), (-0.42, 0.88), (0.05, 1.0), (0.50, 0.80), (0.74, 0.42), (0.92, 0)]
    inner = [(0.52, 0), (0.46, 0.36), (0.28, 0.62), (0.0, 0.72), (-0.28, 0.60), (-0.44, 0.34), (-0.46, 0)]
    shape = polygon([(x + a * h, y - b * h) for a, b in [*_eased(outer), *_eased(inner)]])
    stops = [(0.0, _rust(sheet, 0.06, 0.7), 1.0), (1.0, _rust(sheet, -0.4), 1.0)]
    sheet.canvas.drawPath(shape, down(y - h, y, stops))


def _eased(points: list[Point]) -> list[Point]:
    """Two corners cut from each bend, so that stone looks worn."""
    out = [points[0]]
    for (ax, ay), (bx, by) in pairwise(points):
        out += [(0.75 * ax + 0.25 * bx, 0.75 * ay + 0.25 * by), (0.25 * ax + 0.75 * bx, 0.25 * ay + 0.75 * by)]
    return [*out, points[-1]]


def station(sheet: Sheet) -> None:
    """The deck of a space station: plates in perspective with lit edges, a rail of low lights at its far side."""
    layout, person, canvas = sheet.layout, sheet.person, sheet.canvas
    top = layout.ground_at(1.35)
    cx, cy = layout.width / 2, layout.horizon
    plate, seam = sheet.tone("stone", lighten=-0.28, lit=0.3), sheet.tone("metal", lighten=-0.55)
    span = sheet.right - sheet.left
    stops = [
        (0.0, sheet.tone("stone", lighten=-0.10, lit=0.6), 1.0),
        (0.4, plate, 1.0),
        (1.0, sheet.tone("metal", lighten=-0.4), 1.0),
    ]
    canvas.drawRect(box(sheet.left, top, span, sheet.bottom - top + 2), down(top, layout.height, stops))
    low = (sheet.bottom - cy) / (layout.ground - cy)
    for k in range(-24, 25):
        x = k * 0.62 * person
        canvas.drawLine(cx + x / 1.35, top, cx + x * low, sheet.bottom, stroke(seam, 0.016 * person, 0.8))
    for depth in (1.18, 1.02, 0.88, 0.76, 0.66):
        y = layout.ground_at(depth)
        canvas.drawLine(sheet.left, y, sheet.right, y, stroke(seam, 0.016 * person / depth, 0.8))
        canvas.drawLine(
            sheet.left,
            y + 0.014 * person,
            sheet.right,
            y + 0.014 * person,
            stroke(sheet.tone("stone", lit=0.8), 0.006 * person, 0.4),
        )
    canvas.drawRect(box(sheet.left, top - 0.06 * person, span, 0.07 * person), fill(sheet.tone("metal", lighten=-0.3)))
    canvas.drawRect(
        box(sheet.left, top - 0.075 * person, span, 0.018 * person), fill(sheet.tone("stone", lighten=0.2, lit=0.8))
    )
    lamp = mix(sheet.scheme.lamp(), (0.55, 0.9, 1.0), 0.65)
    gap = 0.62 * person
    for k in range(math.floor((sheet.left - cx) / gap), math.ceil((sheet.right - cx) / gap) + 1):
        x = cx + k * gap
        canvas.drawRoundRect(
            box(x - 0.05 * person, top - 0.045 * person, 0.10 * person, 0.025 * person), 2, 2, fill(lamp)
        )
        glow(sheet, (x, top - 0.03 * person), 0.22 * person, lamp, 0.55)


def antenna(sheet: Sheet) -> None:
    """A dish on its mast and a module with round windows at one side. Options: `x` (part of the frame), `size`."""
    canvas, y = sheet.canvas, sheet.base
    s, x = sheet.option("size", 1.6) * sheet.person, sheet.x(sheet.option("x", 0.12))
    hull, shade, pale = (
        sheet.tone("stone", lit=0.6),
        sheet.tone("metal", lighten=-0.35),
        sheet.tone("flowerwhite", lit=0.6),
    )
    canvas.drawRoundRect(
        box(x - 0.75 * s, y - 0.62 * s, 1.05 * s, 0.66 * s),
        0.14 * s,
        0.14 * s,
        down(y - 0.62 * s, y, [(0, pale, 1), (0.4, hull, 1), (1, shade, 1)]),
    )
    for k in range(3):
        wx = x - 0.52 * s + 0.28 * k * s
        canvas.drawCircle(wx, y - 0.36 * s, 0.085 * s, fill(shade))
        canvas.drawCircle(wx, y - 0.36 * s, 0.06 * s, fill(mix(sheet.scheme.lamp(), (0.6, 0.9, 1.0), 0.4)))
        glow(sheet, (wx, y - 0.36 * s), 0.24 * s, sheet.scheme.lamp(), 0.5)
    canvas.drawLine(x + 0.06 * s, y - 0.6 * s, x + 0.06 * s, y - 1.02 * s, stroke(shade, 0.05 * s))
    canvas.save()
    canvas.translate(x + 0.08 * s, y - 1.12 * s)
    canvas.rotate(-32.0)
    canvas.drawOval(box(-0.40 * s, -0.13 * s, 0.80 * s, 0.30 * s), fill(shade))
    canvas.drawOval(box(-0.40 * s, -0.17 * s, 0.80 * s, 0.27 * s), fill(pale))
    canvas.drawOval(
        box(-0.31 * s, -0.13 * s, 0.62 * s, 0.18 * s),
        round_about((0.0, -0.06 * s), 0.34 * s, [(0, shade, 1), (1, hull, 1)]),
    )
    canvas.drawLine(0, -0.05 * s, 0, -0.32 * s, stroke(pale, 0.022 * s))
    canvas.restore()
    red = (1.0, 0.25, 0.2)
    canvas.drawCircle(x + 0.08 * s - 0.17 * s, y - 1.40 * s, 0.026 * s, fill(red))
    glow(sheet, (x - 0.09 * s, y - 1.40 * s), 0.2 * s, red, 0.8)


def sails_of_glass(sheet: Sheet) -> None:
    """Wings of solar cells on a boom, seen aslant. Options: `x`, `y` (parts of the frame), `size` (frame unit)."""
    canvas, layout = sheet.canvas, sheet.layout
    s = sheet.option("size", 0.2) * layout.unit
    cell, line, boom = (
        sheet.tone("slate", lighten=-0.25, lit=0.5),
        sheet.tone("brass", lit=0.5),
        sheet.tone("stone", lit=0.7),
    )
    canvas.save()
    canvas.translate(sheet.x(sheet.option("x", 0.3)), layout.height * sheet.option("y", 0.2))
    canvas.rotate(sheet.option("turn", -14.0))
    canvas.drawLine(-1.9 * s, 0, 1.9 * s, 0, stroke(boom, 0.045 * s))
    canvas.drawRoundRect(
        box(-0.26 * s, -0.17 * s, 0.52 * s, 0.34 * s),
        0.1 * s,
        0.1 * s,
        down(-0.17 * s, 0.17 * s, [(0, sheet.tone("flowerwhite", lit=0.6), 1), (1, sheet.tone("metal"), 1)]),
    )
    for start in (-1.85, -1.08, 0.42, 1.19):
        for up in (-1.0, 1.0):
            x, y = start * s, 0.06 * s if up > 0 else -0.60 * s
            canvas.drawRect(box(x, y, 0.66 * s, 0.54 * s), fill(cell))
            for k in range(1, 6):
                canvas.drawLine(x + 0.11 * k * s, y, x + 0.11 * k * s, y + 0.54 * s, stroke(line, 0.010 * s, 0.7))
            for k in range(1, 4):
                canvas.drawLine(x, y + 0.135 * k * s, x + 0.66 * s, y + 0.135 * k * s, stroke(line, 0.008 * s, 0.5))
    canvas.restore()


BRUSHES = {"regolith": regolith, "spires": spires, "station": station, "antenna": antenna, "solar": sails_of_glass}
RULED = frozenset({"station", "antenna", "solar"})
