"""What Kling is sent for a scene, and the token that opens it, against a loopback server."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from projects.hosted.errors import AuthError
from projects.hosted.job import Purchase, Taken
from projects.weights import Setting
from scenes.backend import Refusal
from scenes.backends.kling import Kling, signed
from tests.hosted.asked import asked
from tests.hosted.conftest import Shop
from tests.hosted.fakes.kling import Kling as Wire
from tests.hosted.fakes.kling import opened
from tests.hosted.fakes.server import FakeServer, serving

KEY = f"{Wire.access}:{Wire.secret}"
WISH = Purchase("kling", "kling-v3", {"way": "text2video", "input": {"prompt": "a wood", "duration": "3"}})
TABLE = "services: {{kling: {{url: '{}'}}}}\n"
Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def server(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServer]:
    """A loopback Kling that the table points to, and a key for it."""
    monkeypatch.setenv("KLING_API_KEY", KEY)
    with serving(Wire) as running:
        shop.write_services(TABLE.format(running.url))
        yield running


@pytest.fixture
def ask(server: FakeServer, tmp_path: Path) -> Ask:
    """Asks for what a scene wants, with real pictures; gives what travelled, and where."""

    def run(model: Mapping[str, Setting] | None = None, **changes: Any) -> dict[str, Any]:
        request = asked(model, **changes)
        files = {}
        for number, name in enumerate(request.files):
            files[name] = tmp_path / name
            Image.new("RGB", (64, 36), (number * 40, 90, 30)).save(files[name])
        request = replace(request, files=files)
        backend = Kling()
        purchase = backend.purchase(request, lambda path: path.name.rjust(64, "0"))
        backend.service().ask(purchase, backend.pictures(request), tmp_path, "token-1")
        return {"path": server.heard[-1].path, **server.heard[-1].json}

    return run


def _asked(name: str = "token-1") -> Taken:
    return Kling().service().ask(WISH, {}, Path(), name)


def test_words_alone(ask: Ask) -> None:
    """Lengths are texts, sound is a word, a mode stands for a size, and the task bears our token for a name."""
    assert ask(seconds=4.2, negative="rain") == {
        "path": "/v1/videos/text2video",
        "model_name": "kling-v3",
        "prompt": "a wood at dawn",
        "negative_prompt": "rain",
        "duration": "5",
        "mode": "std",
        "sound": "off",
        "aspect_ratio": "16:9",
        "external_task_id": "token-1",
    }


@pytest.mark.parametrize(
    ("model", "changes", "said"),
    [
        ({"resolution": "1080p", "audio": True}, {"seconds": 12}, {"mode": "pro", "sound": "on", "duration": "12"}),
        ({}, {"size": (1080, 1920)}, {"mode": "pro", "aspect_ratio": "9:16"}),
        ({}, {"size": (720, 720)}, {"mode": "std", "aspect_ratio": "1:1"}),
        ({}, {"size": (3840, 2160)}, {"mode": "4k", "aspect_ratio": "16:9"}),
        ({"name": "kling-2.6", "audio": True}, {}, {"model_name": "kling-v2-6", "mode": "pro", "sound": "on"}),
    ],
)
def test_modes_and_sound(ask: Ask, model: Mapping[str, Setting], changes: dict[str, Any], said: dict[str, str]) -> None:
    """Each resolution has its mode."""
    sent = ask(model, **changes)
    assert {key: sent[key] for key in said} == said


def test_a_first_and_a_last_picture(ask: Ask, tmp_path: Path) -> None:
    """They travel as bare text under the service's names, and the clip has the first one's shape."""
    sent = ask(at=(1, 0))
    assert sent["path"] == "/v1/videos/image2video"
    assert base64.b64decode(sent["image"]) == (tmp_path / "0.png").read_bytes()
    assert base64.b64decode(sent["image_tail"]) == (tmp_path / "1.png").read_bytes()
    assert "aspect_ratio" not in sent


def test_a_picture_in_a_form_that_the_service_does_not_read(server: FakeServer, tmp_path: Path) -> None:
    """WebP comes as a JPEG, the same each time."""
    Image.new("RGB", (400, 300), (200, 90, 30)).save(tmp_path / "a.webp")
    wish = replace(WISH, body={**WISH.body, "way": "image2video"})
    for token in ("one", "two"):
        Kling().service().ask(wish, {"first": tmp_path / "a.webp"}, tmp_path, token)
    one, two = (request.json["image"] for request in server.asked_for("POST"))
    assert one == two
    assert Image.open(io.BytesIO(base64.b64decode(one))).format == "JPEG"


@pytest.mark.parametrize(
    ("table", "model", "at", "what"),
    [
        ("{}", {"name": "kling-2.6", "audio": True}, (0, 1), "no sound for a clip that ends on a picture"),
        ("{kling: {models: {kling-3.0: {sizes: {2k: {'16:9': [2560, 1440]}}}}}}", {"resolution": "2k"}, (), "no mode"),
    ],
)
def test_what_it_does_not_do(
    shop: Shop, server: FakeServer, table: str, model: Mapping[str, Setting], at: tuple[float, ...], what: str
) -> None:
    """It is refused before anything is sent."""
    shop.write_services(f"services: {table}\n")
    with pytest.raises(Refusal, match=what):
        Kling().body(Kling().wish(asked(model, at=at)))
    assert server.heard == []


def test_the_token(server: FakeServer) -> None:
    """It is signed with the secret, names the other half, and holds from a moment ago for half an hour."""
    claims = opened(signed("who", "secret", 1_000_000), "secret")
    assert claims == {"iss": "who", "exp": 1_001_800, "nbf": 999_995}
    assert opened(signed("who", "other", 1_000_000), "secret") is None
    _asked()
    assert Wire.secret not in server.heard[-1].headers["authorization"]


def test_the_token_by_the_book() -> None:
    """The very bytes that a JWT library makes of the same claims (RFC 7519, HS256)."""
    head = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJ3aG8iLCJleHAiOjEwMDE4MDAsIm5iZiI6OTk5OTk1fQ"
    assert signed("who", "secret", 1_000_000).rpartition(".")[0] == head


@pytest.mark.parametrize("form", ["one variable", "two variables", "one piece"])
def test_forms_of_a_key(server: FakeServer, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    """Two halves sign a token; a key in one piece is the token."""
    if form == "two variables":
        monkeypatch.delenv("KLING_API_KEY")
        monkeypatch.setenv("KLING_ACCESS_KEY", Wire.access)
        monkeypatch.setenv("KLING_SECRET_KEY", Wire.secret)
    if form == "one piece":
        monkeypatch.setenv("KLING_API_KEY", "key-kling-0123456789")
        with pytest.raises(AuthError):
            _asked()
        assert server.heard[-1].headers["authorization"] == "Bearer key-kling-0123456789"
        return
    _asked()
    assert server.paid() == 1


@pytest.mark.parametrize("key", ["access-only:", ":secret-only-012345"])
def test_half_a_key(server: FakeServer, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    """It is told, and nothing is sent."""
    monkeypatch.setenv("KLING_API_KEY", key)
    with pytest.raises(AuthError, match="one of its halves"):
        _asked()
    assert server.heard == []


def test_no_key(server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The remedy names every way to set one."""
    monkeypatch.delenv("KLING_API_KEY")
    with pytest.raises(AuthError) as problem:
        _asked()
    assert "KLING_API_KEY" in problem.value.hint
    assert "KLING_ACCESS_KEY and KLING_SECRET_KEY" in problem.value.hint
    assert server.heard == []
