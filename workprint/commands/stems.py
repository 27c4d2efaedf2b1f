"""`workprint stems`: the film's sound apart, for an editor."""

from __future__ import annotations

from pathlib import Path

import click

from workprint.commandline import COMMANDS
from workprint.options import json_option, project_argument, scenes_option
from workprint.streams import plain, say, say_json


@click.command("stems", help=COMMANDS["stems"])
@project_argument
@scenes_option
@click.option(
    "-j", "--jobs", type=click.IntRange(0), default=0, help="Worker processes; left out, one for each processor."
)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder that gets a folder `stems`; left out, `out` beside the storyboard.",
)
@click.option(
    "--format",
    "kind",
    type=click.Choice(["wav", "flac", "aiff", "mp3", "ogg", "opus", "m4a"]),
    default="wav",
    show_default=True,
    help="What the sounds are written as; wav is exact to the sample and never clipped.",
)
@click.option("--parts/--no-parts", default=True, help="Also the parts and notes of a composed score, or not.")
@json_option
def command(
    path: Path | None, scenes: tuple[str, ...], jobs: int, out: Path | None, kind: str, parts: bool, as_json: bool
) -> None:
    """Write dialogue, music and effects as files that begin and end with the film, and the score's parts and notes."""
    from projects.disk import open_folder
    from render.orders import Order
    from workprint.console import progress_display
    from workprint.interrupt import stopped
    from workprint.opening import open_project

    production = open_project(path)
    open_folder(out or production.workspace.output)
    with progress_display(()) as display:
        written = production.stems(
            Order(scenes=scenes, jobs=jobs, out=out), display, stopped, parts=parts, suffix=f".{kind}"
        )
    if as_json:
        say_json({"stems": [str(one) for one in written]})
        return
    for one in written:
        say(plain(one))
