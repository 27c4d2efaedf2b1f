"""What Google is sent for a scene, with its own library against a loopback Google."""

from __future__ import annotations

import base64
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from projects.hosted.catalogue import house_table
from projects.hosted.errors import BadRequest
from projects.weights import Setting
from scenes.backend import ClipRequest, Refusal
from scenes.backends.google import Google
from tests.hosted.asked import asked
from tests.hosted.conftest import Shop
from tests.hosted.fakes.google import Google as Wire
from tests.hosted.fakes.server import FakeServer
from tests.hosted.google_stage import POST, VEO, lent

Ask = Callable[..., dict[str, Any]]
LIVING = [name for name, model in house_table().services["google"].models.items() if model.retired_on is None]
PLAIN = "a wood at dawn"
FIRST, LAST = "<FIRST_FRAME>@Image1", "<LAST_FRAME>@Image2"
IS_FIRST, IS_LAST = "Image1 is the first frame.", "Image2 is the last frame."
ONLY = "only as a reference for who is seen, and never as a frame."


@pytest.fixture
def wire(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    """A loopback Google."""
    with lent(shop, monkeypatch) as language:
        yield language


@pytest.fixture
def server(wire: Wire) -> FakeServer:
    """Its server."""
    return wire.server


@pytest.fixture
def ask(server: FakeServer, tmp_path: Path) -> Ask:
    """Asks for what a scene wants, with real pictures; gives the path and the body that travelled."""

    def run(model: Mapping[str, Setting], **changes: Any) -> dict[str, Any]:
        request = drawn(asked(model, **changes), tmp_path)
        backend = Google()
        purchase = backend.purchase(request, lambda path: path.name.rjust(64, "0"))
        backend.service().ask(purchase, backend.pictures(request), tmp_path, "abc-1")
        (post,) = server.asked_for(POST)
        return {"path": post.path, **post.json}

    return run


def drawn(request: ClipRequest, folder: Path) -> ClipRequest:
    """A request whose pictures are files, each of its own colour."""
    files = {name: folder / name for name in request.files}
    for number, path in enumerate(files.values()):
        Image.new("RGB", (64, 36), (number * 40, 90, 30)).save(path)
    return replace(request, files=files)


def colour(data: str) -> tuple[int, ...]:
    """What a picture that travelled shows."""
    with Image.open(BytesIO(base64.b64decode(data))) as picture:
        found = picture.convert("RGB").getpixel((0, 0))
    assert isinstance(found, tuple)
    return found


def test_veo_for_words_alone(ask: Ask) -> None:
    """Prompt, shape, length, one clip, the seed, silence and our label; nothing else."""
    told = ask({"name": "veo-3.1"}, seconds=4.05, negative="rain")
    assert told == {
        "path": "/v1beta1/projects/film-project/locations/us-central1/publishers/google/models/veo-3.1-generate-001"
        ":predictLongRunning",
        "instances": [{"prompt": PLAIN}],
        "labels": {"workprint": "abc-1"},
        "parameters": {
            "sampleCount": 1, "durationSeconds": 4, "aspectRatio": "16:9", "resolution": "720p", "seed": 7,
            "negativePrompt": "rain", "generateAudio": False,
        },
    }  # fmt: skip


@pytest.mark.parametrize(
    ("model", "size", "seconds", "wanted"),
    [
        ({"name": "veo-3.1-fast", "audio": True}, (1920, 1080), 8, ("1080p", "16:9", 8, True)),
        ({"name": "veo-3.1-lite"}, (720, 1280), 5, ("720p", "9:16", 6, False)),
        ({"name": "veo-3.1", "resolution": "1080p", "seconds": 6}, (640, 360), 3, ("1080p", "16:9", 6, False)),
    ],
)
def test_veo_s_lengths_shapes_and_sound(
    ask: Ask, model: dict[str, Setting], size: tuple[int, int], seconds: float, wanted: tuple[object, ...]
) -> None:
    """The shortest clip that is long enough, in the shape of the canvas; sound where the author wants it."""
    told = ask(model, size=size, seconds=seconds)["parameters"]
    assert tuple(told[key] for key in ("resolution", "aspectRatio", "durationSeconds", "generateAudio")) == wanted


def test_veo_lite_reads_no_negative(ask: Ask) -> None:
    """What a model does not know is not sent."""
    assert "negativePrompt" not in ask({"name": "veo-3.1-lite"}, seconds=4, negative="rain")["parameters"]


def test_veo_with_a_first_and_a_last_picture(ask: Ask) -> None:
    """Each under its own name, as PNG or JPEG."""
    (told,) = ask({"name": "veo-3.1-fast"}, seconds=4, at=(0, 1))["instances"]
    assert told["image"]["mimeType"] == told["lastFrame"]["mimeType"] == "image/png"
    assert colour(told["image"]["bytesBase64Encoded"]) == (0, 90, 30)
    assert colour(told["lastFrame"]["bytesBase64Encoded"]) == (40, 90, 30)


def test_veo_with_pictures_of_characters(ask: Ask) -> None:
    """Three at most, as assets, in a clip of eight seconds: Google makes no other with them."""
    told = ask({"name": "veo-3.1"}, seconds=4, references=4)
    (instance,) = told["instances"]
    assert [one["referenceType"] for one in instance["referenceImages"]] == ["ASSET"] * 3
    assert told["parameters"]["durationSeconds"] == 8
    assert "image" not in instance


def test_eight_seconds_are_told_and_paid_for(shop: Shop, wire: Wire, tmp_path: Path) -> None:
    """Plan, price and note know of them; a length that an author wrote is refused instead."""
    backend, request = Google(), drawn(asked({"name": "veo-3.1"}, seconds=4, references=1), tmp_path)
    plan = backend.quantise(request)
    assert (plan.frames, plan.keep) == (8 * 24, 4 * 24)
    assert any("makes 8 s where it looks at reference pictures" in note for note in plan.notes)
    assert backend.price(request).money == Decimal("3.20")
    with pytest.raises(Refusal, match="makes clips of 8 s"):
        backend.wish(drawn(asked({"name": "veo-3.1", "seconds": 4}, seconds=4, references=1), tmp_path))


def test_veo_looks_at_no_characters_beside_frames(ask: Ask) -> None:
    """It takes pictures of characters, or of the clip; that is told, and the clip keeps its length."""
    told = ask({"name": "veo-3.1"}, seconds=4, at=(0,), references=2)
    assert "referenceImages" not in told["instances"][0]
    assert told["parameters"]["durationSeconds"] == 4


def test_veo_s_further_settings(ask: Ask) -> None:
    """They travel under Google's names; a place to store a copy must be one."""
    extra: dict[str, Setting] = {
        "person_generation": "allow_adult",
        "compression_quality": "lossless",
        "output_gcs_uri": "gs://film-bucket/clips",
    }
    told = ask({"name": "veo-3.1", **extra}, seconds=4)["parameters"]
    assert told["personGeneration"] == "allow_adult"
    assert told["compressionQuality"] == "LOSSLESS"
    assert told["storageUri"] == "gs://film-bucket/clips"
    with pytest.raises(Refusal, match="no place in Cloud Storage"):
        Google().body(Google().wish(asked({"name": "veo-3.1", "output_gcs_uri": "https://x"}, seconds=4)))


def test_omni_for_words_alone(ask: Ask) -> None:
    """In the background, kept, handed over as a file, in one piece: the whole request."""
    assert ask({"name": "omni-1.1"}, seconds=3) == {
        "path": "/v1/interactions",
        "model": "gemini-omni-1.1-flash",
        "input": [{"type": "user_input", "content": [{"type": "text", "text": PLAIN}]}],
        "background": True,
        "store": True,
        "generation_config": {"video_config": {"task": "text_to_video"}},
        "response_format": {
            "type": "video", "delivery": "uri", "aspect_ratio": "16:9", "resolution": "720p", "duration": "3s",
        },
    }  # fmt: skip


@pytest.mark.parametrize(
    ("at", "references", "task", "head", "tail"),
    [
        ((0,), 0, "image_to_video", f"[# Sources {FIRST}]", IS_FIRST),
        ((0, 1), 0, "image_to_video", f"[# Sources {FIRST} {LAST}]", f"{IS_FIRST} {IS_LAST}"),
        ((), 1, "reference_to_video", "[# References <IMAGE_REF_0>@Image1]", f"Image1 serves {ONLY}"),
        (
            (),
            3,
            "reference_to_video",
            "[# References <IMAGE_REF_0>@Image1 <IMAGE_REF_1>@Image2 <IMAGE_REF_2>@Image3]",
            f"Image1, Image2 and Image3 serve {ONLY}",
        ),
        (
            (0, 1),
            1,
            "reference_to_video",
            f"[# Sources {FIRST} {LAST}] [# References <IMAGE_REF_0>@Image3]",
            f"{IS_FIRST} {IS_LAST} Image3 serves {ONLY}",
        ),
    ],
)
def test_omni_is_told_what_each_picture_is(
    ask: Ask, at: tuple[float, ...], references: int, task: str, head: str, tail: str
) -> None:
    """In Google's own tags: pictures in their order, words last."""
    told = ask({"name": "omni-1.1"}, seconds=4, at=at, references=references)
    *pictures, words = told["input"][0]["content"]
    assert [colour(one["data"]) for one in pictures] == [(n * 40, 90, 30) for n in range(len(at) + references)]
    assert words == {"type": "text", "text": f"{head} {PLAIN} {tail}"}
    assert told["generation_config"]["video_config"]["task"] == task


def test_an_author_s_own_tags_are_left_alone(ask: Ask) -> None:
    """Whoever says what a picture is knows why."""
    said = "a wood in the style of <IMAGE_REF_0>"
    told = ask({"name": "omni-1.2"}, seconds=4, references=1, prompt=said)
    assert told["input"][0]["content"][-1]["text"] == said


def test_omni_from_picture_to_picture_is_short(shop: Shop, wire: Wire, tmp_path: Path) -> None:
    """Fifteen seconds from a first picture alone, ten where there is a last one."""
    backend = Google()
    assert backend.wish(drawn(asked({"name": "omni-1.2"}, seconds=14, at=(0,)), tmp_path)).seconds == 14
    with pytest.raises(Refusal, match="10 s at most"):
        backend.wish(drawn(asked({"name": "omni-1.2"}, seconds=14, at=(0, 1)), tmp_path))


@pytest.mark.parametrize("model", LIVING)
def test_every_living_model_goes_its_own_way(ask: Ask, model: str) -> None:
    """The table names the way of each, and its own name travels."""
    told = ask({"name": model}, seconds=4)
    entry = house_table().services["google"].models[model]
    if entry.words["way"] == "interactions":
        assert (told["path"], told["model"]) == ("/v1/interactions", entry.id)
    else:
        assert told["path"].endswith(f"/{entry.id}:predictLongRunning")


def test_a_way_that_nobody_knows(shop: Shop, wire: Wire) -> None:
    """A word in the user's own table that leads nowhere is refused before anything is sent."""
    shop.write_services("services: {google: {models: {veo-3.1: {words: {way: sideways}}}}}\n")
    with pytest.raises(Refusal, match="sideways"):
        Google().body(Google().wish(asked({"name": "veo-3.1"}, seconds=4)))


@pytest.mark.parametrize("model", ["veo-3.1", "omni-1.1"])
def test_many_large_pictures_share_a_request(ask: Ask, tmp_path: Path, server: FakeServer, model: str) -> None:
    """However large they are, a request stays below twenty megabytes."""
    rng = random.Random(1)
    names = ["0.png", "1.png"]
    request = asked({"name": model}, seconds=4, at=(0, 1))
    for name in names:
        Image.frombytes("RGB", (1700, 1700), rng.randbytes(1700 * 1700 * 3)).save(tmp_path / name, compress_level=1)
    request = replace(request, files={name: tmp_path / name for name in names})
    backend = Google()
    purchase = backend.purchase(request, lambda path: "0" * 64)
    backend.service().ask(purchase, backend.pictures(request), tmp_path, "abc-1")
    (post,) = server.asked_for(POST)
    assert len(post.body) < 20_000_000


def test_what_the_library_does_not_take_was_never_sent(wire: Wire, server: FakeServer, tmp_path: Path) -> None:
    """A setting of another kind is refused, with nothing to pay."""
    wrong = replace(VEO, body={**VEO.body, "duration_seconds": "long"})
    with pytest.raises(BadRequest) as told:
        Google().service().ask(wrong, {}, tmp_path, "token")
    assert told.value.refused
    assert not server.heard
