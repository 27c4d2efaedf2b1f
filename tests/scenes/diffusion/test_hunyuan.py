"""HunyuanVideo 1.5 on tiny weights: words, a first picture, its guider, and steps that nobody tells of."""

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
from scenes.backends.hunyuan import Hunyuan
from storyboard.errors import InterruptedRender
from storyboard.film import Keyframe, Scene
from tests.scenes.diffusion.tiny_video import MAKERS_VIDEO, encoded

Ask = Callable[..., ClipRequest]
PROMPTS = ("a pier", "a lake", 'a sign "PIER"', "a sign 'PIER'")


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both checkpoints, and two pictures."""
    folder = tmp_path_factory.mktemp("models")
    for name in ("hunyuan", "hunyuan pictures"):
        MAKERS_VIDEO[name](folder / name)
    for name, grey in (("dark.png", 20), ("light.png", 230)):
        Image.fromarray(np.full((36, 64, 3), grey, np.uint8)).save(folder / name)
    return folder


@pytest.fixture
def ask(models: Path, monkeypatch: pytest.MonkeyPatch, make_scene: Callable[..., Scene], make_request: Ask) -> Ask:
    """A request for a small clip of a model, with its weights among its files."""
    monkeypatch.setenv(MODELS_VARIABLE, str(models))

    def build(
        model: str = "hunyuan",
        frames: int = 5,
        picture: str = "",
        settings: dict[str, Setting] | None = None,
        negative: str = "",
        **scene: object,
    ) -> ClipRequest:
        told = {"folder": model, "steps": 2, "width": 48, "height": 32, **(settings or {})}
        keyframes = (Keyframe(picture, Fraction(0)),) if picture else ()
        made = make_scene(**{"prompt": "a pier", "model": tuple(told.items()), "keyframes": keyframes, **scene})
        files = {picture: models / picture, **Hunyuan().weights(made.model, None)}
        words = encoded(Hunyuan(), model, models, PROMPTS)[negative]
        request = make_request(made, files=files, frames=frames, negative=negative, words=words)
        return replace(request, rate=Fraction(24))

    return build


def made(
    request: ClipRequest, cancelled: Callable[[], bool] = lambda: False, seen: list[float] | None = None
) -> tuple[list[Frame], Clip]:
    """All frames of a clip; `seen` gathers the progress."""
    backend = Hunyuan()
    seen = [] if seen is None else seen
    clip = backend.generate(request, backend.quantise(request), seen.append, cancelled)
    return list(clip.frames), clip


def test_words_become_frames(ask: Ask) -> None:
    """The prompt, what to leave out and the seed each decide, and the same request gives the same bytes."""
    seen: list[float] = []
    frames, clip = made(ask(), seen=seen)
    assert [frame.shape for frame in frames] == [(32, 48, 3)] * 5
    assert clip.facts["model"] == "hunyuan"
    assert seen[:2] == [pytest.approx(0.495), pytest.approx(0.99)]
    assert np.array_equal(frames, made(ask())[0])
    for other in (replace(ask(), seed=9), replace(ask(), prompt="a lake"), ask(negative="fog")):
        assert not np.array_equal(frames, made(other)[0])


def test_guidance_is_the_checkpoints_own_unless_it_is_written(ask: Ask) -> None:
    """A scene that writes it leaves nothing behind for the next one."""
    own = made(ask())[0]
    assert not np.array_equal(own, made(ask(settings={"guidance": 8.0}))[0])
    assert np.array_equal(own, made(ask(settings={"guidance": 4.0}))[0])
    assert np.array_equal(own, made(ask())[0])


def test_words_in_quotes_are_read_letter_by_letter(ask: Ask) -> None:
    """They change the clip beyond the quotes themselves; too many of them are told."""
    quoted, plain = (made(replace(ask(), prompt=text))[0] for text in ('a sign "PIER"', "a sign 'PIER'"))
    assert not np.array_equal(quoted, plain)
    long = replace(ask(), prompt=f'a sign "{"pier " * 60}"')
    assert "letters of quoted words" in Hunyuan().quantise(long).notes[-1]


def test_a_first_picture_is_taken(ask: Ask) -> None:
    """It changes the clip, whose size is the planned one; a long scene goes on from its last frame."""
    dark, light = (made(ask("hunyuan pictures", picture=name))[0] for name in ("dark.png", "light.png"))
    assert [frame.shape for frame in dark] == [(32, 48, 3)] * 5
    assert not np.array_equal(dark, light)
    long = ask("hunyuan pictures", frames=123, picture="dark.png", settings={"width": 16, "height": 16, "steps": 1})
    assert Hunyuan().quantise(long).frames == 125
    assert len(made(long)[0]) == 125


@pytest.mark.parametrize("model", ["hunyuan", "hunyuan pictures"])
def test_words_may_be_encoded_beforehand(ask: Ask, model: str) -> None:
    """Both readers are gone when pictures are made, and the frames are the same."""
    request = ask(model, picture="dark.png" if "pictures" in model else "", negative="fog")
    request = replace(request, prompt='a sign "PIER"')
    assert request.words
    assert np.array_equal(made(request)[0], made(replace(request, words=None))[0])


def test_sizes_are_those_of_the_checkpoint(ask: Ask, tmp_path: Path) -> None:
    """One for 480p and one for 720p differ by what their configuration says."""
    request = ask()
    settings = tuple((key, value) for key, value in request.scene.model if key not in ("width", "height"))
    request = replace(request, scene=replace(request.scene, model=settings))
    assert (Hunyuan().quantise(request).width, Hunyuan().quantise(request).height) == (848, 480)
    config = tmp_path / "config.json"
    config.write_text('{"target_size": 960}', encoding="utf-8")
    larger = replace(request, files={**request.files, "model/transformer/config.json": config})
    assert (Hunyuan().quantise(larger).width, Hunyuan().quantise(larger).height) == (1280, 720)


def test_stopping_takes_effect_within_a_step(ask: Ask) -> None:
    """No half-denoised frame is handed over, and the next scene is counted anew."""
    with pytest.raises(InterruptedRender):
        made(ask(), lambda: True)
    seen: list[float] = []
    made(ask(), seen=seen)
    assert len([part for part in seen if part < 0.995]) == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"frames": 130}, "makes at most 5.04s at once"),
        ({"settings": {"width": 40}}, "width of 40"),
        ({"model": "hunyuan", "picture": "dark.png"}, "knows only words"),
        ({"model": "hunyuan pictures"}, "needs one"),
        ({"prompt": ""}, "needs words"),
    ],
    ids=["long", "size", "words", "pictures", "no words"],
)
def test_what_it_cannot_honour_is_refused(ask: Ask, changes: dict[str, object], words: str) -> None:
    """Each with a remedy; words alone cannot go on from a picture, so that a long scene is to be split."""
    with pytest.raises(Refusal, match=words) as refusal:
        Hunyuan().quantise(ask(**changes))
    assert refusal.value.hint
