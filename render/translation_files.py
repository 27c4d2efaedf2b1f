"""The file that a translator gets: written where the storyboard names it, with all that is translated already.

What stands in it is `storyboard.translations`' business.
"""

from __future__ import annotations

import re
from pathlib import Path

from projects.disk import disk_errors
from projects.workspace import Workspace
from render.captions.measure import measure_of
from render.delivery import write_text
from storyboard.errors import ExitCode, MissingError, Severity, StoryboardError, WorkprintError
from storyboard.film import Film
from storyboard.translations import read_translation, template


class UntranslatableError(WorkprintError):
    """A translation that cannot be asked for."""

    exit_code = ExitCode.USAGE


def write_template(film: Film, workspace: Workspace, language: str) -> Path:
    """Write the lines of the film for a translator into `language`, and give the file.

    It goes where `translations:` of the storyboard says, else into the folder `translations`; what is translated there
    already stays. Raises UntranslatableError for what is no other language, and StoryboardError for a broken file.
    """
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}", language):
        raise UntranslatableError(f"'{language[:40]}' is not a language tag", "write en, ru, de, pt-BR ...")
    if language.lower() == film.language.lower():
        raise UntranslatableError(f"the film is spoken in '{language}' already", "name another language")
    name = film.captioning.file_of(language) or f"translations/{language}.yaml"
    try:
        path, known = workspace.resolve_media(name), None
    except MissingError:
        path, known = _fresh(workspace.folder, name), None
    else:
        known, found = read_translation(path.read_bytes(), name, film, language)
        if errors := tuple(one for one in found if one.severity is Severity.ERROR):
            raise StoryboardError(errors)
    speed = measure_of(language, film.cuts[0]).speed
    with disk_errors(str(path)):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, template(film, language, known, speed=speed))
    return path


def _fresh(folder: Path, name: str) -> Path:
    """Where a new file goes; raises UntranslatableError where that leads out of the project, or over something else."""
    path = folder / name
    if path.is_symlink() or path.exists() or not path.parent.resolve().is_relative_to(folder.resolve()):
        raise UntranslatableError(f"'{name}' cannot be written", "name another file under `translations:`")
    return path
