"""Which files a film hangs on, and whether any of them was saved since the last look.

Looks instead of being told: that works on every disk, in every container, and for editors that save by renaming.
Knows no films beyond the files that they name.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path

from projects.digests import signature
from projects.presets import own_presets
from projects.workspace import Workspace
from storyboard.presets import FOLDER, is_file

LOOK = 0.2
"""Seconds between two looks."""
QUIET = 0.3
"""Seconds without another save after which a storm of saves is over."""
PATIENCE = 3.0
"""Seconds after which a storm that does not end is looked at anyway."""

Marks = dict[str, str]


class Lookout:
    """The files of one film. `named` are those that the last readable storyboard named, project-relative."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._named: tuple[str, ...] = ()
        self._pattern = ""
        self._presets: tuple[str, ...] = ()
        self._seen: Marks = {}

    def follow(self, named: Iterable[str], pattern: str, presets: Iterable[str]) -> None:
        """Look at these files of the project, scene files of this pattern, and presets of these names from now on."""
        self._named, self._pattern, self._presets = tuple(named), pattern, tuple(presets)
        # A file that is only now looked at has not been saved by that.
        now = self.marks()
        self._seen = {**{name: mark for name, mark in now.items() if name not in self._seen}, **self._seen}

    def marks(self) -> Marks:
        """A mark for each file; "" for one that is not there."""
        return {str(path): _mark(path) for path in self._paths()}

    def saved(self, stopped: Callable[[float], bool]) -> tuple[str, ...]:
        """Wait for one look; gives the names of the files that were saved since the last time, when it is quiet again.

        Empty when nothing was saved. `stopped` waits so many seconds, and says whether to stop.
        """
        if stopped(LOOK):
            return ()
        now = self.marks()
        if now == self._seen:
            return ()
        begun = calm = time.monotonic()
        while time.monotonic() - calm < QUIET and time.monotonic() - begun < PATIENCE:
            if stopped(QUIET / 6):
                return ()
            later = self.marks()
            if later != now:
                now, calm = later, time.monotonic()
        changed = [name for name in {**self._seen, **now} if self._seen.get(name) != now.get(name)]
        self._seen = now
        return tuple(sorted(map(self._called, changed)))

    def begin(self) -> None:
        """Take everything as it is now for seen."""
        self._seen = self.marks()

    def _called(self, name: str) -> str:
        path = Path(name)
        return (
            path.relative_to(self._workspace.folder).as_posix() if path.is_relative_to(self._workspace.folder) else name
        )

    def _paths(self) -> list[Path]:
        folder = self._workspace.folder
        paths = [self._workspace.storyboard, self._workspace.takes, *(folder / name for name in self._named)]
        if self._pattern:
            head, _, last = self._pattern.rpartition("/")
            paths += sorted(one for one in (folder / head).glob(last) if not one.name.startswith("."))
        for name in self._presets:
            if is_file(name):
                paths.append(folder / name)
            else:
                paths += [folder / FOLDER / f"{name}.yaml", own_presets() / f"{name}.yaml"]
        return paths


def _mark(path: Path) -> str:
    try:
        return signature(path)
    except OSError:
        return ""
