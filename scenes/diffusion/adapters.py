"""Small weights (LoRA) laid over a pipeline before each scene: those of its characters, and one that a scene names.

Safetensors only. What another scene laid over it is taken off first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import util
from pathlib import Path
from typing import Any

from projects.extras import pip_install
from projects.weights import SAFETENSORS, quiet
from scenes.backend import ClipRequest
from storyboard.errors import MissingError, RenderError


@dataclass(frozen=True, slots=True)
class Adapter:
    """One file of small weights, and how much it counts. `name` is what a person calls it."""

    name: str
    path: Path
    weight: float


def adapters_of(request: ClipRequest, backend: str) -> list[Adapter]:
    """The small weights of the scene's characters that fit a backend, in the order of its cast."""
    found: dict[str, Adapter] = {}
    for part in request.scene.cast:
        for lora in part.character.loras:
            if lora.backend in ("", backend):
                path = request.files.get(lora.file)
                if path is None:
                    raise MissingError(f"the weights {lora.file} are not here", "look at their name")
                found.setdefault(lora.file, Adapter(lora.file, path, lora.weight))
    return list(found.values())


def lay(pipe: Any, wanted: Sequence[Adapter]) -> None:
    """Have exactly these small weights over a pipeline, each loaded once for as long as the pipeline is held.

    Raises MissingError without the package that applies them, RenderError for a file that does not fit the model.
    """
    loaded: dict[str, str] = getattr(pipe, "workprint_adapters", {})
    if not wanted and not loaded:
        return
    if util.find_spec("peft") is None:
        raise MissingError("the weights of a character need the package peft", pip_install("models"))
    with quiet():
        for one in wanted:
            key = f"{one.path}:{one.path.stat().st_mtime_ns}"
            if key not in loaded:
                _load(pipe, one, f"lora{len(loaded)}")
                loaded[key] = f"lora{len(loaded)}"
        pipe.workprint_adapters = loaded
        if not wanted:
            pipe.disable_lora()
            return
        pipe.enable_lora()
        names: Mapping[str, str] = {key.rpartition(":")[0]: name for key, name in loaded.items()}
        pipe.set_adapters([names[str(one.path)] for one in wanted], [one.weight for one in wanted])


def _load(pipe: Any, one: Adapter, name: str) -> None:
    if one.path.suffix != SAFETENSORS:
        raise RenderError(f"{one.name} is not *{SAFETENSORS}", "convert it; other forms could run code")
    if not hasattr(pipe, "load_lora_weights"):
        raise RenderError(f"this model takes no weights of characters ({one.name})", "take `lora:` out")
    try:
        pipe.load_lora_weights(
            str(one.path.parent), weight_name=one.path.name, adapter_name=name, local_files_only=True
        )
        if getattr(pipe, "transformer_2", None) is not None:
            # Of two experts each makes a part of the steps.
            pipe.load_lora_weights(
                str(one.path.parent),
                weight_name=one.path.name,
                adapter_name=name,
                local_files_only=True,
                load_into_transformer_2=True,
            )
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, AttributeError, IndexError) as reason:
        first = str(reason).strip().split("\n", 1)[0][:200]
        raise RenderError(
            f"{one.name} cannot be laid over this model: {first}", "it was trained for another model"
        ) from reason
    if not any(name in module.lora_A for module in _layers(pipe)):
        raise RenderError(f"{one.name} changes nothing of this model", "it was trained for another model")


def _layers(pipe: Any) -> list[Any]:
    """The layers of a pipeline that small weights are laid over."""
    return [
        module
        for component in pipe.components.values()
        if hasattr(component, "modules")
        for module in component.modules()
        if hasattr(module, "lora_A")
    ]
