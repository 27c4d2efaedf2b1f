"""Workers that die, hang or outlive their welcome."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from projects.lifetimes import started_at
from projects.runner import Outcome
from projects.steps import Step
from projects.store import Store
from storyboard.errors import InterruptedRender

Cheap = Callable[..., Step]
Render = Callable[..., Outcome]

_RENDER = """
import sys
from pathlib import Path
from projects.graph import Graph
from projects.runner import run
from projects.steps import Step
from projects.store import Store
from storyboard.errors import WorkprintError

folder, does, tell = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
step = Step("a", "k", f"cheap_steps:{does}", {"tell": tell, "child": True, "stubborn": "stubborn" in sys.argv})
try:
    run(Graph([step]), ["a"], Store(folder / "store"), extra_packages=("cheap_steps",))
except WorkprintError as problem:
    sys.exit(int(problem.exit_code))
"""


def _gone(pid: int, patience: float = 5.0) -> bool:
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if started_at(pid) == "0":
            return True
        time.sleep(0.02)
    return False


def _told(path: Path) -> list[int]:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if path.exists() and len(path.read_text().split()) == 2:
            return [int(word) for word in path.read_text().split()]
        time.sleep(0.02)
    raise TimeoutError


def test_a_worker_killed_once_is_replaced(render: Render, cheap: Cheap, ear: Any, tmp_path: Path) -> None:
    """The step is begun once more, and a note says so."""
    outcome = render(cheap("a", does="die", once=str(tmp_path / "once")), cheap("b"), jobs=2)
    assert outcome.failures == ()
    assert outcome.artifacts["a"].path.read_text() == "alive"
    assert ear.kinds().count("note") == 1


def test_a_worker_killed_twice_fails_its_step(render: Render, cheap: Cheap, store: Store) -> None:
    """The step fails with the signal named, the others are made, and nothing hangs."""
    outcome = render(cheap("a", does="die"), cheap("b"), cheap("c", "a"), jobs=2)
    (failure,) = outcome.failures
    assert "killed by signal 9 twice" in failure.error.message
    assert "fewer jobs" in failure.error.hint
    assert outcome.made == ("b",)
    assert outcome.skipped == {"c": "needs a"}
    store.sweep()
    assert list((store.root / "tmp").iterdir()) == []


@pytest.mark.parametrize("stubborn", [False, True])
def test_cancel_stops_a_hanging_step(
    render: Render, cheap: Cheap, store: Store, tmp_path: Path, stubborn: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A step is asked to stop, and ended with the programs it runs if it does not; nothing of it is stored."""
    monkeypatch.setattr("projects.runner._GRACE", 0.5)
    tell = tmp_path / "tell"
    step = cheap("a", does="hang", tell=str(tell), stubborn=stubborn, child=True)
    begun = time.monotonic()
    with pytest.raises(InterruptedRender):
        render(step, cancel=lambda: tell.exists() and len(tell.read_text().split()) == 2)
    assert time.monotonic() - begun < 10
    assert all(_gone(pid) for pid in _told(tell))
    assert list(store.receipts()) == []


def test_cancel_works_from_another_thread(render: Render, cheap: Cheap, tmp_path: Path) -> None:
    """An event set anywhere in the program stops a render that runs in a thread."""
    stop, ended = threading.Event(), []

    def shoot() -> None:
        try:
            render(cheap("a", does="hang", tell=str(tmp_path / "tell")), cancel=stop.is_set)
        except InterruptedRender:
            ended.append("interrupted")

    thread = threading.Thread(target=shoot)
    thread.start()
    _told(tmp_path / "tell")
    stop.set()
    thread.join(10)
    assert ended == ["interrupted"]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL, signal.SIGTERM])
def test_workers_end_with_their_parent(tmp_path: Path, how: signal.Signals) -> None:
    """After Ctrl-C, kill or kill -9 of the render no worker lives on; Ctrl-C gives the exit code for it."""
    tell = tmp_path / "tell"
    process = subprocess.Popen([sys.executable, "-c", _RENDER, str(tmp_path), "hang", str(tell)])
    worker, _ = _told(tell)
    os.kill(process.pid, how)
    status = process.wait(10)
    assert status == (130 if how is signal.SIGINT else -how)
    assert _gone(worker)


def test_ctrl_c_of_a_whole_terminal_with_a_stubborn_step(tmp_path: Path) -> None:
    """A step that does not listen is ended after the grace, with the programs it runs."""
    tell = tmp_path / "tell"
    process = subprocess.Popen(
        [sys.executable, "-c", _RENDER, str(tmp_path), "hang", str(tell), "stubborn"], start_new_session=True
    )
    worker, child = _told(tell)
    begun = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(15) == 130
    assert 2.0 < time.monotonic() - begun < 8.0
    assert _gone(worker)
    assert _gone(child)


def test_script_without_main_guard_is_not_run_again(tmp_path: Path) -> None:
    """A script that renders at its top level is run once, not once per worker."""
    script = tmp_path / "film.py"
    script.write_text(
        "import sys\n"
        "from pathlib import Path\n"
        "from projects.graph import Graph\nfrom projects.runner import run\n"
        "from projects.steps import Step\nfrom projects.store import Store\n"
        "here = Path(__file__).parent\n"
        "with (here / 'runs').open('a') as file:\n    file.write('x')\n"
        "steps = [Step(n, 'k', 'cheap_steps:write', {'text': n}) for n in 'abc']\n"
        "run(Graph(steps), 'abc', Store(here / 'store'), jobs=2, extra_packages=('cheap_steps',)).raise_failures()\n"
    )
    subprocess.run([sys.executable, str(script)], check=True, timeout=60)
    assert (tmp_path / "runs").read_text() == "x"
