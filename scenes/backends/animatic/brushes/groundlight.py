"""What the light does to land: a lit clearing round the actors, bands across far fields, drifts and tracks in snow.

Paints on a sheet that already has its land; gives no brush of its own. Knows no places.
"""

from __future__ import annotations

import math

import numpy as np
import skia
from numpy.typing import NDArray

from scenes.backends.animatic.brushes.sheet import Point, Sheet, Stop, argb, box, curve, down, fill, polygon, soft
from scenes.backends.animatic.light import mix
from scenes.backends.animatic.noise import profile


def pool(sheet: Sheet, middle: Point, half: float, tall: float, lamp: bool = False) -> None:
    """An ellipse of light on the ground, the hour's own or a lamp's, so that the eye finds who stands there."""
    day, scheme = sheet.scheme.day, sheet.scheme
    if lamp:
        colour, shine = scheme.lamp(), 0.62 * day.lamps
    else:
        colour = mix(scheme.glow(), day.key, 0.4) if not scheme.style.duo else scheme.glow()
        shine = 0.16 + 0.26 * max(day.backlight, 0.6 * day.shafts)
    stops = [argb(colour, shine), argb(colour, 0.62 * shine), argb(colour, 0.16 * shine), argb(colour, 0.0)]
    paint = skia.Paint(AntiAlias=True, Dither=True)
    paint.setShader(skia.GradientShader.MakeRadial((0.0, 0.0), 1.0, stops, [0.0, 0.35, 0.72, 1.0]))
    paint.setBlendMode(skia.BlendMode.kScreen)
    sheet.canvas.save()
    sheet.canvas.translate(*middle)
    sheet.canvas.scale(half, tall)
    sheet.canvas.drawCircle(0.0, 0.0, 1.0, paint)
    sheet.canvas.restore()


def dapples(sheet: Sheet, top: float, strength: float) -> None:
    """Flecks of light that fall through leaves onto the ground from `top` down, thickest in the middle."""
    rng, layout, person = sheet.rng, sheet.layout, sheet.person
    day = sheet.scheme.day
    colour = mix(sheet.scheme.glow(), day.key, 0.4)
    paint = soft(colour, 0.012 * person, strength * (0.16 + 0.14 * day.backlight))
    paint.setBlendMode(skia.BlendMode.kScreen)
    for _ in range(int(46 * layout.width / layout.unit)):
        x, depth = layout.width * (0.5 + 0.20 * rng.normal()), rng.random()
        y, w = top + 0.05 * person + depth * 0.55 * person, person * rng.uniform(0.03, 0.16) * (0.5 + depth)
        sheet.canvas.drawOval(box(x - w, y - 0.16 * w, 2.0 * w, 0.32 * w), paint)


def swaths(sheet: Sheet, xs: NDArray[np.float64], ys: NDArray[np.float64], name: str) -> None:
    """Bands of lighter and darker growth across a hillside, each following the ridge, nearer ones wider."""
    rng, person = sheet.rng, sheet.person
    light, dark = sheet.tone(name, lighten=0.12, lit=0.7), sheet.tone(name, lighten=-0.24)
    if name == "snow":
        dark = sheet.tone("snowshade", lighten=-0.12)
    for k in range(6):
        low = person * (0.10 + 0.16 * k + 0.05 * k * k)
        deep = person * (0.05 + 0.06 * k) * (0.7 + 0.6 * rng.random())
        wave = profile(len(xs), 1.5 + 2.0 * rng.random(), 0.5, rng)
        edge = ys + low + 0.5 * deep * wave
        thick = deep * np.clip(0.25 + profile(len(xs), 1.2 + 1.6 * rng.random(), 0.4, rng), 0.0, 1.0)
        shape: list[Point] = list(zip(xs.tolist(), edge.tolist(), strict=True))
        shape += list(zip(xs[::-1].tolist(), (edge + thick)[::-1].tolist(), strict=True))
        sheet.canvas.drawPath(polygon(shape), fill(light if k % 2 else dark, 0.36 if name != "snow" else 0.5))


def swaths_between(sheet: Sheet, across: tuple[float, float], down_to: tuple[float, float], name: str) -> None:
    """Flat patches of lighter and darker growth between two x and two y, larger ones lower down."""
    rng = sheet.rng
    (x0, x1), (y0, y1) = across, down_to
    light, dark = sheet.tone(name, lighten=0.12, lit=0.7), sheet.tone(name, lighten=-0.24)
    for k in range(28):
        f = rng.random()
        x, w = x0 + (x1 - x0) * rng.random(), (x1 - x0) * (0.03 + 0.09 * rng.random()) * (0.4 + f)
        sheet.canvas.drawOval(box(x - w, y0 + f * (y1 - y0), 2.0 * w, 0.16 * w), fill(light if k % 2 else dark, 0.22))


def drifts(sheet: Sheet, edge: float) -> None:
    """Blue hollows and bright crests on snow from `edge` down, and a line of footprints that comes out of the depth."""
    rng, person, layout = sheet.rng, sheet.person, sheet.layout
    span, tall = sheet.right - sheet.left, max(1.0, sheet.bottom - edge)
    shade, bright = sheet.tone("snowshade", lighten=-0.10), sheet.tone("snow", lighten=0.3, lit=1.0)
    for k in range(7):
        depth = (k + 0.3 + 0.5 * rng.random()) / 7
        x, y = sheet.left + span * ((0.15 + 0.618 * k) % 1.0), edge + 0.08 * person + depth * tall
        w, h = person * rng.uniform(1.1, 2.2) * (0.5 + depth), person * (0.03 + 0.05 * depth)
        crest = [(x - w, y), (x - 0.4 * w, y - 0.7 * h), (x + 0.2 * w, y - h), (x + w, y)]
        hollow = [*crest, (x + 0.5 * w, y + 1.2 * h), (x - 0.4 * w, y + 1.4 * h)]
        lee: list[Stop] = [(0, shade, 0.75), (0.5, shade, 0.3), (1, shade, 0.0)]
        sheet.canvas.drawPath(curve(hollow), down(y - h, y + 1.4 * h, lee))
        lit: list[Stop] = [(0, bright, 0.0), (1, bright, 0.6)]
        top = [(px, py - 0.9 * h) for px, py in crest]
        sheet.canvas.drawPath(curve([*top, *reversed(crest)]), down(y - 1.9 * h, y - 0.5 * h, lit))
    dark = sheet.tone("snowshade", lighten=-0.34)
    for k in range(17):
        f = k / 16
        x = layout.width * (0.60 - 0.16 * f + 0.05 * math.sin(3.6 * f)) + (-1) ** k * 0.05 * person * (0.3 + f)
        y, r = edge + 0.03 * person + f**1.5 * 0.95 * tall, person * (0.012 + 0.045 * f)
        sheet.canvas.drawOval(box(x - r, y - 0.34 * r, 2.0 * r, 0.68 * r), fill(dark, 0.55))
        sheet.canvas.drawOval(box(x - r, y - 0.10 * r, 2.0 * r, 0.55 * r), fill(bright, 0.35))
