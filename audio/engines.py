"""The speaking engines that are installed, found through the plug-in registry, and which of them are preferred.

One place that loads them, so that casting and speaking agree. Knows no film.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from audio.voice import VoiceBackend
from projects import plugins

LAST_RESORT = "espeak"
"""The engine that is taken only where no other speaks the language."""

_RANKS: Mapping[str, int] = MappingProxyType(
    {"kokoro": 0, "hibari": 1, "festival": 1, "piper": 3, "chatterbox": 3, "transformers": 3, LAST_RESORT: 4}
)
"""Measured word error rates and naturalness, best first. Of rank 3 are those that need weights of the author's."""

_STRANGER = 2
ON_REQUEST = 3
"""From this rank on an engine speaks only where it is named, or where nothing better speaks the language."""


def rank(name: str) -> int:
    """How much an engine is preferred, 0 is best; one that the house does not know stands after those it has measured.

    Where a voice is offered by several engines, the best one that works speaks it.
    """
    return _RANKS.get(name, _STRANGER)


@lru_cache(maxsize=32)
def engine(name: str) -> VoiceBackend:
    """The engine of that name; MissingError (with suggestions) where there is none."""
    made: VoiceBackend = plugins.load("workprint.voices", name)()
    return made


def engines() -> Mapping[str, VoiceBackend]:
    """Every installed engine by name, the preferred first and the last resort at the end."""
    names = sorted(plugins.find("workprint.voices"), key=lambda name: (rank(name), name))
    return {name: engine(name) for name in names}
