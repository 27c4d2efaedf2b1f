"""`workprint doctor`: whether this machine has all that films need."""

from __future__ import annotations

from pathlib import Path

import click

from storyboard.errors import ExitCode
from workprint.commandline import COMMANDS
from workprint.options import json_option
from workprint.streams import say, say_json
from workprint.tables import counted, show_table


@click.command("doctor", help=COMMANDS["doctor"])
@click.argument("path", required=False, type=click.Path(path_type=Path, exists=True), metavar="[PATH]")
@json_option
def command(path: Path | None, as_json: bool) -> int:
    """Show what was looked at, with a remedy for what is missing; the exit code is 4 if something needed is."""
    from workprint.checkup import examine

    folder = path if path is None or path.is_dir() else path.parent
    found = list(examine(folder))
    needed = [finding for finding in found if finding.state == "needed"]
    if as_json:
        say_json({"ready": not needed, "findings": [finding.as_json() for finding in found]})
        return ExitCode.MISSING if needed else ExitCode.OK
    show_table(("what", "state", "found"), [(finding.what, finding.state, finding.told) for finding in found])
    for finding in found:
        if finding.remedy:
            say(f"{finding.what}: {finding.remedy}", style={"fg": "red" if finding.state == "needed" else "yellow"})
    verdict = f"{counted(len(needed), 'thing')} needed and missing." if needed else "Ready to make films."
    say(verdict, style={"bold": True})
    return ExitCode.MISSING if needed else ExitCode.OK
