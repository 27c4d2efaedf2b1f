"""The lock of a project."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from projects.locking import hold
from storyboard.errors import BusyError

_HOLD = """
import sys, time
from pathlib import Path
from projects.locking import hold
with hold(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def _holder(folder: Path, seconds: float) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(folder), str(seconds)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_second_in_line_is_told_who_holds_it(tmp_path: Path) -> None:
    """Another process is refused with the number of the one that holds the lock."""
    process = _holder(tmp_path, 30)
    try:
        with pytest.raises(BusyError, match=f"process {process.pid} \\(render\\), since 20"), hold(tmp_path):
            pass
    finally:
        process.kill()
        process.communicate()


def test_killed_holder_gives_it_back(tmp_path: Path) -> None:
    """After kill -9 the lock is free."""
    process = _holder(tmp_path, 30)
    process.kill()
    process.communicate()
    with hold(tmp_path):
        assert str(os.getpid()) in (tmp_path / "holder.json").read_text()
    assert not (tmp_path / "holder.json").exists()


def test_waiting_in_line(tmp_path: Path) -> None:
    """With `wait` the second gets it when the first has gone."""
    process = _holder(tmp_path, 0.3)
    with hold(tmp_path, wait=True):
        assert process.wait(5) == 0
    process.communicate()


def test_same_process_is_refused_too(tmp_path: Path) -> None:
    """Two renders in one process do not share the lock."""
    with hold(tmp_path), pytest.raises(BusyError), hold(tmp_path):
        pass
