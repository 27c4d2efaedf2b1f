"""Rooms that people work in, and their walls and floors: plain or tiled, with a window cut out and lamps that hang.

Sizes are in heights of a person at the sheet's depth. Knows no places.
"""

from __future__ import annotations

import math

import skia

from scenes.backends.animatic.brushes.groundlight import pool
from scenes.backends.animatic.brushes.sheet import Sheet, box, down, fill, glow, polygon, soft, stroke, sweep
from scenes.backends.animatic.figure import Colour
from scenes.backends.animatic.light import mix

_PAINTS: tuple[tuple[str, str], ...] = (("wainscot", "glass"), ("walldark", "slate"), ("wainscot", "paper"))


def pane_of(sheet: Sheet) -> tuple[float, float, float, float]:
    """The window's area on this wall: x, y, width, height."""
    person = sheet.person
    w, h = sheet.option("wide", 1.2) * person, sheet.option("high", 1.0) * person
    return sheet.x(sheet.option("x", 0.4)) - w / 2, sheet.base - sheet.option("sill", 1.0) * person - h, w, h


def chamber(sheet: Sheet) -> None:
    """A wall from floor to ceiling with one window.

    Options: `x` (part of the frame), `wide`, `high`, `sill` (persons) of the window, `paint` 0..2, `tiles` how high it
    is tiled (persons), `bars` upright bars in the window, `ceiling` (persons above the floor).
    """
    canvas, person, base = sheet.canvas, sheet.person, sheet.base
    span = sheet.right - sheet.left
    upper, lower = _PAINTS[int(sheet.option("paint", 0.0)) % len(_PAINTS)]
    body = sheet.tone(upper, lighten=-0.06, lit=0.3)
    stops = [
        (0.0, mix(body, sheet.scheme.ink, 0.34), 1.0),
        (0.5, body, 1.0),
        (1.0, mix(body, sheet.scheme.ink, 0.10), 1.0),
    ]
    canvas.drawRect(box(sheet.left, sheet.top, span, sheet.bottom - sheet.top), down(min(sheet.top, 0.0), base, stops))
    lamps, middle = sheet.scheme.day.lamps, (sheet.layout.width / 2, base - 0.9 * person)
    if lamps > 0.2:
        shine = (0.62 if sheet.scheme.style.silhouette else 0.30) * lamps
        glow(sheet, middle, 2.9 * person, sheet.scheme.lamp(), shine)
    tiled = sheet.option("tiles", 0.0) * person
    if tiled:
        _tiles(sheet, base - tiled, tiled, sheet.tone(lower, lighten=0.35, lit=0.4))
    top = base - sheet.option("ceiling", 3.1) * person
    if top > sheet.top:
        canvas.drawRect(box(sheet.left, sheet.top, span, top - sheet.top), fill(mix(body, sheet.scheme.ink, 0.42)))
        canvas.drawRect(box(sheet.left, top, span, 0.05 * person), fill(sheet.tone(upper, lit=0.7)))
    canvas.drawRect(box(sheet.left, base - 0.10 * person, span, 0.10 * person), fill(sheet.tone(upper, lighten=-0.30)))
    _pane(sheet, upper)


def _tiles(sheet: Sheet, y: float, high: float, colour: Colour) -> None:
    canvas, person = sheet.canvas, sheet.person
    side = 0.17 * person
    rows = max(1, round(high / side))
    start = sheet.layout.width / 2 - math.ceil((sheet.layout.width / 2 - sheet.left) / side) * side
    canvas.drawRect(box(sheet.left, y, sheet.right - sheet.left, high), fill(mix(colour, sheet.scheme.ink, 0.22)))
    for row in range(rows):
        x = start
        while x < sheet.right:
            shade = 0.14 * float(sheet.rng.random())
            tile = box(
                x + 0.006 * person,
                y + row * high / rows + 0.006 * person,
                side - 0.012 * person,
                high / rows - 0.012 * person,
            )
            canvas.drawRect(tile, fill(mix(colour, sheet.scheme.ink, shade)))
            x += side
    canvas.drawRect(
        box(sheet.left, y - 0.05 * person, sheet.right - sheet.left, 0.05 * person), fill(sheet.tone("slate", lit=0.4))
    )


def _pane(sheet: Sheet, trim: str) -> None:
    canvas, person = sheet.canvas, sheet.person
    x, y, w, h = pane_of(sheet)
    frame, shade = sheet.tone(trim, lighten=0.12, lit=0.7), sheet.tone("walldark", lighten=-0.3)
    edge = 0.07 * person
    canvas.drawRect(
        box(x - 1.3 * edge, y - 1.2 * edge, w + 2.6 * edge, h + 2.4 * edge), soft(sheet.scheme.ink, 0.05 * person, 0.25)
    )
    canvas.drawRect(box(x - edge, y - edge, w + 2 * edge, h + 2 * edge), fill(frame))
    hole = skia.Paint(AntiAlias=True)
    hole.setBlendMode(skia.BlendMode.kClear)
    canvas.drawRect(box(x, y, w, h), hole)
    shine = sweep(
        (x, y),
        (x + w, y + h),
        [(0, (1, 1, 1), 0.20), (0.4, (1, 1, 1), 0.03), (0.55, (1, 1, 1), 0.12), (1, (1, 1, 1), 0.0)],
    )
    canvas.drawRect(box(x, y, w, h), shine)
    bars = int(sheet.option("bars", 1.0))
    for k in range(1, bars + 1):
        canvas.drawRect(box(x + w * k / (bars + 1) - 0.022 * person, y, 0.044 * person, h), fill(frame))
    canvas.drawRect(box(x, y + 0.32 * h, w, 0.034 * person), fill(frame))
    canvas.drawRect(box(x - 1.8 * edge, y + h + 0.5 * edge, w + 3.6 * edge, 0.07 * person), fill(frame))
    canvas.drawRect(box(x - 1.8 * edge, y + h + 0.5 * edge + 0.07 * person, w + 3.6 * edge, 0.02 * person), fill(shade))


def blinds(sheet: Sheet) -> None:
    """Slats drawn half down before the window. Options as the wall has them, `down` 0..1."""
    person = sheet.person
    x, y, w, h = pane_of(sheet)
    step, low = 0.085 * person, y + h * sheet.option("down", 0.45)
    at = y
    while at < low:
        slat = fill(sheet.tone("wainscot", lit=0.6), 0.92)
        sheet.canvas.drawRect(box(x, at, w, 0.055 * person), slat)
        sheet.canvas.drawRect(box(x, at + 0.045 * person, w, 0.012 * person), fill(sheet.tone("walldark"), 0.9))
        at += step
    for f in (0.12, 0.88):
        sheet.canvas.drawLine(x + f * w, y, x + f * w, low, stroke(sheet.tone("walldark"), 0.008 * person))


def tiling(sheet: Sheet) -> None:
    """A floor of squares in perspective. Options: `wall` (its depth), `matter` 0 light tiles, 1 carpet squares."""
    layout, person, canvas, rng = sheet.layout, sheet.person, sheet.canvas, sheet.rng
    top, cx, cy = layout.ground_at(sheet.option("wall", 2.0)), layout.width / 2, layout.horizon
    carpet = sheet.option("matter", 0.0) > 0.5
    light = sheet.tone("slate", lighten=-0.10, lit=0.2) if carpet else sheet.tone("wainscot", lighten=-0.10, lit=0.4)
    dark = sheet.tone("slate", lighten=-0.22) if carpet else sheet.tone("slate", lighten=0.10)
    span = sheet.right - sheet.left
    canvas.drawRect(box(sheet.left, top, span, sheet.bottom - top + 2), fill(light))
    side = (0.62 if carpet else 0.46) * person
    eye = layout.ground - cy
    nearest = eye / max(1.0, sheet.bottom - cy)
    row, z = 0, sheet.option("wall", 2.0)
    while z > nearest:
        y0 = cy + eye / z
        z = z - (0.155 if carpet else 0.115) * (1.0 if not layout.tall else 1.2)
        y1 = cy + eye / max(nearest * 0.98, z)
        f0, f1 = (y0 - cy) / eye, (y1 - cy) / eye
        reach = math.ceil(max(cx - sheet.left, sheet.right - cx) / (side * f0)) + 1
        for k in range(-reach, reach):
            if (rng.random() < 0.30) if carpet else (k + row) % 2:
                q = [
                    (cx + k * side * f0, y0),
                    (cx + (k + 1) * side * f0, y0),
                    (cx + (k + 1) * side * f1, y1),
                    (cx + k * side * f1, y1),
                ]
                canvas.drawPath(polygon(q), fill(dark, 0.85 if not carpet else 0.35))
        row += 1
    shade = sheet.scheme.ink
    canvas.drawRect(
        box(sheet.left, top, span, sheet.bottom - top),
        down(top, layout.height, [(0, shade, 0.34), (0.22, shade, 0.04), (0.6, shade, 0.10), (1, shade, 0.45)]),
    )
    if sheet.scheme.day.lamps > 0.3:
        pool(sheet, (cx, layout.ground), 0.40 * layout.width, 0.36 * person, lamp=True)
    if sheet.scheme.day.shafts > 0.15:
        _patch(sheet, top)


def _patch(sheet: Sheet, top: float) -> None:
    """The window's light on the floor, leaning away from the sun."""
    person, key = sheet.person, sheet.scheme.glow()
    lean = -0.8 * person if sheet.scheme.day.sun_x > 0.5 else 0.8 * person
    x = sheet.x(sheet.option("x", 0.4))
    shape = [(x - 0.4 * person + 0.3 * lean, top + 0.1 * person), (x + 0.4 * person + 0.3 * lean, top + 0.1 * person)]
    shape += [(x + 0.7 * person + 1.2 * lean, top + 0.5 * person), (x - 0.5 * person + 1.2 * lean, top + 0.5 * person)]
    paint = soft(key, 0.03 * person, 0.45 * min(1.0, 0.35 + sheet.scheme.day.shafts))
    paint.setBlendMode(skia.BlendMode.kScreen)
    sheet.canvas.drawPath(polygon(shape), paint)


def pendants(sheet: Sheet) -> None:
    """Lamps that hang from the ceiling. Options: `count`, `low` (part of the frame), `strip` 1 for tubes."""
    canvas, layout, person, day = sheet.canvas, sheet.layout, sheet.person, sheet.scheme.day
    count = int(sheet.option("count", 2)) if not layout.tall else 1
    y = layout.height * sheet.option("low", 0.16)
    lamp = sheet.scheme.lamp()
    power = max(0.30, day.lamps)
    for k in range(count):
        x = layout.width * (k + 0.5) / count
        if sheet.option("strip", 0.0):
            canvas.drawLine(
                x - 0.5 * person, sheet.top, x - 0.5 * person, y, stroke(sheet.tone("metal"), 0.012 * person)
            )
            canvas.drawLine(
                x + 0.5 * person, sheet.top, x + 0.5 * person, y, stroke(sheet.tone("metal"), 0.012 * person)
            )
            canvas.drawRect(
                box(x - 0.7 * person, y - 0.05 * person, 1.4 * person, 0.06 * person),
                fill(sheet.tone("metal", lighten=0.2)),
            )
            canvas.drawRoundRect(
                box(x - 0.66 * person, y + 0.01 * person, 1.32 * person, 0.04 * person),
                3,
                3,
                fill(mix(lamp, (0.95, 1, 1), 0.75)),
            )
            glow(sheet, (x, y), 1.5 * person, mix(lamp, (0.9, 1, 1), 0.6), 0.40 * power)
            continue
        canvas.drawLine(x, sheet.top, x, y - 0.2 * person, stroke(sheet.tone("metal", lighten=-0.3), 0.016 * person))
        shade = [
            (x - 0.05 * person, y - 0.22 * person),
            (x + 0.05 * person, y - 0.22 * person),
            (x + 0.20 * person, y),
            (x - 0.20 * person, y),
        ]
        canvas.drawPath(polygon(shade), fill(sheet.tone("fir", lit=0.5)))
        canvas.drawOval(
            box(x - 0.20 * person, y - 0.035 * person, 0.40 * person, 0.07 * person), fill(mix(lamp, (1, 1, 1), 0.35))
        )
        glow(sheet, (x, y + 0.05 * person), 1.2 * person, lamp, 0.75 * power)


BRUSHES = {"chamber": chamber, "blinds": blinds, "tiling": tiling, "pendants": pendants}
RULED = frozenset({"chamber", "blinds", "tiling", "pendants"})
