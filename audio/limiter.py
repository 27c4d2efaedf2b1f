"""The limiter: keeps the true peak of a mix under its ceiling without being heard.

The gain of a sample depends only on its neighbourhood, so that a block with enough context gives the same result
alone as within the whole film. Pure.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from audio.loudness import oversampled_peak
from audio.voice import RATE, Samples

REACH = round(0.030 * RATE)
"""Samples on either side over which the gain moves: nothing steps, nothing pumps."""

CONTEXT = 2 * REACH + 64
"""Samples of neighbourhood that a block needs on either side."""

_WINDOW = np.hanning(2 * REACH + 3)[1:-1].astype(np.float64)
_WINDOW /= _WINDOW.sum()


def gain_curve(sound: Samples, ceiling: float) -> NDArray[np.float32]:
    """The gain (0..1) that holds every four-times oversampled peak under `ceiling` (an amplitude).

    `sound` is (n, channels); the result is (n,) and valid `CONTEXT` samples away from ends that go on elsewhere.
    """
    from scipy.ndimage import minimum_filter1d

    peak = oversampled_peak(sound, 0.6 * ceiling)  # a true peak lies at most some 3 dB above the samples beside it
    wanted = np.minimum(1.0, ceiling / np.maximum(peak, 1e-9))
    if float(wanted.min()) == 1.0:
        return np.ones(len(sound), dtype=np.float32)
    held = minimum_filter1d(wanted, 2 * REACH + 1, mode="nearest")
    padded = np.pad(held.astype(np.float64), REACH, mode="edge")
    smooth = _smoothed(padded)
    return np.minimum(smooth, 1.0).astype(np.float32)


def _smoothed(padded: NDArray[np.float64]) -> NDArray[np.float64]:
    from scipy.signal import oaconvolve

    smooth: NDArray[np.float64] = oaconvolve(padded, _WINDOW, mode="valid")
    return smooth


def limited(sound: Samples, ceiling: float) -> Samples:
    """The whole sound, (n, channels), with its true peak held under `ceiling` (an amplitude)."""
    held: Samples = sound * gain_curve(sound, ceiling)[:, None]
    return held
