"""What stands in the credits: entries in sections, made of what a film uses, and the typefaces that set its words.

Plain data, the same for the text file and for the roll. Knows no pictures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from projects.weights import UNKNOWN_LICENCE
from render.credits.headings import heading
from render.provenance.known import known_font
from render.provenance.used import HOUSE, Used
from storyboard.film import Captions, Film

_FEW = 8
"""Scenes that are named after an entry; more are counted by nobody."""

_FACES = {"serif": "PT Serif", "sans": "Noto Sans"}
_EVERYDAY = re.compile(r"[\s -~\u00a0-\u017f\u0401\u0410-\u0451\u2013\u2014\u2018-\u201e\u2026]*")
"""Latin and Russian letters and their signs, which both faces have."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: who or what, for whom or what, and what is to be said of it besides.

    `label` comes before the name (a role that somebody speaks), `name` is the maker, `details` are model and voice,
    `licence` is "" where none is needed.
    """

    name: str
    label: str = ""
    details: tuple[str, ...] = ()
    licence: str = ""
    notice: str = ""
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Entries under a heading; `key` is the heading's own name."""

    key: str
    entries: tuple[Entry, ...]


def sections(film: Film, used: Sequence[Used]) -> tuple[Section, ...]:
    """The sections of a film's credits in their order; empty ones are left out."""
    language = film.language
    written = [Entry(line) for line in film.credits]
    every = (
        Section("film by", (Entry(film.author),) if film.author else ()),
        Section("with thanks", tuple(written)),
        Section("pictures", tuple(_maker(one, "painted", language) for one in _of(used, "picture"))),
        Section("finishing", tuple(_maker(one, "painted", language) for one in _of(used, "finish"))),
        Section("voices", tuple(_voices(film, used))),
        Section("music", tuple(_music(one, language) for one in _of(used, "music"))),
        Section("sounds", tuple(_maker(one, "synthesised", language) for one in _of(used, "sound"))),
        Section("own", tuple(_file(one, language) for one in _of(used, "own"))),
        Section("fonts", tuple(_fonts(film))),
    )
    return tuple(section for section in every if section.entries)


def _of(used: Iterable[Used], role: str) -> Iterator[Used]:
    return (one for one in used if one.role == role)


def _maker(used: Used, own: str, language: str) -> Entry:
    """What makes pictures or sounds; the house says it in its own words."""
    of = used.of if used.role != "sound" or used.title == HOUSE else ()
    if used.title == HOUSE:
        return Entry(heading(own, language), of=of)
    details = (*((used.model,) if used.model else ()), *((heading("service", language),) if used.hosted else ()))
    return Entry(used.title, details=details, licence=used.licence or UNKNOWN_LICENCE, notice=used.notice, of=of)


def _voices(film: Film, used: Iterable[Used]) -> Iterator[Entry]:
    """Every speaker with the voice that speaks."""
    narrators = {film.narrator.name, film.narrator.id}
    for one in _of(used, "voice"):
        details = tuple(part for part in (one.model, heading("service", film.language) if one.hosted else "") if part)
        name = f"{one.voice.rpartition('/')[2].title()} ({one.title})" if one.voice else one.title
        for who in one.of:
            label = heading("narrator", film.language) if who in narrators else who
            yield Entry(name, label, details, one.licence or UNKNOWN_LICENCE, one.notice)


def _music(used: Used, language: str) -> Entry:
    """What makes the score."""
    if used.title != HOUSE:
        return _maker(used, "composed", language)
    sounds, _, licence = used.licence.partition(": ")
    played = f"{heading('played with', language)} {sounds}" if sounds else ""
    return Entry(heading("composed", language), details=(played,) if played else (), licence=licence)


def _file(used: Used, language: str) -> Entry:
    """One of the author's files: whose it is, only he knows."""
    return Entry(
        PurePosixPath(used.file).name, heading("track" if used.title == "music" else used.title, language), of=used.of
    )


def _fonts(film: Film) -> Iterator[Entry]:
    """The typefaces that set words on the picture, by the words that there are."""
    from scenes.lettering import words_of

    serif: list[str] = []
    sans: list[str] = []
    for scene in film.scenes:
        for element in words_of(scene):
            heads = [line for line in element.lines if element.kind == "title" or line.startswith("# ")]
            serif += heads
            sans += [line for line in element.lines if line not in heads]
            # What is to be rolled is not written yet; it has headings and names, like every roll.
            serif += ["A"] if element.automatic else []
            sans += ["A"] if element.automatic else []
    if film.captions in (Captions.BURNED, Captions.BOTH):
        sans += [line.text for scene in film.scenes for line in scene.lines]
    found: list[str] = []
    sets: tuple[tuple[list[str], Literal["serif", "sans"]], ...] = ((serif, "serif"), (sans, "sans"))
    for words, family in sets:
        if words:
            found += _families("\n".join(words), family)
    for name in dict.fromkeys(found):
        known = known_font(name)
        yield Entry(known.title, licence=known.licence or UNKNOWN_LICENCE, notice=known.notice)


def _families(text: str, family: Literal["serif", "sans"]) -> list[str]:
    """The typefaces that set a text; fonts are opened only for signs that the house's own may lack."""
    from scenes.lettering.fonts import choose_fonts, clean

    if _EVERYDAY.fullmatch(text):
        return [_FACES[family]]
    main, _, *others = choose_fonts(clean(text), family).families
    return [main, *others]


def named_scenes(of: Sequence[str]) -> str:
    """Scenes in a line: the first of them, and that there are more."""
    return ", ".join(of[:_FEW]) + (" …" if len(of) > _FEW else "")
