"""Seals: what tells cheaply that nobody has touched a stored file since its bytes were last known to be right.

A seal is broken by every write; copying or restoring a project breaks it too, and costs one reading of the file.
Knows nothing of what is stored.
"""

from __future__ import annotations

import os
from pathlib import Path

from projects.notebook import read_notebook, write_notebook

_SECOND = 1_000_000_000


def seal_of(status: os.stat_result) -> str:
    """The seal of a file: its number on the disk, its size in bytes and its time of change."""
    return f"{status.st_ino}:{status.st_size}:{status.st_mtime_ns}"


def stamp_whole_second(path: Path) -> None:
    """Set a file's time of change to the whole second before it.

    A write within the same tick of the disk's clock would leave the time as it is; no write leaves a whole second.
    """
    status = path.stat()
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns // _SECOND * _SECOND))


class Seals:
    """Seals of files whose bytes were read and found right, by fingerprint, kept in one small JSON file."""

    def __init__(self, memory: Path) -> None:
        self._memory = memory
        self._known = {key: seal for key, seal in read_notebook(memory).items() if isinstance(seal, str)}
        self._new: dict[str, str] = {}

    def of(self, fingerprint: str) -> str | None:
        """The seal under which an artifact was last read and found right, or None."""
        return self._known.get(fingerprint)

    def remember(self, fingerprint: str, seal: str) -> None:
        """Take note that an artifact is right under this seal."""
        self._new[fingerprint] = seal

    def save(self) -> None:
        """Write down what is new; a memory that cannot be written costs another reading and is not wrong."""
        if self._new:
            self._known |= self._new
            write_notebook(self._memory, self._known)
