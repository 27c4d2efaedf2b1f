"""`workprint captions`: caption files without a film, and the file that a translator gets."""

from __future__ import annotations

from pathlib import Path

import click

from workprint.commandline import COMMANDS
from workprint.options import json_option, project_argument
from workprint.streams import plain, say, say_json


@click.command("captions", help=COMMANDS["captions"])
@project_argument
@click.option(
    "--format",
    "formats",
    default="",
    metavar="srt,vtt,ass",
    help="Formats, separated by commas; left out, those of the storyboard, or srt and vtt.",
)
@click.option(
    "--language",
    "languages",
    multiple=True,
    metavar="CODE",
    help="A language of the film or of its translations; may be repeated. Left out, all that there are.",
)
@click.option(
    "--template",
    metavar="CODE",
    help="Write the file for a translator into this language instead, with what is translated already.",
)
@click.option(
    "-j", "--jobs", type=click.IntRange(0), default=0, help="Worker processes; left out, one for each processor."
)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder for the files; left out, `out` beside the storyboard.",
)
@json_option
def command(
    path: Path | None,
    formats: str,
    languages: tuple[str, ...],
    template: str | None,
    jobs: int,
    out: Path | None,
    as_json: bool,
) -> None:
    """Make the voices, if they are not there, and write captions that follow them; no picture is made."""
    from workprint.opening import open_project

    written: tuple[Path, ...]
    notes: tuple[str, ...]

    production = open_project(path)
    if template:
        from render.translation_files import write_template

        written, notes = (write_template(production.film, production.workspace, template),), ()
    else:
        from projects.disk import open_folder
        from render.captioning import chosen_formats, make_captions
        from render.orders import Order
        from workprint.console import progress_display
        from workprint.interrupt import stopped

        kinds = chosen_formats(formats, production.film)
        open_folder(out or production.workspace.output)
        with progress_display(()) as display:
            written, notes = make_captions(production, Order(jobs=jobs, out=out), display, stopped, languages, kinds)
    if as_json:
        say_json({"captions": [str(one) for one in written], "notes": list(notes)})
        return
    for one in written:
        say(plain(one))
    if not written:
        say("Nothing is said in this film: there is nothing to caption.")
    for note in notes:
        say(f"note: {note}")
