"""Stage dressing: which words set something up, where it stands, and what is then no longer named as not drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from scenes.backend import ClipRequest
from scenes.backends.animatic.dressing import PROPS
from scenes.backends.animatic.moments import action_in
from scenes.backends.animatic.painter import BRUSHES, paint_stage
from scenes.backends.animatic.stage import Stage, stage_of
from storyboard.film import Character, Moments, Part, VoiceChoice

RequestOf = Callable[..., ClipRequest]


def _kinds(stage: Stage) -> set[str]:
    return {layer.kind for layer in stage.layers}


def _actor(action: str = "stand", wears: str = "") -> Part:
    return Part(
        Character("anna", "Anna", "woman", "woman", "", wears, VoiceChoice("en/emma")), action, "neutral", "left"
    )


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


def test_every_thing_has_a_brush() -> None:
    """Nothing can be named that nobody paints."""
    assert {prop.kind for prop in PROPS} - {"lamps"} <= set(BRUSHES)


@pytest.mark.parametrize("prop", PROPS, ids=lambda prop: prop.kind)
def test_things_show(request_of: RequestOf, prop: object) -> None:
    """Every thing that is set up leaves paint on its sheet, within the frame."""
    word = {"throne": "throne", "signpost": "sign", "desk": "table", "lamps": "lantern"}.get(prop.kind, prop.kind)  # type: ignore[attr-defined]
    stage = stage_of(request_of(prompt=f"a {word}", cast=(_actor(),)))
    kind = "lantern post" if word == "lantern" else prop.kind  # type: ignore[attr-defined]
    sheets = paint_stage(replace(stage, layers=tuple(layer for layer in stage.layers if layer.kind == kind)))
    assert len(sheets) == 1
    assert sheets[0].x > -20
    assert sheets[0].x + sheets[0].pixels.shape[1] < 180


def test_what_is_drawn_is_not_reported(request_of: RequestOf) -> None:
    """Words that a thing shows leave the list of what is not drawn; others stay."""
    stage = stage_of(request_of(prompt="A wooden sign hums.", unread=("wooden", "sign", "hums")))
    assert stage.not_drawn == ("hums",)


def test_close_ups_show_no_things_and_say_so(request_of: RequestOf) -> None:
    """Behind a close-up nothing is set up, so the word stays named."""
    stage = stage_of(request_of(prompt="A sign.", unread=("sign",), shot="close-up", cast=(_actor(),)))
    assert "signpost" not in _kinds(stage)
    assert "sign" in stage.not_drawn


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


def test_a_falling_chair_fells_nobody() -> None:
    """What falls in `the chair falls` is the chair."""
    assert action_in("падает стул") == ""
    assert action_in("the chair falls, he turns") == "turn"
    assert action_in("he falls") == "fall"


def test_who_sits_keeps_sitting_while_talking(request_of: RequestOf) -> None:
    """Speaking or listening in a moment makes nobody get up."""
    cast = (_actor("sit"),)
    stage = stage_of(request_of(cast=cast, moments=Moments(middle="she speaks", end="Anna listens")))
    assert {leg.action for leg in stage.tracks[0].legs} == {"sit"}
