"""`workprint backends`: the plug-ins that make clips, voices, scores and transitions."""

from __future__ import annotations

import click

from workprint.commandline import COMMANDS
from workprint.options import json_option
from workprint.streams import say, say_json
from workprint.tables import show_table


@click.command("backends", help=COMMANDS["backends"])
@json_option
def command(as_json: bool) -> None:
    """List every plug-in with its distribution, whether it can work here, and what would mend it."""
    from workprint.checkup import examine_plugins

    found = examine_plugins()
    if as_json:
        say_json([plugin.as_json() for plugin in found])
        return
    rows = [
        (plugin.kind, plugin.name, "ok" if plugin.works else "blocked", plugin.distribution, plugin.summary)
        for plugin in found
    ]
    show_table(("kind", "name", "state", "from", "what it does"), rows)
    for plugin in found:
        for what, fix in plugin.problems:
            say(f"{plugin.kind} {plugin.name}: {what}")
            say(f"    {fix}")
