"""What fills the view beyond the air: a star field with its nebula, worlds with rings, drifting rocks, other skies.

Light here comes from one side and is hard. Knows no places.
"""

from __future__ import annotations

import math

import numpy as np
import skia

from scenes.backends.animatic.brushes.sheet import (
    Point,
    Sheet,
    Stop,
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
from scenes.backends.animatic.noise import spectral

_VOID: Colour = (0.016, 0.020, 0.052)
_CLOUDS: tuple[Colour, Colour] = ((0.42, 0.22, 0.66), (0.12, 0.50, 0.62))


def horizon_of(sheet: Sheet) -> Colour:
    """The colour that another world's air fades to."""
    day = sheet.scheme.day
    bright = 0.30 + 0.70 * sum(day.ambient) / 3 * (1.0 - 0.45 * day.backlight)
    warm = _greyed(sheet, mix((0.98, 0.62, 0.42), sheet.scheme.sky(4), 0.30))
    return warm[0] * bright, warm[1] * bright, warm[2] * bright


def _greyed(sheet: Sheet, colour: Colour) -> Colour:
    """A colour as it is, but nearly grey where the style drains colour and would keep its red."""
    level = 0.3 * colour[0] + 0.59 * colour[1] + 0.11 * colour[2]
    return mix(colour, (level, level, level), 0.9 * sheet.scheme.style.mono)


def heavens(sheet: Sheet) -> None:
    """All of the view: space with nebula and stars, or with `air` the sky of another world.

    Options: `air` 0 or 1, `nebula` 0..1, `stars` 0..1.
    """
    layout, scheme = sheet.layout, sheet.scheme
    area = box(sheet.left, sheet.top, sheet.right - sheet.left, sheet.bottom - sheet.top)
    if sheet.option("air", 0.0):
        low = horizon_of(sheet)
        high = mix((0.15, 0.08, 0.25), scheme.sky(0), 0.20)
        between = mix(mix(high, low, 0.5), _greyed(sheet, (0.62, 0.24, 0.42)), 0.45)
        stops: list[Stop] = [(0, mix(high, _VOID, 0.45), 1), (0.35, high, 1), (0.75, between, 1), (1, low, 1)]
        sheet.canvas.drawRect(area, down(min(0.0, sheet.top), layout.horizon, stops))
    else:
        # ink figures need a sky that is lighter than they are
        ink = scheme.style.silhouette
        top, low = (
            mix(scheme.sky(1 if ink else 0), _VOID, 0.60 if ink else 0.84),
            mix(scheme.sky(3 if ink else 2), _VOID, 0.30 if ink else 0.80),
        )
        paint = sweep((0, layout.height), (layout.width, 0), [(0, low, 1), (0.5, mix(top, _VOID, 0.5), 1), (1, top, 1)])
        sheet.canvas.drawRect(area, paint)
        _nebula(sheet, sheet.option("nebula", 0.6))
    _stars(sheet, sheet.option("stars", 1.0))


def _nebula(sheet: Sheet, strength: float) -> None:
    height, width = sheet.pixels.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32) / np.float32(max(height, width))
    slant = np.exp(-(((y - 0.22 - 0.22 * (1 - x)) / 0.20) ** 2))
    light = sheet.pixels[..., :3].astype(np.float32)
    for k, colour in enumerate(_CLOUDS):
        n = spectral(height, width, 2.7, 40 + k + int(sheet.rng.integers(1000)), 1.2)
        shine = np.clip((n - 0.34) / 0.55, 0, 1) ** 1.6 * slant * (0.62 * strength)
        tint = np.array(mix(colour, sheet.scheme.sky(2), 0.25)[::-1], np.float32) * 255
        light += (255 - light) / 255 * shine[..., None] * tint
    light += sheet.rng.normal(0.0, 1.0, (height, width, 1))
    sheet.pixels[..., :3] = np.clip(light + 0.5, 0, 255).astype(np.uint8)


def _stars(sheet: Sheet, amount: float) -> None:
    rng, layout = sheet.rng, sheet.layout
    span, deep = sheet.right - sheet.left, sheet.bottom - sheet.top
    fade = layout.horizon if sheet.option("air", 0.0) else 4.0 * layout.height
    for px, py, size, hue in rng.random((int(520 * amount * span * deep / layout.unit**2 / 1.8), 4)):
        x, y = sheet.left + px * span, sheet.top + py * deep
        big = size**7
        left = max(0.0, 1.0 - max(0.0, y) / fade)
        colour = mix((1.0, 0.93, 0.82), (0.80, 0.90, 1.0), hue)
        r = layout.unit * (0.0009 + 0.0020 * big)
        sheet.canvas.drawCircle(x, y, r, fill(colour, (0.25 + 0.7 * size**2) * left))


def twinkles(sheet: Sheet) -> None:
    """A few bright stars with crossed rays, painted as light. Option `count`."""
    rng, layout, canvas = sheet.rng, sheet.layout, sheet.canvas
    top = 0.75 * layout.horizon
    for k in range(int(sheet.option("count", 7))):
        x, y = sheet.x((k * 0.618 + 0.1 * rng.random()) % 1.0), top * rng.random()
        r = layout.unit * (0.010 + 0.014 * rng.random() ** 2)
        colour = mix((1.0, 0.9, 0.75), (0.75, 0.88, 1.0), rng.random())
        glow(sheet, (x, y), 1.3 * r, colour, 0.8)
        for dx, dy in ((r, 0.0), (0.0, r)):
            wide = 0.07
            ray = [(x - dx, y - dy), (x + wide * dy, y + wide * dx), (x + dx, y + dy), (x - wide * dy, y - wide * dx)]
            canvas.drawPath(polygon(ray), fill(colour, 0.9))


def _hard(sheet: Sheet, colour: Colour) -> Colour:
    """A colour in plain sunlight, but for styles that paint all in ink."""
    if sheet.scheme.style.silhouette:
        return mix(sheet.scheme.ink, colour, 0.10)
    return mix(colour, sheet.scheme.sky(1), 0.12)


_WORLDS: tuple[tuple[Colour, Colour, Colour], ...] = (
    ((0.93, 0.76, 0.52), (0.80, 0.50, 0.34), (0.98, 0.90, 0.74)),
    ((0.30, 0.62, 0.72), (0.17, 0.40, 0.62), (0.62, 0.86, 0.86)),
    ((0.82, 0.78, 0.80), (0.62, 0.58, 0.64), (0.93, 0.90, 0.90)),
    ((0.72, 0.52, 0.72), (0.48, 0.34, 0.60), (0.90, 0.74, 0.82)),
)


def globe(sheet: Sheet) -> None:
    """A world lit from one side.

    Options: `x` and `y` (parts of the frame), `r` (frame unit), `world` chooses its colours, `ring`, `pits` and
    `land` 0 or 1.
    """
    layout, canvas = sheet.layout, sheet.canvas
    x, y = sheet.x(sheet.option("x", 0.7)), layout.height * sheet.option("y", 0.3)
    r = sheet.option("r", 0.2) * layout.unit
    body, dark, pale = (
        mix(c, sheet.scheme.sky(1), 0.12) for c in _WORLDS[int(sheet.option("world", 0.0)) % len(_WORLDS)]
    )
    side = 1.0 if sheet.scheme.day.sun_x > 0.5 else -1.0
    glow(sheet, (x + 0.25 * side * r, y - 0.15 * r), 1.45 * r, mix(pale, sheet.scheme.glow(), 0.3), 0.40)
    if sheet.option("ring", 0.0):
        _ring(sheet, (x, y), r, pale, behind=True)
    shape = skia.PathBuilder()
    shape.addCircle(x, y, r)
    canvas.save()
    canvas.clipPath(shape.detach(), True)
    canvas.drawCircle(x, y, r, fill(body))
    if sheet.option("land", 0.0):
        _lands(sheet, x, y, r)
    elif sheet.option("pits", 0.0):
        _pits(sheet, x, y, r, dark, pale, side)
    else:
        _bands(sheet, x, y, r, dark, pale)
    night = mix(sheet.scheme.ink, _VOID, 0.5)
    focus = (x + 0.55 * side * r, y - 0.35 * r)
    shade: list[Stop] = [(0, pale, 0.30), (0.35, body, 0.0), (0.62, night, 0.45), (0.92, night, 0.93), (1, night, 0.96)]
    canvas.drawCircle(x, y, 1.02 * r, round_about(focus, 1.62 * r, shade))
    canvas.restore()
    canvas.drawCircle(x, y, r, stroke(mix(pale, (1, 1, 1), 0.3), 0.012 * r, 0.22))
    if sheet.option("ring", 0.0):
        _ring(sheet, (x, y), r, pale, behind=False)


def _bands(sheet: Sheet, x: float, y: float, r: float, dark: Colour, pale: Colour) -> None:
    rng, canvas = sheet.rng, sheet.canvas
    canvas.save()
    canvas.translate(x, y)
    canvas.rotate(-18.0)
    at = -1.0
    while at < 1.0:
        thick = rng.uniform(0.05, 0.20)
        line = [(-1.1 * r + 2.2 * r * k / 8, r * (at + 0.05 + 0.018 * rng.normal())) for k in range(9)]
        low = [(px, py + thick * r * rng.uniform(0.8, 1.1)) for px, py in reversed(line)]
        canvas.drawPath(curve([*line, *low]), fill(dark if rng.random() < 0.55 else pale, rng.uniform(0.20, 0.55)))
        at += thick * rng.uniform(1.1, 1.9)
    canvas.drawOval(box(-0.45 * r, 0.24 * r, 0.36 * r, 0.17 * r), fill(dark, 0.6))
    canvas.drawOval(box(-0.41 * r, 0.27 * r, 0.28 * r, 0.11 * r), fill(pale, 0.4))
    canvas.restore()


def _lands(sheet: Sheet, x: float, y: float, r: float) -> None:
    """Continents and streaks of cloud."""
    rng, canvas = sheet.rng, sheet.canvas
    for at, low, size, colour in (
        (-0.35, -0.30, 0.42, (0.36, 0.56, 0.30)),
        (0.38, 0.05, 0.36, (0.70, 0.62, 0.38)),
        (-0.10, 0.55, 0.30, (0.42, 0.58, 0.34)),
        (0.10, -0.80, 0.34, (0.93, 0.95, 0.97)),
    ):
        spread = [(size * r * rng.uniform(0.5, 1.15), 6.28 * k / 11) for k in range(11)]
        shape = [(x + at * r + q * math.cos(a), y + low * r + 0.8 * q * math.sin(a)) for q, a in spread]
        canvas.drawPath(curve(shape), fill(mix(colour, sheet.scheme.sky(1), 0.15), 0.92))
    for k in range(7):
        px, py = x + r * rng.uniform(-0.8, 0.4), y + r * (-0.75 + 0.24 * k)
        streak = [(px, py), (px + 0.3 * r, py - 0.07 * r), (px + 0.7 * r, py), (px + 0.35 * r, py + 0.05 * r)]
        canvas.drawPath(curve(streak), fill((1.0, 1.0, 1.0), 0.55))


def _pits(sheet: Sheet, x: float, y: float, r: float, dark: Colour, pale: Colour, side: float) -> None:
    for a, d, q in sheet.rng.random((22, 3)):
        far = d**0.5 * 0.95 * r
        px, py = x + far * math.cos(6.28 * a), y + far * math.sin(6.28 * a)
        size = (0.03 + 0.17 * q**2.5) * r
        sheet.canvas.drawCircle(px - 0.15 * side * size, py + 0.12 * size, 1.08 * size, fill(pale, 0.55))
        sheet.canvas.drawCircle(px, py, size, fill(dark, 0.65))


def _ring(sheet: Sheet, centre: Point, r: float, pale: Colour, behind: bool) -> None:
    canvas = sheet.canvas
    canvas.save()
    canvas.translate(*centre)
    canvas.rotate(-18.0)
    canvas.clipRect(box(-3 * r, -3 * r if behind else 0.0, 6 * r, 3 * r), skia.ClipOp.kIntersect, True)
    for reach, thick, alpha in ((1.42, 0.10, 0.45), (1.62, 0.17, 0.80), (1.83, 0.12, 0.60), (2.02, 0.04, 0.35)):
        oval = box(-reach * r, -0.26 * reach * r, 2 * reach * r, 0.52 * reach * r)
        edge = stroke(mix(pale, (0.5, 0.4, 0.4), 0.25 if behind else 0.05), 0.55 * thick * r, alpha)
        canvas.drawOval(oval, edge)
    canvas.restore()


def rubble(sheet: Sheet) -> None:
    """Rocks that hang in the void, lit from one side. Options: `count` a frame width, `size` (frame unit)."""
    rng, layout, canvas = sheet.rng, sheet.layout, sheet.canvas
    span = sheet.right - sheet.left
    side = 1.0 if sheet.scheme.day.sun_x > 0.5 else -1.0
    low = min(0.62 * layout.height, layout.horizon)
    for _ in range(max(1, round(sheet.option("count", 5) * span / layout.width))):
        x, y = sheet.left + rng.random() * span, low * rng.random()
        r = sheet.option("size", 0.03) * layout.unit * (0.35 + 0.9 * rng.random() ** 2)
        turn = rng.random() * 6.28
        spread = [(r * rng.uniform(0.72, 1.12), turn + 6.28 * k / 9) for k in range(9)]
        shape = [(x + 1.25 * q * math.cos(a), y + q * math.sin(a)) for q, a in spread]
        inner = [(x + 0.30 * side * r + 0.72 * (px - x), y - 0.22 * r + 0.66 * (py - y)) for px, py in shape]
        canvas.drawPath(polygon(shape), fill(_hard(sheet, (0.20, 0.19, 0.25))))
        canvas.drawPath(polygon(inner), fill(_hard(sheet, (0.52, 0.47, 0.48)), 0.85))
        canvas.drawCircle(x + 0.35 * side * r, y - 0.2 * r, 0.20 * r, fill(_hard(sheet, (0.33, 0.30, 0.34)), 0.9))


BRUSHES = {"heavens": heavens, "twinkles": twinkles, "globe": globe, "rubble": rubble}
RULED: frozenset[str] = frozenset()
