"""The written captions: where they go, how they look, what they say. Knows no default."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field, StrictBool

from storyboard.model.base import Written
from storyboard.model.fields import (
    CaptionFormat,
    CaptionPlace,
    CaptionRow,
    CaptionSize,
    CaptionStep,
    CaptionStyleWord,
    Language,
)


class WrittenCaptions(Written):
    """Captions; a bare text such as `burned by word` says where they go."""

    shorthand: ClassVar[str] = "show"

    show: CaptionPlace | None = Field(
        None, description="off, file, burned or both; `burned by word` lights each spoken word; left out, file."
    )
    style: CaptionStyleWord | None = Field(
        None, description="How burned ones look: boxed, outline, plain, karaoke or bold pop; left out, boxed."
    )
    by: CaptionStep | None = Field(None, description="word: each word is lit while it is spoken; left out, line.")
    size: CaptionSize | None = Field(None, description="small, medium or large; left out, medium.")
    at: CaptionRow | None = Field(None, description="Where burned ones stand: bottom or top; left out, bottom.")
    sounds: StrictBool | None = Field(
        None, description="Tell sounds in brackets, and who speaks unseen, for those who do not hear; left out, false."
    )
    languages: list[Language] | None = Field(
        None, min_length=1, max_length=40, description="Languages of the files; left out, all that there are."
    )
    files: list[CaptionFormat] | None = Field(
        None, min_length=1, max_length=3, description="Formats of the files: srt, vtt, ass; left out, srt and vtt."
    )
    burn: Language | None = Field(None, description="Language that is burned in; left out, the film's.")
