"""Whether the process that left something behind still lives.

A mark names machine, process and the moment it started, because process numbers are used again.
Knows nothing of what was left.
"""

from __future__ import annotations

import functools
import hashlib
import os
import platform
import time
from pathlib import Path

_FOREIGN_PATIENCE = 7 * 24 * 3600.0
"""Seconds after which leavings of another machine count as dead."""


def own_mark() -> str:
    """The mark of this process, fit for a file name: `machine-pid-start`."""
    return f"{_machine()}-{os.getpid()}-{started_at(os.getpid())}"


def still_lives(path: Path) -> bool:
    """Whether the process whose mark begins the name of `path` may still be at work."""
    machine, _, rest = path.name.partition("-")
    pid, _, rest = rest.partition("-")
    if machine != _machine() or not pid.isdigit():
        return _young(path)
    return process_lives(int(pid), rest.partition("-")[0])


def process_lives(pid: int, started: str) -> bool:
    """Whether the process of this number, started at that moment, runs on this machine."""
    now = started_at(pid)
    if now != "0":
        return now == started
    if os.name == "nt" or Path("/proc/self/stat").exists():
        return os.name == "nt"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def started_at(pid: int) -> str:
    """When a process started, in ticks since the machine did; "0" where that cannot be known or it is gone."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return "0"
    after_name = text.rpartition(")")[2].split()
    # A zombie has ended, though its number is still taken.
    return "0" if after_name[0] in "ZX" else after_name[19]


@functools.cache
def _machine() -> str:
    return hashlib.sha256(platform.node().encode("utf-8", "replace")).hexdigest()[:8]


def _young(path: Path) -> bool:
    try:
        return time.time() - path.lstat().st_mtime < _FOREIGN_PATIENCE
    except OSError:
        return False
