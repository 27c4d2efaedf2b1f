"""Handing over: finished films, captions and reports are put into the output folder, each whole or not at all."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol

from projects.disk import disk_errors, replace_bytes
from projects.notebook import read_notebook, write_notebook
from projects.steps import Artifact
from render.breakdown import Target
from render.orders import Delivered

_LONGEST = 160
"""Bytes of a title in a file name: with the cut and the ending it stays under the 255 that disks allow."""


def file_stem(title: str) -> str:
    """A file name from a title: letters and digits of any script, words joined by hyphens; `film` if none are left."""
    plain = unicodedata.normalize("NFC", title).lower()
    words = re.sub(r"[\W_]+", "-", plain).strip("-").encode()[:_LONGEST].decode(errors="ignore")
    return words.rstrip("-") or "film"


def hand_over(source: Path, target: Path) -> None:
    """Copy a finished file to its place; a reader never sees half of it."""
    with disk_errors(str(target)):
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_name(f".{target.name}.part")
        try:
            shutil.copyfile(source, fresh)
            fresh.replace(target)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise


class Sealer(Protocol):
    """Whatever says in a finished film how it was made, while it is handed over."""

    def mark(self, target: Target) -> str:
        """What changes when a film that is the same has to be handed over anew; "" where that never is."""

    def hand_over(self, source: Path, path: Path, target: Target) -> None:
        """Put a film in its place, whole or not at all."""


def hand_over_targets(
    stem: Path,
    targets: Iterable[Target],
    artifacts: Mapping[str, Artifact],
    ledger: Path,
    sealer: Sealer | None = None,
) -> tuple[Delivered, ...]:
    """Copy finished films and clips to their names after `stem`, each with its report beside it.

    A file that lies there already, untouched since it was handed over, is not copied again: `ledger` is the JSON file
    in which this is remembered. A `sealer` puts films in their places instead of a plain copy.
    """
    known = read_notebook(ledger)
    before = dict(known)
    delivered = []
    for target in targets:
        path = stem.with_name(f"{stem.name}-{target.canvas.tag}.mp4")
        if target.scene:
            path = stem.parent / "scenes" / f"{target.scene}-{target.canvas.tag}.mp4"
        source = artifacts[target.step]
        wanted = source.fingerprint + (sealer.mark(target) if sealer else "")
        if known.get(str(path)) != _mark(path, wanted):
            if sealer:
                sealer.hand_over(source.path, path, target)
            else:
                hand_over(source.path, path)
            known[str(path)] = _mark(path, wanted)
        report = dict(artifacts[target.check].facts) if target.check else {}
        if report:
            write_report(path.with_suffix(".report.json"), report)
        delivered.append(Delivered(path, target.canvas.cut, target.scene, report, source.fingerprint))
    if known != before:
        write_notebook(ledger, known)
    return tuple(delivered)


def _mark(path: Path, fingerprint: str) -> list[str | int]:
    """What tells an untouched copy of an artifact from any other file in its place."""
    try:
        stat = path.lstat()
    except OSError:
        return []
    return [fingerprint, stat.st_ino, stat.st_size, stat.st_mtime_ns]


def write_text(target: Path, text: str) -> None:
    """Write a text file, whole or not at all; one that says so already stays as it is."""
    data = text.encode("utf-8")
    try:
        if target.read_bytes() == data:
            return
    except OSError:
        pass
    replace_bytes(target, data)


def write_report(path: Path, report: dict[str, Any]) -> None:
    """The figures of a film, beside it."""
    write_text(path, json.dumps(report, indent=2, sort_keys=True, ensure_ascii=False) + "\n")
