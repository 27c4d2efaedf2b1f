"""What a model's own `config.json` says of its shapes: the grid of its latents, its tokens and its width.

Read as plain data, so that a plan needs no weights and no heavy import. Knows no family and no memory.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from projects.weights import ModelMissing

CONFIG = "config.json"

_FACTORS: Mapping[str, tuple[int, int]] = {"AutoencoderKLWan": (4, 8), "AutoencoderKLMochi": (6, 8)}
"""Frames and pixels to one latent, of coders whose configuration may leave them out."""


@dataclass(frozen=True, slots=True)
class Latent:
    """The grid on which a model works, before it is cut into patches."""

    frames: int
    height: int
    width: int

    @property
    def cells(self) -> int:
        """How many there are."""
        return self.frames * self.height * self.width


@dataclass(frozen=True, slots=True)
class Denoiser:
    """The class of a model that makes the steps, and its configuration."""

    kind: str
    config: Mapping[str, Any]

    @property
    def is_unet(self) -> bool:
        """Whether it works at several sizes of grid rather than on one row of tokens."""
        return self.kind.startswith("UNet")

    @property
    def width(self) -> int:
        """Channels of a token; of a U-shaped one those at its widest grid."""
        if self.is_unet:
            return int(self.config.get("block_out_channels", (320,))[0])
        heads = int(self.config.get("num_attention_heads", 40))
        return heads * int(self.config.get("attention_head_dim", 128))

    @property
    def patch(self) -> tuple[int, int]:
        """Latent frames and latent pixels (along one side) that make one token."""
        if self.is_unet:
            return 1, 1
        size = self.config.get("patch_size", 1)
        if isinstance(size, list | tuple):
            return int(size[0]), int(size[1])
        return int(self.config.get("patch_size_t") or 1), int(size)

    def tokens(self, latent: Latent) -> int:
        """How many tokens a grid makes."""
        along, side = self.patch
        return math.ceil(latent.frames / along) * math.ceil(latent.height / side) * math.ceil(latent.width / side)


def config_of(folder: Path) -> dict[str, Any]:
    """The configuration in a component's folder; ModelMissing where there is none that can be read."""
    try:
        read = json.loads((folder / CONFIG).read_text("utf-8"))
    except (OSError, ValueError) as reason:
        raise ModelMissing(
            f"the {CONFIG} of {folder.name} cannot be read: {reason}", "fetch the whole model again"
        ) from reason
    if not isinstance(read, dict):
        raise ModelMissing(f"the {CONFIG} of {folder.name} holds no settings", "fetch the whole model again")
    return read


def denoiser_of(folder: Path, kind: str = "") -> Denoiser:
    """The denoiser in a folder such as `transformer`; `kind` is the class that it is run as, if another."""
    config = config_of(folder)
    return Denoiser(kind or str(config.get("_class_name", "")), config)


def factors_of(coder: Mapping[str, Any]) -> tuple[int, int]:
    """Frames and pixels (along one side) that a video coder makes into one latent, by its configuration."""
    along, side = _FACTORS.get(str(coder.get("_class_name", "")), (1, 0))
    scaling = coder.get("spatio_temporal_scaling")
    if isinstance(scaling, list | tuple):
        doublings = 2 ** sum(map(bool, scaling))
        along, side = int(coder.get("patch_size_t", 1)) * doublings, int(coder.get("patch_size", 1)) * doublings
    along = int(coder.get("scale_factor_temporal") or coder.get("temporal_compression_ratio") or along)
    stages = len(coder.get("block_out_channels", (0,) * 4))
    side = int(coder.get("scale_factor_spatial") or coder.get("spatial_compression_ratio") or side or 2 ** (stages - 1))
    return along, side


def latent_of(coder: Mapping[str, Any], frames: int, width: int, height: int) -> Latent:
    """The grid of a clip of so many frames and pixels."""
    along, side = factors_of(coder)
    return Latent((frames - 1) // along + 1, height // side, width // side)
