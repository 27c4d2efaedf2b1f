"""Grades and denoising: visible, bounded, and nothing ignored."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from scenes.backend import Frame, Refusal
from scenes.post import LOOKS, check_post, finish
from storyboard.film import Post


@pytest.fixture
def chart() -> Frame:
    """A colour chart: a random patch in every cell, with black and white."""
    cells = np.random.default_rng(3).integers(0, 256, (6, 8, 3), dtype=np.uint8)
    cells[0, 0], cells[0, 1], cells[0, 2] = 0, 255, 128
    return np.repeat(np.repeat(cells, 8, axis=0), 8, axis=1)


@pytest.mark.parametrize("name", sorted(LOOKS))
def test_every_grade_changes_the_picture(chart: Frame, name: str) -> None:
    """A grade is seen, and keeps size and type."""
    (done,) = finish([chart], Post(grade=name))
    assert done.shape == chart.shape
    assert done.dtype == np.uint8
    assert np.abs(done.astype(int) - chart).mean() > 3


@pytest.mark.parametrize("post", [Post(), Post(grade="none", denoise="none")])
def test_nothing_asked_for_is_nothing_done(chart: Frame, post: Post) -> None:
    """Without a wish the very same picture comes back."""
    (done,) = finish([chart], post)
    assert done is chart


def test_noir_has_no_colour(chart: Frame) -> None:
    """All three channels agree within rounding."""
    (done,) = finish([chart], Post(grade="noir"))
    assert (done.max(axis=2).astype(int) - done.min(axis=2)).max() <= 1


def test_warm_is_warmer_and_cool_is_cooler() -> None:
    """Grey leans to red, or to blue."""
    grey = np.full((8, 8, 3), 128, np.uint8)
    (warm,), (cool,) = finish([grey], Post(grade="warm")), finish([grey], Post(grade="cool"))
    assert int(warm[0, 0, 0]) > int(warm[0, 0, 2])
    assert int(cool[0, 0, 2]) > int(cool[0, 0, 0])


def test_light_denoise_smooths_grain_and_keeps_edges() -> None:
    """Grain falls by a third at least; a black and white edge stays."""
    noise = np.random.default_rng(1).normal(0, 6, (48, 48, 3))
    picture = np.zeros((48, 48, 3))
    picture[:, :24], picture[:, 24:] = 60, 200
    grainy = np.clip(picture + noise, 0, 255).astype(np.uint8)
    (done,) = finish([grainy], Post(denoise="light"))
    assert done[:, 4:20].std() < 0.67 * grainy[:, 4:20].std()
    assert int(done[:, 25].mean()) - int(done[:, 22].mean()) > 130


def test_stronger_denoise_is_smoother() -> None:
    """Light, medium and strong leave less and less grain."""
    noise = np.random.default_rng(1).normal(120, 10, (48, 48, 3))
    grainy = np.clip(noise, 0, 255).astype(np.uint8)
    left = [float(next(finish([grainy], Post(denoise=name))).std()) for name in ("light", "medium", "strong")]
    assert left[0] > 1.3 * left[1] > 1.3 * left[2]


@pytest.mark.parametrize(
    ("wish", "named"),
    [
        ({"stabilise": True}, "stabilise"),
        ({"interpolate": 48}, "interpolate"),
        ({"upscale": 2}, "upscale"),
        ({"denoise": "total"}, "denoise: total"),
        ({"grade": "sunny"}, "grade: sunny"),
    ],
)
def test_what_cannot_be_done_is_refused(wish: dict[str, Any], named: str) -> None:
    """Each wish that nothing fulfils is named, with a remedy."""
    with pytest.raises(Refusal, match=named) as caught:
        check_post(Post(**wish))
    assert caught.value.hint


def test_all_refused_wishes_are_named_at_once() -> None:
    """A person mends everything in one go."""
    with pytest.raises(Refusal, match=r"(?s)stabilise.*upscale"):
        check_post(Post(stabilise=True, upscale=2))
