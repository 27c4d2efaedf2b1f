"""What an author wishes of the check of his storyboard: what it shall not doubt, and in which language it speaks.

Frozen data. Knows no rule.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Checking:
    """How a film is checked."""

    off: tuple[str, ...] = ()
    """Codes of doubts that are not told."""
    language: str = ""
    """Language of what is told (`en` or `ru`), or "" for the film's own."""


USUAL = Checking()
"""The check of a film that wishes nothing."""
