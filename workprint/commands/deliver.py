"""`workprint deliver`: the film as each place wants it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from workprint.commandline import COMMANDS
from workprint.options import code_option, json_option, project_option
from workprint.streams import one_line, plain, say, say_json
from workprint.till import Purse, agreed, purse_options, shown_bill

ENCODERS = ("software", "auto", "nvenc", "qsv", "videotoolbox", "amf", "vaapi")


@click.command("deliver", help=COMMANDS["deliver"])
@click.argument("names", nargs=-1, metavar="[DELIVERY]...")
@project_option
@click.option("--list", "listed", is_flag=True, help="Tell what deliveries there are.")
@click.option("--draft", is_flag=True, help="Quick and half the size, to see where words and heads stand.")
@click.option("--codec", type=click.Choice(["h264", "hevc", "av1"]), help="In place of the delivery's own.")
@click.option(
    "--size", type=click.IntRange(360, 2160), help="The short side in pixels, in place of the delivery's own."
)
@click.option(
    "--encoder",
    type=click.Choice(ENCODERS),
    default="software",
    show_default=True,
    help="What codes the finished film.",
)
@click.option(
    "-j", "--jobs", type=click.IntRange(0), default=0, help="Worker processes; left out, one for each processor."
)
@click.option(
    "-o", "--out", type=click.Path(path_type=Path, file_okay=False), help="The folder for them; left out, `out`."
)
@purse_options
@code_option
@json_option
def command(
    names: tuple[str, ...],
    path: Path | None,
    codec: str | None,
    size: int | None,
    encoder: Any,
    jobs: int,
    out: Path | None,
    *,
    listed: bool,
    draft: bool,
    allow_code: bool,
    as_json: bool,
    **paying: Any,
) -> None:
    """Make deliveries by name, or those that the storyboard lists under `deliver:`; each in a folder of its own."""
    from render.deliveries.presets import presets

    if listed:
        _tell(as_json=as_json)
        return
    from projects.disk import open_folder
    from render.deliveries.deliver import Wish, deliver, foreseen, wanted_of, warnings
    from render.orders import Order
    from workprint.console import progress_display
    from workprint.interrupt import stopped
    from workprint.opening import open_project

    if names:
        wanted_of(names)
    production = open_project(path)
    wanted = names or production.film.deliver
    consent = Purse(**paying).consent()
    order = Order(draft=draft, jobs=jobs, out=out, allow_code=allow_code, consent=consent)
    wish = Wish(codec or "", (size or 0) & ~1, encoder)
    told = warnings(production, wanted, order)
    for doubt in told:
        say(f"warning: {one_line(doubt)}", stderr=True)
    if production.buys:
        ahead = foreseen(production, wanted, order, wish)
        if not as_json and any(one.standing != "kept" for one in ahead.purchases):
            shown_bill(ahead)
        order = replace(order, consent=agreed(ahead, consent))
    open_folder(out or production.workspace.output)
    with progress_display(()) as display:
        made = list(deliver(production, wanted, order, display, stopped, wish))
    if as_json:
        say_json(
            [
                {"delivery": one.preset, "files": [str(file) for file in one.files], "report": one.report}
                | {"notes": list(one.notes)}
                for one in made
            ]
        )
        return
    for one in made:
        say(f"{presets()[one.preset].title}:")
        for file in one.files:
            say(f"  {plain(file)}")
    for note in dict.fromkeys(note for one in made for note in one.notes if note not in told):
        say(f"note: {one_line(note)}", stderr=True)


def _tell(*, as_json: bool) -> None:
    """The presets, with what each asks for."""
    from render.deliveries.presets import as_of, presets

    every = presets()
    if as_json:
        say_json({name: {"title": one.title, "shape": one.shape, "short": one.short} for name, one in every.items()})
        return
    for name, one in every.items():
        shape = one.shape or "the main cut"
        size = f"{one.short}p" if one.short else "the film's size"
        most = f", at most {one.most:g} s (as of {as_of()})" if one.most else ""
        say(f"{name:<12} {one.title}: {shape}, {size}{most}")
