"""What a person writes, as pydantic models: nothing filled in, unknown keys refused.

Importing this loads pydantic; `storyboard` itself does not.
"""

from __future__ import annotations

from storyboard.model.film import WrittenFilm, WrittenScore
from storyboard.model.people import WrittenCharacter, WrittenNarrator, WrittenVoice
from storyboard.model.scene import WrittenLine, WrittenPart, WrittenScene, WrittenSound

__all__ = [
    "WrittenCharacter",
    "WrittenFilm",
    "WrittenLine",
    "WrittenNarrator",
    "WrittenPart",
    "WrittenScene",
    "WrittenScore",
    "WrittenSound",
    "WrittenVoice",
]
