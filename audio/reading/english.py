"""What an English voice is given to read: every figure, date, abbreviation and sign as words. Pure; knows no voice."""

from __future__ import annotations

import re
from functools import lru_cache

from audio.reading import english_dates, english_names, english_numbers
from audio.reading.lexicon import Lexicon
from audio.reading.spans import Rule, read_by, tokens_of
from audio.reading.token import Token

_MONTH_FIRST = frozenset({"en", "en-us", "en-ph"})


def read(text: str, tag: str, lexicon: Lexicon) -> tuple[Token, ...]:
    """The line as tokens; `tag` decides between British and American dates."""
    known = lexicon.cells(text)
    return tokens_of(text, read_by(text, _rules(tag.casefold() not in _MONTH_FIRST), known))


@lru_cache(maxsize=2)
def _rules(day_first: bool) -> tuple[Rule, ...]:
    return (
        *english_names.first_rules(),
        *english_dates.rules(day_first),
        *english_numbers.rules(),
        *english_names.rules(),
        (re.compile(r"\d"), lambda found: f" {english_numbers.digits(found[0])} "),
    )
