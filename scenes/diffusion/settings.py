"""What may stand under `model:` for a diffusion family: looked at, completed from a preset, and sorted by part.

Pure; knows no files and no model.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from projects.weights import ModelMissing, Setting, read_settings
from scenes.backend import Refusal
from scenes.diffusion.family import Family

SHARED: Mapping[str, type] = {
    "preset": str,
    "steps": int,
    "guidance": float,
    "width": int,
    "height": int,
    "device": str,
    "precision": str,
    "memory": str,
    "cache": str,
    "compile": bool,
}
"""Settings that every family has, besides those that say which weights are meant."""

PLACES = ("folder", "repo", "revision")
"""Settings that say where weights lie; those of a part begin with its name: `adapter_folder`."""

LOADING = ("device", "precision", "memory", "cache", "compile")
"""Settings that decide how a pipeline is opened."""

_BOUNDS: Mapping[str, tuple[float, float]] = {
    "steps": (1, 200),
    "guidance": (0.0, 30.0),
    "strength": (0.0, 1.0),
    "lora_weight": (-2.0, 2.0),
}
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "device": ("cpu", "cuda"),
    "precision": ("bfloat16", "float16", "float32"),
    "memory": ("resident", "offload", "int8", "group", "fp8"),
    "cache": ("none", "first-block"),
    "start": ("stage",),
    "control": ("depth", "pose", "lines", "scribble"),
}


def known_of(family: Family) -> dict[str, type]:
    """All that may stand under `model:` for a family, besides what says where its own weights lie."""
    known = dict(SHARED) | dict(family.settings)
    if "start" in family.takes:
        known["start"] = str
    for part in family.weights:
        if part:
            known |= {f"{part}_{key}": str for key in PLACES}
    if "lora" in family.weights:
        known |= {"lora_file": str, "lora_weight": float}
    return known


def asked_of(family: Family, name: str, model: Sequence[tuple[str, Setting]]) -> dict[str, Setting]:
    """A scene's settings after a look at each; what it leaves open comes from its preset, where it names one.

    Raises RenderError for a setting that the family does not have or of another type, Refusal for one out of bounds.
    """
    read = read_settings(model, known_of(family), f"the backend {name}")
    for key, (low, high) in _BOUNDS.items():
        if key in read and not isinstance(read[key], str) and not low <= float(read[key]) <= high:
            raise Refusal(f"the setting {key!r} of {name} is {read[key]}", f"write {low:g} to {high:g}")
    for key, choices in _CHOICES.items():
        if key in read and read[key] not in choices:
            raise Refusal(f"the setting {key!r} of {name} is {read[key]!r}", f"write {' or '.join(choices)}")
    return {**_preset(family, name, read), **read}


def _preset(family: Family, name: str, read: Mapping[str, Setting]) -> Mapping[str, Setting]:
    wanted = read.get("preset")
    if wanted is None:
        return {}
    if wanted not in family.presets:
        there = ", ".join(family.presets) or "none"
        raise Refusal(f"{name} has no preset {wanted!r}", f"there are: {there}")
    if wanted in family.distilled and "lora_folder" not in read and "lora_repo" not in read:
        raise Refusal(
            f"the preset {wanted!r} of {name} wants small weights that were distilled to few steps",
            "name them as `lora_folder:` under `model:`, or write another preset",
        )
    return family.presets[str(wanted)]


def described(files: Mapping[str, Path], name: str) -> Mapping[str, Any]:
    """What one of a model's own descriptions says, by its name among a step's files; empty where it is not there.

    Raises ModelMissing for one that cannot be read.
    """
    path = files.get(name)
    if path is None:
        return {}
    try:
        read = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as reason:
        raise ModelMissing(f"{name} cannot be read: {reason}", "fetch the whole model again") from reason
    if not isinstance(read, dict):
        raise ModelMissing(f"{name} holds no settings", "fetch the whole model again")
    return read


def of_part(settings: Sequence[tuple[str, Setting]], part: str) -> list[tuple[str, Setting]]:
    """The settings that say where the weights of a part lie, under the names that those of a whole model have."""
    begin = f"{part}_" if part else ""
    named = ((key.removeprefix(begin), value) for key, value in settings if key.startswith(begin))
    return [(key, value) for key, value in named if key in PLACES]


def handed_name(part: str, name: str) -> str:
    """What a step calls a file of a part's weights: `model/...` of the whole one, `model adapter/...` of others."""
    return f"model {part}/{name.removeprefix('model/')}" if part else name


def belongs(part: str, name: str) -> bool:
    """Whether a file of a step is one of a part's weights."""
    return name.startswith(f"model {part}/" if part else "model/")


def plain_name(part: str, name: str) -> str:
    """The name that a file of a part's weights would have as one of the whole model's."""
    return f"model/{name.removeprefix(f'model {part}/')}" if part else name
