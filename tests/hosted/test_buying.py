"""Buying: one job for each take, whatever happens; limits that hold; nothing bought is lost."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from projects.hosted.errors import (
    Declined,
    HostedError,
    Moderated,
    OutcomeUnknown,
    VendorFailed,
)
from projects.hosted.job import Consent, Purchase
from scenes.backends.runway import Runway
from storyboard.errors import InterruptedRender, MissingError, WorkprintError
from tests.hosted.conftest import AGREED, Shop
from tests.hosted.crashes import Killed, watched
from tests.hosted.fakes.server import FakeServer, Fault, Reply

KEY = "key-runway-0123456789abcdef"
WISH = Purchase("runway", "gen4.5", {"model": "gen4.5", "promptText": "a wood", "ratio": "1280:720", "duration": 2})


def test_a_clip_is_bought_and_kept(shop: Shop, server: FakeServer) -> None:
    """One job, its file on the shelf with a receipt, its real cost in the ledger; asked for again, nothing happens."""
    service = Runway().service()
    kept = shop.buy(service, WISH)
    path = shop.shelf.path(kept)
    assert path is not None
    assert path.name.startswith("wood-take1-")
    assert (kept.facts["seconds"], kept.cost, kept.state) == (2.0, "0.55", "done")
    (entry,) = shop.ledger.entries()
    assert (entry.state, entry.cost, entry.slot, entry.job) == ("done", Decimal("0.55"), "wood", kept.job)
    assert shop.buy(service, WISH, consent=Consent()) == kept
    assert server.paid() == 1


def test_no_receipt_and_no_ledger_holds_a_key_or_a_signed_address(shop: Shop, server: FakeServer) -> None:
    """What opens the account or the clip is written down nowhere."""
    shop.buy(Runway().service(), WISH)
    written = [path.read_bytes() for path in shop.folder.parent.rglob("*") if path.is_file() and path != shop.services]
    assert len(written) >= 4
    for secret in (KEY, "signed-", "_jwt"):
        assert not any(secret.encode() in data for data in written)


def test_another_take_is_another_purchase(shop: Shop, server: FakeServer) -> None:
    """The same words in a second take are bought once more."""
    service = Runway().service()
    assert shop.buy(service, WISH).key != shop.buy(service, replace(WISH, take=2)).key
    assert server.paid() == 2


def test_nobody_agreed(shop: Shop, server: FakeServer) -> None:
    """Without consent nothing is asked for, and nothing is written into the ledger."""
    with pytest.raises(Declined, match=r"'wood' would be bought from runway for about \$0.60"):
        shop.buy(Runway().service(), WISH, consent=Consent())
    assert (server.heard, shop.ledger.entries()) == ([], ())


def test_without_a_key_nothing_is_asked(shop: Shop, server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing key is told with the variable that it is looked for in, before the ledger is opened."""
    monkeypatch.delenv("RUNWAYML_API_SECRET")
    with pytest.raises(HostedError, match="no key for Runway") as told:
        shop.buy(Runway().service(), WISH)
    assert "RUNWAYML_API_SECRET" in told.value.hint
    assert (server.heard, shop.ledger.entries()) == ([], ())


def steps_of(shop: Shop, take: int = 1) -> list[str]:
    """The steps of a purchase in which nothing goes wrong."""
    with watched(Runway().service()) as (service, steps):
        shop.buy(service, replace(WISH, take=take))
    return steps.seen


def test_killed_at_any_step_pays_at_most_once(shop: Shop, server: FakeServer) -> None:
    """A process that ends at any step leaves at most one paid job, and the next run pays for no second one."""
    seen = steps_of(shop)
    assert len(seen) > 14
    for number, step in enumerate(seen, 1):
        wish, before = replace(WISH, take=number + 1), server.paid()
        with watched(Runway().service(), number) as (service, _), pytest.raises(Killed):
            shop.buy(service, wish)
        paid = server.paid() - before
        assert paid <= 1, step
        lost = None
        try:
            kept = shop.buy(Runway().service(), wish)
        except OutcomeUnknown as problem:
            lost = problem
        else:
            assert shop.shelf.is_whole(kept), step
        assert server.paid() - before <= 1, step
        if lost:
            # Somebody has to decide; until then every run says the same and pays nothing.
            assert "--resubmit wood" in lost.hint
            with pytest.raises(OutcomeUnknown):
                shop.buy(Runway().service(), wish)
            assert server.paid() - before == paid
            kept = shop.buy(Runway().service(), wish, consent=replace(AGREED, resubmit=frozenset({"wood"})))
            assert shop.shelf.is_whole(kept)
            assert server.paid() - before == paid + 1


def test_a_lost_answer_is_taken_up_by_the_job_s_name(shop: Shop, server: FakeServer) -> None:
    """Who finds the job in the service's console hands over its name; nothing is paid again."""
    server.faults.append(Fault("POST", drop="after"))
    with pytest.raises(OutcomeUnknown, match="broke") as told:
        shop.buy(Runway().service(), WISH)
    assert "dev.runwayml.com" in told.value.hint
    (job,) = server.jobs
    kept = shop.buy(Runway().service(), WISH, consent=replace(AGREED, jobs={"wood": job.id}))
    assert (kept.job, server.paid()) == (job.id, 1)


def test_a_refusal_clears_the_way(shop: Shop, server: FakeServer) -> None:
    """A request that was surely refused costs nothing, counts nothing, and may be made again."""
    server.faults.append(Fault("POST", reply=Reply({"error": "no such ratio"}, 400)))
    with pytest.raises(HostedError, match="no such ratio"):
        shop.buy(Runway().service(), WISH)
    assert [(entry.state, entry.spent) for entry in shop.ledger.entries()] == [("refused", Decimal(0))]
    shop.buy(Runway().service(), WISH)
    assert server.paid() == 1


def test_a_service_that_is_busy_is_asked_again(shop: Shop, server: FakeServer) -> None:
    """429 before a job is taken on is waited out; each asking is written down as its own."""
    server.faults += [Fault("POST", reply=Reply({"error": "busy"}, 429)) for _ in range(3)]
    shop.buy(Runway().service(), WISH)
    assert [entry.state for entry in shop.ledger.entries()] == ["refused"] * 3 + ["done"]
    assert server.paid() == 1


def test_looks_and_downloads_that_fail_are_repeated(shop: Shop, server: FakeServer) -> None:
    """A look that breaks, a file that comes half, an address that has expired: none of it costs another job."""
    server.faults += [
        Fault("GET /v1/tasks", drop="after"),
        Fault("GET /v1/tasks", reply=Reply({"error": "oops"}, 503)),
        Fault("GET /runway-files", cut=True),
        Fault("GET /runway-files", reply=Reply({"error": "expired"}, 403)),
    ]
    kept = shop.buy(Runway().service(), WISH)
    assert shop.shelf.is_whole(kept)
    assert (server.paid(), server.faults) == (1, [])


@pytest.mark.parametrize("outcome", ["moderated", "failed"])
def test_a_job_that_came_to_nothing(shop: Shop, server: FakeServer, outcome: str) -> None:
    """It is told as what it was; what the service charged is counted; a new job needs a new run."""
    server.outcomes.append(outcome)  # type: ignore[arg-type]
    with pytest.raises(Moderated if outcome == "moderated" else VendorFailed):
        shop.buy(Runway().service(), WISH)
    (entry,) = shop.ledger.entries()
    assert (entry.state, entry.cost, server.paid()) == ("failed", Decimal(0), 1)


def test_a_file_that_is_no_film_is_never_kept(shop: Shop, server: FakeServer) -> None:
    """It is fetched several times, then the job stays open under its name, and no second one is paid for."""
    server.outcomes.append("broken")
    for _ in range(2):
        with pytest.raises(VendorFailed, match="no film"):
            shop.buy(Runway().service(), WISH)
    (entry,) = shop.ledger.entries()
    assert (entry.state, server.paid(), len(list(shop.shelf.folder.glob("*.mp4")))) == ("taken", 1, 0)


def test_a_job_that_the_service_has_lost_is_not_bought_again_unasked(shop: Shop, server: FakeServer) -> None:
    """A job that nobody knows any more stays open until a person gives it up."""
    server.outcomes.append("vanishes")
    with pytest.raises(VendorFailed, match="not found") as told:
        shop.buy(Runway().service(), WISH)
    assert "--resubmit wood" in told.value.hint
    assert server.paid() == 1


def test_a_file_that_was_deleted_is_fetched_again(shop: Shop, server: FakeServer) -> None:
    """What was paid for and then deleted comes back from the service as long as it has it."""
    kept = shop.buy(Runway().service(), WISH)
    (shop.shelf.folder / kept.file).unlink()
    assert shop.shelf.is_whole(shop.buy(Runway().service(), WISH, consent=Consent()))
    assert server.paid() == 1


def test_a_damaged_file_is_fetched_again(shop: Shop, server: FakeServer) -> None:
    """A file of the right size with other bytes is not taken for what was bought."""
    kept = shop.buy(Runway().service(), WISH)
    path = shop.shelf.folder / kept.file
    path.write_bytes(bytes(path.stat().st_size))
    assert shop.shelf.is_whole(shop.buy(Runway().service(), WISH, consent=Consent()))
    assert server.paid() == 1


def test_an_open_job_travels_with_the_project(shop: Shop, server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """On another machine, whose ledger knows nothing, the shelf's receipt is enough to go on with the job."""
    seen = steps_of(shop, 99)
    named = seen.index("after receipt", seen.index("after ask")) + 1
    with watched(Runway().service(), named) as (service, _), pytest.raises(Killed):
        shop.buy(service, WISH)
    monkeypatch.setenv("WORKPRINT_LEDGER", str(shop.folder.parent / "elsewhere"))
    before = server.paid()
    kept = shop.buy(Runway().service(), WISH, consent=Consent())
    assert shop.shelf.is_whole(kept)
    assert server.paid() == before


def test_stopping_keeps_the_job(shop: Shop, server: FakeServer) -> None:
    """Who stops while a clip is being made is told so, and the next run goes on with the same job."""
    server.looks_needed = 10**6
    service = Runway().service()
    looked = service.look

    def look(purchase: Purchase, job: str) -> object:
        shop.stop.set()
        return looked(purchase, job)

    service.look = look  # type: ignore[assignment, method-assign]
    with pytest.raises(InterruptedRender):
        shop.buy(service, WISH)
    shop.stop.clear()
    server.looks_needed = 1
    shop.buy(Runway().service(), WISH)
    assert server.paid() == 1


def test_the_film_s_limit_holds_over_all_runs(shop: Shop, server: FakeServer) -> None:
    """With 1.50 for the film, two clips at 0.60 are bought; the third is declined, the first is free."""
    consent = replace(AGREED, most=Decimal("1.50"))
    service = Runway().service()
    for take in (1, 2):
        shop.buy(service, replace(WISH, take=take), consent=replace(consent, run=f"run {take}"))
    server.faults.clear()
    with pytest.raises(Declined, match=r"\$0.60; \$1.10 of the \$1.50"):
        shop.buy(service, replace(WISH, take=3), consent=consent)
    shop.buy(service, WISH, consent=consent)
    assert server.paid() == 2


def test_an_open_job_counts_with_the_dearer_of_two_words(shop: Shop, server: FakeServer) -> None:
    """A service whose first word is lower than the table's price does not open the way past the limit."""
    seen = steps_of(shop, 99)
    with watched(Runway().service(), seen.index("before look") + 1) as (service, _), pytest.raises(Killed):
        shop.buy(service, WISH, money="0.90")
    entry = shop.ledger.last(WISH.key)
    assert entry is not None
    assert (entry.state, entry.spent) == ("taken", Decimal("0.90"))


def test_what_was_agreed_in_one_run_is_no_more_than_that(shop: Shop, server: FakeServer) -> None:
    """A run may spend what a person said yes to; another run has its own."""
    consent = replace(AGREED, agreed=Decimal("0.60"))
    service = Runway().service()
    shop.buy(service, WISH, consent=consent)
    with pytest.raises(Declined, match="agreed to in this run"):
        shop.buy(service, replace(WISH, take=2), consent=consent)
    shop.buy(service, replace(WISH, take=2), consent=replace(consent, run="another"))


def test_old_and_unknown_prices_are_not_used_silently(shop: Shop, server: FakeServer) -> None:
    """A price that nobody knows is declined until somebody says that he knows."""
    with pytest.raises(Declined, match="is not known"):
        shop.buy(Runway().service(), WISH, money=None)
    with pytest.raises(Declined, match="no limit can be kept"):
        shop.buy(Runway().service(), WISH, money=None, consent=replace(AGREED, most=Decimal(5), old_prices=True))
    shop.buy(Runway().service(), WISH, money=None, consent=replace(AGREED, old_prices=True))
    assert server.paid() == 1


def test_an_error_of_the_house_is_one_error(shop: Shop, server: FakeServer) -> None:
    """Everything that goes wrong is told without a traceback and with a remedy."""
    server.outcomes.append("failed")
    with pytest.raises(WorkprintError) as told:
        shop.buy(Runway().service(), WISH)
    assert told.value.hint
    with pytest.raises(MissingError):
        shop.buy(Runway().service(), replace(WISH, service="nobody"))
