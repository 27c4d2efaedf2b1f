"""What a scene asks of a hosted model: lengths, shapes, pictures, sound and settings, by a table made for the tests."""

from __future__ import annotations

from fractions import Fraction

import pytest

from projects.hosted.catalogue import Estimate
from projects.weights import Setting
from scenes.backend import ClipRequest, Refusal
from scenes.backends.runway import Runway
from scenes.hosted.asking import Wish, wish
from scenes.hosted.clips import price_of
from storyboard.errors import MissingError
from storyboard.film import Keyframe, Look
from tests.hosted.asked import asked
from tests.hosted.conftest import Shop

TABLE = """
services:
  mill:
    title: The Mill
    default: plain
    models:
      plain:
        modes: [text, image]
        seconds: [4, 6, 8]
        sizes:
          720p: {"16:9": [1280, 720], "9:16": [720, 1280]}
          1080p: {"16:9": [1920, 1080]}
        framed_sizes: {720p: {"1:1": [720, 720], "16:9": [1280, 720]}}
        first: true
        last: true
        references: 2
        audio: toggle
        seed: true
        negative: true
        prompt: 20
        settings: {grain: number, look: text, loop: switch}
        price: {per: second, usd: {"": 0.4}, silent: {"": 0.2}, picture: 0.01, as_of: 2026-11-01, source: a test}
      words:
        seconds: {least: 2, most: 10}
        price: {per: clip, usd: {"": 0.5}, as_of: 2026-11-01, source: a test}
      loud:
        seconds: {least: 2, most: 10, step: 0.5}
        modes: [text, image]
        first: true
        follows: true
        audio: always
        references: 3
        references_beside: words
        sizes: {720p: {"16:9": [1280, 720]}}
        price: {per: minute, usd: {"": 6}, as_of: 2026-11-01, source: a test}
      frames:
        modes: [image]
        first: true
        last: true
        middle: 2
        pictures: 4
        references: 3
        references_beside: frames
      voice: {media: speech, price: {per: character, usd: {"": 0.001}, as_of: 2026-11-01, source: a test}}
"""


@pytest.fixture(autouse=True)
def _table(shop: Shop) -> None:
    shop.write_services(TABLE)


def _wish(model: dict[str, Setting] | None = None, **changes: object) -> Wish:
    return wish("mill", asked(model, prompt="a wood", **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("model", "needed", "given"),
    [
        ("plain", 4, 4),
        ("plain", 1, 4),
        ("plain", 4.05, 4),
        ("plain", 4.2, 6),
        ("plain", 8.08, 8),
        ("words", 2.5, 3),
        ("loud", 2.4, 2.5),
        ("frames", 3.2, 4),
    ],
)
def test_the_shortest_length_that_is_long_enough(model: str, needed: float, given: float) -> None:
    """Nobody pays for a second because of a moment; where no lengths are known, whole seconds are asked for."""
    assert _wish({"name": model}, seconds=needed, at=(0,) if model == "frames" else ()).seconds == given


def test_a_scene_that_is_too_long() -> None:
    """It is refused with what the model makes at most."""
    with pytest.raises(Refusal, match=r"lasts 8.50 s, and plain makes at most 8 s") as told:
        _wish(seconds=8.5)
    assert "divide it" in told.value.hint


def test_a_length_that_the_author_wants() -> None:
    """One that is offered is taken though a shorter one would do; others, and too short ones, are refused."""
    assert _wish({"seconds": 8}, seconds=4).seconds == 8
    with pytest.raises(Refusal, match="no clip of 5 s") as told:
        _wish({"seconds": 5}, seconds=4)
    assert told.value.hint == "write one of 4, 6, 8"
    with pytest.raises(Refusal, match=r"lasts 7.00 s, and 4 s are asked"):
        _wish({"seconds": 4}, seconds=7)


@pytest.mark.parametrize(
    ("canvas", "resolution", "shape", "cut"),
    [
        ((1280, 720), "720p", "16:9", ""),
        ((640, 360), "720p", "16:9", ""),
        ((1920, 1080), "1080p", "16:9", ""),
        ((3840, 2160), "1080p", "16:9", ""),
        ((1080, 1920), "720p", "9:16", ""),
        ((1080, 1080), "1080p", "16:9", "plain makes 16:9; 44 % of the picture is cut off"),
        ((1920, 800), "1080p", "16:9", "plain makes 16:9; 26 % of the picture is cut off"),
    ],
)
def test_the_shape_that_loses_least(canvas: tuple[int, int], resolution: str, shape: str, cut: str) -> None:
    """Then the smallest resolution that covers the canvas; what is cut off is said."""
    made = _wish(size=canvas)
    assert (made.resolution, made.aspect) == (resolution, shape)
    assert [note for note in made.notes if "cut off" in note] == ([f"{cut} for the canvas"] if cut else [])


def test_a_resolution_that_the_author_wants() -> None:
    """It is taken where the model has it, and refused where it has not, or has not with a picture."""
    assert (_wish({"resolution": "1080p"}).width, _wish({"resolution": "720p"}).width) == (1920, 1280)
    with pytest.raises(Refusal, match="no resolution '8k'") as told:
        _wish({"resolution": "8k"})
    assert told.value.hint == "write one of 720p, 1080p"
    with pytest.raises(Refusal, match="no resolution '1080p' for a clip that begins with a picture"):
        _wish({"resolution": "1080p"}, at=(0,))
    with pytest.raises(Refusal, match="words has no resolution '720p'") as nothing:
        _wish({"name": "words", "resolution": "720p"})
    assert "take `resolution:` out" in nothing.value.hint


def test_other_shapes_where_a_picture_is_given() -> None:
    """A model may make shapes with a picture that it does not make from words."""
    assert _wish(size=(1080, 1080), at=(0,)).aspect == "1:1"


def test_a_model_that_keeps_the_picture_s_shape() -> None:
    """That is said in place of what would be cut off."""
    notes = _wish({"name": "loud"}, size=(1080, 1080), at=(0,)).notes
    assert "loud keeps the shape of the first picture" in notes
    assert not any("cut off" in note for note in notes)


def test_pictures_by_place_and_in_the_order_of_time() -> None:
    """First, in between and last, however they are written."""
    made = _wish({"name": "frames"}, at=(1, 0.7, 0, 0.2))
    assert list(made.pictures.items()) == [
        ("first", "0.png"),
        ("middle-1", "0.2.png"),
        ("middle-2", "0.7.png"),
        ("last", "1.png"),
    ]
    assert made.middle == (0.2, 0.7)
    assert made.files == ("0.png", "0.2.png", "0.7.png", "1.png")


@pytest.mark.parametrize(
    ("model", "at", "told", "hint"),
    [
        ("plain", (0, 0.5), "takes no picture at 0.5 of the clip", "start, end"),
        ("words", (0,), "takes no picture at 0 of the clip", "reads words only"),
        ("loud", (0, 1), "takes no picture at 1 of the clip", "one picture at each of: start"),
        ("plain", (1,), "only together with a first one", "`at: start`"),
        ("frames", (0.5,), "only together with a first one", "`at: start`"),
        ("frames", (), "begins with a picture", "`at: start`"),
        ("frames", (0, 0.1, 0.2, 0.3), "takes no picture at 0.3", "2 in between"),
    ],
)
def test_pictures_that_would_not_be_looked_at(model: str, at: tuple[float, ...], told: str, hint: str) -> None:
    """They are refused before anything is paid, with the places that the model looks at."""
    with pytest.raises(Refusal, match=told) as problem:
        _wish({"name": model}, at=at)
    assert hint in problem.value.hint


def test_two_pictures_at_one_place() -> None:
    """The second is not dropped silently."""
    twice = (Keyframe("a.png", Fraction(0)), Keyframe("b.png", Fraction(0)))
    with pytest.raises(Refusal, match="takes no picture at 0 of the clip"):
        _wish(keyframes=twice)


def test_more_pictures_than_travel_together(shop: Shop) -> None:
    """A limit over all kinds of pictures holds for frames too."""
    shop.write_services(TABLE.replace("pictures: 4", "pictures: 2"))
    with pytest.raises(Refusal, match="frames takes 2 pictures"):
        _wish({"name": "frames"}, at=(0, 0.5, 1))


@pytest.mark.parametrize("extra", ["depth", "mask", "layers"])
def test_pictures_with_more_to_them(extra: str) -> None:
    """Layers, depth and masks are for the house's own painter."""
    value = ("c.png",) if extra == "layers" else "c.png"
    frame = Keyframe("a.png", Fraction(0), **{extra: value})  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="plain pictures only"):
        _wish(keyframes=(frame,))


@pytest.mark.parametrize(
    ("model", "at", "count", "sent", "note"),
    [
        ("plain", (), 2, 2, ""),
        ("plain", (0,), 3, 2, "looks at 2 reference pictures"),
        ("words", (), 1, 0, "looks at no reference pictures"),
        ("loud", (), 3, 3, ""),
        ("loud", (0,), 3, 0, "only without `keyframes:`"),
        ("frames", (0, 1), 2, 2, ""),
        ("frames", (0, 0.5, 1), 3, 1, "looks at 1 reference pictures"),
    ],
)
def test_pictures_of_characters(model: str, at: tuple[float, ...], count: int, sent: int, note: str) -> None:
    """As many as the model looks at, beside what it lets them stand; that others are not sent is said."""
    made = _wish({"name": model}, at=at, references=count)
    assert len(made.references) == sent
    assert [one for one in made.notes if "reference pictures" in one] == ([] if not note else [_note(made, note)])


def test_pictures_of_the_style_go_behind_those_of_characters() -> None:
    """As many as the model looks at are sent, and what is not sent is said; they are files of the purchase."""
    look = Look(examples=("style-0.png", "style-1.png"))
    made = _wish({"name": "plain"}, references=1, look=look)
    assert made.references == ("hero-0.png", "style-0.png")
    assert "style-0.png" in made.files
    assert _note(made, "looks at 2 reference pictures of characters and of the style")
    assert _wish({"name": "words"}, look=look).references == ()


def _note(made: Wish, part: str) -> str:
    return next(one for one in made.notes if part in one)


def test_sound() -> None:
    """Where it can be chosen it is off until the author wants it and hears it; where it cannot, `audio:` is refused."""
    assert not _wish().sound
    assert _wish({"audio": True}).sound
    assert not _wish({"audio": True}, clip_sound=False).sound
    assert _wish({"name": "loud"}).sound
    assert any("always makes sound" in note for note in _wish({"name": "loud"}).notes)
    assert not any("always makes sound" in note for note in _wish({"name": "loud"}, clip_sound=False).notes)
    for model, told in (("loud", "always makes sound"), ("words", "never makes sound")):
        with pytest.raises(Refusal, match=told):
            _wish({"name": model, "audio": False})


def test_what_must_be_left_out() -> None:
    """It is sent where the model reads it, and said where it does not."""
    assert _wish(negative="rain").negative == "rain"
    other = _wish({"name": "words"}, negative="rain")
    assert other.negative == ""
    assert any("does not read what must be left out" in note for note in other.notes)


def test_a_seed() -> None:
    """It is sent where the model takes one."""
    assert (_wish(seed=3).seed, _wish({"name": "words"}, seed=3).seed) == (3, None)


@pytest.mark.parametrize(
    ("prompt", "units", "fits"),
    [("a" * 20, 20, True), ("a" * 21, 21, False), ("🎬" * 10, 20, True), ("🎬" * 11, 22, False)],
)
def test_a_prompt_is_measured_as_services_measure(prompt: str, units: int, fits: bool) -> None:
    """In UTF-16 units: a picture sign counts for two."""
    if fits:
        assert wish("mill", asked(prompt=prompt)).prompt == prompt
        return
    with pytest.raises(Refusal, match=f"has {units} characters, and plain reads 20"):
        wish("mill", asked(prompt=prompt))


def test_no_prompt() -> None:
    """A clip of nothing is not bought."""
    with pytest.raises(Refusal, match="has no prompt"):
        wish("mill", asked(prompt="  "))


def test_settings_that_only_this_service_knows() -> None:
    """They go on to it as they are."""
    said: dict[str, Setting] = {"grain": 3, "look": "noir", "loop": True}
    assert dict(_wish(said).extra) == said


@pytest.mark.parametrize(
    ("said", "told", "hint"),
    [
        ({"grian": 1}, "has no setting 'grian'", "did you mean 'grain'?"),
        ({"zoom": 1}, "has no setting 'zoom'", "there are: name, seconds, resolution, audio, grain, look, loop"),
        ({"grain": "much"}, "setting 'grain' of plain is 'much'", "write a number"),
        ({"grain": True}, "setting 'grain' of plain is True", "write a number"),
        ({"look": 5}, "setting 'look' of plain is 5", "write a text"),
        ({"audio": 1}, "setting 'audio' of plain is 1", "write a switch"),
        ({"seconds": "five"}, "setting 'seconds' of plain is 'five'", "write a number"),
    ],
)
def test_settings_that_nobody_knows(said: dict[str, Setting], told: str, hint: str) -> None:
    """A slip is told with what was meant; a value of another kind likewise."""
    with pytest.raises(Refusal, match=told) as problem:
        _wish(said)
    assert hint in problem.value.hint


def test_a_model_that_makes_no_pictures() -> None:
    """A voice is no clip, and a name that nobody knows is told with those that are known."""
    with pytest.raises(Refusal, match="voice makes speech"):
        _wish({"name": "voice"})
    with pytest.raises(MissingError, match="no model 'plane'") as told:
        _wish({"name": "plane"})
    assert "Did you mean 'plain'?" in told.value.hint


@pytest.mark.parametrize(
    ("said", "changes", "money"),
    [
        ({}, {"seconds": 5}, "1.2"),
        ({"audio": True}, {"seconds": 5}, "2.4"),
        ({}, {"seconds": 4, "at": (0, 1), "references": 1}, "0.83"),
        ({"name": "words"}, {"seconds": 9}, "0.5"),
        ({"name": "loud"}, {"seconds": 2.5}, "0.25"),
    ],
)
def test_the_price(said: dict[str, Setting], changes: dict[str, object], money: str) -> None:
    """By the second asked for, the clip or the minute; with or without sound; and each picture besides."""
    assert str(price_of(_wish(said, **changes)).money).rstrip("0") == money


def test_a_price_that_nobody_knows() -> None:
    """It is none, never nothing."""
    assert price_of(_wish({"name": "frames"}, at=(0,))) == Estimate(None)


OWN = """
services:
  runway:
    default: dear
    models:
      dear:
        seconds: [5]
        audio: toggle
        sizes: {720p: {"16:9": [1280, 720]}}
        price: {per: second, usd: {"": 9.0}, as_of: 2026-11-01, source: a test}
"""


def _cheaper(request: ClipRequest) -> dict[str, Estimate]:
    return dict(Runway().cheaper(request))


def test_what_would_be_cheaper(shop: Shop) -> None:
    """Models and resolutions that could make the same, the cheapest first; none that is retired or without a price."""
    shop.write_services(OWN)
    offers = Runway().cheaper(asked(seconds=5))
    names = [name for name, _ in offers]
    assert [price.money for _, price in offers] == sorted(price.money for _, price in offers if price.money is not None)
    assert "runway wan3 480p" in names
    assert "runway gen4.5 720p" in names
    assert not {name.split()[1] for name in names} & {
        "dear",
        "gen3a_turbo",
        "veo3",
        "router",
        "kling3.0_pro",
        "gen4_turbo",
    }
    assert all(price.money for _, price in offers)


def test_what_is_cheaper_makes_what_was_asked(shop: Shop) -> None:
    """With sound wanted, models without it are not offered, and others are priced with it."""
    shop.write_services(OWN)
    with_sound, without = (_cheaper(asked({"audio": on}, seconds=5)) for on in (True, False))
    assert "runway gen4.5 720p" in without
    assert "runway gen4.5 720p" not in with_sound
    assert with_sound["runway veo3.1 720p"].money == 2 * (without["runway veo3.1 720p"].money or 0)
    longer = _cheaper(asked({"seconds": 5}, seconds=3))
    assert "runway veo3.1 720p" not in longer
    assert "runway gen4.5 720p" in longer
