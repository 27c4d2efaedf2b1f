"""The sky: its gradient, sun, moon and stars, mist and shafts of light.

Knows the scheme's colours and nothing of places.
"""

from __future__ import annotations

import math

import numpy as np
import skia
from numpy.typing import NDArray

from scenes.backends.animatic.brushes.sheet import Point, Sheet, Stop, box, down, fill, glow, polygon, round_about, soft
from scenes.backends.animatic.light import mix
from scenes.backends.animatic.noise import spectral


def sun_at(sheet: Sheet) -> Point:
    """Where the sun or moon stands in the frame at rest."""
    day, layout = sheet.scheme.day, sheet.layout
    x = sheet.option("sun_x", day.sun_x)
    height = sheet.option("sun_height", day.sun_height)
    return layout.width * x, layout.horizon - height * min(layout.horizon, 0.72 * layout.height)


def sky(sheet: Sheet) -> None:
    """The gradient with stars and the sun or moon. Options: `sun_x`, `sun_height`, `great`, `plain` (no disc).

    `great` makes sun or moon so many times as large.
    """
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
    r = day.sun_size * layout.unit * sheet.option("great", 1.0)
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


def lay(target: NDArray[np.uint8], colour: NDArray[np.float32], alpha: NDArray[np.float32]) -> None:
    """Fills premultiplied rows with a colour (BGR, 0..1) at an alpha."""
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
    colour = mix(
        sheet.scheme.haze,
        (1.0, 1.0, 1.0),
        0.10 if sheet.scheme.day.lamps > 0.6 else 0.28 - 0.24 * sheet.scheme.weather.fog,
    )
    bright = mix(colour, sheet.scheme.glow(), 0.55)
    across = (np.arange(width, dtype=np.float32) + sheet.left - sun_at(sheet)[0]) / (0.55 * layout.unit)
    near = np.exp(-across * across)[None, :, None]
    lit = np.array(colour[::-1], np.float32) * (1 - near) + np.array(bright[::-1], np.float32) * near
    lay(sheet.pixels[top : top + rows], np.broadcast_to(lit.astype(np.float32), (rows, width, 3)), alpha)


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


BRUSHES = {"sky": sky, "mist": mist, "shafts": shafts}
RULED: frozenset[str] = frozenset()
