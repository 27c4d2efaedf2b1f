"""Reads a project's storyboard for its mistakes, and looks whether the files and backends that it names are there.

Loads neither pictures nor sound, so that an editor may ask at every save. Makes nothing.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from projects import plugins
from projects.presets import companions
from projects.workspace import Workspace, open_workspace
from storyboard.errors import Diagnostic, MissingError, Severity
from storyboard.film import Film, Keyframe, Transition
from storyboard.load import read
from storyboard.node import Place, Places
from storyboard.rules.hushing import hushed
from storyboard.rules.retelling import retold
from storyboard.rules.rule import Edit, Rule
from storyboard.rules.rule import tongue as told_in
from storyboard.treatments import code_of

FILE_CODE = "E180"
"""Diagnostic code of a named file that cannot be used."""
BACKEND_CODE = "E181"
"""Diagnostic code of a backend that is not installed."""
NAME_CODE = "W212"
"""Diagnostic code of a name from elsewhere."""
_LINE_END = re.compile("\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Proof:
    """Every mistake and doubt of a storyboard in the order of the file, and the edits that surely mend some of them."""

    diagnostics: tuple[Diagnostic, ...]
    edits: Mapping[Diagnostic, tuple[Edit, ...]] = field(default_factory=dict)


def proofread(path: Path | None, *, language: str = "", craft: bool = True) -> tuple[Path, tuple[Diagnostic, ...]]:
    """The storyboard of the project at (or around) a path, and every mistake and doubt in the order of the file.

    `language` is that of the doubts (en, ru), left out the film's; without `craft` the writing partner is not asked.
    Raises MissingError where there is no project.
    """
    workspace = open_workspace(path)
    return workspace.storyboard, prove(workspace, texts_of(workspace), language=language, craft=craft).diagnostics


def texts_of(workspace: Workspace) -> dict[str, bytes]:
    """The storyboard and what it needs besides, by project-relative name, itself first."""
    text = workspace.read_storyboard()
    # The reading itself reports a pattern that matches nothing, with its place.
    return {workspace.storyboard.name: text, **companions(workspace, text, lenient=True)}


def prove(workspace: Workspace, texts: Mapping[str, bytes], *, language: str = "", craft: bool = True) -> Proof:
    """What there is to say of a storyboard whose texts are these, whatever lies on the disk."""
    from workprint.partner import heard, language_of, rules, unused

    name, *_ = texts
    others = {one: text for one, text in texts.items() if one != name}
    reading = read(texts[name], name, others, language)
    film, places = reading.film, reading.places
    tongue = language_of(film, places, language)
    if film is not None and not film.check.language and tongue != told_in(language or film.language):
        # The film names no language, and the person's own is another one.
        reading = read(texts[name], name, others, tongue)
    found = list(reading.diagnostics)
    edits: dict[Diagnostic, tuple[Edit, ...]] = {}
    silent = reading.silent
    if film is None and reading.rest is not None:
        rest = reading.rest
        found += [*lost_files(workspace, rest.film, rest.places), *unknown_backends(rest.film, rest.places)]
    if film is not None and places is not None:
        more = [*lost_files(workspace, film, places), *dict.fromkeys(unknown_backends(film, places))]
        known = rules() if craft else {}
        if craft:
            edits |= heard(film, places, workspace, tongue)
        told, quiet = hushed([*retold(more, known, tongue), *edits], reading.switches)
        found += told
        silent += quiet
        if craft:
            edits |= (idle := unused(reading.switches, silent, tongue, _lines(texts)))
            found += hushed(idle, reading.switches)[0]
            edits |= _mended(found, known, _lines(texts), edits)
    found.sort(key=lambda one: (one.path != name, one.path, one.line, one.column))
    return Proof(tuple(dict.fromkeys(found)), {one: edits[one] for one in found if edits.get(one)})


def _lines(texts: Mapping[str, bytes]) -> dict[tuple[str, int], str]:
    """The lines of the texts by file and number."""
    return {
        (name, number): line
        for name, text in texts.items()
        for number, line in enumerate(_LINE_END.split(text.decode("utf-8", "replace").removeprefix("\ufeff")), 1)
    }


def _mended(
    found: Sequence[Diagnostic],
    known: Mapping[str, Rule],
    lines: Mapping[tuple[str, int], str],
    edits: Mapping[Diagnostic, tuple[Edit, ...]],
) -> dict[Diagnostic, tuple[Edit, ...]]:
    """The edits of what other parts of the house have found, by the rules that stand for it."""
    made: dict[Diagnostic, tuple[Edit, ...]] = {}
    for one in found:
        rule = known.get(one.code)
        if rule is None or rule.mends is None or one in edits:
            continue
        edit = rule.mends(one, lines.get((one.path, one.line), ""))
        if edit is not None:
            made[one] = (edit,)
    return made


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
