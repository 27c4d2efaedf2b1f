"""`workprint check`: every mistake of a storyboard at once."""

from __future__ import annotations

from pathlib import Path

import click

from storyboard.errors import ExitCode
from workprint.commandline import COMMANDS
from workprint.options import json_option, project_argument
from workprint.streams import say, say_json


@click.command("check", help=COMMANDS["check"])
@project_argument
@click.option("--strict", is_flag=True, help="Let warnings count as errors.")
@json_option
def command(path: Path | None, strict: bool, as_json: bool) -> int:
    """Show every error and warning; the exit code is 3 when there are errors."""
    from projects.workspace import open_workspace
    from workprint.editors import refreshed_schema
    from workprint.findings import show, split
    from workprint.opening import placed, seen_from_here
    from workprint.proofreading import proofread

    storyboard, found = proofread(path)
    diagnostics = placed(found, storyboard.parent)
    errors, warnings = split(diagnostics)
    if as_json:
        say_json(
            {
                "storyboard": str(storyboard),
                "errors": len(errors),
                "warnings": len(warnings),
                "diagnostics": [diagnostic.as_json() for diagnostic in diagnostics],
            }
        )
    elif diagnostics:
        show(diagnostics)
    else:
        say(f"{seen_from_here(storyboard)}: no mistakes found.")
    if not as_json and (note := refreshed_schema(open_workspace(path))):
        say(note, stderr=True)
    return ExitCode.STORYBOARD if errors or (strict and warnings) else ExitCode.OK
