"""Recursive filters by blocks."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.signal import butter, sosfilt

from audio.signal.loudness import K_WEIGHTING
from audio.signal.recursive import BLOCK, Section, filtered

ONE_POLE: Section = (0.01, 0.0, 0.0, 1.0, -0.99, 0.0)


def sections(*made: object) -> tuple[Section, ...]:
    """The sections of a filter that scipy designs."""
    return tuple(tuple(float(value) for value in row) for row in butter(*made, fs=48_000, output="sos"))  # type: ignore[misc]


CASCADES = {
    "loudness": K_WEIGHTING,
    "one pole": (ONE_POLE,),
    "first order": sections(1, 1400.0, "lowpass"),
    "rumble": sections(2, 70.0, "highpass"),
    "very low": sections(2, 4.0, "lowpass"),
    "band": sections(2, [300.0, 2500.0], "bandpass"),
    "steep": sections(4, [150.0, 6000.0], "bandpass"),
}


@pytest.mark.parametrize("name", list(CASCADES))
@pytest.mark.parametrize("count", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 50_000])
def test_as_sample_by_sample(name: str, count: int) -> None:
    """Any cascade gives what reckoning sample by sample gives, for every length, and channels stay apart."""
    planes = np.random.default_rng(count).standard_normal((2, count)) * [[1.0], [0.1]] + [[0.3], [0.0]]
    due = sosfilt(np.array(CASCADES[name]), planes, axis=1) if count else planes
    found = filtered(CASCADES[name], planes)
    assert found.shape == planes.shape
    assert np.abs(found - due).max(initial=0.0) < 1e-9


def test_single_precision_stays_single() -> None:
    """Samples of 32 bits stay so, and are off by no more than rounding such samples is, steady parts and all."""
    planes = np.random.default_rng(1).standard_normal((2, 200_000)).astype(np.float32) * np.float32(0.1) + np.float32(
        0.5
    )
    found = filtered(K_WEIGHTING, planes)
    assert found.dtype == np.float32
    assert np.abs(found - sosfilt(np.array(K_WEIGHTING), planes.astype(np.float64), axis=1)).max() < 1e-6


def test_same_again() -> None:
    """The same samples give the same bits every time."""
    planes = np.random.default_rng(2).standard_normal((2, 100_001)).astype(np.float32)
    assert np.array_equal(filtered(K_WEIGHTING, planes), filtered(K_WEIGHTING, planes.copy()))
