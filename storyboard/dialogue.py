"""Dialogue in time: where each line of a scene begins, and how long the scene must be for its lines.

Seconds as Fractions, counted from the scene's start. Knows no frames, no transitions' kinds and no sound.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from storyboard.film import Line

LEAD_IN = Fraction(35, 100)
"""Least silence before the first line."""
GAP = Fraction(25, 100)
"""Silence between two speakers."""
SAME_SPEAKER_GAP = Fraction(12, 100)
"""Silence between two lines of one speaker."""
TAIL = Fraction(1, 2)
"""Silence after the last line."""

LEAST_LEAD_IN = Fraction(10, 100)
LEAST_GAP = Fraction(12, 100)
LEAST_SAME_SPEAKER_GAP = Fraction(8, 100)
LEAST_PAUSE = Fraction(1, 4)
"""The share of a written pause that stays."""
LEAST_TAIL = Fraction(5, 100)
"""To these the silences shrink where a scene of fixed length is too short for its lines."""

FASTEST = Fraction(5, 4)
"""The most by which speech is made faster to fit a scene: up to here listeners and recognisers lose nothing."""

SHORTEST_LINE = Fraction(6, 10)

CHARACTERS_PER_SECOND: Mapping[str, int] = {"en": 15, "ru": 13}
"""Reading speed by primary language, for estimates; others count as 14."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One line in its scene: begin and length in seconds."""

    line_id: str
    start: Fraction
    seconds: Fraction

    @property
    def end(self) -> Fraction:
        """When the line is over."""
        return self.start + self.seconds


def estimate(line: Line, language: str) -> Fraction:
    """Return how long a line probably takes, from its letters and its voice's speed."""
    return estimated(line.text, language, Fraction(line.by.voice.speed).limit_denominator(1000))


def estimated(text: str, language: str, speed: Fraction = Fraction(1)) -> Fraction:
    """Return the seconds that somebody probably takes to say a text at `speed` times the usual pace."""
    pace = CHARACTERS_PER_SECOND.get(language.split("-")[0].lower(), 14)
    return max(SHORTEST_LINE, Fraction(len(" ".join(text.split())), pace) / speed)


def lay(
    lines: Sequence[Line],
    seconds: Mapping[str, Fraction],
    lead_in: Fraction = LEAD_IN,
    squeeze: Fraction = Fraction(0),
) -> tuple[Spoken, ...]:
    """Lay lines one after the other; `seconds` maps line ids to lengths, `lead_in` is the silence before the first.

    After each line come its own pause and a gap, shorter where the same person goes on. `squeeze` shortens all of
    these silences: by nothing at 0, to their least at 1; nobody ever speaks before `lead_in` is over.
    """
    laid: list[Spoken] = []
    at = max(lead_in, _squeezed(LEAD_IN, LEAST_LEAD_IN, squeeze))
    for number, line in enumerate(lines):
        laid.append(Spoken(line.id, at, seconds[line.id]))
        at += seconds[line.id] + _squeezed(line.pause, line.pause * LEAST_PAUSE, squeeze)
        if number + 1 < len(lines):
            same = lines[number + 1].by.id == line.by.id
            least = LEAST_SAME_SPEAKER_GAP if same else LEAST_GAP
            at += _squeezed(SAME_SPEAKER_GAP if same else GAP, least, squeeze)
    return tuple(laid)


def _squeezed(usual: Fraction, least: Fraction, squeeze: Fraction) -> Fraction:
    return usual + (least - usual) * squeeze


def needed(lines: Sequence[Line], laid: Sequence[Spoken], tail_overlap: Fraction = Fraction(0)) -> Fraction:
    """Return the length of a scene that lets its lines be heard before the transition out of it begins."""
    if not laid:
        return TAIL + tail_overlap
    return laid[-1].end + lines[-1].pause + TAIL + tail_overlap
