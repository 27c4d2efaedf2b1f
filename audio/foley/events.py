"""Single events: thud, bell and door."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from audio.foley.noise import decay, filtered, in_room, rounded
from audio.foley.stretch import Dice, Mono, Stretch, placed
from audio.voice import RATE, Samples

_PARTIALS = (
    (0.5, 0.55, 11.0), (1.0, 0.75, 8.0), (1.183, 0.85, 6.0), (1.506, 0.35, 4.5), (2.0, 1.0, 4.0), (2.514, 0.4, 2.4),
    (2.662, 0.35, 2.2), (3.011, 0.5, 1.9), (4.166, 0.35, 1.3), (5.433, 0.22, 0.9), (6.796, 0.14, 0.6),
)  # fmt: skip
"""A church bell: ratio to its prime, level and seconds to -60 dB of hum, prime, tierce, quint, nominal and above."""


def _whole(sound: Mono, stretch: Stretch, place: float = 0.0) -> Samples:
    fitted = np.pad(sound[: stretch.count], (0, max(0, stretch.count - len(sound))))
    return placed(fitted, place)


def thud(stretch: Stretch) -> Samples:
    """Something heavy falls to the floor, and settles."""
    dice = stretch.dice("thud")
    length = round(1.0 * RATE)
    out = np.zeros(length)
    for at, level in ((0.0, 1.0), (float(dice.uniform(0.11, 0.16)), 0.28), (float(dice.uniform(0.22, 0.27)), 0.12)):
        first = round(at * RATE)
        t = np.arange(length - first) / RATE
        hertz = float(dice.uniform(48, 58))
        body = np.sin(2 * np.pi * (hertz * t + 1.6 * (1 - np.exp(-t * 40)))) * decay(len(t), 0.45)
        floor = np.sin(2 * np.pi * float(dice.uniform(105, 135)) * t) * decay(len(t), 0.2)
        slap = filtered(dice.standard_normal(len(t)), "bandpass", 180.0, 1600.0, order=1) * decay(len(t), 0.07)
        out[first:] += level * (body + 0.5 * floor + 1.3 * slap)
    return in_room(_whole(rounded(out, 0.0006), stretch), 0.6, 0.22, 80.0, 3000.0)


def bell(stretch: Stretch) -> Samples:
    """One stroke of a church bell: its partials beat against their twins, and the high ones die first."""
    dice = stretch.dice("bell")
    length = min(stretch.count, round(7.5 * RATE))
    t = np.arange(length) / RATE
    hertz = float(dice.uniform(225, 275))
    tone = np.zeros(length)
    for ratio, level, seconds in _PARTIALS:
        pitch = hertz * ratio * float(dice.uniform(0.997, 1.003))
        beat, share = float(dice.uniform(0.25, 1.3)), float(dice.uniform(0.1, 0.35))
        twins = np.sin(2 * np.pi * pitch * t) + share * np.sin(
            2 * np.pi * (pitch + beat) * t + float(dice.uniform(0, 6))
        )
        tone += level * twins * decay(length, seconds)
    clapper = filtered(dice.standard_normal(length), "bandpass", 900.0, 7000.0, order=1) * decay(length, 0.035)
    fade = np.minimum(1.0, np.arange(length)[::-1] / (1.5 * RATE))
    return in_room(_whole(rounded(tone + 1.2 * clapper, 0.0008) * fade, stretch), 2.2, 0.22, 200.0, 4000.0)


def _hinge(dice: Dice) -> Mono:
    """A hinge that sticks and slips: pulses that hurry as the door moves, through the door's own resonances."""
    count = round(float(dice.uniform(0.8, 1.1)) * RATE)
    u = np.arange(count) / count
    wander = np.interp(u, np.linspace(0, 1, 9), dice.uniform(-0.25, 0.25, 9))
    hertz = (48 + 190 * np.sin(np.pi * u) ** 1.4) * (1 + wander)
    slips = np.diff(np.floor(np.cumsum(hertz) / RATE), prepend=0.0) * dice.uniform(0.6, 1.0, count)
    sound = np.zeros(count)
    for low, high, level in ((380, 520, 0.8), (850, 1150, 1.0), (1700, 2300, 0.7), (3000, 4000, 0.3)):
        sound += level * filtered(slips, "bandpass", float(low), float(high), order=1)
    return rounded(sound * np.sin(np.pi * u) ** 0.6, 0.02)


def door(stretch: Stretch) -> Samples:
    """A wooden door creaks, falls shut, and its latch catches."""
    dice = stretch.dice("door")
    slam = round(0.8 * RATE)
    t = np.arange(slam) / RATE
    boom = np.sin(2 * np.pi * (72 * t + 1.2 * (1 - np.exp(-t * 45)))) * decay(slam, 0.35)
    panel = filtered(dice.standard_normal(slam), "bandpass", 180.0, 1400.0, order=1) * decay(slam, 0.11)
    shut = boom + 1.9 * panel
    for seconds, level in ((0.004, 0.5), (0.058, 0.28)):
        first = round(seconds * RATE)
        latch: NDArray[np.float64] = dice.standard_normal(slam - first) * decay(slam - first, 0.018)
        shut[first:] += level * filtered(latch, "bandpass", 1800.0, 6500.0, order=1)
    whole = np.concatenate([_hinge(dice) * 2.6, np.zeros(round(0.14 * RATE)), rounded(shut, 0.0006)])
    return in_room(_whole(whole, stretch, float(dice.uniform(-0.25, 0.25))), 0.7, 0.28, 120.0, 4000.0)
