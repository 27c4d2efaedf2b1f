"""Trees: firs in tiers, leafy crowns built of many small tufts, bare trunks, and boughs that hang into the frame.

Every tree stands at a point and has a height in pixels. Knows no places.
"""

from __future__ import annotations

import math

from scenes.backends.animatic.brushes.sheet import Point, Sheet, box, curve, fill, polygon, stroke
from scenes.backends.animatic.figure import Colour
from scenes.backends.animatic.light import mix

_APART = 1.05
"""How far apart trunks stand beyond the edges of the frame, in frame widths: a camera that goes along passes few."""
_FRAMING = 0.4
"""From which half width of a clearing on its trunks frame the picture."""
_DOT = 2.0
"""Radius in pixels under which a clump of leaves shows no scallops."""


def fir(sheet: Sheet, x: float, y: float, h: float, haze: float = 0.0) -> None:
    """A fir with drooping, ragged tiers and a lit side."""
    rng, canvas = sheet.rng, sheet.canvas
    body, lit = sheet.tone("fir", haze), sheet.tone("fir", haze, lighten=0.10, lit=0.7)
    side = 1.0 if sheet.scheme.day.sun_x > 0.5 else -1.0
    canvas.drawPath(
        polygon([(x - 0.018 * h, y), (x - 0.010 * h, y - 0.5 * h), (x + 0.010 * h, y - 0.5 * h), (x + 0.018 * h, y)]),
        fill(sheet.tone("bark", haze)),
    )
    n = int(min(11, max(5, h / 11)))
    wide = h * (0.155 + 0.05 * rng.random())
    edges: list[tuple[list[Point], list[Point]]] = []
    for k in range(n):
        low = (k + 1) / n
        y0, y1 = y - h + h * 0.90 * (k / n) ** 1.05, y - h + h * 0.92 * low
        r = wide * (0.10 + 0.95 * low**0.92)
        edges.append((_tier(sheet, x, y0, y1, r, -1.0), _tier(sheet, x, y0, y1, r, 1.0)))
    for left, right in reversed(edges):
        canvas.drawPath(polygon([*left, *reversed(right)]), fill(body))
        half = right if side > 0 else left
        canvas.drawPath(
            polygon([half[0], *half[1:-1], (x + side * 0.12 * wide, half[-1][1] - 0.02 * h)]), fill(lit, 0.34)
        )
    if sheet.scheme.weather.white or sheet.option("snowy", 0.0):
        white = sheet.tone("snow", haze, lit=0.4)
        for left, right in edges[1:]:
            for flank, direction in ((left, -1.0), (right, 1.0)):
                tip = flank[-3]
                canvas.drawPath(
                    curve(
                        [
                            (x, flank[0][1] + 0.03 * h),
                            ((x + tip[0]) / 2, (flank[0][1] + tip[1]) / 2 - 0.004 * h),
                            (tip[0], tip[1]),
                            ((x + tip[0]) / 2 - direction * 0.01 * h, (flank[0][1] + tip[1]) / 2 + 0.022 * h),
                        ]
                    ),
                    fill(white, 0.88),
                )


def _tier(sheet: Sheet, x: float, y0: float, y1: float, r: float, side: float) -> list[Point]:
    rng = sheet.rng
    reach = r * (0.86 + 0.28 * rng.random())
    drop = (y1 - y0) * 0.10
    return [
        (x, y0),
        (x + side * 0.34 * reach, y0 + 0.48 * (y1 - y0)),
        (x + side * 0.72 * reach, y0 + 0.82 * (y1 - y0)),
        (x + side * reach, y1 + drop),
        (x + side * 0.70 * reach, y1 - 0.6 * drop),
        (x + side * 0.46 * reach, y1 + 0.7 * drop),
        (x, y1 - 0.5 * drop),
    ]


def tuft(sheet: Sheet, x: float, y: float, r: float, colour: Colour, alpha: float = 1.0) -> None:
    """A small scalloped clump of leaves of radius `r` pixels."""
    n = 7
    turn, *chances = sheet.rng.random(1 + 2 * n).tolist()
    if r < _DOT:
        sheet.canvas.drawOval(box(x - 0.9 * r, y - 0.8 * r, 1.8 * r, 1.6 * r), fill(colour, alpha))
        return
    points: list[Point] = []
    for k, chance in enumerate(chances):
        a = 2 * math.pi * (0.5 * k + turn) / n
        q = r * (0.80 if k % 2 else 1.0) * (0.92 + 0.16 * chance)
        points.append((x + q * math.cos(a), y + 0.86 * q * math.sin(a)))
    sheet.canvas.drawPath(curve(points), fill(colour, alpha))


def crown(sheet: Sheet, x: float, y: float, width: float, height: float, leaf: str, haze: float = 0.0) -> None:
    """Foliage in an ellipse: three depths of tufts from shadow to light, small leaves on its rim."""
    rng = sheet.rng
    side = 1.0 if sheet.scheme.day.sun_x > 0.5 else -1.0
    shadow = {"leaf": ("leafdark", -0.22), "cherry": ("blossom", 0.12)}.get(leaf, (leaf, -0.22))
    dark = sheet.tone(shadow[0], haze, lighten=shadow[1])
    middle, light = sheet.tone(leaf, haze), sheet.tone(leaf, haze, lighten=0.16, lit=0.8)
    unit = math.sqrt(width * height)
    lobes: list[tuple[float, float, float]] = []
    for k in range(9):
        a = 2 * math.pi * k / 9 + 0.5 * rng.random()
        d = 0.52 + 0.16 * rng.random()
        lobes.append(
            (
                x + width * 0.5 * d * math.cos(a) * 1.25,
                y + height * 0.5 * d * math.sin(a) * 1.2,
                unit * (0.20 + 0.07 * rng.random()),
            )
        )
    lobes.append((x, y, unit * 0.34))
    for lx, ly, r in lobes:
        tuft(sheet, lx, ly, r * 1.08, dark)
    for lx, ly, r in lobes:
        for _ in range(5):
            a, d = rng.random() * 6.28, r * (0.72 + 0.42 * rng.random())
            tuft(sheet, lx + d * math.cos(a), ly + d * math.sin(a), unit * 0.042 * (0.7 + 0.8 * rng.random()), dark)
    for tone_share, shift, spread, size in (
        (0.0, 0.05, 0.95, 0.085),
        (0.55, 0.14, 0.80, 0.070),
        (1.0, 0.22, 0.62, 0.052),
    ):
        for lx, ly, r in lobes:
            for _ in range(6):
                a, d = rng.random() * 6.28, r * spread * math.sqrt(rng.random())
                px, py = lx + side * shift * r + d * math.cos(a), ly - 1.3 * shift * r + d * math.sin(a) * 0.9
                tuft(
                    sheet,
                    px,
                    py,
                    unit * size * (0.6 + 0.6 * rng.random()),
                    mix(middle, light, min(1.0, max(0.0, tone_share + 0.18 * rng.normal()))),
                    0.9,
                )
    if sheet.scheme.weather.white:
        for lx, ly, r in lobes:
            tuft(sheet, lx, ly - 0.45 * r, 0.6 * r, sheet.tone("snow", haze), 0.8)


def round_tree(sheet: Sheet, x: float, y: float, h: float, haze: float = 0.0) -> None:
    """A leafy tree. Options: `warm` is the share of autumn among the trees, `blossom` lets all of them bloom."""
    rng, canvas = sheet.rng, sheet.canvas
    leaf = "leafwarm" if rng.random() < sheet.option("warm", 0.12) else "leaf"
    if sheet.option("blossom", 0.0):
        leaf = "cherry"
    bark, w = sheet.tone("trunk", haze), 0.032 * h
    lean = 0.05 * h * rng.normal()
    canvas.drawPath(
        curve(
            [
                (x - 1.9 * w, y + 0.2 * w),
                (x - 0.8 * w, y - 0.12 * h),
                (x - 0.6 * w + 0.5 * lean, y - 0.52 * h),
                (x + 0.6 * w + 0.5 * lean, y - 0.52 * h),
                (x + 0.8 * w, y - 0.12 * h),
                (x + 1.9 * w, y + 0.2 * w),
            ]
        ),
        fill(bark),
    )
    for side in (-1.0, 1.0):
        reach = 0.16 * h * (0.7 + 0.6 * rng.random())
        canvas.drawPath(
            curve([(x, y - 0.30 * h), (x + side * 0.6 * reach, y - 0.44 * h), (x + side * reach, y - 0.60 * h)], False),
            stroke(bark, 0.9 * w),
        )
    crown(sheet, x + lean, y - 0.66 * h, h * (0.56 + 0.1 * rng.random()), h * 0.58, leaf, haze)


def trunks(sheet: Sheet) -> None:
    """Great trunks that leave the frame at the top, with broken branches.

    Options: `count` a frame width, `thick` (persons), `clear` (half width of the clearing, part of the frame),
    `middle` of it, `snags` 0..1 (how far branches reach; short ones sit near the upper edge, clear of faces).
    """
    layout, rng, canvas = sheet.layout, sheet.rng, sheet.canvas
    clear, middle = sheet.option("clear", 0.0), sheet.option("middle", 0.5)
    colour, bright = sheet.tone("bark"), sheet.tone("trunk", lit=0.8)
    side = 1.0 if sheet.scheme.day.sun_x > 0.5 else -1.0
    base = sheet.base
    for x in _stems(sheet):
        if abs(x / layout.width - middle) < clear:
            continue
        w = sheet.person * sheet.option("thick", 0.12) * (0.7 + 0.7 * rng.random())
        if clear > _FRAMING:
            w = min(w, 0.11 * layout.width)
        y = base + 0.10 * sheet.person * rng.random()
        top = sheet.top - 10
        lean = 0.05 * (y - top) * rng.normal()
        trunk = [
            (x - 1.35 * w, y + 0.3 * w),
            (x - 0.70 * w, y - 0.9 * w),
            (x - 0.52 * w + 0.5 * lean, (y + top) / 2),
            (x - 0.42 * w + lean, top),
        ]
        other = [
            (x + 0.42 * w + lean, top),
            (x + 0.52 * w + 0.5 * lean, (y + top) / 2),
            (x + 0.70 * w, y - 0.9 * w),
            (x + 1.35 * w, y + 0.3 * w),
        ]
        snags = sheet.option("snags", 1.0)
        for _ in range(int(4 + 5 * rng.random())):
            f = 1.0 - (1.0 - 0.45 * snags) * snags * rng.random() - 0.05
            _snag(sheet, x + lean * f, y + (top - y) * f, w, 1.0 if rng.random() < 0.5 else -1.0, colour, snags)
        canvas.drawPath(curve([*trunk, *other]), fill(colour))
        lit_edge = other if side > 0 else list(reversed(trunk))
        inner = [(px - side * 0.42 * w, py) for px, py in lit_edge]
        canvas.drawPath(curve([*lit_edge, *reversed(inner)]), fill(bright, 0.26))
        for _ in range(14):
            f = rng.random()
            bx, by = x + lean * f + w * 0.4 * rng.normal() * 0.6, y + (top - y) * f
            canvas.drawLine(
                bx,
                by,
                bx + 0.04 * w * rng.normal(),
                by - w * (0.3 + rng.random()),
                stroke(sheet.tone("bark", lighten=-0.35), 0.07 * w, 0.5),
            )


def _stems(sheet: Sheet) -> list[float]:
    """Where trunks stand: strewn over the sheet, or one at each edge of a clearing as wide as the frame, and beyond."""
    layout, rng = sheet.layout, sheet.rng
    span, clear = sheet.right - sheet.left, sheet.option("clear", 0.0)
    if clear > _FRAMING:
        steps = math.ceil(span / layout.width)
        out = [clear + 0.02 + 0.05 * rng.random() + _APART * (k // 2) for k in range(2 * steps)]
        return [layout.width * (0.5 + (share if k % 2 else -share)) for k, share in enumerate(out)]
    many = max(0.7, layout.width / layout.unit / 1.7)
    count = max(2, int(sheet.option("count", 7.0) * span / layout.width * many))
    return [sheet.left + (k + 0.5 + 0.36 * rng.normal()) / count * span for k in range(count)]


def _snag(sheet: Sheet, x: float, y: float, w: float, side: float, colour: Colour, snags: float) -> None:
    rng = sheet.rng
    reach = w * (1.6 + 3.4 * rng.random()) * snags
    up = reach * (0.10 + 0.40 * rng.random())
    tip = (x + side * reach, y - up)
    sheet.canvas.drawPath(
        curve(
            [
                (x, y + 0.22 * w),
                (x + side * 0.55 * reach, y - 0.30 * up),
                tip,
                (x + side * 0.5 * reach, y - 0.58 * up),
                (x, y - 0.18 * w),
            ]
        ),
        fill(colour),
    )
    for f in (0.45, 0.7, 0.9):
        px, py = x + side * reach * f, y - up * f * 0.8
        out = reach * 0.26 * rng.random()
        sheet.canvas.drawLine(px, py, px + side * out * 0.7, py - out * (0.3 + rng.random()), stroke(colour, 0.07 * w))


def thicket(sheet: Sheet) -> None:
    """Low bushes and ferns along the ground. Options: `size` (persons), `dense`, `warm`."""
    rng, layout = sheet.rng, sheet.layout
    span, size = sheet.right - sheet.left, sheet.option("size", 0.5) * sheet.person
    count = int(span / max(4.0, size) * 1.3 * sheet.option("dense", 1.0))
    clear = sheet.option("clear", 0.0)
    for k in range(count):
        x = sheet.left + (k + rng.random()) / count * span
        if abs(x / layout.width - 0.5) < clear:
            continue
        leaf = "leafwarm" if rng.random() < sheet.option("warm", 0.1) else "leafdark"
        s = size * (0.6 + 0.7 * rng.random())
        crown(sheet, x, sheet.base - 0.28 * s, 1.2 * s, 0.72 * s, leaf)


def boughs(sheet: Sheet) -> None:
    """Leafy or snowy boughs hanging in from a corner, out of focus.

    Options: `side` -1 left, 1 right, `reach` (frame unit), `fir`.
    """
    layout, rng = sheet.layout, sheet.rng
    side = sheet.option("side", -1.0)
    reach = sheet.option("reach", 0.42) * layout.unit
    edge = -side
    corner = layout.width * (0.5 + side * 0.56)
    ink = sheet.tone("bark", lighten=-0.5)
    leaf = "fir" if sheet.option("fir", 0.0) else "leafdark"
    tones = (sheet.tone(leaf, lighten=-0.55), sheet.tone(leaf, lighten=-0.40), sheet.tone(leaf, lighten=-0.22))
    for k in range(6):
        # boughs come from above the frame, so that they never end in the air
        x0, y = corner + edge * (0.09 * k - 0.06) * layout.unit, sheet.top - 6.0
        long = reach * (1.05 - 0.10 * k) * (0.7 + 0.4 * rng.random())
        tip = (x0 + edge * 0.72 * long, (0.40 - 0.065 * k) * reach + 0.10 * long * rng.normal())
        mid = (x0 + edge * 0.30 * long, y + 0.45 * (tip[1] - y))
        sheet.canvas.drawPath(curve([(x0, y), mid, tip], False), stroke(ink, 0.012 * layout.unit * (1 - 0.10 * k)))
        for j in range(26):
            f = 0.18 + 0.85 * j / 26
            px = (1 - f) ** 2 * x0 + 2 * f * (1 - f) * mid[0] + f * f * tip[0]
            py = (1 - f) ** 2 * y + 2 * f * (1 - f) * mid[1] + f * f * tip[1]
            if leaf == "fir":
                for direction in (-1.0, 1.0):
                    d = 0.10 * reach * (1.1 - 0.6 * f)
                    sheet.canvas.drawLine(
                        px,
                        py,
                        px + edge * 0.8 * d,
                        py + direction * d * 0.7 + 0.4 * d,
                        stroke(tones[j % 3], 0.018 * reach),
                    )
            else:
                for _ in range(3):
                    r = 0.05 * reach * (0.6 + 0.8 * rng.random())
                    tuft(
                        sheet,
                        px + 0.07 * reach * rng.normal(),
                        py + 0.07 * reach * rng.normal(),
                        r,
                        tones[int(rng.integers(3))],
                    )


BRUSHES = {"trunks": trunks, "thicket": thicket, "boughs": boughs}
RULED: frozenset[str] = frozenset()
