"""YAML text to nodes with places, safely: every mistake becomes a diagnostic and no text can exhaust the machine.

The tree is built here from the parser's events, because the C composer recurses without a bound (a hundred thousand
brackets end the process) and lets duplicate keys and tags pass. Knows no key of a storyboard.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from storyboard.errors import Diagnostic
from storyboard.node import Entry, Node, Scalar, WrittenFloat, WrittenInt

_WIDE = re.compile(rb"(?:[\t-~]\0{3}|\0{3}[\t-~]){2}")
_HALF_WIDE = re.compile(rb"(?:[\t-~]\0|\0[\t-~]){4}")
LARGEST = 1_000_000
"""Bytes in one file."""
DEEPEST = 40
"""Lists and mappings inside each other."""
MOST_VALUES = 100_000
"""Values in one file, aliases expanded."""
MOST_CHARACTERS_SHOWN = 20

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufff9-\uffff]"
)
_INT = re.compile(r"[-+]?[0-9]{1,18}|0o[0-7]{1,18}|0x[0-9a-fA-F]{1,15}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]{1,30}|[0-9]{1,30}(\.[0-9]{0,30})?)([eE][-+]?[0-9]{1,3})?")
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_LINE_END = re.compile("\r\n|\r|\n")

_HINTS = (
    ("mapping values are not allowed", "put text that holds ': ' in quotes, or check the indentation"),
    ("cannot start any token", "indent with spaces, never tabs, and quote text that begins with @, ` or %"),
    ("expected ',' or ']'", "close the list with ']'"),
    ("expected ',' or '}'", "close the mapping with '}' and quote text that holds commas"),
    ("unexpected end of stream", "a quotation mark was not closed"),
    ("did not find expected '-'", "all items of a list begin with '- ' in the same column"),
    ("did not find expected key", "check the indentation, and quote text that begins or ends with a quotation mark"),
    ("unknown escape", "use single quotes around text with backslashes"),
    ("could not find expected ':'", "a key is followed by ': '; check the indentation"),
    ("incompatible YAML document", "leave the %YAML line out"),
)


class _Loader(yaml.CSafeLoader):
    """The C parser; only its events are used, never its constructors or resolvers."""


class _RefusalError(Exception):
    """Carries the diagnostic that ends the reading of a file."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic)
        self.diagnostic = diagnostic


@dataclass(slots=True)
class Parsed:
    """A file as a tree of nodes, or None where it could not be read, and what was found wrong on the way."""

    node: Node | None
    diagnostics: list[Diagnostic] = field(default_factory=list)


def parse(text: bytes | str, path: str) -> Parsed:
    """Read one YAML file; never raises, whatever the bytes are."""
    found: list[Diagnostic] = []
    try:
        decoded = _decode(text, path)
        found += _forbidden_characters(decoded, path)
        if found:
            return Parsed(None, found)
        return Parsed(_Composer(decoded, path, found).document(), found)
    except _RefusalError as refusal:
        return Parsed(None, [*found, refusal.diagnostic])
    except yaml.MarkedYAMLError as error:
        return Parsed(None, [*found, _explain(error, path)])
    except (yaml.YAMLError, UnicodeError, ValueError) as error:
        first_line = str(error).splitlines()[0] if str(error) else "unreadable"
        return Parsed(None, [*found, Diagnostic(path, 0, 0, "E104", f"not well-formed YAML: {first_line}")])


def _decode(text: bytes | str, path: str) -> str:
    if len(text) > LARGEST:
        what = f"the file is larger than {LARGEST // 1000} kB, which no storyboard needs"
        raise _RefusalError(
            Diagnostic(path, 0, 0, "E102", what, "keep one file per scene with `scenes: scenes/*.yaml`")
        )
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    other = _other_coding(text)
    if other:
        raise _RefusalError(Diagnostic(path, 1, 1, "E101", f"the file is {other}, not UTF-8", "save it as UTF-8"))
    try:
        return text.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line, column = _place(text[: error.start].decode("utf-8", "replace"))
        what = f"byte 0x{text[error.start]:02x} is not UTF-8 text"
        raise _RefusalError(Diagnostic(path, line, column, "E101", what, "save the file as UTF-8")) from error


def _other_coding(text: bytes) -> str:
    """UTF-16 or UTF-32 where the first bytes say so: a mark, or Latin letters with zero bytes between them."""
    if text.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")) or _WIDE.match(text):
        return "UTF-32"
    if text.startswith((b"\xff\xfe", b"\xfe\xff")) or _HALF_WIDE.match(text):
        return "UTF-16"
    return ""


def _place(before: str) -> tuple[int, int]:
    """Line and column, from 1, of what follows the text `before`."""
    lines = _LINE_END.split(before)
    return len(lines), len(lines[-1]) + 1


def _character_name(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, 'control character')}"


def _forbidden_characters(text: str, path: str) -> list[Diagnostic]:
    found = []
    for match in FORBIDDEN.finditer(text):
        line, column = _place(text[: match.start()])
        what = f"the character {_character_name(match.group())} is not allowed"
        found.append(Diagnostic(path, line, column, "E103", what, "delete it; it cannot be seen and may mislead"))
        if len(found) == MOST_CHARACTERS_SHOWN:
            break
    return found


def _mark(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (0, 0)


def _explain(error: yaml.MarkedYAMLError, path: str) -> Diagnostic:
    problem = error.problem or "unreadable"
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    hint = next((hint for phrase, hint in _HINTS if phrase in problem), "")
    context = f"{error.context}, " if error.context else ""
    return Diagnostic(path, line, column, "E104", f"not well-formed YAML: {context}{problem}", hint)


def _scalar(text: str) -> Scalar:
    """A plain scalar by the YAML 1.2 core rules, so that `9:16`, `1:30` and `no` stay text."""
    if text in _NULL:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if _INT.fullmatch(text):
        base = {"0o": 8, "0x": 16}.get(text[:2], 10)
        whole = WrittenInt(int(text[2:] if base != 10 else text, base))
        whole.written = text
        return whole
    if _FLOAT.fullmatch(text):
        decimal = WrittenFloat(text)
        decimal.written = text
        return decimal
    return text


class _Composer:
    """Builds the tree of one document from events, within the bounds."""

    def __init__(self, text: str, path: str, found: list[Diagnostic]) -> None:
        self._events: Iterator[yaml.Event] = iter(yaml.parse(text, Loader=_Loader))
        self._path = path
        self._found = found
        self._anchors: dict[str, Node | None] = {}
        self._events_seen = 0

    def document(self) -> Node | None:
        """Compose the one document of the stream."""
        next(self._events)
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            raise self._refuse(event, "E109", "the file is empty", "begin with `workprint: 1`")
        node = self._node(next(self._events), 1)
        next(self._events)
        event = next(self._events)
        if not isinstance(event, yaml.StreamEndEvent):
            what = "a second YAML document begins here"
            raise self._refuse(event, "E108", what, "keep one document in the file and delete the `---` line")
        return node

    def _refuse(self, event: yaml.Event, code: str, message: str, hint: str = "") -> _RefusalError:
        return _RefusalError(self._diagnostic(event, code, message, hint))

    def _diagnostic(self, event: yaml.Event, code: str, message: str, hint: str = "") -> Diagnostic:
        line, column = _mark(event)
        return Diagnostic(self._path, line, column, code, message, hint)

    def _node(self, event: yaml.Event, depth: int) -> Node:
        self._events_seen += 1
        if self._events_seen > MOST_VALUES:
            raise self._refuse(event, "E113", f"the file holds more than {MOST_VALUES} values")
        if depth > DEEPEST:
            raise self._refuse(event, "E110", f"values are nested more than {DEEPEST} deep here")
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event, depth)
        if not isinstance(event, (yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.MappingStartEvent)):
            raise self._refuse(event, "E104", "not well-formed YAML: a value is missing here")
        if event.tag is not None:
            tag = str(event.tag).replace("tag:yaml.org,2002:", "!!")
            self._found.append(self._diagnostic(event, "E106", f"the tag {tag} is not allowed", "delete the tag"))
        node = Node(self._path, *_mark(event), None)
        anchor = event.anchor
        if anchor is not None:
            self._anchors[anchor] = None
        if isinstance(event, yaml.ScalarEvent):
            node.value = self._scalar(event)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._sequence(node, depth)
        else:
            self._mapping(node, depth)
        if node.size > MOST_VALUES:
            raise self._refuse(event, "E107", f"aliases expand to more than {MOST_VALUES} values here")
        if anchor is not None:
            self._anchors[anchor] = node
        return node

    def _alias(self, event: yaml.AliasEvent, depth: int) -> Node:
        name = str(event.anchor)
        if name not in self._anchors:
            raise self._refuse(event, "E107", f"the alias *{name} has no anchor &{name} before it")
        node = self._anchors[name]
        if node is None:
            raise self._refuse(event, "E107", f"the alias *{name} stands inside its own anchor")
        if depth + node.depth > DEEPEST:
            raise self._refuse(event, "E110", f"the alias *{name} nests values more than {DEEPEST} deep")
        return node

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        text = str(event.value)
        match = FORBIDDEN.search(text)
        if match:
            what = f"the text holds the character {_character_name(match.group())}, which is not allowed"
            self._found.append(self._diagnostic(event, "E103", what, "delete it; it cannot be seen and may mislead"))
        return _scalar(text) if event.implicit[0] else text

    def _sequence(self, node: Node, depth: int) -> None:
        children: list[Node] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            child = self._node(event, depth + 1)
            children.append(child)
            node.size += child.size
            node.depth = max(node.depth, child.depth + 1)
            if child.value is None:
                self._found.append(self._diagnostic(event, "E112", "this list item is empty", "write it or delete it"))
        node.value = children

    def _mapping(self, node: Node, depth: int) -> None:
        entries: dict[str, Entry] = {}
        merged: list[Node] = []
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            value = self._node(next(self._events), depth + 1)
            node.size += key.size + value.size
            node.depth = max(node.depth, value.depth + 1)
            if not isinstance(event, yaml.ScalarEvent):
                what = "a key must be plain text, not a list, a mapping or an alias"
                self._found.append(self._diagnostic(event, "E111", what))
                continue
            name = str(event.value)
            if name == "<<" and event.implicit[0]:
                merged += self._merge(value)
            elif name in entries:
                first = entries[name].key.line
                what = f"the key '{name}' is written twice; it was first written in line {first}"
                self._found.append(self._diagnostic(event, "E105", what, "keep one of them"))
            else:
                entries[name] = Entry(key, value)
                self._refuse_nothing(event, name, value)
        for source in merged:
            for name, entry in source.value.items() if isinstance(source.value, dict) else ():
                entries.setdefault(name, entry)
        node.value = entries

    def _merge(self, value: Node) -> list[Node]:
        """The mappings that `<<: *alias` brings in; keys written here win over theirs."""
        sources = value.value if isinstance(value.value, list) else [value]
        for source in sources:
            if not isinstance(source.value, dict):
                what = "`<<` takes a mapping, or a list of mappings"
                self._found.append(Diagnostic(self._path, source.line, source.column, "E107", what))
        return sources

    def _refuse_nothing(self, event: yaml.Event, name: str, value: Node) -> None:
        if value.value is None:
            what = f"nothing is written after '{name}:'"
            self._found.append(self._diagnostic(event, "E112", what, "write a value or delete the key"))
