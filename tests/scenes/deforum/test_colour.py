"""Colours are brought back, noise is of its own for each frame and seed, sharpening freshens edges."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from scenes.backends.deforum.colour import Grains, Match, matched, noised, sharpened
from tests.scenes.deforum.scenery import levels, likeness, picture

WAYS: tuple[Match, ...] = ("mean", "histogram")


def _lab(shown: np.ndarray) -> np.ndarray:
    return np.asarray(cv2.cvtColor(shown.astype(np.float32) / 255, cv2.COLOR_RGB2LAB))


@pytest.mark.parametrize("way", WAYS)
def test_a_picture_matches_itself(way: Match) -> None:
    """A picture matched to itself stays as it is."""
    shown = levels(picture() * 0.8 + 20)
    assert likeness(matched(shown, shown, way), shown) > 48


@pytest.mark.parametrize("way", WAYS)
def test_drift_is_undone(way: Match) -> None:
    """A picture that has become darker, redder and flatter has the reference's lightness and colours again."""
    shown = levels(picture() * 0.6 + 50)
    drifted = levels((shown.astype(np.float32) - 128) * 0.8 + [140, 112, 100])
    again = matched(drifted, shown, way)
    assert np.abs(_lab(again).mean(axis=(0, 1)) - _lab(shown).mean(axis=(0, 1))).max() < 0.5
    assert np.abs(_lab(again).std(axis=(0, 1)) - _lab(shown).std(axis=(0, 1))).max() < 1.0
    assert likeness(again, shown) > likeness(drifted, shown) + 8


def test_the_whole_distribution() -> None:
    """Matching by histogram gives an uneven light the reference's own levels; by mean it cannot."""
    shown = levels(np.repeat(picture()[..., :1] * 0.6 + 50, 3, axis=-1))
    bent = levels(255 * (shown / 255.0) ** 2.2)
    assert likeness(matched(bent, shown, "histogram"), shown) > likeness(matched(bent, shown, "mean"), shown) + 3


@pytest.mark.parametrize("way", WAYS)
def test_flat_pictures_are_not_blown_up(way: Match) -> None:
    """A picture of one colour takes the reference's colour and stays even."""
    flat = np.full((20, 30, 3), 90, np.uint8)
    after = matched(flat, levels(picture()), way)
    assert after.std(axis=(0, 1)).max() < 1.0


def test_no_matching() -> None:
    """`none` leaves every level alone."""
    shown = levels(picture())
    assert np.array_equal(matched(shown, levels(255 - picture()), "none"), shown)


@pytest.mark.parametrize("grains", ["gaussian", "uniform"])
def test_noise(grains: Grains) -> None:
    """Noise has the strength that is asked for, is the same for the same frame and seed, and another for others."""
    grey = np.full((90, 160, 3), 128.0, np.float32)
    first = noised(grey, 0.065, 5, 3, grains)
    assert float((first - grey).std()) == pytest.approx(0.065 * 127.5, rel=0.03)
    assert abs(float((first - grey).mean())) < 0.2
    assert np.array_equal(first, noised(grey, 0.065, 5, 3, grains))
    assert not np.array_equal(first, noised(grey, 0.065, 5, 4, grains))
    assert not np.array_equal(first, noised(grey, 0.065, 6, 3, grains))
    assert np.array_equal(noised(grey, 0.0, 5, 3, grains), grey)


def test_sharpening() -> None:
    """Fine detail grows by the amount; even places stay; a soft edge becomes steeper."""
    edge = np.zeros((20, 40, 3), np.float32)
    edge[:, 20:] = 150
    soft = np.asarray(cv2.GaussianBlur(edge + 40, (0, 0), 1.5))
    after = sharpened(soft, 0.5)
    assert np.abs(after[:, :8] - soft[:, :8]).max() < 0.01
    assert np.diff(after[10, :, 0]).max() > 1.05 * np.diff(soft[10, :, 0]).max()
    assert np.array_equal(sharpened(soft, 0.0), soft)


def test_types_stay() -> None:
    """Whole levels come back as whole levels, floats as floats."""
    for shown in (levels(picture()), picture()):
        for after in (matched(shown, shown), noised(shown, 0.1, 1, 1), sharpened(shown)):
            assert after.dtype == shown.dtype
            assert after.shape == shown.shape
