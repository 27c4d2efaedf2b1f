"""Loading music models: offline, from safetensors alone, on a device; and what they play as sound of the house.

Knows no architecture and no score.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import metadata
from typing import Any

from audio.voice import RATE, Samples
from projects.weights import LocalModel, Setting, loaded
from storyboard.errors import MissingError, RenderError


def device_of(asked: Mapping[str, Setting]) -> str:
    """The device to play on: the one asked for, else CUDA where there is one; MissingError where it is not here."""
    import torch

    here = "cuda" if torch.cuda.is_available() else "cpu"
    wanted = str(asked.get("device", here))
    if wanted == "cuda" and here == "cpu":
        raise MissingError("the score is to be made on a CUDA device, and none is here", "leave `device:` out")
    return wanted


def precision_of(asked: Mapping[str, Setting], half: str = "float16") -> Any:
    """The type of the weights: half where asked for or on a CUDA device, full elsewhere."""
    import torch

    usual = "half" if device_of(asked) == "cuda" else "full"
    return getattr(torch, half) if asked.get("precision", usual) == "half" else torch.float32


def pipeline(kind: Any, place: LocalModel, asked: Mapping[str, Setting], half: str = "float16") -> Any:
    """A pipeline of diffusers from a local folder: safetensors only, no code of the model's, on its device."""
    made = loaded(
        "",
        place,
        lambda: kind.from_pretrained(
            str(place.path), local_files_only=True, use_safetensors=True, torch_dtype=precision_of(asked, half)
        ),
    )
    made.set_progress_bar_config(disable=True)
    return made.to(device_of(asked))


def dice(seed: int) -> Any:
    """A generator on the processor: the same noise whatever device plays."""
    import torch

    return torch.Generator("cpu").manual_seed(seed)


def number(asked: Mapping[str, Setting], key: str, default: float, low: float, high: float) -> float:
    """A numeric setting within its bounds; RenderError outside."""
    value = float(asked.get(key, default))
    if not low <= value <= high:
        raise RenderError(f"the score's setting {key!r} is {value:g}", f"write a number from {low:g} to {high:g}")
    return value


def plain(sound: Any) -> Samples:
    """A model's tensor or array (channels, n) or (n,) as float32 (n, channels); RenderError where it is no sound."""
    import numpy as np

    array = sound.detach().to("cpu").float().numpy() if hasattr(sound, "detach") else np.asarray(sound)
    array = np.atleast_2d(np.squeeze(array)).T.astype(np.float32)
    if not len(array) or not np.isfinite(array).all():
        raise RenderError("the model gave no sound but numbers that are none", "write `precision: full` under `model`")
    kept: Samples = array
    return kept


def at_rate(sound: Samples, rate: int) -> Samples:
    """A sound (n,) or (n, channels) as 48 kHz stereo, (n, 2)."""
    import numpy as np
    import soxr

    planes = sound.reshape(len(sound), -1)
    stereo = np.ascontiguousarray(planes[:, :2] if planes.shape[1] > 1 else np.repeat(planes, 2, axis=1))
    changed: Samples = soxr.resample(stereo, rate, RATE, quality="HQ") if rate != RATE else stereo
    return changed.astype(np.float32)


@contextmanager
def own_dice() -> Iterator[None]:
    """Whatever is drawn or seeded meanwhile, the program's other random numbers stay as they were."""
    import torch

    with torch.random.fork_rng(devices=range(torch.cuda.device_count())):
        yield


def let_go() -> None:
    """Gives back the memory of a model that nobody holds any more."""
    import gc

    import torch

    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()


def version(package: str) -> str:
    """The installed version of a package, or `none`."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "none"
