"""A drawing room of the nineteenth century: wall, windows, curtains, and the light that falls in.

The wall has holes where the windows are, so that the garden outside moves behind it. Knows no places.
"""

from __future__ import annotations

import skia

from scenes.backends.animatic.brushes.sheet import (
    Sheet,
    box,
    curve,
    down,
    fill,
    polygon,
    round_about,
    soft,
    stroke,
    sweep,
)
from scenes.backends.animatic.light import mix

WINDOWS = (0.20, 0.66)
"""Where the windows stand, as parts of the frame's width (their middles)."""
_TALL_WINDOWS = (0.30,)


def window_boxes(sheet: Sheet) -> list[tuple[float, float, float, float]]:
    """The panes' areas (x, y, width, height) on this sheet."""
    layout, person = sheet.layout, sheet.person
    w, h = 0.82 * person, 1.62 * person
    y = sheet.base - 0.62 * person - h
    return [(layout.width * at - w / 2, y, w, h) for at in (_TALL_WINDOWS if layout.tall else WINDOWS)]


def wall(sheet: Sheet) -> None:
    """The papered wall with wainscot, cornice, pictures, a door, and windows cut out of it."""
    layout, person, canvas = sheet.layout, sheet.person, sheet.canvas
    base = sheet.base
    paper = sheet.tone("paper", lit=0.25)
    span = sheet.right - sheet.left
    canvas.drawRect(
        box(sheet.left, sheet.top, span, base - sheet.top),
        down(sheet.top, base, [(0, mix(paper, sheet.scheme.ink, 0.30), 1), (0.5, paper, 1), (1, paper, 1)]),
    )
    stripe = 0.22 * person
    k = 0
    x = layout.width / 2 - 60 * stripe
    while x < sheet.right:
        if x > sheet.left - stripe:
            canvas.drawRect(box(x, sheet.top, 0.5 * stripe, base - sheet.top), fill(sheet.tone("paperstripe"), 0.5))
            y = base - 0.7 * person - (k % 2) * 0.16 * person
            while y > sheet.top:
                _sprig(sheet, x + 0.75 * stripe, y, 0.055 * person)
                y -= 0.32 * person
        x += stripe
        k += 1
    for x, y, w, h in window_boxes(sheet):
        _frame(sheet, x, y, w, h)
    _wainscot(sheet, base, person)
    top = min(base - 3.05 * person, 0.12 * layout.height)
    if top > sheet.top:
        canvas.drawRect(box(sheet.left, sheet.top, span, top - sheet.top), fill(sheet.tone("wainscot", lighten=-0.08)))
    canvas.drawRect(box(sheet.left, top, span, 0.05 * person), fill(sheet.tone("wainscot", lit=0.5)))
    canvas.drawRect(
        box(sheet.left, top + 0.05 * person, span, 0.03 * person), fill(sheet.tone("walldark", lighten=-0.2))
    )
    middle = 0.43 if not layout.tall else 0.70
    _picture(sheet, sheet.x(middle), base - 1.72 * person, 0.52 * person, 0.40 * person)
    if not layout.tall:
        _door(sheet, sheet.x(0.93), base, person)


def _sprig(sheet: Sheet, x: float, y: float, s: float) -> None:
    leaf = fill(sheet.tone("leafdark", 0.1), 0.34)
    for side in (-1, 1):
        sheet.canvas.drawPath(
            curve(
                [
                    (x, y),
                    (x + side * 0.6 * s, y - 0.5 * s),
                    (x + side * 0.5 * s, y - 1.0 * s),
                    (x + side * 0.05 * s, y - 0.5 * s),
                ]
            ),
            leaf,
        )
    sheet.canvas.drawCircle(x, y - 1.1 * s, 0.30 * s, fill(sheet.tone("fabric"), 0.38))


def _frame(sheet: Sheet, x: float, y: float, w: float, h: float) -> None:
    canvas, person = sheet.canvas, sheet.person
    trim, shade = sheet.tone("wainscot", lit=0.6), sheet.tone("walldark", lighten=-0.15)
    canvas.drawRect(box(x - 0.09 * person, y - 0.12 * person, w + 0.18 * person, h + 0.16 * person), fill(trim))
    canvas.drawRect(box(x - 0.12 * person, y - 0.17 * person, w + 0.24 * person, 0.06 * person), fill(trim))
    canvas.drawRect(box(x - 0.12 * person, y - 0.115 * person, w + 0.24 * person, 0.015 * person), fill(shade))
    hole = skia.Paint(AntiAlias=True)
    hole.setBlendMode(skia.BlendMode.kClear)
    canvas.drawRect(box(x, y, w, h), hole)
    canvas.drawRect(box(x, y, w, h), fill(sheet.scheme.glow(), 0.10))
    bar = fill(trim)
    canvas.drawRect(box(x + w / 2 - 0.022 * person, y, 0.044 * person, h), bar)
    for f in (0.26, 0.63):
        canvas.drawRect(box(x, y + f * h - 0.012 * person, w, 0.024 * person), bar)
    canvas.drawRect(
        box(x - 0.13 * person, y + h, w + 0.26 * person, 0.055 * person), fill(sheet.tone("wainscot", lit=0.8))
    )
    canvas.drawRect(box(x - 0.13 * person, y + h + 0.055 * person, w + 0.26 * person, 0.02 * person), fill(shade))


def _wainscot(sheet: Sheet, base: float, person: float) -> None:
    canvas = sheet.canvas
    trim, shade = sheet.tone("wainscot", lit=0.35), sheet.tone("walldark", lighten=-0.1)
    top = base - 0.52 * person
    canvas.drawRect(box(sheet.left, top, sheet.right - sheet.left, base - top + 3), fill(trim))
    canvas.drawRect(
        box(sheet.left, top - 0.03 * person, sheet.right - sheet.left, 0.045 * person),
        fill(sheet.tone("wainscot", lit=0.8)),
    )
    canvas.drawRect(box(sheet.left, top + 0.015 * person, sheet.right - sheet.left, 0.012 * person), fill(shade))
    x = sheet.layout.width / 2 - 40 * 0.62 * person
    while x < sheet.right:
        panel = box(x + 0.06 * person, top + 0.08 * person, 0.50 * person, 0.30 * person)
        canvas.drawRect(panel, stroke(shade, 0.012 * person, 0.8))
        canvas.drawRect(
            panel.makeOffset(0.010 * person, 0.012 * person),
            stroke(sheet.tone("wainscot", lit=0.9), 0.008 * person, 0.6),
        )
        x += 0.62 * person
    canvas.drawRect(
        box(sheet.left, base - 0.085 * person, sheet.right - sheet.left, 0.085 * person),
        fill(sheet.tone("wainscot", lighten=-0.08)),
    )


def _picture(sheet: Sheet, x: float, y: float, w: float, h: float) -> None:
    canvas, person = sheet.canvas, sheet.person
    canvas.drawLine(
        x, y - h / 2 - 0.24 * person, x - 0.3 * w, y - h / 2, stroke(sheet.tone("wooddark"), 0.006 * person)
    )
    canvas.drawLine(
        x, y - h / 2 - 0.24 * person, x + 0.3 * w, y - h / 2, stroke(sheet.tone("wooddark"), 0.006 * person)
    )
    canvas.drawRect(
        box(x - w / 2 + 0.02 * person, y - h / 2 + 0.03 * person, w, h), soft(sheet.scheme.ink, 0.02 * person, 0.4)
    )
    canvas.drawRect(box(x - w / 2, y - h / 2, w, h), fill(sheet.tone("brass", lit=0.3)))
    canvas.drawRect(
        box(x - w / 2 + 0.018 * person, y - h / 2 + 0.018 * person, w - 0.036 * person, h - 0.036 * person),
        fill(sheet.tone("brass", lighten=-0.35)),
    )
    inner = box(x - w / 2 + 0.05 * person, y - h / 2 + 0.05 * person, w - 0.1 * person, h - 0.1 * person)
    canvas.save()
    canvas.clipRect(inner)
    canvas.drawRect(
        inner,
        down(
            y - h / 2,
            y + h / 2,
            [(0, sheet.tone("glass"), 1), (0.55, sheet.tone("cloth"), 1), (1, sheet.tone("leafdark"), 1)],
        ),
    )
    canvas.drawPath(
        curve(
            [
                (x - w, y + 0.1 * h),
                (x - 0.1 * w, y - 0.02 * h),
                (x + 0.2 * w, y + 0.10 * h),
                (x + w, y),
                (x + w, y + h),
                (x - w, y + h),
            ]
        ),
        fill(sheet.tone("turf", lighten=-0.2)),
    )
    canvas.drawCircle(x - 0.2 * w, y + 0.02 * h, 0.12 * h, fill(sheet.tone("leafdark", lighten=-0.2)))
    canvas.restore()


def _door(sheet: Sheet, x: float, base: float, person: float) -> None:
    canvas = sheet.canvas
    w, h = 0.62 * person, 1.72 * person
    canvas.drawRect(
        box(x - w / 2 - 0.08 * person, base - h - 0.09 * person, w + 0.16 * person, h + 0.09 * person),
        fill(sheet.tone("wainscot", lit=0.5)),
    )
    canvas.drawRect(box(x - w / 2, base - h, w, h), fill(sheet.tone("wainscot", lighten=-0.10)))
    for f, tall in ((0.08, 0.40), (0.54, 0.38)):
        for q in (0.10, 0.54):
            canvas.drawRect(
                box(x - w / 2 + q * w, base - h + f * h, 0.36 * w, tall * h),
                stroke(sheet.tone("walldark", lighten=-0.15), 0.012 * person),
            )
    canvas.drawCircle(x - 0.38 * w, base - 0.80 * person, 0.026 * person, fill(sheet.tone("brass", lit=0.5)))


def curtains(sheet: Sheet) -> None:
    """Curtains at both sides of every window, stirring a little."""
    person, canvas = sheet.person, sheet.canvas
    for x, y, w, h in window_boxes(sheet):
        for side in (-1.0, 1.0):
            edge = x - 0.10 * person if side < 0 else x + w + 0.10 * person
            folds = 6
            for k in range(folds):
                wide = 0.30 * person
                a = edge + (-side) * wide * (k / folds) - side * 0.08 * person
                tie = 0.55 if k > 1 else 0.8
                colour = sheet.tone("curtain", lit=0.8 if k % 2 else 0.2, lighten=0.0 if k % 2 else -0.10)
                strip = wide / folds * 1.25
                canvas.drawPath(
                    curve(
                        [
                            (a, y - 0.16 * person),
                            (a + side * strip * -1, y - 0.16 * person),
                            (edge - side * 0.02 * person + (-side) * strip * (k * tie + 1), y + 0.60 * h),
                            (edge - side * 0.06 * person + (-side) * strip * (0.8 * k + 1), y + h + 0.34 * person),
                            (edge - side * 0.06 * person + (-side) * strip * 0.8 * k, y + h + 0.34 * person),
                            (edge - side * 0.02 * person + (-side) * strip * k * tie, y + 0.60 * h),
                        ]
                    ),
                    fill(colour, 0.95),
                )
        canvas.drawLine(
            x - 0.34 * person,
            y - 0.17 * person,
            x + w + 0.34 * person,
            y - 0.17 * person,
            stroke(sheet.tone("brass", lighten=-0.2), 0.035 * person),
        )
        for end in (x - 0.36 * person, x + w + 0.36 * person):
            canvas.drawCircle(end, y - 0.17 * person, 0.04 * person, fill(sheet.tone("brass", lit=0.5)))


def sunlight(sheet: Sheet) -> None:
    """Beams that lean into the room from its windows; painted as light, on black."""
    day, person, canvas = sheet.scheme.day, sheet.person, sheet.canvas
    if day.shafts < 0.15:
        return
    lean = -1.5 * person if day.sun_x > 0.5 else 1.5 * person
    key = sheet.scheme.glow()
    floor_y = sheet.layout.ground + 0.1 * sheet.layout.person
    for x, y, w, h in window_boxes(sheet):
        for k in range(2):
            a = x + 0.5 * w * k
            beam = polygon([(a, y), (a + 0.46 * w, y), (a + 0.56 * w + lean, floor_y), (a - 0.1 * w + lean, floor_y)])
            paint = sweep(
                (a, y), (a + lean, floor_y), [(0, key, 0.34 * day.shafts), (0.6, key, 0.16 * day.shafts), (1, key, 0.0)]
            )
            paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.BlurStyle.kNormal_BlurStyle, 0.03 * person))
            canvas.drawPath(beam, paint)
        canvas.drawCircle(
            x + w / 2,
            y + h / 2,
            1.5 * h,
            round_about((x + w / 2, y + h / 2), 1.5 * h, [(0, key, 0.22 * day.shafts), (1, key, 0)]),
        )


BRUSHES = {"wall": wall, "curtains": curtains, "sunlight": sunlight}
RULED = frozenset({"wall", "curtains"})
