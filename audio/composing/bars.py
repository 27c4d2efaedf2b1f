"""The grid of a score: where every beat lies in samples, bent so that accents fall exactly on their cuts.

Between accents the written tempo is exact. Pure reckoning; knows neither moods nor notes.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from audio.voice import RATE

BEND = 0.06
"""By how much of itself a beat may be longer or shorter on the way to an accent."""

_SPREAD = 12
"""Beats at most over which a bend is spread."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Samples of all beats from the first, one beyond the end included, and which of them are accents asked for."""

    beats: tuple[int, ...]
    hits: tuple[int, ...]
    tempo: float

    def at(self, beat: float) -> int:
        """The sample of a place in beats, between two beats in a straight line."""
        whole = min(max(0, math.floor(beat)), len(self.beats) - 2)
        first, last = self.beats[whole], self.beats[whole + 1]
        return first if beat == whole else round(first + (beat - whole) * (last - first))

    def beat_from(self, sample: int) -> int:
        """The first beat at or after a sample."""
        return min(bisect_left(self.beats, sample), len(self.beats) - 1)

    def beat_before(self, sample: int) -> int:
        """The last beat at or before a sample."""
        return max(0, bisect_right(self.beats, sample) - 1)

    def nearest(self, sample: int) -> int:
        """The beat nearest to a sample."""
        after = self.beat_from(sample)
        return min((max(0, after - 1), after), key=lambda beat: abs(self.beats[beat] - sample))


def period(tempo: float) -> float:
    """Samples of a beat."""
    return 60.0 * RATE / tempo


def laid(samples: int, tempo: float, accents: Sequence[int]) -> Grid:
    """The beats of so many samples; `accents` are samples that must be beats.

    An accent less than half a beat after another cannot be one and is left to the players.
    """
    length = period(tempo)
    beats, hits = [0], []
    origin = 0.0
    for accent in sorted({a for a in accents if 0 <= a < samples}):
        if accent == 0:
            hits.append(0)
            continue
        gap = accent - origin
        if gap < 0.5 * length:
            continue
        beats += _towards(origin, gap, length)
        beats.append(accent)
        hits.append(len(beats) - 1)
        origin = float(accent)
    count = max(0, math.floor((samples - origin) / length)) + 2
    beats += [round(origin + k * length) for k in range(1, count + 1)]
    return Grid(tuple(beats), tuple(hits), tempo)


def _towards(origin: float, gap: float, length: float) -> list[int]:
    """The beats strictly between one accent and the next, so many samples later."""
    count = max(1, round(gap / length))
    off = gap - count * length
    spread = min(count, max(1, math.ceil(abs(off) / (0.75 * BEND * length))), _SPREAD)
    if abs(off) <= BEND * length * spread:
        bent = [length + (off / spread if k >= count - spread else 0.0) for k in range(count)]
    else:  # too far to bend: a short beat leads into the accent, as a pick-up would
        count = math.floor(gap / length)
        over = gap - count * length
        bent = [length] * count + [over] if over >= 0.3 * length else [length] * (count - 1) + [length + over]
    places, here = [], origin
    for step in bent[:-1]:
        here += step
        places.append(round(here))
    return places
