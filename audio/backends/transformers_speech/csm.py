"""CSM: English speech of up to ten speakers, with its codec inside the model. Knows neither film nor engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from audio.backends.transformers_speech.loading import library, number, pretrained, samples_of, seeded
from audio.backends.transformers_speech.spoken import Spoken
from projects.weights import LocalModel, Setting, loaded

SETTINGS: Mapping[str, type] = {"speaker": int, "temperature": float, "top_k": int}
LONGEST = 200
"""Letters that are spoken at once."""

_LETTERS_A_SECOND = 9.0
"""Letters of slow speech in a second: how long a piece may last at most."""


@dataclass(frozen=True, slots=True)
class Csm:
    """The model and its processor."""

    model: Any
    processor: Any
    device: str


def load(place: LocalModel, device: str) -> Csm:
    """The model of a folder."""
    transformers = library("transformers")

    processor = loaded("processor", place, lambda: pretrained(transformers.CsmProcessor, place.path))
    model = loaded("model", place, lambda: pretrained(transformers.CsmForConditionalGeneration, place.path, device))
    return Csm(model, processor, device)


def speak(csm: Csm, text: str, asked: Mapping[str, Setting], seed: int) -> Spoken:
    """One piece of text by a speaker of that number."""
    speaker = round(number(asked, "speaker", 0, 0, 9))
    inputs = csm.processor(f"[{speaker}]{text}", add_special_tokens=True).to(csm.device)
    codec = csm.model.codec_model.config
    with seeded(seed, csm.device):
        waves = csm.model.generate(
            **inputs,
            output_audio=True,
            do_sample=True,
            max_new_tokens=round(float(codec.frame_rate) * (2.0 + len(text) / _LETTERS_A_SECOND)),
            temperature=number(asked, "temperature", 0.9, 0.05, 2.0),
            top_k=round(number(asked, "top_k", 50, 1, 1000)),
        )
    return Spoken(samples_of(waves[0]), int(codec.sampling_rate))
