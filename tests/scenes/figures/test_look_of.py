"""Who looks how: roles, own colours, words in English and Russian."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from scenes.backends.animatic.figure import FigureLight, FigureState
from scenes.backends.animatic.figures import look_of, render_figure
from scenes.backends.animatic.figures.brush import Brush, Tone, canvas_of
from scenes.backends.animatic.figures.casting import equipped, looks_of
from scenes.backends.animatic.figures.look import CARRIED, HOLDABLE, Look
from scenes.backends.animatic.figures.props import draw_load
from scenes.backends.animatic.figures.wardrobe import ROLES, TOPS
from scenes.backends.animatic.figures.words import COLOURS
from scenes.backends.animatic.things.room import PIECES
from storyboard.film import Character, Fixed, Moments, Part, Scene, Thing, Transition, VoiceChoice

PLAIN = Scene(
    id="scene", length=Fixed(Fraction(2)), place="meadow", time="noon", weather="clear", shot="wide", camera="static",
    style="papercut", prompt="", negative="", cast=(), moments=Moments(), lines=(), sounds=(),
    transition=Transition("cut", Fraction(0)), backend="animatic",
)  # fmt: skip
PEOPLE = [f"person-{n}" for n in range(8)]


def person(name: str = "person-0", role: str = "man", looks: str = "", wears: str = "") -> Character:
    return Character(name, name, role, role, looks, wears, VoiceChoice("en/george"))


def test_same_character_looks_the_same() -> None:
    """A look depends on nothing but the character and the film's people."""
    assert look_of(person(), PEOPLE) == look_of(person(), PEOPLE)


def test_people_of_a_film_stay_apart() -> None:
    """Eight people of the same role wear eight different colours."""
    assert len({look_of(person(name), PEOPLE).top for name in PEOPLE}) == 8
    assert len(TOPS) >= 8


@pytest.mark.parametrize("role", sorted(ROLES))
def test_every_role_has_a_look(role: str) -> None:
    """Each canonical role gives a look without unread words."""
    assert look_of(person(role=role), PEOPLE).unread == ()


def test_roles_differ_from_each_other() -> None:
    """No two roles, but for those of anybody, are dressed alike."""
    looks = [look_of(person(role=role), PEOPLE) for role in sorted(set(ROLES) - {"", "man", "woman", "crowd"})]
    assert len(set(looks)) == len(looks)


def test_english_words_are_drawn() -> None:
    """Build, hat and scarf with their colours are read from English looks."""
    look = look_of(person(role="hero", looks="short and round, green felt hat, yellow scarf"), PEOPLE)
    plain = look_of(person(role="hero"), PEOPLE)
    assert look.stature < plain.stature
    assert look.girth > plain.girth
    assert look.hat == "felt"
    assert look.hat_colour[1] > max(look.hat_colour[0], look.hat_colour[2])
    assert look.scarf is not None
    assert look.scarf[0] > look.scarf[2]
    assert look.unread == ()


def test_russian_words_are_drawn() -> None:
    """The same description in Russian gives the same look."""
    english = look_of(person(looks="short and round, green hat, yellow scarf, red beard", wears="blue coat"), PEOPLE)
    russian = look_of(
        person(looks="невысокий и круглый, зелёная шляпа, жёлтый шарф, красная борода", wears="синее пальто"), PEOPLE
    )
    assert russian == english
    assert russian.unread == ()


def test_russian_adjective_may_follow() -> None:
    """A colour after its thing still belongs to it."""
    look = look_of(person(looks="шарф зелёный"), PEOPLE)
    assert look.scarf is not None
    assert look.scarf[1] > look.scarf[0]


def test_colour_goes_to_its_own_thing() -> None:
    """Two colours in one sentence do not run into each other."""
    look = look_of(person(wears="white shirt and black trousers"), PEOPLE)
    assert min(look.top) > 0.8
    assert max(look.bottom) < 0.3


def test_scene_clothes_replace_usual_ones() -> None:
    """What is worn in a scene is drawn instead of what is usually worn."""
    usual = person(wears="red dress", role="woman")
    assert look_of(usual, PEOPLE, "black suit").garment == "suit"
    assert look_of(usual, PEOPLE).garment == "dress"


def test_unknown_words_are_listed_once() -> None:
    """Words that change nothing are told, in their order; those that are drawn are not."""
    look = look_of(person(looks="antigravity boots, red scarf, quantum belt, quantum soul"), PEOPLE)
    assert look.unread == ("antigravity", "quantum", "belt", "soul")


def test_old_people_are_grey_unless_told() -> None:
    """An old man's hair is grey; a description may say otherwise."""
    assert min(look_of(person(role="old man"), PEOPLE).hair) > 0.6
    assert look_of(person(role="old man", looks="black hair"), PEOPLE).hair[0] < 0.3


def test_child_is_small_with_a_large_head() -> None:
    """A child is under three quarters of a grown height and under five heads tall."""
    look = look_of(person(role="child"), PEOPLE)
    assert look.stature < 0.75
    assert 1 / look.head < 5 < 1 / Look().head


def test_hair_goes_with_skin() -> None:
    """A dark-skinned person is dark-haired unless told otherwise, and red hair is ginger, not scarlet."""
    assert max(look_of(person(looks="dark skin, full beard"), PEOPLE).hair) < 0.3
    assert look_of(person(looks="dark skin, blond hair"), PEOPLE).hair[0] > 0.7
    assert look_of(person(looks="red hair"), PEOPLE).hair[1] > 0.3


def test_other_peoples_order_does_not_change_a_face() -> None:
    """Skin and hair depend on the person alone, whoever else is in the film."""
    alone, among = look_of(person(), ["person-0"]), look_of(person(), ["x", "y", "person-0"])
    assert (alone.skin, alone.hair, alone.hair_style) == (among.skin, among.hair, among.hair_style)


@pytest.mark.parametrize("words", ["30 years old", "thirty years old", "aged 30", "30 лет", "a calm man of 41 years"])
def test_an_age_in_years_is_not_old(words: str) -> None:
    """The `old` of `30 years old` says nothing, in numbers, words or Russian, and nothing of it stays unread."""
    look = look_of(person(looks=words), PEOPLE)
    assert look.age == "grown"
    assert set(look.unread) <= {"man"}


@pytest.mark.parametrize(("words", "age"), [("72 years old", "old"), ("80 лет", "old"), ("7 years old", "child")])
def test_years_tell_the_old_and_the_young(words: str, age: str) -> None:
    """A high or low number of years makes somebody old or a child."""
    assert look_of(person(looks=words), PEOPLE).age == age


@pytest.mark.parametrize("wears", ["white waistcoat", "white vest", "белый жилет", "белая жилетка"])
def test_a_waistcoat_is_worn(wears: str) -> None:
    """Waistcoat, vest and both Russian words put one on, in its colour."""
    look = look_of(person(wears=wears), PEOPLE)
    assert look.waistcoat is not None
    assert min(look.waistcoat) > 0.85
    assert look.unread == ()


def test_a_merchant_wears_a_frock_coat() -> None:
    """A merchant has coat and waistcoat and a bare head."""
    look = look_of(person(role="merchant"), PEOPLE)
    assert (look.garment, look.hat) == ("coat", "")
    assert look.waistcoat is not None


@pytest.mark.parametrize("role", ["witch", "pirate", "thief", "prince", "princess", "nurse", "fox"])
def test_neighbours_of_old_roles_look_their_own(role: str) -> None:
    """A witch is no mere old woman, nor a pirate any villain: each differs in what is worn or in colour."""
    neighbour = {"witch": "old woman", "pirate": "villain", "thief": "villain", "prince": "king"}
    neighbour |= {"princess": "queen", "nurse": "doctor", "fox": "wolf"}
    own, other = (look_of(person(role=one), PEOPLE) for one in (role, neighbour[role]))
    assert (own.hat, own.garment, own.prop, own.skin) != (other.hat, other.garment, other.prop, other.skin)


def test_things_come_into_hands() -> None:
    """What the scene puts into somebody's hands is his prop, in the colour said, and nobody else's."""
    things = (Thing("cup", "cup", "blue", held_by="person-0"), Thing("key", "key", held_by="person-1"))
    plain = look_of(person(), PEOPLE)
    first = equipped(plain, "person-0", things)
    assert (first.prop, first.prop_colour) == ("cup", COLOURS["blue"])
    second = equipped(look_of(person("person-1"), PEOPLE), "person-1", things)
    assert (second.prop, second.prop_colour) == ("key", PIECES["key"].drawing.own)
    assert equipped(plain, "person-2", things) == plain


def test_arms_carry_what_is_said() -> None:
    """What is too large for a hand is a load; what stands about is neither."""
    things = (Thing("chest", "chest", "green", held_by="person-0"), Thing("well", "well", held_by="person-0"))
    look = equipped(look_of(person(), PEOPLE), "person-0", things)
    assert (look.load, look.load_colour, look.prop) == ("chest", COLOURS["green"], "")


def test_a_cast_has_what_its_scene_gives() -> None:
    """The looks of a scene come in the order of its cast, each with what is in its hands."""
    cast = tuple(Part(person(name), "stand", "neutral", "left") for name in ("person-0", "person-1"))
    scene = replace(PLAIN, cast=cast, things=(Thing("map", "map", held_by="person-1"),))
    assert [look.prop for look in looks_of(scene, PEOPLE)] == ["", "map"]


@pytest.mark.parametrize("kind", sorted(HOLDABLE))
def test_every_holdable_thing_is_drawn(kind: str) -> None:
    """A hand with a thing is painted differently from an empty one and from one with any other thing."""
    light, state = FigureLight(), FigureState("stand", beat=0.5)
    plain = look_of(person(), PEOPLE)
    other = "key" if kind != "key" else "cup"
    pictures = [
        render_figure(equipped(plain, "person-0", things), state, 120, light, "papercut").pixels.tobytes()
        for things in ((), (Thing(kind, kind, held_by="person-0"),), (Thing(other, other, held_by="person-0"),))
    ]
    assert len(set(pictures)) == 3


@pytest.mark.parametrize("kind", sorted(CARRIED))
def test_every_load_is_drawn(kind: str) -> None:
    """What is carried in both arms is seen there."""
    plain = look_of(person(), PEOPLE)
    load = equipped(plain, "person-0", (Thing(kind, kind, held_by="person-0"),))
    pixels = []
    for look in (plain, load):
        canvas = np.zeros((160, 160, 4), np.uint8)
        brush = Brush(canvas_of(canvas), Tone(FigureLight(), "papercut"))
        with brush.at(80.0, 80.0, size=120.0):
            draw_load(brush, look, (0.0, 0.0))
        pixels.append(canvas)
    assert pixels[1].any()
    assert (kind == "crate") or pixels[0].tobytes() != pixels[1].tobytes()


@pytest.mark.parametrize(
    ("words", "prop"),
    [("a guitar", "guitar"), ("с гитарой", "guitar"), ("golden key", "key"), ("с ключом", "key"), ("a map", "map")],
)
def test_more_things_are_read_from_clothes(words: str, prop: str) -> None:
    """Things that looks and clothes name are carried, in their own colour unless one is said."""
    look = look_of(person(wears=words), PEOPLE)
    assert look.prop == prop
    assert look.unread == ()


@pytest.mark.parametrize(
    ("role", "word", "womanly"),
    [
        ("child", "girl", True),
        ("child", "мальчик", False),
        ("servant", "waitress", True),
        ("farmer", "крестьянка", True),
        ("musician", "певица", True),
        ("worker", "fisherman", False),
    ],
)
def test_the_word_of_a_role_says_man_or_woman(role: str, word: str, womanly: bool) -> None:
    """A girl is a girl and a waitress a woman, whatever the role is drawn as otherwise."""
    someone = Character("anna", "Anna", role, word, "", "", VoiceChoice(""))
    assert look_of(someone, PEOPLE).womanly is womanly


def test_somebody_in_black_wears_all_black() -> None:
    """A colour of clothes alone dyes above and below, and leaves the garment as it is."""
    plain, dark = look_of(person(role="woman"), PEOPLE), look_of(person(role="woman", wears="black clothes"), PEOPLE)
    assert max(dark.top) < 0.2 > max(dark.bottom)
    assert dark.garment == plain.garment
    assert dark.unread == ()
