"""Chatterbox, with a package that stands in for chatterbox-tts 0.1.7 and has its signatures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from audio.backends import chatterbox
from audio.backends.chatterbox import PYTHON_VARIABLE, Chatterbox
from audio.voice import Utterance, VoiceMissing, VoiceRefusal, VoiceRequest
from projects.weights import MODELS_VARIABLE, ModelMissing
from storyboard.errors import RenderError

MODEL = """
import json, pathlib, random
import numpy, torch

class _Wave:
    def __init__(self, samples): self.samples = samples
    def detach(self): return self
    def cpu(self): return self
    def numpy(self): return self.samples[None]

class {name}:
    sr = 24000
    def __init__(self, folder): self.folder = folder
    @classmethod
    def from_local(cls, ckpt_dir, device): return cls(pathlib.Path(ckpt_dir))
    def generate(self, text{language}, audio_prompt_path=None, exaggeration=0.5, cfg_weight=0.5, temperature=0.8,
                 repetition_penalty=1.2, min_p=0.05, top_p=1.0):
        told = dict(kind="{name}", text=text, prompt=audio_prompt_path, exaggeration=exaggeration, cfg=cfg_weight,
                    temperature=temperature, seeded=torch.seeds{told})
        (self.folder / "told.json").write_text(json.dumps(told))
        return _Wave(numpy.random.standard_normal(200 * len(text)) * 0.1 + random.random() * 0.01)
"""
TORCH = """
seeds = []
def manual_seed(seed): seeds.append(seed)
def set_num_threads(count): pass
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of weights, and a package beside whose classes have the real signatures."""
    packages = tmp_path / "packages"
    (packages / "chatterbox").mkdir(parents=True)
    (packages / "chatterbox" / "__init__.py").write_text("", encoding="utf-8")
    (packages / "torch.py").write_text(TORCH, encoding="utf-8")
    for file, name, language, told in (
        ("tts", "ChatterboxTTS", "", ""),
        ("mtl_tts", "ChatterboxMultilingualTTS", ", language_id", ", language=language_id"),
    ):
        text = MODEL.format(name=name, language=language, told=told)
        (packages / "chatterbox" / f"{file}.py").write_text(text, encoding="utf-8")
    for name, version in (("chatterbox_tts", "0.1.7"), ("torch", "2.6.0")):
        info = packages / f"{name}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", encoding="utf-8")
    folder = tmp_path / "models" / "chatterbox"
    folder.mkdir(parents=True)
    (folder / "t3_cfg.safetensors").write_bytes(b"")
    (folder / "conds.pt").write_bytes(b"")
    (folder / "anna.wav").write_bytes(b"")
    monkeypatch.setenv(MODELS_VARIABLE, str(tmp_path / "models"))
    monkeypatch.setenv("PYTHONPATH", str(packages))
    monkeypatch.delenv(PYTHON_VARIABLE, raising=False)
    monkeypatch.setattr(chatterbox, "find_spec", lambda name: object())
    chatterbox._version_in.cache_clear()
    return folder


def speak(text: str, language: str = "en", emotion: str = "neutral", **settings: str | float) -> Utterance:
    """The text spoken with these settings."""
    model = (("folder", "chatterbox"), *settings.items())
    return Chatterbox().speak(VoiceRequest(text, language, "model", emotion=emotion, model=model))


def told(place: Path) -> dict[str, object]:
    """What the model was last told."""
    found: dict[str, object] = json.loads((place / "told.json").read_text("utf-8"))
    return found


def test_a_line_is_spoken_by_the_english_model(place: Path) -> None:
    """English goes to the English model, numbers in words, at 24 kHz, without word times, the same each time."""
    first = speak("I have 7 keys.")
    assert (first.rate, first.words) == (24_000, ())
    assert told(place)["kind"] == "ChatterboxTTS"
    assert "seven" in str(told(place)["text"])
    assert np.array_equal(first.samples, speak("I have 7 keys.").samples)
    assert not np.array_equal(first.samples, speak("I have 7 keys.", seed=4).samples)


def test_other_languages_go_to_the_multilingual_model(place: Path) -> None:
    """Russian goes to the multilingual model with its language."""
    speak("Привет", "ru-RU")
    assert told(place)["kind"] == "ChatterboxMultilingualTTS"
    assert told(place)["language"] == "ru"


def test_settings_reach_the_model(place: Path) -> None:
    """Guidance, temperature, seed and the reference recording are those of the storyboard."""
    speak("Hello", voice="anna.wav", guidance=0.3, temperature=0.6, exaggeration=1.1, seed=9)
    found = told(place)
    assert (found["cfg"], found["temperature"], found["exaggeration"]) == (0.3, 0.6, 1.1)
    assert found["prompt"] == str(place / "anna.wav")
    assert found["seeded"] == [9]


def test_feeling_follows_the_emotion(place: Path) -> None:
    """A lively emotion asks for more feeling than a tired one, both within bounds."""
    speak("Hello", emotion="surprised")
    lively = told(place)["exaggeration"]
    speak("Hello", emotion="tired")
    tired = told(place)["exaggeration"]
    assert 0.3 <= tired < 0.5 < lively <= 0.8  # type: ignore[operator]


@pytest.mark.parametrize(
    ("text", "language", "settings", "refused"),
    [
        ("Hello", "la", {}, VoiceRefusal),
        ("...", "en", {}, VoiceRefusal),
        ("word " * 100, "en", {}, VoiceRefusal),
        ("Hello", "en", {"voice": "../secret.wav"}, VoiceRefusal),
        ("Hello", "en", {"voice": "nobody.wav"}, VoiceRefusal),
        ("Hello", "en", {"guidance": 7.0}, VoiceRefusal),
        ("Hello", "en", {"device": "tpu"}, VoiceRefusal),
        ("Hello", "en", {"exageration": 0.4}, RenderError),
    ],
)
def test_what_it_cannot_do_is_refused(
    place: Path, text: str, language: str, settings: dict[str, Any], refused: type[RenderError]
) -> None:
    """Languages, settings, recordings and lengths that it does not have are refused with a remedy."""
    with pytest.raises(refused) as refusal:
        speak(text, language, **settings)
    assert refusal.value.hint


def test_weights_without_a_voice_need_a_recording(place: Path) -> None:
    """Weights that come without a voice of their own ask for a reference recording."""
    (place / "conds.pt").unlink()
    with pytest.raises(VoiceRefusal) as refusal:
        speak("Hello")
    assert "voice: NAME.wav" in refusal.value.hint


def test_missing_weights_name_the_line_that_fetches_them(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without weights the message holds size, licence and the download line."""
    monkeypatch.setenv("HF_HUB_CACHE", str(place))
    with pytest.raises(ModelMissing) as missing:
        Chatterbox().speak(VoiceRequest("Hello", "en", "model"))
    assert "licence MIT" in missing.value.hint
    assert "hf download ResembleAI/chatterbox" in missing.value.hint


def test_without_the_package_it_says_how_to_get_it(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where neither this Python nor a named one has the package, the check says what to do."""
    monkeypatch.setattr(chatterbox, "find_spec", lambda name: None)
    assert PYTHON_VARIABLE in Chatterbox().check()[0].fix
    monkeypatch.setenv(PYTHON_VARIABLE, str(place / "no-python"))
    assert "is not a program" in Chatterbox().check()[0].what
    with pytest.raises(VoiceMissing):
        speak("Hello")


def test_identity_tells_the_version(place: Path) -> None:
    """The version is that of the package in its own environment, and no path is told."""
    identity = Chatterbox().identity()
    assert "chatterbox-tts 0.1.7" in identity
    assert str(place.parent) not in identity
