"""How loud a film is made: the one gain that brings it to its loudness once its peaks are limited.

Reckoned from levels of its chunks taken a hundred times a second, so that changing one line measures one chunk. The
same levels always give the same gain, whatever was made before. Knows no files.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audio.signal import loudness
from audio.signal.loudness import CELL, SILENCE, amplitude, integrated, oversampled_peak
from audio.voice import Samples
from projects.steps import Json

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

QUANTUM = 0.4
"""Steps of the gain in dB: the film is at most half of one off, and a changed line rarely moves it."""

STEP = CELL // 10
"""Samples that one level stands for: 10 ms."""

MOST_GAIN = 40.0
"""dB; a film more quiet than that is as good as silent and stays as it is."""

MOST_CORRECTION = 2.0
"""LU by which coding may change a film's loudness; a larger miss has another cause, which a gain does not mend."""

_OFFSET = -0.691
"""dB between the loudness of BS.1770 and the energy that it weighs."""

_LOUD = 0.7
"""The share of a chunk's highest sample under which no true peak is looked for."""

_MOST_STEPS = 30
"""How many quanta are tried to make up for what the limiter takes away."""

_SPREAD = (0.0625, 0.25, 0.375, 0.25, 0.0625)
"""How the limiter's gain spreads around a peak, in steps of 10 ms."""


@dataclass(frozen=True, slots=True)
class Levels:
    """K-weighted energies (mean squares, channels summed) and true peaks (amplitudes), one for each 10 ms."""

    energies: NDArray[np.float64]
    peaks: NDArray[np.float64]


def measured(sound: Samples, first: int, count: int) -> Levels:
    """The levels of `count` samples from `first` of a sound (n, 2) that goes on around them."""
    import numpy as np

    weighted = loudness.k_weighted(sound)[first : first + count]
    own = sound[first : first + count]
    floor = _LOUD * float(np.abs(own).max(initial=0.0))
    low, high = max(0, first - 64), first + count + 64
    peak = oversampled_peak(sound[low:high], floor)[first - low : first - low + count]
    peaks = np.maximum.reduceat(peak, np.arange(0, count, STEP)).astype(np.float64)
    return Levels(loudness.mean_squares(weighted, STEP), peaks)


def loudest_moment(sound: Samples, skipped: int) -> float:
    """The loudest 0.4 s in LUFS of a sound (n, 2) after its first `skipped` samples; the whole where that is shorter.

    `SILENCE` for silence.
    """
    import numpy as np

    energies = loudness.mean_squares(loudness.k_weighted(sound)[skipped:], CELL)
    if not len(energies):
        return SILENCE
    moments = np.convolve(energies, np.full(4, 0.25), "valid") if len(energies) > 4 else energies.mean(keepdims=True)
    return max(SILENCE, loudness.decibels(float(np.sqrt(moments.max()))) + _OFFSET)


def packed(levels: Levels) -> dict[str, str]:
    """Levels as facts: hundredths of a decibel, 16 bits each, little end first, in base 64."""
    return {"levels": _written(10.0, levels.energies), "peaks": _written(20.0, levels.peaks)}


def unpacked(facts: Json) -> Levels:
    """Levels from the facts of a chunk."""
    return Levels(_read(10.0, facts["levels"]), _read(20.0, facts["peaks"]))


def _written(scale: float, values: NDArray[np.float64]) -> str:
    import numpy as np

    hundredths = np.round(100.0 * scale * np.log10(np.maximum(values, 1e-14)))
    return base64.b64encode(np.clip(hundredths, -32768, 32767).astype("<i2").tobytes()).decode("ascii")


def _read(scale: float, text: str) -> NDArray[np.float64]:
    import numpy as np

    hundredths = np.frombuffer(base64.b64decode(text), "<i2").astype(np.float64)
    value: NDArray[np.float64] = 10.0 ** (hundredths / (100.0 * scale))
    return value


def together(chunks: Sequence[Levels]) -> Levels:
    """The levels of a film from those of its chunks in order."""
    import numpy as np

    return Levels(np.concatenate([one.energies for one in chunks]), np.concatenate([one.peaks for one in chunks]))


def film_gain(whole: Levels, target: float, ceiling: float) -> float:
    """The gain in dB, a whole number of quanta, that brings a film nearest to `target` LUFS under `ceiling` dBTP.

    0 for a film that is as good as silent.
    """
    natural = integrated(_cells(whole.energies))
    if natural <= SILENCE or target - natural > MOST_GAIN:
        return 0.0
    steps = round((target - natural) / QUANTUM)
    miss = abs(limited_loudness(whole, steps * QUANTUM, ceiling) - target)
    for _ in range(_MOST_STEPS):
        louder = abs(limited_loudness(whole, (steps + 1) * QUANTUM, ceiling) - target)
        if louder >= miss:
            break
        steps, miss = steps + 1, louder
    return round(steps * QUANTUM, 2)


def limited_loudness(levels: Levels, gain: float, ceiling: float) -> float:
    """What a film measures in LUFS with this gain and its peaks limited, to some hundredths of a LU."""
    import numpy as np

    raised = levels.energies * amplitude(gain) ** 2
    wanted = np.minimum(1.0, amplitude(ceiling - gain) / np.maximum(levels.peaks, 1e-9))
    if len(wanted) and float(wanted.min()) < 1.0:
        # The limiter holds a peak for 30 ms to both sides: between two and three steps, by where in its step it lies.
        held = np.pad((_lowest(wanted, 2) + _lowest(wanted, 3)) / 2.0, 2, mode="edge")
        raised = raised * np.convolve(held, _SPREAD, "valid") ** 2
    return integrated(_cells(raised))


def _lowest(values: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """The lowest value within `reach` of each."""
    import numpy as np

    around = np.lib.stride_tricks.sliding_window_view(np.pad(values, reach, mode="edge"), 2 * reach + 1)
    lowest: NDArray[np.float64] = around.min(axis=1)
    return lowest


def _cells(energies: NDArray[np.float64]) -> NDArray[np.float64]:
    """Energies of whole tenths of a second; of the whole where there is none."""
    import numpy as np

    per = CELL // STEP
    whole = len(energies) // per * per
    if not whole:
        return energies[:0] if not len(energies) else np.array([energies.mean()])
    tenths: NDArray[np.float64] = energies[:whole].reshape(-1, per).mean(axis=1)
    return tenths
