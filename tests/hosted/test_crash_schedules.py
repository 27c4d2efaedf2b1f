"""Random schedules of killed processes and failing services: never two paid jobs for one take, never over the limit."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.hosted.errors import HostedError
from projects.hosted.job import Purchase
from storyboard.errors import WorkprintError
from tests.hosted.conftest import AGREED, Shop
from tests.hosted.crashes import Killed, watched
from tests.hosted.vendors import Trouble, Vendor

WISH = Purchase("runway", "gen4.5", {"promptText": "a wood"})
LIMIT = Decimal("1.90")
"""Room for three clips at 0.60."""
TROUBLES: tuple[Trouble, ...] = (
    "",
    "",
    "lost before",
    "lost after",
    "crash after",
    "busy",
    "refused",
    "away",
    "moderated",
    "failed",
)


@dataclass(frozen=True)
class Run:
    """One run of the program: which take it wants, at which step it is killed (0: not), what goes wrong."""

    take: int
    killed: int
    troubles: tuple[Trouble, ...]
    looks: int
    fetches: int


RUNS = st.lists(
    st.builds(
        Run,
        take=st.integers(1, 4),
        killed=st.integers(0, 24),
        troubles=st.lists(st.sampled_from(TROUBLES), max_size=3).map(tuple),
        looks=st.integers(0, 2),
        fetches=st.integers(0, 2),
    ),
    min_size=1,
    max_size=8,
)


def bought(shop: Shop, vendor: Vendor, run: Run) -> bool:
    """Whether a run brought its take; what else a person would see is passed over, anything unexpected is not."""
    vendor.ask_troubles = list(run.troubles)
    vendor.look_troubles, vendor.fetch_troubles = run.looks, run.fetches
    try:
        with watched(vendor, run.killed) as (service, _):
            kept = shop.buy(service, replace(WISH, take=run.take), consent=replace(AGREED, most=LIMIT))
    except (Killed, HostedError):
        return False
    assert shop.shelf.is_whole(kept)
    return True


@pytest.mark.parametrize("finds", [False, True])
@settings(max_examples=200, deadline=None)
@given(runs=RUNS)
def test_any_schedule(finds: bool, runs: list[Run]) -> None:
    """At most one living job for each take, never more money than the limit, and a ledger that misses nothing."""
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as place:
        shop = made_shop(Path(place), patch)
        vendor = Vendor(finds=finds)
        there: set[int] = set()
        for run in runs:
            if bought(shop, vendor, run):
                there.add(run.take)
            alive = Counter(token.rpartition("-")[0] for job, token in vendor.jobs.items() if job not in vendor.ends)
            assert max(alive.values(), default=0) <= 1
            assert vendor.charged <= LIMIT
            counted = sum((entry.spent for entry in shop.ledger.entries()), Decimal(0))
            assert counted >= vendor.charged
        before = len(vendor.jobs)
        for take in there:
            assert bought(shop, vendor, Run(take, 0, (), 0, 0))
        assert len(vendor.jobs) == before
        if finds:
            # Whoever can be asked by our own name leaves no take open for ever.
            for entry in shop.ledger.entries():
                if entry.state in ("asked", "taken") and entry.take not in there:
                    settled = bought(shop, vendor, Run(entry.take, 0, (), 0, 0))
                    last = shop.ledger.last(entry.key)
                    assert settled or (last is not None and last.state in ("failed", "refused"))


def made_shop(place: Path, patch: pytest.MonkeyPatch) -> Shop:
    """A shop for one schedule."""
    shop = Shop(place / "film", place / "services.yaml")
    shop.folder.mkdir()
    shop.write_services("services: {runway: {look_every: 0.001, keys: []}}\n")
    patch.setenv("WORKPRINT_LEDGER", str(place / "ledger"))
    patch.setenv("WORKPRINT_SERVICES", str(shop.services))
    return shop


def test_a_full_disk_before_the_job_is_asked_for(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is asked for that could not be kept, and the ledger is clear afterwards."""
    from projects.disk import full_disk

    shop.write_services("services: {runway: {look_every: 0.001, keys: []}}\n")
    vendor = Vendor()
    with monkeypatch.context() as patch:
        patch.setattr(
            "projects.hosted.shelf.replace_json", lambda *args, **more: (_ for _ in ()).throw(full_disk("a receipt"))
        )
        with pytest.raises(WorkprintError, match="full"):
            shop.buy(vendor, WISH)
    assert [entry.state for entry in shop.ledger.entries()] == ["refused"]
    shop.buy(vendor, WISH)
    assert len(vendor.jobs) == 1


def test_a_full_disk_after_the_job_was_taken_on_tells_its_name(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that cannot be written down is told, and taken up again from what the person says."""
    from projects.disk import full_disk
    from projects.journal import add_line

    shop.write_services("services: {runway: {look_every: 0.001, keys: []}}\n")
    vendor, written = Vendor(), add_line

    def fills_up(*args: object, **more: object) -> None:
        if vendor.jobs:
            raise full_disk("the ledger")
        written(*args, **more)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr("projects.hosted.ledger.add_line", fills_up)
        with pytest.raises(WorkprintError, match="the job is job-1") as told:
            shop.buy(vendor, WISH)
    assert "--found wood=job-1" in told.value.hint
    shop.buy(vendor, WISH, consent=replace(AGREED, jobs={"wood": "job-1"}))
    assert len(vendor.jobs) == 1
