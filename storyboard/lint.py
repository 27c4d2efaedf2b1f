"""Doubts about a film that can be made as it is, and lines that nobody can speak.

Asks the schedule and the rules of every reading; knows the resolved film and where it was written, nothing of
pictures and sound.
"""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.errors import Diagnostic
from storyboard.film import Film, Scene
from storyboard.node import Places
from storyboard.rules.register import asked, reading_rules
from storyboard.rules.rule import Case, Tongue
from storyboard.schedule import schedule


def lint(film: Film, places: Places, language: Tongue = "en") -> tuple[Diagnostic, ...]:
    """Return the warnings about a film, and the errors of its lines and of its schedule so far as lengths are known."""
    found = list(schedule(film, places=places).diagnostics)
    for scene in film.scenes:
        found += _wordless(scene, places)
    return (*found, *asked(reading_rules(), Case(film, places), language))


def _wordless(scene: Scene, places: Places) -> Iterator[Diagnostic]:
    """E160: lines without a letter or a figure, which no voice can read."""
    for number, line in enumerate(scene.lines):
        if not line.file and not any(letter.isalnum() for letter in line.text):
            at = places.of_scene(scene.id, "lines", number)
            message = f"there is nothing to say in '{line.text[:40]}'"
            hint = "write words, or lengthen the `pause` of the line before"
            yield Diagnostic(at.path, at.line, at.column, "E160", message, hint)
