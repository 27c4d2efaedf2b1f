"""The composition of close-ups: every head with its hat inside the safe area, nobody over anybody."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import get_args

import pytest

from scenes.backend import ClipRequest
from scenes.backends.animatic.busts import Busts
from scenes.backends.animatic.camera import path_of
from scenes.backends.animatic.figure import FigureLight, FigureState
from scenes.backends.animatic.figures import render_figure
from scenes.backends.animatic.figures.look import Hat, Look
from scenes.backends.animatic.framing import PIVOT, Bust, framed, head_corners, nearness
from scenes.backends.animatic.layout import SAFE, layout_of
from scenes.backends.animatic.measures import measure_of
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


@pytest.mark.parametrize("hat", [hat for hat in get_args(Hat) if hat])
def test_measures_are_those_of_painted_heads(hat: str) -> None:
    """No painted hat rises above what the table says, and the table is not generous by more than a third of a head."""
    look = Look(hat=hat)  # type: ignore[arg-type]
    sprite = render_figure(look, FigureState("stand"), 400, FigureLight(), "flat")
    painted = sprite.anchor[1] / 400
    assert painted <= measure_of(look).rise + 0.01
    assert painted >= measure_of(look).rise - 0.34 * look.head


@pytest.mark.parametrize("kind", ["dog", "cat", "wolf", "horse", "bird"])
def test_measures_are_those_of_painted_animals(kind: str) -> None:
    """An animal's head stays within its measures while it stands, calls, points and looks up."""
    look = Look(kind=kind)  # type: ignore[arg-type]
    size = measure_of(look)
    for action in ("stand", "talk", "point", "look up", "walk", "listen", "raise", "hug"):
        sprite = render_figure(look, FigureState(action, beat=0.5, t=1.0), 300, FigureLight(), "flat")
        assert sprite.anchor[1] / 300 <= size.rise + 0.01, action
        assert (sprite.pixels.shape[1] - sprite.anchor[0]) / 300 <= size.ahead + 0.04, action


@pytest.mark.parametrize(("width", "height"), CANVASES)
@pytest.mark.parametrize("role", ["woman", "wizard"])
def test_one_alone_stands_on_a_third_and_looks_in(request_of: RequestOf, width: int, height: int, role: str) -> None:
    """One who is alone in a wide shot is large, stands off the middle away from the light, and looks across."""
    who = Character(role, "A", role, role, "", "", VoiceChoice(""))
    for time, side in (("night", -1), ("golden hour", 1)):
        alone = (Part(who, "stand", "happy", "center"),)
        track = stage_of(request_of(width, height, shot="wide", time=time, cast=alone)).tracks[0]
        off = (track.spot / width - 0.5) * side
        assert 0.06 < off < 0.2
        assert track.facing == -side
        if role == "woman":
            assert track.height > (0.36 if width >= height else 0.26) * height


@pytest.mark.parametrize(
    "changed",
    [{"text": "A"}, {"shot": "medium"}, {"cast": "walk"}, {"cast": "left"}, {"cast": "facing"}, {"cast": "placed"}],
)
def test_who_is_placed_keeps_his_place(request_of: RequestOf, changed: dict[str, str]) -> None:
    """Beside words, in nearer shots, walking, or with a place or side, be it the middle, nobody is moved."""
    told = changed.get("cast", "")
    who = Character("a", "A", "woman", "woman", "", "", VoiceChoice(""))
    part = Part(who, "walk" if told == "walk" else "stand", "happy", "left" if told == "left" else "center",
                "right" if told == "facing" else "auto", placed=told == "placed")  # fmt: skip
    fields = {"shot": "wide", **{name: value for name, value in changed.items() if name != "cast"}}
    stage = stage_of(request_of(1280, 720, cast=(part,), **fields))
    assert stage.tracks[0].spot == pytest.approx(stage.layout.spot(part.at))


def test_a_stage_names_its_heads(request_of: RequestOf) -> None:
    """The heads of a stage are corners over its time, none of a close-up."""
    who = Character("a", "A", "wizard", "wizard", "", "", VoiceChoice("en/george"))
    stage = stage_of(request_of(320, 180, shot="medium", cast=(Part(who, "talk", "happy", "center"),)))
    corners = head_corners(stage.tracks, stage.layout, stage.seconds)
    assert len({y for _, y in corners}) == 1
    assert corners[0][0] < stage.tracks[0].spot < corners[-1][0]
