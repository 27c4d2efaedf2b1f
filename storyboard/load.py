"""From the text of a storyboard to the resolved film, or to every mistake in it at once.

Pure: the caller reads the files and hands their text in. Never raises for what a person typed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from storyboard.errors import Diagnostic, Severity, StoryboardError, UnreadableError
from storyboard.film import Film
from storyboard.node import Node, Places, descend, mapping, plain, text_of
from storyboard.remainder import Remainder, late, remainder
from storyboard.scene_files import gather, is_pattern
from storyboard.source import parse

if TYPE_CHECKING:
    from storyboard.presets import Sheet
    from storyboard.rules.hushing import Switch

_MAYBE_PATTERN = re.compile(rb"\.ya?ml|\\")
"""What any text that names scene files holds; escapes may spell anything."""

_MAYBE_PRESETS = re.compile(rb"presets|\\")

MOST_SHOWN = 200
"""Diagnostics that one reading returns; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A storyboard as read: the film, or None where it has errors, and all diagnostics in the order of the files."""

    film: Film | None
    diagnostics: tuple[Diagnostic, ...]
    places: Places | None = None
    """The way back to lines and columns, for findings that come later."""
    silent: tuple[Diagnostic, ...] = ()
    """Doubts that the author has switched off."""
    switches: tuple[Switch, ...] = ()
    """What he has switched off."""
    rest: Remainder | None = None
    """Where there is no film, what its mistakes leave of it: for what else is to be told, never to be made."""

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The diagnostics that stop the work."""
        return tuple(found for found in self.diagnostics if found.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """The diagnostics that do not."""
        return tuple(found for found in self.diagnostics if found.severity is Severity.WARNING)

    def checked(self) -> Film:
        """The film; raises StoryboardError with every diagnostic where there is none."""
        if self.film is None:
            raise StoryboardError(self.diagnostics)
        return self.film


def wants(text: bytes | str) -> str:
    """Return the pattern of scene files (`scenes/*.yaml`) whose text `read` needs as `others`, or ""."""
    if not _MAYBE_PATTERN.search(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")):
        return ""
    node = parse(text, "").node
    entry = mapping(node).get("scenes") if node else None
    pattern = text_of(entry.value) if entry else ""
    return pattern if is_pattern(pattern) else ""


def wants_presets(text: bytes | str) -> tuple[str, ...]:
    """Return the presets that a storyboard names, whose text `read` needs as `others` (see `storyboard.presets`)."""
    if not _MAYBE_PRESETS.search(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")):
        return ()
    from storyboard.presets import named

    node = parse(text, "").node
    return named(node) if node else ()


def read(text: bytes | str, path: str, others: Mapping[str, bytes] | None = None, language: str = "") -> Reading:
    """Read a storyboard.

    `path` is what diagnostics call the file. `others` holds the text of scene files and presets by project-relative
    path with `/` between folders; only those that the storyboard wants are read. The last reading is kept: one
    command asks for it more than once. `language` is that of the doubts (en, ru); left out, the film says it.
    """
    return _read(text, path, tuple((others or {}).items()), language)


@lru_cache(maxsize=1)
def _read(text: bytes | str, path: str, others: tuple[tuple[str, bytes], ...], language: str) -> Reading:
    parsed = parse(text, path)
    if parsed.node is None or not isinstance(parsed.node.value, dict):
        found = list(parsed.diagnostics)
        if parsed.node is not None or not found:
            message = "a storyboard is made of keys and values"
            found.append(Diagnostic(path, 1, 1, "E109", message, "begin with `workprint: 1`"))
        return Reading(None, _in_order(found, path))
    root = parsed.node
    found = [*parsed.diagnostics, *gather(root, dict(others))]
    from storyboard.presets import check_templates, unfold

    unfolded = unfold(root, dict(others))
    from storyboard.rules.hushing import hushed, switches

    off, wrong = switches(root, {path: text, **dict(others)})
    made = _model(root, [*found, *wrong, *unfolded.found, *check_templates(root)], unfolded.worn, language)
    told, silent = hushed(made.diagnostics, off)
    return replace(made, diagnostics=_in_order(list(told), path), silent=silent, switches=off)


def _model(root: Node, found: list[Diagnostic], worn: Mapping[str, Sheet], language: str) -> Reading:
    from pydantic import ValidationError

    from storyboard.lint import lint
    from storyboard.model.film import WrittenFilm
    from storyboard.presets import wear
    from storyboard.references import check
    from storyboard.resolve import resolve
    from storyboard.rules.register import reading_rules
    from storyboard.rules.retelling import retold
    from storyboard.rules.rule import tongue
    from storyboard.secrets import secrets
    from storyboard.unknown import unknown_words
    from storyboard.upgrade import upgrade

    places = Places(root)
    try:
        document = upgrade(plain(root))
    except UnreadableError as error:
        at = descend(root, ("workprint",))
        found.append(Diagnostic(at.path, at.line, at.column, error.code, error.message, error.hint))
        document = {**plain(root), "workprint": 1}
    found += [*check(root), *secrets(root)]
    written = None
    try:
        written = WrittenFilm.model_validate(document)
    except ValidationError as error:
        from storyboard.explain import explain

        found += explain(error, root)
    found += unknown_words(root)
    wrong = [one for one in found if one.severity is Severity.ERROR]
    if written is None or wrong:
        rest = remainder(root, wrong)
        return Reading(None, (*found, *(late(rest, root) if rest else ())), places, rest=rest)
    resolved = resolve(written, places)
    film = wear(resolved.film, worn)
    spoken = tongue(language or film.check.language or film.language)
    found += [*resolved.doubts, *lint(film, places, spoken)]
    found = retold(found, {rule.code: rule for rule in reading_rules()}, spoken)
    failed = any(doubt.severity is Severity.ERROR for doubt in found)
    return Reading(None if failed else film, tuple(found), places, rest=Remainder(film, places) if failed else None)


def _in_order(found: list[Diagnostic], path: str) -> tuple[Diagnostic, ...]:
    """Diagnostics by file (the storyboard first), line and column, each once, at most `MOST_SHOWN`."""
    unique = sorted(dict.fromkeys(found), key=lambda one: (one.path != path, one.path, one.line, one.column, one.code))
    if len(unique) <= MOST_SHOWN:
        return tuple(unique)
    more = f"{len(unique) - MOST_SHOWN} more findings are not shown"
    severity = max((one.severity for one in unique[MOST_SHOWN:]), key=lambda kind: kind is Severity.ERROR)
    return (*unique[:MOST_SHOWN], Diagnostic(path, 0, 0, "E113", more, "mend the first ones", severity))
