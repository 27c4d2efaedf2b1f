"""The clock: a hand sweeps once round the frame and uncovers the new picture."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from render.blending import FULL, Field, Mask, ease, reveal, rounded
from render.transition import Way, size_of
from scenes.frames import I420

EDGE = 0.015
"""Width of the hand's soft edge as a part of the frame's shorter side."""
WIDEST = 0.08
"""The most of a turn that the edge covers: near the middle, where a turn is short."""


class Clock:
    """A hand sweeps once round the frame, from twelve o'clock on, and uncovers the new picture behind it."""

    name = "clock"
    detour = False

    def options(self) -> Sequence[str]:
        """A clock takes none."""
        return ()

    def blend(self, tail: I420, head: I420, progress: float, way: Way) -> I420:
        """The new picture behind the hand, the old one before it."""
        return reveal(tail, head, _swept(*size_of(tail), ease(progress)), linear=way.linear)


def _swept(height: int, width: int, progress: float) -> Mask:
    """What the hand has passed. Its trailing edge is soft too, until the hand comes round and closes the gap."""
    ahead, sharp = _dial(height, width)
    hand = np.float32(progress * (1 + WIDEST))
    shown = hand * sharp
    shown -= ahead
    np.maximum(shown, 0, out=shown)
    np.minimum(shown, ahead, out=shown)
    if hand > 1:
        again = (hand - 1) * sharp
        again -= ahead
        np.maximum(again, 0, out=again)
        np.minimum(shown, FULL, out=shown)
        shown += again
    return rounded(shown)


@lru_cache(maxsize=2)
def _dial(height: int, width: int) -> tuple[Field, Field]:
    """For each luma sample how far the hand's edge is behind it when the hand sets out, and after how much of a turn.

    Both in steps of a mask: from 0 at twelve o'clock, and the steps of a whole turn.
    """
    down = np.arange(height, dtype=np.float32)[:, np.newaxis] - np.float32((height - 1) / 2)
    across = np.arange(width, dtype=np.float32)[np.newaxis, :] - np.float32((width - 1) / 2)
    turn = (np.arctan2(across, -down) / np.float32(2 * math.pi)) % np.float32(1)
    around = np.sqrt(down * down + across * across) * np.float32(2 * math.pi / (EDGE * min(height, width)))
    sharp: Field = np.maximum(around, np.float32(1 / WIDEST)) * np.float32(FULL)
    ahead: Field = turn * sharp
    for field in (ahead, sharp):
        field.flags.writeable = False
    return ahead, sharp
