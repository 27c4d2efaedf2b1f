"""Stage dressing: what words and things set up, where it stands, in which colour, and what is named as missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from scenes.backend import ClipRequest
from scenes.backends.animatic.brushes.things import BRUSHES as THINGS
from scenes.backends.animatic.dressing import MOST, PROPS, Dressing, dressing_of
from scenes.backends.animatic.painter import BRUSHES, PaintedSheet, paint_stage
from scenes.backends.animatic.places.atlas import PLACES
from scenes.backends.animatic.stage import Stage, stage_of
from scenes.backends.animatic.standing import stand_of
from scenes.backends.animatic.things.room import PIECES
from storyboard.film import Beat, Character, Part, Thing, VoiceChoice
from storyboard.vocabulary.props import PROPS as WORDS

RequestOf = Callable[..., ClipRequest]
OLD = (
    "throne",
    "signpost",
    "boulder",
    "tent",
    "campfire",
    "table",
    "chair",
    "candle",
    "bouquet",
    "suitcase",
    "lamppost",
)
EVERYTHING = sorted({*PIECES, *OLD})


def _kinds(stage: Stage) -> set[str]:
    return {layer.kind for layer in stage.layers}


def _actor(action: str = "stand", wears: str = "", role: str = "woman", name: str = "anna") -> Part:
    return Part(Character(name, name, role, role, "", wears, VoiceChoice("en/emma")), action, "neutral", "left")


def _where(kind: str) -> str:
    """A place that has ground or water for a thing."""
    return next(place for place in ("meadow", "lake", "sea shore") if stand_of(kind, place, False) is not None)


def _set_up(request_of: RequestOf, *things: Thing, **fields: object) -> tuple[Stage, Dressing]:
    fields.setdefault("place", _where(things[0].kind))
    request = request_of(things=things, **fields)
    stage = stage_of(request)
    place = PLACES[stage.place]
    return stage, dressing_of(request.scene, place, stage.layout, stage.tracks, (), stage.close)


def _sheets(stage: Stage, dressing: Dressing) -> list[PaintedSheet]:
    """What the dressing paints, without shadows and light."""
    solid = tuple(layer for layer in dressing.layers if layer.kind != "shade" and layer.blend == "over")
    return paint_stage(replace(stage, layers=solid))


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Two paths meet at a wooden sign.", "signpost"),
        ("У дороги стоит указатель.", "signpost"),
        ("A giant boulder lies there.", "boulder"),
        ("Огромный валун.", "boulder"),
        ("a tent by the trees", "tent"),
        ("рядом палатка", "tent"),
        ("They sit round a campfire.", "campfire"),
        ("У костра тепло.", "campfire"),
        ("a table under the tree", "desk"),
        ("На траве стоит стул.", "chair"),
        ("a burning candle", "candle"),
        ("Букет в вазе.", "bouquet"),
        ("чемоданы у забора", "suitcase"),
        ("a lamppost", "lantern post"),
        ("a stone throne", "throne"),
    ],
)
def test_words_set_things_up(request_of: RequestOf, words: str, kind: str) -> None:
    """Each thing is set up by its English and its Russian word."""
    assert kind in _kinds(stage_of(request_of(prompt=words)))


@pytest.mark.parametrize("words", ["No sign anywhere.", "He is signing a letter.", "без стула", "constable"])
def test_other_words_set_nothing_up(request_of: RequestOf, words: str) -> None:
    """Denied things and longer words that only contain one stay off the stage."""
    assert not _kinds(stage_of(request_of(prompt=words))) & {"signpost", "chair", "desk"}


def test_a_listed_thing_is_not_set_up_twice(request_of: RequestOf) -> None:
    """What the scene lists and its prompt says stands there once."""
    stage, _ = _set_up(request_of, Thing("chair", "chair"), prompt="a chair")
    assert [layer.kind for layer in stage.layers].count("chair") == 1


def test_everything_can_be_set_up() -> None:
    """Every thing of the vocabulary has a brush and a place where it may stand."""
    for kind in EVERYTHING:
        stand = stand_of(kind, _where(kind), False)
        assert stand is not None
        assert stand.kind in BRUSHES
    assert {prop.kind for prop in PROPS} <= set(OLD)
    assert set(WORDS.canonical) <= set(EVERYTHING)


@pytest.mark.parametrize("kind", EVERYTHING)
def test_things_show_inside_the_frame(request_of: RequestOf, kind: str) -> None:
    """Every thing leaves paint on a sheet that lies within the frame, with its foot on the ground of its distance."""
    stage, dressing = _set_up(request_of, Thing(kind, kind), cast=(_actor(),), width=320, height=180)
    painted = _sheets(stage, dressing)
    assert painted
    sheet = painted[0]
    alpha = sheet.pixels[..., 3] > 160
    rows, columns = np.flatnonzero(alpha.any(axis=1)), np.flatnonzero(alpha.any(axis=0))
    assert sheet.x + columns[0] >= -1
    assert sheet.x + columns[-1] <= 321
    assert sheet.y + rows[0] >= -1
    foot = sheet.y + rows[-1]
    if stand_of(kind, stage.place, False).on != "sky":  # type: ignore[union-attr]
        ground = stage.layout.ground_at(sheet.layer.depth)
        assert abs(foot - ground) < 0.16 * stage.layout.person_at(sheet.layer.depth)


def test_no_two_things_are_alike(request_of: RequestOf) -> None:
    """Each thing has a picture of its own."""
    pictures = set()
    for kind in EVERYTHING:
        stage, dressing = _set_up(request_of, Thing(kind, kind))
        pictures.add(_sheets(stage, dressing)[0].pixels.tobytes())
    assert len(pictures) == len(EVERYTHING)


@pytest.mark.parametrize("kind", ["car", "boat", "balloon", "teapot", "flag", "chair", "tent", "table", "umbrella"])
def test_a_thing_takes_its_colour(request_of: RequestOf, kind: str) -> None:
    """Said to be blue it is bluer than said to be red, and redder the other way."""
    tones = {}
    for colour in ("red", "blue"):
        stage, dressing = _set_up(request_of, Thing(kind, kind, colour))
        pixels = _sheets(stage, dressing)[0].pixels
        seen = pixels[pixels[..., 3] > 200].astype(float)
        tones[colour] = (seen[:, 2] - seen[:, 0]).mean()
    assert tones["red"] > tones["blue"] + 12


@pytest.mark.parametrize(("kind", "count", "drawn"), [("barrel", 3, 3), ("tent", 2, 2), ("cup", 9, MOST)])
def test_several_are_several(request_of: RequestOf, kind: str, count: int, drawn: int) -> None:
    """As many stand there as were said, up to five."""
    _, dressing = _set_up(request_of, Thing(kind, kind, count=count), width=320, height=180)
    main = [layer for layer in dressing.layers if layer.kind in (kind, f"thing:{kind}")]
    assert sum(int(layer.options.get("count", 1)) for layer in main) == drawn


@pytest.mark.parametrize("size", [(320, 180), (180, 320), (240, 240)])
@pytest.mark.parametrize("kind", ["barrel", "chest", "well", "telescope", "chair"])
def test_things_keep_clear_of_actors(request_of: RequestOf, kind: str, size: tuple[int, int]) -> None:
    """Nothing stands where somebody stands, in any shape of the frame."""
    cast = (_actor(), replace(_actor(name="bob"), at="right"))
    stage, dressing = _set_up(request_of, Thing(kind, kind), cast=cast, width=size[0], height=size[1])
    sheet = _sheets(stage, dressing)[0]
    for track in stage.tracks:
        middle = sheet.x + sheet.pixels.shape[1] / 2
        assert abs(middle - track.spot) > 0.10 * stage.layout.person


def test_things_keep_clear_of_each_other(request_of: RequestOf) -> None:
    """Three things stand in three places."""
    _, dressing = _set_up(request_of, Thing("chest", "chest"), Thing("well", "well"), Thing("barrel", "barrel"))
    spots = sorted(layer.options["x"] for layer in dressing.layers if layer.kind.startswith("thing:"))
    assert min(b - a for a, b in pairwise(spots)) > 0.12


@pytest.mark.parametrize("kind", ["car", "boat", "train", "well"])
def test_some_things_need_the_open(request_of: RequestOf, kind: str) -> None:
    """What no room holds is not set up in one, and is named."""
    _, dressing = _set_up(request_of, Thing(kind, f"old {kind}"), place="room")
    assert not dressing.layers
    assert dressing.missing == (f"old {kind}",)


def test_boats_need_water(request_of: RequestOf) -> None:
    """A ship stands on no meadow, but floats on the sea and moves with it."""
    assert _set_up(request_of, Thing("ship", "ship"), place="meadow")[1].missing == ("ship",)
    floating = _set_up(request_of, Thing("ship", "ship"), place="open sea")[1].layers
    assert floating[0].bob > 0


def test_what_is_held_stands_nowhere(request_of: RequestOf) -> None:
    """A thing in somebody's hands needs no place; what no hand can hold is set up beside him."""
    held = _set_up(request_of, Thing("key", "key", held_by="anna"), cast=(_actor(),))[1]
    assert not held.layers
    assert "key" in held.shown
    beside = _set_up(request_of, Thing("barrel", "barrel", held_by="anna"), cast=(_actor(),))[1]
    assert any(layer.kind == "thing:barrel" for layer in beside.layers)
    carried = _set_up(request_of, Thing("barrel", "barrel", held_by="anna"), cast=(_actor("carry"),))[1]
    assert not carried.layers


def test_an_animal_holds_nothing(request_of: RequestOf) -> None:
    """What a dog is said to hold lies beside it."""
    dog = _actor(role="dog", name="rex")
    beside = _set_up(request_of, Thing("ball", "ball", held_by="rex"), cast=(dog,))[1]
    assert any(layer.kind == "thing:ball" for layer in beside.layers)


def test_hands_outside_the_close_up_are_named(request_of: RequestOf) -> None:
    """A face alone shows no key; who carries something shows it there too."""
    cup = Thing("cake", "cake", held_by="anna")
    assert _set_up(request_of, cup, shot="close-up", cast=(_actor(),))[1].missing == ("cake",)
    assert _set_up(request_of, cup, shot="close-up", cast=(_actor("carry"),))[1].missing == ()


def test_what_is_drawn_is_not_reported(request_of: RequestOf) -> None:
    """Words that a thing shows leave the list of what is not drawn; others stay."""
    stage = stage_of(request_of(prompt="A wooden sign hums.", unread=("wooden", "sign", "hums")))
    assert stage.not_drawn == ("hums",)


def test_close_ups_show_no_things_and_say_so(request_of: RequestOf) -> None:
    """Behind a close-up nothing is set up, so the word stays named."""
    stage = stage_of(request_of(prompt="A sign.", unread=("sign",), shot="close-up", cast=(_actor(),)))
    assert "signpost" not in _kinds(stage)
    assert "sign" in stage.not_drawn
    assert _set_up(request_of, Thing("car", "car"), shot="close-up", cast=(_actor(),))[1].missing == ("car",)


def test_who_carries_it_needs_no_stand(request_of: RequestOf) -> None:
    """A candle in somebody's hand is not set up a second time."""
    stage = stage_of(request_of(prompt="Anna with a candle.", unread=("candle",), cast=(_actor(wears="candle"),)))
    assert "candle" not in _kinds(stage)
    assert "candle" not in stage.not_drawn


def test_who_sits_sits_on_the_throne(request_of: RequestOf) -> None:
    """A throne stands under the one who sits, who then needs no stool."""
    sitting = stage_of(request_of(prompt="She sits on a throne.", cast=(_actor("sit"),)))
    assert not sitting.tracks[0].stool
    throne = next(layer for layer in sitting.layers if layer.kind == "throne")
    assert abs(throne.options["x"] * 160 - sitting.tracks[0].spot) < 0.3 * sitting.layout.person
    assert stage_of(request_of(cast=(_actor("sit"),))).tracks[0].stool


def test_trees_bloom_where_the_words_say_so(request_of: RequestOf) -> None:
    """Cherry blossom changes the trees of the meadow."""
    layers = stage_of(request_of(prompt="Цветущий вишнёвый сад.")).layers
    assert any(layer.options.get("blossom") for layer in layers)
    assert not any(layer.options.get("blossom") for layer in stage_of(request_of()).layers)


def test_a_crowd_is_many_people(request_of: RequestOf) -> None:
    """The role `crowd`, in the cast or among the extras, paints rows of people who depend on the seed alone."""
    people = _actor(role="crowd")
    stage = stage_of(request_of(extras=(people,), width=320, height=180))
    rows = [layer for layer in stage.layers if layer.kind == "crowd"]
    assert 7 <= sum(int(layer.options["people"]) for layer in rows) <= 9
    assert [layer.kind for layer in stage_of(request_of(cast=(people,))).layers].count("crowd") == len(rows)
    painted = paint_stage(replace(stage, layers=tuple(rows)))
    again = paint_stage(replace(stage, layers=tuple(rows)))
    other = paint_stage(replace(stage, layers=tuple(rows), seed=stage.seed + 1))
    assert [sheet.pixels.tobytes() for sheet in painted] == [sheet.pixels.tobytes() for sheet in again]
    assert painted[0].pixels.tobytes() != other[0].pixels.tobytes()
    assert sum(len(sheet.spans) for sheet in painted) >= 5


def test_things_are_the_same_every_time(request_of: RequestOf) -> None:
    """The same scene sets up and paints the same."""
    one, two = (_set_up(request_of, Thing("well", "well"), Thing("cup", "cups", count=3)) for _ in range(2))
    assert one[1] == two[1]
    assert [s.pixels.tobytes() for s in _sheets(*one)] == [s.pixels.tobytes() for s in _sheets(*two)]


def test_every_piece_has_its_brush() -> None:
    """The property room and the brushes name the same things."""
    assert {f"thing:{kind}" for kind in PIECES} == set(THINGS) - {"shade"}


def test_who_sits_keeps_sitting_while_talking(request_of: RequestOf) -> None:
    """Speaking or listening in a moment makes nobody get up."""
    cast = (_actor("sit"),)
    beats = (Beat(), Beat(actions=(("anna", "talk"),)), Beat(actions=(("anna", "listen"),)))
    stage = stage_of(request_of(cast=cast, beats=beats))
    assert {leg.action for leg in stage.tracks[0].legs} == {"sit"}
