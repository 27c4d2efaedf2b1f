"""Opening a project for a command, with mistakes told by paths that lead there from the current folder.

Knows how the production is opened and nothing of what it does.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.errors import Diagnostic, StoryboardError

if TYPE_CHECKING:
    from render.production import Production


def open_project(path: Path | None) -> Production:
    """The production of the project at (or around) a path.

    Raises MissingError where there is none and StoryboardError with every mistake, placed from the current folder.
    """
    from projects.workspace import open_workspace
    from render.production import open_production

    try:
        return open_production(path)
    except StoryboardError as problem:
        raise StoryboardError(placed(problem.diagnostics, open_workspace(path).folder)) from problem


def placed(diagnostics: Sequence[Diagnostic], folder: Path) -> tuple[Diagnostic, ...]:
    """The diagnostics of a project in `folder`, with the paths of their files as seen from the current folder."""
    return tuple(replace(one, path=seen_from_here(folder / one.path)) for one in diagnostics)


def seen_from_here(path: Path) -> str:
    """A path relative to the current folder where that is shorter, else as it is."""
    try:
        return min(str(path), os.path.relpath(path), key=len)
    except (ValueError, OSError):
        # On another drive, or the current folder is gone.
        return str(path)
