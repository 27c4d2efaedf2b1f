"""What light and paper do to a painted figure: a soft turned-away side, a bright rim, grain, pigment.

Works on premultiplied BGRA uint8 arrays with cheap whole-array steps; knows no figures.
"""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from scenes.backends.animatic.figure import FigureLight
from scenes.backends.animatic.styles.tables import STYLES, FigureFinish

Pixels = NDArray[np.uint8]
_TILE = 512


def apply_relief(pixels: Pixels, light: FigureLight, style: str, height: float, flat: bool) -> Pixels:
    """The figure, `height` pixels tall, lit: same size, still premultiplied; a `flat` one gets only its rim."""
    lit: Pixels = pixels
    finish = STYLES.get(style, STYLES["papercut"]).figure
    if not flat:
        lit = _turned(lit, light, finish.shade, height)
        if finish.grain:
            lit = _grained(lit, finish)
    if light.rim_strength > 0:
        lit = _rimmed(lit, light, height)
    if finish.pool and not flat:
        lit = _pooled(lit, finish.pool, height)
    if finish.soften and not flat:
        soft = cv2.GaussianBlur(lit, (0, 0), max(0.3, finish.soften * height / 900))
        lit = np.asarray(cv2.convertScaleAbs(soft, alpha=0.95), dtype=np.uint8)
    return lit


def _towards(light: FigureLight) -> tuple[float, float]:
    length = float(np.hypot(light.rim_x, light.rim_y)) or 1.0
    return light.rim_x / length, light.rim_y / length


def _shifted(alpha: Pixels, dx: float, dy: float) -> Pixels:
    """The map read at (x + dx, y + dy); outside is empty."""
    matrix = np.array([[1, 0, -dx], [0, 1, -dy]], dtype=np.float32)
    return np.asarray(cv2.warpAffine(alpha, matrix, (alpha.shape[1], alpha.shape[0])), dtype=np.uint8)


def _turned(pixels: Pixels, light: FigureLight, shade: float, height: float) -> Pixels:
    """Darken what turns away from the light and tint what faces it."""
    rows, columns = pixels.shape[:2]
    step = 4 if height >= 200 else 2
    small = cv2.resize(pixels[..., 3], (max(2, columns // step), max(2, rows // step)), interpolation=cv2.INTER_AREA)
    reach = height * 0.05 / step
    soft = np.asarray(cv2.GaussianBlur(small, (0, 0), max(0.8, reach * 0.6)), dtype=np.uint8)
    lx, ly = _towards(light)
    ahead = _shifted(soft, lx * reach, ly * reach).astype(np.int16)
    behind = _shifted(soft, -lx * reach, -ly * reach).astype(np.int16)
    facing = np.clip(128 + (behind - ahead) // 2, 0, 255).astype(np.uint8)
    # the tint is looked up before it is enlarged, which costs a sixteenth
    tint = cv2.LUT(cv2.merge([facing] * 4), _ramp(light, shade))
    tint = cv2.resize(tint, (columns, rows), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.multiply(pixels, tint, scale=1 / 255.0), dtype=np.uint8)


@lru_cache(maxsize=64)
def _ramp(light: FigureLight, shade: float) -> Pixels:
    """256 x 1 x 4 table from "turned away" (0) over "flat on" (128) to "towards the light" (255)."""
    facing = np.linspace(0.0, 1.0, 256)
    strength = light.shade * shade
    # Flat-on keeps most of its colour, so that clothes look as they were asked for.
    dark = 1.0 - strength * np.clip(1.0 - facing * 1.8, 0.0, 1.0) - 0.05 * strength
    table = np.empty((256, 1, 4), dtype=np.float64)
    for channel, key in enumerate(reversed(light.key)):
        table[:, 0, channel] = dark * (1.0 + (key - 1.0) * np.clip(facing * 1.3, 0.0, 1.0))
    table[:, 0, 3] = 1.0
    return np.clip(np.rint(table * 255), 0, 255).astype(np.uint8)


def _rimmed(pixels: Pixels, light: FigureLight, height: float) -> Pixels:
    """Add a thin bright edge where the figure ends towards the light."""
    lx, ly = _towards(light)
    width = max(1.0, 0.0085 * height)
    alpha = np.ascontiguousarray(pixels[..., 3])
    edge = cv2.subtract(alpha, _shifted(alpha, lx * width, ly * width))
    if height > 260:
        edge = cv2.min(np.asarray(cv2.GaussianBlur(edge, (0, 0), 0.0016 * height), dtype=np.uint8), alpha)
    red, green, blue = (min(1.0, c * light.rim_strength) for c in light.rim)
    added = cv2.merge([cv2.convertScaleAbs(edge, alpha=c) for c in (blue, green, red)] + [np.zeros_like(edge)])
    return np.asarray(cv2.min(cv2.add(pixels, added), cv2.merge([alpha] * 4)), dtype=np.uint8)


def _pooled(pixels: Pixels, amount: float, height: float) -> Pixels:
    """Darken a narrow band inside the edge, as pigment that dries there."""
    alpha = np.ascontiguousarray(pixels[..., 3])
    soft = cv2.GaussianBlur(alpha, (0, 0), max(0.8, 0.007 * height))
    rest = cv2.bitwise_not(cv2.convertScaleAbs(cv2.subtract(alpha, soft), alpha=amount))
    mask = cv2.merge((rest, rest, rest, np.full_like(rest, 255)))
    return np.asarray(cv2.multiply(pixels, mask, scale=1 / 255.0), np.uint8)


@lru_cache(maxsize=8)
def _grain_tile(finish: FigureFinish) -> Pixels:
    """A tile of multipliers (255 is none) of paper or pigment: square, x 4 channels, the last left alone."""
    noise = np.random.default_rng(0x9A9E2).standard_normal((_TILE, _TILE)).astype(np.float32)
    total = np.zeros_like(noise)
    sizes = ((1.0, 0.5), (3.0, 0.8)) if not finish.coarse else ((2.0, 0.3), (14.0, 1.0))
    for sigma, weight in sizes:
        soft = cv2.GaussianBlur(noise, (0, 0), sigma, borderType=cv2.BORDER_REFLECT_101)
        total += weight * soft / float(soft.std())
    spread = finish.grain
    one = np.clip(255.0 * (1.0 - spread * 0.3 + spread * 0.3 * total), 150, 255).astype(np.uint8)
    return np.asarray(cv2.merge([one, one, one, np.full_like(one, 255)]), dtype=np.uint8)


@lru_cache(maxsize=4)
def _grain(finish: FigureFinish, down: int, across: int) -> Pixels:
    """So many tiles of grain one below and beside the other."""
    return np.tile(_grain_tile(finish), (down, across, 1))


def _grained(pixels: Pixels, finish: FigureFinish) -> Pixels:
    rows, columns = pixels.shape[:2]
    tile = _grain(finish, -(-rows // _TILE), -(-columns // _TILE))
    return np.asarray(
        cv2.multiply(pixels, np.ascontiguousarray(tile[:rows, :columns]), scale=1 / 255.0), dtype=np.uint8
    )
