"""VITS and MMS-TTS: one model per language, letters in, samples out at once.

Word times are the model's own: it predicts how long every letter lasts. Knows neither film nor engine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from audio.backends.transformers_speech.loading import library, number, pretrained, samples_of, seeded
from audio.backends.transformers_speech.spoken import Spoken
from audio.voice import VoiceRefusal, Word
from projects.weights import LocalModel, Setting, loaded

SETTINGS: Mapping[str, type] = {
    "speaker": int,
    "speaking_rate": float,
    "noise_scale": float,
    "noise_scale_duration": float,
}
LONGEST = 600
"""Letters that are spoken at once."""


@dataclass(frozen=True, slots=True)
class Vits:
    """The model and its tokenizer."""

    model: Any
    tokenizer: Any
    device: str
    called: str


def load(place: LocalModel, device: str) -> Vits:
    """The model of a folder; refuses one whose text needs a package that is not here."""
    transformers = library("transformers")

    tokenizer = loaded("tokenizer", place, lambda: pretrained(transformers.VitsTokenizer, place.path))
    for needed, package in ((tokenizer.is_uroman, "uroman"), (tokenizer.phonemize, "phonemizer")):
        if needed and find_spec(package) is None:
            raise VoiceRefusal(
                f"the text of {place.repo} must be prepared by the package {package}, which is not here",
                f"pip install {package}, or choose a model that reads the language's own letters",
            )
    model = loaded("model", place, lambda: pretrained(transformers.VitsModel, place.path, device))
    return Vits(model, tokenizer, device, place.repo)


def speak(vits: Vits, text: str, asked: Mapping[str, Setting], seed: int) -> Spoken:
    """One piece of text; refuses words of which the model knows no letter, and speakers that it does not have."""
    torch = library("torch")

    letters = _letters(vits, text)
    model = vits.model
    model.noise_scale = number(asked, "noise_scale", model.config.noise_scale, 0.0, 2.0)
    model.noise_scale_duration = number(asked, "noise_scale_duration", model.config.noise_scale_duration, 0.0, 2.0)
    rate = number(asked, "speaking_rate", model.config.speaking_rate, 0.4, 2.5)
    speaker = int(asked.get("speaker", 0))
    if not 0 <= speaker < max(1, model.config.num_speakers):
        raise VoiceRefusal(
            f"{vits.called} has no speaker {speaker}", f"name one from 0 to {max(1, model.config.num_speakers) - 1}"
        )
    ids = vits.tokenizer(text, return_tensors="pt").to(vits.device)
    heard: list[Any] = []
    listening = model.duration_predictor.register_forward_hook(lambda *given: heard.append(given[2]))
    try:
        with seeded(seed, vits.device):
            wave = model(
                **ids, speaking_rate=rate, speaker_id=speaker if model.config.num_speakers > 1 else None
            ).waveform
            units = torch.ceil(torch.exp(heard[0]) / rate).reshape(-1).tolist()
    finally:
        listening.remove()
    hertz = int(model.config.sampling_rate)
    step = int(torch.prod(torch.tensor(model.config.upsample_rates))) / hertz
    return Spoken(samples_of(wave), hertz, _words(letters, units, step))


def _letters(vits: Vits, text: str) -> str:
    """The letters that the model will read; refuses a word that would vanish, and a text without any."""
    tokenizer = vits.tokenizer
    letters = str(tokenizer.prepare_for_tokenization(text)[0])
    if not tokenizer.phonemize and not tokenizer.is_uroman:
        known = {letter for letter in tokenizer.encoder if len(letter) == 1}
        for word in text.split():
            plain = word.casefold()
            if any(c.isalnum() for c in plain) and not any(c in known and c.isalnum() for c in plain):
                raise VoiceRefusal(
                    f"{vits.called} knows no letter of {word!r}",
                    "write the word in the model's alphabet, or say under `pronounce:` how it is read",
                )
    if not any(c.isalnum() for c in letters):
        raise VoiceRefusal(f"there is nothing in {text!r} that {vits.called} can read", "write words in its language")
    return letters


def _words(letters: str, units: Sequence[float], step: float) -> tuple[Word, ...]:
    """Words between the spaces of what was read, each from the durations of its letters; empty where they differ.

    Between every two letters, and at both ends, stands a blank that the model has put in.
    """
    blanks = len(units) == 2 * len(letters) + 1
    if not blanks and len(units) != len(letters):
        return ()
    edges = [0.0]
    for unit in units:
        edges.append(edges[-1] + unit * step)
    words: list[Word] = []
    first = 0
    for place, letter in enumerate(f"{letters} "):
        if letter != " ":
            continue
        if place > first:
            start, end = (2 * first + 1, 2 * place) if blanks else (first, place)
            words.append(Word(letters[first:place], edges[start], edges[end]))
        first = place + 1
    return tuple(words)
