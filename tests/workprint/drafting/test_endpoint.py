"""A language model behind an address: what is sent, what comes of every fault, and where the key goes."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from projects.hosted.errors import AuthError, BadRequest, HostedError, RateLimited, VendorFailed
from tests.workprint.drafting.test_repair import REPLY
from workprint.drafting import endpoint
from workprint.drafting.draft import draft
from workprint.drafting.endpoint import EndpointWriter

KEY = "sk-secret-123456789"


@dataclass
class Server:
    """A loopback server that speaks OpenAI's form; `script` are its answers in order, the last one for good."""

    address: str = ""
    script: list[tuple[int, Any]] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


def said(content: Any) -> dict[str, Any]:
    """An answer with these words."""
    return {"choices": [{"message": {"role": "assistant", "content": content, "reasoning_content": "hm"}}]}


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """The server, at work."""
    desk = Server()
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)

    class Handler(BaseHTTPRequestHandler):
        """Answers by the script."""

        def do_POST(self) -> None:
            """One talk."""
            desk.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            desk.keys.append(self.headers.get("Authorization", ""))
            status, body = desk.script.pop(0) if len(desk.script) > 1 else desk.script[0]
            if status == 0:
                self.connection.close()
                return
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            if status in (302, 307):
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: Any) -> None:
            """Nothing is printed."""

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    desk.address = f"http://127.0.0.1:{httpd.server_address[1]}/v1"
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield desk
    httpd.shutdown()
    httpd.server_close()


def test_a_draft_is_asked_for_by_the_form(server: Server) -> None:
    """The strict form goes along with model, seed and key; a good answer is taken as it is."""
    server.script = [(200, said(json.dumps(REPLY)))]
    made = draft(EndpointWriter(server.address, "some-model"), "A bottle.", 1, seed=7)
    asked = server.asked[0]
    assert (asked["model"], asked["seed"]) == ("some-model", 7)
    assert asked["response_format"]["json_schema"]["strict"] is True
    assert server.keys == [f"Bearer {KEY}"]
    assert (made.repairs, made.notes) == ((), ())
    assert "some-model at 127.0.0.1" in made.text
    assert len(server.asked) == 1


def test_servers_that_know_no_form_are_asked_otherwise(server: Server) -> None:
    """Refused the form, JSON is asked for, then anything; it is told, and fences and thoughts are taken off."""
    refusal = (400, {"error": {"message": "response_format is not supported"}})
    fenced = said(f"<think>so</think>\n```json\n{json.dumps(REPLY)}\n```")
    server.script = [refusal, refusal, (200, fenced)]
    made = draft(EndpointWriter(server.address, "m"), "A bottle.", 1)
    assert [one.get("response_format", {}).get("type") for one in server.asked] == ["json_schema", "json_object", None]
    assert "holds replies to nothing" in made.notes[0]


def test_mistakes_are_sent_back_to_be_mended(server: Server) -> None:
    """A reply with strangers in it comes back with what is wrong; the mended one is used."""
    stranger = {**REPLY, "characters": []}
    server.script = [(200, said("Sorry?")), (200, said(json.dumps(stranger))), (200, said(json.dumps(REPLY)))]
    made = draft(EndpointWriter(server.address, "m"), "A bottle.", 1)
    assert made.repairs == ()
    assert "no JSON object" in server.asked[1]["messages"][-1]["content"]
    assert "not among the characters" in server.asked[2]["messages"][-1]["content"]


def test_long_films_are_written_in_portions(server: Server) -> None:
    """Scenes beyond what a model writes well at once are asked for with the story so far; people stay the same."""
    scene = REPLY["scenes"][0]
    server.script = [
        (200, said(json.dumps({**REPLY, "scenes": [scene, scene]}))),
        (200, said(json.dumps({"scenes": [scene]}))),
    ]
    made = draft(EndpointWriter(server.address, "m", window=2), "A bottle.", 3)
    assert made.text.count("- id:") == 3
    assert "Ida Moor" in server.asked[1]["messages"][-1]["content"]
    assert made.text.count("name: Ida Moor") == 1


@pytest.mark.parametrize(
    ("script", "error"),
    [
        ([(401, {"error": {"message": f"bad key {KEY[:4]}"}})], AuthError),
        ([(404, {"error": "no such model"})], BadRequest),
        ([(429, {})], RateLimited),
        ([(500, b"oops")], VendorFailed),
        ([(0, b"")], HostedError),
        ([(200, b"<html>")], VendorFailed),
        ([(200, said(""))], VendorFailed),
        ([(307, b"")], VendorFailed),
        ([(200, b"x" * ((4 << 20) + 1))], VendorFailed),
    ],
)
def test_every_fault_is_told(
    server: Server, script: list[tuple[int, Any]], error: type[Exception], caplog: pytest.LogCaptureFixture
) -> None:
    """Faults end in words with a remedy after a few tries at most; the key is in none of them, nor in any log."""
    server.script = script
    with caplog.at_level(logging.DEBUG), pytest.raises(error) as told:
        EndpointWriter(server.address, "m").write([{"role": "user", "content": "x"}], {"type": "object"}, 0)
    assert isinstance(told.value, HostedError)
    assert told.value.hint
    assert KEY not in f"{told.value} {told.value.__cause__} {caplog.text}"
    assert len(server.asked) <= 3 * endpoint.TRIES


def test_a_fault_that_passes_does_no_harm(server: Server) -> None:
    """After 429, 500 and a dropped line the answer is taken."""
    server.script = [(429, {}), (500, b""), (0, b""), (200, said(json.dumps(REPLY)))]
    assert draft(EndpointWriter(server.address, "m"), "A bottle.", 1).repairs == ()


def test_open_lines_to_other_machines_are_refused() -> None:
    """Plain http is for this machine only."""
    for address in ("http://example.com/v1", "ftp://x", "no address"):
        with pytest.raises(BadRequest):
            EndpointWriter(address, "m")


def test_the_idea_leaves_the_machine_only_when_agreed(run: Callable[..., Any], tmp_path: Any) -> None:
    """Without a yes nothing is sent to another machine, and no project is made."""
    answer = run("draft", "Secret.", tmp_path / "film", "--model", "m", "--endpoint", "https://example.invalid/v1")
    assert answer.code != 0
    assert not (tmp_path / "film").exists()
