"""One render at a time in a project: the lock, and who holds it.

The lock belongs to the operating system, so a killed render gives it back. Knows nothing of what the holder does.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from projects.disk import disk_errors, replace_json
from storyboard.errors import BusyError


@contextlib.contextmanager
def hold(folder: Path, *, purpose: str = "render", wait: bool = False) -> Iterator[None]:
    """Hold the project whose private folder this is.

    Raises BusyError naming the holder when another process has it, unless `wait` says to stand in line.
    """
    with disk_errors(f"the lock in '{folder}'"):
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "lock", thread_local=False)
        try:
            lock.acquire(timeout=-1 if wait else 0)
        except Timeout as problem:
            raise BusyError(
                f"another process is at work on this film: {_holder(folder)}",
                "Wait for it to end; `workprint render --wait` stands in line.",
            ) from problem
    try:
        # Beside the lock and not in it: whoever tries for the lock empties its file.
        replace_json(folder / "holder.json", {"pid": os.getpid(), "purpose": purpose, "since": _now()})
        yield
    finally:
        (folder / "holder.json").unlink(missing_ok=True)
        lock.release()


def _holder(folder: Path) -> str:
    try:
        told: Any = json.loads((folder / "holder.json").read_bytes())
        return f"process {int(told['pid'])} ({told['purpose']}), since {told['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "it has not said who it is"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
