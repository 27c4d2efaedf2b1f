"""Those whom the prose names and nobody of the cast is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.company import MOST_EXTRAS
from storyboard.film import Character, Film, Scene, VoiceChoice
from storyboard.telling import tell

Maker = Callable[[str], Film]

_WORDS = (
    "Ann|Ann's|Боря|Борю|they|he|она|оба|a|the|and|и|with|с|no|не|two|100|knight|wolves|толпа|king's|hugs|обнимает|"
    "falls|падает|holds|держит|puts|sad|грустит|lantern|меч|red|hand|руке|night|дождь|stops|begins|,|.|-|another|statue"
)
WORDS = _WORDS.split("|")
"""Words that the readers treat differently."""


def character(name: str, shown: str, role: str) -> Character:
    """Somebody of the cast."""
    return Character(name, shown, role, "", "", "", VoiceChoice(""))


PEOPLE = (
    "characters: {ann: {name: Ann, role: heroine}, bob: {name: Bob, role: knight}, rex: {name: Rex, role: dog},"
    " kim: {name: Kim},"
    " guru: {name: Guru, looks: a calm old monk}}\n"
)


def scene_of(film: Maker, prompt: str, cast: str = "") -> Scene:
    """A scene of a prompt with a cast."""
    return film(PEOPLE + f'scenes: [{{id: a, prompt: "{prompt}", cast: [{cast}]}}]\n').scenes[0]


@pytest.mark.parametrize(
    ("prompt", "cast", "ids"),
    [
        ("a wizard and two horses", "", ["extra-wizard", "extra-horse", "extra-horse-2"]),
        ("a knight waits", "bob", []),
        ("another knight waits", "bob", ["extra-knight"]),
        ("Detective Kim arrives", "kim", []),
        ("a detective arrives", "kim", ["extra-detective"]),
        ("Ann is a brave old wizard", "ann", []),
        ("a crow on a fence", "", ["extra-bird"]),
        ("birds sing, an eagle circles high above", "", []),
        ("the woman looks at the man", "ann, bob", []),
        ("the woman looks at the man", "ann", ["extra-man"]),
        ("the king's castle, a statue of a horse, brave like a soldier, no dogs", "ann", []),
        ("a monk in the snow", "guru", []),
        ("Rex runs", "ann", []),
        ("two people on a road", "ann, bob", []),
        ("people in the street", "ann, bob", ["extra-crowd"]),
        ("a well-engineered bridge", "", []),
        ("A queen. The queen sits. An old witch.", "", ["extra-queen", "extra-witch"]),
        ("king, queen, wizard, knight, three wolves", "", ["extra-king", "extra-queen", "extra-wizard"]),
        ("старик и две собаки", "", ["extra-old-man", "extra-dog", "extra-dog-2"]),
    ],
)
def test_who_is_an_extra(film: Maker, prompt: str, cast: str, ids: list[str]) -> None:
    """Roles and animals that the cast does not stand for come beside it, three at most."""
    assert [part.character.id for part in scene_of(film, prompt, cast).extras] == ids


def test_extras_do_and_feel_what_is_said_of_them(film: Maker) -> None:
    """Action, emotion and describing words are read from the clause; the word itself is kept."""
    scene = scene_of(film, "Ann sits. A tall grey-haired wife, a sad little witch waves.", "ann")
    assert [(part.character.role, part.character.role_text, part.action, part.emotion) for part in scene.extras] == [
        ("woman", "wife", "stand", "neutral"),
        ("witch", "witch", "wave", "sad"),
    ]
    assert scene.extras[1].character.looks == "little"
    assert scene.cast[0].action == "sit"


def test_extras_stand_where_there_is_room(film: Maker) -> None:
    """One alone stands in the middle; beside a cast they take the sides that are free."""
    assert [part.at for part in scene_of(film, "a wizard").extras] == ["center"]
    scene = film(PEOPLE + "scenes: [{id: a, prompt: a wizard and a horse, cast: [{who: ann, at: right}]}]\n").scenes[0]
    assert [part.at for part in scene.extras] == ["left", "far right"]


def test_an_extra_acts_in_moments(film: Maker) -> None:
    """A wizard of the prompt may be spoken of again in a moment."""
    body = (
        PEOPLE
        + "scenes: [{id: a, prompt: A wizard, cast: [ann], moments: {middle: the wizard waves, end: he leaves}}]\n"
    )
    scene = film(body).scenes[0]
    assert [beat.actions for beat in scene.beats] == [(), (("extra-wizard", "wave"),), (("extra-wizard", "exit"),)]
    assert scene.unread == ()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(WORDS), max_size=14), st.lists(st.sampled_from(WORDS), max_size=8))
def test_any_words_can_be_told(prompt: list[str], moment: list[str]) -> None:
    """Whatever the words, the reading succeeds, names only those who are there and keeps within its bounds."""
    cast = (character("ann", "Ann", "heroine"), character("bob", "Боря", ""))
    told = tell((" ".join(prompt), " ".join(moment), "", "она садится"), cast, cast)
    seen = {"ann", "bob", *(one.id for one in told.company.extras)}
    assert len(told.company.extras) <= MOST_EXTRAS
    assert {one.who for one in told.account.said} <= seen
    assert {thing.held_by for thing in told.props.things} <= {"", *seen}
    assert all(1 <= thing.count <= 9 for thing in told.props.things)
