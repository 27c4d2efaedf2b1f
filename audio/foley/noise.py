"""The stuff that effects are made of: filters, coloured noise, fades and the room around a sound.

Pure. Arrays are float32 at 48 kHz, stereo (n, 2) unless said otherwise.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from audio.foley.stretch import Mono, Stretch, mean_square
from audio.voice import RATE, Samples

_DEEP = 200.0
"""Hertz below which filters reckon with more digits."""


_FOURIER = 1 << 18
"""Samples that are brought together with a room's answer at once."""


@cache
def _sections(kind: str, hertz: tuple[float, ...], order: int) -> NDArray[np.float64]:
    from scipy.signal import butter

    designed: NDArray[np.float64] = butter(order, hertz if len(hertz) > 1 else hertz[0], kind, fs=RATE, output="sos")
    return designed


def filtered(sound: NDArray[Any], kind: str, *hertz: float, order: int = 2) -> Samples:
    """The sound through a Butterworth filter: `lowpass`, `highpass` or `bandpass` at one or two frequencies."""
    from scipy.signal import sosfilt

    digits = np.float64 if min(hertz) < _DEEP else np.float32
    passed: Samples = sosfilt(_sections(kind, hertz, order).astype(digits), sound.astype(digits), axis=0)
    return passed.astype(np.float32)


def rung(sound: NDArray[Any], hertz: float, seconds: float) -> Samples:
    """The sound through a resonance at a pitch that dies away by 60 dB in so many seconds; its peak stays at 1."""
    from scipy.signal import lfilter

    radius = np.exp(-6.9 / (seconds * RATE))
    turn = 2 * np.pi * hertz / RATE
    rings: Samples = lfilter([np.sin(turn)], [1.0, -2 * radius * np.cos(turn), radius**2], sound, axis=0)
    return rings.astype(np.float32)


def band(noise: Samples, low: float, high: float) -> Samples:
    """White noise between two frequencies, brought to a root mean square of about 1.

    Several bands may be taken from one noise: what differs in pitch is heard as unlike. Where two of them meet they
    are half a turn apart, so that every other one is mixed in upside down, or there would be a hole between.
    """
    return filtered(noise, "bandpass", low, high) * np.float32(np.sqrt(RATE / (2.2 * (high - low))))


def mixed(*layers: tuple[NDArray[Any], float]) -> Samples:
    """Layers (n, 2), each at its level, as one sound."""
    out = np.zeros(layers[0][0].shape, np.float32)
    for sound, level in layers:
        out += sound * np.float32(level)
    return out


def spread(sound: Samples, width: float) -> Samples:
    """Stereo noise narrowed: `width` 0 is mono, 1 leaves it as it is."""
    middle = sound.mean(axis=1, keepdims=True)
    narrowed: Samples = middle + (sound - middle) * np.float32(width)
    return narrowed


def decay(count: int, seconds: float) -> Mono:
    """An exponential fade (n,) to -60 dB in `seconds`."""
    fade: Mono = np.exp(-6.9 * np.arange(count) / (seconds * RATE))
    return fade


def rounded(shape: Mono, seconds: float = 0.003) -> Mono:
    """A curve whose first and last moments are brought to nothing, so that nothing clicks."""
    edge = max(1, round(seconds * RATE))
    ramp = np.minimum(1.0, np.arange(len(shape)) / edge)
    return shape * ramp * ramp[::-1]


def in_room(sound: Samples, seconds: float, wet: float, low: float = 150.0, high: float = 5000.0) -> Samples:
    """The sound with the diffuse tail of a room that dies away in `seconds`, cut to the sound's own length."""
    from scipy.fft import irfft, rfft

    tail = _tail(seconds, low, high)
    heard = sound.astype(np.float32)
    step = _FOURIER - len(tail) + 1
    for side in (0, 1):
        answer = rfft(tail[:, side], _FOURIER) * np.float32(wet)
        for at in range(0, len(sound), step):
            echo = irfft(rfft(sound[at : at + step, side], _FOURIER) * answer, _FOURIER)
            heard[at : at + _FOURIER, side] += echo[: len(sound) - at]
    return heard


@cache
def _tail(seconds: float, low: float, high: float) -> Samples:
    """A room's answer: noise that fades, its high end faster than its low one."""
    length = round(seconds * RATE)
    noise = Stretch(1, 0, length).white("room")
    dark = filtered(noise, "bandpass", low, min(high, 1200.0), order=1) * decay(length, seconds)[:, None]
    bright = (
        filtered(noise, "bandpass", min(high, 1200.0) * 0.8, high, order=1) * decay(length, 0.55 * seconds)[:, None]
    )
    tail = (dark + bright) * np.minimum(1.0, np.arange(length) / (0.012 * RATE))[:, None]
    whole: Samples = (tail / np.sqrt((tail**2).sum(axis=0))).astype(np.float32)
    return whole


def pattered(stretch: Stretch, name: str, per_second: float, low: float, high: float, unlike: float = 0.5) -> Samples:
    """Many small impacts heard between two frequencies, brought to a root mean square of about 1.

    The fewer and the more `unlike` (deviation of their logarithms) they are, the more each of them stands out.
    """
    struck = filtered(stretch.grains(name, per_second, unlike), "bandpass", low, high, order=1)
    power = 0.5 * per_second / RATE * mean_square(unlike) * np.pi * (high - low) / RATE
    return struck * np.float32(1.0 / np.sqrt(power))


def either(stretch: Stretch, name: str, seconds: float, low: float, high: float) -> Samples:
    """Two slow curves, one for each side, (count, 2): what moves between them is heard as width."""
    curves = [stretch.drift(f"{name} {side}", seconds, low, high) for side in ("left", "right")]
    return np.stack(curves, axis=1)


def bubble(hertz: float, rise: float, seconds: float) -> Mono:
    """A bubble of air in water, or a drop into it: a sine that dies away in `seconds` while its pitch rises."""
    count = round(seconds * RATE)
    t = np.arange(count) / RATE
    return rounded(np.sin(2 * np.pi * hertz * (t + 0.5 * rise * t * t)) * decay(count, seconds), 0.0012)
