"""A sailing ship as one sees it from its deck: planks, bulwark, mast with shrouds, casks and coiled rope.

Sizes are in heights of a person at the sheet's depth. Knows no places.
"""

from __future__ import annotations

import math

from scenes.backends.animatic.brushes.sheet import Sheet, box, curve, down, fill, glow, polygon, stroke, sweep
from scenes.backends.animatic.light import mix


def planking(sheet: Sheet) -> None:
    """The deck: planks that run together towards the horizon, with pegs and seams."""
    layout, person, canvas, rng = sheet.layout, sheet.person, sheet.canvas, sheet.rng
    top, cx, cy = layout.ground_at(1.32), layout.width / 2, layout.horizon
    eye = layout.ground - cy
    f_top, f_low = (top - cy) / eye, (sheet.bottom - cy) / eye
    span = sheet.right - sheet.left
    white = sheet.scheme.weather.white > 0
    wood = sheet.tone("snow" if white else "wood", lighten=0.10, lit=0.5)
    seam = sheet.tone("wooddark", lighten=-0.35)
    stops = [
        (0.0, sheet.tone("wood", lighten=-0.15), 1.0),
        (0.3, wood, 1.0),
        (1.0, sheet.tone("wood", lighten=-0.34), 1.0),
    ]
    canvas.drawRect(box(sheet.left, top, span, sheet.bottom - top + 2), down(top, layout.height, stops))
    step = 0.20 * person
    count = math.ceil(max(cx - sheet.left, sheet.right - cx) / (step * f_top)) + 1
    for k in range(-count, count):
        x = k * step
        plank = [
            (cx + x * f_top, top),
            (cx + (x + step) * f_top, top),
            (cx + (x + step) * f_low, sheet.bottom),
            (cx + x * f_low, sheet.bottom),
        ]
        canvas.drawPath(polygon(plank), fill(sheet.tone("wood", lighten=rng.uniform(-0.28, 0.12), lit=0.4), 0.45))
        canvas.drawLine(*plank[0], *plank[3], stroke(seam, 0.012 * person, 0.75))
        for _ in range(2):
            d = f_top + (f_low - f_top) * rng.random()
            y = cy + d * eye
            canvas.drawLine(cx + x * d, y, cx + (x + step) * d, y, stroke(seam, 0.012 * person, 0.7))
            canvas.drawCircle(cx + (x + 0.2 * step) * d, y - 0.03 * person * d, 0.010 * person * d, fill(seam, 0.8))
    canvas.drawRect(
        box(sheet.left, top, span, 0.14 * person),
        down(top, top + 0.14 * person, [(0, sheet.scheme.ink, 0.4), (1, sheet.scheme.ink, 0.0)]),
    )


def bulwark(sheet: Sheet) -> None:
    """The rail at the ship's side on turned balusters, the sea between them."""
    canvas, p, base = sheet.canvas, sheet.person, sheet.base
    span, top = sheet.right - sheet.left, sheet.base - 0.42 * sheet.person
    wood, dark = sheet.tone("wood", lighten=-0.10, lit=0.3), sheet.tone("wooddark", lighten=-0.25)
    low = base - 0.13 * p
    canvas.drawRect(box(sheet.left, low, span, base - low + 2), down(low, base, [(0, wood, 1), (1, dark, 1)]))
    canvas.drawRect(box(sheet.left, low, span, 0.025 * p), fill(sheet.tone("wood", lighten=0.15, lit=0.7)))
    gap = 0.26 * p
    middle = sheet.layout.width / 2
    for k in range(math.floor((sheet.left - middle) / gap), math.ceil((sheet.right - middle) / gap) + 1):
        x = middle + (k + 0.5) * gap
        if k % 4 == 0:
            canvas.drawRect(
                box(x - 0.06 * p, top - 0.06 * p, 0.12 * p, base - top),
                sweep((x - 0.06 * p, 0), (x + 0.06 * p, 0), [(0, wood, 1), (1, dark, 1)]),
            )
            continue
        turned = [
            (x - 0.022 * p, low),
            (x - 0.038 * p, low - 0.07 * p),
            (x - 0.016 * p, low - 0.14 * p),
            (x - 0.03 * p, top),
        ]
        shape = [*turned, *((2 * x - a, b) for a, b in reversed(turned))]
        canvas.drawPath(polygon(shape), fill(mix(wood, dark, 0.25)))
    canvas.drawRect(
        box(sheet.left, top - 0.05 * p, span, 0.09 * p),
        down(top - 0.05 * p, top + 0.04 * p, [(0, sheet.tone("wood", lighten=0.2, lit=0.8), 1), (1, dark, 1)]),
    )
    if sheet.scheme.weather.white:
        canvas.drawRect(box(sheet.left, top - 0.075 * p, span, 0.04 * p), fill(sheet.tone("snow", lit=0.5)))


def rigging(sheet: Sheet) -> None:
    """A mast with a yard and its furled sail, shrouds with ratlines, a lantern. Option `x` (part of the frame)."""
    canvas, p, base, layout = sheet.canvas, sheet.person, sheet.base, sheet.layout
    x, w = sheet.x(sheet.option("x", 0.17)), 0.13 * sheet.person
    wood, dark, rope = (
        sheet.tone("wood", lighten=-0.05, lit=0.5),
        sheet.tone("wooddark", lighten=-0.3),
        sheet.tone("hay", lighten=-0.35),
    )
    top = sheet.top - 4
    yard = min(base - 2.3 * p, 0.17 * layout.height)
    for side in (-1.0, 1.0):
        for k in range(4):
            canvas.drawLine(
                x + side * 0.05 * p,
                yard - 0.4 * p,
                x + side * (0.62 + 0.20 * k) * p,
                base - 0.40 * p,
                stroke(rope, 0.016 * p),
            )
        for k in range(1, 15):
            f = 0.25 + 0.75 * k / 15
            y = yard - 0.4 * p + (base - yard) * f
            canvas.drawLine(
                x + side * (0.05 + 0.57 * f) * p, y, x + side * (0.05 + 1.17 * f) * p, y, stroke(rope, 0.011 * p)
            )
    canvas.drawRect(
        box(x - w / 2, top, w, base - top),
        sweep((x - w / 2, 0), (x + w / 2, 0), [(0, dark, 1), (0.4, wood, 1), (1, dark, 1)]),
    )
    for y in (base - 0.9 * p, base - 1.0 * p, yard + 0.2 * p):
        canvas.drawRect(box(x - 0.58 * w, y, 1.16 * w, 0.03 * p), fill(sheet.tone("metal", lighten=-0.2)))
    left, right = x - 1.7 * p, x + 1.7 * p
    cloth, fold = sheet.tone("cloth", lit=0.6), sheet.tone("cloth", lighten=-0.22)
    bundle = []
    for k in range(13):
        at = left + (right - left) * k / 12
        bundle.append((at, yard + (0.12 + 0.07 * math.sin(1.57 * k) ** 2) * p))
    canvas.drawPath(
        curve([(left, yard), *bundle, (right, yard)]), down(yard, yard + 0.2 * p, [(0, cloth, 1), (1, fold, 1)])
    )
    for k in range(1, 12):
        at = left + (right - left) * k / 12
        canvas.drawLine(at, yard - 0.02 * p, at + 0.03 * p, yard + 0.17 * p, stroke(rope, 0.02 * p))
    canvas.drawRoundRect(
        box(left - 0.15 * p, yard - 0.05 * p, right - left + 0.3 * p, 0.08 * p), 0.04 * p, 0.04 * p, fill(dark)
    )
    _lantern(sheet, x + 0.24 * p, base - 1.45 * p)


def _lantern(sheet: Sheet, x: float, y: float) -> None:
    canvas, p, day = sheet.canvas, sheet.person, sheet.scheme.day
    iron, lamp = sheet.tone("metal", lighten=-0.4), sheet.scheme.lamp()
    canvas.drawPath(
        curve([(x - 0.24 * p, y - 0.1 * p), (x - 0.08 * p, y - 0.2 * p), (x, y - 0.12 * p)], False),
        stroke(iron, 0.025 * p),
    )
    on = day.lamps > 0.2
    canvas.drawRoundRect(
        box(x - 0.07 * p, y - 0.10 * p, 0.14 * p, 0.18 * p),
        0.03 * p,
        0.03 * p,
        fill(mix(lamp, (1, 1, 1), 0.35) if on else sheet.tone("glass")),
    )
    canvas.drawPath(
        polygon([(x - 0.09 * p, y - 0.10 * p), (x, y - 0.17 * p), (x + 0.09 * p, y - 0.10 * p)]), fill(iron)
    )
    canvas.drawRect(box(x - 0.08 * p, y + 0.07 * p, 0.16 * p, 0.03 * p), fill(iron))
    canvas.drawLine(x, y - 0.1 * p, x, y + 0.08 * p, stroke(iron, 0.014 * p))
    if on:
        glow(sheet, (x, y), 0.95 * p, lamp, 0.85 * day.lamps)


def tackle(sheet: Sheet) -> None:
    """Two casks and a coil of rope on deck. Option `x` (part of the frame)."""
    canvas, p = sheet.canvas, sheet.person
    x, y = sheet.x(sheet.option("x", 0.88)), sheet.base + 0.03 * sheet.person
    for shift, size in ((0.20, 0.92), (-0.10, 1.0)):
        _cask(sheet, x + shift * p, y - (0.05 * p if shift > 0 else 0.0), 0.46 * p * size)
    rope, dark = sheet.tone("hay", lighten=-0.12, lit=0.4), sheet.tone("wooddark", lighten=-0.1)
    cx = x - 0.48 * p
    for k in range(4):
        r = (0.17 - 0.012 * k) * p
        for paint in (stroke(dark, 0.050 * p), stroke(rope, 0.034 * p)):
            canvas.drawOval(box(cx - r, y - 0.06 * p - 0.034 * k * p, 2 * r, 0.36 * r), paint)


def _cask(sheet: Sheet, x: float, y: float, h: float) -> None:
    canvas = sheet.canvas
    wood, dark = sheet.tone("wood", lighten=-0.02, lit=0.5), sheet.tone("wooddark", lighten=-0.3)
    shape = [
        (x - 0.30 * h, y),
        (x - 0.38 * h, y - 0.5 * h),
        (x - 0.30 * h, y - h),
        (x + 0.30 * h, y - h),
        (x + 0.38 * h, y - 0.5 * h),
        (x + 0.30 * h, y),
    ]
    canvas.drawOval(box(x - 0.32 * h, y - 0.07 * h, 0.64 * h, 0.15 * h), fill(dark))
    canvas.drawPath(
        curve(shape), sweep((x - 0.38 * h, 0), (x + 0.38 * h, 0), [(0, dark, 1), (0.4, wood, 1), (1, dark, 1)])
    )
    for f, half in ((0.14, 0.35), (0.34, 0.385), (0.66, 0.385), (0.86, 0.35)):
        canvas.drawRect(box(x - half * h, y - f * h, 2 * half * h, 0.05 * h), fill(sheet.tone("metal", lighten=-0.25)))
    canvas.drawOval(
        box(x - 0.29 * h, y - 1.06 * h, 0.58 * h, 0.13 * h), fill(sheet.tone("wood", lighten=0.08, lit=0.5))
    )
    canvas.drawOval(box(x - 0.24 * h, y - 1.045 * h, 0.48 * h, 0.10 * h), fill(sheet.tone("wood", lighten=-0.3)))


def stays(sheet: Sheet) -> None:
    """Ropes that pass close before the camera at the sides of the frame."""
    canvas, layout = sheet.canvas, sheet.layout
    rope = sheet.tone("wooddark", lighten=-0.35)
    for a, b in ((-0.02, 0.07), (1.03, 0.90)):
        canvas.drawLine(
            layout.width * a, layout.height * 1.05, layout.width * b, sheet.top - 4, stroke(rope, 0.012 * layout.unit)
        )
    for f in (0.30, 0.62):
        x = layout.width * (1.03 - 0.13 * (1 - f))
        canvas.drawRoundRect(
            box(x - 0.016 * layout.unit, layout.height * f, 0.032 * layout.unit, 0.055 * layout.unit), 4, 4, fill(rope)
        )


BRUSHES = {"planking": planking, "bulwark": bulwark, "rigging": rigging, "tackle": tackle, "stays": stays}
RULED = frozenset({"planking", "bulwark", "rigging"})
