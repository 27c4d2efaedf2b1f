"""Pictures for the tests of moving and blending: known exactly at every place."""

from __future__ import annotations

from typing import Any

import numpy as np

HEIGHT, WIDTH = 90, 160


def waves(x: Any, y: Any) -> Any:
    """A smooth picture (h, w, 3) float32 at places in pixels."""
    channels = [
        128 + 50 * np.sin(x / 5.0 + phase) * np.cos(y / 6.0) + 40 * np.sin((x + 2 * y) / 9.0 - phase)
        for phase in (0.0, 1.0, 2.0)
    ]
    return np.stack(channels, axis=-1).astype(np.float32)


def picture() -> Any:
    """The waves as they lie on the canvas."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float64)
    return waves(x, y)


def levels(deep: Any) -> Any:
    """A picture in whole levels."""
    return np.clip(np.rint(deep), 0, 255).astype(np.uint8)


def likeness(one: Any, other: Any, edge: int = 0) -> float:
    """PSNR in dB of two pictures, without their outer `edge` pixels."""
    rows, columns = (slice(edge, length - edge) for length in one.shape[:2])
    apart = one[rows, columns].astype(np.float64) - other[rows, columns].astype(np.float64)
    return float(10 * np.log10(255.0**2 / max(float(np.mean(apart**2)), 1e-12)))
