"""The composition of close-ups: every head with its hat inside the safe area, nobody over anybody."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from scenes.backend import ClipRequest
from scenes.backends.animatic.busts import Busts
from scenes.backends.animatic.camera import path_of
from scenes.backends.animatic.framing import PIVOT, Bust, framed, nearness
from scenes.backends.animatic.layout import SAFE, layout_of
from scenes.backends.animatic.painter import scheme_for
from scenes.backends.animatic.stage import stage_of
from storyboard.film import Character, Part, VoiceChoice

RequestOf = Callable[..., ClipRequest]
CANVASES = [(1280, 720), (720, 1280), (720, 720)]
HATTED, BARE = Bust(1.57, 0.5, 0.5), Bust(1.02, 0.3, 0.3)


@pytest.mark.parametrize(("width", "height"), CANVASES)
@pytest.mark.parametrize("move", ["static", "zoom in", "dolly in", "handheld"])
@pytest.mark.parametrize("busts", [(BARE,), (HATTED,), (BARE, HATTED), (HATTED, BARE, HATTED)])
def test_hats_stay_in_the_safe_area(width: int, height: int, move: str, busts: tuple[Bust, ...]) -> None:
    """However near the camera comes, the top of every hat stays within the title-safe area."""
    layout = layout_of(width, height, "close-up")
    path = path_of(move, layout, 9.0, 0.0)
    spots = [layout.width * (k + 1) / (len(busts) + 1) for k in range(len(busts))]
    made = framed(busts, spots, layout, path)
    pivot, near = PIVOT * height, max(1.0, nearness(path))
    for bust, lift in zip(busts, made.lifts, strict=True):
        top = pivot + near * (height - lift - bust.rise * made.size - pivot)
        assert top >= SAFE * height - 0.5


@pytest.mark.parametrize(("width", "height"), CANVASES)
def test_two_heads_fit_side_by_side(width: int, height: int) -> None:
    """Two heads lie within the frame; where it is not tall they do not overlap, where it is one stands higher."""
    layout = layout_of(width, height, "close-up")
    made = framed((HATTED, BARE), (0.3 * width, 0.7 * width), layout, path_of("static", layout, 4.0, 0.0))
    reach = [
        (x - b.left * made.size, x + b.right * made.size) for x, b in zip(made.places, (HATTED, BARE), strict=True)
    ]
    assert min(left for left, _ in reach) >= SAFE * width - 1
    assert max(right for _, right in reach) <= (1 - SAFE) * width + 1
    if layout.tall:
        assert made.lifts[0] > made.lifts[1] == 0
    else:
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(reach))


def test_a_tall_hat_makes_the_face_smaller(request_of: RequestOf) -> None:
    """The bust is measured with its hat: a wizard is framed smaller than a bare head."""
    sizes = []
    for role in ("man", "wizard"):
        who = Character("a", "A", role, role, "", "", VoiceChoice("en/george"))
        request = request_of(320, 180, shot="close-up", cast=(Part(who, "talk", "happy", "center"),))
        stage = stage_of(request)
        sizes.append(Busts(stage, request, scheme_for(stage).figure_light(1.0)).framing.size)
    assert sizes[1] < 0.85 * sizes[0]
