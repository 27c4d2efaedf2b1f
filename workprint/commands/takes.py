"""`workprint takes`: the attempts at one scene."""

from __future__ import annotations

from pathlib import Path

import click

from workprint.commandline import COMMANDS
from workprint.options import json_option, project_option
from workprint.streams import say_json
from workprint.tables import show_table


@click.command("takes", help=COMMANDS["takes"])
@click.argument("scene")
@project_option
@json_option
def command(scene: str, path: Path | None, as_json: bool) -> None:
    """List number, seed and cuts of each take, and which one the film shows."""
    from workprint.opening import open_project

    found = open_project(path).takes(scene)
    if as_json:
        names = ("scene", "number", "seed", "chosen", "pinned", "cuts")
        say_json([{name: getattr(take, name) for name in names} for take in found])
        return
    rows = [
        (
            take.number,
            ("pinned" if take.pinned else "chosen") if take.chosen else "",
            take.seed,
            ", ".join(take.cuts) or "none",
        )
        for take in found
    ]
    show_table(("take", "film", "seed", "made for"), rows, right=("take", "seed"))
