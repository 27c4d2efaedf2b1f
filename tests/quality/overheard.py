"""What can be measured of a film's sound from outside: from its stems, its captions and its plan.

Every figure is taken from files that a person gets. Knows nothing of how they were mixed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from audio.signal import loudness
from audio.voice import RATE, Samples

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stems:
    """Dialogue, music and effects of one film, (n, 2) each and equally long."""

    dialogue: Samples
    music: Samples
    effects: Samples

    @property
    def mix(self) -> Samples:
        """All of them together."""
        whole: Samples = self.dialogue + self.music + self.effects
        return whole


def above_music(stems: Stems, lines: Sequence[Span]) -> list[float]:
    """For each line how many dB its speech lies above the music in the same time, both K-weighted."""
    speech, music = (loudness.k_weighted(one) for one in (stems.dialogue, stems.music))
    found = []
    for first, last in lines:
        spoken, played = (float(np.mean(np.square(one[first:last], dtype=np.float64))) for one in (speech, music))
        found.append(10.0 * np.log10(max(spoken, 1e-12) / max(played, 1e-12)))
    return found


def ripple(ducked: Samples, score: Samples, phrase: Span, window: int = RATE // 20) -> float:
    """How many dB the gain between a score and its stem moves inside a phrase; 0 for a silent score."""
    gains = []
    for at in range(phrase[0], phrase[1] - window + 1, window):
        played, stem = (one[at : at + window].astype(np.float64) for one in (score, ducked))
        energy = float(np.sum(played * played))
        if energy > window * 2 * 1e-7:
            gains.append(float(np.sum(played * stem)) / energy)
    levels = 20.0 * np.log10(np.maximum(gains, 1e-6)) if gains else np.zeros(1)
    return float(levels.max() - levels.min())


def worst_jump(mix: Samples, join: int) -> float:
    """The largest step between samples within 2 ms of a join, as a multiple of what is usual around it.

    Usual is the largest within 50 ms to both sides, and at least 0.01 of full scale.
    """
    steps = np.abs(np.diff(mix, axis=0)).max(axis=1)
    near, around = round(0.002 * RATE), round(0.05 * RATE)
    own = steps[max(0, join - near) : join + near]
    before = steps[max(0, join - around) : max(0, join - near)]
    after = steps[join + near : join + around]
    usual = max(0.01, *(float(part.max()) for part in (before, after) if len(part)))
    return float(own.max(initial=0.0)) / usual


def onset(dialogue: Samples, expected: int, reach: int = round(0.25 * RATE)) -> int | None:
    """Where sound sets in around a sample after a pause: when it first rises over a hundredth of what follows.

    None where no pause comes before it.
    """
    hop = RATE // 200
    first = max(0, expected - reach)
    heard = dialogue[first : expected + reach].mean(axis=1).astype(np.float64)
    count = len(heard) // hop
    energy = np.mean(np.square(heard[: count * hop].reshape(count, hop)), axis=1)
    loud = _smooth(energy) > 0.01 * energy.max(initial=0.0)
    middle = (expected - first) // hop
    pauses = [n for n in range(middle + 12) if not loud[n : n + 8].any()]
    if not pauses:
        return None
    rising = np.flatnonzero(loud[pauses[-1] :])
    return first + (pauses[-1] + int(rising[0])) * hop if len(rising) else None


def _smooth(energy: NDArray[np.float64]) -> NDArray[np.float64]:
    """The median of three, so that a single click is no onset."""
    padded = np.pad(energy, 1, mode="edge")
    smooth: NDArray[np.float64] = np.median(np.stack([padded[:-2], padded[1:-1], padded[2:]]), axis=0)
    return smooth
