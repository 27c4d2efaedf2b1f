"""Exports a film: gathers what is made of it, lays media beside, and lets each exporter write its file.

Renders nothing: what is not made yet is told, with the command that makes it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from projects import plugins
from projects.disk import disk_errors
from projects.progress import Reporter
from projects.steps import Artifact
from render.caption_files import write_files
from render.delivery import file_stem
from render.exports.contract import Exported, Exporter
from render.exports.cut import Edit, Stem, edit_of, notes_of
from render.exports.media import lay_takes, put
from render.picture import Canvas, source_name
from render.stems import STEMS
from storyboard.errors import MissingError
from storyboard.film import Captions

if TYPE_CHECKING:
    from render.orders import Order
    from render.production import Production
    from render.shift import Laid

_TOLD = ("backend", "model", "commit", "licence", "seed")
"""Facts of a take that travel in the metadata, where it has them."""


def exporter(name: str) -> Exporter:
    """The exporter of that name; raises MissingError with suggestions."""
    made: Exporter = plugins.load("workprint.exports", name)()
    return made


def names() -> tuple[str, ...]:
    """The names of all exporters."""
    return tuple(plugins.find("workprint.exports"))


def export(
    production: Production,
    order: Order,
    formats: Iterable[str],
    reporter: Reporter,
    cancel: threading.Event | None = None,
    *,
    link: bool = False,
) -> tuple[Exported, ...]:
    """Write the first cut of an order in each of the formats; gives the files in that order.

    They lie in a folder of their own beside the films, with the takes in `media`, the stems, and the captions as SRT.
    Raises MissingError where takes are not made yet, DiskError, and what `stems` raises.
    """
    writers = [exporter(name) for name in formats]
    laid = production.lay_out(order)
    canvas = laid.breakdown.targets[0].canvas
    stem = f"{file_stem(production.film.title)}-{canvas.tag}"
    home = (order.out or production.workspace.output) / f"{stem}-edit"
    with disk_errors(str(home)):
        home.mkdir(parents=True, exist_ok=True)
    media: dict[str, Path] = {scene.id: Path(f"{scene.id}.mp4") for scene in production.film.scenes}
    about: dict[str, dict[str, str]] = {}
    stems: list[Stem] = []
    if any(writer.needs_media for writer in writers):
        takes = _takes(production, laid, canvas)
        media = lay_takes(production.film, canvas, takes, home, link=link)
        about = {scene: _about(production, scene, take) for scene, take in takes.items()}
        stems = list(_stems(production, order, reporter, cancel, home, link=link))
    edit = edit_of(production.film, laid.timeline, (canvas.width, canvas.height), media, about, stems)
    written = [_written(writer, edit, production, home / f"{stem}{writer.suffix}") for writer in writers]
    if any(writer.needs_media for writer in writers):
        written += map(Exported, _captions(production, laid, home / stem))
    return tuple(written)


def _captions(production: Production, laid: Laid, stem: Path) -> tuple[Path, ...]:
    """The film's words as SRT beside the export, which every editor lays on a track; none where captions are off."""
    film = production.film
    if film.captions is Captions.OFF:
        return ()
    languages = film.captioning.spoken_in(film.language)
    return write_files(film, laid.timeline, production.workspace, stem, languages, ("srt",))


def _written(writer: Exporter, edit: Edit, production: Production, target: Path) -> Exported:
    """Write one file, whole or not at all."""
    fresh = target.with_name(f".part-{target.name}")
    with disk_errors(str(target)):
        try:
            notes = writer.export(edit, production.film, fresh)
            fresh.replace(target)
        finally:
            fresh.unlink(missing_ok=True)
    return Exported(target, (*(notes_of(edit) if writer.needs_media else ()), *notes))


def _takes(production: Production, laid: Laid, canvas: Canvas) -> Mapping[str, Artifact]:
    """The take of each scene as the film shows it now."""
    made = production.made(laid, "take", "recut", "treated")
    names_ = {scene.id: source_name(scene, canvas) for scene in production.film.scenes}
    missing = [scene for scene, name in names_.items() if name not in made]
    if missing:
        draft = " --draft" if canvas.draft else ""
        raise MissingError(
            f"not rendered yet, or changed since: {', '.join(missing)}", f"Run `workprint render{draft}` first."
        )
    return {scene: made[name] for scene, name in names_.items()}


def _about(production: Production, scene: str, take: Artifact) -> dict[str, str]:
    """What the metadata tells of a scene: where its take came from, and the digest of its receipt."""
    number = next((one.number for one in production.takes(scene) if one.chosen), 1)
    receipt = production.store.receipt(take.fingerprint)
    facts: dict[str, Any] = {"scene": scene, "take": number, "fingerprint": take.fingerprint}
    facts |= {key: take.facts[key] for key in _TOLD if take.facts.get(key) not in (None, "")}
    if receipt is not None:
        facts |= {"sha256": receipt.sha256, "finished": receipt.finished}
    prompt = production.film.scene(scene).prompt
    return {key: str(value) for key, value in {**facts, "prompt": prompt}.items() if str(value)}


def _stems(
    production: Production,
    order: Order,
    reporter: Reporter,
    cancel: threading.Event | None,
    home: Path,
    *,
    link: bool,
) -> Iterator[Stem]:
    """The film's sound apart, beside the export."""
    made = production.stems(order, reporter, cancel, parts=False)
    for path in made:
        name = path.stem.rpartition("-")[2]
        if name not in STEMS:
            continue
        target = Path("media") / f"{name}.wav"
        with disk_errors(str(home / target)):
            fresh = home / "media" / f".part-{name}.wav"
            fresh.unlink(missing_ok=True)
            put(path, fresh, link=link)
            fresh.replace(home / target)
        yield Stem(name, target)
