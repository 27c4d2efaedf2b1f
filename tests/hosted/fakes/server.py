"""A loopback server that stands for hosted services.

It takes jobs on, counts what would have been paid, and fails on request. Each service's own language is a `Wire` beside
this file.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal, Protocol
from urllib.parse import parse_qs, urlsplit

Outcome = Literal["done", "moderated", "failed", "vanishes", "narrow", "short", "broken"]
"""What becomes of a job: made; stopped by a filter; failed at the service; forgotten by it; made in another size; made
too short; made as bytes that are no film."""


@dataclass(frozen=True)
class Request:
    """What a client sent."""

    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body or b"null")


@dataclass(frozen=True)
class Reply:
    """What the server answers."""

    body: bytes | dict[str, Any] | list[Any] = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def bytes(self) -> bytes:
        """The body as it travels."""
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


@dataclass(frozen=True)
class Fault:
    """What happens to the next request whose `METHOD path` matches.

    `drop`: the connection is closed, `before` the service has heard of it or `after` it has acted; `reply`: answered in
    place of the service; `slow`: answered so many seconds late; `cut`: only half of the answer's bytes come.
    """

    match: str
    drop: Literal["", "before", "after"] = ""
    reply: Reply | None = None
    slow: float = 0.0
    cut: bool = False


@dataclass
class Job:
    """A job that was taken on, and so is paid for."""

    id: str
    wire: str
    asked: Any
    outcome: Outcome = "done"
    looks: int = 0
    begun: float = field(default_factory=time.time)


class Wire(Protocol):
    """One service's language."""

    name: str

    def routes(self) -> Sequence[tuple[str, str, Callable[[Request, re.Match[str]], Reply]]]:
        """Method, pattern of the whole path, and what answers."""


class FakeServer:
    """The server: jobs taken on, requests heard, faults to come."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []
        self.heard: list[Request] = []
        self.faults: list[Fault] = []
        self.outcomes: list[Outcome] = []
        self.looks_needed = 1
        """How often a job is looked at before it is done."""
        self._lock = threading.Lock()
        self._routes: list[tuple[str, re.Pattern[str], Callable[[Request, re.Match[str]], Reply]]] = []
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"

    def speak(self, wire: Wire) -> None:
        """Answer in this language too."""
        self._routes += [(method, re.compile(path), answer) for method, path, answer in wire.routes()]

    def take_on(self, wire: str, asked: Any, id: str = "") -> Job:  # noqa: A002  # the services' own word
        """Take a job on: from here on it is paid for."""
        with self._lock:
            outcome = self.outcomes.pop(0) if self.outcomes else "done"
            job = Job(id or f"{wire}-job-{len(self.jobs) + 1}", wire, asked, outcome)
            self.jobs.append(job)
            return job

    def look(self, id: str) -> Job | None:  # noqa: A002
        """A job that somebody looks at; None for one that is not there (any more)."""
        with self._lock:
            job = next((job for job in self.jobs if job.id == id and job.outcome != "vanishes"), None)
            if job:
                job.looks += 1
            return job

    def is_done(self, job: Job) -> bool:
        """Whether it has been looked at often enough."""
        return job.looks >= self.looks_needed

    def paid(self, wire: str = "") -> int:
        """How many jobs were taken on."""
        return sum(job.wire == wire or not wire for job in self.jobs)

    def asked_for(self, pattern: str) -> list[Request]:
        """Requests whose `METHOD path` matches."""
        return [one for one in self.heard if re.search(pattern, f"{one.method} {one.path}")]

    def answer(self, request: Request) -> tuple[Reply | None, bool]:
        """The reply (None: the connection is to be closed) and whether only half of it is sent."""
        with self._lock:
            self.heard.append(request)
            line = f"{request.method} {request.path}"
            fault = next((one for one in self.faults if re.search(one.match, line)), None)
            if fault:
                self.faults.remove(fault)
        if fault and fault.slow:
            time.sleep(fault.slow)
        if fault and fault.reply is not None:
            return fault.reply, False
        if fault and fault.drop == "before":
            return None, False
        for method, pattern, answer in self._routes:
            if method == request.method and (found := pattern.fullmatch(request.path)):
                reply = answer(request, found)
                return (None if fault and fault.drop == "after" else reply), bool(fault and fault.cut)
        return Reply({"error": f"the fake knows no {line}"}, 404), False

    def close(self) -> None:
        """Stop."""
        self._http.shutdown()
        self._http.server_close()

    def start(self) -> None:
        """Begin to listen."""
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()


@contextmanager
def serving(*wires: Callable[[FakeServer], Wire]) -> Iterator[FakeServer]:
    """A server that speaks these languages."""
    server = FakeServer()
    for wire in wires:
        server.speak(wire(server))
    server.start()
    try:
        yield server
    finally:
        server.close()


def _handler(server: FakeServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Head and body leave by themselves: otherwise the body waits for the head to be acknowledged.
        disable_nagle_algorithm = True

        def _serve(self) -> None:
            parts = urlsplit(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            request = Request(self.command, parts.path, parse_qs(parts.query), headers, self._body())
            reply, cut = server.answer(request)
            if reply is None:
                self.close_connection = True
                return
            data = reply.bytes
            kind = "application/json" if not isinstance(reply.body, bytes) else "application/octet-stream"
            self.send_response(reply.status)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(data)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(data[: len(data) // 2] if cut else data)
            if cut:
                self.close_connection = True

        def _body(self) -> bytes:
            if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
                whole = b""
                while size := int(self.rfile.readline().split(b";")[0], 16):
                    whole += self.rfile.read(size)
                    self.rfile.readline()
                self.rfile.readline()
                return whole
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the base class's word
            del format, args

    for method in ("GET", "POST", "PUT", "DELETE", "HEAD"):
        setattr(Handler, f"do_{method}", Handler._serve)
    return Handler
