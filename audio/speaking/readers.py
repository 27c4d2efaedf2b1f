"""Readings with known word times, for alignment: any installed voice that tells them, else espeak-ng word by word.

Nobody hears them. Knows no film.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from audio.reading.aloud import spoken
from audio.reading.timing import written_words
from audio.voice import Samples, Utterance, VoiceRefusal, VoiceRequest, Word
from projects import plugins, programs
from storyboard.errors import MissingError, RenderError

_READERS: Mapping[str, tuple[str, str]] = MappingProxyType({"en": ("hibari", "heart"), "ru": ("festival", "nikolai")})
"""Engine and voice that read a language well and know when they say what."""
WORD_BY_WORD = "word by word"
"""The `model` of a reading whose words were spoken apart: it resembles a sentence less."""

_PROGRAM = "espeak-ng"
_WORDS_A_MINUTE = 150
_GAP = 0.02
"""Seconds between two words that were spoken apart."""


def reading(text: str, language: str, pronounce: Sequence[tuple[str, str]] = ()) -> Utterance | None:
    """The text read aloud, with a time for each written word; None where nothing here can read it."""
    from audio.engines import engine

    primary = language.casefold().split("-")[0]
    if primary in _READERS and _READERS[primary][0] in plugins.find("workprint.voices"):
        name, voice = _READERS[primary]
        reader = engine(name)
        if not reader.check():
            try:
                said = reader.speak(VoiceRequest(text, language, voice, pronounce=tuple(pronounce)))
            except (VoiceRefusal, MissingError):
                said = None  # a line in another script, say: espeak-ng reads those too
            if said is not None and len(said.words) == len(written_words(text)):
                return said
    return _word_by_word(text, primary, pronounce)


def identity(language: str) -> str:
    """The versions of whatever would read the language."""
    from audio.engines import engine

    primary = language.casefold().split("-")[0]
    if primary in _READERS and _READERS[primary][0] in plugins.find("workprint.voices"):
        reader = engine(_READERS[primary][0])
        if not reader.check():
            return reader.identity()
    return _version()


def _word_by_word(text: str, language: str, pronounce: Sequence[tuple[str, str]]) -> Utterance | None:
    """Every word by itself, one after the other: the only times that the program lets know are those of whole texts."""
    import numpy as np

    program = programs.probe(_PROGRAM)
    if program is None or not language.isalnum() or not language.isascii():
        return None
    read = spoken(text, language, pronounce)
    words: list[Word] = []
    sounds: list[Samples] = []
    rate = passed = 0
    for word in read.text.split():
        if not any(c.isalnum() for c in word):
            continue
        found = _said(program, language, word)
        if found is None:
            return None
        sound, rate = found
        words.append(Word(word, passed / rate, (passed + len(sound)) / rate))
        sounds += [sound, np.zeros(round(_GAP * rate), np.float32)]
        passed += len(sound) + len(sounds[-1])
    if not words:
        return None
    return Utterance(np.concatenate(sounds), rate, read.carry(words), WORD_BY_WORD)


@lru_cache(maxsize=512)
def _said(program: Path, language: str, word: str) -> tuple[Samples, int] | None:
    """One word without the silence round it; None where the program does not know the language."""
    import numpy as np
    import soundfile as sf

    with tempfile.TemporaryDirectory(prefix="workprint-word-") as name:
        made = Path(name) / "word.wav"
        command: list[str | Path] = [
            program,
            "-v",
            language,
            "-s",
            str(_WORDS_A_MINUTE),
            "-b",
            "1",
            "--stdin",
            "-w",
            made,
        ]
        try:
            programs.run(command, stdin=word.replace("\0", " ").encode(), timeout=30.0)
            sound, rate = sf.read(made, dtype="float32")
        except (RenderError, sf.LibsndfileError):
            return None
    loud = np.flatnonzero(np.abs(sound) > 0.01)
    return (sound[loud[0] : loud[-1] + 1], int(rate)) if len(loud) else (sound[: rate // 20], int(rate))


@lru_cache(maxsize=1)
def _version() -> str:
    program = programs.probe(_PROGRAM)
    if program is None:
        return "no reader"
    return (
        programs.run([program, "--version"], timeout=30.0).stdout.decode("utf-8", "replace").split("Data at")[0].strip()
    )
