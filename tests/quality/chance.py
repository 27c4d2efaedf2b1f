"""Scenes by chance: what a storyboard can say, drawn from the vocabulary's own tables by a seeded generator."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeVar

import numpy as np

from scenes.backend import ClipRequest, Speech
from storyboard.film import Beat, Character, Lettering, Moments, Part, Thing, VoiceChoice
from storyboard.vocabulary import (
    ACTIONS,
    CAMERAS,
    COLOURS,
    EMOTIONS,
    PLACES,
    PROPS,
    ROLES,
    SHOTS,
    STYLES,
    TIMES,
    WEATHERS,
    Table,
)
from tests.quality.screening import request_of

T = TypeVar("T")

_SPOTS = ("far left", "left", "center", "right", "far right")
_WAYS = ("left", "right", "auto", "auto")
_LOOKS = (
    "",
    "red hair, tall",
    "лысый, в очках",
    "a long green coat and a hat",
    "old, bearded",
    "🙂 zebra stripes",
    "12 years old",
)
_PROSE = (
    "", "A throne hall with a chandelier.", "Цветущие вишни у дороги, фонарь.", "From Anna's face to the horizon.",
    "no people, no tents", "bedroom; a bed; a candle", "كتاب", "\u202e\x00 \ud7ff", "x" * 900,
)  # fmt: skip
_RATES = (Fraction(24), Fraction(25), Fraction(24000, 1001), Fraction(8), Fraction(60))
_TEXTS = ("", "", "", "The End", "Конец — 終 — النهاية")


def scene_of_chance(
    rng: np.random.Generator, size: tuple[int, int], shots: Sequence[str] = (), cameras: Sequence[str] = ()
) -> ClipRequest:
    """A request for a scene in which anything may be said, in a frame of `size`."""
    cast = tuple(_part(rng, f"c{k}") for k in range(_some(rng, 0, 4)))
    extras = tuple(_part(rng, f"extra-{k}") for k in range(_some(rng, 0, 2)))
    people = [part.character.id for part in (*cast, *extras)]
    frames = _some(rng, 1, 120)
    return request_of(
        *size,
        frames=frames,
        rate=_one(rng, _RATES),
        speech=_speech(rng, people, frames),
        draft=bool(rng.random() < 0.2),
        seed=_some(rng, 0, 2**31 - 1),
        cast=cast,
        extras=extras,
        place=_word(rng, PLACES, 0.05),
        time=_word(rng, TIMES),
        weather=_word(rng, WEATHERS),
        style=_word(rng, STYLES),
        shot=_one(rng, shots or SHOTS.canonical),
        camera=_one(rng, cameras or CAMERAS.canonical),
        prompt=_one(rng, _PROSE),
        moments=Moments(_one(rng, _PROSE), "", _one(rng, _PROSE)),
        beats=tuple(_beat(rng, people) for _ in range(3)),
        things=tuple(_thing(rng, people) for _ in range(_some(rng, 0, 4))),
        text=_one(rng, _TEXTS),
        lettering=_letters(rng),
        unread=("zeppelin",) if rng.random() < 0.1 else (),
    )


def _one(rng: np.random.Generator, choices: Sequence[T]) -> T:
    return choices[int(rng.integers(len(choices)))]


def _some(rng: np.random.Generator, least: int, most: int) -> int:
    return int(rng.integers(least, most + 1))


def _word(rng: np.random.Generator, table: Table, unsaid: float = 0.0) -> str:
    return "" if rng.random() < unsaid else _one(rng, table.canonical)


def _part(rng: np.random.Generator, name: str) -> Part:
    role = _word(rng, ROLES, 0.05)
    who = Character(name, name, role, role, _one(rng, _LOOKS), _one(rng, _LOOKS), VoiceChoice("en/emma"))
    spot, way = _one(rng, _SPOTS), _one(rng, _WAYS)
    return Part(who, _word(rng, ACTIONS), _word(rng, EMOTIONS), spot, way)  # type: ignore[arg-type]  # from its words


def _beat(rng: np.random.Generator, people: Sequence[str]) -> Beat:
    actions = tuple((one, _word(rng, ACTIONS)) for one in people for _ in range(2) if rng.random() < 0.25)
    emotions = tuple((one, _word(rng, EMOTIONS)) for one in people if rng.random() < 0.3)
    return Beat(actions, emotions, _word(rng, TIMES, 0.8), _word(rng, WEATHERS, 0.8))


def _thing(rng: np.random.Generator, people: Sequence[str]) -> Thing:
    kind = _word(rng, PROPS)
    held = _one(rng, people) if people and rng.random() < 0.4 else ""
    return Thing(kind, kind, _word(rng, COLOURS, 0.6), _some(rng, 1, 9) if rng.random() < 0.3 else 1, held)


def _speech(rng: np.random.Generator, people: Sequence[str], frames: int) -> list[Speech]:
    out: list[Speech] = []
    first = _some(rng, 0, max(1, frames // 2))
    for one in people:
        if rng.random() < 0.4 and first < frames:
            last = _some(rng, first + 1, frames)
            mouth = tuple(float(level) for level in rng.random(last - first).round(3))
            out.append(Speech(one, first, last, mouth, _word(rng, EMOTIONS)))
            first = last
    return out


def _letters(rng: np.random.Generator) -> tuple[Lettering, ...]:
    if rng.random() < 0.8:
        return ()
    kind = _one(rng, ("title", "lower third", "credits"))
    return (Lettering(kind, ("Анна", "heroine", "木")[: _some(rng, 1, 3)]),)  # type: ignore[arg-type]  # from its words
