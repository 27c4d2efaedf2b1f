"""MusicGen through the score door: a tiny model of random weights, and the art of carrying on."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from audio.backends import musicgen
from audio.backends.musicgen import MusicGen, MusicGenPlayer
from audio.music.laying import HEADROOM
from audio.music.modelled_score import Tick
from audio.music.words import Stretch
from audio.score import ComposeRequest, Section
from audio.signal import loudness, wavefile
from audio.voice import RATE, Samples
from projects.steps import Work
from storyboard.errors import InterruptedRender, MissingError, RenderError

pytest.importorskip("transformers")
torch = pytest.importorskip("torch")

MakeWork = Callable[..., Work]
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789,.#"
ASKED = ComposeRequest(2 * RATE, "calm", 90.0, "G major", prompt="slow strings", seed=3, model=(("folder", "tiny"),))


def build(folder: Path) -> None:
    """Saves a MusicGen of some 100 thousand random weights, with its codec and a tokenizer of letters."""
    import transformers as hub

    torch.manual_seed(0)
    pieces = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -1.0), *((letter, -2.0) for letter in LETTERS)]
    words = hub.T5Config(vocab_size=len(pieces), d_model=16, d_kv=8, d_ff=32, num_layers=1, num_heads=2)
    codec = hub.EncodecConfig(
        target_bandwidths=[1.0], sampling_rate=32_000, num_filters=4, upsampling_ratios=[8, 5, 4, 4], codebook_size=32,
        codebook_dim=8, hidden_size=8, num_lstm_layers=1, use_causal_conv=False,
    )  # fmt: skip
    decoder = hub.MusicgenDecoderConfig(
        vocab_size=32, hidden_size=16, ffn_dim=32, num_hidden_layers=1, num_attention_heads=2, num_codebooks=4
    )
    whole: Any = hub.MusicgenConfig
    model: Any = hub.MusicgenForConditionalGeneration(
        whole(text_encoder=words.to_dict(), audio_encoder=codec.to_dict(), decoder=decoder.to_dict())
    )
    for name in ("decoder_start_token_id", "pad_token_id", "bos_token_id"):
        setattr(model.generation_config, name, 32)
    for layer in model.audio_encoder.quantizer.layers:
        layer.codebook.embed.normal_()  # born as zeros, with which every tune sounds the same
    model.save_pretrained(folder)
    tokenizer: Any = hub.T5Tokenizer
    processor: Any = hub.MusicgenProcessor
    front = hub.EncodecFeatureExtractor(feature_size=1, sampling_rate=32_000)
    processor(front, tokenizer(vocab=pieces, extra_ids=0)).save_pretrained(folder)
    (folder / "README.md").write_text("---\nlicense: cc-by-nc-4.0\n---\n", "utf-8")


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
    """The score has its length, level and ending; equal seeds give equal bytes; the licence is told and warned of."""
    facts = MusicGen().compose(ASKED, make_work(), tmp_path / "a.wav")
    MusicGen().compose(ASKED, make_work(), tmp_path / "b.wav")
    sound = wavefile.read(tmp_path / "a.wav")
    assert sound.shape == (2 * RATE, 2)
    assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()
    assert loudness.of_samples(sound).integrated == pytest.approx(-20.0, abs=0.3)
    assert np.abs(sound[-1]).max() < 1e-3
    assert facts["model"] == "tiny"
    assert facts["licence"] == "CC-BY-NC-4.0"
    assert "may not be used commercially" in facts["notes"][0]
    assert facts["prompts"][0][1].startswith("slow strings, calm film music, 90 bpm, G major")
    assert not list(tmp_path.glob("*.draft"))


def test_random_numbers_of_others_stay_as_they_are(tmp_path: Path, make_work: MakeWork) -> None:
    """Seeding the model does not seed the rest of the program; another seed gives other music."""
    torch.manual_seed(5)
    due = torch.rand(3)
    torch.manual_seed(5)
    MusicGen().compose(replace(ASKED, samples=RATE), make_work(), tmp_path / "a.wav")
    assert torch.equal(torch.rand(3), due)
    MusicGen().compose(replace(ASKED, samples=RATE, seed=4), make_work(), tmp_path / "b.wav")
    assert (tmp_path / "a.wav").read_bytes() != (tmp_path / "b.wav").read_bytes()


@pytest.mark.slow
def test_long_scores_go_on_window_by_window(tmp_path: Path, make_work: MakeWork) -> None:
    """Past thirty seconds the model hears what it has played, and is told of each scene when it comes."""
    sections = (Section(0), Section(20 * RATE, "sad", has_speech=True))
    request = replace(ASKED, samples=31 * RATE, sections=sections)
    facts = MusicGen().compose(request, make_work(), tmp_path / "a.wav")
    assert wavefile.length(tmp_path / "a.wav") == 31 * RATE
    assert [first for first, _ in facts["prompts"]] == [0, 20 * RATE]
    assert "underscore for dialogue" in facts["prompts"][1][1]
    sound = wavefile.read(tmp_path / "a.wav")
    assert min(float(np.abs(part).max()) for part in np.split(sound[: 29 * RATE], 29)) > 0.001


class Singer(MusicGenPlayer):
    """Sings one long tone, taking up what it hears: as loud as asked, but with a codec's error over the prompt."""

    def __init__(self) -> None:
        """No model at all."""
        self.prompt = None
        self.asked: list[tuple[str, float, int]] = []
        self.heard = 0

    @property
    def rate(self) -> int:
        """As MusicGen's."""
        return 32_000

    @property
    def frame(self) -> int:
        """As MusicGen's."""
        return 640

    def play(self, words: str, seconds: float, seed: int, tick: Tick) -> tuple[Samples, int]:
        """The prompt again, and the tone from where it stops."""
        before = 0 if self.prompt is None else len(self.prompt)
        self.asked.append((words, seconds, before))
        start = self.heard - before
        count = before + -(-round(seconds * self.rate) // self.frame) * self.frame
        t = (start + np.arange(count)) / self.rate
        self.heard = start + count
        return (0.2 * np.sin(2 * np.pi * 220 * t)).astype(np.float32)[:, None], self.rate


class Ears:
    """Keeps what is written."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.blocks: list[Samples] = []

    def write(self, block: Samples) -> None:
        """One block more."""
        self.blocks.append(block)


def test_windows_fit_the_model_and_join_without_a_click() -> None:
    """Prompt and new music never exceed the window; what is joined is one unbroken tone."""
    singer, ears = Singer(), Ears()
    plan = [Stretch(0, 25 * RATE, "a"), Stretch(25 * RATE, 43 * RATE, "b"), Stretch(43 * RATE, 60 * RATE, "c")]
    work = Work({}, {}, lambda _: None, lambda: False)
    written = musicgen._carried_on(singer, plan, ASKED, work, ears)
    sound = np.concatenate(ears.blocks)
    assert written == len(sound) >= 64 * RATE
    assert [words for words, _, _ in singer.asked] == ["a", "b", "c"]
    assert all(seconds + before / singer.rate <= musicgen.WINDOW + 0.03 for _, seconds, before in singer.asked)
    assert all(before >= 7 * singer.rate for _, _, before in singer.asked[1:])
    bound = 0.2 * HEADROOM * 2 * np.pi * 220 / RATE
    assert np.abs(np.diff(sound[RATE:-RATE, 0])).max() < 1.05 * bound


def test_stopping_leaves_nothing_behind(tmp_path: Path) -> None:
    """A stop in the middle of playing raises at the next step and leaves no draft."""
    asked = iter([False] * 3 + [True] * 10_000)
    work = Work({}, {}, lambda _: None, lambda: next(asked))
    with pytest.raises(InterruptedRender):
        MusicGen().compose(ASKED, work, tmp_path / "a.wav")
    assert not list(tmp_path.iterdir())


def test_what_is_missing_is_named(tmp_path: Path, make_work: MakeWork) -> None:
    """Without weights the message holds size, licence and the line that fetches them; odd settings are refused."""
    with pytest.raises(MissingError) as missing:
        MusicGen().quantise(replace(ASKED, model=()))
    assert "CC-BY-NC-4.0" in missing.value.hint
    assert "hf download facebook/musicgen-small" in missing.value.hint
    with pytest.raises(RenderError, match="guidance"):
        MusicGen().compose(replace(ASKED, model=(*ASKED.model, ("guidance", 99.0))), make_work(), tmp_path / "a")
    with pytest.raises(RenderError, match="no setting 'stepz'"):
        MusicGen().quantise(replace(ASKED, model=(("stepz", 1),)))
    with pytest.raises(RenderError, match="plays no part"):
        MusicGen().compose(ASKED, make_work(), tmp_path / "a", "bass")
