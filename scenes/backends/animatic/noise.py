"""Noise for paper, clouds and profiles: spectral noise in two dimensions, value noise in one.

Seeded and independent of the sheet's size, so a draft looks like the final picture. Knows no colours.
"""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]


@lru_cache(maxsize=24)
def _spectral(size: int, slope: float, seed: int, stretch: float) -> FloatArray:
    rng = np.random.default_rng(seed)
    spectrum = np.fft.rfft2(rng.standard_normal((size, size)))
    fy = np.fft.fftfreq(size)[:, None] * size
    fx = np.fft.rfftfreq(size)[None, :] * size * stretch
    radius = np.sqrt(fx * fx + fy * fy)
    radius[0, 0] = 1.0
    spectrum *= radius ** (-slope / 2)
    spectrum[0, 0] = 0
    noise = np.fft.irfft2(spectrum, (size, size))
    low, high = np.quantile(noise, 0.01), np.quantile(noise, 0.99)
    return np.clip((noise - low) / (high - low), 0, 1).astype(np.float32)


def spectral(height: int, width: int, slope: float, seed: int, stretch: float = 1.0, size: int = 512) -> FloatArray:
    """Noise of power 1/f^slope in 0..1, float32 height x width; `stretch` > 1 draws it out sideways."""
    tile = _spectral(size, slope, seed, stretch)
    return np.asarray(cv2.resize(tile, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)


def tiled(height: int, width: int, slope: float, seed: int, size: int = 512) -> FloatArray:
    """The same noise at its own pixel size, repeated seamlessly to height x width."""
    tile = _spectral(size, slope, seed, 1.0)
    return np.tile(tile, (height // size + 1, width // size + 1))[:height, :width]


def profile(count: int, waves: float, rough: float, rng: np.random.Generator, octaves: int = 6) -> NDArray[np.float64]:
    """A rolling line of `count` values, about -1..1, with `waves` main waves and `rough` (0..1) detail."""
    x = np.linspace(0.0, waves, count)
    out = np.zeros(count)
    weight, total = 1.0, 0.0
    for octave in range(octaves):
        lattice = rng.uniform(-1, 1, int(waves * 2**octave) + 3)
        at = x * 2**octave
        i = at.astype(int)
        f = at - i
        f = f * f * (3 - 2 * f)
        out += weight * (lattice[i] * (1 - f) + lattice[i + 1] * f)
        total += weight
        weight *= rough
    return out / total * 1.5
