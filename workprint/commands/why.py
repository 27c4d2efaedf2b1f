"""`workprint why`: why a scene has to be made again."""

from __future__ import annotations

from pathlib import Path

import click

from workprint.commandline import COMMANDS
from workprint.options import code_option, json_option, project_option
from workprint.streams import say, say_json


@click.command("why", help=COMMANDS["why"])
@click.argument("scene")
@project_option
@click.option("--draft", is_flag=True, help="Of the small, quick version.")
@code_option
@json_option
def command(scene: str, path: Path | None, draft: bool, allow_code: bool, as_json: bool) -> None:
    """Name the fields, files and versions that differ from what was made."""
    from workprint.opening import open_project

    lines = open_project(path).why(scene, draft=draft, allow_code=allow_code)
    if as_json:
        say_json({"scene": scene, "why": list(lines)})
        return
    for line in lines:
        say(line)
