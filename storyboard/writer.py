"""Storyboards as tidy YAML, written from plain data: the same order, the same quotes and the same folds every time.

For films that a program begins (an imported script, a first draft). Knows no defaults: what is not given stays out.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

WIDTH = 120
"""Columns after which text is folded."""

_FLOW = 100
"""Columns up to which a small mapping or list stands on one line."""

_NUMBER = re.compile(r"[-+.]?[0-9][0-9a-zA-Z+._-]*")
"""What may pass for a number: PyYAML's own quotes follow YAML 1.1, in which `1e3` is none."""

_APART = ("characters", "narrator", "score", "scenes")
"""Keys that an empty line goes before."""


class _Writer(yaml.SafeDumper):
    """PyYAML's own dumper, without the anchors that nobody asked for."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write equal things out wherever they stand."""
        del data
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent lists below their key."""
        del indentless
        super().increase_indent(flow, False)


def _mapping(writer: yaml.SafeDumper, data: Mapping[str, Any]) -> yaml.Node:
    small = bool(data) and _short(data)
    return writer.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=small)


def _sequence(writer: yaml.SafeDumper, data: Sequence[Any]) -> yaml.Node:
    return writer.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=_plain(data) and len(str(data)) < _FLOW)


def _text(writer: yaml.SafeDumper, data: str) -> yaml.Node:
    style = "|" if "\n" in data.strip() else "'" if _NUMBER.fullmatch(data) else None
    return writer.represent_scalar("tag:yaml.org,2002:str", data, style=style)


_Writer.add_representer(dict, _mapping)
_Writer.add_representer(list, _sequence)
_Writer.add_representer(tuple, _sequence)
_Writer.add_representer(str, _text)


def _plain(data: Sequence[Any]) -> bool:
    return all(isinstance(one, str | int | float | bool) and "\n" not in str(one) for one in data)


def _short(data: Mapping[str, Any]) -> bool:
    return _plain(list(data.values())) and "id" not in data and sum(len(f"{k}: {v}, ") for k, v in data.items()) < _FLOW


def storyboard_text(document: Mapping[str, Any], *, heading: str = "") -> str:
    """A storyboard as YAML text, keys in the order given, scenes apart; `heading` becomes comments at the top.

    `document` holds plain text, numbers, lists and mappings, as `storyboard.model` reads them.
    """
    lines = [f"# {line}".rstrip() + "\n" for line in heading.splitlines()]
    for key, value in document.items():
        if key in _APART and lines:
            lines.append("\n")
        if key == "scenes" and isinstance(value, list | tuple):
            lines.append("scenes:\n")
            lines.append("\n".join(_indented(_dumped([scene])) for scene in value))
        elif key == "characters" and isinstance(value, Mapping):
            lines.append("characters:\n")
            lines += [_indented(_dumped({name: person})) for name, person in value.items()]
        else:
            lines.append(_dumped({key: value}))
    return "".join(lines)


def _indented(text: str) -> str:
    return "".join(f"  {line}" if line.strip() else line for line in text.splitlines(keepends=True))


def _dumped(value: Any) -> str:
    if isinstance(value, dict) and len(value) == 1:
        # The outermost mapping is a line of the file, however short.
        ((key, inner),) = value.items()
        node = yaml.MappingNode("tag:yaml.org,2002:map", [_nodes(key, inner)], flow_style=False)
        text: str = yaml.serialize(node, Dumper=_Writer, width=WIDTH, allow_unicode=True)
        return text
    dumped: str = yaml.dump(value, Dumper=_Writer, width=WIDTH, allow_unicode=True, sort_keys=False)
    return dumped


def _nodes(key: str, value: Any) -> tuple[yaml.Node, yaml.Node]:
    writer = _Writer(io.StringIO(), width=WIDTH, allow_unicode=True)
    return writer.represent_data(key), writer.represent_data(value)
