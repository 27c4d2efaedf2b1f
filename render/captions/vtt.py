"""WebVTT: captions of the web, with the time of every word, who speaks, and where they stand. Knows no fonts."""

from __future__ import annotations

import html
from collections.abc import Sequence
from fractions import Fraction

from render.captions.clock import milliseconds_of_frame, milliseconds_of_sample, span_of, stamp
from render.captions.lines import break_lines
from render.captions.measure import Measure
from render.captions.spans import Caption, Span


def vtt(
    shown: Sequence[Span], rate: Fraction, language: str, measure: Measure | None = None, *, top: bool = False
) -> str:
    """WebVTT text with the time of every word that is known; markup characters of the words are escaped."""
    measure = measure or Measure(language.split("-")[0].lower())
    setting = " line:8%,start" if top else ""
    cues = [f"{span_of(span.first, span.last, rate, '.')}{setting}\n{_text(span, measure, rate)}\n" for span in shown]
    return "\n".join([f"WEBVTT\nLanguage: {language}\n", *cues])


def _text(span: Span, measure: Measure, rate: Fraction) -> str:
    """What a cue holds: the words in their lines, in the voice of who speaks them."""
    lines = [line.split(" ") for line in break_lines(span.text, measure.language, measure.width)]
    timed = _timed(span, lines, milliseconds_of_frame(span.last, rate))
    speaker = span.speaker if isinstance(span, Caption) and "\n" not in span.text else ""
    name = " ".join(html.escape(speaker, quote=False).split())
    return f"<v {name}>{timed}" if name else timed


def _timed(span: Span, lines: Sequence[Sequence[str]], until: int) -> str:
    """The text of a caption, each word but the first after the time at which it is spoken, before `until` (ms)."""
    plain = "\n".join(html.escape(" ".join(line), quote=False) for line in lines)
    words = span.text.split()
    if len(span.heard) != len(words) or [word for line in lines for word in " ".join(line).split()] != words:
        return plain
    found, latest, number = [], span.heard[0] if span.heard else 0, 0
    for line in lines:
        row = []
        for part in line:
            text = html.escape(part, quote=False)
            # What a tied space holds together is one part of a line and several words.
            count = len(part.split())
            sample = span.heard[number] if count else latest
            # Times within a cue have to grow, and to lie in it.
            now = milliseconds_of_sample(sample)
            row.append(f"<{stamp(now, '.')}>{text}" if sample > latest and now < until else text)
            latest, number = max(sample, latest), number + count
        found.append(" ".join(row))
    return "\n".join(found)
