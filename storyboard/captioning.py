"""What captions look like and what they say, resolved: style, size, place, sounds, languages and translations.

Frozen data. `CaptionLook` is what changes pixels; `Captioning` is the rest. Knows no fonts, no times and no disk.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CaptionStyle = Literal["boxed", "outline", "plain", "karaoke", "bold pop"]


@dataclass(frozen=True, slots=True)
class CaptionLook:
    """How burned captions are drawn, and where they stand."""

    style: CaptionStyle = "boxed"
    size: Literal["small", "medium", "large"] = "medium"
    at: Literal["bottom", "top"] = "bottom"

    @property
    def scale(self) -> float:
        """The size of the type, as a factor on the usual one."""
        return {"small": 0.82, "medium": 1.0, "large": 1.3}[self.size] * (1.5 if self.style == "bold pop" else 1.0)


USUAL = CaptionLook()
"""How captions look of which nothing is written."""


@dataclass(frozen=True, slots=True)
class Captioning:
    """How a film is captioned, beside whether it is."""

    look: CaptionLook = USUAL
    sounds: bool = False
    """Whether sounds are told too, in brackets, for those who do not hear them."""
    languages: tuple[str, ...] = ()
    """Languages of the files; empty stands for the film's own and every one that it is translated into."""
    burned: str = ""
    """Language that is burned in, or "" for the film's own."""
    translations: tuple[tuple[str, str], ...] = ()
    """Languages, and the project-relative files that hold the words in them."""

    files: tuple[str, ...] = ()
    """Formats of the files: srt, vtt, ass; empty stands for srt and vtt."""

    def spoken_in(self, language: str) -> tuple[str, ...]:
        """The languages of the files of a film in `language`, its own first where nothing else is written."""
        return self.languages or tuple(dict.fromkeys((language, *(name for name, _ in self.translations))))

    def file_of(self, language: str) -> str:
        """The project-relative file of a translation, or ""."""
        return next((file for name, file in self.translations if name.lower() == language.lower()), "")


UNSAID = Captioning()
"""Captions of which nothing is written."""
