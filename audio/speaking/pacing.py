"""Pacing: a finished line with shorter or longer rests, and spoken faster, without another pitch.

What comes of it (length, word times, envelope) follows from the line's facts alone; the step then makes a sound of
exactly that length. Only silence is ever taken away, never a part of a word. Knows neither scene nor film.
"""

from __future__ import annotations

import bisect
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from audio.signal.rests import HOP, Rest, rests
from audio.voice import RATE, Samples
from projects.steps import Json, Work
from storyboard.dialogue import FASTEST as FASTEST
from storyboard.errors import RenderError

_JOIN = 5 * RATE // 1000
"""Samples over which both sides of a cut are mixed."""
_BEFORE = Fraction(3, 5)
"""The share of a shortened rest that stays before the cut: words fade out slower than they begin."""
_MOST_ADDED = 6 * RATE // 10
"""Samples by which no rest is made longer than it was."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How a line is paced: `pauses` is a factor of its rests (0 leaves their least), `tempo` one of its speed, 1..5/4.

    Raises RenderError for a tempo beyond that and for a negative factor.
    """

    pauses: Fraction = Fraction(1)
    tempo: Fraction = Fraction(1)

    def __post_init__(self) -> None:
        if not 1 <= self.tempo <= FASTEST or self.pauses < 0:
            raise RenderError(
                f"a line cannot be paced with tempo {float(self.tempo):g} and pauses {float(self.pauses):g}",
                f"a tempo of 1 to {float(FASTEST):g} and a factor of pauses from 0 on are possible",
            )

    @property
    def plain(self) -> bool:
        """True where nothing is changed."""
        return self.pauses == 1 and self.tempo == 1


@dataclass(frozen=True, slots=True)
class Splice:
    """Samples [first, last) of a line that `length` others take the place of: 0 for a cut, more for a longer rest."""

    first: int
    last: int
    length: int


@dataclass(frozen=True)
class TimeMap:
    """Where the samples of a line are after pacing: never backwards, and words are only ever moved and sped up."""

    samples: int
    """Length of the line as it was spoken."""
    splices: tuple[Splice, ...]
    tempo: Fraction

    @property
    def spliced(self) -> int:
        """Length in samples after rests were changed, before the tempo."""
        return self.samples + sum(one.length - (one.last - one.first) for one in self.splices)

    @property
    def total(self) -> int:
        """Length in samples after everything."""
        return round(self.spliced / self.tempo)

    def after(self, sample: int) -> Fraction:
        """Where a sample of the spoken line is afterwards."""
        moved = Fraction(sample)
        for one in self.splices:
            if sample >= one.last:
                moved += one.length - (one.last - one.first)
            elif sample > one.first:
                moved += Fraction((sample - one.first) * (one.length - (one.last - one.first)), one.last - one.first)
        return moved / self.tempo

    def before(self, sample: int) -> int:
        """Which sample of the spoken line is heard at a place; -1 within what was put in."""
        place = sample * self.tempo.numerator // self.tempo.denominator
        firsts, sources = self._stretches
        number = bisect.bisect_right(firsts, place) - 1
        source = sources[number]
        return source if source < 0 else min(source + place - firsts[number], self.samples - 1)

    @cached_property
    def _stretches(self) -> tuple[list[int], list[int]]:
        """Where each stretch of sound begins after splicing, and in the spoken line; -1 for what was put in."""
        firsts, sources = [0], [0]
        for one in self.splices:
            at = firsts[-1] + one.first - sources[-1]
            if one.length:
                firsts.append(at)
                sources.append(-1)
            firsts.append(at + one.length)
            sources.append(one.last)
        return firsts, sources


def time_map(facts: Mapping[str, Json], pace: Pace) -> TimeMap:
    """What a pace does to a line with these facts."""
    splices = [_splice(rest, pace.pauses) for rest in rests(facts)] if pace.pauses != 1 else []
    return TimeMap(int(facts["samples"]), tuple(one for one in splices if one is not None), pace.tempo)


def _splice(rest: Rest, factor: Fraction) -> Splice | None:
    """What is cut out of a rest or put into it, or None where that is less than a join."""
    if factor >= 1:
        at = rest.first + round(rest.samples * _BEFORE)
        extra = min(round(rest.samples * (factor - 1)), _MOST_ADDED)
        return Splice(at, at, extra) if extra > _JOIN else None
    kept = max(min(rest.samples, rest.floor), round(rest.samples * factor))
    if rest.samples - kept <= _JOIN:
        return None
    before = round(kept * _BEFORE)
    return Splice(rest.first + before, rest.last - (kept - before), 0)


def paced_samples(facts: Mapping[str, Json], pace: Pace) -> int:
    """How many samples the line has with that pace."""
    return int(facts["samples"]) if pace.plain else time_map(facts, pace).total


def paced_facts(facts: Mapping[str, Json], pace: Pace) -> dict[str, Json]:
    """The facts of the line with that pace, without making its sound: the step gives the same."""
    if pace.plain:
        return dict(facts)
    mapped = time_map(facts, pace)
    total = mapped.total
    seconds = total / RATE
    words = [
        [text, *(round(min(float(mapped.after(round(place * RATE)) / RATE), seconds), 3) for place in (start, end))]
        for text, start, end in facts["words"]
    ]
    return {
        **facts,
        "samples": total,
        "seconds": round(seconds, 4),
        "words": words,
        "envelope": _paced_envelope(facts["envelope"], mapped),
        "pauses": str(pace.pauses),
        "tempo": str(pace.tempo),
    }


def _paced_envelope(opening: list[int], mapped: TimeMap) -> list[int]:
    heard = []
    for place in range(-(-mapped.total // HOP)):
        source = mapped.before(min(place * HOP + HOP // 2, mapped.total - 1))
        heard.append(opening[min(source // HOP, len(opening) - 1)] if source >= 0 else 0)
    return heard


def with_pauses(sound: Samples, facts: Mapping[str, Json], factor: float) -> tuple[Samples, dict[str, Json]]:
    """A line and its facts with its rests changed by a factor, as an emotion has them."""
    pace = Pace(Fraction(str(factor)))
    return paced_sound(sound, facts, pace), paced_facts(facts, pace)


@dataclass(frozen=True, slots=True)
class PaceRequest:
    """A line that is spoken already, and its pace."""

    pace: Pace


def pace_line(request: PaceRequest, work: Work, out: Path) -> Json:
    """Makes the input `line` (a spoken line or a recording, with its facts) into a WAV of that pace at `out`.

    Gives the facts that `paced_facts` foretells, and a file of exactly as many samples.
    """
    from audio.signal import wavefile

    line = work.inputs["line"]
    sound = paced_sound(wavefile.read(line.path), line.facts, request.pace)
    wavefile.write(out, sound)
    return paced_facts(line.facts, request.pace)


def pacing_identity() -> str:
    """The version of what changes the tempo, for the step's fingerprint."""
    from audio.signal.timbre import tempo_identity

    return f"pacing 1; {tempo_identity()}"


def paced_sound(sound: Samples, facts: Mapping[str, Json], pace: Pace) -> Samples:
    """Mono samples (n,) at 48 kHz of a line with these facts, paced: float32, exactly `paced_samples` of them."""
    from audio.signal.timbre import at_tempo

    if pace.plain:
        return sound
    if len(sound) != facts["samples"]:
        raise RenderError(
            f"a line has {len(sound)} samples, but its facts say {facts['samples']}", "remove it and render again"
        )
    mapped = time_map(facts, pace)
    spliced = _spliced(sound, mapped, rests(facts))
    return at_tempo(spliced, RATE, float(pace.tempo), mapped.total)


def _spliced(sound: Samples, mapped: TimeMap, silences: tuple[Rest, ...]) -> Samples:
    """The line with its rests changed: the sides of each cut mixed, longer rests filled with their own quiet."""
    import numpy as np

    pieces: list[Samples] = []
    begun = 0
    rise = ((np.arange(_JOIN) + 0.5) / _JOIN).astype(np.float32)
    for one in mapped.splices:
        half = _JOIN // 2
        if one.length:
            rest = next(rest for rest in silences if rest.first <= one.first < rest.last)
            quiet = _quiet(sound, rest, one.first, one.length)
            quiet[-_JOIN:] += rise * (sound[one.first - _JOIN : one.first] - quiet[-_JOIN:])
            pieces += [sound[begun : one.first], quiet]
            begun = one.last
            continue
        out = sound[one.first - half : one.first - half + _JOIN]
        into = sound[one.last - half : one.last - half + _JOIN]
        pieces += [sound[begun : one.first - half], out + rise * (into - out)]
        begun = one.last - half + _JOIN
    spliced: Samples = np.concatenate([*pieces, sound[begun:]])
    return spliced


def _quiet(sound: Samples, rest: Rest, at: int, length: int) -> Samples:
    """So many samples of what a rest sounds like, read to and fro within its middle from `at` backwards."""
    import numpy as np

    guard = rest.samples // 4
    low, high = rest.first + guard, rest.last - guard
    period = 2 * (high - low - 1)
    place = (high - at + np.arange(length)) % period
    index = high - 1 - np.minimum(place, period - place)
    quiet: Samples = sound[index].astype(np.float32)
    return quiet
