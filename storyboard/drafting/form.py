"""The form that a language model fills in: a storyboard with a fixed number of scenes, words taken from the vocabulary.

A JSON Schema that constrained decoding can follow: every key required, every list bounded. Pure.
"""

from __future__ import annotations

from typing import Any

from storyboard.vocabulary.cameras import CAMERAS
from storyboard.vocabulary.emotions import EMOTIONS
from storyboard.vocabulary.moods import MOODS
from storyboard.vocabulary.places import PLACES
from storyboard.vocabulary.roles import ROLES
from storyboard.vocabulary.shots import SHOTS
from storyboard.vocabulary.times import TIMES
from storyboard.vocabulary.weathers import WEATHERS

MOST_SCENES = 60
MOST_PEOPLE = 6
MOST_LINES = 6
_PASSAGES = ["cut", "crossfade", "fade"]


def form(scenes: int, *, people: bool = True) -> dict[str, Any]:
    """The schema of a storyboard of so many scenes; without `people`, of its scenes alone."""
    scene = _object(
        place=_word(PLACES.canonical),
        time=_word(TIMES.canonical),
        weather=_word(WEATHERS.canonical),
        shot=_word(SHOTS.canonical),
        camera=_word(CAMERAS.canonical),
        prompt=_text(400),
        cast=_list(_object(who=_text(40), action=_text(60), emotion=_word(EMOTIONS.canonical)), 0, MOST_PEOPLE),
        lines=_list(_object(by=_text(40), say=_text(240), emotion=_word(EMOTIONS.canonical)), 0, MOST_LINES),
        transition=_word(_PASSAGES),
    )
    rest: dict[str, Any] = {}
    if people:
        person = _object(name=_text(40), role=_word(ROLES.canonical), looks=_text(160))
        rest = {"title": _text(80), "mood": _word(MOODS.canonical), "characters": _list(person, 1, MOST_PEOPLE)}
    return _object(**rest, scenes=_list(scene, scenes, scenes))


def _object(**keys: Any) -> dict[str, Any]:
    return {"type": "object", "properties": keys, "required": list(keys), "additionalProperties": False}


def _list(items: Any, least: int, most: int) -> dict[str, Any]:
    return {"type": "array", "items": items, "minItems": least, "maxItems": most}


def _text(longest: int) -> dict[str, Any]:
    return {"type": "string", "minLength": 1, "maxLength": longest}


def _word(words: Any) -> dict[str, Any]:
    return {"type": "string", "enum": list(words)}
