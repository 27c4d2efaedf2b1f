"""What fal is sent for a scene, with its own library against a loopback queue."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from projects.hosted.job import Purchase
from projects.weights import Setting
from scenes.backend import Refusal
from scenes.backends.fal import Fal
from tests.hosted.asked import asked
from tests.hosted.conftest import Shop
from tests.hosted.fakes.fal import Fal as Wire
from tests.hosted.fakes.server import FakeServer, serving

PIKA = "fal-ai/pika/v2.2/text-to-video"
Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def server(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServer]:
    """A loopback fal that the table points to, and a key for it."""
    monkeypatch.setenv("FAL_KEY", Wire.key)
    with serving(Wire) as running:
        shop.write_services(f"services: {{fal: {{url: '{running.url}', look_every: 0.01}}}}\n")
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
        backend = Fal()
        purchase = backend.purchase(request, lambda path: path.name.rjust(64, "0"))
        backend.service().ask(purchase, backend.pictures(request), tmp_path, "token")
        return {"path": server.heard[-1].path, **server.heard[-1].json}

    return run


def _inside(path: Path) -> str:
    return f"data:image/png;base64,{base64.b64encode(path.read_bytes()).decode()}"


def test_words_alone(ask: Ask, server: FakeServer) -> None:
    """Prompt, shape, tier, a whole number of seconds and the seed; neither side may try a second time by itself."""
    assert ask({"resolution": "1080p"}, seconds=4.2, negative="rain") == {
        "path": f"/{PIKA}",
        "prompt": "a wood at dawn",
        "negative_prompt": "rain",
        "aspect_ratio": "16:9",
        "resolution": "1080p",
        "duration": 5,
        "seed": 7,
    }
    assert server.heard[-1].headers["x-fal-no-retry"] == "1"


@pytest.mark.parametrize(
    ("model", "changes", "path", "said"),
    [
        ({}, {"size": (720, 900)}, "fal-ai/pika/v2.2/text-to-video", {"aspect_ratio": "4:5", "duration": 5}),
        ({}, {"at": (0,)}, "fal-ai/pika/v2.2/image-to-video", {"resolution": "720p", "duration": 5}),
        (
            {"name": "kling-3.0", "audio": True, "cfg_scale": 0.7},
            {"seconds": 7},
            "fal-ai/kling-video/v3/pro/text-to-video",
            {"aspect_ratio": "16:9", "duration": "7", "generate_audio": True, "cfg_scale": 0.7},
        ),
        (
            {"name": "kling-3.0-standard"},
            {"at": (0, 1), "negative": "rain"},
            "fal-ai/kling-video/v3/standard/image-to-video",
            {"duration": "5", "generate_audio": False, "negative_prompt": "rain"},
        ),
        (
            {"name": "kling-4.0", "resolution": "1080p"},
            {"seconds": 12},
            "kling/v4/text-to-video",
            {"aspect_ratio": "16:9", "resolution": "1080p", "duration": 12},
        ),
        ({"name": "kling-4.0"}, {"at": (0,)}, "kling/v4/image-to-video", {"resolution": "720p", "duration": 5}),
        ({"name": "hailuo-2.3"}, {}, "fal-ai/minimax/hailuo-2.3/standard/text-to-video", {"duration": "6"}),
        (
            {"name": "hailuo-2.3-pro", "prompt_optimizer": False},
            {"at": (0,)},
            "fal-ai/minimax/hailuo-2.3/pro/image-to-video",
            {"prompt_optimizer": False},
        ),
        ({"name": "hailuo-02"}, {"at": (0, 1)}, "fal-ai/minimax/hailuo-02/standard/image-to-video", {"duration": "6"}),
        (
            {"name": "veo-3.1", "audio": True, "auto_fix": False},
            {},
            "fal-ai/veo3.1",
            {
                "aspect_ratio": "16:9",
                "resolution": "720p",
                "duration": "6s",
                "generate_audio": True,
                "seed": 7,
                "auto_fix": False,
            },
        ),
        (
            {"name": "veo-3.1-fast"},
            {"at": (0,), "size": (720, 1280)},
            "fal-ai/veo3.1/fast/image-to-video",
            {"aspect_ratio": "9:16", "resolution": "720p", "duration": "6s", "generate_audio": False, "seed": 7},
        ),
        (
            {"name": "veo-3.1-lite"},
            {"at": (0, 1), "negative": "rain"},
            "fal-ai/veo3.1/lite/first-last-frame-to-video",
            {
                "aspect_ratio": "16:9",
                "resolution": "720p",
                "duration": "6s",
                "generate_audio": False,
                "seed": 7,
                "negative_prompt": "rain",
            },
        ),
        (
            {"name": "veo-3.1-references"},
            {"references": 2},
            "fal-ai/veo3.1/reference-to-video",
            {"aspect_ratio": "16:9", "resolution": "720p", "duration": "8s", "generate_audio": False},
        ),
    ],
)
def test_each_app_in_its_own_words(
    ask: Ask, model: Mapping[str, Setting], changes: dict[str, Any], path: str, said: dict[str, Any]
) -> None:
    """Where it goes, and every argument but the prompt, the pictures and Pika's own seed."""
    sent = ask(model, **changes)
    assert sent.pop("path") == f"/{path}"
    assert sent.pop("prompt") == "a wood at dawn"
    if "pika" in path:
        assert sent.pop("seed") == 7
        sent.pop("resolution") if "resolution" not in said else None
        sent.pop("aspect_ratio", None) if "aspect_ratio" not in said else None
    assert {key: value for key, value in sent.items() if "_url" not in key} == said


@pytest.mark.parametrize(
    ("model", "changes", "names"),
    [
        ("pika-2.2", {"at": (0,)}, {"image_url": "0.png"}),
        ("pikaframes", {"at": (1, 0.5, 0)}, {"image_urls": ["0.png", "0.5.png", "1.png"]}),
        ("kling-3.0", {"at": (1, 0)}, {"start_image_url": "0.png", "end_image_url": "1.png"}),
        (
            "kling-4.0",
            {"at": (0.7, 1, 0, 0.2)},
            {"start_image_url": "0.png", "middle_image_urls": ["0.2.png", "0.7.png"], "end_image_url": "1.png"},
        ),
        ("hailuo-02-pro", {"at": (0, 1)}, {"image_url": "0.png", "end_image_url": "1.png"}),
        ("veo-3.1", {"at": (0,)}, {"image_url": "0.png"}),
        ("veo-3.1", {"at": (0, 1)}, {"first_frame_url": "0.png", "last_frame_url": "1.png"}),
        ("veo-3.1-references", {"references": 2}, {"image_urls": ["hero-0.png", "hero-1.png"]}),
    ],
)
def test_pictures_under_each_app_s_names(
    ask: Ask, tmp_path: Path, model: str, changes: dict[str, Any], names: dict[str, str | list[str]]
) -> None:
    """They travel inside the request, byte for byte, each under its own name, lists in the order of time."""
    sent = ask({"name": model}, **changes)
    wanted = {
        key: [_inside(tmp_path / one) for one in name] if isinstance(name, list) else _inside(tmp_path / name)
        for key, name in names.items()
    }
    assert {key: value for key, value in sent.items() if "_url" in key} == wanted


def test_from_picture_to_picture(ask: Ask) -> None:
    """Each transition lasts whole seconds, all of them together as long as the clip, by where the pictures stand."""
    sent = ask({"name": "pikaframes"}, at=(0, 0.24, 0.5, 1), seconds=10)
    assert sent["transitions"] == [{"duration": 2}, {"duration": 3}, {"duration": 5}]
    assert "duration" not in sent


@pytest.mark.parametrize(
    ("model", "changes", "told"),
    [
        ("pikaframes", {"at": (0, 0.5)}, "goes from picture to picture"),
        ("pikaframes", {"at": (0, 0.05, 1)}, "needs a second"),
        ("veo-3.1-references", {}, "begins with pictures"),
    ],
)
def test_what_no_app_does(server: FakeServer, model: str, changes: dict[str, Any], told: str) -> None:
    """It is refused before anything is sent."""
    request = asked({"name": model}, **changes)
    with pytest.raises(Refusal, match=told):
        Fal().body(Fal().wish(request))
    assert server.heard == []


def test_a_family_that_nobody_knows(shop: Shop, server: FakeServer) -> None:
    """A model of the user's own table must say how it wants to be asked."""
    shop.write_services("services: {fal: {models: {mine: {words: {family: painters}}}}}\n")
    with pytest.raises(Refusal, match="its family is 'painters'"):
        Fal().body(Fal().wish(asked({"name": "mine"})))


def test_many_large_pictures_share_a_request(server: FakeServer, tmp_path: Path) -> None:
    """Together they stay within what a request may hold, the same bytes each time."""
    noise = np.random.default_rng(1).integers(0, 255, (1200, 1800, 3), dtype=np.uint8)
    files = {place: tmp_path / f"{place}.png" for place in ("first", "middle-1", "middle-2", "middle-3", "last")}
    for path in files.values():
        Image.fromarray(noise).save(path)
    names = dict.fromkeys(("first", "middle", "last"), "image_urls")
    body = {"app": "fal-ai/pika/v2.2/pikaframes", "pictures": names, "input": {}}
    wish = Purchase("fal", "fal-ai/pika/v2.2/pikaframes", body)
    for _ in range(2):
        Fal().service().ask(wish, files, tmp_path, "token")
    one, two = (request.body for request in server.asked_for("POST"))
    assert one == two
    assert 2_000_000 < len(one) <= 12_000_000
