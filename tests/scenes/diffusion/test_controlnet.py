"""Stable Diffusion with ControlNet on tiny weights: pictures that keep to the stage, and the frames between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from projects.weights import MODELS_VARIABLE, ModelMissing, Setting
from scenes.backend import Clip, ClipPlan, ClipRequest, Guide, Refusal
from scenes.backends.controlnet import ControlNet, moved, pictured
from scenes.diffusion.pictures import stage_of
from scenes.diffusion.running import Run
from storyboard.errors import InterruptedRender
from storyboard.film import Character, Keyframe, Part, Scene, VoiceChoice
from tests.scenes.diffusion.tiny_sd import MAKERS_SD, stage

Ask = Callable[..., ClipRequest]
Shown = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
XL: dict[str, Setting] = {"folder": "sdxl", "controlnet_folder": "controlnet xl"}


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both lines, and what goes with them."""
    folder = tmp_path_factory.mktemp("models")
    for name in ("sd", "sdxl", "flux", "controlnet", "controlnet xl", "ip adapter"):
        MAKERS_SD[name](folder / name)
    return folder


@pytest.fixture
def ask(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_scene: Callable[..., Scene], make_request: Ask
) -> Ask:
    """A request for a small clip, with its weights and two pictures among its files; the stage is a stand-in."""
    monkeypatch.setenv(MODELS_VARIABLE, str(models))
    for module in ("pictures", "shooting"):
        monkeypatch.setattr(f"scenes.diffusion.{module}.stage_of", stage)
    for number, name in enumerate(("a.png", "b.png")):
        rng = np.random.default_rng(number)
        Image.fromarray(rng.integers(0, 256, (64, 64, 3), np.uint8)).save(tmp_path / name)

    def build(frames: int = 9, settings: dict[str, Setting] | None = None, **scene: object) -> ClipRequest:
        told: dict[str, Setting] = {"folder": "sd", "controlnet_folder": "controlnet", "steps": 2, "every": 4}
        model = tuple({**told, "width": 32, "height": 32, **(settings or {})}.items())
        made = make_scene(**{"prompt": "a pier", "model": model, **scene})
        files = {name: tmp_path / name for name in ("a.png", "b.png")}
        request = make_request(made, files={**files, **ControlNet().weights(model, None)}, frames=frames)
        return replace(request, rate=Fraction(12))

    return build


def somebody(at: str = "left", *references: str) -> tuple[Part, ...]:
    """A cast of one."""
    anna = Character("anna", "Anna", "woman", "", "", "", VoiceChoice(""), references=references)
    return (Part(anna, "stand", "neutral", at),)  # type: ignore[arg-type]


def clip_of(
    request: ClipRequest, cancelled: Callable[[], bool] = lambda: False, seen: list[float] | None = None
) -> Clip:
    """The clip, with its progress in `seen`."""
    backend = ControlNet()
    seen = [] if seen is None else seen
    return backend.generate(request, backend.quantise(request), seen.append, cancelled)


def made(request: ClipRequest) -> Shown:
    """All frames of a clip."""
    return np.stack(list(clip_of(request).frames))


@pytest.mark.parametrize(
    ("frames", "every", "places"), [(9, 4, [0, 4, 8]), (10, 4, [0, 4, 8, 9]), (1, 8, [0]), (3, 8, [0, 2])]
)
def test_the_first_and_the_last_frame_are_pictures(frames: int, every: int, places: list[int]) -> None:
    """Every n-th is one besides."""
    assert pictured(frames, every) == places


@pytest.mark.parametrize("line", [{}, XL], ids=["sd", "xl"])
def test_words_and_staging_become_a_clip(ask: Ask, line: dict[str, Setting]) -> None:
    """Prompt, seed and what to leave out each decide, and the same request gives the same bytes."""
    seen: list[float] = []
    clip = clip_of(ask(settings=line), seen=seen)
    frames = np.stack(list(clip.frames))
    assert frames.shape == (9, 32, 32, 3)
    assert seen == sorted(seen)
    assert seen[-1] <= 1.0
    assert np.array_equal(frames, made(ask(settings=line)))
    for other in (replace(ask(settings=line), seed=9), replace(ask(settings=line), negative="fog")):
        assert not np.array_equal(frames, made(other))


def test_what_is_kept_to_is_the_stage(ask: Ask) -> None:
    """Somebody who stands elsewhere changes the clip; so do the kind of guide, and how much it counts."""
    left = made(ask(cast=somebody("left")))
    assert not np.array_equal(left, made(ask(cast=somebody("right"))))
    assert not np.array_equal(left, made(ask(settings={"control_scale": 0.3}, cast=somebody("left"))))


def test_the_guide_is_the_one_asked_for(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Depth unless another is written, at the frames that are pictures; the layout says how the stage moves."""
    asked: list[tuple[str, int]] = []

    def watched(request: ClipRequest, plan: ClipPlan) -> Callable[[Guide, Sequence[int]], list[Image.Image]]:
        def pictures(guide: Guide, frames: Sequence[int]) -> list[Image.Image]:
            asked.extend((guide, frame) for frame in frames)
            return stage(request, plan)(guide, frames)

        return pictures

    monkeypatch.setattr("scenes.diffusion.shooting.stage_of", watched)
    for settings, guide in (({}, "depth"), ({"control": "scribble"}, "scribble")):
        asked.clear()
        made(ask(settings=settings))
        assert [place for kind, place in asked if kind == guide] == [0, 4, 8]
        assert [place for kind, place in asked if kind == "layout"] == [0, 4, 4, 8]


def test_frames_between_lie_between(ask: Ask) -> None:
    """They are neither of the pictures; more pictures give another clip."""
    frames = made(ask())
    assert not np.array_equal(frames[1], frames[0])
    assert not np.array_equal(frames[3], frames[4])
    assert not np.array_equal(frames, made(ask(settings={"every": 2})))
    plan = ControlNet().quantise(ask())
    assert "3 of 9 frames are pictures" in plan.notes[-1]


def test_each_picture_goes_on_from_the_one_before(ask: Ask) -> None:
    """With little strength it stays near to it, in the colours of the first."""
    near, far = (made(ask(settings={"strength": part, "steps": 4})).astype(int) for part in (0.25, 1.0))
    assert np.abs(near[8] - near[0]).mean() < np.abs(far[8] - far[0]).mean()
    assert np.abs(far[8].mean(axis=(0, 1)) - far[0].mean(axis=(0, 1))).max() < 2.0


def test_a_picture_is_moved_as_the_stage_moves() -> None:
    """What the stage shows eight frames later lies where the picture is moved to, not where it was."""
    wide = np.random.default_rng(0).integers(0, 256, (8, 24, 3), np.uint8)
    ground = np.asarray(Image.fromarray(wide).resize((192, 64), Image.Resampling.BICUBIC))

    def layout(guide: Guide, frames: Sequence[int]) -> list[Image.Image]:
        return [Image.fromarray(ground[:, 40 - frame : 168 - frame]) for frame in frames]

    here, there = (np.asarray(picture).astype(int) for picture in layout("layout", [0, 8]))
    run = Run({}, 128, 64, 9, 12.0, 1, 1.0, 1, guides=layout)
    carried = np.asarray(moved(here.astype(np.uint8), run, 0, 8)).astype(int)
    inside = np.s_[8:-8, 16:-16]
    assert np.abs(carried - there)[inside].mean() < 0.2 * np.abs(here - there)[inside].mean()


def test_the_painter_stages_it(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real stage: whoever stands elsewhere in the storyboard stands elsewhere in the guide, and in the clip."""
    monkeypatch.setattr("scenes.diffusion.shooting.stage_of", stage_of)
    left, right = (ask(3, cast=somebody(at)) for at in ("far left", "far right"))
    plan = ControlNet().quantise(left)
    near = [np.asarray(stage_of(request, plan)("pose", [0])[0]).sum(axis=(0, 2)) for request in (left, right)]
    places = [float((columns * np.arange(len(columns))).sum() / max(1, columns.sum())) for columns in near]
    assert places[0] < places[1]
    assert not np.array_equal(made(left), made(right))


def test_moments_decide_from_where_they_are(ask: Ask) -> None:
    """The first picture is the same, the last is not."""
    plain = made(replace(ask(), schedule=((Fraction(0), "a pier"), (Fraction(1), "a pier"))))
    other = made(replace(ask(), schedule=((Fraction(0), "a pier"), (Fraction(1), "a lake"))))
    assert np.array_equal(plain[0], other[0])
    assert not np.array_equal(plain[-1], other[-1])


def test_any_length_is_one_run(ask: Ask) -> None:
    """A minute needs no segments."""
    plan = ControlNet().quantise(ask(720))
    assert (plan.frames, plan.keep) == (720, 720)
    assert made(ask(60, {"every": 30})).shape == (60, 32, 32, 3)
    assert made(ask(1)).shape == (1, 32, 32, 3)


def test_pictures_of_characters_are_looked_at(ask: Ask) -> None:
    """Another picture gives another clip; without the weights for it they are noted as unused."""
    looking: dict[str, Setting] = {"ip_adapter_folder": "ip adapter"}
    seen = made(ask(settings=looking, cast=somebody("left", "a.png")))
    assert not np.array_equal(seen, made(ask(settings=looking, cast=somebody("left", "b.png"))))
    assert "were not used" in ControlNet().quantise(ask(cast=somebody("left", "a.png"))).notes[-1]


def test_a_long_prompt_is_counted(ask: Ask) -> None:
    """What finds no room is named."""
    notes = clip_of(replace(ask(2), prompt="the pier " * 20 + "at dusk")).facts["notes"]
    assert "77 tokens" in notes[0]
    assert notes[0].endswith("at dusk'")


def test_stopping_takes_effect_within_a_step(ask: Ask) -> None:
    """In the first picture, and in those that go on from it."""
    for allowed in (0, 3):
        left = iter([False] * allowed)
        with pytest.raises(InterruptedRender):
            clip_of(ask(), lambda left=left: next(left, True))  # type: ignore[misc]


@pytest.mark.parametrize(
    ("settings", "scene", "words"),
    [
        ({"every": 0}, {}, "'every'"),
        ({"strength": 0.1}, {}, "no step"),
        ({"width": 36}, {}, "cannot make a width of 36"),
        ({"control": "canny"}, {}, "'canny'"),
        ({}, {"keyframes": (Keyframe("a.png", Fraction(0)),)}, "a picture at the start"),
    ],
)
def test_what_cannot_be_honoured_is_refused(
    ask: Ask, settings: dict[str, Setting], scene: dict[str, object], words: str
) -> None:
    """Each with a remedy, before anything is loaded."""
    with pytest.raises(Refusal, match=words) as refusal:
        ControlNet().quantise(ask(settings=settings, **scene))
    assert refusal.value.hint


@pytest.mark.parametrize(
    ("settings", "words"),
    [({"folder": "sdxl"}, "controls another kind of model"), ({"folder": "flux"}, "is Flux, which is not run with")],
)
def test_weights_of_another_model_are_told(ask: Ask, settings: dict[str, Setting], words: str) -> None:
    """Before any step is made."""
    with pytest.raises(Refusal, match=words) as refusal:
        clip_of(ask(settings=settings))
    assert refusal.value.hint


def test_weights_for_control_have_to_be_there(ask: Ask) -> None:
    """A mistyped folder is told, with the line that fetches some."""
    with pytest.raises(ModelMissing, match="is not there") as missing:
        ControlNet().weights((("folder", "sd"), ("controlnet_folder", "dept")), None)
    assert "hf download lllyasviel/control" in missing.value.hint
