"""What a sound shows of its beat: where notes begin, what the bass does and which chords sound, frame by frame.

A `Listener` takes 48 kHz blocks of any length and keeps about 12 kB for each second, so that an hour of music can be
heard at one sitting. Knows nothing of beats, bars or files.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from audio.voice import RATE, Samples

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

HOP = RATE // 200
"""Samples between two frames: 5 ms."""

CHORD_HOP = 10 * HOP
"""Samples between two frames of what sounds: 50 ms."""

_WINDOW = 1024
_CHORD_WINDOW = 8192
_BANDS = 24
_LOW, _HIGH = 40.0, 16_000.0
_BASS = 6
"""The lowest bands, up to some 160 Hz."""
_FLOOR = 60.0
"""dB under the loudest frames below which nothing is heard."""
_RISE = 3
"""Frames over which a band is compared with itself."""
_SILENT = -120.0
_GATHERED = 8 * RATE


@dataclass(frozen=True, slots=True)
class Heard:
    """A sound as its listener heard it. `samples` is its length.

    `onsets` and `bass` are (frames,) with one frame per `HOP`: how much of the whole spectrum, and of its lowest part,
    begins there, in mean dB of a rise, 0 where nothing begins. `chords` is (chord frames, 12), the share of every pitch
    class from C in 0..1, and `levels` (chord frames,) the level in dB relative to full scale; one per `CHORD_HOP`.
    """

    samples: int
    onsets: NDArray[np.float32]
    bass: NDArray[np.float32]
    chords: NDArray[np.float32]
    levels: NDArray[np.float32]


class Listener:
    """Hears a sound that arrives in blocks of shape (n,) or (n, channels) at 48 kHz."""

    def __init__(self) -> None:
        import numpy as np

        half = _CHORD_WINDOW // 2
        self._wave = np.zeros(half, np.float32)
        """What is still needed of the sound; its first sample is `_start`, counted from the sound's own first."""
        self._start = -half
        self._waiting: list[Samples] = []
        self._gathered = 0
        self._samples = 0
        self._frames = 0
        self._chord_frames = 0
        self._bands: list[NDArray[np.float16]] = []
        self._chords: list[NDArray[np.float16]] = []
        self._levels: list[NDArray[np.float32]] = []

    def feed(self, block: Samples) -> None:
        """Takes the next block."""
        mono = block if block.ndim == 1 else block.mean(axis=1)
        self._waiting.append(mono)
        self._samples += len(mono)
        self._gathered += len(mono)
        if self._gathered >= _GATHERED:
            self._listen()

    def heard(self) -> Heard:
        """Everything fed so far, as though silence followed."""
        import numpy as np

        self._waiting.append(np.zeros(_CHORD_WINDOW, np.float32))
        self._listen()
        frames, chord_frames = self._samples // HOP + 1, self._samples // CHORD_HOP + 1
        bands = np.concatenate(self._bands)[:frames] if self._bands else np.zeros((0, _BANDS), np.float16)
        rises = _rises(bands)
        chords = np.concatenate(self._chords)[:chord_frames].astype(np.float32)
        levels = np.concatenate(self._levels)[:chord_frames]
        return Heard(self._samples, rises.mean(axis=1), rises[:, :_BASS].mean(axis=1), chords, levels)

    def _listen(self) -> None:
        """Hears the blocks that have gathered, as far as whole windows go."""
        import numpy as np

        self._wave = np.concatenate([self._wave, *self._waiting]).astype(np.float32, copy=False)
        self._waiting, self._gathered = [], 0
        frames = self._windows(self._frames, HOP, _WINDOW)
        if len(frames):
            power = np.square(np.abs(np.fft.rfft(frames * _hann(_WINDOW), axis=1)))
            self._bands.append(_decibels(power @ _band_matrix()).astype(np.float16))
            self._frames += len(frames)
        frames = self._windows(self._chord_frames, CHORD_HOP, _CHORD_WINDOW)
        if len(frames):
            power = np.square(np.abs(np.fft.rfft(frames * _hann(_CHORD_WINDOW), axis=1)))
            classes = np.sqrt(power) @ _class_matrix()
            self._chords.append((classes / np.maximum(classes.max(axis=1, keepdims=True), 1e-9)).astype(np.float16))
            middle = frames[:, (_CHORD_WINDOW - CHORD_HOP) // 2 : (_CHORD_WINDOW + CHORD_HOP) // 2]
            self._levels.append(_decibels(np.square(middle).mean(axis=1)).astype(np.float32))
            self._chord_frames += len(frames)
        done = min(self._frames * HOP - _WINDOW // 2, self._chord_frames * CHORD_HOP - _CHORD_WINDOW // 2)
        self._wave = self._wave[done - self._start :].copy()
        self._start = done

    def _windows(self, first: int, hop: int, window: int) -> Samples:
        """The windows (n, window) around whole multiples of `hop` from `first` on, that are there in full."""
        import numpy as np

        begin = first * hop - window // 2 - self._start
        count = (len(self._wave) - begin - window) // hop + 1
        if count <= 0:
            return np.zeros((0, window), np.float32)
        strides = (hop * self._wave.itemsize, self._wave.itemsize)
        return np.lib.stride_tricks.as_strided(self._wave[begin:], (count, window), strides)


def _rises(bands: NDArray[np.float16]) -> NDArray[np.float32]:
    """By how many dB each band rises within `_RISE` frames, (frames, bands), as heard above the floor."""
    import numpy as np

    heard = bands.astype(np.float32)
    if len(heard):
        floor = float(np.percentile(heard.max(axis=1), 95)) - _FLOOR
        np.maximum(heard, max(floor, _SILENT), out=heard)
    rises = np.zeros_like(heard)
    np.maximum(heard[_RISE:] - heard[:-_RISE], 0.0, out=rises[_RISE:])
    return rises


def _decibels(power: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np

    found: NDArray[np.float64] = 10.0 * np.log10(np.maximum(power, 1e-12))
    return found


@cache
def _hann(length: int) -> Samples:
    import numpy as np

    window: Samples = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(length) / length)).astype(np.float32)
    return window


@cache
def _band_matrix() -> NDArray[np.float64]:
    """From the power of a window's bins to that of bands of equal width on a logarithmic scale, (bins, bands)."""
    import numpy as np

    hertz = np.fft.rfftfreq(_WINDOW, 1 / RATE)
    edges = np.geomspace(_LOW, _HIGH, _BANDS + 2)
    # A low band is narrower than a bin: it gets at least the two bins around it.
    width = RATE / _WINDOW
    matrix = np.empty((len(hertz), _BANDS))
    for band in range(_BANDS):
        low, middle, high = edges[band : band + 3]
        low, high = min(low, middle - width), max(high, middle + width)
        matrix[:, band] = np.clip(
            np.minimum((hertz - low) / (middle - low), (high - hertz) / (high - middle)), 0.0, None
        )
    return matrix / (_WINDOW / 4) ** 2


@cache
def _class_matrix() -> NDArray[np.float64]:
    """From the magnitudes of a long window's bins to the twelve pitch classes, (bins, 12)."""
    import numpy as np

    hertz = np.fft.rfftfreq(_CHORD_WINDOW, 1 / RATE)
    matrix = np.zeros((len(hertz), 12))
    for at in np.flatnonzero((hertz >= 60.0) & (hertz <= 2000.0)):
        pitch = 69 + 12 * np.log2(hertz[at] / 440.0)
        near = round(pitch)
        matrix[at, near % 12] = np.exp(-0.5 * ((pitch - near) / 0.25) ** 2)
    return matrix
