"""When captions come and go: with the words that are heard, long enough to be read, and clear of cuts and each other.

A caption never comes before its first word. It stays on into silence where it is too short to be read, but neither
over the next one nor over a hard cut. Frames and samples only.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from render.captions.lines import halves, letters, split
from render.captions.measure import LONGEST_SHOWN, SHORTEST, Measure
from render.captions.spans import Caption
from render.timeline import Body, Timeline, Words, frame_of

_NEAR = Fraction(3, 10)
"""Seconds: a caption that ends so near to a cut ends at it."""

_CHAINED = Fraction(1, 2)
"""Seconds: a silence so short between two captions is no pause, and the first one stays through it."""


def spans(
    words: Sequence[Words],
    rate: Fraction,
    measure: Measure | None = None,
    cuts: Sequence[int] = (),
    frames: int = 0,
) -> tuple[Caption, ...]:
    """What is shown when: each line in portions that fit a caption, each from its first word on, one at a time.

    Where the words were not heard yet, portions are timed by their share of the text. `cuts` are the frames of hard
    cuts in order, `frames` is the film's length, 0 where it is not known.
    """
    measure = measure or Measure()
    shown: list[Caption] = []
    for spoken in words:
        shown += _portions(spoken, rate, measure)
    return readable(sorted(shown, key=lambda one: one.first), rate, measure, cuts, frames)


def readable(
    shown: Sequence[Caption], rate: Fraction, measure: Measure, cuts: Sequence[int] = (), frames: int = 0
) -> tuple[Caption, ...]:
    """Captions in order of time that never stand together and stay as long as they need, where there is room."""
    kept: list[Caption] = []
    following = [*shown[1:], None] if shown else []
    for span, after in zip(shown, following, strict=True):
        limit = min([place for place in (after.first if after else 0, frames) if place] or [10**12])
        if after is not None:
            limit = after.first
        last = min(span.last, limit)
        if last <= span.first:
            continue
        kept.append(replace(span, last=_end(replace(span, last=last), limit, after, rate, measure, cuts)))
    return tuple(kept)


def _end(
    span: Caption, limit: int, after: Caption | None, rate: Fraction, measure: Measure, cuts: Sequence[int]
) -> int:
    """The frame at which a caption goes, at most `limit`."""
    first, longest = span.first, max(math.floor(LONGEST_SHOWN * rate), 1)
    last = min(span.last, first + longest)
    wanted = first + frames_needed(span.text, rate, measure)
    near = math.floor(_NEAR * rate)
    free = limit - (measure.gap if after else 0)
    place = bisect_right(cuts, last)
    crossed = next((cut for cut in cuts[max(0, place - 1) : place] if cut > first and last - cut <= near), None)
    if crossed is not None and crossed - measure.gap >= wanted:
        return crossed - measure.gap
    place = bisect_left(cuts, last)
    ahead = cuts[place] if place < len(cuts) else None
    if ahead is not None:
        free = min(free, ahead - measure.gap)
    if last < wanted:
        last = max(last, min(wanted, free))
    chained = after is not None and 0 < after.first - last <= math.floor(_CHAINED * rate)
    if chained or (ahead is not None and 0 < ahead - last <= near):
        last = max(last, free)
    last = min(last, first + longest)
    # The gap is taken from a caption only if it stays long enough to be seen.
    if after is not None and limit - last < measure.gap and free - first >= math.ceil(SHORTEST * rate):
        last = free
    return last


def frames_needed(text: str, rate: Fraction, measure: Measure) -> int:
    """Frames in which a text is read with ease."""
    seconds = max(SHORTEST, letters("".join(text.split("\n"))) / measure.speed)
    return min(math.ceil(seconds * rate), math.floor(LONGEST_SHOWN * rate))


def speed_of(span: Caption, rate: Fraction) -> float:
    """Characters a second at which the words of a caption have to be read; the name before them is taken in at once."""
    said = span.text.removeprefix(f"{span.speaker}: ")
    return float(letters(said) * rate / (span.last - span.first))


def hard_cuts(timeline: Timeline) -> tuple[int, ...]:
    """The frames at which one scene is cut to the next."""
    return tuple(
        after.start
        for before, after in pairwise(timeline.pieces)
        if isinstance(before, Body) and isinstance(after, Body)
    )


def _portions(spoken: Words, rate: Fraction, measure: Measure) -> list[Caption]:
    """The captions of one line, before anything is known of its neighbours."""
    texts = split(spoken.text, measure)
    while True:
        shown = _timed(texts, spoken, rate)
        slow = next((n for n, one in enumerate(shown) if one.last - one.first > LONGEST_SHOWN * rate), None)
        parts = halves(texts[slow], measure.language) if slow is not None else None
        if slow is None or parts is None:
            return shown
        texts[slow : slow + 1] = parts


def _timed(texts: Sequence[str], spoken: Words, rate: Fraction) -> list[Caption]:
    heard = _heard(texts, spoken)
    source = (spoken.scene_id, spoken.line_id, spoken.speaker)
    if not heard:
        total, gone, shown = sum(len(text) for text in texts), 0, []
        length = spoken.last - spoken.first
        for text in texts:
            first = spoken.first + length * gone // total
            gone += len(text)
            last = max(first + 1, spoken.first + length * gone // total)
            shown.append(Caption(text, first, last, (), (), *source))
        return shown
    firsts = [spoken.first, *(frame_of(samples[0], rate) for samples in heard[1:])]
    shown = []
    for number, (text, samples) in enumerate(zip(texts, heard, strict=True)):
        last = firsts[number + 1] if number + 1 < len(firsts) else spoken.last
        frames = tuple(frame_of(sample, rate) for sample in samples)
        shown.append(Caption(text, firsts[number], max(firsts[number] + 1, last), frames, samples, *source))
    return shown


def _heard(texts: Sequence[str], spoken: Words) -> list[tuple[int, ...]]:
    """For each portion the sample at which each of its words begins; empty unless every word was heard.

    A sign that is not spoken, such as a dash by itself, comes with the word before it.
    """
    found: list[tuple[int, ...]] = []
    waiting = list(spoken.uttered)
    if not waiting:
        return []
    latest = waiting[0].first
    for text in texts:
        samples = []
        for word in text.split():
            if any(sign.isalnum() for sign in word):
                if not waiting or waiting[0].text != word:
                    return []
                latest = waiting.pop(0).first
            samples.append(latest)
        found.append(tuple(samples))
    return found
