"""Storyboards written tidily anew: order, indentation, quotes and empty lines, with every comment and the same meaning.

Pure text to text; whoever calls it compares the films.
"""

from __future__ import annotations

from typing import Literal

from storyboard.errors import Diagnostic, Severity, StoryboardError
from storyboard.node import Node, WrittenFloat, WrittenInt
from storyboard.source import parse

Kind = Literal["film", "scene", "preset"]


def tidied(text: bytes | str, path: str, kind: Kind = "film") -> str:
    """The tidy text of a storyboard, a scene file or a preset.

    Raises StoryboardError where it is not well-formed YAML, or would not read as the same afterwards.
    """
    from storyboard.tidying.key_order import FILM, PRESET, SCENE
    from storyboard.tidying.layout import laid_out
    from storyboard.tidying.leaves import sheet

    before = parse(text, path)
    wrong = tuple(one for one in before.diagnostics if one.severity is Severity.ERROR and one.code != "E112")
    if before.node is None or wrong:
        raise StoryboardError(wrong or (Diagnostic(path, 1, 1, "E109", "the file is empty"),))
    if not isinstance(before.node.value, dict):
        raise StoryboardError((Diagnostic(path, 1, 1, "E109", "a storyboard is made of keys and values"),))
    decoded = text if isinstance(text, str) else text.decode("utf-8")
    shape = {"film": FILM, "scene": SCENE, "preset": PRESET}[kind]
    made = laid_out(sheet(decoded.removeprefix("\ufeff")), shape)
    after = parse(made, path)
    if after.node is None or not same(before.node, after.node):
        message = "the file would not read as the same after tidying; it was left as it is"
        raise StoryboardError((Diagnostic(path, 0, 0, "E114", message, "please report it with the file"),))
    return made


def same(one: Node, other: Node) -> bool:
    """Whether two values say the same, down to how numbers were typed; the order of keys does not count."""
    a, b = one.value, other.value
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[key].value, b[key].value) for key in a)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, WrittenInt | WrittenFloat) and isinstance(b, WrittenInt | WrittenFloat):
        return type(a) is type(b) and a.written == b.written
    return type(a) is type(b) and a == b
