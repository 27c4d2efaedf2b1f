"""Dia: acts English lines, with sounds such as (laughs) in brackets; its codec lies in the folder `codec` beside it.

Knows neither film nor engine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from audio.backends.transformers_speech.loading import inside, library, number, pretrained, samples_of, seeded
from audio.backends.transformers_speech.spoken import Spoken
from projects.weights import LocalModel, ModelMissing, Setting, loaded

SETTINGS: Mapping[str, type] = {"guidance": float, "temperature": float, "top_p": float, "top_k": int}
LONGEST = 200
"""Letters that are spoken at once."""

_A_SECOND = 86
"""Frames per second of its codec."""
_LETTERS_A_SECOND = 9.0
"""Letters of slow speech in a second: how long a piece may last at most."""


@dataclass(frozen=True, slots=True)
class Dia:
    """The model, and the processor with its codec."""

    model: Any
    processor: Any
    device: str


def load(place: LocalModel, device: str) -> Dia:
    """The model of a folder and the codec inside it."""
    transformers = library("transformers")

    if not (place.path / "codec").is_dir():
        raise ModelMissing(
            f"{place.repo} needs its codec beside it",
            "fetch it once (300 MB, licence MIT): hf download descript/dac_44khz --local-dir THE_MODELS_FOLDER/codec",
        )
    folder = inside(place, "codec", "codec")
    codec = loaded("codec", place, lambda: pretrained(transformers.DacModel, folder, device))
    tokenizer = loaded("tokenizer", place, lambda: pretrained(transformers.DiaTokenizer, place.path))
    front = loaded("feature extractor", place, lambda: pretrained(transformers.DiaFeatureExtractor, place.path))
    model = loaded("model", place, lambda: pretrained(transformers.DiaForConditionalGeneration, place.path, device))
    return Dia(model, transformers.DiaProcessor(front, tokenizer, codec), device)


def speak(dia: Dia, text: str, asked: Mapping[str, Setting], seed: int) -> Spoken:
    """One piece of text by the first speaker; the seed chooses the voice."""
    inputs = dia.processor(text=[f"[S1] {text}"]).to(dia.device)
    with seeded(seed, dia.device):
        codes = dia.model.generate(
            **inputs,
            do_sample=True,
            max_new_tokens=round(_A_SECOND * (2.0 + len(text) / _LETTERS_A_SECOND)),
            guidance_scale=number(asked, "guidance", 3.0, 1.0, 10.0),
            temperature=number(asked, "temperature", 1.8, 0.1, 2.5),
            top_p=number(asked, "top_p", 0.9, 0.05, 1.0),
            top_k=round(number(asked, "top_k", 45, 1, 1000)),
        )
        wave = dia.processor.batch_decode(codes)[0]
    return Spoken(samples_of(wave), int(dia.processor.audio_tokenizer.config.sampling_rate))
