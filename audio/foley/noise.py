"""The stuff that effects are made of: coloured noise, slow random curves and scattered strokes.

Pure; every function takes its own dice. Arrays are float32 at 48 kHz, stereo (n, 2) unless said otherwise.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from audio.voice import RATE, Samples

Dice = np.random.Generator
Mono = NDArray[np.float64]
"""One stroke, (n,)."""


def white(dice: Dice, count: int) -> Samples:
    """Independent white noise on both sides."""
    return dice.standard_normal((count, 2), dtype=np.float32)


def filtered(sound: Samples, kind: str, *hertz: float, order: int = 2) -> Samples:
    """The sound through a Butterworth filter: `lowpass`, `highpass` or `bandpass` at one or two frequencies."""
    from scipy.signal import butter, sosfilt

    edges = hertz[0] if len(hertz) == 1 else list(hertz)
    sections = butter(order, edges, kind, fs=RATE, output="sos").astype(np.float32)
    passed: Samples = sosfilt(sections, sound, axis=0).astype(np.float32)
    return passed


def pink(dice: Dice, count: int) -> Samples:
    """Noise that falls by about 3 dB an octave: four one-pole filters side by side."""
    raw = white(dice, count)
    out = np.zeros_like(raw)
    for corner, level in ((30.0, 3.2), (200.0, 1.2), (1400.0, 0.48), (9000.0, 0.22)):
        out += np.float32(level) * filtered(raw, "lowpass", corner, order=1)
    return out


def spread(sound: Samples, width: float) -> Samples:
    """Stereo noise narrowed: `width` 0 is mono, 1 leaves it as it is."""
    middle = sound.mean(axis=1, keepdims=True)
    narrowed: Samples = middle + (sound - middle) * np.float32(width)
    return narrowed


def drift(dice: Dice, count: int, seconds: float, low: float, high: float) -> Samples:
    """A slow random curve (n,) between `low` and `high` that turns about every `seconds`."""
    knots = max(4, int(count / RATE / seconds) + 4)
    values = dice.uniform(0.0, 1.0, knots)
    at = np.linspace(0.0, knots - 1.001, count) if count > 1 else np.zeros(count)
    left = at.astype(np.int64)
    part = at - left
    smooth = part * part * (3 - 2 * part)
    curve = values[left] * (1 - smooth) + values[np.minimum(left + 1, knots - 1)] * smooth
    scaled: Samples = (low + (high - low) * curve).astype(np.float32)
    return scaled


def times(dice: Dice, count: int, per_second: float) -> NDArray[np.int64]:
    """Random moments, as samples in order, on average so many a second."""
    expected = count / RATE * per_second
    number = int(dice.poisson(expected))
    return np.sort(dice.integers(0, max(1, count), number))


def scattered(
    dice: Dice,
    count: int,
    moments: NDArray[np.int64],
    stroke: Callable[[Dice], Mono],
    width: float = 0.8,
) -> Samples:
    """Mono strokes laid at moments, each at a random place between left and right."""
    out = np.zeros((count, 2), np.float32)
    for at in moments:
        sound = stroke(dice)[: count - int(at)]
        place = 0.5 + 0.5 * width * float(dice.uniform(-1, 1))
        sides = np.array([np.cos(place * np.pi / 2), np.sin(place * np.pi / 2)])
        out[int(at) : int(at) + len(sound)] += (sound[:, None] * sides).astype(np.float32)
    return out


def decay(count: int, seconds: float) -> NDArray[np.float64]:
    """An exponential fade (n,) to -60 dB in `seconds`."""
    fade: Mono = np.exp(-6.9 * np.arange(count) / (seconds * RATE))
    return fade


def rounded(shape: NDArray[np.float64], seconds: float = 0.003) -> NDArray[np.float64]:
    """A curve whose first and last moments are brought to nothing, so that nothing clicks."""
    edge = max(1, round(seconds * RATE))
    ramp = np.minimum(1.0, np.arange(len(shape)) / edge)
    return shape * ramp * ramp[::-1]


def in_room(sound: Samples, dice: Dice, seconds: float, wet: float) -> Samples:
    """The sound with a diffuse tail of its own room, cut to its own length."""
    from scipy.signal import oaconvolve

    length = round(seconds * RATE)
    tail = filtered(white(dice, length), "bandpass", 150.0, 5000.0, order=1) * decay(length, seconds)[:, None]
    tail /= np.sqrt((tail**2).sum(axis=0))
    echo = np.stack([oaconvolve(sound[:, side], tail[:, side])[: len(sound)] for side in (0, 1)], axis=1)
    heard: Samples = (sound + np.float32(wet) * echo).astype(np.float32)
    return heard
