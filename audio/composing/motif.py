"""Motifs: the short tune of a character, made from nothing but his name, and what can be done with it.

Pure; knows no key and no instrument.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np

Beats = tuple[tuple[float, float], ...]
"""Notes as (beat, length)."""

_FOUR: tuple[Beats, ...] = (
    ((0, 1.5), (1.5, 0.5), (2, 2), (4, 1), (5, 1), (6, 2)),
    ((0, 2), (2, 1), (3, 1), (4, 3.5)),
    ((0, 1), (1, 1), (2, 1), (3, 1), (4, 2), (6, 1.5)),
    ((0, 3), (3, 1), (4, 2), (6, 2)),
    ((0, 0.5), (0.5, 0.5), (1, 1), (2, 1.5), (3.5, 0.5), (4, 3)),
    ((0, 1), (1, 0.5), (1.5, 0.5), (2, 2), (4, 1), (5, 0.5), (5.5, 0.5), (6, 2)),
    ((1, 1), (2, 1), (3, 1), (4, 2.5), (6.5, 0.5), (7, 1)),
    ((0, 1.5), (1.5, 1.5), (3, 1), (4, 1.5), (5.5, 0.5), (6, 2)),
)
"""Rhythms of two bars in four."""
_THREE: tuple[Beats, ...] = (
    ((0, 1.5), (1.5, 0.5), (2, 1), (3, 1), (4, 1), (5, 1)),
    ((0, 2), (2, 0.5), (2.5, 0.5), (3, 2.5)),
    ((0, 1), (1, 0.5), (1.5, 0.5), (2, 1), (3, 2), (5, 1)),
    ((0, 2), (2, 1), (3, 2), (5, 1)),
    ((0, 0.5), (0.5, 0.5), (1, 1), (2, 0.5), (2.5, 0.5), (3, 2.5)),
    ((0, 1), (1, 0.5), (1.5, 0.5), (2, 1), (3, 1), (4, 0.5), (4.5, 0.5), (5, 1)),
    ((1, 0.5), (1.5, 0.5), (2, 1), (3, 2), (5, 0.5), (5.5, 0.5)),
    ((0, 1), (1, 1), (2, 1), (3, 1.5), (4.5, 0.5), (5, 1)),
)
"""The same rhythms, as many notes each, in two bars of three."""


@dataclass(frozen=True, slots=True)
class Motif:
    """A tune of two bars: which rhythm, and steps of the scale above its first note, one a note."""

    rhythm: int
    steps: tuple[int, ...]

    def beats(self, meter: int) -> Beats:
        """Its notes in bars of three or four."""
        return (_THREE if meter == 3 else _FOUR)[self.rhythm]

    def inverted(self) -> Motif:
        """Upside down."""
        return Motif(self.rhythm, tuple(-step for step in self.steps))


def motif_of(name: str) -> Motif:
    """The motif of a name, always the same one: mostly steps, one leap that marks it, and its way back."""
    seed = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
    throws = np.random.default_rng(seed)
    rhythm = int(throws.integers(len(_FOUR)))
    count = len(_FOUR[rhythm])
    leap_at = 1 + int(throws.integers(min(3, count - 1)))
    leap = int(throws.choice((2, 3, 4, 4, 5))) * (1 if throws.uniform() < 0.75 else -1)
    steps = [0]
    drift = 1 if throws.uniform() < 0.5 else -1
    for index in range(1, count):
        if index == leap_at:
            move, drift = leap, -1 if leap > 0 else 1
        else:
            move = drift * int(throws.choice((1, 1, 1, 2)))
            if throws.uniform() < 0.25:
                move = -move
        steps.append(max(-4, min(6, steps[-1] + move)))
    return Motif(rhythm, tuple(steps))
