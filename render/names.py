"""Names that people know from elsewhere (`veo3`, `pika`, `rundiffusion`): what makes their scenes now.

Where they lead is data of the catalogue of hosted services, and is always told.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from projects.plugins import find
from scenes.choose import AUTO
from storyboard.film import Film, Scene

if TYPE_CHECKING:
    from projects.hosted.catalogue import Found


def with_living_names(film: Film) -> tuple[Film, tuple[str, ...]]:
    """The film with such names led to what lives today, and what a person should know of it."""
    installed = find("workprint.clips")
    if all(scene.backend in (AUTO, *installed) for scene in film.scenes):
        return film, ()
    from projects.hosted.catalogue import resolve

    led = {
        name: found
        for name in {scene.backend for scene in film.scenes}
        if name not in installed and (found := resolve(name)) is not None
    }
    if not led:
        return film, ()
    scenes = tuple(_led(scene, led[scene.backend]) if scene.backend in led else scene for scene in film.scenes)
    notes = dict.fromkeys(note for scene in film.scenes if scene.backend in led for note in led[scene.backend].notes)
    return replace(film, scenes=scenes), tuple(notes)


def _led(scene: Scene, found: Found) -> Scene:
    """The scene with the backend and, unless the author names one, the model."""
    named = any(key == "name" for key, _ in scene.model)
    model = scene.model if named else (("name", found.name), *scene.model)
    return replace(scene, backend=found.service, model=model)
