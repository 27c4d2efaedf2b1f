"""From a character of the film to a look: his role's clothes, his own colours, then the words of his description.

Deterministic: the same character among the same people always looks the same.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from scenes.backends.animatic.figures.describing import described, sex_of, usual_colour
from scenes.backends.animatic.figures.look import CARRIED, CHILD_HEAD, HOLDABLE, Look, deeper, luma, mix
from scenes.backends.animatic.figures.wardrobe import BOTTOMS, BROWN, GREY, HAIRS, ROLES, SHOES, SKINS, TOPS
from scenes.backends.animatic.figures.words import COLOURS
from storyboard.film import Character, Scene, Thing

T = TypeVar("T")

_WOMEN_HAIR = ("long", "bob", "pony", "bun", "curly", "braid")
_MEN_HAIR = ("short", "short", "crop", "curly", "short", "spiky")


def cast(character: Character, characters: Sequence[str], wears: str = "") -> Look:
    """The look of a character among the film's `characters` (ids in order); `wears` replaces his usual clothes."""
    draw = _Draw(character.id, characters)
    fields: dict[str, Any] = dict(ROLES.get(character.role, {}))
    sex = sex_of(character.role_text)
    girl = character.role == "child" and (sex == "woman" if sex else draw.pick("girl", (True, False)))
    if sex and character.role != "child" and bool(fields.get("womanly")) != (sex == "woman"):
        fields["womanly"] = sex == "woman"
        fields.pop("hair_style", None)
        if sex == "woman":
            fields["beard"] = ""
    if character.role in ("", "crowd"):
        fields.setdefault("womanly", draw.pick("womanly", (True, False)))
        fields.setdefault("garment", "dress" if fields["womanly"] else draw.pick("garment", ("shirt", "coat", "suit")))
    if girl:
        fields |= {"womanly": True, "garment": "dress"}
    fields.setdefault("stature", draw.pick("stature", (0.97, 1.0, 1.03)) * (0.955 if fields.get("womanly") else 1.0))
    look = Look(**{**_own_colours(draw, fields), **fields})
    if look.age == "child":
        look = replace(look, stature=0.66, head=CHILD_HEAD)
    elif look.age == "old":
        look = replace(look, stature=look.stature * 0.955)
    text = "; ".join(part for part in (character.looks, wears or character.wears) if part)
    born, look = look.hair, described(look, text)
    if luma(look.skin) < 0.5 and look.age != "old" and look.hair == born:
        look = replace(look, hair=draw.pick("hair", HAIRS[:2]))
    if look.age == "old" and look.kind == "person" and look.hair == born:
        look = replace(look, hair=mix(GREY, look.hair, 0.08))
    return look


def looks_of(scene: Scene, characters: Sequence[str]) -> list[Look]:
    """The looks of a scene's cast in order, with what the scene puts into their hands."""
    return [
        equipped(cast(part.character, characters, part.character.wears), part.character.id, scene.things)
        for part in scene.cast
    ]


def equipped(look: Look, who: str, things: Sequence[Thing]) -> Look:
    """The look with what the scene puts into the hands of `who`, in the colours said; the last thing stays.

    What a hand holds becomes the prop, and what both arms can carry also the load of somebody who carries.
    """
    for thing in things:
        if thing.held_by != who:
            continue
        dyed = COLOURS.get(thing.colour)
        if thing.kind in CARRIED:
            look = replace(look, load=thing.kind, load_colour=dyed)
        if thing.kind in HOLDABLE:
            look = replace(look, prop=thing.kind, prop_colour=dyed or usual_colour(thing.kind, look))  # type: ignore[arg-type]
    return look


def _own_colours(draw: _Draw, fields: dict[str, Any]) -> dict[str, Any]:
    """Colours and hair that are this person's alone, before role and words."""
    top = draw.apart(TOPS)
    styles = _WOMEN_HAIR if fields.get("womanly") else _MEN_HAIR
    skin = draw.pick("skin", SKINS)
    dyed = fields.get("prop") in ("umbrella", "book", "bouquet")
    return {
        "skin": skin,
        "hair": draw.pick("hair", HAIRS if luma(skin) > 0.55 else HAIRS[:2]),
        "hair_style": draw.pick("style", styles),
        "top": top,
        "bottom": draw.pick("bottom", BOTTOMS),
        "shoes": draw.pick("shoes", SHOES),
        "hat_colour": deeper(draw.apart(TOPS, 3), 0.25),
        "prop_colour": deeper(draw.apart(TOPS, 6), 0.2) if dyed else BROWN,
    }


class _Draw:
    """Choices that depend on a person's id alone, and colours that keep the people of one film apart."""

    def __init__(self, person: str, everybody: Sequence[str]) -> None:
        """Choose for `person`; somebody not listed is put after the others."""
        self.person = person
        self.index = list(everybody).index(person) if person in everybody else len(everybody)

    def pick(self, what: str, choices: Sequence[T]) -> T:
        """One of the choices, by the person's id and what is chosen."""
        return choices[zlib.crc32(f"{self.person}/{what}".encode()) % len(choices)]

    def apart(self, choices: Sequence[T], shift: int = 0) -> T:
        """One of the choices, another one for each person of the film while they last."""
        return choices[(self.index + shift) % len(choices)]
