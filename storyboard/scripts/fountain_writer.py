"""A film as a Fountain script: headings, action, cues with their feelings, pauses, sounds, transitions, a title page.

Scenes that came from one heading go back under it. Pure: returns text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from storyboard.film import Character, Film, Line, Scene, Transition
from storyboard.scripts.headings import read_heading
from storyboard.vocabulary.effects import EFFECTS
from storyboard.vocabulary.emotions import EMOTIONS
from storyboard.vocabulary.places import PLACES
from storyboard.vocabulary.table import Table, spellings
from storyboard.vocabulary.times import TIMES

_INSIDE = frozenset({"room", "kitchen", "office", "cave", "stage"})
"""Places that are inside; every other one is outside."""

_WORDS = {
    "en": {
        "inside": "INT.",
        "outside": "EXT.",
        "narrator": "NARRATOR",
        "beat": "beat",
        "sound": "SOUND:",
        "fade": "FADE OUT.",
        "fade in": "FADE IN:",
        "cut": "CUT TO:",
        "crossfade": "DISSOLVE TO:",
        "to": "TO:",
        "title": "Title",
        "author": "Author",
        "credit": "Copyright",
    },
    "ru": {
        "inside": "ИНТ.",
        "outside": "НАТ.",
        "narrator": "РАССКАЗЧИК",
        "beat": "пауза",
        "sound": "ЗВУК:",
        "fade": "ЗАТЕМНЕНИЕ",
        "fade in": "ИЗ ЗАТЕМНЕНИЯ",
        "cut": "СКЛЕЙКА",
        "crossfade": "НАПЛЫВ",
        "to": "",
        "title": "Title",
        "author": "Author",
        "credit": "Copyright",
    },
}
_SPECIAL = re.compile(r"^(?=[.!>@#=~]|\s*$)")
_SHOUTED = re.compile(r"^[^a-zа-яё]+$")


def fountain_text(film: Film) -> str:
    """The film as Fountain, UTF-8 text with a blank line between its parts."""
    words = _WORDS["ru" if film.language.split("-")[0] == "ru" else "en"]
    parts = [*_title_page(film, words)]
    if film.opening.kind == "fade":
        parts.append(f"> {words['fade in']}")
    before: Scene | None = None
    for scene in film.scenes:
        if before is None or scene.heading or not _goes_on(before, scene):
            parts.append(_heading(scene, film.language, words))
        parts += _scene(scene, film, words)
        parts += _passage(scene.transition, words, film.language)
        before = scene
    return "\n\n".join(part for part in parts if part) + "\n"


def _title_page(film: Film, words: dict[str, str]) -> Iterator[str]:
    lines = [f"{words['title']}: {_line(film.title)}"]
    if film.author:
        lines += ["Credit: by", f"{words['author']}: {_line(film.author)}"]
    if film.credits:
        lines += [f"{words['credit']}:", *(f"    {_line(one)}" for one in film.credits)]
    yield "\n".join(lines)


def _goes_on(before: Scene, scene: Scene) -> bool:
    """Whether a scene without a heading of its own plays where and when the one before does."""
    return (before.place, before.time) == (scene.place, scene.time)


def _heading(scene: Scene, language: str, words: dict[str, str]) -> str:
    """The heading as it was in the script, else one made of place and hour."""
    if scene.heading:
        plain = _line(scene.heading).lstrip(".").strip()
        return plain if read_heading(plain).side else f".{plain}"
    side = words["inside" if scene.place in _INSIDE else "outside"]
    place = _said(PLACES, scene.place, language) or scene.id.replace("-", " ")
    return f"{side} {place.upper()} - {_said(TIMES, scene.time, language).upper()}"


def _said(table: Table, word: str, language: str) -> str:
    """A canonical word in the film's language."""
    if word not in table.rows:
        return word
    known = spellings(table, word, "ru") if language.split("-")[0] == "ru" else ()
    return known[0] if known else word


def _scene(scene: Scene, film: Film, words: dict[str, str]) -> Iterator[str]:
    """Action, words on the picture, sounds, and what is said."""
    moments = (scene.moments.start, scene.moments.middle, scene.moments.end)
    for text in (scene.prompt, *moments):
        if text:
            yield _action(text)
    for one in filter(None, (scene.text, *(line for words_ in scene.lettering for line in words_.lines))):
        yield f"> {_line(one)} <"
    written = [sound.effect or sound.prompt for sound in scene.sounds if not sound.suggested and not sound.file]
    for name in filter(None, written):
        yield _action(f"{words['sound']} {_said(EFFECTS, name, film.language).upper()}.")
    for line in scene.lines:
        yield _speech(line, scene, film, words)


def _speech(line: Line, scene: Scene, film: Film, words: dict[str, str]) -> str:
    """A cue, how it is said, the words, and the silence after them."""
    narrates = line.by.id == film.narrator.id
    seen = any(part.character.id == line.by.id for part in scene.cast)
    cue = _cue(line.by, words, narrates=narrates)
    extension = "" if narrates or seen else " (З.К.)" if film.language.startswith("ru") else " (V.O.)"
    parts = [f"{cue}{extension}"]
    if line.emotion not in ("neutral", ""):
        parts.append(f"({_said(EMOTIONS, line.emotion, film.language)})")
    parts.append(_spoken(line.text))
    if line.pause:
        parts.append(f"({words['beat']})")
    return "\n".join(parts)


def _cue(person: Character, words: dict[str, str], *, narrates: bool) -> str:
    """A cue in capitals, forced where it would not pass for one."""
    name = words["narrator"] if narrates else _line(person.name or person.id).upper()
    plain = re.sub(r"[()^]", " ", name).strip() or person.id.upper()
    return plain if re.match(r"[A-ZА-ЯЁ][^a-z]*$", plain) else f"@{plain}"


def _spoken(text: str) -> str:
    """Words as one line of dialogue; what would pass for a manner is told by a dash."""
    line = _line(text).replace("*", "\\*").replace("_", "\\_")
    return f"— {line}" if line.startswith("(") else line


def _action(text: str) -> str:
    """A paragraph of action, forced where it would pass for something else."""
    line = _line(text).replace("*", "\\*").replace("_", "\\_")
    looks_otherwise = _SPECIAL.match(line) or _SHOUTED.match(line) or bool(read_heading(line).side)
    return f"!{line}" if looks_otherwise else line


def _passage(way: Transition, words: dict[str, str], language: str) -> Iterator[str]:
    """The transition after a scene, unless it is the plain cut that needs no word."""
    if way.kind == "cut":
        return
    known = words.get(way.kind)
    yield f"> {known}" if known else f"> {_said_way(way.kind, language)} {words['to']}".rstrip()


def _said_way(kind: str, language: str) -> str:
    from storyboard.vocabulary.transitions import TRANSITIONS

    return _said(TRANSITIONS, kind, language).upper()


def _line(text: str) -> str:
    """A text on one line, without what Fountain takes for notes and omissions."""
    bare = " ".join(text.split())
    return bare.replace("[[", "[").replace("]]", "]").replace("/*", "/ *").replace("*/", "* /")
