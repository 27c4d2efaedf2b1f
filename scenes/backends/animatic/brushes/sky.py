"""The sky: its gradient, sun, moon and stars, clouds of three kinds, mist and shafts of light.

Knows the scheme's colours and nothing of places.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
import skia
from numpy.typing import NDArray

from scenes.backends.animatic.brushes.sheet import Point, Sheet, Stop, box, down, fill, glow, polygon, round_about, soft
from scenes.backends.animatic.figure import Colour
from scenes.backends.animatic.light import mix
from scenes.backends.animatic.noise import spectral


def sun_at(sheet: Sheet) -> Point:
    """Where the sun or moon stands in the frame at rest."""
    day, layout = sheet.scheme.day, sheet.layout
    x = sheet.option("sun_x", day.sun_x)
    height = sheet.option("sun_height", day.sun_height)
    return layout.width * x, layout.horizon - height * min(layout.horizon, 0.72 * layout.height)


def sky(sheet: Sheet) -> None:
    """The gradient with stars and the sun or moon. Options: `sun_x`, `sun_height`, `plain` (no disc)."""
    scheme, layout, day = sheet.scheme, sheet.layout, sheet.scheme.day
    stops: list[Stop] = [(at, scheme.sky(k), 1.0) for k, at in enumerate((0.0, 0.34, 0.62, 0.84, 1.0))]
    sheet.canvas.drawRect(
        box(sheet.left, sheet.top, sheet.right - sheet.left, sheet.bottom - sheet.top),
        down(min(sheet.top, -0.05 * layout.height) * 0.6, layout.horizon * 1.02, stops),
    )
    if day.stars:
        _stars(sheet)
    if day.sun_size and not sheet.option("plain", 0.0):
        _disc(sheet)
    _dither(sheet)


def _stars(sheet: Sheet) -> None:
    rng, layout = sheet.rng, sheet.layout
    span = layout.horizon - sheet.top
    count = int(260 * sheet.scheme.day.stars * (sheet.right - sheet.left) / layout.width)
    for _ in range(count):
        x = sheet.left + rng.random() * (sheet.right - sheet.left)
        y = sheet.top + rng.random() ** 1.25 * span
        size = rng.random() ** 5
        r = layout.unit * (0.0007 + 0.0017 * size)
        sheet.canvas.drawCircle(
            x, y, r, fill((1.0, 0.97, 0.90), (0.2 + 0.75 * size) * (1 - (y - sheet.top) / span) ** 0.4)
        )


def _disc(sheet: Sheet) -> None:
    day, scheme, layout = sheet.scheme.day, sheet.scheme, sheet.layout
    x, y = sun_at(sheet)
    r = day.sun_size * layout.unit
    light = scheme.glow()
    reach = 5.2 * r if day.moon else max(8.5 * r, 0.42 * layout.unit)
    glow(sheet, (x, y), reach, light, 0.62 if day.moon else 0.78)
    sheet.canvas.drawCircle(x, y, r * 1.04, soft(day.disc, r * 0.05, 0.9))
    sheet.canvas.drawCircle(x, y, r, fill(mix(day.disc, light, 0.12)))
    if day.moon:
        _craters(sheet, x, y, r)


def _craters(sheet: Sheet, x: float, y: float, r: float) -> None:
    sheet.canvas.save()
    clip = skia.PathBuilder()
    clip.addCircle(x, y, r)
    sheet.canvas.clipPath(clip.detach(), True)
    shade = mix(sheet.scheme.day.disc, (0.55, 0.62, 0.70), 0.5)
    for _ in range(18):
        a, d, q = sheet.rng.random() * 6.28, sheet.rng.random() ** 0.5 * r, (0.03 + sheet.rng.random() ** 2 * 0.22) * r
        sheet.canvas.drawCircle(x + d * math.cos(a), y + d * math.sin(a), q, fill(shade, 0.30))
    sheet.canvas.drawCircle(
        x - 0.25 * r,
        y - 0.2 * r,
        r * 1.15,
        round_about((x - 0.3 * r, y - 0.3 * r), 1.5 * r, [(0, shade, 0.0), (0.72, shade, 0.05), (1, shade, 0.5)]),
    )
    sheet.canvas.restore()


def _dither(sheet: Sheet) -> None:
    noise = sheet.rng.normal(0.0, 1.1, sheet.pixels.shape[:2])[..., None]
    sheet.pixels[..., :3] = np.clip(sheet.pixels[..., :3] + noise + 0.5, 0, 255).astype(np.uint8)


def cloud_tones(sheet: Sheet) -> tuple[Colour, Colour]:
    """The lit and the shaded colour of clouds under this sky."""
    scheme, day = sheet.scheme, sheet.scheme.day
    if day.backlight > 0.3 or day.lamps > 0.6:
        lit = mix(scheme.sky(3), (1.0, 0.96, 0.9), 0.22)
        shade = mix(scheme.sky(1), scheme.sky(2), 0.5)
    else:
        grey = sheet.scheme.weather.clouds > 0.85
        lit = mix(scheme.sky(4), (1.0, 1.0, 1.0), 0.35 if grey else 0.85)
        shade = mix(scheme.sky(2), (0.86, 0.86, 0.95), 0.25 if grey else 0.45)
    if scheme.weather.lightning:
        lit, shade = mix(lit, day.ink, 0.35), mix(shade, day.ink, 0.55)
    return lit, shade


def clouds(sheet: Sheet) -> None:
    """Clouds of the style's kind. Options: `y` and `band` (parts of the sky's height), `cover` 0..1, `size`."""
    if sheet.scheme.style.clouds == "cumulus" and sheet.scheme.weather.clouds < 0.9:
        _cumulus(sheet)
    else:
        _wash(sheet)


def _cumulus(sheet: Sheet) -> None:
    lit, shade = cloud_tones(sheet)
    layout, rng = sheet.layout, sheet.rng
    sky_height = layout.horizon
    y0, band = sheet.option("y", 0.12) * sky_height, sheet.option("band", 0.4) * sky_height
    size = sheet.option("size", 0.16) * layout.unit
    span = sheet.right - sheet.left
    count = max(2, round(span / layout.unit * (1.2 + 3.2 * sheet.option("cover", 0.4))))
    order = sorted(y0 + band * ((k * 0.618) % 1.0) for k in range(count))
    for k, y in enumerate(order):
        x = sheet.left + span * ((k * 0.382 + 0.13 + 0.1 * rng.random()) % 1.0)
        scale = size * (0.45 + 0.75 * rng.random()) * (1.15 - 0.55 * (y - y0) / max(band, 1.0))
        _heap(sheet, x, y, scale, lit, mix(shade, lit, 0.25 * rng.random()))


def _heap(sheet: Sheet, x: float, y: float, s: float, lit: Colour, shade: Colour) -> None:
    rng = sheet.rng
    n = int(rng.integers(6, 10))
    peak = rng.uniform(-0.35, 0.35)
    puffs = []
    for k in range(n):
        at = (k + 0.5) / n * 2 - 1
        r = s * max(0.17, 0.46 - 0.34 * abs(at - peak)) * (0.82 + 0.36 * rng.random())
        puffs.append((x + at * s * 0.98, y - 0.75 * r, r))
    for dy, colour, scale in ((0.07, shade, 1.0), (0.0, mix(shade, lit, 0.6), 0.98), (-0.06, lit, 0.90)):
        shape = skia.PathBuilder()
        for px, py, r in puffs:
            shape.addCircle(px, py + dy * s, r * scale)
        sheet.canvas.save()
        sheet.canvas.clipRect(box(x - 3 * s, y - 3 * s, 6 * s, 3 * s + s * (0.10 + dy)), skia.ClipOp.kIntersect, True)
        sheet.canvas.drawPath(shape.detach(), fill(colour, 0.97))
        sheet.canvas.restore()


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
    bright = np.clip(relief * 0.75 + 0.4 * (1 - np.clip((n - edge) / 0.5, 0, 1)), 0, 1)[..., None]
    colour = np.array(shade[::-1], np.float32) * (1 - bright) + np.array(lit[::-1], np.float32) * bright
    _lay(sheet.pixels[top:stop], colour, alpha)


def _lay(target: NDArray[np.uint8], colour: NDArray[np.float32], alpha: NDArray[np.float32]) -> None:
    a = alpha[..., None]
    target[..., :3] = np.clip(colour * a * 255 + 0.5, 0, 255).astype(np.uint8)
    target[..., 3] = np.clip(alpha * 255 + 0.5, 0, 255).astype(np.uint8)


def mist(sheet: Sheet) -> None:
    """A drifting band of mist.

    Options: `y` (part of the frame, its middle), `height` (part of the frame), `thick` 0..1.
    """
    layout = sheet.layout
    height, width = sheet.pixels.shape[:2]
    rows = max(8, int(sheet.option("height", 0.25) * layout.height))
    middle = sheet.option("y", layout.horizon / layout.height) * layout.height - sheet.top
    top = max(0, min(height - rows, int(middle - rows / 2))) if rows < height else 0
    rows = min(rows, height)
    n = spectral(rows, width, 2.5, int(sheet.rng.integers(1 << 30)), 4.0)
    y = np.linspace(0, 1, rows, dtype=np.float32)[:, None]
    alpha = np.clip((n - 0.22) * 1.7, 0, 1) * np.clip(np.sin(np.pi * y), 0, 1) ** 1.3 * sheet.option("thick", 0.6)
    colour = mix(sheet.scheme.haze, (1.0, 1.0, 1.0), 0.10 if sheet.scheme.day.lamps > 0.6 else 0.28)
    _lay(sheet.pixels[top : top + rows], np.broadcast_to(np.array(colour[::-1], np.float32), (rows, width, 3)), alpha)


def shafts(sheet: Sheet) -> None:
    """Rays that fan out from the sun. Options: `sun_x`, `sun_height`, `strength`."""
    x, y = sun_at(sheet)
    layout, rng = sheet.layout, sheet.rng
    colour = sheet.scheme.glow()
    strength = sheet.option("strength", 0.5) * max(0.25, sheet.scheme.day.shafts)
    reach = 1.15 * math.hypot(layout.width, layout.height)
    for k in range(11):
        angle = math.pi * (k + 0.5 + 0.5 * rng.normal()) / 11 * 1.5 - math.pi * 0.25
        spread = 0.022 + 0.045 * rng.random()
        tip = [(x + reach * math.cos(angle + q), y + reach * math.sin(angle + q)) for q in (-spread, spread)]
        paint = round_about(
            (x, y),
            reach * (0.55 + 0.35 * rng.random()),
            [(0, colour, 0.30 * strength), (0.4, colour, 0.14 * strength), (1, colour, 0)],
        )
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.BlurStyle.kNormal_BlurStyle, 0.008 * layout.unit))
        paint.setBlendMode(skia.BlendMode.kPlus)
        sheet.canvas.drawPath(polygon([(x, y), *tip]), paint)


BRUSHES = {"sky": sky, "clouds": clouds, "mist": mist, "shafts": shafts}
RULED: frozenset[str] = frozenset()
