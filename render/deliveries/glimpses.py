"""What is delivered of a film without joining it: its poster, its thumbnails, and its first seconds, moving.

Only what is looked at is made: takes for stills, the pieces of the stretch for a preview. Nothing is mixed.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from projects.progress import Reporter
from projects.steps import Artifact, Step
from render import editing
from render.deliveries import recode, stills
from render.deliveries.presets import Preset
from render.delivery import file_stem
from render.orders import Order
from render.papers import Papers
from render.picture import Canvas, canvas_of, source_name
from render.provenance import seal, signing
from render.provenance.subject import making_of, subjects
from render.shift import Laid
from render.timeline import Body, Piece
from storyboard.errors import DiskError

if TYPE_CHECKING:
    from render.production import Production

SOURCES = ("take", "recut", "effects")
"""Kinds of steps that pictures of scenes come from."""


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What was made: the files, what a person should know, and what the order looked like."""

    files: tuple[Path, ...]
    notes: tuple[str, ...]
    laid: Laid


@dataclass(frozen=True, slots=True)
class Glimpsing:
    """A production of a film that a preset has shaped, about to be glimpsed at; `order` is for the one cut."""

    production: Production
    order: Order
    reporter: Reporter
    cancel: threading.Event | None

    def stills(self, wanted: Preset, home: Path) -> Glimpse:
        """The poster, or the thumbnails and their sheet.

        A poster is chosen among the takes that are made. Where none is, drafts say which scene it is to be of; without
        any, all scenes are made.
        """
        laid = self.production.lay_out(self.order)
        canvas, takes = self._canvas(), self._takes(laid, self.order)
        scenes = tuple(scene.id for scene in self.production.film.scenes)
        notes: list[str] = []
        if wanted.kind == "thumbnails" or not takes:
            due = scenes
            if wanted.kind == "poster" and not self.order.draft and (best := self._best_draft()):
                due = (best,)
            laid = self._made(due)
            takes = self._takes(laid, self.order)
        if wanted.kind == "poster" and len(takes) < len(scenes):
            notes.append(f"it was chosen among {len(takes)} of {len(scenes)} scenes: the others are not made yet")
        found = list(stills.stills(laid.timeline, takes))
        stem = f"{file_stem(self.production.film.title)}-{canvas.tag}"
        if wanted.kind == "poster":
            best_one = max(found, key=lambda one: one.worth)
            path = stills.save_picture(best_one.picture, home / f"{stem}-poster.jpg")
            return Glimpse((path,), (f"the poster is of scene {best_one.scene}", *notes), laid)
        files = [stills.save_picture(one.picture, home / f"{one.scene}-{canvas.tag}.jpg") for one in found]
        sheet = stills.sprite(laid.timeline, found, home / f"{stem}-sprite.jpg")
        return Glimpse((*files, *sheet), tuple(notes), laid)

    def preview(self, wanted: Preset, home: Path, stopped: recode.Stop) -> Glimpse:
        """The first seconds, moving; `production` is of the size in which they are made."""
        canvas = self._canvas()
        laid, outcome = self.production.bring(self.order, self._stretch, self.reporter, self.cancel)
        self._noted(laid)
        pieces = [outcome.artifacts[step.name].path for step in self._stretch(laid)]
        short = wanted.short // 2 if self.order.draft else wanted.short
        size = canvas.cut.canvas(min(short & ~1, canvas.width, canvas.height))
        path = home / f"{file_stem(self.production.film.title)}-{canvas.tag}.{wanted.kind}"
        (recode.gif if wanted.kind == "gif" else recode.webp)(pieces, size, path, cancelled=stopped)
        return Glimpse((path,), (), laid)

    def has_takes(self) -> bool:
        """Whether any scene's pictures are made in this size."""
        return bool(self._takes(self.production.lay_out(self.order), self.order))

    def is_made(self) -> bool:
        """Whether the takes that a preview shows are made in this size, or cost too much to be made in another."""
        laid = self.production.lay_out(self.order)
        takes = self._takes(laid, self.order)
        scenes = self.scenes_shown(laid)
        return all(one in takes for one in scenes) or any(laid.makers[one].generated for one in scenes)

    def scenes_shown(self, laid: Laid) -> tuple[str, ...]:
        """The scenes that a preview shows something of."""
        pieces = _within(laid)
        ids = (one for piece in pieces for one in _scenes_of(piece))
        return tuple(dict.fromkeys(ids))

    def _stretch(self, laid: Laid) -> list[Step]:
        """The steps of the pieces that a preview shows."""
        return [laid.graph[f"{piece.name}@{self._canvas().tag}"] for piece in _within(laid)]

    def _canvas(self) -> Canvas:
        return canvas_of(self.production.film, self.order.cuts[0], self.order.draft)

    def _takes(self, laid: Laid, order: Order) -> Mapping[str, Artifact]:
        """What is made of the scenes' pictures in the one cut, by scene."""
        film = self.production.film
        canvas = canvas_of(film, order.cuts[0], order.draft)
        made = self.production.made(laid, *SOURCES)
        named = {scene.id: source_name(scene, canvas) for scene in film.scenes}
        return {scene: made[name] for scene, name in named.items() if name in made}

    def _best_draft(self) -> str:
        """The scene with the best poster in the drafts, "" where no draft is made."""
        order = replace(self.order, draft=True)
        laid = self.production.lay_out(order)
        found = stills.stills(laid.timeline, self._takes(laid, order))
        best = max(found, key=lambda one: one.worth, default=None)
        return best.scene if best else ""

    def _made(self, scenes: tuple[str, ...]) -> Laid:
        """Make the pictures of these scenes; gives the order as it is laid out then."""
        film, canvas = self.production.film, self._canvas()

        def wanted(laid: Laid) -> list[Step]:
            return [laid.graph[source_name(film.scene(one), canvas)] for one in scenes]

        laid, _ = self.production.bring(self.order, wanted, self.reporter, self.cancel)
        self._noted(laid)
        return laid

    def _noted(self, laid: Laid) -> None:
        """Remember the takes, as every render does."""
        made, film = self.production.made(laid, *editing.TAKES), self.production.film
        workspace = self.production.workspace
        editing.note(workspace, laid.graph, made, editing.chosen(workspace, film))


def _within(laid: Laid) -> list[Piece]:
    """The pieces that begin within the seconds of a preview."""
    return [piece for piece in laid.timeline.pieces if piece.start / laid.timeline.rate < recode.PREVIEW]


def _scenes_of(piece: Piece) -> list[str]:
    sides = [piece.scene] if isinstance(piece, Body) else [piece.before, piece.after]
    return [one for one in sides if one]


def seals(production: Production, laid: Laid) -> Papers:
    """What seals pictures of a film: nothing but their manifests, for they have neither credits nor receipts."""
    if production.film.provenance == "off":
        return Papers()
    if not seal.is_there():
        return Papers(notes=[seal.MISSING])
    found = Papers(subjects(making_of(production, laid)))
    try:
        found.signer = signing.credential()
    except DiskError as problem:
        found.notes.append(f"the pictures carry no C2PA manifest: {problem.message}")
    return found
