"""Foreign colour brought home: wide gamut and high dynamic range footage to the film's sRGB picture.

Plain arithmetic on whole frames with tables made once. Knows no files and no codecs.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from scenes.backend import Frame

Transfer = Literal["pq", "hlg", "sdr"]
Primaries = Literal["bt2020", "p3", "bt709"]

_TO_BT709: dict[Primaries, tuple[tuple[float, float, float], ...]] = {
    "bt2020": ((1.6605, -0.5876, -0.0728), (-0.1246, 1.1329, -0.0083), (-0.0182, -0.1006, 1.1187)),
    "p3": ((1.2249, -0.2247, 0.0), (-0.0420, 1.0419, 0.0), (-0.0197, -0.0786, 1.0979)),
    "bt709": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
}
"""Linear light to linear light, both with white D65 (ITU-R BT.2087; SMPTE EG 432-1)."""

_REFERENCE_WHITE = 203.0
"""Candela per square metre of paper white in HDR footage (ITU-R BT.2408)."""

_KNEE = 0.7
"""Linear light up to which HDR passes unchanged; highlights above roll off towards white instead of being cut."""

_SCREEN_GAMMA = 2.4
"""Light of a screen against code, for footage without high range (ITU-R BT.1886): it is seen as it was graded."""


def to_srgb(deep: NDArray[np.uint16], transfer: Transfer, primaries: Primaries) -> Frame:
    """Convert full-range 16-bit R'G'B' (h, w, 3) of a foreign colour space to 8-bit sRGB with BT.709 primaries."""
    linear = cv2.transform(_linear(transfer)[deep], np.array(_TO_BT709[primaries], np.float32))
    levels = np.clip(linear * _white(transfer) + 0.5, 0, 65535).astype(np.uint16)
    return np.asarray(_shown(transfer)[levels], dtype=np.uint8)


def _white(transfer: Transfer) -> float:
    """The whole number that stands for paper white between the two tables; HDR needs room above it."""
    return 65535.0 if transfer == "sdr" else 4096.0


@lru_cache(maxsize=3)
def _linear(transfer: Transfer) -> NDArray[np.float32]:
    """Code value (16 bits) to linear light, in which paper white is 1."""
    code = np.linspace(0.0, 1.0, 65536)
    if transfer == "pq":  # SMPTE ST 2084
        root = code ** (1 / 78.84375)
        light = (np.maximum(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root)) ** (1 / 0.1593017578125)
        return (light * 10000.0 / _REFERENCE_WHITE).astype(np.float32)
    if transfer == "hlg":  # ITU-R BT.2100, with the system gamma of a 1000 cd/m2 display on each channel
        a, b, c = 0.17883277, 0.28466892, 0.55991073
        scene = np.where(code <= 0.5, code * code / 3, (np.exp((code - c) / a) + b) / 12)
        return (scene**1.2 * 1000.0 / _REFERENCE_WHITE).astype(np.float32)
    return (code**_SCREEN_GAMMA).astype(np.float32)


@lru_cache(maxsize=3)
def _shown(transfer: Transfer) -> NDArray[np.uint8]:
    """Linear light (1 is `_white`) to the 8-bit code of the film, highlights of HDR rolled off."""
    light = np.arange(65536) / _white(transfer)
    if transfer == "sdr":
        return np.round(np.clip(light, 0, 1) ** (1 / _SCREEN_GAMMA) * 255).astype(np.uint8)
    over = np.maximum(light - _KNEE, 0)
    light = np.where(light <= _KNEE, light, _KNEE + (1 - _KNEE) * (1 - np.exp(-over / (1 - _KNEE))))
    light = np.clip(light, 0, 1)
    code = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.round(code * 255).astype(np.uint8)
