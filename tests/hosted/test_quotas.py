"""Quotas: counted from the ledger, by day or month of the user's own clock, for an account or one of its models."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from projects.hosted.entry import Entry
from projects.hosted.errors import Declined
from projects.hosted.ledger import Ledger, Limits
from projects.hosted.quotas import Row, check_quotas, rows_of, used
from projects.hosted.table import Quota
from tests.hosted.conftest import Shop

JOB = Entry("a" * 64, 1, "runway", "default", "gen4.5", "film", "wood", 1, "run", "", 5.0, Decimal("0.60"), "done")


@pytest.fixture
def kiritimati(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A clock that is fourteen hours ahead of UTC."""
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def row(limit: str, unit: str = "clips", period: str = "month", model: str = "") -> Row:
    """A quota of Runway's account."""
    return Row("runway", "default", model, Quota.model_validate({"limit": limit, "unit": unit, "period": period}))


def asked(*moments: str, **changes: object) -> list[Entry]:
    """Jobs that were asked for at these moments."""
    return [replace(JOB, asked=moment, **changes) for moment in moments]  # type: ignore[arg-type]


def test_a_month_is_a_month_of_the_user_s_clock(shop: Shop, kiritimati: None) -> None:
    """At noon of the last day in UTC, the next month has begun on an island far in the east."""
    jobs = asked("2026-10-31T09:59:00+00:00", "2026-10-31T10:01:00+00:00", "2026-11-15T00:00:00+00:00")
    now = datetime(2026, 11, 20, tzinfo=UTC)
    assert used(row("50"), jobs, now).used == 2
    assert used(row("50"), jobs, datetime(2026, 10, 31, 9, tzinfo=UTC)).used == 1
    assert used(row("50", period="day"), jobs, datetime(2026, 10, 31, 12, tzinfo=UTC)).used == 1


def test_the_ledger_s_files_are_by_that_month(shop: Shop, kiritimati: None) -> None:
    """One file a service, account and month; what is noted later stays where the job was asked for."""
    ledger = Ledger()
    begun = ledger.begin(JOB, Limits())
    old = replace(begun, asked="2026-10-31T10:01:00+00:00")
    ledger.note(old, "done")
    names = sorted(path.name for path in (shop.folder.parent / "ledger" / "runway" / "default").iterdir())
    assert "2026-11.jsonl" in names


@pytest.mark.parametrize(
    ("unit", "amount"), [("clips", 2), ("seconds", 10), ("usd", Decimal("1.20")), ("credits", 120)]
)
def test_each_unit(shop: Shop, unit: str, amount: Decimal) -> None:
    """Clips, seconds, dollars and the service's own credits; refused jobs count for nothing."""
    now = datetime.now(UTC).isoformat()
    jobs = [*asked(now, now), *asked(now, state="refused")]
    assert used(row("500", unit), jobs).used == amount


def test_of_one_model_or_of_all(shop: Shop) -> None:
    """A quota of a model passes over the others; another account's jobs never count."""
    now = datetime.now(UTC).isoformat()
    jobs = [*asked(now), *asked(now, model="veo3.1"), *asked(now, account="studio"), *asked(now, service="fal")]
    assert used(row("50"), jobs).used == 2
    assert used(row("50", model="veo3.1"), jobs).used == 1


def test_what_would_pass_it_is_declined(shop: Shop) -> None:
    """The fiftieth clip is bought, the fifty-first is not; the message says what helps."""
    now = datetime.now(UTC).isoformat()
    check_quotas(JOB, [row("50")], asked(*[now] * 49))
    with pytest.raises(Declined, match="50 clips a month at runway: 50 are used") as told:
        check_quotas(JOB, [row("50")], asked(*[now] * 50))
    assert "next month" in told.value.hint


def test_rows_of_a_table(shop: Shop) -> None:
    """Quotas of the account, of each model alike, and of one model."""
    shop.write_services(
        "services:\n"
        "  runway:\n"
        "    quotas: [{limit: 1000, unit: credits}, {scope: model, limit: 100}]\n"
        "    models: {gen4.5: {quotas: [{limit: 20, period: day}]}}\n"
    )
    told = [one.told() for one in rows_of("runway", "gen4.5")]
    assert told == ["1000 credits a month", "20 clips a day of gen4.5", "100 clips a month of gen4.5"]
