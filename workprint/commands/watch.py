"""`workprint watch`: check at every save, and keep a draft up to date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workprint.commandline import COMMANDS
from workprint.options import code_option, cuts_option, project_argument, scenes_option
from workprint.streams import say

if TYPE_CHECKING:
    from storyboard.film import Aspect


@click.command("watch", help=COMMANDS["watch"])
@project_argument
@cuts_option
@scenes_option
@click.option(
    "-j", "--jobs", type=click.IntRange(0), default=0, help="Worker processes; left out, one for each processor."
)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the drafts; left out, `out` beside the storyboard.",
)
@code_option
def command(
    path: Path | None, cuts: tuple[Aspect, ...], scenes: tuple[str, ...], jobs: int, out: Path | None, allow_code: bool
) -> None:
    """Watch the storyboard and every file that it names until Ctrl-C; buys nothing."""
    from projects.workspace import open_workspace
    from render.orders import Order
    from workprint.interrupt import stopped
    from workprint.opening import seen_from_here
    from workprint.vigil import Vigil

    workspace = open_workspace(path)
    order = Order(cuts, scenes, draft=True, jobs=jobs, out=out, allow_code=allow_code)
    say(f"Watching {seen_from_here(workspace.storyboard)}; Ctrl-C ends it.")
    Vigil(workspace, order).keep(stopped)
    # Only Ctrl-C ends the watching.
    raise KeyboardInterrupt
