"""The lines of a film in another language: the file that a translator gets, and what came back in it.

A line is known by its words first and by its name second, so that scenes may be reordered; where the words have changed
since they were translated, that is told. Pure: the caller reads and writes files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from storyboard.errors import Diagnostic, Severity
from storyboard.film import Film
from storyboard.node import Entry, Node, items, mapping, text_of
from storyboard.source import parse
from storyboard.writer import storyboard_text

LineKey = tuple[str, str]
"""Scene and line."""

_HEADING = """\
The captions of “{title}” in {language}.
Write after each `translation:`; leave `original:` as it is, for by it a line that has changed since is found.
Where `was:` stands, the words have changed since: look at the translation again, then delete `was:`.
Keep it short: about {speed} characters a second are read with ease.
"""


@dataclass(frozen=True, slots=True)
class Translation:
    """What a file of translations holds for a film: its lines in the other language, and what is to be told."""

    language: str
    lines: Mapping[LineKey, str]
    missing: tuple[LineKey, ...] = ()
    """Lines of the film that are not translated."""
    stale: Mapping[LineKey, str] = field(default_factory=dict)
    """Lines whose words have changed since, and the words that were translated."""
    unused: tuple[str, ...] = ()
    """`scene/line` of translations that belong to no line of the film."""


@dataclass(frozen=True, slots=True)
class _Entry:
    original: str
    translation: str
    was: str = ""
    """The words that were translated, where they have changed since and nobody has looked at it yet."""


def read_translation(
    text: bytes | str, path: str, film: Film, language: str
) -> tuple[Translation, tuple[Diagnostic, ...]]:
    """Read a file of translations, and every mistake in it; what is wrong is left out."""
    parsed = parse(text, path)
    found = list(parsed.diagnostics)
    entries: dict[LineKey, _Entry] = {}
    if parsed.node is not None:
        found += _check(parsed.node, language)
        entries = dict(_entries(parsed.node))
    return _matched(film, language, entries), tuple(found)


def _matched(film: Film, language: str, entries: Mapping[LineKey, _Entry]) -> Translation:
    """The entries that belong to lines of the film: by the same words, else by the same name."""
    lines: dict[LineKey, str] = {}
    missing: list[LineKey] = []
    stale: dict[LineKey, str] = {}
    used: set[LineKey] = set()
    by_words = {(scene, _folded(one.original)): (scene, line) for (scene, line), one in [*entries.items()][::-1]}
    for scene in film.scenes:
        for line in scene.lines:
            key = scene.id, line.id
            words = _folded(line.text)
            known = key if key in entries and _folded(entries[key].original) == words else by_words.get((key[0], words))
            if known is None and key in entries:
                known = key
                stale[key] = entries[key].original
            elif known is not None and entries[known].was:
                stale[key] = entries[known].was
            if known is None or not entries[known].translation:
                missing.append(key)
                stale.pop(key, None)
            else:
                lines[key] = entries[known].translation
            used.update([known] if known else [])
    # What another line has found by its words is no stale translation of this one.
    unused = tuple(f"{scene}/{line}" for scene, line in entries if (scene, line) not in used)
    return Translation(language, lines, tuple(missing), stale, unused)


def check_languages(film: Mapping[str, Node]) -> Iterator[Diagnostic]:
    """Report languages that captions are asked for in and that neither the film nor a translation has."""
    captions = mapping(film["captions"]) if "captions" in film else {}
    own = text_of(film["language"]) if "language" in film else "en"
    translated = mapping(film["translations"]) if "translations" in film else {}
    there = {own.lower(), *(key.lower() for key in translated)}
    asked = [*items(captions["languages"].value)] if "languages" in captions else []
    asked += [captions["burn"].value] if "burn" in captions else []
    for node in asked:
        language = text_of(node)
        if language and language.lower() not in there:
            hint = f"add `translations: {{{language}: translations/{language}.yaml}}`, a file that "
            hint += f"`workprint captions --template {language}` writes"
            yield Diagnostic(
                node.path, node.line, node.column, "E164", f"nothing is translated into '{language}'", hint
            )


def template(film: Film, language: str, known: Translation | None = None, *, speed: float = 17.0) -> str:
    """The file that a translator gets: every line of the film, with what is translated already."""
    there, stale = (known.lines, known.stale) if known else ({}, {})
    scenes: dict[str, dict[str, dict[str, str]]] = {}
    for scene in film.scenes:
        for line in scene.lines:
            key = scene.id, line.id
            was = {"was": stale[key]} if key in stale else {}
            told = {"original": line.text, **was, "translation": there.get(key, "")}
            scenes.setdefault(scene.id, {})[line.id] = told
    heading = _HEADING.format(title=" ".join(film.title.split()), language=language, speed=f"{speed:g}")
    return storyboard_text({"language": language, "lines": scenes}, heading=heading)


def _folded(text: str) -> str:
    return " ".join(text.split())


def _entries(root: Node) -> Iterator[tuple[LineKey, _Entry]]:
    lines = mapping(root).get("lines")
    for scene, entry in mapping(lines.value).items() if lines else ():
        for line, written in mapping(entry.value).items():
            keys = mapping(written.value)
            original = text_of(keys["original"].value) if "original" in keys else ""
            # A bare text is the translation, for files that are written by hand.
            told = text_of(keys["translation"].value) if "translation" in keys else text_of(written.value)
            was = text_of(keys["was"].value) if "was" in keys else ""
            yield (scene, line), _Entry(original, told.strip(), was)


def _check(root: Node, language: str) -> Iterator[Diagnostic]:
    """Report a file that is none of translations, one of another language, and keys that nobody reads."""
    keys = mapping(root)
    if not isinstance(root.value, dict) or "lines" not in keys:
        hint = "`workprint captions --template` writes such a file"
        yield Diagnostic(root.path, root.line, root.column, "E109", "a file of translations has `lines:`", hint)
        return
    said = text_of(keys["language"].value) if "language" in keys else language
    if said.lower() != language.lower():
        at = keys["language"].value
        message = f"the file says that it is in '{said[:40]}', and the storyboard that it is in '{language}'"
        yield Diagnostic(at.path, at.line, at.column, "W213", message, "name the right file", Severity.WARNING)
    yield from _unknown(keys, ("language", "lines"))
    for scene in mapping(keys["lines"].value).values():
        for line in mapping(scene.value).values():
            yield from _unknown(mapping(line.value), ("original", "translation", "was"))


def _unknown(keys: Mapping[str, Entry], known: tuple[str, ...]) -> Iterator[Diagnostic]:
    for key, entry in keys.items():
        if key not in known:
            at = entry.key
            message = f"unknown key '{key[:60]}'"
            yield Diagnostic(at.path, at.line, at.column, "E130", message, f"known keys here: {', '.join(known)}")
