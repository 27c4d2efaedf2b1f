"""Plans of diffusion families: counts, sizes, segments, and what is refused with which remedy."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.backend import ClipRequest, Refusal
from scenes.backends.wan import FAMILY
from scenes.diffusion.family import Count
from scenes.diffusion.plans import planned, segments
from storyboard.film import Keyframe, Scene

MakeScene = Callable[..., Scene]
MakeRequest = Callable[..., ClipRequest]


@given(st.integers(1, 8), st.integers(0, 8), st.integers(1, 40), st.integers(1, 400))
def test_the_smallest_allowed_count_is_found(step: int, offset: int, least: int, wanted: int) -> None:
    """It is allowed, holds what is wanted, and the one before it would not."""
    rule = Count(step, offset, least)
    found = rule.smallest(wanted)
    assert (found - offset) % step == 0
    assert found >= max(wanted, least)
    assert found - step < max(wanted, least)


@given(st.integers(1, 1200))
def test_segments_lie_end_to_end(keep: int) -> None:
    """Each begins with the last frame of the one before, is of an allowed count, and none is longer than allowed."""
    runs = segments(FAMILY, keep, chained=True)
    assert runs[0].first == 0
    assert all(after.first == before.last - 1 for before, after in pairwise(runs))
    assert all((run.count - 1) % 4 == 0 and 5 <= run.count <= 81 for run in runs)
    assert runs[-1].last >= keep
    assert len(runs) == 1 or runs[-2].last < keep


def test_a_family_that_cannot_go_on_says_how_to_split() -> None:
    """Without a picture to begin with, a long scene is refused with the number of scenes that would do."""
    with pytest.raises(Refusal, match=r"at most 5\.06s at once") as refusal:
        segments(FAMILY, 200, chained=False, scene="pier")
    assert "split it into 3 scenes" in refusal.value.hint


@pytest.mark.parametrize(
    ("canvas", "size"), [((1280, 720), (1280, 720)), ((360, 640), (480, 832)), ((500, 500), (624, 624))]
)
def test_the_trained_size_nearest_in_shape_is_taken(
    make_scene: MakeScene, make_request: MakeRequest, canvas: tuple[int, int], size: tuple[int, int]
) -> None:
    """Upright canvases are made upright, square ones square."""
    request = make_request(make_scene(prompt="a pier"), frames=24, width=canvas[0], height=canvas[1])
    plan = planned(FAMILY, request, {})
    assert (plan.width, plan.height) == size
    assert (plan.keep, plan.frames, plan.rate) == (16, 17, Fraction(16))


@pytest.mark.parametrize(
    ("scene", "asked", "words"),
    [
        ({"prompt": ""}, {}, "needs words"),
        ({"keyframes": (Keyframe("a.png", Fraction(1, 2)),)}, {}, "cannot honour `keyframes:`"),
        ({"keyframes": (Keyframe("a.png", Fraction(0), depth="d.png"),)}, {}, "would not use the layers, depth"),
        ({"clip": "c.mp4"}, {}, "would not use the scene's `clip:`"),
        ({}, {"width": 640}, "only one of width and height"),
        ({}, {"width": 640, "height": 363}, "cannot make a height of 363"),
    ],
)
def test_what_cannot_be_honoured_is_refused(
    make_scene: MakeScene,
    make_request: MakeRequest,
    scene: dict[str, object],
    asked: dict[str, str | int | float | bool],
    words: str,
) -> None:
    """Nothing of a scene is left out in silence: each refusal says what and what to do."""
    made = make_scene(**{"prompt": "a pier", **scene})
    with pytest.raises(Refusal, match=words) as refusal:
        planned(FAMILY, make_request(made), asked)
    assert refusal.value.hint
