"""Scenes for recipes: settings of each course, the tiny models that they name, and requests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from projects.weights import Setting
from scenes.backend import ClipRequest
from storyboard.film import Character, Lora, Part, VoiceChoice
from tests.scenes.diffusion.tiny_video import svd
from tests.scenes.diffusion.whole import EVERY

Ask = Callable[..., ClipRequest]
Shown = NDArray[np.uint8]
Settings = Mapping[str, Setting]

PICTURE: Settings = {"picture_folder": "sd", "picture_steps": 1}
SVD: Settings = {"animate_folder": "svd", "animate_steps": 1, "animate_width": 64, "animate_height": 64}
SMALL: Settings = {"animate_steps": 2, "animate_width": 32, "animate_height": 32}
BASE: Settings = {"base_folder": "zeroscope", "base_steps": 1, "base_width": 32, "base_height": 32}
SPARSE: Settings = {
    "animate": "animatediff",
    "animate_folder": "sd",
    "animate_adapter_folder": "motion",
    "animate_sparsectrl_folder": "sparsectrl",
    **SMALL,
}
LORA = "pytorch_lora_weights.safetensors"


def models_in(folder: Path, *names: str) -> Path:
    """Tiny models by these names in a folder; the one that sets pictures in motion makes four frames at once."""
    import torch

    for name in names:
        if name != "svd":
            EVERY[name](folder / name)
            continue
        with torch.random.fork_rng():
            torch.manual_seed(0)
            svd(folder / name, frames=4)
    return folder


def anna(*loras: Lora) -> tuple[Part, ...]:
    """A cast of one."""
    who = Character("anna", "Anna", "woman", "", "", "", VoiceChoice(""), loras=loras)
    return (Part(who, "stand", "neutral", "left"),)
