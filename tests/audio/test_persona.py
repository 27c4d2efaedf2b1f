"""What a character's words say about his voice."""

from __future__ import annotations

import pytest

from audio.casting.audition import Heard, audition, suited
from audio.casting.names import gender_of_name
from audio.casting.persona import Persona, persona
from audio.voice import VoiceInfo
from storyboard.film import Character, VoiceChoice


def who(text: str = "", role: str = "", looks: str = "", name: str = "X") -> Character:
    """A character of these words."""
    return Character("x", name, role, text or role, looks, "", VoiceChoice(""))


@pytest.mark.parametrize(
    ("text", "gender", "age"),
    [
        ("старая служанка", "female", "old"),
        ("a young woman with his hat", "female", "young"),
        ("a 12-year-old boy", "male", "child"),
        ("девочка, 8 лет", "female", "child"),
        ("a sailor, aged 67", "", "old"),
        ("a girl of sixteen, 16 years old", "female", "young"),
        ("старик в шинели", "male", "old"),
        ("a keeper in an old coat, grey beard", "male", "adult"),
        ("an old and tired woman", "female", "old"),
        ("высокая фигура, рыжие волосы, синее платье", "female", "adult"),
        ("someone", "", "adult"),
    ],
)
def test_words_tell_gender_and_age(text: str, gender: str, age: str) -> None:
    """Roles that the vocabulary does not know are read for words of gender and age, in Russian too."""
    found = persona(who(text))
    assert (found.gender, found.age) == (gender, age)


def test_words_win_over_the_habit_of_a_role_and_names_come_between() -> None:
    """A detective is a man unless his words or his name say otherwise; a queen is a woman whatever stands beside."""
    assert persona(who(role="detective")).gender == "male"
    assert persona(who(role="detective", name="Anna Brand")).gender == "female"
    assert persona(who(role="detective", looks="tall woman", name="Max")).gender == "female"
    assert persona(who(role="queen", looks="like her father, a king")).gender == "female"


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Маша", "female"),
        ("Миша", "male"),
        ("Саша", ""),
        ("Фирс", "male"),
        ("Captain Anna", "female"),
        ("Лопахин", "male"),
        ("Yorblef", ""),
        ("", ""),
    ],
)
def test_names(name: str, gender: str) -> None:
    """Common names tell a gender, names for both and unknown ones none."""
    assert gender_of_name(name) == gender


@pytest.mark.parametrize(
    ("text", "kind"),
    [("робот", "robot"), ("a huge dragon", "monster"), ("мышка", "small animal"), ("bear", "large animal"), ("", "")],
)
def test_what_is_no_person_is_moved(text: str, kind: str) -> None:
    """Robots, monsters and animals are known by their words, and their voices are moved; people's are not."""
    found = persona(who(text))
    assert found.kind == kind
    assert bool(found.pitch) == bool(kind)


def test_a_voice_of_another_age_is_brought_nearer() -> None:
    """A child without a child's voice gets a higher one, the old speak slower; who fits is left as he is."""
    woman = VoiceInfo("en/a", "a", "good", "en", "female")
    assert suited(woman, Persona("female", "child"))[0] > 2
    assert suited(woman, Persona("female", "old"))[1] < 1
    assert suited(woman, Persona("female")) == (0.0, 1.0)


def test_a_childs_voice_of_a_lesser_engine_is_better_than_a_grown_ups() -> None:
    """For a child the embedded engine's child is taken before a better engine's woman; for a woman it is not."""
    voices = (
        VoiceInfo("en/bella", "af_bella", "kokoro", "en", "female"),
        VoiceInfo("en/lily", "lily", "hibari", "en", "female", age="child"),
        VoiceInfo("en/emma", "emma", "hibari", "en", "female"),
    )
    assert audition(Persona("female", "child"), voices, (), "en").info.own == "lily"
    taken = (Heard(voices[0], 0.0, 1.0),)
    assert audition(Persona("female"), voices, taken, "en").info.own == "emma"
    assert audition(Persona("female"), voices, (), "en").info.own == "af_bella"


def test_of_two_voices_the_one_of_the_films_region_is_better() -> None:
    """A British film gets a British voice where both fit."""
    voices = tuple(VoiceInfo(f"en/{tag}", tag, "kokoro", tag, "male") for tag in ("en-us", "en-gb"))
    assert audition(Persona("male"), voices, (), "en-GB").info.own == "en-gb"
    assert audition(Persona("male"), voices, (), "en-US").info.own == "en-us"
