"""Styles and templates of prompts as written: in a film, or in a preset that films share.

Knows neither the film nor where presets lie.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from storyboard.model.base import Written
from storyboard.model.fields import CubePath, Grade, Id, MediaPath, ShortText, Style, Text

MOST_EXAMPLES = 8
"""Pictures that show one style."""


class WrittenStyle(Written):
    """A style: what is drawn, what models are told, how the picture is graded, and pictures that show it."""

    base: Style | None = Field(None, description="The style that is drawn; left out, papercut.")
    prompt: Text | None = Field(None, description="What models are told of it; without `base` in place of a style.")
    negative: Text | None = Field(None, description="What models leave out in it.")
    grade: Grade | None = Field(None, description="A colour treatment, where the scene names none.")
    lut: CubePath | None = Field(None, description="A .cube file, where the scene names none.")
    examples: list[MediaPath] | None = Field(
        None, max_length=MOST_EXAMPLES, description="Pictures in this style, for models that go by pictures."
    )


class WrittenTemplate(Written):
    """A prompt with `{slots}`; a bare text is a template without defaults."""

    shorthand: ClassVar[str] = "text"

    text: Text = Field(description="The prompt; `{subject}` is a slot, `{{` and `}}` are braces.")
    defaults: dict[Id, ShortText] | None = Field(
        None, max_length=40, description="What stands in slots that a scene does not fill."
    )


Styles = dict[Id, WrittenStyle]
Templates = dict[Id, WrittenTemplate]


class WrittenPreset(Written):
    """A preset, version 1: styles and templates that films share."""

    version: Annotated[int, Field(ge=1, le=1)] = Field(alias="workprint-preset", description="Version of the form: 1.")
    about: ShortText | None = Field(None, description="What it is for, in a sentence.")
    styles: Styles | None = Field(None, max_length=100, description="Styles, by name.")
    templates: Templates | None = Field(None, max_length=100, description="Templates of prompts, by name.")
