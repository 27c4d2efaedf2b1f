"""LTX-2 on tiny weights: words, pictures at any place, sound as long as the pictures, and guidance of several kinds."""

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
from scenes.backends.ltx2 import Ltx2, place_of
from scenes.diffusion.holding import let_go
from storyboard.errors import InterruptedRender
from storyboard.film import Keyframe, Scene
from tests.scenes.diffusion.tiny_video import MAKERS_VIDEO, encoded

Ask = Callable[..., ClipRequest]
PROMPTS = ("a pier", "a lake")


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checkpoint, and two pictures."""
    folder = tmp_path_factory.mktemp("models")
    MAKERS_VIDEO["ltx2"](folder / "ltx2")
    for name, grey in (("dark", 20), ("light", 230)):
        Image.fromarray(np.full((36, 64, 3), grey, np.uint8)).save(folder / f"{name}.png")
    return folder


@pytest.fixture
def ask(models: Path, monkeypatch: pytest.MonkeyPatch, make_scene: Callable[..., Scene], make_request: Ask) -> Ask:
    """A request for a small clip with pictures at some places, with its weights among its files."""
    monkeypatch.setenv(MODELS_VARIABLE, str(models))

    def build(
        frames: int = 17,
        settings: dict[str, Setting] | None = None,
        prompt: str = "a pier",
        negative: str = "",
        **pictures: Fraction | int,
    ) -> ClipRequest:
        told = {"folder": "ltx2", "steps": 2, "width": 32, "height": 32, **(settings or {})}
        model = tuple((key, value) for key, value in told.items() if value != "")
        keyframes = tuple(Keyframe(f"{name}.png", Fraction(at)) for name, at in pictures.items())
        made = make_scene(prompt=prompt, model=model, keyframes=keyframes)
        files = {f"{name}.png": models / f"{name}.png" for name in pictures}
        files |= Ltx2().weights(made.model, None)
        words = encoded(Ltx2(), "ltx2", models, PROMPTS)[negative]
        request = make_request(made, files=files, frames=frames, negative=negative, words=words)
        return replace(request, rate=Fraction(24))

    return build


def made(request: ClipRequest, cancelled: Callable[[], bool] = lambda: False) -> tuple[list[Frame], Clip]:
    """All frames of a clip."""
    backend = Ltx2()
    clip = backend.generate(request, backend.quantise(request), lambda part: None, cancelled)
    return list(clip.frames), clip


def test_words_become_frames_and_sound(ask: Ask) -> None:
    """The prompt, what to leave out and the seed each decide, and the same request gives the same bytes."""
    frames, clip = made(ask())
    assert [frame.shape for frame in frames] == [(32, 32, 3)] * 17
    again, same = made(ask())
    assert np.array_equal(frames, again)
    assert clip.sound is not None
    assert same.sound is not None
    assert np.array_equal(clip.sound[0], same.sound[0])
    for other in (replace(ask(), seed=9), replace(ask(), prompt="a lake"), ask(negative="fog")):
        assert not np.array_equal(frames, made(other)[0])


@pytest.mark.parametrize(("fps", "wanted"), [(24, 17), (25, 12), (30, 9)])
def test_sound_is_as_long_as_the_pictures(ask: Ask, fps: int, wanted: int) -> None:
    """To the sample, whatever was asked for; at each rate that it was trained around."""
    request = replace(ask(wanted, settings={"fps": fps}), rate=Fraction(fps))
    plan = Ltx2().quantise(request)
    frames, clip = made(request)
    assert len(frames) == plan.frames
    assert plan.rate == fps
    assert clip.sound is not None
    samples, rate = clip.sound
    assert rate == 24000
    assert samples.dtype == np.float32
    assert samples.shape == (round(Fraction(plan.frames, fps) * rate), 2)
    assert 0.0 < np.abs(samples).max() <= 1.0


def test_pictures_at_any_place_are_taken(ask: Ask) -> None:
    """A picture at the start, in the middle or at the end each makes another clip."""
    requests = [ask(), *(ask(light=at) for at in (0, Fraction(1, 2), 1)), ask(light=0, dark=1)]
    clips = [made(request)[0] for request in requests]
    assert len({np.stack(clip).tobytes() for clip in clips}) == len(clips)


def test_a_long_scene_goes_on_from_its_last_frame(ask: Ask) -> None:
    """Beyond twenty seconds a second run begins with the last frame of the first, and brings its own sound."""
    request = ask(485, settings={"steps": 1, "stg": 0.0, "modality": 1.0})
    frames, clip = made(request)
    assert len(frames) == Ltx2().quantise(request).frames == 489
    assert clip.sound is not None
    assert clip.sound[0].shape == (489 * 1000, 2)


def test_guidance_of_each_kind_is_honoured(ask: Ask) -> None:
    """Each changes the clip, and a preset stands for several."""
    kinds: list[dict[str, Setting]] = [
        {}, {"guidance": 6.0}, {"stg": 0.0}, {"modality": 1.0}, {"audio_guidance": 2.0}, {"preset": "balanced"},
        {"preset": "distilled", "steps": ""}, {"strength": 0.5},
    ]  # fmt: skip
    clips = [made(ask(settings=settings, light=0))[0] for settings in kinds]
    assert len({np.stack(clip).tobytes() for clip in clips}) == len(clips)
    # What one scene asks for leaves nothing behind in the model for the next.
    assert np.array_equal(made(ask(light=0))[0], clips[0])
    let_go()
    assert np.array_equal(made(ask(settings=kinds[-2], light=0))[0], clips[-2])


def test_a_checkpoint_without_a_weaker_copy_is_told(ask: Ask, tmp_path: Path) -> None:
    """The first version has none: it is not asked for unless an author does so."""
    config = tmp_path / "config.json"
    config.write_text('{"perturbed_attn": false}', encoding="utf-8")
    plain, written = (
        replace(request, files={**request.files, "model/transformer/config.json": config})
        for request in (ask(), ask(settings={"stg": 1.0}))
    )
    assert Ltx2().quantise(plain).frames == 17
    with pytest.raises(Refusal, match="no weaker copy"):
        Ltx2().quantise(written)


@pytest.mark.parametrize("pictures", [{}, {"light": 0, "dark": 1}], ids=["words", "pictures"])
def test_words_may_be_encoded_beforehand(ask: Ask, pictures: dict[str, int]) -> None:
    """The frames and the sound are the same, and the reader is not loaded."""
    request = ask(negative="fog", **pictures)
    assert request.words
    (frames, clip), (same, other) = made(request), made(replace(request, words=None))
    assert np.array_equal(frames, same)
    assert clip.sound is not None
    assert other.sound is not None
    assert np.array_equal(clip.sound[0], other.sound[0])


def test_stopping_takes_effect_within_a_step(ask: Ask) -> None:
    """No half-denoised frame is handed over."""
    with pytest.raises(InterruptedRender):
        made(ask(), lambda: True)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"settings": {"width": 48}}, "width of 48"),
        ({"settings": {"fps": 48}}, "'fps'"),
        ({"settings": {"stg": -1.0}}, "'stg'"),
        ({"settings": {"preset": "distilled"}}, "8 steps, not 2"),
        ({"prompt": ""}, "needs words"),
    ],
    ids=["size", "rate", "guidance", "steps", "no words"],
)
def test_what_it_cannot_honour_is_refused(ask: Ask, changes: dict[str, object], words: str) -> None:
    """Each with a remedy."""
    with pytest.raises(Refusal, match=words) as refusal:
        Ltx2().quantise(ask(**changes))
    assert refusal.value.hint


@pytest.mark.parametrize(("at", "step"), [(0.0, 0), (0.5, 1), (0.4, 1), (1.0, 2)])
def test_pictures_stand_where_the_coder_takes_them(at: float, step: int) -> None:
    """The coder takes the first frame, then eight by eight."""
    assert place_of(at, 17) == step
