"""The translations of a film on disk: read where captions need them, and what is missing or stale is told.

Knows the project's files; what stands in them is `storyboard.translations`' business.
"""

from __future__ import annotations

from collections.abc import Sequence

from projects.workspace import Workspace
from render.captions.planned import Translated, is_burned
from storyboard.errors import MissingError, Severity, StoryboardError
from storyboard.film import Captions, Film
from storyboard.translations import Translation, read_translation

_NAMED = 3
"""Lines that one note names; the others are counted."""


def translation_of(film: Film, workspace: Workspace, language: str) -> Translation | None:
    """The lines of a film in a language; None for its own.

    Raises MissingError where the storyboard names no file for it or the file is not there, and StoryboardError where
    the file has mistakes.
    """
    if language.lower() == film.language.lower():
        return None
    name = film.captioning.file_of(language)
    if not name:
        raise MissingError(
            f"the film has no captions in '{language}'",
            f"write one with `workprint captions --template {language}`, and name it: "
            f"`translations: {{{language}: translations/{language}.yaml}}`",
        )
    translation, found = read_translation(workspace.resolve_media(name).read_bytes(), name, film, language)
    if errors := tuple(one for one in found if one.severity is Severity.ERROR):
        raise StoryboardError(errors)
    return translation


def burned_translation(film: Film, workspace: Workspace) -> Translated | None:
    """The lines in the language that is burned in; None for the film's own."""
    if not is_burned(film) or not film.captioning.burned:
        return None
    found = translation_of(film, workspace, film.captioning.burned)
    return found.lines if found else None


def languages_wanted(film: Film) -> tuple[str, ...]:
    """The languages of all captions that the storyboard asks for."""
    captioning = film.captioning
    files = captioning.spoken_in(film.language) if film.captions in (Captions.FILE, Captions.BOTH) else ()
    burned = (captioning.burned or film.language,) if is_burned(film) else ()
    return tuple(dict.fromkeys((*files, *burned)))


def untranslated(film: Film, workspace: Workspace, languages: Sequence[str]) -> tuple[str, ...]:
    """What to tell of lines that have no translation, or one of other words than they have now."""
    notes: list[str] = []
    for language in languages:
        found = translation_of(film, workspace, language)
        if found is None:
            continue
        name = film.captioning.file_of(language)
        if found.missing:
            places = _places(found.missing)
            notes.append(f"captions in {language}: {places} not translated in {name}, shown as spoken")
        if found.stale:
            notes.append(
                f"captions in {language}: {_places(tuple(found.stale))} older in {name} than the words of the film"
            )
        if found.unused:
            several = ", ".join(found.unused[:_NAMED])
            notes.append(f"captions in {language}: {name} has lines that the film does not say ({several})")
    return tuple(notes)


def _places(lines: tuple[tuple[str, str], ...]) -> str:
    named = ", ".join(f"{scene}/{line}" for scene, line in lines[:_NAMED])
    more = f" and {len(lines) - _NAMED} more" if len(lines) > _NAMED else ""
    return f"{named}{more} {'is' if len(lines) == 1 else 'are'}"
