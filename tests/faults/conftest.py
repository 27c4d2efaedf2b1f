"""What the tests with failing workers share: cheap steps that workers can import, and a listening ear."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from projects.graph import Graph
from projects.progress import Event
from projects.runner import Outcome, run
from projects.steps import Step
from projects.store import Store


class Ear:
    """Keeps every event."""

    def __init__(self) -> None:
        self.heard: list[Event] = []

    def report(self, event: Event) -> None:
        """Keep the event."""
        self.heard.append(event)

    def kinds(self) -> list[str]:
        """The kinds of the events, in order."""
        return [event.as_json()["event"] for event in self.heard]


Render = Callable[..., Outcome]


@pytest.fixture(autouse=True)
def _importable_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers find the module `cheap_steps`."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return Store(tmp_path / ".workprint" / "store")


@pytest.fixture
def ear() -> Ear:
    """A reader of events."""
    return Ear()


@pytest.fixture
def render(store: Store, ear: Ear) -> Render:
    """Runs steps, all of them being targets unless said otherwise."""

    def render(*steps: Step, **more: Any) -> Outcome:
        graph = Graph(steps)
        targets = more.pop("targets", graph.names())
        return run(graph, targets, store, **{"reporter": ear, "extra_packages": ("cheap_steps",), **more})

    return render


def cheap(name: str, *sources: str, does: str = "write", **request: Any) -> Step:
    """A step of the module `cheap_steps`."""
    return Step(
        name, "k", f"cheap_steps:{does}", {"text": name, **request}, inputs={s: s for s in sources}, suffix=".txt"
    )


@pytest.fixture(name="cheap")
def cheap_fixture() -> Callable[..., Step]:
    """Makes steps of the module `cheap_steps`."""
    return cheap
