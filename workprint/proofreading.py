"""Reads a project's storyboard for its mistakes, and looks whether the files and backends that it names are there.

Loads neither pictures nor sound, so that an editor may ask at every save. Makes nothing.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from projects import plugins
from projects.presets import companions
from projects.workspace import Workspace, open_workspace
from storyboard.errors import Diagnostic, MissingError, Severity
from storyboard.film import Film, Keyframe, Transition
from storyboard.load import read
from storyboard.node import Place, Places
from storyboard.treatments import code_of

FILE_CODE = "E180"
"""Diagnostic code of a named file that cannot be used."""
BACKEND_CODE = "E181"
"""Diagnostic code of a backend that is not installed."""
NAME_CODE = "W212"
"""Diagnostic code of a name from elsewhere."""


def proofread(path: Path | None) -> tuple[Path, tuple[Diagnostic, ...]]:
    """The storyboard of the project at (or around) a path, and every mistake and doubt in the order of the file.

    Raises MissingError where there is no project.
    """
    workspace = open_workspace(path)
    text = workspace.read_storyboard()
    name = workspace.storyboard.name
    # The reading itself reports a pattern that matches nothing, with its place.
    reading = read(text, name, companions(workspace, text, lenient=True))
    found = list(reading.diagnostics)
    if reading.film is not None and reading.places is not None:
        found += lost_files(workspace, reading.film, reading.places)
        found += dict.fromkeys(unknown_backends(reading.film, reading.places))
    found.sort(key=lambda one: (one.path != name, one.path, one.line, one.column))
    return workspace.storyboard, tuple(found)


def named_files(film: Film, places: Places) -> tuple[str, ...]:
    """Every file that the film names, project-relative, each once."""
    return tuple(dict.fromkeys(reference for _, reference in _named(film, places)))


def lost_files(workspace: Workspace, film: Film, places: Places) -> Iterator[Diagnostic]:
    """One diagnostic for each place that names a file which is not there or may not be used."""
    for place, reference in _named(film, places):
        try:
            workspace.resolve_media(reference)
        except MissingError as problem:
            yield Diagnostic(place.path, place.line, place.column, FILE_CODE, problem.message, problem.hint)


def unknown_backends(film: Film, places: Places) -> Iterator[Diagnostic]:
    """One diagnostic for each scene that asks for a backend that is not installed; the same where the film asks."""
    installed = sorted(plugins.find("workprint.clips"))
    for scene in film.scenes:
        if scene.backend in ("auto", *installed):
            continue
        place = places.of_scene(scene.id, "backend")
        if place == places.of_scene(scene.id):
            place = places.of("backend")
        from projects.hosted.catalogue import resolve

        led = resolve(scene.backend)
        if led is not None:
            told = "; ".join(led.notes)
            yield Diagnostic(place.path, place.line, place.column, NAME_CODE, told, severity=Severity.WARNING)
            continue
        near = difflib.get_close_matches(scene.backend, installed, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"installed: {', '.join(installed) or 'none'}"
        message = f"there is no backend '{scene.backend}' here"
        yield Diagnostic(place.path, place.line, place.column, BACKEND_CODE, message, hint)


def _named(film: Film, places: Places) -> Iterator[tuple[Place, str]]:
    """Every file that the film names, with the place where it does; empty names are left out."""
    every = [
        (places.of("score", "file"), film.score.file),
        *((places.of("translations", language), name) for language, name in film.captioning.translations),
        *_of_transition(film.opening, partial(places.of, "opening")),
        *(
            (places.of("characters", person.id, "references", number), reference)
            for person in film.characters
            for number, reference in enumerate(person.references)
        ),
    ]
    for scene in film.scenes:
        every.append((places.of_scene(scene.id, "clip", "file"), scene.clip))
        for at, one in enumerate(scene.keyframes):
            every += _of_keyframe(one, partial(places.of_scene, scene.id, "keyframes", at))
        every.append((places.of_scene(scene.id, "post", "lut"), scene.post.lut))
        every += [(places.of_scene(scene.id, "style"), name) for name in scene.look.examples]
        every += [(places.of_scene(scene.id, "lines", at, "file"), line.file) for at, line in enumerate(scene.lines)]
        every += [(places.of_scene(scene.id, "sounds", at, "file"), one.file) for at, one in enumerate(scene.sounds)]
        every += [
            (places.of_scene(scene.id, "effects", at, "python"), code_of(one)[0])
            for at, one in enumerate(scene.effects)
        ]
        every += _of_transition(scene.transition, partial(places.of_scene, scene.id, "transition"))
    return ((place, reference) for place, reference in every if reference)


def _of_keyframe(keyframe: Keyframe, place: Callable[..., Place]) -> Iterator[tuple[Place, str]]:
    """The files of one of the author's pictures; `place` finds a key of it."""
    yield place("picture"), keyframe.picture
    for number, layer in enumerate(keyframe.layers):
        yield place("layers", number), layer
    yield place("depth"), keyframe.depth
    yield place("mask"), keyframe.mask


def _of_transition(transition: Transition, place: Callable[..., Place]) -> Iterator[tuple[Place, str]]:
    """The files of a transition; `place` finds a key of it."""
    yield place("picture"), transition.picture
    for treatment in transition.treatments:
        yield place("python"), code_of(treatment)[0]
    for number, sound in enumerate(transition.sounds):
        # One sound may stand alone under `sound`; a place that is not there is that of the transition itself.
        several = place("sounds", number, "file")
        yield several if several != place() else place("sound", "file"), sound.file
