"""Mountains cut from paper: peaks with a lit and a shaded side, spurs between them, snow on top.

Styles that look through a lens (`far_blur`) get broken outlines and modelled land. Knows no places.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import cv2
import numpy as np
import skia

from scenes.backends.animatic.brushes.sheet import Point, Sheet, box, down, fill, polygon
from scenes.backends.animatic.figure import Colour
from scenes.backends.animatic.noise import spectral


def modelled(sheet: Sheet, strength: float, coarse: float = 3.7) -> None:
    """Light on uneven ground where something is painted: ridges and gullies lit from the side of the sun.

    `strength` 0..1 is how deep the shadows are, `coarse` the slope of the noise (larger: larger forms).
    """
    used = np.flatnonzero(sheet.pixels[..., 3].any(axis=1))
    if strength <= 0.0 or not len(used):
        return
    part = sheet.pixels[used[0] :]
    height, width = part.shape[:2]
    if height < 4:
        return
    side = 1.0 if sheet.scheme.day.sun_x > 0.5 else -1.0
    # not from the sheet's own chances: what grows stays where it is in other styles
    seed = 100 + 2 * sheet.layer.seed
    forms = spectral(height, width, coarse, seed) + 0.2 * spectral(height, width, coarse - 0.4, seed + 1)
    ridges = 1.0 - np.abs(2.0 * forms / 1.2 - 1.0)
    across, down_hill = cv2.Sobel(ridges, cv2.CV_32F, 1, 0), cv2.Sobel(ridges, cv2.CV_32F, 0, 1)
    slope = -side * across + 0.9 * down_hill
    light = 1.0 + 0.30 * strength * np.clip(slope / (float(slope.std()) + 1e-6), -2.0, 2.0)
    toned = part[..., :3] * light[..., None].astype(np.float32) + 0.5
    part[..., :3] = np.minimum(np.clip(toned, 0, 255).astype(np.uint8), part[..., 3:4])


def _broken(a: Point, b: Point, rough: float, rng: np.random.Generator, levels: int = 4) -> list[Point]:
    points = [a, b]
    for level in range(levels):
        finer: list[Point] = [points[0]]
        for p, q in pairwise(points):
            length = abs(q[0] - p[0]) + abs(q[1] - p[1])
            # slopes sag a little, so that summits stay pointed
            bend = max(-0.2, 0.35 + rng.normal()) * rough * 0.62 * length * 0.8**level
            finer += [((p[0] + q[0]) / 2 + 0.35 * bend, (p[1] + q[1]) / 2 + bend), q]
        points = finer
    return points


def massif(sheet: Sheet) -> None:
    """Mountains with a lit and a shaded side, and snow on them.

    Options: `base` (frame height, default the horizon), `rise` (frame unit), `peaks` a frame width, `snow` 0..1
    (how far down), `main_x` and `main_rise` for one great peak, `mist` 0..1, `side` 1 where light comes from the
    right.
    """
    layout, rng = sheet.layout, sheet.rng
    base = sheet.option("base", 0.0) * layout.height or layout.horizon + 0.02 * layout.height
    rise, side = (
        sheet.option("rise", 0.3) * layout.unit,
        sheet.option("side", 1.0 if sheet.scheme.day.sun_x > 0.5 else -1.0),
    )
    span = sheet.right - sheet.left
    gap = layout.unit * 1.3 / sheet.option("peaks", 3.0)
    tops: list[tuple[float, float]] = []
    x = sheet.left - gap * rng.random()
    while x < sheet.right + gap:
        tops.append((x, rise * (0.26 + 0.70 * rng.random() ** 1.4)))
        x += gap * (0.45 + 1.1 * rng.random())
    if sheet.option("main_rise", 0.0):
        mx, mh = layout.width * sheet.option("main_x", 0.5), sheet.option("main_rise", 0.5) * layout.unit
        tops = [
            (px, ph * min(1.0, 0.45 + abs(px - mx) / (1.6 * mh))) for px, ph in tops if abs(px - mx) > 0.45 * mh
        ] + [(mx, mh)]
        tops.sort()
    order = sorted(range(len(tops)), key=lambda k: tops[k][1])
    for k in order:
        px, ph = tops[k]
        _peak(sheet, px, base, ph, ph * (0.85 + 0.25 * rng.random() if ph > rise else 0.9 + 1.1 * rng.random()), side)
    modelled(sheet, 0.6 * sheet.scheme.style.far_blur, 4.5)
    haze = sheet.scheme.haze
    air = sheet.option("mist", 0.6)
    foot = box(sheet.left, base - 0.6 * rise, span, sheet.bottom - base + rise)
    paint = down(
        base - 0.6 * rise, base + 0.02 * layout.height, [(0, haze, 0), (0.5, haze, 0.22 * air), (1, haze, 0.85 * air)]
    )
    _over_painted(sheet, foot, paint)


def _over_painted(sheet: Sheet, area: Any, paint: Any) -> None:
    """Paint only where something is painted already."""
    paint.setBlendMode(skia.BlendMode.kSrcATop)
    sheet.canvas.drawRect(area, paint)


def _peak(sheet: Sheet, x: float, base: float, rise: float, half: float, side: float) -> None:
    rng, canvas = sheet.rng, sheet.canvas
    rock = "peak" if sheet.layer.haze > 0.35 else "rock"
    lit, shade = sheet.tone(rock, lighten=0.16, lit=0.8), sheet.tone(rock, lighten=-0.46)
    top: Point = (x, base - rise)
    rough, levels = (0.10, 4) if not sheet.scheme.style.far_blur else (0.135, 6)
    left = _flank((x - half * 1.15, base + 4), top, rough, rng, levels)
    right = _flank((x + half * 1.15, base + 4), top, rough, rng, levels)[::-1]
    outline = [*left, *right[1:], (x + half * 1.2, sheet.bottom + 5), (x - half * 1.2, sheet.bottom + 5)]
    whole = polygon(outline)
    canvas.drawPath(whole, fill(lit))
    spine = _broken(top, (x + side * -0.10 * half + 0.22 * half * rng.normal(), base + 4), 0.14, rng, 5)
    dark_flank = [*spine, (x - side * half * 1.3, sheet.bottom + 5), (x - side * half * 1.3, base)]
    dark_flank += [*left, top] if side > 0 else [*reversed(right)]
    canvas.save()
    canvas.clipPath(whole, True)
    canvas.drawPath(polygon(dark_flank), fill(shade))
    _spurs(sheet, spine, side, half, lit, shade)
    snow = sheet.option("snow", 0.0) + 0.5 * sheet.scheme.weather.white
    if snow > 0:
        _snow_cap(sheet, x, base, rise, half, min(1.0, snow), polygon(dark_flank))
    canvas.restore()


def _flank(foot: Point, top: Point, rough: float, rng: np.random.Generator, levels: int) -> list[Point]:
    """A slope with a shoulder: flat for a while, then steep, so that no peak is a triangle."""
    up, flat = rng.uniform(0.30, 0.72), rng.uniform(0.03, 0.10)
    across, rise = top[0] - foot[0], top[1] - foot[1]
    inner = (foot[0] + across * min(0.95, up + 0.7 * flat), foot[1] + rise * up)
    outer = (foot[0] + across * max(0.05, up - flat), foot[1] + rise * (up - rng.uniform(0.3, 0.9) * flat))
    upper = _broken(inner, top, rough, rng, levels - 1)
    return [*_broken(foot, outer, rough, rng, levels - 1), *upper]


def _spurs(sheet: Sheet, spine: list[Point], side: float, half: float, lit: Colour, shade: Colour) -> None:
    rng = sheet.rng
    n = len(spine)
    for k in range(6):
        p = spine[int(n * (0.12 + 0.14 * k + 0.06 * rng.random())) % n]
        length = half * (0.10 + 0.22 * rng.random()) * (0.6 + k * 0.2)
        for direction, colour, share in ((side, shade, 0.55), (-side, lit, 0.34)):
            ridge = _broken(p, (p[0] + direction * length * 0.75, p[1] + length * 1.1), 0.12, rng, 3)
            body = [*ridge, (p[0] + direction * length * 0.22, p[1] + length * (1.0 + 0.3 * rng.random()))]
            sheet.canvas.drawPath(polygon(body), fill(colour, share))


def _snow_cap(sheet: Sheet, x: float, base: float, rise: float, half: float, snow: float, dark: Any) -> None:
    rng, canvas = sheet.rng, sheet.canvas
    top = base - rise
    depth = rise * (0.20 + 0.55 * snow)
    teeth: list[Point] = []
    # tongues of uneven length and breadth: evenly spaced ones look like teeth
    for part in np.sort(np.concatenate(([0.0, 1.0], rng.random(11)))).tolist():
        at = (part * 2 - 1) * half * 1.2
        bay = (rng.random() ** 2 * 0.62 - 0.20) * depth * (1 - 0.5 * snow)
        follow = abs(at) / (1.15 * half) * rise * 0.42
        teeth.append((x + at, top + depth * 0.72 + bay + follow))
    edge: list[Point] = [teeth[0]]
    for p, q in pairwise(teeth):
        edge += _broken(p, q, 0.16, rng, 3)[1:]
    cap = polygon([(x - 1.4 * half, top - 4), *edge, (x + 1.4 * half, top - 4)])
    canvas.drawPath(cap, fill(sheet.tone("snow", lit=0.6), 0.97))
    canvas.save()
    canvas.clipPath(dark, True)
    canvas.drawPath(cap, fill(sheet.tone("snowshade", lighten=-0.14), 0.98))
    canvas.restore()


BRUSHES = {"massif": massif}
RULED: frozenset[str] = frozenset()
