"""Frames in between: exact in count and time, near to what was there, and never across a cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import numpy as np
import pytest

from scenes.backend import Frame, Refusal
from scenes.conform import Canvas, conform, invented_rate
from scenes.frames import rgb_to_i420
from scenes.interpolation import interpolated, meeting, paired

TWELVE, FILM = Fraction(12), Fraction(24)


@pytest.fixture
def scene() -> Callable[[float], Frame]:
    """A soft ground that moves one way by `x` pixels, and a disc before it that moves three times as fast the other."""
    import cv2

    def soft(seed: int) -> Frame:
        noise = np.random.default_rng(seed).normal(0, 1, (144, 400, 3)).astype(np.float32)
        blurred = cv2.GaussianBlur(noise, (0, 0), 4)
        return np.asarray(cv2.normalize(blurred, np.empty_like(blurred), 0, 255, cv2.NORM_MINMAX), np.uint8)

    ground, ball = soft(1), np.asarray(soft(2) // 3, np.uint8)

    def shown(x: float) -> Frame:
        back = cv2.warpAffine(ground, np.array([[1, 0, x - 60], [0, 1, 0]], np.float64), (256, 144))
        front = cv2.warpAffine(ball, np.array([[1, 0, -3 * x - 60], [0, 1, 0]], np.float64), (256, 144))
        disc = np.zeros((144, 256), np.uint8)
        cv2.circle(disc, (round((150 - 3 * x) * 16), 72 * 16), 45 * 16, 255, -1, cv2.LINE_AA, 4)
        share = (disc / 255.0)[..., None]
        return np.asarray(np.rint(back * (1 - share) + front * share), np.uint8)

    return shown


def quality(made: Frame, due: Frame) -> float:
    """How near two pictures are, as peak signal to noise in dB."""
    return float(10 * np.log10(255**2 / max(1e-9, ((made.astype(float) - due) ** 2).mean())))


def test_what_lies_between_is_nearer_than_a_mixture(scene: Callable[[float], Frame]) -> None:
    """A ground and a disc that part are each shown half way, and at a quarter a quarter of the way."""
    pair = paired(scene(0), scene(4))
    inside = (slice(None), slice(16, -16))
    for part in (0.5, 0.25):
        due = scene(4 * part)
        mixed = np.rint(pair.first * (1 - part) + pair.second * part).astype(np.uint8)
        assert quality(meeting(pair, part)[inside], due[inside]) > quality(mixed[inside], due[inside]) + 4


def test_every_second_frame_is_the_clips_own(scene: Callable[[float], Frame]) -> None:
    """12 to 24 shows each frame as it is, with one new one after it; the last one is held."""
    frames = [scene(2 * place) for place in range(4)]
    made = list(interpolated(frames, TWELVE, FILM, 8))
    assert all(np.array_equal(one, other) for one, other in zip(made[::2], frames, strict=True))
    assert quality(made[1], scene(1)) > 30
    assert np.array_equal(made[7], frames[3])


@pytest.mark.parametrize(("rate", "wanted"), [(8, 24), (15, 24), (30, 24), (24, 60), (25, 24)])
def test_count_and_time_are_exact(rate: int, wanted: int) -> None:
    """A light that rises evenly rises evenly at any rate, and what is due is what comes."""
    frames = [np.full((36, 64, 3), 40 + 4 * place, np.uint8) for place in range(31)]
    made = list(interpolated(iter(frames), Fraction(rate), Fraction(wanted), wanted))
    assert len(made) == wanted
    due = [40 + 4 * place * rate / wanted for place in range(wanted)]
    assert all(abs(float(frame.mean()) - level) <= 1 for frame, level in zip(made, due, strict=True))


def test_nothing_is_made_across_a_cut(scene: Callable[[float], Frame]) -> None:
    """Up to a cut the frame before it is held, and behind it interpolation goes on."""
    other = [np.asarray(scene(place)[::-1] // 4, np.uint8) for place in (0, 2)]
    made = list(interpolated([scene(0), scene(2), *other], TWELVE, FILM, 7))
    assert np.array_equal(made[3], scene(2))
    assert np.array_equal(made[4], other[0])
    assert not np.array_equal(made[5], other[0])


def test_coded_frames_come_out_as_rgb(scene: Callable[[float], Frame]) -> None:
    """I420 goes in as well as RGB does; RGB comes out."""
    coded = [rgb_to_i420(scene(place)) for place in (0, 2, 4)]
    made = list(interpolated(coded, TWELVE, FILM, 5))
    assert {frame.shape for frame in made} == {(144, 256, 3)}
    assert quality(made[1], scene(1)) > 28


def test_only_what_is_needed_is_read(scene: Callable[[float], Frame]) -> None:
    """The stream is read frame by frame, and not beyond the last one that is due."""
    read = []

    def source() -> Iterator[Frame]:
        for place in range(9):
            read.append(place)
            yield scene(place)

    frames = interpolated(source(), TWELVE, FILM, 5)
    next(frames)
    assert read == [0]
    list(frames)
    assert read == [0, 1, 2]


def test_the_same_frames_give_the_same_bytes(scene: Callable[[float], Frame]) -> None:
    """Nothing is left to chance."""
    frames = [scene(0), scene(3), scene(6)]
    once, twice = (list(interpolated(frames, TWELVE, FILM, 5)) for _ in range(2))
    assert all(np.array_equal(one, other) for one, other in zip(once, twice, strict=True))


def test_a_clip_that_ends_too_early_is_refused(scene: Callable[[float], Frame]) -> None:
    """The message says what is there and what is needed."""
    with pytest.raises(Refusal, match=r"has 2 frames \(0\.17 s\), but the scene needs 0\.50 s"):
        list(interpolated([scene(0), scene(1)], TWELVE, FILM, 12))


@pytest.mark.parametrize(
    ("rate", "interpolate", "due"),
    [(12, 0, 0), (12, 24, 24), (12, 60, 24), (6, 12, 12), (24, 48, 0), (30, 24, 24), (24, 12, 0), (12, 8, 0)],
)
def test_frames_are_invented_up_to_what_is_asked(rate: int, interpolate: int, due: int) -> None:
    """Never beyond the film's rate, and not where the clip has frames enough already."""
    assert invented_rate(Fraction(rate), FILM, interpolate) == due
    assert invented_rate(Fraction(24000, 1001), FILM, 24) == 0


def test_conforming_interpolates_where_it_is_asked(scene: Callable[[float], Frame]) -> None:
    """With the wish a new frame lies between two; without it the first is shown twice; both have the exact count."""
    frames = [scene(2 * place) for place in range(6)]
    plain, smooth = (list(conform(frames, TWELVE, Canvas(256, 144, FILM, 12, interpolate=asked))) for asked in (0, 24))
    assert len(plain) == len(smooth) == 12
    assert np.array_equal(plain[1], frames[0])
    assert not any(np.array_equal(smooth[1], frame) for frame in frames)


def test_some_frames_may_be_invented_and_then_held(scene: Callable[[float], Frame]) -> None:
    """6 to 12 in a film of 24 shows every frame, own or new, twice."""
    frames = [scene(4 * place) for place in range(4)]
    made = list(conform(frames, Fraction(6), Canvas(256, 144, FILM, 16, interpolate=12)))
    assert all(np.array_equal(one, other) for one, other in zip(made[::2], made[1::2], strict=True))
    assert np.array_equal(made[4], frames[1])
    assert not np.array_equal(made[2], frames[0])
