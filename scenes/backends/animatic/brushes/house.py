"""Cottages, a church, a castle, lamps and poles: what people have built in the open.

Sizes are in heights of a person at the sheet's depth. Knows no places.
"""

from __future__ import annotations

from scenes.backends.animatic.brushes.sheet import Sheet, box, down, fill, glow, polygon, stroke
from scenes.backends.animatic.light import mix


def window(sheet: Sheet, x: float, y: float, w: float, h: float, lit: bool, frame: str = "walldark") -> None:
    """A window with its frame and bars; a lit one glows."""
    canvas = sheet.canvas
    day = sheet.scheme.day
    burning = lit and day.lamps > 0.2
    if burning:
        glow(sheet, (x + w / 2, y + h / 2), 2.0 * h, sheet.scheme.lamp(), 0.34 * day.lamps)
    canvas.drawRect(box(x - 0.09 * w, y - 0.07 * h, 1.18 * w, 1.16 * h), fill(sheet.tone(frame, lighten=-0.12)))
    if burning:
        lamp = mix(sheet.tone("lit"), sheet.scheme.lamp(), 0.5 + 0.5 * day.lamps)
        canvas.drawRect(
            box(x, y, w, h),
            down(y, y + h, [(0, mix(lamp, (1, 1, 1), 0.15), 1), (1, mix(lamp, (0.9, 0.5, 0.2), 0.25), 1)]),
        )
    else:
        canvas.drawRect(
            box(x, y, w, h),
            down(
                y,
                y + h,
                [(0, mix(sheet.tone("glass"), sheet.scheme.sky(2), 0.3), 1), (1, sheet.tone("glass", lighten=-0.4), 1)],
            ),
        )
    bar = fill(sheet.tone(frame, lighten=-0.05))
    canvas.drawRect(box(x + 0.46 * w, y, 0.08 * w, h), bar)
    canvas.drawRect(box(x, y + 0.44 * h, w, 0.06 * h), bar)
    canvas.drawRect(box(x - 0.14 * w, y + h, 1.28 * w, 0.09 * h), fill(sheet.tone(frame, lit=0.6)))


def cottage(sheet: Sheet, x: float, y: float, size: float, wall: str, roof: str) -> None:
    """A gabled house whose wall is `size` pixels wide, its foot at (x, y) on the left."""
    canvas, rng = sheet.canvas, sheet.rng
    w, h = size, size * (0.58 + 0.16 * rng.random())
    side = 1 if sheet.scheme.day.sun_x > 0.5 else -1
    lit, shade = sheet.tone(wall, lit=0.7), sheet.tone(wall, lighten=-0.22)
    gable = 0.40 * w
    a, b = (lit, shade) if side < 0 else (shade, lit)
    canvas.drawRect(box(x, y - h, gable, h + 3), fill(a))
    canvas.drawRect(box(x + gable, y - h, w - gable, h + 3), fill(b))
    top = y - h - 0.46 * w
    canvas.drawPath(polygon([(x, y - h + 1), (x + gable / 2, top), (x + gable, y - h + 1)]), fill(a))
    roof_colour, roof_dark = sheet.tone(roof, lit=0.6), sheet.tone(roof, lighten=-0.30)
    white = sheet.scheme.weather.white > 0
    if white:
        roof_colour, roof_dark = sheet.tone("snow", lit=0.5), sheet.tone("snowshade")
    slab = [
        (x + gable / 2, top),
        (x + w - 0.10 * w, top),
        (x + w + 0.07 * w, y - h + 0.06 * w),
        (x + gable - 0.01 * w, y - h + 0.06 * w),
    ]
    chimney = x + (0.62 + 0.16 * rng.random()) * w
    canvas.drawRect(box(chimney, top - 0.13 * w, 0.085 * w, 0.30 * w), fill(sheet.tone("brick", lighten=-0.1)))
    canvas.drawRect(
        box(chimney - 0.012 * w, top - 0.15 * w, 0.11 * w, 0.035 * w), fill(sheet.tone("brick", lighten=0.1))
    )
    canvas.drawPath(polygon(slab), fill(roof_colour))
    for k in range(1, 6):
        yy = top + (y - h + 0.06 * w - top) * k / 6
        f = k / 6
        canvas.drawLine(
            x + gable / 2 + (gable / 2 - 0.01 * w) * f,
            yy,
            x + w - 0.10 * w + 0.17 * w * f,
            yy,
            stroke(roof_dark, 0.007 * w, 0.45),
        )
    for start, stop in (
        ((x - 0.05 * w, y - h + 0.05 * w), (x + gable / 2, top - 0.012 * w)),
        ((x + gable / 2, top - 0.012 * w), (x + gable + 0.02 * w, y - h + 0.06 * w)),
    ):
        canvas.drawLine(*start, *stop, stroke(roof_dark, 0.045 * w))
    _front(sheet, x, y, w, h, gable)


def _front(sheet: Sheet, x: float, y: float, w: float, h: float, gable: float) -> None:
    canvas, rng = sheet.canvas, sheet.rng
    canvas.drawRect(box(x, y - 0.07 * h, w, 0.07 * h + 3), fill(sheet.tone("stonedark")))
    door = x + gable + (w - gable) * (0.40 + 0.08 * rng.random())
    canvas.drawRect(
        box(door - 0.012 * w, y - 0.60 * h, 0.174 * w, 0.60 * h), fill(sheet.tone("walldark", lighten=-0.2))
    )
    canvas.drawRect(box(door, y - 0.57 * h, 0.15 * w, 0.57 * h), fill(sheet.tone("wooddark", lit=0.2)))
    canvas.drawCircle(door + 0.12 * w, y - 0.28 * h, 0.010 * w, fill(sheet.tone("brass")))
    for wx in (x + gable + 0.08 * w, x + w - 0.15 * w):
        window(sheet, wx, y - 0.66 * h, 0.095 * w, 0.30 * h, rng.random() < 0.75)
    window(sheet, x + gable / 2 - 0.06 * w, y - 0.66 * h, 0.12 * w, 0.32 * h, rng.random() < 0.75)
    window(sheet, x + gable / 2 - 0.04 * w, y - h - 0.18 * w, 0.08 * w, 0.13 * w, rng.random() < 0.4)


def cottages(sheet: Sheet) -> None:
    """A street of cottages.

    Options: `count` a frame width, `size` (persons), `clear` (half a gap in the middle), `church`.
    """
    layout, rng, person = sheet.layout, sheet.rng, sheet.person
    size = sheet.option("size", 2.6) * person
    walls = ("wall", "cloth", "walldark", "wall")
    roofs = ("roof", "slate", "roofdark", "roof")
    clear = sheet.option("clear", 0.0) * layout.width
    x = sheet.left - 0.4 * size * rng.random()
    k = 0
    while x < sheet.right:
        w = size * (0.82 + 0.36 * rng.random())
        middle = x + w / 2
        if abs(middle - 0.5 * layout.width) > clear + 0.3 * w:
            cottage(
                sheet,
                x,
                sheet.base + 0.03 * person * rng.random(),
                w,
                walls[k % 4],
                roofs[(k + int(rng.integers(2))) % 4],
            )
        x += w * (1.12 + 0.5 * rng.random() * sheet.option("gap", 1.0))
        k += 1


def church(sheet: Sheet) -> None:
    """A church with its spire on the rise behind the village. Options: `x` (part of the frame), `size` (persons)."""
    canvas = sheet.canvas
    size = sheet.option("size", 4.0) * sheet.person
    x, y = sheet.x(sheet.option("x", 0.68)), sheet.base
    wall, shade, roof = sheet.tone("wall", lit=0.6), sheet.tone("walldark", lighten=-0.1), sheet.tone("slate")
    if sheet.scheme.weather.white:
        roof = sheet.tone("snow")
    canvas.drawRect(box(x, y - 0.42 * size, 0.62 * size, 0.45 * size), fill(shade))
    canvas.drawPath(
        polygon(
            [
                (x - 0.03 * size, y - 0.41 * size),
                (x + 0.08 * size, y - 0.62 * size),
                (x + 0.56 * size, y - 0.62 * size),
                (x + 0.66 * size, y - 0.41 * size),
            ]
        ),
        fill(roof),
    )
    canvas.drawRect(box(x - 0.16 * size, y - 0.74 * size, 0.22 * size, 0.77 * size), fill(wall))
    canvas.drawRect(box(x - 0.05 * size, y - 0.74 * size, 0.11 * size, 0.77 * size), fill(shade, 0.4))
    canvas.drawPath(
        polygon(
            [(x - 0.19 * size, y - 0.73 * size), (x - 0.05 * size, y - 1.22 * size), (x + 0.09 * size, y - 0.73 * size)]
        ),
        fill(roof),
    )
    canvas.drawLine(
        x - 0.05 * size, y - 1.20 * size, x - 0.05 * size, y - 1.31 * size, stroke(sheet.tone("metal"), 0.012 * size)
    )
    canvas.drawLine(
        x - 0.08 * size, y - 1.27 * size, x - 0.02 * size, y - 1.27 * size, stroke(sheet.tone("metal"), 0.012 * size)
    )
    for k in range(3):
        window(sheet, x + (0.14 + 0.17 * k) * size, y - 0.33 * size, 0.06 * size, 0.18 * size, True, "stone")
    window(sheet, x - 0.085 * size, y - 0.62 * size, 0.07 * size, 0.12 * size, False, "stone")


BRUSHES = {"cottages": cottages, "church": church}
RULED = frozenset({"cottages", "church"})
