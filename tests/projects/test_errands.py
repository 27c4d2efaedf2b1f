"""Steps that go out to a service: they take no worker from the others, learn what they were told, and come back."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from projects.crew import ERRANDS, Crew
from projects.digests import Digests
from projects.graph import Graph
from projects.runner import Outcome, run
from projects.steps import Step
from projects.store import Store
from storyboard.errors import InterruptedRender

_STEPS = """
import os
import time


def out_and_back(request, work, out):
    until = time.monotonic() + request
    while time.monotonic() < until and not (work.cancelled() and work.errand != "stay"):
        time.sleep(0.01)
    out.write_text(f"{os.getpid()} {work.errand}")
    return {"told": work.errand, "pid": os.getpid()}


def worked(request, work, out):
    time.sleep(request)
    out.write_text("worked")
    return {"at": time.time()}


def asked(request, work, out):
    time.sleep(request)
    out.with_name("asked").touch()
    open(work.errand, "w").write("the answer")
    out.write_text("asked")
    return {}
"""


@pytest.fixture
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers know the steps above."""
    (tmp_path / "errand_steps.py").write_text(_STEPS)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


def carry_out(folder: Path, steps: list[Step], size: int) -> Outcome:
    """Make all steps."""
    with Crew(size, folder / "logs", ["errand_steps"]) as crew:
        outcome: Outcome = run(Graph(steps), [step.name for step in steps], Store(folder / "store"), crew=crew)
    outcome.raise_failures()
    return outcome


def test_waiting_takes_no_worker_from_work(known: None, tmp_path: Path) -> None:
    """With a single worker, work goes on while all errands are out at the same time."""
    errands = [
        Step(f"errand {n}", "test", "errand_steps:out_and_back", 1.0 + n / 100, errand="x") for n in range(ERRANDS)
    ]
    work = [Step(f"work {n}", "test", "errand_steps:worked", 0.01 + n / 1000) for n in range(3)]
    begun = time.monotonic()
    made = carry_out(tmp_path, [*errands, *work], 1)
    assert time.monotonic() - begun < 1.0 * ERRANDS
    assert len({made.artifacts[step.name].facts["pid"] for step in errands}) == ERRANDS
    assert [name.split()[0] for name in made.made][:3] == ["work"] * 3


def test_what_an_errand_is_told_changes_nothing_that_is_made(tmp_path: Path) -> None:
    """Consent and paths are no part of a fingerprint."""
    steps = [Step("errand", "test", "errand_steps:out_and_back", 1.0, errand=told) for told in ("yes", "no")]
    first, second = (Graph([step]).fingerprints(Digests())["errand"] for step in steps)
    assert first == second


def test_an_errand_hears_what_it_is_told(known: None, tmp_path: Path) -> None:
    """The step's function gets it with its work."""
    made = carry_out(tmp_path, [Step("errand", "test", "errand_steps:out_and_back", 0.0, errand="bring it")], 1)
    assert made.artifacts["errand"].facts["told"] == "bring it"


def test_one_that_has_asked_hears_the_answer_before_it_is_ended(known: None, tmp_path: Path) -> None:
    """Stopped in the middle of a request, an errand has more time than other steps to come back."""
    answer = tmp_path / "answer"
    stop = threading.Event()
    threading.Timer(1.0, stop.set).start()
    graph = Graph([Step("errand", "test", "errand_steps:asked", 5.0, errand=os.fspath(answer))])
    store = Store(tmp_path / "store")
    with Crew(1, tmp_path / "logs", ["errand_steps"]) as crew, pytest.raises(InterruptedRender):
        run(graph, ["errand"], store, crew=crew, cancel=stop.is_set)
    assert answer.read_text() == "the answer"
