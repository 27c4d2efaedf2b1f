"""Loudness by ITU-R BS.1770-4 and true peak, measured block by block.

The meter takes 48 kHz blocks of any length and keeps only one energy per 100 ms, so that its memory hardly grows with
the film. Knows nothing of cues or films.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from audio.voice import RATE, Samples
from storyboard.errors import MissingError

SILENCE = -120.0
"""What loudness and peaks of silence are called, in LUFS and dBTP: a number, so that JSON can hold it."""

CELL = RATE // 10
_GATE_ABSOLUTE = -70.0
_GATE_RELATIVE = -10.0
_OFFSET = -0.691
_OVERSAMPLE = 4
_STRETCH = 1024
_TAPS = 12
"""Taps per phase of the interpolator, as in the recommendation's annex 2."""

K_WEIGHTING = np.array(
    [
        [1.53512485958697, -2.69169618940638, 1.19839281085285, 1.0, -1.69065929318241, 0.73248077421585],
        [1.0, -2.0, 1.0, 1.0, -1.99004745483398, 0.99007225036621],
    ]
)
"""The two filters of BS.1770 at 48 kHz as second-order sections: a high shelf, then a high-pass."""


@cache
def _interpolator() -> Samples:
    """The low-pass between samples. scipy is loaded where it is used: a plan measures nothing and must not wait."""
    from scipy.signal import firwin

    taps = firwin(_OVERSAMPLE * _TAPS + 1, 0.92 / _OVERSAMPLE, window=("kaiser", 7.0))
    return np.asarray(taps * _OVERSAMPLE, np.float32)


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
    if not len(energies):
        return SILENCE
    blocks = np.convolve(energies, np.full(4, 0.25), "valid") if len(energies) >= 4 else np.array([energies.mean()])
    loud = blocks[_lufs(blocks) > _GATE_ABSOLUTE]
    if not len(loud):
        return SILENCE
    kept = loud[_lufs(loud) > _lufs(np.array([loud.mean()]))[0] + _GATE_RELATIVE]
    return float(_lufs(np.array([kept.mean()]))[0])


def _lufs(energies: NDArray[np.float64]) -> NDArray[np.float64]:
    return _OFFSET + 10.0 * np.log10(np.maximum(energies, 1e-13))


def oversampled_peak(samples: Samples, floor: float = 0.0) -> Samples:
    """For every sample the largest magnitude of the four-times oversampled wave around it, over all channels.

    `samples` is (n, channels), float32; the result is (n,), float32. Neighbouring sub-samples count for both sides.
    Stretches whose samples stay under `floor` are not oversampled: their sample peak is given.
    """
    peak: Samples = np.abs(samples).max(axis=1) if samples.shape[1] > 2 else _larger(samples)
    for first, last in _loud_stretches(peak, floor):
        low, high = max(0, first - 2 * _TAPS), min(len(peak), last + 2 * _TAPS)
        for channel in range(samples.shape[1]):
            around = _around(samples[low:high, channel])[first - low : last - low]
            np.maximum(peak[first:last], around, out=peak[first:last])
    return peak


def _larger(samples: Samples) -> Samples:
    larger: Samples = np.maximum(np.abs(samples[:, 0]), np.abs(samples[:, -1]))
    return larger


def _loud_stretches(peak: Samples, floor: float) -> list[tuple[int, int]]:
    """Runs of 1024-sample cells that reach `floor`, as first and last (exclusive) sample."""
    if not len(peak):
        return []
    loud = np.maximum.reduceat(peak, np.arange(0, len(peak), _STRETCH)) >= floor
    edges = np.flatnonzero(np.diff(np.concatenate([[False], loud, [False]]).astype(np.int8)))
    return [(int(a) * _STRETCH, min(int(b) * _STRETCH, len(peak))) for a, b in edges.reshape(-1, 2)]


def _around(wave: Samples) -> Samples:
    from scipy.signal import upfirdn

    fine = np.abs(upfirdn(_interpolator(), np.ascontiguousarray(wave), up=_OVERSAMPLE))
    delay = _OVERSAMPLE * _TAPS // 2
    grid = fine[delay : delay + _OVERSAMPLE * len(wave)]
    between = np.maximum(np.maximum(grid[1::4], grid[2::4]), grid[3::4])
    around: Samples = np.maximum(grid[0::4], between)
    around[1:] = np.maximum(around[1:], between[:-1])
    return around


class Meter:
    """Measures a sound that arrives in blocks of shape (n,) or (n, channels) at 48 kHz."""

    def __init__(self, channels: int) -> None:
        self._channels = channels
        self._state = np.zeros((2, 2, channels))
        self._rest = np.zeros((0, channels))
        self._tail = np.zeros((_TAPS * 2, channels), dtype=np.float32)
        self._energies: list[NDArray[np.float64]] = []
        self._peak = 0.0

    def feed(self, block: Samples) -> None:
        """Takes the next block."""
        sound = block.reshape(len(block), self._channels)
        if not len(sound):
            return
        from scipy.signal import sosfilt

        weighted, self._state = sosfilt(K_WEIGHTING, sound.astype(np.float64), axis=0, zi=self._state)
        weighted = np.concatenate([self._rest, weighted])
        whole = len(weighted) // CELL * CELL
        cells = weighted[:whole].reshape(-1, CELL, self._channels)
        self._energies.append(np.einsum("ijk,ijk->i", cells, cells) / CELL)
        self._rest = weighted[whole:]
        self._feed_peak(sound)

    def _feed_peak(self, sound: Samples) -> None:
        joined = np.concatenate([self._tail, sound])
        self._tail = joined[-_TAPS * 2 :]
        # The last samples wait for those that follow them: cut off here, they would seem to end in a jump.
        self._peak = _highest(joined, self._peak)

    def _true_peak(self) -> float:
        """The highest peak so far, as though silence followed."""
        ended = np.concatenate([self._tail, np.zeros((_TAPS, self._channels), np.float32)])
        return _highest(ended, self._peak)

    def energies(self) -> NDArray[np.float64]:
        """The mean squares so far, one per whole 100 ms."""
        return np.concatenate(self._energies) if self._energies else np.zeros(0)

    def result(self) -> Loudness:
        """Loudness and true peak of everything fed so far."""
        energies = self.energies()
        if not len(energies) and len(self._rest):
            energies = np.array([float((self._rest**2).sum() / len(self._rest))])
        return Loudness(integrated(energies), decibels(self._true_peak()))


def _highest(sound: Samples, known: float) -> float:
    """The larger of a peak that is known and the true peak of a sound but for `_TAPS` samples at either end."""
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


def measure(path: Path) -> Loudness:
    """Loudness and true peak of the first sound stream of any media file; MissingError where it has none."""
    with av.open(str(path)) as media:
        if not media.streams.audio:
            raise MissingError(f"{path.name} has no sound to measure", "render it with sound")
        stream = media.streams.audio[0]
        channels = min(2, stream.codec_context.channels)
        resampler = av.AudioResampler(format="flt", layout="stereo" if channels == 2 else "mono", rate=RATE)
        meter = Meter(channels)
        for frame in media.decode(stream):
            _feed(meter, resampler.resample(frame), channels)
        _feed(meter, resampler.resample(None), channels)
        return meter.result()


def _feed(meter: Meter, frames: list[Any], channels: int) -> None:
    for frame in frames:
        meter.feed(frame.to_ndarray().reshape(-1, channels))
