"""Prose to words of the vocabulary: what a prompt says of place, time, weather, shot, camera, action and emotion.

Finds the longest known phrases, skips what is negated ("no snow"), and says which content words it did not know.
Knows no scenes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
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


_NEGATIONS = _words("no not without never isn't doesn't don't can't cannot won't didn't wasn't aren't без не нет ни")
_CLAUSE = re.compile(r"([.,;:!?()\u2014\u2013\n\u2026]+|\s-\s)")
_SENTENCE_END = frozenset(".;!?\n\u2026")
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
    "себя себе нее него ним ней ними них мне тебе нам вам который которая которые которое один одна два две три "
    "потом затем снова тоже сам сама оба обе like without рядом впереди сзади"
)
_MANNER_WORDS = _words(
    "tall narrow wide long short big small little large huge tiny high low deep thin thick old new young far away "
    "close slow slowly slows quick quickly fast suddenly gently quietly down end edge side middle light layers view "
    "scene frame picture moment way wearing wears looks seems begins starts stops keeps goes comes makes takes gets "
    "высокий высокая высокие узкий узкая узкие длинный короткий большой большая большие маленький маленькая "
    "маленькие старый старая старые новый новая новые далеко близко медленно быстро тихо вдруг вниз вверх край "
    "сторона середина свет конец кадр сцена миг путь одет одета стоит начинает идет делает"
)
"""Words that tell how something is, and name nothing by themselves that could be missed in a picture."""


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
    """A text as words, the phrases understood in it, and which clause and sentence each word stands in."""

    words: tuple[str, ...]
    clauses: tuple[int, ...]
    found: tuple[Found, ...]
    sentences: tuple[int, ...] = ()
    stems: tuple[str, ...] = ()

    def first(self, table: str) -> str:
        """The first word of a table that is said and not negated, or ""."""
        return next((hit.word for hit in self.found if hit.table == table and not hit.negated), "")

    def is_content(self, position: int) -> bool:
        """Whether the word at a position says something by itself: no article, preposition, number or the like."""
        word = self.words[position]
        return word not in _EMPTY_WORDS and len(word) > 2 and not word.isdigit()

    def names_something(self, position: int) -> bool:
        """Whether the word at a position may stand for something that is seen."""
        return self.is_content(position) and self.words[position] not in _MANNER_WORDS

    def unread(
        self, used: Sequence[Found], names: Sequence[str] = (), also: Collection[int] = frozenset()
    ) -> tuple[str, ...]:
        """Content words outside the phrases in `used`, `names` and the positions `also`, once each, in order."""
        covered = {position for hit in used for position in range(hit.first, hit.last)} | set(also)
        known = {stem(token) for name in names for token in tokens(name)}
        left = (
            word
            for position, word in enumerate(self.words)
            if position not in covered and self.names_something(position) and stem(word) not in known
        )
        return tuple(dict.fromkeys(left))


@dataclass(frozen=True, slots=True)
class _Index:
    """Phrases by their first word, the longest first: as they are written, and as stems."""

    forms: dict[str, list[tuple[tuple[str, ...], str, str]]]
    stems: dict[str, list[tuple[tuple[str, ...], str, str]]]


@cache
def _index(tables: tuple[Table, ...]) -> _Index:
    return _Index(
        _by_first([(table.name, table.forms_in_prose) for table in tables]),
        _by_first([(table.name, table.in_prose) for table in tables]),
    )


def _by_first(
    spoken: Sequence[tuple[str, dict[tuple[str, ...], str]]],
) -> dict[str, list[tuple[tuple[str, ...], str, str]]]:
    phrases: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    seen: set[tuple[str, ...]] = set()
    for name, keys in spoken:
        for key, word in keys.items():
            if key and key not in seen:
                seen.add(key)
                phrases.setdefault(key[0], []).append((key, name, word))
    for found in phrases.values():
        found.sort(key=lambda phrase: -len(phrase[0]))
    return phrases


def read(text: str) -> Prose:
    """Find every known phrase in a text, longest first; phrases do not overlap and do not cross a clause."""
    words: list[str] = []
    clauses: list[int] = []
    sentences: list[int] = []
    sentence = 0
    for number, piece in enumerate(_CLAUSE.split(text)):
        if number % 2:
            sentence += bool(_SENTENCE_END & set(piece))
            continue
        for token in tokens(piece):
            words.append(token)
            clauses.append(number // 2)
            sentences.append(sentence)
    split = Prose(tuple(words), tuple(clauses), (), tuple(sentences), tuple(stem(word) for word in words))
    return replace(split, found=look_for(split, PROSE_TABLES))


def look_for(prose: Prose, tables: tuple[Table, ...]) -> tuple[Found, ...]:
    """Find the phrases of some tables in a prose that was read; where one stands in two, the earlier table takes it."""
    index = _index(tables)
    found: list[Found] = []
    after = 0
    for position, (word, stemmed) in enumerate(zip(prose.words, prose.stems, strict=True)):
        if position < after or (word not in index.forms and stemmed not in index.stems):
            continue
        hit = _phrase_at(prose, index, position)
        if hit is not None:
            found.append(hit)
            after = hit.last
    return tuple(found)


def _phrase_at(prose: Prose, index: _Index, position: int) -> Found | None:
    """The longest phrase at a place; of two of one length the one that is written so."""
    words, stemmed, clauses = prose.words, prose.stems, prose.clauses
    best: tuple[tuple[str, ...], str, str] = ((), "", "")
    for phrases, said in (
        (index.forms.get(words[position], ()), words),
        (index.stems.get(stemmed[position], ()), stemmed),
    ):
        for key, table, word in phrases:
            if len(key) <= len(best[0]):
                break
            last = position + len(key)
            if said[position:last] == key and clauses[last - 1] == clauses[position]:
                best = (key, table, word)
                break
    key, table, word = best
    if not key:
        return None
    last = position + len(key)
    before = range(max(0, position - 2), position)
    negated = any(words[at] in _NEGATIONS and clauses[at] == clauses[position] for at in before)
    return Found(table, word, " ".join(words[position:last]), position, last, clauses[position], negated)
