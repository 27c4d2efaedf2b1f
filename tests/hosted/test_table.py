"""The table of services against what the vendors' own libraries say, and against itself."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
from google.genai._gaos.types.interactions import model as google_models
from runwayml.types import image_to_video_create_params as framed
from runwayml.types import text_to_video_create_params as worded
from runwayml.types.generate import video_create_params as routed

from projects.hosted import catalogue
from projects.hosted.catalogue import Found, house_table, lengths
from projects.hosted.job import Purchase
from projects.hosted.table import Model
from projects.plugins import find
from projects.weights import Setting
from scenes.backends import runway
from scenes.backends.runway import ROUTER, Runway
from scenes.hosted.asking import Wish, wish
from tests.hosted.asked import asked
from tests.hosted.sdk_types import comments_of, faults, fields_of, models_of, words_of

TABLE = house_table()
RUNWAY = TABLE.services["runway"]
WORDED, FRAMED = models_of(worded), models_of(framed)
LIVING = [name for name, model in RUNWAY.models.items() if model.retired_on is None and name != ROUTER]
LEFT_OUT = {"grok_imagine_1_5_lite": "no source tells its lengths"}
_EXAMPLES: dict[str, Setting] = {"text": "auto", "number": 0.5, "switch": True}
EVERY = [(service, name) for service, entry in TABLE.services.items() for name in entry.models]


@pytest.fixture(autouse=True)
def _no_table_of_the_user(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(catalogue.SERVICES_VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.getbasetemp() / "nobody"))


@pytest.fixture(autouse=True)
def _small_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runway, "_uri", lambda path: f"data:image/png;base64,{path}")


def _model(service: str, name: str) -> Model:
    return TABLE.services[service].models[name]


def _requests(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every kind of request that the table allows of a model of Runway: where it goes and its body."""
    model = _model("runway", name)
    kinds: list[tuple[float, ...]] = [()] if "text" in model.modes else []
    kinds += [(0,)] if model.first else []
    kinds += [(0, 1)] if model.last else []
    kinds += [(0, 0.25, 0.5, 1)] if model.middle else []
    for at in kinds:
        sizes = model.framed_sizes if at and model.framed_sizes else model.sizes
        every = lengths(model)
        for number, (resolution, size) in enumerate(
            (resolution, size) for resolution, shapes in sizes.items() for size in shapes.values()
        ):
            for seconds in (every[0], every[-1]) if number else every:
                for sound in (False, True) if model.audio == "toggle" else (None,):
                    yield _request(name, at, resolution, size, seconds, sound)


def _request(
    name: str, at: tuple[float, ...], resolution: str, size: tuple[int, int], seconds: float, sound: bool | None
) -> tuple[str, dict[str, Any]]:
    said: dict[str, Any] = {"name": name, "resolution": resolution}
    said |= {} if sound is None else {"audio": sound}
    request = asked(said, at=at, size=size, seconds=seconds, references=3, negative="rain")
    made = wish("runway", request)
    assert (made.resolution, (made.width, made.height), made.seconds) == (resolution, size, seconds)
    purchase = Runway().purchase(request, lambda path: "0" * 64)
    where, pictures = runway._with_pictures({place: request.files[file] for place, file in _places(made).items()})
    return where, {**purchase.body, **pictures}


def _places(made: Wish) -> dict[str, str]:
    return {**made.pictures, **{f"reference-{number}": name for number, name in enumerate(made.references, 1)}}


@pytest.mark.parametrize("name", LIVING)
def test_what_is_asked_of_runway_is_what_its_library_allows(name: str) -> None:
    """In every mode, resolution, shape, sound and length of the table: keys, words and kinds are those of the type."""
    kinds = {"/v1/text_to_video": WORDED, "/v1/image_to_video": FRAMED}
    seen = 0
    for where, body in _requests(name):
        assert name in kinds[where], f"{name} is not at {where}"
        assert list(faults(body, kinds[where][name])) == [], body
        seen += 1
    assert seen


def test_the_check_against_the_types_finds_faults() -> None:
    """A wrong ratio, a length in text, an unknown and a missing key: each is told."""
    body = {"model": "gen4.5", "duration": "5", "ratio": "16:9", "colour": 1}
    told = " ".join(faults(body, WORDED["gen4.5"]))
    for word in ("body.duration is '5'", "body.ratio is '16:9'", "body.colour is unknown", "promptText is missing"):
        assert word in told


def test_every_model_of_runway_is_in_the_table_or_left_out_for_a_reason() -> None:
    """Whatever the library offers for scenes has its entry, and the table names nothing that the library does not."""
    offered = set(WORDED) | set(FRAMED)
    assert offered - set(LIVING) == set(LEFT_OUT)
    assert set(LIVING) <= offered


@pytest.mark.parametrize("name", LIVING)
def test_what_a_model_of_runway_can_do_is_what_its_library_knows(name: str) -> None:
    """Seed, what is left out, sound, frames, references and further settings stand where the types have them."""
    model = _model("runway", name)
    text, image = fields_of(WORDED[name]) if name in WORDED else {}, fields_of(FRAMED[name])
    both = text | image
    assert model.seed == ("seed" in both)
    assert model.negative == ("negativePrompt" in both)
    assert (model.audio == "toggle") == ("audio" in both)
    assert ("text" in model.modes) <= bool(text)
    assert model.first == ("promptImage" in image)
    frames = words_of(_positions(image["promptImage"]))
    assert frames in (set(), {"first", "last"} if model.last else {"first"})
    if model.references:
        assert (model.references_beside != "frames") == ("references" in text)
        assert (model.references_beside != "words") == ("references" in image)
    for key, value in model.settings.items():
        said = runway._settings({key: _EXAMPLES[value]})
        assert [fault for fault in faults(said, FRAMED[name]) if "unknown" in fault] == []


def _positions(hint: Any) -> Any:
    """Where a picture may stand by the type of `promptImage`; an empty type where it does not say."""
    for one in get_args(hint):
        if get_origin(one) is not None and (inside := get_args(one)) and hasattr(inside[0], "__annotations__"):
            return fields_of(inside[0])["position"]
    return str


@pytest.mark.parametrize("name", LIVING)
def test_numbers_in_the_comments_of_runway_s_types_are_those_of_the_table(name: str) -> None:
    """`from 2 to 10`, `up to 1000 characters`, `up to 9`: what only the comments say holds too."""
    model = _model("runway", name)
    for module, kinds in ((worded, WORDED), (framed, FRAMED)):
        if name not in kinds:
            continue
        told = comments_of(module)
        own = told[kinds[name].__name__]
        parts = [
            text for kind, texts in told.items() if kind.startswith(kinds[name].__name__) for text in texts.values()
        ]
        spans = [span for text in (own.get("duration", ""), *parts) if (span := _span(text))]
        assert all(span == (lengths(model)[0], lengths(model)[-1]) for span in spans)
        if found := re.search(r"up to (\d+) characters", own.get("prompt_text", "")):
            assert model.prompt == int(found[1])
        if found := re.search(
            r"images? \(?references \(up to (\d+)\)|images \(up to (\d+)\)", own.get("references", "")
        ):
            assert model.references == int(found[1] or found[2])
        if found := re.search(r"Up to (\d+) images in total, frames included", own.get("references", "")):
            assert (model.pictures, model.middle) == (int(found[1]), int(found[1]) - 2)
        if "follows the first frame’s" in own.get("prompt_image", "") or "keeps" in own.get("ratio", ""):
            assert model.follows
        if "must use `auto_" in own.get("ratio", ""):
            assert model.words["framed"] == "auto"


def _span(text: str) -> tuple[float, float] | None:
    found = re.search(r"(?:from|between) (\d+) (?:to|and) (\d+)", text)
    seconds = found and re.search(r"integer|seconds", text)
    return (float(found[1]), float(found[2])) if found and seconds and "reference" not in text else None


def test_the_comments_hold_numbers() -> None:
    """The reading of comments finds what is known to stand there."""
    assert _span(comments_of(worded)["Gen4_5"]["duration"]) == (2, 10)
    assert "up to 3500 characters" in comments_of(worded)["Seedance2"]["prompt_text"]


def test_a_router_is_asked_in_its_own_words() -> None:
    """Every tier and shape of the table, with sound, negative words and pictures in their roles, is what it takes."""
    model, seen = _model("runway", ROUTER), set()
    for resolution, shapes in model.sizes.items():
        for size in shapes.values():
            said: dict[str, Any] = {"name": ROUTER, "config": "mine", "resolution": resolution, "audio": True}
            request = asked(said, at=(0, 1), size=size, references=2, negative="rain")
            body: dict[str, Any] = {**Runway().purchase(request, lambda path: "0" * 64).body}
            pictures = runway._with_roles({place: Path(place) for place in ("first", "last", "reference-1")})
            whole = {"configId": body["configId"], "input": {**body["input"], **pictures}}
            assert list(faults(whole, routed.VideoCreateParams)) == []
            seen.add((whole["input"]["resolution"], whole["input"]["aspectRatio"]))
    ratios, tiers = (words_of(fields_of(routed.Input)[key]) for key in ("aspectRatio", "resolution"))
    assert seen == {(tier, shape) for tier in tiers for shape in ratios}


def test_models_of_google_are_known_to_its_library() -> None:
    """What is spoken to by its interactions goes by a name that the library lists."""
    listed = words_of(google_models.Model)
    ours = {model.id or name for name, model in _living("google") if not (model.id or name).startswith("veo")}
    assert ours <= listed


def test_models_of_elevenlabs_are_known_to_its_library() -> None:
    """Speech and music go by names that the library lists."""
    from elevenlabs.types.music_model_id import MusicModelId
    from elevenlabs.types.text_to_speech_generation_request import TextToSpeechGenerationRequest
    from elevenlabs.types.tts_conversational_model import TtsConversationalModel

    asks = {kind.model_fields["model_id"].default for kind in get_args(get_args(TextToSpeechGenerationRequest)[0])}
    speech = words_of(TtsConversationalModel) | asks
    for name, model in _living("elevenlabs"):
        if model.media in ("speech", "music"):
            assert (model.id or name) in (speech if model.media == "speech" else words_of(MusicModelId))


def _living(service: str) -> list[tuple[str, Model]]:
    entry = TABLE.services.get(service)
    return [(name, model) for name, model in entry.models.items() if model.retired_on is None] if entry else []


@pytest.mark.parametrize(("service", "name"), EVERY)
def test_a_model_has_a_price_or_a_reason(service: str, name: str) -> None:
    """Where no price is known the note says so; no date of a price lies ahead, and each has a source."""
    model = _model(service, name)
    if model.price is None:
        assert model.note or model.retired_on, "neither a price nor a word about it"
        return
    assert model.price.as_of <= dt.date.today()
    assert model.price.source
    assert model.price.usd
    assert set(model.price.usd) - {""} <= set(model.sizes) | set(model.framed_sizes)
    if "" not in model.price.usd:
        assert set(model.sizes) | set(model.framed_sizes) <= set(model.price.usd)


@pytest.mark.parametrize(("service", "name"), EVERY)
def test_a_model_s_own_figures_agree(service: str, name: str) -> None:
    """Sizes are even and of the shape that they are called by, a last picture needs a first, lengths are in order."""
    model = _model(service, name)
    for shapes in (*model.sizes.values(), *model.framed_sizes.values()):
        for shape, (width, height) in shapes.items():
            assert (width % 2, height % 2) == (0, 0)
            across, down = map(int, shape.split(":"))
            assert width / height == pytest.approx(across / down, rel=0.06)
    assert all(short < long for short, long in pairwise(lengths(model)))
    assert model.first >= model.last
    assert bool(model.middle) <= model.last
    assert ("image" in model.modes) == model.first or model.media != "video"
    if model.retired_on is None and model.media == "video":
        assert model.modes


@pytest.mark.parametrize("service", list(TABLE.services))
def test_names_of_a_service_s_models_are_its_own(service: str) -> None:
    """No name, id or alias means two models; the usual model is there and lives."""
    entry = TABLE.services[service]
    names = [word for key, model in entry.models.items() for word in {key, model.id, *model.aliases} if word]
    assert sorted(names) == sorted(set(names))
    if entry.default:
        assert catalogue.model_of(service).notes == ()
    assert not {name for name in names if not re.fullmatch(r"[\w./-]+", name)}


@pytest.mark.parametrize(("service", "name"), [one for one in EVERY if _model(*one).retired_on])
def test_a_retired_model_leads_to_a_living_one(service: str, name: str) -> None:
    """Its successors end at one that lives, here or, by name, at another service; it is itself never taken."""
    model, steps = _model(service, name), 0
    while model.retired_on is not None:
        assert model.retired_on <= dt.date.today() or steps == 0
        where, _, led = model.successor.rpartition("/") if "/" in model.successor else (service, "", model.successor)
        assert led, f"{name} has no successor"
        service, model, steps = where, catalogue.services()[where].models[led], steps + 1
        assert steps < 8


@pytest.mark.parametrize("name", [name for name, model in RUNWAY.models.items() if model.retired_on])
def test_a_retired_model_of_runway_is_never_chosen(name: str) -> None:
    """Whoever names it gets what has become of it, and is told."""
    found: Found = wish("runway", asked({"name": name}, seconds=4, at=(0,))).found
    assert found.name == RUNWAY.models[name].successor
    assert f"retired {name} on" in found.notes[0]


@pytest.mark.parametrize("name", list(TABLE.names))
def test_a_name_from_elsewhere_leads_somewhere(name: str) -> None:
    """Each known name leads to a living model of a service whose clips can be made here, and says so."""
    found = catalogue.resolve(name)
    assert found is not None
    assert found.model.media == "video"
    assert found.service in find("workprint.clips")
    assert name in found.notes[0]
    assert name not in find("workprint.clips")


@pytest.mark.parametrize("service", list(TABLE.services))
def test_a_service_says_where_its_jobs_are_seen(service: str) -> None:
    """Title, key and console are there for every service that costs something; addresses are encrypted."""
    entry = TABLE.services[service]
    assert entry.title
    assert entry.extra
    for address in (entry.console, entry.url):
        assert not address or address.startswith(("https://", "http://127.0.0.1"))
    assert entry.console or entry.key_optional or not entry.keys


def test_the_same_scene_is_the_same_purchase() -> None:
    """What is bought hangs on the request alone: the same twice, another with another take."""
    one, two, other = (
        Runway().purchase(asked(take=take, references=1), lambda path: path.name * 8) for take in (1, 1, 2)
    )
    assert isinstance(one, Purchase)
    assert one.key == two.key != other.key
