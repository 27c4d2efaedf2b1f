"""The crew: workers that are started ahead, get ready while they wait, and leave in good order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from projects.crew import Crew
from projects.digests import Digests
from projects.graph import Graph
from projects.history import History
from projects.progress import Silent
from projects.receipt import Order
from projects.shoot import Shoot
from projects.steps import Step
from projects.store import Store
from projects.task import Terms, pack, read_terms
from projects.worker import _get_ready

_STEPS = """
import atexit
import sys
from pathlib import Path


def loaded(request, work, out):
    out.write_text("made")
    return {"tool": "a_tool" in sys.modules}


def farewell(request, work, out):
    atexit.register(Path(request).write_text, "gone")
    out.write_text("made")
    return {}
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return Store(tmp_path / "store")


@pytest.fixture
def crew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Crew]:
    """Up to two workers that know the steps above, a tool, and one that cannot be loaded."""
    (tmp_path / "crew_steps.py").write_text(_STEPS)
    (tmp_path / "a_tool.py").write_text("")
    (tmp_path / "broken_tool.py").write_text("1 / 0")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with Crew(2, tmp_path / "logs", ["crew_steps"], ["no_such_tool", "broken_tool", "a_tool"]) as found:
        yield found


def carried_out(crew: Crew, store: Store, call: str, request: str = "") -> dict[str, object]:
    """The facts of a step that the crew has carried out."""
    step = Step("one", "test", call, request)
    crew.give("one", pack(step, Order("ab" * 32, "one", "test", call, request), {}, store, store.root / "log"))
    while True:
        answer = crew.hear(30)
        assert answer is not None
        if answer.word != "progress":
            assert answer.word == "done", answer.said
            return dict(answer.said["facts"])


def test_workers_are_started_ahead_and_no_more_than_there_are(crew: Crew) -> None:
    """One is started for each step to come, up to the crew's size; asking again starts nobody."""
    for steps, there in ((0, 0), (1, 1), (9, 2), (1, 2)):
        crew.expect(steps)
        assert len(crew._hands) == there
    assert crew.free == 2


def test_worker_that_waits_goes_on_after_a_broken_tool(crew: Crew, store: Store) -> None:
    """A tool that cannot be loaded neither ends a worker nor keeps it from its work."""
    crew.expect(1)
    assert carried_out(crew, store, "crew_steps:loaded")["tool"] in (True, False)
    assert len(crew._hands) == 1


def test_farewells_are_said(crew: Crew, store: Store, tmp_path: Path) -> None:
    """What a library has asked for at its worker's end is done, and the worker ends as one that has done its work."""
    carried_out(crew, store, "crew_steps:farewell", str(tmp_path / "farewell"))
    (hand,) = crew._hands.values()
    crew.close()
    assert hand.end(1.0) == 0
    assert (tmp_path / "farewell").read_text() == "gone"


def test_tools_are_loaded_as_long_as_nothing_else_is_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first step does not wait for tools that it may not need."""
    monkeypatch.syspath_prepend(str(tmp_path))
    loaded = tmp_path / "loaded"
    for name in ("ready_one", "ready_two", "ready_three"):
        (tmp_path / f"{name}.py").write_text(f"with open({str(loaded)!r}, 'a') as file: file.write('{name} ')")
    idle = iter([True, True, False])
    _get_ready(["ready_one", "no_such_tool", "ready_two", "ready_three"], lambda: next(idle))
    assert loaded.read_text() == "ready_one "


def test_terms_come_over_as_they_are() -> None:
    """A worker reads the very terms that it was given, odd names included."""
    terms = Terms(12, ("a_package", "b, c"), ('"quoted"',))
    assert read_terms(terms.as_text()) == terms


def _step(name: str, *inputs: str, blocked: str = "") -> Step:
    return Step(name, "test", "crew_steps:loaded", name, inputs={source: source for source in inputs}, blocked=blocked)


@pytest.mark.parametrize(
    ("steps", "breadth"),
    [
        ((_step("a"), _step("b", "a"), _step("c", "b")), 1),
        ((_step("a"), _step("b", "a"), _step("c", "a"), _step("d", "a"), _step("e", "b", "c", "d")), 3),
        ((_step("a"), _step("b", blocked="why"), _step("c", "b")), 1),
        ((), 0),
    ],
    ids=["chain", "fan", "blocked", "nothing"],
)
def test_breadth_is_what_can_be_made_at_once(
    store: Store, tmp_path: Path, steps: tuple[Step, ...], breadth: int
) -> None:
    """A chain of steps needs one worker, three steps that wait for the same one need three, blocked ones none."""
    graph = Graph(steps)
    shoot = Shoot(graph, store, Silent(), History(tmp_path / "history"), tmp_path)
    shoot.prepare(graph.orders(Digests()), graph.names())
    shoot.begin(4)
    assert shoot.breadth == breadth
