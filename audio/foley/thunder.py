"""Thunder: the sound of a long channel, whose nearer parts arrive first and brighter than the farther ones."""

from __future__ import annotations

import numpy as np

from audio.foley.noise import filtered, spread
from audio.foley.stretch import Dice, Stretch
from audio.voice import RATE, Samples

_BANDS = ((25.0, 75.0, 1.5, 3.4, 0.55), (70.0, 190.0, 1.0, 2.1, 0.32), (180.0, 650.0, 0.5, 0.95, 0.16),
          (650.0, 3500.0, 0.3, 0.42, 0.07))  # fmt: skip
"""Of each band: its edges, its level, the seconds in which distance takes it away, and how long one arrival rings."""


def roll(dice: Dice, seconds: float, far: float) -> Samples:
    """One stroke of thunder (n, 2); `far` runs from 0, overhead, to 1, where only the roll is left of it."""
    count = round(seconds * RATE)
    grid = np.arange(0, count + 480, 480)
    arrivals = np.sort(np.append(0.04 + 0.3 * far, 0.05 + dice.gamma(1.7, 0.17 * seconds, 30) + 0.3 * far))
    sizes = np.exp(dice.normal(0.0, 0.8, len(arrivals))) * np.exp(-arrivals / (0.45 * seconds))
    sizes[0] = max(sizes.max(), 1.0)
    out = np.zeros((count, 2), np.float32)
    white = dice.standard_normal((count, 2), dtype=np.float32)
    samples = np.arange(count)
    for low, high, level, reach, ring in _BANDS:
        dull = level * (1.0 if high < 200 else (1.0 - far) ** (0.7 if high < 1000 else 1.6))
        since = grid[:, None] / RATE - arrivals
        struck = np.where(since > 0, np.minimum(1, since / (0.006 + 0.05 * far)) * np.exp(-since / ring), 0.0)
        curve = (struck * sizes * np.exp(-arrivals / reach)).sum(axis=1)
        loud = (dull * np.sqrt(RATE / (high - low)) * 0.4 * np.interp(samples, grid, curve)).astype(np.float32)
        out += filtered(white, "bandpass", low, high, order=1) * loud[:, None]
    if far < 0.5:
        out += _rip(dice, count) * np.float32(1.6 * (0.5 - far))
    fade = np.minimum(1.0, (count - np.arange(count)) / (0.35 * count)) ** 1.5
    return spread(out * fade[:, None].astype(np.float32), 0.6) * np.float32(0.25)


def _rip(dice: Dice, count: int) -> Samples:
    """The tearing crack of a stroke overhead: hundreds of snaps within a third of a second."""
    snaps = np.zeros((count, 2), np.float32)
    at = (RATE * (0.04 + 0.32 * dice.beta(1.0, 2.2, 420))).astype(np.int64)
    np.add.at(snaps, np.minimum(at, count - 1), (3.0 * dice.standard_normal((len(at), 2))).astype(np.float32))
    return filtered(snaps, "bandpass", 350.0, 6500.0, order=1) * np.float32(6.0)


def thunder(stretch: Stretch) -> Samples:
    """One stroke, nearer or farther as the dice fall."""
    dice = stretch.dice("thunder")
    whole = roll(dice, 8.0, float(dice.uniform(0.1, 0.6)))
    return np.pad(whole[: stretch.count], ((0, max(0, stretch.count - len(whole))), (0, 0)))
