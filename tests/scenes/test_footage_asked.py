"""Footage between whose frames others are invented, or in which a subject is followed: handed over as it is."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scenes.backend import ClipRequest, Frame, Refusal
from scenes.backends.footage.asking import asked
from scenes.frames import i420_to_rgb, read_frames
from scenes.media import MediaInfo
from storyboard.film import Post, Scene

Take = Callable[..., tuple[dict[str, Any], Path]]


def drift(count: int, step: int) -> list[Frame]:
    """A soft texture that moves to the left by `step` pixels a frame."""
    import cv2

    noise = np.random.default_rng(1).normal(0, 1, (144, 700, 3)).astype(np.float32)
    soft = cv2.GaussianBlur(noise, (0, 0), 4)
    whole = np.asarray(cv2.normalize(soft, np.empty_like(soft), 0, 255, cv2.NORM_MINMAX), np.uint8)
    return [np.ascontiguousarray(whole[:, 20 + place * step : 276 + place * step]) for place in range(count)]


def shown(path: Path) -> list[Any]:
    """The frames of a take, as numbers that may be subtracted."""
    return [i420_to_rgb(frame).astype(int) for frame in read_frames(path)]


def test_slow_footage_moves_at_the_films_rate(export: Callable[..., Path], take: Take) -> None:
    """No two frames of 12 a second in a film of 24 are the same, and it is said that some are invented."""
    path = export("a.mp4", drift(14, 6), "-pix_fmt", "yuv420p", "-crf", "8", rate="12")
    facts, out = take(path, 24, size=(256, 144), post=Post(interpolate=24))
    frames = shown(out)
    assert len(frames) == 24
    assert all(np.abs(one - other).mean() > 1 for one, other in pairwise(frames))
    assert any("invented" in note for note in facts["notes"])


def test_a_subject_stays_in_a_tall_frame(export: Callable[..., Path], take: Take) -> None:
    """A disc that moves to the right of a wide picture is whole in every frame of the tall one."""
    import cv2

    frames = drift(24, 1)
    for place, frame in enumerate(frames):
        cv2.circle(frame, (180 + place, 72), 20, (255, 0, 0), -1)
    path = export("a.mp4", frames, "-pix_fmt", "yuv420p", "-crf", "8")
    _, out = take(path, 24, size=(80, 144), reframe="track")
    assert all(((frame[..., 0] > 200) & (frame[..., 1] < 60)).sum() > 600 for frame in shown(out))


def test_text_on_followed_footage_is_refused(export: Callable[..., Path], take: Take) -> None:
    """It would be cropped with the picture."""
    path = export("a.mp4", drift(24, 1), "-pix_fmt", "yuv420p")
    with pytest.raises(Refusal, match="text") as caught:
        take(path, 24, size=(80, 144), reframe="track", text="Fin")
    assert caught.value.hint


@pytest.mark.parametrize(
    ("changes", "due"),
    [
        ({}, (48, 720, 1280, Fraction(24))),
        ({"reframe": "track"}, (48, 2276, 1280, Fraction(24))),
        ({"post": Post(interpolate=24)}, (25, 720, 1280, Fraction(12))),
        ({"post": Post(interpolate=60), "clip_from": Fraction(3)}, (24, 720, 1280, Fraction(12))),
    ],
)
def test_what_is_asked_of_footage(
    make_scene: Callable[..., Scene],
    make_request: Callable[..., ClipRequest],
    changes: dict[str, Any],
    due: tuple[int, int, int, Fraction],
) -> None:
    """Its own frames where others are invented, one more if there is one; its own shape where a subject is followed."""
    info = MediaInfo(3840, 2160, Fraction(12), 60, Fraction(5), has_audio=False)
    request = make_request(make_scene(**changes), frames=48, width=720, height=1280)
    assert asked(request, info) == due
