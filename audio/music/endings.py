"""How music ends that was not written to end here: at a quiet place, and with the ring of a room after it.

Pure; knows no files, beats or models.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from audio.voice import RATE, Samples

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RING = round(2.4 * RATE)
"""Samples that a ring lasts, at most."""

RELEASE = round(0.04 * RATE)
"""Samples over which what sounds gives way to its ring."""

HEARD = round(1.5 * RATE)
"""Samples before an end that its ring is made of."""

_WET = 0.5
_DECAY = 1.8
"""Seconds in which the ring falls by 60 dB."""


def rung_out(before: Samples, samples: int) -> Samples:
    """What rings on when `before` (n, 2) stops: its answer in a room, (RELEASE + samples, 2).

    It comes in over the last `RELEASE` samples of `before`, where that has to give way, and is silent at its end.
    """
    import numpy as np
    from scipy.signal import oaconvolve

    heard, impulse = before[-HEARD:], _impulse()
    ring = np.zeros((RELEASE + samples, 2), np.float32)
    if len(heard) < RELEASE:
        return ring
    wet = np.stack([oaconvolve(heard[:, side], impulse[:, side]) for side in (0, 1)], axis=1)[len(heard) - RELEASE :]
    count = min(len(ring), len(wet))
    ring[:count] = _WET * wet[:count]
    ring[:RELEASE] *= fall(RELEASE)[::-1, None]
    ring[count - samples // 2 - 1 : count] *= fall(samples // 2 + 1)[:, None]
    return ring


def fall(samples: int) -> Samples:
    """Gains from near 1 to 0 along a cosine, (samples,)."""
    import numpy as np

    curve: Samples = (np.cos(0.5 * np.pi * (np.arange(samples) + 1) / samples) ** 2).astype(np.float32)
    return curve


def quiet_place(levels: NDArray[np.float32], low: int, high: int, width: int) -> int:
    """The frame in [low, high) around which `width` frames of levels (dB) are the quietest; the last of equals."""
    import numpy as np

    low, high = max(0, low), min(len(levels), high)
    if high <= low + 1:
        return low
    power = 10.0 ** (levels.astype(np.float64) / 10.0)
    around = np.convolve(np.pad(power, width // 2, mode="edge"), np.full(width, 1.0 / width), "same")
    stretch = around[width // 2 :][low:high]
    return high - 1 - int(stretch[::-1].argmin())


@cache
def _impulse() -> Samples:
    """The answer of a middling room: noise that decays and loses its highs, of unit energy a side, (n, 2)."""
    import numpy as np
    from scipy.signal import butter, sosfilt

    t = np.arange(RING) / RATE
    noise = np.random.default_rng(11).standard_normal((len(t), 2))
    bright = sosfilt(butter(1, [150, 6000], "bandpass", fs=RATE, output="sos"), noise, axis=0)
    dull = sosfilt(butter(1, [100, 1500], "bandpass", fs=RATE, output="sos"), noise, axis=0)
    blend = np.exp(-4.0 * t / _DECAY)[:, None]
    tail = (bright * blend + dull * (1.0 - blend)) * np.exp(-6.9 * t / _DECAY)[:, None]
    impulse: Samples = (tail / np.sqrt(np.square(tail).sum(axis=0))).astype(np.float32)
    return impulse
