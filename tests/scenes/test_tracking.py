"""A window that follows: the subject in the frame, a smooth path, and a fresh start at every cut."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pytest

from scenes.backend import Frame
from scenes.conform import Canvas, conform
from scenes.tracking import AHEAD, FASTEST, followed

WIDE, HIGH = 320, 180


@dataclass(frozen=True)
class Spot:
    """A face as a detector tells it."""

    x: float
    y: float
    size: float


@pytest.fixture
def ground() -> Frame:
    """A soft texture in which nothing is a subject; red is left for marks."""
    import cv2

    noise = np.random.default_rng(4).normal(0, 1, (HIGH, 2 * WIDE, 3)).astype(np.float32)
    soft = cv2.GaussianBlur(noise, (0, 0), 5)
    picture = cv2.normalize(soft, np.empty_like(soft), 60, 120, cv2.NORM_MINMAX).astype(np.uint8)
    picture[..., 0] //= 4
    return np.asarray(picture, np.uint8)


@pytest.fixture
def walk(ground: Frame) -> Callable[[Sequence[float]], list[Frame]]:
    """A red figure upon the ground, its middle at each of the given places across (0..1)."""
    import cv2

    def shown(places: Sequence[float]) -> list[Frame]:
        frames = []
        for place in places:
            picture = ground[:, :WIDE].copy()
            middle = (round(place * WIDE * 16), 100 * 16)
            cv2.circle(picture, middle, 16 * 16, (255, 60, 40), -1, cv2.LINE_AA, 4)
            frames.append(np.asarray(picture, np.uint8))
        return frames

    return shown


def red(picture: Frame) -> float:
    """Where the red is, in parts of the width; nan where there is none."""
    mask = (picture[..., 0] > 150) & (picture[..., 2] < 90)
    return float(np.nonzero(mask)[1].mean() / picture.shape[1]) if mask.any() else float("nan")


def found(picture: Frame) -> tuple[Spot, ...]:
    """A detector that takes red for a face."""
    place = red(picture)
    return () if np.isnan(place) else (Spot(place, 0.5, 0.2),)


def windows(frames: Sequence[Frame], faces: Callable[[Frame], Sequence[Spot]] | None = None) -> list[float]:
    """Where in a tall window the red figure is, frame by frame."""
    return [red(frame) for frame in followed(frames, 100, HIGH, faces=faces)]


def test_a_face_that_walks_stays_in_the_window(walk: Callable[..., list[Frame]]) -> None:
    """From the left to the right of a wide picture the face is never further than a quarter from the middle."""
    places = np.linspace(0.2, 0.8, 150)
    seen = windows(walk(places), found)
    assert len(seen) == 150
    assert np.abs(np.array(seen) - 0.5).max() < 0.25


def test_what_moves_is_followed_without_a_face(walk: Callable[..., list[Frame]]) -> None:
    """A figure that goes its way over a still ground stays in a window that began elsewhere."""
    seen = windows(walk(np.linspace(0.75, 0.9, 60)))
    assert not np.isnan(seen[-30:]).any()


def test_a_mark_stands_out_without_motion(walk: Callable[..., list[Frame]]) -> None:
    """A still picture's one figure is in the window."""
    assert not np.isnan(windows(walk([0.8] * 4))).any()


def test_without_a_subject_the_focus_holds() -> None:
    """An even picture is cropped round its focus and stays there."""
    slope = np.repeat(np.tile(np.linspace(40, 44, WIDE).astype(np.uint8), (HIGH, 1))[..., None], 3, axis=2)
    done = list(followed([slope] * 5, 100, HIGH, focus=(0.2, 0.5)))
    due = slope[:, 14:114]
    assert all(np.abs(frame.astype(int) - due).mean() < 1.5 for frame in done)


def test_the_window_never_hurries(walk: Callable[..., list[Frame]]) -> None:
    """A face that leaps across the picture is followed at the greatest speed at most, and gently set out for."""
    places = [0.25] * 40 + [0.75] * 110
    frames = walk(places)
    path = [place - (seen - 0.5) * 100 / WIDE for place, seen in zip(places, windows(frames, found), strict=True)]
    steps = np.diff([one for one in path if not np.isnan(one)])
    shown = [step for step in steps if abs(step) < 0.1]
    assert max(abs(step) for step in shown) <= FASTEST + 0.006
    assert path[-1] == pytest.approx(0.73, abs=0.03)


def test_a_face_that_trembles_does_not_move_the_window(walk: Callable[..., list[Frame]]) -> None:
    """Small movements about a place are left to the face."""
    random = np.random.default_rng(3)
    places = 0.5 + random.normal(0, 0.006, 40)
    done = list(followed(walk(places), 100, HIGH, faces=found))
    corners = np.array([frame[:40].astype(int) for frame in done])
    assert np.abs(corners - corners[0]).max() <= 2


def test_a_cut_begins_anew(walk: Callable[..., list[Frame]], ground: Frame) -> None:
    """The frame behind a cut is composed at once, and those before it do not feel what follows."""
    before = walk([0.25] * 20)
    after = [np.asarray(255 - frame[..., ::-1] // 2, np.uint8) for frame in walk([0.25] * 10)]

    def marks(picture: Frame) -> tuple[Spot, ...]:
        return (Spot(0.25, 0.5, 0.2),) if picture[0, 0, 1] < 128 else (Spot(0.8, 0.5, 0.2),)

    alone = list(followed(before, 100, HIGH, faces=marks))
    joined = list(followed([*before, *after], 100, HIGH, faces=marks))
    assert len(joined) == 30
    assert all(np.array_equal(one, other) for one, other in zip(alone, joined, strict=False))
    due = after[0][:, round(0.8 * WIDE) - 50 : round(0.8 * WIDE) + 50]
    assert np.abs(joined[20].astype(int) - due).mean() < 3


def test_frames_are_read_no_further_than_the_path_looks(walk: Callable[..., list[Frame]]) -> None:
    """The first frame comes out when as many are read as the path looks ahead."""
    frames = iter(walk([0.5] * 60))
    next(followed(frames, 100, HIGH, faces=found))
    assert len(list(frames)) == 60 - AHEAD - 1


def test_conforming_tracks_clips_of_another_shape(walk: Callable[..., list[Frame]]) -> None:
    """A wide clip on a tall canvas keeps its figure, at the exact count and size; one of the same shape is scaled."""
    frames = walk(np.linspace(0.75, 0.85, 24))
    done = list(conform(frames, Fraction(24), Canvas(90, 160, Fraction(24), 24, "track", (0.5, 0.5))))
    assert [frame.shape for frame in done] == [(160, 90, 3)] * 24
    assert not np.isnan(red(done[-1]))
    whole = list(conform(frames, Fraction(24), Canvas(160, 90, Fraction(24), 24, "track", (0.5, 0.5))))
    assert red(whole[0]) == pytest.approx(0.75, abs=0.02)
