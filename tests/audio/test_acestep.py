"""ACE-Step through the score door, with a tiny pipeline of random weights."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from audio.backends.acestep import AceStep
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


def tokenizer() -> tuple[Any, int]:
    """A tokenizer of bytes, and how many words it has."""
    import tokenizers
    import transformers

    letters = sorted(tokenizers.pre_tokenizers.ByteLevel.alphabet())
    words = {word: number for number, word in enumerate(["<pad>", "<|endoftext|>", "<unk>", *letters])}
    inner = tokenizers.Tokenizer(tokenizers.models.BPE(vocab=words, merges=[], unk_token="<unk>"))  # noqa: S106
    inner.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    fast: Any = transformers.PreTrainedTokenizerFast
    made = fast(tokenizer_object=inner, pad_token="<pad>", eos_token="<|endoftext|>")  # noqa: S106
    return made, len(words)


def build(folder: Path) -> None:
    """Saves an ACE-Step of some ten thousand random weights."""
    import diffusers
    import transformers as hub
    from diffusers.pipelines.ace_step.modeling_ace_step import AceStepConditionEncoder

    torch.manual_seed(0)
    reader, count = tokenizer()
    heads = {"num_attention_heads": 2, "num_key_value_heads": 1, "head_dim": 8}
    small: Any = {"hidden_size": 16, "intermediate_size": 32, **heads}
    text: Any = hub.Qwen3Model(hub.Qwen3Config(vocab_size=count, num_hidden_layers=1, **small))
    kinds: Any = diffusers
    pipe = kinds.AceStepPipeline(
        vae=kinds.AutoencoderOobleck(
            encoder_hidden_size=4, downsampling_ratios=[4, 8, 10, 6], channel_multiples=[1, 1, 1, 2],
            decoder_channels=4, decoder_input_channels=8, audio_channels=2, sampling_rate=48_000,
        ),
        text_encoder=text.eval(),
        tokenizer=reader,
        transformer=kinds.AceStepTransformer1DModel(
            num_hidden_layers=2, in_channels=24, audio_acoustic_hidden_dim=8, patch_size=2, sliding_window=16,
            encoder_hidden_size=16, is_turbo=True, model_version="turbo", **small,
        ),
        condition_encoder=AceStepConditionEncoder(
            text_hidden_dim=16, timbre_hidden_dim=8, num_lyric_encoder_hidden_layers=1,
            num_timbre_encoder_hidden_layers=1, sliding_window=16, **small,
        ),
        scheduler=kinds.FlowMatchEulerDiscreteScheduler(num_train_timesteps=1, shift=1.0),
    )  # fmt: skip
    pipe.save_pretrained(folder, safe_serialization=True)
    (folder / "README.md").write_text("---\nlicense: mit\n---\n", "utf-8")


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
    facts = AceStep().compose(ASKED, make_work(), tmp_path / "a.wav")
    AceStep().compose(ASKED, make_work(), tmp_path / "b.wav")
    AceStep().compose(replace(ASKED, seed=4), make_work(), tmp_path / "c.wav")
    sound = wavefile.read(tmp_path / "a.wav")
    assert sound.shape == (8 * RATE, 2)
    assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()
    assert (tmp_path / "a.wav").read_bytes() != (tmp_path / "c.wav").read_bytes()
    assert loudness.of_samples(sound).integrated == pytest.approx(-20.0, abs=0.3)
    assert np.abs(sound[-1]).max() < 1e-3
    assert facts["model"] == "tiny"
    assert facts["licence"] == "MIT"
    assert not list(tmp_path.glob("*.draft"))


@pytest.mark.slow
def test_scenes_are_played_with_words_of_their_own(tmp_path: Path, make_work: MakeWork) -> None:
    """Two scenes are two pieces, blended into each other, and the last one is asked to resolve."""
    request = replace(ASKED, samples=18 * RATE + 5, sections=(Section(0), Section(11 * RATE, "sad", prompt="rain")))
    facts = AceStep().compose(request, make_work(), tmp_path / "a.wav")
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
        AceStep().compose(ASKED, Work({}, {}, lambda _: None, lambda: next(asked)), tmp_path / "a.wav")
    assert not list(tmp_path.iterdir())


def test_length_tempo_and_key_are_told_as_numbers(
    tmp_path: Path, make_work: MakeWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The model gets seconds, beats a minute and an English key, and no lyrics but the word for none."""
    import diffusers

    told: dict[str, Any] = {}
    kind: Any = diffusers.AceStepPipeline
    play = kind.__call__

    def listening(self: Any, **asked: Any) -> Any:
        told.update(asked)
        return play(self, **asked)

    monkeypatch.setattr(kind, "__call__", listening)
    request = replace(ASKED, samples=2 * RATE, key="ля минор", tempo=91.6)
    facts = AceStep().compose(request, make_work(), tmp_path / "a.wav")
    assert (told["bpm"], told["keyscale"], told["lyrics"], told["audio_duration"]) == (92, "A minor", "[inst]", 10.0)
    assert not any("may stray" in note for note in facts["notes"])


def test_what_is_missing_is_named() -> None:
    """Without weights the message holds the line that fetches them."""
    with pytest.raises(MissingError) as missing:
        AceStep().quantise(replace(ASKED, model=()))
    assert "hf download ACE-Step/acestep-v15-xl-turbo-diffusers" in missing.value.hint
    with pytest.raises(RenderError, match="steps"):
        AceStep().quantise(replace(ASKED, model=(("steps", "many"),)))
