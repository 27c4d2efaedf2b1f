"""A stretch of an endless sound: chance that depends on a seed, a name and absolute time, and on nothing else.

Whatever window of a sound is asked for, noise, slow curves and strokes in it are the same ones, so that a sound may be
made piece by piece without a seam and nothing in it is ever a loop. Pure. Arrays are float32 at 48 kHz.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from audio.voice import RATE, Samples

Dice = np.random.Generator
Mono = NDArray[np.float64]
"""One stroke, (n,)."""
Stroke = Callable[[Dice], NDArray[Any]]
"""Makes one stroke: (n,), which is laid somewhere between left and right, or (n, 2), which knows its place."""

_BLOCK = 1 << 15
_GRID = 48
"""Samples between the points at which slow curves are reckoned."""
_KNOTS = 32
_ORIGIN = 1 << 24
"""Added to cells, for what lies before a sound's first sample has negative ones."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The samples `start` to `start + count` of the endless sound of a seed."""

    seed: int
    start: int
    count: int

    def dice(self, name: str, cell: int = 0) -> Dice:
        """The dice of a named part of the sound; those of every cell are independent."""
        return np.random.default_rng([self.seed & 0xFFFFFFFF, zlib.crc32(name.encode()), cell + _ORIGIN])

    def before(self, seconds: float) -> Stretch:
        """The same stretch begun so much earlier, for filters and echoes to have heard what came before."""
        early = round(seconds * RATE)
        return replace(self, start=self.start - early, count=self.count + early)

    def cells(self, samples: float, early: float = 0.0) -> Iterator[int]:
        """The numbers of the cells of so many samples that touch the stretch, or the `early` seconds before it."""
        first = int((self.start - early * RATE) // samples)
        yield from range(first, int((self.start + self.count - 1) // samples) + 1)

    def white(self, name: str) -> Samples:
        """Independent white noise on both sides, (count, 2)."""
        noise = [self.dice(name, k).standard_normal((_BLOCK, 2), dtype=np.float32) for k in self.cells(_BLOCK)]
        skipped = self.start % _BLOCK
        return np.concatenate(noise)[skipped : skipped + self.count]

    def drift(self, name: str, seconds: float, low: float, high: float) -> Samples:
        """A slow random curve (count,) between `low` and `high` that turns about every `seconds`."""
        grid = np.arange(self.start // _GRID, (self.start + self.count) // _GRID + 2)
        at = grid * (_GRID / (seconds * RATE))
        left = np.floor(at).astype(np.int64)
        cells = range(int(left[0]) // _KNOTS, (int(left[-1]) + 1) // _KNOTS + 1)
        knots = np.concatenate([self.dice(name, k).uniform(low, high, _KNOTS) for k in cells])
        here, part = left - cells[0] * _KNOTS, at - left
        curve = knots[here] + (knots[here + 1] - knots[here]) * (part * part * (3 - 2 * part))
        samples = np.arange(self.start, self.start + self.count, dtype=np.float64)
        slow: Samples = np.interp(samples, grid * float(_GRID), curve).astype(np.float32)
        return slow

    def grains(self, name: str, per_second: float, spread: float = 0.8, width: float = 1.0) -> Samples:
        """Single impulses (count, 2) at random places, so many a second on average.

        Their sizes are those of `sizes`; `width` is how far they lie apart, 0 is the middle.
        """
        out = np.zeros((self.count, 2), np.float32)
        for cell in self.cells(RATE):
            dice = self.dice(name, cell)
            many = int(dice.poisson(per_second))
            at = dice.integers(0, RATE, many) + (cell * RATE - self.start)
            size = sizes(dice, spread, many) * dice.choice((-1.0, 1.0), many)
            angle = (1.0 + width * dice.uniform(-1, 1, many)) * (np.pi / 4)
            inside = (at >= 0) & (at < self.count)
            for side, share in enumerate((np.cos(angle), np.sin(angle))):
                np.add.at(out[:, side], at[inside], (size * share)[inside].astype(np.float32))
        return out

    def moments(self, name: str, per_second: float, early: float) -> Iterator[tuple[int, Dice]]:
        """Random moments, so many a second, as samples from the stretch's first with dice of their own.

        Those of the `early` seconds before it are among them.
        """
        for cell in self.cells(2 * RATE, early):
            dice = self.dice(name, cell)
            for at in np.sort(dice.integers(0, 2 * RATE, int(dice.poisson(2 * per_second)))):
                yield int(at) + cell * 2 * RATE - self.start, np.random.default_rng(dice.integers(0, 1 << 62))

    def turns(self, name: str, every: float, loose: float, early: float) -> Iterator[tuple[int, Dice]]:
        """Moments that come again every so many seconds, each off its place by up to half of `loose` of that."""
        phase = float(self.dice(f"{name}, the first").random())
        for turn in self.cells(every * RATE, early + 2 * every):
            dice = self.dice(name, turn)
            yield round((turn + phase + 0.5 * loose * float(dice.uniform(-1, 1))) * every * RATE) - self.start, dice

    def strewn(self, name: str, per_second: float, strokes: Sequence[Mono], unlike: float, width: float) -> Samples:
        """Strokes of a stock laid at random moments and places in random sizes, so many a second: (count, 2).

        Far cheaper than making each of them, where they are many and alike.
        """
        out = np.zeros((self.count, 2), np.float32)
        stock = [stroke.astype(np.float32) for stroke in strokes]
        for cell in self.cells(RATE, max(map(len, stock)) / RATE):
            dice = self.dice(name, cell)
            many = int(dice.poisson(per_second))
            at = dice.integers(0, RATE, many) + (cell * RATE - self.start)
            size, which = sizes(dice, unlike, many), dice.integers(0, len(stock), many)
            angle = (1.0 + width * dice.uniform(-1, 1, many)) * (np.pi / 4)
            sides = np.stack([size * np.cos(angle), size * np.sin(angle)], axis=1).astype(np.float32)
            for number in range(many):
                sound, place = stock[which[number]], int(at[number])
                first, last = max(0, place), min(self.count, place + len(sound))
                if first < last:
                    out[first:last] += sound[first - place : last - place, None] * sides[number]
        return out

    def stock(self, name: str, stroke: Callable[[Dice], Mono], many: int = 48) -> list[Mono]:
        """So many strokes of a kind, for `strewn`."""
        return [stroke(self.dice(name, number)) for number in range(many)]

    def laid(self, moments: Iterable[tuple[int, Dice]], stroke: Stroke, width: float = 0.8) -> Samples:
        """Strokes at their moments (count, 2), single ones at random places up to `width` from the middle."""
        out = np.zeros((self.count, 2), np.float32)
        for at, dice in moments:
            sound = stroke(dice)
            first, last = max(0, at), min(self.count, at + len(sound))
            if first >= last:
                continue
            heard = sound[first - at : last - at]
            out[first:last] += placed(heard, width * float(dice.uniform(-1, 1))) if heard.ndim == 1 else heard
        return out


def sizes(dice: Dice, unlike: float, many: int) -> NDArray[np.float64]:
    """Random sizes, log-normal with `unlike` as the deviation, none further from the usual than two of these."""
    drawn: NDArray[np.float64] = np.exp(unlike * np.clip(dice.standard_normal(many), -2.0, 2.0))
    return drawn


def mean_square(unlike: float) -> float:
    """The mean square of such sizes."""
    inside = 0.5 * (math.erf((2 - 2 * unlike) / math.sqrt(2)) - math.erf((-2 - 2 * unlike) / math.sqrt(2)))
    return math.exp(2 * unlike**2) * inside + 0.02275 * (math.exp(4 * unlike) + math.exp(-4 * unlike))


def placed(sound: NDArray[np.float64], place: float) -> Samples:
    """One channel (n,) as (n, 2) at a place from -1 (left) to 1 (right), at equal power."""
    angle = (1.0 + place) * np.pi / 4
    sides: Samples = sound.astype(np.float32)[:, None] * np.array([np.cos(angle), np.sin(angle)], np.float32)
    return sides
