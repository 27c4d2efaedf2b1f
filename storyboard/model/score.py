"""The written music: the film's score, what one scene asks of it, and whether cuts fall on its beats.

Knows no scene and no default.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, StrictBool

from storyboard.model.base import Written
from storyboard.model.fields import (
    Instrument,
    Level,
    MediaPath,
    ModelSetting,
    Mood,
    MusicalKey,
    Name,
    SceneMood,
    Seconds,
    Text,
)


class WrittenScore(Written):
    """The film's music: `none`, a file, or what is to be composed."""

    shorthand: ClassVar[str] = "file"

    prompt: Text | None = Field(None, description="The music in prose.")
    mood: Mood | None = Field(None, description="What it feels like.")
    tempo: Annotated[int, Field(ge=40, le=220)] | None = Field(None, description="Beats a minute.")
    key: MusicalKey | None = Field(None, description="For example D minor; left out, the mood's own.")
    instruments: list[Instrument] | None = Field(
        None, min_length=1, max_length=12, description="What plays it; left out, as the mood has it."
    )
    backend: Name | None = Field(
        None, description="What makes it: composer, musicgen, ace-step ...; left out, composer."
    )
    model: dict[Name, ModelSetting] | None = Field(
        None, max_length=40, description="Settings of the backend's model: folder, revision, steps, guidance ..."
    )
    file: MediaPath | None = Field(None, description="The author's own music, or none.")
    from_: Seconds | None = Field(None, alias="from", description="Where in the file the music begins.")
    until: Seconds | None = Field(None, description="Where in the file it ends; left out, at its end.")
    loop: StrictBool | None = Field(
        None, description="Whether a file shorter than the film begins again, at a bar; left out, true."
    )
    fade: Seconds | None = Field(
        None, description="Over how long the music fades at the film's end; left out, it ends at a bar."
    )
    level: Level | None = Field(None, description="Gain on top of the mix's own balance.")


class WrittenSceneScore(Written):
    """What one scene asks of the score; a bare text is its mood, and `none` a rest."""

    shorthand: ClassVar[str] = "mood"

    mood: SceneMood | None = Field(None, description="The music's mood in this scene; none: it rests.")
    hit: StrictBool | None = Field(None, description="An accent of the music on the scene's first frame.")
    rest: StrictBool | None = Field(None, description="No music in this scene.")
