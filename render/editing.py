"""The author's hand on takes: which there are, which is used, and what the finished ones had to say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from projects import takes as taking
from projects.locking import hold
from projects.steps import Artifact, Step
from projects.workspace import Workspace
from render.prompting import note_prompts
from storyboard.film import Film, Scene


@dataclass(frozen=True, slots=True)
class TakeInfo:
    """One take of a scene. `cuts` are the cuts for which it was ever made."""

    scene: str
    number: int
    seed: int
    chosen: bool
    pinned: bool
    cuts: tuple[str, ...]


def takes(workspace: Workspace, scene: Scene) -> tuple[TakeInfo, ...]:
    """Every take of a scene, and which one the film uses."""
    known = taking.read_takes(workspace.takes)
    made = taking.made_takes(workspace.take_ledger, scene.id)
    in_use = taking.chosen(known, scene.id, scene.take)
    numbers = sorted({*known.of(scene.id).numbers, *(one.take for one in made), in_use})
    return tuple(
        TakeInfo(
            scene=scene.id,
            number=number,
            seed=taking.seed_of(known, scene.id, scene.seed, number),
            chosen=number == in_use,
            pinned=number == scene.take,
            cuts=tuple(dict.fromkeys(one.cut for one in made if one.take == number)),
        )
        for number in numbers
    )


def retake(workspace: Workspace, scene: Scene, seed: int | None) -> int:
    """Begin a new take and choose it; gives its number."""
    with hold(workspace.private, purpose="retake"):
        known, number = taking.retake(taking.read_takes(workspace.takes), scene.id, seed)
        taking.write_takes(workspace.takes, known)
    return number


def use(workspace: Workspace, scene: Scene, number: int) -> None:
    """Choose a take."""
    with hold(workspace.private, purpose="use"):
        known = taking.use(taking.read_takes(workspace.takes), scene.id, number)
        taking.write_takes(workspace.takes, known)


def chosen(workspace: Workspace, film: Film) -> dict[str, tuple[int, int]]:
    """Number and seed of the take in use, by scene."""
    known = taking.read_takes(workspace.takes)
    numbers = {scene.id: taking.chosen(known, scene.id, scene.take) for scene in film.scenes}
    return {
        scene.id: (numbers[scene.id], taking.seed_of(known, scene.id, scene.seed, numbers[scene.id]))
        for scene in film.scenes
    }


def note(
    workspace: Workspace,
    steps: Iterable[Step],
    artifacts: Mapping[str, Artifact],
    in_use: Mapping[str, tuple[int, int]],
) -> None:
    """Remember every take that was made, and its prompt, so that both are found after the storyboard has moved on."""
    made = [
        taking.MadeTake(
            step.scene, in_use[step.scene][0], step.name.rpartition("@")[2], artifacts[step.name].fingerprint
        )
        for step in steps
        if step.kind in TAKES and step.name in artifacts
    ]
    taking.note_takes(workspace.take_ledger, made)
    note_prompts(workspace, made)


def made(workspace: Workspace) -> frozenset[str]:
    """Fingerprints of every take ever made."""
    return frozenset(one.fingerprint for one in taking.made_takes(workspace.take_ledger))


TAKES = ("take", "recut")
"""Kinds of steps that make the pictures of a scene for one cut."""

TOLD = ("take", "words", "body", "film", "voice", "effect", "music", "score", "check")
"""Kinds of steps whose makers have something to say to people."""


def remarks(artifacts: Mapping[str, Artifact], steps: Iterable[Step]) -> tuple[str, ...]:
    """What makers had to say: words not drawn, notes, licences of models, words whose times are guessed.

    Each once a scene, for all cuts; models with their licences once for all scenes that they made.
    """
    told: dict[str, None] = {}
    models: dict[str, dict[str, None]] = {}
    for step in steps:
        artifact = artifacts.get(step.name)
        if step.kind not in TOLD or artifact is None:
            continue
        where = step.scene or step.label
        told |= dict.fromkeys(f"{where}: {one}" for one in _remarks(artifact.facts))
        if artifact.facts.get("model"):
            said = f"made by the model {artifact.facts['model']} ({artifact.facts.get('licence') or 'licence unknown'})"
            models.setdefault(said, {})[where] = None
    return (*told, *(f"{', '.join(scenes)}: {said}" for said, scenes in models.items()))


def _remarks(facts: Mapping[str, Any]) -> Iterator[str]:
    """What one maker had to say."""
    for key, said in (("not_drawn", "not drawn"), ("not_understood", "not understood")):
        if facts.get(key):
            yield f"{said}: {', '.join(map(str, facts[key]))}"
    yield from map(str, facts.get("notes", ()))
