"""What was made under each step's name before, and what is different now.

A journal of one line per change of a step's fingerprint: the memory behind "stale" and behind `why`.
Knows nothing of how a step is carried out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from projects.fingerprint import KIND
from projects.journal import add_line, read_lines
from projects.receipt import Order
from projects.steps import Json

_SHORT = 60


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between what was made and what is asked for now; `old` and `new` are shortened for people."""

    path: str
    """`scene.prompt`, `scene.cast[0].action`, `input take:chasm@16x9`, `file pictures/a.png`, `version`."""
    old: str
    new: str

    def __str__(self) -> str:
        """`scene.prompt: "a wood" -> "a dark wood"`."""
        return f"{self.path}: {self.old} -> {self.new}"


class History:
    """The fingerprints that each step has had, oldest first; kept in a file, or only in memory."""

    def __init__(self, journal: Path | None = None) -> None:
        self._journal = journal
        self._seen: dict[str, list[str]] = {}
        for entry in read_lines(journal) if journal else ():
            if isinstance(entry.get("name"), str) and isinstance(entry.get("fingerprint"), str):
                self._remember(entry["name"], entry["fingerprint"])

    def last(self, name: str) -> str:
        """The fingerprint under which a step was last made or used, or ""."""
        seen = self._seen.get(name)
        return seen[-1] if seen else ""

    def all(self, name: str) -> tuple[str, ...]:
        """Every fingerprint that a step has had, least recently used first."""
        return tuple(self._seen.get(name, ()))

    def note(self, name: str, fingerprint: str) -> None:
        """Write down that a step was made or used under this fingerprint, unless that was so last time too."""
        if self.last(name) == fingerprint:
            return
        self._remember(name, fingerprint)
        if self._journal is not None:
            add_line(self._journal, {"name": name, "fingerprint": fingerprint})

    def _remember(self, name: str, fingerprint: str) -> None:
        seen = self._seen.setdefault(name, [])
        if fingerprint in seen:
            seen.remove(fingerprint)
        seen.append(fingerprint)


def differences(old: Order, new: Order) -> tuple[Change, ...]:
    """What changed between two orders of one step: fields by dotted path, inputs, files, versions."""
    found = list(_compare("", old.request, new.request))
    names = {**old.input_steps, **new.input_steps}
    found += _named("input", old.inputs, new.inputs, names)
    found += _named("file", old.files, new.files, {})
    if (old.identity, old.call) != (new.identity, new.call):
        found.append(Change("version", _short(old.identity or old.call), _short(new.identity or new.call)))
    if old.suffix != new.suffix:
        found.append(Change("suffix", _short(old.suffix), _short(new.suffix)))
    return tuple(found)


def _named(what: str, old: Any, new: Any, titles: dict[str, str]) -> Iterator[Change]:
    for name in sorted({*old, *new}):
        if old.get(name) != new.get(name):
            before, after = (side.get(name, "nothing")[:12] for side in (old, new))
            yield Change(f"{what} {titles.get(name, name)}", before, after)


def _compare(at: str, old: Json, new: Json) -> Iterator[Change]:
    if isinstance(old, dict) and isinstance(new, dict) and old.get(KIND) == new.get(KIND):
        for key in sorted({*old, *new} - {KIND}):
            inner = f"{at}.{key}" if at else key
            if key in old and key in new:
                yield from _compare(inner, old[key], new[key])
            else:
                yield Change(inner, *(_short(side[key]) if key in side else "nothing" for side in (old, new)))
    elif isinstance(old, list) and isinstance(new, list):
        for index, (one, other) in enumerate(zip(old, new, strict=False)):
            yield from _compare(f"{at}[{index}]", one, other)
        if len(old) != len(new):
            yield Change(at or "request", f"{len(old)} items", f"{len(new)} items")
    elif type(old) is not type(new) or old != new:
        yield Change(at or "request", _short(old), _short(new))


def _short(value: Json) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…"
