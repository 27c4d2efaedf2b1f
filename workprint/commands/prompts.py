"""`workprint prompts`: what every take ever made was asked for, searched."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workprint.commandline import COMMANDS
from workprint.options import json_option, project_option
from workprint.streams import one_line, say, say_json
from workprint.tables import counted

if TYPE_CHECKING:
    from render.prompting import PromptInfo


@click.command("prompts", help=COMMANDS["prompts"])
@click.argument("words", nargs=-1, metavar="[WORDS]...")
@project_option
@click.option("--scene", default="", metavar="ID", help="Only of this scene; it need not be in the film any more.")
@click.option("--take", type=click.IntRange(1), default=None, help="Only of this take.")
@click.option("--backend", default="", metavar="NAME", help="Only what this backend or service was asked.")
@json_option
def command(
    words: tuple[str, ...], path: Path | None, scene: str, take: int | None, backend: str, as_json: bool
) -> None:
    """Show the prompts in which words begin like all of WORDS, newest first."""
    from render.production import read_project
    from render.prompting import prompts

    workspace, reading = read_project(path)
    found = prompts(workspace, reading.film, words, scene=scene, take=take or 0, backend=backend)
    if as_json:
        say_json([{**asdict(one.asked), "cuts": one.cuts, "in_use": one.in_use, "kept": one.kept} for one in found])
        return
    for one in found:
        _show(one)
    say(f"{counted(len(found), 'prompt')}." if found else "No prompt fits." if _asked_for(words, scene) else _NONE)


_NONE = "No take was made yet: `workprint render` makes them."


def _asked_for(words: tuple[str, ...], scene: str) -> bool:
    return bool(words or scene)


def _show(info: PromptInfo) -> None:
    asked = info.asked
    marks = (["in use"] if info.in_use else []) + ([] if info.kept else ["thrown away"])
    told = [
        f"{one_line(asked.scene)} take {asked.take}",
        " ".join(one_line(one) for one in (asked.backend, asked.model) if one),
        ", ".join(info.cuts) or "bought",
        f"seed {asked.seed}",
        asked.made[:16].replace("T", " "),
        *marks,
    ]
    say(" · ".join(one for one in told if one), style={"bold": True})
    say(f"  {one_line(asked.prompt)}")
    if asked.negative:
        say(f"  without: {one_line(asked.negative)}")
