"""The furniture of a drawing room: bookcase, round table with a lamp, armchair.

Sizes are in heights of a person at the sheet's depth. Knows no places.
"""

from __future__ import annotations

from scenes.backends.animatic.brushes.sheet import Sheet, box, curve, fill, glow, polygon, stroke
from scenes.backends.animatic.light import mix


def furniture(sheet: Sheet) -> None:
    """A bookcase, a round table with a lamp and flowers, an armchair along the wall."""
    layout, person, base = sheet.layout, sheet.person, sheet.base
    _bookcase(sheet, sheet.x(0.43 if not layout.tall else 0.80), base, person)
    _table(sheet, sheet.x(0.815 if not layout.tall else 0.52), base + 0.06 * person, person)
    _chair(sheet, sheet.x(0.045 if not layout.tall else 0.06), base + 0.04 * person, person)


def _bookcase(sheet: Sheet, x: float, base: float, person: float) -> None:
    canvas, rng = sheet.canvas, sheet.rng
    w, h = 0.80 * person, 1.02 * person
    canvas.drawRect(box(x - w / 2, base - h, w, h), fill(sheet.tone("wooddark", lit=0.2)))
    canvas.drawRect(
        box(x - w / 2 - 0.03 * person, base - h - 0.05 * person, w + 0.06 * person, 0.06 * person),
        fill(sheet.tone("wood", lit=0.4)),
    )
    for shelf in range(3):
        y = base - h + 0.06 * person + shelf * 0.31 * person
        canvas.drawRect(
            box(x - w / 2 + 0.04 * person, y, w - 0.08 * person, 0.26 * person),
            fill(sheet.tone("wooddark", lighten=-0.5)),
        )
        at = x - w / 2 + 0.05 * person
        while at < x + w / 2 - 0.09 * person:
            thick, tall = person * rng.uniform(0.022, 0.05), person * rng.uniform(0.17, 0.24)
            spine = ("fabric", "fir", "brass", "slate", "brick", "cloth")[int(rng.integers(6))]
            canvas.drawRect(box(at, y + 0.26 * person - tall, thick, tall), fill(sheet.tone(spine, lighten=-0.12)))
            at += thick + 0.003 * person
    canvas.drawOval(
        box(x - 0.30 * person, base - h - 0.24 * person, 0.18 * person, 0.20 * person),
        fill(sheet.tone("slate", lit=0.5)),
    )
    for k in range(7):
        canvas.drawCircle(
            x - 0.21 * person + 0.05 * person * (k - 3) * 0.9,
            base - h - 0.30 * person - 0.05 * person * (3 - abs(k - 3)),
            0.045 * person,
            fill(sheet.tone(("blossom", "flowerwhite", "leaf")[k % 3], lit=0.3)),
        )
    canvas.drawCircle(
        x + 0.2 * person, base - h - 0.17 * person, 0.11 * person, fill(sheet.tone("brass", lighten=-0.2))
    )
    canvas.drawCircle(x + 0.2 * person, base - h - 0.17 * person, 0.085 * person, fill(sheet.tone("flowerwhite")))
    canvas.drawLine(
        x + 0.2 * person,
        base - h - 0.17 * person,
        x + 0.2 * person,
        base - h - 0.235 * person,
        stroke(sheet.tone("metal"), 0.010 * person),
    )
    canvas.drawLine(
        x + 0.2 * person,
        base - h - 0.17 * person,
        x + 0.245 * person,
        base - h - 0.15 * person,
        stroke(sheet.tone("metal"), 0.010 * person),
    )


def _table(sheet: Sheet, x: float, y: float, person: float) -> None:
    canvas = sheet.canvas
    wood, top = sheet.tone("wooddark", lit=0.2), y - 0.50 * person
    canvas.drawPath(
        polygon(
            [
                (x - 0.04 * person, top),
                (x - 0.03 * person, y - 0.14 * person),
                (x - 0.22 * person, y),
                (x, y - 0.07 * person),
                (x + 0.22 * person, y),
                (x + 0.03 * person, y - 0.14 * person),
                (x + 0.04 * person, top),
            ]
        ),
        fill(wood),
    )
    canvas.drawOval(box(x - 0.44 * person, top - 0.06 * person, 0.88 * person, 0.13 * person), fill(wood))
    canvas.drawOval(
        box(x - 0.44 * person, top - 0.08 * person, 0.88 * person, 0.12 * person), fill(sheet.tone("cloth", lit=0.4))
    )
    canvas.drawPath(
        polygon(
            [
                (x + 0.06 * person, top - 0.04 * person),
                (x + 0.09 * person, top - 0.22 * person),
                (x + 0.17 * person, top - 0.22 * person),
                (x + 0.20 * person, top - 0.04 * person),
            ]
        ),
        fill(sheet.tone("brass", lit=0.4)),
    )
    canvas.drawPath(
        polygon(
            [
                (x - 0.01 * person, top - 0.22 * person),
                (x + 0.05 * person, top - 0.42 * person),
                (x + 0.21 * person, top - 0.42 * person),
                (x + 0.27 * person, top - 0.22 * person),
            ]
        ),
        fill(mix(sheet.scheme.lamp(), sheet.tone("cloth"), 0.35)),
    )
    if sheet.scheme.day.lamps > 0.3:
        glow(
            sheet,
            (x + 0.13 * person, top - 0.30 * person),
            1.25 * person,
            sheet.scheme.lamp(),
            0.95 * sheet.scheme.day.lamps,
        )
    canvas.drawOval(
        box(x - 0.28 * person, top - 0.11 * person, 0.16 * person, 0.05 * person),
        fill(sheet.tone("flowerwhite", lit=0.4)),
    )
    canvas.drawRoundRect(
        box(x - 0.24 * person, top - 0.16 * person, 0.09 * person, 0.08 * person),
        0.02 * person,
        0.02 * person,
        fill(sheet.tone("flowerwhite", lit=0.6)),
    )


def _chair(sheet: Sheet, x: float, y: float, person: float) -> None:
    canvas = sheet.canvas
    cloth, dark, wood = sheet.tone("fabric", lit=0.3), sheet.tone("fabricdark"), sheet.tone("wooddark")
    for leg in (-0.27, 0.27):
        canvas.drawLine(x + leg * person, y, x + leg * 0.9 * person, y - 0.18 * person, stroke(wood, 0.045 * person))
    canvas.drawPath(
        curve(
            [
                (x - 0.30 * person, y - 0.2 * person),
                (x - 0.33 * person, y - 0.75 * person),
                (x, y - 0.93 * person),
                (x + 0.33 * person, y - 0.75 * person),
                (x + 0.30 * person, y - 0.2 * person),
            ]
        ),
        fill(cloth),
    )
    canvas.drawPath(
        curve(
            [
                (x - 0.24 * person, y - 0.3 * person),
                (x - 0.25 * person, y - 0.70 * person),
                (x, y - 0.85 * person),
                (x + 0.25 * person, y - 0.70 * person),
                (x + 0.24 * person, y - 0.3 * person),
            ]
        ),
        fill(dark, 0.6),
    )
    canvas.drawRoundRect(
        box(x - 0.33 * person, y - 0.40 * person, 0.66 * person, 0.26 * person),
        0.08 * person,
        0.08 * person,
        fill(cloth),
    )
    for side in (-1, 1):
        canvas.drawRoundRect(
            box(x + side * 0.33 * person - 0.07 * person, y - 0.54 * person, 0.14 * person, 0.40 * person),
            0.07 * person,
            0.07 * person,
            fill(dark),
        )


BRUSHES = {"furniture": furniture}
RULED = frozenset({"furniture"})
