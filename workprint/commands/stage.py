"""`workprint stage`: how the painter stages a scene, as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workprint.commandline import COMMANDS
from workprint.options import CutType, json_option, project_option
from workprint.streams import say, say_json

if TYPE_CHECKING:
    from storyboard.film import Aspect


@click.command("stage", help=COMMANDS["stage"])
@click.argument("scene")
@project_option
@click.option("--cut", type=CutType(), metavar="SHAPE", help="The cut to stage it for; left out, the main one.")
@click.option("--draft", is_flag=True, help="The stage of the draft.")
@json_option
def command(scene: str, path: Path | None, cut: Aspect | None, draft: bool, as_json: bool) -> None:
    """Write the stage as JSON, which is its only form: `--json` puts errors into it too."""
    from workprint.opening import open_project
    from workprint.staging import staged

    found, exact = staged(open_project(path), scene, cut, draft=draft)
    say_json(found)
    if not exact and not as_json:
        say("note: the scene's length is estimated until its lines are spoken", stderr=True)
