"""Single events: footsteps, thud, bell and door."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from audio.foley.noise import Dice, decay, filtered, in_room, rounded, scattered, white
from audio.voice import RATE, Samples


def _both(sound: NDArray[np.float64], count: int) -> Samples:
    fitted = np.pad(sound[:count], (0, max(0, count - len(sound))))
    return np.stack([fitted, fitted], axis=1).astype(np.float32)


def _step(dice: Dice) -> NDArray[np.float64]:
    count = round(0.28 * RATE)
    t = np.arange(count) / RATE
    heel = np.sin(2 * np.pi * (75 * t + 1.2 * (1 - np.exp(-t * 60)))) * decay(count, 0.14)
    grit = filtered(white(dice, count), "bandpass", 400.0, 4500.0)[:, 0]
    toe = np.roll(grit * decay(count, 0.07), round(float(dice.uniform(0.06, 0.09)) * RATE))
    toe[: round(0.05 * RATE)] = 0.0
    return rounded(heel * 0.9 + grit * decay(count, 0.05) * 0.35 + toe * 0.22) * float(dice.uniform(0.75, 1.0))


def footsteps(count: int, dice: Dice) -> Samples:
    """Somebody walking at an easy pace for as long as asked."""
    gap = round(0.54 * RATE)
    moments = np.arange(round(0.05 * RATE), max(round(0.06 * RATE), count - round(0.2 * RATE)), gap)
    moments = np.clip(moments + dice.integers(-900, 900, len(moments)), 0, max(0, count - 1))
    return in_room(scattered(dice, count, moments, _step, 0.25), dice, 0.4, 0.15)


def thud(count: int, dice: Dice) -> Samples:
    """Something heavy falls."""
    length = round(1.1 * RATE)
    t = np.arange(length) / RATE
    body = np.sin(2 * np.pi * (46 * t + 2.0 * (1 - np.exp(-t * 35)))) * decay(length, 0.55)
    knock = filtered(white(dice, length), "lowpass", 900.0)[:, 0] * decay(length, 0.12)
    return in_room(_both(rounded(body + 0.7 * knock), count), dice, 0.6, 0.2)


def bell(count: int, dice: Dice) -> Samples:
    """One stroke of a church bell."""
    length = min(count, round(6.0 * RATE))
    t = np.arange(length) / RATE
    hertz = 220.0 * float(dice.uniform(0.94, 1.06))
    partials = ((0.5, 0.6, 6.0), (1.0, 1.0, 4.5), (1.19, 0.7, 3.6), (1.5, 0.35, 3.0), (2.0, 0.8, 2.6), (2.67, 0.3, 1.5),
                (3.01, 0.3, 1.2), (4.17, 0.2, 0.8))  # fmt: skip
    tone = np.zeros(length)
    for ratio, level, seconds in partials:
        beat = 1.0 + 0.0012 * float(dice.uniform(-1, 1))
        tone += level * np.sin(2 * np.pi * hertz * ratio * beat * t) * decay(length, seconds)
    strike = filtered(white(dice, length), "highpass", 1500.0)[:, 0] * decay(length, 0.03) * 0.3
    return in_room(_both(rounded(tone + strike, 0.002), count), dice, 2.0, 0.25)


def door(count: int, dice: Dice) -> Samples:
    """A wooden door creaks, then falls shut."""
    creak = round(0.9 * RATE)
    u = np.arange(creak) / creak
    hertz = 150 + 190 * np.sin(np.pi * u) + 25 * np.sin(2 * np.pi * 7 * u)
    phase = np.cumsum(hertz) / RATE
    stick = np.where((phase % 1.0) < 0.12, 1.0, -0.1) + 0.25 * dice.standard_normal(creak)
    groan = filtered(np.stack([stick, stick], axis=1).astype(np.float32), "bandpass", 500.0, 2600.0)[:, 0]
    slam = round(0.7 * RATE)
    t = np.arange(slam) / RATE
    boom = np.sin(2 * np.pi * (68 * t + 1.5 * (1 - np.exp(-t * 45)))) * decay(slam, 0.4)
    latch = filtered(white(dice, slam), "bandpass", 500.0, 5000.0)[:, 0] * decay(slam, 0.08)
    shut = rounded(boom + 0.8 * latch)
    whole = np.concatenate([rounded(groan * np.sin(np.pi * u) ** 0.7 * 0.5, 0.03), np.zeros(round(0.12 * RATE)), shut])
    return in_room(_both(whole, count), dice, 0.7, 0.25)
