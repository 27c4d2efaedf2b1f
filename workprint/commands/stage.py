"""`workprint stage`: how the painter stages a scene, as JSON or as pictures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workprint.commandline import COMMANDS
from workprint.options import CutType, json_option, project_option
from workprint.streams import plain, say, say_json

if TYPE_CHECKING:
    from scenes.backend import Guide
    from storyboard.film import Aspect


@click.command("stage", help=COMMANDS["stage"])
@click.argument("scene")
@project_option
@click.option("--cut", type=CutType(), metavar="SHAPE", help="The cut to stage it for; left out, the main one.")
@click.option("--draft", is_flag=True, help="The stage of the draft.")
@click.option(
    "--show",
    "kinds",
    type=click.Choice(["layout", "depth", "pose", "lines", "scribble"]),
    multiple=True,
    help="Instead of JSON, write what a model may be told to keep to: first, middle and last frame as one PNG. "
    "May be given several times.",
)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder for the pictures; left out, `out` beside the storyboard.",
)
@json_option
def command(
    scene: str,
    path: Path | None,
    cut: Aspect | None,
    draft: bool,
    kinds: tuple[Guide, ...],
    out: Path | None,
    as_json: bool,
) -> None:
    """Write the stage as JSON, its only form but for pictures: `--json` puts errors into it too."""
    from workprint.opening import open_project
    from workprint.staging import pictured, staged

    if out is not None and not kinds:
        raise click.UsageError("--out is the folder for pictures: say which by --show")
    production = open_project(path)
    if kinds:
        written, exact = pictured(production, scene, cut, kinds, out, draft=draft)
        if as_json:
            say_json({"pictures": {kind: str(one) for kind, one in written.items()}})
        else:
            for one in written.values():
                say(plain(one))
    else:
        found, exact = staged(production, scene, cut, draft=draft)
        say_json(found)
    if not exact and not as_json:
        say("note: the scene's length is estimated until its lines are spoken", stderr=True)
