"""Things that stand out of doors: signpost, boulder, tent, camp fire, lantern on its post.

Each stands at the option `x` (part of the frame's width), `turned` 1 to the right or -1 to the left; `bare` ground
has no grass, `snowy` puts snow on it. Sizes are in heights of a person at the sheet's depth. Knows no places.
"""

from __future__ import annotations

from scenes.backends.animatic.brushes.sheet import Point, Sheet, box, curve, down, fill, glow, polygon, stroke
from scenes.backends.animatic.figure import Colour
from scenes.backends.animatic.light import mix, rgb
from scenes.backends.animatic.scheme import saturate


def frame_of(sheet: Sheet) -> tuple[float, float, float, float]:
    """Where the thing stands and its measure: x, y, height of a person, the way it is turned."""
    return sheet.x(sheet.option("x", 0.5)), sheet.base, sheet.person, sheet.option("turned", 1.0)


def dyed(sheet: Sheet) -> Colour | None:
    """The colour that the author gave to the thing (options `red`, `green`, `blue`), or None."""
    if "red" not in sheet.layer.options:
        return None
    return sheet.option("red", 0.0), sheet.option("green", 0.0), sheet.option("blue", 0.0)


def dye(sheet: Sheet, local: Colour, lighten: float = 0.0, lit: float = 0.0) -> Colour:
    """Any local colour in the scene's light: between what the light makes of black and what it makes of white."""
    low, high = sheet.tone("ink", lighten=lighten, lit=lit), sheet.tone("snow", lighten=lighten, lit=lit)
    r, g, b = saturate(local, sheet.scheme.style.saturation)
    return (
        low[0] + (high[0] - low[0]) * r,
        low[1] + (high[1] - low[1]) * g,
        low[2] + (high[2] - low[2]) * b,
    )


def hue(sheet: Sheet, material: str, lighten: float = 0.0, lit: float = 0.0) -> Colour:
    """The material, or the colour that the author gave to the thing instead."""
    own = dyed(sheet)
    if own is None:
        return sheet.tone(material, lighten=lighten, lit=lit)
    return dye(sheet, mix(own, (1.0, 1.0, 1.0) if lighten > 0 else (0.05, 0.05, 0.10), abs(lighten)), lit=lit)


def signpost(sheet: Sheet) -> None:
    """A weathered post with three arrow boards that point different ways; nothing is written on them."""
    x, y, p, turned = frame_of(sheet)
    post, grain = sheet.tone("wooddark", lit=0.2), sheet.tone("wooddark", lighten=-0.35)
    shape = [(x - 0.035, 0.02), (x - 0.03, -1.12), (x, -1.17), (x + 0.028, -1.12), (x + 0.038, 0.02)]
    sheet.canvas.drawPath(polygon([(x + (a - x) * p, y + b * p) for a, b in shape]), fill(post))
    sheet.canvas.drawLine(x + 0.008 * p, y, x + 0.004 * p, y - 1.1 * p, stroke(grain, 0.01 * p, 0.6))
    for high, long, side, tilt in (
        (1.04, 0.62, turned, -0.03),
        (0.84, 0.54, -turned, 0.025),
        (0.65, 0.46, turned, 0.03),
    ):
        _board(sheet, (x, y - high * p), p * long, side, tilt * p)
    if sheet.option("bare", 0.0) or sheet.scheme.weather.white:
        return
    blades = sheet.tone("turf", lighten=-0.12)
    for k in range(9):
        foot = x + (k - 4) * 0.022 * p
        sheet.canvas.drawLine(
            foot, y + 0.03 * p, foot + (k - 4) * 0.008 * p, y - (0.05 + 0.03 * (k % 3)) * p, stroke(blades, 0.012 * p)
        )


def _board(sheet: Sheet, middle: Point, long: float, side: float, tilt: float) -> None:
    x, y = middle
    h = 0.115 * sheet.person
    back, tip = x - 0.28 * side * long, x + 0.72 * side * long
    shape = [(back, y - h / 2 - tilt * 0.3), (tip - 0.6 * side * h, y - h / 2 + tilt), (tip, y + tilt)]
    shape += [(tip - 0.6 * side * h, y + h / 2 + tilt), (back, y + h / 2 - tilt * 0.3), (back + 0.2 * side * h, y)]
    wood = hue(sheet, "wood", lighten=0.14, lit=0.6)
    sheet.canvas.drawPath(polygon([(a, b + 0.014 * sheet.person) for a, b in shape]), fill(sheet.tone("wooddark"), 0.7))
    sheet.canvas.drawPath(polygon(shape), fill(wood))
    line = stroke(sheet.tone("wood", lighten=-0.25), 0.008 * sheet.person, 0.55)
    for up in (-0.2, 0.18):
        sheet.canvas.drawLine(back + 0.25 * side * h, y + up * h, tip - 0.9 * side * h, y + up * h + 0.8 * tilt, line)
    for at in (-0.03, 0.03):
        sheet.canvas.drawCircle(x + at * sheet.person, y, 0.009 * sheet.person, fill(sheet.tone("metal")))


def boulder(sheet: Sheet) -> None:
    """A great round rock with facets, lit from the light's side, half sunk into the ground."""
    x, y, p, _ = frame_of(sheet)
    side = 1.0 if sheet.scheme.day.sun_x > 0.5 else -1.0
    body, dark = hue(sheet, "rock", lit=0.25), hue(sheet, "rockdark", lighten=-0.15)
    edge = [(-0.58, 0.06), (-0.60, -0.22), (-0.46, -0.56), (-0.16, -0.78), (0.18, -0.76), (0.46, -0.54)]
    edge += [(0.60, -0.20), (0.57, 0.06), (0.2, 0.1), (-0.25, 0.1)]
    rng = sheet.rng
    edge = [(a + rng.uniform(-0.025, 0.025), b + rng.uniform(-0.025, 0.025)) for a, b in edge]

    def put(points: list[Point]) -> list[Point]:
        return [(x + side * a * p, y + b * p) for a, b in points]

    sheet.canvas.drawPath(polygon(put(edge)), fill(body))
    lit = [edge[3], edge[4], edge[5], (0.22, -0.44), (-0.06, -0.52)]
    sheet.canvas.drawPath(polygon(put(lit)), fill(hue(sheet, "rock", lighten=0.14, lit=0.9), 0.8))
    sheet.canvas.drawPath(polygon(put([edge[5], edge[6], edge[7], (0.26, -0.06), (0.22, -0.44)])), fill(body))
    shade = [edge[0], edge[1], edge[2], edge[3], (-0.06, -0.52), (-0.22, -0.14), (-0.18, 0.1)]
    sheet.canvas.drawPath(polygon(put(shade)), fill(dark, 0.62))
    crack = stroke(sheet.tone("rockdark", lighten=-0.45), 0.014 * p, 0.7)
    sheet.canvas.drawPath(polygon(put([(0.22, -0.44), (0.12, -0.3), (0.16, -0.16), (0.08, -0.04)]), False), crack)
    if sheet.scheme.weather.white or sheet.option("snowy", 0.0):
        cap = [edge[2], edge[3], edge[4], edge[5], (0.3, -0.52), (0.05, -0.62), (-0.24, -0.54)]
        sheet.canvas.drawPath(curve(put(cap)), fill(sheet.tone("snow", lit=0.5)))
    if sheet.option("bare", 0.0) or sheet.scheme.weather.white:
        return
    moss = sheet.tone("turf", lighten=-0.12)
    for k in range(26):
        foot = x + (k / 25 - 0.5) * 1.24 * p
        tall = (0.05 + 0.07 * rng.random()) * p
        sheet.canvas.drawLine(
            foot, y + 0.11 * p, foot + 0.03 * p * rng.normal(), y + 0.11 * p - tall, stroke(moss, 0.014 * p)
        )


def tent(sheet: Sheet) -> None:
    """A ridge tent with an open flap and guy ropes; after dark a lamp burns in it."""
    x, y, p, turned = frame_of(sheet)
    cloth, shade, inside = (
        hue(sheet, "hay", lit=0.5),
        hue(sheet, "hay", lighten=-0.28),
        sheet.tone("wooddark", lighten=-0.4),
    )
    lamps = sheet.scheme.day.lamps

    def put(points: list[Point]) -> list[Point]:
        return [(x + turned * a * p, y + b * p) for a, b in points]

    rope = stroke(sheet.tone("cloth", lighten=-0.2), 0.010 * p, 0.8)
    for a, b, c in ((0.30, -1.0, 0.98), (-0.62, -0.92, -1.08)):
        start, stop = put([(a, b), (c, 0.04)])
        sheet.canvas.drawLine(*start, *stop, rope)
    sheet.canvas.drawPath(polygon(put([(0.30, -1.0), (-0.62, -0.92), (-0.98, 0.0), (-0.14, 0.05)])), fill(shade))
    sheet.canvas.drawPath(polygon(put([(0.30, -1.0), (-0.14, 0.05), (0.74, 0.05)])), fill(cloth))
    warm = mix(inside, sheet.scheme.lamp(), 0.85) if lamps > 0.3 else inside
    sheet.canvas.drawPath(
        polygon(put([(0.30, -0.84), (0.10, 0.05), (0.54, 0.05)])),
        down(y - 0.84 * p, y, [(0, mix(warm, inside, 0.5), 1), (1, warm, 1)]),
    )
    sheet.canvas.drawPath(
        curve(put([(0.30, -0.84), (0.20, -0.4), (0.05, 0.05), (-0.04, 0.05), (0.12, -0.4)])), fill(cloth)
    )
    seam = stroke(hue(sheet, "hay", lighten=-0.4), 0.012 * p, 0.6)
    for at in (0.33, 0.66):
        start, stop = put([(0.30 - 0.92 * at, -1.0 + 0.08 * at), (-0.14 - 0.84 * at, 0.05 - 0.05 * at)])
        sheet.canvas.drawLine(*start, *stop, seam)
    if lamps > 0.3:
        glow(sheet, put([(0.32, -0.25)])[0], 0.9 * p, sheet.scheme.lamp(), 0.7 * lamps)


def campfire(sheet: Sheet) -> None:
    """Logs and stones of a fire; the flames are a sheet of their own."""
    x, y, p, _ = frame_of(sheet)
    for k in range(9):
        a = (k - 4) / 4
        sheet.canvas.drawOval(
            box(x + a * 0.27 * p - 0.05 * p, y + (0.055 - 0.05 * a * a) * p, 0.10 * p, 0.075 * p),
            fill(sheet.tone("rock" if k % 2 else "rockdark", lit=0.3)),
        )
    for a, b in ((-0.22, 0.14), (0.22, -0.14), (-0.12, 0.2), (0.15, -0.19)):
        sheet.canvas.drawLine(
            x + a * p, y + 0.06 * p, x + b * p * 0.6, y - 0.07 * p, stroke(sheet.tone("wooddark", lit=0.2), 0.055 * p)
        )


def flames(sheet: Sheet) -> None:
    """Tongues of fire: red without, yellow within."""
    x, y, p, _ = frame_of(sheet)
    for scale, colour in ((1.0, rgb("#e2521f")), (0.74, rgb("#f6962b")), (0.46, rgb("#ffdf80"))):
        for at, tall, wide in ((0.0, 0.50, 0.11), (-0.10, 0.32, 0.08), (0.11, 0.36, 0.085), (0.03, 0.40, 0.08)):
            h, w, mid = tall * scale * p, wide * (0.4 + 0.6 * scale) * p, x + at * p * (0.5 + 0.5 * scale)
            points = [(mid - w, y + 0.01 * p), (mid - 0.75 * w, y - 0.36 * h), (mid - 0.1 * w, y - 0.6 * h)]
            points += [
                (mid + 0.15 * w, y - h),
                (mid + 0.6 * w, y - 0.5 * h),
                (mid + w, y - 0.1 * h),
                (mid, y + 0.03 * p),
            ]
            sheet.canvas.drawPath(curve(points), fill(colour, 0.92))


def firelight(sheet: Sheet) -> None:
    """The light of a flame on what is about it. Options: `high` above the ground, `far` its reach."""
    x, y, p, _ = frame_of(sheet)
    strength = 0.35 + 0.45 * min(1.0, sheet.scheme.day.lamps + sheet.scheme.day.backlight)
    glow(sheet, (x, y - sheet.option("high", 0.2) * p), sheet.option("far", 1.0) * p, (1.0, 0.66, 0.30), strength)


def lantern_post(sheet: Sheet) -> None:
    """A wooden post with an arm from which a lantern hangs."""
    x, y, p, turned = frame_of(sheet)
    wood = stroke(hue(sheet, "wooddark", lit=0.2), 0.05 * p)
    arm = x + turned * 0.26 * p
    sheet.canvas.drawLine(x, y + 0.02 * p, x, y - 1.5 * p, wood)
    sheet.canvas.drawLine(
        x - turned * 0.05 * p, y - 1.44 * p, arm, y - 1.44 * p, stroke(hue(sheet, "wooddark"), 0.035 * p)
    )
    sheet.canvas.drawLine(
        x, y - 1.24 * p, x + turned * 0.17 * p, y - 1.43 * p, stroke(hue(sheet, "wooddark"), 0.028 * p)
    )
    metal = sheet.tone("metal", lighten=-0.3)
    on = sheet.scheme.day.lamps > 0.3
    light = mix(sheet.scheme.lamp(), (1, 1, 1), 0.4) if on else sheet.tone("glass", lit=0.4)
    sheet.canvas.drawLine(arm, y - 1.44 * p, arm, y - 1.36 * p, stroke(metal, 0.012 * p))
    sheet.canvas.drawRect(box(arm - 0.055 * p, y - 1.33 * p, 0.11 * p, 0.15 * p), fill(light))
    for at in (-0.055, 0.0, 0.055):
        sheet.canvas.drawLine(arm + at * p, y - 1.33 * p, arm + at * p, y - 1.18 * p, stroke(metal, 0.012 * p))
    roof = [(arm - 0.08 * p, y - 1.32 * p), (arm, y - 1.39 * p), (arm + 0.08 * p, y - 1.32 * p)]
    sheet.canvas.drawPath(polygon(roof), fill(metal))
    sheet.canvas.drawRect(box(arm - 0.07 * p, y - 1.19 * p, 0.14 * p, 0.025 * p), fill(metal))
    if on:
        glow(sheet, (arm, y - 1.26 * p), 0.5 * p, sheet.scheme.lamp(), 0.9 * sheet.scheme.day.lamps)
        glow(sheet, (arm, y - 1.26 * p), 1.4 * p, sheet.scheme.lamp(), 0.3 * sheet.scheme.day.lamps)


BRUSHES = {
    "signpost": signpost,
    "boulder": boulder,
    "tent": tent,
    "campfire": campfire,
    "flames": flames,
    "firelight": firelight,
    "lantern post": lantern_post,
}
RULED = frozenset({"signpost"})
