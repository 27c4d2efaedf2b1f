"""What recipes plan, cost and refuse before anything is loaded, and how small clips are brought to the film's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from projects.weights import MODELS_VARIABLE, ModelMissing
from scenes.backend import ClipBackend, ClipPlan, ClipRequest, Refusal
from scenes.backends.imagen_video import ImagenVideo
from scenes.backends.make_a_video import MakeAVideo
from scenes.backends.stills import Stills
from scenes.recipes import course, finished, finished_plan, finishing_seconds
from storyboard.film import Keyframe, Lora, Scene
from tests.scenes.recipes_asked import BASE, PICTURE, SVD, Ask, Settings, Shown, anna, models_in


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny models of every course."""
    return models_in(tmp_path_factory.mktemp("models"), "sd", "svd", "zeroscope")


@pytest.fixture
def ask(models: Path, monkeypatch: pytest.MonkeyPatch, make_scene: Callable[..., Scene], make_request: Ask) -> Ask:
    """A request of a small clip by a recipe, with the weights that its settings mean."""
    monkeypatch.setenv(MODELS_VARIABLE, str(models))
    monkeypatch.setattr("scenes.recipes.upscaler_is_there", lambda: False)

    def build(settings: Settings, backend: ClipBackend | None = None, **scene: object) -> ClipRequest:
        model = tuple(settings.items())
        made = make_scene(**{"prompt": "a pier", "model": model, **scene})
        files = (backend or MakeAVideo()).weights(model, None)  # type: ignore[attr-defined]
        return make_request(made, files=dict(files), frames=6, width=64, height=64)

    return build


def test_a_size_far_from_what_is_known_is_told(ask: Ask) -> None:
    """Stable Diffusion knows 512x512: pictures of many times as much, or as little, are worth a note."""
    large = MakeAVideo().quantise(replace(ask({**PICTURE, "animate_folder": "svd"}), width=1024, height=576))
    assert (large.width, large.height) == (1024, 576)
    assert any("1024x576, far from the 704x384" in note for note in large.notes)


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
