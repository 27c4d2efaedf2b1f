"""The credits as a roll at a film's end: scenes that ask for it are given their lines, and the time to read them.

Made of the plan alone, so that they are known before anything is made; a voice that changes makes the roll anew and no
other scene.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from audio.casting.choice import Casting
from render.credits.entries import Entry, Section, sections
from render.credits.headings import heading
from render.makers import Maker
from render.provenance.used import used_by
from storyboard.film import Film, Fixed, Lettering, Scene

_ROLLED = ("film by", "with thanks", "pictures", "finishing", "voices", "music", "sounds", "fonts")
"""Sections that are rolled; the author's own files and all licences stand in the text beside the film."""

_SHORT_SIDE = 360
"""Height of the frame for which the time is measured; all sizes are shares of it."""

_LEAST = 4


def with_credits(film: Film, casting: Callable[[], Casting], makers: Callable[[], Mapping[str, Maker]]) -> Film:
    """The film with the lines of every automatic roll in it; the same film where there is none.

    Asks for casting and makers only where it needs them.
    """
    if not any(element.automatic for scene in film.scenes for element in scene.lettering):
        return film
    lines = rolled(film, sections(film, used_by(film, casting(), makers())))
    return replace(film, scenes=tuple(_filled(scene, film, lines) for scene in film.scenes))


def rolled(film: Film, every: Sequence[Section]) -> tuple[str, ...]:
    """The lines of a roll, as `scenes.lettering` reads them: headings, labels before names, empty lines between."""
    lines = [f"# {film.title}", ""]
    for section in every:
        if section.key in _ROLLED:
            lines += [*_section(section, film.language), ""]
    return (*lines, f"{heading('software', film.language)}: workprint")


def _section(section: Section, language: str) -> list[str]:
    head = heading(section.key, language)
    if section.key == "with thanks":
        return [entry.name for entry in section.entries]
    if section.key == "voices":
        return [f"{entry.label}: {_name(entry)}" for entry in section.entries]
    names = dict.fromkeys(_name(entry) for entry in section.entries)
    return [f"{head}: {name}" if number == 0 else name for number, name in enumerate(names)]


def _name(entry: Entry) -> str:
    """A maker as the roll names it; a colon would be read as a label's."""
    return ", ".join([entry.name, *entry.details[:1]]).replace(": ", " - ")


def _filled(scene: Scene, film: Film, lines: tuple[str, ...]) -> Scene:
    """A scene whose automatic rolls have their lines; one that nobody gave a length lasts as long as they need."""
    if not any(element.automatic for element in scene.lettering):
        return scene
    given = tuple(replace(one, lines=lines) if one.automatic else one for one in scene.lettering)
    seconds = max((_seconds(one, film) for one in given if one.sets_length), default=Fraction(0))
    # From here on they are credits like all others.
    given = tuple(replace(one, automatic=False, sets_length=False) for one in given)
    return replace(scene, lettering=given, length=Fixed(seconds)) if seconds else replace(scene, lettering=given)


def _seconds(element: Lettering, film: Film) -> Fraction:
    """Whole seconds in which a roll is read with ease in every cut of the film, with the time before it comes."""
    from scenes.lettering import credit_roll

    needed = 0.0
    for cut in film.cuts:
        roll = credit_roll(element.lines, *cut.canvas(_SHORT_SIDE))
        needed = max(needed, roll.seconds() if roll else 0.0)
    return element.first + max(_LEAST, math.ceil(needed))
