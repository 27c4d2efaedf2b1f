"""Templates of prompts: text with `{slots}`, filled once with plain words.

What fills a slot is never read for slots again, and a slot is a bare name: no formats, no attributes. Knows no YAML.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_PART = re.compile(r"\{\{|\}\}|\{([^\W\d]\w*(?:-\w+)*)\}|[{}]")


def slots(text: str) -> tuple[str, ...]:
    """The slots of a template, each once, in the order of the text."""
    return tuple(dict.fromkeys(found[1] for found in _PART.finditer(text) if found[1]))


def lone_brace(text: str) -> int:
    """Where a brace stands that neither opens a slot nor is doubled, -1 where none does."""
    return next((found.start() for found in _PART.finditer(text) if found.group() in ("{", "}")), -1)


def filled(text: str, words: Mapping[str, str]) -> str:
    """The text with its slots filled; raises KeyError for a slot without words."""

    def part(found: re.Match[str]) -> str:
        return words[found[1]] if found[1] else found.group()[0]

    return _PART.sub(part, text)
