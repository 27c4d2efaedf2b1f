"""Chatterbox: a voice cloned from a short recording, in 23 languages, with its own measure of feeling.

Its package asks for older libraries than this house, so it usually lives in an environment of its own, whose Python
`WORKPRINT_CHATTERBOX` names; `chatterbox_speaker.py` is run there. Knows nothing of the film.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from audio.reading.aloud import spoken
from audio.signal import timbre
from audio.signal.timbre import Timbre
from audio.speaking.delivery import deliver
from audio.voice import Samples, Trouble, Utterance, VoiceInfo, VoiceMissing, VoiceRefusal, VoiceRequest
from projects import programs
from projects.weights import LocalModel, Setting, Weights, find_model, read_settings
from storyboard.errors import MissingError, RenderError

PYTHON_VARIABLE = "WORKPRINT_CHATTERBOX"
"""The Python of an environment in which chatterbox-tts is installed; unset means this one."""

WEIGHTS = Weights(
    "ResembleAI/chatterbox",
    size="3 GB, 2 GB for English alone",
    licence="MIT",
    files=("*.safetensors", "tokenizer.json", "grapheme_mtl_merged_expanded_v1.json", "Cangjie5_TC.json", "*.pt"),
)
NAMED = "model"
"""The voice that the storyboard's reference recording gives it, or the model's own."""

_REMEDY = (
    "python -m venv chatterbox && chatterbox/bin/pip install chatterbox-tts==0.1.7, then set "
    f"{PYTHON_VARIABLE} to chatterbox/bin/python"
)
_SPEAKER = Path(__file__).with_name("chatterbox_speaker.py")
_LANGUAGES = (
    *("ar", "da", "de", "el", "en", "es", "fi", "fr", "he", "hi", "it", "ja"),
    *("ko", "ms", "nl", "no", "pl", "pt", "ru", "sv", "sw", "tr", "zh"),
)
_SETTINGS: Mapping[str, type] = {
    "voice": str,
    "exaggeration": float,
    "guidance": float,
    "temperature": float,
    "seed": int,
    "device": str,
    "multilingual": bool,
}
_BOUNDS: Mapping[str, tuple[float, float, float]] = {
    "exaggeration": (0.5, 0.0, 2.0),
    "guidance": (0.5, 0.0, 1.0),
    "temperature": (0.8, 0.05, 5.0),
}
"""Setting -> its default, and from where to where it goes."""
_CALM, _LIVELY = 0.3, 0.8
"""Bounds within which an emotion moves the model's own measure of feeling."""
_LONGEST = 280
"""Letters that are spoken at once: the model stops after 40 seconds."""


class Chatterbox:
    """Speaks with a local copy of Chatterbox."""

    name = "chatterbox"
    weights = WEIGHTS

    def languages(self) -> Sequence[str]:
        """The 23 languages of the multilingual model."""
        return tuple(_LANGUAGES)

    def voices(self) -> Sequence[VoiceInfo]:
        """One voice: that of the recording which the storyboard names, or the model's own."""
        note = "the voice of the recording that `model: {voice: ...}` names; carries an inaudible watermark"
        return (VoiceInfo("any/chatterbox", NAMED, self.name, "*", "", note, licence=WEIGHTS.licence),)

    def check(self) -> Sequence[Trouble]:
        """Whether the package is there; weights are looked for when a line names them."""
        try:
            _python()
        except MissingError as missing:
            return (Trouble(missing.message, missing.hint),)
        return ()

    def identity(self) -> str:
        """The package's version in its environment, and the filter's."""
        return f"chatterbox 1; {_version()}; {timbre.identity()}"

    def speak(self, request: VoiceRequest) -> Utterance:
        """Speaks the line at 24 kHz; word times are left to alignment.

        Raises ModelMissing for weights that are not here, VoiceRefusal for languages and settings it does not have.
        """
        asked = read_settings(request.model, _SETTINGS, "Chatterbox")
        language = request.language.casefold().split("-")[0]
        if language not in _LANGUAGES:
            raise VoiceRefusal(f"Chatterbox does not speak {language!r}", f"it speaks: {', '.join(_LANGUAGES)}")
        reading = spoken(request.text, request.language, request.pronounce)
        said = reading.text
        if not any(c.isalnum() for c in said):
            raise VoiceRefusal(f"there is nothing to say in {request.text!r}", "write words, or leave the line out")
        if len(said) > _LONGEST:
            raise VoiceRefusal(f"{said[:40]!r}... is too long for Chatterbox", f"{_LONGEST} letters a line at most")
        python = _python()
        place = find_model(request.model, WEIGHTS)
        job = _job(request, asked, place, language, said)
        samples, rate = _run(python, job)
        change = deliver(request.emotion).timbre.then(Timbre(request.speed, request.pitch))
        notes = reading.unheard(stress=False, ipa=False)
        return Utterance(timbre.change(samples, rate, change), rate, (), place.label, place.licence, notes)


def _job(
    request: VoiceRequest, asked: Mapping[str, Setting], place: LocalModel, language: str, said: str
) -> dict[str, object]:
    """What the speaker program is to do."""
    values = {}
    for key, (usual, low, high) in _BOUNDS.items():
        value = float(asked.get(key, usual))
        if not low <= value <= high:
            raise VoiceRefusal(f"the setting {key!r} is {value:g}", f"write a number from {low:g} to {high:g}")
        values[key] = value
    if "exaggeration" not in asked:
        lively = values["exaggeration"] * deliver(request.emotion).liveliness
        values["exaggeration"] = min(max(lively, _CALM), _LIVELY)
    device = str(asked.get("device", "cpu"))
    if device not in ("cpu", "cuda", "mps"):
        raise VoiceRefusal(f"there is no device {device!r}", "write `device: cpu`, `cuda` or `mps`")
    return {
        "folder": str(place.path),
        "multilingual": bool(asked.get("multilingual", language != "en")) or language != "en",
        "language": language,
        "text": said,
        "prompt": str(_prompt(place, str(asked.get("voice", "")))),
        "seed": int(asked.get("seed", 0)),
        "device": device,
        **values,
    }


def _prompt(place: LocalModel, name: str) -> Path | str:
    """The reference recording inside the model's folder; "" for the voice that comes with the weights."""
    if not name:
        if not (place.path / "conds.pt").is_file():
            raise VoiceRefusal(
                f"{place.repo} has no voice of its own",
                "put ten seconds of clean speech into the model's folder and add `voice: NAME.wav` under `model:`",
            )
        return ""
    if not re.fullmatch(r"[\w-][\w.-]*(/[\w-][\w.-]*)*", name):
        raise VoiceRefusal(f"{name!r} is not the name of a recording", "name a file inside the model's folder")
    path = place.path / name
    if not path.is_file():
        raise VoiceRefusal(f"{place.repo} has no recording {name!r}", f"put it into the model's folder as {name}")
    return path


def _python() -> Path:
    """The Python that can speak; VoiceMissing where there is none."""
    named = os.environ.get(PYTHON_VARIABLE, "")
    if named:
        path = Path(named).expanduser()
        if not path.is_file() or not os.access(path, os.X_OK):
            raise VoiceMissing(f"{PYTHON_VARIABLE} names {named!r}, which is not a program", _REMEDY)
        return path.absolute()  # a virtual environment's Python is a link, and is itself only under its own name
    if find_spec("chatterbox") is None:
        raise VoiceMissing("the package chatterbox-tts is not installed", _REMEDY)
    return Path(sys.executable)


def _version() -> str:
    try:
        return _version_in(_python())
    except (MissingError, RenderError):
        return "none"


@lru_cache(maxsize=4)
def _version_in(python: Path) -> str:
    return programs.run([python, "-P", _SPEAKER, "--version"], timeout=120.0).stdout.decode("utf-8", "replace").strip()


def _run(python: Path, job: Mapping[str, object]) -> tuple[Samples, int]:
    """The samples that the speaker program leaves in a file, and their rate."""
    import numpy as np

    with tempfile.TemporaryDirectory(prefix="workprint-voice-") as folder:
        made = Path(folder) / "line.npy"
        programs.run(
            [python, "-P", _SPEAKER, made],
            stdin=json.dumps(job).encode(),
            timeout=1800.0,
            environment={"HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore"},
        )
        heard = np.load(made, allow_pickle=False)
    # The first value is the rate: an array file needs no sound library in the other environment.
    return heard[1:].astype(np.float32), int(heard[0])
