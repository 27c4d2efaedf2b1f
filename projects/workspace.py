"""A film's folder: where its storyboard, its author's files and the house's own files are.

Every path that a storyboard names goes through `resolve_media`, which lets none leave the folder. Knows nothing of
what the storyboard says.
"""

from __future__ import annotations

import difflib
import fnmatch
import os
import stat
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from projects.digests import Digests
from projects.disk import disk_errors, replace_bytes
from projects.history import History
from projects.samples import STORYBOARD, copy_tree, sample_folder
from projects.store import Store
from storyboard.errors import ExitCode, MissingError, WorkprintError

PRIVATE = ".workprint"
_IGNORED = f"# What workprint makes; it can be made again.\n/{PRIVATE}/\n/out/\n"
_MEDIA_FOLDERS = ("pictures", "footage", "sounds")


class FolderTakenError(WorkprintError):
    """A new film was to be put where something is already."""

    exit_code = ExitCode.USAGE


@dataclass(frozen=True, slots=True)
class Workspace:
    """One film on disk. `folder` is absolute; `storyboard` is a file in it."""

    folder: Path
    storyboard: Path

    @property
    def private(self) -> Path:
        """What the house keeps for itself; may be thrown away, then everything is made again."""
        return self.folder / PRIVATE

    @property
    def store(self) -> Store:
        """The finished artifacts."""
        return Store(self.private / "store")

    @property
    def logs(self) -> Path:
        """Tracebacks, workers' messages and event logs."""
        return self.private / "logs"

    @property
    def output(self) -> Path:
        """Where finished films go."""
        return self.folder / "out"

    @property
    def takes(self) -> Path:
        """The file of the takes, for version control."""
        return self.folder / f"{self._prefix}takes.json"

    @property
    def take_ledger(self) -> Path:
        """The ledger of every take ever made."""
        return self.private / f"{self._prefix}takes.jsonl"

    @property
    def prompts(self) -> Path:
        """The book of what every take ever made was asked for."""
        return self.private / f"{self._prefix}prompts.jsonl"

    @property
    def voices(self) -> Path:
        """Who was cast with which voice where nobody named one."""
        return self.private / f"{self._prefix}voices.json"

    def history(self) -> History:
        """What was made under each step's name."""
        return History(self.private / f"{self._prefix}history.jsonl")

    def digests(self) -> Digests:
        """Digests of the author's files."""
        return Digests(self.private / "digests.json")

    def read_storyboard(self) -> bytes:
        """The bytes of the storyboard; raises MissingError when it cannot be read."""
        return _read(self.storyboard, self.storyboard.name)

    def scene_files(self, pattern: str) -> tuple[tuple[str, bytes], ...]:
        """Names (relative, with `/`) and bytes of the files that a pattern such as `scenes/*.yaml` matches, in order.

        Wildcards stand only in the last part. Raises MissingError when nothing matches or a match leaves the project.
        """
        parts = _parts(pattern)
        parent = self.folder.joinpath(*parts[:-1])
        names = sorted(p.name for p in parent.iterdir()) if parent.is_dir() else []
        found = [name for name in names if fnmatch.fnmatchcase(name, parts[-1]) and not name.startswith(".")]
        if not found:
            raise MissingError(f"no file matches '{pattern}'", "The pattern is relative to the storyboard's folder.")
        relative = ["/".join((*parts[:-1], name)) for name in found]
        return tuple((name, _read(self.resolve_media(name), name)) for name in relative)

    def resolve_media(self, reference: str) -> Path:
        """The absolute path of a file that the storyboard names relative to its folder.

        Raises MissingError, naming the reference, when it is not there, is no regular file, or lies outside the
        folder (through `..`, as an absolute path, or by a symbolic link).
        """
        parts = _parts(reference)
        folder, private = _real_places(self)
        try:
            # Plain text instead of paths: a long film asks for thousands of files.
            real = os.path.realpath(os.path.join(folder, *parts), strict=True)  # noqa: PTH118  # the same
            status = os.stat(real)  # noqa: PTH116  # the same
        except (OSError, RuntimeError) as problem:
            near = _near(self.folder, self.folder.joinpath(*parts))
            raise MissingError(f"the file '{reference}' is not there", near) from problem
        if not _inside(real, folder):
            raise MissingError(f"'{reference}' leads out of the project", "Copy the file into the project's folder.")
        if _inside(real, private):
            raise MissingError(f"'{reference}' is one of workprint's own files", "Copy it to another folder.")
        if not stat.S_ISREG(status.st_mode):
            kind = "a folder" if stat.S_ISDIR(status.st_mode) else "not a regular file"
            raise MissingError(f"'{reference}' is {kind}", "Name a picture, sound or clip.")
        return Path(real)

    @property
    def _prefix(self) -> str:
        """Keeps apart two storyboards in one folder."""
        return "" if self.storyboard.name == STORYBOARD else f"{self.storyboard.stem}."


def open_workspace(path: Path | None = None) -> Workspace:
    """The film at a path (its folder or its storyboard), or the one in or above the current folder.

    Raises MissingError when there is none.
    """
    try:
        here = Path.cwd()
    except OSError as problem:
        raise MissingError("the current folder is gone", "Go to a folder that is there.") from problem
    if path is None:
        for folder in (here, *here.parents):
            if (folder / STORYBOARD).is_file():
                return Workspace(folder.resolve(), folder.resolve() / STORYBOARD)
        raise MissingError(
            f"there is no {STORYBOARD} here or in a folder above",
            "Go to a film's folder, name one, or make one with `workprint new`.",
        )
    storyboard = path / STORYBOARD if path.is_dir() else path
    if not storyboard.is_file():
        raise MissingError(f"there is no storyboard at '{path}'", "Name a film's folder or its storyboard.")
    folder = storyboard.parent.resolve()
    return Workspace(folder, folder / storyboard.name)


def new_workspace(folder: Path, storyboard: str) -> Workspace:
    """Make a film's folder with this storyboard, a `.gitignore` and empty folders for pictures, footage and sounds.

    Raises FolderTakenError when the folder holds something already.
    """
    _claim(folder)
    replace_bytes(folder / STORYBOARD, storyboard.encode("utf-8"))
    _furnish(folder)
    return open_workspace(folder)


def new_from_sample(folder: Path, sample: str) -> Workspace:
    """Make a film's folder from a bundled film; raises MissingError when there is no such sample."""
    source = sample_folder(sample)
    _claim(folder)
    copy_tree(source, folder)
    _furnish(folder)
    return open_workspace(folder)


def _claim(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderTakenError(f"'{folder}' is there already and not empty", "Choose another name.")
    with disk_errors(folder.name):
        folder.mkdir(parents=True, exist_ok=True)


def _furnish(folder: Path) -> None:
    replace_bytes(folder / ".gitignore", _IGNORED.encode())
    for name in _MEDIA_FOLDERS:
        if not (folder / name).exists():
            replace_bytes(folder / name / ".gitkeep", b"")


def _parts(reference: str) -> tuple[str, ...]:
    """The parts of a relative reference with `/`; refuses everything that could leave the folder by its spelling."""
    parts = PurePosixPath(reference).parts
    if not parts or "\0" in reference or "\\" in reference or not reference.isprintable():
        raise MissingError(f"{reference!r} is not the name of a file", "Write names with `/` between folder and file.")
    if reference.startswith("/") or ".." in parts or ":" in parts[0] or parts[0].startswith("~"):
        raise MissingError(f"'{reference}' leads out of the project", "Name files relative to the storyboard's folder.")
    return parts


@lru_cache(maxsize=8)
def _real_places(workspace: Workspace) -> tuple[str, str]:
    """Where a film's folder and the house's own part of it really are; neither moves while a command runs."""
    return os.path.realpath(workspace.folder), os.path.realpath(workspace.private)


def _inside(path: str, folder: str) -> bool:
    """Whether a real path is a real folder or lies somewhere in it."""
    return path == folder or path.startswith(folder if folder.endswith(os.sep) else f"{folder}{os.sep}")


def _near(folder: Path, path: Path) -> str:
    names = [entry.name for entry in path.parent.iterdir()] if path.parent.is_dir() else []
    near = difflib.get_close_matches(path.name, names, n=1)
    if near and path.parent.is_relative_to(folder):
        return f"Did you mean '{(path.parent.relative_to(folder) / near[0]).as_posix()}'?"
    return "Put the file there, or mend its name; names are relative to the storyboard's folder."


def _read(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        remedy = "Look whether it is a file that you may read."
        raise MissingError(f"'{name}' cannot be read: {problem.strerror}", remedy) from problem
