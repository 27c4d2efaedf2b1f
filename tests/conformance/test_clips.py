"""One suite over every clip backend that is installed, built in or not: what the contract promises holds."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from projects.plugins import find, load
from projects.weights import Setting
from scenes.backend import Capabilities, ClipBackend, ClipRequest, Frame, LoadsWeights, Refusal
from scenes.frames import write_film
from storyboard.film import Character, Fixed, Keyframe, Moments, Part, Scene, Transition, VoiceChoice
from tests.scenes.diffusion.whole import NEEDS, RECIPES, model_of

NAMES = sorted(find("workprint.clips"))
HEAVY = ("cv2", "skia", "torch", "diffusers", "transformers", "moviepy", "av", "PIL")
WALKER = Character("ada", "Ada", "heroine", "heroine", "a red coat", "", VoiceChoice("en/emma"))
SCENE = Scene(
    id="pier",
    length=Fixed(Fraction(1)),
    place="lake",
    time="dusk",
    weather="clear",
    shot="wide",
    camera="dolly in",
    style="papercut",
    prompt="a pier at dusk",
    negative="",
    cast=(Part(WALKER, "walk", "happy", "left"),),
    moments=Moments(),
    lines=(),
    sounds=(),
    transition=Transition("cut", Fraction(0)),
    backend="auto",
)


@pytest.fixture(params=NAMES)
def backend(request: pytest.FixtureRequest) -> ClipBackend:
    """Each installed backend in turn; one that cannot work on this machine is skipped with its reasons."""
    made: ClipBackend = load("workprint.clips", request.param)()
    if made.capabilities().hosted:
        pytest.skip("its clips are bought: test_hosted.py")
    problems = made.check()
    if problems:
        pytest.skip("; ".join(problem.what for problem in problems))
    return made


@pytest.fixture
def clip_request(backend: ClipBackend, tmp_path: Path) -> ClipRequest:
    """A request that brings whatever the backend needs."""
    rng = np.random.default_rng(7)
    picture = np.repeat(np.repeat(rng.integers(0, 256, (9, 16, 3), dtype=np.uint8), 10, axis=0), 10, axis=1)
    Image.fromarray(picture).save(tmp_path / "a.png")
    write_film(tmp_path / "c.mp4", [np.roll(picture, 4 * k, axis=1) for k in range(30)], 160, 90, Fraction(24))
    needs = backend.capabilities().needs
    model, weights = weights_for(backend, tmp_path)
    scene = replace(
        SCENE,
        model=model,
        keyframes=(Keyframe("a.png", Fraction(0)),) if "keyframes" in needs else (),
        clip="c.mp4" if "clip" in needs else "",
    )
    files = {"a.png": tmp_path / "a.png", "c.mp4": tmp_path / "c.mp4", **weights}
    return ClipRequest(
        scene, scene.prompt, "", 8, Fraction(24), 96, 54, seed=3, take=1, files=files, characters=("ada",)
    )


def weights_for(backend: ClipBackend, folder: Path) -> tuple[tuple[tuple[str, Setting], ...], dict[str, Path]]:
    """Settings and files of a tiny model for a backend that loads one; a backend of a package of its own is skipped."""
    if not isinstance(backend, LoadsWeights):
        return (), {}
    name = backend.capabilities().name
    if name not in NEEDS and name not in RECIPES:
        pytest.skip("its weights are not here, and no tiny ones are made for it")
    model = model_of(name, folder)
    return model, backend.weights(model, folder)


def frames_of(backend: ClipBackend, request: ClipRequest, seen: list[float] | None = None) -> list[Frame]:
    """All frames of a clip, with the backend prepared and released round it."""
    plan = backend.quantise(request)
    backend.prepare((plan,))
    try:
        report: Any = seen.append if seen is not None else lambda part: None
        return list(backend.generate(request, plan, report, lambda: False).frames)
    finally:
        backend.release()


@pytest.mark.parametrize("name", NAMES)
def test_capabilities_load_nothing_heavy(name: str) -> None:
    """Asking a backend what it can do costs no model, no codec and no painter."""
    code = (
        "import sys\n"
        "from projects.plugins import load\n"
        "print(load('workprint.clips', sys.argv[1])().capabilities().name)\n"
        "print(*sorted(set(sys.argv[2:]) & sys.modules.keys()))\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, name, *HEAVY], capture_output=True, text=True, check=True, timeout=60
    )
    assert told.stdout.split() == [name]


def test_capabilities_are_plain_and_constant(backend: ClipBackend) -> None:
    """Two answers are equal, and needs are words of the contract."""
    able = backend.capabilities()
    assert isinstance(able, Capabilities)
    assert able == backend.capabilities()
    assert able.summary
    assert able.needs <= {"keyframes", "clip", "prompt"}


def test_identity_is_a_stable_text(backend: ClipBackend) -> None:
    """It names versions, the same on every call, and no path of this machine."""
    first = backend.identity()
    assert first == backend.identity()
    assert any(sign.isdigit() for sign in first)
    assert "/usr" not in first
    assert "object at 0x" not in first


@pytest.mark.parametrize(("frames", "rate"), [(1, Fraction(24)), (8, Fraction(24)), (5, Fraction(30000, 1001))])
def test_a_plan_covers_the_request(
    backend: ClipBackend, clip_request: ClipRequest, frames: int, rate: Fraction
) -> None:
    """What is kept lasts at least as long as what was asked for, at a size and rate that are said."""
    wanted = replace(clip_request, frames=frames, rate=rate)
    plan = backend.quantise(wanted)
    assert 1 <= plan.keep <= plan.frames
    assert plan.keep / plan.rate >= frames / rate
    assert plan.width > 0
    assert plan.height > 0
    assert backend.estimate(wanted, plan).seconds >= 0
    limit = backend.capabilities().max_frames
    assert not limit or plan.frames <= limit


@pytest.mark.parametrize("size", [(96, 54), (54, 96), (64, 64)])
def test_frames_are_as_planned(backend: ClipBackend, clip_request: ClipRequest, size: tuple[int, int]) -> None:
    """Count, size and type are those of the plan, the picture is not blank, and progress only grows."""
    request = replace(clip_request, width=size[0], height=size[1])
    plan = backend.quantise(request)
    seen: list[float] = []
    frames = frames_of(backend, request, seen)
    assert len(frames) == plan.frames
    assert {frame.shape for frame in frames} <= {(plan.height, plan.width, 3), (plan.height * 3 // 2, plan.width)}
    assert {frame.dtype for frame in frames} == {np.dtype(np.uint8)}
    assert all(int(frame.max()) - int(frame.min()) > 20 for frame in frames)
    assert seen == sorted(seen)
    assert all(0 <= part <= 1 for part in seen)


def test_the_same_request_gives_the_same_pictures(backend: ClipBackend, clip_request: ClipRequest) -> None:
    """Two clips of one request are equal to the last bit."""
    first, second = frames_of(backend, clip_request), frames_of(backend, clip_request)
    assert all(np.array_equal(here, there) for here, there in zip(first, second, strict=True))


def test_sound_is_handed_over_as_promised(backend: ClipBackend, clip_request: ClipRequest) -> None:
    """A clip is silent, or brings finite samples in float32, one or two channels, at a rate that sound has."""
    plan = backend.quantise(clip_request)
    backend.prepare((plan,))
    sound = backend.generate(clip_request, plan, lambda part: None, lambda: False).sound
    if sound is not None:
        samples, rate = sound
        assert samples.dtype == np.float32
        assert samples.ndim == 1 or (samples.ndim == 2 and samples.shape[1] == 2)
        assert np.isfinite(samples).all()
        assert 8_000 <= rate <= 192_000


def test_frames_may_be_kept(backend: ClipBackend, clip_request: ClipRequest) -> None:
    """A frame handed over is not painted over by the next one."""
    plan = backend.quantise(clip_request)
    stream: Iterator[Frame] = backend.generate(clip_request, plan, lambda part: None, lambda: False).frames
    first = next(stream)
    kept = first.copy()
    list(stream)
    backend.release()
    assert np.array_equal(first, kept)


def test_material_that_is_needed_is_asked_for(backend: ClipBackend, clip_request: ClipRequest) -> None:
    """Without what it needs a backend refuses, with a remedy."""
    needs = backend.capabilities().needs
    if not needs:
        pytest.skip("needs nothing")
    bare = replace(clip_request, prompt="", scene=replace(SCENE, prompt=""))
    with pytest.raises(Refusal) as caught:
        backend.quantise(bare)
    assert caught.value.hint


def test_a_clip_of_no_length_is_refused(backend: ClipBackend, clip_request: ClipRequest) -> None:
    """Zero frames are refused with a remedy rather than made into one."""
    with pytest.raises(Refusal) as caught:
        backend.quantise(replace(clip_request, frames=0))
    assert caught.value.hint
