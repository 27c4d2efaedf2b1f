"""What an imported or drafted storyboard holds, for people: scenes, lines, length, and who got which voice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from storyboard.errors import Diagnostic, UnreadableError

if TYPE_CHECKING:
    from storyboard.film import Film


def mistakes(file: Path, problem: UnreadableError) -> Diagnostic:
    """A script that cannot be read, as a mistake with its place."""
    return Diagnostic(str(file), 0, 0, problem.code, problem.message, problem.hint)


def found(film: Film) -> dict[str, Any]:
    """Counts of scenes and lines, the length as far as it can be told, and everybody who speaks with their voice."""
    from audio.casting.choice import cast
    from storyboard.schedule import schedule
    from storyboard.time import spell

    planned = schedule(film)
    voices = cast(film).voices
    spoken = [line.by for scene in film.scenes for line in scene.lines]
    people = {person.id: person for person in spoken}
    return {
        "scenes": len(film.scenes),
        "lines": len(spoken),
        "length": spell(planned.frames / film.rate),
        "people": [
            {
                "id": person.id,
                "name": person.name or person.id,
                "lines": sum(one.id == person.id for one in spoken),
                "voice": voices[person.id].told if person.id in voices else "no voice here",
            }
            for person in people.values()
        ],
    }
