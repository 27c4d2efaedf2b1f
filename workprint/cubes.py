"""Writes the house's grades as .cube files, for editors and for storyboards that begin from one of them.

Knows which files are its own by their content, and touches no others.
"""

from __future__ import annotations

import os
from pathlib import Path

from storyboard.errors import DiskError


def write_cubes(folder: Path) -> list[Path]:
    """Write every grade as `NAME.cube` into a folder, which is made where it is not there; gives the paths.

    Files that hold the very table already are left alone. Raises DiskError, before anything is written, where
    something else has one of the names.
    """
    from projects.disk import open_folder, replace_bytes
    from scenes.post import LOOKS, cube_of, cube_text

    texts = {folder / f"{name}.cube": cube_text(cube_of(name)).encode() for name in LOOKS}
    open_folder(folder)
    missing = [path for path in texts if not os.path.lexists(path)]
    foreign = [path.name for path in texts if path not in missing and not _holds(path, texts[path])]
    if foreign:
        raise DiskError(
            f"something else has this name in '{folder}': {', '.join(foreign)}",
            "Move it away, or choose another folder.",
        )
    for path in missing:
        replace_bytes(path, texts[path])
    return list(texts)


def _holds(path: Path, data: bytes) -> bool:
    """Whether a plain file, and no link to one, holds exactly these bytes."""
    if path.is_symlink() or not path.is_file() or path.stat().st_size != len(data):
        return False
    return path.read_bytes() == data
