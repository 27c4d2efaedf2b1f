"""AnimateDiff on tiny weights: windows, moments, the painter's staging, pictures, references, and what does not fit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from projects.weights import MODELS_VARIABLE, ModelMissing, Setting
from scenes.backend import Clip, ClipRequest, Refusal
from scenes.backends.animatediff import AnimateDiff
from storyboard.errors import InterruptedRender
from storyboard.film import Character, Keyframe, Part, Scene, VoiceChoice
from tests.scenes.diffusion.tiny_sd import MAKERS_SD, stage

Ask = Callable[..., ClipRequest]
Shown = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]

CONTROL: dict[str, Setting] = {"controlnet_folder": "controlnet", "control": "depth"}
SPARSE: dict[str, Setting] = {"sparsectrl_folder": "sparsectrl"}
LOOKING: dict[str, Setting] = {"ip_adapter_folder": "ip adapter"}
MOMENTS = ((Fraction(0), "a pier"), (Fraction(1), "a lake"))


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All that a clip may be made with."""
    folder = tmp_path_factory.mktemp("models")
    for name in ("sd", "sdxl", "motion", "motion short", "controlnet", "controlnet xl", "sparsectrl", "ip adapter"):
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

    def build(
        frames: int = 16,
        settings: dict[str, Setting] | None = None,
        at: tuple[str, ...] = (),
        picture: str = "a.png",
        **scene: object,
    ) -> ClipRequest:
        told = {"folder": "sd", "adapter_folder": "motion", "steps": 2, "width": 32, "height": 32, **(settings or {})}
        model = tuple((key, value) for key, value in told.items() if value != "")
        keyframes = tuple(Keyframe(picture, Fraction(one)) for one in at)
        made = make_scene(**{"prompt": "a pier", "model": model, "keyframes": keyframes, **scene})
        files = {name: tmp_path / name for name in ("a.png", "b.png")}
        request = make_request(made, files={**files, **AnimateDiff().weights(model, None)}, frames=frames)
        return replace(request, rate=Fraction(8))

    return build


def somebody(at: str = "left", *references: str) -> tuple[Part, ...]:
    """A cast of one."""
    anna = Character("anna", "Anna", "woman", "", "", "", VoiceChoice(""), references=references)
    return (Part(anna, "stand", "neutral", at),)  # type: ignore[arg-type]


def clip_of(
    request: ClipRequest, cancelled: Callable[[], bool] = lambda: False, seen: list[float] | None = None
) -> Clip:
    """The clip, with its progress in `seen`."""
    backend = AnimateDiff()
    seen = [] if seen is None else seen
    return backend.generate(request, backend.quantise(request), seen.append, cancelled)


def made(request: ClipRequest) -> Shown:
    """All frames of a clip."""
    return np.stack(list(clip_of(request).frames))


def test_words_become_a_moving_clip(ask: Ask) -> None:
    """The prompt, what to leave out and the seed each decide, and the same request gives the same bytes."""
    seen: list[float] = []
    clip = clip_of(ask(), seen=seen)
    frames = np.stack(list(clip.frames))
    assert frames.shape == (16, 32, 32, 3)
    assert not np.array_equal(frames[0], frames[8])
    assert seen == [pytest.approx(0.495), pytest.approx(0.99)]
    assert clip.facts["model"] == "sd; adapter motion"
    assert np.array_equal(frames, made(ask()))
    for other in (replace(ask(), seed=9), replace(ask(), prompt="a lake"), replace(ask(), negative="fog")):
        assert not np.array_equal(frames, made(other))


def test_few_frames_are_made_as_many_as_the_adapter_knows(ask: Ask) -> None:
    """A second at 24 frames is 8 of its own, shown out of 16."""
    plan = AnimateDiff().quantise(replace(ask(24), rate=Fraction(24)))
    assert (plan.keep, plan.frames, plan.rate) == (8, 16, Fraction(8))
    assert (plan.width, plan.height) == (32, 32)


@pytest.mark.parametrize(
    ("canvas", "size"), [((1920, 1080), (576, 320)), ((1080, 1920), (320, 576)), ((800, 800), (512, 512))]
)
def test_the_size_is_near_what_it_was_trained_at(ask: Ask, canvas: tuple[int, int], size: tuple[int, int]) -> None:
    """Wide, tall and square films have a size each."""
    request = replace(ask(settings={"width": "", "height": ""}), width=canvas[0], height=canvas[1])
    plan = AnimateDiff().quantise(request)
    assert (plan.width, plan.height) == size


def test_long_scenes_are_made_in_windows(ask: Ask) -> None:
    """Forty frames come from one run; an adapter for 24 at once needs windows earlier."""
    assert "windows of 16" in AnimateDiff().quantise(ask(40)).notes[-1]
    assert made(ask(40)).shape == (40, 32, 32, 3)
    short: dict[str, Setting] = {"adapter_folder": "motion short"}
    assert not any("windows" in note for note in AnimateDiff().quantise(ask(24, short)).notes)
    assert made(ask(25, short)).shape == (25, 32, 32, 3)


def test_moments_are_prompts_at_their_frames(ask: Ask) -> None:
    """Each moment decides, and one at a place beyond nought begins the clip all the same."""
    plain = replace(ask(), schedule=(MOMENTS[0], (Fraction(1), "a pier")))
    first = made(plain)
    assert not np.array_equal(first, made(replace(plain, schedule=MOMENTS)))
    later = ((Fraction(1, 2), "a pier"), MOMENTS[1])
    assert made(replace(plain, schedule=later)).shape == first.shape


def test_a_long_prompt_is_counted(ask: Ask) -> None:
    """What finds no room is named, of moments too."""
    long = "the pier " * 20 + "at dusk"
    request = replace(ask(), schedule=((Fraction(0), "a pier"), (Fraction(1), long)))
    notes = clip_of(request).facts["notes"]
    assert "77 tokens" in notes[0]
    assert notes[0].endswith("at dusk'")


def test_the_stage_decides(ask: Ask) -> None:
    """The control picture changes the clip, and somebody who stands elsewhere moves it; its weight counts."""
    held = made(ask(settings=CONTROL, cast=somebody("left")))
    assert not np.array_equal(held, made(ask(cast=somebody("left"))))
    assert not np.array_equal(held, made(ask(settings=CONTROL, cast=somebody("right"))))
    assert not np.array_equal(held, made(ask(settings={**CONTROL, "control_scale": 0.3}, cast=somebody("left"))))


def test_pictures_are_kept_to_at_their_frames(ask: Ask) -> None:
    """The picture and its place decide; a scene beyond 32 frames goes on in segments, and ends on its last picture."""
    first = made(ask(settings=SPARSE, at=("0",)))
    assert not np.array_equal(first, made(ask(settings=SPARSE, at=("0",), picture="b.png")))
    assert not np.array_equal(first, made(ask(settings=SPARSE, at=("1/2",))))
    long = ask(40, SPARSE, ("0", "1"))
    assert AnimateDiff().quantise(long).frames == 40
    frames = made(long)
    assert len(frames) == 40
    other = made(
        replace(long, scene=replace(long.scene, keyframes=(*long.scene.keyframes[:1], Keyframe("b.png", Fraction(1)))))
    )
    assert np.array_equal(frames[:32], other[:32])
    assert not np.array_equal(frames[-1], other[-1])
    staged = made(ask(settings={**SPARSE, "start": "stage"}))
    assert not np.array_equal(first, staged)


def test_pictures_of_characters_are_looked_at(ask: Ask) -> None:
    """Another picture gives another clip; without the weights for it they are noted as unused, not refused."""
    seen = made(ask(settings=LOOKING, cast=somebody("left", "a.png")))
    assert not np.array_equal(seen, made(ask(settings=LOOKING, cast=somebody("left", "b.png"))))
    assert not np.array_equal(seen, made(ask(settings=LOOKING, cast=somebody("left", "a.png", "b.png"))))
    request = ask(cast=somebody("left", "a.png"))
    assert "the pictures of Anna were not used" in AnimateDiff().quantise(request).notes[-1]
    assert not np.array_equal(seen, made(request))


def test_an_adapter_for_few_steps_has_steps_of_its_own(ask: Ask) -> None:
    """The scheduler is a setting, and the next scene is made by the usual one again."""
    usual = made(ask())
    few = made(ask(settings={"scheduler": "lcm", "guidance": 1.0}))
    assert not np.array_equal(usual, few)
    assert np.array_equal(usual, made(ask()))
    with pytest.raises(Refusal, match="preset 'lcm'"):
        AnimateDiff().quantise(ask(settings={"preset": "lcm"}))


def test_stopping_takes_effect_within_a_step(ask: Ask) -> None:
    """No half-denoised frame is handed over, in windows neither."""
    for frames in (16, 40):
        with pytest.raises(InterruptedRender):
            clip_of(ask(frames), lambda: True)


@pytest.mark.parametrize(
    ("settings", "at", "words"),
    [
        ({}, ("0",), "weights made for that"),
        ({"width": 36}, (), "cannot make a width of 36"),
        ({"control": "depth"}, (), "needs weights of its own"),
        ({"controlnet_folder": "controlnet"}, (), "nothing says what"),
        ({**CONTROL, **SPARSE}, ("0",), "not to both"),
        (SPARSE, (), "no picture"),
        ({"motion_lora_weight": 0.5}, (), "mean none"),
        ({"scheduler": "heun"}, (), "'heun'"),
        ({"ip_adapter_scale": 0.5}, (), "needs weights of its own"),
    ],
)
def test_what_does_not_go_together_is_refused(
    ask: Ask, settings: dict[str, Setting], at: tuple[str, ...], words: str
) -> None:
    """Each with a remedy; nothing is dropped."""
    with pytest.raises(Refusal, match=words) as refusal:
        AnimateDiff().quantise(ask(settings=settings, at=at))
    assert refusal.value.hint


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"folder": "sdxl"}, "no Stable Diffusion 1.5"),
        ({**CONTROL, "controlnet_folder": "controlnet xl"}, "controls another kind of model"),
        ({"adapter_folder": "controlnet"}, "cannot be loaded"),
    ],
)
def test_weights_of_another_model_are_told(ask: Ask, settings: dict[str, Setting], words: str) -> None:
    """Before any step is made."""
    with pytest.raises((Refusal, ModelMissing), match=words) as refusal:
        clip_of(ask(settings=settings))
    assert refusal.value.hint


def test_the_adapter_has_to_be_there(ask: Ask) -> None:
    """Without it there is no motion: the line that fetches it is told."""
    with pytest.raises(ModelMissing, match="is not there") as missing:
        AnimateDiff().weights((("folder", "sd"), ("adapter_folder", "moton")), None)
    assert "hf download guoyww/animatediff" in missing.value.hint


def test_a_pickled_image_encoder_is_refused(ask: Ask, models: Path) -> None:
    """What looks at references is safetensors, as all other weights."""
    import shutil

    shutil.copytree(models / "ip adapter", models / "pickled", dirs_exist_ok=True)
    encoder = models / "pickled" / "image_encoder"
    (encoder / "model.safetensors").rename(encoder / "pytorch_model.bin")
    with pytest.raises(ModelMissing, match="no image_encoder"):
        clip_of(ask(settings={"ip_adapter_folder": "pickled"}, cast=somebody("left", "a.png")))
