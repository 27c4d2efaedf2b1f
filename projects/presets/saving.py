"""A film's own styles and templates as one preset, with the pictures that they name, for the user's other films."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from projects.presets import find
from projects.workspace import Workspace
from storyboard.errors import MissingError
from storyboard.load import wants_presets
from storyboard.node import mapping, plain
from storyboard.presets import is_file, own_file
from storyboard.source import parse
from storyboard.writer import storyboard_text

_KINDS = ("styles", "templates")


@dataclass(frozen=True, slots=True)
class Gathered:
    """A preset ready to be written: its text, the files that go beside it, and the names of what it holds."""

    text: bytes
    files: tuple[tuple[str, Path], ...]
    styles: tuple[str, ...]
    templates: tuple[str, ...]


def gather(workspace: Workspace, name: str) -> Gathered:
    """What the film writes itself, in its storyboard and in presets of its own folder, as a preset of that name.

    Raises MissingError where there is nothing of the kind, or a picture is not there.
    """
    text = workspace.read_storyboard()
    held: dict[str, dict[str, Any]] = {kind: {} for kind in _KINDS}
    files: dict[str, Path] = {}
    for source, folder in (*_own_presets(workspace, text), (text, "")):
        for kind in _KINDS:
            for key, value in _part(source, workspace.storyboard.name, kind).items():
                held[kind][key] = _carried(value, folder, name, workspace, files) if kind == "styles" else value
    if not any(held.values()):
        raise MissingError(
            "the film has no styles and no templates of its own", "Write some under `styles:` or `templates:` first."
        )
    document = {"workprint-preset": 1, **{kind: held[kind] for kind in _KINDS if held[kind]}}
    return Gathered(
        storyboard_text(document).encode("utf-8"), tuple(files.items()), tuple(held["styles"]), tuple(held["templates"])
    )


def _own_presets(workspace: Workspace, text: bytes) -> list[tuple[bytes, str]]:
    found = []
    for name in wants_presets(text):
        preset = find(workspace, name)
        if preset is not None and (preset.shelf == "film" or is_file(name)):
            found.append((preset.text, posixpath.dirname(own_file(name))))
    return found


def _part(text: bytes, path: str, kind: str) -> dict[str, Any]:
    node = parse(text, path).node
    entry = mapping(node).get(kind) if node else None
    value = plain(entry.value) if entry else {}
    return value if isinstance(value, dict) else {}


def _carried(value: Any, folder: str, name: str, workspace: Workspace, files: dict[str, Path]) -> Any:
    """A style whose files are named as they will lie beside the preset; adds them to `files`."""
    if not isinstance(value, dict):
        return value
    carried = dict(value)
    if "examples" in carried:
        carried["examples"] = [_beside(str(one), folder, name, workspace, files) for one in carried["examples"]]
    if "lut" in carried:
        carried["lut"] = _beside(str(carried["lut"]), folder, name, workspace, files)
    return carried


def _beside(reference: str, folder: str, name: str, workspace: Workspace, files: dict[str, Path]) -> str:
    """The name by which a file lies beside the preset; two files of one name are kept apart by a number."""
    path = workspace.resolve_media(posixpath.join(folder, reference))
    whole = PurePosixPath(reference).name
    stem, suffix = PurePosixPath(whole).stem, PurePosixPath(whole).suffix
    number, target = 1, f"{name}/{whole}"
    while files.get(target, path) != path:
        number += 1
        target = f"{name}/{stem}-{number}{suffix}"
    files[target] = path
    return target
