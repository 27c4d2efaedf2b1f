"""The author's own pronunciations: which words are said otherwise than they are written.

A respelling may stress a syllable (`YOR-blef`, `хо́ббит`); between slashes stands a phonetic transcription. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audio.reading.spans import Cell
from audio.reading.stress import marked, unstressed
from audio.reading.token import STRESS

_IPA = re.compile(r"\s*/([^/]+)/\s*")
_VOWEL = re.compile("[aeiouаеёиоуыэюя]|(?<!^)y")
_OWNER = re.compile(r"['’]s(?!\w)")


@dataclass(frozen=True, slots=True)
class Entry:
    """How one word is said: words with STRESS marks, or a transcription in the international phonetic alphabet."""

    said: str
    ipa: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The film's words, by their plain lower-case spelling."""

    entries: Mapping[str, Entry]

    def cells(self, text: str) -> tuple[Cell, ...]:
        """The places of its words in a line, whole words in any case, and what is said there."""
        if not self.entries:
            return ()
        words = "|".join(re.escape(word) for word in sorted(self.entries, key=lambda w: (-len(w), w)))
        found = re.finditer(rf"(?<![\w@-])({words})(?![\w@-]|\.\w)", text, re.IGNORECASE)
        return tuple(self._cell(text, match) for match in found)

    def _cell(self, text: str, match: re.Match[str]) -> Cell:
        entry = self.entries[match[1].casefold()]
        ipa = entry.ipa
        end = match.end()
        owner = _OWNER.match(text, end)
        if ipa and owner:
            ipa += "s" if ipa[-1] in "ptkfθ" else "ɪz" if ipa[-1] in "szʃʒ" else "z"
            return Cell(match.start(), owner.end(), entry.said + "'s", ipa)
        return Cell(match.start(), end, entry.said, ipa)


def lexicon(pronounce: Sequence[tuple[str, str]]) -> Lexicon:
    """The entries as the storyboard gives them; of two for one word the last one counts."""
    return Lexicon({unstressed(word).strip().casefold(): _entry(word.strip(), said) for word, said in pronounce})


def _entry(word: str, said: str) -> Entry:
    ipa = _IPA.fullmatch(said)
    if ipa:
        return Entry(word, unicodedata.normalize("NFC", ipa[1].strip()))
    return Entry(" ".join(_respelt(part) for part in marked(said.strip()).split()))


def _respelt(part: str) -> str:
    """One respelt word: a syllable in capitals gets the stress, and no capitals are left to be spelt out."""
    syllables = part.split("-")
    loud = [s for s in syllables if s.isupper() and len(s) > 1]
    if len(syllables) > 1 and len(loud) == 1:
        at = syllables.index(loud[0])
        syllables[at] = _VOWEL.sub(lambda found: found.group() + STRESS, loud[0].lower(), count=1)
    return "-".join(s.lower() if s.isupper() and len(s) > 1 else s for s in syllables)
