"""`workprint presets`: styles and templates of prompts that films share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workprint.commandline import COMMANDS
from workprint.options import json_option, project_option
from workprint.streams import plain, say, say_json
from workprint.tables import counted, show_table

if TYPE_CHECKING:
    from projects.presets import Found
    from projects.workspace import Workspace

_PLACES = {"film": "this film", "yours": "yours", "workprint": "workprint"}


@click.group("presets", help=COMMANDS["presets"], invoke_without_command=True)
@project_option
@json_option
@click.pass_context
def command(context: click.Context, path: Path | None, as_json: bool) -> None:
    """List the presets of the film, of the user and of workprint, with what each holds."""
    if context.invoked_subcommand is not None:
        return
    from projects.presets import every

    rows = [_row(found) for found in every(_around(path))]
    if as_json:
        names = ("name", "where", "styles", "templates", "about", "path", "mistakes")
        say_json([dict(zip(names, row, strict=True)) for row in rows])
        return
    show_table(
        ("preset", "where", "styles", "templates", "about"),
        [
            (name, _PLACES[where], ", ".join(styles) or "-", ", ".join(templates) or "-", wrong[0] if wrong else about)
            for name, where, styles, templates, about, _, wrong in rows
        ],
    )


@command.command("save")
@click.argument("name")
@project_option
@click.option("--force", is_flag=True, help="Write over a preset of that name.")
@json_option
def save(name: str, path: Path | None, force: bool, as_json: bool) -> None:
    """Keep the film's own styles and templates, with their pictures, as a preset for all your films."""
    from projects.presets import copy_preset, own_presets
    from projects.presets.saving import gather
    from projects.workspace import open_workspace

    _see_name(name)
    gathered = gather(open_workspace(path), name)
    _see_whole(gathered.text, name)
    target = copy_preset(gathered.text, name, gathered.files, own_presets(), force=force)
    if as_json:
        say_json({"path": str(target), "styles": list(gathered.styles), "templates": list(gathered.templates)})
        return
    held = (
        counted(len(gathered.styles), "style"),
        counted(len(gathered.templates), "template"),
        counted(len(gathered.files), "file"),
    )
    say(f"Kept {', '.join(held)} as {plain(target)}")
    say(f"Any film may use them with `presets: [{name}]`.")


@command.command("add")
@click.argument("name")
@project_option
@click.option("--force", is_flag=True, help="Write over a preset of that name in the film.")
@json_option
def add(name: str, path: Path | None, force: bool, as_json: bool) -> None:
    """Copy a preset of yours, or one of workprint's, into the film's folder, so that it travels with the film."""
    import difflib

    from projects.presets import copy_preset, every, files_beside, find
    from projects.workspace import open_workspace
    from storyboard.errors import MissingError
    from storyboard.load import wants_presets
    from storyboard.presets import FOLDER

    _see_name(name)
    workspace = open_workspace(path)
    found = find(None, name)
    if found is None:
        known = [one.name for one in every(None)]
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"Did you mean '{near[0]}'?" if near else f"There are: {', '.join(known) or 'none'}."
        raise MissingError(f"there is no preset '{name}'", hint)
    target = copy_preset(found.text, name, files_beside(found), workspace.folder / FOLDER, force=force)
    if as_json:
        say_json({"path": str(target)})
        return
    say(f"Copied to {plain(target)}")
    if name not in wants_presets(workspace.read_storyboard()):
        say(f"Add `presets: [{name}]` to the storyboard to use it.")


def _around(path: Path | None) -> Workspace | None:
    """The film at or around a path; None where no path is given and there is no film around."""
    from projects.workspace import open_workspace
    from storyboard.errors import MissingError

    try:
        return open_workspace(path)
    except MissingError:
        if path is not None:
            raise
        return None


def _row(found: Found) -> tuple[str, str, list[str], list[str], str, str, list[str]]:
    from storyboard.presets import read_preset

    preset, wrong = read_preset(found.text, str(found.path))
    styles, templates = (sorted(one or {}) for one in ((preset.styles, preset.templates) if preset else ({}, {})))
    about = (preset.about or "") if preset else ""
    return found.name, found.shelf, styles, templates, about, str(found.path), [str(one) for one in wrong]


def _see_name(name: str) -> None:
    from storyboard.presets import is_name

    if not is_name(name):
        raise click.UsageError(f"'{plain(name)}' is not a name: use letters, digits, '-' and '_'.")


def _see_whole(text: bytes, name: str) -> None:
    """Refuse to keep what no film could read."""
    from storyboard.errors import StoryboardError
    from storyboard.presets import read_preset

    preset, wrong = read_preset(text, f"{name}.yaml")
    if preset is None:
        raise StoryboardError(tuple(wrong))
