"""Google's own library against a loopback Google: what is paid, and what every answer of both ways means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

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
from scenes.backends.google import Google
from tests.hosted.conftest import Shop
from tests.hosted.fakes.google import Google as Wire
from tests.hosted.fakes.google import error as said
from tests.hosted.fakes.server import FakeServer, Fault, Reply
from tests.hosted.google_stage import EVERY, OMNI, POST, VEO, lent

LOOK = "(POST .*:fetchPredictOperation|GET .*/interactions/.*)$"
RETRY = {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "34s"}
DAY = {"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": [{"quotaId": "ClipsPerDayPerProject"}]}


@pytest.fixture
def wire(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    """A loopback Google."""
    with lent(shop, monkeypatch) as language:
        yield language


@pytest.fixture
def server(wire: Wire) -> FakeServer:
    """Its server."""
    return wire.server


def _asked(purchase: Purchase) -> Taken:
    return Google().service().ask(purchase, {}, Path(), "token")


def _answer(status: int, told: str, *details: dict[str, Any]) -> Fault:
    return Fault(POST, reply=said(status, told, "WORD", *details))


@EVERY
def test_from_asking_to_the_file(server: FakeServer, tmp_path: Path, purchase: Purchase) -> None:
    """Pending while it is made, then the clip itself or its address; a film with sound."""
    server.looks_needed = 2
    service = Google().service()
    job = service.ask(purchase, {}, tmp_path, "token").id
    assert service.look(purchase, job) == Pending()
    ready = service.look(purchase, job)
    assert isinstance(ready, Ready)
    service.fetch(purchase, job, ready, tmp_path / "clip.mp4")
    facts = service.accept(purchase, tmp_path / "clip.mp4")
    size = (1280, 720, 1.0) if purchase is VEO else (640, 360, 3.0)
    assert (facts["width"], facts["height"], facts["seconds"]) == size
    assert facts["sound"]
    assert server.paid() == 1


@EVERY
@pytest.mark.parametrize(
    ("fault", "kind", "refused"),
    [
        (Fault(POST, drop="after"), OutcomeUnknown, False),
        (Fault(POST, drop="before"), OutcomeUnknown, False),
        (Fault(POST, cut=True), OutcomeUnknown, False),
        (Fault(POST, reply=Reply(b"<html>")), OutcomeUnknown, False),
        (Fault(POST, reply=Reply({"object": "other"})), OutcomeUnknown, False),
        (Fault(POST, reply=Reply([])), OutcomeUnknown, False),
        (_answer(500, "x"), OutcomeUnknown, False),
        (_answer(503, "x"), OutcomeUnknown, False),
        (_answer(504, "x"), OutcomeUnknown, False),
        (
            _answer(429, "You exceeded your current quota, please check your plan and billing details."),
            RateLimited,
            True,
        ),
        (_answer(429, "Quota exceeded", DAY, RETRY), OutOfCredits, True),
        (_answer(429, "Your prepayment credits are depleted."), OutOfCredits, True),
        (_answer(403, "This API method requires billing to be enabled."), OutOfCredits, True),
        (_answer(400, "The prompt violates Google's Responsible AI practices."), Moderated, True),
        (_answer(400, "Request blocked for safety reasons."), Moderated, True),
        (_answer(400, "Invalid value for safety_settings."), BadRequest, True),
        (_answer(400, "API key not valid. Please pass a valid API key."), AuthError, True),
        (_answer(401, "no"), AuthError, True),
        (_answer(403, "Requests to this API method are blocked. API_KEY_SERVICE_BLOCKED"), AuthError, True),
        (_answer(404, "Publisher model was not found."), BadRequest, True),
    ],
)
def test_a_fault_while_asking(
    server: FakeServer, purchase: Purchase, fault: Fault, kind: type[HostedError], refused: bool
) -> None:
    """Whatever goes wrong, there is one post and never a second, and it is told whether anything may be to pay."""
    server.faults.append(fault)
    with pytest.raises(HostedError) as told:
        _asked(purchase)
    assert (type(told.value), told.value.refused) == (kind, refused)
    assert len(server.asked_for(POST)) == 1
    assert server.paid() == int(fault.drop == "after" or fault.cut)


def test_without_the_switch_the_library_would_pay_twice(server: FakeServer) -> None:
    """It asks again after a 500, all by itself: this is what `attempts=1` is for."""
    from google import genai
    from google.genai import types

    server.faults.append(_answer(500, "x"))
    options = types.HttpOptions(base_url=server.url, retry_options=None)
    with genai.Client(api_key=Wire.key, vertexai=False, http_options=options) as client:
        client.interactions.create(model=OMNI.model, input="a wood", background=True)
    assert len(server.asked_for(POST)) == 2


def test_a_job_that_would_go_on_in_a_second_request(server: FakeServer) -> None:
    """The library may go on by itself where an answer stops halfway; a job in the background is not touched."""
    server.faults.append(
        Fault(POST, reply=Reply({"id": "half", "status": "requires_continuation", "continuation_token": "t"}))
    )
    assert _asked(OMNI).id == "half"
    assert len(server.asked_for(POST)) == 1


@EVERY
def test_how_long_to_wait(server: FakeServer, purchase: Purchase) -> None:
    """Google says it in a header, among the details, or not at all."""
    header = replace(said(429, "slow down", "WORD"), headers={"retry-after": "7"})
    for reply, seconds in ((header, 7.0), (said(429, "slow", "WORD", RETRY), 34.0), (said(429, "slow", "WORD"), 0.0)):
        server.faults.append(Fault(POST, reply=reply))
        with pytest.raises(RateLimited) as told:
            _asked(purchase)
        assert told.value.after == seconds


@EVERY
def test_nobody_is_there(shop: Shop, server: FakeServer, purchase: Purchase) -> None:
    """Where no connection is made nothing was asked for."""
    shop.write_services("services: {google: {url: 'http://127.0.0.1:9'}}\n")
    with pytest.raises(NotReachable) as told:
        _asked(purchase)
    assert told.value.refused


@EVERY
def test_keys_are_not_sent_where_others_read_along(shop: Shop, server: FakeServer, purchase: Purchase) -> None:
    """An address of the user's that is not encrypted and not this machine is refused."""
    shop.write_services("services: {google: {url: 'http://google.example'}}\n")
    with pytest.raises(BadRequest, match="not encrypted"):
        _asked(purchase)


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Reply({"error": "invalid_grant", "error_description": "Invalid JWT"}, 400), AuthError),
        (Reply({"error": "unavailable"}, 503), NotReachable),
    ],
)
def test_an_account_that_is_not_opened(
    server: FakeServer, monkeypatch: pytest.MonkeyPatch, reply: Reply, kind: type[HostedError]
) -> None:
    """A token that is refused, or cannot be had for the moment, has asked for no clip."""
    monkeypatch.setattr("google.auth._exponential_backoff.time.sleep", lambda seconds: None)
    server.faults += [Fault("POST /token", reply=reply)] * 8
    with pytest.raises(kind) as told:
        _asked(VEO)
    assert told.value.refused
    assert not server.asked_for(POST)


def test_a_token_is_asked_for_once(server: FakeServer, tmp_path: Path) -> None:
    """It lasts an hour: looking at a job does not ask for another each time."""
    server.looks_needed = 3
    service = Google().service()
    job = service.ask(VEO, {}, tmp_path, "token").id
    for _ in range(3):
        service.look(VEO, job)
    assert len(server.asked_for("POST /token")) == 1


@pytest.mark.parametrize("switch", ["GOOGLE_GENAI_USE_VERTEXAI", "GOOGLE_GENAI_USE_ENTERPRISE"])
@EVERY
def test_the_library_s_own_switches_change_nothing(
    server: FakeServer, monkeypatch: pytest.MonkeyPatch, switch: str, purchase: Purchase
) -> None:
    """The table says which way a model goes, not an environment made for something else."""
    for said_so in ("true", "false"):
        monkeypatch.setenv(switch, said_so)
        _asked(purchase)
    assert server.paid() == 2


@EVERY
def test_a_job_goes_on_in_another_process(
    server: FakeServer, monkeypatch: pytest.MonkeyPatch, purchase: Purchase
) -> None:
    """Its name is all that is needed, even where the next job would be made for another project, elsewhere."""
    job = _asked(purchase).id
    monkeypatch.setenv("GOOGLE_CLOUD_LOCATION", "europe-west4")
    monkeypatch.setenv("GOOGLE_CLOUD_PROJECT", "another-project")
    assert isinstance(Google().service().look(purchase, job), Ready)


def test_an_operation_is_looked_for_where_it_runs(server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each place has a host of its own, and the job's name holds it."""
    from google import genai

    job, opened, real = _asked(VEO).id, [], genai.Client

    def client(**settings: Any) -> Any:
        opened.append((settings["project"], settings["location"]))
        return real(**settings)

    monkeypatch.setenv("GOOGLE_CLOUD_LOCATION", "europe-west4")
    monkeypatch.setattr(genai, "Client", client)
    Google().service().look(VEO, job)
    assert opened == [("film-project", "us-central1")]


def test_the_last_part_of_an_operation_s_name_is_enough(server: FakeServer) -> None:
    """A person who has only found that in a console can hand it over."""
    job = _asked(VEO).id
    assert isinstance(Google().service().look(VEO, job.rpartition("/")[2]), Ready)


@EVERY
@pytest.mark.parametrize("job", ["", "../../secrets", "a b", "projects/x/operations/../y", "x?y=z"])
def test_what_cannot_be_a_job_is_not_asked_for(server: FakeServer, purchase: Purchase, job: str) -> None:
    """A name from outside never becomes part of another address."""
    with pytest.raises(BadRequest, match="is not the name"):
        Google().service().look(purchase, job)
    assert not server.heard


@EVERY
def test_a_job_that_nobody_knows(server: FakeServer, purchase: Purchase) -> None:
    """It is told as an error of the look, and nothing is decided by it."""
    server.outcomes.append("vanishes")
    job = _asked(purchase).id
    with pytest.raises(BadRequest):
        Google().service().look(purchase, job)


@EVERY
@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault(LOOK, drop="after"), NotReachable),
        (Fault(LOOK, reply=Reply(b"<html>")), NotReachable),
        (Fault(LOOK, reply=said(500, "x", "WORD")), NotReachable),
        (Fault(LOOK, reply=said(429, "x", "WORD")), RateLimited),
        (Fault(LOOK, reply=said(401, "x", "WORD")), AuthError),
        (Fault(LOOK, reply=said(400, "blocked for safety reasons", "WORD")), BadRequest),
    ],
)
def test_a_look_that_failed(server: FakeServer, purchase: Purchase, fault: Fault, kind: type[HostedError]) -> None:
    """The job is not lost by it, and the next look sees it."""
    job = _asked(purchase).id
    server.faults.append(fault)
    service = Google().service()
    with pytest.raises(kind) as told:
        service.look(purchase, job)
    assert type(told.value) is kind
    assert isinstance(service.look(purchase, job), Ready)


@EVERY
def test_moderation_that_looks_like_success(shop: Shop, server: FakeServer, purchase: Purchase) -> None:
    """A job that is done and holds no clip was stopped by the filter, with the reason; it may have cost something."""
    server.outcomes.append("moderated")
    with pytest.raises(Moderated, match=r"58061214|cannot make this clip") as told:
        shop.buy(Google().service(), purchase)
    assert not told.value.refused
    assert shop.ledger.entries()[0].state == "failed"


@EVERY
def test_a_job_that_fails(shop: Shop, server: FakeServer, purchase: Purchase) -> None:
    """It is told as what it was."""
    server.outcomes.append("failed")
    with pytest.raises(VendorFailed, match="Internal error") as told:
        shop.buy(Google().service(), purchase)
    assert told.value.retryable


@pytest.mark.parametrize(
    ("told", "kind", "retryable"),
    [
        ({"error": {"code": 3, "message": "Unsupported output video duration"}}, VendorFailed, False),
        ({"error": {"code": 14, "message": "The service is overloaded"}}, VendorFailed, True),
        ({"error": {"code": 3, "message": "The image violates Google's usage guidelines"}}, Moderated, None),
        ({"response": {}}, VendorFailed, True),
        ({"response": {"videos": [{"gcsUri": "https://elsewhere.example/x.mp4"}]}}, VendorFailed, True),
    ],
)
def test_how_an_operation_can_end(
    server: FakeServer, told: dict[str, Any], kind: type[HostedError], retryable: bool | None
) -> None:
    """Whose fault it was decides whether another job may succeed."""
    job = _asked(VEO).id
    server.faults.append(Fault(LOOK, reply=Reply({"name": job, "done": True, **told})))
    with pytest.raises(kind) as problem:
        Google().service().look(VEO, job)
    assert getattr(problem.value, "retryable", None) is retryable


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ({"status": "failed", "errors": [{"code": "PROHIBITED_CONTENT", "message": "no"}]}, Moderated),
        ({"status": "cancelled"}, VendorFailed),
        ({"status": "budget_exceeded"}, VendorFailed),
        ({"status": "requires_action"}, VendorFailed),
        ({"status": "dreaming"}, NotReachable),
        (
            {"status": "completed", "usage": {"output_tokens_by_modality": [{"modality": "video", "tokens": 9}]}},
            VendorFailed,
        ),
    ],
)
def test_how_an_interaction_can_end(server: FakeServer, told: dict[str, Any], kind: type[HostedError]) -> None:
    """A word that is new ends nothing; a clip that was made and is not there is no work of a filter."""
    job = _asked(OMNI).id
    server.faults.append(Fault(LOOK, reply=Reply({"id": job, "object": "interaction", "steps": [], **told})))
    with pytest.raises(HostedError) as problem:
        Google().service().look(OMNI, job)
    assert type(problem.value) is kind
