"""A kitchen along its wall: cupboards with a worktop, sink, stove with pots under a hood, shelves of plates, steam.

Sizes are in heights of a person at the sheet's depth. Knows no places.
"""

from __future__ import annotations

import math

from scenes.backends.animatic.brushes.sheet import Sheet, box, curve, down, fill, glow, polygon, soft, stroke
from scenes.backends.animatic.figure import Colour
from scenes.backends.animatic.light import mix

_HIGH = 0.56
"""How high the worktop is."""


def cookery(sheet: Sheet) -> None:
    """The whole row. Options: `stove` and `sink` (parts of the frame's width)."""
    person, base, canvas = sheet.person, sheet.base, sheet.canvas
    top, span = base - _HIGH * person, sheet.right - sheet.left
    front = sheet.tone("fir", lighten=0.20, lit=0.4)
    canvas.drawRect(box(sheet.left, top, span, base - top), fill(front))
    canvas.drawRect(box(sheet.left, base - 0.06 * person, span, 0.08 * person), fill(sheet.tone("metal", lighten=-0.4)))
    wide = 0.46 * person
    x = sheet.layout.width / 2 - math.ceil((sheet.layout.width / 2 - sheet.left) / wide) * wide
    while x < sheet.right:
        _door(sheet, x, top + 0.07 * person, wide, base - 0.08 * person - top - 0.07 * person, front)
        x += wide
    canvas.drawRect(
        box(sheet.left, top - 0.035 * person, span, 0.075 * person), fill(sheet.tone("wood", lighten=0.12, lit=0.6))
    )
    canvas.drawRect(box(sheet.left, top + 0.04 * person, span, 0.03 * person), fill(sheet.scheme.ink, 0.28))
    _sink(sheet, sheet.x(sheet.option("sink", 0.34)), top)
    _stove(sheet, sheet.x(sheet.option("stove", 0.72)), base, top)
    _clutter(sheet, top - 0.035 * person)


def _door(sheet: Sheet, x: float, y: float, w: float, h: float, colour: Colour) -> None:
    canvas, person = sheet.canvas, sheet.person
    canvas.drawRect(box(x + 0.012 * person, y, w - 0.024 * person, h), fill(mix(colour, (1, 1, 1), 0.05)))
    canvas.drawRect(
        box(x + 0.07 * person, y + 0.06 * person, w - 0.14 * person, h - 0.12 * person),
        stroke(mix(colour, sheet.scheme.ink, 0.35), 0.012 * person),
    )
    canvas.drawRect(box(x + w - 0.004 * person, y, 0.008 * person, h), fill(sheet.scheme.ink, 0.4))
    canvas.drawCircle(x + w - 0.045 * person, y + 0.10 * person, 0.018 * person, fill(sheet.tone("brass", lit=0.5)))


def _sink(sheet: Sheet, x: float, top: float) -> None:
    canvas, p = sheet.canvas, sheet.person
    steel = sheet.tone("stone", lighten=0.2, lit=0.6)
    canvas.drawRoundRect(
        box(x - 0.30 * p, top + 0.03 * p, 0.60 * p, 0.17 * p),
        0.03 * p,
        0.03 * p,
        soft(sheet.scheme.ink, 0.015 * p, 0.4),
    )
    # let into the worktop, flush with it: what rises above it would seem to hang on the wall
    china = sheet.tone("flowerwhite", lighten=-0.22)
    glaze = down(top - 0.035 * p, top + 0.17 * p, [(0, mix(china, (1, 1, 1), 0.35), 1), (1, china, 1)])
    canvas.drawRoundRect(box(x - 0.30 * p, top - 0.035 * p, 0.60 * p, 0.205 * p), 0.025 * p, 0.025 * p, glaze)
    canvas.drawRect(box(x - 0.27 * p, top - 0.03 * p, 0.54 * p, 0.022 * p), fill(mix(china, sheet.scheme.ink, 0.55)))
    neck = [
        (x, top - 0.04 * p),
        (x, top - 0.16 * p),
        (x + 0.05 * p, top - 0.21 * p),
        (x + 0.11 * p, top - 0.18 * p),
        (x + 0.12 * p, top - 0.12 * p),
    ]
    canvas.drawPath(curve(neck, False), stroke(steel, 0.032 * p))
    for side in (-0.10, 0.07):
        canvas.drawLine(x + side * p, top - 0.035 * p, x + side * p, top - 0.08 * p, stroke(steel, 0.03 * p))


def _stove(sheet: Sheet, x: float, base: float, top: float) -> None:
    canvas, p = sheet.canvas, sheet.person
    body, dark, edge = (
        sheet.tone("stone", lighten=0.12, lit=0.5),
        sheet.tone("metal", lighten=-0.35),
        sheet.tone("metal"),
    )
    canvas.drawRoundRect(
        box(x - 0.42 * p, top - 0.045 * p, 0.84 * p, base - top + 0.02 * p), 0.02 * p, 0.02 * p, fill(body)
    )
    canvas.drawRect(box(x - 0.42 * p, top - 0.045 * p, 0.84 * p, 0.05 * p), fill(dark))
    canvas.drawRoundRect(box(x - 0.32 * p, top + 0.17 * p, 0.64 * p, 0.27 * p), 0.03 * p, 0.03 * p, fill(dark))
    fire = mix(sheet.scheme.lamp(), (1.0, 0.45, 0.12), 0.5)
    canvas.drawRoundRect(
        box(x - 0.26 * p, top + 0.20 * p, 0.52 * p, 0.20 * p),
        0.02 * p,
        0.02 * p,
        down(top + 0.2 * p, top + 0.4 * p, [(0, dark, 1), (1, mix(dark, fire, 0.75), 1)]),
    )
    glow(sheet, (x, top + 0.36 * p), 0.42 * p, fire, 0.30)
    canvas.drawLine(
        x - 0.28 * p, top + 0.135 * p, x + 0.28 * p, top + 0.135 * p, stroke(sheet.tone("flowerwhite"), 0.022 * p)
    )
    for k in range(4):
        canvas.drawCircle(x + (k - 1.5) * 0.14 * p, top + 0.06 * p, 0.026 * p, fill(edge))
    pot, kettle = x - 0.20 * p, x + 0.20 * p
    y = top - 0.05 * p
    for at, flame in ((pot, 0.10), (kettle, 0.08)):
        canvas.drawOval(box(at - flame * p, y - 0.02 * p, 2 * flame * p, 0.035 * p), fill((0.35, 0.6, 1.0), 0.7))
    copper = sheet.tone("brass", lighten=-0.12, lit=0.5)
    canvas.drawRoundRect(
        box(pot - 0.16 * p, y - 0.22 * p, 0.32 * p, 0.21 * p),
        0.03 * p,
        0.03 * p,
        down(y - 0.22 * p, y, [(0, mix(copper, (1, 1, 1), 0.2), 1), (1, mix(copper, sheet.scheme.ink, 0.5), 1)]),
    )
    canvas.drawRect(box(pot - 0.18 * p, y - 0.245 * p, 0.36 * p, 0.035 * p), fill(copper))
    canvas.drawCircle(pot, y - 0.265 * p, 0.024 * p, fill(dark))
    shell = [
        (kettle - 0.14 * p, y - 0.01 * p),
        (kettle - 0.15 * p, y - 0.12 * p),
        (kettle, y - 0.22 * p),
        (kettle + 0.15 * p, y - 0.12 * p),
        (kettle + 0.14 * p, y - 0.01 * p),
    ]
    red = sheet.tone("flower", lit=0.4)
    canvas.drawPath(
        polygon(
            [
                (kettle + 0.12 * p, y - 0.08 * p),
                (kettle + 0.25 * p, y - 0.19 * p),
                (kettle + 0.22 * p, y - 0.20 * p),
                (kettle + 0.11 * p, y - 0.15 * p),
            ]
        ),
        fill(red),
    )
    canvas.drawPath(curve(shell), fill(red))
    canvas.drawPath(
        curve([(kettle - 0.11 * p, y - 0.19 * p), (kettle, y - 0.33 * p), (kettle + 0.11 * p, y - 0.19 * p)], False),
        stroke(dark, 0.028 * p),
    )
    _hood(sheet, x, top)


def _hood(sheet: Sheet, x: float, top: float) -> None:
    canvas, p = sheet.canvas, sheet.person
    low, steel, dark = top - 0.84 * p, sheet.tone("stone", lighten=0.15, lit=0.6), sheet.tone("metal", lighten=0.05)
    canvas.drawRect(box(x - 0.13 * p, sheet.top, 0.26 * p, low - 0.26 * p - sheet.top), fill(mix(steel, dark, 0.4)))
    shape = [
        (x - 0.13 * p, low - 0.28 * p),
        (x + 0.13 * p, low - 0.28 * p),
        (x + 0.46 * p, low - 0.05 * p),
        (x - 0.46 * p, low - 0.05 * p),
    ]
    canvas.drawPath(polygon(shape), down(low - 0.28 * p, low, [(0, mix(steel, dark, 0.5), 1), (1, steel, 1)]))
    canvas.drawRect(box(x - 0.47 * p, low - 0.06 * p, 0.94 * p, 0.07 * p), fill(dark))
    lamp = sheet.scheme.lamp()
    canvas.drawRect(box(x - 0.20 * p, low + 0.005 * p, 0.40 * p, 0.016 * p), fill(mix(lamp, (1, 1, 1), 0.4)))
    stops = [(0.0, lamp, 0.30), (1.0, lamp, 0.0)]
    canvas.drawPath(
        polygon(
            [
                (x - 0.2 * p, low + 0.02 * p),
                (x + 0.2 * p, low + 0.02 * p),
                (x + 0.42 * p, top - 0.06 * p),
                (x - 0.42 * p, top - 0.06 * p),
            ]
        ),
        down(low, top, stops),
    )


def _clutter(sheet: Sheet, y: float) -> None:
    """What stands about on the worktop: board, bread, jars, a bowl of fruit."""
    canvas, p = sheet.canvas, sheet.person
    x = sheet.x(0.53)
    canvas.drawRect(box(x - 0.22 * p, y - 0.03 * p, 0.44 * p, 0.035 * p), fill(sheet.tone("wood", lighten=-0.1)))
    canvas.drawPath(
        curve(
            [
                (x - 0.16 * p, y - 0.03 * p),
                (x - 0.15 * p, y - 0.11 * p),
                (x, y - 0.15 * p),
                (x + 0.14 * p, y - 0.11 * p),
                (x + 0.15 * p, y - 0.03 * p),
            ]
        ),
        fill(sheet.tone("path", lighten=-0.14, lit=0.4)),
    )
    x = sheet.x(0.14)
    for k, colour in enumerate(("flowergold", "flower", "leaf", "flower", "flowergold")):
        canvas.drawCircle(
            x + (k - 2) * 0.065 * p, y - (0.13 + 0.03 * (k % 2)) * p, 0.05 * p, fill(sheet.tone(colour, lit=0.4))
        )
    bowl = [(x - 0.20 * p, y - 0.12 * p), (x - 0.10 * p, y), (x + 0.10 * p, y), (x + 0.20 * p, y - 0.12 * p)]
    canvas.drawPath(polygon(bowl), fill(sheet.tone("flowerblue", lighten=0.2, lit=0.4)))
    x = sheet.x(0.93)
    for k, colour in enumerate(("brass", "fabric", "hay")):
        at = x + (k - 1) * 0.15 * p
        canvas.drawRoundRect(
            box(at - 0.055 * p, y - 0.20 * p, 0.11 * p, 0.20 * p),
            0.02 * p,
            0.02 * p,
            fill(sheet.tone("glass", lighten=0.3), 0.75),
        )
        canvas.drawRect(box(at - 0.05 * p, y - 0.13 * p, 0.10 * p, 0.12 * p), fill(sheet.tone(colour)))
        canvas.drawRect(box(at - 0.06 * p, y - 0.225 * p, 0.12 * p, 0.035 * p), fill(sheet.tone("wood")))


def shelves(sheet: Sheet) -> None:
    """Two boards on the wall with plates, cups and jars, and pans that hang below.

    Options: `x` (part of the frame), `up` (persons, how much higher they hang).
    """
    canvas, p, rng = sheet.canvas, sheet.person, sheet.rng
    x, wide = sheet.x(sheet.option("x", 0.12)), 0.62 * p
    wood, floor = sheet.tone("wood", lit=0.4), sheet.base - sheet.option("up", 0.0) * p
    for k, y in enumerate((floor - 1.72 * p, floor - 1.36 * p)):
        at = x - wide + 0.06 * p
        while at < x + wide - 0.12 * p:
            kind = int(rng.integers(3))
            colour = sheet.tone(("flowerwhite", "flowerblue", "cloth", "roof")[int(rng.integers(4))], lit=0.4)
            if kind == 0:
                canvas.drawCircle(at + 0.10 * p, y - 0.115 * p, 0.115 * p, fill(colour))
                canvas.drawCircle(at + 0.10 * p, y - 0.115 * p, 0.075 * p, fill(mix(colour, sheet.scheme.ink, 0.14)))
                at += 0.24 * p
            elif kind == 1:
                canvas.drawRoundRect(box(at, y - 0.10 * p, 0.10 * p, 0.10 * p), 0.02 * p, 0.02 * p, fill(colour))
                canvas.drawCircle(at + 0.11 * p, y - 0.055 * p, 0.028 * p, stroke(colour, 0.014 * p))
                at += 0.17 * p
            else:
                canvas.drawRoundRect(
                    box(at, y - 0.19 * p, 0.11 * p, 0.19 * p), 0.03 * p, 0.03 * p, fill(mix(colour, wood, 0.4))
                )
                canvas.drawRect(box(at + 0.015 * p, y - 0.215 * p, 0.08 * p, 0.03 * p), fill(wood))
                at += 0.15 * p
        canvas.drawRect(box(x - wide, y, 2 * wide, 0.04 * p), fill(wood))
        canvas.drawRect(box(x - wide, y + 0.04 * p, 2 * wide, 0.02 * p), soft(sheet.scheme.ink, 0.01 * p, 0.4))
        if k:
            for q in range(4):
                px = x - 0.42 * p + 0.28 * q * p
                canvas.drawLine(px, y + 0.04 * p, px, y + 0.17 * p, stroke(sheet.tone("metal"), 0.02 * p))
                r = 0.085 * p - 0.012 * q * p
                canvas.drawCircle(
                    px, y + 0.17 * p + r, r, fill(sheet.tone("brass" if q % 2 else "metal", lighten=-0.1, lit=0.4))
                )


def steam(sheet: Sheet) -> None:
    """Wisps that rise from a point, wider as they go.

    Options: `x` (part of the frame), `y` (persons above the floor), `size`.
    """
    rng, p = sheet.rng, sheet.person * sheet.option("size", 1.0)
    x, y = sheet.x(sheet.option("x", 0.7)), sheet.base - sheet.option("y", 0.8) * sheet.person
    for _ in range(5):
        at, h = x + 0.05 * p * rng.normal(), p * rng.uniform(0.35, 0.62)
        bend = 0.10 * p * rng.choice((-1.0, 1.0))
        wisp = [(at, y), (at + bend, y - 0.3 * h), (at - 0.8 * bend, y - 0.65 * h), (at + 0.6 * bend, y - h)]
        paint = down(y - h, y, [(0, (1, 1, 1), 0.0), (0.4, (1, 1, 1), 0.22), (1, (1, 1, 1), 0.10)])
        paint.setMaskFilter(soft((1, 1, 1), 0.022 * p).getMaskFilter())
        back = [(a + 0.05 * p + 0.03 * p * k, b) for k, (a, b) in enumerate(wisp)]
        sheet.canvas.drawPath(curve([*wisp, *reversed(back)]), paint)


BRUSHES = {"cookery": cookery, "shelves": shelves, "steam": steam}
RULED = frozenset({"cookery", "shelves"})
