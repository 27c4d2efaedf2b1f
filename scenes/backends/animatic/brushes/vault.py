"""The inside of a mountain: walls of rock with an opening, hanging and standing stones, crystals, light from outside.

Each wall is a sheet with a hole, so that the depths of a cave shift against one another. Knows no places.
"""

from __future__ import annotations

import math

import skia

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
    soft,
    sweep,
)
from scenes.backends.animatic.figure import Colour
from scenes.backends.animatic.light import mix


def _stone(sheet: Sheet, dark: float, lit: float = 0.0) -> Colour:
    """Rock that daylight hardly reaches; `dark` 0..1."""
    rock = mix(sheet.tone("rockdark", lit=lit), sheet.scheme.sky(3), 0.22 * sheet.scheme.day.backlight)
    return mix(rock, mix(sheet.scheme.ink, (0.03, 0.03, 0.06), 0.4), dark)


def _mouth(sheet: Sheet) -> tuple[float, float, float, float]:
    """Middle, floor, half width and height of the opening in this wall, in pixels."""
    layout = sheet.layout
    half = sheet.option("wide", 0.2) * layout.unit
    return sheet.x(sheet.option("x", 0.6)), sheet.base, half, sheet.option("high", 0.5) * layout.unit


def _opening(sheet: Sheet) -> list[Point]:
    rng = sheet.rng
    x, y, half, high = _mouth(sheet)
    rough = sheet.option("rough", 0.12)
    out: list[Point] = [(x - 1.06 * half, y + 0.35 * high)]
    count = 22
    uneven = rng.normal(size=count + 3)
    for k in range(count + 1):
        a = math.pi * (1 - k / count)
        r = 1.0 + rough * 0.55 * float(uneven[k] + uneven[k + 1] + uneven[k + 2]) / 1.73
        across, up = math.cos(a), max(0.0, math.sin(a)) ** 0.72
        out.append((x + half * across * r, y - high * up * r + 0.008 * high * rng.normal()))
    return [*out, (x + 1.06 * half, y + 0.35 * high)]


def vault(sheet: Sheet) -> None:
    """A wall of rock with an opening in it, darker away from the hole.

    Options: `x` (part of the frame), `wide` and `high` (frame unit) of the opening, `rough`, `dark` 0..1, `rim` how far
    its edge catches the light, `teeth` (how long stones hang and stand in it, persons).
    """
    canvas, layout = sheet.canvas, sheet.layout
    x, y, half, high = _mouth(sheet)
    dark = sheet.option("dark", 0.5)
    near, rim = _stone(sheet, dark), _stone(sheet, max(0.0, dark - 0.25), 0.5)
    reach = 1.1 * max(layout.width, layout.height)
    area = box(sheet.left, sheet.top, sheet.right - sheet.left, sheet.bottom - sheet.top)
    stops = [(0.0, rim, 1.0), (0.35, near, 1.0), (1.0, _stone(sheet, min(1.0, dark + 0.35)), 1.0)]
    canvas.drawRect(area, round_about((x, y - 0.5 * high), reach, stops))
    _cracks(sheet, x, y - 0.5 * high, dark)
    hole = _opening(sheet)
    shone = sheet.option("rim", 1.0)
    for grow, shine in ((1.055, 0.12), (1.035, 0.22), (1.014, 0.46)):
        edge = [(x + (grow + 0.012 * sheet.rng.normal()) * (a - x), y + grow * (b - y)) for a, b in hole]
        canvas.drawPath(polygon(edge), fill(mix(rim, sheet.scheme.haze, shine * shone)))
    clear = skia.Paint(AntiAlias=True)
    clear.setBlendMode(skia.BlendMode.kClear)
    canvas.drawPath(polygon(hole), clear)
    long = sheet.option("teeth", 0.5) * sheet.person
    if long:
        _teeth(sheet, x, y, half, high, long, near, rim)


def _cracks(sheet: Sheet, x: float, y: float, dark: float) -> None:
    """Facets of the rock, those turned to the light lighter."""
    rng, person = sheet.rng, min(sheet.person * 2.0, 0.36 * sheet.layout.unit)
    span, tall = sheet.right - sheet.left, sheet.bottom - sheet.top
    lit, deep = _stone(sheet, max(0.0, dark - 0.18), 0.4), _stone(sheet, min(1.0, dark + 0.3))
    for _ in range(int(150 * span * tall / sheet.layout.unit**2 / 1.8)):
        px, py = sheet.left + rng.random() * span, sheet.top + rng.random() * tall
        away = math.atan2(py - y, px - x)
        w, h = person * rng.uniform(0.06, 0.30), person * rng.uniform(0.12, 0.5)
        turn = away + rng.normal() * 0.3
        points = []
        for q, r in ((0.0, 0.6), (1.2, 1.0), (2.6, 0.7), (3.5, 0.9), (5.0, 0.6)):
            a, b = w * r * math.cos(q), h * r * math.sin(q)
            points.append((px + a * math.cos(turn) - b * math.sin(turn), py + a * math.sin(turn) + b * math.cos(turn)))
        near = max(0.0, 1.0 - math.hypot(px - x, py - y) / (1.1 * sheet.layout.unit))
        canvas_paint = fill(lit, 0.10 + 0.4 * near) if rng.random() < 0.5 else fill(deep, 0.32)
        sheet.canvas.drawPath(polygon(points), canvas_paint)


def _teeth(sheet: Sheet, x: float, y: float, half: float, high: float, long: float, near: Colour, rim: Colour) -> None:
    rng = sheet.rng
    sun = 1.0 if sheet.option("x", 0.6) > 0.5 else -1.0
    # where the edge is ragged, stones hang from further in, so that none floats before the opening
    uneven = 0.45 * half * max(0.0, sheet.option("rough", 0.12) - 0.18)
    for k in range(13):
        at = (k + 0.5) / 13 * 2 - 1 + 0.05 * rng.normal()
        if uneven and abs(at) > 0.66:
            continue
        top = y - 1.04 * high * max(0.0, 1 - at * at) ** 0.36
        h = long * rng.uniform(0.25, 1.1) * (0.55 + 0.45 * abs(at))
        _tooth(sheet, x + at * half * 0.98, top - 0.10 * h - uneven, h, 1.0, near, rim, sun)
        if abs(at) > 0.62:
            _tooth(sheet, x + at * half * 1.02, y + 0.16 * long, 0.75 * h * rng.uniform(0.5, 1.0), -1.0, near, rim, sun)


def _tooth(sheet: Sheet, x: float, y: float, h: float, way: float, body: Colour, rim: Colour, sun: float) -> None:
    """One stone that hangs (`way` 1) or stands (-1) with its root at (x, y)."""
    w, bend = h * 0.17, 0.04 * h * sheet.rng.normal()
    shape = [(x - 1.5 * w, y - way * 0.1 * h), (x - 0.75 * w, y + way * 0.16 * h), (x - 0.38 * w, y + way * 0.55 * h)]
    shape += [(x + bend, y + way * h), (x + 0.38 * w, y + way * 0.52 * h), (x + 0.8 * w, y + way * 0.15 * h)]
    shape += [(x + 1.5 * w, y - way * 0.1 * h)]
    sheet.canvas.drawPath(curve(shape), sweep((x - sun * w, y), (x + sun * w, y), [(0, body, 1), (1, rim, 1)]))


def fangs(sheet: Sheet) -> None:
    """Stones that hang from the roof along the upper edge of the frame. Options: `size` (frame unit), `dark`."""
    rng, layout = sheet.rng, sheet.layout
    size = sheet.option("size", 0.2) * layout.unit
    dark = sheet.option("dark", 0.9)
    body, rim = _stone(sheet, dark), _stone(sheet, dark - 0.12, 0.3)
    x = sheet.left
    line: list[Point] = [(sheet.left - 5, sheet.top - 5)]
    while x < sheet.right + size:
        away = abs(x / layout.width - 0.5) * 2
        y = size * (0.10 + 0.32 * min(1.3, away) ** 2)
        line.append((x, y))
        h = size * rng.uniform(0.2, 1.0) * (0.35 + 0.65 * min(1.2, away))
        _tooth(sheet, x, y - 0.02 * h, h, 1.0, body, rim, 1.0)
        x += size * rng.uniform(0.12, 0.42)
    sheet.canvas.drawPath(polygon([*line, (sheet.right + 5, sheet.top - 5)]), fill(body))


def crystals(sheet: Sheet) -> None:
    """Clusters of glowing crystals.

    Options: `size` (persons), `clear` (half of the gap in the middle), `light` 1 for their glow alone.
    """
    rng, person = sheet.rng, sheet.person
    size = sheet.option("size", 0.5) * person
    only = sheet.option("light", 0.0) > 0.5
    colours: tuple[Colour, Colour] = ((0.42, 0.86, 0.95), (0.66, 0.52, 0.98))
    for k, share in enumerate((0.06, 0.30, 0.84, 0.97)):
        if abs(share - 0.5) < sheet.option("clear", 0.15):
            continue
        x, y = sheet.x(share + 0.02 * rng.normal()), sheet.base + 0.02 * person
        colour = mix(colours[k % 2], sheet.scheme.glow(), 0.15)
        tall = size * rng.uniform(0.6, 1.1)
        spikes = [(rng.normal() * 0.36, rng.uniform(0.4, 1.0)) for _ in range(6)]
        if only:
            glow(sheet, (x, y - 0.3 * tall), 2.3 * tall, colour, 0.75)
            continue
        for lean, long in sorted(spikes, key=lambda one: one[1], reverse=True):
            _spike(sheet, x + lean * 0.5 * tall, y, tall * long, lean, colour)


def _spike(sheet: Sheet, x: float, y: float, h: float, lean: float, colour: Colour) -> None:
    w, tip = 0.15 * h, (x + lean * h, y - h)
    dark = mix(colour, (0.05, 0.05, 0.2), 0.55)
    left, right = (x - w + 0.7 * lean * h, y - 0.74 * h), (x + w + 0.7 * lean * h, y - 0.70 * h)
    middle = (x + 0.2 * w + 0.66 * lean * h, y - 0.64 * h)
    sheet.canvas.drawPath(polygon([(x - w, y), left, tip, right, (x + w, y)]), fill(dark))
    sheet.canvas.drawPath(polygon([(x - w, y), left, tip, middle, (x + 0.2 * w, y)]), fill(colour, 0.9))
    sheet.canvas.drawPath(polygon([left, tip, middle]), fill(mix(colour, (1, 1, 1), 0.55), 0.9))


def cave_light(sheet: Sheet) -> None:
    """Daylight or moonlight that falls in through an opening, as light on black. Options as the wall has them."""
    layout, canvas = sheet.layout, sheet.canvas
    x, y, half, high = _mouth(sheet)
    day = sheet.scheme.day
    colour = mix(sheet.scheme.sky(3), sheet.scheme.glow(), 0.45)
    strength = 0.80 + 0.20 * day.backlight
    side = -1.0 if sheet.option("x", 0.6) > 0.5 else 1.0
    foot = layout.ground + 0.25 * layout.person
    for k in range(4):
        a, b = -0.8 + 0.42 * k, -0.55 + 0.42 * k
        lean = side * (0.9 + 0.28 * k) * high
        beam = [(x + a * half, y - 0.8 * high), (x + b * half, y - 0.86 * high)]
        beam += [(x + 2.1 * b * half + lean, foot), (x + 1.9 * a * half + lean, foot)]
        stops = [(0.0, colour, 0.42 * strength), (0.7, colour, 0.13 * strength), (1.0, colour, 0.0)]
        paint = sweep((x, y - 0.8 * high), (x + lean, foot), stops)
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.BlurStyle.kNormal_BlurStyle, 0.02 * layout.unit))
        canvas.drawPath(polygon(beam), paint)
    glow(sheet, (x, y - 0.45 * high), 1.7 * high, colour, 0.55 * strength)


def cave_floor(sheet: Sheet) -> None:
    """Worn rock with pools of light, loose stones and small standing ones. Options: `x`, where the light lies."""
    rng, person, layout, canvas = sheet.rng, sheet.person, sheet.layout, sheet.canvas
    span = sheet.right - sheet.left
    top = sheet.base - 0.16 * person
    edge = [(sheet.left - 4 + (span + 8) * k / 40, top + 0.035 * person * rng.normal()) for k in range(41)]
    lit, body = _stone(sheet, 0.22, 0.5), _stone(sheet, 0.50)
    shape = polygon([(sheet.left - 4, sheet.bottom + 4), *edge, (sheet.right + 4, sheet.bottom + 4)])
    canvas.drawPath(shape, down(top, layout.height, [(0, lit, 1), (0.35, body, 1), (1, _stone(sheet, 0.82), 1)]))
    canvas.save()
    canvas.clipPath(shape, True)
    shine = mix(sheet.scheme.sky(3), sheet.scheme.glow(), 0.4)
    x = sheet.x(sheet.option("x", 0.5))
    pool = soft(shine, 0.10 * person, 0.34)
    pool.setBlendMode(skia.BlendMode.kScreen)
    canvas.drawOval(box(x - 1.1 * person, top + 0.03 * person, 2.2 * person, 0.42 * person), pool)
    for _ in range(int(60 * span / layout.unit)):
        d = rng.random() ** 1.4
        px, py, w = sheet.left + rng.random() * span, top + d * (sheet.bottom - top), person * rng.uniform(0.1, 0.5)
        colour = _stone(sheet, 0.3, 0.4) if rng.random() < 0.45 else _stone(sheet, 0.85)
        canvas.drawOval(box(px, py, w * (0.5 + d), 0.10 * w), fill(colour, 0.30))
    canvas.restore()
    for _ in range(int(16 * span / layout.unit)):
        d = rng.random() ** 1.3
        px, py = sheet.left + rng.random() * span, top + 0.05 * person + d * max(1.0, layout.height - top)
        r = person * (0.02 + 0.07 * rng.random() ** 2) * (0.6 + d)
        rock = [
            (px + 1.2 * r * math.cos(a), py - r * rng.uniform(0.6, 1.1) * math.sin(a)) for a in (0, 0.8, 1.6, 2.4, 3.14)
        ]
        canvas.drawPath(polygon([*rock, (px, py + 0.2 * r)]), fill(_stone(sheet, 0.75)))
        canvas.drawPath(polygon([*rock[1:4], (px, py - 0.3 * r)]), fill(_stone(sheet, 0.25, 0.5)))


BRUSHES = {
    "vault": vault,
    "fangs": fangs,
    "crystals": crystals,
    "cave light": cave_light,
    "cave floor": cave_floor,
}
RULED: frozenset[str] = frozenset()
