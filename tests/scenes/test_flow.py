"""Motion between two pictures, and the pictures in between."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.backend import Frame
from scenes.flow import between, both, is_cut


def moved(by: int, seed: int = 1) -> Frame:
    """A soft random picture, shifted to the right."""
    import cv2

    noise = np.random.default_rng(seed).integers(0, 256, (144, 256, 3), dtype=np.uint8)
    soft = cv2.GaussianBlur(noise, (0, 0), 4)
    stretched = cv2.normalize(soft, np.empty_like(soft), 0, 255, cv2.NORM_MINMAX)
    return np.ascontiguousarray(np.roll(stretched, by, axis=1))


@pytest.mark.parametrize("share", [1.0, 0.5])
def test_a_shift_is_found_both_ways(share: float) -> None:
    """The motion of a picture that was shifted is that shift, and its contrary on the way back."""
    forward, back = both(moved(0), moved(6), share)
    inside = (slice(30, -30), slice(40, -40))
    assert np.abs(forward[inside][..., 0].mean() - 6.0) < 0.4
    assert np.abs(back[inside][..., 0].mean() + 6.0) < 0.4
    assert np.abs(forward[inside][..., 1]).mean() < 0.4


def test_what_lies_between_is_half_way() -> None:
    """Half way between two shifted pictures lies the picture shifted by half, far better than a mere mixture."""
    first, second, due = moved(0), moved(8), moved(4)
    made = between(first, second, both(first, second), 0.5)
    inside = (slice(30, -30), slice(40, -40))
    error = np.abs(made[inside].astype(int) - due[inside]).mean()
    mixed = np.abs((first[inside].astype(int) + second[inside]) // 2 - due[inside]).mean()
    assert error < 3.0 < mixed


def test_both_ends_are_the_pictures_themselves() -> None:
    """At no part of the way the first picture is given, at all of it the second."""
    first, second = moved(0), moved(5)
    flows = both(first, second)
    assert np.abs(between(first, second, flows, 0.0).astype(int) - first).mean() < 0.5
    assert np.abs(between(first, second, flows, 1.0).astype(int) - second).mean() < 0.5


def test_a_cut_is_told_from_motion_and_light() -> None:
    """Another scene is a cut; a shift and a change of light are none."""
    first = moved(0)
    other = np.ascontiguousarray(np.clip(moved(0, 2).astype(int) // 4, 0, 255).astype(np.uint8))
    assert is_cut(first, other)
    assert not is_cut(first, moved(8))
    assert not is_cut(first, np.clip(first.astype(int) + 20, 0, 255).astype(np.uint8))


def test_a_cut_between_like_tones_is_told_from_a_fast_pan() -> None:
    """Another pattern in the same tones is a cut; the same one is none, however far it has moved or darkened."""
    first = moved(0)
    assert is_cut(first, moved(0, 2))
    assert not is_cut(first, moved(32))
    assert not is_cut(first, np.asarray(first // 2, np.uint8))
