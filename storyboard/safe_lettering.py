"""Words on the picture that keep out of what a platform lays over it.

Only scenes of films with such an area carry it along, so that no other picture is made anew. Knows no pixels.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from storyboard.film import Lettering, Scene
from storyboard.safe_area import WHOLE, SafeArea


@dataclass(frozen=True, slots=True)
class SafeLettering(Lettering):
    """Words on the picture with the area in which they stay."""

    safe: SafeArea = WHOLE


def safe_of(element: Lettering) -> SafeArea:
    """The area in which words on the picture stay."""
    return element.safe if isinstance(element, SafeLettering) else WHOLE


def titled(scene: Scene) -> tuple[Lettering, ...]:
    """What stands on a scene's picture: its elements, and its `text` as a title where no title is among them."""
    if not scene.text or any(element.kind == "title" for element in scene.lettering):
        return scene.lettering
    return (Lettering("title", tuple(scene.text.split("\n"))), *scene.lettering)


def kept_safe(scene: Scene, safe: SafeArea) -> Scene:
    """The scene with its words kept in an area; the scene itself where that is the whole picture or there are none."""
    words = titled(scene)
    if safe == WHOLE or not words:
        return scene
    kept = tuple(
        SafeLettering(one.kind, one.lines, one.first, one.length, one.automatic, one.sets_length, safe) for one in words
    )
    return replace(scene, lettering=kept)
