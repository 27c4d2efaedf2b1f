"""A narrow street between high walls: brick in perspective with windows and fire escapes, wet stones, washing.

Walls stand `half` persons from the middle; each sheet holds the walls from its own depth back to `back`. Knows no
places.
"""

from __future__ import annotations

import math

from scenes.backends.animatic.brushes.groundlight import pool
from scenes.backends.animatic.brushes.sheet import (
    Point,
    Sheet,
    box,
    curve,
    down,
    fill,
    glow,
    polygon,
    soft,
    stroke,
    sweep,
)
from scenes.backends.animatic.figure import Colour
from scenes.backends.animatic.light import mix


def _on_wall(sheet: Sheet, side: float, depth: float, high: float, out: float = 0.0) -> Point:
    """A point of the wall: `depth`, height in persons, and how far it stands out into the street in persons."""
    layout = sheet.layout
    p = layout.person_at(depth)
    half = sheet.option("half", 1.8) - out
    return layout.width / 2 + side * half * p, layout.ground_at(depth) - high * p


def _quad(sheet: Sheet, side: float, near: float, far: float, low: float, high: float) -> list[Point]:
    spots = ((near, low), (far, low), (far, high), (near, high))
    return [_on_wall(sheet, side, depth, up) for depth, up in spots]


def side_walls(sheet: Sheet) -> None:
    """Both walls with brick courses, windows, fire escapes.

    Options: `half`, `back`, `lamp` for a lamp on the left (-1) or the right (1) wall.
    """
    rng, canvas = sheet.rng, sheet.canvas
    near, back = sheet.layer.depth, sheet.option("back", 5.0)
    top = 9.0 * max(1.0, back / 2.5)
    for side in (-1.0, 1.0):
        material = "brick" if (side > 0) == (rng.random() < 0.6) else "stonedark"
        body, dark = (
            sheet.tone(material, lighten=-0.26, lit=0.3 if side < 0 else 0.1),
            sheet.tone(material, lighten=-0.62),
        )
        x0, x1 = _on_wall(sheet, side, near, 0)[0], _on_wall(sheet, side, back, 0)[0]
        wall = _quad(sheet, side, near, back, -0.02, top)
        canvas.drawPath(
            polygon(wall), sweep((x0, 0), (x1, 0), [(0, dark, 1), (1, mix(body, sheet.scheme.haze, 0.08), 1)])
        )
        outer = sheet.left - 4 if side < 0 else sheet.right + 4
        ground = sheet.layout.ground_at(near)
        canvas.drawRect(
            box(min(x0, outer), sheet.top, abs(outer - x0), ground - sheet.top),
            fill(mix(dark, sheet.scheme.ink, 0.5)),
        )
        _courses(sheet, side, near, back, dark)
        _openings(sheet, side, near, back, dark)
        if near < 4 and rng.random() < 0.85:
            _escape(sheet, side, near, back)
        _foot(sheet, side, near, back, dark)
    lit_side = sheet.option("lamp", 0.0)
    if lit_side:
        _lamp(sheet, lit_side, near + 0.35 * (back - near))


def _courses(sheet: Sheet, side: float, near: float, back: float, dark: Colour) -> None:
    rng, canvas = sheet.rng, sheet.canvas
    line = stroke(dark, 0.012 * sheet.person, 0.50)
    high = 0.0
    while high < 7.0:
        canvas.drawLine(*_on_wall(sheet, side, near, high), *_on_wall(sheet, side, back, high), line)
        high += 0.13
    for _ in range(70):
        at, low = near + (back - near) * rng.random(), 0.13 * int(rng.integers(0, 40))
        patch = _quad(sheet, side, at, min(back, at * 1.06), low, low + 0.13)
        canvas.drawPath(
            polygon(patch), fill(dark if rng.random() < 0.6 else sheet.tone("brick", lighten=0.05, lit=0.4), 0.35)
        )


def _openings(sheet: Sheet, side: float, near: float, back: float, dark: Colour) -> None:
    rng, canvas, day = sheet.rng, sheet.canvas, sheet.scheme.day
    lamp, frame = sheet.scheme.lamp(), sheet.tone("stone", lighten=-0.15, lit=0.3)
    step = 0.46 * near
    at = near * 1.08
    while at + 0.30 * near < back:
        for low in (1.45, 2.75, 4.05, 5.35):
            far = at + 0.24 * near
            lit = rng.random() < 0.36 * day.lamps
            canvas.drawPath(polygon(_quad(sheet, side, at * 0.985, far * 1.012, low - 0.05, low + 0.80)), fill(frame))
            pane = lamp if lit else mix(sheet.tone("glass", lighten=-0.35), dark, 0.25)
            canvas.drawPath(polygon(_quad(sheet, side, at, far, low, low + 0.74)), fill(pane))
            middle = (at + far) / 2
            bar = stroke(frame, 0.02 * sheet.person)
            canvas.drawLine(*_on_wall(sheet, side, middle, low), *_on_wall(sheet, side, middle, low + 0.74), bar)
            canvas.drawLine(*_on_wall(sheet, side, at, low + 0.4), *_on_wall(sheet, side, far, low + 0.4), bar)
            if lit:
                glow(sheet, _on_wall(sheet, side, middle, low + 0.4), 0.8 * sheet.person * near / middle, lamp, 0.35)
        at += step
    if rng.random() < 0.7:
        at = near * 1.25
        canvas.drawPath(polygon(_quad(sheet, side, at, at * 1.30, 0.0, 1.12)), fill(frame))
        canvas.drawPath(
            polygon(_quad(sheet, side, at * 1.03, at * 1.27, 0.0, 1.05)), fill(sheet.tone("fir", lighten=-0.35))
        )


def _escape(sheet: Sheet, side: float, near: float, back: float) -> None:
    """Iron balconies one above the other with ladders between them."""
    canvas = sheet.canvas
    iron = sheet.tone("metal", lighten=-0.5)
    a, b = near * 1.12, min(back * 0.96, near * 1.55)
    for storey, low in enumerate((1.36, 2.66, 3.96, 5.26)):
        deck = [
            _on_wall(sheet, side, a, low),
            _on_wall(sheet, side, b, low),
            _on_wall(sheet, side, b, low, 0.42),
            _on_wall(sheet, side, a, low, 0.42),
        ]
        canvas.drawPath(polygon(deck), fill(iron, 0.92))
        pen = stroke(iron, 0.022 * sheet.person)
        for high in (0.30, 0.52):
            rail = [
                _on_wall(sheet, side, a, low + high),
                _on_wall(sheet, side, a, low + high, 0.42),
                _on_wall(sheet, side, b, low + high, 0.42),
            ]
            canvas.drawPath(polygon(rail, False), pen)
        for k in range(8):
            at = a + (b - a) * k / 7
            canvas.drawLine(
                *_on_wall(sheet, side, at, low, 0.42),
                *_on_wall(sheet, side, at, low + 0.52, 0.42),
                stroke(iron, 0.012 * sheet.person),
            )
        up, start = (a, b) if storey % 2 else (b, a)
        for out in (0.10, 0.26):
            canvas.drawLine(*_on_wall(sheet, side, start, low, out), *_on_wall(sheet, side, up, low + 1.3, out), pen)


def _foot(sheet: Sheet, side: float, near: float, back: float, dark: Colour) -> None:
    """Bins and boxes along the wall."""
    rng, canvas = sheet.rng, sheet.canvas
    for _ in range(3):
        at = near * rng.uniform(1.05, max(1.1, min(1.9, 0.9 * back / near)))
        x, y = _on_wall(sheet, side, at, 0.0, 0.20)
        p = sheet.layout.person_at(at)
        w, h = 0.26 * p, p * rng.uniform(0.26, 0.40)
        colour = sheet.tone(("metal", "wood", "slate")[int(rng.integers(3))], lighten=-0.15, lit=0.2)
        canvas.drawRect(
            box(x - w / 2, y - h, w, h),
            sweep((x - w / 2, 0), (x + w / 2, 0), [(0, colour, 1), (1, mix(colour, dark, 0.7), 1)]),
        )
        canvas.drawOval(box(x - 0.56 * w, y - h - 0.05 * p, 1.12 * w, 0.10 * p), fill(mix(colour, (1, 1, 1), 0.12)))


def _lamp(sheet: Sheet, side: float, depth: float) -> None:
    canvas, day, p = sheet.canvas, sheet.scheme.day, sheet.layout.person_at(depth)
    root, tip = _on_wall(sheet, side, depth, 1.75), _on_wall(sheet, side, depth, 1.85, 0.34)
    iron = sheet.tone("metal", lighten=-0.5)
    canvas.drawPath(curve([root, (tip[0], tip[1] - 0.06 * p), tip], False), stroke(iron, 0.035 * p))
    on = day.lamps > 0.25
    lamp = sheet.scheme.lamp()
    if on:
        floor = sheet.layout.ground_at(depth)
        cone = down(tip[1], floor, [(0, lamp, 0.42 * day.lamps), (0.6, lamp, 0.14 * day.lamps), (1, lamp, 0.02)])
        spread = [
            (tip[0] - 0.07 * p, tip[1] + 0.1 * p),
            (tip[0] - 0.75 * p, floor),
            (tip[0] + 0.75 * p, floor),
            (tip[0] + 0.07 * p, tip[1] + 0.1 * p),
        ]
        canvas.drawPath(polygon(spread), cone)
        canvas.save()
        canvas.translate(tip[0], floor)
        canvas.scale(1.0, 0.26)
        glow(sheet, (0.0, 0.0), 1.5 * p, lamp, 0.70 * day.lamps)
        canvas.restore()
    canvas.drawPath(
        polygon(
            [
                (tip[0] - 0.13 * p, tip[1] + 0.09 * p),
                (tip[0], tip[1] - 0.03 * p),
                (tip[0] + 0.13 * p, tip[1] + 0.09 * p),
            ]
        ),
        fill(iron),
    )
    canvas.drawOval(
        box(tip[0] - 0.07 * p, tip[1] + 0.07 * p, 0.14 * p, 0.09 * p),
        fill(mix(lamp, (1, 1, 1), 0.45) if on else sheet.tone("glass")),
    )
    if on:
        glow(sheet, (tip[0], tip[1] + 0.1 * p), 0.7 * p, lamp, 0.9 * day.lamps)


def cobbles(sheet: Sheet) -> None:
    """The floor between the walls, worn stones with a gutter down the middle, shining at its far end. Option `half`."""
    layout, canvas, rng, person = sheet.layout, sheet.canvas, sheet.rng, sheet.person
    top = layout.ground_at(11)
    white = sheet.scheme.weather.white > 0
    road, dark = (
        sheet.tone("snow" if white else "road", lighten=-0.10, lit=0.3),
        sheet.tone("snowshade" if white else "road", lighten=-0.5),
    )
    span = sheet.right - sheet.left
    canvas.drawRect(
        box(sheet.left, top, span, sheet.bottom - top + 2),
        down(top, layout.height, [(0, mix(road, sheet.scheme.haze, 0.4), 1), (0.3, road, 1), (1, dark, 1)]),
    )
    cx, cy, eye = layout.width / 2, layout.horizon, layout.ground - layout.horizon
    depth = 6.0
    while depth > 0.45:
        y, size = cy + eye / depth, 0.17 * person / depth
        reach = math.ceil(max(cx - sheet.left, sheet.right - cx) / size) + 1
        shift = rng.random()
        if size > 2.2:
            for k in range(-reach, reach):
                stone = mix(road, dark, rng.uniform(0.1, 0.75))
                canvas.drawRoundRect(
                    box(cx + (k + shift) * size, y, 0.90 * size, 0.30 * size),
                    0.12 * size,
                    0.12 * size,
                    fill(stone, 0.55),
                )
        depth /= 1.0 + 0.36 * 0.17 * person / eye * 0.9
    shine = mix(sheet.scheme.sky(4), sheet.scheme.lamp(), 0.5 * sheet.scheme.day.lamps)
    gutter = [
        (cx - 0.03 * person, top),
        (cx + 0.03 * person, top),
        (cx + 0.17 * person, sheet.bottom),
        (cx - 0.03 * person, sheet.bottom),
    ]
    wet = down(top, layout.height, [(0, shine, 0.65), (0.35, shine, 0.30), (1, shine, 0.04)])
    wet.setMaskFilter(soft(shine, 0.02 * person).getMaskFilter())
    canvas.drawPath(polygon(gutter), wet)
    pool(sheet, (cx, sheet.base), 1.5 * person, 0.24 * person)


def washing(sheet: Sheet) -> None:
    """Washing on lines from wall to wall. Option `half`."""
    canvas, rng, p = sheet.canvas, sheet.rng, sheet.person
    for high in (2.6, 4.0):
        a, b = _on_wall(sheet, -1.0, sheet.layer.depth, high), _on_wall(sheet, 1.0, sheet.layer.depth, high + 0.2)
        sag = [a, ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2 + 0.22 * p), b]
        canvas.drawPath(curve(sag, False), stroke(sheet.tone("metal", lighten=-0.5), 0.012 * p))
        count = max(3, int((b[0] - a[0]) / (0.42 * p)))
        for k in range(count):
            f = (k + 0.5) / count
            x, y = a[0] + (b[0] - a[0]) * f, a[1] + (b[1] - a[1]) * f + 0.22 * p * 4 * f * (1 - f) * 0.95
            w, h = 0.15 * p, p * rng.uniform(0.24, 0.46)
            colour = sheet.tone(("cloth", "flowerwhite", "flowerblue", "fabric")[int(rng.integers(4))], lit=0.4)
            canvas.drawPath(
                polygon([(x - w, y), (x + w, y), (x + 0.9 * w, y + h), (x - 0.95 * w, y + 0.97 * h)]), fill(colour)
            )
            canvas.drawLine(x, y, x - 0.1 * w, y + h, stroke(mix(colour, sheet.scheme.ink, 0.3), 0.02 * p))


BRUSHES = {"side walls": side_walls, "cobbles": cobbles, "washing": washing}
RULED = frozenset({"side walls"})
