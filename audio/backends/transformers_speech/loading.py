"""Loading speech models of the transformers library from a folder: offline, safetensors only, no code of the model's.

Also what all architectures share: the seed, the single thread, and arrays that an author brings. Knows no architecture.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from audio.voice import VoiceMissing, VoiceRefusal
from projects.weights import LocalModel, ModelMissing, Setting

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_T = TypeVar("_T")

REMEDY = "pip install 'torch>=2.5' 'transformers>=5' safetensors"

_PLAIN = re.compile(r"[\w-][\w.-]*(/[\w-][\w.-]*)*")
"""Names of files and folders inside a model's folder."""
_ARRAYS = 64 << 20
"""Bytes up to which a file of arrays is read."""


def library(name: str) -> Any:
    """A module of a library that only this engine needs; VoiceMissing where it is not installed."""
    try:
        return import_module(name)
    except ImportError as reason:
        raise VoiceMissing(f"{name} cannot be loaded: {reason}", REMEDY) from reason


def architecture(place: LocalModel) -> str:
    """The `model_type` of a model's configuration; ModelMissing where there is none to read."""
    try:
        config = json.loads((place.path / "config.json").read_text("utf-8"))
        found = config["model_type"]
    except (OSError, ValueError, KeyError, TypeError) as reason:
        raise ModelMissing(
            f"{place.repo} has no config.json that names its architecture", "fetch the whole model into its folder"
        ) from reason
    return str(found)


def pretrained(kind: Any, folder: Path, device: str = "") -> Any:
    """`kind` loaded from a local folder; a model (not a tokenizer) is put on its device and set to speak."""
    if not device:
        return kind.from_pretrained(str(folder), local_files_only=True, trust_remote_code=False)
    model = kind.from_pretrained(
        str(folder), local_files_only=True, trust_remote_code=False, use_safetensors=True, dtype="float32"
    )
    return model.to(device).eval()


@contextmanager
def seeded(seed: int, device: str) -> Iterator[None]:
    """Draws random numbers from `seed` on, in one thread and without gradients; afterwards all is as it was.

    More threads add numbers up in another order: the same line would come out with other samples.
    """
    torch = library("torch")

    threads = torch.get_num_threads()
    cards = [torch.device(device)] if device.startswith("cuda") else []
    torch.set_num_threads(1)
    try:
        with torch.random.fork_rng(devices=cards), torch.inference_mode():
            torch.manual_seed(seed)
            yield
    finally:
        torch.set_num_threads(threads)


def inside(place: LocalModel, name: str, what: str) -> Path:
    """The file or folder of that name in a model's folder; VoiceRefusal for a name that leads out or is not there."""
    if not _PLAIN.fullmatch(name):
        raise VoiceRefusal(f"{name!r} is not the name of a {what}", "name a file inside the model's folder")
    path = place.path / name
    if not path.exists():
        raise VoiceRefusal(f"{place.repo} has no {what} {name!r}", f"put it into the model's folder as {name}")
    return path


def arrays(path: Path, name: str) -> Mapping[str, NDArray[Any]]:
    """The arrays of a `.safetensors` file by name, or the one of an `.npy` file as ""; never a pickle."""
    import numpy as np

    if path.stat().st_size > _ARRAYS:
        raise VoiceRefusal(f"{name} is too large for a voice", "give a speaker embedding or a voice preset")
    try:
        if path.suffix == ".npy":
            return {"": np.load(path, allow_pickle=False)}
        if path.suffix == ".safetensors":
            return dict(library("safetensors.numpy").load_file(path))
    except (OSError, ValueError, KeyError) as reason:
        raise VoiceRefusal(f"{name} cannot be read: {reason}", "save it again as .npy or .safetensors") from reason
    raise VoiceRefusal(f"{name} is neither .npy nor .safetensors", "save plain arrays; pickled ones could run code")


def number(asked: Mapping[str, Setting], key: str, default: float, low: float, high: float) -> float:
    """A numeric setting within its bounds; VoiceRefusal outside."""
    value = float(asked.get(key, default))
    if not low <= value <= high:
        raise VoiceRefusal(f"the setting {key!r} is {value:g}", f"write a number from {low:g} to {high:g}")
    return value


def samples_of(wave: Any) -> NDArray[np.float32]:
    """A model's waveform (a tensor of any shape with one channel) as mono float32 samples."""
    import numpy as np

    flat: NDArray[np.float32] = np.asarray(wave.detach().to("cpu").float().numpy(), np.float32).reshape(-1)
    return flat
