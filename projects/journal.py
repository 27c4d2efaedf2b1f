"""Journals: files to which one line of JSON is added at a time, and nothing is ever taken away.

A line torn by a power cut spoils only itself. Knows nothing of what the lines mean.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from projects.disk import disk_errors, sync_folder
from projects.steps import Json


def add_line(journal: Path, entry: Mapping[str, Json], *, sync: bool = False) -> None:
    """Add one entry; raises DiskError when that cannot be done. With `sync` it is on the disk when this returns."""
    line = json.dumps(entry, ensure_ascii=False, allow_nan=False)
    with disk_errors(journal.name):
        journal.parent.mkdir(parents=True, exist_ok=True)
        with journal.open("ab") as file:
            # The line break comes first: what is added after a torn line stands on a line of its own.
            file.write(f"\n{line}".encode("utf-8", "surrogatepass"))
            if sync:
                file.flush()
                os.fsync(file.fileno())
        if sync:
            sync_folder(journal.parent)


def read_lines(journal: Path) -> Iterator[dict[str, Json]]:
    """The entries in order; torn and empty lines are passed over, a journal that is not there has none."""
    if not journal.is_file():
        return
    for line in journal.read_bytes().split(b"\n"):
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if isinstance(entry, dict):
            yield entry
