"""Where presets lie: in the film's folder, in the user's own, and beside this file; and how they travel between them.

A name is looked for in that order. Knows what a preset's text is called to the storyboard, not what it says.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Literal

from projects.disk import disk_errors, replace_bytes
from projects.hosted.catalogue import settings_folder
from projects.workspace import Workspace
from storyboard.errors import ExitCode, MissingError, WorkprintError
from storyboard.load import wants, wants_presets
from storyboard.presets import FOLDER, OUTSIDE, is_file, is_name, own_file

Shelf = Literal["film", "yours", "workprint"]
_SUFFIX = ".yaml"


class PresetTakenError(WorkprintError):
    """A preset of that name is there already."""

    exit_code = ExitCode.USAGE


@dataclass(frozen=True, slots=True)
class Found:
    """A preset that is here: its name, where it lies, and its text."""

    name: str
    shelf: Shelf
    path: Path
    text: bytes


def own_presets() -> Path:
    """The folder of the user's own presets."""
    return settings_folder() / FOLDER


def companions(workspace: Workspace, text: bytes, *, lenient: bool = False) -> dict[str, bytes]:
    """The texts that a storyboard needs besides its own: its scene files and the presets that it names.

    A preset that is not there is left to the reading, which tells its place; so are scene files where `lenient`.
    Raises MissingError otherwise.
    """
    pattern = wants(text)
    try:
        texts = dict(workspace.scene_files(pattern)) if pattern else {}
    except MissingError:
        if not lenient:
            raise
        texts = {}
    for name in wants_presets(text):
        found = find(workspace, name)
        if found is not None:
            texts[own_file(name) if found.shelf == "film" else f"{OUTSIDE}{name}"] = found.text
    return texts


def preset_files(workspace: Workspace, text: bytes) -> tuple[Path, ...]:
    """The files of the presets that a storyboard names, as far as they are there."""
    return tuple(found.path for name in wants_presets(text) if (found := find(workspace, name)))


def find(workspace: Workspace | None, name: str) -> Found | None:
    """The preset of that name, or of that file in the project; None where there is none."""
    if workspace is not None:
        try:
            path = workspace.resolve_media(own_file(name))
            return Found(Path(name).stem if is_file(name) else name, "film", path, path.read_bytes())
        except (MissingError, OSError):
            pass
    if is_name(name):
        shelves: tuple[tuple[Shelf, Path], ...] = (("yours", own_presets()), ("workprint", _bundled()))
        for shelf, folder in shelves:
            path = folder / f"{name}{_SUFFIX}"
            try:
                return Found(name, shelf, path, path.read_bytes())
            except OSError:
                continue
    return None


def every(workspace: Workspace | None) -> Iterator[Found]:
    """Every preset that is here, the film's first, each name once."""
    folders = [own_presets(), _bundled()]
    if workspace is not None:
        folders.insert(0, workspace.folder / FOLDER)
    seen: set[str] = set()
    for folder in folders:
        for path in sorted(folder.glob(f"*{_SUFFIX}")) if folder.is_dir() else ():
            found = find(workspace, path.stem) if path.stem not in seen else None
            if found is not None:
                seen.add(path.stem)
                yield found


def files_beside(found: Found) -> tuple[tuple[str, Path], ...]:
    """The pictures and tables of a preset, in the folder of its name beside it: relative name and path, no links."""
    folder = found.path.parent
    paths = sorted((folder / found.name).rglob("*"))
    return tuple(
        (path.relative_to(folder).as_posix(), path) for path in paths if path.is_file() and not path.is_symlink()
    )


def copy_preset(text: bytes, name: str, files: tuple[tuple[str, Path], ...], folder: Path, *, force: bool) -> Path:
    """Write a preset and its files into a folder of presets; gives its path. Raises PresetTakenError, DiskError."""
    path = folder / f"{name}{_SUFFIX}"
    if path.exists() and not force and path.read_bytes() != text:
        raise PresetTakenError(
            f"there is a preset '{name}' in {folder} already", "Choose another name, or add --force."
        )
    places = {folder, path, *((folder / relative).parent for relative, _ in files), *(folder / one for one, _ in files)}
    if any(place.is_symlink() for place in places):
        raise PresetTakenError(f"'{folder.name}' leads elsewhere by a link", "Take the link away; nothing was written.")
    with disk_errors(path.name):
        for relative, source in files:
            target = folder / relative
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    replace_bytes(path, text)
    return path


def _bundled() -> Path:
    return Path(str(resources.files("projects") / FOLDER))
