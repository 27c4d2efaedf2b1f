"""The city: skylines with lit windows, the fronts of a street, pavements, cables overhead.

Sizes are in heights of a person or in units of the frame. Knows no places.
"""

from __future__ import annotations

from scenes.backends.animatic.brushes.groundlight import pool
from scenes.backends.animatic.brushes.house import window
from scenes.backends.animatic.brushes.lanterns import lamp_places
from scenes.backends.animatic.brushes.sheet import Sheet, box, curve, down, fill, glow, polygon, soft, stroke, sweep
from scenes.backends.animatic.figure import Colour
from scenes.backends.animatic.light import mix


def skyline(sheet: Sheet) -> None:
    """Tall buildings side by side.

    Options: `low`, `high` (frame unit), `wide` (frame unit), `neon` 0..1, `mist` 0..1.
    """
    layout, rng, canvas = sheet.layout, sheet.rng, sheet.canvas
    base = max(sheet.base, layout.horizon) + 0.02 * layout.height
    low, high, wide = (
        sheet.option(name, value) * layout.unit for name, value in (("low", 0.2), ("high", 0.5), ("wide", 0.11))
    )
    if layout.tall:
        low, high = low * 1.25, high * 1.45
    electric = sheet.scheme.style.duo > 0
    neon = sheet.option("neon", 0.0) * (2.2 if electric else 1.0)
    x = sheet.left - wide * rng.random()
    while x < sheet.right:
        w = wide * (0.6 + 0.9 * rng.random())
        h = low + (high - low) * rng.random() ** 1.5
        top = base - h
        body = mix(sheet.tone("slate", lighten=-0.15), sheet.tone("brick", lighten=-0.1), 0.5 * rng.random())
        canvas.drawRect(
            box(x, top, w, sheet.bottom - top),
            sweep(
                (x, 0),
                (x + w, 0),
                [(0, mix(body, sheet.scheme.haze, 0.10), 1), (1, mix(body, sheet.scheme.ink, 0.20), 1)],
            ),
        )
        _roof(sheet, x, top, w, body)
        _panes(sheet, x, top, w, base)
        if rng.random() < neon and h > 0.4 * high:
            sign(
                sheet,
                x + w * (0.2 + 0.4 * rng.random()),
                top + 0.12 * h,
                0.024 * layout.unit,
                (0.10 + 0.10 * rng.random()) * layout.unit,
            )
        x += w * (0.94 + 0.18 * rng.random())
    air = sheet.option("mist", 0.6)
    haze = sheet.scheme.haze
    import skia

    paint = down(base - high, base, [(0, haze, 0), (1, haze, 0.8 * air)])
    paint.setBlendMode(skia.BlendMode.kSrcATop)
    canvas.drawRect(box(sheet.left, base - high, sheet.right - sheet.left, sheet.bottom - base + high), paint)


def _roof(sheet: Sheet, x: float, top: float, w: float, colour: Colour) -> None:
    rng, canvas = sheet.rng, sheet.canvas
    kind = rng.random()
    if kind < 0.18:
        canvas.drawPath(
            polygon([(x + 0.12 * w, top + 1), (x + 0.5 * w, top - 0.45 * w), (x + 0.88 * w, top + 1)]), fill(colour)
        )
    elif kind < 0.42:
        canvas.drawRect(box(x + 0.2 * w, top - 0.16 * w, 0.55 * w, 0.2 * w), fill(colour))
        canvas.drawLine(
            x + 0.5 * w, top - 0.16 * w, x + 0.5 * w, top - (0.4 + 0.5 * rng.random()) * w, stroke(colour, 0.022 * w)
        )
    elif kind < 0.58:
        tank(sheet, x + 0.5 * w, top, 0.34 * w, colour)
    elif kind < 0.72:
        canvas.drawRect(box(x + 0.12 * w, top - 0.10 * w, 0.76 * w, 0.12 * w), fill(colour))
        canvas.drawRect(box(x + 0.26 * w, top - 0.20 * w, 0.48 * w, 0.12 * w), fill(colour))


def tank(sheet: Sheet, x: float, y: float, size: float, colour: Colour) -> None:
    """A water tank on legs, `size` pixels wide, standing at (x, y)."""
    canvas = sheet.canvas
    for leg in (-0.4, -0.13, 0.13, 0.4):
        canvas.drawLine(x + leg * size, y + 2, x + leg * 0.85 * size, y - 0.55 * size, stroke(colour, 0.06 * size))
    canvas.drawRect(box(x - 0.48 * size, y - 1.25 * size, 0.96 * size, 0.75 * size), fill(colour))
    canvas.drawPath(
        polygon([(x - 0.56 * size, y - 1.24 * size), (x, y - 1.68 * size), (x + 0.56 * size, y - 1.24 * size)]),
        fill(colour),
    )


def _panes(sheet: Sheet, x: float, top: float, w: float, base: float) -> None:
    rng, canvas, lamps = sheet.rng, sheet.canvas, sheet.scheme.day.lamps
    unit = sheet.layout.unit / (1 + 0.06 * sheet.layer.depth)
    pw, ph = unit * rng.uniform(0.008, 0.013), unit * rng.uniform(0.011, 0.019)
    gx, gy = pw * rng.uniform(1.7, 2.3), ph * rng.uniform(1.6, 2.1)
    dark = sheet.tone("glass", lighten=-0.35)
    warm, cool = sheet.scheme.lamp(), mix(sheet.scheme.lamp(), (0.75, 0.9, 1.0), 0.6)
    if sheet.scheme.style.duo > 0:
        warm, cool = (0.25, 0.95, 1.0), (1.0, 0.35, 0.75)
    columns = max(1, int((w - 1.2 * gx) / gx))
    inset = (w - (columns - 1) * gx - pw) / 2
    y = top + 1.2 * gy
    while y < base + 2 * gy:
        blank = rng.random() < 0.12
        for k in range(columns):
            lit = rng.random() < 0.34 * lamps
            if blank:
                continue
            colour = (warm if rng.random() < 0.7 else cool) if lit else dark
            canvas.drawRect(
                box(x + inset + k * gx, y, pw, ph), fill(colour, (0.45 + 0.5 * rng.random()) if lit else 0.30)
            )
        y += gy


def sign(sheet: Sheet, x: float, y: float, w: float, h: float) -> None:
    """An upright sign of tubes, which glow when lamps burn."""
    rng, canvas = sheet.rng, sheet.canvas
    colours: tuple[Colour, ...] = ((0.15, 0.95, 1.0), (1.0, 0.2, 0.65), (1.0, 0.85, 0.3), (1.0, 0.35, 0.25))
    colour = colours[int(rng.integers(4))]
    if sheet.scheme.day.lamps > 0.5 or sheet.scheme.style.duo > 0:
        canvas.drawRect(box(x - 0.4 * w, y - 0.4 * w, 1.8 * w, h + 0.8 * w), soft(colour, 0.9 * w, 0.55))
        canvas.drawRoundRect(box(x, y, w, h), 0.15 * w, 0.15 * w, fill(mix(colour, (0, 0, 0), 0.78)))
        tube = stroke(mix(colour, (1, 1, 1), 0.5), 0.10 * w)
    else:
        canvas.drawRoundRect(box(x, y, w, h), 0.15 * w, 0.15 * w, fill(sheet.tone("slate", lighten=-0.3)))
        tube = stroke(sheet.tone("cloth"), 0.10 * w, 0.7)
    canvas.drawRoundRect(box(x, y, w, h), 0.15 * w, 0.15 * w, tube)
    count = max(2, int(h / (1.1 * w)))
    for k in range(count):
        cy, s = y + (k + 0.5) * h / count, 0.28 * w
        for _ in range(3):
            a, b, c, d = rng.uniform(-1, 1, 4)
            canvas.drawLine(x + w / 2 + a * s, cy + b * s, x + w / 2 + c * s, cy + d * s, tube)


def fronts(sheet: Sheet) -> None:
    """The house fronts of a street: shops below, rows of windows above.

    Options: `wide` (persons), `old` for gables.
    """
    layout, rng, canvas, person = sheet.layout, sheet.rng, sheet.canvas, sheet.person
    base = sheet.base
    x = sheet.left - person * 2.0 * rng.random()
    k = 0
    while x < sheet.right:
        w = person * sheet.option("wide", 3.2) * (0.8 + 0.45 * rng.random())
        tall = person * rng.uniform(3.3, 5.6) * (1.3 if layout.tall else 1.0)
        top = base - tall
        material = ("brick", "walldark", "slate", "stone", "roofdark")[(k * 2 + int(rng.integers(2))) % 5]
        body, trim = sheet.tone(material, lighten=-0.18, lit=0.2), sheet.tone(material, lighten=0.14, lit=0.4)
        canvas.drawRect(
            box(x, top, w, base - top + 4),
            sweep((x, 0), (x + w, 0), [(0, mix(body, trim, 0.25), 1), (1, mix(body, sheet.scheme.ink, 0.22), 1)]),
        )
        canvas.drawRect(box(x - 0.03 * person, top - 0.05 * person, w + 0.06 * person, 0.16 * person), fill(trim))
        _floors(sheet, x, top, w, base, person, trim)
        _shop(sheet, x, w, base, person, k)
        x += w + 0.015 * person
        k += 1
    canvas.drawRect(
        box(sheet.left, base, sheet.right - sheet.left, sheet.bottom - base + 2),
        fill(sheet.tone("kerb", lighten=-0.25)),
    )
    lamps = sheet.scheme.day.lamps
    if lamps > 0.3:
        lamp, low = sheet.scheme.lamp(), base + 0.9 * person
        paint = down(base, low, [(0, lamp, 0.40 * lamps), (0.35, lamp, 0.20 * lamps), (1, lamp, 0.04 * lamps)])
        canvas.drawRect(box(sheet.left, base, sheet.right - sheet.left, low - base), paint)


def _floors(sheet: Sheet, x: float, top: float, w: float, base: float, person: float, trim: Colour) -> None:
    rng = sheet.rng
    count = max(2, int(w / (0.95 * person)))
    y = top + 0.42 * person
    while y < base - 2.4 * person:
        sheet.canvas.drawRect(box(x, y + 0.92 * person, w, 0.035 * person), fill(trim, 0.5))
        for k in range(count):
            wx = x + w * (k + 0.5) / count - 0.19 * person
            window(sheet, wx, y, 0.38 * person, 0.66 * person, rng.random() < 0.44, "stone")
        y += 1.18 * person


def _shop(sheet: Sheet, x: float, w: float, base: float, person: float, k: int) -> None:
    rng, canvas, day = sheet.rng, sheet.canvas, sheet.scheme.day
    colour = sheet.tone(("wooddark", "metal", "fir", "fabricdark")[k % 4], lighten=-0.15)
    canvas.drawRect(box(x + 0.06 * person, base - 1.52 * person, w - 0.12 * person, 1.54 * person), fill(colour))
    door = x + w - 0.68 * person
    pane = box(x + 0.18 * person, base - 1.16 * person, w - 1.0 * person, 0.86 * person)
    lit = rng.random() < 0.8 and day.lamps > 0.25
    if lit:
        lamp = sheet.scheme.lamp()
        glow(sheet, (x + 0.4 * w, base - 0.7 * person), 1.5 * person, lamp, 0.30 * day.lamps)
        canvas.drawRect(
            pane,
            down(
                base - 1.16 * person,
                base - 0.3 * person,
                [(0, mix(lamp, (1, 1, 1), 0.25), 1), (1, mix(lamp, (0.75, 0.35, 0.15), 0.45), 1)],
            ),
        )
    else:
        canvas.drawRect(
            pane,
            down(
                base - 1.16 * person,
                base - 0.3 * person,
                [(0, sheet.tone("glass"), 1), (1, sheet.tone("glass", lighten=-0.45), 1)],
            ),
        )
    for j in range(1, 3):
        canvas.drawRect(
            box(x + 0.18 * person + (w - 1.0 * person) * j / 3, base - 1.16 * person, 0.03 * person, 0.86 * person),
            fill(colour),
        )
    canvas.drawRect(
        box(door, base - 1.20 * person, 0.50 * person, 1.20 * person), fill(sheet.tone("wooddark", lighten=-0.35))
    )
    canvas.drawRect(
        box(door + 0.07 * person, base - 1.12 * person, 0.36 * person, 0.55 * person),
        fill(sheet.scheme.lamp() if lit else sheet.tone("glass", lighten=-0.3), 0.8),
    )
    left, right, top = x + 0.10 * person, x + w - 0.78 * person, base - 1.46 * person
    count = max(3, int((right - left) / (0.22 * person)))
    cloth, pale = (
        sheet.tone(("awning", "fir", "flowergold", "flowerblue")[(k + 1) % 4], lit=0.3),
        sheet.tone("cloth", lit=0.3),
    )
    for j in range(count):
        a, b = left + (right - left) * j / count, left + (right - left) * (j + 1) / count
        low = top + 0.30 * person
        flare = 0.10 * person
        canvas.drawPath(
            curve(
                [
                    (a, top),
                    (b, top),
                    (b + flare * ((j + 1) / count - 0.5) * 2, low),
                    ((a + b) / 2 + flare * ((j + 0.5) / count - 0.5) * 2, low + 0.055 * person),
                    (a + flare * (j / count - 0.5) * 2, low),
                ]
            ),
            fill(cloth if j % 2 else pale),
        )


def pavement(sheet: Sheet) -> None:
    """Pavement with slabs, a kerb and the roadway before it; wet in rain. Option `lamps`: how many light it."""
    layout, person, canvas, rng = sheet.layout, sheet.person, sheet.canvas, sheet.rng
    white = sheet.scheme.weather.white > 0
    y = sheet.base - 0.20 * person
    kerb = sheet.base + 0.16 * person
    slab = "snow" if white else "kerb"
    canvas.drawRect(
        box(sheet.left, y, sheet.right - sheet.left, kerb - y),
        down(y, kerb, [(0, sheet.tone(slab, lighten=-0.28), 1), (1, sheet.tone(slab, lit=0.2, lighten=-0.08), 1)]),
    )
    cx = layout.width / 2
    for k in range(-40, 41):
        x = cx + k * 0.62 * person
        canvas.drawLine(
            cx + (x - cx) * 0.90, y, x * 1.0, kerb, stroke(sheet.tone("road", lighten=-0.35), 0.008 * person, 0.5)
        )
    canvas.drawLine(
        sheet.left,
        y + 0.13 * person,
        sheet.right,
        y + 0.13 * person,
        stroke(sheet.tone("road", lighten=-0.35), 0.008 * person, 0.5),
    )
    canvas.drawRect(
        box(sheet.left, kerb, sheet.right - sheet.left, 0.055 * person), fill(sheet.tone(slab, lighten=-0.40))
    )
    _lit_spots(sheet, y, kerb)
    road = "snow" if white else "road"
    canvas.drawRect(
        box(sheet.left, kerb + 0.055 * person, sheet.right - sheet.left, sheet.bottom),
        down(kerb, layout.height, [(0, sheet.tone(road, lighten=-0.30), 1), (1, sheet.tone(road, lighten=-0.52), 1)]),
    )
    for _ in range(220):
        x, d = sheet.left + rng.random() * (sheet.right - sheet.left), rng.random()
        yy = kerb + 0.08 * person + d * max(1.0, sheet.bottom - kerb)
        canvas.drawLine(
            x,
            yy,
            x + person * rng.uniform(0.05, 0.22),
            yy,
            stroke(sheet.tone("kerb", lighten=-0.2), 0.006 * person, 0.22),
        )


def _lit_spots(sheet: Sheet, top: float, kerb: float) -> None:
    """What shop windows and street lamps throw on the pavement at night."""
    day, person, layout = sheet.scheme.day, sheet.person, sheet.layout
    if day.lamps < 0.3:
        pool(sheet, (0.56 * layout.width, sheet.base), 0.46 * layout.width, 0.26 * person)
        return
    lamp = sheet.scheme.lamp()
    spill = down(top, kerb, [(0, lamp, 0.34 * day.lamps), (0.6, lamp, 0.10 * day.lamps), (1, lamp, 0.0)])
    sheet.canvas.drawRect(box(sheet.left, top, sheet.right - sheet.left, kerb - top), spill)
    for x in lamp_places(sheet.layout, sheet.option("lamps", 2.4)):
        if sheet.left - person < x < sheet.right + person:
            pool(sheet, (x, top + 0.10 * person), 0.95 * person, 0.24 * person, lamp=True)


def wires(sheet: Sheet) -> None:
    """Cables and a string of lamps across the top of the frame, out of focus."""
    layout, canvas, rng = sheet.layout, sheet.canvas, sheet.rng
    ink = sheet.tone("metal", lighten=-0.6)
    for k in range(3):
        y = layout.height * (0.02 + 0.05 * k)
        sag = layout.unit * (0.06 + 0.05 * rng.random())
        points = [(sheet.left, y), ((sheet.left + sheet.right) / 2, y + sag), (sheet.right, y - 0.02 * layout.unit)]
        canvas.drawPath(curve(points, False), stroke(ink, 0.004 * layout.unit))


BRUSHES = {"skyline": skyline, "fronts": fronts, "pavement": pavement, "wires": wires}
RULED = frozenset({"skyline", "fronts", "pavement", "wires"})
