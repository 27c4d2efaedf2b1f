"""Camera words: the move that each one says, whole at any length, rate and size."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from scenes.backends.deforum.cameras import COURSES, steps
from scenes.backends.deforum.warp import Step, chained, matrix
from scenes.moves import MOVES

RATE = Fraction(24)


def _went(word: str, point: tuple[float, float], frames: int = 24, width: int = 160, height: int = 90) -> np.ndarray:
    """How far a point (fractions of the sides) of the first picture has gone by the last, in fractions."""
    made = steps(word, frames, RATE, width / height, 7)
    place = np.array([point[0] * width - 0.5, point[1] * height - 0.5, 1.0])
    x, y, w = chained(matrix(step, width, height) for step in made) @ place
    return np.array([(x / w - place[0]) / width, (y / w - place[1]) / height])


def test_every_word_has_a_course() -> None:
    """The words are those that moves over stills know."""
    assert set(COURSES) == set(MOVES)


@pytest.mark.parametrize(
    ("word", "way"),
    [
        ("pan left", (1, 0)),
        ("pan right", (-1, 0)),
        ("tilt up", (0, 1)),
        ("tilt down", (0, -1)),
        ("truck left", (1, 0)),
        ("truck right", (-1, 0)),
        ("crane up", (0, 1)),
        ("crane down", (0, -1)),
        ("whip pan", (-1, 0)),
        ("tracking", (-1, 0)),
    ],
)
def test_the_picture_goes_against_the_camera(word: str, way: tuple[int, int]) -> None:
    """What lies in the middle goes the other way than the camera, by a good part of the picture, and only that way."""
    along, across = _went(word, (0.5, 0.5))[:: 1 if way[0] else -1]
    assert 0.25 < along * (way[0] or way[1]) <= 1.01
    assert abs(across) < 0.02


@pytest.mark.parametrize(
    ("word", "grows"),
    [("dolly in", 1), ("zoom in", 1), ("fly over", 1), ("dolly out", -1), ("zoom out", -1), ("reveal", -1)],
)
def test_growth(word: str, grows: int) -> None:
    """Two points draw apart where the camera comes nearer, and together where it goes away."""
    apart = _went(word, (0.6, 0.5))[0] - _went(word, (0.4, 0.5))[0]
    assert apart * grows > 0.04


def test_orbit_keeps_its_middle() -> None:
    """A camera that goes round to the right keeps what lies in the middle and comes nearer to the right side."""
    assert np.abs(_went("orbit", (0.5, 0.5))).max() < 0.005
    right = _went("orbit", (0.9, 0.8))[1] - _went("orbit", (0.9, 0.2))[1]
    left = _went("orbit", (0.1, 0.8))[1] - _went("orbit", (0.1, 0.2))[1]
    assert right > 0.05
    assert left < -0.05


@pytest.mark.parametrize("word", ["static", "rack focus"])
def test_standing_still(word: str) -> None:
    """Nothing moves where the camera stands."""
    assert set(steps(word, 10, RATE, 1.5, 3)) == {Step()}


@pytest.mark.parametrize("word", [word for word in COURSES if word not in ("handheld",)])
def test_whole_at_any_length_and_size(word: str) -> None:
    """The whole move is the same over a few frames or many, and at another size of the same shape."""
    for point in ((0.5, 0.5), (0.7, 0.3)):
        wanted = _went(word, point, 25)
        assert _went(word, point, 200) == pytest.approx(wanted, abs=0.04)
        assert _went(word, point, 25, 320, 180) == pytest.approx(wanted, abs=0.005)


@pytest.mark.parametrize("word", list(COURSES))
def test_moderate_and_eased(word: str) -> None:
    """No step jumps, none is undefined, and a move on a head starts slower than it is in the middle."""
    made = steps(word, 49, RATE, 16 / 9, 1)
    assert len(made) == 49
    assert made[0] == Step()
    for step in made[1:]:
        assert 0.9 < step.zoom < 1.1
        assert max(abs(step.x), abs(step.y)) < 110
        assert max(abs(step.tilt), abs(step.turn), abs(step.roll)) < 2
    if COURSES[word].pace == "soft" and word not in ("static", "handheld", "rack focus"):
        speed = [abs(math.log(step.zoom)) * 512 + abs(step.x) + abs(step.y) for step in made]
        assert speed[1] < 0.5 * speed[24] > 2 * speed[48] * 0.5


def test_a_hand_sways_round_its_place() -> None:
    """A hand's unrest comes from the seed, stays small however long it lasts, and has no jerks."""
    made = steps("handheld", 480, RATE, 16 / 9, 3)
    assert made == steps("handheld", 480, RATE, 16 / 9, 3)
    assert made != steps("handheld", 480, RATE, 16 / 9, 4)
    across, rolled = np.cumsum([step.x for step in made]), np.cumsum([step.roll for step in made])
    assert 3 < np.ptp(across) < 30
    assert 0.1 < np.ptp(rolled) < 4
    assert max(abs(step.x) for step in made) < 2.5


@pytest.mark.parametrize("frames", [1, 2])
def test_shortest_clips(frames: int) -> None:
    """One frame stands; two make the whole move."""
    made = steps("dolly in", frames, RATE, 1.0, 1)
    assert math.prod(step.zoom for step in made) == pytest.approx(1.0 if frames == 1 else 1.35)
