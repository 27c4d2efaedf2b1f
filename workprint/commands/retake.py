"""`workprint retake`: another attempt at one scene."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workprint.commandline import COMMANDS
from workprint.options import json_option, project_option
from workprint.streams import say, say_json

if TYPE_CHECKING:
    from render.production import Production


@click.command("retake", help=COMMANDS["retake"])
@click.argument("scene")
@project_option
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), help="Seed of the take; left out, one is derived.")
@json_option
def command(scene: str, path: Path | None, seed: int | None, as_json: bool) -> None:
    """Add a take, choose it, and say how to make it and how to go back."""
    from workprint.opening import open_project

    production = open_project(path)
    before = shown_take(production, scene)
    number = production.retake(scene, seed)
    shown = shown_take(production, scene)
    if as_json:
        say_json({"scene": scene, "take": number, "before": before, "shown": shown})
        return
    if shown == before:
        say(
            f"Take {number} is chosen, but the storyboard pins take {shown}: delete `take: {shown}` from scene {scene}."
        )
        return
    say(f"Scene {scene} now shows take {number}; the next `workprint render` makes it.")
    say(f"`workprint use {scene} {before}` goes back; no take is thrown away.")


def shown_take(production: Production, scene: str) -> int:
    """The number of the take that the film shows: the chosen one, or the one that the storyboard pins."""
    return next((take.number for take in production.takes(scene) if take.chosen), 1)
