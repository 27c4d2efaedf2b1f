"""Doubts about a film that can be made as it is, a few sound rules, and lines that nobody can speak.

Knows the resolved film and where it was written; nothing of pictures and sound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from storyboard.errors import Diagnostic, Severity
from storyboard.film import Film, Fixed, Scene
from storyboard.node import Place, Places
from storyboard.schedule import schedule
from storyboard.time import spell

MOST_PEOPLE = 5

_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_LATIN = re.compile("[a-z]", re.IGNORECASE)
_CYRILLIC_LANGUAGES = frozenset({"ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg", "tt"})
_LATIN_LANGUAGES = frozenset({"en", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "sv", "da", "nb", "fi", "tr"})


def lint(film: Film, places: Places) -> tuple[Diagnostic, ...]:
    """Return the warnings about a film, and the errors of its lines and of its schedule so far as lengths are known."""
    found = list(schedule(film, places=places).diagnostics)
    found += _unused(film, places)
    found += _alphabet(film, places)
    for scene in film.scenes:
        found += _wordless(scene, places)
        found += _crowded(scene, places)
        found += _late_sounds(scene, places)
        found += _late_lettering(scene, places)
        found += _covered(scene, places)
    for scene, following in zip(film.scenes, (*film.scenes[1:], None), strict=True):
        found += _late_in_transition(scene, following, places)
    return tuple(found)


def _warn(at: Place, code: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(at.path, at.line, at.column, code, message, hint, Severity.WARNING)


def _unused(film: Film, places: Places) -> Iterator[Diagnostic]:
    """W205: characters whom no scene shows or hears."""
    seen = {part.character.id for scene in film.scenes for part in scene.cast}
    seen |= {line.by.id for scene in film.scenes for line in scene.lines}
    for person in film.characters:
        if person.id not in seen:
            message = f"no scene shows or hears '{person.id}'"
            yield _warn(places.of("characters", person.id), "W205", message, "put them in a `cast`, or delete them")


def _alphabet(film: Film, places: Places) -> Iterator[Diagnostic]:
    """W206: lines in Cyrillic in a film of a Latin language, or the other way round; once a film."""
    primary = film.language.split("-")[0].lower()
    for scene in film.scenes:
        for number, line in enumerate(scene.lines):
            cyrillic, latin = len(_CYRILLIC.findall(line.text)), len(_LATIN.findall(line.text))
            wrong = (primary in _LATIN_LANGUAGES and cyrillic > latin) or (
                primary in _CYRILLIC_LANGUAGES and latin > cyrillic
            )
            if wrong:
                message = f"this line is not written in the alphabet of the film's language, {film.language}"
                hint = f"write `language: {'ru' if cyrillic > latin else 'en'}` at the top, if that is what is spoken"
                yield _warn(places.of_scene(scene.id, "lines", number), "W206", message, hint)
                return


def _wordless(scene: Scene, places: Places) -> Iterator[Diagnostic]:
    """E160: lines without a letter or a figure, which no voice can read."""
    for number, line in enumerate(scene.lines):
        if not line.file and not any(letter.isalnum() for letter in line.text):
            at = places.of_scene(scene.id, "lines", number)
            message = f"there is nothing to say in '{line.text[:40]}'"
            hint = "write words, or lengthen the `pause` of the line before"
            yield Diagnostic(at.path, at.line, at.column, "E160", message, hint)


def _crowded(scene: Scene, places: Places) -> Iterator[Diagnostic]:
    """W207: more people than places to stand."""
    if len(scene.cast) > MOST_PEOPLE:
        message = f"{len(scene.cast)} people stand in scene '{scene.id}'; they will cover one another"
        hint = f"show at most {MOST_PEOPLE}, or make one of them a crowd"
        yield _warn(places.of_scene(scene.id, "cast"), "W207", message, hint)


def _late_sounds(scene: Scene, places: Places) -> Iterator[Diagnostic]:
    """W208: sounds of a scene of fixed length that begin when it is over."""
    if not isinstance(scene.length, Fixed):
        return
    for number, sound in enumerate(scene.sounds):
        if sound.at >= scene.length.seconds:
            message = f"the sound begins at {spell(sound.at)}, but the scene ends at {spell(scene.length.seconds)}"
            at = places.of_scene(scene.id, "sounds", number)
            yield _warn(at, "W208", message, "begin earlier, or put it into the next scene")


def _late_lettering(scene: Scene, places: Places) -> Iterator[Diagnostic]:
    """W211: words on the picture of a scene of fixed length that come when it is over."""
    last = scene.length.seconds if isinstance(scene.length, Fixed) else None
    for element in scene.lettering:
        if last is not None and element.first >= last:
            message = f"the {element.kind} comes at {spell(element.first)}, but the scene ends at {spell(last)}"
            yield _warn(places.of_scene(scene.id, "text"), "W211", message, "begin earlier, or lengthen the scene")


def _late_in_transition(scene: Scene, following: Scene | None, places: Places) -> Iterator[Diagnostic]:
    """W208: sounds of a transition that begin when the scene it leads to, or the film, is over."""
    way = scene.transition
    if following is not None and not isinstance(following.length, Fixed):
        return
    last = following.length.seconds if following is not None and isinstance(following.length, Fixed) else way.length
    for number, sound in enumerate(way.sounds):
        if sound.at >= last:
            what = f"scene '{following.id}'" if following is not None else "the film"
            message = f"the sound begins {spell(sound.at)} into the transition, but {what} ends {spell(last)} into it"
            at = places.of_scene(scene.id, "transition", "sounds", number)
            yield _warn(at, "W208", message, "begin earlier")


def _covered(scene: Scene, places: Places) -> Iterator[Diagnostic]:
    """W209: people in a scene that shows the author's own clip or pictures."""
    if scene.cast and scene.backend == "auto" and (scene.clip or scene.keyframes):
        what = "footage" if scene.clip else "pictures"
        message = f"scene '{scene.id}' shows the author's {what}; its cast will be heard but not drawn"
        yield _warn(
            places.of_scene(scene.id, "cast"), "W209", message, "delete `cast`, or name a `backend` that draws it"
        )
