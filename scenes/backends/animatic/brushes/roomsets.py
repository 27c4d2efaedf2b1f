"""What makes a room a bedroom, a hall, a café or a laboratory: bed, chandelier, bar and tables, benches of glassware.

Sizes are in heights of a person at the sheet's depth. Knows no places.
"""

from __future__ import annotations

import math

from scenes.backends.animatic.brushes.sheet import Sheet, box, curve, down, fill, glow, polygon, stroke
from scenes.backends.animatic.figure import Colour
from scenes.backends.animatic.light import mix


def bedstead(sheet: Sheet) -> None:
    """A made bed with posts seen from its side, a bedside table with a lamp, a wardrobe.

    Option `x` (part of the frame).
    """
    canvas, p, y = sheet.canvas, sheet.person, sheet.base + 0.04 * sheet.person
    x = sheet.x(sheet.option("x", 0.8))
    wood, dark = sheet.tone("wood", lighten=-0.12, lit=0.4), sheet.tone("wooddark", lighten=-0.1)
    if not sheet.layout.tall:
        _wardrobe(sheet, sheet.x(0.43), sheet.base, wood, dark)
    left, right = x - 0.80 * p, x + 0.62 * p
    head = [
        (right - 0.04 * p, y),
        (right - 0.04 * p, y - 0.86 * p),
        (right + 0.03 * p, y - 0.93 * p),
        (right + 0.08 * p, y - 0.86 * p),
        (right + 0.08 * p, y),
    ]
    canvas.drawPath(polygon(head), fill(wood))
    canvas.drawRect(box(left - 0.06 * p, y - 0.52 * p, 0.10 * p, 0.52 * p), fill(wood))
    for at in (left - 0.01 * p, right + 0.02 * p):
        canvas.drawCircle(at, y - (0.55 if at < x else 0.95) * p, 0.055 * p, fill(dark))
    canvas.drawRect(box(left, y - 0.26 * p, right - left, 0.15 * p), fill(dark))
    canvas.drawRoundRect(
        box(left + 0.02 * p, y - 0.41 * p, right - left - 0.04 * p, 0.18 * p),
        0.05 * p,
        0.05 * p,
        fill(sheet.tone("flowerwhite", lit=0.4)),
    )
    pillow = [
        (right - 0.40 * p, y - 0.40 * p),
        (right - 0.38 * p, y - 0.55 * p),
        (right - 0.10 * p, y - 0.60 * p),
        (right - 0.04 * p, y - 0.42 * p),
    ]
    canvas.drawPath(curve(pillow), fill(sheet.tone("flowerwhite", lit=0.7)))
    quilt, patch = sheet.tone("flowerblue", lighten=-0.10, lit=0.3), sheet.tone("fabric", lit=0.3)
    fold = right - 0.46 * p
    cloth = [
        (left - 0.02 * p, y - 0.44 * p),
        (fold, y - 0.46 * p),
        (fold + 0.03 * p, y - 0.13 * p),
        (left - 0.02 * p, y - 0.08 * p),
    ]
    canvas.drawPath(polygon(cloth), down(y - 0.46 * p, y, [(0, quilt, 1), (1, mix(quilt, sheet.scheme.ink, 0.4), 1)]))
    for k in range(5):
        for row in range(2):
            at = left + (0.05 + 0.185 * k) * p
            colour = patch if (k + row) % 2 else sheet.tone("flowergold", lighten=-0.1)
            canvas.drawRect(box(at, y - (0.40 - 0.14 * row) * p, 0.10 * p, 0.09 * p), fill(colour, 0.75))
    canvas.drawRect(box(fold - 0.06 * p, y - 0.475 * p, 0.12 * p, 0.33 * p), fill(sheet.tone("flowerwhite", lit=0.5)))
    _bedside(sheet, left - 0.36 * p, y, wood)


def _bedside(sheet: Sheet, x: float, y: float, wood: Colour) -> None:
    canvas, p, day = sheet.canvas, sheet.person, sheet.scheme.day
    canvas.drawRect(box(x - 0.16 * p, y - 0.42 * p, 0.32 * p, 0.42 * p), fill(wood))
    canvas.drawRect(box(x - 0.19 * p, y - 0.45 * p, 0.38 * p, 0.04 * p), fill(sheet.tone("wood", lighten=0.1, lit=0.6)))
    canvas.drawCircle(x, y - 0.28 * p, 0.02 * p, fill(sheet.tone("brass", lit=0.5)))
    canvas.drawRect(box(x - 0.02 * p, y - 0.60 * p, 0.04 * p, 0.15 * p), fill(sheet.tone("brass")))
    shade = [
        (x - 0.13 * p, y - 0.57 * p),
        (x - 0.07 * p, y - 0.74 * p),
        (x + 0.07 * p, y - 0.74 * p),
        (x + 0.13 * p, y - 0.57 * p),
    ]
    canvas.drawPath(polygon(shade), fill(mix(sheet.tone("cloth", lit=0.5), sheet.scheme.lamp(), 0.6 * day.lamps)))
    if day.lamps > 0.3:
        glow(sheet, (x, y - 0.64 * p), 1.1 * p, sheet.scheme.lamp(), 0.9 * day.lamps)


def _wardrobe(sheet: Sheet, x: float, y: float, wood: Colour, dark: Colour) -> None:
    canvas, p = sheet.canvas, sheet.person
    canvas.drawRect(box(x - 0.42 * p, y - 1.30 * p, 0.84 * p, 1.30 * p), fill(wood))
    canvas.drawRect(box(x - 0.47 * p, y - 1.36 * p, 0.94 * p, 0.08 * p), fill(dark))
    for side in (-0.39, 0.02):
        canvas.drawRect(box(x + side * p, y - 1.24 * p, 0.37 * p, 1.12 * p), stroke(dark, 0.016 * p))
        canvas.drawRect(box(x + (side + 0.06) * p, y - 1.16 * p, 0.25 * p, 0.42 * p), stroke(dark, 0.012 * p, 0.8))
    for at in (-0.05, 0.05):
        canvas.drawCircle(x + at * p, y - 0.66 * p, 0.022 * p, fill(sheet.tone("brass", lit=0.5)))


def chandelier(sheet: Sheet) -> None:
    """A crown of candles on chains. Option `low` (part of the frame)."""
    canvas, p, day = sheet.canvas, sheet.person, sheet.scheme.day
    x, y = sheet.x(0.5), sheet.layout.height * sheet.option("low", 0.2)
    gold, lamp = sheet.tone("brass", lit=0.5), sheet.scheme.lamp()
    canvas.drawLine(x, sheet.top, x, y - 0.28 * p, stroke(gold, 0.022 * p))
    for side in (-1.0, 1.0):
        for reach in (0.22, 0.50):
            arm = [(x, y - 0.06 * p), (x + 0.6 * side * reach * p, y + 0.06 * p), (x + side * reach * p, y - 0.06 * p)]
            canvas.drawPath(curve(arm, False), stroke(gold, 0.03 * p))
            canvas.drawLine(x, y - 0.28 * p, x + side * reach * p, y - 0.03 * p, stroke(gold, 0.008 * p, 0.7))
    canvas.drawOval(box(x - 0.07 * p, y - 0.12 * p, 0.14 * p, 0.20 * p), fill(gold))
    for share in (-0.50, -0.22, 0.0, 0.22, 0.50):
        at, top = x + share * p, y - (0.10 if share else 0.16) * p
        canvas.drawRect(
            box(at - 0.022 * p, top - 0.10 * p, 0.044 * p, 0.12 * p), fill(sheet.tone("flowerwhite", lit=0.4))
        )
        canvas.drawPath(
            curve([(at - 0.02 * p, top - 0.11 * p), (at, top - 0.19 * p), (at + 0.02 * p, top - 0.11 * p)]),
            fill(mix(lamp, (1, 1, 1), 0.3)),
        )
        glow(sheet, (at, top - 0.14 * p), 0.42 * p, lamp, 0.45 + 0.3 * day.lamps)
    glow(sheet, (x, y), 1.7 * p, lamp, 0.25 + 0.25 * day.lamps)


def bar(sheet: Sheet) -> None:
    """A counter with a coffee machine, cups and cakes, bottles on a shelf behind. Option `x` (part of the frame)."""
    canvas, p, base, rng = sheet.canvas, sheet.person, sheet.base, sheet.rng
    x = sheet.x(sheet.option("x", 0.72))
    left, right = x - 0.95 * p, max(sheet.right + 5, x + 0.95 * p)
    top = base - 0.64 * p
    for y in (base - 1.62 * p, base - 1.28 * p):
        at = x - 0.55 * p
        while at < x + 1.0 * p:
            tall = p * rng.uniform(0.15, 0.25)
            colour = sheet.tone(("fir", "brass", "fabric", "glass", "flowergold")[int(rng.integers(5))], lit=0.4)
            canvas.drawRoundRect(
                box(at, y - 0.7 * tall, 0.06 * p, 0.7 * tall), 0.015 * p, 0.015 * p, fill(colour, 0.92)
            )
            canvas.drawRect(box(at + 0.018 * p, y - tall, 0.024 * p, 0.35 * tall), fill(colour, 0.92))
            at += p * rng.uniform(0.08, 0.14)
        canvas.drawRect(box(x - 0.6 * p, y, 1.65 * p, 0.035 * p), fill(sheet.tone("wood", lit=0.4)))
    canvas.drawRect(
        box(left, top, right - left, base - top),
        down(
            top,
            base,
            [(0, sheet.tone("wooddark", lighten=0.1, lit=0.3), 1), (1, sheet.tone("wooddark", lighten=-0.3), 1)],
        ),
    )
    for k in range(9):
        canvas.drawRect(
            box(left + (0.06 + 0.30 * k) * p, top + 0.12 * p, 0.22 * p, 0.42 * p),
            stroke(sheet.tone("wood"), 0.012 * p, 0.8),
        )
    canvas.drawRect(
        box(left - 0.05 * p, top - 0.04 * p, right - left + 0.05 * p, 0.07 * p),
        fill(sheet.tone("stone", lighten=0.2, lit=0.6)),
    )
    steel, black = sheet.tone("stone", lighten=0.25, lit=0.6), sheet.tone("metal", lighten=-0.4)
    y = top - 0.04 * p
    canvas.drawRoundRect(box(x - 0.24 * p, y - 0.36 * p, 0.48 * p, 0.15 * p), 0.03 * p, 0.03 * p, fill(steel))
    canvas.drawRect(box(x - 0.20 * p, y - 0.22 * p, 0.40 * p, 0.16 * p), fill(black))
    canvas.drawRect(box(x - 0.25 * p, y - 0.06 * p, 0.50 * p, 0.06 * p), fill(steel))
    for shift in (-0.10, 0.10):
        canvas.drawRect(box(x + (shift - 0.03) * p, y - 0.21 * p, 0.06 * p, 0.04 * p), fill(steel))
        canvas.drawRoundRect(
            box(x + (shift - 0.04) * p, y - 0.12 * p, 0.08 * p, 0.06 * p),
            0.01 * p,
            0.01 * p,
            fill(sheet.tone("flowerwhite", lit=0.6)),
        )
    at = x - 0.62 * p
    canvas.drawOval(box(at - 0.17 * p, y - 0.05 * p, 0.34 * p, 0.06 * p), fill(sheet.tone("flowerwhite", lit=0.4)))
    canvas.drawRect(box(at - 0.12 * p, y - 0.16 * p, 0.24 * p, 0.12 * p), fill(sheet.tone("blossom", lit=0.4)))
    canvas.drawRect(box(at - 0.12 * p, y - 0.11 * p, 0.24 * p, 0.025 * p), fill(sheet.tone("flowerwhite")))
    canvas.drawCircle(at, y - 0.18 * p, 0.025 * p, fill(sheet.tone("flower", lit=0.4)))


def round_tables(sheet: Sheet) -> None:
    """Small round tables with a cup on each, bentwood chairs beside them."""
    canvas, p, y = sheet.canvas, sheet.person, sheet.base + 0.05 * sheet.person
    iron, wood = sheet.tone("metal", lighten=-0.35), sheet.tone("wooddark", lighten=0.05, lit=0.4)
    for share in (0.09, 0.52) if not sheet.layout.tall else (0.12,):
        x = sheet.x(share)
        for side in (-1.0, 1.0):
            cx = x + 0.44 * side * p
            for leg in (-0.12, 0.12):
                canvas.drawLine(cx + leg * p, y, cx + 0.8 * leg * p, y - 0.28 * p, stroke(wood, 0.026 * p))
            canvas.drawOval(box(cx - 0.15 * p, y - 0.32 * p, 0.30 * p, 0.07 * p), fill(wood))
            back = [
                (cx + 0.13 * side * p, y - 0.29 * p),
                (cx + 0.19 * side * p, y - 0.62 * p),
                (cx + 0.06 * side * p, y - 0.66 * p),
                (cx + 0.05 * side * p, y - 0.30 * p),
            ]
            canvas.drawPath(curve(back, False), stroke(wood, 0.03 * p))
        canvas.drawLine(x, y - 0.02 * p, x, y - 0.46 * p, stroke(iron, 0.035 * p))
        canvas.drawOval(box(x - 0.17 * p, y - 0.05 * p, 0.34 * p, 0.08 * p), fill(iron))
        canvas.drawOval(
            box(x - 0.32 * p, y - 0.51 * p, 0.64 * p, 0.11 * p), fill(sheet.tone("flowerwhite", lighten=-0.06, lit=0.5))
        )
        canvas.drawOval(
            box(x - 0.09 * p, y - 0.485 * p, 0.18 * p, 0.04 * p), fill(sheet.tone("flowerblue", lighten=0.3))
        )
        canvas.drawRoundRect(
            box(x - 0.045 * p, y - 0.54 * p, 0.09 * p, 0.07 * p),
            0.02 * p,
            0.02 * p,
            fill(sheet.tone("flowerwhite", lit=0.7)),
        )


_BREWS: tuple[Colour, ...] = ((0.30, 0.88, 0.72), (0.72, 0.42, 0.95), (0.98, 0.66, 0.25), (0.35, 0.66, 0.98))


def glassware(sheet: Sheet) -> None:
    """Two laboratory benches with flasks, tubes in a rack and a microscope. Option `light`: their glow alone."""
    canvas, p = sheet.canvas, sheet.person
    only = sheet.option("light", 0.0) > 0.5
    top = sheet.base - 0.50 * p
    for share in (0.20, 0.80) if not sheet.layout.tall else (0.80,):
        x = sheet.x(share)
        if not only:
            front = sheet.tone("flowerwhite", lighten=-0.14, lit=0.3)
            canvas.drawRect(
                box(x - 0.72 * p, top, 1.44 * p, sheet.base - top),
                down(top, sheet.base, [(0, front, 1), (1, mix(front, sheet.scheme.ink, 0.4), 1)]),
            )
            for k in range(3):
                canvas.drawRect(
                    box(x + (-0.68 + 0.47 * k) * p, top + 0.10 * p, 0.42 * p, 0.34 * p),
                    stroke(sheet.tone("slate"), 0.012 * p, 0.8),
                )
            canvas.drawRect(
                box(x - 0.76 * p, top - 0.03 * p, 1.52 * p, 0.06 * p), fill(sheet.tone("slate", lighten=-0.35, lit=0.3))
            )
            _microscope(sheet, x + 0.52 * p, top - 0.03 * p)
            _rack(sheet, x + 0.16 * p, top - 0.03 * p)
        for k, (at, size) in enumerate(((-0.52, 0.34), (-0.26, 0.25), (-0.06, 0.20))):
            _brew(sheet, x + at * p, top - 0.03 * p, size * p, _BREWS[(k + int(share * 10)) % 4], only)


def _brew(sheet: Sheet, x: float, y: float, h: float, colour: Colour, only: bool) -> None:
    canvas = sheet.canvas
    if only:
        glow(sheet, (x, y - 0.3 * h), 1.1 * h, colour, 0.8)
        return
    r = 0.34 * h
    canvas.drawRect(box(x - 0.09 * h, y - h, 0.18 * h, 0.5 * h), fill(sheet.tone("glass", lighten=0.5), 0.6))
    canvas.drawCircle(x, y - r, r, fill(sheet.tone("glass", lighten=0.5), 0.6))
    canvas.save()
    canvas.clipRect(box(x - r, y - 1.15 * r, 2 * r, 1.2 * r))
    canvas.drawCircle(x, y - r, 0.9 * r, fill(mix(colour, sheet.scheme.ink, 0.12)))
    canvas.restore()
    for k in range(3):
        canvas.drawCircle(x + (0.3 * k - 0.3) * r, y - (0.6 + 0.25 * (k % 2)) * r, 0.09 * r, fill((1, 1, 1), 0.6))
    canvas.drawRect(box(x - 0.13 * h, y - 1.03 * h, 0.26 * h, 0.05 * h), fill(sheet.tone("glass", lighten=0.6)))
    canvas.drawLine(x - 0.5 * r, y - 1.4 * r, x - 0.68 * r, y - 0.9 * r, stroke((1, 1, 1), 0.09 * r, 0.7))


def _rack(sheet: Sheet, x: float, y: float) -> None:
    canvas, p = sheet.canvas, sheet.person
    for k in range(5):
        at = x + (k - 2) * 0.055 * p
        canvas.drawRoundRect(
            box(at - 0.016 * p, y - 0.20 * p, 0.032 * p, 0.18 * p),
            0.016 * p,
            0.016 * p,
            fill(sheet.tone("glass", lighten=0.5), 0.75),
        )
        canvas.drawRoundRect(
            box(at - 0.013 * p, y - 0.12 * p, 0.026 * p, 0.095 * p), 0.013 * p, 0.013 * p, fill(_BREWS[k % 4])
        )
    for up in (0.05, 0.14):
        canvas.drawRect(box(x - 0.15 * p, y - up * p, 0.30 * p, 0.02 * p), fill(sheet.tone("wood", lit=0.4)))


def _microscope(sheet: Sheet, x: float, y: float) -> None:
    canvas, p = sheet.canvas, sheet.person
    black, steel = sheet.tone("metal", lighten=-0.35), sheet.tone("stone", lighten=0.2, lit=0.6)
    canvas.drawRoundRect(box(x - 0.13 * p, y - 0.035 * p, 0.26 * p, 0.035 * p), 0.01 * p, 0.01 * p, fill(black))
    arm = [(x + 0.08 * p, y - 0.03 * p), (x + 0.13 * p, y - 0.15 * p), (x + 0.04 * p, y - 0.27 * p)]
    canvas.drawPath(curve(arm, False), stroke(black, 0.045 * p))
    canvas.drawRect(box(x - 0.11 * p, y - 0.11 * p, 0.20 * p, 0.022 * p), fill(steel))
    canvas.save()
    canvas.translate(x - 0.01 * p, y - 0.26 * p)
    canvas.rotate(math.degrees(-0.35))
    canvas.drawRect(box(-0.03 * p, -0.13 * p, 0.06 * p, 0.25 * p), fill(steel))
    canvas.drawRect(box(-0.04 * p, -0.16 * p, 0.08 * p, 0.05 * p), fill(black))
    canvas.restore()


def bookcases(sheet: Sheet) -> None:
    """Tall cases full of books side by side. Option `clear` (half of the gap about the window, part of the frame)."""
    canvas, p, base, rng = sheet.canvas, sheet.person, sheet.base, sheet.rng
    wide, high = 0.92 * p, 2.05 * p
    wood, dark = sheet.tone("wooddark", lighten=0.05, lit=0.3), sheet.tone("wooddark", lighten=-0.5)
    clear, window = sheet.option("clear", 0.0), 0.28
    x = sheet.layout.width / 2 - math.ceil((sheet.layout.width / 2 - sheet.left) / wide) * wide
    while x < sheet.right:
        middle = (x + wide / 2) / sheet.layout.width
        if abs(middle - window) < clear or (not clear and middle < 0.62):
            x += wide
            continue
        canvas.drawRect(box(x, base - high, wide * 0.98, high), fill(wood))
        canvas.drawRect(box(x - 0.03 * p, base - high - 0.07 * p, wide + 0.04 * p, 0.09 * p), fill(wood))
        for shelf in range(6):
            y = base - 0.12 * p - 0.32 * shelf * p
            canvas.drawRect(box(x + 0.05 * p, y - 0.28 * p, wide - 0.12 * p, 0.28 * p), fill(dark))
            at = x + 0.06 * p
            while at < x + wide - 0.13 * p:
                thick, tall = p * rng.uniform(0.025, 0.055), p * rng.uniform(0.18, 0.26)
                spine = ("fabric", "fir", "brass", "slate", "brick", "cloth")[int(rng.integers(6))]
                canvas.drawRect(box(at, y - tall, thick, tall), fill(sheet.tone(spine, lighten=-0.10, lit=0.2)))
                canvas.drawRect(box(at, y - 0.8 * tall, thick, 0.02 * p), fill(sheet.tone("brass"), 0.6))
                at += thick + 0.003 * p
        x += wide


BRUSHES = {
    "bookcases": bookcases,
    "bedstead": bedstead,
    "chandelier": chandelier,
    "bar": bar,
    "round tables": round_tables,
    "glassware": glassware,
}
RULED = frozenset({"bedstead", "bar", "bookcases"})
