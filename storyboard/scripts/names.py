"""The people of a script: who they are under which names, their ids, and what the text tells of their looks and sex.

Knows no scenes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from storyboard.characters import NARRATOR
from storyboard.scripts.script import Element, Person, Script
from storyboard.vocabulary.roles import ROLES
from storyboard.vocabulary.stems import stem, tokens
from storyboard.vocabulary.table import spot

_NARRATORS = frozenset(
    {"narrator", "narration", "voice over", "voiceover", "v.o", "vo", "рассказчик", "диктор", "автор", "от автора"}
    | {"голос за кадром", "закадровый голос"}
)
_LONGEST_ID = 40
_HE = re.compile(r"\b(he|him|his|himself|он|его|ему|ним)\b", re.IGNORECASE)
_SHE = re.compile(r"\b(she|her|hers|herself|она|её|ее|ей|ней)\b", re.IGNORECASE)
_ABOUT = r"\b{name}\b\s*(?:\(([^()]{{2,120}})\)|,\s+([^.!?]{{2,160}}),\s+(?=[a-zа-яё]))"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who speaks or is listed. `stems` are what the name is known by in prose; a narrator is never seen."""

    id: str
    name: str
    role: str = ""
    looks: str = ""
    narrates: bool = False


def actors(script: Script) -> dict[str, Actor]:
    """Everybody who speaks, by the name of their cue in lower case."""
    cues = list(dict.fromkeys(one.who for one in script.elements if one.kind == "speech" and one.who))
    found: dict[str, Actor] = {}
    taken: set[str] = {NARRATOR}
    prose = [one.text for one in script.elements if one.kind == "action"]
    for cue in cues:
        folded = fold(cue)
        if folded in found:
            continue
        if folded.strip(" .") in _NARRATORS:
            found[folded] = Actor(NARRATOR, "", narrates=True)
            continue
        listed = _listed(cue, script.people)
        about = listed.about if listed else _introduced(cue, prose)
        name = spoken_name(cue)
        number = free(slug(name) or "person", taken)
        role = spot(ROLES, f"{about} {cue}") or _sex(cue, listed, prose)
        found[folded] = Actor(number, name, role, about[:190])
    return found


def fold(name: str) -> str:
    """A name as it is compared."""
    return " ".join(name.casefold().replace("ё", "е").split())


def slug(text: str, longest: int = _LONGEST_ID) -> str:
    """An id from words: letters and digits of any script in lower case, joined by hyphens."""
    words = re.findall(r"[^\W_]+", text.lower().replace("'", "").replace("\u2019", ""))
    joined = ""
    for word in words:
        if joined and len(joined) + len(word) + 1 > longest:
            break
        joined = f"{joined}-{word}" if joined else word[:longest]
    return joined


def free(wanted: str, taken: set[str]) -> str:
    """An id that is not taken yet, and is from now on."""
    number, name = 1, f"x-{wanted}" if wanted in _RESERVED else wanted
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    taken.add(name)
    return name


_RESERVED = frozenset({"con", "prn", "aux", "nul", "narrator", "film", "opening", "ending"}) | {
    f"{port}{number}" for port in ("com", "lpt") for number in range(10)
}
"""Names that are no files on some systems, or mean something in a storyboard."""


def named_in(text: str, people: Iterable[Actor]) -> list[Actor]:
    """Who of the people is named in a text, in the order in which they are."""
    said = [stem(token) for token in tokens(text)]
    found = []
    for person in people:
        first = next(
            (place for word in tokens(person.name) if len(word) > 1 and (place := _at(said, stem(word))) >= 0), -1
        )
        if first >= 0 and not person.narrates:
            found.append((first, person))
    return [person for _, person in sorted(found, key=lambda one: one[0])]


def _at(said: Sequence[str], word: str) -> int:
    return said.index(word) if word in said else -1


def spoken_name(cue: str) -> str:
    """A name in cue capitals as it is written elsewhere."""
    name = cue.title() if cue.upper() == cue else cue
    return re.sub(r"(?<=['’])[A-ZА-ЯЁ](?=\b)", lambda found: found[0].lower(), name)[:80]


def _listed(cue: str, people: Sequence[Person]) -> Person | None:
    """The entry of the list of persons that a cue means."""
    folded = fold(cue)
    whole = next((one for one in people if fold(one.name) == folded), None)
    return whole or next((one for one in people if folded in fold(one.name).split()), None)


def _introduced(cue: str, prose: Sequence[str]) -> str:
    """What stands behind a name in capitals where somebody first comes in."""
    pattern = re.compile(_ABOUT.format(name=re.escape(cue.upper())))
    for text in prose:
        found = pattern.search(text)
        if found:
            return _aged(" ".join((found[1] or found[2]).split()), cue)
    return ""


def _aged(about: str, cue: str) -> str:
    """What is told of somebody in the language of his name; a bare number is an age."""
    if not about.isdecimal():
        return about
    return f"{about} лет" if re.search("[а-яё]", cue, re.IGNORECASE) else f"{about} years old"


def _sex(cue: str, listed: Person | None, prose: Sequence[str]) -> str:
    """`man` or `woman` where the text tells by its pronouns or by the ending of a Russian name, else ""."""
    own = {stem(token) for token in tokens(cue)}
    near = [text for text in prose if own & {stem(token) for token in tokens(text)}]
    he, she = (sum(len(pattern.findall(text)) for text in near) for pattern in (_HE, _SHE))
    if re.search("[а-яё]", cue, re.IGNORECASE):
        name = fold(listed.name if listed else cue).split()
        first = name[1] if len(name) > 1 and listed else name[0]
        return "woman" if first[-1] in "ая" and first not in _MEN else "man"
    return "man" if he > 2 * she else "woman" if she > 2 * he else ""


_MEN = frozenset(
    {"илья", "никита", "фома", "лука", "кузьма", "савва", "данила", "гаврила", "петя", "вася", "коля", "ваня"}
    | {"миша", "саша", "дима", "сережа", "яша", "гриша", "паша"}
)
"""Men's names that end as women's do."""


def speech_of(elements: Iterable[Element]) -> list[Element]:
    """Only what is spoken."""
    return [one for one in elements if one.kind == "speech"]
