"""The one way in: a line, its language and the film's own pronunciations become what a voice reads. Knows no voice."""

from __future__ import annotations

from collections.abc import Sequence

from audio.reading import english, plain, russian
from audio.reading.lexicon import lexicon
from audio.reading.stress import marked
from audio.reading.token import Reading


def spoken(text: str, language: str, pronounce: Sequence[tuple[str, str]] = ()) -> Reading:
    """What is said for a line. `language` is its tag (`en-GB`); `pronounce` holds words and how they are said.

    English and Russian are written out in words; in any other language the engine reads figures itself.
    """
    words = lexicon(pronounce)
    primary = language.casefold().split("-")[0]
    text = marked(text)
    if primary == "en":
        return Reading(english.read(text, language, words), language)
    if primary == "ru":
        return russian.read(text, language, words)
    return Reading(plain.read(text, words), language)
