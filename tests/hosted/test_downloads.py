"""Downloads: whole or not there, never too large, never where others read along, never with what is not theirs."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from projects.hosted.downloads import Expired, download, is_loopback, secure
from projects.hosted.errors import BadRequest, HostedError, NotReachable, VendorFailed
from storyboard.errors import DiskError, InterruptedRender
from tests.hosted.conftest import Shop
from tests.hosted.fakes.server import FakeServer, Fault, Reply, Request, serving

DATA = bytes(range(256)) * 2000
Answer = Callable[[Request, re.Match[str]], Reply]


class Files:
    """A place where files lie: as they are, coded, empty, or elsewhere."""

    name = "files"

    def __init__(self, server: FakeServer) -> None:
        """Lie on this server."""
        self.elsewhere = ""

    def routes(self) -> Sequence[tuple[str, str, Answer]]:
        """Its paths."""
        packed = {"Content-Encoding": "gzip"}
        return [
            ("GET", r"/clip\.mp4", lambda request, found: Reply(DATA)),
            ("GET", r"/packed", lambda request, found: Reply(gzip.compress(DATA), headers=packed)),
            ("GET", r"/bomb", lambda request, found: Reply(gzip.compress(bytes(4_000_000)), headers=packed)),
            ("GET", r"/empty", lambda request, found: Reply(b"")),
            ("GET", r"/round", lambda request, found: Reply(status=302, headers={"Location": "/round"})),
            ("GET", r"/near", lambda request, found: Reply(status=302, headers={"Location": "/clip.mp4"})),
        ]


@pytest.fixture
def server(shop: Shop) -> Iterator[FakeServer]:
    """A place where files lie."""
    with serving(Files) as running:
        yield running


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where the file is to come."""
    return tmp_path / "came" / "clip.mp4"


@pytest.fixture(autouse=True)
def _folder(out: Path) -> None:
    out.parent.mkdir()


def _nothing_left(out: Path) -> bool:
    return list(out.parent.iterdir()) == []


@pytest.mark.parametrize("path", ["clip.mp4", "packed", "near"])
def test_a_file_comes_whole(server: FakeServer, out: Path, path: str) -> None:
    """Plain, coded on the way or from where it was sent on to; nothing else is left beside it."""
    assert download(f"{server.url}/{path}", out) == len(DATA)
    assert out.read_bytes() == DATA
    assert list(out.parent.iterdir()) == [out]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault("GET", cut=True), NotReachable),
        (Fault("GET", drop="before"), NotReachable),
        (Fault("GET", reply=Reply(b"", 500)), NotReachable),
        (Fault("GET", reply=Reply(b"", 204)), NotReachable),
        (Fault("GET", reply=Reply(b"", 401)), Expired),
        (Fault("GET", reply=Reply(b"", 403)), Expired),
        (Fault("GET", reply=Reply(b"", 404)), Expired),
        (Fault("GET", reply=Reply(b"", 410)), Expired),
        (Fault("GET", reply=Reply(status=302, headers={"Location": "http://[broken"})), HostedError),
    ],
)
def test_a_file_that_does_not_come(server: FakeServer, out: Path, fault: Fault, error: type[HostedError]) -> None:
    """Half a file is none, an address that is no longer good is told apart; what was there before stays."""
    out.write_bytes(b"before")
    server.faults.append(fault)
    with pytest.raises(error):
        download(f"{server.url}/clip.mp4?sig=abc", out)
    assert out.read_bytes() == b"before"
    assert list(out.parent.iterdir()) == [out]


def test_a_file_without_an_end(server: FakeServer, out: Path) -> None:
    """One that is sent on for ever is given up."""
    with pytest.raises(NotReachable):
        download(f"{server.url}/round", out)


def test_an_empty_file(server: FakeServer, out: Path) -> None:
    """It is none."""
    with pytest.raises(VendorFailed, match="empty"):
        download(f"{server.url}/empty", out)
    assert _nothing_left(out)


@pytest.mark.parametrize("path", ["clip.mp4", "bomb"])
def test_a_file_that_is_too_large(server: FakeServer, out: Path, path: str) -> None:
    """It is given up as soon as that is known, also where it swells on the way; nothing is left of it."""
    with pytest.raises(VendorFailed, match="larger than 0 MiB") as told:
        download(f"{server.url}/{path}", out, most=100_000)
    assert not told.value.retryable
    assert _nothing_left(out)


def test_a_size_that_is_promised_is_believed_at_once(
    server: FakeServer, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of it is fetched."""
    monkeypatch.setattr("projects.hosted.downloads._write", lambda *given: pytest.fail("it was fetched"))
    with pytest.raises(VendorFailed, match="larger"):
        download(f"{server.url}/clip.mp4", out, most=1000)


def test_stopping(server: FakeServer, out: Path) -> None:
    """A person may stop it; nothing is left."""
    with pytest.raises(InterruptedRender):
        download(f"{server.url}/clip.mp4", out, cancelled=lambda: True)
    assert _nothing_left(out)


def test_a_folder_that_is_not_there(server: FakeServer, tmp_path: Path) -> None:
    """An error of the disk is one of the disk."""
    with pytest.raises(DiskError):
        download(f"{server.url}/clip.mp4", tmp_path / "nowhere" / "clip.mp4")


def test_another_host_is_never_asked_in_plain_sight(server: FakeServer, out: Path) -> None:
    """Sent on to plain http on another machine, no request is made there: the address itself opens the file."""
    server.faults.append(Fault("GET", reply=Reply(status=302, headers={"Location": "http://a.example/x?sig=abc"})))
    with pytest.raises(BadRequest, match="not encrypted") as told:
        download(f"{server.url}/clip.mp4", out)
    assert "abc" not in str(told.value)
    assert len(server.heard) == 1


def test_headers_go_to_their_own_host_alone(server: FakeServer, out: Path) -> None:
    """What a download from the service itself needs is not carried on to where it is sent."""
    with serving(Files) as other:
        for place in (server.url, other.url):
            server.faults.append(
                Fault("GET /start", reply=Reply(status=302, headers={"Location": f"{place}/clip.mp4"}))
            )
            download(f"{server.url}/start", out, headers={"X-Key": "secret", "Authorization": "Bearer secret"})
        (sent,) = other.heard
    assert not {"x-key", "authorization"} & set(sent.headers)
    assert [request.headers.get("x-key") for request in server.heard] == ["secret"] * 3


def test_signed_addresses_are_not_told(server: FakeServer, out: Path) -> None:
    """Errors name the place without what opens it."""
    for fault in (Fault("GET", reply=Reply(b"", 403)), Fault("GET", reply=Reply(b"", 500)), Fault("GET", cut=True)):
        server.faults.append(fault)
        with pytest.raises(HostedError) as told:
            download(f"{server.url}/clip.mp4?sig=abc", out)
        assert "abc" not in str(told.value)


@pytest.mark.parametrize(
    "url", ["https://a.example/b", "http://127.0.0.1:8188", "http://localhost/x", "http://[::1]/x"]
)
def test_addresses_that_may_be_used(url: str) -> None:
    """Encrypted ones, and this machine's own."""
    assert secure(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example/b?sig=abc",
        "http://10.0.0.1/",
        "http://localhost.example/",
        "http://127.0.0.1.example/",
        "ftp://a.example/",
        "file:///etc/passwd",
        "a.example/b",
        "",
        "http://[broken",
        "https://a.example:port/",
    ],
)
def test_addresses_that_may_not(url: str) -> None:
    """Plain http to elsewhere, other schemes, and what is no address; what opens them is not told."""
    with pytest.raises(BadRequest) as told:
        secure(url)
    assert "abc" not in str(told.value)


@pytest.mark.parametrize(
    ("host", "own"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("LOCALHOST", True), ("10.0.0.1", False), ("a", False)],
)
def test_this_machine(host: str, own: bool) -> None:
    """Known without asking a name server."""
    assert is_loopback(host) == own
