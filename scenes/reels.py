"""Pictures by number: what an effect that jumps about in time needs, without a whole film in memory.

Knows where pictures come from and nothing of what is done to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from projects.steps import Artifact
from scenes.backend import Frame
from scenes.frames import I420, i420_to_rgb
from scenes.takes import take_pictures

Pictures = Callable[[int], Frame]
"""Gives the RGB picture of a number; always a new array, so that whoever gets it may write on it."""

KEPT = 24
"""Coded pictures of a take that are kept: two groups of a take, so that going backwards decodes each group once."""


@dataclass(frozen=True, slots=True)
class Run:
    """How many pictures there are, how large, and how many a second."""

    frames: int
    width: int
    height: int
    rate: Fraction

    @property
    def seconds(self) -> float:
        """How long they last."""
        return float(self.frames / self.rate)


def kept(pictures: Iterable[I420]) -> Pictures:
    """A few pictures, all of which are read now and kept as they are coded."""
    every = tuple(pictures)
    return lambda number: i420_to_rgb(every[number])


def of_take(take: Artifact, frames: int) -> Pictures:
    """The pictures of a take of `frames` frames, read as they are asked for."""
    return _TakeReel(take, frames)


class _TakeReel:
    """Reads on while numbers grow, and winds back by whole groups where one is asked for again."""

    def __init__(self, take: Artifact, frames: int) -> None:
        self._take, self._frames = take, frames
        self._coming: Iterator[I420] = iter(())
        self._next = -1
        self._kept: dict[int, I420] = {}

    def __call__(self, number: int) -> Frame:
        """The picture of that number."""
        if number not in self._kept:
            self._wind_to(number)
        return i420_to_rgb(self._kept[number])

    def _wind_to(self, number: int) -> None:
        back = number < self._next
        if back or self._next < 0 or number >= self._next + KEPT:
            self._next = max(0, number - KEPT + 1) if back else number
            self._coming = take_pictures(self._take, self._next, self._frames)
        while self._next <= number:
            self._kept[self._next] = next(self._coming)
            self._next += 1
            if len(self._kept) > KEPT:
                self._kept.pop(next(iter(self._kept)))
