"""Voices of Piper: with a program that stands in for it, and with the real one where it is installed."""

from __future__ import annotations

import json
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from audio.backends import piper
from audio.backends.piper import Piper
from audio.voice import VoiceMissing, VoiceRefusal, VoiceRequest
from projects.weights import MODELS_VARIABLE, ModelMissing
from storyboard.errors import RenderError

PROGRAM = """#!{python}
import json, math, struct, sys, wave
if "--help" in sys.argv:
    print("Path to Onnx model file")
    raise SystemExit
given = dict(zip(sys.argv[1::2], sys.argv[2::2]))
text = sys.stdin.read()
json.dump({{"given": given, "text": text}}, open({log!r}, "w"))
with wave.open(given["--output_file"], "wb") as out:
    out.setnchannels(1); out.setsampwidth(2); out.setframerate(22050)
    tone = [int(9000 * math.sin(n * 0.05)) for n in range(600 * len(text))]
    out.writeframes(struct.pack(f"<{{len(tone)}}h", *tone))
"""


@pytest.fixture
def voices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two voices in a folder of WORKPRINT_MODELS, and no packages of voices."""
    folder = tmp_path / "models" / "voices"
    folder.mkdir(parents=True)
    for name, speakers in (("ru_RU-irina-medium", 1), ("en_GB-crew-low", 4)):
        (folder / f"{name}.onnx").write_bytes(b"")
        config = {"phoneme_id_map": {}, "num_speakers": speakers, "language": {"family": name[:2]}}
        (folder / f"{name}.onnx.json").write_text(json.dumps(config), encoding="utf-8")
    (folder / "other.onnx").write_bytes(b"")
    (folder / "MODEL_CARD").write_text("# Model card\n* License: CC0\n", encoding="utf-8")
    monkeypatch.setenv(MODELS_VARIABLE, str(tmp_path / "models"))
    monkeypatch.setattr(piper, "_PACKAGES", ())
    return folder


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], dict[str, object]]:
    """A stand-in for the program on the path; gives what it was last told."""
    log, place = tmp_path / "told.json", tmp_path / "bin" / "piper"
    place.parent.mkdir()
    place.write_text(PROGRAM.format(python=sys.executable, log=str(log)), encoding="utf-8")
    place.chmod(place.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(place.parent))
    piper._command.cache_clear()

    def told() -> dict[str, object]:
        found: dict[str, object] = json.loads(log.read_text("utf-8"))
        return found

    return told


@pytest.fixture(autouse=True)
def forget() -> None:
    """No test sees the program of another."""
    piper._command.cache_clear()
    piper._help.cache_clear()


def test_voices_are_those_whose_files_are_here(voices: Path) -> None:
    """Every voice with a configuration is offered under a neutral name, with its language and licence."""
    offered = {info.name: info for info in Piper().voices()}
    assert set(offered) == {"ru/irina", "en/crew", "any/piper"}
    assert offered["ru/irina"].own == "ru_RU-irina-medium"
    assert "CC0" in offered["ru/irina"].licence


def test_the_line_goes_through_standard_input(voices: Path, program: Callable[[], dict[str, object]]) -> None:
    """The spoken form of a line reaches the program as one line of input, and its noise is switched off."""
    spoken = Piper().speak(VoiceRequest("--debug $(ls)\nIt is 7.", "en", "en_GB-crew-low", model=(("speaker", 3),)))
    told = program()
    given: dict[str, str] = told["given"]  # type: ignore[assignment]
    assert str(told["text"]).count("\n") == 1
    assert "seven" in str(told["text"])
    assert given["--model"] == str(voices / "en_GB-crew-low.onnx")
    assert (given["--noise_scale"], given["--noise_w"], given["--speaker"]) == ("0", "0", "3")
    assert (spoken.rate, spoken.words) == (22_050, ())
    assert "CC0" in spoken.licence


def test_a_voice_of_a_named_folder(voices: Path, program: Callable[[], dict[str, object]]) -> None:
    """The storyboard names a folder, and the voice in it where there are several."""
    settings = (("folder", "voices"), ("name", "ru_RU-irina-medium"))
    assert Piper().speak(VoiceRequest("Да", "ru", "", model=settings)).model == "voices/ru_RU-irina-medium"
    with pytest.raises(VoiceRefusal, match="several voices"):
        Piper().speak(VoiceRequest("Да", "ru", "", model=settings[:1]))
    with pytest.raises(VoiceRefusal, match="no voice 'anna'"):
        Piper().speak(VoiceRequest("Да", "ru", "", model=(("folder", "voices"), ("name", "anna"))))


def test_pace_and_pitch_are_the_houses(voices: Path, program: Callable[[], dict[str, object]]) -> None:
    """Half the speed is twice the length, whatever the program did."""
    plain = Piper().speak(VoiceRequest("Hello there", "en", "en_GB-crew-low"))
    slow = Piper().speak(VoiceRequest("Hello there", "en", "en_GB-crew-low", speed=0.5))
    assert len(slow.samples) == pytest.approx(2 * len(plain.samples), rel=0.01)


@pytest.mark.parametrize(
    ("voice", "settings", "told"),
    [
        ("nobody", (), VoiceRefusal),
        ("", (), ModelMissing),
        ("en_GB-crew-low", (("speaker", 9),), VoiceRefusal),
        ("en_GB-crew-low", (("length_scale", 40.0),), VoiceRefusal),
        ("en_GB-crew-low", (("speeker", 1),), RenderError),
        ("", (("folder", "nowhere"),), ModelMissing),
    ],
)
def test_what_is_not_there_is_told(
    voices: Path,
    program: Callable[[], dict[str, object]],
    voice: str,
    settings: tuple[tuple[str, str | float], ...],
    told: type[RenderError],
) -> None:
    """Unknown voices, speakers and settings are refused with a remedy."""
    with pytest.raises(told) as refusal:
        Piper().speak(VoiceRequest("Hello", "en", voice, model=settings))
    assert refusal.value.hint


def test_another_program_of_that_name_is_not_run(voices: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A desktop program named piper does not pass for the voice; it is said what to install."""
    other = tmp_path / "bin" / "piper"
    other.parent.mkdir()
    other.write_text(f"#!{sys.executable}\nprint('configures mice')\n", encoding="utf-8")
    other.chmod(other.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(other.parent))
    monkeypatch.setattr(piper, "find_spec", lambda name: None)
    assert [trouble.what for trouble in Piper().check()] == ["the program piper is not installed"]
    with pytest.raises(VoiceMissing):
        Piper().speak(VoiceRequest("Hello", "en", "en_GB-crew-low"))


def test_the_real_program_speaks() -> None:
    """Where program and a packaged voice are installed, a line is the same samples each time and no silence."""
    own = [info.own for info in Piper().voices() if info.language == "en"]
    if Piper().check() or not own:
        pytest.skip("piper and a voice of it are not installed")
    first = Piper().speak(VoiceRequest("Seven silver keys.", "en", own[0]))
    assert np.array_equal(first.samples, Piper().speak(VoiceRequest("Seven silver keys.", "en", own[0])).samples)
    assert 0.5 < len(first.samples) / first.rate < 4.0
    assert np.abs(first.samples).max() > 0.05
