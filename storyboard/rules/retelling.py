"""Doubts that other parts of the house tell in English, told again in Russian.

Reads the values back out of the English words by the rule's own templates; what does not match stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from storyboard.errors import Diagnostic
from storyboard.rules.rule import Rule, Tongue, Wording

_SLOT = re.compile(r"\{(\w+)\}")


def retold(found: Iterable[Diagnostic], rules: Mapping[str, Rule], language: Tongue) -> list[Diagnostic]:
    """The diagnostics in a language, as far as a rule without eyes of its own has words for them."""
    return [_retold(one, rules.get(one.code), language) for one in found]


def _retold(found: Diagnostic, rule: Rule | None, language: Tongue) -> Diagnostic:
    if language == "en" or rule is None or rule.looks is not None:
        return found
    for said in rule.says.values():
        message, hint = _values(said.message.en, found.message), _values(said.hint.en, found.hint)
        if message is not None and hint is not None:
            values = {**message, **hint}
            return replace(
                found, message=_filled(said.message, language, values), hint=_filled(said.hint, language, values)
            )
    return found


def _filled(wording: Wording, language: Tongue, values: Mapping[str, object]) -> str:
    return wording.told(language, values)


def _values(template: str, text: str) -> dict[str, str] | None:
    match = _pattern(template).fullmatch(text)
    return match.groupdict() if match else None


@cache
def _pattern(template: str) -> re.Pattern[str]:
    """What matches the texts that a template makes."""
    parts = _SLOT.split(template)
    plain = (re.escape(part) if number % 2 == 0 else f"(?P<{part}>.+?)" for number, part in enumerate(parts))
    return re.compile("".join(plain), re.DOTALL)
