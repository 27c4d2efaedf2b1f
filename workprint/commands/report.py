"""`workprint report`: the film on one page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workprint.commandline import COMMANDS
from workprint.options import cuts_option, json_option, project_argument
from workprint.streams import plain, say, say_json

if TYPE_CHECKING:
    from storyboard.film import Aspect


@click.command("report", help=COMMANDS["report"])
@project_argument
@cuts_option
@click.option("--draft", is_flag=True, help="The film as it was rendered in draft.")
@click.option(
    "--language", type=click.Choice(["en", "ru"]), help="The page's own words; left out, the film's language."
)
@click.option(
    "-o", "--out", type=click.Path(path_type=Path, dir_okay=False), help="The page to write; left out, one in `out`."
)
@json_option
def command(
    path: Path | None, cuts: tuple[Aspect, ...], draft: bool, language: str | None, out: Path | None, as_json: bool
) -> None:
    """Write one HTML page: pictures, timeline, sound, captions, planned against measured, takes, receipts, warnings."""
    from render.orders import Order
    from render.report.write import write_report_page
    from workprint.opening import open_project
    from workprint.proofreading import proofread

    production = open_project(path)
    doubts = proofread(path, language=language or "")[1]
    written = write_report_page(production, Order(cuts=cuts, draft=draft), out, language or "", doubts)
    if as_json:
        say_json({"path": str(written)})
    else:
        say(plain(written))
