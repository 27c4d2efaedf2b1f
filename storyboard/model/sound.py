"""The written sound, of a scene or of a transition. Knows neither."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from storyboard.model.base import Written
from storyboard.model.fields import Effect, Level, MediaPath, Seconds


class WrittenSound(Written):
    """One effect or sound file; a bare text names an effect."""

    shorthand: ClassVar[str] = "effect"

    effect: Effect | None = Field(None, description="A sound that is made: wind, rain, bell ...")
    file: MediaPath | None = Field(None, description="The author's own sound.")
    at: Seconds | None = Field(
        None, description="When it begins, counted from the start of the scene, or of the transition it belongs to."
    )
    length: Seconds | None = Field(
        None, description="How long it lasts; left out, to the scene's end or the file's own."
    )
    level: Level | None = Field(None, description="Its loudness, for example -22 dB.")
