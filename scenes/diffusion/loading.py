"""Opening a diffusers pipeline that lies on this machine: whole, from safetensors alone, offline, no code of its own.

What is missing is named with its size before anything heavy is imported. Knows no family.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Mapping
from importlib import import_module, metadata
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from projects.extras import pip_install
from projects.weights import (
    SAFETENSORS,
    LocalModel,
    ModelMissing,
    Setting,
    Weights,
    fetching,
    loaded,
    quiet,
    stay_offline,
)
from storyboard.errors import MissingError

INDEX = "model_index.json"

_WEIGHTLESS = ("scheduler", "tokenizer", "feature_extractor", "image_processor", "processor", "guider")
"""Components whose names hold one of these bring no weights."""

_LONGEST_HEADER = 100 << 20


def see_that_it_is_whole(place: LocalModel, wanted: Weights) -> None:
    """Raises ModelMissing, naming all that is missing, half there or pickled, for a pipeline that cannot be loaded."""
    index = place.path / INDEX
    remedy = fetching(wanted, "")
    if not index.is_file():
        raise ModelMissing(f"{place.repo} is no pipeline of diffusers: it has no {INDEX}", remedy)
    faults = list(_faults(place.path, _components(index, place.repo, remedy)))
    if faults:
        raise ModelMissing(f"{place.repo} is not whole: {'; '.join(faults)}", remedy)


def components_of(place: LocalModel) -> tuple[str, Mapping[str, list[Any]]]:
    """The pipeline class that a folder was saved from, and the components that it holds."""
    index = place.path / INDEX
    named = _components(index, place.repo, "fetch it again")
    return str(json.loads(index.read_text("utf-8"))["_class_name"]), named


def tokenizer_of(place: LocalModel) -> Any:
    """Something with a pipeline's tokenizer, and nothing else of it."""
    from transformers import AutoTokenizer

    load: Any = AutoTokenizer.from_pretrained
    return SimpleNamespace(
        tokenizer=loaded("tokenizer", place, lambda: load(str(place.path / "tokenizer"), local_files_only=True))
    )


def _components(index: Path, called: str, remedy: str) -> Mapping[str, list[Any]]:
    """The components that an index names, by folder; refuses one that brings code of its own."""
    try:
        read = json.loads(index.read_text("utf-8"))
    except ValueError as reason:
        raise ModelMissing(f"the {INDEX} of {called} cannot be read: {reason}", remedy) from reason
    if not isinstance(read, dict) or not isinstance(read.get("_class_name"), str):
        raise ModelMissing(f"{called} names a pipeline of its own making, whose code is not run", remedy)
    named = {name: value for name, value in read.items() if isinstance(value, list) and len(value) == 2}
    for name, (library, kind) in named.items():
        if isinstance(library, str) and (index.parent / name / f"{library}.py").exists():
            raise ModelMissing(f"the {name} of {called} ({kind}) brings code of its own, which is not run", remedy)
    return {name: value for name, value in named.items() if value[0] and value[1]}


def _faults(folder: Path, components: Mapping[str, list[Any]]) -> Iterator[str]:
    for name in sorted(components):
        place = folder / name
        if not place.is_dir():
            yield f"the folder {name} is missing"
        elif not any(part in name for part in _WEIGHTLESS):
            yield from _weights_faults(place, name)


def _weights_faults(place: Path, name: str) -> Iterator[str]:
    """What is wrong with the weights of one component."""
    due = {path.name for path in place.glob(f"*{SAFETENSORS}")}
    for index in place.glob("*.safetensors.index.json"):
        try:
            due |= set(json.loads(index.read_text("utf-8"))["weight_map"].values())
        except (ValueError, KeyError, AttributeError):
            yield f"{name}/{index.name} cannot be read"
    if not due:
        pickled = sorted(path.name for kind in ("*.bin", "*.pt", "*.pth", "*.ckpt") for path in place.glob(kind))
        yield (
            f"{name} has its weights only as {pickled[0]}, which could run code"
            if pickled
            else f"{name} has no weights (*{SAFETENSORS})"
        )
    for file in sorted(due):
        if Path(file).name != file or not (place / file).is_file():
            yield f"{name}/{file} is missing"
        elif not _is_whole(place / file):
            yield f"{name}/{file} is cut short"


def _is_whole(path: Path) -> bool:
    """Whether a safetensors file is as long as its header says."""
    return weights_end(path) == path.stat().st_size


def weights_end(path: Path) -> int:
    """Where a safetensors file ends by its own header, in bytes; 0 where it has none that can be read."""
    with path.open("rb") as file:
        length = file.read(8)
        if len(length) < 8:
            return 0
        size = int(struct.unpack("<Q", length)[0])
        if not 2 <= size <= _LONGEST_HEADER:
            return 0
        try:
            header = json.loads(file.read(size))
            ends = [int(one["data_offsets"][1]) for key, one in header.items() if key != "__metadata__"]
        except (ValueError, KeyError, TypeError, IndexError, AttributeError):
            return 0
    return 8 + size + max(ends, default=0)


def pipeline(kind: str, place: LocalModel, asked: Mapping[str, Setting], **parts: Any) -> Any:
    """The pipeline class named `kind` with the weights of a folder, on its device, in the precision asked for."""
    made = loaded(
        "",
        place,
        lambda: library(kind).from_pretrained(
            str(place.path), local_files_only=True, use_safetensors=True, torch_dtype=precision(asked), **parts
        ),
    )
    made.set_progress_bar_config(disable=True)
    return made


def library(kind: str, module: str = "diffusers") -> Any:
    """A class of diffusers, or of a module of it; MissingError where this release of it has it no more."""
    stay_offline()
    with quiet():
        found = getattr(import_module(module), kind, None)
    if found is None:
        raise MissingError(
            f"diffusers {metadata.version('diffusers')} has no {kind} any more",
            f"{pip_install('models')} brings a release that has it",
        )
    return found


def device_of(asked: Mapping[str, Setting]) -> str:
    """Where to work: what is asked for, else CUDA where there is one; MissingError where it is not here."""
    import torch

    here = "cuda" if torch.cuda.is_available() else "cpu"
    wanted = str(asked.get("device") or here)
    if wanted == "cuda" and here == "cpu":
        raise MissingError("the scene is to be made on a CUDA device, and none is here", "leave `device:` out")
    return wanted


def precision(asked: Mapping[str, Setting]) -> Any:
    """The type of the weights: bfloat16 on a CUDA device unless asked otherwise, float32 on the processor."""
    import torch

    named = str(asked.get("precision") or ("bfloat16" if device_of(asked) == "cuda" else "float32"))
    return {"bfloat16": torch.bfloat16, "float16": torch.float16, "float32": torch.float32}[named]
