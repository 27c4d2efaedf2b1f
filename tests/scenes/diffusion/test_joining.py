"""Segments keep the colours of those before them."""

from __future__ import annotations

import numpy as np

from scenes.diffusion.joining import matched


def test_drift_is_taken_back() -> None:
    """A segment that came out darker and flatter gets mean and spread of the frame that it goes on from."""
    before = np.random.default_rng(2).integers(60, 200, (24, 32, 3), dtype=np.uint8)
    drifted = np.stack([(before * 0.9 - 20).astype(np.uint8), (before * 0.9 - 10).astype(np.uint8)])
    found = matched(drifted, before).astype(float)
    assert np.abs(found[0].mean((0, 1)) - before.mean((0, 1))).max() < 1.5
    assert np.abs(found[0].std((0, 1)) - before.std((0, 1))).max() < 1.5
    assert (found[1].mean((0, 1)) > found[0].mean((0, 1)) + 5).all()


def test_what_does_not_drift_stays() -> None:
    """A first frame like the one before it leaves the segment as it is, to a level."""
    frames = np.random.default_rng(3).integers(0, 256, (3, 24, 32, 3), dtype=np.uint8)
    assert np.abs(matched(frames, frames[0]).astype(int) - frames).max() <= 1
