"""`workprint voices`: who can speak here."""

from __future__ import annotations

from dataclasses import asdict

import click

from workprint.commandline import COMMANDS
from workprint.options import json_option
from workprint.streams import say, say_json
from workprint.tables import show_table


@click.command("voices", help=COMMANDS["voices"])
@click.option("--language", metavar="TAG", help="Only voices of this language, for example ru.")
@json_option
def command(language: str | None, as_json: bool) -> None:
    """List the voices of every engine that works here, by the names that a storyboard uses."""
    from workprint.checkup import examine_voices

    found, troubles = examine_voices()
    chosen = [voice for voice in found if language in (None, voice.language)]
    if as_json:
        say_json([asdict(voice) for voice in chosen])
        return
    rows = [(voice.name, voice.language, voice.gender, voice.engine, voice.note) for voice in chosen]
    if rows:
        show_table(("voice", "language", "gender", "engine", "note"), rows)
    else:
        say(f"Nobody speaks '{language}' here." if language else "Nobody speaks here.")
    for what, fix in troubles:
        say(f"{what}\n    {fix}")
