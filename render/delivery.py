"""Handing over: finished films, captions and reports are put into the output folder, each whole or not at all."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from projects.disk import disk_errors, replace_bytes
from render.captions import Span, srt, vtt
from storyboard.film import Captions, Film


def file_stem(title: str) -> str:
    """A file name from a title: letters and digits of any script, words joined by hyphens; `film` if none are left."""
    plain = unicodedata.normalize("NFC", title).lower()
    return re.sub(r"[\W_]+", "-", plain).strip("-")[:80].rstrip("-") or "film"


def hand_over(source: Path, target: Path) -> None:
    """Copy a finished file to its place; a reader never sees half of it."""
    with disk_errors(str(target)):
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_name(f".{target.name}.part")
        shutil.copyfile(source, fresh)
        fresh.replace(target)


def write_text(target: Path, text: str) -> None:
    """Write a text file, whole or not at all."""
    replace_bytes(target, text.encode("utf-8"))


def write_captions(film: Film, shown: Sequence[Span], stem: Path) -> tuple[Path, ...]:
    """SRT and WebVTT beside the film, where the storyboard asks for files and something is said."""
    if film.captions not in (Captions.FILE, Captions.BOTH) or not shown:
        return ()
    paths = (stem.with_name(stem.name + ".srt"), stem.with_name(stem.name + ".vtt"))
    write_text(paths[0], srt(shown, film.rate))
    write_text(paths[1], vtt(shown, film.rate, film.language))
    return paths


def write_report(path: Path, report: dict[str, Any]) -> None:
    """The figures of a film, beside it."""
    write_text(path, json.dumps(report, indent=2, sort_keys=True, ensure_ascii=False) + "\n")
