"""Stress marks that an author writes into Russian words: `за́мок` (U+0301 after the vowel) or `з+амок` (before it).

They are for voices only; captions show the words without them. Pure; knows no engine.
"""

from __future__ import annotations

import re
import unicodedata

from audio.reading.token import STRESS

_VOWELS = "аеёиоуыэюяіїєАЕЁИОУЫЭЮЯІЇЄ"
_LETTER = "[а-яёіїєґА-ЯЁІЇЄҐ]"
_ACUTE = re.compile(rf"(?<=[{_VOWELS}])[\u0300{STRESS}]")
_AFTER = re.compile(rf"\+([{_VOWELS}])(?!{STRESS})")
_WORD = re.compile(rf"(?:{_LETTER}|(?<!\d)\+|[\u0300{STRESS}])+")


def unstressed(text: str) -> str:
    """A text as captions show it: the stress marks of Cyrillic words gone, everything else as it was.

    A plus stays where it is no stress mark: between figures, or before a lone letter (`2 + а`).
    """
    return _WORD.sub(lambda found: _bare(found.group()), unicodedata.normalize("NFC", text))


def marked(text: str) -> str:
    """The same text with every stress written one way: STRESS after the vowel."""
    return _WORD.sub(lambda found: _acute(found.group()), unicodedata.normalize("NFC", text))


def stressed(word: str) -> bool:
    """Whether the word says where its stress lies."""
    return STRESS in word


def with_plus(word: str) -> str:
    """A marked word with a plus before its stressed vowel in the place of STRESS after it."""
    return re.sub(rf"(.){STRESS}", r"+\1", word)


def _bare(word: str) -> str:
    return _acute(word).replace(STRESS, "")


def _acute(word: str) -> str:
    if sum(c.isalpha() for c in word) > 1:
        word = _AFTER.sub(rf"\1{STRESS}", word)
    return _ACUTE.sub(STRESS, word)
