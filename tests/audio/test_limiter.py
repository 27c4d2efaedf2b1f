"""The limiter: true peaks held, nothing else touched, and a stretch alone is the film's."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from audio.signal import limiter, loudness
from audio.signal.limiter import CONTEXT
from audio.voice import RATE, Samples

Tone = Callable[..., Samples]


def rough(seconds: float, seed: int = 0) -> Samples:
    """Noise that swells up and down, with bursts far over full scale."""
    length = round(seconds * RATE)
    dice = np.random.default_rng(seed)
    swell = 0.1 + 0.9 * np.sin(np.arange(length) / 30_000)[:, None] ** 2
    sound = dice.standard_normal((length, 2)) * 0.15 * swell
    for at in dice.integers(0, length - 500, 8):
        sound[at : at + 300] *= 6
    return sound.astype(np.float32)


def test_limiter_holds_true_peak(tone: Tone) -> None:
    """Loud sound comes out under the ceiling even between samples, and sound below it is untouched."""
    loud = tone(0.5, 11_997.0, 0.2)
    loud[RATE // 4 : RATE // 4 + 2000] *= 8.0
    ceiling = loudness.amplitude(-1.5)
    held = limiter.limited(loud, ceiling)
    assert float(loudness.oversampled_peak(held).max()) <= ceiling * 1.005
    assert np.array_equal(held[:4000], loud[:4000])


@pytest.mark.parametrize("ceiling", [-1.5, -6.0])
def test_bursts_are_held_too(ceiling: float) -> None:
    """Rough sound with bursts of a few milliseconds keeps the ceiling, measured between samples."""
    held = limiter.limited(rough(2.0), loudness.amplitude(ceiling))
    assert loudness.of_samples(held).true_peak <= ceiling + 0.02


def test_a_stretch_alone_is_limited_as_within_the_film() -> None:
    """With CONTEXT samples around it, any stretch gets bit for bit the gain that it gets in the whole film."""
    film = rough(6.0)
    ceiling = loudness.amplitude(-3.0)
    whole = limiter.gain_curve(film, ceiling)
    assert whole.min() < 0.5
    for first, last in ((0, 50_000), (40_960, 90_000), (143_360, 200_000), (230_001, len(film))):
        low, high = max(0, first - CONTEXT), min(len(film), last + CONTEXT)
        alone = limiter.gain_curve(film[low:high], ceiling)
        assert np.array_equal(alone[first - low : first - low + last - first], whole[first:last])


def test_stretches_are_limited_as_everything_at_once() -> None:
    """Reckoning only around the peaks gives bit for bit what reckoning every sample gives, also where peaks crowd."""
    film = rough(4.0, 3)
    film[:20_000] *= 0.1
    film[-300:] *= 8
    for ceiling in (0.2, 0.7, 1.5):
        every = limiter._curve(loudness.peak_over(film, ceiling), ceiling)
        assert np.array_equal(limiter.gain_curve(film, ceiling), every)
        assert every.min() < 1.0


def test_the_gain_moves_gently() -> None:
    """Around a click the gain falls and rises within 60 ms on each side, without a step."""
    click = np.zeros((RATE, 1), np.float32)
    click[RATE // 2] = 4.0
    curve = limiter.gain_curve(click, 0.5)
    assert np.abs(np.diff(curve)).max() < 0.002
    moved = np.flatnonzero(curve < 1.0)
    assert RATE // 2 - moved[0] <= 2 * limiter.REACH + 2
    assert moved[-1] - RATE // 2 <= 2 * limiter.REACH + 2


def test_silence_and_nothing_pass() -> None:
    """Silence keeps the gain 1, and no samples give no gain."""
    assert limiter.gain_curve(np.zeros((500, 2), np.float32), 0.5).tolist() == [1.0] * 500
    assert len(limiter.gain_curve(np.zeros((0, 2), np.float32), 0.5)) == 0
