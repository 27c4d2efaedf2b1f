"""Small weights of characters and cameras over tiny pipelines that stay loaded from scene to scene."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from projects.weights import MODELS_VARIABLE, Setting
from scenes.backend import ClipRequest
from scenes.backends.animatediff import AnimateDiff
from scenes.backends.stills import Stills
from scenes.diffusion.holding import let_go
from storyboard.errors import MissingError, RenderError, WorkprintError
from storyboard.film import Character, Lora, Part, Scene, VoiceChoice
from tests.scenes.diffusion.tiny_sd import MAKERS_SD

Ask = Callable[..., ClipRequest]
Shown = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
FILE = "pytorch_lora_weights.safetensors"
pytestmark = pytest.mark.filterwarnings("ignore:Already found a `peft_config`:UserWarning")
"""What the library says to programmers about the second file that it lays over a model."""

SMALL = ("anna", "bert", "camera", "stranger")


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model, what moves it, and small weights of several kinds; one of them twice in its folder."""
    folder = tmp_path_factory.mktemp("models")
    for name in ("sd", "motion", *SMALL):
        MAKERS_SD[name](folder / name)
    shutil.copytree(folder / "camera", folder / "cameras")
    shutil.copy(folder / "camera" / FILE, folder / "cameras" / "zoom.safetensors")
    shutil.copy(folder / "anna" / FILE, folder / "anna" / "anna.bin")
    return folder


@pytest.fixture
def ask(models: Path, monkeypatch: pytest.MonkeyPatch, make_scene: Callable[..., Scene], make_request: Ask) -> Ask:
    """A request for a scene with these people, each with a file of small weights."""
    monkeypatch.setenv(MODELS_VARIABLE, str(models))

    def build(*people: str, weight: float = 1.0, file: str = FILE, **settings: Setting) -> ClipRequest:
        few = 2 if "adapter_folder" in settings else 1
        model = tuple({"folder": "sd", "steps": few, "width": 32, "height": 32, **settings}.items())
        files = {f"{name}/{file}": models / name / file for name in people}
        cast = tuple(
            Part(
                Character(name, name, "woman", "", "", "", VoiceChoice(""), loras=(Lora(f"{name}/{file}", weight),)),
                "stand", "neutral", "center",
            )
            for name in people
        )  # fmt: skip
        backend = AnimateDiff() if "adapter_folder" in settings else Stills()
        made = make_scene(prompt="a pier", model=model, cast=cast)
        request = make_request(made, files={**files, **backend.weights(model, None)}, frames=2)
        return replace(request, rate=Fraction(8))

    return build


def made(request: ClipRequest, fresh: bool = False) -> Shown:
    """All frames of a clip, with the pipeline that is held, or one loaded for it."""
    if fresh:
        let_go()
    backend = AnimateDiff() if "adapter_folder" in dict(request.scene.model) else Stills()
    clip = backend.generate(request, backend.quantise(request), lambda part: None, lambda: False)
    return np.stack(list(clip.frames))


def test_a_held_pipeline_makes_what_a_fresh_one_makes(ask: Ask) -> None:
    """On, off, another character's, both, and weighed: nothing of the scene before is left."""
    scenes = [ask(), ask("anna"), ask("bert"), ask("anna", "bert"), ask("anna", weight=0.4)]
    fresh = [made(scene, fresh=True) for scene in scenes]
    for number, one in enumerate(fresh):
        for other in fresh[:number]:
            assert not np.array_equal(one, other)
    let_go()
    for number in (1, 0, 2, 4, 3, 0):
        assert np.array_equal(made(scenes[number]), fresh[number])


def test_a_camera_move_goes_with_characters(ask: Ask) -> None:
    """It stays when a character's weights come and go, and counts as far as it is asked to."""
    moved: dict[str, Setting] = {"adapter_folder": "motion", "motion_lora_folder": "camera"}
    still, plain = ask(adapter_folder="motion"), ask(**moved)
    fresh = {name: made(one, fresh=True) for name, one in (("still", still), ("plain", plain))}
    together = made(ask("anna", **moved), fresh=True)
    assert not np.array_equal(fresh["plain"], fresh["still"])
    assert not np.array_equal(together, fresh["plain"])
    assert np.array_equal(made(ask("anna", **moved)), together)
    assert np.array_equal(made(plain), fresh["plain"])
    assert np.array_equal(made(ask(**moved, motion_lora_weight=0.0)), fresh["still"])


def test_which_camera_move_is_meant_has_to_be_said(ask: Ask) -> None:
    """A folder may hold several."""
    moved: dict[str, Setting] = {"adapter_folder": "motion", "motion_lora_folder": "cameras"}
    with pytest.raises(MissingError, match="which camera move") as missing:
        made(ask(**moved))
    assert "zoom.safetensors" in missing.value.hint
    assert made(ask(**moved, motion_lora_file="zoom.safetensors")).shape == (16, 32, 32, 3)


@pytest.mark.parametrize("name", ["camera", "stranger"])
def test_small_weights_of_another_model_are_refused(ask: Ask, name: str) -> None:
    """Whether they fit nowhere or not by their shape; the next scene is made as if nothing had been."""
    before = made(ask(), fresh=True)
    with pytest.raises(RenderError) as refusal:
        made(ask(name))
    assert "trained for another model" in refusal.value.hint
    assert np.array_equal(made(ask()), before)


def test_pickled_small_weights_are_refused(ask: Ask) -> None:
    """They could run code."""
    with pytest.raises(WorkprintError, match=r"is not \*.safetensors"):
        made(ask("anna", file="anna.bin"))


def test_small_weights_over_all_of_a_scene(ask: Ask) -> None:
    """Those that a scene's settings name, such as a style's, count as characters' do."""
    styled = made(ask(lora_folder="bert"), fresh=True)
    assert np.array_equal(styled, made(ask("bert")))
    assert not np.array_equal(styled, made(ask(lora_folder="bert", lora_weight=0.5)))
