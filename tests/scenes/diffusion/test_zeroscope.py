"""Zeroscope on tiny weights: words to frames, the second pass, and a library that has let it go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from projects.weights import MODELS_VARIABLE, ModelMissing, Setting
from scenes.backend import Clip, ClipRequest, Frame, Refusal
from scenes.backends.zeroscope import Zeroscope
from scenes.diffusion.holding import let_go
from storyboard.errors import InterruptedRender, MissingError
from storyboard.film import Keyframe, Scene
from tests.scenes.diffusion.tiny_video import MAKERS_VIDEO

Ask = Callable[..., ClipRequest]
LARGER: dict[str, Setting] = {"xl_folder": "zeroscope larger", "width": 64, "height": 64, "steps": 4}


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The models of both passes, which are built alike."""
    folder = tmp_path_factory.mktemp("models")
    for name in ("zeroscope", "zeroscope larger"):
        MAKERS_VIDEO["zeroscope"](folder / name)
    return folder


@pytest.fixture
def ask(models: Path, monkeypatch: pytest.MonkeyPatch, make_scene: Callable[..., Scene], make_request: Ask) -> Ask:
    """A request for a small clip, with its weights among its files."""
    monkeypatch.setenv(MODELS_VARIABLE, str(models))

    def build(frames: int = 4, settings: dict[str, Setting] | None = None, **scene: object) -> ClipRequest:
        told = {"folder": "zeroscope", "steps": 2, "width": 32, "height": 32, **(settings or {})}
        made = make_scene(**{"prompt": "a pier", "model": tuple(told.items()), **scene})
        request = make_request(made, files=Zeroscope().weights(made.model, None), frames=frames)
        return replace(request, rate=Fraction(8))

    return build


def made(
    request: ClipRequest, cancelled: Callable[[], bool] = lambda: False, seen: list[float] | None = None
) -> tuple[list[Frame], Clip]:
    """All frames of a clip; `seen` gathers the progress."""
    backend = Zeroscope()
    seen = [] if seen is None else seen
    clip = backend.generate(request, backend.quantise(request), seen.append, cancelled)
    return list(clip.frames), clip


def test_words_become_frames(ask: Ask) -> None:
    """The prompt, what to leave out and the seed each decide, and the same request gives the same bytes."""
    seen: list[float] = []
    frames, clip = made(ask(), seen=seen)
    assert [frame.shape for frame in frames] == [(32, 32, 3)] * 4
    assert clip.facts["model"] == "zeroscope"
    assert seen[:2] == [pytest.approx(0.495), pytest.approx(0.99)]
    assert np.array_equal(frames, made(ask())[0])
    for other in (replace(ask(), seed=9), replace(ask(), prompt="a lake"), replace(ask(), negative="fog")):
        assert not np.array_equal(frames, made(other)[0])


def test_a_second_pass_makes_them_larger(ask: Ask) -> None:
    """The plan has the larger size; the pass goes on from the first, as far as `strength` says, and counts as steps."""
    seen: list[float] = []
    request = ask(settings=LARGER)
    plan = Zeroscope().quantise(request)
    assert (plan.width, plan.height) == (64, 64)
    assert "made at 32x32 first" in plan.notes[-1]
    frames, _ = made(request, seen=seen)
    assert [frame.shape for frame in frames] == [(64, 64, 3)] * 4
    assert len(seen) >= 6
    assert seen == sorted(seen)
    assert seen[-1] <= 1.0
    weaker = made(ask(settings={**LARGER, "strength": 0.25}))[0]
    assert not np.array_equal(frames, weaker)
    assert np.array_equal(frames, made(request)[0])


def test_the_size_of_the_second_pass_is_what_it_was_trained_at(ask: Ask) -> None:
    """Where nothing is written, 1024x576 come from 576x320."""
    request = ask(settings={"xl_folder": "zeroscope larger"})
    settings = tuple((key, value) for key, value in request.scene.model if key not in ("width", "height"))
    plan = Zeroscope().quantise(replace(request, scene=replace(request.scene, model=settings)))
    assert (plan.width, plan.height) == (1024, 576)
    assert "made at 576x320 first" in plan.notes[-1]


def test_it_says_that_it_is_old(ask: Ask) -> None:
    """Everybody who plans with it is told."""
    assert "a later release may lack it" in Zeroscope().quantise(ask()).notes[0]


def test_a_library_without_it_is_told(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the pipelines are gone, the message names the library's version and what mends it."""
    import diffusers

    let_go()
    monkeypatch.setattr(diffusers, "TextToVideoSDPipeline", None, raising=False)
    with pytest.raises(MissingError, match="has no TextToVideoSDPipeline any more") as missing:
        made(ask())
    assert missing.value.hint


@pytest.mark.parametrize("calls", [0, 5])
def test_stopping_takes_effect_within_a_step(ask: Ask, calls: int) -> None:
    """In the first pass, and in the second."""
    left = iter([False] * calls)
    with pytest.raises(InterruptedRender):
        made(ask(settings=LARGER), lambda: next(left, True))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"frames": 30}, "makes at most 3.00s at once"),
        ({"settings": {"width": 36}}, "width of 36"),
        ({"settings": {"strength": 0.5}}, "there is none"),
        ({"settings": {**LARGER, "strength": 0.1}}, "would have no step"),
        ({"settings": {"fps": 60}}, "'fps'"),
        ({"keyframes": (Keyframe("a.png", Fraction(0)),)}, "picture at the start"),
    ],
    ids=["long", "size", "no second pass", "no step", "rate", "picture"],
)
def test_what_it_cannot_honour_is_refused(ask: Ask, changes: dict[str, object], words: str) -> None:
    """Each with a remedy; a long scene is to be split."""
    with pytest.raises(Refusal, match=words) as refusal:
        Zeroscope().quantise(ask(**changes))
    assert refusal.value.hint


def test_weights_of_the_second_pass_that_are_not_here_are_named(ask: Ask) -> None:
    """The line that fetches them is for the larger model."""
    with pytest.raises(ModelMissing) as missing:
        ask(settings={"xl_folder": "nowhere"})
    assert "zeroscope_v2_XL" in missing.value.hint
