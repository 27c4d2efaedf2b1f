"""`workprint format`: the storyboard written tidily anew, with every comment and the same meaning."""

from __future__ import annotations

import stat
from pathlib import Path

import click

from storyboard.errors import ExitCode, StoryboardError
from workprint.commandline import COMMANDS
from workprint.options import json_option, project_argument
from workprint.streams import say, say_json
from workprint.tables import counted


@click.command("format", help=COMMANDS["format"])
@project_argument
@click.option("--check", is_flag=True, help="Write nothing; the exit code is 3 when a file is not tidy.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change.")
@json_option
def command(path: Path | None, check: bool, diff: bool, as_json: bool) -> int:
    """Tidy the storyboard, its scene files and the presets in its folder."""
    from projects.disk import replace_bytes
    from projects.workspace import open_workspace
    from workprint.editors import refreshed_schema
    from workprint.opening import placed, seen_from_here
    from workprint.tidying import tidy_files

    workspace = open_workspace(path)
    try:
        files = tidy_files(workspace)
    except StoryboardError as problem:
        raise StoryboardError(placed(problem.diagnostics, workspace.folder)) from problem
    untidy = [one for one in files if not one.is_tidy]
    if not (check or diff):
        for one in untidy:
            # The file that a link leads to is written, and the link stays.
            real = one.path.resolve()
            rights = stat.S_IMODE(real.stat().st_mode)
            replace_bytes(real, one.after)
            real.chmod(rights)
    note = "" if check or diff else refreshed_schema(workspace)
    if as_json:
        say_json({"files": [one.name for one in files], "untidy": [one.name for one in untidy]})
    else:
        for one in untidy:
            shown = seen_from_here(workspace.folder / one.name)
            if diff:
                _show_difference(one.before, one.after, shown)
            else:
                say(f"{shown}: {'not tidy' if check else 'tidied'}.")
        if not untidy:
            say(f"{counted(len(files), 'file')}: tidy.")
        if note:
            say(note)
    return ExitCode.STORYBOARD if check and untidy else ExitCode.OK


def _show_difference(before: bytes, after: bytes, name: str) -> None:
    import difflib

    old, new = (text.decode("utf-8").splitlines() for text in (before, after))
    colours = {"+": "green", "-": "red", "@": "cyan"}
    for line in difflib.unified_diff(old, new, name, f"{name} (tidy)", lineterm=""):
        colour = colours.get(line[:1])
        say(line, style={"fg": colour} if colour else None)
