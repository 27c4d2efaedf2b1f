"""Frames between painted ones: in their place, without a seam, from whichever neighbour shows them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.backends.deforum.cadence import carried, completed, painted
from scenes.backends.deforum.warp import UNIT, Step, chained, matrix, sources
from tests.scenes.deforum.scenery import HEIGHT, WIDTH, levels, likeness, picture, waves

PIXEL = UNIT / HEIGHT


@given(st.integers(1, 200), st.integers(1, 16))
def test_painted_frames(frames: int, cadence: int) -> None:
    """The first and last frame are painted, and never are two painted ones farther apart than the cadence."""
    places = painted(frames, cadence)
    assert places[0] == 0
    assert places[-1] == frames - 1
    assert all(0 < later - earlier <= cadence for earlier, later in pairwise(places))


def test_cadence_one_passes_through() -> None:
    """Where every frame is painted, every frame comes back as it is."""
    frames = {frame: np.full((8, 8, 3), frame, np.uint8) for frame in range(5)}
    made = list(completed(frames, [Step(zoom=1.1)] * 5))
    assert all(made[frame] is frames[frame] for frame in range(5))


@pytest.mark.parametrize(
    "step", [Step(), Step(x=1.5 * PIXEL), Step(zoom=1.02), Step(zoom=0.985, angle=0.5), Step(turn=0.4)]
)
def test_no_seam(step: Step) -> None:
    """Over a world that stands still, frames between painted ones are what painting would have shown."""
    steps = [Step(), *[step] * 8]
    truth = []
    for frame in range(9):
        x, y = sources(chained(matrix(one, WIDTH, HEIGHT) for one in steps[1 : frame + 1]), WIDTH, HEIGHT)
        truth.append(levels(waves(x, y)))
    made = list(completed({frame: truth[frame] for frame in (0, 4, 8)}, steps))
    assert len(made) == 9
    for frame in (0, 4, 8):
        assert np.array_equal(made[frame], truth[frame])
    for frame in (1, 2, 3, 5, 6, 7):
        assert likeness(made[frame], truth[frame]) > 38
        assert likeness(made[frame], truth[frame], edge=10) > 44


def test_weights_are_linear() -> None:
    """Without a move the neighbours are mixed in proportion to their distance."""
    made = list(completed({0: np.zeros((20, 20, 3), np.uint8), 4: np.full((20, 20, 3), 200, np.uint8)}, [Step()] * 5))
    assert [int(frame[10, 10, 0]) for frame in made] == [0, 50, 100, 150, 200]


def test_what_one_bares_the_other_shows() -> None:
    """At the edge that comes into view only the later picture counts, at the one that leaves only the earlier."""
    black, white = np.zeros((HEIGHT, WIDTH, 3), np.uint8), np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    made = list(completed({0: black, 4: white}, [Step(x=8 * PIXEL)] * 5))
    assert made[2][45, 3, 0] > 240
    assert made[2][45, WIDTH - 3, 0] < 15
    assert made[2][45, WIDTH // 2, 0] == 128


def test_with_distances() -> None:
    """With the distances of painted frames a near thing lies between its places in both, once."""
    frames, near = {}, {}
    for frame, left in ((0, 60), (4, 72)):
        frames[frame] = np.full((HEIGHT, WIDTH, 3), 120, np.uint8)
        frames[frame][30:60, left : left + 30] = (220, 20, 20)
        near[frame] = np.zeros((HEIGHT, WIDTH), np.float32)
        near[frame][30:60, left : left + 30] = 1.0
    made = list(completed(frames, [Step(x=2 * PIXEL)] * 5, near))
    red = np.flatnonzero((made[2][45, :, 0].astype(int) - made[2][45, :, 1]) > 150)
    assert (red[0], red[-1]) == (66, 95)


def test_carried_in_one_go() -> None:
    """Several steps at once are sharper than one after the other, and no step leaves every level alone."""
    shown, step = picture(), Step(zoom=1.015, x=0.4 * PIXEL)
    x, y = sources(chained([matrix(step, WIDTH, HEIGHT)] * 8), WIDTH, HEIGHT)
    slow = shown
    for _ in range(8):
        slow = carried(slow, [step])
    assert likeness(carried(shown, [step] * 8), waves(x, y), edge=12) > likeness(slow, waves(x, y), edge=12)
    assert np.array_equal(carried(shown, [Step()] * 3), shown)
