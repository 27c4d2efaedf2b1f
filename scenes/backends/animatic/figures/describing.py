"""Reads the words of a character's looks and clothes into a look: colours go to the thing they stand by.

Works clause by clause, in English and Russian. What it cannot draw it lists, word by word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from scenes.backends.animatic.figure import Colour
from scenes.backends.animatic.figures.look import CHILD_HEAD, Look, deeper, luma
from scenes.backends.animatic.figures.words import (
    COLOUR_STEMS,
    COLOURS,
    FILLERS,
    MEN,
    THING_STEMS,
    THINGS,
    TRAIT_STEMS,
    TRAITS,
    WOMEN,
)
from scenes.backends.animatic.things.room import PIECES

T = TypeVar("T")

_CLAUSE = re.compile(r"[,.;:!?()\n]|\band\b|\bwith\b|\s(?:и|с|со)\s")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_AGED = re.compile(
    r"(?:\baged?\s+)?\b(\d{1,3}|[a-z]+(?:-[a-z]+)?)[\s-]+years?[\s-]+(?:old|of age)\b"
    r"|\bage[d:]?\s+(\d{1,3})\b|\b(\d{1,3})\s*(?:лет|года?)\b"
)
"""An age in years: it says whether somebody is a child or old, and its `old` says nothing."""
_CHILDHOOD, _OLD_AGE = 13, 62
_ENDING = 5
"""How many letters may follow a Russian stem."""
_HATS = {
    "straw": "straw",
    "pointed": "wizard",
    "top": "top hat",
    "knitted": "beanie",
    "hard": "hard hat",
    "bowler": "fedora",
    "flat": "cap",
    "peaked": "peaked cap",
}
_SEXES = {"woman": "woman", "girl": "woman", "man": "man", "boy": "man"}
_DYED = frozenset({"umbrella", "book", "bouquet"})
_HAIR_COLOUR = {
    "red-haired": "ginger",
    "fair-haired": "blond",
    "dark-haired": "dark",
    "black-haired": "black",
    "grey-haired": "silver",
}


@dataclass(slots=True)
class _Clause:
    """What one clause has said so far: words that wait for their thing, and the last thing named."""

    colour: str = ""
    traits: list[str] = field(default_factory=list)
    last: tuple[str, str] = ("", "")


def described(look: Look, text: str) -> Look:
    """The look changed by the words of `text`; words without effect are added to `unread` in their order."""
    unread: list[str] = []
    for part in _CLAUSE.split(_AGED.sub(_age, text.lower().replace("ё", "е"))):
        clause = _Clause()
        for word in _words(part):
            look = _read(look, word, clause, unread)
        look = _close(look, clause, unread)
    return replace(look, unread=look.unread + tuple(dict.fromkeys(unread)))


def sex_of(role: str) -> str:
    """`woman` or `man` where the word of a role says so, as `waitress` or `девочка` does, else ""."""
    for word in _WORD.findall(role.lower().replace("ё", "е")):
        trait = TRAITS.get(word) or _stem(word, TRAIT_STEMS)
        if trait in _SEXES:
            return _SEXES[trait]
        if word in WOMEN or word.endswith(("woman", "ess")):
            return "woman"
        if word in MEN or word.endswith("man"):
            return "man"
    return ""


def _age(match: re.Match[str]) -> str:
    """What an age in years comes to in a word that is read, between two commas."""
    number = match[1] or match[2] or match[3]
    if number.isdigit():
        return ", child, " if int(number) < _CHILDHOOD else ", old, " if int(number) >= _OLD_AGE else ", "
    return ", old, " if number.startswith(("seventy", "eighty", "ninety", "hundred")) else ", "


def _words(part: str) -> list[str]:
    found: list[str] = []
    for word in _WORD.findall(part):
        known = word in TRAITS or word in FILLERS or word in _HAIR_COLOUR or "-" not in word
        found += [word] if known else word.split("-")
    return found


def _read(look: Look, word: str, clause: _Clause, unread: list[str]) -> Look:
    colour = word if word in COLOURS else _stem(word, COLOUR_STEMS)
    thing = THINGS.get(word) or THINGS.get(word.removesuffix("s")) or _stem(word, THING_STEMS)
    trait = TRAITS.get(word) or _stem(word, TRAIT_STEMS)
    if word in FILLERS:
        return look
    if thing and not (trait and len(trait) > 4 and word not in THINGS):
        look = _apply(look, thing, clause)
        clause.last = thing
        clause.colour = ""
        clause.traits = []
    elif trait:
        clause.traits.append(trait)
    elif colour:
        clause.colour = colour
    else:
        unread.append(word)
    return look


def _stem(word: str, stems: dict[str, T]) -> T | None:
    """What the longest stem of the word stands for; None where none fits."""
    for length in range(len(word), 1, -1):
        if word[:length] in stems and len(word) - length <= _ENDING:
            return stems[word[:length]]
    return None


def _apply(look: Look, thing: tuple[str, str], clause: _Clause) -> Look:
    """Put a thing on, in the colour and manner that stood before it."""
    kind, name = thing
    colour: Colour | None = COLOURS[clause.colour] if clause.colour else None
    if kind == "hat":
        for trait in clause.traits:
            name = _HATS.get(trait, name)
        given: Colour | None = (0.88, 0.74, 0.42) if name == "straw" else None
        return replace(look, hat=name, hat_colour=colour or given or look.hat_colour)  # type: ignore[arg-type]
    if kind == "clothes":
        return look if colour is None else replace(look, top=colour, bottom=deeper(colour, 0.25))
    if kind == "garment":
        hooded: dict[str, Any] = {"hat": "hood", "hat_colour": colour or look.top} if "hooded" in clause.traits else {}
        return replace(look, garment=name, top=colour or look.top, **hooded)  # type: ignore[arg-type]
    if kind == "part":
        return look if colour is None else replace(look, **{name: colour})  # type: ignore[arg-type]
    if kind == "worn":
        usual = {
            "scarf": (0.9, 0.74, 0.3),
            "cape": deeper(look.top, 0.35),
            "apron": (0.93, 0.92, 0.88),
            "waistcoat": _waistcoat(look),
        }[name]
        return replace(look, **{name: colour or getattr(look, name) or usual})  # type: ignore[arg-type]
    if kind == "prop":
        return replace(look, prop=name, prop_colour=colour or usual_colour(name, look))  # type: ignore[arg-type]
    if kind in ("glasses", "patch"):
        return replace(look, **{kind: True})  # type: ignore[arg-type]
    if kind == "skin":
        return _skin(look, clause)
    return _hair(look, thing, clause, colour)


def usual_colour(prop: str, look: Look) -> Colour:
    """The colour of a prop of which none is said: its own, one that matches the hat, or the owner's present one."""
    piece = PIECES.get(prop)
    if piece is not None and piece.held is not None:
        return piece.held.own
    return deeper(look.hat_colour, 0.1) if prop in _DYED else look.prop_colour


def _waistcoat(look: Look) -> Colour:
    """A waistcoat that nobody gave a colour: stands off from what is worn over it."""
    return (0.80, 0.72, 0.55) if luma(look.top) < 0.5 else deeper(look.top, 0.5)


def _hair(look: Look, thing: tuple[str, str], clause: _Clause, colour: Colour | None) -> Look:
    kind, name = thing
    if kind == "beard":
        long = name == "full" and "long" in clause.traits
        return replace(look, beard="long" if long else name, hair=colour or look.hair)  # type: ignore[arg-type]
    if clause.colour in ("red", "orange"):
        colour = COLOURS["ginger"]
    style = name
    for trait in clause.traits:
        style = {"long": "long", "short": "bob" if look.womanly else "crop", "curly": "curly", "spiky": "spiky"}.get(
            trait, style
        )
    return replace(look, hair_style=style or look.hair_style, hair=colour or look.hair)  # type: ignore[arg-type]


def _skin(look: Look, clause: _Clause) -> Look:
    tone = {"pale": (0.97, 0.85, 0.76), "tanned": (0.78, 0.55, 0.38)}
    for trait in clause.traits:
        if trait in tone:
            return replace(look, skin=tone[trait])
    tones = {
        "dark": (0.45, 0.30, 0.22),
        "black": (0.40, 0.26, 0.2),
        "brown": (0.62, 0.42, 0.3),
        "fair": (0.96, 0.82, 0.71),
        "white": (0.96, 0.82, 0.71),
    }
    tones |= {"green": (0.55, 0.70, 0.42), "blue": (0.50, 0.66, 0.84), "blond": (0.96, 0.82, 0.71)}
    return replace(look, skin=tones.get(clause.colour, look.skin))


def _close(look: Look, clause: _Clause, unread: list[str]) -> Look:
    """What is left at a clause's end describes the last thing (as Russian may) or the person himself."""
    if clause.colour:
        if clause.last[0]:
            look = _apply(look, clause.last, clause)
        elif clause.colour in ("ginger", "blond", "blonde", "silver", "chestnut", "auburn"):
            look = replace(look, hair=COLOURS[clause.colour])
        else:
            unread.append(clause.colour)
    for trait in clause.traits:
        look = _person(look, trait, unread)
    return look


def _person(look: Look, trait: str, unread: list[str]) -> Look:
    scale = {"short": 0.88, "small": 0.86, "tall": 1.09, "big": 1.08}
    girth = {"round": 1.26, "thin": 0.87, "big": 1.14}
    if trait in scale or trait in girth:
        return replace(look, stature=look.stature * scale.get(trait, 1.0), girth=look.girth * girth.get(trait, 1.0))
    if trait in ("old", "old-woman"):
        aged = replace(look, age="old", stature=look.stature * 0.96)
        return replace(aged, womanly=True, garment="dress") if trait == "old-woman" else aged
    if trait in ("woman", "girl"):
        hair = "long" if look.hair_style in ("short", "crop", "spiky") else look.hair_style
        return replace(look, womanly=True, beard="", hair_style=hair)
    if trait in ("man", "boy"):
        hair = "short" if look.womanly else look.hair_style
        return replace(
            look, womanly=False, hair_style=hair, garment="shirt" if look.garment == "dress" else look.garment
        )
    if trait == "child":
        return replace(look, age="child", stature=0.66, head=CHILD_HEAD)
    if trait in ("bald", "curly", "spiky"):
        return replace(look, hair_style=trait)  # type: ignore[arg-type]
    if trait in _HAIR_COLOUR:
        return replace(look, hair=COLOURS[_HAIR_COLOUR[trait]])
    if trait in ("pale", "tanned", "dark-skinned"):
        return _skin(look, _Clause(colour="dark" if trait == "dark-skinned" else "", traits=[trait]))
    if trait == "long-haired":
        return replace(look, hair_style="long")
    if trait == "hooded":
        return replace(look, hat="hood")
    if trait != "young":
        unread.append(trait)
    return look
