"""What Runway is sent for a scene, with its own library against a loopback Runway."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from projects.hosted.job import Purchase, Taken
from projects.weights import Setting
from scenes.backend import Refusal
from scenes.backends.runway import Runway
from tests.hosted.asked import asked
from tests.hosted.conftest import Shop
from tests.hosted.fakes.server import FakeServer

KEY = "key-runway-0123456789abcdef"
POST = r"POST /v1/"
WISH = Purchase("runway", "gen4.5", {"model": "gen4.5", "promptText": "a wood", "ratio": "1280:720", "duration": 2})
ROUTED = replace(WISH, model="router", body={"configId": "mine", "input": {"promptText": "a wood", "duration": 2}})
Ask = Callable[..., tuple[Taken, dict[str, Any]]]


@pytest.fixture
def ask(server: FakeServer, tmp_path: Path) -> Ask:
    """Asks for what a scene wants, with real pictures; gives what was taken on and what travelled."""

    def run(model: Mapping[str, Setting] | None = None, **changes: Any) -> tuple[Taken, dict[str, Any]]:
        request = asked(model, **changes)
        files = {}
        for number, name in enumerate(request.files):
            files[name] = tmp_path / name
            Image.new("RGB", (64, 36), (number * 40, 90, 30)).save(files[name])
        request = replace(request, files=files)
        backend = Runway()
        purchase = backend.purchase(request, lambda path: path.name.rjust(64, "0"))
        taken = backend.service().ask(purchase, backend.pictures(request), tmp_path, "token")
        return taken, {"path": server.heard[-1].path, **server.heard[-1].json}

    return run


def test_words_alone(ask: Ask) -> None:
    """Prompt, pixels, whole seconds and the scene's seed; nothing that the model does not know."""
    taken, sent = ask(seconds=4.2)
    assert sent == {
        "path": "/v1/text_to_video",
        "model": "gen4.5",
        "promptText": "a wood at dawn",
        "ratio": "1280:720",
        "duration": 5,
        "seed": 7,
    }
    assert (taken.cost, taken.file) == (Decimal("0.60"), None)


def test_a_first_picture(ask: Ask, tmp_path: Path) -> None:
    """It travels inside the request, byte for byte, with its place."""
    _, sent = ask({"name": "gen4_turbo"}, at=(0,), size=(960, 960))
    assert (sent["path"], sent["ratio"]) == ("/v1/image_to_video", "960:960")
    (picture,) = sent["promptImage"]
    assert picture["position"] == "first"
    head, _, data = picture["uri"].partition(",")
    assert head == "data:image/png;base64"
    assert base64.b64decode(data) == (tmp_path / "0.png").read_bytes()


def test_first_and_last_with_sound_and_what_is_left_out(ask: Ask) -> None:
    """Two frames in the order of time, sound as the author says, and the negative words."""
    _, sent = ask({"name": "veo3.1", "audio": True}, at=(1, 0), seconds=6, negative="rain")
    assert [one["position"] for one in sent["promptImage"]] == ["first", "last"]
    assert (sent["audio"], sent["negativePrompt"], sent["duration"]) == (True, "rain", 6)
    _, silent = ask({"name": "veo3.1"}, seconds=6)
    assert silent["audio"] is False
    assert "negativePrompt" not in silent


def test_pictures_in_between_and_of_characters(ask: Ask) -> None:
    """Kling 4.0 gets frames in the order of time, its characters' pictures beside them, and a tier for a size."""
    _, sent = ask({"name": "kling_4", "resolution": "1080p"}, at=(1, 0.6, 0, 0.3), references=2)
    assert [one["position"] for one in sent["promptImage"]] == ["first", "middle", "middle", "last"]
    assert len({one["uri"] for one in (*sent["promptImage"], *sent["references"])}) == 6
    assert (sent["ratio"], [list(one) for one in sent["references"]]) == ("auto_1080p", [["uri"], ["uri"]])


def test_pictures_go_in_the_order_of_time(server: FakeServer, tmp_path: Path) -> None:
    """In whichever order a purchase that was written down gives them back."""
    files = {}
    for number, place in enumerate(("reference-2", "last", "middle-10", "middle-2", "reference-1", "first")):
        files[place] = tmp_path / f"{place}.png"
        Image.new("RGB", (8, 8), (number * 40, 0, 0)).save(files[place])
    for purchase in (WISH, ROUTED):
        Runway().service().ask(purchase, files, tmp_path, "token")
    direct, routed = (request.json for request in server.asked_for(POST))
    sent = [one["uri"] for one in (*direct["promptImage"], *direct["references"])]
    order = ("first", "middle-2", "middle-10", "last", "reference-1", "reference-2")
    assert sent == [_inside(files[place]) for place in order]
    assert sent == [one["uri"] for one in routed["input"]["referenceImages"]]


def _inside(path: Path) -> str:
    return f"data:image/png;base64,{base64.b64encode(path.read_bytes()).decode()}"


@pytest.mark.parametrize(
    ("model", "at", "said"),
    [
        ({"name": "hailuo3"}, (), {"ratio": "16:9", "resolution": "768p"}),
        ({"name": "happyhorse_1_0"}, (), {"ratio": "1280:720"}),
        ({"name": "happyhorse_1_0"}, (0,), {"resolution": "720p"}),
        ({"name": "wan3", "resolution": "480p"}, (), {"ratio": "832:480"}),
        ({"name": "wan3", "resolution": "480p"}, (0,), {"ratio": "auto_480p"}),
        ({"name": "kling2.5_turbo_pro"}, (0,), {}),
        ({"name": "grok_imagine_1_5"}, (0,), {"resolution": "720p"}),
        ({"name": "seedance2", "resolution": "4k"}, (), {"ratio": "3840:2160"}),
    ],
)
def test_size_in_each_model_s_own_words(
    ask: Ask, model: Mapping[str, Setting], at: tuple[float, ...], said: dict[str, str]
) -> None:
    """Pixels, a shape and a tier, a tier alone, or nothing: as the model wants it with and without a picture."""
    _, sent = ask(model, at=at)
    assert {key: sent[key] for key in ("ratio", "resolution") if key in sent} == said


def test_characters_without_frames(ask: Ask) -> None:
    """Reference pictures alone go with words."""
    _, sent = ask({"name": "seedance2"}, references=3)
    assert (sent["path"], len(sent["references"])) == ("/v1/text_to_video", 3)
    assert "promptImage" not in sent


def test_further_settings(ask: Ask) -> None:
    """They are spelt as the service spells them, in the section where it looks for them."""
    assert ask({"name": "kling3.0_pro", "cfg_scale": 0.7})[1]["cfgScale"] == 0.7
    moderation = ask({"public_figure_threshold": "low"})[1]["contentModeration"]
    assert moderation == {"publicFigureThreshold": "low"}


def test_a_seed_fits_the_service(ask: Ask) -> None:
    """A seed beyond 32 bits is folded into them."""
    assert ask(seed=(1 << 40) + 5)[1]["seed"] == 5


def test_a_way_of_saying_the_size_that_nobody_knows(shop: Shop, server: FakeServer) -> None:
    """A mistake in the user's own table is told before anything is asked."""
    shop.write_services("services: {runway: {models: {gen4.5: {words: {size: inches}}}}}\n")
    with pytest.raises(Refusal, match="cannot be said as 'inches'"):
        Runway().body(Runway().wish(asked()))
    assert server.heard == []


def test_a_router(ask: Ask) -> None:
    """It is told shape and tier, pictures with their roles, and which configuration; it answers what it may cost."""
    said: dict[str, Setting] = {"name": "router", "config": "cheap", "resolution": "1080p"}
    taken, sent = ask(said, at=(0, 1), references=1, negative="rain")
    wanted = sent["input"]
    assert (sent["path"], sent["configId"], taken.cost) == ("/v1/generate/video", "cheap", Decimal("0.60"))
    assert [one["role"] for one in wanted.pop("referenceImages")] == ["first", "last", "reference"]
    assert wanted == {
        "promptText": "a wood at dawn",
        "aspectRatio": "16:9",
        "duration": 5,
        "resolution": "1080p",
        "audio": False,
        "negativePrompt": "rain",
        "seed": 7,
    }


def test_a_router_without_a_configuration(server: FakeServer) -> None:
    """The setting is asked for; nothing is sent."""
    with pytest.raises(Refusal, match="no configuration"):
        Runway().purchase(asked({"name": "router"}), lambda path: "")
    assert server.heard == []
