"""The whole program killed, or stopped, while it buys: the next run goes on with the job, or says what is unknown."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from storyboard.errors import ExitCode
from tests.hosted.conftest import Shop
from tests.hosted.fakes.server import FakeServer, Fault

FILM = """\
workprint: 1
title: Killed
resolution: 180p
sounds: none
scenes:
  - {id: wood, length: 2s, prompt: A wood at dawn, backend: runway}
"""

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are found in /proc")]


def begun(shop: Shop, *words: str) -> subprocess.Popen[str]:
    """The program at work on the film."""
    (shop.folder / "storyboard.yaml").write_text(FILM, encoding="utf-8")
    house = str(Path(__file__).resolve().parents[2])
    return subprocess.Popen(
        [sys.executable, "-m", "workprint", "render", str(shop.folder), "--yes", "-j", "1", *words],
        env={**os.environ, "PYTHONPATH": house},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """How it ends by itself, and what it says."""
    told = process.communicate(timeout=60)[0]
    return process.returncode, told


def once(true: Callable[[], object]) -> None:
    """Wait until something is true."""
    until = time.monotonic() + 30
    while not true():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_killed_while_the_clip_is_made(shop: Shop, server: FakeServer) -> None:
    """The job's name is on the disk: the next run fetches the clip and pays nothing."""
    server.looks_needed = 10**6
    process = begun(shop)
    once(lambda: server.asked_for("GET /v1/tasks"))
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    server.looks_needed = 1
    code, told = ended(begun(shop))
    assert (code, server.paid()) == (0, 1), told
    assert list((shop.folder / "out").glob("*.mp4"))


def test_killed_while_the_answer_is_on_its_way(shop: Shop, server: FakeServer) -> None:
    """Nobody knows what became of it: nothing is asked for again until a person says so, and then once."""
    server.faults.append(Fault("POST", slow=2.0))
    process = begun(shop)
    once(lambda: server.asked_for("POST"))
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    once(lambda: server.paid() == 1)
    for _ in range(2):
        code, told = ended(begun(shop))
        assert (code, server.paid()) == (ExitCode.RENDER_FAILED, 1), told
        assert "--resubmit wood" in told
    code, told = ended(begun(shop, "--found", f"wood={server.jobs[0].id}"))
    assert (code, server.paid()) == (0, 1), told


def test_stopped_while_the_answer_is_on_its_way(shop: Shop, server: FakeServer) -> None:
    """Ctrl-C waits for the answer to what was just asked, writes the job down, and the next run goes on with it."""
    server.faults.append(Fault("POST", slow=2.0))
    process = begun(shop)
    once(lambda: server.asked_for("POST"))
    os.killpg(process.pid, signal.SIGINT)
    code, _ = ended(process)
    assert code == ExitCode.INTERRUPTED
    (entry,) = shop.ledger.entries()
    assert (entry.state, server.paid()) == ("taken", 1)
    code, told = ended(begun(shop))
    assert (code, server.paid()) == (0, 1), told


def test_a_worker_that_dies_takes_nothing_with_it(shop: Shop, server: FakeServer) -> None:
    """The step is begun once more by another worker, with the same job."""
    server.looks_needed = 10**6
    process = begun(shop)
    once(lambda: server.asked_for("GET /v1/tasks"))
    worker = _buyer(process.pid)
    os.kill(worker, signal.SIGKILL)
    server.looks_needed = 1
    code, told = ended(process)
    assert (code, server.paid()) == (0, 1), told


def _buyer(parent: int) -> int:
    """The worker that has loaded what only a service's library needs."""
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            status = (entry / "status").read_text(encoding="utf-8")
            libraries = (entry / "maps").read_text(encoding="utf-8")
        except OSError:
            continue
        if f"PPid:\t{parent}\n" in status and "pydantic_core" in libraries:
            return int(entry.name)
    raise AssertionError
