"""The camera: moves that are fitted to heads, and a focus that goes from one depth to another."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from scenes.backend import ClipRequest
from scenes.backends.animatic.camera import MOVES, CameraPath, View, fitted, path_of, placing, view_at
from scenes.backends.animatic.focus import FAR, NEAR, FocusPath, blur_at, focus_of, softened
from scenes.backends.animatic.layout import SAFE, Layout, layout_of
from scenes.backends.animatic.projection import Projector
from scenes.backends.animatic.stage import stage_of
from storyboard.film import Character, Moments, Part, VoiceChoice

RequestOf = Callable[..., ClipRequest]


def _actor(name: str = "Anna") -> Part:
    who = Character(name.lower(), name, "heroine", "heroine", "", "", VoiceChoice("en/emma"))
    return Part(who, "stand", "neutral", "center")


def _highest(path: CameraPath, heads: list[tuple[float, float]], layout: Layout) -> float:
    """The least y of a head on the way."""
    tops = []
    for k in range(49):
        s, _, ty = placing(view_at(path, k / 48, k / 12), 1.0, layout)
        tops.append(min(s * y + ty for _, y in heads))
    return min(tops)


@pytest.mark.parametrize("size", [(1280, 720), (720, 1280), (720, 720)])
@pytest.mark.parametrize("move", MOVES)
def test_heads_stay_safe_under_every_move(size: tuple[int, int], move: str) -> None:
    """A head with a high hat that is safe at rest is safe at every moment of the fitted move."""
    layout = layout_of(*size, "two-shot")
    heads = [(0.5 * size[0], SAFE * size[1] + 4.0)]
    path = fitted(path_of(move, layout, 4.0, 0.0), heads, layout, 4.0, across=False)
    start = path.span[1] if path.span != (0.0, 1.0) else 0.0
    for k in range(25):
        beat = start + (1.0 - start) * k / 24
        s, _, ty = placing(view_at(path, beat, 4.0 * beat), 1.0, layout)
        assert s * heads[0][1] + ty >= SAFE * size[1] - 0.5


def test_a_move_that_needs_no_fitting_is_kept() -> None:
    """Where heads have room the path is the very same; where they have none it is less of a move, but still one."""
    layout = layout_of(1280, 720, "wide")
    path = path_of("dolly in", layout, 4.0, 0.0)
    assert fitted(path, [(640.0, 300.0)], layout, 4.0) is path
    high = [(640.0, 60.0)]
    less = fitted(path, high, layout, 4.0)
    assert _highest(path, high, layout) < SAFE * 720 <= _highest(less, high, layout) + 0.5
    assert 0.0 < less.last.dolly < path.last.dolly


def test_a_pan_does_not_lose_who_stands_at_the_side() -> None:
    """A pan is shortened until the one at the edge stays in the safe area; a tilt is not touched by that."""
    layout = layout_of(1280, 720, "wide")
    path = CameraPath(View(pan=-190.0, tilt=10.0), View(pan=190.0, tilt=-10.0))
    less = fitted(path, [(180.0, 400.0)], layout, 4.0)
    assert 0.0 < less.last.pan < 125.0
    assert less.last.tilt == path.last.tilt


@pytest.mark.parametrize(
    ("prompt", "first", "last"),
    [
        ("rack focus", FAR, NEAR), ("from Anna's face to the horizon", NEAR, FAR),
        ("from the mountains in the background to Anna", FAR, NEAR), ("от лица к горизонту", NEAR, FAR),
    ],
)  # fmt: skip
def test_words_say_which_way_the_focus_goes(request_of: RequestOf, prompt: str, first: float, last: float) -> None:
    """From far to near unless the words name the near thing first, in English and Russian."""
    request = request_of(camera="rack focus", prompt=prompt, cast=(_actor(),))
    assert focus_of(request.scene) == FocusPath(first, last, 1.0)


def test_only_a_rack_has_a_focus(request_of: RequestOf) -> None:
    """Any other camera keeps all depths sharp at all times."""
    focus = focus_of(request_of(camera="dolly in", moments=Moments("Anna", "", "the horizon")).scene)
    assert all(blur_at(focus, depth, beat) == 0.0 for depth in (1.0, 4.0, 40.0) for beat in (0.0, 0.5, 1.0))


def test_the_focus_goes_over() -> None:
    """What is sharp at first is soft at last, and the other way round; in between both are a little soft."""
    path = FocusPath(FAR, NEAR, 1.0)
    assert blur_at(path, FAR, 0.0) == 0.0 < blur_at(path, FAR, 0.5) < blur_at(path, FAR, 1.0)
    assert blur_at(path, NEAR, 1.0) == 0.0 < blur_at(path, NEAR, 0.5) < blur_at(path, NEAR, 0.0)


def test_softening_keeps_the_light() -> None:
    """Blur spreads an edge and keeps the mean; none gives the same pixels."""
    layout = layout_of(160, 90, "wide")
    pixels = np.zeros((90, 160, 4), np.uint8)
    pixels[:, 80:] = 200
    soft = softened(pixels, 1.0, layout)
    assert abs(float(soft.mean()) - float(pixels.mean())) < 2.0
    assert 20 < int(soft[45, 79, 0]) < 180
    assert softened(pixels, 0.0, layout) is pixels


@pytest.mark.parametrize("shot", ["wide", "close-up"])
@pytest.mark.parametrize("draft", [False, True])
def test_a_rack_is_seen(request_of: RequestOf, shot: str, draft: bool) -> None:
    """Before the rack the picture differs from a still camera's; after it too, but in a close-up, which ends as one."""
    fields = {"place": "village", "shot": shot, "cast": (_actor(),), "draft": draft}
    plain, rack = (request_of(320, 180, camera=camera, **fields) for camera in ("static", "rack focus"))
    pictures = [Projector(stage_of(one), one) for one in (plain, rack)]
    for index in (0,) if shot == "close-up" else (0, 22):
        a, b = (run.picture(index).astype(int) for run in pictures)
        assert np.abs(a - b).mean() > 0.4
