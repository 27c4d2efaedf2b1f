"""States, reasons and what a render needs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from projects.digests import Digests
from projects.graph import Graph
from projects.history import History
from projects.plan import Planned, State, plan
from projects.steps import Step
from projects.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return Store(tmp_path / "store")


def _steps(prompt: str = "a wood") -> list[Step]:
    return [
        Step("take:a", "take", "scenes.x:y", {"scene": {"prompt": prompt, "cast": [{"action": "walk"}]}}),
        Step("body:a", "body", "scenes.x:y", {"crf": 20}, inputs={"take": "take:a"}),
        Step("film", "film", "scenes.x:y", {}, inputs={"body": "body:a"}),
    ]


def _make(graph: Graph, store: Store, history: History, *names: str) -> None:
    for name in names or graph.names():
        order = graph.orders(Digests()).known[name]
        with store.workbench(name) as folder:
            (folder / "out").write_text(name)
            store.put(order, folder / "out", None, 0.0)
        history.note(name, order.fingerprint)


def _planned(graph: Graph, store: Store, history: History) -> dict[str, Planned]:
    return {p.step.name: p for p in plan(graph, store, history, Digests())}


def test_a_new_film_is_missing_throughout(store: Store) -> None:
    """Before the first render every step is missing and needed."""
    planned = _planned(Graph(_steps()), store, History()).values()
    assert {p.state for p in planned} == {State.MISSING}
    assert all(p.needed for p in planned)


def test_a_made_film_is_current(store: Store) -> None:
    """After a render every step is current and none is needed."""
    graph, history = Graph(_steps()), History()
    _make(graph, store, history)
    planned = _planned(graph, store, history).values()
    assert {p.state for p in planned} == {State.CURRENT}
    assert not any(p.needed for p in planned)


def test_stale_names_what_changed(store: Store) -> None:
    """After a change the reasons name the field, and the inputs that changed with it."""
    history = History()
    _make(Graph(_steps()), store, history)
    planned = _planned(Graph(_steps("a dark wood")), store, history)
    assert {p.state for p in planned.values()} == {State.STALE}
    assert planned["take:a"].reason == "scene.prompt changed"
    assert planned["body:a"].reason == "input take:a changed"
    assert str(planned["take:a"].changes[0]) == 'scene.prompt: "a wood" -> "a dark wood"'


def test_undoing_a_change_needs_nothing(store: Store) -> None:
    """Going back to what was made before finds it all current."""
    history = History()
    _make(Graph(_steps()), store, history)
    _make(Graph(_steps("a dark wood")), store, history)
    assert {p.state for p in _planned(Graph(_steps()), store, history).values()} == {State.CURRENT}


def test_a_current_target_needs_no_missing_inputs(store: Store) -> None:
    """Where the film is there, what it was made from need not be."""
    graph, history = Graph(_steps()), History()
    _make(graph, store, history)
    film = graph.fingerprints(Digests())["film"]
    store.prune({film})
    planned = _planned(graph, store, history)
    assert (planned["film"].state, planned["take:a"].state) == (State.CURRENT, State.MISSING)
    assert planned["take:a"].reason == "was made, but is not in the store any more"
    assert not any(p.needed for p in planned.values())


def test_blocked_runs_down_but_spares_what_is_there(store: Store) -> None:
    """A blocked step blocks what needs it, with the reason; what was made before stays current."""
    history = History()
    steps = _steps()
    steps[0] = replace(steps[0], blocked="no key for the service")
    planned = _planned(Graph(steps), store, history)
    assert {p.state for p in planned.values()} == {State.BLOCKED}
    assert planned["film"].reason == "needs body:a: needs take:a: no key for the service"
    _make(Graph(steps), store, history, "body:a")
    planned = _planned(Graph(steps), store, history)
    assert [p.state for p in planned.values()] == [State.BLOCKED, State.CURRENT, State.MISSING]
    assert [p.needed for p in planned.values()] == [False, False, True]


def test_a_missing_file_blocks(store: Store, tmp_path: Path) -> None:
    """A file that cannot be read blocks its step and leaves it without fingerprint."""
    step = Step("a", "k", "scenes.x:y", {}, files={"picture": tmp_path / "gone.png"})
    (planned,) = plan(Graph([step]), store, History(), Digests())
    assert (planned.state, planned.fingerprint) == (State.BLOCKED, "")
    assert "gone.png" in planned.reason
