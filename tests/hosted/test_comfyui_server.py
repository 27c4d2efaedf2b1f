"""Which ComfyUI server is spoken to and how it is opened; how clips are bought there; and a real server's answers."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from projects.hosted.discretion import hush
from projects.hosted.errors import (
    AuthError,
    Declined,
    HostedError,
    VendorFailed,
)
from projects.hosted.job import Consent, Surely
from scenes.backends.comfyui import ComfyUi
from scenes.backends.comfyui.server import ComfyUiService
from storyboard.errors import RenderError
from tests.hosted.comfyui_stage import POST, SERVICE, Lent, ask, files_of, lent, made, purchase_of
from tests.hosted.comfyui_takes import TAKES, Set, written
from tests.hosted.conftest import AGREED, Shop
from tests.hosted.fakes.comfyui import SLOTS
from tests.hosted.fakes.server import FakeServer, Fault, Reply, serving
from tests.hosted.fakes.transcript import Recorded

OPENS = "token-of-a-rented-server-0123456789"
TRANSCRIPT = json.loads((Path(__file__).parent / "transcripts" / "comfyui.json").read_text(encoding="utf-8"))


@pytest.fixture
def server(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lent]:
    """A loopback ComfyUI, open to everybody."""
    with lent(shop, monkeypatch) as running:
        yield running


def test_a_token_opens_every_door(server: Lent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the server wants one it goes with every request, the file's too; without it the server's no is told."""
    server.comfy.token = OPENS
    with pytest.raises(AuthError, match="does not accept the key"):
        ask(tmp_path)
    monkeypatch.setenv("COMFYUI_API_KEY", OPENS)
    purchase, taken, ready = made(server, tmp_path)
    assert ready.headers == {"authorization": f"Bearer {OPENS}"}
    SERVICE.fetch(purchase, taken.id, ready, tmp_path / "clip.mp4")
    assert SERVICE.find(purchase, "token", "") == Surely(taken.id)


def test_no_token_gets_out(server: Lent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the log of all libraries nor the traceback of a refusal that repeats it shows it."""
    monkeypatch.setenv("COMFYUI_API_KEY", OPENS)
    server.comfy.token = OPENS
    seen = StringIO()
    handler = logging.StreamHandler(seen)
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        hush()
        made(server, tmp_path)
        for reply in (Reply({"error": f"bad token {OPENS}"}, 401), Reply({"error": {"message": OPENS}}, 400)):
            server.faults.append(Fault(POST, reply=reply))
            with pytest.raises(HostedError) as told:
                ask(tmp_path)
            seen.write("".join(traceback.format_exception(told.value)))
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    assert "[hidden]" in seen.getvalue()
    assert OPENS not in seen.getvalue()


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("", "no address"),
        ("http://comfy.example:8188", "not encrypted"),
        ("http://192.168.1.5:8188", "not encrypted"),
        ("ftp://127.0.0.1", "not one of the web"),
        ("127.0.0.1:8188", "not one of the web"),
        ("https://me:secret-word@comfy.example", "holds a name, a password"),
        ("https://comfy.example/?token=secret-word", "holds a name, a password"),
        ("https://[comfy", "is none"),
    ],
)
def test_an_address_that_is_not_used(
    shop: Shop, server: Lent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, told: str
) -> None:
    """It is told beforehand and at every step, with what to write, and without what was written into it."""
    shop.write_services("services: {}\n")
    monkeypatch.setenv("COMFYUI_URL", url)
    (problem,) = ComfyUi().check()
    assert told in problem.what
    assert problem.fix
    with pytest.raises(AuthError, match=told) as error:
        ask(tmp_path)
    assert "secret-word" not in f"{error.value}{problem}"


def test_the_address_of_the_environment_goes_first(
    shop: Shop, server: Lent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that is rented for a day needs no change of the user's table."""
    shop.write_services("services: {comfyui: {url: 'http://127.0.0.1:9'}}\n")
    monkeypatch.setenv("COMFYUI_URL", server.url)
    assert ComfyUi().check() == ()
    ask(tmp_path)
    assert server.paid() == 1


def test_what_is_free_is_agreed_to_as_well(shop: Shop, server: Lent, tmp_path: Path) -> None:
    """Somebody else's film sends nothing to the user's server unasked; it needs no key, and is made once."""
    purchase = purchase_of(tmp_path)
    with pytest.raises(Declined):
        shop.buy(SERVICE, purchase, consent=Consent(), money="0", files=files_of(tmp_path))
    for consent in (AGREED, Consent()):
        kept = shop.buy(SERVICE, purchase, consent=consent, money="0", files=files_of(tmp_path))
        assert shop.shelf.is_whole(kept)
    assert server.paid() == 1


def test_a_server_that_was_restarted(shop: Shop, server: Lent, tmp_path: Path) -> None:
    """The job is lost and has cost nothing; the next run asks for it anew, under another name."""
    server.looks_needed = 99
    purchase, files = purchase_of(tmp_path), files_of(tmp_path)
    server.outcomes.append("vanishes")
    with pytest.raises(VendorFailed, match="restarted"):
        shop.buy(SERVICE, purchase, consent=AGREED, money="0", files=files)
    (entry,) = shop.ledger.entries()
    assert entry.state == "failed"
    assert entry.cost == 0
    server.looks_needed = 1
    kept = shop.buy(SERVICE, purchase, consent=AGREED, money="0", files=files)
    assert shop.shelf.is_whole(kept)
    assert len({job.id for job in server.jobs}) == server.paid() == 2


def test_a_lost_answer_is_no_second_job(shop: Shop, server: Lent, tmp_path: Path) -> None:
    """The job is found by our own name in the same run."""
    server.faults.append(Fault(POST, drop="after"))
    kept = shop.buy(SERVICE, purchase_of(tmp_path), consent=AGREED, money="0", files=files_of(tmp_path))
    assert (shop.shelf.is_whole(kept), server.paid(), len(server.asked_for(POST))) == (True, 1, 1)


def test_a_workflow_that_was_changed_meanwhile(shop: Shop, server: Lent, tmp_path: Path) -> None:
    """What is sent is what was agreed to, or nothing."""
    purchase = purchase_of(tmp_path)
    written(tmp_path, slots=f"{SLOTS}# changed\n")
    with pytest.raises(RenderError, match="was changed meanwhile"):
        shop.buy(SERVICE, purchase, consent=AGREED, money="0", files=files_of(tmp_path))
    assert server.paid() == 0


@pytest.mark.parametrize("name", TAKES)
def test_a_real_server_s_answers(name: str, shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a real server answered is understood, and is asked for in the words in which it was then."""
    wires: list[Recorded] = []

    def recorded(server: FakeServer) -> Recorded:
        wires.append(Recorded(server, TRANSCRIPT["takes"][name]))
        return wires[0]

    monkeypatch.delenv("COMFYUI_API_KEY", raising=False)
    with serving(recorded) as running:
        monkeypatch.setenv("COMFYUI_URL", running.url)
        TAKES[name](Set(tmp_path))
    assert wires[0].strange == []


def test_the_service_opens_nothing_by_itself() -> None:
    """Making one needs neither an address nor a library."""
    assert isinstance(ComfyUi().service(), ComfyUiService)
