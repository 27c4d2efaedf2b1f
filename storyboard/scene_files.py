"""Scenes in files of their own: which files a storyboard wants, and their nodes in the order of the film.

Pure: the caller hands the text of the files in. Knows no key of a scene but its id.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping

from storyboard.errors import Diagnostic
from storyboard.node import Entry, Node, items, mapping, text_of
from storyboard.source import parse

_PATTERN = re.compile(r"(?:[^*?\[\]\\/:]+/)*[^*?\[\]\\/:]*\*[^*?\[\]\\/:]*\.ya?ml")
_DIGITS = re.compile(r"([0-9]+)")


def is_pattern(text: str) -> bool:
    """Whether `scenes:` names files inside the project, by a pattern with one star or more in the last part."""
    return bool(_PATTERN.fullmatch(text)) and ".." not in text.split("/") and not text.startswith(("~", " "))


def gather(root: Node, others: Mapping[str, bytes]) -> list[Diagnostic]:
    """Put scene files in the place of the pattern, in the order of `order` or of their names; report what is wrong."""
    entries = mapping(root)
    if "scenes" not in entries:
        return []
    node = entries["scenes"].value
    if not isinstance(node.value, str):
        if "order" in entries and isinstance(node.value, list):
            at = entries["order"].key
            message = "`order` belongs to scenes in files of their own; here the list itself is the order"
            return [Diagnostic(at.path, at.line, at.column, "E156", message, "delete `order`")]
        return []
    pattern = node.value
    if not is_pattern(pattern):
        message = f"'{pattern[:60]}' is not a pattern of scene files inside the project"
        entries["scenes"] = Entry(entries["scenes"].key, _one_scene(node))
        return [Diagnostic(node.path, node.line, node.column, "E137", message, "write scenes/*.yaml")]
    found: list[Diagnostic] = []
    scenes = _scene_files(_matching(others, pattern), found)
    if not scenes and not found:
        message = f"no scene file matches {pattern}"
        found.append(Diagnostic(node.path, node.line, node.column, "E157", message, "one file holds one scene"))
    if "order" in entries:
        scenes = _ordered(scenes, entries["order"].value, found)
    grafted = Node(node.path, node.line, node.column, list(scenes) or _one_scene(node).value)
    entries["scenes"] = Entry(entries["scenes"].key, grafted)
    return found


def _one_scene(node: Node) -> Node:
    """A stand-in list for scenes that could not be read, so that the rest is still checked without a false alarm."""
    key = Node(node.path, node.line, node.column, "id")
    scene = {word: Entry(key, Node(node.path, node.line, node.column, word)) for word in ("id", "prompt")}
    return Node(node.path, node.line, node.column, [Node(node.path, node.line, node.column, scene)])


def _matching(others: Mapping[str, bytes], pattern: str) -> dict[str, bytes]:
    form = re.compile("[^/]*".join(re.escape(part) for part in pattern.split("*")))
    names = sorted(others, key=_natural)
    return {
        name: others[name] for name in names if form.fullmatch(name) and not name.rpartition("/")[2].startswith(".")
    }


def _natural(name: str) -> list[tuple[int, str]]:
    """A sort key by which `2.yaml` stands before `10.yaml`."""
    return [
        (int(part[:18]), part) if part.isdecimal() and part.isascii() else (-1, part) for part in _DIGITS.split(name)
    ]


def _scene_files(files: Mapping[str, bytes], found: list[Diagnostic]) -> list[Node]:
    scenes = []
    for name, text in files.items():
        parsed = parse(text, name)
        found += parsed.diagnostics
        if parsed.node is not None and isinstance(parsed.node.value, dict):
            scenes.append(parsed.node)
        elif not parsed.diagnostics:
            message = "a scene file holds the keys of one scene"
            found.append(Diagnostic(name, 1, 1, "E157", message, "begin with `id:`, without a leading `- `"))
    return scenes


def _ordered(scenes: list[Node], order: Node, found: list[Diagnostic]) -> list[Node]:
    """Scenes in the order of a list of ids; ids without a scene and scenes without an id are reported."""
    by_id = {_id(scene): scene for scene in scenes}
    listed: dict[str, Node] = {}
    for item in items(order):
        name = text_of(item)
        if name not in by_id and name:
            message = f"`order` names '{name[:64]}', but no scene file has that id"
            found.append(Diagnostic(item.path, item.line, item.column, "E156", message, _near(name, list(by_id))))
        elif name in listed:
            message = f"`order` names '{name[:64]}' twice"
            found.append(Diagnostic(item.path, item.line, item.column, "E156", message, "keep one of them"))
        elif name:
            listed[name] = by_id[name]
    for name, scene in by_id.items():
        if name and name not in listed and isinstance(order.value, list):
            message = f"the scene '{name[:64]}' is not in `order`"
            found.append(Diagnostic(scene.path, scene.line, scene.column, "E156", message, "add it to `order`"))
    return [*listed.values(), *(scene for scene in scenes if not any(scene is kept for kept in listed.values()))]


def _id(scene: Node) -> str:
    entry = mapping(scene).get("id")
    return text_of(entry.value) if entry else ""


def _near(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'?" if near else ""
