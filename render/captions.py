"""Captions from the words of a film: SRT and WebVTT beside it, and spans to be burned into its pieces.

Long lines are split at word ends into readable pieces. Pure text and integers; drawing them is `burn`'s business.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from render.timeline import Words

LONGEST = 84
"""Characters shown at once: two lines of 42, the usual measure of broadcasters."""


@dataclass(frozen=True, slots=True)
class Span:
    """A text shown from frame `first` to `last` (exclusive), counted from the start of a piece or of the film."""

    text: str
    first: int
    last: int


def spans(words: Sequence[Words]) -> tuple[Span, ...]:
    """What is shown when: each line in portions of at most `LONGEST` characters, timed by their share of the text.

    Where the speaker changes from the caption before, the name is not shown: the picture says who speaks.
    """
    shown: list[Span] = []
    for spoken in words:
        portions = split(spoken.text)
        total = sum(len(portion) for portion in portions)
        length = spoken.last - spoken.first
        gone = 0
        for portion in portions:
            first = spoken.first + length * gone // total
            gone += len(portion)
            shown.append(Span(portion, first, max(first + 1, spoken.first + length * gone // total)))
    return _without_overlap(shown)


def _without_overlap(shown: list[Span]) -> tuple[Span, ...]:
    """Captions that end where the next one begins, so that never two are on screen."""
    kept = []
    for index, span in enumerate(shown):
        last = min([span.last, *(later.first for later in shown[index + 1 : index + 2])])
        if last > span.first:
            kept.append(Span(span.text, span.first, last))
    return tuple(kept)


def split(text: str) -> list[str]:
    """Split a line into portions of even size that end at words, and at punctuation where that is near."""
    words = text.split()
    if not words:
        return [text]
    clean = " ".join(words)
    count = -(-len(clean) // LONGEST)
    target = len(clean) / count
    portions: list[str] = []
    current = ""
    for word in words:
        longer = f"{current} {word}".strip()
        full = len(longer) > LONGEST
        sentence_end = current[-1:] in set(".!?…;:,—") and len(current) >= 0.7 * target
        if current and (full or (sentence_end and len(portions) < count - 1)):
            portions.append(current)
            current = word
        else:
            current = longer
    return [*portions, current]


def within(shown: Sequence[Span], first: int, last: int) -> tuple[Span, ...]:
    """The spans that touch frames `first` to `last` (exclusive) of the film, counted from `first`."""
    return tuple(
        Span(span.text, max(span.first, first) - first, min(span.last, last) - first)
        for span in shown
        if span.first < last and span.last > first
    )


def srt(shown: Sequence[Span], rate: Fraction) -> str:
    """SubRip text, UTF-8, times to the millisecond."""
    blocks = [
        f"{number}\n{_clock(span.first, rate, ',')} --> {_clock(span.last, rate, ',')}\n{span.text}\n"
        for number, span in enumerate(shown, 1)
    ]
    return "\n".join(blocks)


def vtt(shown: Sequence[Span], rate: Fraction, language: str) -> str:
    """WebVTT text; markup characters of the words are escaped."""
    cues = [
        f"{_clock(span.first, rate, '.')} --> {_clock(span.last, rate, '.')}\n{html.escape(span.text, quote=False)}\n"
        for span in shown
    ]
    return "\n".join([f"WEBVTT\nLanguage: {language}\n", *cues])


def _clock(frame: int, rate: Fraction, point: str) -> str:
    """`hh:mm:ss` and milliseconds of a frame's start."""
    milliseconds = round(Fraction(frame * 1000) / rate)
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{point}{rest:03}"
