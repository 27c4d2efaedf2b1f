"""Props that prose names: which, in what colour, how many, and in whose hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from storyboard.film import Film, Scene, Thing

Maker = Callable[[str], Film]

PEOPLE = (
    "characters: {ann: {name: Ann, role: heroine}, bob: {name: Bob, role: knight},"
    " анна: {name: Анна, role: героиня}, борис: {name: Борис, role: рыцарь}}\n"
)


def scene_of(film: Maker, prompt: str, cast: str = "", moment: str = "") -> Scene:
    """A scene of a prompt, with a cast and what happens in the middle."""
    moments = f", moments: {{middle: '{moment}'}}" if moment else ""
    return film(PEOPLE + f"scenes: [{{id: a, prompt: '{prompt}', cast: [{cast}]{moments}}}]\n").scenes[0]


@pytest.mark.parametrize(
    ("prompt", "cast", "things"),
    [
        ("a red car and two blue cups", "", [Thing("car", "car", "red"), Thing("cup", "cups", "blue", 2)]),
        (
            "Ann holds a lantern and a key",
            "ann",
            [Thing("lantern", "lantern", held_by="ann"), Thing("key", "key", held_by="ann")],
        ),
        (
            "Ann with a big red umbrella by a piano",
            "ann, bob",
            [Thing("umbrella", "umbrella", "red", held_by="ann"), Thing("piano", "piano")],
        ),
        ("Ann puts the book on the table", "ann", [Thing("book", "book"), Thing("table", "table")]),
        (
            "Bob raises his sword, Ann reads a letter",
            "ann, bob",
            [Thing("sword", "sword", held_by="bob"), Thing("letter", "letter", held_by="ann")],
        ),
        ("the old stone throne, no chairs, without a candle", "", [Thing("throne", "throne")]),
        ("Ann carries a car", "ann", [Thing("car", "car")]),
        (
            "a key moment, two-shot from table level, the 11 MILES sign",
            "",
            [Thing("table", "table"), Thing("signpost", "sign")],
        ),
        ("a ball. The red ball rolls. A blue ball.", "", [Thing("ball", "ball", "red"), Thing("ball", "ball", "blue")]),
        ("Анна держит красный зонт", "анна", [Thing("umbrella", "зонт", "red", held_by="анна")]),
        (
            "Анна со свечой и Борис с книгой в руке",
            "анна, борис",
            [Thing("candle", "свечой", held_by="анна"), Thing("book", "книгой", held_by="борис")],
        ),
        (
            "На столе три золотых ключа, у колодца сундук",
            "",
            [
                Thing("table", "столе"),
                Thing("key", "ключа", "gold", 3),
                Thing("well", "у колодца"),
                Thing("chest", "сундук"),
            ],
        ),
        ("В руке у Бориса письмо", "борис", [Thing("letter", "письмо", held_by="борис")]),
        ("A wizard with a staff", "", [Thing("staff", "staff", held_by="extra-wizard")]),
        ("Bob swings his sword", "ann", [Thing("sword", "sword")]),
    ],
)
def test_things_are_read(film: Maker, prompt: str, cast: str, things: list[Thing]) -> None:
    """Colour and number stand before a thing; a verb of holding or `with` gives it to whoever the clause speaks of."""
    assert list(scene_of(film, prompt, cast).things) == things


def test_things_of_moments_join_those_of_the_prompt(film: Maker) -> None:
    """A thing that is named again is the same one, and whoever takes it then holds it."""
    scene = scene_of(film, "A lantern on a table.", "ann", "Ann takes the lantern")
    assert scene.things == (Thing("lantern", "lantern", held_by="ann"), Thing("table", "table"))


def test_words_of_things_are_used_words(film: Maker) -> None:
    """Neither a thing nor its colour, number and holding is named unread; what is said besides is."""
    scene = scene_of(film, "Ann reads two green books, a dusty mirror, not a bed", "ann")
    assert scene.unread == ("dusty", "bed")


def test_a_thing_in_a_longer_phrase_of_another_table_is_none(film: Maker) -> None:
    """A throne room is a castle."""
    scene = scene_of(film, "the throne room")
    assert (scene.place, scene.things) == ("castle", ())


def test_things_are_bounded(film: Maker) -> None:
    """A prose that names everything keeps the first dozen, and names the rest unread."""
    words = [
        "car",
        "bus",
        "bicycle",
        "train",
        "boat",
        "ship",
        "rocket",
        "plane",
        "piano",
        "guitar",
        "key",
        "map",
        "gift",
        "cake",
    ]
    scene = scene_of(film, ". ".join(words))
    assert [thing.kind for thing in scene.things] == words[:12]
    assert scene.unread == ("gift", "cake")


def test_looks_and_wears_stay_as_they_are(film: Maker) -> None:
    """What a character's own description says is no thing of the scene."""
    body = (
        "characters: {ann: {looks: with a lantern, wears: a red hat}}\nscenes: [{id: a, prompt: a wood, cast: [ann]}]\n"
    )
    assert film(body).scenes[0].things == ()
