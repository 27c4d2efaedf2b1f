"""The written sound, of a scene or of a transition. Knows neither."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, StrictBool
from pydantic_core import CoreSchema

from storyboard.model.base import Written
from storyboard.model.fields import Effect, Level, MediaPath, ModelSetting, Name, Seconds, Text
from storyboard.vocabulary.settings import SOUNDS
from storyboard.vocabulary.table import find


class WrittenSound(Written):
    """One effect, sound file, or sound in words that a service makes; a bare text names an effect."""

    shorthand: ClassVar[str] = "effect"

    effect: Effect | None = Field(None, description="A sound that is made: wind, rain, bell ...")
    file: MediaPath | None = Field(None, description="The author's own sound.")
    prompt: Text | None = Field(None, description="A sound in prose, for the `backend` that makes it.")
    backend: Name | None = Field(None, description="What makes a sound out of its prompt: elevenlabs ...")
    model: dict[Name, ModelSetting] | None = Field(
        None, max_length=40, description="Settings of the backend's model: name, prompt_influence ..."
    )
    from_: Seconds | None = Field(None, alias="from", description="Where in the file it begins.")
    trim: StrictBool | None = Field(None, description="Cut off the silence at both ends of the file.")
    suggested: StrictBool | None = Field(
        None, description="What place, weather and action suggest, besides the other sounds."
    )
    at: Seconds | None = Field(
        None, description="When it begins, counted from the start of the scene, or of the transition it belongs to."
    )
    length: Seconds | None = Field(
        None, description="How long it lasts; left out, to the scene's end or the file's own."
    )
    level: Level | None = Field(None, description="Its loudness, for example -22 dB.")


def _several(value: Any) -> Any:
    """Take one bare text as a list of one, `none` as an empty list, and the word for suggestions as its key."""
    if isinstance(value, str):
        value = [] if find(SOUNDS, value) == "none" else [value]
    if not isinstance(value, list):
        return value
    return [{"suggested": True} if isinstance(one, str) and find(SOUNDS, one) == "suggested" else one for one in value]


class _OrNone:
    """Offers `none` and a single effect beside the list."""

    def __get_pydantic_json_schema__(self, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        listed = handler(core_schema)
        words = dict.fromkeys((*SOUNDS.canonical, *SOUNDS.aliases))
        return {"anyOf": [{"type": "string", "enum": list(words)}, listed]}


SceneSounds = Annotated[list[WrittenSound], Field(max_length=100), BeforeValidator(_several), _OrNone()]
"""The sounds of a scene: a list, a single one, or `none`."""
