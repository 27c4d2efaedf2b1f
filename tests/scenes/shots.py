"""Shots as cameras write them: restless pictures, and the options of an encoder whose file can be a take."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from scenes.backend import Frame

TAGS = "colorprim=bt709:transfer=bt709:colormatrix=bt709:range=tv"
Maker = Callable[..., Path]
Taker = Callable[..., tuple[dict[str, Any], Path]]


def restless(count: int, width: int = 64, height: int = 36) -> list[Frame]:
    """Frames of blocks that move and flicker, each another."""
    dice = np.random.default_rng(5)
    ground = np.kron(dice.integers(0, 256, (height // 4, width // 4, 3)), np.ones((4, 4, 1))).astype(np.uint8)
    return [np.roll(ground, (place, 3 * place), (0, 1)) ^ np.uint8(place % 256) for place in range(count)]


def soft(count: int, width: int, height: int) -> list[Frame]:
    """Frames of large soft spots that drift, so that what was scaled can be compared."""
    dice = np.random.default_rng(8)
    spots = dice.integers(20, 236, (7, 12, 3)).astype(np.uint8)
    large = np.asarray(cv2.resize(spots, (width + 4 * count, height), interpolation=cv2.INTER_CUBIC), np.uint8)
    return [np.ascontiguousarray(large[:, 4 * place : 4 * place + width]) for place in range(count)]


def coding(more: str = "", tags: str = TAGS) -> tuple[str, ...]:
    """Options of an ordinary encoder whose file can be a take."""
    settings = ":".join(part for part in (more, tags) if part)
    return ("-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-x264-params", settings)


def true_colours() -> tuple[str, ...]:
    """Options that convert RGB by the matrix that `coding` tells."""
    return ("-vf", "scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+bitexact,format=yuv420p")
