"""A clip's pipeline on its device: memory that runs out, what saves work, presets, and what it will cost."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from projects.weights import Setting
from scenes.backend import Clip, ClipRequest, Frame, Refusal
from scenes.backends.wan import Wan
from scenes.diffusion import costs, opening, tiers
from scenes.diffusion.holding import let_go
from scenes.diffusion.memory import Room
from scenes.diffusion.running import Made, Run, Steps
from storyboard.errors import RenderError
from storyboard.film import Scene
from tests.scenes.diffusion.tiny import MAKERS

MakeScene = Callable[..., Scene]
Ask = Callable[..., ClipRequest]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film's folder with a model."""
    folder = tmp_path_factory.mktemp("film")
    MAKERS["wan"](folder / "wan")
    return folder


@pytest.fixture
def ask(project: Path, make_scene: MakeScene, make_request: Ask) -> Ask:
    """A request for a small clip with further settings."""
    let_go()

    def build(**more: Setting) -> ClipRequest:
        plain: dict[str, Setting] = {"folder": "wan", "steps": 3, "width": 32, "height": 32}
        settings = tuple((plain | more).items())
        scene = make_scene(prompt="a pier", model=settings)
        return make_request(scene, files=Wan().weights(settings, project), frames=5)

    return build


def made(request: ClipRequest, backend: Wan | None = None) -> tuple[list[Frame], Clip]:
    """All frames of a clip."""
    backend = backend or Wan()
    clip = backend.generate(request, backend.quantise(request), lambda part: None, lambda: False)
    return list(clip.frames), clip


class _Tight(Wan):
    """Runs out of memory as often as it is told."""

    def __init__(self, times: int) -> None:
        self.left = times

    def run(self, pipe: Any, run: Run, dice: Any, steps: Steps) -> Made:
        """Fail as a card does, or make the frames."""
        if self.left:
            self.left -= 1
            raise RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB")
        return super().run(pipe, run, dice, steps)


def test_memory_that_runs_out_is_met_by_taking_less(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each rung of the ladder is told, and where it changes no weights the pictures are the same."""
    whole, _ = made(ask())
    let_go()
    placed: list[str] = []
    plain = tiers.apply

    def noted(pipe: Any, choice: tiers.Choice, device: str) -> Any:
        placed.append(choice.tier)
        # Without a card only whole components and single layers can be moved.
        return plain(pipe, replace(choice, tier="resident") if choice.tier == "offload" else choice, device)

    monkeypatch.setattr(tiers, "apply", noted)
    # As with a card of 80 GiB, which a processor plays.
    monkeypatch.setattr(opening, "room", lambda device: Room(80 << 30, 80 << 30))
    frames, clip = made(ask(), _Tight(2))
    assert placed[-3:] == ["resident", "offload", "group"]
    assert [note for note in clip.facts["notes"] if "memory ran out" in note] == [
        "Wan: memory ran out: components are moved to the card one by one",
        "Wan: memory ran out: components are moved to the card layer by layer",
    ]
    assert np.array_equal(frames, whole)


def test_memory_that_runs_out_for_good_is_told(ask: Ask) -> None:
    """On the processor there is nothing to move: the error says what would help."""
    with pytest.raises(RenderError, match="not enough memory for Wan") as error:
        made(ask(), _Tight(9))
    assert "smaller" in error.value.hint


def test_a_model_that_cannot_fit_is_refused_before_it_is_loaded(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is opened, and the message has figures and a remedy."""
    monkeypatch.setattr(opening, "room", lambda device: Room(1 << 18, 80 << 30))
    monkeypatch.setattr(Wan, "open", None)
    with pytest.raises(RenderError, match="GiB") as error:
        made(ask())
    assert error.value.hint


def test_the_first_block_saves_work_and_keeps_its_word(ask: Ask) -> None:
    """With the cache the same request gives the same pictures twice, and other ones than without."""
    first, _ = made(ask(cache="first-block", steps=8))
    again, _ = made(ask(cache="first-block", steps=8))
    assert np.array_equal(first, again)
    assert len(first) == 5


def test_what_only_a_card_can_do_is_told(ask: Ask) -> None:
    """Compiling is left out on a processor, and said to be."""
    _, clip = made(ask(compile=True))
    assert any("compile" in note for note in clip.facts["notes"])


def test_seconds_are_estimated_and_learned(ask: Ask) -> None:
    """Before the first clip a formula speaks, after it what it took; disk and memory are those of the weights."""
    request, backend = ask(steps=4), Wan()
    plan = backend.quantise(request)
    key = next((name for name in costs.learned() if "wan" in name), "")
    cost = backend.estimate(request, plan)
    assert cost.source == ("learned" if key else "formula")
    assert cost.seconds > 0
    made(request)
    later = backend.estimate(request, plan)
    assert later.source == "learned"
    files = {path for name, path in request.files.items() if name.startswith("model/")}
    assert later.disk_mb == pytest.approx(sum(path.stat().st_size for path in files) / 1e6)
    assert later.memory_mb > 0
    longer = backend.quantise(replace(request, frames=60))
    assert backend.estimate(replace(request, frames=60), longer).seconds > later.seconds


def test_presets_are_settings_with_a_name(ask: Ask) -> None:
    """What the author writes himself counts more than the preset, and each preset is part of the versions."""
    backend = Wan()
    assert backend.asked(ask(preset="balanced")) | {"steps": 30} == backend.asked(ask(preset="balanced", steps=30))
    assert backend.asked(ask(preset="balanced"))["cache"] == "first-block"
    assert '"quality": {"steps": 50}' in backend.identity()
    with pytest.raises(Refusal, match="no preset 'best'") as refusal:
        backend.quantise(ask(preset="best"))
    assert "balanced" in refusal.value.hint
    with pytest.raises(Refusal, match="distilled"):
        backend.quantise(ask(preset="fast"))


def test_weights_of_the_hub_are_pinned(
    project: Path, make_scene: MakeScene, make_request: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A snapshot of the hub's cache is used by its name, offline; what holds on to its commit is told until written."""
    commit = "0123456789abcdef0123456789abcdef01234567"
    snapshot = tmp_path / "models--acme--tiny" / "snapshots" / commit
    shutil.copytree(project / "wan", snapshot)
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    told = []
    plain: dict[str, Setting] = {"repo": "acme/tiny", "steps": 1, "width": 32, "height": 32}
    for written in (plain, plain | {"revision": commit}):
        settings = tuple(written.items())
        scene = make_scene(prompt="a pier", model=settings)
        _, clip = made(make_request(scene, files=Wan().weights(settings, None), frames=5))
        assert clip.facts["model"] == f"acme/tiny@{commit}"
        told.append([note for note in clip.facts["notes"] if "keeps to it" in note])
    assert told == [[f"acme/tiny is here as {commit}: `revision: {commit}` keeps to it"], []]
