"""Every prop of the vocabulary is set up on sheets of its own or held in a hand, and is seen there and nowhere else."""

from __future__ import annotations

import itertools
from dataclasses import replace
from functools import cache

import pytest

from scenes.backend import ClipRequest
from scenes.backends.animatic.figures.look import HOLDABLE
from scenes.backends.animatic.places import atlas
from scenes.backends.animatic.stage import stage_of
from storyboard.film import Thing
from storyboard.vocabulary import PLACES, PROPS
from storyboard.vocabulary.props import PORTABLE
from tests.quality.screening import Screening, actor, change, request_of, sheets_box, shown_at

AT = 20
CLEAR, SPILL = 12, 3
STANDING, HELD = 300, 30
"""How many of the 57600 pixels of a frame a thing changes by more than `CLEAR` levels at least."""
ALIKE = 15
"""How many differ at least between two things on the same spot, of every fourth pixel."""
_OPEN = "road"
"""Where nearly everything finds ground; what needs water or a roof looks for its place in the order of the table."""


def _with(word: str, place: str, held: bool = False) -> tuple[ClipRequest, ClipRequest]:
    """A scene without the thing and the same scene with it."""
    acts = "stand" if word in HOLDABLE or not held else "carry"
    empty = request_of(place=place, cast=(actor(at="left", action=acts),))
    thing = Thing(word, word, held_by="anna" if held else "")
    return empty, replace(empty, scene=replace(empty.scene, things=(thing,)))


@cache
def _home(word: str) -> str:
    """The first place where the thing can stand, "" where none is."""
    for place in (_OPEN, *PLACES.canonical):
        if not stage_of(_with(word, place)[1]).not_drawn:
            return place
    return ""


@pytest.mark.parametrize("word", PROPS.canonical)
def test_a_thing_stands_on_its_own_sheets(screening: Screening, word: str) -> None:
    """A thing that is named adds sheets, leaves the others and the actors alone, and is seen where its sheets are."""
    place = _home(word)
    assert place, f"nothing draws {word}"
    empty, full = (screening.run(one) for one in _with(word, place))
    new = [layer for layer in full.stage.layers if layer not in empty.stage.layers]
    assert new
    assert [layer for layer in full.stage.layers if layer not in new] == list(empty.stage.layers)
    assert [(one.spot, one.legs) for one in full.stage.tracks] == [(one.spot, one.legs) for one in empty.stage.tracks]
    box = sheets_box(full.stage, screening.sheets(full, new))
    levels = change(empty.picture(AT), full.picture(AT))
    assert levels[~box].max() <= SPILL
    assert (levels[box] > CLEAR).sum() > STANDING


def test_no_two_things_look_alike(screening: Screening) -> None:
    """Any two things that stand in the same place are told apart."""
    words = [word for word in PROPS.canonical if _home(word) == _OPEN]
    assert len(words) > 50
    empty = screening.frame(_with("", _OPEN)[0], AT)[::2, ::2]
    frames = {word: screening.frame(_with(word, _OPEN)[1], AT)[::2, ::2] for word in words}
    marks = {word: change(empty, frame) > CLEAR for word, frame in frames.items()}
    alike = []
    for one, other in itertools.combinations(words, 2):
        where = marks[one] | marks[other]
        if (change(frames[one][where], frames[other][where]) > CLEAR).sum() < ALIKE:
            alike.append((one, other))
    assert alike == []


@pytest.mark.parametrize("word", sorted(PORTABLE))
def test_a_thing_in_hand_is_seen_in_the_actor(screening: Screening, word: str) -> None:
    """What a hand can hold, or both arms carry, is held: the place stays as it is, and only the actor's box changes."""
    empty, full = (screening.run(one) for one in _with(word, "cave", held=True))
    assert not full.stage.not_drawn
    assert full.stage.layers == empty.stage.layers
    box = shown_at(empty, AT) | shown_at(full, AT)
    levels = change(empty.picture(AT), full.picture(AT))
    assert levels[~box].max() <= SPILL
    assert (levels[box] > CLEAR).sum() > HELD


@pytest.mark.parametrize("word", PROPS.canonical)
def test_a_thing_is_drawn_or_named(word: str) -> None:
    """In a third of all places, in turn, a thing adds a sheet, belongs to the place, or is named as not drawn."""
    turn = PROPS.canonical.index(word) % 3
    for place in PLACES.canonical[turn::3]:
        empty, full = (stage_of(one) for one in _with(word, place))
        drawn = len(full.layers) > len(empty.layers) or word in atlas.PLACES[place].shows
        assert drawn != (word in full.not_drawn), place


@pytest.mark.parametrize("place", PLACES.canonical)
def test_a_throne_that_is_not_missing_is_sat_on(place: str) -> None:
    """Whoever sits where a throne is asked for sits on it, or it is named as not drawn."""
    thing = Thing("throne", "throne")
    stage = stage_of(
        request_of(place=place, prompt="The queen sits on the throne.", things=(thing,), cast=(actor(action="sit"),))
    )
    stands = any(layer.kind == "throne" for layer in stage.layers)
    assert stands != ("throne" in stage.not_drawn)
    assert stage.tracks[0].stool != stands
