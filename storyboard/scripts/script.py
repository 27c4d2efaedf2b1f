"""A script in one neutral shape, whatever it was written as: elements in order, each with the line it stands on.

The readers fill it, `adaptation` makes a storyboard of it. Knows no format and no vocabulary.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Kind = Literal["heading", "action", "speech", "transition", "pause", "sound", "section", "note", "title"]


@dataclass(frozen=True, slots=True)
class Element:
    """One part of a script. `line` counts from 1 in its source; 0 where the source has no lines.

    `who` and `manner` belong to a speech: the name of the speaker, and what stands in brackets before the words.
    `offstage` says that the speaker is heard and not seen. `first` and `length` are seconds where the source tells
    them (subtitles), else 0.
    """

    kind: Kind
    text: str
    line: int = 0
    who: str = ""
    manner: str = ""
    offstage: bool = False
    first: Fraction = Fraction(0)
    length: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the list of persons: the name as it is spoken of, and what is said of them."""

    name: str
    about: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Remark:
    """Something of a script that did not find its way into the storyboard, or not as it stands: where, what and why."""

    line: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Script:
    """A whole script. `credits` are attributions that travel with every copy."""

    elements: tuple[Element, ...]
    title: str = ""
    author: str = ""
    credits: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    remarks: tuple[Remark, ...] = ()
