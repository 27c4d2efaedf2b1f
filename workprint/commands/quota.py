"""`workprint quota`: what was bought at hosted services in this month, and what the quotas leave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from workprint.commandline import COMMANDS
from workprint.options import json_option
from workprint.streams import say, say_json
from workprint.tables import counted, show_table

if TYPE_CHECKING:
    from projects.hosted.entry import Entry


@click.command("quota", help=COMMANDS["quota"])
@click.option("--jobs", is_flag=True, help="List every job of the month.")
@json_option
def command(jobs: bool, as_json: bool) -> None:
    """Show, by service and account, the jobs and dollars of this month and every quota, counted from the ledger."""
    from datetime import datetime

    from projects.hosted.ledger import Ledger

    month = datetime.now().astimezone().strftime("%Y-%m")
    every = Ledger().entries()
    now = [one for one in every if datetime.fromisoformat(one.asked).astimezone().strftime("%Y-%m") == month]
    accounts = _accounts(now)
    quotas = _quotas(every)
    if as_json:
        say_json({"month": month, "accounts": accounts, "quotas": quotas, "jobs": [_job(one) for one in now]})
        return
    if not accounts and not quotas:
        say("Nothing was bought in this month, and no service has a quota.")
        return
    if accounts:
        rows = [
            (one["service"], one["account"], one["jobs"], one["open"], one["refused"], f"${one['spent']:.2f}")
            for one in accounts
        ]
        show_table(
            ("service", "account", "bought", "open", "refused", "spent"), rows, right=("bought", "open", "spent")
        )
    for one in quotas:
        say(f"quota of {one['service']} ({one['account']}): {one['told']}: {one['used']:g} used, {one['left']:g} left")
    if jobs:
        heads = ("asked", "service", "model", "scene", "take", "state", "cost", "job")
        show_table(heads, [tuple(_job(one)[head] for head in heads) for one in now], right=("cost",))
    else:
        say(f"{counted(len(now), 'job')} in {month}; `--jobs` lists them.")


def _accounts(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for one in entries:
        row = found.setdefault(
            (one.service, one.account),
            {"service": one.service, "account": one.account, "jobs": 0, "open": 0, "refused": 0, "spent": 0.0},
        )
        row["jobs"] += one.counts
        row["refused"] += one.state == "refused"
        row["open"] += one.state in ("asked", "taken")
        row["spent"] = round(row["spent"] + float(one.spent), 6)
    return [found[key] for key in sorted(found)]


def _quotas(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    from projects.hosted.catalogue import services
    from projects.hosted.quotas import rows_of, used

    return [
        {
            "service": row.service,
            "account": row.account,
            "told": row.told(),
            "used": float(now.used),
            "left": float(now.left),
        }
        for name in services()
        for row in rows_of(name)
        for now in (used(row, entries),)
    ]


def _job(one: Entry) -> dict[str, Any]:
    return {
        "asked": one.asked,
        "service": one.service,
        "account": one.account,
        "model": one.model,
        "film": one.film,
        "scene": one.slot,
        "take": one.take,
        "state": one.state,
        "cost": float(one.spent),
        "job": one.job,
        "why": one.why,
    }
