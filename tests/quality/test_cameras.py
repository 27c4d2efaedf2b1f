"""Every camera word moves the camera, and nothing that stands before it."""

from __future__ import annotations

import itertools

import pytest

from scenes.backend import ClipRequest
from scenes.backends.animatic.camera import placing, view_at
from scenes.backends.animatic.focus import FAR, NEAR, blur_at
from scenes.backends.animatic.stage import Stage, stage_of
from storyboard.vocabulary import CAMERAS
from tests.quality.screening import Screening, actor, change, request_of

WORDS = list(CAMERAS.canonical)
MOVING = [word for word in WORDS if word != "static"]
BEATS = [k / 24 for k in range(25)]
SEEN = 0.02
"""The part of the frame's pixels that a move changes by more than 12 levels at least."""


def _asked(word: str, place: str = "desert") -> ClipRequest:
    return request_of(camera=word, place=place, cast=(actor(),))


def _where(stage: Stage, depth: float, beat: float) -> tuple[float, float, float]:
    """Size, x and y in the frame of a point that lies in the middle of the ground line at rest."""
    s, tx, ty = placing(view_at(stage.camera, beat, beat * stage.seconds), depth, stage.layout)
    return s, s * stage.layout.width / 2 + tx, s * stage.layout.ground + ty


def _travel(stage: Stage, depth: float) -> float:
    """How far that point goes and grows along the whole move, in pixels."""
    way = [_where(stage, depth, beat) for beat in BEATS]
    return max(
        abs(a[1] - b[1]) + abs(a[2] - b[2]) + abs(a[0] - b[0]) * stage.layout.width
        for a, b in itertools.combinations(way, 2)
    )


@pytest.mark.parametrize("word", WORDS)
def test_a_camera_leaves_the_scene_alone(word: str) -> None:
    """The same sheets, actors, light and air are before every camera."""
    still, moved = (stage_of(_asked(one)) for one in ("static", word))
    assert not moved.not_drawn
    assert (still.layers, still.layout, still.lights, still.air) == (
        moved.layers,
        moved.layout,
        moved.lights,
        moved.air,
    )
    assert [track.spot for track in still.tracks] == [track.spot for track in moved.tracks]


@pytest.mark.parametrize("word", MOVING)
def test_a_camera_moves_the_view_or_the_focus(word: str) -> None:
    """Every word but `static` takes the view along or the lens from one depth to another."""
    stage = stage_of(_asked(word))
    blurs = {blur_at(stage.focus, depth, beat) for depth in (NEAR, FAR) for beat in BEATS}
    travel = max(_travel(stage, depth) for depth in (1.0, 8.0))
    assert travel > 0.008 * stage.layout.width or max(blurs) > 0.5
    assert _travel(stage_of(_asked("static")), 8.0) == 0.0


@pytest.mark.parametrize("word", WORDS)
def test_a_camera_has_a_path_of_its_own(word: str) -> None:
    """No two words are the same path and focus."""
    paths = {other: (stage_of(_asked(other)).camera, stage_of(_asked(other)).focus) for other in WORDS}
    assert [other for other in WORDS if paths[other] == paths[word]] == [word]


@pytest.mark.parametrize("word", MOVING)
def test_a_camera_is_seen(screening: Screening, word: str) -> None:
    """At the beginning, in the middle or at the end the picture is clearly another than a still camera's."""
    shares = []
    for index in (0, 24, 47):
        still, moved = (screening.frame(_asked(one), index) for one in ("static", word))
        shares.append(float((change(still, moved) > 12).mean()))
    assert max(shares) > SEEN


@pytest.mark.parametrize("word", [word for word in WORDS if word.rpartition(" ")[2] in ("left", "right")])
def test_what_goes_left_sees_the_world_go_right(word: str) -> None:
    """A move to one side shifts the picture to the other."""
    stage = stage_of(_asked(word))
    first, last = (_where(stage, 1.0, beat)[1] for beat in (0.0, 1.0))
    assert (last - first) * (1 if word.endswith("left") else -1) > 0.01 * stage.layout.width


@pytest.mark.parametrize("word", [word for word in WORDS if word.rpartition(" ")[2] in ("up", "down")])
def test_what_goes_up_sees_the_world_go_down(word: str) -> None:
    """A move up shifts the picture down, and the other way round."""
    stage = stage_of(_asked(word))
    first, last = (_where(stage, 1.0, beat)[2] for beat in (0.0, 1.0))
    assert (last - first) * (1 if word.endswith("up") else -1) > 0.01 * stage.layout.height


@pytest.mark.parametrize("word", [word for word in WORDS if word.rpartition(" ")[2] in ("in", "out")])
def test_what_comes_in_enlarges(word: str) -> None:
    """Coming nearer people grow, going away they shrink."""
    stage = stage_of(_asked(word))
    first, last = (_where(stage, 1.0, beat)[0] for beat in (0.0, 1.0))
    assert last > 1.05 * first if word.endswith("in") else first > 1.05 * last


@pytest.mark.parametrize("word", MOVING)
def test_moves_ease_in_and_out(word: str) -> None:
    """A move sets off and arrives at less than half its greatest speed; only a hand-held camera never rests."""
    stage = stage_of(_asked(word))
    if stage.camera.shake:
        assert word == "handheld"
        return
    start, stop = stage.camera.span
    way = [_where(stage, 1.6, start + (stop - start) * beat) for beat in BEATS]
    speeds = [abs(a[1] - b[1]) + abs(a[2] - b[2]) + 100 * abs(a[0] - b[0]) for a, b in itertools.pairwise(way)]
    assert max(speeds[0], speeds[-1]) <= 0.5 * max(speeds)
    assert stop == 1.0 or _where(stage, 1.0, stop) == pytest.approx(_where(stage, 1.0, 1.0))
