"""`workprint sheet`: all takes of the film on one picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workprint.commandline import COMMANDS
from workprint.options import CutType, json_option, project_argument
from workprint.streams import plain, say, say_json

if TYPE_CHECKING:
    from storyboard.film import Aspect


@click.command("sheet", help=COMMANDS["sheet"])
@project_argument
@click.option("--cut", type=CutType(), metavar="SHAPE", help="The cut to show; left out, the main one.")
@click.option("--draft", is_flag=True, help="Show the takes of the draft.")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path, dir_okay=False), help="The PNG to write; left out, one in `out`."
)
@json_option
def command(path: Path | None, cut: Aspect | None, draft: bool, out: Path | None, as_json: bool) -> None:
    """Draw three frames of each scene with its id, length, take and camera."""
    from render.orders import Order
    from workprint.opening import open_project

    order = Order(cuts=(cut,) if cut else (), draft=draft)
    production = open_project(path)
    drawn = production.sheet(order, out)
    empty = all(scene.state in ("missing", "blocked") for scene in production.plan(order).scenes)
    if as_json:
        say_json({"path": str(drawn), "empty": empty})
        return
    say(plain(drawn))
    if empty:
        say("note: no scene is made yet" + ("" if draft else " in full size; `--draft` shows those of the draft"))
