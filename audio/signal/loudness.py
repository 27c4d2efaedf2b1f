"""Loudness by ITU-R BS.1770-4 and true peak, measured block by block.

The meter takes 48 kHz blocks of any length and keeps only one energy per 100 ms, so that its memory hardly grows with
the film. Knows nothing of cues or films.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from audio.signal.recursive import filtered
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
_ROW = 16
_PIECE = 1 << 14
_ROUNDING = 1e-4
"""Far more than matrix products can be off by rounding."""

WARM_UP = CELL
"""Samples that the K-weighting needs before those that are measured."""
_GATHERED = 1 << 17
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


def k_weighted(sound: Samples) -> Samples:
    """A sound (n, channels) through the filters of BS.1770, as though silence lay before it.

    What a sample leaves behind has died away by 200 dB after `WARM_UP`.
    """
    weighted: Samples = filtered(K_WEIGHTING, sound.T).T
    return weighted


def mean_squares(sound: Samples, step: int) -> NDArray[np.float64]:
    """The mean square of every `step` samples of a sound (n, channels), channels summed; the last step may be short."""
    import numpy as np

    planes = sound.T if sound.strides[0] == sound.itemsize else np.ascontiguousarray(sound.T)
    count = planes.shape[1]
    whole = count // step * step
    steps = planes[:, :whole].reshape(len(planes), -1, step)
    means: NDArray[np.float64] = np.einsum("cij,cij->ci", steps, steps).sum(axis=0, dtype=np.float64) / step
    if whole == count:
        return means
    return np.append(means, np.square(planes[:, whole:], dtype=np.float64).sum() / (count - whole))


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
    # Every stretch of every channel with silence after it, in one row: one product answers for all.
    places, waves, passed = [], [], 0
    silence = np.zeros(_TAPS, np.float32)
    for first, last in _loud_stretches(peak, floor):
        low, high = max(0, first - 2 * _TAPS), min(len(peak), last + 2 * _TAPS)
        for channel in range(samples.shape[1]):
            places.append((first, last, passed + first - low))
            waves += [samples[low:high, channel], silence]
            passed += high - low + _TAPS
    around = _around(np.concatenate(waves)) if waves else peak
    for first, last, at in places:
        np.maximum(peak[first:last], around[at : at + last - first], out=peak[first:last])
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


@cache
def _products() -> Samples:
    """The interpolator as matrices, (phases, _ROW + _TAPS, _ROW): rows of samples and neighbours to sub-samples."""
    import numpy as np

    made = np.zeros((_OVERSAMPLE, _ROW + _TAPS, _ROW), np.float32)
    for at in range(_ROW):
        made[:, at : at + _TAPS + 1, at] = _interpolator()[:, ::-1]
    return made


def _around(wave: Samples) -> Samples:
    """The largest magnitude of the oversampled wave at each sample, just before and just after it."""
    import numpy as np

    around = np.empty(len(wave), np.float32)
    reach = _TAPS // 2
    padded = np.zeros(len(wave) + 2 * reach + _ROW, np.float32)
    padded[reach : reach + len(wave)] = wave
    before = np.float32(0.0)
    for start in range(0, len(wave), _PIECE):
        count = min(_PIECE, len(wave) - start)
        shape = (-(-count // _ROW), _ROW + _TAPS)
        rows = np.ascontiguousarray(
            np.lib.stride_tricks.as_strided(padded[start:], shape, (_ROW * padded.itemsize, padded.itemsize))
        )
        fine = [np.abs((rows @ product).ravel()[:count]) for product in _products()]
        between = np.maximum(np.maximum(fine[1], fine[2]), fine[3])
        here = np.maximum(fine[0], between, out=around[start : start + count])
        np.maximum(here[1:], between[:-1], out=here[1:])
        here[0] = max(here[0], before)
        before = between[-1]
    return around


def peak_over(samples: Samples, ceiling: float) -> Samples:
    """`oversampled_peak`, but only where it may lie over `ceiling`; elsewhere the sample peak.

    What lies over it comes out bit for bit the same wherever it lies in the sound.
    """
    import numpy as np

    peak = oversampled_peak(samples, 0.6 * ceiling)  # a true peak lies at most some 3 dB above the samples beside it
    over = np.flatnonzero(peak >= ceiling * (1.0 - _ROUNDING))
    for start in range(0, len(over), _PIECE):
        at = over[start : start + _PIECE]
        exact = np.abs(samples[at]).max(axis=1)
        for channel in range(samples.shape[1]):
            np.maximum(exact, _exactly(samples[:, channel], at), out=exact)
        peak[at] = exact
    return peak


def _exactly(wave: Samples, at: NDArray[np.intp]) -> Samples:
    """`_around` at some samples, each product and sum rounded by itself: matrix products may round as they like."""
    import numpy as np

    reach = _TAPS // 2
    padded = np.pad(wave, (reach + 1, reach))
    near = [padded[at + offset] for offset in range(_TAPS + 2)]
    highest = np.zeros(len(at), np.float32)
    for phase, taps in enumerate(_interpolator()):
        for late in (0, 1) if phase else (1,):
            fine = np.zeros(len(at), np.float32)
            for tap in np.flatnonzero(taps):
                fine += near[_TAPS - int(tap) + late] * taps[tap]
            np.maximum(highest, np.abs(fine), out=highest)
    return highest


class Meter:
    """Measures a sound that arrives in blocks of shape (n,) or (n, channels) at 48 kHz."""

    def __init__(self, channels: int) -> None:
        import numpy as np

        self._channels = channels
        self._waiting: list[Samples] = []
        self._count = 0
        # As planes, (channels, n): the heard of the filters, weighted samples short of a cell, and the peak's.
        self._before = np.zeros((channels, WARM_UP), np.float32)
        self._rest = np.zeros((channels, 0), np.float32)
        self._tail = np.zeros((channels, _TAPS * 2), np.float32)
        self._energies: list[NDArray[np.float64]] = []
        self._peak = 0.0

    def feed(self, block: Samples) -> None:
        """Takes the next block."""
        import numpy as np

        if len(block):
            self._waiting.append(block.reshape(len(block), self._channels).astype(np.float32, copy=False).T)
            self._count += len(block)
        if self._count >= _GATHERED:
            self._measure()

    def _measure(self) -> None:
        """Measures the blocks that have gathered."""
        import numpy as np

        if not self._waiting:
            return
        joined = np.concatenate([self._before, *self._waiting], axis=1)
        self._waiting, self._count = [], 0
        self._before = joined[:, -WARM_UP:].copy()
        weighted = np.concatenate([self._rest, filtered(K_WEIGHTING, joined)[:, WARM_UP:]], axis=1)
        whole = weighted.shape[1] // CELL * CELL
        self._energies.append(mean_squares(weighted[:, :whole].T, CELL))
        self._rest = weighted[:, whole:].copy()
        # The last samples wait for those that follow them: cut off here, they would seem to end in a jump.
        heard = np.concatenate([self._tail, joined[:, WARM_UP:]], axis=1)
        self._tail = heard[:, -_TAPS * 2 :].copy()
        self._peak = _highest(heard.T, self._peak)

    def _true_peak(self) -> float:
        """The highest peak so far, as though silence followed."""
        import numpy as np

        return _highest(np.pad(self._tail, ((0, 0), (0, _TAPS))).T, self._peak)

    def energies(self) -> NDArray[np.float64]:
        """The mean squares so far, one per whole 100 ms."""
        import numpy as np

        self._measure()
        return np.concatenate(self._energies) if self._energies else np.zeros(0)

    def result(self) -> Loudness:
        """Loudness and true peak of everything fed so far."""
        energies = self.energies()
        if not len(energies) and self._rest.size:
            energies = mean_squares(self._rest.T, self._rest.shape[1])
        return Loudness(integrated(energies), decibels(self._true_peak()))


def _highest(sound: Samples, known: float) -> float:
    """The larger of a peak that is known and the true peak of a sound but for `_TAPS` samples at either end."""
    highest = max(float(sound.max()), -float(sound.min()))
    # A true peak lies at most some 3 dB above the samples beside it: quieter stretches cannot hold the highest.
    floor = 0.7 * max(known, highest)
    if highest < floor:
        return known
    return max(known, float(oversampled_peak(sound, floor)[_TAPS:-_TAPS].max()))


def integrated_of(sound: Samples) -> float:
    """Loudness in LUFS of a whole sound (n, channels) held in memory, of at least 100 ms."""
    whole = len(sound) // CELL * CELL
    return integrated(mean_squares(k_weighted(sound[:whole]), CELL))


def of_samples(samples: Samples) -> Loudness:
    """Loudness and true peak of a whole sound held in memory."""
    meter = Meter(1 if samples.ndim == 1 else samples.shape[1])
    meter.feed(samples)
    return meter.result()
