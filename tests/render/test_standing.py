"""Deliveries that still stand."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from projects.locking import hold
from projects.receipt import Order as StepOrder
from projects.steps import Artifact
from projects.workspace import Workspace, new_workspace
from render.breakdown import Target
from render.delivery import hand_over_targets
from render.orders import Delivered, Delivery, Order
from render.picture import Canvas
from render.production import Production
from render.standing import Standing, recall, remember, surroundings
from storyboard.errors import BusyError, Diagnostic, Severity
from storyboard.film import Aspect

PRINT = "ab" * 32
REPORT = {"passed": True, "faults": []}
DOUBT = Diagnostic("storyboard.yaml", 3, 4, "W204", "no scene to lead to", "write `fade`", Severity.WARNING)


@dataclass
class Project:
    """A film that was delivered once."""

    workspace: Workspace
    order: Order = field(default_factory=Order)
    voices: Sequence[str] = ("hibari",)
    clips: Sequence[str] = ("animatic",)
    score: str = "composer"

    def deliver(self) -> Delivery:
        """Put a film, its report and its captions into place, and what they are copies of into the store."""
        store, output = self.workspace.store, self.order.out or self.workspace.output
        with store.workbench("film") as folder:
            (folder / "film").write_bytes(b"film")
            store.put(StepOrder(PRINT, "film@16x9", "film", "a:b", None, suffix=".mp4"), folder / "film", {}, 1.0)
        output.mkdir(parents=True, exist_ok=True)
        for name in ("film-16x9.mp4", "film-16x9.report.json", "film.srt"):
            (output / name).write_bytes(b"film")
        film = Delivered(output / "film-16x9.mp4", Aspect(16, 9), "", REPORT, PRINT)
        return Delivery((film,), (output / "film.srt",), ("take:a", "film@16x9"), ("voice:a/1",), ("a note",))

    def note(self, delivery: Delivery) -> None:
        """Remember the delivery, as the command does after a render."""
        time.sleep(0.03)
        self.note_as_seen(surroundings(self.workspace, self.order), delivery)

    def note_as_seen(self, seen: str, delivery: Delivery) -> None:
        """Remember the delivery with the surroundings as they were seen before it was made."""
        production: Any = SimpleNamespace(
            workspace=self.workspace,
            casting=SimpleNamespace(voices={name: SimpleNamespace(engine=name) for name in self.voices}),
            makers={name: SimpleNamespace(backend=name) for name in self.clips},
            film=SimpleNamespace(score=SimpleNamespace(kind="composed", backend=self.score)),
        )
        remember(cast(Production, production), self.order, seen, delivery, (DOUBT,))

    def ask(self) -> Standing | None:
        """Ask for the film again."""
        time.sleep(0.03)
        return recall(self.workspace, self.order, surroundings(self.workspace, self.order))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A new film; the house itself may be edited while its tests run."""
    monkeypatch.setattr("projects.surroundings.PACKAGES", ())
    return Project(new_workspace(tmp_path / "film", "workprint: 1\n"))


def test_an_untouched_film_stands(project: Project) -> None:
    """The same files, notes and doubts are told again; everything counts as reused, and the log says so."""
    delivery = project.deliver()
    assert project.ask() is None
    project.note(delivery)
    steps = ("take:a", "film@16x9", "voice:a/1")
    assert project.ask() == Standing(replace(delivery, made=(), reused=steps), (DOUBT,))
    events = (project.workspace.logs / "events.jsonl").read_text().splitlines()
    assert [json.loads(line)["event"] for line in events] == ["render-started", "render-finished"]


@pytest.mark.parametrize(
    "touch",
    [
        lambda workspace: workspace.storyboard.write_text("workprint: 1\ntitle: New\n"),
        lambda workspace: workspace.takes.write_text("{}"),
        lambda workspace: (workspace.folder / "sounds" / "new.wav").write_bytes(b"x"),
        lambda workspace: (workspace.output / "film-16x9.mp4").write_bytes(b"FILM"),
        lambda workspace: (workspace.output / "film-16x9.report.json").unlink(),
        lambda workspace: (workspace.output / "film.srt").write_bytes(b"FILM"),
        lambda workspace: workspace.store.prune(frozenset()),
    ],
    ids=["storyboard", "takes", "new file", "film edited", "report gone", "captions edited", "store emptied"],
)
def test_whatever_was_touched_is_found_the_long_way(project: Project, touch: Callable[[Workspace], object]) -> None:
    """A change of what the film is made from, of what was delivered, or of the store ends the standing."""
    project.note(project.deliver())
    assert project.ask() is not None
    touch(project.workspace)
    assert project.ask() is None


def test_a_change_during_the_render_is_not_remembered(project: Project) -> None:
    """Surroundings that differ from those before the render vouch for nothing."""
    time.sleep(0.03)
    seen = surroundings(project.workspace, project.order)
    (project.workspace.folder / "sounds" / "new.wav").write_bytes(b"x")
    delivery = project.deliver()
    time.sleep(0.03)
    project.note_as_seen(seen, delivery)
    assert project.ask() is None


@pytest.mark.parametrize("other", [Order(draft=True), Order(cuts=(Aspect(9, 16),)), Order(scenes=("a",))])
def test_each_order_stands_by_itself(project: Project, other: Order) -> None:
    """What was delivered for one order says nothing of another."""
    project.note(project.deliver())
    project.order = other
    assert project.ask() is None


def test_another_folder_is_another_order(project: Project, tmp_path: Path) -> None:
    """A film handed over elsewhere stands there, and not in the usual place."""
    project.order = Order(out=tmp_path / "elsewhere")
    project.note(project.deliver())
    found = project.ask()
    assert found is not None
    assert found.delivery.films[0].path == tmp_path / "elsewhere" / "film-16x9.mp4"
    project.order = Order()
    assert project.ask() is None


def test_a_folder_that_holds_the_film_is_never_answered_from_memory(project: Project) -> None:
    """Where films lie among the author's files, nobody can tell them apart."""
    project.order = Order(out=project.workspace.folder)
    project.note(project.deliver())
    assert project.ask() is None


@pytest.mark.parametrize(
    ("kind", "maker"), [("voices", ("festival",)), ("clips", ("festival",)), ("score", "musicgen")]
)
def test_makers_with_parts_of_their_own_are_always_asked(project: Project, kind: str, maker: object) -> None:
    """A maker whose models or programs lie elsewhere may have changed without a trace."""
    setattr(project, kind, maker)
    project.note(project.deliver())
    assert project.ask() is None


@pytest.mark.parametrize("spoilt", ["", "[]", "{}", '{"format": 1, "seen": "x"}'])
def test_a_spoilt_note_is_passed_over(project: Project, spoilt: str) -> None:
    """A torn or strange note costs only time."""
    project.note(project.deliver())
    for note in (project.workspace.private / "standing").iterdir():
        note.write_text(spoilt)
    assert project.ask() is None


def test_a_busy_project_is_still_busy(project: Project) -> None:
    """While another render holds the project, no answer is given."""
    project.note(project.deliver())
    with hold(project.workspace.private), pytest.raises(BusyError):
        project.ask()


def test_a_delivered_film_says_what_it_is_a_copy_of(tmp_path: Path) -> None:
    """Without the fingerprint of its artifact no delivery can be remembered."""
    made = tmp_path / "made.mp4"
    made.write_bytes(b"film")
    target = Target("film@16x9", "", Canvas(Aspect(16, 9), 640, 360, draft=False))
    artifacts = {"film@16x9": Artifact(PRINT, made, {})}
    films = hand_over_targets(tmp_path / "out" / "t", [target], artifacts, tmp_path / "ledger.json")
    assert [film.fingerprint for film in films] == [PRINT]
