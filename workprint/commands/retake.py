"""`workprint retake`: another attempt at one scene."""

from __future__ import annotations

from pathlib import Path

import click

from workprint.commandline import COMMANDS
from workprint.options import project_option
from workprint.streams import say


@click.command("retake", help=COMMANDS["retake"])
@click.argument("scene")
@project_option
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), help="Seed of the take; left out, one is derived.")
def command(scene: str, path: Path | None, seed: int | None) -> None:
    """Add a take, choose it, and say how to make it and how to go back."""
    from workprint.opening import open_project

    production = open_project(path)
    before = next((take.number for take in production.takes(scene) if take.chosen), 1)
    number = production.retake(scene, seed)
    say(f"Scene {scene} now shows take {number}; the next `workprint render` makes it.")
    say(f"`workprint use {scene} {before}` goes back; no take is thrown away.")
