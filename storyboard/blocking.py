"""Blocking: who does what, feels what and stands where in a scene.

What the cast leaves out is what the prose says of somebody, then what the lines say, then the defaults.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal, cast

from storyboard.acts import acts, companion
from storyboard.film import Character, Part, VoiceChoice
from storyboard.model.scene import WrittenLine, WrittenPart
from storyboard.telling import Told
from storyboard.vocabulary.attire import GARMENTS
from storyboard.vocabulary.stems import stems

At = Literal["far left", "left", "center", "right", "far right"]
Facing = Literal["left", "right", "auto"]

_SPREAD: Mapping[int, tuple[At, ...]] = {
    1: ("center",),
    2: ("left", "right"),
    3: ("left", "center", "right"),
    4: ("far left", "left", "right", "far right"),
}
_ALL: tuple[At, ...] = ("far left", "left", "center", "right", "far right")
_ASIDE: tuple[At, ...] = ("right", "left", "far right", "far left", "center")


def block(
    written: Sequence[WrittenPart], people: Mapping[str, Character], lines: Sequence[WrittenLine], told: Told
) -> tuple[Part, ...]:
    """Return the parts of a scene, in the order of its cast."""
    standing = spread([part.at for part in written])
    parts = []
    for part, person, at in zip(written, dressed(written, people), standing, strict=True):
        own = [line for line in lines if line.by == part.who]
        action = part.action or next(iter(acts(told, part.who)), "") or ("talk" if own else "stand")
        spoken = next((line.emotion for line in own if line.emotion), "")
        emotion = part.emotion or told.account.first(part.who, "emotion") or spoken or "neutral"
        facing = cast(Facing, part.facing or "auto")
        parts.append(Part(_described(person, told), action, emotion, at, facing, placed=part.at is not None))
    return tuple(parts)


def dressed(written: Sequence[WrittenPart], people: Mapping[str, Character]) -> tuple[Character, ...]:
    """The characters of a cast in what they wear in this scene."""
    return tuple(replace(people[part.who], wears=part.wears) if part.wears else people[part.who] for part in written)


def _described(person: Character, told: Told) -> Character:
    """A character in what the prose puts on him, where nothing is written of his clothes; so with hair and beard."""
    wears = "" if person.wears or _clothed(person.looks) else told.attire.wears.get(person.id, "")
    looks = "" if person.looks else told.attire.looks.get(person.id, "")
    return replace(person, wears=wears or person.wears, looks=looks or person.looks) if wears or looks else person


def _clothed(looks: str) -> bool:
    return bool(GARMENTS & set(stems(looks)))


def extras(parts: Sequence[Part], told: Told) -> tuple[Part, ...]:
    """Return those whom only the prose names, on the ground that the cast leaves free."""
    found = told.company.extras
    taken = {part.at for part in parts}
    free = [at for at in _ASIDE if at not in taken] or list(_ASIDE)
    if not parts:
        free = list(spread([None] * len(found)))
    return tuple(
        Part(
            Character(
                one.id,
                one.written,
                one.role,
                one.written,
                ", ".join(text for text in (one.looks, told.attire.looks.get(one.id, "")) if text),
                told.attire.wears.get(one.id, ""),
                VoiceChoice(""),
            ),
            next(iter(acts(told, one.id)), "") or companion(told, one.id) or "stand",
            told.account.first(one.id, "emotion") or "neutral",
            free[number % len(free)],
        )
        for number, one in enumerate(found)
    )


def spread(written: Sequence[str | None]) -> tuple[At, ...]:
    """Fill the places that are not written: evenly over the frame, away from those that are taken."""
    wanted = _SPREAD.get(len(written), _ALL)
    taken = [at for at in written if at is not None]
    free = [at for at in (*wanted, *_ALL) if at not in taken]
    free = list(dict.fromkeys(free)) or list(_ALL)
    chosen: list[At] = []
    missing = 0
    for at in written:
        if at is not None:
            chosen.append(cast(At, at))
        else:
            chosen.append(free[missing % len(free)])
            missing += 1
    return tuple(chosen)
