"""Fountain, read by the library `screenplay-tools` and held to the lines of its source.

The library knows Latin letters only: Russian headings, cues and transitions are marked in Fountain's own way before it
sees them. Knows nothing of storyboards.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from storyboard.scripts.gathering import Gathering
from storyboard.scripts.script import Element, Remark, Script

_TITLE_KEYS = frozenset(
    {
        "title",
        "credit",
        "author",
        "authors",
        "source",
        "notes",
        "draft date",
        "date",
        "contact",
        "copyright",
        "revision",
    }
    | {"название", "автор", "авторы", "источник", "права", "контакт"}
)
_KEY = re.compile(r"^\s*([^:]{1,40}):\s*(.*)$")
_HEADING = re.compile(r"^\s*(инт|нат|экст|инт\.?\s*/\s*(нат|экст))[.\s]", re.IGNORECASE)
_FORCED_HEADING = re.compile(r"^\s*\.[^\s.]")
_SCENE_NUMBER = re.compile(r"\s*#[^#\s]+#\s*$")
_CUE = re.compile(r"^\s*(?=[^a-zа-яё]*[А-ЯЁ])([^a-zа-яё(]+?)\s*(\([^)]*\)\s*)*\^?\s*$")
_PASSAGE = re.compile(
    r"^\s*>?\s*((FADE|CUT|DISSOLVE|SMASH|MATCH|JUMP|WIPE|IRIS)\b.*|(ИЗ\s+)?(ЗТМ|ЗАТЕМНЕНИ[ЕЯ])\b.*|(НАПЛЫВ|СКЛЕЙКА|ШТОРКА)\b.*)$"
)
_EMPHASIS = re.compile(r"(?<!\\)(\*{1,3}|_)(?=\S)(.+?)(?<=\S)\1")
_MARKS = re.compile(r"\[\[\d+\]\]|/\*\d+\*/")


def read_fountain(text: str) -> Script:
    """The script that a Fountain text holds."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    reading = _Reading(lines)
    for number, line in enumerate(lines):
        reading.take(number, line)
    parsed = reading.finish()
    page = _title_page(parsed.titleEntries)
    remarks = [Remark(0, _plain(note.text), "a note of the author's") for note in parsed.notes if note.text.strip()]
    if any(one.text.strip() for one in parsed.boneyards):
        remarks.append(Remark(0, "/* ... */", "left out by the author"))
    return Script(
        elements=tuple(_elements(reading.found)),
        title=page.get("title", "").strip('"«»“” '),
        author=page.get("author") or page.get("authors", ""),
        credits=tuple(page[key] for key in ("source", "copyright", "notes", "contact") if page.get(key)),
        remarks=tuple(remarks),
    )


@dataclass
class _Reading:
    """The library's parser, line by line, with the line of each element that comes out of it."""

    lines: Sequence[str]
    found: list[tuple[str, Any, int]] = field(default_factory=list)
    parser: Any = None

    def __post_init__(self) -> None:
        from screenplay_tools.fountain.parser import Parser

        self.parser = Parser()
        self.parser.mergeActions = self.parser.mergeDialogue = False
        first = next((line for line in self.lines if line.strip()), "")
        key = _KEY.match(first)
        if key is None or key[1].strip().lower() not in _TITLE_KEYS:
            # `FADE IN:` at the top would pass for a title page.
            self.parser.add_line("")

    def take(self, number: int, line: str) -> None:
        """Give the parser a line, and note the line of what is new."""
        waiting = bool(self.parser._pending)  # noqa: SLF001  # what waits is known by the line after it
        before = len(self.parser.script.elements)
        self.parser.add_line(self._latin(number, line))
        for place, element in enumerate(self.parser.script.elements[before:]):
            self.found.append((self._kind(element, number), element, number if waiting and not place else number + 1))

    def finish(self) -> Any:
        """The parsed script, with what waited to its end."""
        before = len(self.parser.script.elements)
        self.parser.finalize()
        self.found += [
            (element.type.value, element, len(self.lines)) for element in self.parser.script.elements[before:]
        ]
        return self.parser.script

    def _kind(self, element: Any, number: int) -> str:
        """What an element is; words after an empty line are nobody's, though the library gives them to a manner."""
        kind: str = element.type.value
        alone = number > 0 and not self.lines[number - 1]
        return "ACTION" if kind == "DIALOGUE" and alone else kind

    def _latin(self, number: int, line: str) -> str:
        """The line as the library understands it."""
        after = self.lines[number + 1] if number + 1 < len(self.lines) else ""
        before = self.lines[number - 1] if number else ""
        alone = not before.strip()
        if alone and (_HEADING.match(line) or _FORCED_HEADING.match(line)) and not line.strip().startswith("..."):
            return f".X {_SCENE_NUMBER.sub('', line.strip().lstrip('.'))}"
        if alone and _PASSAGE.match(line) and not after.strip() and line.strip()[-1:] != "<":
            return f"> {line.strip().lstrip('> ')}"
        if (
            alone
            and after.strip()
            and re.search("[А-ЯЁ]", line)
            and _CUE.match(line)
            and line.strip()[0] not in "!>@#~="
        ):
            return f"@{line.strip()}"
        key = _KEY.match(line)
        if key and self.parser._inTitlePage and key[1].strip().lower() in _TITLE_KEYS:  # noqa: SLF001
            return f"{_ENGLISH_KEYS.get(key[1].strip().lower(), key[1].strip())}: {key[2]}"
        return line


_ENGLISH_KEYS = {
    "название": "Title",
    "автор": "Author",
    "авторы": "Author",
    "источник": "Source",
    "права": "Copyright",
    "контакт": "Contact",
}


def _title_page(entries: Sequence[Any]) -> dict[str, str]:
    """The title page by its keys in lower case, each on one line."""
    page: dict[str, str] = {}
    for entry in entries:
        page[entry.key.strip().lower()] = " ".join(_plain(entry.text).split())
    return page


def _elements(found: Sequence[tuple[str, Any, int]]) -> list[Element]:
    """Neutral elements from the library's."""
    gathering = Gathering()
    for kind, element, line in found:
        text = _plain(element.text)
        if kind == "CHARACTER":
            gathering.cue(f"{element.name} ({element.extension or ''})", line)
        elif kind == "DIALOGUE" or (kind == "LYRIC" and gathering.speaking):
            gathering.words(text, line)
        elif kind == "PARENTHETICAL":
            gathering.manner(text, line)
        elif kind == "ACTION" and getattr(element, "centered", False):
            gathering.other("title", text, line)
        elif kind in ("ACTION", "LYRIC"):
            gathering.action(text, line)
        elif kind == "HEADING" and not re.match(r"\s*FADE IN", text, re.IGNORECASE):
            gathering.other("heading", text.removeprefix("X ").strip(), line)
        elif kind in ("HEADING", "TRANSITION"):
            gathering.other("transition", text, line)
        elif kind in ("SECTION", "SYNOPSIS"):
            gathering.other("section" if kind == "SECTION" else "note", text, line)
    gathering.close()
    return gathering.elements


def _plain(text: str) -> str:
    """A text without the signs of emphasis, notes and omissions."""
    bare = _MARKS.sub("", text)
    while (again := _EMPHASIS.sub(r"\2", bare)) != bare:
        bare = again
    return bare.replace("\\*", "*").replace("\\_", "_").strip()
