"""The written transition and the written effect: bare words, keys of their own, or an effect with its settings.

Knows neither scenes nor which keys exclude each other.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import ConfigDict, Discriminator, Field, GetJsonSchemaHandler, StrictBool, Tag
from pydantic_core import CoreSchema

from storyboard.film import Setting
from storyboard.model.base import Written
from storyboard.model.fields import (
    CodeReference,
    Colour,
    Direction,
    EffectSetting,
    MediaPath,
    MoviePyEffect,
    Seconds,
    Share,
    TransitionKind,
)
from storyboard.model.sound import WrittenSound

AUTHORED, PLAIN = "(authored)", "(plain)"
"""Tags of both forms of a transition; they stand in the locations of findings and are no keys."""

_LENGTH = Field(None, description="How long it lasts; left out, 1s or 0.7s, as the kind has it.")
_SOUND = Field(None, description="What is heard with it, counted from its first frame.")
_SOUNDS = Field(None, max_length=20, description="The same, for several sounds.")


class WrittenTransition(Written):
    """How one scene gives way to the next; a bare text such as `wipe left 0.5s` says it in short."""

    shorthand: ClassVar[str] = "kind"

    kind: TransitionKind = Field(description="cut, crossfade, fade, wipe ... with what may follow: `wipe left 0.5s`.")
    length: Seconds | None = _LENGTH
    direction: Direction | None = Field(None, description="left, right, up, down; in or out for circle and zoom.")
    colour: Colour | None = Field(None, description="What a fade goes through; left out, black.")
    linear: StrictBool | None = Field(None, description="Mix pictures in linear light, as a lens does.")
    picture: MediaPath | None = Field(
        None, description="The grey picture that a matte follows: where it is black, the new scene shows first."
    )
    softness: Share | None = Field(None, description="How soft the edge of a matte is; left out, 0.1.")
    sound: WrittenSound | None = _SOUND
    sounds: list[WrittenSound] | None = _SOUNDS


class WrittenTreatment(Written):
    """An effect: one of MoviePy's by its name, or a function in a file of the project. Other keys are its settings."""

    model_config = ConfigDict(extra="allow")
    shorthand: ClassVar[str] = "moviepy"
    __pydantic_extra__: dict[str, EffectSetting] = Field(init=False)

    moviepy: MoviePyEffect | None = Field(
        None, description="One of MoviePy's effects by its name: MirrorX, SlideIn ... Other keys are its settings."
    )
    python: CodeReference | None = Field(
        None,
        description="A function of the project, `effects/grain.py:grain`, with its settings; needs `--allow-code`.",
    )

    @property
    def settings(self) -> tuple[tuple[str, Setting], ...]:
        """What the effect is given, by name."""
        return tuple(sorted((self.__pydantic_extra__ or {}).items()))


class WrittenAuthoredTransition(WrittenTreatment):
    """A transition that an effect makes. Other keys are its settings."""

    shorthand: ClassVar[str] = ""

    length: Seconds | None = _LENGTH
    sound: WrittenSound | None = _SOUND
    sounds: list[WrittenSound] | None = _SOUNDS

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Say that the mapping is this form only with an effect."""
        schema = super().__get_pydantic_json_schema__(core_schema, handler)
        handler.resolve_ref_schema(schema)["allOf"] = [{"anyOf": [{"required": ["moviepy"]}, {"required": ["python"]}]}]
        return schema


def _form(value: Any) -> str:
    authored = isinstance(value, dict) and ("moviepy" in value or "python" in value)
    return AUTHORED if authored else PLAIN


SceneTransition = Annotated[
    Annotated[WrittenTransition, Tag(PLAIN)] | Annotated[WrittenAuthoredTransition, Tag(AUTHORED)],
    Discriminator(_form),
]
