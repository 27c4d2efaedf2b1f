"""`workprint export`: the film's cut for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workprint.commandline import COMMANDS
from workprint.options import CutType, json_option, project_argument
from workprint.streams import one_line, plain, say, say_json

if TYPE_CHECKING:
    from storyboard.film import Aspect

FORMATS = {
    "otio": "OpenTimelineIO, media beside it.",
    "otioz": "OpenTimelineIO with all media in one file.",
    "fcpxml": "Final Cut Pro XML, for Final Cut Pro and DaVinci Resolve.",
    "fcp7": "Final Cut Pro 7 XML, for Premiere Pro and DaVinci Resolve.",
    "edl": "EDL (CMX 3600).",
    "fountain": "The script again, as Fountain.",
}
"""The formats that the house brings, by the names of their exporters."""


@click.command("export", help=COMMANDS["export"])
@project_argument
@click.option("--otio", is_flag=True, help=FORMATS["otio"])
@click.option("--otioz", is_flag=True, help=FORMATS["otioz"])
@click.option("--fcpxml", is_flag=True, help=FORMATS["fcpxml"])
@click.option("--fcp7", is_flag=True, help=FORMATS["fcp7"])
@click.option("--edl", is_flag=True, help=FORMATS["edl"])
@click.option("--fountain", is_flag=True, help=FORMATS["fountain"])
@click.option("--to", "others", multiple=True, metavar="NAME", help="A format that a plug-in brings, by its name.")
@click.option("--all", "every", is_flag=True, help="Every format that is installed.")
@click.option("--cut", type=CutType(), metavar="SHAPE", help="The cut to export; left out, the main one.")
@click.option("--draft", is_flag=True, help="The film as it was rendered in draft.")
@click.option("--link", is_flag=True, help="Link media instead of copying it; the files are those of the project then.")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path, file_okay=False), help="The folder for it; left out, `out`."
)
@json_option
def command(
    path: Path | None,
    others: tuple[str, ...],
    cut: Aspect | None,
    out: Path | None,
    *,
    every: bool,
    draft: bool,
    link: bool,
    as_json: bool,
    **flags: bool,
) -> None:
    """Write the cut with its takes, stems, markers and receipts for editors, or the script."""
    from projects.disk import open_folder
    from render.exports.export import export, names
    from render.orders import Order
    from workprint.console import progress_display
    from workprint.interrupt import stopped
    from workprint.opening import open_project

    wanted = [*(name for name in FORMATS if flags.get(name)), *others]
    if every:
        wanted = list(names())
    if not wanted:
        raise click.UsageError(f"Name a format: {', '.join(f'--{name}' for name in FORMATS)}, or --all.")
    production = open_project(path)
    open_folder(out or production.workspace.output)
    order = Order(cuts=(cut,) if cut else (), draft=draft, out=out)
    with progress_display(()) as display:
        written = export(production, order, dict.fromkeys(wanted), display, stopped, link=link)
    if as_json:
        say_json({"files": [{"path": str(one.path), "notes": list(one.notes)} for one in written]})
        return
    for one in written:
        say(plain(one.path))
    for note in dict.fromkeys(note for one in written for note in one.notes):
        say(f"note: {one_line(note)}", stderr=True)
