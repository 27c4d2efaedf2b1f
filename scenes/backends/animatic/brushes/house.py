"""Cottages, a church, a castle, lamps and poles: what people have built in the open.

Sizes are in heights of a person at the sheet's depth. Knows no places.
"""

from __future__ import annotations

import numpy as np

from scenes.backends.animatic.brushes.sheet import Point, Sheet, box, curve, down, fill, glow, polygon, stroke
from scenes.backends.animatic.light import mix


def window(sheet: Sheet, x: float, y: float, w: float, h: float, lit: bool, frame: str = "walldark") -> None:
    """A window with its frame and bars; a lit one glows."""
    canvas = sheet.canvas
    day = sheet.scheme.day
    burning = lit and day.lamps > 0.2
    if burning:
        glow(sheet, (x + w / 2, y + h / 2), 2.0 * h, sheet.scheme.lamp(), 0.34 * day.lamps)
    canvas.drawRect(box(x - 0.09 * w, y - 0.07 * h, 1.18 * w, 1.16 * h), fill(sheet.tone(frame, lighten=-0.12)))
    if burning:
        lamp = mix(sheet.tone("lit"), sheet.scheme.lamp(), 0.5 + 0.5 * day.lamps)
        canvas.drawRect(box(x, y, w, h), down(y, y + h, [(0, mix(lamp, (1, 1, 1), 0.15), 1), (1, mix(lamp, (0.9, 0.5, 0.2), 0.25), 1)]))
    else:
        canvas.drawRect(box(x, y, w, h), down(y, y + h, [(0, mix(sheet.tone("glass"), sheet.scheme.sky(2), 0.3), 1), (1, sheet.tone("glass", lighten=-0.4), 1)]))
    bar = fill(sheet.tone(frame, lighten=-0.05))
    canvas.drawRect(box(x + 0.46 * w, y, 0.08 * w, h), bar)
    canvas.drawRect(box(x, y + 0.44 * h, w, 0.06 * h), bar)
    canvas.drawRect(box(x - 0.14 * w, y + h, 1.28 * w, 0.09 * h), fill(sheet.tone(frame, lit=0.6)))


def cottage(sheet: Sheet, x: float, y: float, size: float, wall: str, roof: str) -> None:
    """A gabled house whose wall is `size` pixels wide, its foot at (x, y) on the left."""
    canvas, rng = sheet.canvas, sheet.rng
    w, h = size, size * (0.58 + 0.16 * rng.random())
    side = 1 if sheet.scheme.day.sun_x > 0.5 else -1
    lit, shade = sheet.tone(wall, lit=0.7), sheet.tone(wall, lighten=-0.22)
    gable = 0.40 * w
    a, b = (lit, shade) if side < 0 else (shade, lit)
    canvas.drawRect(box(x, y - h, gable, h + 3), fill(a))
    canvas.drawRect(box(x + gable, y - h, w - gable, h + 3), fill(b))
    top = y - h - 0.46 * w
    canvas.drawPath(polygon([(x, y - h + 1), (x + gable / 2, top), (x + gable, y - h + 1)]), fill(a))
    roof_colour, roof_dark = sheet.tone(roof, lit=0.6), sheet.tone(roof, lighten=-0.30)
    white = sheet.scheme.weather.white > 0
    if white:
        roof_colour, roof_dark = sheet.tone("snow", lit=0.5), sheet.tone("snowshade")
    slab = [(x + gable / 2, top), (x + w - 0.10 * w, top), (x + w + 0.07 * w, y - h + 0.06 * w), (x + gable - 0.01 * w, y - h + 0.06 * w)]
    chimney = x + (0.62 + 0.16 * rng.random()) * w
    canvas.drawRect(box(chimney, top - 0.13 * w, 0.085 * w, 0.30 * w), fill(sheet.tone("brick", lighten=-0.1)))
    canvas.drawRect(box(chimney - 0.012 * w, top - 0.15 * w, 0.11 * w, 0.035 * w), fill(sheet.tone("brick", lighten=0.1)))
    canvas.drawPath(polygon(slab), fill(roof_colour))
    for k in range(1, 6):
        yy = top + (y - h + 0.06 * w - top) * k / 6
        f = k / 6
        canvas.drawLine(x + gable / 2 + (gable / 2 - 0.01 * w) * f, yy, x + w - 0.10 * w + 0.17 * w * f, yy, stroke(roof_dark, 0.007 * w, 0.45))
    for start, stop in (((x - 0.05 * w, y - h + 0.05 * w), (x + gable / 2, top - 0.012 * w)), ((x + gable / 2, top - 0.012 * w), (x + gable + 0.02 * w, y - h + 0.06 * w))):
        canvas.drawLine(*start, *stop, stroke(roof_dark, 0.045 * w))
    _front(sheet, x, y, w, h, gable)


def _front(sheet: Sheet, x: float, y: float, w: float, h: float, gable: float) -> None:
    canvas, rng = sheet.canvas, sheet.rng
    canvas.drawRect(box(x, y - 0.07 * h, w, 0.07 * h + 3), fill(sheet.tone("stonedark")))
    door = x + gable + (w - gable) * (0.40 + 0.08 * rng.random())
    canvas.drawRect(box(door - 0.012 * w, y - 0.60 * h, 0.174 * w, 0.60 * h), fill(sheet.tone("walldark", lighten=-0.2)))
    canvas.drawRect(box(door, y - 0.57 * h, 0.15 * w, 0.57 * h), fill(sheet.tone("wooddark", lit=0.2)))
    canvas.drawCircle(door + 0.12 * w, y - 0.28 * h, 0.010 * w, fill(sheet.tone("brass")))
    for wx in (x + gable + 0.08 * w, x + w - 0.15 * w):
        window(sheet, wx, y - 0.66 * h, 0.095 * w, 0.30 * h, rng.random() < 0.75)
    window(sheet, x + gable / 2 - 0.06 * w, y - 0.66 * h, 0.12 * w, 0.32 * h, rng.random() < 0.75)
    window(sheet, x + gable / 2 - 0.04 * w, y - h - 0.18 * w, 0.08 * w, 0.13 * w, rng.random() < 0.4)


def cottages(sheet: Sheet) -> None:
    """A street of cottages. Options: `count` a frame width, `size` (persons), `clear` (half a gap in the middle), `church`."""
    layout, rng, person = sheet.layout, sheet.rng, sheet.person
    size = sheet.option("size", 2.6) * person
    walls = ("wall", "cloth", "walldark", "wall")
    roofs = ("roof", "slate", "roofdark", "roof")
    clear = sheet.option("clear", 0.0) * layout.width
    x = sheet.left - 0.4 * size * rng.random()
    k = 0
    while x < sheet.right:
        w = size * (0.82 + 0.36 * rng.random())
        middle = x + w / 2
        if abs(middle - 0.5 * layout.width) > clear + 0.3 * w:
            cottage(sheet, x, sheet.base + 0.03 * person * rng.random(), w, walls[k % 4], roofs[(k + int(rng.integers(2))) % 4])
        x += w * (1.12 + 0.5 * rng.random() * sheet.option("gap", 1.0))
        k += 1


def church(sheet: Sheet) -> None:
    """A church with its spire on the rise behind the village. Options: `x` (part of the frame), `size` (persons)."""
    canvas = sheet.canvas
    size = sheet.option("size", 4.0) * sheet.person
    x, y = sheet.x(sheet.option("x", 0.68)), sheet.base
    wall, shade, roof = sheet.tone("wall", lit=0.6), sheet.tone("walldark", lighten=-0.1), sheet.tone("slate")
    if sheet.scheme.weather.white:
        roof = sheet.tone("snow")
    canvas.drawRect(box(x, y - 0.42 * size, 0.62 * size, 0.45 * size), fill(shade))
    canvas.drawPath(polygon([(x - 0.03 * size, y - 0.41 * size), (x + 0.08 * size, y - 0.62 * size), (x + 0.56 * size, y - 0.62 * size), (x + 0.66 * size, y - 0.41 * size)]), fill(roof))
    canvas.drawRect(box(x - 0.16 * size, y - 0.74 * size, 0.22 * size, 0.77 * size), fill(wall))
    canvas.drawRect(box(x - 0.05 * size, y - 0.74 * size, 0.11 * size, 0.77 * size), fill(shade, 0.4))
    canvas.drawPath(polygon([(x - 0.19 * size, y - 0.73 * size), (x - 0.05 * size, y - 1.22 * size), (x + 0.09 * size, y - 0.73 * size)]), fill(roof))
    canvas.drawLine(x - 0.05 * size, y - 1.20 * size, x - 0.05 * size, y - 1.31 * size, stroke(sheet.tone("metal"), 0.012 * size))
    canvas.drawLine(x - 0.08 * size, y - 1.27 * size, x - 0.02 * size, y - 1.27 * size, stroke(sheet.tone("metal"), 0.012 * size))
    for k in range(3):
        window(sheet, x + (0.14 + 0.17 * k) * size, y - 0.33 * size, 0.06 * size, 0.18 * size, True, "stone")
    window(sheet, x - 0.085 * size, y - 0.62 * size, 0.07 * size, 0.12 * size, False, "stone")


def castle(sheet: Sheet) -> None:
    """A castle on its rock: towers with spires and pennants, walls with battlements. Options: `x`, `size` (frame unit)."""
    canvas, layout = sheet.canvas, sheet.layout
    u = sheet.option("size", 0.56) * layout.unit
    x, y = sheet.x(sheet.option("x", 0.62)), sheet.base
    stone, shade, roof = sheet.tone("stone", lit=0.7), sheet.tone("stonedark", lighten=-0.2), sheet.tone("roofdark", lit=0.3)
    white = sheet.scheme.weather.white > 0
    rock = [(x - 1.05 * u, y + 0.12 * u), (x - 0.72 * u, y - 0.10 * u), (x - 0.46 * u, y - 0.16 * u), (x - 0.30 * u, y - 0.34 * u), (x, y - 0.38 * u), (x + 0.32 * u, y - 0.35 * u), (x + 0.52 * u, y - 0.18 * u), (x + 0.80 * u, y - 0.08 * u), (x + 1.15 * u, y + 0.12 * u), (x + 1.2 * u, sheet.bottom), (x - 1.1 * u, sheet.bottom)]
    canvas.drawPath(polygon(rock), down(y - 0.38 * u, y + 0.2 * u, [(0, sheet.tone("rockdark", lit=0.3), 1), (1, sheet.tone("leafdark", 0.1), 1)]))
    for k in range(9):
        px = x + (-0.55 + 0.125 * k) * u
        canvas.drawPath(polygon([(px, y - 0.26 * u), (px + 0.07 * u, y - 0.20 * u), (px + 0.04 * u, y + 0.02 * u), (px - 0.03 * u, y - 0.05 * u)]), fill(sheet.tone("rock", lit=0.5), 0.22))
    towers = ((-0.30, 0.085, 0.30, 0.16), (-0.185, 0.12, 0.24, 0.0), (0.17, 0.12, 0.30, 0.0), (0.02, 0.14, 0.56, 0.25), (-0.10, 0.075, 0.42, 0.17), (0.29, 0.095, 0.36, 0.19), (0.135, 0.06, 0.47, 0.14))
    foot = y - 0.28 * u
    canvas.drawRect(box(x - 0.33 * u, foot - 0.16 * u, 0.66 * u, 0.22 * u), fill(shade))
    _battlements(sheet, x - 0.33 * u, foot - 0.16 * u, 0.66 * u, 0.022 * u, shade)
    for at, w, h, spire in towers:
        px, top = x + at * u, foot - h * u
        canvas.drawRect(box(px - w / 2 * u, top, w * u, h * u + 0.10 * u), fill(stone))
        canvas.drawRect(box(px, top, w / 2 * u, h * u + 0.10 * u), fill(shade, 0.55))
        if spire:
            canvas.drawRect(box(px - 0.62 * w * u, top - 0.02 * u, 1.24 * w * u, 0.035 * u), fill(shade))
            tip = top - spire * u
            canvas.drawPath(polygon([(px - 0.68 * w * u, top - 0.015 * u), (px, tip), (px + 0.68 * w * u, top - 0.015 * u)]), fill(sheet.tone("snow") if white else roof))
            canvas.drawPath(polygon([(px + 0.05 * w * u, top - 0.015 * u), (px, tip), (px + 0.68 * w * u, top - 0.015 * u)]), fill(sheet.tone("roofdark", lighten=-0.4), 0.5))
            canvas.drawLine(px, tip, px, tip - 0.055 * u, stroke(sheet.tone("metal"), 0.004 * u))
            canvas.drawPath(polygon([(px, tip - 0.055 * u), (px + 0.055 * u, tip - 0.042 * u), (px, tip - 0.026 * u)]), fill(sheet.tone("fabric", lit=0.5)))
        else:
            _battlements(sheet, px - w / 2 * u, top, w * u, 0.022 * u, stone)
        for k in range(int(h * 7)):
            if sheet.rng.random() < 0.7:
                _slit(sheet, px + (-0.18 if k % 2 else 0.12) * w * u, top + (0.05 + 0.085 * k) * u, 0.016 * u)
    canvas.drawPath(curve([(x - 0.05 * u, foot + 0.05 * u), (x - 0.05 * u, foot - 0.05 * u), (x, foot - 0.09 * u), (x + 0.05 * u, foot - 0.05 * u), (x + 0.05 * u, foot + 0.05 * u)]), fill(sheet.tone("wooddark", lighten=-0.4)))


def _battlements(sheet: Sheet, x: float, y: float, width: float, tooth: float, colour: tuple[float, float, float]) -> None:
    count = max(3, int(width / (1.8 * tooth)))
    for k in range(count):
        sheet.canvas.drawRect(box(x + k * (width - tooth) / (count - 1), y - 1.1 * tooth, tooth, 1.4 * tooth), fill(colour))


def _slit(sheet: Sheet, x: float, y: float, w: float) -> None:
    day = sheet.scheme.day
    if day.lamps > 0.3:
        glow(sheet, (x + w / 2, y + w), 4.2 * w, sheet.scheme.lamp(), 0.4 * day.lamps)
    colour = sheet.scheme.lamp() if day.lamps > 0.3 else sheet.tone("wooddark", lighten=-0.4)
    sheet.canvas.drawPath(curve([(x, y + 2.2 * w), (x, y + 0.6 * w), (x + w / 2, y), (x + w, y + 0.6 * w), (x + w, y + 2.2 * w)]), fill(colour))


def lamps(sheet: Sheet) -> None:
    """Street lamps with their cones of light. Options: `count` a frame width, `size` (persons)."""
    layout, canvas = sheet.layout, sheet.canvas
    h, base = sheet.option("size", 2.0) * sheet.person, sheet.base
    count = max(1, round(sheet.option("count", 2.0) * max(0.75, layout.width / layout.unit / 1.78)))
    gap = layout.width / count
    metal = sheet.tone("metal", lighten=-0.35)
    day = sheet.scheme.day
    for k in range(-2, count + 3):
        x = (k + 0.22) * gap
        if not sheet.left - h < x < sheet.right + h:
            continue
        canvas.drawPath(polygon([(x - 0.045 * h, base), (x - 0.032 * h, base - 0.06 * h), (x - 0.014 * h, base - 0.10 * h), (x - 0.010 * h, base - 0.90 * h), (x + 0.010 * h, base - 0.90 * h), (x + 0.014 * h, base - 0.10 * h), (x + 0.032 * h, base - 0.06 * h), (x + 0.045 * h, base)]), fill(metal))
        canvas.drawRect(box(x - 0.06 * h, base - 0.80 * h, 0.12 * h, 0.012 * h), fill(metal))
        head = base - 0.90 * h
        on = day.lamps > 0.3
        if on:
            light = sheet.scheme.lamp()
            cone = down(head - 0.05 * h, base, [(0, light, 0.34 * day.lamps), (0.6, light, 0.10 * day.lamps), (1, light, 0.0)])
            canvas.drawPath(polygon([(x - 0.04 * h, head - 0.04 * h), (x - 0.34 * h, base), (x + 0.34 * h, base), (x + 0.04 * h, head - 0.04 * h)]), cone)
        canvas.drawPath(polygon([(x - 0.030 * h, head), (x - 0.052 * h, head - 0.085 * h), (x + 0.052 * h, head - 0.085 * h), (x + 0.030 * h, head)]), fill(mix(sheet.scheme.lamp(), (1, 1, 1), 0.4) if on else sheet.tone("glass")))
        canvas.drawPath(polygon([(x - 0.062 * h, head - 0.083 * h), (x, head - 0.135 * h), (x + 0.062 * h, head - 0.083 * h)]), fill(metal))
        if on:
            glow(sheet, (x, head - 0.045 * h), 0.42 * h, sheet.scheme.lamp(), 0.85 * day.lamps)


def poles(sheet: Sheet) -> None:
    """Telegraph poles with sagging wires. Option `count` a frame width."""
    canvas = sheet.canvas
    h, base = 3.0 * sheet.person, sheet.base
    gap = sheet.layout.width / sheet.option("count", 2.0)
    xs = np.arange(np.floor(sheet.left / gap) - 1, np.ceil(sheet.right / gap) + 2) * gap + 0.3 * gap
    wood = sheet.tone("wooddark", lighten=-0.2)
    for x in xs:
        canvas.drawLine(x, base + 3, x + 0.01 * h, base - h, stroke(wood, 0.03 * h))
        canvas.drawLine(x - 0.13 * h, base - 0.92 * h, x + 0.15 * h, base - 0.92 * h, stroke(wood, 0.022 * h))
    for off in (-0.12, 0.0, 0.14):
        points: list[Point] = []
        for x in xs:
            points += [(x + off * h, base - 0.94 * h), (x + off * h + gap / 2, base - 0.83 * h)]
        canvas.drawPath(curve(points, False), stroke(wood, 0.006 * h, 0.8))
