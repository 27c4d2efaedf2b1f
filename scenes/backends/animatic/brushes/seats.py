"""Things that stand on a floor or the grass: throne, table, chair, candle and bouquet on their stands, suitcase.

Each stands at the option `x` (part of the frame's width), `turned` 1 to the right or -1 to the left. Sizes are in
heights of a person at the sheet's depth. Knows no places.
"""

from __future__ import annotations

from collections.abc import Sequence

from scenes.backends.animatic.brushes.sheet import Point, Sheet, box, curve, fill, polygon, stroke
from scenes.backends.animatic.brushes.wayside import frame_of, hue
from scenes.backends.animatic.figure import Colour
from scenes.backends.animatic.light import rgb


def throne(sheet: Sheet) -> None:
    """A throne hewn of stone, seen from the side: step, block, a high back with a rounded head, an arm behind."""
    x, y, p, turned = frame_of(sheet)
    lit, body, dark = hue(sheet, "stone", lighten=0.1, lit=0.8), hue(sheet, "stone", lit=0.2), hue(sheet, "stonedark")

    def put(points: Sequence[Point]) -> list[Point]:
        return [(x + turned * a * p, y + b * p) for a, b in points]

    def block(points: Sequence[Point], colour: Colour) -> None:
        sheet.canvas.drawPath(polygon(put(points)), fill(colour))

    back = [(-0.36, 0.0), (-0.37, -1.02), (-0.30, -1.14), (-0.16, -1.14), (-0.10, -1.02), (-0.08, 0.0)]
    block(back, body)
    block([(-0.20, -0.30), (-0.20, -0.98), (-0.15, -1.06), (-0.11, -0.98), (-0.08, -0.30)], dark)
    for high in (0.36, 0.68):
        start, stop = put([(-0.36, -high), (-0.21, -high + 0.01)])
        sheet.canvas.drawLine(*start, *stop, stroke(hue(sheet, "stonedark", lighten=-0.2), 0.012 * p, 0.7))
    block([(-0.14, -0.30), (-0.14, -0.50), (0.20, -0.50), (0.24, -0.46), (0.22, -0.30)], dark)
    block([(-0.30, 0.0), (-0.30, -0.27), (0.26, -0.27), (0.26, 0.0)], body)
    block([(-0.32, -0.25), (-0.32, -0.305), (0.29, -0.305), (0.29, -0.25)], lit)
    block([(-0.50, 0.055), (-0.47, -0.02), (0.52, -0.02), (0.56, 0.055)], hue(sheet, "stone", lighten=-0.08, lit=0.4))
    block([(-0.47, -0.02), (-0.45, -0.05), (0.49, -0.05), (0.52, -0.02)], lit)
    start, stop = put([(-0.02, -0.25), (-0.01, -0.05)])
    sheet.canvas.drawLine(*start, *stop, stroke(hue(sheet, "stonedark", lighten=-0.2), 0.012 * p, 0.7))
    block([(-0.37, -1.02), (-0.30, -1.14), (-0.16, -1.14), (-0.18, -1.10), (-0.28, -1.10), (-0.34, -1.0)], lit)


def desk(sheet: Sheet) -> None:
    """A plain wooden table with a jug and a cup on it."""
    x, y, p, _ = frame_of(sheet)
    dark, wood = hue(sheet, "wooddark", lit=0.2), hue(sheet, "wood", lit=0.5)
    for at in (-0.46, -0.34, 0.34, 0.46):
        sheet.canvas.drawLine(x + at * p, y + 0.01 * p, x + 0.97 * at * p, y - 0.46 * p, stroke(dark, 0.045 * p))
    sheet.canvas.drawRect(box(x - 0.50 * p, y - 0.46 * p, 1.0 * p, 0.07 * p), fill(dark))
    sheet.canvas.drawRect(box(x - 0.56 * p, y - 0.51 * p, 1.12 * p, 0.055 * p), fill(wood))
    jug = [
        (-0.20, 0),
        (-0.25, -0.09),
        (-0.19, -0.17),
        (-0.20, -0.22),
        (-0.09, -0.22),
        (-0.10, -0.17),
        (-0.05, -0.09),
        (-0.09, 0),
    ]
    sheet.canvas.drawPath(
        curve([(x + a * p, y - 0.505 * p + b * p) for a, b in jug]), fill(sheet.tone("slate", lit=0.5))
    )
    sheet.canvas.drawRoundRect(
        box(x + 0.12 * p, y - 0.59 * p, 0.075 * p, 0.085 * p),
        0.015 * p,
        0.015 * p,
        fill(sheet.tone("flowerwhite", lit=0.4)),
    )


def chair(sheet: Sheet) -> None:
    """A wooden chair with a rush seat, seen from the side."""
    x, y, p, turned = frame_of(sheet)
    wood, dark = hue(sheet, "wood", lit=0.4), hue(sheet, "wooddark", lit=0.1)

    def rail(start: Point, stop: Point, width: float, colour: Colour) -> None:
        (a, b), (c, d) = start, stop
        sheet.canvas.drawLine(x + turned * a * p, y + b * p, x + turned * c * p, y + d * p, stroke(colour, width * p))

    rail((-0.12, -0.01), (-0.11, -0.28), 0.03, dark)
    rail((0.17, -0.01), (0.15, -0.28), 0.03, dark)
    rail((-0.20, 0.02), (-0.16, -0.29), 0.034, wood)
    rail((-0.16, -0.29), (-0.23, -0.64), 0.034, wood)
    rail((0.12, 0.02), (0.12, -0.28), 0.034, wood)
    rail((-0.16, -0.12), (0.12, -0.12), 0.020, dark)
    for up in (0.42, 0.52, 0.61):
        rail((-0.185 - 0.1 * (up - 0.42), -up), (-0.115 - 0.1 * (up - 0.42), -up + 0.012), 0.032, wood)
    rail((-0.18, -0.295), (0.16, -0.295), 0.05, sheet.tone("hay", lit=0.4))


def _stand(sheet: Sheet) -> tuple[float, float, float]:
    """A small round table on one foot; gives x and y of its top and the measure."""
    x, y, p, _ = frame_of(sheet)
    wood = sheet.tone("wooddark", lit=0.3)
    for side in (-1, 1):
        sheet.canvas.drawPath(
            curve([(x, y - 0.12 * p), (x + side * 0.07 * p, y - 0.05 * p), (x + side * 0.14 * p, y + 0.01 * p)], False),
            stroke(wood, 0.03 * p),
        )
    sheet.canvas.drawLine(x, y - 0.02 * p, x, y - 0.52 * p, stroke(wood, 0.042 * p))
    sheet.canvas.drawOval(box(x - 0.19 * p, y - 0.555 * p, 0.38 * p, 0.06 * p), fill(wood))
    sheet.canvas.drawOval(box(x - 0.19 * p, y - 0.57 * p, 0.38 * p, 0.06 * p), fill(sheet.tone("wood", lit=0.6)))
    return x, y - 0.54 * p, p


def candle(sheet: Sheet) -> None:
    """A burning candle in a brass holder on a small stand."""
    x, y, p = _stand(sheet)
    brass = sheet.tone("brass", lit=0.5)
    sheet.canvas.drawOval(box(x - 0.08 * p, y - 0.025 * p, 0.16 * p, 0.04 * p), fill(brass))
    sheet.canvas.drawRect(box(x - 0.028 * p, y - 0.06 * p, 0.056 * p, 0.05 * p), fill(brass))
    sheet.canvas.drawRect(
        box(x - 0.020 * p, y - 0.19 * p, 0.04 * p, 0.14 * p), fill(hue(sheet, "flowerwhite", lit=0.5))
    )
    flame = [(x - 0.018 * p, y - 0.21 * p), (x - 0.012 * p, y - 0.25 * p), (x + 0.002 * p, y - 0.30 * p)]
    flame += [(x + 0.014 * p, y - 0.25 * p), (x + 0.018 * p, y - 0.21 * p), (x, y - 0.195 * p)]
    sheet.canvas.drawPath(curve(flame), fill(rgb("#ffd56b")))


def bouquet(sheet: Sheet) -> None:
    """Cut flowers in a vase on a small stand."""
    x, y, p = _stand(sheet)
    stem = stroke(sheet.tone("leaf", lit=0.3), 0.014 * p)
    heads: list[tuple[float, float, str]] = []
    for k in range(11):
        a = (k - 5) / 5
        tall = 0.40 - 0.13 * a * a - 0.06 * (k % 2)
        heads.append((x + 0.19 * a * p, y - tall * p, ("blossom", "flowerwhite", "flower", "flowergold")[k % 4]))
        sheet.canvas.drawLine(x + 0.03 * a * p, y - 0.14 * p, x + 0.19 * a * p, y - tall * p, stem)
        sheet.canvas.drawOval(
            box(x + (0.13 * a - 0.03) * p, y - (0.62 * tall + 0.03) * p, 0.06 * p, 0.045 * p),
            fill(sheet.tone("leafdark", lit=0.3)),
        )
    for hx, hy, colour in heads:
        sheet.canvas.drawCircle(hx, hy, 0.043 * p, fill(hue(sheet, colour, lit=0.4)))
        sheet.canvas.drawCircle(hx, hy, 0.018 * p, fill(sheet.tone(colour, lighten=-0.25)))
    vase = [
        (-0.05, 0.0),
        (-0.08, -0.07),
        (-0.04, -0.14),
        (-0.06, -0.18),
        (0.06, -0.18),
        (0.04, -0.14),
        (0.08, -0.07),
        (0.05, 0.0),
    ]
    sheet.canvas.drawPath(
        curve([(x + a * p, y + b * p) for a, b in vase]), fill(sheet.tone("slate", lighten=0.1, lit=0.5))
    )


def suitcase(sheet: Sheet) -> None:
    """Two leather suitcases, one upon the other, with straps and brass corners."""
    x, y, p, turned = frame_of(sheet)
    cases = ((0.0, 0.02, 0.50, 0.26, "wood"), (0.03, -0.24, 0.38, 0.18, "wooddark"))
    for shift, low, wide, tall, leather in cases:
        left, top = x + turned * shift * p - wide / 2 * p, y + (low - tall) * p
        colour = hue(sheet, leather, lighten=0.08, lit=0.4)
        sheet.canvas.drawRoundRect(box(left, top, wide * p, tall * p), 0.03 * p, 0.03 * p, fill(colour))
        edge = stroke(sheet.tone("wooddark", lighten=-0.2), 0.012 * p, 0.8)
        sheet.canvas.drawLine(left, top + 0.36 * tall * p, left + wide * p, top + 0.36 * tall * p, edge)
        for at in (0.22, 0.78):
            strap = sheet.tone("wooddark", lighten=-0.25)
            sheet.canvas.drawRect(box(left + (at * wide - 0.018) * p, top, 0.036 * p, tall * p), fill(strap))
            buckle = box(left + (at * wide - 0.022) * p, top + 0.30 * tall * p, 0.044 * p, 0.03 * p)
            sheet.canvas.drawRect(buckle, fill(sheet.tone("brass", lit=0.5)))
    grip = [
        (x + turned * 0.03 * p + a * p, y - b * p)
        for a, b in ((-0.06, 0.42), (-0.04, 0.47), (0.04, 0.47), (0.06, 0.42))
    ]
    sheet.canvas.drawPath(curve(grip, False), stroke(sheet.tone("wooddark", lighten=-0.3), 0.022 * p))


BRUSHES = {"throne": throne, "desk": desk, "chair": chair, "candle": candle, "bouquet": bouquet, "suitcase": suitcase}
RULED = frozenset({"throne", "desk", "chair", "candle", "suitcase"})
