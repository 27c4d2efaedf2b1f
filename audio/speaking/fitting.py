"""Fitting speech to a scene whose length is fixed: pauses first, then tempo up to a limit, else a clear account.

Plans only, from the facts of spoken lines; what is not spoken yet is estimated. Nothing is ever cut. Knows no sound
and no frames.
"""

from __future__ import annotations

import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from audio.speaking.pacing import FASTEST, Pace, paced_samples
from audio.voice import RATE
from projects.steps import Json
from storyboard.dialogue import LEAST_TAIL, estimate, lay, needed
from storyboard.film import Line
from storyboard.time import spell

_SQUEEZES = 50
"""Steps from pauses as they are to pauses at their least."""
_TEMPOS = 50
"""Steps from the tempo as spoken to the fastest."""
_LADDER = _SQUEEZES + _TEMPOS


@dataclass(frozen=True, slots=True)
class Fitting:
    """How the lines of a scene are made to fit its length.

    `squeeze` is for `storyboard.dialogue.lay`, `paces` and `seconds` (lengths with that pace) go by line id. `natural`
    is the length that a scene needs whose speech is left alone, `least` the shortest in which all is heard; where not
    even that is there, `fits` is False and the lines are paced to their limit.
    """

    squeeze: Fraction
    paces: Mapping[str, Pace]
    seconds: Mapping[str, Fraction]
    fits: bool
    natural: Fraction
    least: Fraction
    exact: bool = True
    """False while lines are estimated that nobody has spoken."""

    @property
    def changed(self) -> bool:
        """Whether anything differs from speech as it was spoken and laid."""
        return self.squeeze > 0 or not all(pace.plain for pace in self.paces.values())

    @property
    def told(self) -> str:
        """What is done, for people: "" where nothing is."""
        tempo = max((pace.tempo for pace in self.paces.values()), default=Fraction(1))
        how = "to their least" if self.squeeze == 1 else f"by {round(100 * self.squeeze)} %"
        done = [f"pauses shortened {how}"] if self.squeeze else []
        done += [f"speech {float(tempo):.2f} times as fast"] if tempo > 1 else []
        return ", ".join(done)


def fit(
    lines: Sequence[Line],
    facts: Mapping[str, Mapping[str, Json]],
    language: str,
    room: Fraction,
    lead_in: Fraction = Fraction(0),
    tail_overlap: Fraction = Fraction(0),
) -> Fitting:
    """Fit lines into a scene of `room` seconds; `facts` are those of the lines that are spoken, by line id.

    `lead_in` and `tail_overlap` are the seconds of the transitions into the scene and out of it. The silence after
    the last line gives way first and may lie under the transition; then all pauses, in and between lines, by equal
    shares; then the tempo of all lines. Lines without facts are estimated.
    """

    def lengths(pace: Pace) -> dict[str, Fraction]:
        return {line.id: _seconds(line, facts.get(line.id), language, pace) for line in lines}

    def end(step: int) -> Fraction:
        pace, squeeze = _rung(step)
        return lay(lines, lengths(pace), lead_in, squeeze)[-1].end + LEAST_TAIL

    untouched = lengths(Pace())
    natural = needed(lines, lay(lines, untouched, lead_in), tail_overlap)
    if not lines:
        return Fitting(Fraction(0), {}, {}, True, natural, Fraction(0))
    least = end(_LADDER)
    step = bisect.bisect_left(range(_LADDER), True, key=lambda step: end(step) <= room)
    pace, squeeze = _rung(step)
    paces = dict.fromkeys(untouched, pace)
    exact = all(line.id in facts for line in lines)
    return Fitting(squeeze, paces, lengths(pace), least <= room, natural, least, exact)


def _rung(step: int) -> tuple[Pace, Fraction]:
    """The pace of lines and the squeeze of silences between them on a rung of the ladder from nothing to the limit."""
    if step <= _SQUEEZES:
        squeeze = Fraction(step, _SQUEEZES)
        return Pace(1 - squeeze), squeeze
    return Pace(Fraction(0), 1 + (FASTEST - 1) * Fraction(step - _SQUEEZES, _TEMPOS)), Fraction(1)


def _seconds(line: Line, facts: Mapping[str, Json] | None, language: str, pace: Pace) -> Fraction:
    if facts is None:
        return estimate(line, language) / pace.tempo
    return Fraction(paced_samples(facts, pace), RATE)


def too_long(scene_id: str, room: Fraction, fitting: Fitting) -> tuple[str, str]:
    """Message and hint for lines that do not fit their scene."""
    probably, about = ("", "") if fitting.exact else ("probably ", "about ")
    message = (
        f"the lines of scene '{scene_id}' {probably}do not fit into its {spell(room)}, not even with the shortest "
        f"pauses and {float(FASTEST):g} times as fast: that takes {about}{spell(fitting.least)}"
    )
    return message, f"write `length: {spell(fitting.natural)}` for unhurried speech, or `length: voice`"
