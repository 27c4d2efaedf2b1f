"""What prose puts on people: clothes, hats, hair and beards, in English and Russian."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from storyboard.film import Film, Scene

Maker = Callable[[str], Film]


def scene_of(film: Maker, prompt: str, cast: str = "", people: str = "") -> Scene:
    """A scene of a prompt; `people` are characters of the film."""
    written = f"characters: {{{people}}}\n" if people else ""
    return film(f'{written}scenes: [{{id: a, prompt: "{prompt}", cast: [{cast}]}}]\n').scenes[0]


@pytest.mark.parametrize(
    ("prompt", "worn"),
    [
        ("A woman in a red dress stands at the lake", ["red dress"]),
        ("A detective in a grey coat", ["grey coat"]),
        ("A woman wearing a green coat, a red hat and boots sits", ["green coat, red hat, boots"]),
        ("A king in a purple robe kneels before a queen in white", ["purple robe", "white clothes"]),
        ("Two men in black coats point at the castle", ["black coats", "black coats"]),
        ("A woman with a blue scarf walks a dog in a red coat", ["blue scarf, red coat", ""]),
        ("A woman looks at a red dress; a robot in a hat", ["", ""]),
        ("A knight in shining armour", ["shining armour"]),
        ("A man with a moustache, dressed in black, enters", ["black clothes"]),
        ("Two old women in black headscarves whisper", ["black headscarves", "black headscarves"]),
        ("Женщина в красном платье стоит у озера", ["красном платье"]),
        ("Рыжая девочка в жёлтом плаще и синей шапке бежит", ["желтом плаще, синей шапке"]),
        ("Мужчина в пальто серого цвета и девочка в розовом платье", ["пальто серого цвета", "розовом платье"]),
        ("Девушка в чёрном стоит на крыше", ["черном clothes"]),
    ],
)
def test_clothes_go_to_whom_they_stand_by(film: Maker, prompt: str, worn: list[str]) -> None:
    """Colour and garment go to the last person named before them who can wear anything."""
    assert [part.character.wears for part in scene_of(film, prompt).extras] == worn


@pytest.mark.parametrize(
    ("prompt", "looks"),
    [
        ("A young woman with long blond hair", "young, long blond hair"),
        ("An old man with a white beard and glasses", "white beard, glasses"),
        ("Седой старик с длинной белой бородой", "седой, длинной белой бородой"),
        ("Рыжая девочка", "рыжая"),
    ],
)
def test_hair_and_beard_are_looks(film: Maker, prompt: str, looks: str) -> None:
    """Describing words, hair and beard say how somebody looks, not what he wears."""
    person = scene_of(film, prompt).extras[0].character
    assert (person.looks, person.wears) == (looks, "")


def test_words_of_clothes_are_understood(film: Maker) -> None:
    """What is worn is not reported as not drawn, gives no colour to a thing, and is no thing itself."""
    scene = scene_of(film, "A man dressed in a blue hat holds a lantern and waves")
    assert scene.unread == ()
    assert [(thing.kind, thing.colour) for thing in scene.things] == [("lantern", "")]


def test_written_clothes_win(film: Maker) -> None:
    """The prose dresses somebody of the cast only where nothing is written of his clothes."""
    people = "ann: {name: Ann}, bob: {name: Bob, wears: a grey suit}, kim: {name: Kim, looks: tall in a green coat}"
    prompt = "Ann in a red dress, Bob in a black coat, Kim in a white shirt"
    scene = scene_of(film, prompt, "ann, bob, kim", people)
    assert [part.character.wears for part in scene.cast] == ["red dress", "a grey suit", ""]
    assert {"black", "white", "shirt"} <= set(scene.unread)
    assert not {"red", "dress"} & set(scene.unread)
