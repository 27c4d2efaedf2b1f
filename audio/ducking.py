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

    gain = np.ones(count, dtype=np.float32)
    for first, last in spans:
        low, high = max(first - ATTACK, start), min(last + RELEASE, start + count)
        if low >= high:
            continue
        spoken = min(max(first, low), high), min(max(last, low), high)
        gain[spoken[0] - start : spoken[1] - start] = 10.0 ** (depth / 20.0)
        before, after = np.arange(low, spoken[0]), np.arange(spoken[1], high)
        for ramp, part in (
            (before, (before - (first - ATTACK)) / ATTACK),
            (after, ((last + RELEASE) - after) / RELEASE),
        ):
            shape = (0.5 - 0.5 * np.cos(np.pi * part)).astype(np.float32)
            own = gain[ramp[0] - start : ramp[-1] + 1 - start] if len(ramp) else gain[:0]
            np.minimum(own, 10.0 ** (shape * np.float32(depth / 20.0)), out=own)
    return gain
