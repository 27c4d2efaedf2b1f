"""The contract between the film and whatever speaks a line.

A voice engine is one self-contained file, found by entry point `workprint.voices`. Knows neither scenes nor pictures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

from storyboard.errors import MissingError, RenderError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Samples: TypeAlias = "NDArray[np.float32]"
"""Sound: float32, nominally -1..1. Mono is (n,), stereo (n, 2)."""

RATE = 48_000
"""Samples per second everywhere in the house after an engine has spoken."""


@dataclass(frozen=True, slots=True)
class Word:
    """One spoken word and its place in the line, in seconds from the line's first sample."""

    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class VoiceRequest:
    """One line to be spoken. `voice` is the engine's own name of the voice; `pitch` is in semitones.

    `pronounce` maps words to how they are said: a respelling, or a phonetic transcription between slashes.
    `model` holds the settings of an engine that loads a model: folder, revision, speaker ...
    """

    text: str
    language: str
    voice: str
    speed: float = 1.0
    pitch: float = 0.0
    emotion: str = "neutral"
    pronounce: tuple[tuple[str, str], ...] = ()
    model: tuple[tuple[str, str | int | float | bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Utterance:
    """What an engine gives back: mono samples at its own rate, and the times of the written words.

    An engine that does not know them leaves `words` empty; they are then found by alignment.
    """

    samples: Samples
    rate: int
    words: tuple[Word, ...]
    model: str = ""
    """The model and revision that spoke, for the receipt; "" where the engine is the model."""
    licence: str = ""
    """What its sound may be used for, where the engine learns that only from the model; else the voice's own."""
    notes: tuple[str, ...] = ()
    """What the author asked for and did not get, for people."""
    paused: bool = False
    """Whether the pauses of the emotion are in it already; else they are made longer or shorter afterwards."""


@dataclass(frozen=True, slots=True)
class VoiceInfo:
    """One voice that an engine offers. `name` is engine-neutral (`en/george`), `own` the engine's name for it."""

    name: str
    own: str
    engine: str
    language: str
    gender: str
    note: str = ""
    age: str = "adult"
    """`child`, `young`, `adult` or `old`: what an automatic choice goes by."""
    licence: str = ""
    """What its sound may be used for, in short; "" where the engine does not say."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why an engine cannot work here, and what mends it."""

    what: str
    fix: str


class VoiceRefusal(RenderError):
    """The engine cannot speak this line; the hint says what would help."""


class VoiceMissing(MissingError):
    """No engine here can speak this voice or language; the hint says what to install."""


class VoiceBackend(Protocol):
    """A speaking engine."""

    name: str

    def languages(self) -> Sequence[str]:
        """Primary language tags it speaks (`en`, `ru`); `*` for any."""

    def voices(self) -> Sequence[VoiceInfo]:
        """The voices it offers, without loading a model."""

    def check(self) -> Sequence[Trouble]:
        """What stands in its way on this machine; empty when it can speak."""

    def identity(self) -> str:
        """Versions of everything that can change a sample."""

    def speak(self, request: VoiceRequest) -> Utterance:
        """Speak the line. Same request, same samples."""
