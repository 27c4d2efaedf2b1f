"""The floor of a drawing room: boards in perspective, a carpet, and what windows and lamps throw on them.

Knows no places.
"""

from __future__ import annotations

import skia

from scenes.backends.animatic.brushes.groundlight import pool
from scenes.backends.animatic.brushes.interior import window_boxes
from scenes.backends.animatic.brushes.sheet import Sheet, box, down, fill, polygon, soft, stroke


def floor(sheet: Sheet) -> None:
    """Floorboards in perspective, a carpet, and the windows' light lying on them."""
    layout, person, canvas, rng = sheet.layout, sheet.person, sheet.canvas, sheet.rng
    top = layout.ground_at(sheet.option("wall", 2.0))
    bottom = sheet.bottom
    canvas.drawRect(
        box(sheet.left, top, sheet.right - sheet.left, bottom - top + 2),
        down(
            top,
            layout.height,
            [
                (0, sheet.tone("floordark", lit=0.1), 1),
                (0.5, sheet.tone("floor", lit=0.3), 1),
                (1, sheet.tone("floor", lighten=-0.35), 1),
            ],
        ),
    )
    cx, cy = layout.width / 2, layout.horizon
    seam = sheet.tone("floordark", lighten=-0.4)
    step = 0.17 * person
    f_top, f_low = (top - cy) / (layout.ground - cy), (bottom - cy) / (layout.ground - cy)
    for k in range(-90, 91):
        x = k * step
        canvas.drawLine(cx + x * f_top, top, cx + x * f_low, bottom, stroke(seam, 0.009 * person, 0.55))
        d = f_top + (f_low - f_top) * rng.random()
        if rng.random() < 0.7:
            canvas.drawPath(
                polygon(
                    [
                        (cx + x * f_top, top),
                        (cx + (x + step) * f_top, top),
                        (cx + (x + step) * f_low, bottom),
                        (cx + x * f_low, bottom),
                    ]
                ),
                fill(seam if rng.random() < 0.5 else sheet.tone("floor", lit=0.6), 0.10),
            )
        canvas.drawLine(
            cx + x * d,
            cy + d * (layout.ground - cy),
            cx + (x + step) * d,
            cy + d * (layout.ground - cy),
            stroke(seam, 0.009 * person, 0.5),
        )
    _carpet(sheet, cx, cy)
    canvas.drawRect(
        box(sheet.left, top, sheet.right - sheet.left, 0.16 * person),
        down(top, top + 0.16 * person, [(0, sheet.scheme.ink, 0.42), (1, sheet.scheme.ink, 0)]),
    )
    _pools(sheet, top)
    if sheet.scheme.day.lamps > 0.3:
        pool(sheet, (cx, layout.ground), 0.42 * layout.width, 0.42 * person, lamp=True)


def _carpet(sheet: Sheet, cx: float, cy: float) -> None:
    layout, person = sheet.layout, sheet.person
    rows = ((0.80, 1.55, "fabricdark"), (0.82, 1.46, "brass"), (0.835, 1.42, "fabric"))
    for near, half, material in rows:
        a = near
        b = 2.06 - near
        ya, yb = cy + a * (layout.ground - cy), cy + b * (layout.ground - cy)
        shape = polygon(
            [
                (cx - half * person * a, ya),
                (cx + half * person * a, ya),
                (cx + half * person * b, yb),
                (cx - half * person * b, yb),
            ]
        )
        sheet.canvas.drawPath(shape, fill(sheet.tone(material, lighten=-0.1), 0.92))
    for k in range(-5, 6):
        sheet.canvas.drawOval(
            box(cx + k * 0.25 * person - 0.05 * person, layout.ground - 0.01 * person, 0.10 * person, 0.028 * person),
            fill(sheet.tone("brass"), 0.4),
        )


def _pools(sheet: Sheet, top: float) -> None:
    """Window light on the floor, leaning away from the sun."""
    day, person = sheet.scheme.day, sheet.person
    if day.shafts < 0.15:
        return
    lean = -0.9 * person if day.sun_x > 0.5 else 0.9 * person
    key = sheet.scheme.glow()
    for x, _, w, _ in window_boxes(sheet):
        for k in range(2):
            a = x + w * (0.04 + 0.5 * k)
            far, near = top + 0.20 * person, top + 0.62 * person
            shape = polygon(
                [
                    (a + 0.5 * lean, far),
                    (a + 0.42 * w + 0.5 * lean, far),
                    (a + 0.55 * w + 1.25 * lean, near),
                    (a - 0.05 * w + 1.25 * lean, near),
                ]
            )
            paint = soft(key, 0.02 * person, 0.50 * min(1.0, 0.35 + day.shafts))
            paint.setBlendMode(skia.BlendMode.kScreen)
            sheet.canvas.drawPath(shape, paint)


BRUSHES = {"floor": floor}
RULED = frozenset({"floor"})
