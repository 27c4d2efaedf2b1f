"""Stable Video Diffusion on tiny weights: a picture set in motion, in segments, and what it cannot honour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from projects.weights import MODELS_VARIABLE, Setting
from scenes.backend import Clip, ClipRequest, Frame, Refusal
from scenes.backends.svd import Svd
from storyboard.errors import InterruptedRender
from storyboard.film import Keyframe, Scene
from tests.scenes.diffusion.tiny_video import MAKERS_VIDEO

Ask = Callable[..., ClipRequest]


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Checkpoints of both lengths, and two pictures."""
    folder = tmp_path_factory.mktemp("models")
    for name in ("svd", "svd short"):
        MAKERS_VIDEO[name](folder / name)
    for name, grey in (("dark.png", 20), ("light.png", 230)):
        Image.fromarray(np.full((36, 64, 3), grey, np.uint8)).save(folder / name)
    return folder


@pytest.fixture
def ask(models: Path, monkeypatch: pytest.MonkeyPatch, make_scene: Callable[..., Scene], make_request: Ask) -> Ask:
    """A request for a small clip of a model, with its weights among its files."""
    monkeypatch.setenv(MODELS_VARIABLE, str(models))

    def build(
        model: str = "svd",
        frames: int = 14,
        picture: str = "dark.png",
        settings: dict[str, Setting] | None = None,
        **scene: object,
    ) -> ClipRequest:
        told = {"folder": model, "steps": 2, "width": 64, "height": 64, **(settings or {})}
        keyframes = (Keyframe(picture, Fraction(0)),) if picture else ()
        made = make_scene(**{"prompt": "", "model": tuple(told.items()), "keyframes": keyframes, **scene})
        files = {picture: models / picture, **Svd().weights(made.model, None)}
        return replace(make_request(made, files=files, frames=frames), rate=Fraction(7))

    return build


def made(request: ClipRequest, cancelled: Callable[[], bool] = lambda: False) -> tuple[list[Frame], Clip]:
    """All frames of a clip."""
    backend = Svd()
    clip = backend.generate(request, backend.quantise(request), lambda part: None, cancelled)
    return list(clip.frames), clip


def test_a_picture_is_set_in_motion(ask: Ask) -> None:
    """The picture and the seed each decide, and the same request gives the same bytes."""
    frames, clip = made(ask())
    assert [frame.shape for frame in frames] == [(64, 64, 3)] * 14
    assert clip.facts["model"] == "svd"
    again, light, other = (made(one)[0] for one in (ask(), ask(picture="light.png"), replace(ask(), seed=9)))
    assert np.array_equal(frames, again)
    assert not np.array_equal(frames, light)
    assert not np.array_equal(frames, other)


def test_how_much_moves_is_told_to_the_model(ask: Ask) -> None:
    """Each setting of its own changes the clip."""
    plain = made(ask())[0]
    for settings in ({"motion": 30}, {"noise_aug": 0.5}, {"min_guidance": 2.5}, {"fps": 6}):
        assert not np.array_equal(plain, made(ask(settings=settings))[0]), settings


def test_a_rate_that_is_asked_for_is_that_of_the_clip(ask: Ask) -> None:
    """Two seconds at ten a second are twenty frames."""
    request = replace(ask(frames=48, settings={"fps": 10}), rate=Fraction(24))
    plan = Svd().quantise(request)
    assert plan.keep == 20
    assert plan.rate == 10


@pytest.mark.parametrize(("model", "wanted", "frames"), [("svd", 30, 38), ("svd short", 20, 27), ("svd short", 3, 14)])
def test_segments_are_as_long_as_the_checkpoint_makes_them(ask: Ask, model: str, wanted: int, frames: int) -> None:
    """A run begins with the last frame of the one before, which comes once; none is shorter than it was trained for."""
    request = ask(model, frames=wanted)
    plan = Svd().quantise(request)
    assert plan.frames == frames
    assert len(made(request)[0]) == frames


def test_the_painters_stage_may_be_the_picture(ask: Ask) -> None:
    """Without pictures of the author's, `start: stage` is enough."""
    assert Svd().quantise(ask(picture="", settings={"start": "stage"})).frames == 14


def test_words_are_not_read_and_that_is_said(ask: Ask) -> None:
    """A prompt that was written for people changes nothing, and the plan says so."""
    plain, written = ask(), ask(prompt="a pier")
    written = replace(written, negative="blur")
    assert not [note for note in Svd().quantise(plain).notes if "words" in note]
    assert "reads no words: `prompt:`" in Svd().quantise(written).notes[-1]
    frames, clip = made(written)
    assert np.array_equal(frames, made(plain)[0])
    assert clip.facts["prompt"] == ""


def test_stopping_takes_effect_within_a_step(ask: Ask) -> None:
    """No half-denoised frame is handed over."""
    with pytest.raises(InterruptedRender):
        made(ask(), lambda: True)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"picture": ""}, "no picture to begin with"),
        ({"settings": {"width": 72}}, "width of 72"),
        ({"settings": {"motion": 300}}, "'motion'"),
        ({"settings": {"min_guidance": 4.0}}, "would fall from 4 to 3"),
        ({"keyframes": (Keyframe("dark.png", Fraction(0)), Keyframe("dark.png", Fraction(1)))}, "picture at the end"),
    ],
    ids=["no picture", "size", "motion", "guidance", "end"],
)
def test_what_it_cannot_honour_is_refused(ask: Ask, changes: dict[str, object], words: str) -> None:
    """Each with a remedy."""
    with pytest.raises(Refusal, match=words) as refusal:
        Svd().quantise(ask(**changes))
    assert refusal.value.hint
