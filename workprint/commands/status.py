"""`workprint status`: in a few lines, how a project stands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workprint.commandline import COMMANDS
from workprint.commands.plan import heading
from workprint.options import code_option, json_option, project_argument
from workprint.streams import plain, say, say_json
from workprint.tables import bytes_in_words, counted

if TYPE_CHECKING:
    from render.orders import FilmPlan

SHOWN = 6
"""Ids listed by name before the rest is only counted."""
_FILMS = {".mp4", ".mov", ".mkv", ".webm"}


@click.command("status", help=COMMANDS["status"])
@project_argument
@click.option("--draft", is_flag=True, help="How the small, quick version stands.")
@code_option
@json_option
def command(path: Path | None, draft: bool, allow_code: bool, as_json: bool) -> None:
    """Count current, stale, missing and blocked scenes; list chosen takes and finished films."""
    from render.orders import Order
    from workprint.opening import open_project

    production = open_project(path)
    found = production.plan(Order(draft=draft, allow_code=allow_code))
    films = finished(production.workspace.output)
    if as_json:
        say_json({**standing(found), "films": [{"path": str(film), "bytes": size} for film, size in films]})
        return
    say(heading(found), style={"bold": True})
    for state, ids in standing(found)["scenes"].items():
        rest = f" and {len(ids) - SHOWN} more" if len(ids) > SHOWN else ""
        listed = "" if state == "current" else f": {', '.join(ids[:SHOWN])}{rest}"
        say(f"{counted(len(ids), 'scene')} {state}{listed}")
    for scene, take in standing(found)["takes"].items():
        say(f"{scene} shows take {take}")
    say(f"{counted(len(found.needed), 'step')} to do" if found.needed else "everything is current")
    for film, size in films:
        say(f"{plain(film)} ({bytes_in_words(size)})")
    if not films:
        say("No film has been finished yet: `workprint render` makes it.")


def standing(found: FilmPlan) -> dict[str, Any]:
    """Ids of scenes by state, worst first, and the takes chosen other than the first."""
    states = ("blocked", "missing", "stale", "current")
    by_state = {state: [scene.id for scene in found.scenes if scene.state == state] for state in states}
    return {
        "title": found.title,
        "scenes": {state: ids for state, ids in by_state.items() if ids},
        "takes": {scene.id: scene.take for scene in found.scenes if scene.take > 1},
        "steps_to_do": len(found.needed),
    }


def finished(folder: Path) -> list[tuple[Path, int]]:
    """The films in a folder with their sizes, by name."""
    if not folder.is_dir():
        return []
    return [
        (film, film.stat().st_size) for film in sorted(folder.iterdir()) if film.suffix in _FILMS and film.is_file()
    ]
