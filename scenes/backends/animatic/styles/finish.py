"""What a style does to a painted sheet, once: paper, the shadow it throws, a bevelled or inked edge, watercolour.

Works on premultiplied BGRA in place of the sheet's pixels. Knows no places.
"""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from scenes.backends.animatic.figure import Colour
from scenes.backends.animatic.noise import spectral, tiled
from scenes.backends.animatic.styles.tables import Style

Pixels = NDArray[np.uint8]


@lru_cache(maxsize=2)
def paper_grain() -> NDArray[np.float32]:
    """A tile of paper, 512 x 512, as factors about 1: fibres in low relief and a soft unevenness."""
    fibre = tiled(512, 512, 1.0, 3) * 0.6 + tiled(512, 512, 0.2, 4) * 0.4
    relief = (np.roll(fibre, 1, 1) - np.roll(fibre, -1, 1)) + (np.roll(fibre, 1, 0) - np.roll(fibre, -1, 0))
    relief /= float(relief.std())
    uneven = tiled(512, 512, 2.2, 5) - 0.5
    return np.asarray(1 + 0.020 * relief + 0.085 * uneven, np.float32)


def _papered(pixels: Pixels, amount: float, seed: int) -> Pixels:
    height, width = pixels.shape[:2]
    tile = np.roll(paper_grain(), (seed * 137 % 512, seed * 311 % 512), (0, 1))
    factor = np.tile(tile, (height // 512 + 1, width // 512 + 1))[:height, :width]
    factor = 1 + (factor - 1) * amount
    out = pixels.copy()
    tinted = cv2.multiply(pixels[..., :3].astype(np.float32), cv2.merge([factor] * 3))
    out[..., :3] = np.minimum(np.clip(tinted + 0.5, 0, 255).astype(np.uint8), pixels[..., 3:4])
    return out


def _bevelled(pixels: Pixels, amount: float, reach: float) -> Pixels:
    """A light upper edge, as of thick paper lit from above."""
    step = max(1, round(reach))
    alpha = pixels[..., 3]
    shifted = np.zeros_like(alpha)
    shifted[step:] = alpha[:-step]
    edge = cv2.GaussianBlur(cv2.subtract(alpha, shifted), (0, 0), 0.6 * step + 0.3)
    light = (edge.astype(np.float32) * amount)[..., None]
    out = pixels.copy()
    out[..., :3] = np.minimum(np.clip(pixels[..., :3] + light, 0, 255).astype(np.uint8), alpha[..., None])
    return out


def _inked(pixels: Pixels, width: float, colour: Colour) -> Pixels:
    """A drawn contour just inside the edge of what is painted."""
    alpha = pixels[..., 3]
    inner = cv2.GaussianBlur(alpha, (0, 0), max(0.6, width)).astype(np.float32) / 255
    a = alpha.astype(np.float32) / 255
    line = np.clip((0.93 - inner) * 2.6, 0, 1) * a * 0.72
    out = pixels.astype(np.float32)
    ink = np.array([part * 255 for part in colour[::-1]], np.float32)
    out[..., :3] = out[..., :3] * (1 - line[..., None]) + ink * (line * a)[..., None]
    return np.asarray(np.clip(out + 0.5, 0, 255), np.uint8)


def _shadowed(pixels: Pixels, strength: float, reach: float, colour: Colour) -> Pixels:
    """A soft dark halo behind the sheet, a little above it."""
    alpha = pixels[..., 3]
    small = cv2.resize(alpha, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    halo = cv2.GaussianBlur(small, (0, 0), max(0.8, reach * 0.25))
    halo = np.roll(halo, -max(1, round(reach * 0.12)), 0)
    halo = cv2.resize(halo, (alpha.shape[1], alpha.shape[0]), interpolation=cv2.INTER_LINEAR)
    a = alpha.astype(np.float32) / 255
    shade = halo.astype(np.float32) / 255 * strength * (1 - a)
    out = pixels.astype(np.float32)
    for k in range(3):
        out[..., k] += shade * colour[2 - k] * 255
    out[..., 3] = (a + shade) * 255
    return np.asarray(np.clip(out + 0.5, 0, 255), np.uint8)


def _washed(pixels: Pixels, unit: float, seed: int, opaque: bool, steady: float) -> Pixels:
    """Watercolour: wandering edges, pigment that pools at them, granulation and clouds of density."""
    height, width = pixels.shape[:2]
    wander = 0.005 * unit * (1.0 - steady)
    big_x, big_y = spectral(height, width, 2.6, seed + 10) - 0.5, spectral(height, width, 2.6, seed + 11) - 0.5
    fine = spectral(height, width, 1.9, seed + 12) - 0.5
    grid_x, grid_y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    if not opaque:
        shift_x, shift_y = big_x * wander * 3 + fine * wander, big_y * wander * 3 + fine * wander
        pixels = np.asarray(
            cv2.remap(pixels, grid_x + shift_x, grid_y + shift_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE),
            np.uint8,
        )
    alpha = pixels[..., 3].astype(np.float32) / 255
    rim = np.clip(alpha - cv2.GaussianBlur(alpha, (0, 0), 0.006 * unit), 0, 1)
    pool = np.clip(alpha - cv2.GaussianBlur(alpha, (0, 0), 0.030 * unit), 0, 1)
    pigment = spectral(height, width, 2.1, seed + 13) - 0.5
    grain = tiled(height, width, 1.0, 21) - 0.5
    straight = pixels[..., :3].astype(np.float32) / np.maximum(alpha[..., None] * 255, 1)
    # a wash that is dark already is laid thick: what would be clouds in a light one would be dirt there
    thin = 0.25 + 0.75 * np.clip(cv2.blur(straight.max(axis=2), (9, 9)) * 1.25, 0, 1)
    density = 0.90 + (0.52 * pigment + 0.16 * grain) * thin + 1.15 * rim + 0.35 * pool
    toned = np.power(np.clip(straight, 0.01, 1), np.clip(density, 0.35, 1.9)[..., None])
    out = pixels.copy()
    out[..., :3] = np.clip(toned * alpha[..., None] * 255 + 0.5, 0, 255).astype(np.uint8)
    return out


def finished(
    pixels: Pixels, style: Style, unit: float, seed: int, ink: Colour, opaque: bool = False, steady: float = 0.0
) -> Pixels:
    """The sheet as its style wants it.

    `unit` scales all reaches, `ink` is the scene's darkest colour, `steady` (0..1) keeps drawn edges from wandering.
    """
    out = pixels
    if style.wash:
        out = _washed(out, unit, seed, opaque, steady)
    if style.texture:
        out = _papered(out, style.texture, seed)
    if opaque:
        return out
    if style.outline:
        out = _inked(out, 0.0022 * unit * style.outline, (ink[0] * 0.6, ink[1] * 0.55, ink[2] * 0.6))
    if style.bevel:
        out = _bevelled(out, style.bevel, 0.0022 * unit)
    if style.shadow:
        out = _shadowed(out, style.shadow, 0.020 * unit, (ink[0] * 0.5, ink[1] * 0.45, ink[2] * 0.55))
    return out
