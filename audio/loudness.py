"""Loudness by ITU-R BS.1770-4 and true peak, measured block by block.

The meter takes 48 kHz blocks of any length and keeps only one energy per 100 ms, so that its memory hardly grows with
the film. Knows nothing of cues or films.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from audio.voice import RATE, Samples

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SILENCE = -120.0
"""What loudness and peaks of silence are called, in LUFS and dBTP: a number, so that JSON can hold it."""

CELL = RATE // 10
_GATE_ABSOLUTE = -70.0
_GATE_RELATIVE = -10.0
_OFFSET = -0.691
_OVERSAMPLE = 4
_STRETCH = 1024
_STRETCH_K = 1 << 16

WARM_UP = CELL
"""Samples that the K-weighting needs before those that are measured."""
_GATHERED = 2 * (1 << 16)
_TAPS = 12
"""Taps per phase of the interpolator, as in the recommendation's annex 2."""

K_WEIGHTING = (
    (1.53512485958697, -2.69169618940638, 1.19839281085285, 1.0, -1.69065929318241, 0.73248077421585),
    (1.0, -2.0, 1.0, 1.0, -1.99004745483398, 0.99007225036621),
)
"""The two filters of BS.1770 at 48 kHz as second-order sections: a high shelf, then a high-pass."""


@cache
def _interpolator() -> Samples:
    """The low-pass between samples: a windowed sinc of unit gain, (phases, taps), earliest sample last."""
    import numpy as np

    length = _OVERSAMPLE * _TAPS
    cutoff = 0.92 / _OVERSAMPLE
    at = np.arange(length + 1) - length / 2
    taps = np.sinc(cutoff * at) * np.kaiser(length + 1, 7.0)
    taps *= _OVERSAMPLE / taps.sum()
    phases = np.zeros((_OVERSAMPLE, _TAPS + 1))
    for phase in range(_OVERSAMPLE):
        own = taps[phase::_OVERSAMPLE]
        phases[phase, : len(own)] = own
    return phases.astype(np.float32)


@cache
def _response() -> NDArray[np.complex64]:
    """The frequency response of the K-weighting for stretches of `_STRETCH_K` samples."""
    import numpy as np

    turn = np.exp(-2j * np.pi * np.arange(_STRETCH_K // 2 + 1) / _STRETCH_K)
    powers = np.stack([np.ones_like(turn), turn, turn**2])
    shelf, highpass = ((section[:3] @ powers) / (section[3:] @ powers) for section in np.array(K_WEIGHTING))
    whole: NDArray[np.complex64] = (shelf * highpass).astype(np.complex64)
    return whole


def k_weighted(sound: Samples) -> Samples:
    """A sound (n, channels) through the filters of BS.1770, as though silence lay before it.

    By Fourier transform, stretch by stretch: what a sample leaves behind has died away by 200 dB after `WARM_UP`.
    """
    import numpy as np

    weighted = np.empty_like(sound)
    padded = np.concatenate([np.zeros((WARM_UP, sound.shape[1]), np.float32), sound])
    hop = _STRETCH_K - WARM_UP
    for start in range(0, len(sound), hop):
        stretch = np.ascontiguousarray(padded[start : start + _STRETCH_K].T)
        spectrum = np.fft.rfft(stretch, _STRETCH_K, axis=1)
        spectrum *= _response()
        count = min(hop, len(sound) - start)
        weighted[start : start + count] = np.fft.irfft(spectrum, _STRETCH_K, axis=1)[:, WARM_UP : WARM_UP + count].T
    return weighted


@dataclass(frozen=True, slots=True)
class Loudness:
    """Integrated loudness in LUFS and true peak in dBTP; both are `SILENCE` for silence."""

    integrated: float
    true_peak: float


def decibels(amplitude: float) -> float:
    """An amplitude as dB relative to full scale, never below `SILENCE`."""
    return max(SILENCE, 20.0 * math.log10(max(amplitude, 1e-12)))


def amplitude(level: float) -> float:
    """The factor of a level in dB."""
    return float(10.0 ** (level / 20.0))


def integrated(energies: NDArray[np.float64]) -> float:
    """Gated loudness in LUFS of K-weighted mean squares per 100 ms, channels already summed.

    Shape (n,). A sound shorter than one 400 ms block is measured ungated, as a whole.
    """
    import numpy as np

    if not len(energies):
        return SILENCE
    blocks = np.convolve(energies, np.full(4, 0.25), "valid") if len(energies) >= 4 else np.array([energies.mean()])
    loud = blocks[_lufs(blocks) > _GATE_ABSOLUTE]
    if not len(loud):
        return SILENCE
    kept = loud[_lufs(loud) > _lufs(np.array([loud.mean()]))[0] + _GATE_RELATIVE]
    return float(_lufs(np.array([kept.mean()]))[0])


def _lufs(energies: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np

    return _OFFSET + 10.0 * np.log10(np.maximum(energies, 1e-13))


def oversampled_peak(samples: Samples, floor: float = 0.0) -> Samples:
    """For every sample the largest magnitude of the four-times oversampled wave around it, over all channels.

    `samples` is (n, channels), float32; the result is (n,), float32. Neighbouring sub-samples count for both sides.
    Stretches whose samples stay under `floor` are not oversampled: their sample peak is given.
    """
    import numpy as np

    peak: Samples = np.abs(samples).max(axis=1) if samples.shape[1] > 2 else _larger(samples)
    for first, last in _loud_stretches(peak, floor):
        low, high = max(0, first - 2 * _TAPS), min(len(peak), last + 2 * _TAPS)
        for channel in range(samples.shape[1]):
            around = _around(samples[low:high, channel])[first - low : last - low]
            np.maximum(peak[first:last], around, out=peak[first:last])
    return peak


def _larger(samples: Samples) -> Samples:
    import numpy as np

    larger: Samples = np.maximum(np.abs(samples[:, 0]), np.abs(samples[:, -1]))
    return larger


def _loud_stretches(peak: Samples, floor: float) -> list[tuple[int, int]]:
    """Runs of 1024-sample cells that reach `floor`, as first and last (exclusive) sample."""
    import numpy as np

    if not len(peak):
        return []
    loud = np.maximum.reduceat(peak, np.arange(0, len(peak), _STRETCH)) >= floor
    edges = np.flatnonzero(np.diff(np.concatenate([[False], loud, [False]]).astype(np.int8)))
    return [(int(a) * _STRETCH, min(int(b) * _STRETCH, len(peak))) for a, b in edges.reshape(-1, 2)]


def _around(wave: Samples) -> Samples:
    import numpy as np

    phases = _interpolator()
    reach = _TAPS // 2
    padded = np.pad(wave, reach)
    between = np.zeros(len(wave), np.float32)
    around = np.zeros(len(wave), np.float32)
    product = np.empty(len(wave), np.float32)
    for phase, taps in enumerate(phases):
        fine = np.zeros(len(wave), np.float32)
        for tap in np.flatnonzero(taps):
            first = _TAPS - int(tap)
            np.multiply(padded[first : first + len(wave)], taps[tap], out=product)
            fine += product
        np.abs(fine, out=fine)
        np.maximum(between if phase else around, fine, out=between if phase else around)
    np.maximum(around, between, out=around)
    np.maximum(around[1:], between[:-1], out=around[1:])
    return around


class Meter:
    """Measures a sound that arrives in blocks of shape (n,) or (n, channels) at 48 kHz."""

    def __init__(self, channels: int) -> None:
        import numpy as np

        self._channels = channels
        self._waiting: list[Samples] = []
        self._count = 0
        self._before = np.zeros((WARM_UP, channels), np.float32)
        self._rest = np.zeros((0, channels), np.float32)
        self._tail = np.zeros((_TAPS * 2, channels), dtype=np.float32)
        self._energies: list[NDArray[np.float64]] = []
        self._peak = 0.0

    def feed(self, block: Samples) -> None:
        """Takes the next block."""
        import numpy as np

        if len(block):
            self._waiting.append(block.reshape(len(block), self._channels).astype(np.float32, copy=False))
            self._count += len(block)
        if self._count >= _GATHERED:
            self._measure()

    def _measure(self) -> None:
        """Measures the blocks that have gathered."""
        import numpy as np

        if not self._waiting:
            return
        sound = np.concatenate(self._waiting)
        self._waiting, self._count = [], 0
        joined = np.concatenate([self._before, sound])
        self._before = joined[-WARM_UP:]
        weighted = np.concatenate([self._rest, k_weighted(joined)[WARM_UP:]])
        whole = len(weighted) // CELL * CELL
        cells = weighted[:whole].reshape(-1, CELL * self._channels)
        self._energies.append(np.einsum("ij,ij->i", cells, cells, dtype=np.float64) / CELL)
        self._rest = weighted[whole:]
        self._feed_peak(sound)

    def _feed_peak(self, sound: Samples) -> None:
        import numpy as np

        joined = np.concatenate([self._tail, sound])
        self._tail = joined[-_TAPS * 2 :]
        # The last samples wait for those that follow them: cut off here, they would seem to end in a jump.
        self._peak = _highest(joined, self._peak)

    def _true_peak(self) -> float:
        """The highest peak so far, as though silence followed."""
        import numpy as np

        ended = np.concatenate([self._tail, np.zeros((_TAPS, self._channels), np.float32)])
        return _highest(ended, self._peak)

    def energies(self) -> NDArray[np.float64]:
        """The mean squares so far, one per whole 100 ms."""
        import numpy as np

        self._measure()
        return np.concatenate(self._energies) if self._energies else np.zeros(0)

    def result(self) -> Loudness:
        """Loudness and true peak of everything fed so far."""
        import numpy as np

        energies = self.energies()
        if not len(energies) and len(self._rest):
            energies = np.array([float((self._rest**2).sum(dtype=np.float64) / len(self._rest))])
        return Loudness(integrated(energies), decibels(self._true_peak()))


def _highest(sound: Samples, known: float) -> float:
    """The larger of a peak that is known and the true peak of a sound but for `_TAPS` samples at either end."""
    import numpy as np

    highest = float(np.abs(sound).max())
    # A true peak lies at most some 3 dB above the samples beside it: quieter stretches cannot hold the highest.
    floor = 0.7 * max(known, highest)
    if highest < floor:
        return known
    return max(known, float(oversampled_peak(sound, floor)[_TAPS:-_TAPS].max()))


def of_samples(samples: Samples) -> Loudness:
    """Loudness and true peak of a whole sound held in memory."""
    meter = Meter(1 if samples.ndim == 1 else samples.shape[1])
    meter.feed(samples)
    return meter.result()
