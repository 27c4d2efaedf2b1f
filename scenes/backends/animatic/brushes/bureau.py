"""An office along its wall: desks with screens and lamps, a board with a curve on it, cabinets, shelves with flasks.

Sizes are in heights of a person at the sheet's depth. Knows no places.
"""

from __future__ import annotations

import math

from scenes.backends.animatic.brushes.sheet import Sheet, box, curve, down, fill, glow, polygon, round_about, stroke
from scenes.backends.animatic.brushes.trees import tuft
from scenes.backends.animatic.light import mix

_TOP = 0.44
"""How high a desk is."""


def _desks(sheet: Sheet) -> list[tuple[float, float]]:
    """Middle of each desk in pixels, and which way it faces."""
    shares = ((0.20, 1.0), (0.80, -1.0)) if not sheet.layout.tall else ((0.78, -1.0),)
    return [(sheet.x(share), side) for share, side in shares]


def bureau(sheet: Sheet) -> None:
    """Desks with what lies on them, and chairs before them."""
    canvas, p, base = sheet.canvas, sheet.person, sheet.base
    wood, dark, metal = sheet.tone("wood", lighten=0.10, lit=0.5), sheet.tone("wooddark"), sheet.tone("metal")
    for x, side in _desks(sheet):
        top = base - _TOP * p
        canvas.drawRect(box(x - 0.62 * p, top + 0.04 * p, 0.05 * p, base - top - 0.04 * p), fill(dark))
        canvas.drawRect(box(x + 0.57 * p, top + 0.04 * p, 0.05 * p, base - top - 0.04 * p), fill(dark))
        drawer = x + 0.26 * p * side - 0.17 * p
        for k in range(3):
            canvas.drawRect(
                box(drawer, top + (0.05 + 0.125 * k) * p, 0.34 * p, 0.115 * p), fill(sheet.tone("wood", lighten=-0.08))
            )
            canvas.drawRect(box(drawer + 0.12 * p, top + (0.095 + 0.125 * k) * p, 0.10 * p, 0.018 * p), fill(metal))
        canvas.drawRect(box(x - 0.68 * p, top - 0.01 * p, 1.36 * p, 0.06 * p), fill(wood))
        _screen(sheet, x - 0.10 * p * side, top - 0.01 * p)
        _on_top(sheet, x, top - 0.01 * p, side)
        _chair(sheet, x - 0.16 * p * side, base + 0.10 * p)


def screen_box(sheet: Sheet, x: float, y: float) -> tuple[float, float, float, float]:
    """The lit area of a screen that stands at (x, y): x, y, width, height."""
    p = sheet.person
    return x - 0.23 * p, y - 0.41 * p, 0.46 * p, 0.28 * p


def _screen(sheet: Sheet, x: float, y: float) -> None:
    canvas, p = sheet.canvas, sheet.person
    dark = sheet.tone("metal", lighten=-0.35)
    canvas.drawPath(
        polygon([(x - 0.10 * p, y), (x - 0.03 * p, y - 0.14 * p), (x + 0.03 * p, y - 0.14 * p), (x + 0.10 * p, y)]),
        fill(dark),
    )
    left, top, w, h = screen_box(sheet, x, y)
    canvas.drawRoundRect(
        box(left - 0.02 * p, top - 0.02 * p, w + 0.04 * p, h + 0.05 * p), 0.015 * p, 0.015 * p, fill(dark)
    )
    blue, deep = (0.42, 0.78, 0.92), (0.08, 0.24, 0.40)
    canvas.drawRect(box(left, top, w, h), down(top, top + h, [(0, deep, 1), (1, mix(deep, blue, 0.45), 1)]))
    for k in range(5):
        wide = w * (0.25 + 0.5 * sheet.rng.random())
        canvas.drawRect(box(left + 0.03 * p, top + (0.035 + 0.045 * k) * p, wide, 0.016 * p), fill(blue, 0.75))


def screens(sheet: Sheet) -> None:
    """The light that screens throw, as light on black."""
    p, y = sheet.person, sheet.base - (_TOP + 0.01) * sheet.person
    for x, side in _desks(sheet):
        left, top, w, h = screen_box(sheet, x - 0.10 * p * side, y)
        middle = (left + w / 2, top + h / 2)
        sheet.canvas.drawCircle(
            *middle,
            0.75 * p,
            round_about(
                middle,
                0.75 * p,
                [(0, (0.35, 0.75, 0.95), 0.42), (0.35, (0.3, 0.65, 0.9), 0.14), (1, (0.2, 0.5, 0.8), 0)],
            ),
        )
        sheet.canvas.drawRect(box(left, top + 0.55 * h, w, 0.2 * h), fill((0.5, 0.85, 1.0), 0.16))


def _on_top(sheet: Sheet, x: float, y: float, side: float) -> None:
    canvas, p, day = sheet.canvas, sheet.person, sheet.scheme.day
    at = x + 0.50 * p * side
    canvas.drawOval(box(at - 0.09 * p, y - 0.03 * p, 0.18 * p, 0.04 * p), fill(sheet.tone("fir", lighten=-0.2)))
    elbow, head = (at + 0.07 * p * side, y - 0.24 * p), (at - 0.10 * p * side, y - 0.38 * p)
    for a, b in (((at, y - 0.01 * p), elbow), (elbow, head)):
        canvas.drawLine(*a, *b, stroke(sheet.tone("brass", lit=0.4), 0.022 * p))
    bell = [
        (head[0] - 0.03 * p, head[1] - 0.05 * p),
        (head[0] + 0.05 * p, head[1] - 0.03 * p),
        (head[0] + 0.07 * p, head[1] + 0.06 * p),
        (head[0] - 0.11 * p, head[1] + 0.06 * p),
    ]
    canvas.drawPath(polygon(bell), fill(sheet.tone("fir", lit=0.4)))
    if day.lamps > 0.2:
        lamp = sheet.scheme.lamp()
        canvas.drawOval(
            box(head[0] - 0.09 * p, head[1] + 0.04 * p, 0.15 * p, 0.035 * p), fill(mix(lamp, (1, 1, 1), 0.4))
        )
        glow(sheet, (head[0], head[1] + 0.12 * p), 0.62 * p, lamp, 0.9 * day.lamps)
    at = x - 0.48 * p * side
    for k in range(4):
        canvas.drawRect(
            box(at - 0.13 * p + 0.01 * p * (k % 2), y - 0.025 * p * (k + 1), 0.26 * p, 0.022 * p),
            fill(sheet.tone(("flowerwhite", "cloth", "fabric", "flowerwhite")[k], lit=0.4)),
        )
    canvas.drawRoundRect(
        box(at - 0.04 * p, y - 0.19 * p, 0.08 * p, 0.09 * p), 0.01 * p, 0.01 * p, fill(sheet.tone("flower", lit=0.3))
    )
    for k in range(3):
        canvas.drawLine(
            at + (k - 1) * 0.02 * p,
            y - 0.18 * p,
            at + (k - 1) * 0.035 * p,
            y - 0.27 * p,
            stroke(sheet.tone(("brass", "metal", "flowerblue")[k]), 0.014 * p),
        )


def _chair(sheet: Sheet, x: float, y: float) -> None:
    canvas, p = sheet.canvas, sheet.person
    cloth, dark = sheet.tone("slate", lighten=-0.35, lit=0.2), sheet.tone("metal", lighten=-0.5)
    canvas.drawLine(x, y - 0.30 * p, x, y - 0.06 * p, stroke(dark, 0.035 * p))
    for k in (-0.17, -0.07, 0.07, 0.17):
        canvas.drawLine(x, y - 0.07 * p, x + k * p, y, stroke(dark, 0.025 * p))
        canvas.drawCircle(x + k * p, y, 0.018 * p, fill(dark))
    canvas.drawRoundRect(box(x - 0.19 * p, y - 0.36 * p, 0.38 * p, 0.08 * p), 0.03 * p, 0.03 * p, fill(cloth))
    canvas.drawRoundRect(
        box(x - 0.17 * p, y - 0.68 * p, 0.34 * p, 0.30 * p), 0.06 * p, 0.06 * p, fill(mix(cloth, dark, 0.3))
    )


def board(sheet: Sheet) -> None:
    """A white board with a curve and notes, a cabinet with a plant, shelves with files and flasks.

    Options: `x`, `shelf`, `cabinet` (parts of the frame), `up` (persons, how much higher the shelves hang).
    """
    canvas, p, base = sheet.canvas, sheet.person, sheet.base
    x, y, w, h = sheet.x(sheet.option("x", 0.5)), base - 1.72 * p, 1.05 * p, 0.66 * p
    canvas.drawRect(
        box(x - w / 2 - 0.03 * p, y - 0.03 * p, w + 0.06 * p, h + 0.06 * p), fill(sheet.tone("stone", lit=0.3))
    )
    canvas.drawRect(box(x - w / 2, y, w, h), fill(sheet.tone("flowerwhite", lit=0.5)))
    ink, red = sheet.tone("slate", lighten=-0.3), sheet.tone("flower")
    left, low = x - 0.42 * p, y + 0.54 * p
    canvas.drawLine(left, low, left + 0.50 * p, low, stroke(ink, 0.012 * p))
    canvas.drawLine(left, low, left, low - 0.40 * p, stroke(ink, 0.012 * p))
    rise = [
        (left + 0.03 * p, low - 0.05 * p),
        (left + 0.15 * p, low - 0.12 * p),
        (left + 0.26 * p, low - 0.10 * p),
        (left + 0.38 * p, low - 0.28 * p),
        (left + 0.48 * p, low - 0.36 * p),
    ]
    canvas.drawPath(curve(rise, False), stroke(red, 0.018 * p))
    for k in range(4):
        canvas.drawLine(
            x + 0.16 * p,
            y + (0.12 + 0.09 * k) * p,
            x + (0.30 + 0.05 * (k % 3)) * p,
            y + (0.12 + 0.09 * k) * p,
            stroke(ink, 0.012 * p, 0.8),
        )
    canvas.drawRect(box(x + 0.34 * p, y + 0.40 * p, 0.12 * p, 0.12 * p), fill(sheet.tone("flowergold")))
    canvas.drawRect(box(x - 0.2 * p, y + h + 0.02 * p, 0.4 * p, 0.025 * p), fill(sheet.tone("stone", lighten=-0.2)))
    _shelf(sheet, sheet.x(sheet.option("shelf", 0.95)))
    _cabinet(sheet, sheet.x(sheet.option("cabinet", 0.44)), base)


def _shelf(sheet: Sheet, x: float) -> None:
    canvas, p, rng = sheet.canvas, sheet.person, sheet.rng
    floor = sheet.base - sheet.option("up", 0.0) * p
    for k, y in enumerate((floor - 1.82 * p, floor - 1.44 * p)):
        at = x - 0.46 * p
        while at < x + 0.40 * p:
            if k and rng.random() < 0.45:
                _flask(sheet, at + 0.07 * p, y, 0.20 * p)
                at += 0.17 * p
            else:
                colour = ("fabric", "slate", "fir", "brass", "cloth")[int(rng.integers(5))]
                tall = p * rng.uniform(0.22, 0.28)
                canvas.drawRect(box(at, y - tall, 0.065 * p, tall), fill(sheet.tone(colour, lit=0.2)))
                canvas.drawRect(
                    box(at + 0.012 * p, y - 0.7 * tall, 0.04 * p, 0.06 * p), fill(sheet.tone("flowerwhite"))
                )
                at += 0.07 * p
        canvas.drawRect(box(x - 0.5 * p, y, p, 0.04 * p), fill(sheet.tone("wood", lit=0.4)))


def _flask(sheet: Sheet, x: float, y: float, h: float) -> None:
    colour = (((0.35, 0.85, 0.75), (0.75, 0.45, 0.9), (0.98, 0.7, 0.3)))[int(sheet.rng.integers(3))]
    glass = [
        (x - 0.08 * h, y - h),
        (x - 0.07 * h, y - 0.6 * h),
        (x - 0.34 * h, y),
        (x + 0.34 * h, y),
        (x + 0.07 * h, y - 0.6 * h),
        (x + 0.08 * h, y - h),
    ]
    sheet.canvas.drawPath(polygon(glass), fill(sheet.tone("glass", lighten=0.5), 0.7))
    sheet.canvas.drawPath(
        polygon(
            [
                (x - 0.20 * h, y - 0.34 * h),
                (x + 0.20 * h, y - 0.34 * h),
                (x + 0.32 * h, y - 0.02 * h),
                (x - 0.32 * h, y - 0.02 * h),
            ]
        ),
        fill(mix(colour, sheet.scheme.haze, 0.12), 0.9),
    )


def _cabinet(sheet: Sheet, x: float, base: float) -> None:
    canvas, p, rng = sheet.canvas, sheet.person, sheet.rng
    steel = sheet.tone("stone", lighten=-0.05, lit=0.3)
    canvas.drawRect(box(x - 0.22 * p, base - 0.78 * p, 0.44 * p, 0.78 * p), fill(steel))
    for k in range(3):
        y = base - (0.75 - 0.25 * k) * p
        canvas.drawRect(box(x - 0.20 * p, y, 0.40 * p, 0.23 * p), fill(mix(steel, (1, 1, 1), 0.10)))
        canvas.drawRect(box(x - 0.06 * p, y + 0.09 * p, 0.12 * p, 0.025 * p), fill(sheet.tone("metal")))
    pot = base - 0.78 * p
    canvas.drawPath(
        polygon(
            [(x - 0.07 * p, pot), (x - 0.09 * p, pot - 0.12 * p), (x + 0.09 * p, pot - 0.12 * p), (x + 0.07 * p, pot)]
        ),
        fill(sheet.tone("roof", lit=0.3)),
    )
    for k in range(16):
        a = math.pi * (0.1 + 0.8 * k / 15)
        far = p * rng.uniform(0.10, 0.26)
        leaf = sheet.tone("leaf" if k % 2 else "leafdark", lit=0.3)
        tuft(sheet, x + far * math.cos(a), pot - 0.13 * p - far * math.sin(a), 0.055 * p, leaf)


BRUSHES = {"bureau": bureau, "screens": screens, "board": board}
RULED = frozenset({"bureau", "board"})
