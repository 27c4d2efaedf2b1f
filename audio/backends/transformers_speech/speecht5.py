"""SpeechT5: text to a spectrogram in one speaker's voice, and a vocoder that makes it heard.

The vocoder lies beside the model, in its folder `vocoder`; the speaker is an embedding in a plain array file. Knows
neither film nor engine.
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
from projects.weights import LocalModel, ModelMissing, Setting, loaded

SETTINGS: Mapping[str, type] = {"speaker": str, "vocoder": str, "threshold": float}
LONGEST = 350
"""Letters that are spoken at once; the model knows places up to 450."""

_LONGEST_SPEECH = 20.0
"""Spectrogram frames per letter after which it is stopped; the model's own habit."""


@dataclass(frozen=True, slots=True)
class SpeechT5:
    """The model and its processor; vocoders are loaded when they are named."""

    place: LocalModel
    model: Any
    processor: Any
    vocoders: dict[str, Any]
    device: str


def load(place: LocalModel, device: str) -> SpeechT5:
    """The model of a folder."""
    transformers = library("transformers")

    processor = loaded("processor", place, lambda: pretrained(transformers.SpeechT5Processor, place.path))
    model = loaded("model", place, lambda: pretrained(transformers.SpeechT5ForTextToSpeech, place.path, device))
    return SpeechT5(place, model, processor, {}, device)


def speak(t5: SpeechT5, text: str, asked: Mapping[str, Setting], seed: int) -> Spoken:
    """One piece of text in the voice of the named speaker."""
    speaker = _speaker(t5, str(asked.get("speaker", "")))
    vocoder = _vocoder(t5, str(asked.get("vocoder", "vocoder")))
    ids = t5.processor(text=text, return_tensors="pt").to(t5.device)["input_ids"]
    if ids.shape[-1] > t5.model.config.max_text_positions:
        raise VoiceRefusal(f"{text[:60]!r} is too long for {t5.place.repo}", "break the line in two")
    with seeded(seed, t5.device):
        wave = t5.model.generate_speech(
            ids,
            speaker,
            vocoder=vocoder,
            threshold=number(asked, "threshold", 0.5, 0.05, 0.95),
            maxlenratio=_LONGEST_SPEECH,
        )
    return Spoken(samples_of(wave), int(vocoder.config.sampling_rate))


def _vocoder(t5: SpeechT5, name: str) -> Any:
    transformers = library("transformers")

    if name not in t5.vocoders:
        folder = t5.place.path / name
        if name == "vocoder" and not folder.is_dir():
            raise ModelMissing(
                f"{t5.place.repo} needs a vocoder beside it",
                "fetch it once (50 MB, licence MIT): hf download microsoft/speecht5_hifigan --local-dir "
                "THE_MODELS_FOLDER/vocoder",
            )
        folder = inside(t5.place, name, "vocoder")
        t5.vocoders[name] = loaded(
            "vocoder", t5.place, lambda: pretrained(transformers.SpeechT5HifiGan, folder, t5.device)
        )
    return t5.vocoders[name]


def _speaker(t5: SpeechT5, name: str) -> Any:
    """The speaker embedding of a file in the model's folder, as a tensor (1, n)."""
    torch = library("torch")

    wanted = int(t5.model.config.speaker_embedding_dim)
    if not name:
        raise VoiceRefusal(
            f"{t5.place.repo} speaks in the voice of a speaker embedding, and none is named",
            f"put an x-vector of {wanted} numbers into the model's folder and add `speaker: NAME.npy` under `model:`",
        )
    found = [array for array in arrays(inside(t5.place, name, "speaker"), name).values() if array.size == wanted]
    if not found:
        raise VoiceRefusal(f"{name} holds no speaker embedding of {wanted} numbers", "extract it again")
    return torch.as_tensor(found[0].reshape(1, wanted), dtype=torch.float32).to(t5.device)
