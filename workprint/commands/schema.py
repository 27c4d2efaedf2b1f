"""`workprint schema`: the schema by which editors complete and check storyboards."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from workprint.commandline import COMMANDS
from workprint.options import json_option
from workprint.streams import plain, say, say_json


@click.command("schema", help=COMMANDS["schema"])
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write; left out, standard output.",
)
@click.option(
    "--of",
    type=click.Choice(["film", "scene", "preset"]),
    default="film",
    show_default=True,
    help="What it describes: a storyboard, a file of one scene, or a preset.",
)
@json_option
def command(out: Path | None, of: Literal["film", "scene", "preset"], as_json: bool) -> None:
    """Write the JSON Schema of this version of the format."""
    from storyboard import schema

    text = schema.text(of)
    if out is None:
        click.echo(text, nl=False)
        return
    from projects.disk import replace_bytes

    replace_bytes(out, text.encode("utf-8"))
    if as_json:
        say_json({"path": str(out)})
    else:
        say(f"Wrote {plain(out)}")
