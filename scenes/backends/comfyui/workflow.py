"""The author's workflow in ComfyUI's API format: nodes by id, read as data within bounds, and filled with values.

Nothing of it is carried out here: what its nodes do, they do at the server. Knows neither scenes nor the server.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from projects.digests import signature
from projects.steps import Json
from scenes.backend import Refusal

LARGEST = 4 << 20
"""Bytes of a workflow."""
MOST_NODES = 5000
DEEPEST = 40
"""Lists and mappings inside each other."""

_EXPORT = "save it in ComfyUI with `Workflow > Export (API)`"


@dataclass(frozen=True, slots=True)
class Place:
    """One input of one node."""

    node: str
    input: str

    def __str__(self) -> str:
        """As a map of slots names it."""
        return f"{self.node}.{self.input}"


@dataclass(frozen=True, slots=True)
class Workflow:
    """Nodes by id: each has a `class_type` and its `inputs`. They are shared; nobody changes them."""

    name: str
    nodes: Mapping[str, Mapping[str, Any]]

    def kind(self, node: str) -> str:
        """What a node is (`KSampler`); "" where there is no such node."""
        return str(self.nodes[node]["class_type"]) if node in self.nodes else ""

    def holds(self, place: Place) -> bool:
        """Whether there is such an input."""
        return place.node in self.nodes and place.input in self.nodes[place.node]["inputs"]

    def value(self, place: Place) -> Any:
        """What stands there; a list `[node, number]` is a link to another node's output."""
        return self.nodes[place.node]["inputs"][place.input]

    def filled(self, values: Mapping[Place, Json]) -> dict[str, Any]:
        """The nodes with other values at some places."""
        nodes = {name: {**node, "inputs": dict(node["inputs"])} for name, node in self.nodes.items()}
        for place, value in values.items():
            nodes[place.node]["inputs"][place.input] = value
        return nodes


def read_workflow(path: Path) -> Workflow:
    """The workflow of a file; raises Refusal, with a remedy, for anything else."""
    try:
        return _read(path, signature(path))
    except OSError as problem:
        raise Refusal(f"{path.name} cannot be read: {problem.strerror}", "mend its permissions") from None


@lru_cache(maxsize=8)
def _read(path: Path, _signature: str) -> Workflow:
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise Refusal(f"{path.name} is larger than {LARGEST >> 20} MiB", "take pictures and texts out of the workflow")
    try:
        whole = json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError) as problem:
        told = str(problem) if isinstance(problem, json.JSONDecodeError) else "it is not plain JSON in UTF-8"
        raise Refusal(f"{path.name} is no workflow: {told}", _EXPORT) from None
    if isinstance(whole, dict) and isinstance(whole.get("nodes"), list):
        raise Refusal(f"{path.name} is a workflow of the editor, which no server can run as it is", _EXPORT)
    if not isinstance(whole, dict) or not 0 < len(whole) <= MOST_NODES:
        raise Refusal(f"{path.name} is no workflow of 1 to {MOST_NODES} nodes", _EXPORT)
    _check_values(path.name, whole)
    for name, node in whole.items():
        if not isinstance(node, dict) or not isinstance(node.get("class_type"), str):
            raise Refusal(f"{path.name}: '{name[:40]}' is no node: it has no `class_type`", _EXPORT)
        if not isinstance(node.get("inputs"), dict):
            raise Refusal(f"{path.name}: node '{name[:40]}' has no `inputs`", _EXPORT)
    return Workflow(path.name, whole)


def _no_number(word: str) -> float:
    raise ValueError(word)


def _check_values(name: str, whole: Any) -> None:
    """No value is deeper than any node needs, and every number is one that JSON can hold."""
    layer, depth = [whole], 0
    while layer:
        if depth > DEEPEST:
            raise Refusal(f"{name}: values are nested more than {DEEPEST} deep", _EXPORT)
        if any(isinstance(value, float) and not math.isfinite(value) for value in layer):
            raise Refusal(f"{name} holds a number without an end", _EXPORT)
        inside = [value for value in layer if isinstance(value, dict | list)]
        layer = [one for value in inside for one in (value.values() if isinstance(value, dict) else value)]
        depth += 1
