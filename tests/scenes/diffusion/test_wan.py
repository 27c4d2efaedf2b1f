"""Wan on tiny weights, saved and loaded back as a person's are: words, pictures, long scenes, and what goes wrong."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from projects.weights import MODELS_VARIABLE, ModelMissing, Setting
from scenes.backend import Clip, ClipRequest, Frame, Refusal
from scenes.backends import wan
from scenes.backends.wan import Wan
from storyboard.errors import InterruptedRender, RenderError
from storyboard.film import Character, Keyframe, Part, Scene, VoiceChoice
from tests.scenes.diffusion.tiny import MAKERS

MakeScene = Callable[..., Scene]
Ask = Callable[..., ClipRequest]


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both checkpoints."""
    folder = tmp_path_factory.mktemp("models")
    for name in ("wan", "wan pictures", "wan both", "wan vace"):
        MAKERS[name](folder / name)
    return folder


@pytest.fixture
def ask(models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_scene: MakeScene, make_request: Ask) -> Ask:
    """A request for a small clip of a model, with its weights among its files."""
    monkeypatch.setenv(MODELS_VARIABLE, str(models))
    rng = np.random.default_rng(1)
    Image.fromarray(np.kron(rng.integers(0, 256, (3, 4, 1)), np.ones((20, 20, 3))).astype(np.uint8)).save(
        tmp_path / "a.png"
    )

    def build(
        model: str = "wan",
        frames: int = 9,
        at: tuple[Fraction | int, ...] = (),
        more: tuple[tuple[str, Setting], ...] = (),
        **scene: object,
    ) -> ClipRequest:
        plain: tuple[tuple[str, Setting], ...] = (("folder", model), ("steps", 2), ("width", 32), ("height", 32))
        settings = (*plain, *more)
        made = make_scene(
            prompt="a pier", model=settings, keyframes=tuple(Keyframe("a.png", Fraction(one)) for one in at), **scene
        )
        files = {"a.png": tmp_path / "a.png", **Wan().weights(settings, None)}
        return replace(make_request(made, files=files, frames=frames), rate=Fraction(16))

    return build


def made(request: ClipRequest, cancelled: Callable[[], bool] = lambda: False) -> tuple[list[Frame], Clip]:
    """All frames of a clip."""
    backend = Wan()
    clip = backend.generate(request, backend.quantise(request), lambda part: None, cancelled)
    frames = list(clip.frames)
    backend.release()
    return frames, clip


def test_words_become_frames(ask: Ask) -> None:
    """A receipt names the model, and another seed gives another clip."""
    frames, clip = made(ask())
    assert [frame.shape for frame in frames] == [(32, 32, 3)] * 9
    assert clip.facts["model"] == "wan"
    assert "commercial use unknown" in clip.facts["licence"]
    other, _ = made(replace(ask(), seed=99))
    assert not np.array_equal(frames[0], other[0])


def test_first_and_last_pictures_are_taken(ask: Ask) -> None:
    """The end picture changes the clip: it is not dropped."""
    with_end, _ = made(ask("wan pictures", at=(0, 1)))
    without, _ = made(ask("wan pictures", at=(0,)))
    assert len(with_end) == len(without) == 9
    assert not np.array_equal(with_end[-1], without[-1])


def test_a_long_scene_is_chained(ask: Ask) -> None:
    """Two segments share a frame, which comes once."""
    request = ask("wan pictures", frames=84, at=(0,))
    frames, _ = made(request)
    assert not np.array_equal(frames[81], frames[80])
    assert len(frames) == Wan().quantise(request).frames == 85


def test_one_checkpoint_for_words_and_pictures(ask: Ask) -> None:
    """It takes a first picture, goes on without one, and refuses an end picture, which its pipeline would drop."""
    words, _ = made(ask("wan both"))
    picture, _ = made(ask("wan both", at=(0,)))
    assert not np.array_equal(words, picture)
    plan = Wan().quantise(replace(ask("wan both", frames=130), rate=Fraction(24)))
    assert plan.rate == 24
    assert plan.frames == 133
    long, _ = made(replace(ask("wan both", frames=130), rate=Fraction(24)))
    assert len(long) == 133
    with pytest.raises(Refusal, match="end"):
        Wan().quantise(ask("wan both", at=(0, 1)))


def test_everything_is_taken_by_vace(ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures at any place, an end alone, the painter's staging and references each are told, and seen in the clip."""
    told: list[dict[str, Any]] = []
    tell = wan._everything

    def heard(run: Any) -> dict[str, Any]:
        told.append(tell(run))
        return told[-1]

    monkeypatch.setattr(wan, "_everything", heard)
    ann = Character("ann", "Ann", "woman", "woman", "", "", VoiceChoice(""), references=("a.png",))
    cast = (Part(ann, "walk", "neutral", "left"),)
    asked = [
        ask("wan vace"),
        ask("wan vace", at=(Fraction(1, 2),)),
        ask("wan vace", more=(("control", "depth"),)),
        ask("wan vace", more=(("control", "pose"),), cast=(replace(cast[0], character=replace(ann, references=())),)),
        ask("wan vace", cast=cast),
    ]
    clips = [made(request)[0] for request in asked]
    assert {len(clip) for clip in clips} == {9}
    # Untrained weights hardly look at an end that stands alone, so what they are told has to do.
    made(ask("wan vace", at=(1,)))
    kept = [[place for place, mask in enumerate(one["mask"]) if not np.asarray(mask).any()] for one in told]
    assert kept == [[], [4], [], [], [], [8]]
    seen = [np.stack(clip).tobytes() for clip in clips]
    assert [seen.index(one) for one in seen] == list(range(len(seen)))


def test_staging_is_refused_where_nothing_keeps_to_it(ask: Ask) -> None:
    """A checkpoint for words says which one would."""
    with pytest.raises(Refusal, match="keeps to no staging") as refusal:
        Wan().quantise(ask(more=(("control", "depth"),)))
    assert "VACE" in refusal.value.hint


def test_a_long_scene_of_words_alone_is_refused_with_what_would_do(ask: Ask) -> None:
    """Its checkpoint cannot go on from a picture: it is said before anything is loaded."""
    with pytest.raises(Refusal, match="at most") as refusal:
        Wan().quantise(ask(frames=84))
    assert "split it into 2 scenes" in refusal.value.hint


@pytest.mark.parametrize(
    ("model", "at", "words"), [("wan", (0,), "knows only words"), ("wan pictures", (), "needs one")]
)
def test_the_wrong_checkpoint_is_told(ask: Ask, model: str, at: tuple[int, ...], words: str) -> None:
    """Words and pictures are separate checkpoints: which one is missing is said."""
    with pytest.raises(Refusal, match=words) as refusal:
        made(ask(model, at=at))
    assert refusal.value.hint


def test_stopping_takes_effect_within_a_step(ask: Ask) -> None:
    """No half-denoised frame is handed over."""
    with pytest.raises(InterruptedRender):
        made(ask(), lambda: True)


def test_words_beyond_the_encoder_are_named(ask: Ask) -> None:
    """A prompt is cut between words, and the receipt says what was left out."""
    request = replace(ask(), prompt="the pier " * 80 + "at dusk")
    _, clip = made(request)
    assert clip.facts["prompt"] == request.prompt[: len(clip.facts["prompt"])]
    assert "512 tokens" in clip.facts["notes"][0]
    assert clip.facts["notes"][0].endswith("at dusk'")


def _cut(folder: Path) -> None:
    weights = next((folder / "transformer").glob("*.safetensors"))
    weights.write_bytes(weights.read_bytes()[:-100])


def _pickled(folder: Path) -> None:
    weights = next((folder / "vae").glob("*.safetensors"))
    weights.rename(weights.with_name("diffusion_pytorch_model.bin"))


def _own_code(folder: Path) -> None:
    index = folder / "model_index.json"
    read = json.loads(index.read_text())
    index.write_text(json.dumps(read | {"_class_name": ["pipeline", "Own"]}))


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_cut, "is cut short"),
        (_pickled, "only as diffusion_pytorch_model.bin, which could run code"),
        (_own_code, "whose code is not run"),
        (lambda folder: shutil.rmtree(folder / "text_encoder"), "the folder text_encoder is missing"),
        (lambda folder: (folder / "model_index.json").unlink(), "no pipeline of diffusers"),
    ],
    ids=["cut short", "pickled", "own code", "half there", "no index"],
)
def test_what_cannot_be_loaded_is_named(ask: Ask, models: Path, spoil: Callable[[Path], object], words: str) -> None:
    """Before anything heavy is loaded, each fault is told with the line that fetches the model."""
    spoilt = models / "spoilt"
    shutil.rmtree(spoilt, ignore_errors=True)
    shutil.copytree(models / "wan", spoilt)
    spoil(spoilt)
    with pytest.raises(ModelMissing, match=words) as missing:
        made(ask("spoilt"))
    assert missing.value.hint


def test_a_folder_that_is_not_there_is_told() -> None:
    """A mistyped folder is no name on the hub: the message says what to fetch."""
    with pytest.raises(ModelMissing, match="is not there") as missing:
        Wan().weights((("folder", "models/wam"),), Path.cwd())
    assert "hf download Wan-AI/" in missing.value.hint


def test_a_setting_that_is_none_is_refused(ask: Ask) -> None:
    """Typing errors under `model:` are not passed over."""
    request = ask()
    scene = replace(request.scene, model=(*request.scene.model, ("guidence", 3.0)))
    with pytest.raises(RenderError, match="no setting 'guidence'") as refusal:
        Wan().quantise(replace(request, scene=scene))
    assert "guidance" in refusal.value.hint


def test_a_cache_of_blocks_is_not_for_vace(ask: Ask) -> None:
    """What it is shown is added between the blocks: the setting is refused, and its presets do without."""
    with pytest.raises(Refusal, match="first-block"):
        Wan().quantise(ask("wan vace", more=(("cache", "first-block"),)))
    assert "cache" not in Wan().asked(ask("wan vace", more=(("preset", "balanced"),)))
    assert Wan().asked(ask("wan", more=(("preset", "balanced"),)))["cache"] == "first-block"


def test_the_last_picture_is_the_last_one_seen(ask: Ask) -> None:
    """Spare frames are not cut off behind a picture at the end: all are played, a little faster."""
    plain = Wan().quantise(ask("wan pictures", frames=7, at=(0,)))
    ended = Wan().quantise(ask("wan pictures", frames=7, at=(0, 1)))
    assert (plain.keep, plain.frames) == (7, 9)
    assert ended.keep == ended.frames == 9
    assert ended.keep / ended.rate == plain.keep / plain.rate


def test_a_broken_index_is_told(ask: Ask, models: Path) -> None:
    """Before anything is loaded, and in words."""
    shutil.rmtree(models / "odd", ignore_errors=True)
    shutil.copytree(models / "wan", models / "odd")
    (models / "odd" / "model_index.json").write_text("{")
    with pytest.raises(ModelMissing, match="cannot be read"):
        Wan().quantise(ask("odd"))


def test_a_failed_run_leaves_nothing_behind(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pipeline that it ran on is let go of, whatever is on it; the next scene opens its own."""
    from scenes.diffusion import holding

    made(ask())

    def fail(*given: object) -> None:
        raise ValueError("odd")

    with monkeypatch.context() as patch:
        patch.setattr(Wan, "run", fail)
        with pytest.raises(RenderError, match="Wan failed"):
            made(ask())
    assert holding._held.pipe is None
