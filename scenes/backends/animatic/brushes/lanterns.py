"""Street lamps with their cones of light, and telegraph poles with wires.

Sizes are in heights of a person at the sheet's depth. Knows no places.
"""

from __future__ import annotations

import numpy as np

from scenes.backends.animatic.brushes.sheet import Point, Sheet, box, curve, down, fill, glow, polygon, stroke
from scenes.backends.animatic.layout import Layout
from scenes.backends.animatic.light import mix


def lamp_places(layout: Layout, many: float) -> list[float]:
    """The x of street lamps, `many` a frame width of common shape, beyond both sides of the frame too."""
    count = max(1, round(many * max(0.75, layout.width / layout.unit / 1.78)))
    return [(k + 0.22) * layout.width / count for k in range(-2, count + 3)]


def lamps(sheet: Sheet) -> None:
    """Street lamps with their cones of light. Options: `count` a frame width, `size` (persons)."""
    layout, canvas = sheet.layout, sheet.canvas
    h, base = sheet.option("size", 2.0) * sheet.person, sheet.base
    metal = sheet.tone("metal", lighten=-0.35)
    day = sheet.scheme.day
    for x in lamp_places(layout, sheet.option("count", 2.0)):
        if not sheet.left - h < x < sheet.right + h:
            continue
        canvas.drawPath(
            polygon(
                [
                    (x - 0.045 * h, base),
                    (x - 0.032 * h, base - 0.06 * h),
                    (x - 0.014 * h, base - 0.10 * h),
                    (x - 0.010 * h, base - 0.90 * h),
                    (x + 0.010 * h, base - 0.90 * h),
                    (x + 0.014 * h, base - 0.10 * h),
                    (x + 0.032 * h, base - 0.06 * h),
                    (x + 0.045 * h, base),
                ]
            ),
            fill(metal),
        )
        canvas.drawRect(box(x - 0.06 * h, base - 0.80 * h, 0.12 * h, 0.012 * h), fill(metal))
        head = base - 0.90 * h
        on = day.lamps > 0.3
        if on:
            light = sheet.scheme.lamp()
            cone = down(
                head - 0.05 * h, base, [(0, light, 0.34 * day.lamps), (0.6, light, 0.10 * day.lamps), (1, light, 0.0)]
            )
            canvas.drawPath(
                polygon(
                    [
                        (x - 0.04 * h, head - 0.04 * h),
                        (x - 0.34 * h, base),
                        (x + 0.34 * h, base),
                        (x + 0.04 * h, head - 0.04 * h),
                    ]
                ),
                cone,
            )
        canvas.drawPath(
            polygon(
                [
                    (x - 0.030 * h, head),
                    (x - 0.052 * h, head - 0.085 * h),
                    (x + 0.052 * h, head - 0.085 * h),
                    (x + 0.030 * h, head),
                ]
            ),
            fill(mix(sheet.scheme.lamp(), (1, 1, 1), 0.4) if on else sheet.tone("glass")),
        )
        canvas.drawPath(
            polygon([(x - 0.062 * h, head - 0.083 * h), (x, head - 0.135 * h), (x + 0.062 * h, head - 0.083 * h)]),
            fill(metal),
        )
        if on:
            glow(sheet, (x, head - 0.045 * h), 0.42 * h, sheet.scheme.lamp(), 0.85 * day.lamps)
            glow(sheet, (x, head), 1.1 * h, sheet.scheme.lamp(), 0.30 * day.lamps)


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


BRUSHES = {"lamps": lamps, "poles": poles}
RULED = frozenset({"lamps", "poles"})
