"""The light percussion of the built-in composer: drums, shaker and cymbal swell from sines and seeded noise.

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


@lru_cache(maxsize=1)
def drum() -> Samples:
    """A large soft drum."""
    t = np.arange(round(0.9 * RATE)) / RATE
    body = np.sin(2 * np.pi * (52 * t + 3.2 * (1 - np.exp(-t * 28)))) * np.exp(-t * 6.0) * np.minimum(1, t / 0.003)
    skin = _noise(11, 0.9, 60, 500) * (np.exp(-t * 30) * 0.25)[:, None]
    return _placed(body[:, None] + skin, 0.6)


@lru_cache(maxsize=1)
def heartbeat() -> Samples:
    """A muffled low stroke."""
    t = np.arange(round(0.6 * RATE)) / RATE
    body = np.sin(2 * np.pi * (44 * t + 1.5 * (1 - np.exp(-t * 30)))) * np.exp(-t * 9.0) * np.minimum(1, t / 0.006)
    return _placed(np.stack([body, body], axis=1), 0.5)


@lru_cache(maxsize=1)
def shaker() -> Samples:
    """A shaker."""
    t = np.arange(round(0.16 * RATE)) / RATE
    shape = np.minimum(1, t / 0.02) * np.exp(-t * 34)
    return _placed(_noise(23, 0.16, 4500, 12000) * shape[:, None], 0.14)


@lru_cache(maxsize=1)
def brush() -> Samples:
    """A snare drum under brushes."""
    t = np.arange(round(0.35 * RATE)) / RATE
    shape = np.minimum(1, t / 0.004) * np.exp(-t * 16)
    tone = np.sin(2 * np.pi * 185 * t) * np.exp(-t * 26) * 0.3
    return _placed(_noise(31, 0.35, 900, 8000) * shape[:, None] + tone[:, None], 0.22)


@lru_cache(maxsize=1)
def swell() -> Samples:
    """A cymbal that grows for two seconds and rings."""
    t = np.arange(round(4.0 * RATE)) / RATE
    shape = np.where(t < 2.0, (t / 2.0) ** 3, np.exp(-(t - 2.0) * 2.2))
    return _placed(_noise(47, 4.0, 3000, 13000) * shape[:, None], 0.16)


STROKES: Mapping[str, Callable[[], Samples]] = MappingProxyType(
    {"drum": drum, "heartbeat": heartbeat, "shaker": shaker, "brush": brush, "swell": swell}
)

SWELL_LEAD = round(2.0 * RATE)
"""Samples from a swell's start to its height."""

BEATS: Mapping[str, tuple[tuple[str, float, float], ...]] = MappingProxyType(
    {
        "light": (("shaker", 0.5, 0.8), ("shaker", 1.5, 0.8), ("shaker", 2.5, 0.8), ("shaker", 3.5, 1.0),
                  ("drum", 0.0, 0.35), ("brush", 1.0, 0.6), ("drum", 2.0, 0.3), ("brush", 3.0, 0.7)),
        "march": (("drum", 0.0, 1.0), ("drum", 1.5, 0.45), ("drum", 2.0, 0.8), ("brush", 1.0, 0.8),
                  ("brush", 3.0, 0.9), ("brush", 3.5, 0.5)),
        "pulse": (("heartbeat", 0.0, 0.9), ("heartbeat", 0.5, 0.5), ("heartbeat", 2.0, 0.8), ("heartbeat", 2.5, 0.4)),
        "swell": (),
        "": (),
    }
)  # fmt: skip
"""Strokes of one bar: which, on what beat, how loud."""
