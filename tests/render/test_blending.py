"""Mixing two coded pictures: exact, even, and in light where that is asked for."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from render.blending import FULL, dissolve, ease, halved, mask_of, reveal, rush
from render.light import decode, encode
from render.transition import planes, solid
from scenes.frames import I420, i420_to_rgb

SHAPE = (90 * 3 // 2, 160)


def noise(seed: int) -> I420:
    """A picture of independent levels from the whole of 8 bits."""
    return np.random.default_rng(seed).integers(0, 256, SHAPE, dtype=np.uint8)


def light_of(picture: I420) -> NDArray[np.float64]:
    """What light a picture of one colour stands for, by channel, 1 for white."""
    y, u, v = (float(plane[0, 0]) for plane in planes(picture))
    grey, blue, red = (y - 16) / 219, 1.8556 * (u - 128) / 224, 1.5748 * (v - 128) / 224
    green = -(0.2126 * red + 0.0722 * blue) / 0.7152
    return decode(np.array([grey + red, grey + green, grey + blue]))


@pytest.mark.parametrize("weight", [1, 9999, 32768, 40001, 65535])
def test_a_dissolve_is_exact_for_every_pair_of_levels(weight: int) -> None:
    """Each of the 65536 pairs is mixed to the nearest level, halves to the even one, so that nothing drifts."""
    old, new = (np.ascontiguousarray(grid.astype(np.uint8)) for grid in np.meshgrid(np.arange(256), np.arange(256)))
    exact = np.rint((old * (65536.0 - weight) + new * float(weight)) / 65536)
    assert np.array_equal(dissolve(old, new, weight / 65536), exact)


@pytest.mark.parametrize("linear", [False, True])
def test_a_dissolve_ends_in_its_pictures(linear: bool) -> None:
    """At 0 and 1 every level of both pictures comes back, those that are no colour of RGB too."""
    assert np.array_equal(dissolve(noise(1), noise(2), 0.0, linear=linear), noise(1))
    assert np.array_equal(dissolve(noise(1), noise(2), 1.0, linear=linear), noise(2))


def test_light_and_code_are_inverse() -> None:
    """Decoding and encoding give back the same values, below black and above white too."""
    values = np.linspace(-1, 2, 601)
    assert encode(decode(values)) == pytest.approx(values, abs=1e-9)
    assert decode(np.array([0.0, 1.0])) == pytest.approx([0, 1])


@pytest.mark.parametrize("share", [0.1, 0.5, 0.8])
@pytest.mark.parametrize(("old", "new"), [("#000000", "#ffffff"), ("#ff2000", "#0040ff"), ("#104020", "#f0e0d0")])
def test_linear_dissolves_mix_light(old: str, new: str, share: float) -> None:
    """The light of the mix is the mix of both lights, within what 8-bit levels can say."""
    tail, head = solid(SHAPE, old), solid(SHAPE, new)
    mixed = dissolve(tail, head, share, linear=True)
    due = light_of(tail) * (1 - share) + light_of(head) * share
    assert encode(light_of(mixed)) == pytest.approx(encode(due), abs=1.2 / 219 * 1.8556)


def test_a_linear_dissolve_is_brighter() -> None:
    """Half of white's light is far more than half of its code."""
    mixed = dissolve(solid(SHAPE, "#000000"), solid(SHAPE, "#ffffff"), 0.5, linear=True)
    assert int(planes(mixed)[0][0, 0]) == round(16 + 219 * (1.099 * 0.5**0.45 - 0.099))


def test_a_linear_mix_keeps_fine_chroma() -> None:
    """Chroma that changes from sample to sample is not softened: a mix with itself gives it back to the level."""
    picture = noise(3)
    assert np.array_equal(dissolve(picture, picture, 0.37, linear=True), picture)


def test_a_mask_shows_each_picture_where_it_says() -> None:
    """Nothing of the new picture where the mask is 0, nothing else where it is full, the mean between."""
    mask = np.zeros((90, 160), np.uint16)
    mask[:, 60:100] = FULL // 2
    mask[:, 100:] = FULL
    old, new = noise(1), noise(2)
    for linear in (False, True):
        shown = reveal(old, new, mask, linear=linear)
        for number, scale in enumerate((1, 2, 2)):
            plane, before, after = (planes(picture)[number] for picture in (shown, old, new))
            assert np.array_equal(plane[:, : 60 // scale], before[:, : 60 // scale])
            assert np.array_equal(plane[:, 100 // scale :], after[:, 100 // scale :])
    middle = planes(reveal(old, new, mask))[0][:, 60:100].astype(int)
    mean = (planes(old)[0][:, 60:100].astype(int) + planes(new)[0][:, 60:100]) / 2
    assert np.abs(middle - mean).max() <= 0.5


def test_a_mask_by_sample_and_one_weight_agree() -> None:
    """A mask of one value gives what a dissolve by that value gives, to the level that rounding leaves open."""
    mask = np.full((90, 160), 64, np.uint16)
    for linear, most in ((False, 1), (True, 1)):
        there = dissolve(noise(1), noise(2), 0.25, linear=linear).astype(int)
        assert np.abs(reveal(noise(1), noise(2), mask, linear=linear) - there).max() <= most


def test_chroma_sees_the_mean_of_its_mask() -> None:
    """A chroma sample weighs by the mean of its four luma samples."""
    mask = np.array([[0, 256, 256, 256], [0, 256, 0, 0]], np.uint16)
    assert halved(mask).tolist() == [[128, 128]]


def test_masks_move_over_the_field() -> None:
    """At 0 a front has reached nothing, at 1 all, whatever its softness."""
    field = np.linspace(0, 1, 64, dtype=np.float32).reshape(8, 8)
    for softness in (0.02, 0.5, 1):
        assert mask_of(field, 0, softness).max() == 0
        assert mask_of(field, 1, softness).min() == FULL
        assert 0 < mask_of(field, 0.5, softness).mean() < FULL


@pytest.mark.parametrize("pace", [ease, rush])
def test_paces_rest_at_both_ends(pace: type) -> None:
    """From 0 to 1, symmetrical, and slow at the ends."""
    assert [pace(0.0), pace(0.5), pace(1.0)] == [0, 0.5, 1]
    assert pace(0.02) < 0.002
    assert pace(0.3) + pace(0.7) == pytest.approx(1)


def test_a_linear_mix_shows_no_strange_colours() -> None:
    """Between red and green the mix is a yellow, and brighter than the mean of the codes."""
    red, green = solid(SHAPE, "#ff0000"), solid(SHAPE, "#00ff00")
    mixes = (dissolve(red, green, 0.5, linear=linear) for linear in (True, False))
    light, code = (i420_to_rgb(mix)[40, 40].astype(int) for mix in mixes)
    assert abs(light[0] - light[1]) < 6
    assert light[2] < 8
    assert light[0] > code[0] + 40
