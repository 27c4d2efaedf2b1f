"""`workprint use`: which take of a scene the film shows."""

from __future__ import annotations

from pathlib import Path

import click

from workprint.commandline import COMMANDS
from workprint.options import project_option
from workprint.streams import say


@click.command("use", help=COMMANDS["use"])
@click.argument("scene")
@click.argument("take", type=click.IntRange(1))
@project_option
def command(scene: str, take: int, path: Path | None) -> None:
    """Choose a take."""
    from workprint.opening import open_project

    open_project(path).use(scene, take)
    say(f"Scene {scene} now shows take {take}; `workprint render` brings the film up to date.")
