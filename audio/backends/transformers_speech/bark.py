"""Bark: acts a short text, with laughs and breaths where the text asks for them in brackets.

A voice is a preset of three plain arrays in the model's folder. Knows neither film nor engine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from audio.backends.transformers_speech.loading import (
    arrays,
    inside,
    library,
    number,
    pretrained,
    samples_of,
    seeded,
)
from audio.backends.transformers_speech.spoken import Spoken
from audio.voice import VoiceRefusal
from projects.weights import LocalModel, Setting, loaded

SETTINGS: Mapping[str, type] = {"preset": str, "temperature": float, "waveform_temperature": float}
LONGEST = 160
"""Letters that are spoken at once: beyond 13 seconds the model leaves words out."""

_PROMPTS = {"semantic_prompt": 1, "coarse_prompt": 2, "fine_prompt": 2}
"""The arrays of a preset, and how many dimensions each has."""


@dataclass(frozen=True, slots=True)
class Bark:
    """The model and its tokenizer."""

    place: LocalModel
    model: Any
    processor: Any
    device: str


def load(place: LocalModel, device: str) -> Bark:
    """The model of a folder."""
    transformers = library("transformers")

    tokenizer = loaded("tokenizer", place, lambda: pretrained(transformers.AutoTokenizer, place.path))
    model = loaded("model", place, lambda: pretrained(transformers.BarkModel, place.path, device))
    return Bark(place, model, transformers.BarkProcessor(tokenizer), device)


def speak(bark: Bark, text: str, asked: Mapping[str, Setting], seed: int) -> Spoken:
    """One piece of text; without a preset the seed chooses the voice."""
    torch = library("torch")

    inputs = bark.processor(text)
    given = {key: inputs[key].to(bark.device) for key in ("input_ids", "attention_mask")}
    prompt = _preset(bark, str(asked.get("preset", "")))
    if prompt:
        given["history_prompt"] = {key: torch.as_tensor(array).to(bark.device) for key, array in prompt.items()}
    with seeded(seed, bark.device):
        wave = bark.model.generate(
            **given,
            do_sample=True,
            semantic_temperature=number(asked, "temperature", 0.7, 0.05, 1.5),
            coarse_temperature=number(asked, "waveform_temperature", 0.7, 0.05, 1.5),
            fine_temperature=0.5,
        )
    return Spoken(samples_of(wave), int(bark.model.generation_config.sample_rate))


def _preset(bark: Bark, name: str) -> dict[str, Any]:
    """The three arrays of a preset: `v2/en_speaker_6` as the repository names it, or one .safetensors file."""
    if not name:
        return {}
    if name.endswith(".safetensors"):
        found = dict(arrays(inside(bark.place, name, "preset"), name))
    else:
        files = {key: f"speaker_embeddings/{name}_{key}.npy" for key in _PROMPTS}
        found = {key: arrays(inside(bark.place, file, "preset"), file)[""] for key, file in files.items()}
    for key, dimensions in _PROMPTS.items():
        if key not in found or found[key].ndim != dimensions or found[key].dtype.kind not in "iu":
            raise VoiceRefusal(
                f"{name} is no preset of Bark: its {key} is missing or of another shape", "fetch it again"
            )
    return {key: found[key].astype("int64") for key in _PROMPTS}
