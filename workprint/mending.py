"""Mends what `check` may surely mend: small edits of the text at the places of the findings, each one looked at.

An edit stays only where the finding is gone afterwards and nothing new has come. Comments and layout are not touched.
Writes nothing by itself. Knows no terminal.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from projects.workspace import Workspace
from storyboard.errors import Diagnostic, Severity
from storyboard.presets import OUTSIDE
from storyboard.rules.rule import Edit
from workprint.proofreading import Proof, prove

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_MOST = 500
"""Edits that one run makes."""


@dataclass(frozen=True, slots=True)
class Mended:
    """The texts of a film after mending, what was mended, and what there still is to say."""

    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    mended: tuple[Diagnostic, ...]
    left: tuple[Diagnostic, ...]

    @property
    def changed(self) -> tuple[str, ...]:
        """Names of the files that are to be written."""
        return tuple(name for name in self.before if self.before[name] != self.after[name])


def mend(workspace: Workspace, texts: Mapping[str, bytes], language: str = "") -> Mended:
    """Mend what is safe, one finding after the other, from the end of the files to their beginning."""
    now = dict(texts)
    proof = prove(workspace, now, language=language)
    mended: list[Diagnostic] = []
    tried: set[tuple[str, str, str]] = set()
    while len(mended) < _MOST and (found := _next(proof, tried)) is not None:
        tried.add(_name(found))
        changed = edited(now, proof.edits[found])
        if changed is None:
            continue
        after = prove(workspace, changed, language=language)
        if _is_better(proof, after, found):
            now, proof = changed, after
            mended.append(found)
    return Mended(dict(texts), now, tuple(mended), proof.diagnostics)


def edited(texts: Mapping[str, bytes], edits: tuple[Edit, ...]) -> dict[str, bytes] | None:
    """The texts with edits made; None where one of them finds something else in its place."""
    made = dict(texts)
    for edit in edits:
        text = made.get(edit.place.path)
        if text is None or edit.place.path.startswith(OUTSIDE):
            return None
        changed = _edited(text, edit)
        if changed is None:
            return None
        made[edit.place.path] = changed
    return made


def _edited(text: bytes, edit: Edit) -> bytes | None:
    """A file with one edit made; a line of which nothing is left goes with it."""
    mark = "\ufeff" if text.startswith(b"\xef\xbb\xbf") else ""
    lines = _LINE.findall(text.decode("utf-8").removeprefix(mark))
    number, column = edit.place.line - 1, edit.place.column - 1
    if not 0 <= number < len(lines):
        return None
    line = lines[number]
    at = line.find(edit.old, column)
    # Right there, or behind the mark that opens a quotation.
    if at < 0 or line[column:at].strip("'\""):
        return None
    changed = line[:at] + edit.new + line[at + len(edit.old) :]
    lines[number] = "" if not changed.strip() and line.strip() else _closed(changed)
    return (mark + "".join(lines)).encode("utf-8")


def _closed(line: str) -> str:
    """A line without spaces before its end."""
    body = line.rstrip("\r\n")
    return body.rstrip(" ") + line[len(body) :]


def _next(proof: Proof, tried: set[tuple[str, str, str]]) -> Diagnostic | None:
    """The last finding that may be mended and was not tried yet."""
    left = [one for one in proof.diagnostics if one in proof.edits and _name(one) not in tried]
    return max(left, key=lambda one: (one.path, one.line, one.column), default=None)


def _name(found: Diagnostic) -> tuple[str, str, str]:
    """What a finding is known by while lines move above it."""
    return found.path, found.code, f"{found.message} {found.line}"


def _is_better(before: Proof, after: Proof, found: Diagnostic) -> bool:
    """Whether the finding is gone and nothing else has come."""
    was, now = (
        Counter((one.path, one.code, one.severity is Severity.ERROR) for one in proof.diagnostics)
        for proof in (before, after)
    )
    key = (found.path, found.code, found.severity is Severity.ERROR)
    return now[key] < was[key] and not now - was
