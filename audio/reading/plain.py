"""Reading a language that has no rules of its own here: word for word, only the author's own pronunciations changed."""

from __future__ import annotations

from audio.reading.lexicon import Lexicon
from audio.reading.spans import read_by, tokens_of
from audio.reading.token import Token


def read(text: str, lexicon: Lexicon) -> tuple[Token, ...]:
    """The line as tokens, figures and abbreviations left to the engine."""
    return tokens_of(text, read_by(text, (), lexicon.cells(text)), signs=True)
