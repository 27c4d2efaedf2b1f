"""AudioLDM 2 through the score door, with a tiny pipeline of random weights."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from audio.backends.audioldm2 import AudioLdm2
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


def texts(hub: Any) -> dict[str, Any]:
    """Both text encoders, their tokenizers and the feature extractor."""
    from tokenizers import pre_tokenizers

    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    words = {word: number for number, word in enumerate(["<s>", "<pad>", "</s>", "<unk>", "<mask>", *letters])}
    pieces = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -1.0), *((letter, -2.0) for letter in LETTERS)]
    small = {"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2}
    text = hub.ClapTextConfig(vocab_size=len(words), max_position_embeddings=80, projection_dim=16, **small)
    sound = hub.ClapAudioConfig(
        spec_size=64, window_size=4, num_mel_bins=64, patch_embeds_hidden_size=8, hidden_size=8, depths=[1, 1],
        num_attention_heads=[1, 2], num_hidden_layers=2, patch_size=4, patch_stride=[4, 4], projection_dim=16,
        aff_block_r=2,
    )  # fmt: skip
    both = hub.ClapConfig(text_config=text.to_dict(), audio_config=sound.to_dict(), projection_dim=16)
    t5 = hub.T5Config(vocab_size=len(pieces), d_model=16, d_kv=8, d_ff=32, num_layers=1, num_heads=2)
    return {
        "text_encoder": hub.ClapModel(both).eval(),
        "text_encoder_2": hub.T5EncoderModel(t5).eval(),
        "tokenizer": hub.RobertaTokenizer(vocab=words, merges=[], model_max_length=64),
        "tokenizer_2": hub.T5Tokenizer(vocab=pieces, extra_ids=0, model_max_length=64),
        "feature_extractor": hub.ClapFeatureExtractor(feature_size=64),
    }


def build(folder: Path) -> None:
    """Saves an AudioLDM 2 of random weights with a bare GPT-2, as the published ones have it."""
    import diffusers
    import transformers as hub

    torch.manual_seed(0)
    kinds: Any = diffusers
    models: Any = hub
    speaker = models.SpeechT5HifiGan(
        models.SpeechT5HifiGanConfig(
            model_in_dim=8, upsample_initial_channel=8, upsample_rates=[5, 4, 8], upsample_kernel_sizes=[10, 8, 16],
            resblock_kernel_sizes=[3], resblock_dilation_sizes=[[1, 3]], normalize_before=False,
        )
    ).eval()  # fmt: skip
    # Random weights whisper: what they play is brought up to where it can be heard.
    for layer in (speaker.conv_pre, *speaker.upsampler, speaker.conv_post):
        layer.weight.data *= 30.0
    language = models.GPT2Model(models.GPT2Config(n_embd=16, n_layer=1, n_head=2, vocab_size=32, n_positions=256))
    language.config.max_new_tokens = 8
    pipe = kinds.AudioLDM2Pipeline(
        vae=kinds.AutoencoderKL(
            block_out_channels=(8, 8), norm_num_groups=8, in_channels=1, out_channels=1, latent_channels=4,
            down_block_types=("DownEncoderBlock2D",) * 2, up_block_types=("UpDecoderBlock2D",) * 2,
        ),
        projection_model=kinds.AudioLDM2ProjectionModel(16, 16, 16),
        language_model=language.eval(),
        unet=kinds.AudioLDM2UNet2DConditionModel(
            sample_size=8, block_out_channels=(8, 16), layers_per_block=1, norm_num_groups=8,
            down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
            up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
            cross_attention_dim=[[None, 16, 16], [None, 16, 16]], attention_head_dim=2,
        ),
        scheduler=kinds.DDIMScheduler(beta_schedule="scaled_linear", clip_sample=False, set_alpha_to_one=False),
        vocoder=speaker,
        **texts(models),
    )  # fmt: skip
    pipe.save_pretrained(folder, safe_serialization=True)
    (folder / "README.md").write_text("---\nlicense: cc-by-nc-sa-4.0\n---\n", "utf-8")


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
    facts = AudioLdm2().compose(ASKED, make_work(), tmp_path / "a.wav")
    AudioLdm2().compose(ASKED, make_work(), tmp_path / "b.wav")
    AudioLdm2().compose(replace(ASKED, seed=4), make_work(), tmp_path / "c.wav")
    sound = wavefile.read(tmp_path / "a.wav")
    assert sound.shape == (8 * RATE, 2)
    assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()
    assert (tmp_path / "a.wav").read_bytes() != (tmp_path / "c.wav").read_bytes()
    assert loudness.of_samples(sound).integrated == pytest.approx(-20.0, abs=0.3)
    assert np.abs(sound[-1]).max() < 1e-3
    assert facts["model"] == "tiny"
    assert facts["licence"] == "CC-BY-NC-SA-4.0"
    assert not list(tmp_path.glob("*.draft"))


@pytest.mark.slow
def test_scenes_are_played_with_words_of_their_own(tmp_path: Path, make_work: MakeWork) -> None:
    """Two scenes are two pieces, blended into each other, and the last one is asked to resolve."""
    request = replace(ASKED, samples=18 * RATE + 5, sections=(Section(0), Section(11 * RATE, "sad", prompt="rain")))
    facts = AudioLdm2().compose(request, make_work(), tmp_path / "a.wav")
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
        AudioLdm2().compose(ASKED, Work({}, {}, lambda _: None, lambda: next(asked)), tmp_path / "a.wav")
    assert not list(tmp_path.iterdir())


def test_what_is_missing_is_named() -> None:
    """Without weights the message holds size, licence and the line that fetches them."""
    with pytest.raises(MissingError) as missing:
        AudioLdm2().quantise(replace(ASKED, model=()))
    assert "CC-BY-NC-SA-4.0" in missing.value.hint
    assert "hf download cvssp/audioldm2-music" in missing.value.hint
    with pytest.raises(RenderError, match="longest"):
        AudioLdm2().quantise(replace(ASKED, model=(("longest", "long"),)))
