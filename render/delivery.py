"""Handing over: finished films, captions and reports are put into the output folder, each whole or not at all."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from projects.disk import disk_errors, replace_bytes
from projects.steps import Artifact
from render.breakdown import Target
from render.captions import Span, srt, vtt
from render.orders import Delivered
from storyboard.film import Captions, Film

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


def hand_over_target(stem: Path, target: Target, artifacts: Mapping[str, Artifact]) -> Delivered:
    """Copy one finished film or clip to its name after `stem`, with its report beside it."""
    path = stem.with_name(f"{stem.name}-{target.canvas.tag}.mp4")
    if target.scene:
        path = stem.parent / "scenes" / f"{target.scene}-{target.canvas.tag}.mp4"
    source = artifacts[target.step]
    hand_over(source.path, path)
    report = dict(artifacts[target.check].facts) if target.check else {}
    if report:
        write_report(path.with_suffix(".report.json"), report)
    return Delivered(path, target.canvas.cut, target.scene, report, source.fingerprint)


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
