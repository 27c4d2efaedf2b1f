"""What of a picture fills the canvas, and that it is shown so: at even places, in its planes, the same every time."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import av
import numpy as np
import pytest

from scenes.conform import Reframe
from scenes.gate import Gate, Opening, window_of
from scenes.window import Window, window_told
from storyboard.errors import RenderError

SQUARE = Fraction(1)
MIDDLE = (0.5, 0.5)


def seen(size: tuple[int, int], canvas: tuple[int, int], focus: tuple[float, float] = MIDDLE) -> Window:
    """The window of a crop."""
    window = window_of(size, SQUARE, Opening(*canvas, "crop", focus))
    assert window is not None
    return window


def noise(width: int, height: int, form: str = "yuv420p") -> av.VideoFrame:
    """A coded frame of noise, sited and tagged as a camera's."""
    from av.video.reformatter import ColorRange, Colorspace

    dice = np.random.default_rng(3)
    frame = av.VideoFrame.from_ndarray(dice.integers(16, 236, (height * 3 // 2, width), np.uint8), format="yuv420p")
    frame.colorspace, frame.color_range = Colorspace.ITU709, ColorRange.MPEG
    frame.time_base = Fraction(1, 24)
    return frame if form == "yuv420p" else frame.reformat(format=form)


@pytest.mark.parametrize(
    ("size", "canvas", "focus", "due"),
    [
        ((1280, 720), (720, 1280), (0.5, 0.5), (438, 0, 404, 720)),
        ((1280, 720), (720, 1280), (0.0, 0.5), (0, 0, 404, 720)),
        ((1280, 720), (720, 1280), (1.0, 0.5), (876, 0, 404, 720)),
        ((1920, 1080), (720, 1280), (0.25, 0.5), (176, 0, 608, 1080)),
        ((1920, 1080), (1280, 720), (0.1, 0.9), (0, 0, 1920, 1080)),
        ((640, 360), (1280, 720), (0.5, 0.5), (0, 0, 640, 360)),
        ((720, 1280), (1280, 720), (0.5, 0.3), (0, 182, 720, 404)),
        ((640, 480), (1280, 720), (0.5, 0.0), (0, 0, 640, 360)),
        ((853, 480), (480, 480), (0.5, 0.5), (186, 0, 480, 480)),
        ((853, 479), (480, 480), (1.0, 0.5), (372, 0, 480, 479)),
        ((2, 1000), (1000, 2), (0.5, 0.5), (0, 500, 2, 2)),
    ],
)
def test_the_window_of_a_crop(
    size: tuple[int, int], canvas: tuple[int, int], focus: tuple[float, float], due: tuple[int, int, int, int]
) -> None:
    """As much as the canvas has room for, round the focus, at even places."""
    window = seen(size, canvas, focus)
    assert window == Window(size, *due)
    assert window.is_sound


def test_windows_lie_where_a_whole_picture_would_be_cut() -> None:
    """For any sizes the edges are within three samples of those of an exact crop."""
    dice = np.random.default_rng(1)
    for _ in range(500):
        size = (int(dice.integers(16, 2000)), int(dice.integers(16, 2000)))
        canvas = (2 * int(dice.integers(8, 1000)), 2 * int(dice.integers(8, 1000)))
        focus = (float(dice.random()), float(dice.random()))
        window = seen(size, canvas, focus)
        assert window.is_sound
        factor = max(canvas[0] / size[0], canvas[1] / size[1])
        for whole, shown, point, first, length in (
            (size[0], canvas[0] / factor, focus[0], window.left, window.width),
            (size[1], canvas[1] / factor, focus[1], window.top, window.height),
        ):
            exact = min(max(point * whole - shown / 2, 0), whole - shown)
            assert abs(first - exact) <= 3
            assert abs(first + length - exact - shown) <= 3 or shown < 2


def test_wide_samples_are_counted_as_they_are_stored() -> None:
    """A picture of stretched samples loses the same part as one of square samples of its true shape."""
    window = window_of((720, 576), Fraction(64, 45), Opening(576, 576, "crop", MIDDLE))
    assert window == Window((720, 576), 158, 0, 404, 576)


@pytest.mark.parametrize(
    ("reframe", "size", "canvas", "is_shown"),
    [
        ("pad", (1280, 720), (720, 1280), False),
        ("pad", (1280, 720), (640, 360), True),
        ("native", (1280, 720), (720, 1280), False),
        ("native", (1280, 704), (1280, 720), True),
        ("track", (1280, 720), (720, 1280), False),
        ("crop", (1281, 720), (1280, 720), True),
    ],
)
def test_what_is_not_cropped(reframe: Reframe, size: tuple[int, int], canvas: tuple[int, int], is_shown: bool) -> None:
    """Another shape that is to be padded or kept has no window; the same shape is shown whole."""
    window = window_of(size, SQUARE, Opening(*canvas, reframe, MIDDLE))
    assert window == (Window(size, 0, 0, *size) if is_shown else None)


@pytest.mark.parametrize(
    "place",
    [
        (-2, 0, 8, 8),
        (0, 0, 8, 0),
        (57, 0, 8, 8),
        (0, 0, 7, 8),
        (1, 0, 8, 8),
        (0, 3, 8, 8),
        (0, 0, 8, 66),
        (0, 2, 8, 35),
    ],
)
def test_unsound_windows(place: tuple[int, int, int, int]) -> None:
    """Outside, empty or at odd places."""
    assert not Window((64, 37), *place).is_sound


def test_a_window_may_be_written_down() -> None:
    """Through JSON and back it is the same."""
    window = Window((1280, 720), 438, 0, 404, 720)
    assert window_told(json.loads(json.dumps(window.told()))) == window


@pytest.mark.parametrize("place", [(0, 0, 32, 24), (10, 4, 32, 24), (32, 24, 32, 24)])
def test_cutting_alone_changes_no_sample(place: tuple[int, int, int, int]) -> None:
    """Where nothing is scaled, luma and chroma are those of the picture, bit by bit."""
    frame, window = noise(64, 48), Window((64, 48), *place)
    shown = np.asarray(Gate().show(frame, window, (32, 24)).to_ndarray())
    left, top = place[:2]
    whole = np.asarray(frame.to_ndarray()).reshape(-1)
    for plane, step, first, there in ((0, 1, 0, 0), (1, 2, 64 * 48, 32 * 24), (2, 2, 64 * 60, 32 * 30)):
        wide, high = 64 // step, 48 // step
        due = whole[first : first + wide * high].reshape(high, wide)
        due = due[top // step : (top + 24) // step, left // step : (left + 32) // step]
        made = shown.reshape(-1)[there : there + due.size].reshape(due.shape)
        assert np.array_equal(made, due), plane


def test_a_frame_that_is_the_picture_already_passes() -> None:
    """Nothing is copied where nothing has to be done."""
    frame = noise(64, 48)
    assert Gate().show(frame, Window((64, 48), 0, 0, 64, 48), (64, 48)) is frame


def test_one_gate_serves_all_windows() -> None:
    """What a gate has shown before changes nothing: the same frame gives the same bytes, whatever came between."""
    gate = Gate()
    cases: list[Any] = [
        (noise(64, 48), Window((64, 48), 10, 0, 28, 48), (56, 96)),
        (noise(64, 48), Window((64, 48), 36, 0, 28, 48), (56, 96)),
        (noise(128, 96), Window((128, 96), 36, 0, 54, 96), (36, 64)),
        (noise(64, 48, "yuv422p"), Window((64, 48), 36, 0, 28, 48), (56, 96)),
    ]
    for frame, window, size in cases * 2:
        there = gate.show(frame, window, size)
        alone = Gate().show(frame, window, size)
        assert (there.width, there.height, there.format.name) == (*size, "yuv420p")
        assert np.array_equal(there.to_ndarray(), alone.to_ndarray())


def test_samples_in_one_row_together_are_cut_too() -> None:
    """Packed 4:2:2 shows what the same samples show in planes."""
    window = Window((64, 48), 10, 0, 28, 48)
    apart = noise(64, 48, "yuv422p")
    packed = apart.reformat(format="yuyv422")
    assert not packed.format.is_planar
    one, other = (Gate().show(frame, window, (56, 96)).to_ndarray() for frame in (packed, apart))
    assert np.array_equal(one, other)


def test_another_picture_is_refused() -> None:
    """A frame of another size than the window was made for is told, not stretched."""
    with pytest.raises(RenderError, match="a frame is 64x48 where 128x72 was due"):
        Gate().show(noise(64, 48), Window((128, 72), 0, 0, 64, 48), (64, 48))
