"""Moves by distance: near things go farther, nothing is torn, bared places are painted from behind."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.backends.deforum.depth import moved, places
from scenes.backends.deforum.warp import Step, matrix, pose, warped
from tests.scenes.deforum.scenery import HEIGHT, WIDTH, levels, likeness, picture

SCALE = 512 / HEIGHT


@pytest.mark.parametrize("step", [Step(x=20), Step(zoom=1.08), Step(turn=2, y=6), Step(angle=4, z=3)])
def test_a_plane_moves_as_a_flat_picture(step: Step) -> None:
    """With the same middle distance everywhere the move is that of a flat picture."""
    near = np.full((HEIGHT, WIDTH), 0.5, np.float32)
    flat = warped(levels(picture()), matrix(step, WIDTH, HEIGHT))
    deep = moved(levels(picture()), near, pose(step, WIDTH, HEIGHT))
    assert likeness(flat, deep, edge=12) > 50


def _box() -> tuple[np.ndarray, np.ndarray]:
    """A red box (rows 30-60, columns 60-90) before a grey wall, and its nearness."""
    shown = np.full((HEIGHT, WIDTH, 3), 120, np.uint8)
    shown[:, ::8] = 90
    near = np.zeros((HEIGHT, WIDTH), np.float32)
    shown[30:60, 60:90] = (220, 20, 20)
    near[30:60, 60:90] = 1.0
    return shown, near


def test_near_things_move_more() -> None:
    """Passing by moves a near box by half as much again, the far wall by half, and leaves no second box."""
    shown, near = _box()
    after = moved(shown, near, pose(Step(x=8 * SCALE), WIDTH, HEIGHT))
    red = (after[..., 0].astype(int) - after[..., 1]) > 120
    columns = np.flatnonzero(red[45])
    assert (columns[0], columns[-1]) == (72, 101)
    assert abs(int(red.sum()) - 900) < 70
    # A stripe of the wall, four pixels on.
    assert after[10, 8 + 4, 0] < 100 < after[10, 8, 0]


def test_bared_places_are_known() -> None:
    """Just behind what moved on something is bared, and nowhere else."""
    _, near = _box()
    bared = places(near, pose(Step(x=8 * SCALE), WIDTH, HEIGHT)).bared
    assert bared[45, 66:71].all()
    assert not bared[:, 110:].any()
    assert not bared[:25].any()
    assert not bared[:, 5:55].any()


def test_bared_places_show_the_wall() -> None:
    """What is bared is painted in the colours around it, not left as a copy of the box."""
    shown, near = _box()
    after = moved(shown, near, pose(Step(x=8 * SCALE), WIDTH, HEIGHT)).astype(int)
    hole = after[34:56, 64:71]
    assert (hole[..., 0] - hole[..., 1]).max() < 20


def test_nearer_grows_more() -> None:
    """Walking up to a near box enlarges it more than a flat zoom does."""
    shown, near = _box()
    after = moved(shown, near, pose(Step(zoom=1.2), WIDTH, HEIGHT))
    red = (after[..., 0].astype(int) - after[..., 1]) > 120
    flat = warped(shown, matrix(Step(zoom=1.2), WIDTH, HEIGHT))
    assert red.sum() > 1.05 * ((flat[..., 0].astype(int) - flat[..., 1]) > 120).sum()


def test_floats_stay_floats() -> None:
    """A float picture comes back as one, within its range and finite, however far the camera goes."""
    near = np.linspace(0, 1, HEIGHT * WIDTH, dtype=np.float32).reshape(HEIGHT, WIDTH)
    for step in (Step(x=3), Step(x=500, z=90, turn=30), Step(zoom=0.5, tilt=-30)):
        after = moved(picture(), near, pose(step, WIDTH, HEIGHT))
        assert after.dtype == np.float32
        assert np.isfinite(after).all()
        assert after.min() >= 0
        assert after.max() <= 255
