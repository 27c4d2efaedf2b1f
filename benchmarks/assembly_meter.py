"""What a whole process costs: wall time, processor time of it and all its children, and their peak memory together.

Linux only. Memory is the proportional set size summed over the process tree, looked at twenty times a second, so that
pages that processes share count once. Knows nothing of films.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

INTERVAL = 0.05
"""Seconds between two looks at the memory."""


class FailedRunError(RuntimeError):
    """A measured command that ended with an exit code other than 0: its figures are worth nothing."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a command took: seconds, processor seconds, peak memory in MB (10^6 bytes), and its output."""

    wall: float
    cpu: float
    peak: float
    said: str


def measure(command: Sequence[str | Path], folder: Path, env: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end in `folder` and measure it; raises FailedRunError unless it succeeds.

    Processor time is that of every process that was waited for, the user's and the system's.
    """
    with tempfile.TemporaryFile() as said:
        begun = time.monotonic()
        child = subprocess.Popen(
            [str(word) for word in command],
            cwd=folder,
            env=dict(env) if env is not None else None,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        watch = _MemoryWatch(child.pid)
        watch.start()
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - begun
        child.returncode = os.waitstatus_to_exitcode(status)
        watch.done.set()
        watch.join()
        said.seek(0)
        words = said.read().decode("utf-8", "replace")
    if child.returncode:
        raise FailedRunError(f"{' '.join(map(str, command[:6]))} ... ended with {child.returncode}:\n{words[-2000:]}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, watch.peak / 1e6, words)


class _MemoryWatch(threading.Thread):
    """Looks at a process tree until told that it is gone; `peak` is in bytes."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.peak = 0
        self.done = threading.Event()

    def run(self) -> None:
        """Keep the highest sum."""
        while not self.done.wait(INTERVAL):
            self.peak = max(self.peak, sum(_share(pid) for pid in _tree(self.pid)))


def _tree(pid: int) -> list[int]:
    """A process and all its descendants that live now."""
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        for children in Path(f"/proc/{one}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                waiting.extend(map(int, children.read_text().split()))
    return found


def _share(pid: int) -> int:
    """The proportional set size of a process in bytes, 0 when it is gone."""
    with contextlib.suppress(OSError, ValueError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
