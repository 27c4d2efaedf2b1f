"""A voice on trial: lines are spoken, made faster, written down by the recogniser and counted."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from audio.signal import timbre
from audio.speaking.speech import SPEECH_LUFS, finish
from audio.voice import RATE, Samples, VoiceBackend, VoiceRequest
from tests.listening.recogniser import transcribe_all
from tests.listening.wer import word_errors

FASTER = 1.25
"""The tempo that no voice may suffer from."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of it. `errors` of `words` were heard wrong, `errors_faster` at `FASTER` times the tempo.

    `clipped` counts samples at or beyond full scale; `seconds` of sound took `cpu` seconds of one processor.
    """

    voice: str
    words: int
    errors: int
    errors_faster: int
    clipped: int
    seconds: float
    cpu: float
    said: str

    @property
    def rate(self) -> float:
        """Word error rate."""
        return self.errors / self.words

    @property
    def rate_faster(self) -> float:
        """Word error rate at `FASTER` times the tempo."""
        return self.errors_faster / self.words


def tried(engine: VoiceBackend, voice: str, language: str, lines: Sequence[str]) -> Verdict:
    """The voice's verdict on these lines, heard as films have them: trimmed, at 48 kHz and at one loudness."""
    sounds: list[Samples] = []
    clipped, cpu = 0, 0.0
    for line in lines:
        begun = time.process_time()
        spoken = engine.speak(VoiceRequest(line, language, voice))
        cpu += time.process_time() - begun
        clipped += int(np.count_nonzero(np.abs(spoken.samples) >= 1.0))
        sounds.append(finish(spoken, SPEECH_LUFS)[0])
    rate = RATE
    faster = [timbre.at_tempo(sound, rate, FASTER, round(len(sound) / FASTER)) for sound in sounds]
    reference = " ".join(lines)
    said = transcribe_all(sounds, rate, language)
    errors, words = word_errors(reference, said, language)
    errors_faster, _ = word_errors(reference, transcribe_all(faster, rate, language), language)
    return Verdict(voice, words, errors, errors_faster, clipped, sum(map(len, sounds)) / rate, cpu, said)
