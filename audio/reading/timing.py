"""Word times: carrying the times of what an engine read over to the words that were written.

An engine reads numbers as words and joins or splits others; captions and lips need the written ones. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from audio.voice import Word


def written_words(text: str) -> tuple[str, ...]:
    """The words of a line as a caption shows them: split at spaces, those without letter or digit left out."""
    return tuple(word for word in text.split() if any(c.isalnum() for c in word))


def by_letters(words: Sequence[str], start: float, end: float) -> tuple[Word, ...]:
    """Spreads words over a span in seconds, each in proportion to its letters."""
    weights = [len(word) + 1 for word in words]
    total = sum(weights) or 1
    placed = []
    passed = 0
    for word, weight in zip(words, weights, strict=True):
        first = start + (end - start) * passed / total
        passed += weight
        placed.append(Word(word, first, start + (end - start) * passed / total))
    return tuple(placed)


def carry_over(written: Sequence[str], read: Sequence[Word]) -> tuple[Word, ...]:
    """Gives every written word a time from the words that the engine read.

    Equal words keep their own times; where the engine read other words ("2026" as "twenty twenty six"), the
    written ones share the span of those read in their place.
    """
    if not read:
        return ()
    matcher = SequenceMatcher(None, [_plain(w) for w in written], [_plain(w.text) for w in read], autojunk=False)
    placed: list[Word] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            placed += [Word(w, r.start, r.end) for w, r in zip(written[i1:i2], read[j1:j2], strict=True)]
        elif i2 > i1:
            start = read[j1].start if j2 > j1 else (read[j1 - 1].end if j1 else read[0].start)
            end = read[j2 - 1].end if j2 > j1 else start
            placed += by_letters(written[i1:i2], start, end)
    return tuple(placed)


def _plain(word: str) -> str:
    return "".join(c for c in word.casefold().replace("ё", "е") if c.isalnum())
