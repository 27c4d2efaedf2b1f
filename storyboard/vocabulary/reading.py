"""Prose to words of the vocabulary: what a prompt says of place, time, weather, shot, camera, action and emotion.

Finds the longest known phrases, skips what is negated ("no snow"), and says which content words it did not know.
Knows no scenes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from storyboard.vocabulary.actions import ACTIONS
from storyboard.vocabulary.cameras import CAMERAS
from storyboard.vocabulary.emotions import EMOTIONS
from storyboard.vocabulary.places import PLACES
from storyboard.vocabulary.shots import SHOTS
from storyboard.vocabulary.stems import stem, tokens
from storyboard.vocabulary.table import Table
from storyboard.vocabulary.times import TIMES
from storyboard.vocabulary.weathers import WEATHERS

PROSE_TABLES: tuple[Table, ...] = (CAMERAS, SHOTS, PLACES, TIMES, WEATHERS, ACTIONS, EMOTIONS)
"""Tables looked for in prose; where a phrase stands in two, the earlier table takes it."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NEGATIONS = frozenset(["no", "not", "without", "never", "isn't", "doesn't", "без", "не", "нет", "ни"])
_CLAUSE = re.compile(r"[.,;:!?()\u2014\u2013\n\u2026]+|\s-\s")
_EMPTY_WORDS = _words(
    "a an the and or but nor so as at by for from in into of off on onto out over to up with within under "
    "above near behind beside before after along across around between through toward towards upon above "
    "below against is are was were be been being am has have had do does did will would shall should can "
    "could may might must he she it they we you i him her them us me his hers its their our your my mine who "
    "whom whose which what that this these those there here where when while then than very too also just "
    "only still again both each every some any all few more most other such own same not no one two three "
    "first last it's he's she's и а но или да же ли бы не ни в во на над под с со у о об обо от до из за к ко "
    "по при про для без через между перед после около возле вдоль среди я ты он она оно мы вы они его ее их "
    "ему ей им мой твой свой наш ваш этот эта это эти тот та то те что кто как где когда куда чтобы если там "
    "тут здесь уже еще очень все всё всех весь вся так такой только лишь был была было были есть быть будет "
    "себя себе нее него них который которая которые которое один одна два две три потом затем снова тоже сам "
    "сама"
)


@dataclass(frozen=True, slots=True)
class Found:
    """One phrase of prose that the vocabulary knows; `first` and `last` are its word positions, `last` exclusive."""

    table: str
    word: str
    written: str
    first: int
    last: int
    clause: int
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Prose:
    """A text as words, the phrases understood in it, and which clause each word stands in."""

    words: tuple[str, ...]
    clauses: tuple[int, ...]
    found: tuple[Found, ...]

    def first(self, table: str) -> str:
        """The first word of a table that is said and not negated, or ""."""
        return next((hit.word for hit in self.found if hit.table == table and not hit.negated), "")

    def unread(self, used: Sequence[Found], names: Sequence[str] = ()) -> tuple[str, ...]:
        """Content words outside the phrases in `used` and outside `names`, once each, in order."""
        covered = {position for hit in used for position in range(hit.first, hit.last)}
        known = {stem(token) for name in names for token in tokens(name)}
        left = (
            word
            for position, word in enumerate(self.words)
            if position not in covered and word not in _EMPTY_WORDS and len(word) > 2 and stem(word) not in known
        )
        return tuple(dict.fromkeys(word for word in left if not word.isdigit()))


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str, str]]]:
    """First stem to the phrases that begin with it (stems, table, canonical word), longest first."""
    phrases: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    seen: set[tuple[str, ...]] = set()
    for table in PROSE_TABLES:
        for key, word in table.in_prose.items():
            if key and key not in seen:
                seen.add(key)
                phrases.setdefault(key[0], []).append((key, table.name, word))
    for found in phrases.values():
        found.sort(key=lambda phrase: -len(phrase[0]))
    return phrases


def read(text: str) -> Prose:
    """Find every known phrase in a text, longest first; phrases do not overlap and do not cross a clause."""
    words: list[str] = []
    clauses: list[int] = []
    for number, clause in enumerate(_CLAUSE.split(text)):
        for token in tokens(clause):
            words.append(token)
            clauses.append(number)
    stemmed = tuple(stem(word) for word in words)
    found: list[Found] = []
    position = 0
    while position < len(words):
        hit = _phrase_at(words, stemmed, clauses, position)
        if hit is None:
            position += 1
        else:
            found.append(hit)
            position = hit.last
    return Prose(tuple(words), tuple(clauses), tuple(found))


def _phrase_at(words: list[str], stemmed: tuple[str, ...], clauses: list[int], position: int) -> Found | None:
    for key, table, word in _phrases().get(stemmed[position], ()):
        last = position + len(key)
        if stemmed[position:last] == key and clauses[last - 1] == clauses[position]:
            before = words[max(0, position - 2) : position]
            same_clause = clauses[max(0, position - len(before))] == clauses[position]
            negated = same_clause and any(token in _NEGATIONS for token in before)
            return Found(table, word, " ".join(words[position:last]), position, last, clauses[position], negated)
    return None
