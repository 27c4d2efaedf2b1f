"""A table of the vocabulary: canonical words, and how people write them in English and Russian.

An alias that begins with `=` counts as the value of a key only and is not looked for in prose, where it may mean
something else; one that begins with `!` counts in prose in exactly this form, because other forms of it mean something
else. Knows none of the words themselves.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from storyboard.vocabulary.stems import stems, tokens

_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_LINKING = frozenset({"a", "an", "the", "at", "in", "on", "of", "в", "во", "на", "у", "с", "со"})


@dataclass(frozen=True, eq=False)
class Table:
    """One table: `rows` maps each canonical word to its English and its Russian aliases, separated by commas."""

    name: str
    rows: Mapping[str, tuple[str, str]]

    @cached_property
    def aliases(self) -> dict[str, str]:
        """Every exact spelling (lower case, ё as е) to its canonical word; the first row wins."""
        spellings: dict[str, str] = {}
        for canonical in self.rows:
            spellings.setdefault(canonical, canonical)
        for canonical, languages in self.rows.items():
            for alias in _split(",".join(languages)):
                spellings.setdefault(fold(bare(alias)), canonical)
        return spellings

    @cached_property
    def by_stems(self) -> dict[tuple[str, ...], str]:
        """Stems of every spelling to its canonical word, for the values of keys."""
        return _stem_index(self.aliases)

    @cached_property
    def in_prose(self) -> dict[tuple[str, ...], str]:
        """Stems of the spellings that may be looked for in prose."""
        left_out = self._marked("=") | self._marked("!")
        return _stem_index({alias: word for alias, word in self.aliases.items() if alias not in left_out})

    @cached_property
    def forms_in_prose(self) -> dict[tuple[str, ...], str]:
        """Words of the spellings that may be looked for in prose, just as they are written."""
        left_out = self._marked("=")
        return {tuple(tokens(alias)): word for alias, word in self.aliases.items() if alias not in left_out}

    def _marked(self, mark: str) -> frozenset[str]:
        aliases = (alias for languages in self.rows.values() for alias in _split(",".join(languages)))
        return frozenset(fold(alias[1:]) for alias in aliases if alias.startswith(mark))

    @property
    def canonical(self) -> tuple[str, ...]:
        """The canonical words, in the order of the table."""
        return tuple(self.rows)


def fold(text: str) -> str:
    """Return a text in lower case, ё as е, with single spaces."""
    return " ".join(text.lower().replace("ё", "е").split())


def spelled(table: Table, canonical: str, language: str) -> str:
    """A canonical word as it is written in a language: its first Russian spelling in Russian, else itself."""
    row = table.rows.get(canonical)
    if row is None or language.split("-")[0].lower() != "ru":
        return canonical
    return bare((_split(row[1]) or [canonical])[0])


def bare(alias: str) -> str:
    """An alias without its mark."""
    return alias[1:] if alias[:1] in ("=", "!") else alias


def _split(aliases: str) -> list[str]:
    return [alias.strip() for alias in aliases.split(",") if alias.strip()]


def _stem_index(spellings: Mapping[str, str]) -> dict[tuple[str, ...], str]:
    index: dict[tuple[str, ...], str] = {}
    for spelling, word in spellings.items():
        index.setdefault(stems(spelling), word)
    return index


def spellings(table: Table, word: str, language: str) -> tuple[str, ...]:
    """How a canonical word may be written in `en` or `ru`, as people read it."""
    english, russian = table.rows[word]
    return tuple(dict.fromkeys(bare(alias) for alias in _split(russian if language == "ru" else english)))


def find(table: Table, text: str) -> str | None:
    """Return the canonical word that the value of a key means, None where the table does not know it."""
    words = tokens(text)
    exact = table.aliases.get(fold(text))
    if exact is not None or not words or len(words) > 12:
        return exact
    known = table.by_stems.get(stems(text))
    if known is None:
        content = " ".join(word for word in words if word not in _LINKING)
        known = table.by_stems.get(stems(content)) if content else None
    return known


def suggest(table: Table, text: str) -> str:
    """Return the known spelling nearest to an unknown one, in the alphabet it was written in, or ""."""
    lowered = fold(text)[:80]
    cyrillic = bool(_CYRILLIC.search(lowered))
    spellings = [alias for alias in table.aliases if bool(_CYRILLIC.search(alias)) == cyrillic]
    near = difflib.get_close_matches(lowered, spellings, n=8, cutoff=0.6)
    best = max(near, key=lambda known: _likeness(lowered, known), default="")
    return best if best and _likeness(lowered, best) >= _LIKELY else ""


_LIKELY = 0.7
"""From which likeness on a word may be what was meant: below it all words are listed."""


def _likeness(text: str, known: str) -> float:
    """How like two spellings are; people mistype the end of a word rather than its beginning."""
    longest = max(len(text), len(known), 1)
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text, known, strict=False))) / longest
    return difflib.SequenceMatcher(None, text, known).ratio() + 0.5 * alike


def choices(table: Table, text: str) -> str:
    """Return the words that a value may be, one a canonical word, in the alphabet the unknown value is written in."""
    if _CYRILLIC.search(text):
        return ", ".join(bare((_split(russian) or [word])[0]) for word, (_, russian) in table.rows.items())
    return ", ".join(table.canonical)


def spot(table: Table, text: str) -> str | None:
    """Return the canonical word of the longest known phrase inside a text, the first of equals, None without one."""
    words, stemmed = tuple(tokens(text)), stems(text)
    for length in range(min(4, len(stemmed)), 0, -1):
        for first in range(len(stemmed) - length + 1):
            known = table.forms_in_prose.get(words[first : first + length])
            known = known or table.in_prose.get(stemmed[first : first + length])
            if known is not None:
                return known
    return None
