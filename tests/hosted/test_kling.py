"""Kling's interface against a loopback server: what is sent, what is paid, and what every answer means."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

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
from projects.hosted.job import Pending, Purchase, Ready, Surely, Taken
from scenes.backends.kling import Kling
from tests.hosted.conftest import AGREED, Shop
from tests.hosted.crashes import Killed, watched
from tests.hosted.fakes.kling import Kling as Wire
from tests.hosted.fakes.kling import told
from tests.hosted.fakes.server import FakeServer, Fault, Reply, serving

KEY = f"{Wire.access}:{Wire.secret}"
WISH = Purchase(
    "kling",
    "kling-v3",
    {"way": "text2video", "input": {"model_name": "kling-v3", "prompt": "a wood", "duration": "3", "mode": "std"}},
)
POST = r"POST /v1/videos/text2video"
LOOK = r"GET /v1/videos/text2video/8"
TABLE = "services: {{kling: {{url: '{}', look_every: 0.01, credit: 0.1}}}}\n"


@pytest.fixture
def server(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServer]:
    """A loopback Kling that the table points to, and a key for it."""
    monkeypatch.setenv("KLING_API_KEY", KEY)
    with serving(Wire) as running:
        shop.write_services(TABLE.format(running.url))
        yield running


def _asked(name: str = "token-1") -> Taken:
    return Kling().service().ask(WISH, {}, Path(), name)


def test_from_asking_to_the_file(server: FakeServer, tmp_path: Path) -> None:
    """Pending while it is made, then an address and what it took; the file comes without the token and is a film."""
    server.looks_needed = 2
    taken, service = _asked(), Kling().service()
    assert service.look(WISH, taken.id) == Pending(after=5.0)
    ready = service.look(WISH, taken.id)
    assert isinstance(ready, Ready)
    assert ready.cost == Decimal("0.35")
    service.fetch(WISH, taken.id, ready, tmp_path / "clip.mp4")
    facts = service.accept(WISH, tmp_path / "clip.mp4")
    assert (facts["width"], facts["height"], facts["seconds"]) == (1280, 720, 3.0)
    (fetched,) = server.asked_for("GET /kling-files")
    assert "authorization" not in fetched.headers
    assert server.paid() == 1


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault(POST, drop="after"), OutcomeUnknown),
        (Fault(POST, drop="before"), OutcomeUnknown),
        (Fault(POST, cut=True), OutcomeUnknown),
        (Fault(POST, reply=Reply(b"<html>")), OutcomeUnknown),
        (Fault(POST, reply=Reply(b"", 302, {"Location": "/elsewhere"})), OutcomeUnknown),
        (Fault(POST, reply=told(0, "SUCCEED", data={"task": 1})), OutcomeUnknown),
        (Fault(POST, reply=told(0, "SUCCEED", data={"task_id": None})), OutcomeUnknown),
        (Fault(POST, reply=told(0, "SUCCEED")), OutcomeUnknown),
        (Fault(POST, reply=told(5000, "internal", 500)), OutcomeUnknown),
        (Fault(POST, reply=told(5002, "timeout", 504)), OutcomeUnknown),
        (Fault(POST, reply=told(5001, "maintenance")), OutcomeUnknown),
        (Fault(POST, reply=told(4711, "a new code")), OutcomeUnknown),
        (Fault(POST, reply=Reply(b"bad gateway", 502)), OutcomeUnknown),
        (Fault(POST, reply=told(1000, "no", 401)), AuthError),
        (Fault(POST, reply=told(1004, "expired", 401)), AuthError),
        (Fault(POST, reply=told(1103, "not for you", 403)), AuthError),
        (Fault(POST, reply=told(1304, "not from there", 429)), AuthError),
        (Fault(POST, reply=told(1101, "in arrears", 429)), OutOfCredits),
        (Fault(POST, reply=told(1102, "pack depleted")), OutOfCredits),
        (Fault(POST, reply=told(1201, "duration is wrong", 400)), BadRequest),
        (Fault(POST, reply=told(1200, "wrong")), BadRequest),
        (Fault(POST, reply=told(1301, "content security", 400)), Moderated),
        (Fault(POST, reply=told(1300, "policy")), Moderated),
        (Fault(POST, reply=told(1302, "too fast", 429)), RateLimited),
        (Fault(POST, reply=told(1303, "parallel task over resource pack limit")), RateLimited),
        (Fault(POST, reply=told(4711, "a new code", 400)), BadRequest),
        (Fault(POST, reply=Reply(b"slow down", 429)), RateLimited),
    ],
)
def test_a_fault_while_asking(server: FakeServer, fault: Fault, error: type[HostedError]) -> None:
    """Its own code counts, whatever the status; there is one post and never a second."""
    server.faults.append(fault)
    with pytest.raises(HostedError) as problem:
        _asked()
    assert type(problem.value) is error
    assert problem.value.refused is (error is not OutcomeUnknown)
    assert len(server.asked_for("POST")) == 1
    assert server.paid() == int(fault.drop == "after" or fault.cut)


def test_how_long_to_wait(server: FakeServer) -> None:
    """The service may say how many seconds."""
    reply = replace(told(1302, "too fast", 429), headers={"retry-after": "7"})
    server.faults.append(Fault(POST, reply=reply))
    with pytest.raises(RateLimited) as problem:
        _asked()
    assert problem.value.after == 7.0


def test_nobody_is_there(shop: Shop, server: FakeServer) -> None:
    """Where no connection is made nothing was asked for."""
    shop.write_services(TABLE.format("http://127.0.0.1:9"))
    with pytest.raises(NotReachable) as problem:
        _asked()
    assert problem.value.refused


def test_the_token_is_not_sent_where_others_read_along(shop: Shop, server: FakeServer) -> None:
    """An address of the user's that is not encrypted and not this machine is refused."""
    shop.write_services(TABLE.format("http://kling.example"))
    with pytest.raises(BadRequest, match="not encrypted"):
        _asked()


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault(LOOK, drop="before"), NotReachable),
        (Fault(LOOK, cut=True), NotReachable),
        (Fault(LOOK, reply=told(5000, "internal", 500)), NotReachable),
        (Fault(LOOK, reply=told(0, "SUCCEED", data={"task_status": "a new word"})), NotReachable),
        (Fault(LOOK, reply=told(0, "SUCCEED", data=[])), NotReachable),
        (Fault(LOOK, reply=told(1302, "too fast", 429)), RateLimited),
        (Fault(LOOK, reply=told(1002, "no", 401)), AuthError),
        (Fault(LOOK, reply=told(1203, "not found", 404)), BadRequest),
    ],
)
def test_a_look_that_failed(server: FakeServer, fault: Fault, error: type[HostedError]) -> None:
    """It says nothing of the task: another look finds it done."""
    taken, service = _asked(), Kling().service()
    server.faults.append(fault)
    with pytest.raises(error):
        service.look(WISH, taken.id)
    assert isinstance(service.look(WISH, taken.id), Ready)


@pytest.mark.parametrize(
    ("task", "error"),
    [
        ({"task_status": "failed", "task_status_msg": "Failure to pass the risk control system"}, Moderated),
        ({"task_status": "failed", "task_status_msg": "service error"}, VendorFailed),
        ({"task_status": "failed"}, VendorFailed),
        ({"task_status": "succeed", "task_result": {"videos": []}}, VendorFailed),
        ({"task_status": "succeed"}, VendorFailed),
    ],
)
def test_a_task_that_came_to_nothing(server: FakeServer, task: dict[str, Any], error: type[HostedError]) -> None:
    """Its message says why; nobody calls it refused."""
    taken = _asked()
    server.faults.append(Fault(LOOK, reply=told(0, "SUCCEED", data={**task, "final_unit_deduction": "0"})))
    with pytest.raises(error) as problem:
        Kling().service().look(WISH, taken.id)
    assert problem.value.refused is False
    assert problem.value.cost == (0 if task["task_status"] == "failed" else None)


@pytest.mark.parametrize("units", [None, "", "much"])
def test_units_that_are_none(server: FakeServer, units: object) -> None:
    """What it has cost is then not known."""
    taken = _asked()
    done = {"task_status": "succeed", "task_result": {"videos": [{"url": "https://x.example/a.mp4"}]}}
    server.faults.append(Fault(LOOK, reply=told(0, "SUCCEED", data={**done, "final_unit_deduction": units})))
    assert Kling().service().look(WISH, taken.id) == Ready("https://x.example/a.mp4")


def test_a_task_of_another_account(server: FakeServer) -> None:
    """It is no task that failed, and its name leads nowhere else."""
    for job in ("elsewhere", "../../secrets"):
        with pytest.raises(BadRequest):
            Kling().service().look(WISH, job)
    assert all(request.path.startswith("/v1/videos/text2video/") for request in server.heard)


def test_an_address_that_has_expired(server: FakeServer, tmp_path: Path) -> None:
    """Another look gives a fresh one, under which the file comes."""
    taken, service, out = _asked(), Kling().service(), tmp_path / "clip.mp4"
    first = service.look(WISH, taken.id)
    assert isinstance(first, Ready)
    server.faults.append(Fault("GET /kling-files", reply=Reply(b"", 403)))
    with pytest.raises(Expired):
        service.fetch(WISH, taken.id, first, out)
    second = service.look(WISH, taken.id)
    assert isinstance(second, Ready)
    assert second.url != first.url
    service.fetch(WISH, taken.id, second, out)
    assert out.is_file()


@pytest.mark.parametrize("listed", [False, True], ids=["by its name", "among the latest"])
def test_a_lost_task_is_found_by_our_token(server: FakeServer, listed: bool) -> None:
    """The task that bears it is surely ours, whichever way the service is asked."""
    _asked("token-0")
    server.faults.append(Fault(POST, drop="after"))
    with pytest.raises(OutcomeUnknown):
        _asked("token-1")
    _asked("token-2")
    if listed:
        server.faults.append(Fault("GET /v1/videos/text2video/token-1", reply=told(1203, "not found", 404)))
    assert Kling().service().find(WISH, "token-1", "2026-11-01T00:00:00Z") == Surely(server.jobs[1].id)


@pytest.mark.parametrize(
    "data", [{"task_id": "8", "task_info": {"external_task_id": "another"}}, {"task_id": "8"}, None, "x"]
)
def test_a_task_that_is_not_surely_ours(server: FakeServer, data: object) -> None:
    """Where the service does not say our token back, nothing is claimed; nor is it claimed that there is none."""
    server.faults.append(Fault("GET /v1/videos/text2video/token", reply=told(0, "SUCCEED", data=data)))
    assert Kling().service().find(WISH, "token-1", "") is None


def test_a_lost_answer_costs_nothing_more(shop: Shop, server: FakeServer) -> None:
    """The task is taken up by its token in the same run, and nobody has to decide anything."""
    server.faults.append(Fault(POST, drop="after"))
    kept = shop.buy(Kling().service(), WISH)
    assert (kept.job, server.paid(), len(server.asked_for(POST))) == (server.jobs[0].id, 1, 1)
    assert kept.cost == "0.35"


def test_what_is_no_film_is_never_kept(shop: Shop, server: FakeServer) -> None:
    """The task stays open under its name."""
    server.outcomes.append("broken")
    with pytest.raises(VendorFailed, match="no film"):
        shop.buy(Kling().service(), WISH)
    assert (shop.ledger.entries()[0].state, server.paid()) == ("taken", 1)


@pytest.mark.parametrize(("outcome", "facts"), [("short", (1280, 720, 1.0)), ("narrow", (640, 360, 3.0))])
def test_a_film_that_is_other_than_asked(
    shop: Shop, server: FakeServer, outcome: Any, facts: tuple[int, int, float]
) -> None:
    """It is paid for and kept, with its own figures."""
    server.outcomes.append(outcome)
    kept = shop.buy(Kling().service(), WISH)
    assert (kept.facts["width"], kept.facts["height"], kept.facts["seconds"]) == facts


def test_killed_at_any_step_pays_at_most_once(shop: Shop, server: FakeServer) -> None:
    """However a process ends, the next one pays for no second clip: a lost task is found by its token."""
    with watched(Kling().service()) as (service, steps):
        shop.buy(service, WISH)
    assert len(steps.seen) > 14
    unknown = []
    for number, step in enumerate(steps.seen, 1):
        wish, before = replace(WISH, take=number + 1), server.paid()
        with watched(Kling().service(), number) as (service, _), pytest.raises(Killed):
            shop.buy(service, wish)
        paid = server.paid() - before
        try:
            kept = shop.buy(Kling().service(), wish)
        except OutcomeUnknown:
            assert paid == server.paid() - before == 0, step
            unknown.append(step)
            kept = shop.buy(Kling().service(), wish, consent=replace(AGREED, resubmit=frozenset({"wood"})))
        assert server.paid() - before == 1, step
        assert shop.shelf.is_whole(kept), step
    # Only where it ended after the intent was written and before the post can nobody know.
    assert "after ask" not in unknown
    assert "before ask" in unknown


def test_a_name_that_is_taken_leads_to_its_task(shop: Shop, server: FakeServer, tmp_path: Path) -> None:
    """Where another ledger has asked for the very same, that task is taken up, and nothing is paid again."""
    first = shop.buy(Kling().service(), WISH)
    (tmp_path / "ledger").rename(tmp_path / "lost")
    elsewhere = replace(shop, folder=tmp_path / "elsewhere")
    elsewhere.folder.mkdir()
    assert elsewhere.buy(Kling().service(), WISH).job == first.job
    assert server.paid() == 1


def test_no_key_and_no_token_gets_out(server: FakeServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With everything logged and every error printed, neither occurs, nor a signed address."""
    said, root = StringIO(), logging.getLogger()
    handler, before = logging.StreamHandler(said), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        hush()
        taken, service = _asked(), Kling().service()
        ready = service.look(WISH, taken.id)
        assert isinstance(ready, Ready)
        service.fetch(WISH, taken.id, ready, tmp_path / "clip.mp4")
        token = server.heard[0].headers["authorization"].split()[1]
        monkeypatch.setattr("scenes.backends.kling.signed", lambda *_: token)
        seen = f"{token} and {KEY} and https://x.example/a?sig=signed-9-secret"
        for reply in (told(1002, seen), told(5000, seen, 500), told(1201, seen, 400), Reply(seen.encode(), 401)):
            for match in (POST, LOOK):
                server.faults.append(Fault(match, reply=reply))
                with pytest.raises(HostedError) as problem:
                    _asked("token-9") if match == POST else service.look(WISH, taken.id)
                said.write("".join(traceback.format_exception(problem.value)))
        server.faults.append(Fault("GET /kling-files", drop="before"))
        with pytest.raises(NotReachable) as lost:
            service.fetch(WISH, taken.id, ready, tmp_path / "again.mp4")
        said.write("".join(traceback.format_exception(lost.value)))
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
    whole = said.getvalue()
    assert "Kling does not let this account in" in whole
    for secret in (Wire.access, Wire.secret, "signed-", "x-kcdn-pid", token, token.split(".")[1], token.split(".")[2]):
        assert secret not in whole
