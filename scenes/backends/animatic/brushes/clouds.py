"""Clouds: heaped ones with a lit top by day, drawn-out ones against the light, a closed cover in bad weather.

Knows the scheme's colours and nothing of places.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import skia

from scenes.backends.animatic.brushes.sheet import Sheet, Stop, box, down, round_about
from scenes.backends.animatic.brushes.sky import lay, sun_at
from scenes.backends.animatic.figure import Colour
from scenes.backends.animatic.light import mix
from scenes.backends.animatic.noise import spectral

_AGAINST = 0.3
"""From which backlight on clouds are seen against the light: as streaks, never as white heaps."""


def cloud_tones(sheet: Sheet) -> tuple[Colour, Colour]:
    """The lit and the shaded colour of clouds under this sky."""
    scheme, day = sheet.scheme, sheet.scheme.day
    if day.backlight > _AGAINST or day.lamps > 0.6:
        lit = mix(scheme.sky(3), (1.0, 0.96, 0.9), 0.22)
        shade = mix(scheme.sky(1), scheme.sky(2), 0.5)
    else:
        grey = sheet.scheme.weather.clouds > 0.85
        many = min(1.0, max(0.0, 4.0 * (scheme.weather.clouds - 0.55)))
        lit = mix(scheme.sky(4), (1.0, 1.0, 1.0), 0.35 if grey else 0.85 - 0.35 * many)
        shade = mix(scheme.sky(2), (0.86, 0.86, 0.95), 0.25 if grey else 0.45)
        if not grey:
            shade = mix(shade, (0.52, 0.55, 0.61), 0.7 * many)
    if scheme.weather.lightning:
        lit, shade = mix(lit, scheme.haze, 0.35), mix(shade, day.ink, 0.45)
    return lit, shade


def clouds(sheet: Sheet) -> None:
    """Clouds of the style's kind. Options: `y` and `band` (parts of the sky's height), `cover` 0..1, `size`."""
    against = sheet.scheme.day.backlight > _AGAINST or sheet.scheme.day.moon
    weather = sheet.scheme.weather
    fair = weather.clouds < 0.9 and not weather.snow
    if sheet.scheme.style.clouds == "cumulus" and fair and not against:
        _cumulus(sheet)
    else:
        _wash(sheet)


def _cumulus(sheet: Sheet) -> None:
    """Heaps strewn over the sky: great ones high up, small and pale ones towards the horizon."""
    lit, shade = cloud_tones(sheet)
    layout, rng, far = sheet.layout, sheet.rng, sheet.scheme.sky(3)
    y0, band = sheet.option("y", 0.12) * layout.horizon, sheet.option("band", 0.4) * layout.horizon
    size = sheet.option("size", 0.16) * layout.unit
    span = sheet.right - sheet.left
    count = max(
        2,
        round(
            span
            / layout.unit
            * (1.2 + 3.2 * sheet.option("cover", 0.4) + 4.0 * max(0.0, sheet.option("cover", 0.4) - 0.55))
        ),
    )
    start = rng.random()
    for k in range(count):
        low = (k + 0.5 * rng.random()) / count
        x = sheet.left + span * ((start + k * 0.618 + 0.12 * rng.random()) % 1.0)
        away = 0.15 + 0.45 * (1.0 - low)
        scale = size * (1.35 - 0.95 * (1.0 - low)) * (0.7 + 0.6 * rng.random())
        _heap(sheet, x, y0 + band * (1.0 - low) ** 1.2, scale, mix(lit, far, away * 0.6), mix(shade, far, away))


def _heap(sheet: Sheet, x: float, y: float, s: float, lit: Colour, shade: Colour) -> None:
    """One cloud on a flat, round-ended foot; its top and the side of the sun are lit."""
    rng, canvas = sheet.rng, sheet.canvas
    n = int(rng.integers(4, 8))
    peak, side = rng.uniform(-0.4, 0.4), 1.0 if sun_at(sheet)[0] > x else -1.0
    puffs = []
    for k in range(n):
        at = (k + 0.5) / n * 2 - 1
        r = s * max(0.16, 0.50 - 0.40 * abs(at - peak)) * (0.80 + 0.40 * rng.random())
        puffs.append((x + at * s * 0.95 + 0.06 * s * rng.normal(), y - 0.16 * s - 0.42 * r, r))
    body = _union(puffs)
    foot = skia.PathBuilder()
    foot.addRRect(skia.RRect.MakeRectXY(box(x - 1.25 * s, y - 0.30 * s, 2.5 * s, 0.30 * s), 0.15 * s, 0.15 * s))
    top = min(py - r for _, py, r in puffs)
    canvas.save()
    canvas.clipRect(box(x - 3 * s, top - s, 6 * s, y - top + s), skia.ClipOp.kIntersect, True)
    paint = down(top, y, [(0, lit, 0.98), (0.55, mix(lit, shade, 0.35), 0.97), (1, shade, 0.95)])
    canvas.drawPath(body, paint)
    canvas.drawPath(foot.detach(), paint)
    canvas.clipPath(body, True)
    bright = mix(lit, (1.0, 1.0, 1.0), 0.5 if sheet.scheme.weather.clouds < 0.7 else 0.15)
    for px, py, r in puffs:
        centre = (px + 0.30 * side * r, py - 0.36 * r)
        stops: list[Stop] = [(0, bright, 0.75), (0.72, bright, 0.5), (0.78, bright, 0.0), (1, bright, 0.0)]
        glaze = round_about(centre, 0.95 * r, stops)
        canvas.drawCircle(centre[0], centre[1], 0.95 * r, glaze)
    canvas.restore()


def _union(puffs: list[tuple[float, float, float]]) -> Any:
    shape = skia.PathBuilder()
    for px, py, r in puffs:
        shape.addCircle(px, py, r)
    return shape.detach()


def _wash(sheet: Sheet) -> None:
    lit, shade = cloud_tones(sheet)
    layout = sheet.layout
    height, width = sheet.pixels.shape[:2]
    cover = sheet.option("cover", 0.4)
    closed = cover > 0.8
    top = 0 if closed else int(sheet.option("y", 0.0) * layout.horizon - sheet.top)
    depth = max(8, int((sheet.option("band", 0.5) + 0.35) * layout.horizon)) - (int(sheet.top) if closed else 0)
    stop = min(height, top + depth)
    rows = stop - top
    seed = int(sheet.rng.integers(1 << 30))
    n = 0.85 * spectral(rows, width, 2.9, seed, 2.6) + 0.15 * spectral(rows, width, 1.8, seed + 1, 3.2)
    y = np.linspace(0, 1, rows, dtype=np.float32)[:, None]
    envelope = np.clip(np.minimum(y / 0.25 + (1.0 if closed else 0.0), (1 - y) / 0.45), 0, 1)
    edge = 0.78 - 0.62 * cover
    alpha = np.clip((n * envelope**0.5 - edge) / 0.22, 0, 1)
    alpha = alpha * alpha * (3 - 2 * alpha) * 0.92
    blurred = cv2.GaussianBlur(n, (0, 0), max(1.0, 0.008 * layout.unit))
    step = max(1, int(0.014 * layout.unit))
    relief = np.clip(0.5 + 4.2 * (blurred - np.roll(blurred, -step, 0)), 0, 1)
    bright = np.clip(relief * 0.75 + 0.4 * (1 - np.clip((n - edge) / 0.5, 0, 1)), 0, 1)
    if sheet.scheme.day.sun_size:
        # towards the sun or moon the edges of clouds burn
        sx, sy = sun_at(sheet)
        across = np.arange(width, dtype=np.float32)[None, :] + sheet.left - sx
        up = np.arange(rows, dtype=np.float32)[:, None] + sheet.top + top - sy
        near = np.exp(-(across * across + 2.0 * up * up) / (0.38 * layout.unit) ** 2)
        bright = np.clip(bright + 0.55 * near, 0, 1)
        lit = mix(lit, sheet.scheme.glow(), 0.25)
    share = bright[..., None].astype(np.float32)
    colour = np.array(shade[::-1], np.float32) * (1 - share) + np.array(lit[::-1], np.float32) * share
    lay(sheet.pixels[top:stop], colour, alpha)


BRUSHES = {"clouds": clouds}
RULED: frozenset[str] = frozenset()
