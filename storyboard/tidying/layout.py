"""A tidy file from its leaves: two spaces, one order of keys, quotes only where YAML 1.2 needs them, folds at a width.

The same leaves give the same text, and what was laid out once stays as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache

from storyboard.node import mapping
from storyboard.source import parse
from storyboard.tidying.key_order import FILM, Shape
from storyboard.tidying.leaves import Leaf, Sheet, Slot

WIDTH = 120
"""Columns after which text is folded and short forms become long ones."""

APART = ("characters", "narrator", "score", "scenes")
"""Keys of a film that an empty line goes before."""

_FOLD = re.compile("(?<! ) (?! )")
_HEADER = re.compile("([|>])([-+0-9]*)(?: +(#.*))?$")
_STEP = 2


def laid_out(sheet: Sheet, shape: Shape) -> str:
    """The text of a file whose root has a shape; keys keep their order where anchors stand in the file."""
    if not sheet.anchored:
        _put_in_order(sheet.root, shape)
    lines = [*sheet.head, *_Layout(film=shape is FILM).block(sheet.root, 0)]
    return "\n".join(line.rstrip() if not line.strip() else line for line in lines).strip("\n") + "\n"


def _put_in_order(leaf: Leaf, shape: Shape) -> None:
    """Sort the keys of all mappings of the format; unknown ones stand behind, as they were."""
    keys = [_key(slot) for slot in leaf.slots if slot.key is not None]
    for slot in leaf.slots:
        _put_in_order(slot.value, shape.of(_key(slot), keys) if slot.key is not None else shape.item())
    order = shape.order(keys) if leaf.kind == "mapping" else {}
    if order:
        leaf.slots.sort(key=lambda slot: order.get(_key(slot), -1 if _key(slot) == "<<" else len(order)))


class _Layout:
    """Lays out one file, a film's or another."""

    def __init__(self, *, film: bool) -> None:
        self._film = film

    def block(self, leaf: Leaf, indent: int, *, apart: bool = False) -> list[str]:
        """The lines of a collection in its long form; `apart` has an empty line between any two items."""
        top = self._film and indent == 0
        lines: list[str] = []
        for number, slot in enumerate(leaf.slots):
            wants_room = slot.blank or apart or (top and _key(slot) in APART)
            if number and wants_room:
                lines.append("")
            lines += [" " * indent + one if one else "" for one in slot.above]
            lines += self._entry(slot, slot.key, indent) if slot.key is not None else self._item(slot, indent)
        if leaf.foot:
            lines += [" " * indent + one if one else "" for one in leaf.foot]
        return lines

    def _entry(self, slot: Slot, key: Leaf, indent: int) -> list[str]:
        begin = " " * indent + f"{_anchor(key)}{_one_line(key, 'key')}:"
        if _is_long(slot.value, len(begin) + 1):
            scenes = self._film and indent == 0 and key.text == "scenes"
            first = _with_comment(f"{begin} {_anchor(slot.value)}".rstrip(), slot)
            return [first, *self.block(slot.value, indent + _STEP, apart=scenes)]
        return self._value(slot, f"{begin} ", indent)

    def _item(self, slot: Slot, indent: int) -> list[str]:
        begin = " " * indent + "- "
        if not _is_long(slot.value, len(begin)):
            return self._value(slot, begin, indent)
        lines = self.block(slot.value, indent + _STEP)
        if slot.value.anchor:
            return [_with_comment(f"{begin}{_anchor(slot.value)}".rstrip(), slot), *lines]
        if slot.beside:
            lines.insert(0, " " * indent + slot.beside)
        # Comments over the first key or item stand over the dash.
        ahead = next(number for number, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#"))
        over = [" " * indent + line.strip() if line.strip() else "" for line in lines[:ahead]]
        return [*over, begin + lines[ahead].lstrip(), *lines[ahead + 1 :]]

    def _value(self, slot: Slot, begin: str, indent: int) -> list[str]:
        """The lines of a text, an alias or a short form behind its key or dash."""
        value = slot.value
        begin += _anchor(value)
        if value.kind == "block" and (found := _block_text(value, indent + _STEP)) is not None:
            return [f"{begin}{found[0]}", *found[1:]]
        if value.kind not in ("plain", "quoted", "block"):
            return [_with_comment(f"{begin}{_one_line(value, 'value')}".rstrip(), slot)]
        if "\n" in value.text and (found := _literal(value.text, indent + _STEP)) is not None:
            comment = f"  {slot.beside}" if slot.beside else ""
            return [f"{begin}{found[0]}{comment}", *found[1:]]
        return _folded(f"{begin}{_one_line(value, 'value')}", len(begin), indent + _STEP, slot)


def _key(slot: Slot) -> str:
    return slot.key.text if slot.key is not None else ""


def _anchor(leaf: Leaf) -> str:
    return f"&{leaf.anchor} " if leaf.anchor else ""


def _with_comment(line: str, slot: Slot) -> str:
    """A line with the comment beside it, in its old column where there is room."""
    if not slot.beside:
        return line
    return line + " " * max(2, slot.beside_column - len(line)) + slot.beside


def _is_long(leaf: Leaf, column: int) -> bool:
    """Whether a value is a collection that does not stand on the line of its key."""
    if leaf.kind not in ("list", "mapping") or not (leaf.slots or leaf.foot):
        return False
    return not _can_be_short(leaf) or column + len(_one_line(leaf, "value")) > WIDTH


def _can_be_short(leaf: Leaf) -> bool:
    if leaf.kind not in ("list", "mapping"):
        return leaf.kind != "block" and "\n" not in leaf.text
    return leaf.short and all(_can_be_short(slot.value) for slot in leaf.slots)


def _one_line(leaf: Leaf, where: str) -> str:
    """A value on one line; `where` is `key`, `value` or `short`, whose plain texts follow rules of their own."""
    if leaf.kind == "alias":
        return f"*{leaf.text}"
    if leaf.kind == "list":
        return f"[{', '.join(_anchor(one.value) + _one_line(one.value, 'short') for one in leaf.slots)}]"
    if leaf.kind == "mapping":
        pairs = (
            f"{_one_line(one.key, 'short key')}: {_anchor(one.value)}{_one_line(one.value, 'short')}".rstrip()
            for one in leaf.slots
            if one.key is not None
        )
        return f"{{{', '.join(pairs)}}}"
    if leaf.kind == "plain" and "\n" not in leaf.text:
        return leaf.text
    return leaf.text if _may_be_plain(leaf.text, where) else _quoted(leaf.text)


_TRIALS = {
    "key": ("{}: x\n", ()),
    "value": ("k: {}\n", ("k",)),
    "short": ("k: [{}]\n", ("k", 0)),
    "short key": ("k: {{{}: x}}\n", ("k",)),
}


@lru_cache(maxsize=4096)
def _may_be_plain(text: str, where: str) -> bool:
    """Whether a text reads as itself without quotes: tried with the house's own reading."""
    if not text.isprintable() or not text or text != text.strip():
        return False
    if where.startswith("short") and "?" in text:
        # the house reads it, but readers of YAML 1.1 take the sign for the mark of a key
        return False
    form, way = _TRIALS[where]
    parsed = parse(form.format(text), "")
    node = parsed.node
    if parsed.diagnostics or node is None:
        return False
    for step in way:
        if isinstance(step, str) and step in mapping(node):
            node = mapping(node)[step].value
        elif isinstance(step, int) and isinstance(node.value, list) and len(node.value) == 1:
            node = node.value[step]
        else:
            return False
    if where.endswith("key"):
        return list(mapping(node)) == [text] and text != "<<"
    return type(node.value) is str and node.value == text


def _quoted(text: str) -> str:
    if ('"' in text or "\\" in text) and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    said = json.dumps(text, ensure_ascii=False)
    return "".join(one if one.isprintable() else _escaped(ord(one)) for one in said)


def _escaped(sign: int) -> str:
    return f"\\u{sign:04x}" if sign <= 0xFFFF else f"\\U{sign:08x}"


def _folded(line: str, begin: int, indent: int, slot: Slot) -> list[str]:
    """A text behind its key, folded at single spaces where it is too wide."""
    words = [line[:begin] + (pieces := _FOLD.split(line[begin:]))[0], *pieces[1:]]
    lines = [words[0]]
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) > WIDTH:
            lines.append(" " * indent + word)
        else:
            lines[-1] += f" {word}"
    lines[-1] = _with_comment(lines[-1].rstrip(), slot)
    return lines


def _literal(text: str, indent: int) -> list[str] | None:
    """Several lines as block text; None where it would not read as the same."""
    body = text.removesuffix("\n")
    lines = body.split("\n")
    fit = body.strip("\n") == body and all(line == line.rstrip() and (line.isprintable()) for line in lines)
    if not fit or lines[0].startswith(" ") or not body:
        return None
    return ["|" if text.endswith("\n") else "|-", *(" " * indent + line if line else "" for line in lines)]


def _block_text(leaf: Leaf, indent: int) -> list[str] | None:
    """Block text as it was written, moved to its new column; None where its last empty lines count."""
    found = _HEADER.match(leaf.header)
    if found is None or "+" in found[2] or not leaf.text.strip():
        return None
    lines: Sequence[str] = leaf.lines
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    begins_wide = next(line for line in lines if line.strip()).startswith(" ")
    marks = f"{_STEP if begins_wide else ''}{'-' if '-' in found[2] else ''}"
    comment = f"  {found[3]}" if found[3] else ""
    return [f"{found[1]}{marks}{comment}", *(" " * indent + line if line.strip() else line[:0] for line in lines)]
