"""How fast captions are read with ease, by language: figures of broadcasters' style guides. Knows no caption."""

from __future__ import annotations

_SPEEDS = {"ru": 15.0, "uk": 15.0, "be": 15.0, "de": 16.0, "zh": 9.0, "ja": 6.0, "ko": 11.0}
_OTHERS = 17.0

HURRIED = 1.15
"""How much faster than with ease a caption may have to be read before anybody is told."""


def reading_speed(language: str) -> float:
    """Characters a second that an adult reads with ease in a language (a tag such as `pt-BR`)."""
    return _SPEEDS.get(language.split("-")[0].lower(), _OTHERS)
