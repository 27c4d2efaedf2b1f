"""What the writers of the parts share: a note in beats, how full the music is, and how a drawn pattern is read.

Pure; knows no sound.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audio.composing.bars import Grid
from audio.composing.form import Bar, Passage, Phrase
from audio.composing.harmony import Key
from audio.composing.orchestra import Band

_QUICKEST = 0.105
"""Seconds of the shortest step that a pattern may have."""


@dataclass(frozen=True, slots=True)
class Sketched:
    """A note in beats; `theme` names whose motif begins with it."""

    player: str
    pitch: int
    beat: float
    beats: float
    velocity: float
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """What every writer is given: one passage, its band, and the piece's key, grid and seed.

    `lift` is added to the passage's energy; `themes` are names whose motifs are heard, the first most. `turn` counts
    the phrases before this passage, `new` says that its first theme was not heard before, `short` that the piece has
    only a few phrases.
    """

    passage: Passage
    band: Band
    key: Key
    grid: Grid
    seed: int
    lift: float = 0.0
    themes: tuple[str, ...] = ()
    turn: int = 0
    new: bool = True
    short: bool = False

    @property
    def energy(self) -> float:
        """How much happens, 0..1."""
        return min(1.0, max(0.0, self.passage.energy + self.lift))

    @property
    def stretch(self) -> float:
        """How much longer than written a motif is played, so that it takes about as long as the mood has it."""
        written = 2 * self.passage.mood.meter * 60.0 / self.grid.tempo
        return min((0.5, 1.0, 2.0), key=lambda factor: abs(math.log(factor * written / self.passage.mood.pace)))

    def spoken(self, first: float, last: float) -> bool:
        """Whether somebody speaks between two beats."""
        low, high = self.grid.at(first), self.grid.at(last)
        return any(a < high and b > low for a, b in self.passage.speech)

    def level(self, phrase: Phrase, bar: Bar) -> int:
        """How full the texture is, 0..2: by energy, growing within a long passage, thin under speech."""
        if self.spoken(bar.first, bar.last):
            return 0
        level = 0 if self.energy < 0.38 else 1 if self.energy < 0.7 else 2
        count = len(self.passage.phrases)
        if count >= 3 and phrase.number == 0 and not self.passage.hit:
            level -= 1
        elif count >= 3 and phrase.number == count - 1 and self.energy >= 0.5:
            level += 1
        return max(0, min(2, level))

    def playable(self, level: int, drawings: Sequence[Sequence[str]]) -> int:
        """The level, lowered until no step of its drawings is too quick for hands at this tempo."""
        bar = self.passage.mood.meter * 60.0 / self.grid.tempo
        while level > 0 and any(bar / len(drawing) < _QUICKEST and len(drawing) > 4 for drawing in drawings[level]):
            level -= 1
        return level

    def player(self, part: str, phrase: Phrase) -> str:
        """Who plays a part in a phrase: two players take turns, two phrases each; "" for nobody."""
        names = self.band.get(part, ())
        return names[phrase.number // 2 % len(names)] if names else ""

    def loudness(self, phrase: Phrase, beat: float) -> float:
        """The velocity of a plain note at a beat, 0..1: mood, energy, the phrase's arch and speech."""
        bars = phrase.bars
        place = (beat - bars[0].first) / max(1, bars[-1].last - bars[0].first)
        arch = 0.07 * (1.0 - abs(2.0 * min(1.0, max(0.0, place)) - 1.2))
        hush = 0.10 if self.spoken(beat, beat + 0.25) else 0.0
        return 0.38 + 0.30 * self.passage.mood.loud + 0.14 * (self.energy - 0.5) + arch - hush


def drawn(pattern: str, bar: Bar, meter: int) -> Iterator[tuple[float, float, str]]:
    """The events of a pattern over a bar as (beat, beats until its hold ends, letter).

    A bar of another length than the mood's meter repeats the drawing or breaks it off.
    """
    step = meter / len(pattern)
    count = max(1, round(bar.beats / step))
    letters = [pattern[k % len(pattern)] for k in range(count)]
    for index, letter in enumerate(letters):
        if letter in ".-":
            continue
        end = index + 1
        while end < count and letters[end] == "-":
            end += 1
        yield bar.first + index * step, (end - index) * step, letter


def swung(beat: float, swing: float) -> float:
    """The beat with its second half as late as the mood swings."""
    return beat + swing if swing and abs(beat % 1.0 - 0.5) < 1e-6 else beat
