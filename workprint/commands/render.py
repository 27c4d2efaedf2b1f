"""`workprint render`: the film, or only what has changed since the last time."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workprint.commandline import COMMANDS
from workprint.options import cuts_option, json_option, project_argument, scenes_option
from workprint.streams import plain, say, say_json
from workprint.tables import counted

if TYPE_CHECKING:
    from render.orders import Delivery
    from storyboard.film import Aspect


@click.command("render", help=COMMANDS["render"])
@project_argument
@cuts_option
@scenes_option
@click.option("--draft", is_flag=True, help="A small, quick version to judge timing by.")
@click.option(
    "-j", "--jobs", type=click.IntRange(0), default=0, help="Worker processes; left out, one for each processor."
)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the finished films; left out, `out` beside the storyboard.",
)
@click.option("--wait", is_flag=True, help="Wait while another render holds the project.")
@json_option
def command(
    path: Path | None,
    cuts: tuple[Aspect, ...],
    scenes: tuple[str, ...],
    draft: bool,
    jobs: int,
    out: Path | None,
    wait: bool,
    as_json: bool,
) -> None:
    """Make what is missing or stale, join the film, and say where it is."""
    from render.orders import Order
    from workprint.console import progress_display
    from workprint.opening import open_project

    production = open_project(path)
    order = Order(cuts=cuts, scenes=scenes, draft=draft, jobs=jobs, out=out, wait=wait)
    with progress_display() as display:
        delivery = production.render(order, display)
    if as_json:
        say_json(delivery.as_json())
    else:
        show_delivery(delivery, display.tally.notes)


def show_delivery(delivery: Delivery, told: Iterable[str] = ()) -> None:
    """The finished files, how much was made for them, and all that was `told` or that a person should know, once."""
    for film in delivery.films:
        say(plain(film.path), style={"bold": True})
    for captions in delivery.captions:
        say(plain(captions))
    say(f"{counted(len(delivery.made), 'step')} made, {len(delivery.reused)} reused.")
    for note in dict.fromkeys((*delivery.notes, *told)):
        say(f"note: {note}")
