"""Rests: the silences inside a finished line that may be made shorter or longer, found in the line's facts.

A silence counts only where no word can lie in it: between words, or long and inside a word that is heard around it.
Works on facts alone, so that a plan can be made without opening a sound. Pure; knows neither scene nor film.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from audio.voice import RATE
from projects.steps import Json

HOP = RATE // 100
"""Samples per value of an envelope."""

BETWEEN_WORDS = 80 * RATE // 1000
"""Samples that a rest between two words keeps."""
BETWEEN_SENTENCES = 160 * RATE // 1000
"""Samples that a rest after a sentence keeps."""

_SHORTEST = 10
"""Envelope values: a shorter silence is the closure of a consonant."""
_INSIDE_A_WORD = 25
"""Envelope values from which a silence inside what is said to be one word is a rest after all."""
_BY_GUESS = 20
"""Envelope values from which a silence is a rest where nobody knows where the words are."""
_TOLERANCE = 20 * RATE // 1000
"""Samples by which the times of words may be wrong."""
_HEARD = 3
"""Envelope values with sound that make a word one that is heard."""
_SENTENCE_ENDS = ".!?…"
_CLOSERS = "\"'”’»)]"


@dataclass(frozen=True, slots=True)
class Rest:
    """A silence of a line: first sample, first sample after it, and how many of them must stay."""

    first: int
    last: int
    floor: int

    @property
    def samples(self) -> int:
        """How long it is."""
        return self.last - self.first


@dataclass(frozen=True, slots=True)
class _Said:
    """A word in samples of the line."""

    text: str
    first: int
    last: int

    @property
    def ends_a_sentence(self) -> bool:
        return self.text.rstrip(_CLOSERS).endswith(tuple(_SENTENCE_ENDS))


def rests(facts: Mapping[str, Json]) -> tuple[Rest, ...]:
    """The rests of a line from its `envelope`, `words` and `word_times`, in order; silence at its ends is none."""
    opening: Sequence[int] = facts["envelope"]
    words = tuple(_Said(str(text), round(start * RATE), round(end * RATE)) for text, start, end in facts["words"])
    guessed = facts.get("word_times") == "by letters" or not words
    found = []
    for first, last in _silences(opening):
        if guessed:
            if last - first >= _BY_GUESS:
                found.append(Rest(first * HOP, last * HOP, BETWEEN_SENTENCES))
        elif _holds_no_word(first, last, words, opening):
            found.append(Rest(first * HOP, last * HOP, _floor(first * HOP, words)))
    return tuple(found)


def _silences(opening: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Runs of silent values that sound precedes and follows: first value and first after."""
    begun = -1
    for place, value in enumerate(opening):
        if not value:
            continue
        if begun >= 0 and place - begun - 1 >= _SHORTEST:
            yield begun + 1, place
        begun = place


def _holds_no_word(first: int, last: int, words: Sequence[_Said], opening: Sequence[int]) -> bool:
    """Whether every word that a silence touches is heard outside of it."""
    for word in words:
        if word.last <= first * HOP + _TOLERANCE or word.first >= last * HOP - _TOLERANCE:
            continue
        around = (*opening[word.first // HOP : first], *opening[last : -(-word.last // HOP)])
        if sum(value > 0 for value in around) < _HEARD:
            return False
        inside = word.first < first * HOP - _TOLERANCE and word.last > last * HOP + _TOLERANCE
        if inside and last - first < _INSIDE_A_WORD:
            return False
    return True


def _floor(first: int, words: Sequence[_Said]) -> int:
    """What must stay of a rest: more where a sentence ended before it."""
    before = [word for word in words if word.first < first]
    return BETWEEN_SENTENCES if before and before[-1].ends_a_sentence else BETWEEN_WORDS
