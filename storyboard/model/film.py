"""The written film: what stands at the top of a storyboard. Knows no default and no disk."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from storyboard.model.base import Written
from storyboard.model.captions import WrittenCaptions
from storyboard.model.check import WrittenCheck
from storyboard.model.delivery import WrittenEncoding
from storyboard.model.fields import (
    DeliveryName,
    Id,
    Language,
    Loudness,
    MediaPath,
    Name,
    PresetName,
    Provenance,
    Rate,
    SceneStyle,
    Shape,
    ShortSide,
    ShortText,
    Snap,
    SoundsOfFilm,
)
from storyboard.model.passage import SceneTransition
from storyboard.model.people import WrittenCharacter, WrittenNarrator
from storyboard.model.presets import Styles, Templates
from storyboard.model.scene import WrittenScene
from storyboard.model.score import WrittenScore


class WrittenFilm(Written):
    """A storyboard, version 1."""

    workprint: Annotated[int, Field(ge=1, le=1)] = Field(description="Version of the format: 1.")
    title: ShortText = Field(description="The film's title.")
    author: ShortText | None = Field(None, description="Who made it; kept in the film's metadata.")
    credits: list[ShortText] | None = Field(None, max_length=200, description="Attributions that travel with the film.")
    language: Language | None = Field(
        None, description="Language of the spoken words: en, ru, pt-BR ...; left out, en."
    )
    fps: Rate | None = Field(None, description="Frames per second: 24, 25, 30, 23.976, 29.97 ...; left out, 24.")
    resolution: ShortSide | None = Field(None, description="The short side: 360p to 4k; left out, 720p.")
    cuts: list[Shape] | None = Field(
        None, min_length=1, max_length=8, description="Shapes of the finished film, the main cut first; left out, 16:9."
    )
    style: SceneStyle | None = Field(None, description="The film's look; left out, papercut.")
    presets: list[PresetName] | None = Field(
        None, max_length=20, description="Presets whose styles and templates the film may use: names, or files of it."
    )
    styles: Styles | None = Field(None, max_length=100, description="Styles of the film's own, by name.")
    templates: Templates | None = Field(None, max_length=100, description="Templates of prompts, by name.")
    backend: Name | None = Field(
        None, description="What makes clips; left out, what each scene brings decides, and animatic draws the rest."
    )
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = Field(None, description="Fixes chance; left out, 0.")
    captions: WrittenCaptions | None = Field(
        None, description="off, file, burned or both, or a mapping with their style, sounds and languages."
    )
    translations: dict[Language, MediaPath] | None = Field(
        None, max_length=40, description="Languages, and the files with the lines in them: `ru: translations/ru.yaml`."
    )
    encoding: WrittenEncoding | None = Field(None, description="How the finished film is coded; left out, as h264.")
    deliver: list[DeliveryName] | None = Field(
        None, max_length=20, description="What `workprint deliver` makes: youtube, tiktok, web, master, poster ..."
    )
    loudness: Loudness | None = Field(None, description="Of the finished film; left out, -14 LUFS.")
    provenance: Provenance | None = Field(
        None, description="on: every film is signed and says how it was made; `no training` also keeps models away."
    )
    opening: SceneTransition | None = Field(None, description="How the film begins: cut, or `fade black 1s`.")
    characters: dict[Id, WrittenCharacter] | None = Field(None, max_length=200, description="The people, by id.")
    narrator: WrittenNarrator | None = Field(None, description="Who speaks lines without a speaker.")
    score: WrittenScore | None = Field(None, description="none, a file, or what is to be composed; left out, none.")
    check: WrittenCheck | None = Field(None, description="What `workprint check` leaves unsaid, and its language.")
    snap: Snap | None = Field(None, description="beat: every cut falls on a beat of the score; left out, off.")
    sounds: SoundsOfFilm | None = Field(
        None, description="none: scenes that name no sounds have none; left out, place and weather suggest them."
    )
    pronounce: dict[ShortText, ShortText] | None = Field(
        None, max_length=1000, description="How words are said: a respelling, or /a phonetic transcription/."
    )
    scenes: list[WrittenScene] = Field(min_length=1, max_length=2000, description="The scenes, in order.")
    order: list[Id] | None = Field(None, description="Ids of the scenes in order, where each has a file of its own.")

    @classmethod
    def schema_of_scenes(cls) -> dict[str, Any]:
        """The other form of `scenes`: a pattern of files, one scene each."""
        return {"type": "string", "pattern": r"^[^*\\]*\*\.ya?ml$", "examples": ["scenes/*.yaml"]}
