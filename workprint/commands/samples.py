"""`workprint samples`: the films to begin from."""

from __future__ import annotations

from dataclasses import asdict

import click

from workprint.commandline import COMMANDS
from workprint.options import json_option
from workprint.streams import say, say_json


@click.command("samples", help=COMMANDS["samples"])
@json_option
def command(as_json: bool) -> None:
    """List name, title and summary of each bundled film."""
    from projects.samples import samples

    found = samples()
    if as_json:
        say_json([asdict(sample) for sample in found])
        return
    for sample in found:
        say(f"{sample.name}: {sample.title}", style={"bold": True})
        say(f"  {sample.summary}")
    say("\nTake one with `workprint new my-film --from NAME`.")
