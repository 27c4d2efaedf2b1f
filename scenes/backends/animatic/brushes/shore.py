"""Water's own colour, waves and foam, reeds, a boat, a lighthouse: what belongs to lakes and coasts.

Knows no places.
"""

from __future__ import annotations

from scenes.backends.animatic.brushes.sheet import Point, Sheet, box, curve, down, fill, glow, polygon, stroke
from scenes.backends.animatic.brushes.sky import sun_at
from scenes.backends.animatic.light import mix
from scenes.backends.animatic.noise import profile


def water(sheet: Sheet) -> None:
    """The tint of still water over its mirror image.

    Options: `clear` 0..1: how much of the mirror stays, `edge` 0..1: how bright its far edge is.
    """
    layout = sheet.layout
    stay = sheet.option("clear", 0.6)
    line = sheet.base
    deep, pale = sheet.tone("water", lighten=-0.15), mix(sheet.scheme.haze, sheet.tone("water", 0.3), 0.35)
    paint = down(
        line,
        layout.height,
        [
            (0, pale, 0.62 * (1 - stay) + 0.15),
            (0.25, sheet.tone("water"), 0.8 * (1 - stay)),
            (1, deep, 1.15 * (1 - stay)),
        ],
    )
    sheet.canvas.drawRect(box(sheet.left, line, sheet.right - sheet.left, sheet.bottom - line), paint)
    sheet.canvas.drawRect(
        box(sheet.left, line - 0.001 * layout.unit, sheet.right - sheet.left, 0.0035 * layout.unit),
        fill(mix(pale, (1, 1, 1), 0.4), 0.7 * sheet.option("edge", 1.0)),
    )


def puddles(sheet: Sheet) -> None:
    """The dark film of a wet street over its mirror image; option `mirror` (0..1) is for the compositor."""
    layout, dark = sheet.layout, sheet.tone("road", lighten=-0.6)
    paint = down(sheet.base, layout.height, [(0, dark, 0.30), (0.3, dark, 0.08), (1, dark, 0.30)])
    sheet.canvas.drawRect(box(sheet.left, sheet.base, sheet.right - sheet.left, sheet.bottom - sheet.base), paint)


def sea(sheet: Sheet) -> None:
    """The open sea from the horizon down: bands of colour and lines of swell. Option `rough` 0..1."""
    layout, rng = sheet.layout, sheet.rng
    line = layout.horizon
    far, near = mix(sheet.tone("deep", 0.35), sheet.scheme.haze, 0.30), sheet.tone("water", lit=0.2)
    sheet.canvas.drawRect(
        box(sheet.left, line, sheet.right - sheet.left, sheet.bottom - line),
        down(
            line,
            layout.height,
            [
                (0, far, 1),
                (0.22, sheet.tone("deep"), 1),
                (0.7, near, 1),
                (1, sheet.tone("water", lighten=0.12, lit=0.3), 1),
            ],
        ),
    )
    pale, dark = mix(near, sheet.scheme.sky(3), 0.6), sheet.tone("deep", lighten=-0.25)
    rough = sheet.option("rough", 0.4)
    for _ in range(int(420 * (sheet.right - sheet.left) / layout.width)):
        d = rng.random() ** 1.6
        y = line + 2 + d * (layout.height - line)
        x = sheet.left + rng.random() * (sheet.right - sheet.left)
        w = layout.unit * (0.012 + 0.11 * d) * (0.5 + rng.random())
        h = layout.unit * (0.0012 + 0.010 * d * (0.4 + rough))
        wave = curve(
            [(x - w, y), (x - 0.3 * w, y - h), (x + 0.4 * w, y - 0.7 * h), (x + w, y), (x + 0.3 * w, y + 0.25 * h)]
        )
        sheet.canvas.drawPath(wave, fill(pale if rng.random() < 0.55 else dark, 0.30))
    if sheet.scheme.day.sun_size and not sheet.option("swell", 0.0):
        _glitter(sheet, line)


def _glitter(sheet: Sheet, line: float) -> None:
    """The road of light that leads over the water to a low sun or to the moon."""
    layout, rng, day = sheet.layout, sheet.rng, sheet.scheme.day
    strength = max(day.backlight, 0.7 * day.shafts, 0.12)
    x, colour = sun_at(sheet)[0], mix(sheet.scheme.glow(), (1.0, 1.0, 1.0), 0.25)
    for _ in range(330):
        d = rng.random() ** 1.3
        y = line + 1.0 + d * (layout.height - line)
        wide = layout.unit * (0.035 + 0.20 * d)
        at, w = x + wide * rng.normal() * 0.55, layout.unit * (0.006 + 0.030 * d) * (0.4 + rng.random())
        paint = fill(colour, min(0.85, 1.25 * strength) * (0.35 + 0.65 * rng.random()))
        sheet.canvas.drawOval(box(at - w, y, 2.0 * w, layout.unit * (0.0022 + 0.004 * d)), paint)


def surf(sheet: Sheet) -> None:
    """One line of breaking foam, to be bobbed by the compositor.

    Options: `y` (part of the way from horizon to ground), `thick`.
    """
    layout, rng = sheet.layout, sheet.rng
    y = layout.horizon + (layout.ground - layout.horizon) * sheet.option("y", 0.5)
    thick = sheet.option("thick", 0.014) * layout.unit
    count = 90
    line = profile(count, 3.0 * (sheet.right - sheet.left) / layout.unit, 0.5, rng) * 1.3 * thick
    xs = [sheet.left + (sheet.right - sheet.left) * k / (count - 1) for k in range(count)]
    upper: list[Point] = [(x, y + dy - thick * (0.25 + 0.35 * rng.random())) for x, dy in zip(xs, line, strict=True)]
    lower: list[Point] = [
        (x, y + 0.6 * dy + thick * (0.35 + 0.75 * rng.random())) for x, dy in zip(xs, line, strict=True)
    ]
    wash = [(x, y + dy + 2.4 * thick) for x, dy in zip(xs, line, strict=True)]
    sheet.canvas.drawPath(curve([*lower, *reversed(wash)]), fill(sheet.tone("foam", 0.1), 0.30))
    sheet.canvas.drawPath(curve([*upper, *reversed(lower)]), fill(sheet.tone("foam", lit=0.4), 0.92))


def reeds(sheet: Sheet) -> None:
    """Reeds at the water's edge. Options: `clear` (half of the gap in the middle), `size` (persons)."""
    rng, person = sheet.rng, sheet.person
    size, clear = sheet.option("size", 0.8) * person, sheet.option("clear", 0.22)
    dark, light, brown = sheet.tone("leafdark", lighten=-0.2), sheet.tone("grass", lit=0.4), sheet.tone("wooddark")
    for _ in range(int((sheet.right - sheet.left) / size * 34)):
        x = sheet.left + rng.random() * (sheet.right - sheet.left)
        away = abs(x / sheet.layout.width - 0.5)
        if away < clear or rng.random() > (away - clear) * 5 + 0.15:
            continue
        h, lean = size * (0.45 + 0.65 * rng.random()), 0.12 * size * rng.normal()
        y = sheet.base + 0.12 * person * rng.random()
        colour = mix(dark, light, rng.random())
        sheet.canvas.drawPath(
            polygon(
                [
                    (x - 0.012 * size, y),
                    (x + 0.4 * lean, y - 0.6 * h),
                    (x + lean, y - h),
                    (x + 0.4 * lean + 0.014 * size, y - 0.58 * h),
                    (x + 0.016 * size, y),
                ]
            ),
            fill(colour),
        )
        if rng.random() < 0.10:
            sheet.canvas.drawLine(x, y, x + 0.5 * lean, y - 1.05 * h, stroke(dark, 0.012 * size))
            sheet.canvas.drawRoundRect(
                box(x + 0.5 * lean - 0.022 * size, y - 1.08 * h, 0.044 * size, 0.20 * size),
                0.02 * size,
                0.02 * size,
                fill(brown),
            )


def jetty(sheet: Sheet) -> None:
    """A rowing boat moored on the water. Options: `x` (part of the frame), `size` (persons)."""
    size, x, y = sheet.option("size", 1.5) * sheet.person, sheet.x(sheet.option("x", 0.74)), sheet.base
    hull, inner = sheet.tone("roof", lighten=-0.1, lit=0.3), sheet.tone("wooddark", lighten=-0.2)
    canvas = sheet.canvas
    canvas.drawPath(
        curve(
            [
                (x - 0.5 * size, y - 0.20 * size),
                (x - 0.2 * size, y - 0.15 * size),
                (x + 0.2 * size, y - 0.15 * size),
                (x + 0.5 * size, y - 0.22 * size),
                (x + 0.34 * size, y + 0.02 * size),
                (x - 0.36 * size, y + 0.02 * size),
            ]
        ),
        fill(inner),
    )
    canvas.drawPath(
        curve(
            [
                (x - 0.5 * size, y - 0.19 * size),
                (x - 0.2 * size, y - 0.10 * size),
                (x + 0.2 * size, y - 0.10 * size),
                (x + 0.5 * size, y - 0.21 * size),
                (x + 0.36 * size, y + 0.03 * size),
                (x, y + 0.06 * size),
                (x - 0.38 * size, y + 0.03 * size),
            ]
        ),
        fill(hull),
    )
    canvas.drawLine(
        x - 0.15 * size, y - 0.12 * size, x + 0.30 * size, y - 0.34 * size, stroke(sheet.tone("wood"), 0.02 * size)
    )


def headland(sheet: Sheet) -> None:
    """A cliff running out to sea with a lighthouse on it. Options: `side` 1 right, `rise` (frame unit)."""
    layout, rng, canvas = sheet.layout, sheet.rng, sheet.canvas
    side, rise = sheet.option("side", 1.0), sheet.option("rise", 0.20) * layout.unit
    y = sheet.base
    edge = sheet.right + 5 if side > 0 else sheet.left - 5
    tip = layout.width * (0.5 + side * (0.14 if not layout.tall else 0.10))
    span = edge - tip
    crest: list[Point] = [
        (tip + span * k / 9, y - rise * min(1.0, (0.10 + 0.26 * k)) * (0.86 + 0.2 * rng.random())) for k in range(10)
    ]
    canvas.drawPath(polygon([(tip - 0.03 * span, y + 3), *crest, (edge, y + 3)]), fill(sheet.tone("rockdark", lit=0.2)))
    for k in range(1, 9):
        px, py = crest[k]
        canvas.drawPath(
            polygon(
                [
                    (px, py),
                    (px + 0.07 * span, py + 0.1 * rise),
                    (px + 0.04 * span, y),
                    (px - 0.03 * span, y - 0.15 * rise),
                ]
            ),
            fill(sheet.tone("rock", lit=0.7), 0.5),
        )
    cap = [(px, py + rise * (0.10 + 0.12 * rng.random())) for px, py in reversed(crest)]
    canvas.drawPath(
        polygon([*crest, *cap]), fill(sheet.tone("snow" if sheet.scheme.weather.white else "turf", lit=0.4))
    )
    lx, ly = crest[4]
    h = 0.22 * layout.unit
    w = 0.16 * h
    ly += 0.03 * h
    canvas.drawPath(
        polygon(
            [(lx - 0.60 * w, ly), (lx - 0.36 * w, ly - 0.76 * h), (lx + 0.36 * w, ly - 0.76 * h), (lx + 0.60 * w, ly)]
        ),
        fill(sheet.tone("flowerwhite", lit=0.4)),
    )
    for f in (0.16, 0.46):
        a, b = 0.60 - 0.316 * f, 0.60 - 0.316 * (f + 0.15)
        canvas.drawPath(
            polygon(
                [
                    (lx - a * w, ly - f * h),
                    (lx - b * w, ly - (f + 0.15) * h),
                    (lx + b * w, ly - (f + 0.15) * h),
                    (lx + a * w, ly - f * h),
                ]
            ),
            fill(sheet.tone("roof", lit=0.3)),
        )
    canvas.drawRect(box(lx - 0.50 * w, ly - 0.79 * h, w, 0.03 * h), fill(sheet.tone("metal")))
    lamp = sheet.scheme.lamp()
    canvas.drawRect(box(lx - 0.26 * w, ly - 0.91 * h, 0.52 * w, 0.12 * h), fill(lamp))
    canvas.drawPath(
        polygon([(lx - 0.36 * w, ly - 0.91 * h), (lx, ly - 1.02 * h), (lx + 0.36 * w, ly - 0.91 * h)]),
        fill(sheet.tone("roof", lighten=-0.2)),
    )
    if sheet.scheme.day.lamps > 0.3:
        glow(sheet, (lx, ly - 0.85 * h), 1.1 * h, lamp, 0.9 * sheet.scheme.day.lamps)


def sails(sheet: Sheet) -> None:
    """Sailing boats far out. Option `count`."""
    rng, layout = sheet.rng, sheet.layout
    for k in range(int(sheet.option("count", 3))):
        x = layout.width * (0.12 + 0.22 * k + 0.06 * rng.random())
        y, s = sheet.base, layout.unit * (0.030 + 0.03 * rng.random())
        sheet.canvas.drawPath(
            curve(
                [
                    (x - 0.5 * s, y - 0.10 * s),
                    (x + 0.5 * s, y - 0.12 * s),
                    (x + 0.35 * s, y + 0.05 * s),
                    (x - 0.35 * s, y + 0.05 * s),
                ]
            ),
            fill(sheet.tone("wooddark")),
        )
        sheet.canvas.drawPath(
            polygon([(x + 0.02 * s, y - 0.14 * s), (x + 0.04 * s, y - 1.15 * s), (x + 0.5 * s, y - 0.18 * s)]),
            fill(sheet.tone("cloth", lit=0.6)),
        )
        sheet.canvas.drawPath(
            polygon([(x - 0.03 * s, y - 0.14 * s), (x, y - 1.0 * s), (x - 0.38 * s, y - 0.2 * s)]),
            fill(sheet.tone("flowerwhite", lit=0.4)),
        )


BRUSHES = {
    "puddles": puddles,
    "water": water,
    "sea": sea,
    "surf": surf,
    "reeds": reeds,
    "jetty": jetty,
    "headland": headland,
    "sails": sails,
}
RULED = frozenset({"jetty", "sails"})
