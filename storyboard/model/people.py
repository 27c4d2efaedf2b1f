"""The written people: characters, narrator and their voices. Knows no scenes."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from storyboard.model.base import Written
from storyboard.model.fields import MediaPath, ModelSetting, Name, ShortText, Text


class WrittenVoice(Written):
    """A voice: an engine-neutral name such as `en/george`, or one engine's own with speed and pitch."""

    shorthand: ClassVar[str] = "name"

    name: Name | None = Field(
        None, description="Name of the voice: en/george, or the engine's own name with `backend`."
    )
    backend: Name | None = Field(None, description="The engine that speaks; left out, the house chooses.")
    speed: Annotated[float, Field(ge=0.5, le=2.0)] | None = Field(None, description="Factor of speaking speed.")
    pitch: Annotated[float, Field(ge=-12.0, le=12.0)] | None = Field(None, description="Semitones up or down.")
    model: dict[Name, ModelSetting] | None = Field(
        None, max_length=40, description="Settings of an engine that loads a model: folder, revision, speaker ..."
    )


class WrittenLora(Written):
    """Small weights trained on one character, for the models that they were trained for."""

    shorthand: ClassVar[str] = "file"

    file: MediaPath = Field(description="A *.safetensors file inside the project.")
    weight: Annotated[float, Field(ge=-2.0, le=2.0)] | None = Field(None, description="How much it counts, usually 1.")
    trigger: ShortText | None = Field(None, description="The words that it was trained on; added to the looks.")
    backend: Name | None = Field(None, description="The backend whose model it fits; left out, every one.")


class WrittenCharacter(Written):
    """Somebody of the film, with traits that never change."""

    name: ShortText | None = Field(None, description="The name that viewers read; left out, the id.")
    role: ShortText | None = Field(None, description="Picks body, clothes and prop: hero, old woman, robot, dog ...")
    looks: Text | None = Field(None, description="Fixed traits, in every prompt and drawing.")
    wears: Text | None = Field(None, description="Clothes; a scene may change them.")
    voice: WrittenVoice | None = Field(None, description="Who speaks for them; left out, a voice is cast.")
    references: list[MediaPath] | None = Field(None, max_length=16, description="Pictures for models that take them.")
    lora: WrittenLora | list[WrittenLora] | None = Field(
        None, description="Weights trained on this character, one for each model that it is shown by."
    )
    seed: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = Field(
        None, description="Models begin the scenes that this character leads from the same noise."
    )


class WrittenNarrator(Written):
    """The voice that speaks lines without a speaker."""

    shorthand: ClassVar[str] = "voice"

    name: ShortText | None = Field(None, description="A name for captions and credits.")
    voice: WrittenVoice | None = Field(None, description="The narrator's voice.")
