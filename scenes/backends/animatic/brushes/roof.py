"""A flat roof to stand on: its deck, parapet, and what stands along it - tank, skylight, vents, aerials, a stair head.

Sizes are in heights of a person. Knows no places.
"""

from __future__ import annotations

from scenes.backends.animatic.brushes.groundlight import pool
from scenes.backends.animatic.brushes.sheet import Sheet, box, curve, down, fill, glow, polygon, stroke, sweep
from scenes.backends.animatic.brushes.town import tank
from scenes.backends.animatic.light import mix


def parapet(sheet: Sheet) -> None:
    """A flat roof with its parapet; at night a skylight, a door and a string of bulbs are lit. Options: none."""
    layout, person = sheet.layout, sheet.person
    edge = sheet.base - 0.15 * person
    far = edge - 0.30 * person
    narrow = layout.width < 3.2 * person
    _aerial(sheet, sheet.x(0.40), far, person)
    _wall(sheet, far, edge)
    _deck(sheet, edge)
    _bulbs(sheet, far, person)
    _stair_head(sheet, sheet.x(0.95 if not narrow else 1.04), edge + 0.02 * person, person)
    _tank(sheet, sheet.x(0.075 if not narrow else 0.01), edge + 0.03 * person, 0.62 * person)
    _skylight(sheet, sheet.x(0.51), edge + 0.02 * person, person)
    for at in (0.235, 0.70) if not narrow else ():
        _vent(sheet, sheet.x(at), edge + 0.03 * person, person)


def _wall(sheet: Sheet, far: float, edge: float) -> None:
    canvas, person, rng = sheet.canvas, sheet.person, sheet.rng
    span = sheet.right - sheet.left
    lit, dark = sheet.tone("brick", lit=0.4, lighten=-0.10), sheet.tone("brick", lighten=-0.42)
    canvas.drawRect(box(sheet.left, far, span, edge - far + 2), down(far, edge, [(0, lit, 1), (1, dark, 1)]))
    rows = 5
    tall = (edge - far) / rows
    for row in range(rows):
        y = far + row * tall
        canvas.drawLine(sheet.left, y, sheet.right, y, stroke(dark, 0.007 * person, 0.45))
        step = 0.17 * person
        for k in range(int(span / step) + 1):
            x = sheet.left + (k + 0.5 * (row % 2)) * step
            if rng.random() < 0.25:
                canvas.drawRect(box(x, y, step, tall), fill(lit if rng.random() < 0.5 else dark, 0.30))
            canvas.drawLine(x, y, x, y + tall, stroke(dark, 0.005 * person, 0.30))
    top = sheet.tone("snow", lit=0.3) if sheet.scheme.weather.white else sheet.tone("stone", lit=0.6)
    canvas.drawRect(box(sheet.left, far - 0.06 * person, span, 0.09 * person), fill(top))
    canvas.drawRect(box(sheet.left, far + 0.03 * person, span, 0.02 * person), fill(dark, 0.6))


def _deck(sheet: Sheet, edge: float) -> None:
    """Felt in strips that run towards the eye, patches, puddles that hold the sky, light from the city."""
    layout, person, canvas, rng = sheet.layout, sheet.person, sheet.canvas, sheet.rng
    floor = "snow" if sheet.scheme.weather.white else "kerb"
    span, tall = sheet.right - sheet.left, sheet.bottom - edge
    canvas.drawRect(
        box(sheet.left, edge, span, tall + 2),
        down(
            edge,
            layout.height,
            [(0, sheet.tone(floor, lighten=-0.12, lit=0.2), 1), (1, sheet.tone(floor, lighten=-0.48), 1)],
        ),
    )
    canvas.drawRect(
        box(sheet.left, edge, span, 0.07 * person),
        down(edge, edge + 0.07 * person, [(0, sheet.scheme.ink, 0.5), (1, sheet.scheme.ink, 0)]),
    )
    seam, middle = sheet.tone(floor, lighten=-0.55), layout.width / 2
    for k in range(-14, 15):
        x = middle + k * 0.55 * person
        canvas.drawLine(x, edge, middle + (x - middle) * 1.9, edge + 1.1 * person, stroke(seam, 0.008 * person, 0.45))
    for f in (0.16, 0.52):
        canvas.drawLine(
            sheet.left, edge + f * person, sheet.right, edge + f * person, stroke(seam, 0.007 * person, 0.35)
        )
    for _ in range(int(26 * span / layout.unit)):
        f = rng.random() ** 1.3
        x, w = sheet.left + rng.random() * span, person * rng.uniform(0.08, 0.5) * (0.4 + f)
        tone = sheet.tone(floor, lighten=-0.5 if rng.random() < 0.6 else 0.0)
        canvas.drawOval(box(x, edge + 0.06 * person + f * tall, w, 0.10 * w), fill(tone, 0.22))
    shine = mix(sheet.scheme.sky(3), sheet.scheme.glow(), 0.2)
    for at, f, w in ((0.30, 0.20, 0.62), (0.66, 0.34, 0.85), (0.13, 0.46, 0.5)):
        x, y = sheet.x(at), edge + f * person
        puddle = [
            (x - w * person, y),
            (x - 0.3 * w * person, y - 0.045 * person),
            (x + 0.7 * w * person, y - 0.02 * person),
        ]
        puddle += [(x + w * person, y + 0.01 * person), (x + 0.1 * w * person, y + 0.05 * person)]
        canvas.drawPath(curve(puddle), fill(shine, 0.20))
    pool(sheet, (middle, sheet.base + 0.04 * person), 0.44 * layout.width, 0.30 * person)


def _tank(sheet: Sheet, x: float, y: float, size: float) -> None:
    """A water tank of staves and hoops, with its round shadow."""
    canvas = sheet.canvas
    side = 1.0 if sheet.scheme.day.sun_x > 0.5 else -1.0
    canvas.drawOval(box(x - 0.7 * size, y - 0.05 * size, 1.4 * size, 0.14 * size), fill(sheet.scheme.ink, 0.35))
    tank(sheet, x, y, size, sheet.tone("wooddark", lit=0.2))
    ink, light = sheet.tone("wooddark", lighten=-0.5), sheet.tone("wood", lit=0.6)
    body = box(x - 0.48 * size, y - 1.25 * size, 0.96 * size, 0.75 * size)
    canvas.drawRect(
        body,
        sweep(
            (x + side * 0.48 * size, 0),
            (x - side * 0.48 * size, 0),
            [(0, light, 0.75), (0.5, light, 0.1), (1, ink, 0.6)],
        ),
    )
    for k in range(1, 9):
        at = x + (-0.48 + 0.107 * k) * size
        canvas.drawLine(at, y - 1.25 * size, at, y - 0.5 * size, stroke(ink, 0.012 * size, 0.5))
    for f in (0.62, 0.86, 1.10):
        canvas.drawLine(x - 0.48 * size, y - f * size, x + 0.48 * size, y - f * size, stroke(ink, 0.022 * size, 0.7))
    roof = [(x, y - 1.68 * size), (x + side * 0.56 * size, y - 1.24 * size), (x + side * 0.1 * size, y - 1.24 * size)]
    canvas.drawPath(polygon(roof), fill(light, 0.35))


def _skylight(sheet: Sheet, x: float, y: float, person: float) -> None:
    """A slanting window in the deck; the room below it is lit when lamps burn."""
    canvas, day = sheet.canvas, sheet.scheme.day
    frame = sheet.tone("metal", lit=0.3)
    w, low, high = 0.44 * person, y + 0.02 * person, y - 0.17 * person
    pane = [(x - w, low), (x - 0.82 * w, high), (x + 0.82 * w, high), (x + w, low)]
    burning = day.lamps > 0.3
    if burning:
        lamp = sheet.scheme.lamp()
        glow(sheet, (x, high), 1.0 * person, lamp, 0.42 * day.lamps)
        canvas.drawPath(
            polygon(pane),
            down(high, low, [(0, mix(lamp, (0.8, 0.45, 0.2), 0.4), 1), (1, mix(lamp, (1, 1, 1), 0.3), 1)]),
        )
    else:
        glass = sheet.tone("glass")
        canvas.drawPath(polygon(pane), down(high, low, [(0, mix(glass, sheet.scheme.sky(2), 0.5), 1), (1, glass, 1)]))
    for k in range(5):
        f = -1.0 + 0.5 * k
        canvas.drawLine(x + f * w, low, x + 0.82 * f * w, high, stroke(frame, 0.018 * person))
    for level, reach in ((low, 1.02), (high, 0.84)):
        canvas.drawLine(x - reach * w, level, x + reach * w, level, stroke(frame, 0.026 * person))


def _vent(sheet: Sheet, x: float, y: float, person: float) -> None:
    """A box with a fan in it and a bent pipe beside it."""
    canvas = sheet.canvas
    lit, body, dark = sheet.tone("stone", lit=0.6), sheet.tone("stonedark", lit=0.2), sheet.tone("metal", lighten=-0.3)
    canvas.drawOval(
        box(x - 0.30 * person, y - 0.03 * person, 0.8 * person, 0.07 * person), fill(sheet.scheme.ink, 0.35)
    )
    canvas.drawRect(
        box(x - 0.22 * person, y - 0.30 * person, 0.40 * person, 0.30 * person),
        down(y - 0.3 * person, y, [(0, body, 1), (1, mix(body, dark, 0.5), 1)]),
    )
    canvas.drawRect(box(x - 0.24 * person, y - 0.325 * person, 0.44 * person, 0.035 * person), fill(lit))
    canvas.drawCircle(x - 0.02 * person, y - 0.15 * person, 0.105 * person, fill(dark))
    for k in range(4):
        f = 0.025 * person * k
        canvas.drawCircle(x - 0.02 * person, y - 0.15 * person, 0.10 * person - f, stroke(body, 0.008 * person, 0.7))
    pipe = [(x + 0.34 * person, y), (x + 0.34 * person, y - 0.34 * person), (x + 0.44 * person, y - 0.40 * person)]
    canvas.drawPath(curve([*pipe, (x + 0.50 * person, y - 0.33 * person)], False), stroke(body, 0.075 * person))
    canvas.drawLine(x + 0.32 * person, y, x + 0.32 * person, y - 0.33 * person, stroke(lit, 0.012 * person, 0.7))


def _stair_head(sheet: Sheet, x: float, y: float, person: float) -> None:
    """The little house over the stairs, its door half open on the light."""
    canvas, day = sheet.canvas, sheet.scheme.day
    wall, dark = sheet.tone("brick", lit=0.3, lighten=-0.12), sheet.tone("brick", lighten=-0.48)
    w, high = 0.62 * person, 1.42 * person
    canvas.drawRect(
        box(x - w, y - high, 2.4 * w, high + 2),
        sweep((x - w, 0), (x + w, 0), [(0, wall, 1), (1, mix(wall, dark, 0.6), 1)]),
    )
    canvas.drawRect(
        box(x - 1.08 * w, y - high - 0.05 * person, 2.6 * w, 0.09 * person), fill(sheet.tone("stone", lit=0.4))
    )
    door = box(x - 0.52 * w, y - 1.12 * person, 0.92 * w, 1.12 * person)
    canvas.drawRect(door, fill(sheet.tone("metal", lighten=-0.2)))
    if day.lamps > 0.3:
        lamp = sheet.scheme.lamp()
        canvas.drawRect(
            box(x - 0.50 * w, y - 1.09 * person, 0.34 * w, 1.09 * person),
            down(y - 1.1 * person, y, [(0, lamp, 1), (1, mix(lamp, (0.8, 0.4, 0.2), 0.4), 1)]),
        )
        glow(sheet, (x - 0.06 * w, y - 1.24 * person), 0.9 * person, lamp, 0.55 * day.lamps)
        canvas.drawCircle(x - 0.06 * w, y - 1.24 * person, 0.035 * person, fill(mix(lamp, (1, 1, 1), 0.6)))


def _aerial(sheet: Sheet, x: float, y: float, person: float) -> None:
    canvas, dark = sheet.canvas, sheet.tone("metal", lighten=-0.4)
    canvas.drawLine(x, y, x, y - 0.95 * person, stroke(dark, 0.020 * person))
    for k, f in enumerate((0.55, 0.68, 0.81, 0.94)):
        reach = (0.26 - 0.05 * k) * person
        canvas.drawLine(x - reach, y - f * person, x + reach, y - f * person, stroke(dark, 0.013 * person))


def _bulbs(sheet: Sheet, far: float, person: float) -> None:
    """A string of bulbs on thin posts along the parapet."""
    canvas, day, lamp = sheet.canvas, sheet.scheme.day, sheet.scheme.lamp()
    ink, step = sheet.tone("metal", lighten=-0.5), 1.5 * person
    count = int((sheet.right - sheet.left) / step) + 2
    level = far - 0.42 * person
    for k in range(count):
        x = sheet.left + k * step
        canvas.drawLine(x, far, x, level, stroke(ink, 0.014 * person))
        sag = [(x, level), (x + 0.5 * step, level + 0.16 * person), (x + step, level)]
        canvas.drawPath(curve(sag, False), stroke(ink, 0.008 * person))
        for j in range(1, 8):
            f = j / 8
            px, py = x + f * step, level + 0.64 * f * (1 - f) * person + 0.03 * person
            if day.lamps > 0.3:
                glow(sheet, (px, py), 0.11 * person, lamp, 0.7 * day.lamps)
            canvas.drawCircle(
                px, py, 0.016 * person, fill(mix(lamp, (1, 1, 1), 0.4) if day.lamps > 0.3 else sheet.tone("glass"))
            )


BRUSHES = {"parapet": parapet}
RULED = frozenset({"parapet"})
