"""Recipes on tiny weights: what reaches each course, what is refused before anything is loaded, and how clips join."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from projects.weights import MODELS_VARIABLE, ModelMissing, Setting
from scenes.backend import Clip, ClipBackend, ClipPlan, ClipRequest, Refusal
from scenes.backends.animatediff import AnimateDiff
from scenes.backends.imagen_video import ImagenVideo
from scenes.backends.make_a_video import MakeAVideo
from scenes.backends.stills import Stills
from scenes.backends.svd import Svd
from scenes.backends.zeroscope import Zeroscope
from scenes.diffusion.running import Made, Run
from scenes.recipes import course, finished, finished_plan, finishing_seconds
from storyboard.errors import InterruptedRender, RenderError
from storyboard.film import Character, Keyframe, Lora, Part, Scene, VoiceChoice
from tests.scenes.diffusion.tiny_sd import stage
from tests.scenes.diffusion.whole import EVERY

Ask = Callable[..., ClipRequest]
Shown = NDArray[np.uint8]
Settings = Mapping[str, Setting]

PICTURE: Settings = {"picture_folder": "sd", "picture_steps": 1}
SVD: Settings = {"animate_folder": "svd", "animate_steps": 1, "animate_width": 64, "animate_height": 64}
SMALL: Settings = {"animate_steps": 2, "animate_width": 32, "animate_height": 32}
BASE: Settings = {"base_folder": "zeroscope", "base_steps": 2, "base_width": 32, "base_height": 32}
SPARSE: Settings = {
    "animate": "animatediff",
    "animate_folder": "sd",
    "animate_adapter_folder": "motion",
    "animate_sparsectrl_folder": "sparsectrl",
    **SMALL,
}
LORA = "pytorch_lora_weights.safetensors"
NEEDED = ("sd", "svd", "zeroscope", "wan pictures", "ltx", "motion", "sparsectrl", "controlnet", "anna")


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny models of every course."""
    folder = tmp_path_factory.mktemp("models")
    for name in NEEDED:
        EVERY[name](folder / name)
    return folder


@pytest.fixture
def ask(
    models: Path, monkeypatch: pytest.MonkeyPatch, make_scene: Callable[..., Scene], make_request: Ask
) -> Iterator[Ask]:
    """A request of a small clip by a recipe, with the weights that its settings mean; the stage is a stand-in."""
    monkeypatch.setenv(MODELS_VARIABLE, str(models))
    monkeypatch.setattr("scenes.recipes.upscaler_is_there", lambda: False)
    for module in ("pictures", "shooting"):
        monkeypatch.setattr(f"scenes.diffusion.{module}.stage_of", stage)

    def build(settings: Settings, backend: ClipBackend | None = None, **scene: object) -> ClipRequest:
        model = tuple(settings.items())
        made = make_scene(**{"prompt": "a pier", "model": model, **scene})
        files = (backend or MakeAVideo()).weights(model, None)  # type: ignore[attr-defined]
        references = {f"{name}/{LORA}": models / name / LORA for name in ("anna",)}
        return make_request(made, files={**references, **files}, frames=6, width=64, height=64)

    yield build


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


def anna(*loras: Lora, references: tuple[str, ...] = ()) -> tuple[Part, ...]:
    """A cast of one."""
    who = Character("anna", "Anna", "woman", "", "", "", VoiceChoice(""), loras=loras, references=references)
    return (Part(who, "stand", "neutral", "left"),)


def test_the_models_own_picture_is_set_in_motion(ask: Ask, watch: Callable[[type], Seen]) -> None:
    """It has the size that the clip is planned at, and reaches the second model to the last bit."""
    drawn, moved = watch(Stills), watch(Svd)
    request = ask({**PICTURE, **SVD}, camera="dolly in")
    frames = shown(request)
    assert frames.shape == (6, 64, 64, 3)
    assert drawn.frames[0].shape == (1, 64, 64, 3)
    assert np.array_equal(np.asarray(moved.runs[0].start), drawn.frames[0][0])


def test_a_size_far_from_what_is_known_is_told(ask: Ask) -> None:
    """Stable Diffusion knows 512x512: pictures of many times as much, or as little, are worth a note."""
    large = MakeAVideo().quantise(replace(ask({**PICTURE, "animate_folder": "svd"}), width=1024, height=576))
    assert (large.width, large.height) == (1024, 576)
    assert any("1024x576, far from the 704x384" in note for note in large.notes)


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
    "animate",
    [
        SVD,
        {"animate": "wan", "animate_folder": "wan pictures", **SMALL},
        {"animate": "ltx", "animate_folder": "ltx", **SMALL},
        SPARSE,
    ],
    ids=["svd", "wan", "ltx", "animatediff"],
)
def test_any_model_that_begins_with_a_picture(ask: Ask, watch: Callable[[type], Seen], animate: Settings) -> None:
    """Frames come at the film's rate or above; progress only grows; the same request gives the same bytes.

    Another seed changes both the picture and the motion.
    """
    drawn = watch(Stills)
    request = ask({**PICTURE, **animate})
    plan, seen = MakeAVideo().quantise(request), []  # type: tuple[ClipPlan, list[float]]
    clip = clip_of(request, seen)
    first = np.stack(list(clip.frames))
    assert len(first) == plan.frames == plan.keep
    assert plan.rate >= request.rate
    assert plan.frames / plan.rate >= request.frames / request.rate
    assert seen == sorted(seen)
    assert 0.9 < seen[-1] <= 1.0
    assert clip.facts["model"] == f"sd; {animate['animate_folder']}" or animate["animate_folder"] == "sd"
    assert np.array_equal(first, shown(request))
    assert not np.array_equal(first, shown(replace(request, seed=9)))
    assert np.array_equal(drawn.frames[0], drawn.frames[1])
    assert not np.array_equal(drawn.frames[0], drawn.frames[2])


def test_both_courses_have_the_seed_and_the_picture_the_first_moment(ask: Ask, watch: Callable[[type], Seen]) -> None:
    """A scene of several moments begins with the first; both courses begin from the noise of the take."""
    drawn, moved = watch(Stills), watch(Svd)
    moments = ((Fraction(0), "a pier"), (Fraction(1), "a lake"))
    shown(replace(ask({**PICTURE, **SVD}), prompt="a pier, then a lake", schedule=moments, seed=77))
    assert drawn.runs[0].words["prompt"] == "a pier"
    assert [drawn.runs[0].seed, moved.runs[0].seed] == [77, 77]


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
    plan, seen = ImagenVideo().quantise(request), []  # type: tuple[ClipPlan, list[float]]
    frames = np.stack(list(clip_of(request, seen, backend=ImagenVideo()).frames))
    assert frames.shape == (6, 32, 32, 3)
    assert plan.rate == request.rate
    assert seen == sorted(seen)
    assert (made.runs[0].steps, made.runs[0].guidance) == (2, 4.0)
    assert np.array_equal(frames, shown(request, ImagenVideo()))
    assert not np.array_equal(frames, shown(replace(request, seed=9), ImagenVideo()))


def test_seven_frames_a_second_become_the_films_without_a_jump(ask: Ask) -> None:
    """A thing that glides goes on gliding: no frame in between is farther from its neighbours than from the sources."""
    made = ClipPlan(8, 7, 96, 64, Fraction(7))
    request = replace(ask({**PICTURE, **SVD}), frames=24, rate=Fraction(24), width=96, height=64)
    plan = finished_plan(request, made, ())
    across = np.arange(96)
    ground = 60 + 40 * np.sin(np.arange(64)[:, None] / 5.0)
    sources = [
        np.repeat(np.clip(ground + 90 * np.exp(-((across - 20 - 6 * n) ** 2) / 60.0), 0, 255)[..., None], 3, 2)
        for n in range(8)
    ]
    frames = list(finished((one.astype(np.uint8) for one in sources), request, made, plan))
    assert (len(frames), plan.rate) == (24, Fraction(24))
    places = [float(np.average(across, weights=frame[32, :, 0].astype(float) - 30)) for frame in frames]
    steps = np.diff(places)
    whole = (places[-1] - places[0]) / 23
    assert (steps > 0).all()
    assert steps.max() < 2 * whole


@pytest.mark.parametrize(
    ("change", "words", "remedy"),
    [
        ({"pictur_steps": 2}, "has no setting 'pictur_steps'", "did you mean 'picture_steps'?"),
        ({"animator": "svd"}, "has no setting 'animator'", "did you mean 'animate'?"),
        ({"steps": 2}, "has no setting 'steps'", "picture_steps, animate_steps"),
        ({"picture_stps": 2}, "`picture` (stills)", "did you mean 'steps'?"),
        ({"animate_moton": 2}, "`animate` (svd)", "did you mean 'motion'?"),
        ({"animate_motion": 999}, "`animate` (svd)", "begin with `animate_`"),
        ({"animate": "sdv"}, "no backend 'sdv'", "workprint backends"),
        ({"animate": "imagen-video"}, "is a recipe itself", "name a backend"),
        ({"picture": "make-a-video"}, "is a recipe itself", "name a backend"),
        ({"interpolator": "dain"}, "'dain' is no interpolator", "rife"),
        ({"interpolator": "rife"}, "rife` is not installed", "pip install"),
        ({"upscale": 2}, "`upscale: 2` is not installed", "pip install"),
        ({"upscale": 3}, "`upscale: 3` is none", "1, 2 or 4"),
        ({"upscale": True}, "`upscale: True` is none", "1, 2 or 4"),
        ({"animate_start": "stage"}, "begins with its own picture", "picture_start"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_refused_before_anything_is_loaded(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, change: Settings, words: str, remedy: str
) -> None:
    """What cannot be honoured is told by the plan, with a remedy; no pipeline is opened."""
    monkeypatch.setattr("scenes.rife.rife_is_there", lambda: False)
    request = ask({**PICTURE, **SVD})
    request = replace(request, scene=replace(request.scene, model=(*request.scene.model, *change.items())))
    with pytest.raises(Refusal) as refused:
        MakeAVideo().quantise(request)
    assert words in refused.value.message
    assert remedy in refused.value.hint


@pytest.mark.parametrize(
    ("scene", "words"),
    [
        ({"prompt": ""}, "needs words"),
        ({"keyframes": (Keyframe("a.png", Fraction(0)),)}, "makes its own picture"),
        ({"clip": "a.mp4"}, "makes its own picture"),
    ],
)
def test_scenes_that_bring_something_else_are_refused(ask: Ask, scene: dict[str, object], words: str) -> None:
    """Nothing of the scene is left out in silence."""
    with pytest.raises(Refusal, match=words) as refused:
        MakeAVideo().quantise(ask({**PICTURE, **SVD}, **scene))
    assert refused.value.hint


def test_a_model_that_begins_with_no_picture_is_refused(ask: Ask) -> None:
    """It could not set one in motion."""
    settings = {key.replace("base", "animate"): value for key, value in BASE.items()}
    with pytest.raises(Refusal, match=r"`animate` \(zeroscope\).* a picture at the start"):
        MakeAVideo().quantise(ask({**PICTURE, "animate": "zeroscope", **settings}))


def test_rife_is_asked_for_when_it_is_there(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The network invents the frames then, and its price is told."""
    monkeypatch.setattr("scenes.rife.rife_is_there", lambda: True)
    asked: list[float] = []

    def between(first: Shown, second: Shown, part: float) -> Shown:
        asked.append(part)
        return first

    monkeypatch.setattr("scenes.rife.rife_between", between)
    made, request = ClipPlan(4, 3, 32, 32, Fraction(8)), ask({**PICTURE, **SVD, "interpolator": "rife"})
    plan = finished_plan(request, made, ())
    still = np.full((32, 32, 3), 90, np.uint8)
    assert len(list(finished([still] * 4, request, made, plan))) == plan.frames
    assert asked
    plain = ask({**PICTURE, **SVD})
    assert finishing_seconds(request, made, plan) > 10 * finishing_seconds(plain, made, plan) > 0


def test_pictures_are_doubled_where_that_is_installed(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until they cover the canvas, or as often as asked; the estimate grows with it."""
    monkeypatch.setattr("scenes.recipes.upscaler_is_there", lambda: True)
    monkeypatch.setattr("scenes.recipes.upscaled", lambda picture: picture.repeat(2, 0).repeat(2, 1))
    made = ClipPlan(4, 3, 32, 32, Fraction(8))
    for asked, side in (({}, 64), ({"upscale": 1}, 32), ({"upscale": 4}, 128)):
        request = ask({**PICTURE, **SVD, **asked})
        plan = finished_plan(request, made, ())
        assert (plan.width, plan.height) == (side, side)
        frames = finished([np.zeros((32, 32, 3), np.uint8)] * 4, request, made, plan)
        assert {frame.shape for frame in frames} == {(side, side, 3)}
    quick = ask({**PICTURE, **SVD, "upscale": 1})
    assert finishing_seconds(request, made, plan) > finishing_seconds(quick, made, plan)


def test_seconds_are_the_sum(ask: Ask) -> None:
    """Those of both models and of what follows; memory is that of the greater one."""
    request = ask({**PICTURE, **SVD})
    plan = MakeAVideo().quantise(request)
    whole = MakeAVideo().estimate(request, plan)
    moved = course(request.scene.model, "animate", "svd", "make-a-video")
    asked = moved.request(request, keyframes=(Keyframe("a", Fraction(0)),), prompt="")
    alone = moved.backend.estimate(asked, moved.plan(replace(asked, prompt="")))
    drawn = course(request.scene.model, "picture", "stills", "make-a-video")
    picture = Stills().drawing()
    still = picture.estimate(drawn.request(request), picture.quantise(drawn.request(request)))
    rest = finishing_seconds(request, moved.plan(replace(asked, prompt="")), plan)
    assert whole.seconds == pytest.approx(alone.seconds + still.seconds + rest)
    assert whole.memory_mb == max(alone.memory_mb, still.memory_mb)
    assert whole.disk_mb == pytest.approx(alone.disk_mb + still.disk_mb)


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


def test_weights_that_are_not_here_are_told_together(ask: Ask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each with the line that fetches it, and how its settings are called."""
    ask({**PICTURE, **SVD})
    for folder, course_name in (("svd", "picture"), ("sd", "animate")):
        others = {
            f"{course_name}_folder": "models/none",
            f"{'animate' if folder == 'svd' else 'picture'}_folder": folder,
        }
        with pytest.raises(ModelMissing, match=f"`{course_name}` .*'models/none' is not there") as missing:
            MakeAVideo().weights(tuple(others.items()), None)
        assert "hf download" in missing.value.hint
        assert f"begin with `{course_name}_`" in missing.value.hint
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(ModelMissing) as both:
        MakeAVideo().weights((), None)
    assert both.value.hint.count("hf download") == 2
    with pytest.raises(ModelMissing, match="zeroscope"):
        ImagenVideo().weights((), None)


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
    assert np.array_equal(*drawn.frames)
    assert not np.array_equal(*moved.frames)


def test_the_house_knows_whose_small_weights_and_sounds_count(ask: Ask, models: Path, tmp_path: Path) -> None:
    """What can be used of a character, and whether a clip may sound, is decided by the courses that a scene names."""
    from render.makers import Studio
    from render.take import loras_for

    who = anna(Lora("a", backend="stills"), Lora("b", backend="wan"), Lora("c"), Lora("d", backend="make-a-video"))
    scene = ask({**PICTURE, **SVD}).scene
    studio = Studio(tmp_path)
    maker = studio.maker(replace(scene, backend="make-a-video"))
    assert (maker.courses, maker.blocked, maker.sounds) == (("stills", "svd"), "", False)
    assert [lora.file for lora in loras_for(who[0].character, maker)] == ["a", "c", "d"]
    assert maker.takes == {"lora", "references"}
    small = studio.maker(replace(scene, backend="imagen-video", model=tuple(BASE.items())))
    assert small.courses == ("zeroscope",)
    sounding = studio.maker(replace(scene, backend="imagen-video", model=(("base", "ltx2"), ("base_folder", "ltx"))))
    assert sounding.sounds


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({**SVD, "picture_folder": "none"}, "hf download"),
        ({**PICTURE, "animate_folder": "none"}, "hf download"),
        ({**PICTURE, **SVD, "animate": "nobody"}, "no backend 'nobody'"),
        ({**PICTURE, **SVD, "upscale": 2}, "not installed"),
    ],
)
def test_what_is_missing_blocks_the_plan(ask: Ask, tmp_path: Path, settings: Settings, words: str) -> None:
    """The house tells it before anything is rendered."""
    from render.makers import Studio

    scene = replace(ask({**PICTURE, **SVD}).scene, backend="make-a-video", model=tuple(settings.items()))
    assert words in Studio(tmp_path).maker(scene).blocked


def test_a_model_that_fails_is_told_as_it_is(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Errors of a course pass through."""

    def broken(*_: Any) -> Made:
        raise RenderError("no more")

    monkeypatch.setattr(Svd, "run", broken)
    with pytest.raises(RenderError, match="no more"):
        clip_of(ask({**PICTURE, **SVD}))
