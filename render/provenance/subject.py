"""The subject of a manifest: one delivered film, what it was made with, and the files that went into it.

Gathered from what a production has laid out and made. Knows no C2PA.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from audio.casting.choice import Casting
from projects.steps import Artifact, Step
from projects.store import Store
from projects.workspace import Workspace
from render.provenance.receipts import KEPT
from render.provenance.used import OWN_BACKENDS, Used, told_by, used_by
from render.shift import Laid
from storyboard.errors import MissingError
from storyboard.film import Film, Scene

SEEN, TOLD = "componentOf", "inputTo"
"""How a file went into the film: it is seen or heard in it, or a model was shown it."""


class Producing(Protocol):
    """What is asked of a production."""

    film: Film
    workspace: Workspace

    @property
    def casting(self) -> Casting:
        """Who speaks with which voice."""

    @property
    def store(self) -> Store:
        """Everything that was made."""

    def made(self, laid: Laid, *kinds: str) -> dict[str, Artifact]:
        """The finished artifacts of these kinds of steps, by name of the step."""


@dataclass(frozen=True, slots=True)
class Making:
    """A film as it was laid out, who speaks in it, where its files are, and the artifacts of its makers by step."""

    film: Film
    casting: Casting
    workspace: Workspace
    laid: Laid
    made: Mapping[str, Artifact]

    @property
    def used(self) -> tuple[Used, ...]:
        """Everything that the film uses, with what its receipts tell."""
        return used_by(self.film, self.casting, self.laid.makers, told_by(self.laid.graph, self.made))


def making_of(production: Producing, laid: Laid) -> Making:
    """A laid-out order with what its makers have made of it: what credits and manifests are written from."""
    return Making(production.film, production.casting, production.workspace, laid, production.made(laid, *KEPT))


@dataclass(frozen=True, slots=True)
class Ingredient:
    """A file that went into the film; it may bring a manifest of its own. `title` is what the author calls it."""

    path: Path
    title: str
    relation: str = SEEN
    of: tuple[str, ...] = ()
    """Scenes."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a manifest tells of. `scene` is "" for the whole film, `receipts` the sha256 of their bundle or ""."""

    title: str
    author: str
    scene: str
    used: tuple[Used, ...]
    ingredients: tuple[Ingredient, ...]
    credits: tuple[str, ...] = ()
    training: bool = True
    """Whether models may learn from the film."""
    receipts: str = ""
    cut: str = ""
    """The shape of the picture, `9:16`."""


def subjects(making: Making) -> Mapping[str, Subject]:
    """What each delivered film of an order is made of, by its scene, "" for the whole."""
    film = making.film
    found = {}
    for scene in dict.fromkeys(target.scene for target in making.laid.breakdown.targets):
        shown = replace(making, film=_alone(film, scene)) if scene else making
        used = shown.used
        files = _merged(_ingredients(shown, used))
        found[scene] = Subject(
            title=f"{film.title}: {scene}" if scene else film.title,
            author=film.author,
            scene=scene,
            used=used,
            ingredients=tuple(files),
            credits=film.credits,
            training=film.provenance != "no training",
        )
    return found


def _alone(film: Film, scene: str) -> Film:
    """The film as if it had only one scene."""
    return replace(film, scenes=(film.scene(scene),))


def _ingredients(making: Making, used: Iterable[Used]) -> Iterator[Ingredient]:
    """The files that went into the film: what was bought, and what the author gave."""
    scenes, makers = making.film.scenes, making.laid.makers
    ids = {scene.id for scene in scenes}
    for step in making.laid.graph:
        if step.kind == "bought" and step.name in making.made and (step.scene in ids or not step.scene):
            yield from _bought(step, making.made[step.name])
    shown = {name for scene in scenes if makers[scene.id].backend in OWN_BACKENDS for name in _pictures(scene)}
    for one in used:
        if one.role == "own":
            relation = SEEN if one.title != "picture" or one.file in shown else TOLD
            yield from _own(making.workspace, one.file, relation, one.of)


def _pictures(scene: Scene) -> Iterator[str]:
    for frame in scene.keyframes:
        yield from (frame.picture, *frame.layers)


def _bought(step: Step, artifact: Artifact) -> Iterator[Ingredient]:
    """What a service has sold. Talk that came as JSON holds no manifest."""
    if artifact.path.suffix != ".json":
        title = " ".join(str(artifact.facts.get(key, "")) for key in ("service", "model")).strip()
        yield Ingredient(artifact.path, f"bought from {title}", SEEN, (step.scene,) if step.scene else ())


def _own(workspace: Workspace, name: str, relation: str, of: tuple[str, ...]) -> Iterator[Ingredient]:
    """One of the author's files, if it still is there."""
    try:
        yield Ingredient(workspace.resolve_media(name), name, relation, of)
    except MissingError:
        return


def _merged(files: Iterable[Ingredient]) -> list[Ingredient]:
    """Every file once in each relation, with all scenes that it went into."""
    found: dict[tuple[Path, str], Ingredient] = {}
    for one in files:
        kept = found.get((one.path, one.relation))
        of = tuple(dict.fromkeys((*(kept.of if kept else ()), *one.of)))
        found[one.path, one.relation] = Ingredient(one.path, one.title, one.relation, of)
    return list(found.values())
