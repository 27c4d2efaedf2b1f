"""The strength of a voice evened out: a compressor and a de-esser that hear the whole line.

Both look at a level a thousand times a second and begin to act a little before it rises; nothing is delayed. Pure.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audio.signal.equaliser import low_pass
from audio.signal.recursive import filtered
from audio.voice import RATE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_HOP = RATE // 1000
"""Samples between two levels."""

_QUIET = 1e-10
"""Energy that is none."""


@dataclass(frozen=True, slots=True)
class Compression:
    """How what is louder than `threshold` (dB, root mean square) is held: by a `ratio`, within a soft `knee` in dB.

    `window`, `attack`, `release` and `ahead` are in milliseconds, `most` in dB.
    """

    threshold: float
    ratio: float
    knee: float
    window: int
    attack: float
    release: float
    ahead: int
    most: float


SPEECH = Compression(-22.0, 2.2, 10.0, 12, 8.0, 130.0, 5, 9.0)
"""For a line at -20 LUFS: the loud syllables give way by some 3 dB."""

CLOSE = Compression(-23.0, 2.8, 10.0, 12, 8.0, 160.0, 5, 9.0)
"""For a narrator, who is near and even."""

HISS = Compression(-31.0, 2.5, 6.0, 5, 1.5, 35.0, 2, 7.0)
"""For what a voice hisses, beside a line at -20 LUFS."""

_HISSING = 5200.0
"""Hz above which a voice hisses."""


def compressed(sound: NDArray[np.float64], how: Compression) -> NDArray[np.float64]:
    """A line (n,) with its loud parts held; what is soft stays as it is."""
    held: NDArray[np.float64] = sound * gain(sound, how)
    return held


def without_hiss(sound: NDArray[np.float64], how: Compression = HISS) -> NDArray[np.float64]:
    """A line (n,) whose sharp hissing is softened; all below the hissing, and hissing that is soft, stays as it is."""
    import numpy as np

    section = (low_pass(_HISSING),)
    padded = np.pad(sound, RATE // 100)
    below = filtered(section, filtered(section, padded[None])[:, ::-1])[0, ::-1][RATE // 100 : -(RATE // 100)]
    above = sound - below
    softened: NDArray[np.float64] = below + above * gain(above, how)
    return softened


def gain(sound: NDArray[np.float64], how: Compression) -> NDArray[np.float64]:
    """The factor (0..1) of each sample."""
    import numpy as np

    count = -(-len(sound) // _HOP)
    if not count:
        return np.ones(0)
    energy = np.square(np.pad(sound, (0, count * _HOP - len(sound)))).reshape(count, _HOP).mean(axis=1)
    window = np.hanning(how.window + 2)[1:-1]
    level = 10.0 * np.log10(np.maximum(np.convolve(energy, window / window.sum(), "same")[:count], _QUIET))
    wanted = np.concatenate([_held(level, how)[how.ahead :], np.zeros(min(how.ahead, count))])[:count]
    moved = _followed(wanted.tolist(), how)
    places = np.arange(count) * _HOP + _HOP / 2
    factors: NDArray[np.float64] = 10.0 ** (np.interp(np.arange(len(sound)), places, moved) / 20.0)
    return factors


def _held(level: NDArray[np.float64], how: Compression) -> NDArray[np.float64]:
    """By how many dB (0 or less) each level is lowered once the gain has settled."""
    import numpy as np

    over = level - how.threshold
    bent = np.clip(over + how.knee / 2.0, 0.0, how.knee) ** 2 / (2.0 * how.knee)
    raised = np.where(over > how.knee / 2.0, over, bent)
    held: NDArray[np.float64] = -np.minimum(raised * (1.0 - 1.0 / how.ratio), how.most)
    return held


def _followed(wanted: list[float], how: Compression) -> list[float]:
    """The gain in dB, which falls as fast as the attack and returns as slowly as the release."""
    falling, rising = (1.0 - math.exp(-1.0 / time) for time in (how.attack, how.release))
    at, moved = 0.0, []
    for goal in wanted:
        at += (goal - at) * (falling if goal < at else rising)
        moved.append(at)
    return moved
