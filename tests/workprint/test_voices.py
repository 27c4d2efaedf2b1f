"""The command that lists voices and lets them speak."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from audio import engines
from audio.signal import wavefile
from audio.voice import Trouble, Utterance, VoiceInfo, VoiceRefusal, VoiceRequest, Word
from projects import plugins
from storyboard.errors import ExitCode, MissingError
from workprint.voice_samples import file_names, script_of, wrong_script

Run = Callable[..., Any]


class Hummer:
    """An engine whose voices hum half a second, but refuse to curse."""

    name = "hummer"

    def check(self) -> tuple[Trouble, ...]:
        """Nothing stands in its way."""
        return ()

    def identity(self) -> str:
        """Its version."""
        return "hummer 1"

    def voices(self) -> tuple[VoiceInfo, ...]:
        """A woman in English, a man in Russian, somebody for any language, and a strange name."""
        return (
            VoiceInfo("en/ann", "ann", "hummer", "en-GB", "female", "a note", "old", "CC0"),
            VoiceInfo("ru/ivan", "ivan", "hummer", "ru", "male"),
            VoiceInfo("any/../../x", "x", "hummer", "*", ""),
        )

    def speak(self, request: VoiceRequest) -> Utterance:
        """A hum, higher for Russian."""
        if "damn" in request.text:
            raise VoiceRefusal("it does not curse", "say it kindly")
        hertz = 300.0 if request.language == "ru" else 150.0
        sound = 0.1 * np.sin(2 * np.pi * hertz * np.arange(12_000) / 24_000)
        return Utterance(sound.astype(np.float32), 24_000, (Word("hm", 0.0, 0.5),))


class Absent(Hummer):
    """An engine that could be installed."""

    name = "absent"

    def check(self) -> tuple[Trouble, ...]:
        """Its package is not there."""
        return (Trouble("the package is not there", "pip install absent"),)

    def voices(self) -> tuple[VoiceInfo, ...]:
        """One voice."""
        return (VoiceInfo("en/bob", "bob", "absent", "en", "male"),)


@pytest.fixture(autouse=True)
def three_engines(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A machine with three engines: one works, one is not installed, one cannot be loaded."""
    known: dict[str, Any] = {"hummer": Hummer, "absent": Absent}

    def load(group: str, name: str) -> Any:
        if name not in known:
            raise MissingError(f"the voice engine '{name}' cannot be loaded", "Reinstall it.")
        return known[name]

    monkeypatch.setattr(
        plugins,
        "find",
        lambda group: {name: metadata.EntryPoint(name, "m:x", group) for name in ("absent", "broken", "hummer")},
    )
    monkeypatch.setattr(plugins, "load", load)
    monkeypatch.chdir(tmp_path)
    engines.engine.cache_clear()
    yield
    engines.engine.cache_clear()


def test_voices_here_and_voices_that_could_be(run: Run) -> None:
    """All voices are listed with whether they are here; the engines' troubles follow with their remedies."""
    lines = run("voices").out.splitlines()
    (here,) = (line for line in lines if line.startswith("en/ann"))
    assert here.split() == ["en/ann", "en-GB", "female", "old", "hummer", "yes", "CC0", "a", "note"]
    (gone,) = (line for line in lines if line.startswith("en/bob"))
    assert "no" in gone.split()
    assert "absent: the package is not there" in lines
    assert "    pip install absent" in lines
    assert "    Reinstall it." in lines


def test_voices_of_a_language_and_an_engine(run: Run) -> None:
    """`--language` minds no region and keeps voices for any language; `--engine` keeps one engine's; JSON tells all."""
    told = json.loads(run("voices", "--json", "--language", "en").out)
    assert [one["name"] for one in told] == ["en/bob", "en/ann", "any/../../x"]
    assert [(one["works"], one["remedy"]) for one in told][:2] == [(False, "pip install absent"), (True, "")]
    assert [one["name"] for one in json.loads(run("voices", "--json", "--engine", "absent").out)] == ["en/bob"]
    assert "Nobody speaks here." in run("voices", "--engine", "nobody").out


def test_each_voice_says_it(run: Run, tmp_path: Path) -> None:
    """Every voice that is here writes a file with a safe name; one of another alphabet is left out with the reason."""
    answer = run("voices", "--say", "Привет!")
    assert answer.code == 0
    made = sorted(path.name for path in (tmp_path / "voices").iterdir())
    assert made == ["any-x-hummer.wav", "ru-ivan-hummer.wav"]
    assert wavefile.length(tmp_path / "voices" / made[1]) > 20_000
    assert "1 voice left out (en/ann): the text is in Cyrillic letters" in answer.out
    assert "[3/3] any/../../x (hummer): 0." in answer.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["voices"]


def test_chosen_voices_into_a_folder(run: Run, tmp_path: Path) -> None:
    """`--voice` several times and `--out` choose; as JSON every voice has its file, seconds, loudness and licence."""
    answer = run("voices", "--say", "Hm.", "--voice", "ann", "--voice", "en/ann", "--out", tmp_path / "a b", "--json")
    (told,) = json.loads(answer.out)
    assert told["path"] == str(tmp_path / "a b" / "en-ann-hummer.wav")
    assert (told["licence"], told["refused"]) == ("CC0", "")
    assert told["seconds"] == pytest.approx(0.5, abs=0.1)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--voice", "en/anne"), ExitCode.MISSING, "did you mean 'en/ann'?"),
        (("--voice", "bob"), ExitCode.MISSING, "pip install absent"),
        (("--voice", "ru/ivan"), ExitCode.RENDER_FAILED, "the text is in Latin letters"),
        (("--engine", "absent"), ExitCode.MISSING, "workprint voices"),
    ],
)
def test_voices_that_cannot(run: Run, arguments: tuple[str, ...], code: int, said: str) -> None:
    """A voice asked for by name that is unknown, not here, or of another alphabet ends the command with its reason."""
    answer = run("voices", "--say", "Hello.", *arguments)
    assert answer.code == code
    assert said in answer.err


def test_a_refusal_of_the_engine_is_told(run: Run, tmp_path: Path) -> None:
    """What an engine will not say is told with its remedy, leaves no file, and is an error when nobody spoke."""
    answer = run("voices", "--say", "damn it")
    assert answer.code == ExitCode.RENDER_FAILED
    assert "it does not curse; say it kindly" in answer.out
    assert list((tmp_path / "voices").iterdir()) == []
    assert run("voices", "--say", "...").code == ExitCode.USAGE


def test_names_of_files_never_meet() -> None:
    """Voices whose names are alike once made safe get numbers; names are plain ASCII and not endless."""
    infos = [VoiceInfo(name, "x", "e", "en", "") for name in ("a/б", "a/в", "../" + "z" * 300)]
    names = file_names(infos)
    assert names[:2] == ["a-e.wav", "a-e-2.wav"]
    assert len(names[2]) < 100
    assert "/" not in names[2]


def test_alphabets() -> None:
    """Most letters decide; a voice whose language has no alphabet of its own here may try."""
    assert script_of("Привет, Bob!") == "CYRILLIC"
    assert script_of("12 !") == ""
    assert wrong_script(VoiceInfo("ja/x", "x", "e", "ja", ""), "HIRAGANA") == ""
    assert wrong_script(VoiceInfo("en/x", "x", "e", "en", ""), "") == "the text has no words"
