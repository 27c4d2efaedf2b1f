"""Which backend makes a scene, and why, in words that a person can check.

A written name is honoured or refused with a remedy; `auto` picks by what the scene brings. Reads capabilities as
data and loads no backend.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass

from scenes.backend import Capabilities, Refusal
from storyboard.errors import MissingError
from storyboard.film import Scene

AUTO = "auto"
EMBEDDED = "animatic"
"""The backend that needs nothing: what `auto` comes to when a scene brings neither clip nor pictures."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A backend's name and the reason for it."""

    name: str
    reason: str


def choose(scene: Scene, available: Mapping[str, Capabilities]) -> Choice:
    """The backend for a scene among those available.

    Raises MissingError for a name that is not installed and Refusal for one that would ignore, or lack, something.
    """
    choice = _by_material(scene) if scene.backend in (AUTO, "") else Choice(scene.backend, "the storyboard names it")
    if choice.name not in available:
        near = difflib.get_close_matches(choice.name, sorted(available), n=1)
        suggestion = f"did you mean '{near[0]}'? " if near else ""
        raise MissingError(
            f"scene '{scene.id}': there is no backend '{choice.name}'",
            f"{suggestion}Installed: {', '.join(sorted(available)) or 'none'}",
        )
    _require(scene, choice.name, available[choice.name])
    return choice


def _by_material(scene: Scene) -> Choice:
    """What `auto` comes to: own footage first, then own pictures, then the painter."""
    if scene.clip:
        return Choice("footage", f"the scene brings its own clip, {scene.clip}")
    if scene.keyframes:
        count = len(scene.keyframes)
        return Choice("pictures", "the scene brings a picture" if count == 1 else f"the scene brings {count} pictures")
    return Choice(EMBEDDED, "the scene brings neither clip nor pictures, so it is drawn")


def _require(scene: Scene, name: str, able: Capabilities) -> None:
    """Refuse a backend that lacks its material, or that would leave the author's material out."""
    staged = ("start", "stage") in scene.model
    brings = {"clip": bool(scene.clip), "keyframes": bool(scene.keyframes), "prompt": bool(scene.prompt)}
    for need in sorted(able.needs):
        # A model that begins with a picture may begin with the painter's.
        if not brings.get(need, False) and not (need == "keyframes" and staged and able.makes == "generated"):
            raise Refusal(
                f"scene '{scene.id}': the backend '{name}' needs `{need}:`, and the scene has none",
                f"add `{need}:` to the scene, or leave `backend:` out",
            )
    if able.makes == "generated":
        return  # such a backend may use pictures as references: it refuses for itself what it cannot honour
    for key in ("clip", "keyframes"):
        if brings[key] and key not in able.needs:
            raise Refusal(
                f"scene '{scene.id}': the backend '{name}' would not use the scene's `{key}:`",
                f"take `{key}:` out of the scene" + ("" if scene.backend == AUTO else ", or leave `backend:` out"),
            )
