"""`workprint use`: which take of a scene the film shows."""

from __future__ import annotations

from pathlib import Path

import click

from workprint.commandline import COMMANDS
from workprint.options import json_option, project_option
from workprint.streams import say, say_json


@click.command("use", help=COMMANDS["use"])
@click.argument("scene")
@click.argument("take", type=click.IntRange(1))
@project_option
@json_option
def command(scene: str, take: int, path: Path | None, as_json: bool) -> None:
    """Choose a take."""
    from workprint.commands.retake import shown_take
    from workprint.opening import open_project

    production = open_project(path)
    production.use(scene, take)
    shown = shown_take(production, scene)
    if as_json:
        say_json({"scene": scene, "take": take, "shown": shown})
        return
    if shown != take:
        say(f"Take {take} is chosen, but the storyboard pins take {shown}: delete `take: {shown}` from scene {scene}.")
        return
    say(f"Scene {scene} now shows take {take}; `workprint render` brings the film up to date.")
