"""A YAML file as a tree that keeps what a reading throws away: comments, quotes, empty lines, long and short forms.

Every comment belongs to the entry above which, or beside which, it stands, or to the foot of the collection that it
ends; so it moves with it. Knows no key of a storyboard.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_DASHES = re.compile(r"[ -]*")

Place = tuple[int, int]
"""Line and column, both from 0."""


@dataclass(slots=True, eq=False)
class Slot:
    """One entry of a mapping, or one item of a list (then without a key), with the comments that are its own."""

    key: Leaf | None
    value: Leaf
    start: Place
    blank: bool = False
    """Whether an empty line goes before it and its comments."""
    above: list[str] = field(default_factory=list)
    """Comments on lines of their own, "" for an empty line between them."""
    beside: str = ""
    beside_column: int = 0
    """Where the comment on its own line stood."""


@dataclass(slots=True, eq=False)
class Leaf:
    """One written value: `plain`, `quoted`, `block` text, an `alias`, a `list` or a `mapping`."""

    kind: str
    start: Place
    end: Place
    text: str = ""
    """What a scalar says; the name of an alias."""
    anchor: str = ""
    header: str = ""
    """Of block text: the line on which it begins, from its `|` or `>` on."""
    lines: list[str] = field(default_factory=list)
    """Of block text: its lines without their indentation."""
    short: bool = False
    """Whether a collection stands in brackets or braces."""
    slots: list[Slot] = field(default_factory=list)
    foot: list[str] = field(default_factory=list)
    """Comments behind the last slot of a collection."""
    column: int = 0
    in_brackets: bool = False
    """Whether it was written in brackets or braces, `short` or not any more."""

    def ended_before(self, place: Place) -> bool:
        """Whether its closing bracket stands before a place."""
        return self.in_brackets and self.end <= place


@dataclass(slots=True)
class Sheet:
    """A file: the comments before its first key, and its value."""

    head: list[str]
    root: Leaf
    anchored: bool


@dataclass(frozen=True, slots=True)
class _Comment:
    place: Place
    text: str
    alone: bool


def sheet(text: str) -> Sheet:
    """Read a well-formed file of one document; raises yaml.YAMLError for any other."""
    lines = _BREAK.split(text)
    events = iter(yaml.parse(text, Loader=yaml.CSafeLoader))
    next(events), next(events)
    root = _leaf(next(events), events, lines)
    leaves = list(_every(root))
    covered = sorted((one.start, one.end) for one in leaves if one.kind in ("plain", "quoted", "block"))
    comments = _comments(lines, covered)
    for leaf in leaves:
        if leaf.short and any(leaf.start < one.place < leaf.end for one in comments):
            leaf.short = False
    head = _attach(root, comments, lines)
    return Sheet(head, root, any(leaf.anchor or leaf.kind == "alias" for leaf in leaves))


def _place(mark: Any) -> Place:
    return (mark.line, mark.column)


def _leaf(event: Any, events: Iterator[Any], lines: Sequence[str]) -> Leaf:
    start, end = _place(event.start_mark), _place(event.end_mark)
    if isinstance(event, yaml.AliasEvent):
        return Leaf("alias", start, end, str(event.anchor))
    anchor = str(event.anchor or "")
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(event, anchor, start, end, lines)
    leaf = Leaf("list" if isinstance(event, yaml.SequenceStartEvent) else "mapping", start, end, anchor=anchor)
    leaf.short = leaf.in_brackets = bool(event.flow_style)
    leaf.column = start[1]
    while not isinstance(event := next(events), yaml.SequenceEndEvent | yaml.MappingEndEvent):
        first = _leaf(event, events, lines)
        if leaf.kind == "list":
            leaf.slots.append(Slot(None, first, first.start))
        else:
            leaf.slots.append(Slot(first, _leaf(next(events), events, lines), first.start))
    leaf.end = _place(event.end_mark)
    return leaf


def _scalar(event: Any, anchor: str, start: Place, end: Place, lines: Sequence[str]) -> Leaf:
    text = str(event.value)
    if event.style not in ("|", ">"):
        return Leaf("quoted" if event.style else "plain", start, end, text, anchor)
    at = lines[start[0]].index(event.style, start[1])
    # The mark of the end stands at the beginning of the first line that is not part of the text.
    raw = lines[start[0] + 1 : end[0]] if end[1] == 0 else lines[start[0] + 1 : end[0] + 1]
    first = next((line for line in raw if line.strip(" ")), "")
    said = next((line for line in text.split("\n") if line.strip(" ")), "")
    indent = (len(first) - len(first.lstrip(" "))) - (len(said) - len(said.lstrip(" ")))
    return Leaf("block", start, end, text, anchor, lines[start[0]][at:].rstrip(), [line[indent:] for line in raw])


def _every(leaf: Leaf) -> Iterator[Leaf]:
    yield leaf
    for slot in leaf.slots:
        if slot.key is not None:
            yield slot.key
        yield from _every(slot.value)


def _comments(lines: Sequence[str], covered: Sequence[tuple[Place, Place]]) -> list[_Comment]:
    """Every comment outside of texts, in order."""
    found = []
    spans = list(covered)
    at = 0
    for number, line in enumerate(lines):
        column = 0
        while (column := line.find("#", column)) >= 0:
            here = (number, column)
            while at < len(spans) and spans[at][1] <= here:
                at += 1
            inside = at < len(spans) and spans[at][0] < here < spans[at][1]
            opened = column == 0 or line[column - 1] in " \t"
            if opened and not inside:
                found.append(_Comment(here, line[column:].rstrip(), not _DASHES.sub("", line[:column])))
                break
            if inside and spans[at][1][0] > number:
                break
            column += 1
    return found


def _attach(root: Leaf, comments: Sequence[_Comment], lines: Sequence[str]) -> list[str]:
    """Give every comment to its slot or its collection's foot, and say which slots have empty lines before them.

    Returns the comments before the first slot, which stay at the top.
    """
    slots = list(_long_slots(root, ()))
    above: dict[int, list[_Comment]] = {}
    feet: dict[int, tuple[Leaf, list[_Comment]]] = {}
    head: list[_Comment] = []
    for comment in comments:
        before = [one for one in slots if one[0].start < comment.place]
        after = next((one for one in slots if one[0].start > comment.place), None)
        if not before:
            head.append(comment)
        elif not comment.alone:
            slot = _beside(before, comment)
            # A header of block text holds its own comment.
            if slot.value.kind != "block" or slot.value.start[0] != comment.place[0]:
                # Where a line ends in several brackets, a slot may have comments on several lines.
                slot.beside = f"{slot.beside}  {comment.text}" if slot.beside else comment.text
                slot.beside_column = slot.beside_column or comment.place[1]
        else:
            closing = _closing(before[-1], after, comment)
            if closing is not None:
                feet.setdefault(id(closing), (closing, []))[1].append(comment)
            elif after is not None:
                above.setdefault(id(after[0]), []).append(comment)
    for slot, _ in slots:
        own = above.get(id(slot), [])
        slot.above = _spaced(own, lines, slot.start[0])
        slot.blank = _is_blank(lines, own[0].place[0] if own else slot.start[0])
    for leaf, own in feet.values():
        leaf.foot = [*([""] if _is_blank(lines, own[0].place[0]) else []), *_spaced(own, lines, None)]
    return _spaced(head, lines, slots[0][0].start[0] if slots else None)


def _long_slots(leaf: Leaf, around: tuple[Leaf, ...]) -> Iterator[tuple[Slot, tuple[Leaf, ...]]]:
    """The slots of collections that stand on several lines, in order, with the collections around each."""
    for slot in leaf.slots if not leaf.short else ():
        yield slot, (*around, leaf)
        yield from _long_slots(slot.value, (*around, leaf))


def _beside(before: Sequence[tuple[Slot, tuple[Leaf, ...]]], comment: _Comment) -> Slot:
    """The slot that a comment stands beside: the last one before it whose collection has not ended before it."""
    for slot, around in reversed(before):
        if not any(leaf.ended_before(comment.place) for leaf in around):
            return slot
    return before[-1][0]


def _closing(
    last: tuple[Slot, tuple[Leaf, ...]], after: tuple[Slot, tuple[Leaf, ...]] | None, comment: _Comment
) -> Leaf | None:
    """The collection that ends here and to whose foot a comment belongs; None where it belongs to what follows."""
    around = last[1]
    going_on = after[1] if after is not None else ()
    ending = [leaf for leaf in around if not any(leaf is one for one in going_on)]
    if after is None:
        ending = list(around)
    bracketed = [leaf for leaf in ending if leaf.in_brackets and comment.place < leaf.end]
    if bracketed:
        return bracketed[-1]
    fitting = [leaf for leaf in ending if leaf.column <= comment.place[1] and not leaf.in_brackets]
    if after is None:
        return fitting[-1] if fitting else around[0]
    return fitting[-1] if fitting and fitting[-1].column > after[1][-1].column else None


def _is_blank(lines: Sequence[str], number: int) -> bool:
    """Whether the line before one is empty."""
    return number > 0 and not lines[number - 1].strip()


def _spaced(comments: Sequence[_Comment], lines: Sequence[str], following: int | None) -> list[str]:
    """The texts of comments, "" for empty lines between them and before the line that follows."""
    told: list[str] = []
    for number, comment in enumerate(comments):
        if number and _is_blank(lines, comment.place[0]):
            told.append("")
        told.append(comment.text)
    if told and following is not None and _is_blank(lines, following):
        told.append("")
    return told
