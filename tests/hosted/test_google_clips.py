"""Where a clip of Google lies and how it is fetched, what is kept of it, and what a process that ends leaves behind."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from projects.hosted.downloads import Expired
from projects.hosted.errors import (
    AuthError,
    HostedError,
    NotReachable,
    OutcomeUnknown,
    VendorFailed,
)
from projects.hosted.job import Pending, Purchase, Ready, Taken
from scenes.backends.google import Google, access
from tests.hosted.asked import asked
from tests.hosted.conftest import AGREED, Shop
from tests.hosted.crashes import Killed, watched
from tests.hosted.fakes.google import Google as Wire
from tests.hosted.fakes.google import error as said
from tests.hosted.fakes.server import FakeServer, Fault, Reply
from tests.hosted.google_stage import EVERY, OMNI, POST, VEO, lent

STORED = replace(VEO, body={**VEO.body, "output_gcs_uri": "gs://film-bucket/clips"})


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


def test_a_clip_in_the_account_s_own_storage(server: FakeServer, tmp_path: Path) -> None:
    """It is opened with the account's token, which never leaves memory."""
    service, job = Google().service(), _asked(STORED).id
    ready = service.look(STORED, job)
    assert isinstance(ready, Ready)
    assert ready.url.startswith(f"{server.url}/download/storage/v1/b/film-bucket/o/clips%2F")
    assert ready.headers == {"Authorization": f"Bearer {Wire.ticket}"}
    service.fetch(STORED, job, ready, tmp_path / "clip.mp4")
    assert service.accept(STORED, tmp_path / "clip.mp4")["seconds"] == 1.0


def test_storage_is_google_s_own_without_an_address_in_the_table(
    server: FakeServer, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The token goes to Google's storage and nowhere else."""
    from scenes.backends.google import veo

    shop.write_services("services: {}\n")
    ready = veo._stored("gs://film-bucket/clips/a b.mp4", lambda: {"Authorization": "Bearer x"})
    assert ready.url == "https://storage.googleapis.com/download/storage/v1/b/film-bucket/o/clips%2Fa%20b.mp4?alt=media"


def test_a_file_that_is_not_written_yet(wire: Wire, server: FakeServer) -> None:
    """An interaction may be completed before its file is; a file that failed is told as that."""
    service, job = Google().service(), _asked(OMNI).id
    wire.states += ["PROCESSING", "ACTIVE", "FAILED"]
    assert service.look(OMNI, job) == Pending()
    assert isinstance(service.look(OMNI, job), Ready)
    with pytest.raises(VendorFailed, match="no room"):
        service.look(OMNI, job)


@pytest.mark.parametrize("uri", ["files/{id}", "{url}/v1beta/files/{id}"])
def test_a_file_by_its_name(wire: Wire, server: FakeServer, tmp_path: Path, uri: str) -> None:
    """Google's guide shows more than one way in which it may be named; each leads to the clip, opened by the key."""
    wire.uri = uri
    service, job = Google().service(), _asked(OMNI).id
    ready = service.look(OMNI, job)
    assert isinstance(ready, Ready)
    assert ready.url == f"{server.url}/v1beta/files/{job}:download?alt=media"
    service.fetch(OMNI, job, ready, tmp_path / "clip.mp4")
    assert service.accept(OMNI, tmp_path / "clip.mp4")["seconds"] == 3.0


def test_a_file_that_lies_elsewhere_is_fetched_without_the_key(wire: Wire, server: FakeServer, tmp_path: Path) -> None:
    """The key is for Google only."""
    wire.uri = server.url.replace("127.0.0.1", "localhost") + "/elsewhere/{id}"
    service, job = Google().service(), _asked(OMNI).id
    ready = service.look(OMNI, job)
    assert isinstance(ready, Ready)
    service.fetch(OMNI, job, ready, tmp_path / "clip.mp4")
    (fetched,) = server.asked_for("GET /elsewhere")
    assert "x-goog-api-key" not in fetched.headers


def test_a_file_that_is_no_longer_shown_ends_nothing(wire: Wire, server: FakeServer) -> None:
    """It may be another account's key: that must not open the way to another payment."""
    service, job = Google().service(), _asked(OMNI).id
    server.faults.append(Fault("GET .*/files/", reply=said(403, "You do not have permission", "PERMISSION_DENIED")))
    with pytest.raises(NotReachable, match="does not show"):
        service.look(OMNI, job)


@pytest.mark.parametrize("purchase", [STORED, OMNI], ids=["storage", "interactions"])
def test_an_address_that_has_expired(server: FakeServer, tmp_path: Path, purchase: Purchase) -> None:
    """Another look gives a fresh one, with the same job."""
    service, job = Google().service(), _asked(purchase).id
    ready = service.look(purchase, job)
    assert isinstance(ready, Ready)
    server.faults.append(Fault("GET .*(:download|/storage/)", reply=Reply(status=403)))
    with pytest.raises(Expired):
        service.fetch(purchase, job, ready, tmp_path / "clip.mp4")
    again = service.look(purchase, job)
    assert isinstance(again, Ready)
    service.fetch(purchase, job, again, tmp_path / "clip.mp4")
    assert server.paid() == 1


def test_a_clip_that_comes_inside_the_answer(shop: Shop, wire: Wire, server: FakeServer) -> None:
    """An interaction may hand its clip over at once; nothing of it is written down but the file."""
    wire.inline = True
    kept = shop.buy(Google().service(), OMNI)
    assert shop.shelf.is_whole(kept)
    assert b"base64" not in b"".join(path.read_bytes() for path in shop.folder.rglob("*.json"))


def test_a_clip_that_cannot_be_decoded(shop: Shop, server: FakeServer, tmp_path: Path) -> None:
    """It is never written as a file."""
    with pytest.raises(VendorFailed, match="cannot be decoded"):
        Google().service().fetch(OMNI, "x", Ready("data:video/mp4;base64,no*base64"), tmp_path / "clip.mp4")
    assert not list(tmp_path.glob("clip*"))


@EVERY
def test_what_is_no_film_is_never_kept(shop: Shop, server: FakeServer, purchase: Purchase) -> None:
    """The job stays open under its name."""
    server.outcomes.append("broken")
    with pytest.raises(VendorFailed, match="no film"):
        shop.buy(Google().service(), purchase)
    assert (shop.ledger.entries()[0].state, server.paid()) == ("taken", 1)


@EVERY
@pytest.mark.parametrize(("outcome", "size", "seconds"), [("narrow", (320, 180), 0), ("short", (0, 0), 1.0)])
def test_a_film_that_is_other_than_asked(
    shop: Shop, server: FakeServer, purchase: Purchase, outcome: Any, size: tuple[int, int], seconds: float
) -> None:
    """What came is told as it is: it was paid for, and is cut like footage."""
    server.outcomes.append(outcome)
    facts = shop.buy(Google().service(), purchase).facts
    assert size in ((0, 0), (facts["width"], facts["height"]))
    assert seconds in (0, facts["seconds"])


@EVERY
def test_killed_at_any_step_pays_at_most_once(shop: Shop, server: FakeServer, purchase: Purchase) -> None:
    """However a process ends, the next one pays for no second clip."""
    server.outcomes = ["narrow"] * 100
    with watched(Google().service()) as (service, steps):
        shop.buy(service, purchase)
    for number, step in enumerate(steps.seen, 1):
        again, before = replace(purchase, take=number + 1), server.paid()
        with watched(Google().service(), number) as (service, _), pytest.raises(Killed):
            shop.buy(service, again)
        try:
            assert shop.shelf.is_whole(shop.buy(Google().service(), again)), step
        except OutcomeUnknown:
            # A person looks into the console: the last job's name. Where none was taken on, one is asked for by hand.
            found = {"wood": server.jobs[-1].id}
            shop.buy(Google().service(), again, consent=replace(AGREED, jobs=found))
        assert server.paid() - before <= 1, step


@EVERY
def test_a_lost_job_is_never_guessed(server: FakeServer, purchase: Purchase) -> None:
    """Nothing lists what an account has asked for."""
    _asked(purchase)
    assert Google().service().find(purchase, "token", "2026-11-23T00:00:00+00:00") is None


@pytest.mark.parametrize("purchase", [VEO, STORED, OMNI], ids=["vertex", "storage", "interactions"])
def test_no_key_no_token_and_no_signature_gets_out(shop: Shop, server: FakeServer, purchase: Purchase) -> None:
    """Neither logs at DEBUG, nor tracebacks with all their values, nor files hold any of them."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    told = ""
    try:
        shop.buy(Google().service(), purchase)
        echo = f"bad request with {Wire.key} for https://x.example/y?sig=signed-google and Bearer {Wire.ticket}"
        for fault in (
            _answer(500, echo),
            _answer(400, echo),
            Fault(POST, drop="after"),
            Fault("GET|POST", drop="after"),
        ):
            server.faults[:] = [fault]
            try:
                shop.buy(Google().service(), replace(purchase, take=len(told) + 2))
            except HostedError as problem:
                told += "".join(traceback.format_exception(problem)) + repr(problem.args)
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    written = b"".join(path.read_bytes() for path in shop.folder.parent.rglob("*.json*") if path.name != "account.json")
    assert told
    for secret in (Wire.key, Wire.ticket, "signed-google", "PRIVATE KEY"):
        assert secret not in stream.getvalue() + told + written.decode()


def test_each_way_needs_its_own_key(shop: Shop, server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is missing for one way stops only that one, and names what mends it."""
    backend = Google()
    omni, veo = (backend.wish(asked({"name": name}, seconds=4)) for name in ("omni-1.1", "veo-3.1"))
    monkeypatch.delenv("GOOGLE_API_KEY")
    assert backend.check() == ()
    assert "GOOGLE_API_KEY" in backend.obstacles(omni)[0].fix
    assert backend.obstacles(veo) == ()
    with pytest.raises(AuthError, match="no key"):
        _asked(OMNI)
    monkeypatch.delenv("GOOGLE_CLOUD_PROJECT")
    assert ["GOOGLE_CLOUD_PROJECT" in one.fix for one in backend.obstacles(veo)] == [True]
    with pytest.raises(AuthError, match="no project"):
        _asked(VEO)
    assert len(backend.check()) == 2
    monkeypatch.setenv("GEMINI_API_KEY", Wire.key)
    assert backend.check() == ()
    assert not server.heard


@pytest.mark.parametrize("where", ["nowhere", "gcloud", "settings", "run", "machine"])
def test_credentials_are_seen_without_asking_anybody(
    shop: Shop, server: FakeServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """A file that was named, one that `gcloud` wrote, or a machine of Google's."""
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "none.json"))
    assert "is not there" in access.missing()[0].what
    monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS")
    for name in ("K_SERVICE", "GAE_RUNTIME", "GCE_METADATA_HOST", "CLOUD_SHELL", "CLOUDSDK_CONFIG", "APPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(access, "_PRODUCT", tmp_path / "product_name")
    folder = tmp_path / ("elsewhere" if where == "settings" else ".config/gcloud")
    if where in ("gcloud", "settings"):
        folder.mkdir(parents=True)
        (folder / "application_default_credentials.json").write_text("{}", encoding="utf-8")
    if where == "settings":
        monkeypatch.setenv("CLOUDSDK_CONFIG", str(folder))
    if where == "run":
        monkeypatch.setenv("K_SERVICE", "film")
    if where == "machine":
        (tmp_path / "product_name").write_text("Google Compute Engine\n", encoding="ascii")
    problems = access.missing()
    assert bool(problems) is (where == "nowhere")
    if problems:
        assert "gcloud auth application-default login" in problems[0].fix
    assert not server.heard
