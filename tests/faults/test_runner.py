"""The runner with well and badly behaved steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from projects.digests import Digests
from projects.graph import Graph
from projects.history import History
from projects.progress import StepFailed, StepStarted
from projects.runner import Outcome, run
from projects.steps import Step
from projects.store import Store
from storyboard.errors import DiskError, MissingError, RenderError

Cheap = Callable[..., Step]
Render = Callable[..., Outcome]


def test_steps_get_their_inputs_and_leave_receipts(render: Render, cheap: Cheap, store: Store, tmp_path: Path) -> None:
    """What a step makes is given to those that need it, with files; facts come back as plain JSON."""
    (tmp_path / "note").write_text("hi")
    last = replace(cheap("c", "a", "b"), files={"note": tmp_path / "note"})
    outcome = render(last, cheap("a"), cheap("b", "a"))
    assert outcome.artifacts["c"].path.read_text() == "(c a=(a) b=(b a=(a)) note=hi)"
    assert outcome.artifacts["c"].facts == {"length": 4, "pair": [1, 2]}
    assert sorted(outcome.made) == ["a", "b", "c"]
    assert len(list(store.receipts())) == 3
    outcome.raise_failures()


def test_nothing_is_made_twice(render: Render, cheap: Cheap, ear: Any) -> None:
    """A second run starts no worker, and its facts are the same."""
    first = render(cheap("a"), cheap("b", "a"))
    ear.heard.clear()
    second = render(cheap("a"), cheap("b", "a"))
    assert second.made == ()
    assert second.artifacts == first.artifacts
    assert ear.kinds() == ["render-started", "step-reused", "step-reused", "render-finished"]


def test_only_what_changed_is_made(render: Render, cheap: Cheap) -> None:
    """A change is made again with what needs it; undoing it makes nothing."""
    render(cheap("a"), cheap("b"), cheap("c", "a", "b"))
    assert sorted(render(cheap("a"), cheap("b", text="bb"), cheap("c", "a", "b")).made) == ["b", "c"]
    assert render(cheap("a"), cheap("b"), cheap("c", "a", "b")).made == ()


def test_inputs_of_a_current_target_are_not_made(render: Render, cheap: Cheap, store: Store) -> None:
    """Where the target is there, what it was made from may be gone."""
    film = render(cheap("a"), cheap("film", "a")).artifacts["film"]
    store.prune({film.fingerprint})
    assert render(cheap("a"), cheap("film", "a"), targets=["film"]).made == ()


def test_bytes_do_not_depend_on_jobs(cheap: Cheap, render: Render, store: Store) -> None:
    """One worker and two make the same files under the same names."""
    steps = [cheap("a"), cheap("b", "a"), cheap("c", "a"), cheap("d", "b", "c"), cheap("env", does="environment")]

    def contents(jobs: int) -> dict[str, bytes]:
        store.prune(set())
        render(*steps, jobs=jobs)
        return {p.name: p.read_bytes() for p in store.root.glob("objects/*/*.txt")}

    assert contents(1) == contents(2)


def test_equal_steps_are_made_once(render: Render, cheap: Cheap) -> None:
    """Two steps that ask for the same thing under two names share what one of them makes."""
    one, two = cheap("one", text="same"), cheap("two", text="same")
    outcome = render(one, two, cheap("end", "one", "two"), jobs=2)
    assert sorted(outcome.made) == ["end", "one"]
    assert outcome.artifacts["one"] == outcome.artifacts["two"]


def test_longest_chain_goes_first(render: Render, cheap: Cheap, ear: Any) -> None:
    """Of what is ready, the step with the most work behind it is begun first."""
    heavy = replace(cheap("heavy"), cost=5.0)
    behind = replace(cheap("z", "y"), cost=10.0)
    render(cheap("x"), heavy, cheap("y"), behind)
    assert [event.name for event in ear.heard if isinstance(event, StepStarted)] == ["y", "z", "heavy", "x"]


@pytest.mark.parametrize(
    ("does", "message"),
    [
        ("refuse", "the wood is too dark"),
        ("stumble", "ZeroDivisionError"),
        ("leave", "SystemExit: 3"),
        ("nothing", "made no file"),
        ("empty", "made no file"),
        ("odd_facts", "not plain JSON"),
        ("no_such_step", "cannot be found"),
    ],
)
def test_a_failure_stops_only_what_needs_it(
    render: Render, cheap: Cheap, store: Store, does: str, message: str
) -> None:
    """A step that fails is told, those that need it are skipped, the others are made."""
    outcome = render(cheap("bad", does=does), cheap("after", "bad"), cheap("later", "after"), cheap("good"))
    (failure,) = outcome.failures
    assert message in failure.error.message
    assert isinstance(failure.error, RenderError)
    assert outcome.skipped == {"after": "needs bad", "later": "needs after"}
    assert outcome.made == ("good",)
    assert list((store.root / "tmp").iterdir()) == []
    with pytest.raises(RenderError, match=message):
        outcome.raise_failures()


def test_unforeseen_error_leaves_its_traceback(render: Render, cheap: Cheap, ear: Any) -> None:
    """The traceback is in a log, the log is named, and the house's own errors need none."""
    outcome = render(cheap("bad/../step:1", does="stumble"), cheap("dark", does="refuse"))
    logs = {failure.step.name: failure.log for failure in outcome.failures}
    log = logs["bad/../step:1"]
    assert log is not None
    assert log.parent.name == "logs"
    assert "1 // int(" in log.read_text()
    assert logs["dark"] is None
    (event,) = [e for e in ear.heard if isinstance(e, StepFailed) and e.log]
    assert str(log) in event.hint


@pytest.mark.parametrize(
    "call", ["os:getcwd", "cheap_steps_evil:x", "projects.steps:Gone", "projects", "projects.store:_RECEIPT"]
)
def test_only_the_house_is_called(render: Render, cheap: Cheap, call: str) -> None:
    """A step cannot name a function of anybody else, nor one that is not there."""
    outcome = render(replace(cheap("a"), call=call))
    assert isinstance(outcome.failures[0].error, RenderError)


def test_noise_on_standard_output_does_no_harm(render: Render, cheap: Cheap) -> None:
    """What a step prints never passes for an answer."""
    assert render(cheap("a", does="chatter")).artifacts["a"].path.read_text() == "quiet"


def test_workers_are_single_threaded_and_alone(render: Render, cheap: Cheap, tmp_path: Path, monkeypatch: Any) -> None:
    """Number libraries get one thread, the current folder is not on the import path, no main script is run."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", f":{Path(__file__).parent}:")
    text = render(cheap("a", does="environment")).artifacts["a"].path.read_text()
    assert text.splitlines() == [
        "OMP_NUM_THREADS=1",
        "OPENBLAS_NUM_THREADS=1",
        "MKL_NUM_THREADS=1",
        "PYTHONHASHSEED=0",
        "cwd on path: False",
        "main: None",
    ]


def test_file_changed_under_the_step_is_not_stored(render: Render, cheap: Cheap, store: Store, tmp_path: Path) -> None:
    """What was made from a file that changed meanwhile never gets the old file's fingerprint."""
    picture = tmp_path / "picture"
    picture.write_text("before")
    outcome = render(replace(cheap("a", does="meddle"), files={"picture": picture}))
    assert "changed while it was being used" in outcome.failures[0].error.message
    assert list(store.receipts()) == []


def test_blocked_step_and_missing_file_fail_with_their_reason(render: Render, cheap: Cheap, tmp_path: Path) -> None:
    """They are told as missing, and what needs them is skipped."""
    blocked = replace(cheap("a"), blocked="no key for the service")
    gone = replace(cheap("b"), files={"picture": tmp_path / "gone.png"})
    outcome = render(blocked, gone, cheap("c", "a", "b"), cheap("d"))
    assert [type(failure.error) for failure in outcome.failures] == [MissingError, MissingError]
    assert set(outcome.skipped) == {"c"}
    assert outcome.made == ("d",)


def test_full_disk_stops_the_rest(render: Render, cheap: Cheap) -> None:
    """When the disk is full nothing more is begun, and the error says so."""
    outcome = render(replace(cheap("a", does="full_disk"), cost=9.0), cheap("b"), cheap("c"))
    assert outcome.made == ()
    assert set(outcome.skipped) == {"b", "c"}
    with pytest.raises(DiskError, match="the disk is full"):
        outcome.raise_failures()


def test_unpicklable_request_fails_by_itself(render: Render, cheap: Cheap) -> None:
    """A request that cannot travel is a failure of its step only."""

    class Local(str):
        """A text whose class no other process can find."""

    outcome = render(replace(cheap("a"), request={"text": Local("x")}), cheap("b"))
    assert isinstance(outcome.failures[0].error, RenderError)
    assert outcome.made == ("b",)


def test_history_is_kept(render: Render, cheap: Cheap) -> None:
    """What was made or reused is noted under its name."""
    history = History()
    outcome = render(cheap("a"), history=history)
    assert history.last("a") == outcome.artifacts["a"].fingerprint


def test_history_that_meets_a_full_disk_is_not_silent(
    render: Render, cheap: Cheap, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The artifact stays, the rest is not begun, and the outcome is a failure."""

    def fail(*_: object) -> None:
        raise DiskError("the disk is full")

    monkeypatch.setattr("projects.history.History.note", fail)
    outcome = render(cheap("a"), cheap("b", "a"), cheap("c", "b"))
    assert outcome.made == ("a",)
    assert len(list(store.receipts())) == 1
    with pytest.raises(DiskError):
        outcome.raise_failures()


def test_orders_that_are_known_are_taken(cheap: Cheap, store: Store, ear: Any) -> None:
    """A run that is given the orders of its graph reads no file for them, and makes the same."""
    graph = Graph([cheap("a"), cheap("b", "a")])
    first = run(graph, ["b"], store, extra_packages=("cheap_steps",))
    orders = graph.orders(Digests())
    again = run(graph, ["b"], store, orders=orders, reporter=ear, extra_packages=("cheap_steps",))
    assert again.made == ()
    assert again.artifacts["b"] == first.artifacts["b"]
    assert set(again.artifacts) == {"b"}
