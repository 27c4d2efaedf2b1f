"""CogVideoX on tiny weights: words, a first picture, version 1.5, and checkpoints that do not fit a scene."""

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
from scenes.backends.cogvideox import CogVideoX
from storyboard.errors import InterruptedRender
from storyboard.film import Keyframe, Scene
from tests.scenes.diffusion.tiny_video import MAKERS_VIDEO, encoded

Ask = Callable[..., ClipRequest]
PROMPTS = ("a pier", "a lake")
SIZES: dict[str, Setting] = {"width": 32, "height": 32}


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three checkpoints, and two pictures."""
    folder = tmp_path_factory.mktemp("models")
    for name in ("cogvideox", "cogvideox pictures", "cogvideox newer"):
        MAKERS_VIDEO[name](folder / name)
    for name, grey in (("dark.png", 20), ("light.png", 230)):
        Image.fromarray(np.full((36, 64, 3), grey, np.uint8)).save(folder / name)
    return folder


@pytest.fixture
def ask(models: Path, monkeypatch: pytest.MonkeyPatch, make_scene: Callable[..., Scene], make_request: Ask) -> Ask:
    """A request for a small clip of a model, with its weights among its files."""
    monkeypatch.setenv(MODELS_VARIABLE, str(models))

    def build(
        model: str = "cogvideox",
        frames: int = 9,
        picture: str = "",
        settings: dict[str, Setting] | None = None,
        negative: str = "",
        **scene: object,
    ) -> ClipRequest:
        told = {"folder": model, "steps": 2, **(SIZES if settings is None else settings)}
        keyframes = (Keyframe(picture, Fraction(0)),) if picture else ()
        made = make_scene(**{"prompt": "a pier", "model": tuple(told.items()), "keyframes": keyframes, **scene})
        files = {picture: models / picture, **CogVideoX().weights(made.model, None)}
        words = encoded(CogVideoX(), model, models, PROMPTS)[negative]
        request = make_request(made, files=files, frames=frames, negative=negative, words=words)
        return replace(request, rate=Fraction(8))

    return build


def made(request: ClipRequest, cancelled: Callable[[], bool] = lambda: False) -> tuple[list[Frame], Clip]:
    """All frames of a clip."""
    backend = CogVideoX()
    clip = backend.generate(request, backend.quantise(request), lambda part: None, cancelled)
    return list(clip.frames), clip


def test_words_become_frames(ask: Ask) -> None:
    """The prompt, what to leave out and the seed each decide, and the same request gives the same bytes."""
    frames, clip = made(ask())
    assert [frame.shape for frame in frames] == [(32, 32, 3)] * 9
    assert clip.facts["model"] == "cogvideox"
    assert np.array_equal(frames, made(ask())[0])
    for other in (replace(ask(), seed=9), replace(ask(), prompt="a lake"), ask(negative="fog")):
        assert not np.array_equal(frames, made(other)[0])


@pytest.mark.parametrize(("wanted", "frames"), [(1, 9), (10, 17), (48, 49)])
def test_only_counts_that_come_out_as_asked_are_made(ask: Ask, wanted: int, frames: int) -> None:
    """8k+1 frames; the rest is trimmed."""
    plan = CogVideoX().quantise(ask(frames=wanted))
    assert (plan.frames, plan.keep) == (frames, wanted)


def test_a_first_picture_is_taken(ask: Ask) -> None:
    """It changes the clip; a long scene goes on from its last frame."""
    dark, light = (made(ask("cogvideox pictures", picture=name))[0] for name in ("dark.png", "light.png"))
    assert not np.array_equal(dark, light)
    long = ask("cogvideox pictures", frames=52, picture="dark.png")
    assert CogVideoX().quantise(long).frames == 57
    assert len(made(long)[0]) == 57


def test_version_one_and_a_half_has_rules_of_its_own(ask: Ask) -> None:
    """Larger, at twice the rate, and longer; which version it is says the folder."""
    backend = CogVideoX()
    older, newer = (backend.quantise(ask(model, settings={})) for model in ("cogvideox", "cogvideox newer"))
    assert (older.width, older.height, older.frames, newer.width, newer.height, newer.frames) == (
        720,
        480,
        9,
        1360,
        768,
        33,
    )
    assert older.rate == 8
    assert newer.rate == 16
    request = replace(ask("cogvideox newer", frames=8), rate=Fraction(16))
    assert len(made(request)[0]) == 17


@pytest.mark.parametrize("model", ["cogvideox", "cogvideox newer", "cogvideox pictures"])
def test_words_may_be_encoded_beforehand(ask: Ask, model: str) -> None:
    """The frames are the same, and the reader is not loaded."""
    request = ask(model, picture="dark.png" if "pictures" in model else "", negative="fog")
    assert request.words
    assert np.array_equal(made(request)[0], made(replace(request, words=None))[0])


def test_stopping_takes_effect_within_a_step(ask: Ask) -> None:
    """No half-denoised frame is handed over."""
    with pytest.raises(InterruptedRender):
        made(ask(), lambda: True)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"frames": 60}, "makes at most 6.12s at once"),
        ({"settings": {"width": 40, "height": 32}}, "width of 40"),
        ({"model": "cogvideox", "picture": "dark.png"}, "knows only words"),
        ({"model": "cogvideox pictures"}, "needs one"),
        ({"model": "cogvideox pictures", "picture": "dark.png", "settings": {"width": 64, "height": 32}}, "only 32x32"),
        ({"prompt": ""}, "needs words"),
    ],
    ids=["long", "size", "words", "pictures", "one size", "no words"],
)
def test_what_it_cannot_honour_is_refused(ask: Ask, changes: dict[str, object], words: str) -> None:
    """Each with a remedy; words alone cannot go on from a picture, so that a long scene is to be split."""
    with pytest.raises(Refusal, match=words) as refusal:
        CogVideoX().quantise(ask(**changes))
    assert refusal.value.hint
