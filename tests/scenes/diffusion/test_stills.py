"""Stills on tiny weights: a picture from words, animated; moments, the staging, references, and what is refused."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from projects.weights import MODELS_VARIABLE, ModelMissing, Setting
from scenes.backend import Clip, ClipPlan, ClipRequest, Guide, Refusal
from scenes.backends.stills import Stills
from scenes.diffusion.pictures import references
from storyboard.errors import InterruptedRender, RenderError
from storyboard.film import Character, Keyframe, Look, Part, Scene, VoiceChoice
from tests.scenes.diffusion.tiny_sd import MAKERS_SD, stage

Ask = Callable[..., ClipRequest]
Shown = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]

CONTROL: dict[str, Setting] = {"controlnet_folder": "controlnet", "control": "pose"}
XL: dict[str, Setting] = {"folder": "sdxl"}
CONTROL_XL: dict[str, Setting] = {**XL, "controlnet_folder": "controlnet xl", "control": "lines"}
FLUX: dict[str, Setting] = {"folder": "flux"}
START: dict[str, Setting] = {"start": "stage"}


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three lines, and what goes with them."""
    folder = tmp_path_factory.mktemp("models")
    for name in ("sd", "sdxl", "flux", "controlnet", "controlnet xl", "ip adapter", "ip adapter xl", "motion"):
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

    def build(settings: dict[str, Setting] | None = None, **scene: object) -> ClipRequest:
        told = {"folder": "sd", "steps": 2, "width": 32, "height": 32, **(settings or {})}
        model = tuple((key, value) for key, value in told.items() if value != "")
        made = make_scene(**{"prompt": "a pier", "model": model, **scene})
        files = {name: tmp_path / name for name in ("a.png", "b.png")}
        request = make_request(made, files={**files, **Stills().weights(model, None)}, frames=6)
        return replace(request, width=64, height=64)

    return build


def somebody(at: str = "left", *references: str) -> tuple[Part, ...]:
    """A cast of one."""
    anna = Character("anna", "Anna", "woman", "", "", "", VoiceChoice(""), references=references)
    return (Part(anna, "stand", "neutral", at),)  # type: ignore[arg-type]


def clip_of(
    request: ClipRequest, cancelled: Callable[[], bool] = lambda: False, seen: list[float] | None = None
) -> Clip:
    """The clip, with its progress in `seen`."""
    backend = Stills()
    seen = [] if seen is None else seen
    return backend.generate(request, backend.quantise(request), seen.append, cancelled)


def made(request: ClipRequest) -> Shown:
    """All frames of a clip."""
    return np.stack(list(clip_of(request).frames))


@pytest.mark.parametrize("line", [{}, XL, FLUX], ids=["sd", "xl", "flux"])
def test_words_become_a_picture(ask: Ask, line: dict[str, Setting]) -> None:
    """The folder's index says which line; prompt and seed decide, and the same request gives the same bytes."""
    seen: list[float] = []
    request = ask(line)
    clip = clip_of(request, seen=seen)
    frames = np.stack(list(clip.frames))
    assert frames.shape == (6, 64, 64, 3)
    assert seen == sorted(seen)
    assert seen[-1] == pytest.approx(1.0)
    assert clip.facts["model"] == request.scene.model[0][1]
    assert np.array_equal(frames, made(request))
    for other in (replace(request, seed=9), replace(request, prompt="a lake")):
        assert not np.array_equal(frames, made(other))


def test_the_camera_moves_over_it(ask: Ask) -> None:
    """What `pictures` does with the author's pictures is done with this one; nothing is left on the disk."""
    before = set(Path(tempfile.gettempdir()).glob("workprint-*"))
    frames = made(ask(camera="zoom in"))
    assert not np.array_equal(frames[0], frames[5])
    assert set(Path(tempfile.gettempdir()).glob("workprint-*")) <= before


def test_a_clip_nobody_reads_leaves_nothing(ask: Ask) -> None:
    """One frame may be taken and the rest left."""
    before = set(Path(tempfile.gettempdir()).glob("workprint-*"))
    frames = clip_of(ask()).frames
    next(frames)
    del frames
    assert set(Path(tempfile.gettempdir()).glob("workprint-*")) <= before


def test_each_moment_has_a_picture(ask: Ask) -> None:
    """All with one seed: the first is that of the scene, the last another one, and they dissolve."""
    moments = ((Fraction(0), "a pier"), (Fraction(1), "a lake"))
    frames = made(replace(ask(), schedule=moments))
    assert np.array_equal(frames[0], made(ask())[0])
    assert not np.array_equal(frames[0], frames[-1])


def test_the_plan_is_of_the_canvas(ask: Ask) -> None:
    """Pictures have the size that their line was trained at; the film has its own."""
    request = replace(ask({**XL, "width": "", "height": ""}), width=1920, height=1080)
    plan = Stills().quantise(request)
    assert (plan.width, plan.height, plan.frames, plan.rate) == (1920, 1080, 6, request.rate)
    assert plan.notes[-1] == "made from pictures of 1344x768"


@pytest.mark.parametrize(
    "settings",
    [CONTROL, START, {**CONTROL, **START}, CONTROL_XL, {**XL, **START}, {**CONTROL_XL, **START}, {**FLUX, **START}],
    ids=["control", "start", "both", "xl control", "xl start", "xl both", "flux start"],
)
def test_the_stage_decides(ask: Ask, settings: dict[str, Setting]) -> None:
    """Somebody who stands elsewhere in the storyboard changes the picture."""
    settings = {**settings, "steps": 4}
    left = made(ask(settings, cast=somebody("left")))
    assert not np.array_equal(left, made(ask(settings, cast=somebody("right"))))


def test_a_start_is_changed_as_far_as_asked(ask: Ask) -> None:
    """The strength counts."""
    little, much = ({**START, "strength": strength, "steps": 5} for strength in (0.2, 1.0))
    assert not np.array_equal(made(ask(little)), made(ask(much)))


def test_moments_are_staged_at_their_places(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The guide of each is that of its frame."""
    asked: list[tuple[str, int]] = []

    def watched(request: ClipRequest, plan: ClipPlan) -> Callable[[Guide, Sequence[int]], list[Image.Image]]:
        def pictures(guide: Guide, frames: Sequence[int]) -> list[Image.Image]:
            asked.extend((guide, frame) for frame in frames)
            return stage(request, plan)(guide, frames)

        return pictures

    monkeypatch.setattr("scenes.diffusion.shooting.stage_of", watched)
    moments = ((Fraction(0), "a pier"), (Fraction(1, 2), "a lake"), (Fraction(1), "a pier"))
    made(replace(ask({**CONTROL, **START}), schedule=moments))
    assert asked == [(guide, frame) for frame in (0, 2, 5) for guide in ("pose", "layout")]


@pytest.mark.parametrize("line", [{}, XL], ids=["sd", "xl"])
def test_pictures_of_characters_are_looked_at(ask: Ask, line: dict[str, Setting]) -> None:
    """Another picture gives another result; without the weights for it they are noted as unused, not refused."""
    looking = {**line, "ip_adapter_folder": "ip adapter xl" if line else "ip adapter"}
    seen = made(ask(looking, cast=somebody("left", "a.png")))
    assert not np.array_equal(seen, made(ask(looking, cast=somebody("left", "b.png"))))
    weaker = ask({**looking, "ip_adapter_scale": 0.1}, cast=somebody("left", "a.png"))
    assert not np.array_equal(seen, made(weaker))
    notes = Stills().quantise(ask(line, cast=somebody("left", "a.png"))).notes
    assert any("the pictures of Anna were not used" in note for note in notes)
    assert any("nobody in the scene" in note for note in Stills().quantise(ask(looking)).notes)


def test_pictures_of_a_style_are_looked_at(ask: Ask) -> None:
    """They decide as those of characters do, behind them; without the weights for it they are noted as unused."""
    looking: dict[str, Setting] = {"ip_adapter_folder": "ip adapter"}
    seen = made(ask(looking, look=Look(examples=("a.png",))))
    assert not np.array_equal(seen, made(ask(looking, look=Look(examples=("b.png",)))))
    same = ask(looking, cast=somebody("left", "a.png"), look=Look(examples=("a.png",)))
    assert len(references(same)) == 1
    both = ask(looking, cast=somebody("left", "b.png"), look=Look(examples=("a.png",)))
    alone = ask(looking, cast=somebody("left", "b.png"))
    assert references(both)[0].tobytes() == references(alone)[0].tobytes()
    assert len(references(both)) == 2
    notes = Stills().quantise(ask(look=Look(examples=("a.png",)))).notes
    assert any("the pictures of the style were not used" in note for note in notes)


def test_a_long_prompt_is_counted(ask: Ask) -> None:
    """What finds no room is named."""
    notes = clip_of(replace(ask(), prompt="the pier " * 20 + "at dusk")).facts["notes"]
    assert "77 tokens" in notes[0]
    assert notes[0].endswith("at dusk'")


def test_flux_reads_what_to_leave_out_only_when_asked(ask: Ask) -> None:
    """It would say nothing: that is refused, with the setting by which it does."""
    request = replace(ask(FLUX), negative="fog")
    with pytest.raises(Refusal, match="reads `negative:` only") as refusal:
        clip_of(request)
    assert "true_cfg" in refusal.value.hint
    twice = {**FLUX, "true_cfg": 4.0}
    assert not np.array_equal(made(replace(ask(twice), negative="fog")), made(replace(ask(twice), negative="rain")))


def test_a_filtered_picture_is_told() -> None:
    """A model's own filter blackens pictures: the receipt of a black film would help nobody."""
    from types import SimpleNamespace

    from scenes.diffusion.companions import see_that_it_is_shown

    see_that_it_is_shown(SimpleNamespace(nsfw_content_detected=[False]), "sd")
    with pytest.raises(RenderError, match="blackened"):
        see_that_it_is_shown(SimpleNamespace(nsfw_content_detected=[True]), "sd")


def test_stopping_takes_effect_within_a_step(ask: Ask) -> None:
    """No half-denoised picture is handed over."""
    with pytest.raises(InterruptedRender):
        clip_of(ask(), lambda: True)


@pytest.mark.parametrize(
    ("settings", "scene", "words"),
    [
        ({}, {"keyframes": (Keyframe("a.png", Fraction(0)),)}, "a picture at the start"),
        ({}, {"camera": "barrel roll"}, "not known for pictures"),
        ({}, {"prompt": ""}, "needs words"),
        ({"width": 36}, {}, "cannot make a width of 36"),
        ({**FLUX, "width": 40}, {}, "cannot make a width of 40"),
        ({"strength": 0.5}, {}, "there is none"),
        ({**START, "strength": 0.1}, {}, "no step"),
        ({"control": "depth"}, {}, "needs weights of its own"),
        ({"controlnet_folder": "controlnet"}, {}, "nothing says what"),
    ],
)
def test_what_cannot_be_honoured_is_refused(
    ask: Ask, settings: dict[str, Setting], scene: dict[str, object], words: str
) -> None:
    """Each with a remedy, before anything is loaded."""
    with pytest.raises(Refusal, match=words) as refusal:
        Stills().quantise(ask(settings, **scene))
    assert refusal.value.hint


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({**CONTROL, "controlnet_folder": "controlnet xl"}, "controls another kind of model"),
        ({**FLUX, **CONTROL}, "Flux, which is not run with"),
        ({**FLUX, "scheduler": "ddim"}, "steps of its own"),
        ({"true_cfg": 4.0}, "is not Flux"),
        ({"folder": "motion"}, "no pipeline of diffusers"),
    ],
)
def test_weights_of_another_model_are_told(ask: Ask, settings: dict[str, Setting], words: str) -> None:
    """Before any step is made."""
    with pytest.raises((Refusal, ModelMissing), match=words) as refusal:
        clip_of(ask(settings))
    assert refusal.value.hint


def test_its_cost_is_that_of_its_pictures(ask: Ask) -> None:
    """Two moments cost about twice as much as one."""
    costs = []
    for moments in ((), ((Fraction(0), "a pier"), (Fraction(1), "a lake"))):
        request = replace(ask({"steps": 20}), schedule=moments)
        costs.append(Stills().estimate(request, Stills().quantise(request)).seconds)
    assert costs[1] > costs[0] > 0.0
