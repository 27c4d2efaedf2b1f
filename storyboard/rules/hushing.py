"""Doubts that an author has switched off: by `check: {off: [...]}`, or by a comment on the line or the one before.

Works on the nodes and the texts, so that it holds for files with mistakes too. Errors are never switched off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from storyboard.errors import Diagnostic, Severity
from storyboard.node import Node, Place, descend, items, text_of

_COMMENT = re.compile(r"(?:^|(?<=\s))#\s*workprint:\s*off\b[ \t]*(?P<codes>[^#]*)", re.IGNORECASE)
_CODE = re.compile(r"[^\s,;]+")
_LINE_END = re.compile("\r\n|\r|\n")
_MAYBE = re.compile(rb"workprint:\s*off", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Switch:
    """One doubt that is switched off: in the whole film, or on one line of a file."""

    code: str
    place: Place
    lines: tuple[int, ...] = ()
    """The lines that it holds for; empty is the whole film."""
    key: int = -1
    """Its number in the list of the film's key, -1 for a comment."""

    def covers(self, found: Diagnostic) -> bool:
        """Whether a diagnostic is not to be told."""
        if found.severity is Severity.ERROR or found.code != self.code:
            return False
        return not self.lines or (found.path == self.place.path and found.line in self.lines)


def switches(root: Node, texts: Mapping[str, bytes | str]) -> tuple[tuple[Switch, ...], tuple[Diagnostic, ...]]:
    """Every doubt that is switched off, and the comments that name none. `texts` are the film's files by path."""
    found = [
        Switch(text_of(one).strip().upper(), Place(one.path, one.line, one.column), key=number)
        for number, one in enumerate(items(descend(root, ("check", "off"))))
    ]
    wrong: list[Diagnostic] = []
    for path, text in texts.items():
        coded = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
        if _MAYBE.search(coded):
            _comments(path, coded.decode("utf-8", "replace").removeprefix("\ufeff"), found, wrong)
    return tuple(found), tuple(wrong)


def hushed(found: Iterable[Diagnostic], off: Sequence[Switch]) -> tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
    """Diagnostics apart: those that are told, and those that are switched off."""
    every = tuple(found)
    if not off:
        return every, ()
    silent = tuple(one for one in every if any(switch.covers(one) for switch in off))
    quiet = frozenset(silent)
    return tuple(one for one in every if one not in quiet), silent


def _comments(path: str, text: str, found: list[Switch], wrong: list[Diagnostic]) -> None:
    """Add what the comments of a file switch off."""
    from pydantic_core import PydanticCustomError

    from storyboard.model.check import doubt

    lines = _LINE_END.split(text)
    for number, line in enumerate(lines, 1):
        comment = _COMMENT.search(line)
        if comment is None:
            continue
        holds = _held(lines, number, line[: comment.start()].strip())
        codes = list(_CODE.finditer(comment["codes"]))
        if not codes:
            hint = "write the code, as in `# workprint: off W221`"
            wrong.append(Diagnostic(path, number, comment.start() + 1, "E172", "the comment names no doubt", hint))
        for one in codes:
            column = comment.start("codes") + one.start() + 1
            try:
                found.append(Switch(doubt(one[0]), Place(path, number, column), holds))
            except PydanticCustomError as problem:
                told = problem.context or {}
                wrong.append(Diagnostic(path, number, column, "E172", str(told["message"]), str(told["hint"])))


def _held(lines: Sequence[str], number: int, before: str) -> tuple[int, ...]:
    """The lines that a comment holds for: its own, the next one where it stands alone, both where a value follows."""
    if not before:
        return (_next(lines, number),)
    return (number, _next(lines, number)) if before.endswith(":") else (number,)


def _next(lines: Sequence[str], number: int) -> int:
    """The first line after one that holds more than a comment."""
    rest = ((at, line) for at, line in enumerate(lines[number:], number + 1))
    return next((at for at, line in rest if line.strip() and not line.lstrip().startswith("#")), number)
