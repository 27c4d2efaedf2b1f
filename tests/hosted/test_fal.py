"""fal's own library against a loopback queue: what is sent, what is paid, and what every answer means."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import fal_client.client as library
import pytest

from projects.hosted.discretion import hush
from projects.hosted.downloads import Expired
from projects.hosted.errors import (
    AuthError,
    BadRequest,
    HostedError,
    Moderated,
    NotReachable,
    OutcomeUnknown,
    OutOfCredits,
    RateLimited,
    VendorFailed,
)
from projects.hosted.job import Pending, Purchase, Ready, Taken
from scenes.backends.fal import Fal
from tests.hosted.conftest import AGREED, Shop
from tests.hosted.crashes import Killed, watched
from tests.hosted.fakes.fal import Fal as Wire
from tests.hosted.fakes.server import FakeServer, Fault, Reply, serving

APP = "fal-ai/pika/v2.2/text-to-video"
WISH = Purchase("fal", "fal-ai/pika/v2.2", {"app": APP, "pictures": {}, "input": {"prompt": "a wood", "duration": 5}})
POST = r"POST /fal-ai/"
RESULT = r"GET /fal-ai/pika/requests/[^/]+$"
STATUS = r"GET /fal-ai/pika/requests/[^/]+/status"
FILTERED = {"loc": ["body", "prompt"], "msg": "flagged", "type": "content_policy_violation"}


@pytest.fixture
def server(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServer]:
    """A loopback fal that the table points to, and a key for it."""
    monkeypatch.setenv("FAL_KEY", Wire.key)
    with serving(Wire) as running:
        shop.write_services(f"services: {{fal: {{url: '{running.url}', look_every: 0.01}}}}\n")
        yield running


def _asked(purchase: Purchase = WISH) -> Taken:
    return Fal().service().ask(purchase, {}, Path(), "token")


def test_from_asking_to_the_file(server: FakeServer, tmp_path: Path) -> None:
    """Queued, in work, then an address; the file comes without the key and is a film. Nothing is asked twice."""
    server.looks_needed = 3
    taken, service = _asked(), Fal().service()
    assert [service.look(WISH, taken.id) for _ in range(2)] == [Pending(after=3.0)] * 2
    ready = service.look(WISH, taken.id)
    assert isinstance(ready, Ready)
    service.fetch(WISH, taken.id, ready, tmp_path / "clip.mp4")
    facts = service.accept(WISH, tmp_path / "clip.mp4")
    assert (facts["width"], facts["height"], facts["seconds"], facts["sound"]) == (1280, 720, 5.0, False)
    (fetched,) = server.asked_for("GET /fal-files")
    assert "authorization" not in fetched.headers
    assert server.paid() == 1


@pytest.mark.parametrize(
    ("fault", "error", "refused"),
    [
        (Fault(POST, drop="after"), OutcomeUnknown, False),
        (Fault(POST, drop="before"), OutcomeUnknown, False),
        (Fault(POST, cut=True), OutcomeUnknown, False),
        (Fault(POST, reply=Reply(b"<html>")), OutcomeUnknown, False),
        (Fault(POST, reply=Reply({"request": 1})), OutcomeUnknown, False),
        (Fault(POST, reply=Reply({"detail": "oops"}, 500)), OutcomeUnknown, False),
        (Fault(POST, reply=Reply(b"nginx", 502)), OutcomeUnknown, False),
        (Fault(POST, reply=Reply({"detail": "too late"}, 408)), OutcomeUnknown, False),
        (Fault(POST, reply=Reply({"detail": "slow down"}, 429)), RateLimited, True),
        (Fault(POST, reply=Reply({"detail": "User is locked. Reason: Exhausted balance."}, 403)), OutOfCredits, True),
        (Fault(POST, reply=Reply({"detail": "Payment required"}, 402)), OutOfCredits, True),
        (Fault(POST, reply=Reply({"detail": "Not allowed"}, 403)), AuthError, True),
        (Fault(POST, reply=Reply({"detail": "No such key"}, 401)), AuthError, True),
        (Fault(POST, reply=Reply({"detail": "Application 'pika' not found"}, 404)), BadRequest, True),
        (Fault(POST, reply=Reply({"detail": [{"msg": "field required", "type": "missing"}]}, 422)), BadRequest, True),
        (Fault(POST, reply=Reply({"detail": [FILTERED]}, 422)), Moderated, True),
    ],
)
def test_a_fault_while_asking(server: FakeServer, fault: Fault, error: type[HostedError], refused: bool) -> None:
    """Whatever goes wrong, there is one post and never a second, and it is told whether anything may be to pay."""
    server.faults.append(fault)
    with pytest.raises(HostedError) as told:
        _asked()
    assert (type(told.value), told.value.refused) == (error, refused)
    assert len(server.asked_for(POST)) == 1
    assert server.paid() == int(fault.drop == "after" or fault.cut)


def test_without_the_switch_the_library_would_pay_twice(server: FakeServer) -> None:
    """What the switch is for: the library by itself repeats a post whose answer was lost."""
    server.faults.append(Fault(POST, drop="after"))
    client: Any = library.SyncClient(key=Wire.key)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(library, "QUEUE_URL_FORMAT", f"{server.url}/")
        client.submit(APP, {"prompt": "a wood", "duration": 5})
    client._client.close()
    assert server.paid() == 2


@pytest.mark.parametrize("fault", [None, Fault(POST, drop="after"), Fault(POST, reply=Reply({"detail": "no"}, 401))])
def test_the_library_is_left_as_it_was(server: FakeServer, fault: Fault | None) -> None:
    """Whoever else uses it in the same process finds its own address and its own patience."""
    before = library.MAX_ATTEMPTS, library.QUEUE_URL_FORMAT
    assert before[0] > 1
    server.faults += [fault] if fault else []
    try:
        _asked()
    except HostedError:
        assert fault
    now = library.MAX_ATTEMPTS, library.QUEUE_URL_FORMAT
    assert now == before


def test_how_long_to_wait(server: FakeServer) -> None:
    """The service says how many seconds."""
    server.faults.append(Fault(POST, reply=Reply({"detail": "slow down"}, 429, {"retry-after": "7"})))
    with pytest.raises(RateLimited) as told:
        _asked()
    assert told.value.after == 7.0


def test_nobody_is_there(shop: Shop, server: FakeServer) -> None:
    """Where no connection is made nothing was asked for."""
    shop.write_services("services: {fal: {url: 'http://127.0.0.1:9'}}\n")
    with pytest.raises(NotReachable) as told:
        _asked()
    assert told.value.refused


def test_an_answer_lost_at_the_other_host(shop: Shop, server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library goes to another host where it cannot reach the first: what is lost there may be to pay."""
    port = server.url.rpartition(":")[2]
    monkeypatch.setitem(library._BACKUP_DOMAINS, "127.0.0.2", "127.0.0.1")
    shop.write_services(f"services: {{fal: {{url: 'http://127.0.0.2:{port}'}}}}\n")
    server.faults.append(Fault(POST, drop="after"))
    with pytest.raises(OutcomeUnknown):
        _asked()
    assert (server.paid(), len(server.asked_for(POST))) == (1, 1)


def test_the_key_is_not_sent_where_others_read_along(shop: Shop, server: FakeServer) -> None:
    """An address of the user's that is not encrypted and not this machine is refused."""
    shop.write_services("services: {fal: {url: 'http://fal.example'}}\n")
    with pytest.raises(BadRequest, match="not encrypted"):
        _asked()


def test_no_key(server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a key nothing is sent, not even one of the library's own finding."""
    monkeypatch.delenv("FAL_KEY")
    with pytest.raises(AuthError) as told:
        _asked()
    assert "FAL_KEY" in told.value.hint
    assert server.heard == []


def test_a_key_in_two_halves(server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The service's other two variables do as well."""
    monkeypatch.delenv("FAL_KEY")
    first, _, second = Wire.key.partition(":")
    monkeypatch.setenv("FAL_KEY_ID", first)
    monkeypatch.setenv("FAL_KEY_SECRET", second)
    _asked()
    assert server.paid() == 1


@pytest.mark.parametrize(
    ("status", "result", "error", "retryable", "cost"),
    [
        ({}, Reply({"detail": [FILTERED]}, 422), Moderated, None, None),
        ({"error": "content policy violation"}, Reply({"detail": "no"}, 500), Moderated, None, None),
        ({}, Reply({"detail": [{"msg": "too small", "type": "image_too_small"}]}, 422), VendorFailed, False, None),
        ({}, Reply({"detail": [{"msg": "bad", "type": "internal_server_error"}]}, 500), VendorFailed, True, Decimal(0)),
        ({"error": "gone"}, Reply({"detail": "x", "error_type": "startup"}, 504), VendorFailed, True, Decimal(0)),
        ({"error": "gone", "error_type": "request_timeout"}, Reply(b"nginx", 504), VendorFailed, True, Decimal(0)),
        ({"error": "no frames"}, Reply({"seed": 1}), VendorFailed, True, None),
        ({}, Reply({"video": {}}), VendorFailed, True, None),
    ],
)  # fmt: skip
def test_a_request_that_came_to_nothing(
    server: FakeServer,
    status: dict[str, str],
    result: Reply,
    error: type[HostedError],
    retryable: bool | None,
    cost: Decimal | None,
) -> None:
    """Result and status together say whose fault it was; their own faults cost nothing, by their own word."""
    taken = _asked()
    done: dict[str, Any] = {"status": "COMPLETED", "logs": None, "metrics": {}}
    server.faults += [Fault(STATUS, reply=Reply({**done, **status})), Fault(RESULT, reply=result)]
    with pytest.raises(error) as told:
        Fal().service().look(WISH, taken.id)
    assert (told.value.refused, told.value.cost, getattr(told.value, "retryable", None)) == (False, cost, retryable)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault(STATUS, drop="before"), NotReachable),
        (Fault(STATUS, cut=True), NotReachable),
        (Fault(STATUS, reply=Reply({"status": "NEW WORD"})), NotReachable),
        (Fault(STATUS, reply=Reply({"status": "IN_QUEUE"})), NotReachable),
        (Fault(STATUS, reply=Reply({"detail": "oops"}, 502)), NotReachable),
        (Fault(STATUS, reply=Reply({"detail": "slow down"}, 429)), RateLimited),
        (Fault(STATUS, reply=Reply({"detail": "no"}, 401)), AuthError),
        (Fault(RESULT, drop="before"), NotReachable),
        (Fault(RESULT, cut=True), NotReachable),
        (Fault(RESULT, reply=Reply(b"nginx", 502)), NotReachable),
        (Fault(RESULT, reply=Reply([1, 2])), NotReachable),
        (Fault(RESULT, reply=Reply({"detail": "no"}, 401)), AuthError),
    ],
)
def test_a_look_that_failed(server: FakeServer, fault: Fault, error: type[HostedError]) -> None:
    """It says nothing of the request: another look finds it done."""
    taken, service = _asked(), Fal().service()
    server.faults.append(fault)
    with pytest.raises(error):
        service.look(WISH, taken.id)
    assert isinstance(service.look(WISH, taken.id), Ready)


def test_a_result_that_is_not_there_yet(server: FakeServer) -> None:
    """The status may run ahead of the result."""
    taken = _asked()
    server.faults.append(Fault(RESULT, reply=Reply({"status": "IN_PROGRESS"}, 202)))
    assert Fal().service().look(WISH, taken.id) == Pending(after=3.0)


def test_a_request_that_nobody_knows(server: FakeServer) -> None:
    """One of another account is no request that failed, and its name leads nowhere else."""
    for job in ("elsewhere", "../../secrets"):
        with pytest.raises(BadRequest):
            Fal().service().look(WISH, job)
    assert all("/fal-ai/pika/requests/" in request.path for request in server.heard)


def test_an_address_that_has_expired(server: FakeServer, tmp_path: Path) -> None:
    """Another look gives a fresh one, under which the file comes."""
    taken, service, out = _asked(), Fal().service(), tmp_path / "clip.mp4"
    first = service.look(WISH, taken.id)
    assert isinstance(first, Ready)
    server.faults.append(Fault("GET /fal-files", reply=Reply(b"", 403)))
    with pytest.raises(Expired):
        service.fetch(WISH, taken.id, first, out)
    second = service.look(WISH, taken.id)
    assert isinstance(second, Ready)
    assert second.url != first.url
    service.fetch(WISH, taken.id, second, out)
    assert out.is_file()


def test_what_is_no_film_is_never_kept(shop: Shop, server: FakeServer) -> None:
    """The request stays open under its name."""
    server.outcomes.append("broken")
    with pytest.raises(VendorFailed, match="no film"):
        shop.buy(Fal().service(), WISH)
    assert (shop.ledger.entries()[0].state, server.paid()) == ("taken", 1)


@pytest.mark.parametrize(("outcome", "facts"), [("short", (1280, 720, 1.0)), ("narrow", (640, 360, 5.0))])
def test_a_film_that_is_other_than_asked(
    shop: Shop, server: FakeServer, outcome: Any, facts: tuple[int, int, float]
) -> None:
    """It is paid for and kept, with its own figures."""
    server.outcomes.append(outcome)
    kept = shop.buy(Fal().service(), WISH)
    assert (kept.facts["width"], kept.facts["height"], kept.facts["seconds"]) == facts


@pytest.mark.parametrize(("outcome", "error"), [("moderated", Moderated), ("failed", VendorFailed)])
def test_failures_are_closed_in_the_ledger(
    shop: Shop, server: FakeServer, outcome: Any, error: type[HostedError]
) -> None:
    """A runner that died cost nothing; what a filter stopped may have cost what was expected."""
    server.outcomes.append(outcome)
    with pytest.raises(error):
        shop.buy(Fal().service(), WISH)
    (entry,) = shop.ledger.entries()
    assert (entry.state, entry.spent) == ("failed", Decimal(0) if outcome == "failed" else Decimal("0.60"))


def test_a_lost_request_is_never_guessed(server: FakeServer) -> None:
    """Nothing lists what was asked for, and nothing is asked about it."""
    assert Fal().service().find(WISH, "token", "2026-11-01T00:00:00Z") is None
    assert server.heard == []


def test_killed_at_any_step_pays_at_most_once(shop: Shop, server: FakeServer) -> None:
    """However a process ends, the next one pays for no second clip unless a person says so."""
    with watched(Fal().service()) as (service, steps):
        shop.buy(service, WISH)
    assert len(steps.seen) > 14
    for number, step in enumerate(steps.seen, 1):
        wish, before = replace(WISH, take=number + 1), server.paid()
        with watched(Fal().service(), number) as (service, _), pytest.raises(Killed):
            shop.buy(service, wish)
        paid = server.paid() - before
        try:
            kept = shop.buy(Fal().service(), wish)
        except OutcomeUnknown:
            assert server.paid() - before == paid <= 1, step
            kept = shop.buy(Fal().service(), wish, consent=replace(AGREED, resubmit=frozenset({"wood"})))
            paid += 1
        else:
            paid = 1
        assert server.paid() - before == paid, step
        assert shop.shelf.is_whole(kept), step


def test_no_key_and_no_signature_gets_out(server: FakeServer, tmp_path: Path) -> None:
    """With everything logged and every error printed, neither occurs, whatever the service says back."""
    said, root = StringIO(), logging.getLogger()
    handler, before = logging.StreamHandler(said), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        hush()
        taken, service = _asked(), Fal().service()
        ready = service.look(WISH, taken.id)
        assert isinstance(ready, Ready)
        service.fetch(WISH, taken.id, ready, tmp_path / "clip.mp4")
        replies = (
            Reply({"detail": f"{Wire.key} is not a key, see https://x.example/a?sig=signed-9-secret"}, 401),
            Reply({"detail": f"Exhausted balance of {Wire.key}"}, 403),
            Reply({"detail": [{"msg": f"Key {Wire.key}", "type": "x"}]}, 422),
            Reply(f"Authorization: Key {Wire.key}".encode(), 500),
        )
        for match in (POST, RESULT):
            for reply in replies:
                server.faults.append(Fault(match, reply=reply))
                with pytest.raises(HostedError) as told:
                    _asked() if match == POST else service.look(WISH, taken.id)
                said.write("".join(traceback.format_exception(told.value)))
        server.faults.append(Fault("GET /fal-files", drop="before"))
        with pytest.raises(NotReachable) as told_too:
            service.fetch(WISH, taken.id, ready, tmp_path / "again.mp4")
        said.write("".join(traceback.format_exception(told_too.value)))
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
    whole = said.getvalue()
    assert "fal does not accept the key" in whole
    for secret in (*Wire.key.split(":"), "signed-", "token=signed"):
        assert secret not in whole
