"""Ducking: how far music and ambience step back while somebody speaks.

The times of the lines are known, so the gain is a closed form of time, not a compressor: any block of the film can be
computed alone. Pure; knows no files.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from audio.voice import RATE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ATTACK = round(0.150 * RATE)
"""Samples before a line in which the others step back."""
RELEASE = round(0.400 * RATE)
"""Samples after a line in which they return."""
_BREATH = round(0.350 * RATE)
"""A pause shorter than attack, release and this is not worth returning for."""

Span = tuple[int, int]
"""First sample and last sample (exclusive) of speech."""


def joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Speech spans in order, with those that lie close together made one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start - merged[-1][1] < ATTACK + RELEASE + _BREATH:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def duck(spans: Sequence[Span], depth: float, start: int, count: int) -> NDArray[np.float32]:
    """The gain factor of each of `count` samples from `start`, for spans from `joined` and a depth in dB (negative).

    Shape (n,). The curve follows half a cosine in dB on both sides of a line.
    """
    import numpy as np

    amount = np.zeros(count, dtype=np.float32)
    for first, last in spans:
        low, high = max(first - ATTACK, start), min(last + RELEASE, start + count)
        if low >= high:
            continue
        at = np.arange(low, high, dtype=np.float64)
        rise = np.clip((at - (first - ATTACK)) / ATTACK, 0.0, 1.0)
        fall = np.clip(((last + RELEASE) - at) / RELEASE, 0.0, 1.0)
        shape = (0.5 - 0.5 * np.cos(np.pi * np.minimum(rise, fall))).astype(np.float32)
        part = amount[low - start : high - start]
        np.maximum(part, shape, out=part)
    gain: NDArray[np.float32] = (10.0 ** (amount * (depth / 20.0))).astype(np.float32)
    return gain
