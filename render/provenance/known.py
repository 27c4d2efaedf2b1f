"""What makers call themselves and whom their works are to be credited to: a table, by the names of the house's doors.

What is not in it is told by its own name, and its licence as unknown. Knows no film.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from projects.hosted.catalogue import services
from storyboard.errors import WorkprintError


@dataclass(frozen=True, slots=True)
class Known:
    """A work of others: what people call it, its licence, and the words that its makers want to see."""

    title: str
    licence: str = ""
    notice: str = ""
    learned: bool = True
    """Whether it learned from recordings; else it follows rules that somebody wrote."""


_VOICES: Mapping[str, Known] = MappingProxyType(
    {
        "kokoro": Known("Kokoro-82M", "Apache-2.0", "Kokoro-82M by hexgrad"),
        "hibari": Known("hibari-tts", "Apache-2.0", "hibari-tts by Maureese Williams, after Kokoro-82M by hexgrad"),
        "festival": Known("Festival", notice="festvox-ru, Copyright (c) 2005 Nickolay V. Shmyrev"),
        "piper": Known("Piper"),
        "chatterbox": Known("Chatterbox", notice="Chatterbox by Resemble AI"),
        "transformers": Known("a model of speech"),
        "espeak": Known("eSpeak NG", learned=False),
    }
)

_FINISHES: Mapping[str, Known] = MappingProxyType(
    {
        "rife": Known("RIFE HDv3", "MIT", "RIFE, Copyright (c) Megvii Inc."),
        "upscale": Known("Real-ESRGAN", "BSD-3-Clause", "Real-ESRGAN, Copyright (c) 2021 Xintao Wang"),
        "moviepy": Known("MoviePy", "MIT", "MoviePy by Zulko and its contributors", learned=False),
        "track": Known("YuNet", "MIT", "YuNet, Copyright 2021 Shenzhen Institute of Artificial Intelligence"),
    }
)

_FONTS: Mapping[str, Known] = MappingProxyType(
    {
        "Noto Sans": Known(
            "Noto Sans", "SIL Open Font License 1.1", "Noto Sans, Copyright 2022 The Noto Project Authors"
        ),
        "PT Serif": Known("PT Serif", "SIL Open Font License 1.1", "PT Serif, Copyright (c) 2010 ParaType Ltd."),
        "Noto Color Emoji": Known(
            "Noto Color Emoji", "SIL Open Font License 1.1", "Noto Color Emoji, Copyright 2021 Google Inc."
        ),
    }
)

_NOTO = Known("", "SIL Open Font License 1.1", "Noto fonts, Copyright The Noto Project Authors")


def known_voice(engine: str) -> Known:
    """What an engine of speech is called."""
    return _VOICES.get(engine) or known_service(engine) or Known(engine)


def known_finish(name: str) -> Known:
    """What finishes pictures: `rife`, `upscale`, `track`, `moviepy`."""
    return _FINISHES[name]


def known_font(family: str) -> Known:
    """A typeface by the name of its family; nothing is claimed of one that only this system has."""
    if family in _FONTS:
        return _FONTS[family]
    return Known(family, _NOTO.licence, _NOTO.notice) if family.startswith("Noto ") else Known(family)


def known_service(name: str) -> Known | None:
    """A hosted service by its name in the table of services, or None; what it may be used for its own terms say."""
    if name in _VOICES:
        return None
    try:
        entry = services().get(name)
    except WorkprintError:
        # The user's own table is broken; that is told where something is bought.
        return None
    return Known(entry.title, "the service's own terms") if entry else None
