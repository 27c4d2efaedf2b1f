"""A theatre seen from its seats: painted backcloth, wings, boards, drapes, footlights, a beam of light, the audience.

Sizes are in heights of a person at the sheet's depth. Knows no places.
"""

from __future__ import annotations

import math

import skia

from scenes.backends.animatic.brushes.sheet import (
    Point,
    Sheet,
    box,
    curve,
    down,
    fill,
    glow,
    polygon,
    round_about,
    stroke,
    sweep,
)
from scenes.backends.animatic.figure import Colour
from scenes.backends.animatic.light import mix


def _dim(sheet: Sheet, colour: Colour, share: float) -> Colour:
    """A colour in the dark of the house."""
    return mix(colour, mix(sheet.scheme.ink, (0.03, 0.02, 0.05), 0.6), share)


def backcloth(sheet: Sheet) -> None:
    """The painted cloth at the back: hills and a great pale disc under a graded sky, in the colours of the hour."""
    canvas, layout, person, base = sheet.canvas, sheet.layout, sheet.person, sheet.base
    span = sheet.right - sheet.left
    top = min(sheet.top, base - 4.0 * person)
    high, low = _dim(sheet, sheet.scheme.sky(0), 0.55), mix(sheet.scheme.sky(3), sheet.scheme.lamp(), 0.35)
    stops = [(0.0, _dim(sheet, high, 0.4), 1.0), (0.55, high, 1.0), (1.0, _dim(sheet, low, 0.15), 1.0)]
    canvas.drawRect(box(sheet.left, sheet.top, span, sheet.bottom - sheet.top), down(top, base, stops))
    x, y, r = sheet.x(0.5), base - 2.25 * person, 0.85 * person
    disc = mix(sheet.scheme.glow(), (1.0, 0.96, 0.86), 0.5)
    glow(sheet, (x, y), 2.6 * r, disc, 0.35)
    canvas.drawCircle(x, y, r, fill(_dim(sheet, disc, 0.18)))
    for k, (rise, dark) in enumerate(((0.95, 0.42), (0.62, 0.58), (0.32, 0.74))):
        land = _dim(sheet, mix(sheet.tone("slate"), sheet.tone("leafdark"), 0.3 + 0.3 * k), dark)
        ridge: list[Point] = []
        for n in range(25):
            at = sheet.left + span * n / 24
            wave = math.sin(at / person * (0.55 + 0.2 * k) + 1.7 * k) + 0.4 * math.sin(at / person * 1.9 + k)
            ridge.append((at, base - person * (rise + 0.16 * wave)))
        canvas.drawPath(polygon([(sheet.left, base + 4), *ridge, (sheet.right, base + 4)]), fill(land))
    for k in range(7):
        cx, cy = sheet.x(-0.05 + 0.18 * k), base - person * (2.9 + 0.5 * math.sin(2.1 * k))
        cloud = [(-0.8, 0.0), (-0.5, -0.14), (-0.2, -0.12), (0.1, -0.24), (0.4, -0.11), (0.8, 0.0), (0.3, 0.05)]
        canvas.drawPath(curve([(cx + a * person, cy + b * person) for a, b in cloud]), fill(low, 0.30))
    for k in range(-12, 13):
        fold = layout.width / 2 + k * 0.9 * person
        canvas.drawRect(box(fold, sheet.top, 0.35 * person, base - sheet.top), fill(sheet.scheme.ink, 0.05))


def _folds(sheet: Sheet, edges: tuple[Point, ...], wide: float, dark: float) -> None:
    """A hanging curtain: `edges` run down its free side, the cloth fills towards the wings over `wide` pixels."""
    canvas, person = sheet.canvas, sheet.person
    side = 1.0 if wide > 0 else -1.0
    count = max(4, int(abs(wide) / (0.13 * person)))
    for k in range(count):
        f0, f1 = k / count, (k + 1.15) / count
        left = [(x + wide * f0, y) for x, y in edges]
        right = [(x + wide * f1, y) for x, y in reversed(edges)]
        body = _dim(sheet, sheet.tone("fabric", lit=0.5), dark)
        deep = _dim(sheet, sheet.tone("fabricdark"), min(1.0, dark + 0.30))
        x0 = edges[0][0] + wide * f0
        paint = sweep(
            (x0, 0), (x0 + wide * 1.1 / count, 0), [(0, body, 1), (0.45, mix(body, deep, 0.35), 1), (1, deep, 1)]
        )
        canvas.drawPath(curve([*left, *right]), paint)
    hem = edges[-1]
    canvas.drawRect(
        box(min(hem[0], hem[0] + wide), hem[1] - 0.10 * person, abs(wide), 0.05 * person),
        fill(_dim(sheet, sheet.tone("brass", lit=0.5), dark * 0.6), 0.8),
    )
    canvas.drawLine(hem[0] + side, hem[1], hem[0] + wide, hem[1], stroke(sheet.scheme.ink, 0.02 * person, 0.4))


def wings(sheet: Sheet) -> None:
    """Narrow curtains that hide the sides of the stage. Options: `reach` (part of the frame), `dark` 0..1."""
    person, base = sheet.person, sheet.base
    reach, dark = sheet.option("reach", 0.16), sheet.option("dark", 0.45)
    for share, side in ((reach, -1.0), (1.0 - reach, 1.0)):
        x = sheet.x(share)
        outer = (sheet.left if side < 0 else sheet.right) + side * 6
        edges = tuple(
            (x + 0.03 * person * math.sin(2.0 * k), sheet.top - 4 + (base - sheet.top + 4) * k / 5) for k in range(6)
        )
        _folds(sheet, edges, outer - x, dark)
    rail = sheet.option("border", 0.0) * sheet.layout.height
    if rail:
        _border(sheet, rail, dark)


def _border(sheet: Sheet, low: float, dark: float) -> None:
    """The short curtain across the top, hanging in swags."""
    canvas, person, layout = sheet.canvas, sheet.person, sheet.layout
    body, deep = _dim(sheet, sheet.tone("fabric", lit=0.5), dark), _dim(sheet, sheet.tone("fabricdark"), dark + 0.25)
    gold = _dim(sheet, sheet.tone("brass", lit=0.6), 0.5 * dark)
    count = 5 if not layout.tall else 3
    wide = layout.width / count
    for k in range(-3, count + 3):
        x = k * wide
        if not sheet.left - wide < x < sheet.right + wide:
            continue
        drop = 0.42 * low
        swag = [(x - 0.02 * wide, sheet.top - 6), (x, low - drop), (x + 0.25 * wide, low - 0.25 * drop)]
        swag += [(x + 0.5 * wide, low), (x + 0.75 * wide, low - 0.25 * drop), (x + wide, low - drop)]
        shape = polygon([*swag[:1], *_smooth(swag[1:]), (x + 1.02 * wide, sheet.top - 6)])
        canvas.drawPath(shape, down(low - 2.2 * drop, low, [(0, deep, 1), (0.55, body, 1), (1, deep, 1)]))
        for q in range(1, 4):
            rise = 0.24 * drop * q
            line = [
                (x + 0.04 * wide, low - drop - rise),
                (x + 0.5 * wide, low - rise),
                (x + 0.96 * wide, low - drop - rise),
            ]
            canvas.drawPath(curve(line, False), stroke(deep, 0.05 * drop, 0.7))
        canvas.drawPath(polygon(_smooth(swag[1:]), False), stroke(gold, 0.05 * person))
        canvas.drawCircle(x, low - drop + 0.03 * person, 0.05 * person, fill(gold))


def _smooth(points: list[Point]) -> list[Point]:
    """Points along a hanging line through the given ones."""
    out: list[Point] = []
    (ax, ay), (bx, by) = points[0], points[-1]
    lowest = max(y for _, y in points)
    for k in range(17):
        f = k / 16
        out.append((ax + (bx - ax) * f, ay + (by - ay) * f + (lowest - ay) * math.sin(math.pi * f) ** 0.9))
    return out


def boards(sheet: Sheet) -> None:
    """The stage floor in perspective up to the backcloth, bright where the beam falls. Option `back` (its depth)."""
    layout, person, canvas, rng = sheet.layout, sheet.person, sheet.canvas, sheet.rng
    top, cx, cy = layout.ground_at(sheet.option("back", 3.6)), layout.width / 2, layout.horizon
    span = sheet.right - sheet.left
    wood, deep = _dim(sheet, sheet.tone("floor", lit=0.5), 0.20), _dim(sheet, sheet.tone("floordark"), 0.45)
    stops = [(0.0, deep, 1.0), (0.45, wood, 1.0), (1.0, _dim(sheet, sheet.tone("floor"), 0.62), 1.0)]
    canvas.drawRect(box(sheet.left, top, span, sheet.bottom - top + 2), down(top, layout.height, stops))
    seam = _dim(sheet, sheet.tone("floordark", lighten=-0.4), 0.4)
    step, f_top = 0.24 * person, (top - cy) / (layout.ground - cy)
    f_low = (sheet.bottom - cy) / (layout.ground - cy)
    for k in range(-50, 51):
        x = k * step
        plank = [
            (cx + x * f_top, top),
            (cx + (x + step) * f_top, top),
            (cx + (x + step) * f_low, sheet.bottom),
            (cx + x * f_low, sheet.bottom),
        ]
        if rng.random() < 0.6:
            canvas.drawPath(polygon(plank), fill(seam if rng.random() < 0.6 else wood, 0.16))
        canvas.drawLine(cx + x * f_top, top, cx + x * f_low, sheet.bottom, stroke(seam, 0.010 * person, 0.7))
        d = f_top + (f_low - f_top) * rng.random()
        y = cy + d * (layout.ground - cy)
        canvas.drawLine(cx + x * d, y, cx + (x + step) * d, y, stroke(seam, 0.010 * person, 0.7))
    light = mix(sheet.scheme.lamp(), (1.0, 0.98, 0.9), 0.5)
    y = layout.ground - 0.02 * person
    canvas.save()
    canvas.translate(cx, y)
    canvas.scale(1.0, 0.20)
    reach = (1.5 if not layout.tall else 1.0) * person
    paint = round_about(
        (0.0, 0.0), reach, [(0, light, 0.58), (0.72, light, 0.44), (0.86, light, 0.12), (1, light, 0.0)]
    )
    paint.setBlendMode(skia.BlendMode.kScreen)
    canvas.drawCircle(0.0, 0.0, reach, paint)
    canvas.restore()
    shade = sheet.scheme.ink
    canvas.drawRect(
        box(sheet.left, top, span, 0.20 * person), down(top, top + 0.2 * person, [(0, shade, 0.5), (1, shade, 0)])
    )


def limelight(sheet: Sheet) -> None:
    """Two beams that fall from above on the middle of the stage, as light on black."""
    layout, canvas, person = sheet.layout, sheet.canvas, sheet.layout.person
    light = mix(sheet.scheme.lamp(), (1.0, 0.98, 0.9), 0.5)
    foot = layout.ground + 0.05 * person
    reach = (1.35 if not layout.tall else 0.95) * person
    for share, strength in ((0.26, 0.30), (0.74, 0.24)):
        x = layout.width * share
        stops = [(0.0, light, strength), (0.5, light, 0.55 * strength), (1.0, light, 0.28 * strength)]
        paint = sweep((x, sheet.top), (layout.width / 2, foot), stops)
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.BlurStyle.kNormal_BlurStyle, 0.012 * layout.unit))
        middle = layout.width / 2
        beam = [
            (x - 0.04 * person, sheet.top - 4),
            (x + 0.04 * person, sheet.top - 4),
            (middle + reach, foot),
            (middle - reach, foot),
        ]
        canvas.drawPath(polygon(beam), paint)


def footlights(sheet: Sheet) -> None:
    """A row of shaded lamps along the front edge, and the edge itself. Option `light` 1 paints their glow alone."""
    layout, canvas, person = sheet.layout, sheet.canvas, sheet.person
    y, gap = sheet.base, 0.34 * person
    lamp = sheet.scheme.lamp()
    only = sheet.option("light", 0.0) > 0.5
    span = sheet.right - sheet.left
    if not only:
        front = _dim(sheet, sheet.tone("wooddark"), 0.55)
        canvas.drawRect(
            box(sheet.left, y, span, sheet.bottom - y + 2),
            down(y, y + 0.5 * person, [(0, front, 1), (1, _dim(sheet, front, 0.8), 1)]),
        )
        canvas.drawRect(box(sheet.left, y, span, 0.035 * person), fill(_dim(sheet, sheet.tone("brass", lit=0.4), 0.2)))
    for k in range(
        math.floor((sheet.left - layout.width / 2) / gap), math.ceil((sheet.right - layout.width / 2) / gap) + 1
    ):
        x = layout.width / 2 + (k + 0.5) * gap
        if only:
            glow(sheet, (x, y - 0.05 * person), 0.45 * person, lamp, 0.55)
            continue
        arc = ((-0.055, 0.0), (-0.048, -0.05), (0.0, -0.072), (0.048, -0.05), (0.055, 0.0))
        shell = curve([(x + a * person, y + b * person) for a, b in arc])
        canvas.drawPath(shell, fill(_dim(sheet, sheet.tone("metal"), 0.3)))
        canvas.drawOval(
            box(x - 0.038 * person, y - 0.060 * person, 0.076 * person, 0.024 * person), fill(mix(lamp, (1, 1, 1), 0.4))
        )


def audience(sheet: Sheet) -> None:
    """Heads and shoulders of the first row, dark before the light. Options: none."""
    rng, layout, canvas = sheet.rng, sheet.layout, sheet.canvas
    r = 0.040 * layout.unit
    dark = _dim(sheet, sheet.scheme.ink, 0.7)
    x = sheet.left
    while x < sheet.right + r:
        s = r * rng.uniform(0.85, 1.12)
        y = layout.height - 0.55 * s * rng.uniform(0.5, 1.4)
        canvas.drawOval(box(x - 0.78 * s, y - s, 1.56 * s, 2.0 * s), fill(dark))
        canvas.drawRoundRect(box(x - 1.9 * s, y + 0.75 * s, 3.8 * s, 6 * s), 1.2 * s, 1.2 * s, fill(dark))
        if rng.random() < 0.35:
            canvas.drawCircle(x + 0.2 * s, y - 0.95 * s, 0.42 * s, fill(dark))
        x += r * rng.uniform(4.0, 6.4)


BRUSHES = {
    "backcloth": backcloth,
    "wings": wings,
    "boards": boards,
    "limelight": limelight,
    "footlights": footlights,
    "audience": audience,
}
RULED = frozenset({"boards", "footlights", "wings", "backcloth"})
