"""Strokes of the house, from sines and seeded noise: the small percussion that the synthesiser from a wheel has not.

Pure and deterministic; each function returns one stereo stroke.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from audio.voice import RATE, Samples


def _noise(seed: int, seconds: float, low: float, high: float) -> NDArray[np.float64]:
    """Stereo noise (n, 2) between two frequencies in hertz."""
    from scipy.signal import butter, sosfilt

    raw = np.random.default_rng(seed).standard_normal((round(seconds * RATE), 2))
    band = butter(2, [low, high], "bandpass", fs=RATE, output="sos")
    filtered: NDArray[np.float64] = sosfilt(band, raw, axis=0)
    return filtered


def _placed(out: NDArray[np.float64], peak: float) -> Samples:
    tail = np.minimum(1.0, (len(out) - 1 - np.arange(len(out))) / (0.02 * RATE))
    faded = out * tail[:, None]
    stroke: Samples = (faded * (peak / np.abs(faded).max())).astype(np.float32)
    return stroke


def _times(seconds: float) -> NDArray[np.float64]:
    return np.arange(round(seconds * RATE)) / RATE


def _metal(seconds: float, partials: tuple[float, ...], fading: float) -> NDArray[np.float64]:
    """Inharmonic partials in hertz that die away, the higher the sooner; (n, 1)."""
    t = _times(seconds)
    wave = sum(np.sin(2 * np.pi * f * t + f) * np.exp(-t * fading * (1 + 0.2 * k)) for k, f in enumerate(partials))
    return np.asarray(wave)[:, None] * np.ones((1, 2))


@lru_cache(maxsize=1)
def drum() -> Samples:
    """A large soft drum."""
    t = _times(0.9)
    body = np.sin(2 * np.pi * (52 * t + 3.2 * (1 - np.exp(-t * 28)))) * np.exp(-t * 6.0) * np.minimum(1, t / 0.001)
    skin = _noise(11, 0.9, 60, 500) * (np.exp(-t * 30) * 0.25)[:, None]
    return _placed(body[:, None] + skin, 0.6)


@lru_cache(maxsize=1)
def shaker() -> Samples:
    """A shaker."""
    t = _times(0.16)
    shape = np.minimum(1, t / 0.015) * np.exp(-t * 34)
    return _placed(_noise(23, 0.16, 4500, 12000) * shape[:, None], 0.14)


@lru_cache(maxsize=1)
def brush() -> Samples:
    """A snare drum under brushes."""
    t = _times(0.35)
    shape = np.minimum(1, t / 0.004) * np.exp(-t * 16)
    skin = np.sin(2 * np.pi * 185 * t) * np.exp(-t * 26) * 0.3
    return _placed(_noise(31, 0.35, 900, 8000) * shape[:, None] + skin[:, None], 0.22)


@lru_cache(maxsize=1)
def tambourine() -> Samples:
    """A tambourine: jingles over a short slap."""
    t = _times(0.3)
    jingles = _noise(37, 0.3, 6000, 14000) * np.exp(-t * 18)[:, None] + 0.4 * _metal(0.3, (6200, 7900, 9700), 22)
    return _placed(jingles, 0.2)


@lru_cache(maxsize=1)
def triangle() -> Samples:
    """A triangle."""
    return _placed(_metal(2.5, (2210, 4460, 6730, 9180), 2.4), 0.14)


@lru_cache(maxsize=2)
def _block(hertz: float) -> Samples:
    t = _times(0.16)
    ring = np.sin(2 * np.pi * hertz * t) * np.exp(-t * 45) + 0.4 * np.sin(2 * np.pi * 2.4 * hertz * t) * np.exp(-t * 70)
    return _placed(ring[:, None] * np.ones((1, 2)), 0.3)


@lru_cache(maxsize=1)
def stick() -> Samples:
    """A stick on a rim."""
    t = _times(0.09)
    tap = np.sin(2 * np.pi * 1720 * t) * np.exp(-t * 90)
    return _placed(tap[:, None] + 0.3 * _noise(41, 0.09, 2000, 9000) * np.exp(-t * 120)[:, None], 0.22)


@lru_cache(maxsize=1)
def crash() -> Samples:
    """A large cymbal that rings for three seconds."""
    t = _times(3.2)
    shape = np.minimum(1, t / 0.002) * (0.5 * np.exp(-t * 9) + 0.5 * np.exp(-t * 1.6))
    wash = _noise(47, 3.2, 2500, 14000) * shape[:, None] + 0.1 * _metal(3.2, (3170, 4350, 5620, 7410), 1.6)
    return _placed(wash, 0.3)


STROKES: Mapping[str, Callable[[], Samples]] = MappingProxyType(
    {
        "drum": drum,
        "shaker": shaker,
        "brush": brush,
        "tambourine": tambourine,
        "triangle": triangle,
        "wood high": lambda: _block(1250.0),
        "wood": lambda: _block(880.0),
        "stick": stick,
        "crash": crash,
    }
)
