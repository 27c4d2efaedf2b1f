"""The form of a score: passages and phrases on the bar grid, endings, and the chord of every bar.

Pure; writes no notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from audio.composing.bars import Grid
from audio.composing.harmony import Chord, Key, chord
from audio.composing.moods import Mood
from audio.voice import RATE

RING = round(2.3 * RATE)
"""Samples that a last chord rings where there is room for it."""

_FORMS = ((0, 0, 1, 0), (0, 1, 0, 2), (0, 0, 1, 2), (0, 1, 1, 2))
"""Which of a mood's progressions follow each other."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its first beat, how many beats it has, and its chords as (beat, chord)."""

    first: int
    beats: int
    chords: tuple[tuple[float, Chord], ...] = ()

    @property
    def last(self) -> int:
        """The beat after it."""
        return self.first + self.beats


@dataclass(frozen=True, slots=True)
class Phrase:
    """Some bars that belong together; `number` counts within the passage, `closing` phrases lead to an ending."""

    bars: tuple[Bar, ...]
    number: int
    closing: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """One section on the bar grid.

    `section` is its number; `ends` is the sample by which its last chord is silent, 0 where another passage follows at
    once; `opens` says that silence or nothing came before; `speech` are spans of samples within it.
    """

    section: int
    mood: Mood
    energy: float
    who: tuple[str, ...]
    hit: bool
    phrases: tuple[Phrase, ...]
    first: int
    last: int
    ends: int = 0
    opens: bool = False
    speech: tuple[Span, ...] = field(default=())

    @property
    def bars(self) -> tuple[Bar, ...]:
        """All its bars in order."""
        return tuple(bar for phrase in self.phrases for bar in phrase.bars)


@dataclass(frozen=True, slots=True)
class Scene:
    """What the form needs of one section: its samples, mood and energy, who is in it and what it asks of the music."""

    number: int
    start: int
    end: int
    mood: Mood
    energy: float
    who: tuple[str, ...] = ()
    hit: bool = False
    rest: bool = False


def dice(seed: int, *place: int) -> np.random.Generator:
    """The dice of one place in the score: what is thrown elsewhere does not move them."""
    return np.random.default_rng([seed & 0xFFFFFFFF, *place])


def passages(grid: Grid, scenes: Sequence[Scene], key: Key, seed: int, speech: Sequence[Span]) -> tuple[Passage, ...]:
    """Lays the scenes on bars, stretch by stretch between rests, and gives every bar its chords."""
    made: list[Passage] = []
    for stretch in _stretches(scenes):
        made += _laid(grid, stretch)
    return tuple(_harmonised(grid, one, key, seed, speech) for one in made)


def _stretches(scenes: Sequence[Scene]) -> list[list[Scene]]:
    """The scenes between two rests, each run of them by itself."""
    runs: list[list[Scene]] = [[]]
    for scene in scenes:
        if scene.rest:
            runs.append([])
        else:
            runs[-1].append(scene)
    return [run for run in runs if run]


def _laid(grid: Grid, run: Sequence[Scene]) -> list[Passage]:
    """A run of scenes on the grid: each begins at the bar nearest to its cut, the last leaves room for its ring."""
    start, end = run[0].start, run[-1].end
    cursor = grid.beat_from(start)
    ring = min(RING, (end - start) * 2 // 5)
    close = max(cursor, grid.beat_before(end - ring))
    made: list[Passage] = []
    for index, scene in enumerate(run):
        after = run[index + 1] if index + 1 < len(run) else None
        if after is None:
            goal, exact = close, True
        else:
            goal = min(close, grid.nearest(after.start))
            exact = goal in grid.hits
        bars = _bars(cursor, goal, scene.mood.meter, exact)
        last = bars[-1].last if bars else cursor
        if bars or after is None:
            phrases = _phrases(bars, opening=not made and len(bars) >= 8, closing=after is None)
            made.append(
                Passage(scene.number, scene.mood, scene.energy, scene.who, scene.hit, phrases, cursor, last,
                        opens=not made)
            )  # fmt: skip
        cursor = last
    made[-1] = replace(made[-1], ends=end)
    return made


def _bars(first: int, goal: int, meter: int, exact: bool) -> list[Bar]:
    """Bars from a beat to about the goal, or exactly to it: then the last but one beat group is longer or shorter."""
    count = (goal - first) // meter if exact else round((goal - first) / meter)
    bars = [Bar(first + k * meter, meter) for k in range(max(0, count))]
    over = goal - (bars[-1].last if bars else first)
    if exact and over > 0:
        if over == 1 and bars:
            bars[-1] = replace(bars[-1], beats=meter + 1)
        else:
            bars.append(Bar(goal - over, over))
    return bars


def _phrases(bars: Sequence[Bar], *, opening: bool, closing: bool) -> tuple[Phrase, ...]:
    """The bars in fours, with what is left over in threes and twos; an opening of two bars where there is room."""
    sizes: list[int] = [2] if opening else []
    left = len(bars) - sum(sizes)
    while left > 0:
        size = {5: 3, 3: 3, 2: 2, 1: 1}.get(left, 4)
        sizes.append(size)
        left -= size
    made, at = [], 0
    for number, size in enumerate(sizes):
        made.append(Phrase(tuple(bars[at : at + size]), number, closing and at + size == len(bars)))
        at += size
    return tuple(made)


def _harmonised(grid: Grid, passage: Passage, key: Key, seed: int, speech: Sequence[Span]) -> Passage:
    """The passage with its chords and with the speech that falls into it."""
    mood = passage.mood
    choices = mood.minor if key.minor else mood.major
    throws = dice(seed, passage.section, 1)
    order = [int(i) for i in throws.permutation(len(choices))]
    form = _FORMS[int(throws.integers(len(_FORMS)))]
    cadence = mood.cadence[1 if key.minor else 0].split()
    phrases = []
    for phrase in passage.phrases:
        words = choices[order[form[phrase.number % 4] % len(order)]].split()
        count = len(phrase.bars)
        names = [words[k % len(words)] for k in range(count)]
        final = phrase is passage.phrases[-1]
        if phrase.closing and count >= 2:
            names[-2:] = cadence
        elif final or (phrase.number % 2 == 1 and count >= 3):
            names[-1] = cadence[-1]
        bars = tuple(_sounding(bar, name, key) for bar, name in zip(phrase.bars, names, strict=True))
        phrases.append(replace(phrase, bars=bars))
    low, high = grid.at(passage.first), passage.ends or grid.at(passage.last)
    heard = tuple((max(low, a), min(high, b)) for a, b in speech if a < high and b > low)
    return replace(passage, phrases=tuple(phrases), speech=heard)


def _sounding(bar: Bar, names: str, key: Key) -> Bar:
    chords = names.split(",") if bar.beats > 1 else names.split(",")[-1:]
    step = bar.beats / len(chords)
    return replace(bar, chords=tuple((bar.first + k * step, chord(key.tonic, one)) for k, one in enumerate(chords)))


def home(key: Key, mood: Mood) -> Chord:
    """The chord on which a piece ends: the tonic triad."""
    return chord(key.tonic, mood.home[1 if key.minor else 0])


def chord_at(passage: Passage, beat: float) -> Chord:
    """The chord that sounds at a beat of a passage."""
    sounding = [tones for bar in passage.bars for at, tones in bar.chords if at <= beat + 1e-6]
    return sounding[-1] if sounding else passage.bars[0].chords[0][1]
