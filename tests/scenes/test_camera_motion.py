"""The camera's own motion: found as it is, whatever else moves, and told apart from it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from scenes.backend import Frame
from scenes.camera_motion import camera_motion, carried, glanced
from scenes.flow import motion


@pytest.fixture
def view() -> Callable[..., Frame]:
    """A soft texture as a camera sees it that was shifted, turned (radians) and drawn nearer (factor)."""
    import cv2

    noise = np.random.default_rng(8).normal(0, 1, (500, 700, 3)).astype(np.float32)
    soft = cv2.GaussianBlur(noise, (0, 0), 4)
    whole = cv2.normalize(soft, np.empty_like(soft), 0, 255, cv2.NORM_MINMAX)

    def seen(x: float = 0.0, y: float = 0.0, turn: float = 0.0, nearer: float = 1.0) -> Frame:
        a, b = nearer * np.cos(turn), nearer * np.sin(turn)
        move = np.array([[a, -b, 159.5 - 350 * a + 250 * b + x], [b, a, 89.5 - 350 * b - 250 * a + y]])
        return np.asarray(cv2.warpAffine(whole, move, (320, 180)), np.uint8)

    return seen


def found(first: Frame, second: Frame) -> list[float]:
    """Shift, turn and growth from one picture to another."""
    import cv2

    grey = np.asarray(cv2.cvtColor(first, cv2.COLOR_RGB2GRAY), np.uint8)
    return [float(one) for one in camera_motion(grey, motion(first, second))]


@pytest.mark.parametrize(
    ("moved", "due"),
    [
        ({"x": 4.0, "y": -2.5}, (4.0, -2.5, 0.0, 0.0)),
        ({"turn": 0.02}, (0.0, 0.0, 0.02, 0.0)),
        ({"nearer": 1.03}, (0.0, 0.0, 0.0, np.log(1.03))),
        ({"x": -3.0, "turn": -0.01, "nearer": 0.98}, (-3.0, 0.0, -0.01, np.log(0.98))),
    ],
)
def test_shift_turn_and_growth_are_found(
    view: Callable[..., Frame], moved: dict[str, float], due: tuple[float, ...]
) -> None:
    """Within a tenth of a pixel and two thousandths."""
    made = found(view(), view(**moved))
    assert made[:2] == pytest.approx(due[:2], abs=0.1)
    assert made[2:] == pytest.approx(due[2:], abs=0.002)


def test_what_goes_its_own_way_is_left_out(view: Callable[..., Frame]) -> None:
    """A quarter of the picture that moves otherwise does not change what is found."""
    first, second = view(), view(x=3.0)
    first[60:150, 100:220], second[60:150, 108:228] = 255 - view()[60:150, 100:220], 255 - view()[60:150, 100:220]
    assert found(first, second)[:2] == pytest.approx((3.0, 0.0), abs=0.25)


def test_the_camera_carries_every_place(view: Callable[..., Frame]) -> None:
    """The field of a found motion is the motion that was searched, but for its errors."""
    import cv2

    first, second = view(), view(x=2.0, turn=0.01, nearer=1.01)
    field = motion(first, second)
    grey = np.asarray(cv2.cvtColor(first, cv2.COLOR_RGB2GRAY), np.uint8)
    apart = (field - carried(camera_motion(grey, field), 320, 180))[20:-20, 20:-20]
    assert float(np.abs(apart).mean()) < 0.15


def test_a_glance_is_small_and_keeps_the_shape(view: Callable[..., Frame]) -> None:
    """The longer side is what was asked for; what is smaller already stays."""
    assert glanced(view(), 160).shape == (90, 160, 3)
    assert glanced(view(), 640).shape == (180, 320, 3)
