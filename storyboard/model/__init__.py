"""What a person writes, as pydantic models: nothing filled in, unknown keys refused.

Importing this loads pydantic; `storyboard` itself does not.
"""

from __future__ import annotations

from storyboard.model.delivery import WrittenEncoding
from storyboard.model.film import WrittenFilm
from storyboard.model.lettering import WrittenLettering
from storyboard.model.passage import WrittenAuthoredTransition, WrittenTransition, WrittenTreatment
from storyboard.model.people import WrittenCharacter, WrittenNarrator, WrittenVoice
from storyboard.model.scene import WrittenLine, WrittenPart, WrittenScene
from storyboard.model.score import WrittenScore
from storyboard.model.sound import WrittenSound

__all__ = [
    "WrittenAuthoredTransition",
    "WrittenCharacter",
    "WrittenEncoding",
    "WrittenFilm",
    "WrittenLettering",
    "WrittenLine",
    "WrittenNarrator",
    "WrittenPart",
    "WrittenScene",
    "WrittenScore",
    "WrittenSound",
    "WrittenTransition",
    "WrittenTreatment",
    "WrittenVoice",
]
