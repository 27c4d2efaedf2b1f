"""Captions from the words of a film: SRT and WebVTT beside it, and spans to be burned into its pieces.

Long lines are split at word ends into readable pieces. Pure text and integers; drawing them is `burn`'s business.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from render.timeline import Words, frame_of
from storyboard.time import SAMPLE_RATE

LONGEST = 84
"""Characters shown at once: two lines of 42, the usual measure of broadcasters."""


@dataclass(frozen=True, slots=True)
class Span:
    """A text shown from frame `first` to `last` (exclusive), counted from the start of a piece or of the film.

    `words` are the frame of each of its words' beginning, counted alike, and `heard` the sample of the film at which
    it is; both are empty where nobody knows.
    """

    text: str
    first: int
    last: int
    words: tuple[int, ...] = ()
    heard: tuple[int, ...] = ()


def spans(words: Sequence[Words], rate: Fraction) -> tuple[Span, ...]:
    """What is shown when: each line in portions of at most `LONGEST` characters, each from its first word on.

    Where the words were not heard yet, portions are timed by their share of the text. Where the speaker changes from
    the caption before, the name is not shown: the picture says who speaks.
    """
    shown: list[Span] = []
    for spoken in words:
        portions = split(spoken.text)
        heard = _heard(portions, spoken)
        shown += _by_words(portions, heard, spoken, rate) if heard else _by_letters(portions, spoken)
    return _without_overlap(shown)


def _by_letters(portions: Sequence[str], spoken: Words) -> list[Span]:
    total = sum(len(portion) for portion in portions)
    length = spoken.last - spoken.first
    shown, gone = [], 0
    for portion in portions:
        first = spoken.first + length * gone // total
        gone += len(portion)
        shown.append(Span(portion, first, max(first + 1, spoken.first + length * gone // total)))
    return shown


def _by_words(portions: Sequence[str], heard: Sequence[tuple[int, ...]], spoken: Words, rate: Fraction) -> list[Span]:
    firsts = [spoken.first, *(frame_of(samples[0], rate) for samples in heard[1:])]
    shown = []
    for number, (portion, samples) in enumerate(zip(portions, heard, strict=True)):
        last = firsts[number + 1] if number + 1 < len(firsts) else spoken.last
        frames = tuple(frame_of(sample, rate) for sample in samples)
        shown.append(Span(portion, firsts[number], max(firsts[number] + 1, last), frames, samples))
    return shown


def _heard(portions: Sequence[str], spoken: Words) -> list[tuple[int, ...]]:
    """For each portion the sample at which each of its words begins; empty unless every word was heard.

    A sign that is not spoken, such as a dash by itself, comes with the word before it.
    """
    found: list[tuple[int, ...]] = []
    waiting = list(spoken.uttered)
    latest = waiting[0].first if waiting else 0
    for portion in portions:
        samples = []
        for word in portion.split():
            if any(sign.isalnum() for sign in word):
                if not waiting or waiting[0].text != word:
                    return []
                latest = waiting.pop(0).first
            samples.append(latest)
        found.append(tuple(samples))
    return found


def _without_overlap(shown: list[Span]) -> tuple[Span, ...]:
    """Captions that end where the next one begins, so that never two are on screen."""
    kept = []
    for index, span in enumerate(shown):
        last = min([span.last, *(later.first for later in shown[index + 1 : index + 2])])
        if last > span.first:
            kept.append(replace(span, last=last))
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


def within(shown: Sequence[Span], first: int, last: int, *, by_word: bool = False) -> tuple[Span, ...]:
    """The spans that touch frames `first` to `last` (exclusive) of the film, counted from `first`.

    Their words come along only `by_word`: where they are not lit, when they are spoken changes no picture.
    """
    return tuple(
        Span(
            span.text,
            max(span.first, first) - first,
            min(span.last, last) - first,
            tuple(frame - first for frame in span.words) if by_word else (),
        )
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
    """WebVTT text with the time of every word that is known; markup characters of the words are escaped."""
    cues = [f"{_clock(span.first, rate, '.')} --> {_clock(span.last, rate, '.')}\n{_timed(span)}\n" for span in shown]
    return "\n".join([f"WEBVTT\nLanguage: {language}\n", *cues])


def _timed(span: Span) -> str:
    """The text of a caption, each word but the first after the time at which it is spoken."""
    words = [html.escape(word, quote=False) for word in span.text.split()]
    if len(span.heard) != len(words):
        return html.escape(span.text, quote=False)
    timed, latest = words[:1], span.heard[0] if span.heard else 0
    for word, sample in zip(words[1:], span.heard[1:], strict=True):
        # Times within a cue have to grow.
        timed.append(f"<{_stamp(_milliseconds(sample), '.')}>{word}" if sample > latest else word)
        latest = max(sample, latest)
    return " ".join(timed)


def _milliseconds(sample: int) -> int:
    return round(Fraction(sample * 1000, SAMPLE_RATE))


def _clock(frame: int, rate: Fraction, point: str) -> str:
    """`hh:mm:ss` and milliseconds of a frame's start."""
    return _stamp(round(Fraction(frame * 1000) / rate), point)


def _stamp(milliseconds: int, point: str) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{point}{rest:03}"
