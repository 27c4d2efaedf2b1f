"""What a film was made in: marks of the house, its libraries and the film's folder, taken without reading a file.

As long as the marks are the same, an answer given once still holds. When in doubt there are no marks, and the answer
is found the long way. Knows nothing of what the answer says.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Collection, Iterator
from pathlib import Path

from projects.installation import PACKAGES
from projects.programs import FFMPEG_VARIABLE

_MOST_FILES = 20_000
"""A folder with more files takes longer to look through than the film takes to plan."""
_SECOND = 1_000_000_000
_TICK_NS = 20_000_000
"""A file changed less than this ago may change again within the same tick of the disk's clock."""
_PASSED_OVER = frozenset({".git", "__pycache__"})
_LISTED = (".dist-info", ".egg-info", ".pth", ".egg-link")


def marks(folder: Path, aside: Collection[Path]) -> str:
    """One digest of the house, the installed libraries and every file in `folder`, or "" when they cannot be trusted.

    Folders in `aside` (absolute) are passed over. Not trusted: files changed this very moment, very many files, a
    folder that cannot be read, an ffmpeg of the user's own.
    """
    if FFMPEG_VARIABLE in os.environ:
        return ""
    seen = hashlib.sha256(f"1 {sys.version} {sys.path}\n".encode("utf-8", "surrogatepass"))
    try:
        for line in (*_house(), *_libraries(), *_files(os.fspath(folder), {os.fspath(path) for path in aside})):
            seen.update(f"{line}\n".encode("utf-8", "surrogatepass"))
    except (OSError, _Untrusted):
        return ""
    return seen.hexdigest()


class _Untrusted(Exception):
    """Something that leaves its mark in no entry of the disk."""


def _house() -> Iterator[str]:
    """The house's own files: in a checkout they change without a new version."""
    home = Path(__file__).resolve().parent.parent
    for package in PACKAGES:
        for path, status in sorted(_tree(os.fspath(home / package), frozenset()), key=lambda found: found[0]):
            yield f"{path} {status.st_size} {status.st_mtime_ns}"


def _libraries() -> Iterator[str]:
    """Which distributions are installed where, by their folders of metadata."""
    for place in sys.path:
        if not os.path.isdir(place):  # noqa: PTH112  # an entry may be ""
            continue
        with os.scandir(place) as entries:
            listed = sorted((one.name, one.stat().st_mtime_ns) for one in entries if one.name.endswith(_LISTED))
        yield from (f"{place} {name} {changed}" for name, changed in listed)


def _files(folder: str, aside: Collection[str]) -> Iterator[str]:
    """Every file of the film's folder."""
    now = time.time_ns()
    found: list[str] = []
    for path, status in _tree(folder, aside):
        changed = max(status.st_mtime_ns, status.st_ctime_ns)
        if now - changed < (_TICK_NS if changed % _SECOND else 2 * _SECOND) or len(found) == _MOST_FILES:
            raise _Untrusted
        found.append(f"{path} {status.st_ino} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}")
    yield from sorted(found)


def _tree(folder: str, aside: Collection[str]) -> Iterator[tuple[str, os.stat_result]]:
    """Every file in a folder and its status; of a link, its own and that of the file it leads to."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name in _PASSED_OVER or entry.path in aside:
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _tree(entry.path, aside)
                continue
            yield entry.path, entry.stat(follow_symlinks=False)
            if entry.is_symlink() and os.path.exists(entry.path):  # noqa: PTH110  # plain text, thousands of times
                yield f"{entry.path} -> {os.path.realpath(entry.path)}", entry.stat()
