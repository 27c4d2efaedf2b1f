"""Faces are found where they are, at any size of picture, and nothing else is taken for one."""

from __future__ import annotations

from hashlib import sha256
from importlib.resources import files

import numpy as np
import pytest

from scenes.backend import Frame
from scenes.faces import Face, faces, focus_on
from tests.scenes.portraits import portrait


@pytest.mark.parametrize(
    ("width", "height", "x", "y", "size"),
    [(640, 400, 200, 180, 110), (1600, 900, 1200, 300, 260), (300, 500, 150, 240, 90)],
)
def test_a_face_is_found_where_it_is(width: int, height: int, x: int, y: int, size: int) -> None:
    """Its middle and height come in parts of the picture, whatever the picture's size and shape."""
    found = faces(portrait(width, height, x, y, size))
    assert len(found) == 1
    assert found[0].x == pytest.approx(x / width, abs=0.1 * size / width)
    assert found[0].y == pytest.approx(y / height, abs=0.2 * size / height)
    assert found[0].size == pytest.approx(1.3 * size / height, rel=0.25)


def test_two_faces_come_largest_first() -> None:
    """Both are found, and the order is by size."""
    large, small = portrait(500, 500, 250, 230, 130), portrait(500, 500, 250, 250, 60)
    both: Frame = np.concatenate([small, large], axis=1)
    found = faces(both)
    assert len(found) == 2
    assert found[0].size > found[1].size
    assert found[0].x > 0.5 > found[1].x


def test_noise_and_emptiness_have_no_face() -> None:
    """Even and random pictures, and very small ones, give none."""
    dice = np.random.default_rng(3)
    for picture in (
        np.full((360, 640, 3), 128, np.uint8),
        dice.integers(0, 256, (360, 640, 3), dtype=np.uint8),
        np.zeros((4, 3, 3), np.uint8),
    ):
        assert faces(picture) == ()


def test_the_same_picture_gives_the_same_faces() -> None:
    """To the last digit."""
    picture = portrait(640, 400, 200, 180, 110)
    assert faces(picture) == faces(picture)


def test_the_focus_is_on_the_large_faces() -> None:
    """Between two of one size, on the larger one where the other is far behind or does not fit, nowhere without any."""
    assert focus_on((Face(0.2, 0.4, 0.2), Face(0.6, 0.4, 0.2))) == pytest.approx((0.4, 0.4))
    assert focus_on((Face(0.2, 0.4, 0.3), Face(0.9, 0.9, 0.05))) == pytest.approx((0.2, 0.4))
    assert focus_on((Face(0.2, 0.4, 0.2), Face(0.6, 0.4, 0.15)), room=(0.3, 1.0)) == pytest.approx((0.2, 0.4))
    assert focus_on(()) is None


def test_the_weights_are_those_that_their_licence_names() -> None:
    """The file beside the weights names their origin, licence and checksum."""
    folder = files("scenes") / "weights"
    told = (folder / "yunet.LICENSE.txt").read_text()
    assert sha256((folder / "yunet.onnx").read_bytes()).hexdigest() in told
    assert "MIT License" in told
