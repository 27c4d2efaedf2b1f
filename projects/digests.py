"""Digests of the author's files, remembered as long as a file has not been touched.

The memory is keyed by the file's identity on its disk, size and time of change, never by its path.
Knows nothing of what the files are for.
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
from pathlib import Path

from projects.notebook import read_notebook, write_notebook
from storyboard.errors import MissingError

_CHUNK = 1 << 20
_FRESH_NS = 2_000_000_000
"""A file changed less than this ago may change again within the same tick of its clock: it is not remembered."""


def digest_file(path: Path) -> str:
    """The sha256 of a file's content as hex, read in pieces; OSError where it cannot be read."""
    sha = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            sha.update(piece)
    return sha.hexdigest()


def signature(path: Path) -> str:
    """What tells cheaply whether a file has been touched: device, inode, size and times of change."""
    return _signature(path.stat())


class Digests:
    """Digests of files, kept from run to run in one small JSON file (or only in memory)."""

    def __init__(self, memory: Path | None = None) -> None:
        self._memory = memory
        self._known = _remembered(memory)
        self._used: dict[str, str] = {}

    def of(self, path: Path) -> str:
        """The content digest of a file; raises MissingError when there is no regular file to read."""
        try:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):
                raise MissingError(f"{path.name} is not a file", "Name a picture, sound or clip.")
            mark = _signature(status)
            found = self._used.get(mark) or self._known.get(mark) or digest_file(path)
        except OSError as problem:
            raise MissingError(f"the file {path.name} cannot be read: {problem.strerror}") from problem
        if time.time_ns() - max(status.st_mtime_ns, status.st_ctime_ns) > _FRESH_NS:
            self._used[mark] = found
        return found

    def save(self) -> None:
        """Remember what was asked for; a memory that cannot be written is only slower, not wrong."""
        if self._used.keys() - self._known.keys():
            self._known |= self._used
            write_notebook(self._memory, self._known)


def _signature(status: os.stat_result) -> str:
    return f"{status.st_dev}:{status.st_ino}:{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}"


def _remembered(memory: Path | None) -> dict[str, str]:
    noted = read_notebook(memory).items()
    return {key: digest for key, digest in noted if isinstance(digest, str) and len(digest) == 64}
