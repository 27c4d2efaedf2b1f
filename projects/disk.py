"""Writing to disk so that a kill or a power cut never leaves half a file under a final name.

Every failure of the operating system becomes a DiskError with a remedy. Knows nothing of what is written.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from projects.steps import Json
from storyboard.errors import DiskError

_NO_ROOM = 65536
"""Bytes free below which a disk counts as full: codecs give up before the last byte."""
_REMEDIES = {
    errno.ENOSPC: (
        "the disk is full",
        "Free some space (`workprint cache prune` removes what no film uses) and run again.",
    ),
    errno.EDQUOT: ("your disk quota is used up", "Free some space and run again; what was finished is kept."),
    errno.EROFS: ("the disk may not be written", "Move the project to a disk that can be written."),
    errno.EACCES: ("writing is not permitted", "Mend the permissions of the project's folder."),
    errno.EPERM: ("writing is not permitted", "Mend the permissions of the project's folder."),
    errno.EFBIG: ("the file is too large for this disk", "Move the project to another disk."),
    errno.EIO: ("the disk reports a fault", "Check the disk."),
    errno.EEXIST: ("something else has this name", "Move it away, or choose another place."),
    errno.ENOTDIR: ("a part of the path is not a folder", "Move it away, or choose another place."),
    errno.EISDIR: ("a folder has this name", "Move it away, or choose another place."),
    errno.ENOENT: ("a folder on the way is not there", "Choose a place that can be made."),
    errno.ELOOP: ("a symbolic link leads back to itself", "Delete the link."),
    errno.ENAMETOOLONG: ("the name is too long for this disk", "Shorten the title or the folder's name."),
}


@contextlib.contextmanager
def disk_errors(what: str) -> Iterator[None]:
    """Turn an OSError that speaks of the disk into a DiskError saying what was being written."""
    try:
        yield
    except OSError as problem:
        if problem.errno not in _REMEDIES:
            raise
        raise _told(problem.errno, what) from problem


def full_disk(what: str) -> DiskError:
    """The error for a full disk that was met while `what` was being written."""
    return _told(errno.ENOSPC, what)


def open_folder(folder: Path) -> None:
    """Make a folder, where it is not there, and try whether files can be put into it; raises DiskError."""
    with disk_errors(f"'{folder}'"):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass


def is_full(folder: Path) -> bool:
    """Whether a folder's disk has next to no room left, so that what failed there has failed for that."""
    try:
        return shutil.disk_usage(folder).free < _NO_ROOM
    except OSError:
        return False


def replace_bytes(path: Path, data: bytes, what: str = "") -> None:
    """Put `data` under `path` in one atomic move, through a file beside it, synced to the disk.

    `what` is what a DiskError calls it; left out, the file's name.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    with disk_errors(what or path.name):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with beside.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def replace_json(path: Path, value: Json, *, indent: int | None = None, what: str = "") -> None:
    """Put a value under `path` as UTF-8 JSON with sorted keys, atomically."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False, indent=indent)
    replace_bytes(path, f"{text}\n".encode("utf-8", "surrogatepass"), what)


def sync_file(path: Path) -> None:
    """Wait until a file's content is on the disk."""
    # Opened for writing because some systems refuse to sync a read-only handle.
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until a folder's names are on the disk; does nothing on systems that cannot."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _told(number: int, what: str) -> DiskError:
    cause, remedy = _REMEDIES[number]
    return DiskError(f"{cause}: {what} could not be written", remedy)
