"""Lines whose letters their voice cannot read: a render would stop at them.

Knows of voices only what their names say: `en/george` is an English one of whichever engine.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from storyboard.errors import Diagnostic
from storyboard.film import Film, Line, Scene
from storyboard.node import Places

_ENGLISH = "en/"
_EXAMPLE = "ru/nikolai"


def unread_lines(film: Film, places: Places) -> Iterator[Diagnostic]:
    """E173: English voices with lines mostly in other letters than Latin ones; once where nearly all lines are such."""
    spoken = [(scene, number, line) for scene in film.scenes for number, line in enumerate(scene.lines)]
    unread = [one for one in spoken if is_unread(one[2], film.language)]
    if len(unread) * 2 > len(spoken):
        yield _told(*unread[0], places, _remedy(unread[0][2]))
        return
    for scene, number, line in unread:
        who = "the narrator" if line.by.id == film.narrator.id else f"'{line.by.id}'"
        hint = (
            f"give {who} a voice of the line's language, for example `voice: {_EXAMPLE}`, or the line your own `file`"
        )
        yield _told(scene, number, line, places, hint)


def is_unread(line: Line, language: str) -> bool:
    """Whether a line is to be read by an English voice and is mostly in letters that it does not know.

    `language` is the film's, of which a voice is that nobody has chosen.
    """
    voice = line.by.voice
    english = (voice.name or f"{language.split('-')[0].lower()}/").startswith(_ENGLISH)
    if line.file or voice.backend or not english:
        return False
    return in_other_letters(line.text)


def in_other_letters(text: str) -> bool:
    """Whether a text is mostly written in letters that are not Latin."""
    letters = [sign for sign in text if sign.isalpha()]
    return 2 * sum(not unicodedata.name(sign, "").startswith("LATIN") for sign in letters) > len(letters)


def _remedy(line: Line) -> str:
    if any("CYRILLIC" in unicodedata.name(sign, "") for sign in line.text):
        return "write `language: ru` at the top, if that is what is spoken"
    return "write at the top which `language:` is spoken, or the line in Latin letters"


def _told(scene: Scene, number: int, line: Line, places: Places, hint: str) -> Diagnostic:
    at = places.of_scene(scene.id, "lines", number)
    shown = line.text if len(line.text) <= 40 else f"{line.text[:39]}…"
    return Diagnostic(at.path, at.line, at.column, "E173", f"the English voice cannot read '{shown}'", hint)
