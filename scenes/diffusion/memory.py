"""How much memory a model takes and how much there is: weights by their headers, work by its shapes, and the room.

Figures only, from a folder and from this machine, before anything is loaded. Decides nothing.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from projects.weights import SAFETENSORS, ModelMissing
from scenes.diffusion.latents import Denoiser, latent_of
from scenes.diffusion.loading import weights_end

GIB = 1 << 30

_PER_TOKEN = 80
"""Bytes of work for each token and channel: 0.39 to 0.41 MB for each token of 5120 channels, as Wan's makers ran it."""

_WIDER: Mapping[str, int] = {"LTX2": 130, "UNet": 130}
"""The same of others, counted on tensors without content."""

_AT_LEAST: Mapping[str, int] = {"Wan": 45, "CogVideoX": 45}
"""What diffusers holds of those, counted in the same way (34 to 37), and a quarter more."""

_ONE_AFTER_THE_OTHER = ("Wan", "HunyuanVideo", "SkyReels")
"""Denoisers whose pipelines make the wanted and the unwanted picture in two calls, not in one of twice the size."""

_PICTURES = 16
"""Frames that pipelines have decoded at once by coders of single pictures."""

_DECODING: Mapping[str, tuple[int, int, int]] = {
    "AutoencoderKL": (7, _PICTURES, 512),
    "AutoencoderKLCogVideoX": (20, 9, 300),
    "AutoencoderKLHunyuanVideo": (3, 0, 256),
    "AutoencoderKLHunyuanVideo15": (7, 0, 256),
    "AutoencoderKLLTX2Video": (3, 0, 512),
    "AutoencoderKLLTXVideo": (7, 0, 512),
    "AutoencoderKLTemporalDecoder": (8, 0, 0),
    "AutoencoderKLWan": (14, 4, 256),
}
"""How many pictures of its last stage a coder holds for each frame, how many frames it decodes in one go (0 is all),
and pixels along a side of its tiles (0: it has none): counted on tensors without content."""

_OTHERWISE = 8, 0, 512

_FLOATS = frozenset({"F64", "F32", "F16", "BF16", "F8_E4M3", "F8_E5M2"})


@dataclass(frozen=True, slots=True)
class Part:
    """One component of a pipeline, in bytes as it is loaded. `leaf` is its largest single tensor; 0 is not known."""

    size: int
    leaf: int = 0

    @property
    def largest(self) -> int:
        """Its largest tensor, or what that usually is."""
        return self.leaf or self.size // 40


@dataclass(frozen=True, slots=True)
class Working:
    """Bytes that a run needs besides the weights: while it denoises, and while it decodes whole or in tiles.

    `least` is what denoising may come down to; 0 is the same.
    """

    denoising: int
    decoding: int
    tiled: int
    least: int = 0


@dataclass(frozen=True, slots=True)
class Room:
    """Free bytes of the card, None where the processor does the work; and of the host, None where nobody knows."""

    vram: int | None
    ram: int | None


def sizes(folder: Path, precision: int = 2, without: Sequence[str] = ()) -> dict[str, Part]:
    """The components of a diffusers folder by name, with `precision` bytes for each number as it is loaded.

    `without` names components that are not loaded. Raises ModelMissing for a file that cannot be read.
    """
    found = {}
    for place in sorted(folder.iterdir()):
        files = _weight_files(place) if place.is_dir() and place.name not in without else []
        if files:
            tensors = [size for file in files for size in _tensors(file, precision)]
            found[place.name] = Part(sum(tensors), max(tensors, default=0))
    return found


def disk(folder: Path) -> int:
    """Bytes that a model's files take on the disk, each counted once whatever names it goes by."""
    files = {path.resolve() for path in folder.rglob("*") if path.is_file()}
    return sum(path.stat().st_size for path in files)


def _weight_files(place: Path) -> list[Path]:
    """The files that are loaded of a component: those of its index, else its plain file, else all that there are."""
    due = sorted(place.glob(f"*{SAFETENSORS}"))
    for index in sorted(place.glob("*.safetensors.index.json")):
        with contextlib.suppress(OSError, ValueError, KeyError, AttributeError):
            named = set(json.loads(index.read_text("utf-8"))["weight_map"].values())
            return [path for path in due if path.name in named]
    plain = [path for path in due if path.name.count(".") == 1]
    return plain or due


def _tensors(path: Path, precision: int) -> Iterator[int]:
    """Bytes of each tensor of a file in the precision in which it is loaded."""
    if not weights_end(path):
        raise ModelMissing(f"{path.parent.name}/{path.name} cannot be read", "fetch the whole model again")
    with path.open("rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
    for name, tensor in header.items():
        if name != "__metadata__":
            begin, end = tensor["data_offsets"]
            whole = tensor.get("dtype") not in _FLOATS
            yield end - begin if whole else math.prod(tensor.get("shape", ())) * precision


def working(
    denoiser: Denoiser,
    coder: Mapping[str, Any],
    frames: int,
    width: int,
    height: int,
    precision: int = 2,
    at_once: int = 0,
) -> Working:
    """What a run of so many frames and pixels needs besides the weights, by a rule of thumb; `coder` is the VAE's.

    `at_once` is how many frames the pipeline has decoded in one go, where it is told so; 0 is what the coder does.
    """
    batch = 1 if denoiser.kind.startswith(_ONE_AFTER_THE_OTHER) else 2
    cells = batch * denoiser.tokens(latent_of(coder, frames, width, height)) * denoiser.width * precision // 2
    each = _of(_WIDER, denoiser.kind)
    copies, usual, tile = _DECODING.get(str(coder.get("_class_name", "")), _OTHERWISE)
    patch = coder.get("patch_size") or 1
    channels = coder.get("decoder_base_dim") or coder.get("base_dim")
    if not channels:
        channels = (coder.get("decoder_block_out_channels") or coder.get("block_out_channels") or (128,))[0]
    each_frame = int(channels) * precision * copies / int(patch) ** 2
    # Coders of single pictures can take one after the other.
    whole, cut = (min(frames, at_once or count or frames) for count in (usual, 1 if usual == _PICTURES else usual))
    side = tile or max(width, height)
    shown = frames * width * height * 3 * precision * 2
    return Working(
        cells * each,
        int(each_frame * whole * width * height) + shown,
        int(each_frame * cut * min(width, side) * min(height, side)) + shown,
        cells * _of(_AT_LEAST, denoiser.kind, each),
    )


def _of(figures: Mapping[str, int], kind: str, otherwise: int = _PER_TOKEN) -> int:
    return next((figure for begin, figure in figures.items() if kind.startswith(begin)), otherwise)


def room(device: str) -> Room:
    """What is free at this moment, on the card (`cuda`, `cuda:1`) and in the host."""
    if device == "cpu":
        return Room(None, free_ram())
    import torch

    free, _ = torch.cuda.mem_get_info(torch.device(device))
    return Room(int(free), free_ram())


def free_ram(root: Path = Path("/")) -> int | None:
    """Bytes of the host that may still be taken: what the kernel offers, within the limits of the control groups."""
    offers = [*_kernel(root), *_groups(root)]
    if offers:
        return max(0, min(offers))
    with contextlib.suppress(ValueError, OSError, AttributeError):
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return None


def _kernel(root: Path) -> Iterator[int]:
    with contextlib.suppress(OSError, ValueError, IndexError):
        for line in (root / "proc/meminfo").read_text("ascii", "replace").splitlines():
            if line.startswith("MemAvailable:"):
                yield int(line.split()[1]) * 1024


def _groups(root: Path) -> Iterator[int]:
    """What each control group above this process leaves, of version 2 and of version 1."""
    try:
        lines = (root / "proc/self/cgroup").read_text("utf-8", "replace").splitlines()
    except OSError:
        return
    for line in lines:
        _, controllers, path = [*line.split(":", 2), "", ""][:3]
        if not controllers:
            base, limit, used = root / "sys/fs/cgroup", "memory.max", "memory.current"
        elif "memory" in controllers.split(","):
            base, limit, used = root / "sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes"
        else:
            continue
        inner = base / path.lstrip("/")
        # In a container the path may be the host's: then only the base is there.
        for folder in dict.fromkeys([inner, *(above for above in inner.parents if above.is_relative_to(base)), base]):
            with contextlib.suppress(OSError, ValueError):
                yield int((folder / limit).read_text()) - int((folder / used).read_text()) + _cached(folder)


def _cached(folder: Path) -> int:
    """Bytes of files that a group holds and gives back at need."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        for line in (folder / "memory.stat").read_text().splitlines():
            if line.startswith(("inactive_file ", "total_inactive_file ")):
                return int(line.split()[1])
    return 0
