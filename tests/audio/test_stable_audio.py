"""Stable Audio through the score door, with a tiny pipeline of random weights."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from audio.backends import stable_audio
from audio.backends.stable_audio import StableAudio
from audio.score import ComposeRequest, Section
from audio.signal import loudness, wavefile
from audio.voice import RATE
from projects.steps import Work
from storyboard.errors import InterruptedRender, MissingError, RenderError

pytest.importorskip("diffusers")
torch = pytest.importorskip("torch")

MakeWork = Callable[..., Work]
ASKED = ComposeRequest(
    8 * RATE, "calm", 90.0, "G major", prompt="slow strings", seed=3, model=(("folder", "tiny"), ("steps", 2))
)


LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789,.#"


def build(folder: Path) -> None:
    """Saves a Stable Audio Open of some ten thousand random weights that plays 16 seconds at 16 kHz."""
    import diffusers
    import transformers as hub
    from diffusers.pipelines.stable_audio.modeling_stable_audio import StableAudioProjectionModel

    torch.manual_seed(0)
    pieces = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -1.0), *((letter, -2.0) for letter in LETTERS)]
    reader: Any = hub.T5Tokenizer
    text: Any = hub.T5EncoderModel(
        hub.T5Config(vocab_size=len(pieces), d_model=16, d_kv=8, d_ff=32, num_layers=1, num_heads=2)
    )
    kinds: Any = diffusers
    pipe = kinds.StableAudioPipeline(
        vae=kinds.AutoencoderOobleck(
            encoder_hidden_size=4, downsampling_ratios=[4, 5, 8], channel_multiples=[1, 1, 2], decoder_channels=4,
            decoder_input_channels=8, audio_channels=2, sampling_rate=16_000,
        ),
        text_encoder=text.eval(),
        tokenizer=reader(vocab=pieces, extra_ids=0, model_max_length=64),
        transformer=kinds.StableAudioDiTModel(
            sample_size=1600, in_channels=8, num_layers=1, attention_head_dim=8, num_attention_heads=2,
            num_key_value_attention_heads=2, out_channels=8, cross_attention_dim=16, time_proj_dim=8,
            global_states_input_dim=32, cross_attention_input_dim=16,
        ),
        projection_model=StableAudioProjectionModel(16, 16, 0, 512),
        scheduler=kinds.EDMDPMSolverMultistepScheduler(solver_order=2, prediction_type="v_prediction", sigma_data=1.0),
    )  # fmt: skip
    pipe.save_pretrained(folder, safe_serialization=True)
    (folder / "README.md").write_text("---\nlicense: other\nlicense_name: stable-audio-community\n---\n", "utf-8")


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that holds the tiny model."""
    root = tmp_path_factory.mktemp("models")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        build(root / "tiny")
    return root


@pytest.fixture(autouse=True)
def at_home(models: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Models are looked for in that folder alone, and played in one thread: far faster where they are tiny."""
    monkeypatch.setenv("WORKPRINT_MODELS", str(models))
    monkeypatch.setenv("HF_HUB_CACHE", str(models / "hub"))
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def test_score_is_exact_and_comes_again(tmp_path: Path, make_work: MakeWork) -> None:
    """The score has its length, level and ending; equal seeds give equal bytes, another seed other music."""
    facts = StableAudio().compose(ASKED, make_work(), tmp_path / "a.wav")
    StableAudio().compose(ASKED, make_work(), tmp_path / "b.wav")
    StableAudio().compose(replace(ASKED, seed=4), make_work(), tmp_path / "c.wav")
    sound = wavefile.read(tmp_path / "a.wav")
    assert sound.shape == (8 * RATE, 2)
    assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()
    assert (tmp_path / "a.wav").read_bytes() != (tmp_path / "c.wav").read_bytes()
    assert loudness.of_samples(sound).integrated == pytest.approx(-20.0, abs=0.3)
    assert np.abs(sound[-1]).max() < 1e-3
    assert facts["model"] == "tiny"
    assert facts["licence"] == "stable-audio-community"
    assert not list(tmp_path.glob("*.draft"))


def test_scenes_are_played_with_words_of_their_own(tmp_path: Path, make_work: MakeWork) -> None:
    """Two scenes are two pieces, blended into each other, and the last one is asked to resolve."""
    request = replace(ASKED, samples=18 * RATE + 5, sections=(Section(0), Section(11 * RATE, "sad", prompt="rain")))
    facts = StableAudio().compose(request, make_work(), tmp_path / "a.wav")
    assert wavefile.length(tmp_path / "a.wav") == 18 * RATE + 5
    assert 11 * RATE in [first for first, _ in facts["prompts"]]
    assert "rain, sad film music" in facts["prompts"][-1][1]
    assert "resolves" in facts["prompts"][-1][1]
    assert len(facts["joins"]) == len(facts["prompts"]) - 1
    sound = wavefile.read(tmp_path / "a.wav")
    assert min(float(np.abs(part).max()) for part in np.split(sound[: 14 * RATE], 14)) > 0.001


def test_stopping_leaves_nothing_behind(tmp_path: Path) -> None:
    """A stop in the middle of playing raises at the next step and leaves no draft."""
    asked = iter([False, True, True, True])
    with pytest.raises(InterruptedRender):
        StableAudio().compose(ASKED, Work({}, {}, lambda _: None, lambda: next(asked)), tmp_path / "a.wav")
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_a_scene_longer_than_the_model_plays_is_played_in_pieces(tmp_path: Path, make_work: MakeWork) -> None:
    """Sixteen seconds are all that this model plays: half a minute is several pieces with one set of words."""
    facts = StableAudio().compose(replace(ASKED, samples=30 * RATE), make_work(), tmp_path / "a.wav")
    assert wavefile.length(tmp_path / "a.wav") == 30 * RATE
    assert len(facts["prompts"]) == 4
    assert len(facts["joins"]) == 3


def test_the_folder_says_which_model_it_is(tmp_path: Path, make_work: MakeWork, models: Path) -> None:
    """A folder without an index, or with that of another kind of model, is refused by its name."""
    other = models / "other"
    other.mkdir()
    (other / "a.safetensors").write_bytes(b"")
    request = replace(ASKED, model=(("folder", "other"),))
    with pytest.raises(MissingError, match=r"no model_index\.json"):
        StableAudio().compose(request, make_work(), tmp_path / "a.wav")
    (other / "model_index.json").write_text('{"_class_name": "FluxPipeline"}', "utf-8")
    with pytest.raises(MissingError, match="is a FluxPipeline"):
        StableAudio().compose(request, make_work(), tmp_path / "a.wav")


class Third:
    """Stands for the pipeline of Stable Audio 3."""

    def __init__(self) -> None:
        """Nothing asked yet."""
        self.asked: dict[str, Any] = {}
        self.vae = type("Vae", (), {"config": type("Config", (), {"sampling_rate": 44_100})})

    def __call__(self, words: str, **asked: Any) -> Any:
        """Noise of the length asked for."""
        self.asked = {"words": words, **asked}
        asked["callback_on_step_end"](self, 0, 0, {})
        count = round(asked["duration"] * 44_100)
        wave = torch.randn(1, 2, count, generator=asked["generator"])
        return type("Made", (), {"audios": 0.1 * wave})


def test_stable_audio_3_is_asked_in_its_own_way(
    tmp_path: Path, make_work: MakeWork, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told one duration, eight steps and no guidance, and plays two minutes at once."""
    third = models / "third"
    third.mkdir()
    (third / "a.safetensors").write_bytes(b"")
    (third / "model_index.json").write_text('{"_class_name": "StableAudio3Pipeline"}', "utf-8")
    pipe = Third()
    monkeypatch.setattr(stable_audio, "pipeline", lambda *_: pipe)
    request = replace(ASKED, samples=40 * RATE, model=(("folder", "third"),))
    facts = StableAudio().compose(request, make_work(), tmp_path / "a.wav")
    assert wavefile.length(tmp_path / "a.wav") == 40 * RATE
    assert len(facts["prompts"]) == 1
    assert pipe.asked["num_inference_steps"] == 8
    assert pipe.asked["guidance_scale"] == 1.0
    assert pipe.asked["negative_prompt"] is None
    assert pipe.asked["duration"] == pytest.approx(44.5)


def test_what_is_missing_is_named() -> None:
    """Without weights the message holds size, licence and the line that fetches them."""
    with pytest.raises(MissingError) as missing:
        StableAudio().quantise(replace(ASKED, model=()))
    assert "Stability AI Community License" in missing.value.hint
    assert "hf download stabilityai/stable-audio-open-1.0" in missing.value.hint
    with pytest.raises(RenderError, match="no device 'tpu'"):
        StableAudio().quantise(replace(ASKED, model=(("device", "tpu"),)))
