"""Recipes on tiny weights: what reaches each course, how their clips join, stopping, and small weights."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from projects.weights import MODELS_VARIABLE
from scenes import recipes
from scenes.backend import Clip, ClipBackend, ClipRequest, Problem
from scenes.backends.animatediff import AnimateDiff
from scenes.backends.imagen_video import ImagenVideo
from scenes.backends.make_a_video import MakeAVideo
from scenes.backends.stills import Stills
from scenes.backends.svd import Svd
from scenes.backends.zeroscope import Zeroscope
from scenes.diffusion.running import Made, Run
from scenes.recipes import course
from storyboard.errors import InterruptedRender
from storyboard.film import Lora, Scene
from tests.scenes.diffusion.tiny_sd import stage
from tests.scenes.recipes_asked import BASE, LORA, PICTURE, SMALL, SPARSE, SVD, Ask, Settings, Shown, anna, models_in


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny models of every course."""
    return models_in(
        tmp_path_factory.mktemp("models"),
        "sd",
        "svd",
        "zeroscope",
        "wan pictures",
        "ltx",
        "motion",
        "sparsectrl",
        "controlnet",
        "anna",
    )


@pytest.fixture
def ask(models: Path, monkeypatch: pytest.MonkeyPatch, make_scene: Callable[..., Scene], make_request: Ask) -> Ask:
    """A request of a small clip by a recipe, with the weights that its settings mean; the stage is a stand-in."""
    monkeypatch.setenv(MODELS_VARIABLE, str(models))
    monkeypatch.setattr("scenes.recipes.upscaler_is_there", lambda: False)
    for module in ("pictures", "shooting"):
        monkeypatch.setattr(f"scenes.diffusion.{module}.stage_of", stage)

    def build(settings: Settings, backend: ClipBackend | None = None, **scene: object) -> ClipRequest:
        model = tuple(settings.items())
        made = make_scene(**{"prompt": "a pier", "model": model, **scene})
        files = (backend or MakeAVideo()).weights(model, None)  # type: ignore[attr-defined]
        own = {f"anna/{LORA}": models / "anna" / LORA}
        return make_request(made, files={**own, **files}, frames=6, width=64, height=64)

    return build


@dataclass
class Seen:
    """The runs that a family was asked for, and the first frame that each was given or made."""

    runs: list[Run]
    frames: list[Shown]


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Callable[[type], Seen]:
    """Notes what reaches a family's runs and what they make."""

    def watched(family: Any) -> Seen:
        seen, real = Seen([], []), family.run

        def run(self: Any, pipe: Any, run: Run, dice: Any, steps: Any) -> Made:
            made: Made = real(self, pipe, run, dice, steps)
            seen.runs.append(run)
            seen.frames.append(made.frames)
            return made

        monkeypatch.setattr(family, "run", run)
        return seen

    return watched


def clip_of(
    request: ClipRequest,
    seen: list[float] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    backend: ClipBackend | None = None,
) -> Clip:
    """The clip, with its progress in `seen`."""
    maker = backend or MakeAVideo()
    return maker.generate(request, maker.quantise(request), (seen if seen is not None else []).append, cancelled)


def shown(request: ClipRequest, backend: ClipBackend | None = None) -> Shown:
    """All frames of a clip."""
    return np.stack(list(clip_of(request, backend=backend).frames))


def test_the_models_own_picture_is_set_in_motion(ask: Ask, watch: Callable[[type], Seen]) -> None:
    """It has the size that the clip is planned at, and reaches the second model to the last bit.

    Of several moments it shows the first.
    """
    drawn, moved = watch(Stills), watch(Svd)
    moments = ((Fraction(0), "a pier"), (Fraction(1), "a lake"))
    request = replace(ask({**PICTURE, **SVD}, camera="dolly in"), prompt="a pier, then a lake", schedule=moments)
    frames = shown(request)
    assert drawn.runs[0].words["prompt"] == "a pier"
    assert frames.shape == (6, 64, 64, 3)
    assert drawn.frames[0].shape == (1, 64, 64, 3)
    assert np.array_equal(np.asarray(moved.runs[0].start), drawn.frames[0][0])


def test_settings_reach_their_course(ask: Ask, watch: Callable[[type], Seen]) -> None:
    """Each under its own name, and none in the other course."""
    drawn, moved = watch(Stills), watch(Svd)
    more: Settings = {"picture_guidance": 5.0, "picture_controlnet_folder": "controlnet", "picture_control": "pose"}
    more = {**more, "picture_steps": 2, "picture_width": 32, "picture_height": 40}
    shown(ask({**PICTURE, **SVD, **more, "animate_motion": 200, "animate_steps": 3}, cast=anna()))
    assert drawn.frames[0].shape == (1, 40, 32, 3)
    assert (drawn.runs[0].steps, drawn.runs[0].guidance, drawn.runs[0].asked["control"]) == (2, 5.0, "pose")
    assert (moved.runs[0].steps, moved.runs[0].asked["motion"]) == (3, 200)
    assert "motion" not in drawn.runs[0].asked
    assert "control" not in moved.runs[0].asked


@pytest.mark.parametrize(
    ("animate", "models_told"),
    [
        (SVD, "sd; svd"),
        ({"animate": "wan", "animate_folder": "wan pictures", **SMALL}, "sd; wan pictures"),
        ({"animate": "ltx", "animate_folder": "ltx", **SMALL}, "sd; ltx"),
        (SPARSE, "sd; adapter motion; sparsectrl sparsectrl"),
    ],
    ids=["svd", "wan", "ltx", "animatediff"],
)
def test_any_model_that_begins_with_a_picture(
    ask: Ask, watch: Callable[[type], Seen], animate: Settings, models_told: str
) -> None:
    """Frames come at the film's rate or above, for all of the scene; progress only grows; both models are told."""
    drawn = watch(Stills)
    request = ask({**PICTURE, **animate})
    plan = MakeAVideo().quantise(request)
    seen: list[float] = []
    clip = clip_of(request, seen)
    frames = np.stack(list(clip.frames))
    assert frames.shape == (plan.frames, plan.height, plan.width, 3)
    assert plan.frames == plan.keep
    assert drawn.frames[0].shape[1:] == frames.shape[1:]
    assert plan.rate >= request.rate
    assert plan.frames / plan.rate >= request.frames / request.rate
    assert seen == sorted(seen)
    assert 0.9 < seen[-1] <= 1.0
    assert clip.facts["model"] == models_told


def test_the_same_request_gives_the_same_bytes(ask: Ask, watch: Callable[[type], Seen]) -> None:
    """Another seed changes both the picture and the motion."""
    drawn, moved = watch(Stills), watch(Svd)
    request = ask({**PICTURE, **SVD})
    assert np.array_equal(shown(request), shown(request))
    shown(replace(request, seed=9))
    assert [run.seed for run in (*drawn.runs, *moved.runs)] == [1, 1, 9, 1, 1, 9]
    for each in (drawn, moved):
        assert np.array_equal(each.frames[0], each.frames[1])
        assert not np.array_equal(each.frames[0], each.frames[2])


def test_the_first_frame_of_another_backends_clip(ask: Ask, watch: Callable[[type], Seen]) -> None:
    """A picture backend that hands over no pictures gives the first frame of a clip."""
    moved = watch(Svd)
    settings = {f"picture_{key.removeprefix('base_')}": value for key, value in BASE.items()}
    request = ask({"picture": "zeroscope", **settings, **SVD})
    assert shown(request).shape == (6, 64, 64, 3)
    start = moved.runs[0].start
    assert start is not None
    assert start.size == (64, 64)


def test_a_small_clip_is_brought_to_the_films_rate(ask: Ask, watch: Callable[[type], Seen]) -> None:
    """The other recipe: settings reach its one course, another seed another clip."""
    made = watch(Zeroscope)
    request = ask({**BASE, "base_guidance": 4.0}, ImagenVideo())
    plan = ImagenVideo().quantise(request)
    seen: list[float] = []
    frames = np.stack(list(clip_of(request, seen, backend=ImagenVideo()).frames))
    assert frames.shape == (6, 32, 32, 3)
    assert plan.rate == request.rate
    assert seen == sorted(seen)
    assert (made.runs[0].steps, made.runs[0].guidance) == (1, 4.0)
    assert np.array_equal(frames, shown(request, ImagenVideo()))
    assert not np.array_equal(frames, shown(replace(request, seed=9), ImagenVideo()))


@pytest.mark.parametrize("family", [Stills, Svd])
def test_stopping_takes_effect_in_each_course(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, watch: Callable[[type], Seen], family: type
) -> None:
    """Within a step of the model that is at work; none after it is begun."""
    at_work: list[bool] = []
    real = family.run  # type: ignore[attr-defined]

    def run(*arguments: Any) -> Made:
        at_work.append(True)
        made: Made = real(*arguments)
        return made

    monkeypatch.setattr(family, "run", run)
    moved = watch(Svd) if family is Stills else watch(Zeroscope)
    seen: list[float] = []
    with pytest.raises(InterruptedRender):
        clip_of(ask({**PICTURE, **SVD}), seen, lambda: bool(at_work))
    assert not moved.runs
    assert all(part < 0.9 for part in seen)


@pytest.mark.filterwarnings("ignore:Already found a `peft_config`:UserWarning")
def test_small_weights_reach_the_picture(ask: Ask) -> None:
    """Those that are meant for the course's backend, for the recipe, or for every model."""

    def picture(backend: str) -> Shown:
        request = ask({**PICTURE, **SVD}, cast=anna(Lora(f"anna/{LORA}", 1.0, "", backend)))
        asked = course(request.scene.model, "picture", "stills", "make-a-video").request(request)
        drawing = Stills().drawing()
        clip = drawing.generate(asked, drawing.quantise(asked), lambda part: None, lambda: False)
        return np.stack(list(clip.frames))

    plain = picture("svd")
    assert not any(np.array_equal(plain, picture(backend)) for backend in ("stills", "make-a-video", ""))


@pytest.mark.filterwarnings("ignore:Already found a `peft_config`:UserWarning")
def test_small_weights_of_one_course_stay_there(ask: Ask, watch: Callable[[type], Seen]) -> None:
    """What is meant for what moves is not laid over what draws."""
    drawn, moved = watch(Stills), watch(AnimateDiff)
    shown(ask({**PICTURE, **SPARSE}))
    shown(ask({**PICTURE, **SPARSE}, cast=anna(Lora(f"anna/{LORA}", 1.0, "", "animatediff"))))
    assert np.array_equal(drawn.frames[0], drawn.frames[1])
    assert not np.array_equal(moved.frames[0], moved.frames[1])


def test_a_recipe_tells_what_its_usual_courses_lack(monkeypatch: pytest.MonkeyPatch) -> None:
    """`doctor` tells it; the recipe is not refused, since a scene may name other courses."""

    class Lacking:
        def check(self) -> tuple[Problem, ...]:
            return (Problem("not installed: torch", "install it"),)

    monkeypatch.setattr(recipes, "load", lambda group, name: Lacking)
    (told,) = recipes.lacking(ImagenVideo())
    assert told == Problem("its usual `base:`, zeroscope: not installed: torch", "install it")
    assert len(list(recipes.lacking(MakeAVideo()))) == 2
    assert list(recipes.lacking(Zeroscope())) == []
    assert ImagenVideo().check() == ()
