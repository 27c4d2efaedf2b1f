"""`workprint cache`: the space that a project takes, and how to get some back."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workprint.commandline import COMMANDS
from workprint.options import json_option, project_argument
from workprint.streams import say, say_json
from workprint.tables import bytes_in_words, counted

if TYPE_CHECKING:
    from projects.store import Store


@click.group("cache", help=COMMANDS["cache"])
def command() -> None:
    """Group the two commands of the store."""


@command.command("size")
@project_argument
@json_option
def size(path: Path | None, as_json: bool) -> None:
    """Say how much the artifacts of a project take."""
    from projects.workspace import open_workspace

    store = open_workspace(path).store
    artifacts, total = sum(1 for _ in store.receipts()), store.size()
    if as_json:
        say_json({"artifacts": artifacts, "bytes": total})
    else:
        say(f"{counted(artifacts, 'artifact')}, {bytes_in_words(total)}")


@command.command("prune")
@project_argument
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def prune(path: Path | None, yes: bool, as_json: bool) -> None:
    """Throw away what neither the film as it is now, nor its deliveries, nor any take ever made refers to."""
    from projects.locking import hold
    from render.deliveries.keeping import kept, unlisted
    from workprint.opening import open_project

    production = open_project(path)
    workspace = production.workspace
    with hold(workspace.private, purpose="prune"):
        store = workspace.store
        keep = with_sources(store, production.keep() | kept(production))
        loose = [receipt for receipt in store.receipts() if receipt.order.fingerprint not in keep]
        weight = sum(receipt.size for receipt in loose)
        if loose and (others := unlisted(production)):
            listed = "which `deliver:` does not list, will be made anew"
            say(f"note: what only these deliveries need, {listed}: {', '.join(others)}", stderr=True)
        if loose and not yes:
            _ask(f"Throw away {counted(len(loose), 'artifact')} ({bytes_in_words(weight)})?")
        freed = store.prune(keep)
    if as_json:
        say_json({"artifacts": len(loose), "bytes": freed})
    else:
        say(f"Freed {bytes_in_words(freed)}." if freed else "There is nothing to throw away.")


def with_sources(store: Store, wanted: Iterable[str]) -> set[str]:
    """The fingerprints themselves and all that their artifacts were made from."""
    keep: set[str] = set()
    waiting = list(wanted)
    while waiting:
        fingerprint = waiting.pop()
        if fingerprint not in keep:
            keep.add(fingerprint)
            receipt = store.receipt(fingerprint)
            waiting.extend(receipt.order.inputs.values() if receipt else ())
    return keep


def _ask(question: str) -> None:
    """Go on only when the user says yes; where nobody can answer, ask for `--yes`."""
    if not sys.stdin.isatty():
        raise click.UsageError("Nobody can be asked here; add --yes to prune without asking.")
    click.confirm(question, abort=True, err=True)
