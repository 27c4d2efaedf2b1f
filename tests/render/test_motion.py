"""Strips that run through the frame and zooms: where things are, and what the shutter makes of them."""

from __future__ import annotations

import numpy as np
import pytest

from render.motion import DIRECTIONS, exposure, filled, run_past, scaled, streaked
from render.transition import planes, solid
from scenes.frames import I420

WIDTH, HEIGHT = 46, 26
SHAPE = (HEIGHT * 3 // 2, WIDTH)


def noise(seed: int) -> I420:
    """A picture in which every place can be told apart."""
    return np.random.default_rng(seed).integers(16, 236, SHAPE, dtype=np.uint8)


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_a_strip_shows_its_tiles_in_turn(direction: str) -> None:
    """At each whole number a tile fills the frame, up to the last one."""
    tiles = [noise(number) for number in range(4)]
    for number, tile in enumerate(tiles):
        assert np.array_equal(run_past(tiles, direction, number, number), tile)


def test_planes_move_together() -> None:
    """An edge in luma and its edge in chroma stand at the same place, wherever the strip is."""
    tiles = [solid(SHAPE, "#ff0000"), solid(SHAPE, "#0000ff")]
    for place in np.linspace(0, 1, 23):
        y, u, _ = planes(run_past(tiles, "left", float(place), float(place)))
        assert int((y[0] == y[0, 0]).sum()) == 2 * int((u[0] == u[0, 0]).sum())


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_a_strip_is_blurred_over_what_passes(direction: str) -> None:
    """The mean of an even picture is the picture, and halfway between black and white there is a slope."""
    tiles = [solid(SHAPE, "#000000"), solid(SHAPE, "#ffffff")]
    luma = planes(run_past(tiles, direction, 0.2, 0.8))[0].astype(int)
    line = luma[0] if direction in ("left", "right") else luma[:, 0]
    steps = np.diff(line if direction in ("left", "up") else line[::-1])
    assert steps.min() >= 0
    assert 0 < steps.max() < 40
    assert line.mean() == pytest.approx((16 + 235) / 2, abs=12)


def test_the_end_of_a_strip_is_never_passed() -> None:
    """However the way is cut, the shutter closes on the last tile."""
    tiles = [noise(number) for number in range(4)]
    for frames in range(2, 40):
        for number in range(frames + 2):
            begin, end = exposure(number / (frames + 1), 1 / (frames + 1))
            assert 0 <= begin <= end <= 1
            run_past(tiles, "left", begin * 3, end * 3)


def test_scale_one_changes_nothing() -> None:
    """A picture at its own scale, without growth, comes back to the bit."""
    picture = noise(1)
    assert np.array_equal(filled(streaked(scaled(picture, 1.0), 1.0), SHAPE), picture)


@pytest.mark.parametrize("scale", [0.25, 0.5, 3.0])
@pytest.mark.parametrize("coarse", [1, 2])
def test_scaling_keeps_the_middle(scale: float, coarse: int) -> None:
    """A bright spot in the middle stays there, at full and at half sampling, in luma and in chroma."""
    picture = solid((288, 320), "#000000")
    y, u, _ = planes(picture)
    y[86:106, 150:170] = 235
    u[43:53, 75:85] = 200
    shown = planes(filled(scaled(picture, scale, coarse), picture.shape))
    for plane, floor, size in ((shown[0], 16, (192, 320)), (shown[1], 128, (96, 160))):
        middle = plane[size[0] // 4 : size[0] * 3 // 4, size[1] // 4 : size[1] * 3 // 4].astype(float) - floor
        rows, columns = np.indices(middle.shape)
        assert (middle * rows).sum() / middle.sum() == pytest.approx((middle.shape[0] - 1) / 2, abs=0.3)
        assert (middle * columns).sum() / middle.sum() == pytest.approx((middle.shape[1] - 1) / 2, abs=0.3)


def test_streaks_point_away_from_the_middle() -> None:
    """Under growth a spot to the right of the middle is drawn out sideways and hardly up or down."""
    picture = solid((270, 320), "#000000")
    planes(picture)[0][88:92, 240:244] = 235
    luma = filled(streaked(scaled(picture, 1.0), 1.15), picture.shape)[:180].astype(int) - 16
    rows, columns = (np.flatnonzero(luma.max(axis=axis) > 4) for axis in (1, 0))
    assert columns.size > 2 * rows.size
    assert columns.max() > 248
