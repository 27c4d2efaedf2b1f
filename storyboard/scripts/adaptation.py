"""A script made into a storyboard: headings to places and hours, action to prompts and moments, speech to lines.

Whatever finds no place is remarked with its line. Knows the vocabulary and the shape of storyboards, no formats.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate, groupby
from typing import Any

from storyboard.dialogue import TAIL
from storyboard.scripts.names import Actor, actors, fold, free, named_in, slug
from storyboard.scripts.phrasing import action_of, emotion_of, moments_of, sentences, sounds_of, unquoted
from storyboard.scripts.script import Remark, Script
from storyboard.scripts.shooting import NOWHERE, Shooting, Shot
from storyboard.time import spell
from storyboard.vocabulary.reading import read
from storyboard.vocabulary.weathers import WEATHERS

MOST_SCENES = 2000
_SMALL_ACTIONS = frozenset({"", "talk", "listen", "stand", "nod", "wave", "laugh", "cry", "think"})
"""What somebody may do who is seen from near; whoever falls or leaves would fall out of the picture."""
_GLANCE = 90
"""Letters of action up to which a talk may be seen from near: more has to be shown."""
_ALONE = 4
"""Seconds of a scene in which nothing is said, and more for each sentence of its action."""
_LONGEST_OPENING = Fraction(60)
"""Seconds before the first word of subtitles that become a scene; a later one counts from another clock."""


@dataclass(frozen=True, slots=True)
class Adapted:
    """A storyboard as plain data, and everything of the script that did not find its way into it."""

    document: dict[str, Any]
    remarks: tuple[Remark, ...]


def adapt(script: Script, *, title: str, language: str = "") -> Adapted:
    """The storyboard of a script; `title` serves where it has none, and its letters tell the language."""
    cast = actors(script)
    language = language or language_of(script)
    shooting = Shooting(cast, list(script.remarks), language)
    for element in script.elements:
        shooting.take(element)
    shots = [shot for shot in shooting.shots if not shot.empty]
    remarks = shooting.remarks
    if not shots:
        shots = [Shot(NOWHERE, "", True, action=[script.title or title])]
        remarks.append(Remark(0, "", "the script holds neither action nor speech"))
    if len(shots) > MOST_SCENES:
        remarks.append(Remark(0, "", f"only the first {MOST_SCENES} of {len(shots)} scenes were taken"))
        shots = shots[:MOST_SCENES]
    _close(shots, remarks)
    if any(shot.last for shot in shots):
        shots = _opened(shots, script.title or title, remarks)
        remarks.append(
            Remark(0, "", "subtitles tell what is heard and not what is seen: write a prompt for each scene")
        )
    _weathered(shots)
    people = [one for one in dict.fromkeys(cast.values()) if not one.narrates]
    taken: set[str] = set()
    document: dict[str, Any] = {
        "workprint": 1,
        "title": _titled(script.title or title)[:200] or "Untitled",
        "author": script.author[:200],
        "credits": [one[:200] for one in script.credits],
        "language": language,
        "opening": shooting.opening,
        "characters": {one.id: _person(one) for one in people},
        "scenes": [_scene(shot, taken, following) for shot, following in zip(shots, (*shots[1:], None), strict=True)],
    }
    document = {key: value for key, value in document.items() if value}
    return Adapted(document, tuple(sorted(remarks, key=lambda one: one.line)))


def language_of(script: Script) -> str:
    """`ru` where most letters are Cyrillic, else `en`."""
    text = "".join(one.text for one in script.elements)
    cyrillic, latin = (len(re.findall(letters, text, re.IGNORECASE)) for letters in ("[а-яё]", "[a-z]"))
    return "ru" if cyrillic > latin else "en"


_SMALL = frozenset({"a", "an", "the", "of", "to", "in", "on", "at", "and", "or", "for", "by", "from", "with"})
"""Words that English titles write small."""


def _titled(title: str) -> str:
    """A title in capitals as it is written elsewhere."""
    if title.upper() != title:
        return title
    if re.search("[А-ЯЁ]", title):
        return title.capitalize()
    words = [word.lower() if word.lower() in _SMALL else word.capitalize() for word in title.split()]
    return " ".join([*(word.capitalize() for word in words[:1]), *words[1:]])


def _close(shots: Sequence[Shot], remarks: list[Remark]) -> None:
    """The last scene leads nowhere: it may only fade."""
    last = shots[-1]
    if last.transition and not last.transition.startswith("fade"):
        remarks.append(Remark(0, last.transition, "no scene follows; the film ends with a cut"))
        last.transition = ""


def _opened(shots: list[Shot], title: str, remarks: list[Remark]) -> list[Shot]:
    """Subtitles with what is seen before their first word, so that all times are theirs."""
    first = shots[0].first
    if first > _LONGEST_OPENING:
        remarks.append(Remark(0, "", f"the first words come at {spell(first)}; the film begins with them"))
    elif first:
        return [Shot(NOWHERE, "", True, action=[title], last=first), *shots]
    return shots


def _weathered(shots: Sequence[Shot]) -> None:
    """Parts of one scene of the script share the weather that one of them tells."""
    for _, group in groupby(enumerate(accumulate(shot.begins for shot in shots)), key=lambda one: one[1]):
        parts = [shots[number] for number, _ in group]
        told = [read(" ".join(part.action)).first(WEATHERS.name) for part in parts]
        if parts[0].heading.weather or not any(told):
            continue
        now = next(word for word in told if word)
        for part, word in zip(parts, told, strict=True):
            now = word or now
            part.heading = replace(part.heading, weather="" if word else now)


def _person(person: Actor) -> dict[str, Any]:
    told = {"name": person.name, "role": person.role, "looks": person.looks}
    return {key: value for key, value in told.items() if value}


def _scene(shot: Shot, taken: set[str], following: Shot | None) -> dict[str, Any]:
    """One scene as it is written in a storyboard."""
    heading = shot.heading
    prompt, moments = moments_of(shot.action)
    if not prompt and not shot.titles:
        # A talk without a word of action: what is seen is who speaks, and where.
        names = ", ".join(one.name for one in shot.speakers) or heading.location
        prompt = f"{names}. {heading.location}.".replace(". .", ".").strip(" .") + "." if names else ""
    scene: dict[str, Any] = {
        "id": free(slug(heading.location) or slug(heading.place) or "scene", taken),
        "heading": shot.written[:200] if shot.begins else "",
        "place": heading.place,
        "time": heading.time,
        "weather": heading.weather,
        "length": _length(shot, following),
        "shot": _framing(shot),
        "prompt": prompt,
        "text": " ".join(shot.titles)[:200],
        "moments": moments,
        "cast": [part(one, shot.action, speaks=one in shot.speakers) for one in shot.seen[:5]],
        "lines": [line["say"] if set(line) == {"say"} else line for line in shot.lines],
        "sounds": sounds_of(" ".join(shot.action)),
        "transition": shot.transition,
    }
    return {key: value for key, value in scene.items() if value}


def _length(shot: Shot, following: Shot | None) -> str:
    """How long a scene is: as its subtitles have it, as its voices need (""), or long enough to be seen."""
    if shot.last:
        return spell((following.first if following and following.last else shot.last + TAIL) - shot.first)
    return "" if shot.lines else f"{min(12, _ALONE + len(shot.action))}s"


def _framing(shot: Shot) -> str:
    """How much is seen: a talk of two from nearer than a walk, one who speaks from nearest."""
    if not shot.lines or shot.begins:
        return ""
    if sum(map(len, shot.action)) > _GLANCE or action_of(" ".join(shot.action)) not in _SMALL_ACTIONS:
        return ""
    return {1: "close-up", 2: "two-shot"}.get(len(shot.speakers), "")


def _does(sentence: str, person: Actor) -> bool:
    """Whether somebody does what a sentence tells: a Russian name in another case than the first only has it done."""
    own = fold(person.name).split()
    return not re.search("[а-я]", own[0]) or any(word in own for word in re.findall(r"[\w-]+", fold(sentence)))


def part(person: Actor, action: Iterable[str], *, speaks: bool) -> dict[str, Any]:
    """Somebody of the cast, with what the sentences that name them say of them."""
    written = {"who": person.id, "action": "", "emotion": ""}
    for text in action:
        for sentence in sentences(unquoted(text)):
            if person not in named_in(sentence, [person]) or not _does(sentence, person):
                continue
            # What somebody looks like is neither done nor felt.
            told = " ".join(sentence.split()).replace(person.looks, " ") if person.looks else sentence
            written["action"] = written["action"] or action_of(told)
            written["emotion"] = written["emotion"] or emotion_of(told)
    if speaks and not written["action"]:
        written["action"] = "talk"
    return {key: value for key, value in written.items() if value}
