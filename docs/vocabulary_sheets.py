"""What the gallery of the vocabulary shows: for every word the scenes in which it is seen, sheet by sheet.

Words and their order come from the vocabulary itself; how they are painted and printed is known elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from storyboard.film import Character, Fixed, Moments, Part, Post, Scene, Thing, Transition, VoiceChoice
from storyboard.vocabulary.props import PORTABLE
from storyboard.vocabulary.sections import SECTIONS

SECONDS = 3
MIDDLE = (0.5,)
THROUGH = (0.06, 0.5, 0.94)
"""Which parts of a scene are shown: its middle, or beginning, middle and end."""
_LOOKS = {
    "hero": "black hair, a green coat",
    "heroine": "red hair, a blue coat",
    "old woman": "grey hair, glasses",
    "child": "blond hair, a yellow shirt",
}
_WITH_ANOTHER = frozenset({"talk", "listen", "hug", "wave", "point"})
"""Actions that somebody else is there for."""
_LARGE_THINGS = frozenset({"crate", "stool", "chair", "mirror", "ladder"})
"""What can be carried, and is better seen on the ground."""

View = tuple[Scene, tuple[float, ...]]
"""A scene, and at which parts of it it is looked at."""


@dataclass(frozen=True)
class Sheet:
    """One contact sheet: what it is called by, what the page says of it, and how its pictures are shown."""

    name: str
    title: str
    section: str
    said: str
    columns: int
    size: tuple[int, int]
    """Width and height of one picture, in pixels."""
    views: Callable[[str], tuple[View, ...]]
    """What is seen of one word."""
    only: Callable[[str], bool] = lambda _word: True
    """Which words of the section are on the sheet."""

    def words(self) -> tuple[tuple[str, str], ...]:
        """The words of the sheet, English and Russian."""
        section = next(one for one in SECTIONS if one.name == self.section)
        russian = section.spellings("ru")
        return tuple((word, russian[word][0]) for word in section.words if self.only(word))


def _part(role: str, action: str = "stand", emotion: str = "neutral", at: str = "center") -> Part:
    looks = _LOOKS.get(role, "")
    who = Character(role.replace(" ", "-"), role.title(), role, role, looks, "", VoiceChoice("en/emma"))
    return Part(who, action, emotion, at)  # type: ignore[arg-type]


_SCENE = Scene(
    id="gallery",
    length=Fixed(Fraction(SECONDS)),
    place="meadow",
    time="noon",
    weather="clear",
    shot="wide",
    camera="static",
    style="papercut",
    prompt="",
    negative="",
    cast=(_part("heroine"),),
    moments=Moments(),
    lines=(),
    sounds=(),
    transition=Transition("cut", Fraction(0)),
    backend="animatic",
)
_SHOWN_IN_STYLES = (
    replace(_SCENE, place="forest", time="golden hour", cast=(_part("heroine", "walk", "happy"),)),
    replace(_SCENE, place="city street", time="night", weather="rain", cast=(_part("detective"),)),
    replace(
        _SCENE,
        place="sea shore",
        time="dusk",
        shot="two-shot",
        cast=(_part("hero", "talk", "tender", "left"), _part("heroine", "listen", "happy", "right")),
    ),
    replace(_SCENE, place="castle", time="moonlit", cast=(_part("knight", "hold light", "determined"),)),
    replace(_SCENE, place="room", time="morning", shot="close-up", cast=(_part("old woman", "talk", "happy"),)),
    replace(
        _SCENE,
        place="mountains",
        weather="snow",
        cast=(_part("child", "wave", "happy", "left"), _part("dog", "stand", "happy", "right")),
    ),
)


def _styles(word: str) -> tuple[View, ...]:
    return tuple((replace(scene, style=word), MIDDLE) for scene in _SHOWN_IN_STYLES)


def _emotions(word: str) -> tuple[View, ...]:
    """Two people, each whole and from near."""
    views: list[View] = []
    for role, place in (("hero", "meadow"), ("old woman", "room")):
        scene = replace(_SCENE, place=place, shot="two-shot", cast=(_part(role, emotion=word),))
        views += [(scene, MIDDLE), (replace(scene, shot="close-up"), MIDDLE)]
    return tuple(views)


def _people(word: str) -> tuple[View, ...]:
    scene = replace(_SCENE, shot="two-shot", cast=(_part(word),))
    return (scene, MIDDLE), (replace(scene, shot="close-up"), MIDDLE)


def _actions(word: str) -> tuple[View, ...]:
    cast = (_part("heroine", word),)
    if word in _WITH_ANOTHER:
        cast = (_part("heroine", word, at="left"), _part("man", "hug" if word == "hug" else "stand", at="right"))
    return ((replace(_SCENE, shot="two-shot", cast=cast), THROUGH),)


def _places(word: str) -> tuple[View, ...]:
    return ((replace(_SCENE, place=word, cast=(_part("heroine", at="left"),)), MIDDLE),)


def _times(word: str) -> tuple[View, ...]:
    return ((replace(_SCENE, place="lake", time=word, cast=(_part("man", at="left"),)), MIDDLE),)


def _weathers(word: str) -> tuple[View, ...]:
    return ((replace(_SCENE, place="village", weather=word, cast=(_part("farmer", at="right"),)), MIDDLE),)


def _cameras(word: str) -> tuple[View, ...]:
    act = "walk" if word == "tracking" else "stand"
    scene = replace(_SCENE, place="park", time="golden hour", camera=word, cast=(_part("heroine", act, at="left"),))
    return ((scene, THROUGH),)


def _shots(word: str) -> tuple[View, ...]:
    cast = (_part("knight", at="left"), _part("queen", "talk", at="right"))
    return ((replace(_SCENE, place="castle", time="morning", shot=word, cast=cast), MIDDLE),)


def _held(word: str) -> tuple[View, ...]:
    """Somebody has it, seen whole."""
    return ((replace(_SCENE, shot="two-shot", things=(Thing(word, word, held_by="heroine"),)), MIDDLE),)


def _standing(word: str) -> tuple[View, ...]:
    place = "sea shore" if word in ("boat", "ship") else "meadow"
    cast = (_part("heroine", at="left"),)
    return ((replace(_SCENE, place=place, cast=cast, things=(Thing(word, word),)), MIDDLE),)


def _grades(word: str) -> tuple[View, ...]:
    cast = (_part("heroine", "walk", "happy"),)
    scene = replace(_SCENE, place="forest", time="golden hour", shot="medium", cast=cast, style="cinematic")
    return ((replace(scene, post=Post(grade=word)), MIDDLE),)


_TALL, _BROAD, _LARGE, _STRIP = (162, 216), (240, 180), (384, 216), (240, 135)

SHEETS = (
    Sheet(
        "styles",
        "Styles",
        "styles",
        "Six scenes in every style: a forest at the golden hour, a city street in a night's rain, two people by the"
        " sea at dusk, a castle by moonlight, a close-up in a room, snow in the mountains.",
        1,
        (256, 144),
        _styles,
    ),
    Sheet("places", "Places", "places", "At noon, in clear weather, in the style papercut.", 4, _LARGE, _places),
    Sheet("times", "Times of day", "times", "The same lake at every hour.", 4, _LARGE, _times),
    Sheet("weathers", "Weathers", "weathers", "The same village at noon.", 3, _LARGE, _weathers),
    Sheet("shots", "Shots", "shots", "The same two people in the same place.", 3, _LARGE, _shots),
    Sheet(
        "cameras",
        "Moves of the camera",
        "cameras",
        "Beginning, middle and end of each move in the same park.",
        2,
        _STRIP,
        _cameras,
    ),
    Sheet("actions", "Actions", "actions", "Beginning, middle and end of three seconds.", 2, _STRIP, _actions),
    Sheet("emotions", "Emotions", "emotions", "Two people, each whole and from near.", 2, _TALL, _emotions),
    Sheet("roles", "Roles", "roles", "The same person whole and from near.", 5, _TALL, _people),
    Sheet("animals", "Animals", "animals", "The same animal whole and from near.", 3, _BROAD, _people),
    Sheet(
        "held",
        "Props in a hand",
        "props",
        "What somebody holds in a hand.",
        6,
        _BROAD,
        _held,
        lambda word: word in PORTABLE - _LARGE_THINGS,
    ),
    Sheet(
        "standing",
        "Props that stand about",
        "props",
        "Furniture, vehicles, and what else is on the ground.",
        5,
        (288, 162),
        _standing,
        lambda word: word not in PORTABLE - _LARGE_THINGS,
    ),
    Sheet("grades", "Grades", "grades", "One picture under each of the house's looks.", 4, _LARGE, _grades),
)
"""Every sheet in the order of the page."""
