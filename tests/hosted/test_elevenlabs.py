"""ElevenLabs' own library against a loopback ElevenLabs: what is paid, and what every answer means."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from audio.backends.elevenlabs import ElevenLabsEffects, ElevenLabsScore, ElevenLabsVoice
from audio.backends.elevenlabs.service import ElevenLabsService
from projects.hosted.catalogue import service
from projects.hosted.discretion import hush
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
from projects.hosted.job import Purchase, Ready
from storyboard.errors import DiskError, MissingError
from tests.hosted.conftest import Shop
from tests.hosted.elevenlabs_stage import EVERY, HEARD, LINE, PLAYED, POST, SCORE, SPOKEN, ask, lately, lent
from tests.hosted.fakes.elevenlabs import ElevenLabs as Wire
from tests.hosted.fakes.elevenlabs import refused
from tests.hosted.fakes.server import FakeServer, Fault, Reply

KEY = Wire.key


@pytest.fixture
def wire(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[FakeServer, Wire]]:
    """A loopback ElevenLabs that the table points to, and a key for it."""
    with lent(shop, monkeypatch) as lending:
        yield lending


@pytest.fixture
def server(wire: tuple[FakeServer, Wire]) -> FakeServer:
    """The server alone."""
    return wire[0]


@EVERY
@pytest.mark.parametrize(
    ("fault", "error", "refusal"),
    [
        (Fault(POST, drop="after"), OutcomeUnknown, False),
        (Fault(POST, drop="before"), OutcomeUnknown, False),
        (Fault(POST, cut=True), OutcomeUnknown, False),
        (Fault(POST, reply=refused(500, "internal", "oops")), OutcomeUnknown, False),
        (Fault(POST, reply=Reply(b"<html>", 502)), OutcomeUnknown, False),
        (Fault(POST, reply=refused(429, "too_many_concurrent_requests", "slow down")), RateLimited, True),
        (Fault(POST, reply=refused(401, "quota_exceeded", "3 credits left")), OutOfCredits, True),
        (Fault(POST, reply=refused(402, "payment_required", "upgrade")), OutOfCredits, True),
        (Fault(POST, reply=refused(401, "invalid_api_key", "no")), AuthError, True),
        (Fault(POST, reply=refused(401, "missing_permissions", "no")), AuthError, True),
        (Fault(POST, reply=refused(403, "only_for_creator", "no")), AuthError, True),
        (Fault(POST, reply=refused(400, "voice_not_found", "no such voice")), BadRequest, True),
        (Fault(POST, reply=refused(422, "", "no")), BadRequest, True),
        (Fault(POST, reply=refused(400, "bad_prompt", "a famous band")), Moderated, True),
        (Fault(POST, reply=refused(403, "content_policy_violation", "no")), Moderated, True),
        (Fault(POST, reply=Reply(b"", 307, {"location": "/v1/music"})), BadRequest, True),
    ],
)
def test_a_fault_while_asking(
    server: FakeServer, tmp_path: Path, fault: Fault, error: type[HostedError], refusal: bool, purchase: Purchase
) -> None:
    """Whatever goes wrong, there is one post and never a second, and it is told whether anything may be to pay."""
    server.faults.append(fault)
    with pytest.raises(HostedError) as told:
        ask(purchase, tmp_path)
    assert (type(told.value), told.value.refused) == (error, refusal)
    assert len(server.asked_for(POST)) == 1
    assert server.paid() == int(fault.drop == "after" or fault.cut)


@pytest.mark.parametrize("body", [b"<html>", {"x": 1}, [1], {"audio_base64": ""}])
def test_an_answer_that_is_none(server: FakeServer, tmp_path: Path, body: Any) -> None:
    """An answer that says yes and holds no line leaves it open whether anything was made."""
    server.faults.append(Fault(POST, reply=Reply(body)))
    with pytest.raises(OutcomeUnknown):
        ask(SPOKEN, tmp_path)


def test_what_the_service_suggests(server: FakeServer, tmp_path: Path) -> None:
    """A prompt that it stops comes back with another, which is handed on."""
    server.outcomes.append("moderated")
    with pytest.raises(Moderated) as told:
        ask(PLAYED, tmp_path)
    assert "A song like no other" in told.value.hint


def test_how_long_to_wait(server: FakeServer, tmp_path: Path) -> None:
    """The service says how many seconds; where it says nothing that is a number, it is none."""
    for said, seconds in (("7", 7.0), ("2.5", 2.5), ("soon", 0.0)):
        server.faults.append(Fault(POST, reply=Reply({"detail": "busy"}, 429, {"retry-after": said})))
        with pytest.raises(RateLimited) as told:
            ask(SPOKEN, tmp_path)
        assert told.value.after == seconds


@EVERY
def test_nobody_is_there(shop: Shop, server: FakeServer, tmp_path: Path, purchase: Purchase) -> None:
    """Where no connection is made nothing was asked for; an address that others read along with is refused."""
    for address, error in (("http://127.0.0.1:9", NotReachable), ("http://voices.example", BadRequest)):
        shop.write_services(f"services: {{elevenlabs: {{url: '{address}'}}}}\n")
        with pytest.raises(error) as told:
            ask(purchase, tmp_path)
        assert told.value.refused
    assert server.heard == []


def test_no_key(server: FakeServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a key nothing is sent, and the remedy names the variable; with one nothing stands in the way."""
    assert ElevenLabsVoice().check() == ElevenLabsScore().check() == ElevenLabsEffects().check() == ()
    monkeypatch.delenv("ELEVENLABS_API_KEY")
    with pytest.raises(AuthError) as told:
        ask(SPOKEN, tmp_path)
    assert "ELEVENLABS_API_KEY" in told.value.hint
    assert "ELEVENLABS_API_KEY" in ElevenLabsVoice().check()[0].fix
    assert server.heard == []


def test_a_disk_that_cannot_keep_it(server: FakeServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was paid for and could not be written is no refusal: it must not be asked for again without a word."""

    def full(*_: Any) -> None:
        raise DiskError("the disk is full", "Free some space.")

    monkeypatch.setattr("audio.backends.elevenlabs.service._write", full)
    with pytest.raises(OutcomeUnknown, match="could not be kept"):
        ask(SPOKEN, tmp_path)
    assert server.paid() == 1


@EVERY
def test_what_is_no_sound(server: FakeServer, tmp_path: Path, purchase: Purchase) -> None:
    """It is not accepted."""
    server.outcomes.append("broken")
    taken = ask(purchase, tmp_path)
    assert taken.file is not None
    with pytest.raises(VendorFailed, match="no sound"):
        ElevenLabsService().accept(purchase, taken.file)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"audio_base64": "@@@"}', '{"audio_base64": ""}'])
def test_what_is_no_line(tmp_path: Path, text: str) -> None:
    """Whatever else an answer is, it is not accepted."""
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(VendorFailed):
        ElevenLabsService().accept(SPOKEN, tmp_path / "a.json")


def test_a_lost_line_is_found_in_the_history(server: FakeServer, tmp_path: Path) -> None:
    """Its sound and its times come free of charge, and it is the very same line."""
    service, asked = ElevenLabsService(), lately()
    first = ask(SPOKEN, tmp_path)
    server.faults.append(Fault(POST, drop="after"))
    other = ElevenLabsVoice().purchase(replace(LINE, text="Another line."))
    with pytest.raises(OutcomeUnknown):
        ask(other, tmp_path)
    found = service.find(other, "token", asked)
    assert found is not None
    assert found.id == "request-elevenlabs-job-2"
    ready = service.look(SPOKEN, first.id)
    assert ready == Ready("item-elevenlabs-job-1", Decimal("0.0030"))
    service.fetch(SPOKEN, first.id, ready, tmp_path / "again.json")
    assert first.file is not None
    assert (tmp_path / "again.json").read_bytes() == first.file.read_bytes()
    assert service.look(other, found.id) == Ready("item-elevenlabs-job-2", Decimal("0.0013"))
    assert len(server.asked_for(POST)) == server.paid() == 2


@pytest.mark.parametrize("case", ["twice", "earlier", "voice", "model", "text", "settings", "not kept"])
def test_a_lost_line_that_nobody_can_be_sure_of(wire: tuple[FakeServer, Wire], tmp_path: Path, case: str) -> None:
    """Two that fit, one from before, or one of another voice, model, text or settings is not it."""
    _, language = wire
    wanted = ElevenLabsVoice().purchase(replace(LINE, model=(("stability", 0.3),)))
    changes: dict[str, Any] = {
        "voice": {"voice": "Sarah"},
        "model": {"model": (("name", "v3"), ("stability", 0.3))},
        "text": {"text": "Well, Yorblef kept seven kegs."},
        "settings": {"model": (("stability", 0.9),)},
    }
    language.early = 60.0 if case == "earlier" else 0.0
    language.keeps = case != "not kept"
    asked = lately()
    there = ElevenLabsVoice().purchase(replace(LINE, **{"model": (("stability", 0.3),), **changes.get(case, {})}))
    for _ in range(2 if case == "twice" else 1):
        ask(there, tmp_path)
    assert ElevenLabsService().find(wanted, "token", asked) is None


def test_clocks_that_disagree(server: FakeServer, tmp_path: Path) -> None:
    """A line is looked for by the service's own clock."""
    from audio.backends.elevenlabs.service import _at_the_service, _client

    ahead = datetime.now(UTC) + timedelta(hours=2)

    answer = SimpleNamespace(headers={"date": ahead.strftime("%a, %d %b %Y %H:%M:%S GMT")})
    raw = SimpleNamespace(list=lambda **_: answer)
    there = _at_the_service(SimpleNamespace(history=SimpleNamespace(with_raw_response=raw)), datetime.now(UTC))
    assert abs(there - ahead) < timedelta(seconds=6)
    with _client() as client:
        assert abs(_at_the_service(client, datetime.now(UTC)) - datetime.now(UTC)) < timedelta(seconds=6)


@pytest.mark.parametrize("purchase", [PLAYED, HEARD], ids=["music", "effects"])
def test_music_and_effects_are_handed_over_once(server: FakeServer, tmp_path: Path, purchase: Purchase) -> None:
    """Nothing lists them: a lost answer stays unknown, and a lost file is lost; nobody is asked for it."""
    service = ElevenLabsService()
    assert service.find(purchase, "token", lately()) is None
    assert service.look(purchase, "request-1") == Ready("request-1")
    with pytest.raises(VendorFailed, match="keeps none") as told:
        service.fetch(purchase, "request-1", Ready("request-1"), tmp_path / "tune.mp3")
    assert not told.value.retryable
    assert server.heard == []


def test_a_history_that_does_not_answer(server: FakeServer) -> None:
    """That says nothing of the line."""
    service = ElevenLabsService()
    server.faults.append(Fault("GET /v1/history", reply=Reply({"detail": "oops"}, 503)))
    with pytest.raises(NotReachable):
        service.look(SPOKEN, "request-1")
    with pytest.raises(BadRequest, match="history_item_not_found"):
        service.look(SPOKEN, "request-1")


def test_bought_like_anything_else(shop: Shop, server: FakeServer) -> None:
    """Through the house's till: asked for once, kept on the shelf, found after a lost answer, never paid twice."""
    service = ElevenLabsService()
    kept = shop.buy(service, SPOKEN, money="0.003")
    assert (kept.media, kept.suffix, Decimal(kept.cost), kept.facts["timed"]) == (
        "audio",
        ".json",
        Decimal("0.003"),
        True,
    )
    shop.buy(service, SPOKEN)
    server.faults.append(Fault(POST, drop="after"))
    other = ElevenLabsVoice().purchase(replace(LINE, text="Another line."))
    found = shop.buy(service, other, slot="wood/hero-2")
    assert (found.job, found.cost) == ("request-elevenlabs-job-2", "0.0013")
    assert server.paid() == len(server.asked_for(POST)) == 2


def test_a_model_of_the_users_own(shop: Shop, server: FakeServer) -> None:
    """The user's table names models, and which of them is the usual one."""
    shop.write_services(
        "services: {elevenlabs: {default: v9, models: {v9: {id: eleven_v9, media: speech}, "
        "music-v1: {retired_on: 2026-01-01, successor: music-v2}}}}\n"
    )
    assert ElevenLabsVoice().purchase(LINE).model == "eleven_v9"
    assert ElevenLabsScore().purchase(SCORE).model == "music_v2"
    with pytest.raises(MissingError):
        ElevenLabsVoice().purchase(replace(LINE, model=(("name", "v99"),)))
    assert service("elevenlabs").default == "v9"


def test_no_key_gets_out(server: FakeServer, tmp_path: Path) -> None:
    """With everything logged and every error printed, the key does not occur, whatever the service says back."""
    said = StringIO()
    root, handler = logging.getLogger(), logging.StreamHandler(said)
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        hush()
        for purchase in (SPOKEN, PLAYED, HEARD):
            ask(purchase, tmp_path)
            for reply in (
                refused(401, "invalid_api_key", f"{KEY} is no key"),
                refused(401, "quota_exceeded", f"nothing left for {KEY}"),
                Reply({"detail": f"Bearer {KEY}"}, 500),
            ):
                server.faults.append(Fault(POST, reply=reply))
                with pytest.raises(HostedError) as told:
                    ask(purchase, tmp_path)
                said.write("".join(traceback.format_exception(told.value)))
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
    whole = said.getvalue()
    assert "does not accept the key" in whole
    for secret in (KEY, "0123456789abcdef", "Yorblef"):
        assert secret not in whole
