"""Renders killed at any moment go on where they stopped."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from projects.store import Store

_FILM = """
import sys
from pathlib import Path
from projects.graph import Graph
from projects.history import History
from projects.locking import hold
from projects.progress import JsonLines
from projects.runner import run
from projects.steps import Step
from projects.store import Store
from storyboard.errors import WorkprintError

folder = Path(sys.argv[1])
takes = [
    Step(f"take:{n}", "take", "cheap_steps:write", {"text": f"take {n}" * 2000, "seconds": 0.04}) for n in range(8)
]
bodies = [
    Step(f"body:{n}", "body", "cheap_steps:write", {"text": f"body {n}", "seconds": 0.01}, inputs={"take": f"take:{n}"})
    for n in range(8)
]
film = Step("film", "film", "cheap_steps:write", {"text": "film"}, inputs={f"b{n}": f"body:{n}" for n in range(8)})
try:
    with hold(folder), JsonLines(folder / "events.jsonl") as log:
        outcome = run(
            Graph([*takes, *bodies, film]), ["film"], Store(folder / "store"), jobs=2, reporter=log,
            history=History(folder / "history.jsonl"), extra_packages=("cheap_steps",),
        )
    outcome.raise_failures()
except WorkprintError as problem:
    print(problem, file=sys.stderr)
    sys.exit(int(problem.exit_code))
print(outcome.artifacts["film"].path)
"""


def _start(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _FILM, str(folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def _finished(folder: Path) -> dict[str, tuple[int, str]]:
    """Step name -> when its artifact came into the store, and its digest."""
    store = Store(folder / "store")
    found = {}
    for receipt in store.receipts():
        artifact = store.get(receipt.order.fingerprint)
        assert artifact is not None
        assert store.verify(receipt.order.fingerprint)
        found[receipt.order.name] = (artifact.path.stat().st_mtime_ns, receipt.sha256)
    return found


@pytest.mark.whole
def test_killed_at_twenty_moments(tmp_path: Path) -> None:
    """After each kill -9 the store holds only whole artifacts, none of which is made again, and the end is the same."""
    (tmp_path / "whole").mkdir()
    process = _start(tmp_path / "whole")
    assert process.wait(60) == 0
    process.communicate()
    whole = {name: digest for name, (_, digest) in _finished(tmp_path / "whole").items()}
    assert len(whole) == 17

    chance = random.Random(5)
    kills = round_ = 0
    while kills < 20:
        folder = tmp_path / f"killed-{round_}"
        folder.mkdir()
        before: dict[str, tuple[int, str]] = {}
        round_ += 1
        while "film" not in before:
            process = _start(folder)
            try:
                process.communicate(timeout=chance.uniform(0.15, 0.75))
            except subprocess.TimeoutExpired:
                os.kill(process.pid, signal.SIGKILL)
                process.communicate()
                kills += 1
            after = _finished(folder)
            assert {name: after[name] for name in before} == before
            before = after
        assert {name: digest for name, (_, digest) in before.items()} == whole
        store = Store(folder / "store")
        time.sleep(0.2)
        store.sweep()
        assert list((store.root / "tmp").iterdir()) == []


def test_second_render_is_refused_while_the_first_goes_on(tmp_path: Path) -> None:
    """Two renders of one film at once: the second is told who is at work, the first is not disturbed."""
    first = _start(tmp_path)
    until = time.monotonic() + 20
    while not (tmp_path / "holder.json").exists() and time.monotonic() < until:
        time.sleep(0.01)
    second = _start(tmp_path)
    _, told = second.communicate(timeout=30)
    assert second.returncode == 6
    assert f"process {first.pid}" in told
    first.communicate(timeout=60)
    assert first.returncode == 0
    assert len(_finished(tmp_path)) == 17


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="needs the right to mount a small disk")
def test_disk_that_runs_full(tmp_path: Path) -> None:
    """On a disk that is really full the render ends with its exit code and goes on once there is room."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["/bin/mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", str(disk)], check=False, capture_output=True
    )
    if mounted.returncode != 0:
        pytest.skip("mounting is not permitted here")
    try:
        process = _start(disk)
        _, told = process.communicate(timeout=60)
        assert process.returncode == 7, told
        assert "disk is full" in told
        made = _finished(disk)
        subprocess.run(["/bin/mount", "-o", "remount,size=8m", str(disk)], check=True)
        process = _start(disk)
        _, told = process.communicate(timeout=60)
        assert process.returncode == 0, told
        assert {name: _finished(disk)[name] for name in made} == made
    finally:
        subprocess.run(["/bin/umount", "-l", str(disk)], check=True)
