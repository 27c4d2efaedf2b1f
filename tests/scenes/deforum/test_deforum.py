"""The loop with a tiny model in it: camera, words, noise and cadence each decide, and mistakes are told beforehand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from projects.weights import Setting
from scenes.backend import ClipRequest, Refusal
from scenes.backends.deforum import Deforum
from storyboard.errors import InterruptedRender, RenderError
from storyboard.film import Keyframe, Scene
from tests.scenes.diffusion.tiny_sd import MAKERS_SD

Ask = Callable[..., ClipRequest]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film's folder with a model and a picture in it."""
    folder = tmp_path_factory.mktemp("film")
    MAKERS_SD["sd"](folder / "sd")
    rng = np.random.default_rng(4)
    Image.fromarray(np.kron(rng.integers(0, 256, (4, 4, 3)), np.ones((16, 16, 1))).astype(np.uint8)).save(
        folder / "a.png"
    )
    return folder


@pytest.fixture
def ask(project: Path, make_scene: Callable[..., Scene], make_request: Ask) -> Ask:
    """A request for a few small frames with further settings."""

    def build(camera: str = "static", pictures: bool = True, **more: Setting) -> ClipRequest:
        plain: dict[str, Setting] = {"folder": "sd", "steps": 2, "width": 32, "height": 32}
        settings = tuple((plain | more).items())
        keyframes = (Keyframe("a.png", Fraction(0)),) if pictures else ()
        scene = make_scene(prompt="a pier", camera=camera, model=settings, keyframes=keyframes)
        files = {"a.png": project / "a.png", **Deforum().weights(settings, project)}
        return replace(make_request(scene, files=files, frames=4), rate=Fraction(15))

    return build


def made(request: ClipRequest, seen: list[float] | None = None) -> np.ndarray:
    """All frames of a clip."""
    backend = Deforum()
    report = seen.append if seen is not None else lambda part: None
    clip = backend.generate(request, backend.quantise(request), report, lambda: False)
    return np.stack(list(clip.frames))


def test_the_loop_gives_what_was_planned(ask: Ask) -> None:
    """The author's picture comes first as it is, the rest follows; twice the same, and progress only grows."""
    seen: list[float] = []
    request = ask()
    frames = made(request, seen)
    assert frames.shape == (4, 32, 32, 3)
    assert seen == sorted(seen)
    assert len(seen) >= 3
    assert np.array_equal(frames, made(request))
    whole = np.asarray(Image.open(request.files["a.png"]).resize((32, 32), Image.Resampling.LANCZOS), int)
    assert np.abs(frames[0].astype(int) - whole).mean() < 1


def test_camera_words_noise_and_seed_decide(ask: Ask) -> None:
    """Each of them changes the frames that follow the first."""
    plain = made(ask())
    others = [
        ask("dolly in"),
        ask(zoom="0:(1.1)"),
        ask(noise=0.4),
        ask(cadence=3),
        ask(guidance="2 + t"),
        ask(strength="0"),
        replace(ask(), prompt="a wood"),
        replace(ask(), seed=99),
        replace(ask(), schedule=((Fraction(0), "calm"), (Fraction(1), "storm"))),
    ]
    for request in others:
        frames = made(request)
        assert np.array_equal(frames[0], plain[0])
        assert not np.array_equal(frames[1:], plain[1:])


def test_the_painters_depth_gives_parallax(ask: Ask) -> None:
    """A camera that walks passes near things faster; one that only turns has no use for distances."""
    for camera, differs in (("truck right", True), ("pan right", False)):
        plain, deep = (made(replace(ask(camera, **more), frames=6)) for more in ({}, {"depth": "stage"}))
        assert np.array_equal(plain, deep) != differs


def test_without_a_picture_the_words_begin(ask: Ask) -> None:
    """The first frame comes from the model alone, and another seed gives another."""
    request = ask(pictures=False)
    assert not np.array_equal(made(request)[0], made(replace(request, seed=8))[0])


def test_a_scene_of_any_length_is_one_loop(ask: Ask) -> None:
    """Nothing is refused for its length; with a cadence most frames cost no pass of the model."""
    request = replace(ask(cadence=16), frames=200)
    assert Deforum().quantise(request).frames == 200
    assert len(made(replace(request, frames=40))) == 40


def test_all_mistakes_of_schedules_are_told_before_anything_is_loaded(ask: Ask) -> None:
    """The plan already refuses what cannot be read, with its place."""
    with pytest.raises(RenderError) as error:
        Deforum().quantise(ask(zoom="0:(1+)", angle="0:(sinn(t))"))
    assert "zoom" in str(error.value)
    assert "angle" in str(error.value)
    with pytest.raises(Refusal, match="colours"):
        Deforum().quantise(ask(colours="lab"))


def test_stopping_takes_effect_within_a_step(ask: Ask) -> None:
    """No half-painted clip is handed over."""
    backend, request = Deforum(), ask()
    with pytest.raises(InterruptedRender):
        backend.generate(request, backend.quantise(request), lambda part: None, lambda: True)
