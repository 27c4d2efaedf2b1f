"""`workprint credits`: everything that a film uses, with names, licences and attributions."""

from __future__ import annotations

from pathlib import Path

import click

from workprint.commandline import COMMANDS
from workprint.options import json_option, project_argument
from workprint.streams import plain, say, say_json


@click.command("credits", help=COMMANDS["credits"])
@project_argument
@click.option(
    "-o", "--out", type=click.Path(path_type=Path, dir_okay=False), help="A file for the text; left out, the screen."
)
@click.option("--roll", is_flag=True, help="The lines as `text: {credits: auto}` rolls them at a film's end.")
@json_option
def command(path: Path | None, out: Path | None, roll: bool, as_json: bool) -> None:
    """Tell who and what made the film's pictures, voices, music and sounds; makes nothing."""
    from dataclasses import asdict

    from render.credits.entries import sections
    from render.credits.rolling import rolled
    from render.credits.text import written
    from render.delivery import write_text
    from render.orders import Order
    from render.provenance.subject import making_of
    from workprint.opening import open_project

    production = open_project(path)
    film = production.film
    every = sections(film, making_of(production, production.lay_out(Order())).used)
    if as_json:
        say_json({"title": film.title, "sections": [asdict(section) for section in every]})
        return
    text = "\n".join(rolled(film, every)) + "\n" if roll else written(film.title, film.language, every)
    if out is None:
        say(text.rstrip("\n"))
        return
    write_text(out, text)
    say(plain(out))
