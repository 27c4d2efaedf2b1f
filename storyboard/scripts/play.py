"""Plays and plain dialogue: `Name. Words.`, `NAME: words` or a name on a line of its own, in English and Russian.

A list of persons at the head is read, brackets among the words become manners and actions. Knows nothing of
storyboards.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from storyboard.scripts.script import Element, Person, Script

_PERSONS = re.compile(
    r"^\s*(действующие лица|лица|dramatis person(ae|æ)|(the )?characters|persons( represented)?|cast( of characters)?)"
    r"\s*[.:]?\s*$",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"^\s*(действие|акт|картина|явление|сцена|пролог|эпилог|act|scene|prologue|epilogue|part)\b[\s.:]*[\w\s.—–-]{0,40}$",
    re.IGNORECASE,
)
_PLACED = re.compile(r"^\s*(действие происходит|the (scene|action) (is|takes place))\b.*$", re.IGNORECASE)
_PAUSE = re.compile(
    r"^\W*(пауза|молчание|долгая пауза|короткая пауза|pause|(a )?beat|silence|a long pause)\W*$", re.IGNORECASE
)
_NAME = r"[A-ZА-ЯЁ][\w'’-]*(?:[ ][A-ZА-ЯЁ][\w'’-]*\.?){0,3}"
_CUE = re.compile(rf"^\s*(?P<name>{_NAME})\s*(?P<manner>\([^()]*\))?\s*(?P<mark>[.:]|—|–)\s+(?P<words>\S.*)$")
_ALONE = re.compile(r"^\s*(?P<name>[A-ZА-ЯЁ][A-ZА-ЯЁ0-9'’ .-]{1,38}?)\s*(?P<manner>\([^()]*\))?\s*:?\s*$")
_HEADED = re.compile(r"^\s*(?P<key>title|author|название|автор)\s*:\s*(?P<words>\S.*)$", re.IGNORECASE)
_INSIDE = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_SCENE_LINE = re.compile(r"^\s*[(\[].*[)\]]\W*$")


@dataclass
class _Stage:
    """A play in the reading: who is known, and who speaks."""

    known: set[str]
    elements: list[Element] = field(default_factory=list)
    speaker: str = ""
    goes_on: bool = False
    """Whether a paragraph without a cue would belong to the speaker: right after a pause."""


def read_play(text: str) -> Script:
    """The script of a play or of plain dialogue."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    title, people, first = _head(lines)
    title, author, first = _page(lines, title, first)
    stage = _Stage({one.name.casefold() for one in people} | _often(lines[first:]))
    waiting = ""
    for number, line in enumerate(lines[first:], first + 1):
        bare = " ".join(line.split())
        if waiting and bare:
            _speech(stage, waiting, bare, number)
        elif bare:
            waiting = _line(stage, bare, number)
            continue
        if not bare:
            waiting = ""
    return Script(tuple(stage.elements), title=title, author=author, people=tuple(people))


def _page(lines: Sequence[str], title: str, first: int) -> tuple[str, str, int]:
    """Title and author where the text begins with them by name (`Title: The Pier`), and the first line after them."""
    author = ""
    for number, line in enumerate(lines[:12]):
        found = _HEADED.match(line)
        if found and found["key"].lower() in ("title", "название"):
            title = found["words"].strip()
        elif found:
            author = found["words"].strip()
        elif line.strip():
            return title, author, max(first, number)
    return title, author, first


def _head(lines: Sequence[str]) -> tuple[str, list[Person], int]:
    """The title, the list of persons, and the number of the first line after them (from 0)."""
    start = next((number for number, line in enumerate(lines[:80]) if _PERSONS.match(line)), None)
    if start is None:
        return "", [], 0
    title = next((" ".join(line.split()) for line in lines[:start] if line.strip()), "")
    people: list[Person] = []
    for number, line in enumerate(lines[start + 1 :], start + 1):
        bare = " ".join(line.split())
        if _SECTION.match(bare) or _PLACED.match(bare) or (not bare and people and _next_is_no_person(lines, number)):
            return title, people, number
        if bare:
            name, _, about = bare.rstrip(".").partition(",")
            people.append(Person(name.strip(), about.strip(), number + 1))
    return title, people, len(lines)


def _next_is_no_person(lines: Sequence[str], number: int) -> bool:
    after = next((line.strip() for line in lines[number:] if line.strip()), "")
    return not after or bool(_CUE.match(after)) or bool(_SECTION.match(after)) or len(after) > 120


def _often(lines: Sequence[str]) -> set[str]:
    """Names that begin several lines as cues do: speakers, even where no list of persons stands."""
    cues = [found for line in lines if (found := _CUE.match(line)) and not _HEADED.match(line)]
    seen = Counter(cue["name"].casefold() for cue in cues)
    marked = {cue["name"].casefold() for cue in cues if cue["mark"] == ":" or _shouted(cue["name"])}
    filled = [line for line in lines if line.strip()]
    if sum(seen.values()) * 2 > len(filled):
        # Nearly every line begins as a cue does: even who speaks once is a speaker.
        return set(seen)
    return {name for name, count in seen.items() if count > 1} | marked


def _shouted(name: str) -> bool:
    """Whether a name is written as cues are: in capitals, and longer than an initial."""
    return len(name) > 2 and name.upper() == name


def _line(stage: _Stage, bare: str, number: int) -> str:
    """Read one line; gives the speaker whose words are to follow on the next lines, or ""."""
    if _PAUSE.match(bare):
        stage.elements.append(Element("pause", bare, number))
        stage.goes_on = bool(stage.speaker)
        return ""
    cue = _CUE.match(bare)
    if cue and _is_speaker(stage, cue["name"]):
        _speech(stage, cue["name"], cue["words"], number, (cue["manner"] or "").strip("()"))
        return ""
    alone = _ALONE.match(bare)
    if alone and alone["name"].upper() == alone["name"] and not _SECTION.match(bare):
        stage.speaker, stage.goes_on = alone["name"].strip(" ."), False
        return stage.speaker
    if _PLACED.match(bare):
        stage.elements.append(Element("note", bare, number))
    elif _SECTION.match(bare):
        stage.elements.append(Element("section", bare, number))
        stage.speaker, stage.goes_on = "", False
    elif not _SCENE_LINE.match(bare) and stage.speaker and (stage.goes_on or _INSIDE.search(bare)):
        _speech(stage, stage.speaker, bare, number)
    else:
        stage.elements.append(Element("action", bare.strip("()[]"), number))
        stage.goes_on = False
    return ""


def _is_speaker(stage: _Stage, name: str) -> bool:
    folded = name.casefold()
    return folded in stage.known or any(known.split()[0] == folded for known in stage.known if known)


def _speech(stage: _Stage, who: str, words: str, number: int, manner: str = "") -> None:
    """Words and what stands in brackets among them: manners before words, actions behind them."""
    stage.speaker, stage.goes_on = who, False
    stage.elements += _parts(who, words, number, manner)


def _parts(who: str, words: str, number: int, manner: str) -> Iterator[Element]:
    at = 0
    for found in _INSIDE.finditer(words):
        said = words[at : found.start()].strip()
        if said:
            yield Element("speech", said, number, who, manner)
            manner = ""
        inside = (found[1] or found[2] or "").strip()
        rest = words[found.end() :].strip(" .")
        if _PAUSE.match(inside):
            yield Element("pause", inside, number)
        elif rest and not inside.endswith("."):
            manner = inside
        else:
            yield Element("action", f"{who} {inside[:1].lower()}{inside[1:]}", number, who)
        at = found.end()
    rest = words[at:].strip()
    if any(letter.isalnum() for letter in rest):
        yield Element("speech", rest, number, who, manner)
