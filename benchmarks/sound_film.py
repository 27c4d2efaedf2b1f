"""The film whose sound is mixed by `benchmarks.sound`: where its lines, its score and its ambiences lie.

The same places for every program. Knows none of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from audio.voice import RATE

MINUTES, LINES, AMBIENCES, SCENE = 10, 120, 6, 30
"""How long it is, how many lines it has, how many kinds of ambience, and seconds in a scene."""

GAP = 5 * RATE
"""Samples from the beginning of one line to that of the next."""

FADE = RATE
"""Samples over which ambiences cross."""


@dataclass(frozen=True, slots=True)
class Place:
    """A sound in the film: its file's name without ending, its first sample, and how far to the side it is heard."""

    sound: str
    at: int
    pan: float = 0.0


def lines(minutes: int) -> Iterator[Place]:
    """A line every five seconds, by turns from the left and from the right."""
    for number in range(minutes * LINES // MINUTES):
        yield Place(f"line{number % LINES}", RATE // 2 + number * GAP, (-0.1, 0.1)[number % 2])


def ambiences(minutes: int) -> Iterator[Place]:
    """One for each scene, two seconds longer than it: a second before and after."""
    for number in range(minutes * 60 // SCENE):
        yield Place(f"ambience{number % AMBIENCES}", max(0, number * SCENE - 1) * RATE)


def scores(minutes: int) -> Iterator[Place]:
    """The score, and again where the film is longer than it."""
    for number in range(minutes // MINUTES):
        yield Place("score", number * MINUTES * 60 * RATE)


def path_of(place: Place, folder: Path) -> Path:
    """The WAV of a sound."""
    return folder / f"{place.sound}.wav"
