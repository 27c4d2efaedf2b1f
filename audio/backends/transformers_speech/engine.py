"""The engine `transformers`: speaks with the weights that an author puts into a folder, whatever their architecture.

`voice: {backend: transformers, model: {folder: models/mms-tts-rus}}`. Nothing is downloaded and no code of a model is
run. Knows nothing of the film.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import metadata
from typing import Any, Protocol

from audio.backends.transformers_speech import bark, csm, dia, speecht5, vits
from audio.backends.transformers_speech.loading import REMEDY, architecture, library
from audio.backends.transformers_speech.spoken import Spoken, pieces
from audio.reading.aloud import spoken
from audio.reading.token import Reading
from audio.signal import timbre
from audio.signal.timbre import Timbre
from audio.speaking.delivery import deliver
from audio.voice import Samples, Trouble, Utterance, VoiceInfo, VoiceMissing, VoiceRefusal, VoiceRequest, Word
from projects.weights import UNKNOWN_LICENCE, LocalModel, Setting, find_model, quiet, read_settings, stay_offline

PACKAGES = ("torch", "transformers", "safetensors")
VOICE = "model"
"""The engine's one voice: whatever the model is."""

_SHARED: Mapping[str, type] = {"seed": int, "device": str}
_SENTENCE_PAUSE = 0.25
_CLAUSE_PAUSE = 0.12


class Family(Protocol):
    """One architecture: how its models are loaded and how they speak."""

    SETTINGS: Mapping[str, type]
    """What an author may set, by name."""
    LONGEST: int
    """Letters that it speaks at once."""

    def load(self, place: LocalModel, device: str) -> Any:
        """Loads the model of a folder; ModelMissing where something of it is not there."""

    def speak(self, loaded: Any, text: str, asked: Mapping[str, Setting], seed: int, /) -> Spoken:
        """Speaks a text of at most `LONGEST` letters. Same text and seed, same samples."""


FAMILIES: Mapping[str, Family] = {"vits": vits, "bark": bark, "speecht5": speecht5, "dia": dia, "csm": csm}
"""By the `model_type` of a model's configuration."""


class TransformersSpeech:
    """Speaks with a local model of the transformers library."""

    name = "transformers"

    def languages(self) -> Sequence[str]:
        """Any: the model decides."""
        return ("*",)

    def voices(self) -> Sequence[VoiceInfo]:
        """One voice, which is the model that the storyboard names."""
        note = "the weights that `model:` names: VITS and MMS-TTS, Bark, Dia, CSM or SpeechT5"
        return (VoiceInfo("any/model", VOICE, self.name, "*", "", note, licence=UNKNOWN_LICENCE),)

    def check(self) -> Sequence[Trouble]:
        """Whether the packages are there; the weights are looked for when a line names them."""
        missing = [package for package in PACKAGES if not _version(package)]
        return (Trouble(f"not installed: {', '.join(missing)}", REMEDY),) if missing else ()

    def identity(self) -> str:
        """Package versions, and that of the filter that changes pace and pitch."""
        versions = [f"{package} {_version(package) or 'none'}" for package in PACKAGES]
        return "; ".join(["transformers 1", *versions, timbre.identity()])

    def speak(self, request: VoiceRequest) -> Utterance:
        """Speaks the line at the model's own rate; word times where the model knows them.

        Raises ModelMissing for weights that are not here, VoiceRefusal for settings that the model does not have.
        """
        if request.voice not in ("", VOICE):
            raise VoiceRefusal(f"the engine transformers has no voice {request.voice!r}", "choose by `model:` alone")
        for trouble in self.check():
            raise VoiceMissing(trouble.what, trouble.fix)
        stay_offline()
        place = find_model(request.model)
        kind = architecture(place)
        if kind not in FAMILIES:
            raise VoiceRefusal(
                f"{place.repo} is a model of the kind {kind!r}, which is not known to speak",
                f"choose a model of one of these kinds: {', '.join(FAMILIES)}",
            )
        family = FAMILIES[kind]
        asked = read_settings(request.model, {**_SHARED, **family.SETTINGS}, f"a {kind} model")
        device = _device(str(asked.get("device", "cpu")))
        said = spoken(request.text, request.language, request.pronounce)
        with quiet():
            sound = _joined(family, _model(kind, place, device), said.text, asked)
        return _delivered(sound, said, request, place)


@lru_cache(maxsize=1)
def _model(kind: str, place: LocalModel, device: str) -> Any:
    """The loaded model; the last one stays, since a film's lines come one after another."""
    return FAMILIES[kind].load(place, device)


def _device(name: str) -> str:
    """The device of that name; VoiceRefusal where this machine has none."""
    torch = library("torch")

    if name == "cpu":
        return name
    if name != "cuda":
        raise VoiceRefusal(f"there is no device {name!r}", "write `device: cpu` or `device: cuda`")
    if not torch.cuda.is_available():
        raise VoiceMissing("the model is to run on a CUDA device, and none is here", "leave `device:` out")
    return name


def _joined(family: Family, loaded: Any, text: str, asked: Mapping[str, Setting]) -> Spoken:
    """The whole text, piece by piece with a breath between; words only where every piece has them."""
    import numpy as np

    parts = pieces(text, family.LONGEST)
    if not any(c.isalnum() for c in text):
        raise VoiceRefusal(f"there is nothing to say in {text!r}", "write words, or leave the line out")
    sounds: list[Samples] = []
    words: list[Word] = []
    known = True
    passed = 0.0
    rate = 0
    for place, part in enumerate(parts):
        one = family.speak(loaded, part, asked, int(asked.get("seed", 0)))
        rate = one.rate
        known = known and bool(one.words)
        words += [Word(w.text, w.start + passed, w.end + passed) for w in one.words]
        pause = 0.0 if place == len(parts) - 1 else _SENTENCE_PAUSE if part[-1] in ".!?…" else _CLAUSE_PAUSE
        sounds += [one.samples, np.zeros(round(pause * rate), np.float32)]
        passed += len(one.samples) / rate + pause
    return Spoken(np.concatenate(sounds), rate, tuple(words) if known else ())


def _delivered(sound: Spoken, said: Reading, request: VoiceRequest, place: LocalModel) -> Utterance:
    """What was spoken with the emotion's delivery and the author's pace and pitch."""
    change = deliver(request.emotion).timbre.then(Timbre(request.speed, request.pitch))
    samples = timbre.change(sound.samples, sound.rate, change)
    words = said.carry([Word(w.text, w.start / change.pace, w.end / change.pace) for w in sound.words])
    notes = said.unheard(stress=False, ipa=False)
    return Utterance(samples, sound.rate, words if sound.words else (), place.label, place.licence, notes)


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
