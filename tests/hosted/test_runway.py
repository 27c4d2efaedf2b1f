"""Runway's own library against a loopback Runway: what is sent, what is paid, and what every answer means."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from runwayml._utils._logs import setup_logging

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
from scenes.backends.runway import Runway, RunwayService
from tests.hosted.conftest import Shop
from tests.hosted.fakes.server import FakeServer, Fault, Reply

KEY = "key-runway-0123456789abcdef"
POST = r"POST /v1/"
WISH = Purchase("runway", "gen4.5", {"model": "gen4.5", "promptText": "a wood", "ratio": "1280:720", "duration": 2})
ROUTED = replace(WISH, model="router", body={"configId": "mine", "input": {"promptText": "a wood", "duration": 2}})
Ask = Callable[..., tuple[Taken, dict[str, Any]]]


def _asked(server: FakeServer, purchase: Purchase = WISH) -> Taken:
    return Runway().service().ask(purchase, {}, Path(), "token")


def test_from_asking_to_the_file(server: FakeServer, tmp_path: Path) -> None:
    """Pending while it is made, then an address and the real cost; the file comes without the key and is a film."""
    server.looks_needed = 2
    service, taken = Runway().service(), _asked(server)
    assert service.look(WISH, taken.id) == Pending(0.5, 5.0)
    ready = service.look(WISH, taken.id)
    assert isinstance(ready, Ready)
    assert ready.cost == Decimal("0.55")
    service.fetch(WISH, taken.id, ready, tmp_path / "clip.mp4")
    facts = service.accept(WISH, tmp_path / "clip.mp4")
    assert (facts["width"], facts["height"], facts["seconds"], facts["sound"]) == (1280, 720, 2.0, False)
    (fetched,) = server.asked_for("GET /runway-files")
    assert "authorization" not in fetched.headers
    assert server.paid() == 1


@pytest.mark.parametrize("purchase", [WISH, ROUTED], ids=["direct", "router"])
@pytest.mark.parametrize(
    ("fault", "error", "refused"),
    [
        (Fault(POST, drop="after"), OutcomeUnknown, False),
        (Fault(POST, drop="before"), OutcomeUnknown, False),
        (Fault(POST, cut=True), OutcomeUnknown, False),
        (Fault(POST, reply=Reply(b"<html>")), OutcomeUnknown, False),
        (Fault(POST, reply=Reply({"task": 1})), OutcomeUnknown, False),
        (Fault(POST, reply=Reply({"error": "oops"}, 500)), OutcomeUnknown, False),
        (Fault(POST, reply=Reply({"error": "busy"}, 503)), OutcomeUnknown, False),
        (Fault(POST, reply=Reply({"error": "slow down"}, 429)), RateLimited, True),
        (Fault(POST, reply=Reply({"error": "You do not have enough credits"}, 400)), OutOfCredits, True),
        (Fault(POST, reply=Reply({"error": "Payment required"}, 402)), OutOfCredits, True),
        (Fault(POST, reply=Reply({"error": "No model is below the credit ceiling"}, 400)), BadRequest, True),
        (Fault(POST, reply=Reply({"error": "Validation of body failed"}, 400)), BadRequest, True),
        (Fault(POST, reply=Reply({"error": "Invalid API key"}, 401)), AuthError, True),
        (Fault(POST, reply=Reply({"error": "Not for this tier"}, 403)), AuthError, True),
    ],
)
def test_a_fault_while_asking(
    server: FakeServer, fault: Fault, error: type[HostedError], refused: bool, purchase: Purchase
) -> None:
    """Whatever goes wrong, there is one post and never a second, and it is told whether anything may be to pay."""
    server.faults.append(fault)
    with pytest.raises(HostedError) as told:
        _asked(server, purchase)
    assert (type(told.value), told.value.refused) == (error, refused)
    assert len(server.asked_for(POST)) == 1
    assert server.paid() == int(fault.drop == "after" or fault.cut)


def test_how_long_to_wait(server: FakeServer) -> None:
    """The service says how many seconds; where it says nothing that is a number, it is none."""
    for said, seconds in (("7", 7.0), ("2.5", 2.5), ("Wed, 21 Oct 2026 07:28:00 GMT", 0.0)):
        server.faults.append(Fault(POST, reply=Reply({"error": "slow down"}, 429, {"retry-after": said})))
        with pytest.raises(RateLimited) as told:
            _asked(server)
        assert told.value.after == seconds


def test_nobody_is_there(shop: Shop, server: FakeServer) -> None:
    """Where no connection is made nothing was asked for."""
    shop.write_services("services: {runway: {url: 'http://127.0.0.1:9'}}\n")
    with pytest.raises(NotReachable) as told:
        _asked(server)
    assert told.value.refused


def test_the_key_is_not_sent_where_others_read_along(shop: Shop, server: FakeServer) -> None:
    """An address of the user's that is not encrypted and not this machine is refused."""
    shop.write_services("services: {runway: {url: 'http://runway.example'}}\n")
    with pytest.raises(BadRequest, match="not encrypted"):
        _asked(server)


def test_no_key(server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a key nothing is sent, and the remedy names the variable."""
    monkeypatch.delenv("RUNWAYML_API_SECRET")
    with pytest.raises(AuthError) as told:
        _asked(server)
    assert "RUNWAYML_API_SECRET" in told.value.hint
    assert server.heard == []


@pytest.mark.parametrize(
    ("code", "error", "retryable"),
    [
        ("SAFETY.INPUT.TEXT", Moderated, None),
        ("SAFETY.OUTPUT.VIDEO", Moderated, None),
        ("INTERNAL.BAD_OUTPUT.CODE01", VendorFailed, True),
        ("THIRD_PARTY.UNAVAILABLE", VendorFailed, True),
        (None, VendorFailed, True),
        ("ASSET.INVALID", VendorFailed, False),
    ],
)
def test_a_task_that_failed(
    server: FakeServer, code: str | None, error: type[HostedError], retryable: bool | None
) -> None:
    """The code says whose fault it was; what it has cost is told, and nobody calls it refused."""
    taken = _asked(server)
    told = {"id": taken.id, "createdAt": "2026-11-01T00:00:00Z", "status": "FAILED", "failure": "no"}
    server.faults.append(Fault("GET /v1/tasks", reply=Reply({**told, "failureCode": code, "cost": {"credits": 24}})))
    with pytest.raises(error) as problem:
        Runway().service().look(WISH, taken.id)
    assert (problem.value.cost, problem.value.refused) == (Decimal("0.24"), False)
    assert getattr(problem.value, "retryable", None) == retryable


def test_a_task_that_somebody_cancelled(server: FakeServer) -> None:
    """It will not be done, and what remains charged is told."""
    told = {"id": "x", "createdAt": "2026-11-01T00:00:00Z", "status": "CANCELLED", "cost": {"credits": 0}}
    server.faults.append(Fault("GET /v1/tasks", reply=Reply(told)))
    with pytest.raises(VendorFailed, match="cancelled") as problem:
        Runway().service().look(WISH, "x")
    assert problem.value.cost == 0


@pytest.mark.parametrize("status", ["PENDING", "THROTTLED"])
def test_a_task_that_waits(server: FakeServer, status: str) -> None:
    """Queued and throttled are no failures; a progress that is not told is none."""
    told = {"id": "x", "createdAt": "2026-11-01T00:00:00Z", "status": status, "estimatedCost": {"credits": 9}}
    server.faults.append(Fault("GET /v1/tasks", reply=Reply(told)))
    assert Runway().service().look(WISH, "x") == Pending(0.0, 5.0)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault("GET /v1/tasks", drop="before"), NotReachable),
        (Fault("GET /v1/tasks", cut=True), NotReachable),
        (Fault("GET /v1/tasks", reply=Reply({"error": "oops"}, 502)), NotReachable),
        (Fault("GET /v1/tasks", reply=Reply({"status": "NEW WORD"})), NotReachable),
        (Fault("GET /v1/tasks", reply=Reply({"error": "slow down"}, 429)), RateLimited),
        (Fault("GET /v1/tasks", reply=Reply({"error": "Invalid API key"}, 401)), AuthError),
    ],
)
def test_a_look_that_failed(server: FakeServer, fault: Fault, error: type[HostedError]) -> None:
    """It says nothing of the task: another look finds it done."""
    service, taken = Runway().service(), _asked(server)
    server.faults.append(fault)
    with pytest.raises(error):
        service.look(WISH, taken.id)
    assert isinstance(service.look(WISH, taken.id), Ready)


def test_a_task_that_nobody_knows(server: FakeServer) -> None:
    """A task of another account, or one that is gone, is no task that failed."""
    with pytest.raises(BadRequest, match="Task not found"):
        Runway().service().look(WISH, "elsewhere")


def test_an_address_that_has_expired(server: FakeServer, tmp_path: Path) -> None:
    """Another look gives a fresh one, under which the file comes."""
    service, taken, out = Runway().service(), _asked(server), tmp_path / "clip.mp4"
    first = service.look(WISH, taken.id)
    server.faults.append(Fault("GET /runway-files", reply=Reply({"error": "expired"}, 403)))
    assert isinstance(first, Ready)
    with pytest.raises(Expired):
        service.fetch(WISH, taken.id, first, out)
    assert not out.exists()
    second = service.look(WISH, taken.id)
    assert isinstance(second, Ready)
    assert second.url != first.url
    service.fetch(WISH, taken.id, second, out)
    assert out.is_file()


def test_a_file_that_is_no_film(server: FakeServer, tmp_path: Path) -> None:
    """It is not accepted."""
    server.outcomes.append("broken")
    with pytest.raises(VendorFailed, match="no film"):
        _fetched(server, tmp_path)


@pytest.mark.parametrize(
    ("outcome", "facts"), [("short", (1280, 720, 1.0)), ("narrow", (640, 360, 2.0))], ids=["short", "narrow"]
)
def test_a_film_that_is_other_than_asked(
    server: FakeServer, tmp_path: Path, outcome: Any, facts: tuple[int, int, float]
) -> None:
    """It is paid for and kept; its own figures are told, so that whoever cuts it knows."""
    server.outcomes.append(outcome)
    told = _fetched(server, tmp_path)
    assert (told["width"], told["height"], told["seconds"]) == facts


def _fetched(server: FakeServer, folder: Path) -> dict[str, Any]:
    service, taken = Runway().service(), _asked(server)
    ready = service.look(WISH, taken.id)
    assert isinstance(ready, Ready)
    service.fetch(WISH, taken.id, ready, folder / "clip.mp4")
    return service.accept(WISH, folder / "clip.mp4")


def test_a_large_picture_is_made_small_enough(server: FakeServer, tmp_path: Path) -> None:
    """What the service would refuse inside a request is sent smaller, the same each time."""
    noise = np.random.default_rng(1).integers(0, 255, (1600, 2400, 3), dtype=np.uint8)
    Image.fromarray(noise).save(tmp_path / "large.png")
    assert (tmp_path / "large.png").stat().st_size > 5_000_000
    service = Runway().service()
    for _ in range(2):
        service.ask(WISH, {"first": tmp_path / "large.png"}, tmp_path, "token")
    one, two = (request.json["promptImage"][0]["uri"] for request in server.asked_for(POST))
    assert one == two
    assert len(one) <= 5_000_000


@pytest.mark.parametrize("purchase", [WISH, ROUTED], ids=["direct", "router"])
def test_a_lost_job_is_never_guessed(server: FakeServer, purchase: Purchase) -> None:
    """Nobody can tell whose a job of that time is, and nothing is asked for it."""
    server.faults.append(Fault(POST, drop="after"))
    with pytest.raises(OutcomeUnknown):
        _asked(server, purchase)
    assert Runway().service().find(purchase, "token", datetime.now(UTC).isoformat()) is None
    assert len(server.heard) == 1


@pytest.mark.parametrize("variable", ["", "debug"], ids=["quiet", "RUNWAYML_LOG=debug"])
def test_no_key_and_no_signature_gets_out(
    server: FakeServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    """With everything logged and every error printed, neither occurs, whatever the service says back."""
    monkeypatch.setenv("RUNWAYML_LOG", variable)
    said = StringIO()
    root, handler = logging.getLogger(), logging.StreamHandler(said)
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        hush()
        # What the library does when it is imported.
        setup_logging()
        service: RunwayService = Runway().service()
        _fetched(server, tmp_path)
        for reply in (
            Reply({"error": f"{KEY} is not a key, see https://x.example/a?sig=signed-9-secret"}, 401),
            Reply({"error": f"not enough credits for {KEY}"}, 400),
            Reply({"error": f"Bearer {KEY}"}, 500),
        ):
            server.faults.append(Fault(POST, reply=reply))
            with pytest.raises(HostedError) as told:
                _asked(server)
            said.write("".join(traceback.format_exception(told.value)))
        server.faults.append(Fault("GET /runway-files", reply=Reply(b"", 403)))
        ready = service.look(WISH, server.jobs[0].id)
        assert isinstance(ready, Ready)
        with pytest.raises(Expired) as told_too:
            service.fetch(WISH, server.jobs[0].id, ready, tmp_path / "again.mp4")
        said.write("".join(traceback.format_exception(told_too.value)))
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
    whole = said.getvalue()
    assert "Runway does not accept the key" in whole
    for secret in (KEY, "0123456789abcdef", "signed-", "_jwt=", "promptText"):
        assert secret not in whole
