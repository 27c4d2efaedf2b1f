"""Quotas: so many clips, seconds, credits or dollars in each day or month of the user's own clock.

Entry from the ledger's entries. Knows no disk and no service.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from projects.hosted.catalogue import services
from projects.hosted.entry import Entry
from projects.hosted.errors import Declined

if TYPE_CHECKING:
    from projects.hosted.table import Quota


@dataclass(frozen=True, slots=True)
class Row:
    """One quota: what it is counted over. `model` is the service's name of it, "" for the whole account."""

    service: str
    account: str
    model: str
    quota: Quota

    def told(self) -> str:
        """`50 clips a month of gen4.5`."""
        of = f" of {self.model}" if self.model else ""
        return f"{self.quota.limit.normalize():f} {_unit(self.quota)} a {self.quota.period}{of}"


@dataclass(frozen=True, slots=True)
class Used:
    """How much of a quota is used up now."""

    row: Row
    used: Decimal

    @property
    def left(self) -> Decimal:
        """What is left of it, never less than nothing."""
        return max(Decimal(0), self.row.quota.limit - self.used)


def rows_of(service: str, model: str = "") -> tuple[Row, ...]:
    """The quotas that a job of a service's model (by the service's name of it) counts for; for "" all of them."""
    entry = services()[service]
    rows = [Row(service, entry.account, "", quota) for quota in entry.quotas if quota.scope == "account"]
    for name, one in entry.models.items():
        own = one.id or name
        each = (*one.quotas, *(quota for quota in entry.quotas if quota.scope == "model"))
        rows += [Row(service, entry.account, own, quota) for quota in each if model in ("", own)]
    return tuple(rows)


def used(row: Row, entries: Sequence[Entry], now: datetime | None = None) -> Used:
    """How much of a quota is used up in the present day or month."""
    present = _period(row.quota, now or datetime.now().astimezone())
    mine = [
        one
        for one in entries
        if (one.service, one.account) == (row.service, row.account)
        and row.model in ("", one.model)
        and one.counts
        and _period(row.quota, datetime.fromisoformat(one.asked)) == present
    ]
    return Used(row, sum((_amount(row, one) for one in mine), Decimal(0)))


def check_quotas(wanted: Entry, rows: Sequence[Row], entries: Sequence[Entry]) -> None:
    """Raise Declined where one more job would pass a quota."""
    for row in rows:
        before = used(row, entries)
        if before.used + _amount(row, wanted) > row.quota.limit:
            raise Declined(
                f"'{wanted.slot}' does not fit into the quota of {row.told()} at {row.service}: "
                f"{before.used.normalize():f} are used",
                f"Wait for the next {row.quota.period}, choose another model, or correct the quota in `services.yaml`.",
            )


def _amount(row: Row, job: Entry) -> Decimal:
    if row.quota.unit == "clips":
        return Decimal(1)
    if row.quota.unit == "seconds":
        return Decimal(str(job.seconds))
    if row.quota.unit == "credits":
        credit = services()[row.service].credit
        return job.spent / credit if credit else job.spent
    return job.spent


def _period(quota: Quota, moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d" if quota.period == "day" else "%Y-%m")


def _unit(quota: Quota) -> str:
    return "dollars" if quota.unit == "usd" else quota.unit
