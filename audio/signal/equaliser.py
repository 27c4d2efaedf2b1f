"""Second-order sections by what they do to a sound: shelves, bells and cuts at 48 kHz.

Designed by the bilinear transform, each a `recursive.Section`; none of them delays what it filters. Pure.
"""

from __future__ import annotations

import math

from audio.signal.recursive import Section
from audio.voice import RATE

BUTTERWORTH = math.sqrt(0.5)
"""The quality of a cut that is as flat as can be."""


def bell(hertz: float, gain_db: float, quality: float) -> Section:
    """Raises or lowers what lies around a frequency; a higher quality makes it narrower."""
    root = 10.0 ** (gain_db / 40.0)
    turn, wide = _angle(hertz, quality)
    middle = -2.0 * math.cos(turn)
    return _section((1.0 + wide * root, middle, 1.0 - wide * root), (1.0 + wide / root, middle, 1.0 - wide / root))


def low_shelf(hertz: float, gain_db: float) -> Section:
    """Raises or lowers all that lies below a frequency."""
    return _shelf(hertz, gain_db, 1.0)


def high_shelf(hertz: float, gain_db: float) -> Section:
    """Raises or lowers all that lies above a frequency."""
    return _shelf(hertz, gain_db, -1.0)


def high_pass(hertz: float, quality: float = BUTTERWORTH) -> Section:
    """Takes away what lies below a frequency, 12 dB an octave."""
    turn, wide = _angle(hertz, quality)
    cosine = math.cos(turn)
    half = (1.0 + cosine) / 2.0
    return _section((half, -2.0 * half, half), (1.0 + wide, -2.0 * cosine, 1.0 - wide))


def low_pass(hertz: float, quality: float = BUTTERWORTH) -> Section:
    """Takes away what lies above a frequency, 12 dB an octave."""
    turn, wide = _angle(hertz, quality)
    cosine = math.cos(turn)
    half = (1.0 - cosine) / 2.0
    return _section((half, 2.0 * half, half), (1.0 + wide, -2.0 * cosine, 1.0 - wide))


def _angle(hertz: float, quality: float) -> tuple[float, float]:
    """The frequency as an angle a sample, and half the bandwidth there."""
    turn = 2.0 * math.pi * hertz / RATE
    return turn, math.sin(turn) / (2.0 * quality)


def _shelf(hertz: float, gain_db: float, side: float) -> Section:
    """A shelf with the steepest slope that does not overshoot; `side` is 1 for a low one, -1 for a high one."""
    root = 10.0 ** (gain_db / 40.0)
    turn, wide = _angle(hertz, BUTTERWORTH)
    cosine, bend = side * math.cos(turn), 2.0 * math.sqrt(root) * wide
    up, down = root + 1.0, root - 1.0
    over = (
        root * (up - down * cosine + bend),
        side * 2.0 * root * (down - up * cosine),
        root * (up - down * cosine - bend),
    )
    under = (up + down * cosine + bend, side * -2.0 * (down + up * cosine), up + down * cosine - bend)
    return _section(over, under)


def _section(over: tuple[float, float, float], under: tuple[float, float, float]) -> Section:
    whole = under[0]
    return (*(value / whole for value in over), 1.0, under[1] / whole, under[2] / whole)  # type: ignore[return-value]
