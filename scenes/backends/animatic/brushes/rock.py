"""Crags, the cliffs of a chasm, and the hanging bridge between them.

Knows no places; sizes are in heights of a person.
"""

from __future__ import annotations

import numpy as np

from scenes.backends.animatic.brushes.sheet import Point, Sheet, box, curve, down, fill, polygon, stroke
from scenes.backends.animatic.brushes.trees import fir
from scenes.backends.animatic.noise import profile


def crags(sheet: Sheet) -> None:
    """Rock outcrops at both sides of the frame. Options: `rise` (persons), `mesa` for flat tops far off."""
    rise = sheet.option("rise", 1.0) * sheet.person
    if sheet.option("mesa", 0.0):
        for share, tall in ((0.12, 0.8), (0.30, 0.5), (0.86, 1.0)):
            _mesa(sheet, sheet.x(share), rise * tall)
        return
    rng = sheet.rng
    for side in (-1.0, 1.0):
        # one great rock half out of the frame, lesser ones leaning on it, no side like the other
        reach = rng.uniform(0.75, 1.2)
        for k, (out, tall) in enumerate(((0.56, 1.0), (0.50, 0.72), (0.44, 0.42), (0.53, 0.34), (0.40, 0.20))):
            x = sheet.x(0.5 + side * (out + 0.02 * rng.normal()))
            _outcrop(sheet, x, sheet.base + 0.06 * k * rise, rise * tall * reach * rng.uniform(0.85, 1.15))


def _outcrop(sheet: Sheet, x: float, y: float, h: float) -> None:
    """One angular rock, `h` pixels high, with planes turned to the light and away from it."""
    rng, canvas = sheet.rng, sheet.canvas
    side = 1.0 if sheet.scheme.day.sun_x > 0.5 else -1.0
    lean = 0.25 * rng.normal()
    rim = [(-0.95, 0.10), (-0.80, -0.42), (-0.42, -0.86), (0.05, -1.0), (0.48, -0.74), (0.78, -0.36), (0.95, 0.10)]
    edge = [
        (x + (a + lean * -b * 0.5 + 0.07 * rng.normal()) * 0.72 * h, y + (b + 0.07 * rng.normal()) * h) for a, b in rim
    ]
    body, lit, dark = (
        sheet.tone("rockdark", lit=0.2),
        sheet.tone("rock", lit=0.8),
        sheet.tone("rockdark", lighten=-0.36),
    )
    canvas.drawPath(polygon(edge), down(y - h, y + 0.1 * h, [(0, body, 1), (1, dark, 1)]))
    spine = (x + 0.10 * h * rng.normal(), y - 0.40 * h)
    for k in range(len(edge) - 1):
        facing = side * ((edge[k][0] + edge[k + 1][0]) / 2 - x)
        high = (edge[k][1] + edge[k + 1][1]) / 2 < y - 0.45 * h
        inner = (spine[0] + 0.16 * h * rng.normal(), spine[1] + 0.14 * h * rng.normal())
        colour = lit if facing > 0 or high else dark
        canvas.drawPath(polygon([edge[k], edge[k + 1], inner]), fill(colour, rng.uniform(0.35, 0.8)))
    if sheet.scheme.weather.white:
        cap = [edge[1], edge[2], edge[3], edge[4], (edge[4][0], edge[4][1] + 0.14 * h), (spine[0], y - 0.66 * h)]
        canvas.drawPath(curve(cap), fill(sheet.tone("snow", lit=0.4)))


def _mesa(sheet: Sheet, x: float, h: float) -> None:
    """A flat-topped rock, `h` pixels high, its flank fluted."""
    rng = sheet.rng
    lit, body, dark = sheet.tone("rock", lit=0.7), sheet.tone("rockdark"), sheet.tone("rockdark", lighten=-0.3)
    half, n = 1.2 * h, 7
    edge: list[Point] = []
    for k in range(n + 1):
        at = k / n * 2 - 1
        edge.append((x + at * half, sheet.base + 0.1 * h - (1 - abs(at) ** 6) * (0.86 + 0.24 * rng.random()) * h))
    foot = sheet.base + 0.25 * h
    sheet.canvas.drawPath(polygon([(x - half, foot), *edge, (x + half, foot)]), fill(body))
    side = 1 if sheet.scheme.day.sun_x > 0.5 else -1
    for k in range(1, n):
        px, py = edge[k]
        q = edge[min(n, max(0, k + side))]
        deep = h * (0.25 + 0.35 * rng.random())
        flute = [(px, py), q, (q[0] - 0.06 * h, q[1] + 0.6 * deep), (px + 0.05 * h * rng.normal(), py + deep)]
        sheet.canvas.drawPath(polygon(flute), fill(lit if rng.random() < 0.6 else dark, 0.6))
    if sheet.scheme.weather.white:
        cap = edge[1:-1]
        snow = [*cap, *[(px, py + 0.12 * h) for px, py in reversed(cap)]]
        sheet.canvas.drawPath(polygon(snow), fill(sheet.tone("snow", lit=0.4), 0.9))


def cliffs(sheet: Sheet) -> None:
    """Two rock walls with a gap between them, falling out of sight.

    Options: `gap` (half of it, part of the frame), `rise` (persons above the ground plane), `firs` on their tops.
    """
    layout, rng, person = sheet.layout, sheet.rng, sheet.person
    gap = sheet.option("gap", 0.36)
    if layout.tall:
        gap *= 0.92
    top = sheet.base - sheet.option("rise", 0.0) * person
    for side in (-1.0, 1.0):
        edge_x = layout.width * (0.5 + side * gap)
        outer = (sheet.left if side < 0 else sheet.right) + side * 5
        rows = 15
        tall = sheet.bottom - top
        wall: list[Point] = []
        for k in range(rows + 1):
            step = rng.uniform(-0.05, 0.30) * person if k else 0.0
            wall.append(
                (
                    edge_x + side * (0.22 * person * (k / rows) ** 0.8 + step * (0.3 + k / rows)),
                    top + tall * k / rows + rng.uniform(-0.2, 0.2) * tall / rows,
                )
            )
        span = abs(outer - edge_x)
        count = max(4, int(span / (0.5 * person)))
        crest = [
            (
                edge_x + side * span * j / count,
                top - person * (0.03 + 0.10 * rng.random() + 0.5 * sheet.option("firs", 0.0) * (j / count)),
            )
            for j in range(1, count + 1)
        ]
        if sheet.option("firs", 0.0):
            for px, py in crest:
                if rng.random() < 0.7:
                    fir(sheet, px, py + 0.06 * person, person * (1.4 + 1.5 * rng.random()))
        outline = [(edge_x, top), *crest, (outer, sheet.bottom + 6), *reversed(wall)]
        shape = polygon(outline)
        sheet.canvas.drawPath(
            shape,
            down(
                top,
                sheet.bottom,
                [
                    (0, sheet.tone("rock", lit=0.5), 1),
                    (0.5, sheet.tone("rockdark"), 1),
                    (1, sheet.tone("rockdark", 0.35, lighten=-0.15), 1),
                ],
            ),
        )
        sheet.canvas.save()
        sheet.canvas.clipPath(shape, True)
        _facets(sheet, edge_x, top, side, span)
        matter = "snow" if sheet.scheme.weather.white else "turf"
        turf = [(edge_x - side * 6, top - 4), *[(px, py - 4) for px, py in crest]]
        lower = [
            (px + 0.02 * person, py + person * (0.10 + 0.10 * rng.random()))
            for px, py in reversed([(edge_x, top), *crest])
        ]
        sheet.canvas.drawPath(curve([*turf, *lower]), fill(sheet.tone(matter, lit=0.4)))
        sheet.canvas.restore()


def _facets(sheet: Sheet, edge_x: float, top: float, side: float, span: float) -> None:
    rng, person = sheet.rng, sheet.person
    lit, dark = sheet.tone("rock", lighten=0.10, lit=0.8), sheet.tone("rockdark", lighten=-0.35)
    for _ in range(int(70 * (1 + span / sheet.layout.unit))):
        x = edge_x + side * span * rng.random() ** 1.5
        y = top + (sheet.bottom - top) * rng.random()
        w, h = person * rng.uniform(0.05, 0.24), person * rng.uniform(0.12, 0.5)
        colour = lit if rng.random() < 0.42 else dark
        sheet.canvas.drawPath(
            polygon([(x, y), (x + w, y + 0.25 * h), (x + 0.7 * w, y + h), (x - 0.2 * w, y + 0.8 * h)]),
            fill(colour, 0.30),
        )


def span(sheet: Sheet) -> None:
    """The hanging bridge.

    Option `part`: 0 the deck and the far rope, 1 the near rope that passes before the walkers.
    """
    layout, person, rng = sheet.layout, sheet.person, sheet.rng
    wood, dark, rope = sheet.tone("wood", lit=0.5), sheet.tone("wooddark"), sheet.tone("hay", lighten=-0.25)
    x0, x1 = sheet.left, sheet.right
    near = sheet.option("part", 0.0) > 0.5
    y = sheet.layout.ground if not near else sheet.base
    rail = 0.50 * person if not near else 0.44 * person
    lift = -0.10 * person if not near else 0.13 * person
    posts = (
        np.arange(
            np.floor((x0 - layout.width / 2) / (0.62 * person)), np.ceil((x1 - layout.width / 2) / (0.62 * person)) + 1
        )
        * 0.62
        * person
    )
    if not near:
        plank = 0.115 * person
        count = int((x1 - x0) / plank) + 2
        sheet.canvas.drawLine(x0, y + 0.17 * person, x1, y + 0.17 * person, stroke(dark, 0.035 * person))
        for k in range(count):
            x = x0 + k * plank
            skew, drop = 0.05 * person, 0.012 * person * rng.normal()
            if rng.random() < 0.02:
                continue
            top = [
                (x + skew, y - 0.085 * person + drop),
                (x + skew + 0.84 * plank, y - 0.085 * person + drop),
                (x + 0.84 * plank - 0.03 * person, y + 0.125 * person + drop),
                (x - 0.03 * person, y + 0.125 * person + drop),
            ]
            shade = rng.uniform(-0.16, 0.05)
            sheet.canvas.drawPath(polygon(top), fill(sheet.tone("wood", lighten=shade, lit=0.45)))
            sheet.canvas.drawRect(
                box(x - 0.03 * person, y + 0.125 * person + drop, 0.84 * plank, 0.035 * person), fill(dark)
            )
    for x in posts + layout.width / 2:
        sheet.canvas.drawLine(
            x, y + lift, x + 0.01 * person, y + lift - rail, stroke(dark if not near else wood, 0.030 * person)
        )
        sheet.canvas.drawCircle(x + 0.01 * person, y + lift - rail, 0.026 * person, fill(rope))
    for level, thick in ((1.0, 0.022), (0.52, 0.016)):
        points: list[Point] = []
        for x in posts + layout.width / 2:
            points += [(x, y + lift - rail * level), (x + 0.31 * person, y + lift - rail * level + 0.05 * person)]
        sheet.canvas.drawPath(curve(points, False), stroke(rope, thick * person))


def fence(sheet: Sheet) -> None:
    """A weathered rail fence along the ground. Option `size` (persons)."""
    person, rng = sheet.person, sheet.rng
    h, base = sheet.option("size", 0.55) * person, sheet.base
    wave = profile(64, 2.0, 0.4, rng) * 0.05 * person
    wood, light = sheet.tone("wooddark"), sheet.tone("wood", lit=0.6)
    xs = np.arange(sheet.left - person, sheet.right + person, 1.05 * person)
    lift = [float(np.interp(x, np.linspace(sheet.left, sheet.right, 64), wave)) for x in xs]
    for level in (0.42, 0.82):
        for (xa, ya), (xb, yb) in zip(zip(xs, lift, strict=True), zip(xs[1:], lift[1:], strict=False), strict=False):
            tilt = 0.03 * h * rng.normal()
            rail = [
                (xa, base + ya - level * h),
                (xb, base + yb - level * h + tilt),
                (xb, base + yb - (level - 0.10) * h + tilt),
                (xa, base + ya - (level - 0.10) * h),
            ]
            sheet.canvas.drawPath(polygon(rail), fill(light))
    for x, y in zip(xs, lift, strict=True):
        lean = 0.04 * h * rng.normal()
        post = [
            (x - 0.055 * h, base + y + 0.05 * h),
            (x - 0.05 * h + lean, base + y - h),
            (x + 0.05 * h + lean, base + y - h * 0.97),
            (x + 0.055 * h, base + y + 0.05 * h),
        ]
        sheet.canvas.drawPath(polygon(post), fill(wood))


BRUSHES = {"crags": crags, "cliffs": cliffs, "span": span, "fence": fence}
RULED = frozenset({"span"})
