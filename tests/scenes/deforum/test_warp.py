"""Flat moves: exact in place, reversible, sharp after many, and the same at any size."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenes.backends.deforum.warp import UNIT, Border, Step, chained, covered, matrix, pose, sources, warped
from tests.scenes.deforum.scenery import HEIGHT, WIDTH, levels, likeness, picture, waves

SMALL = st.floats(-4.0, 4.0)
STEPS = st.builds(Step, zoom=st.floats(0.8, 1.25), angle=SMALL, x=SMALL, y=SMALL, z=SMALL, tilt=SMALL, turn=SMALL)
PIXEL = UNIT / HEIGHT


@pytest.mark.parametrize(("x", "y"), [(7, 0), (-5, 0), (0, 4), (3, -6)])
def test_translation_moves_a_dot_exactly(x: int, y: int) -> None:
    """A shift of whole pixels moves a dot by just that: to the right and down."""
    dot = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    dot[40, 70] = (255, 200, 100)
    moved = warped(dot, matrix(Step(x=x * PIXEL, y=y * PIXEL), WIDTH, HEIGHT))
    wanted = np.zeros_like(dot)
    wanted[40 + y, 70 + x] = (255, 200, 100)
    assert np.array_equal(moved, wanted)


def test_nothing_to_do() -> None:
    """The step that does nothing gives the same bytes, in an array of its own."""
    before = levels(picture())
    after = warped(before, matrix(Step(), WIDTH, HEIGHT))
    assert np.array_equal(after, before)
    assert after is not before


@pytest.mark.parametrize("zoom", [1.1, 1.3])
def test_zoom_and_back(zoom: float) -> None:
    """A picture drawn nearer and put back is what it was, as far as it was seen."""
    near = warped(levels(picture()), matrix(Step(zoom=zoom), WIDTH, HEIGHT))
    again = warped(near, matrix(Step(zoom=1 / zoom), WIDTH, HEIGHT))
    assert likeness(again, levels(picture()), edge=24) > 45


def test_zoom_enlarges_about_its_centre() -> None:
    """What lies at the centre stays, and a dot right of it goes on to the right by the zoom."""
    move = matrix(Step(zoom=1.5), 100, 60, centre=(0.25, 0.5))
    middle = np.array([24.5, 29.5, 1.0])
    assert move @ middle / (move @ middle)[2] == pytest.approx(middle)
    moved = move @ (middle + np.array([10, -4, 0]))
    assert moved / moved[2] == pytest.approx(middle + np.array([15, -6, 0]))


@pytest.mark.parametrize(
    ("step", "place", "sign"),
    [
        (Step(angle=5), (140, 45), (0, -1)),
        (Step(roll=5), (140, 45), (0, -1)),
        (Step(turn=3), (79.5, 44.5), (-1, 0)),
        (Step(tilt=3), (79.5, 44.5), (0, 1)),
        (Step(z=5), (140, 44.5), (1, 0)),
        (Step(x=5), (79.5, 44.5), (1, 0)),
        (Step(y=5), (79.5, 44.5), (0, 1)),
    ],
)
def test_directions(step: Step, place: tuple[float, float], sign: tuple[int, int]) -> None:
    """Each part of a step moves the picture the way that it says."""
    move = matrix(step, WIDTH, HEIGHT)
    x, y, w = move @ np.array([*place, 1.0])
    way = (x / w - place[0], y / w - place[1])
    for found, wanted in zip(way, sign, strict=True):
        assert (np.sign(found) == wanted) if wanted else abs(found) < 2.0


def test_ten_steps_do_not_smear() -> None:
    """After ten steps of a slow move the picture is as sharp, and lies where it should, as if drawn there."""
    step = Step(zoom=1.01, x=0.9)
    shown = levels(picture())
    for _ in range(10):
        shown = warped(shown, matrix(step, WIDTH, HEIGHT))
    x, y = sources(chained([matrix(step, WIDTH, HEIGHT)] * 10), WIDTH, HEIGHT)
    assert likeness(shown, levels(waves(x, y)), edge=15) > 42


def test_a_very_slow_move_goes_on() -> None:
    """A hundred steps of a fiftieth of a pixel come to two pixels, in floats."""
    shown = picture()
    move = matrix(Step(x=0.02 * PIXEL), WIDTH, HEIGHT)
    for _ in range(100):
        shown = warped(shown, move)
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float64)
    assert shown.dtype == np.float32
    assert likeness(shown, waves(x - 2.0, y), edge=15) > 45


@pytest.mark.parametrize(("border", "column"), [("replicate", 0), ("reflect", 5), ("wrap", 155)])
def test_borders(border: Border, column: int) -> None:
    """What comes in from outside is the edge drawn out, the mirror image, or the other side."""
    before = levels(picture())
    after = warped(before, matrix(Step(x=5 * PIXEL), WIDTH, HEIGHT), border)
    assert np.abs(after[:, 0].astype(int) - before[:, column].astype(int)).max() <= 1


@settings(max_examples=50, deadline=None)
@given(STEPS, STEPS)
def test_one_move_for_two(one: Step, other: Step) -> None:
    """Points go through a chain as through its links, and come back through the inverse."""
    links = [matrix(step, WIDTH, HEIGHT) for step in (one, other)]
    whole = chained(links)
    x, y = sources(whole, WIDTH, HEIGHT)
    back = whole @ np.stack([x.ravel(), y.ravel(), np.ones(x.size)])
    grid = np.mgrid[0:HEIGHT, 0:WIDTH]
    assert np.allclose(back[0] / back[2], grid[1].ravel(), atol=1e-6)
    assert np.allclose(back[1] / back[2], grid[0].ravel(), atol=1e-6)


@settings(max_examples=50, deadline=None)
@given(STEPS, st.floats(0.2, 0.8))
def test_plane_at_distance_one(step: Step, centre: float) -> None:
    """What hangs at distance 1 goes where the flat move says."""
    point = np.array([100.0, 20.0, 1.0])
    flat = matrix(step, WIDTH, HEIGHT, (centre, 0.5)) @ point
    lens = matrix_of_the_lens()
    walked = lens @ (pose(step, WIDTH, HEIGHT, (centre, 0.5)) @ np.array([*(np.linalg.inv(lens) @ point), 1.0]))[:3]
    assert walked[:2] / walked[2] == pytest.approx(flat[:2] / flat[2], abs=1e-6)


def matrix_of_the_lens() -> np.ndarray:
    """Points before a camera that sees 40 degrees across the shorter side, to pixels."""
    length = HEIGHT / 2 / np.tan(np.radians(20))
    return np.array([[length, 0, (WIDTH - 1) / 2], [0, length, (HEIGHT - 1) / 2], [0, 0, 1]])


def test_the_same_at_any_size() -> None:
    """A step takes the same part of a picture at twice the size."""
    step = Step(zoom=1.1, angle=3, x=20, y=-9, turn=2)
    small, large = matrix(step, 160, 90), matrix(step, 320, 180)
    for x, y in ((0.1, 0.2), (0.5, 0.5), (0.9, 0.7)):
        one = small @ np.array([x * 160 - 0.5, y * 90 - 0.5, 1.0])
        two = large @ np.array([x * 320 - 0.5, y * 180 - 0.5, 1.0])
        assert (one[:2] / one[2] + 0.5) * 2 == pytest.approx(two[:2] / two[2] + 0.5)


def test_covered() -> None:
    """Places well inside count wholly, those outside not at all."""
    x, y = sources(matrix(Step(x=20 * PIXEL), WIDTH, HEIGHT), WIDTH, HEIGHT)
    sure = covered(x, y, WIDTH, HEIGHT)
    assert sure[45, 80] == 1.0
    assert sure[45, 10] == 0.0
    assert 0.0 < sure[45, 20] < 1.0
