"""A way to run the command line inside the test process, and a production that makes films of nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from projects.plan import Planned, State
from projects.progress import (
    Note,
    RenderFinished,
    RenderStarted,
    Reporter,
    StepFailed,
    StepFinished,
    StepReused,
    StepStarted,
)
from projects.steps import Step
from projects.workspace import Workspace, new_workspace, open_workspace
from render.orders import Delivered, Delivery, FilmPlan, Order, PurchasePlan, QuotaPlan, ScenePlan
from storyboard.errors import MissingError, StoryboardError
from storyboard.film import Aspect
from storyboard.load import read
from workprint import __main__ as door

STORYBOARD = """\
workprint: 1
title: Small
scenes:
  - {id: one, prompt: a wood, length: 2s}
  - {id: two, prompt: a lake, length: 3s}
"""


@dataclass(frozen=True)
class Answer:
    """What a run of the command line gave back."""

    code: int
    out: str
    err: str


Run = Callable[..., Answer]


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the tests out of the user's cache and away from his settings."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in ("WORKPRINT_DEBUG", "NO_COLOR", "FORCE_COLOR", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command line with some arguments, with the process left as it is."""
    monkeypatch.setattr(door, "guard_imports", lambda: None)

    def call(*arguments: str | Path) -> Answer:
        capsys.readouterr()
        code = door.main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Answer(int(code), out, err)

    return call


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The folder of a project with two scenes."""
    return new_workspace(tmp_path / "film", STORYBOARD).folder


@dataclass(frozen=True)
class Take:
    """A take as the production lists it."""

    scene: str
    number: int
    seed: int
    chosen: bool
    pinned: bool
    cuts: tuple[str, ...]


@dataclass
class Studio:
    """What the next production of the test does: the error that it raises, the notes and events that it tells."""

    error: BaseException | None = None
    failing: str = ""
    notes: tuple[str, ...] = ()
    orders: list[Order] = field(default_factory=list)
    uses: dict[str, int] = field(default_factory=dict)
    chosen: int = 2
    pinned: int = 0
    opened: int = 0
    purchases: tuple[PurchasePlan, ...] = ()
    quotas: tuple[QuotaPlan, ...] = ()
    spent: float = 0.0


class SmallProduction:
    """Has the face of a production, reads real storyboards, and makes nothing."""

    def __init__(self, studio: Studio, path: Path | None) -> None:
        self.studio = studio
        self.workspace: Workspace = open_workspace(path)
        reading = read(self.workspace.read_storyboard(), self.workspace.storyboard.name)
        if reading.film is None:
            raise StoryboardError(reading.diagnostics)
        self.film = reading.film
        self.diagnostics = reading.diagnostics
        studio.opened += 1

    def plan(self, order: Order, *, appraised: bool = True) -> FilmPlan:
        """One current scene, the others missing."""
        self.studio.orders.append(order)
        first = ScenePlan("one", 2.0, 48, True, "animatic", "it is drawn", 1, "static", "current", "", 0.0)
        second = replace(
            first, id="two", seconds=3.0, frames=72, exact=False, state="stale", why="prompt changed", take=2,
            works=(("denoise light", 3.14), ("grade warm", 75.0)),
        )  # fmt: skip
        steps = (
            Planned(Step("take:one", "take", "x:y", None, scene="one"), "a" * 64, State.CURRENT, "", False),
            Planned(Step("take:two", "take", "x:y", None, scene="two"), "b" * 64, State.STALE, "prompt changed", True),
        )
        return FilmPlan(
            title=self.film.title,
            cuts=order.cuts or (Aspect(16, 9),),
            frames=120,
            seconds=5.0,
            exact=False,
            scenes=(first, second),
            steps=steps,
            needed=frozenset({"take:two"}),
            notes=self.studio.notes,
            estimated_seconds=65.0,
            money=sum(one.money or 0.0 for one in self.studio.purchases if one.pays),
            purchases=self.studio.purchases,
            quotas=self.studio.quotas,
            spent=self.studio.spent,
        )

    @property
    def buys(self) -> bool:
        """Whether the test has something bought."""
        return bool(self.studio.purchases)

    def render(self, order: Order, reporter: Reporter, cancel: Any = None) -> Delivery:
        """Tell the events of a short render, then deliver or fail."""
        del cancel
        self.studio.orders.append(order)
        about = ("take:two", "take", "two", "two: draw")
        reporter.report(RenderStarted(1, 1, 2.0, 1))
        reporter.report(StepReused("take:one", "take", "one", "one: draw", "a" * 64, {}))
        for note in self.studio.notes:
            reporter.report(Note(note))
        reporter.report(StepStarted(*about, cost=2.0))
        if self.studio.failing:
            reporter.report(StepFailed(*about, self.studio.failing, "Try a draft.", ""))
        else:
            reporter.report(StepFinished(*about, "b" * 64, 1.5, 2.0, {}))
        reporter.report(RenderFinished(1, 1, 0, 0, 1.5))
        if self.studio.error is not None:
            raise self.studio.error
        film = (order.out or self.workspace.output) / "small-16x9.mp4"
        return Delivery((Delivered(film, Aspect(16, 9)),), (), ("take:two",), ("take:one",), self.studio.notes)

    def takes(self, scene_id: str) -> tuple[Take, ...]:
        """Three takes, of which the first was made."""
        self._scene(scene_id)
        pinned, shown = self.studio.pinned, self.studio.pinned or self.studio.chosen
        return tuple(
            Take(scene_id, number, number + 4, number == shown, number == pinned, ("16x9",) if number == 1 else ())
            for number in (1, 2, 3)
        )

    def retake(self, scene_id: str, seed: int | None) -> int:
        """The number of a third."""
        self._scene(scene_id)
        self.studio.uses[scene_id] = seed or 0
        self.studio.chosen = 3
        return 3

    def use(self, scene_id: str, number: int) -> None:
        """Remember the choice."""
        self._scene(scene_id)
        self.studio.uses[scene_id] = self.studio.chosen = number

    def why(self, scene_id: str, *, draft: bool = False, allow_code: bool = False) -> tuple[str, ...]:
        """One reason."""
        self._scene(scene_id)
        return ("take, draft: not made yet" if draft else "take: stale - prompt changed",)

    def sheet(self, order: Order, path: Path | None) -> Path:
        """The path alone."""
        self.studio.orders.append(order)
        return path or self.workspace.output / "small-16x9-sheet.png"

    def keep(self) -> frozenset[str]:
        """What the one scene refers to."""
        return frozenset({"a" * 64})

    def _scene(self, scene_id: str) -> None:
        if scene_id not in {scene.id for scene in self.film.scenes}:
            raise MissingError(f"there is no scene '{scene_id}'", "There are: one, two.")


@pytest.fixture
def studio(monkeypatch: pytest.MonkeyPatch) -> Studio:
    """Put the small production in the place of the real one, and give the handle of what it does."""
    chosen = Studio()
    house = ModuleType("render.production")

    house.open_production = lambda path: SmallProduction(chosen, path)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "render.production", house)
    return chosen
