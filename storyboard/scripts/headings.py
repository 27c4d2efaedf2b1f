"""Scene headings: inside or outside, where, and when. `EXT. SADDLE--NIGHT`, `ИНТ. КОМНАТА - НОЧЬ`.

Knows the vocabulary, and no format of scripts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from storyboard.vocabulary.places import PLACES
from storyboard.vocabulary.reading import read
from storyboard.vocabulary.table import find, spot
from storyboard.vocabulary.times import TIMES
from storyboard.vocabulary.weathers import WEATHERS

Side = Literal["inside", "outside", ""]

_SIDE = re.compile(
    r"^\s*(?P<side>int\.?\s*/\s*ext|ext\.?\s*/\s*int|i\s*/\s*e|int|ext|est|инт\.?\s*/\s*(?:нат|экст)|инт|нат|экст)"
    r"(?:\.|\s|:)\s*",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*(?:--+|\s[-–—]+\s|[–—]|\.\s+|,\s*(?=[^,]*$)|\s-(?=\S)|(?<=\S)-\s)\s*")
_SAME = re.compile(
    r"^(continuous|later|moments? later|same( time)?|cont\.?|позже|тогда же|там же|непрерывно|продолжение)\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says. `place`, `time` and `weather` are canonical words, "" where none is understood.

    `location` is the place as it is written. With `same_time` it is as late as in the scene before.
    """

    side: Side
    location: str
    place: str
    time: str
    weather: str
    same_time: bool = False


def read_heading(text: str) -> Heading:
    """What a heading says."""
    bare = text.strip().lstrip(".").strip()
    found = _SIDE.match(bare)
    side: Side = ""
    if found:
        side = "outside" if re.match(r"(ext|est|нат|экст)", found["side"], re.IGNORECASE) else "inside"
        bare = bare[found.end() :]
    parts = [part for part in _PARTS.split(bare) if part and part.strip(" .-–—")]
    time, same, kept = "", False, list(parts)
    for part in reversed(parts[1:]):
        hour = find(TIMES, part) or (spot(TIMES, part) if len(part.split()) <= 4 else None)
        if hour and not time:
            time = hour
        elif _SAME.match(part):
            same = True
        else:
            break
        kept.pop()
    location = ", ".join(part.strip(" .-–—") for part in kept) or bare.strip()
    return Heading(side, location, place_of(location, side), time, _weather(parts[1:]), same and not time)


def told_by(text: str) -> Heading:
    """Where and when a scene without a heading plays, as its first words of action tell."""
    prose = read(text)
    return Heading("", "", prose.first("place"), prose.first("time"), prose.first("weather"))


def _weather(parts: Sequence[str]) -> str:
    """The weather, where a part behind the place tells it."""
    return next((known for part in parts if (known := find(WEATHERS, part))), "")


def place_of(location: str, side: Side) -> str:
    """The canonical place that a location means: the most particular part of it that is known, else ""."""
    for part in reversed(re.split(r"\s*[,/]\s*", location)):
        known = find(PLACES, part) or spot(PLACES, part)
        if known:
            return known
    return "room" if side == "inside" else ""
