"""The embedded English voice: hibari-tts, a small neural model that lies inside its wheel.

The wheel holds one speaker; the other English voices are that speaker with another pitch and throat, and say so.
Word times come from the model's own duration predictor. Knows nothing of the film.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from types import MappingProxyType
from typing import Any

from audio.reading.token import Reading
from audio.signal import timbre
from audio.signal.timbre import Timbre
from audio.speaking import english
from audio.speaking.delivery import deliver
from audio.speaking.durations import Span, in_a_row, laid, numbered, session, word_times
from audio.voice import Samples, Trouble, Utterance, VoiceInfo, VoiceMissing, VoiceRefusal, VoiceRequest, Word
from storyboard.errors import MissingError

RATE = 24_000
_DURATION_UNIT = 0.025
"""Seconds per unit of the model's duration predictor."""
_DURATIONS = "/Clip_output_0"
"""The name inside the model of what predicts them; the model file does not list it as an output."""
_LONGEST = 380
"""Phonemes that the model takes at once; it was trained with little more."""

_VARIANT = "a variant of the one English voice inside hibari (heart): "
_CAST: Mapping[str, tuple[str, str, Timbre, str]] = MappingProxyType(
    {
        "heart": ("female", "adult", Timbre(), "the voice as it was trained, American"),
        "emma": ("female", "young", Timbre(0.97, 2.0, 1.2), _VARIANT + "lighter and younger"),
        "bella": ("female", "adult", Timbre(0.96, -2.5, -1.0), _VARIANT + "lower and warmer"),
        "daisy": ("female", "child", Timbre(1.03, 4.0, 2.6), _VARIANT + "a child"),
        "agatha": ("female", "old", Timbre(0.88, -1.0, 1.6), _VARIANT + "an old woman, slow"),
        "george": ("male", "adult", Timbre(0.96, -8.5, -3.2), _VARIANT + "a man, low and calm"),
        "michael": ("male", "adult", Timbre(1.0, -6.0, -2.4), _VARIANT + "a man"),
        "lewis": ("male", "adult", Timbre(0.9, -10.0, -4.0), _VARIANT + "a deep man, slow"),
        "daniel": ("male", "young", Timbre(1.05, -5.0, -1.2), _VARIANT + "a young man, quick"),
        "walter": ("male", "old", Timbre(0.86, -6.5, -0.8), _VARIANT + "an old man, slow"),
        "oliver": ("male", "child", Timbre(1.04, 2.5, 3.4), _VARIANT + "a boy"),
    }
)


class Hibari:
    """Speaks English with the model of the hibari-tts wheel."""

    name = "hibari"

    def languages(self) -> Sequence[str]:
        """English only."""
        return ("en",)

    def voices(self) -> Sequence[VoiceInfo]:
        """The one speaker and its variants."""
        return tuple(
            VoiceInfo(f"en/{own}", own, self.name, "en", gender, note, age, "Apache-2.0")
            for own, (gender, age, _, note) in _CAST.items()
        )

    def check(self) -> Sequence[Trouble]:
        """Whether the package and the filter that makes the variants are there."""
        troubles = []
        try:
            version = metadata.version("hibari-tts")
        except metadata.PackageNotFoundError:
            troubles.append(Trouble("the package hibari-tts is not installed", english.REMEDY))
        else:
            if not version.startswith("0.2."):
                troubles.append(Trouble(f"hibari-tts {version} is not the 0.2 that is known here", english.REMEDY))
        try:
            timbre.check()
        except MissingError as missing:
            troubles.append(Trouble(missing.message, missing.hint))
        return tuple(troubles)

    def identity(self) -> str:
        """Package versions, and those of the filter."""
        versions = [f"{package} {metadata.version(package)}" for package in ("hibari-tts", "onnxruntime", "numpy")]
        return "; ".join(["hibari 2", *versions, timbre.identity()])

    def speak(self, request: VoiceRequest) -> Utterance:
        """Speaks the line at 24 kHz; refuses a voice it does not have and a text without words."""
        if request.voice not in _CAST:
            raise VoiceRefusal(f"hibari has no voice {request.voice!r}", f"choose one of: {', '.join(_CAST)}")
        reading = english.read(request.text, request.language, request.pronounce)
        delivery = deliver(request.emotion)
        sound, spans = _read_aloud(reading, delivery.pauses)
        change = _CAST[request.voice][2].then(delivery.timbre)
        change = change.then(Timbre(request.speed, request.pitch))
        sound = timbre.change(sound, RATE, change)
        said = [Word(w, a / change.pace, b / change.pace) for w, (a, b) in zip(reading.spoken, spans, strict=True)]
        return Utterance(sound, RATE, reading.carry(said), paused=True)


@lru_cache(maxsize=1)
def _model() -> tuple[Mapping[str, int], Any]:
    """The alphabet, and a session on the model that also gives the durations."""
    try:
        from hibari import tts
        from hibari.voices import voice_path
    except ImportError as reason:
        raise VoiceMissing(f"the English voice cannot be loaded: {reason}", english.REMEDY) from reason
    alphabet = json.loads((Path(tts.ASSETS) / "vocab.json").read_text("utf-8"))
    return alphabet, session([Path(voice_path(tts.DEFAULT)).read_bytes()], _DURATIONS)


def _read_aloud(reading: Reading, pauses: float) -> tuple[Samples, list[Span]]:
    """The whole line in the model's own voice, with the times of the spoken words."""
    import numpy as np
    from hibari import dsp

    alphabet, model = _model()
    noise = np.random.default_rng(0)
    spoken = []
    for phrase in english.phrases(reading, british=False, longest=_LONGEST, packed=False):
        ids = np.asarray([numbered(phrase.phonemes, alphabet)], np.int64)
        *spectra, durations = model.run(None, {"ids": ids, "speed": np.ones(1, np.float32)})
        sound = dsp.synth(*(part[0] for part in spectra), noise).astype(np.float32)
        words = word_times(phrase, alphabet, durations, _DURATION_UNIT)
        spoken.append(laid(phrase, words, sound, RATE, pauses))
    return in_a_row(spoken, RATE, pauses)
