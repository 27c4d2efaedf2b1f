"""Written values with their places: the tree between YAML text and the model.

A node knows the file, line and column it was written at, so that any later finding can point there. Knows no YAML
syntax and no key of a storyboard.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

Loc: TypeAlias = Sequence[str | int]
"""A way down the tree: keys and list positions."""


class WrittenInt(int):
    """A whole number that remembers how it was typed, so that a text field may take it as text."""

    written: str = ""


class WrittenFloat(float):
    """A decimal number that remembers how it was typed."""

    written: str = ""


Scalar: TypeAlias = str | bool | WrittenInt | WrittenFloat | None


@dataclass(slots=True)
class Node:
    """One written value and its place; line and column count from 1."""

    path: str
    line: int
    column: int
    value: Scalar | list[Node] | dict[str, Entry]
    size: int = 1
    """Values in the tree below, aliases expanded."""
    depth: int = 1


@dataclass(slots=True)
class Entry:
    """One key of a mapping, placed, and its value."""

    key: Node
    value: Node = field(repr=False)


def plain(node: Node) -> Any:
    """Return the tree as dicts, lists and scalars; shared nodes are expanded (their size was bounded before)."""
    value = node.value
    if isinstance(value, dict):
        return {key: plain(entry.value) for key, entry in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def descend(node: Node, loc: Loc) -> Node:
    """Return the deepest node that exists on the way `loc`; a missing key therefore points at its parent."""
    for step in loc:
        value = node.value
        if isinstance(value, dict) and isinstance(step, str) and step in value:
            node = value[step].value
        elif isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
            node = value[step]
        else:
            break
    return node


def key_node(node: Node, loc: Loc) -> Node:
    """Return the node of the key that ends `loc`, or the deepest node there is."""
    parent = descend(node, loc[:-1])
    if loc and isinstance(parent.value, dict) and loc[-1] in parent.value:
        return parent.value[str(loc[-1])].key
    return descend(node, loc)


def mapping(node: Node) -> dict[str, Entry]:
    """Return the entries of a mapping, and none for any other value."""
    return node.value if isinstance(node.value, dict) else {}


def items(node: Node) -> list[Node]:
    """Return the items of a list, and none for any other value."""
    return node.value if isinstance(node.value, list) else []


def text_of(node: Node) -> str:
    """Return a scalar as it was typed, and "" for lists, mappings and nothing."""
    value = node.value
    if isinstance(value, (WrittenInt, WrittenFloat)):
        return value.written
    return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was written; line 0 is the file as a whole."""

    path: str
    line: int = 0
    column: int = 0


@dataclass(frozen=True)
class Places:
    """The way back from resolved things to where they were written."""

    root: Node

    @cached_property
    def _scenes(self) -> dict[str, tuple[Node, Node]]:
        """Each scene and the node of its id; of two with one id, the first."""
        found: dict[str, tuple[Node, Node]] = {}
        for scene in items(descend(self.root, ("scenes",))):
            entry = mapping(scene).get("id")
            if entry is not None:
                found.setdefault(text_of(entry.value), (scene, entry.value))
        return found

    def of(self, *loc: str | int) -> Place:
        """The place of a value of the film."""
        node = descend(self.root, loc)
        return Place(node.path, node.line, node.column)

    def of_scene(self, scene_id: str, *loc: str | int) -> Place:
        """The place of a scene, or of something in it; where that was not written, of the scene's id."""
        if scene_id not in self._scenes:
            return self.of()
        scene, own_id = self._scenes[scene_id]
        written = descend(scene, loc)
        node = own_id if written is scene else written
        return Place(node.path, node.line, node.column)

    def text_of_scene(self, scene_id: str, key: str) -> str:
        """What was typed under a key of a scene; "" where that was not written, or is no text."""
        entry = mapping(self._scenes[scene_id][0]).get(key) if scene_id in self._scenes else None
        return text_of(entry.value) if entry is not None else ""
