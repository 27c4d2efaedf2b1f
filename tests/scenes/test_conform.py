"""Conforming: exact counts at any rate, exact shapes at any size."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.backend import Frame, Refusal
from scenes.conform import Canvas, conform, reshape, retime, source_index

Ramp = Callable[..., list[Frame]]
RATES = st.sampled_from(
    [Fraction(n, d) for n, d in ((12, 1), (24, 1), (24000, 1001), (25, 1), (30, 1), (60, 1), (7, 2))]
)


def places(frames: Any) -> list[int]:
    """Which frames of a ramp were shown."""
    return [(int(frame[0, 0, 0]) - 40) // 4 for frame in frames]


def test_equal_rates_pass_every_frame_through(ramp: Ramp) -> None:
    """Nothing is repeated or left out where nothing has to be."""
    assert places(retime(ramp(10), Fraction(24), Fraction(24), 10)) == list(range(10))


def test_a_faster_clip_loses_frames_evenly(ramp: Ramp) -> None:
    """30 to 24 leaves out every fifth frame."""
    assert places(retime(ramp(20), Fraction(30), Fraction(24), 8)) == [0, 1, 3, 4, 5, 6, 8, 9]


def test_a_slower_clip_is_held(ramp: Ramp) -> None:
    """12 to 24 shows every frame twice."""
    assert places(retime(ramp(3), Fraction(12), Fraction(24), 6)) == [0, 0, 1, 1, 2, 2]


@given(count=st.integers(1, 400), rate=RATES, wanted=RATES)
def test_retiming_never_drifts(count: int, rate: Fraction, wanted: Fraction) -> None:
    """A chosen source frame is always the one on show at that moment, and what is needed is read exactly."""
    shown = [source_index(place, rate, wanted) for place in range(count)]
    assert all(abs(index / rate - place / wanted) <= max(1 / rate, 1 / wanted) for place, index in enumerate(shown))
    assert shown == sorted(shown)


def test_a_clip_that_ends_too_early_is_refused_with_its_length(ramp: Ramp) -> None:
    """The message says what is there and what is needed."""
    with pytest.raises(Refusal, match=r"has 6 frames \(0\.25 s\), but the scene needs 0\.50 s"):
        list(retime(ramp(6), Fraction(24), Fraction(24), 12))


def test_a_clip_without_frames_is_refused() -> None:
    """There is nothing to show."""
    with pytest.raises(Refusal, match="has 0 frames"):
        list(retime([], Fraction(24), Fraction(24), 2))


def test_frames_beyond_the_count_are_not_read(ramp: Ramp) -> None:
    """An endless source is trimmed."""

    def endless() -> Any:
        while True:
            yield from ramp(1)

    canvas = Canvas(64, 36, Fraction(24), 5)
    assert len(list(conform(endless(), Fraction(24), canvas))) == 5


@pytest.mark.parametrize(("focus", "level"), [((0.0, 0.5), 0), ((0.5, 0.5), 120), ((1.0, 0.5), 240)])
def test_a_crop_keeps_the_focus(focus: tuple[float, float], level: int) -> None:
    """A wide picture on a tall canvas shows the third that the focus names."""
    picture = np.zeros((30, 90, 3), np.uint8)
    picture[:, 30:60], picture[:, 60:] = 120, 240
    cut = reshape(picture, 10, 30, "crop", focus)
    assert cut.shape == (30, 10, 3)
    assert np.all(cut == level)


@pytest.mark.parametrize("size", [(64, 36), (36, 64), (50, 50), (7, 90), (640, 360)])
@pytest.mark.parametrize("mode", ["crop", "pad"])
def test_every_shape_comes_to_the_canvas(size: tuple[int, int], mode: Any) -> None:
    """Any picture fills the canvas to the pixel, cropped or padded, shrunk or grown."""
    picture = np.full((size[1], size[0], 3), 99, np.uint8)
    assert reshape(picture, 64, 36, mode).shape == (36, 64, 3)


def test_a_padded_picture_is_whole_on_a_darker_ground() -> None:
    """All of the picture is seen, and what surrounds it is darker."""
    picture = np.full((60, 30, 3), 200, np.uint8)
    picture[:, 0], picture[:, -1] = 255, 255
    padded = reshape(picture, 120, 60, "pad")
    assert np.all(padded[:, 45:75] == picture)
    assert padded[:, :40].max() < 140


def test_native_takes_only_its_own_shape() -> None:
    """A model's nearly equal size is scaled; another aspect is refused with a remedy."""
    assert reshape(np.zeros((704, 1280, 3), np.uint8), 1280, 720, "native").shape == (720, 1280, 3)
    with pytest.raises(Refusal, match="native") as caught:
        reshape(np.zeros((60, 60, 3), np.uint8), 64, 36, "native")
    assert "pad" in caught.value.hint


def test_only_small_pictures_are_enlarged(monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture that does not cover the canvas is doubled before it is scaled; a larger one is left alone."""
    seen: list[tuple[int, ...]] = []

    def doubled(picture: Frame) -> Frame:
        seen.append(picture.shape)
        return np.asarray(picture.repeat(2, axis=0).repeat(2, axis=1), np.uint8)

    monkeypatch.setattr("scenes.upscaling.upscaled", doubled)
    canvas = Canvas(64, 36, Fraction(24), 1, upscale=2)
    for width, height in ((40, 20), (128, 72)):
        (made,) = conform([np.zeros((height, width, 3), np.uint8)], Fraction(24), canvas)
        assert made.shape == (36, 64, 3)
    assert seen == [(20, 40, 3)]


def test_what_invents_frames_is_asked_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """The canvas hands on by what frames are to be invented."""
    dark, light = np.full((36, 64, 3), 60, np.uint8), np.full((36, 64, 3), 70, np.uint8)
    monkeypatch.setattr("scenes.rife.rife_between", lambda first, second, part: np.full_like(first, 7))
    canvas = Canvas(64, 36, Fraction(24), 3, interpolate=24, interpolator="rife")
    assert [int(frame[0, 0, 0]) for frame in conform([dark, light], Fraction(12), canvas)] == [60, 7, 70]


def test_a_picture_by_itself_is_not_tracked() -> None:
    """What cannot be followed is said, not guessed."""
    with pytest.raises(Refusal, match="track"):
        reshape(np.zeros((60, 60, 3), np.uint8), 64, 36, "track")
