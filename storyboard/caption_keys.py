"""The written key `captions` to data: a bare place, or a mapping; every default filled in. Knows no times."""

from __future__ import annotations

from typing import Literal, cast

from storyboard.captioning import Captioning, CaptionLook, CaptionStyle
from storyboard.model.captions import WrittenCaptions

LIT_STYLES = frozenset({"karaoke", "bold pop"})
"""Styles that are made of lit words; they light them unasked."""

BY_WORD = " by word"
"""What follows the place of captions that light each word."""


def captioning(written: WrittenCaptions | None, translations: dict[str, str] | None) -> Captioning:
    """Return how a film is captioned, every default filled in."""
    found = tuple((translations or {}).items())
    if written is None:
        return Captioning(translations=found)
    look = CaptionLook(
        cast(CaptionStyle, written.style or "boxed"),
        cast(Literal["small", "medium", "large"], written.size or "medium"),
        cast(Literal["bottom", "top"], written.at or "bottom"),
    )
    languages, files = tuple(dict.fromkeys(written.languages or ())), tuple(dict.fromkeys(written.files or ()))
    return Captioning(look, bool(written.sounds), languages, written.burn or "", found, files)


def place_of(written: WrittenCaptions | None) -> str:
    """Where captions go: off, file, burned or both; whoever writes a style and no place wants to see it."""
    if written is None:
        return "file"
    if written.show is None:
        return "both" if written.style or written.by or written.size or written.at or written.burn else "file"
    return written.show.removesuffix(BY_WORD)


def lights_words(written: WrittenCaptions | None) -> bool:
    """Whether burned captions light each word while it is spoken."""
    if written is None:
        return False
    if written.by:
        return written.by == "word"
    return (written.show or "").endswith(BY_WORD) or written.style in LIT_STYLES
