"""A castle on its hill: keep and towers with spires, curtain walls, a lit gate, a road that climbs to it.

Knows no places.
"""

from __future__ import annotations

import math

import skia

from scenes.backends.animatic.brushes.groundlight import swaths_between
from scenes.backends.animatic.brushes.sheet import Point, Sheet, box, curve, down, fill, glow, polygon, stroke, sweep
from scenes.backends.animatic.figure import Colour
from scenes.backends.animatic.light import mix

_FOOT = 0.36
"""How high the hill's plateau lies above the sheet's ground, in sizes of the castle."""
_TOWERS = (
    (-0.74, 0.115, 0.25, 0.15),
    (0.72, 0.125, 0.22, 0.17),
    (-0.50, 0.10, 0.33, 0.18),
    (0.50, 0.11, 0.36, 0.19),
    (-0.17, 0.085, 0.44, 0.17),
    (0.20, 0.10, 0.41, 0.20),
    (-0.30, 0.15, 0.30, 0.0),
    (0.33, 0.15, 0.27, 0.0),
    (0.02, 0.155, 0.55, 0.25),
    (0.125, 0.055, 0.50, 0.14),
)
"""Each tower: its place, width, height of its wall, height of its spire (0: battlements), in sizes, far ones first."""


def castle(sheet: Sheet) -> None:
    """A castle on its hill, as wide as 1.7 of its sizes and 1.2 high, a pale light in the air behind it.

    Options: `x`, `size` (frame unit).
    """
    u = sheet.option("size", 0.56) * sheet.layout.unit
    x, y = sheet.x(sheet.option("x", 0.62)), sheet.base
    foot = y - _FOOT * u
    _halo(sheet, x, foot - 0.25 * u, u)
    _hill(sheet, x, y, u)
    stone, shade = sheet.tone("stone", lit=0.7), sheet.tone("stonedark", lighten=-0.2)
    for left, right, high in ((-0.74, -0.30, 0.13), (0.33, 0.72, 0.12), (-0.34, 0.36, 0.20)):
        wall = mix(stone, shade, 0.62)
        sheet.canvas.drawRect(
            box(x + left * u, foot - high * u, (right - left) * u, high * u + 0.08 * u),
            down(foot - high * u, foot + 0.08 * u, [(0, wall, 1), (1, mix(wall, shade, 0.7), 1)]),
        )
        _battlements(sheet, x + left * u, foot - high * u, (right - left) * u, 0.020 * u, wall)
        for k in range(int((right - left) / 0.10)):
            _slit(sheet, x + (left + 0.08 + 0.10 * k) * u, foot - 0.62 * high * u, 0.011 * u)
    for at, wide, high, spire in _TOWERS:
        _tower(sheet, (x + at * u, foot), (wide * u, high * u, spire * u), u)
    _gate(sheet, x + 0.02 * u, foot + 0.06 * u, u)


def _halo(sheet: Sheet, x: float, y: float, u: float) -> None:
    """Light in the air behind the walls, so that they stand off from the darkest sky."""
    day = sheet.scheme.day
    if day.backlight + sheet.scheme.weather.clouds < 0.35:
        return
    light = mix(sheet.scheme.haze, sheet.scheme.glow(), 0.35)
    glow(sheet, (x, y), 1.25 * u, light, 0.55 if day.moon else 0.35)


def _hill(sheet: Sheet, x: float, y: float, u: float) -> None:
    """The hill with its plateau, rock breaking through the grass, and the road that winds up to the gate."""
    rng, canvas = sheet.rng, sheet.canvas
    top = y - _FOOT * u
    edge: list[Point] = [(-2.3, 0.16), (-1.7, 0.06), (-1.25, -0.03), (-1.0, -0.12), (-0.88, -0.27), (-0.74, -0.355)]
    edge += [(0.0, -0.37), (0.72, -0.355), (0.89, -0.26), (1.05, -0.10), (1.35, -0.01), (1.85, 0.07), (2.4, 0.16)]
    crest = [(x + a * u, y + (b + 0.008 * rng.normal()) * u) for a, b in edge]
    white = sheet.scheme.weather.white > 0
    grass, low = ("snow", "snowshade") if white else ("turf", "leafdark")
    shape = skia.PathBuilder(curve(crest, False))
    shape.lineTo(crest[-1][0], sheet.bottom + 4)
    shape.lineTo(crest[0][0], sheet.bottom + 4)
    shape.close()
    path = shape.detach()
    canvas.drawPath(path, down(top, y + 0.22 * u, [(0, sheet.tone(grass, lit=0.4), 1), (1, sheet.tone(low, 0.1), 1)]))
    canvas.save()
    canvas.clipPath(path, True)
    swaths_between(sheet, (x - 1.6 * u, x + 1.7 * u), (top + 0.06 * u, y + 0.2 * u), grass)
    lit, dark = sheet.tone("rock", lit=0.7), sheet.tone("rockdark", lighten=-0.15)
    for k in range(16):
        side = -1.0 if k % 2 else 1.0
        px, py = x + side * u * (0.50 + 0.50 * rng.random()), top + u * (0.02 + 0.24 * rng.random())
        w, h = u * rng.uniform(0.04, 0.10), u * rng.uniform(0.03, 0.07)
        rim = [(-1.0, 0.5), (-0.7, -0.1), (-0.2, -0.3), (0.4, -0.15), (0.9, 0.2), (1.1, 0.6)]
        rock = [(px + a * w, py + (b + 0.12 * rng.normal()) * h) for a, b in rim]
        canvas.drawPath(polygon([*rock, (px, py + 0.9 * h)]), fill(dark, 0.7))
        canvas.drawPath(polygon([*rock[1:4], (px + 0.1 * w, py + 0.35 * h)]), fill(lit, 0.7))
    canvas.restore()
    _road(sheet, x + 0.02 * u, top, u)


def _road(sheet: Sheet, x: float, top: float, u: float) -> None:
    """A road from the gate down the hill in bends, wider as it comes nearer."""
    left: list[Point] = []
    right: list[Point] = []
    for k in range(25):
        f = k / 24
        y = top + 0.05 * u + 0.46 * u * f
        px = x + 0.30 * u * math.sin(7.2 * f**0.85) * (0.25 + 0.75 * f) * (1 - 0.3 * f)
        half = u * (0.024 + 0.045 * f)
        left.append((px - half, y))
        right.append((px + half, y))
    tone = sheet.tone("snowshade" if sheet.scheme.weather.white else "path", lit=0.5)
    sheet.canvas.drawPath(curve([*left, *reversed(right)]), fill(tone, 0.8))


def _tower(sheet: Sheet, foot: Point, measures: tuple[float, float, float], u: float) -> None:
    """A round tower: lit and shaded flank, a wider top, a spire with a pennant or battlements, lit slits."""
    canvas, rng = sheet.canvas, sheet.rng
    (px, y), (w, h, spire) = foot, measures
    top = y - h
    side = 1.0 if sheet.scheme.day.sun_x > 0.5 else -1.0
    stone, shade = sheet.tone("stone", lit=0.7), sheet.tone("stonedark", lighten=-0.28)
    body = sweep(
        (px + side * w / 2, 0),
        (px - side * w / 2, 0),
        [(0, stone, 1), (0.45, mix(stone, shade, 0.35), 1), (1, shade, 1)],
    )
    canvas.drawRect(box(px - w / 2, top, w, h + 0.10 * u), body)
    course = stroke(shade, 0.004 * u, 0.30)
    for k in range(1, int(h / (0.055 * u))):
        across = w * (0.10 + 0.5 * rng.random())
        canvas.drawLine(
            px - w / 2 + across, top + 0.055 * u * k, px - w / 2 + across + 0.3 * w, top + 0.055 * u * k, course
        )
    if spire:
        _spire(sheet, px, top, w, spire, u)
    else:
        canvas.drawRect(box(px - 0.56 * w, top - 0.012 * u, 1.12 * w, 0.035 * u), body)
        _battlements(sheet, px - 0.56 * w, top - 0.012 * u, 1.12 * w, 0.022 * u, mix(stone, shade, 0.3))
    for k in range(int(h / (0.085 * u))):
        if rng.random() < 0.72:
            _slit(sheet, px + (-0.22 if k % 2 else 0.10) * w, top + (0.045 + 0.085 * k) * u, 0.017 * u)


def _spire(sheet: Sheet, x: float, top: float, w: float, high: float, u: float) -> None:
    canvas = sheet.canvas
    white = sheet.scheme.weather.white > 0
    side = 1.0 if sheet.scheme.day.sun_x > 0.5 else -1.0
    roof, deep = sheet.tone("snow" if white else "roofdark", lit=0.4), sheet.tone("roofdark", lighten=-0.4)
    shade, tip = sheet.tone("stonedark", lighten=-0.2), top - high
    canvas.drawRect(box(x - 0.58 * w, top - 0.02 * u, 1.16 * w, 0.035 * u), fill(shade))
    canvas.drawPath(polygon([(x - 0.68 * w, top - 0.015 * u), (x, tip), (x + 0.68 * w, top - 0.015 * u)]), fill(roof))
    dark = [(x - side * 0.05 * w, top - 0.015 * u), (x, tip), (x - side * 0.68 * w, top - 0.015 * u)]
    canvas.drawPath(polygon(dark), fill(deep, 0.5))
    canvas.drawLine(x, tip, x, tip - 0.055 * u, stroke(sheet.tone("metal"), 0.004 * u))
    pennant = [(x, tip - 0.055 * u), (x + 0.060 * u, tip - 0.042 * u), (x, tip - 0.026 * u)]
    canvas.drawPath(polygon(pennant), fill(sheet.tone("fabric", lit=0.5)))


def _gate(sheet: Sheet, x: float, y: float, u: float) -> None:
    """A gatehouse with an arch; where lamps burn, light falls out of it onto the road."""
    canvas, day = sheet.canvas, sheet.scheme.day
    stone, shade = sheet.tone("stone", lit=0.5), sheet.tone("stonedark", lighten=-0.3)
    canvas.drawRect(
        box(x - 0.11 * u, y - 0.21 * u, 0.22 * u, 0.23 * u), down(y - 0.21 * u, y, [(0, stone, 1), (1, shade, 1)])
    )
    _battlements(sheet, x - 0.11 * u, y - 0.21 * u, 0.22 * u, 0.020 * u, stone)
    arch = [
        (x - 0.05 * u, y + 0.02 * u),
        (x - 0.05 * u, y - 0.08 * u),
        (x, y - 0.135 * u),
        (x + 0.05 * u, y - 0.08 * u),
    ]
    arch.append((x + 0.05 * u, y + 0.02 * u))
    dark = sheet.tone("wooddark", lighten=-0.4)
    if day.lamps > 0.3:
        lamp = sheet.scheme.lamp()
        canvas.drawPath(curve(arch), down(y - 0.13 * u, y, [(0, mix(lamp, dark, 0.55), 1), (1, lamp, 1)]))
        glow(sheet, (x, y - 0.04 * u), 0.24 * u, lamp, 0.6 * day.lamps)
    else:
        canvas.drawPath(curve(arch), fill(dark))
    for k in (-2, -1, 0, 1, 2):
        canvas.drawLine(x + 0.018 * k * u, y - 0.12 * u, x + 0.018 * k * u, y - 0.065 * u, stroke(dark, 0.005 * u))


def _battlements(sheet: Sheet, x: float, y: float, width: float, tooth: float, colour: Colour) -> None:
    count = max(3, int(width / (1.8 * tooth)))
    for k in range(count):
        sheet.canvas.drawRect(
            box(x + k * (width - tooth) / (count - 1), y - 1.1 * tooth, tooth, 1.4 * tooth), fill(colour)
        )


def _slit(sheet: Sheet, x: float, y: float, w: float) -> None:
    day = sheet.scheme.day
    if day.lamps > 0.3:
        glow(sheet, (x + w / 2, y + w), 4.2 * w, sheet.scheme.lamp(), 0.5 * day.lamps)
    colour = sheet.scheme.lamp() if day.lamps > 0.3 else sheet.tone("wooddark", lighten=-0.4)
    sheet.canvas.drawPath(
        curve([(x, y + 2.2 * w), (x, y + 0.6 * w), (x + w / 2, y), (x + w, y + 0.6 * w), (x + w, y + 2.2 * w)]),
        fill(colour),
    )


BRUSHES = {"castle": castle}
RULED = frozenset({"castle"})
