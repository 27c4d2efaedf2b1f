"""The films that come with workprint, to look at and to begin from.

Each is a folder in `projects/samples/` with a `storyboard.yaml`, whose first comment lines are its summary.
Knows nothing of what a storyboard means.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from projects.disk import disk_errors
from storyboard.errors import MissingError

STORYBOARD = "storyboard.yaml"


@dataclass(frozen=True, slots=True)
class Sample:
    """One bundled film."""

    name: str
    title: str
    summary: str


def samples() -> tuple[Sample, ...]:
    """The bundled films, by name."""
    found = [_read(folder) for folder in _folders().iterdir() if folder.is_dir() and (folder / STORYBOARD).is_file()]
    return tuple(sorted(found, key=lambda sample: sample.name))


def sample_folder(name: str) -> Traversable:
    """The folder of a bundled film; raises MissingError with a suggestion."""
    names = [sample.name for sample in samples()]
    if name not in names:
        near = difflib.get_close_matches(name, names, n=1)
        hint = f"Did you mean '{near[0]}'? " if near else ""
        raise MissingError(f"there is no sample '{name}'", f"{hint}There are: {', '.join(names) or 'none'}.")
    return _folders() / name


def copy_tree(source: Traversable, target: Path) -> None:
    """Copy a folder of the package to disk, files and folders, leaving out hidden and compiled ones."""
    with disk_errors(target.name):
        target.mkdir(parents=True, exist_ok=True)
        for item in sorted(source.iterdir(), key=lambda entry: entry.name):
            if item.name.startswith((".", "__")):
                continue
            if item.is_dir():
                copy_tree(item, target / item.name)
            else:
                (target / item.name).write_bytes(item.read_bytes())


def _folders() -> Traversable:
    return resources.files("projects") / "samples"


def _read(folder: Traversable) -> Sample:
    text = (folder / STORYBOARD).read_text(encoding="utf-8")
    remarks: list[str] = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        remark = line.lstrip("#").strip()
        if not remark.startswith("yaml-language-server"):
            remarks.append(remark)
    title = re.search(r"^title:[ ]*(.+?)[ ]*$", text, flags=re.MULTILINE)
    said = title.group(1).strip("\"'") if title else folder.name
    return Sample(folder.name, said, " ".join(remarks).strip())
