"""Segments keep the colours of those before them."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from scenes.diffusion.joining import joined_sound, matched


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


def test_sounds_of_segments_are_one_sound() -> None:
    """They overlap by the frame that both show, without a dip or a jump; where one is silent there is none."""
    tone = np.sin(np.arange(8000) / 20).astype(np.float32)
    whole = joined_sound([(tone[:4100], 1000), (tone[4000:], 1000)], Fraction(10))
    assert whole is not None
    samples, rate = whole
    assert (len(samples), rate) == (8000, 1000)
    assert np.array_equal(samples[:4000], tone[:4000])
    assert np.array_equal(samples[4100:], tone[4100:])
    assert np.abs(np.diff(samples)).max() < 0.1
    stereo = joined_sound([(np.ones((500, 2), np.float32), 1000)] * 3, Fraction(10))
    assert stereo is not None
    assert stereo[0].shape == (1300, 2)
    assert joined_sound([None, (tone, 1000)], Fraction(10)) is None
