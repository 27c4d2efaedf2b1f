"""The speaking engines that are installed, found through the plug-in registry.

One place that loads them, so that casting and speaking agree. Knows no film.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from audio.voice import VoiceBackend
from projects import plugins

LAST_RESORT = "espeak"
"""The engine that is taken only where no other speaks the language."""


@lru_cache(maxsize=32)
def engine(name: str) -> VoiceBackend:
    """The engine of that name; MissingError (with suggestions) where there is none."""
    made: VoiceBackend = plugins.load("workprint.voices", name)()
    return made


def engines() -> Mapping[str, VoiceBackend]:
    """Every installed engine by name, the last resort at the end."""
    names = sorted(plugins.find("workprint.voices"), key=lambda name: (name == LAST_RESORT, name))
    return {name: engine(name) for name in names}
