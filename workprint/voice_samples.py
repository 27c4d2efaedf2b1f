"""Samples of voices: one text said by each, as WAV files in a folder, and the reason where a voice cannot say it.

Goes through the same step as a film's lines, so that a sample sounds like the film. Knows no films.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from storyboard.errors import MissingError, RenderError

if TYPE_CHECKING:
    from audio.voice import VoiceInfo

_LETTERS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("ru", "uk", "be", "bg", "sr", "mk", "kk"), "CYRILLIC"),
        **dict.fromkeys(
            ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "sv", "da", "fi", "nb", "ro", "hu", "tr"), "LATIN"
        ),
        "el": "GREEK",
        "he": "HEBREW",
        "ar": "ARABIC",
        "fa": "ARABIC",
        "hi": "DEVANAGARI",
        "ka": "GEORGIAN",
        "hy": "ARMENIAN",
        "ko": "HANGUL",
    }
)
"""Primary language -> the alphabet it is written in, as Unicode names its letters."""
_USUAL: Mapping[str, str] = MappingProxyType(
    {"CYRILLIC": "ru", "LATIN": "en", "GREEK": "el", "HEBREW": "he", "ARABIC": "ar", "DEVANAGARI": "hi"}
    | {"GEORGIAN": "ka", "ARMENIAN": "hy", "HANGUL": "ko"}
)
"""The language that a voice for any language takes a text for."""
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Sample:
    """What became of one voice: its file and facts, or why there is none."""

    voice: str
    engine: str
    path: Path | None
    seconds: float = 0.0
    lufs: float = 0.0
    licence: str = ""
    refused: str = ""
    remedy: str = ""

    def as_json(self) -> dict[str, Any]:
        """The same as plain data."""
        return asdict(self)


def say_samples(voices: Sequence[VoiceInfo], text: str, language: str, folder: Path) -> Iterator[Sample]:
    """Let each voice say the text into a file of `folder`, one after the other.

    `language` is the text's where a voice speaks any, "" to go by its letters. A voice that cannot say it is no error.
    """
    from projects.disk import open_folder

    open_folder(folder)
    names = file_names(voices)
    for info, name in zip(voices, names, strict=True):
        yield _say(info, text, language, folder / name)


def _say(info: VoiceInfo, text: str, language: str, target: Path) -> Sample:
    from audio.speaking.speech import SpeakRequest, speak_line
    from audio.voice import VoiceRequest
    from projects.disk import disk_errors
    from projects.steps import Work

    script = script_of(text)
    wrong = wrong_script(info, script)
    if wrong:
        return Sample(info.name, info.engine, None, refused=wrong, remedy="write the text in the voice's language")
    spoken_in = info.language if info.language != "*" else language or _USUAL.get(script, "en")
    request = SpeakRequest(info.engine, VoiceRequest(text, spoken_in, info.own))
    fresh = target.with_name(f".{target.name}.part")
    try:
        with disk_errors(str(target)):
            facts = speak_line(request, Work({}, {}, lambda _: None, lambda: False), fresh)
            fresh.replace(target)
    except (MissingError, RenderError) as problem:
        return Sample(info.name, info.engine, None, refused=problem.message, remedy=problem.hint)
    finally:
        fresh.unlink(missing_ok=True)
    return Sample(info.name, info.engine, target, facts["seconds"], facts["lufs"], facts["licence"])


def script_of(text: str) -> str:
    """The alphabet of most letters of a text as Unicode names it (`LATIN`, `CYRILLIC` ...), "" without letters."""
    alphabets = [unicodedata.name(letter, "").split(" ")[0] for letter in text if letter.isalpha()]
    return max(dict.fromkeys(alphabets), key=alphabets.count, default="")


def wrong_script(info: VoiceInfo, script: str) -> str:
    """Why a voice cannot read letters of that alphabet, "" where it can or nobody knows."""
    if not script:
        return "the text has no words"
    wanted = _LETTERS.get(info.language.split("-")[0].casefold(), "")
    if wanted in ("", script):
        return ""
    return f"the text is in {script.capitalize()} letters, the voice speaks '{info.language}'"


def file_names(voices: Sequence[VoiceInfo]) -> list[str]:
    """A safe file name for each voice, all different: `en-george-kokoro.wav`."""
    given: list[str] = []
    for info in voices:
        plain = re.sub(r"[^a-z0-9]+", "-", f"{info.name}-{info.engine}".casefold()).strip("-")[:_LONGEST_NAME]
        stem, number = plain or "voice", 1
        while f"{stem}.wav" in given:
            number += 1
            stem = f"{plain or 'voice'}-{number}"
        given.append(f"{stem}.wav")
    return given
