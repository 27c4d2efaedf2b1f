"""The tables, their stems, and the reading of prose."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.vocabulary import (
    ACTIONS,
    CAMERAS,
    COLOURS,
    DIRECTIONS,
    EFFECTS,
    EMOTIONS,
    INSTRUMENTS,
    MOODS,
    PLACES,
    PROPS,
    ROLES,
    SHOTS,
    STYLES,
    TIMES,
    TRANSITIONS,
    WEATHERS,
    Table,
    find,
    read,
    suggest,
)
from storyboard.vocabulary.props import PORTABLE
from storyboard.vocabulary.reading import look_for
from storyboard.vocabulary.roles import ANIMALS
from storyboard.vocabulary.sections import SECTIONS
from storyboard.vocabulary.settings import GRADES
from storyboard.vocabulary.stems import stem
from storyboard.vocabulary.table import choices, spellings, spot

TABLES = [
    PLACES,
    TIMES,
    WEATHERS,
    SHOTS,
    CAMERAS,
    ACTIONS,
    EMOTIONS,
    STYLES,
    ROLES,
    PROPS,
    COLOURS,
    TRANSITIONS,
    DIRECTIONS,
    EFFECTS,
    MOODS,
    INSTRUMENTS,
]

CANONICAL = {
    "place": 24,
    "time": 7,
    "weather": 9,
    "shot": 5,
    "camera": 20,
    "action": 18,
    "emotion": 10,
    "style": 8,
    "role": 38,
    "transition": 13,
    "direction": 6,
    "effect": 23,
    "prop": 64,
}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_spelling_is_found(table: Table) -> None:
    """Each canonical word means itself, and each alias its row, whatever the case."""
    for canonical in table.canonical:
        assert find(table, canonical) == canonical
    for alias, canonical in table.aliases.items():
        assert find(table, alias.upper()) == canonical


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_both_languages_are_there(table: Table) -> None:
    """Each canonical word can be written in English and in Russian."""
    for canonical, (_, russian) in table.rows.items():
        assert russian, canonical
    assert len(table.rows) == CANONICAL.get(table.name, len(table.rows))


@pytest.mark.parametrize(
    ("table", "text", "canonical"),
    [
        (PLACES, "в лесу", "forest"),
        (PLACES, "Горах", "mountains"),
        (PLACES, "at the lake", "lake"),
        (CAMERAS, "панорама слева направо", "pan right"),
        (CAMERAS, "push-in", "dolly in"),
        (EMOTIONS, "удивлён", "surprised"),
        (EMOTIONS, "испуганная", "afraid"),
        (STYLES, "акварелью", "watercolour"),
        (STYLES, "film noir", "noir"),
        (TIMES, "Ночью", "night"),
        (WEATHERS, "дождливая", "rain"),
        (ROLES, "старухой", "old woman"),
        (EFFECTS, "Костёр", "fire"),
        (SHOTS, "крупный план", "close-up"),
        (TRANSITIONS, "ирисом", "circle"),
        (TRANSITIONS, "iris", "circle"),
        (TRANSITIONS, "swish pan", "whip"),
        (TRANSITIONS, "смазом", "whip"),
        (TRANSITIONS, "помеха", "glitch"),
        (TRANSITIONS, "стрелкой", "clock"),
        (TRANSITIONS, "размытием", "blur"),
        (TRANSITIONS, "по маске", "matte"),
        (TRANSITIONS, "luma matte", "matte"),
        (TRANSITIONS, "push", "push"),
        (PROPS, "фонарём", "lantern"),
        (PROPS, "книгами", "book"),
        (PROPS, "Bicycles", "bicycle"),
        (GRADES, "teal and orange", "teal-and-orange"),
        (GRADES, "лунный свет", "moonlight"),
        (GRADES, "выцветший", "faded"),
    ],
)
def test_inflected_values_are_found(table: Table, text: str, canonical: str) -> None:
    """Cases, genders and little words do not matter."""
    assert find(table, text) == canonical


def test_unknown_values_are_not_guessed() -> None:
    """A value that no row stands for is not found, and the nearest spelling is offered in its own alphabet."""
    assert find(PLACES, "forrest") is None
    assert suggest(PLACES, "forrest") == "forest"
    assert suggest(PLACES, "деревна") == "деревня"
    assert suggest(PLACES, "qqqqqq") == ""
    assert "акварель" in choices(STYLES, "фовизм")


@pytest.mark.parametrize(
    ("forms", "same"),
    [
        ("лес леса лесу лесом лесах", True),
        ("гора горы горе горами", True),
        ("walk walks walking walked", True),
        ("run running runs", True),
        ("лес луг", False),
    ],
)
def test_stems_bring_forms_together(forms: str, same: bool) -> None:
    """Forms of one word share a stem, different words do not."""
    assert (len({stem(form) for form in forms.split()}) == 1) is same


def test_prose_is_read() -> None:
    """Place, time, weather and camera are found in prose, and the rest is named."""
    prose = read("A tall knight walks through the dense forest at night. It is raining. Slow push-in.")
    assert prose.first("place") == "forest"
    assert prose.first("time") == "night"
    assert prose.first("weather") == "rain"
    assert prose.first("camera") == "dolly in"
    assert prose.first("action") == "walk"
    assert prose.unread(prose.found) == ("knight", "dense")


def test_russian_prose_is_read() -> None:
    """The same in Russian, with inflected words."""
    prose = read("Старик медленно бредёт по ночному лесу, идёт снег. Камера следует за ним.")
    assert [prose.first(table) for table in ("action", "time", "place", "weather", "camera")] == [
        "walk",
        "night",
        "forest",
        "snow",
        "tracking",
    ]
    assert prose.unread(prose.found, ["старик"]) == ()


@pytest.mark.parametrize("text", ["no snow", "without any snow", "без снега", "не снег, а только поле"])
def test_negated_words_are_not_taken(text: str) -> None:
    """What is expressly not there is not put there."""
    assert read(text).first("weather") == ""


def test_words_with_another_meaning_in_prose_are_left_alone() -> None:
    """`wide` is a shot as a value and only a word in prose."""
    assert find(SHOTS, "wide") == "wide"
    assert read("a wide river and a clear sign").first("shot") == ""
    assert read("a wide river and a clear sign").first("weather") == ""


def test_even_is_not_evening() -> None:
    """Words that merely look inflected keep their ending."""
    assert read("even steps").first("time") == ""
    assert read("late in the evening").first("time") == "dusk"


@pytest.mark.parametrize(
    ("text", "table", "word"),
    [
        ("она садится", "action", "sit"),
        ("в саду", "place", "meadow"),
        ("он поднимает руку", "action", "raise"),
        ("он поднимается на гору", "action", "walk"),
        ("the night falls", "time", "night"),
        ("солнце садится", "time", "golden hour"),
    ],
)
def test_forms_that_mean_something_else_are_told_apart(text: str, table: str, word: str) -> None:
    """A word in exactly the form of one row is that row's, although its stem is another's."""
    assert read(text).first(table) == word


@pytest.mark.parametrize("text", ["an hour ago", "час назад", "he did not stand well", "a grave look"])
def test_words_that_only_look_like_props_are_no_props(text: str) -> None:
    """`часы` are a clock and `час` is none; so with a well and a grave."""
    assert look_for(read(text), (PROPS,)) == ()


def test_negation_does_not_cross_a_comma() -> None:
    """What is denied is the next word of the same clause, whatever stands before the comma."""
    props = look_for(read("people, no cars"), (PROPS,))
    assert [(hit.word, hit.negated) for hit in props] == [("car", True)]
    assert not look_for(read("no, cars"), (PROPS,))[0].negated


def test_sets_of_words_belong_to_their_tables() -> None:
    """What can be held is a prop, animals are roles."""
    assert set(PROPS.canonical) > PORTABLE
    assert set(ROLES.canonical) > ANIMALS


def test_sections_show_every_word_of_their_tables() -> None:
    """Roles and animals share a table between them; nothing else is left out but the grade `none`."""
    shown = [word for section in SECTIONS for word in section.words]
    every = [
        word
        for table in {section.table.name: section.table for section in SECTIONS}.values()
        for word in table.canonical
    ]
    assert sorted(shown) == sorted(word for word in every if word != "none")
    assert all(
        not form.startswith(("=", "!"))
        for section in SECTIONS
        for forms in section.spellings("ru").values()
        for form in forms
    )
    assert "часы" in spellings(PROPS, "clock", "ru")


def test_the_longest_phrase_is_spotted() -> None:
    """A phrase inside a longer text is found, longest first."""
    assert spot(ROLES, "a very old woman with a cat") == "old woman"
    assert spot(ROLES, "qqq") is None


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_looked_up(text: str) -> None:
    """No text makes the look-ups fail."""
    for table in TABLES:
        assert find(table, text) in {None, *table.canonical}
    prose = read(text)
    assert len(prose.words) == len(prose.clauses)
