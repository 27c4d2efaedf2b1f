"""A delivery that still stands: the film is there, and nothing that could change it has been touched.

Found without reading the storyboard, so that an unchanged film of any length is answered at once. Whatever is in
doubt (a maker with models or programs of its own, a file touched, a film missing) is left to the production.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audio.composing.soundfont import font
from projects.digests import signature
from projects.disk import replace_json
from projects.installation import DISTRIBUTION
from projects.locking import hold
from projects.presets import own_presets
from projects.progress import JsonLines, RenderFinished, RenderStarted
from projects.surroundings import marks
from projects.workspace import Workspace
from render.orders import Delivered, Delivery, Order
from render.provenance import signing
from storyboard.errors import Diagnostic, DiskError, Severity
from storyboard.measures import aspect

if TYPE_CHECKING:
    from render.production import Production

_FORMAT = 2

SELF_CONTAINED = frozenset({"animatic", "pictures", "footage", "hibari", "kokoro", "composer"})
"""Makers of clips, voices and scores that depend on nothing but installed distributions, the author's files and the
program and font that play scores."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A delivery that was given before, and what was said of the storyboard then."""

    delivery: Delivery
    doubts: tuple[Diagnostic, ...]


def surroundings(workspace: Workspace, order: Order) -> str:
    """Marks of everything that can change what an order brings, or "" when there are none to be trusted.

    Taken before the storyboard is read: a file that is changed meanwhile is then seen to have changed.
    """
    output = (order.out or workspace.output).absolute()
    if workspace.folder.is_relative_to(output):
        return ""
    found = marks(workspace.folder, {workspace.private, workspace.output, output})
    return f"{found} {_players()} {signing.marks()} {_presets()}" if found else ""


def _players() -> str:
    """Marks of what plays composed scores, if it is installed: a program and a sound font."""
    program = shutil.which("fluidsynth")
    return " ".join(signature(path) for path in (Path(program) if program else None, font()) if path is not None)


def _presets() -> str:
    """Marks of the user's own presets, which films may name."""
    return " ".join(f"{path.name} {signature(path)}" for path in sorted(own_presets().glob("*.yaml")))


def recall(workspace: Workspace, order: Order, seen: str) -> Standing | None:
    """The standing delivery of an order, or None when it has to be found the long way.

    `seen` are the surroundings as they are now. Raises BusyError while another process renders the project.
    """
    path = _record(workspace, order)
    if not seen or not path.is_file():
        return None
    output = order.out or workspace.output
    try:
        known: Any = json.loads(path.read_bytes())
        if (known["format"], known["seen"]) != (_FORMAT, seen):
            return None
        found = _standing(known, output)
        with hold(workspace.private, wait=order.wait):
            if not _stands(known["files"], found.delivery, workspace, output):
                return None
            with JsonLines(workspace.logs / "events.jsonl") as journal:
                journal.report(RenderStarted(0, len(found.delivery.reused), 0.0, order.workers))
                journal.report(RenderFinished(0, len(found.delivery.reused), 0, 0, seconds=0.0))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return found


def remember(production: Production, order: Order, seen: str, delivery: Delivery, doubts: Sequence[Diagnostic]) -> None:
    """Note a delivery that was just given, if it can be vouched for; `seen` are the surroundings before it was made."""
    workspace = production.workspace
    if not seen or not all(film.fingerprint for film in delivery.films) or not _self_contained(production):
        return
    if surroundings(workspace, order) != seen:
        return
    output = order.out or workspace.output
    files = [*(film.path for film in delivery.films), *delivery.captions, *delivery.papers]
    files += [film.path.with_suffix(".report.json") for film in delivery.films if film.report]
    try:
        entry = {
            "format": _FORMAT,
            "seen": seen,
            "files": {str(path.relative_to(output)): signature(path) for path in files},
            "films": [
                [str(film.path.relative_to(output)), str(film.cut), film.scene, film.report, film.fingerprint]
                for film in delivery.films
            ],
            "captions": [str(path.relative_to(output)) for path in delivery.captions],
            "papers": [str(path.relative_to(output)) for path in delivery.papers],
            "steps": [*delivery.made, *delivery.reused],
            "notes": delivery.notes,
            "doubts": [doubt.as_json() for doubt in doubts],
        }
        replace_json(_record(workspace, order), entry, what="the note of what was delivered")
    except (OSError, DiskError, ValueError):
        # The film is there; only the next answer takes longer.
        return


def _record(workspace: Workspace, order: Order) -> Path:
    """Where the standing delivery of an order is noted."""
    asked = [workspace.storyboard.name, *map(str, order.cuts), *order.scenes, order.draft, order.allow_code]
    place = str((order.out or workspace.output).absolute())
    name = hashlib.sha256(json.dumps([asked, place]).encode()).hexdigest()[:16]
    return workspace.private / "standing" / f"{name}.json"


def _stands(files: dict[str, str], delivery: Delivery, workspace: Workspace, output: Path) -> bool:
    """Whether the files are as they were handed over, and what they are copies of is still in the store."""
    untouched = all(signature(output / name) == seal for name, seal in files.items())
    return untouched and all(workspace.store.has(film.fingerprint) for film in delivery.films)


def _self_contained(production: Production) -> bool:
    """Whether all that makes the film is part of what was looked at."""
    from projects.plugins import distribution_of, find

    voices = {part.engine for part in production.casting.voices.values()}
    clips = {maker.backend for maker in production.makers.values()}
    scores = {production.film.score.backend} if production.film.score.kind == "composed" else set()
    installed = (
        entry
        for group in ("workprint.clips", "workprint.voices", "workprint.scores", "workprint.transitions")
        for entry in find(group).values()
    )
    return voices | clips | scores <= SELF_CONTAINED and all(
        distribution_of(entry) == DISTRIBUTION for entry in installed
    )


def _standing(known: dict[str, Any], output: Path) -> Standing:
    """What was noted, as it was said then; everything that was made or used is reused now."""
    films = tuple(
        Delivered(output / name, aspect(cut), scene, report, fingerprint)
        for name, cut, scene, report, fingerprint in known["films"]
    )
    captions = tuple(output / name for name in known["captions"])
    papers = tuple(output / name for name in known["papers"])
    doubts = tuple(Diagnostic(**{**doubt, "severity": Severity(doubt["severity"])}) for doubt in known["doubts"])
    steps = tuple(dict.fromkeys(known["steps"]))
    return Standing(Delivery(films, captions, (), steps, tuple(known["notes"]), papers), doubts)
