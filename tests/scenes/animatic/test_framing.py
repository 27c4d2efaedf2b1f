"""The composition of close-ups: every head with its hat inside the safe area, nobody over anybody."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from dataclasses import replace
from typing import get_args

import pytest

from scenes.backend import ClipRequest
from scenes.backends.animatic.blocking import blocking
from scenes.backends.animatic.busts import Busts
from scenes.backends.animatic.camera import MOVES, path_of, placing, view_at
from scenes.backends.animatic.figure import FigureLight, FigureState
from scenes.backends.animatic.figures import look_of, render_figure
from scenes.backends.animatic.figures.look import Hat, Look
from scenes.backends.animatic.framing import PIVOT, Bust, framed, head_corners, nearness
from scenes.backends.animatic.layout import SAFE, layout_of
from scenes.backends.animatic.measures import measure_of, room_of
from scenes.backends.animatic.painter import scheme_for
from scenes.backends.animatic.stage import stage_of
from storyboard.film import Beat, Character, Part, VoiceChoice

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


ROLES = ("hero", "heroine", "child", "wizard", "king", "detective", "astronaut", "soldier", "dog", "cat", "horse",
         "wolf", "bird", "robot", "old woman", "maid")  # fmt: skip
ACTIONS = ("stand", "walk", "run", "sit", "kneel", "talk", "listen", "wave", "point", "raise", "carry", "hold light",
           "look up", "turn", "enter", "exit", "fall", "hug")  # fmt: skip
PLACES = ("far left", "left", "center", "right", "far right")


def _random_scene(chance: random.Random, request_of: RequestOf, size: tuple[int, int]) -> ClipRequest:
    cast = tuple(
        Part(
            Character(f"c{k}", f"C{k}", role := chance.choice(ROLES), role, "", "", VoiceChoice("en/george")),
            chance.choice(ACTIONS),
            "neutral",
            chance.choice(PLACES),  # type: ignore[arg-type]
            chance.choice(("left", "right", "auto", "auto")),
        )
        for k in range(chance.randint(1, 4))
    )
    beats = tuple(
        Beat(actions=tuple((part.character.id, acts) for part in cast if chance.random() < 0.5 and acts))
        for acts in (chance.choice(("", "", "sit", "fall", "hug", "turn")) for _ in range(3))
    )
    shot = chance.choice(("extreme wide", "wide", "medium", "two-shot"))
    return request_of(*size, frames=chance.randint(20, 120), shot=shot, cast=cast, beats=beats)


@pytest.mark.parametrize("size", CANVASES)
def test_heads_are_safe_in_random_scenes(request_of: RequestOf, size: tuple[int, int]) -> None:
    """In 200 scenes of chance every head with its hat lies within the title-safe area, with the camera at rest."""
    chance = random.Random(20 + size[0])
    width, height = size
    for number in range(200):
        request = _random_scene(chance, request_of, size)
        scene = request.scene
        looks = [look_of(part.character, request.characters) for part in scene.cast]
        layout = layout_of(width, height, scene.shot, room_of(scene, looks))
        seconds = float(request.frames / request.rate)
        sizes = [measure_of(look) for look in looks]
        tracks = blocking(scene, layout, seconds, [look.stature for look in looks], sizes)
        assert layout.person > 0.1 * min(size)
        for x, y in head_corners(tracks, layout, seconds):
            assert SAFE * width - 0.5 <= x <= (1 - SAFE) * width + 0.5, (number, scene.shot, scene.cast)
            assert y >= SAFE * height - 0.5, (number, scene.shot, scene.cast)


@pytest.mark.parametrize("size", CANVASES)
def test_heads_are_safe_through_camera_moves(request_of: RequestOf, size: tuple[int, int]) -> None:
    """In scenes of chance with a camera move of chance no head leaves the title-safe area; a tracked walker may go."""
    chance = random.Random(size[1])
    width, height = size
    for number in range(25):
        request = _random_scene(chance, request_of, size)
        request = replace(request, scene=replace(request.scene, camera=chance.choice(MOVES)))
        stage = stage_of(request)
        start = 0.0 if stage.camera.span == (0.0, 1.0) else stage.camera.span[1]
        across = request.scene.camera != "tracking"
        for beat in (start + (1.0 - start) * k / 12 for k in range(13)):
            s, tx, ty = placing(view_at(stage.camera, beat, beat * stage.seconds), 1.0, stage.layout)
            for x, y in head_corners(stage.tracks, stage.layout, stage.seconds):
                assert s * y + ty >= SAFE * height - 1.0, (number, request.scene.camera)
                assert not across or SAFE * width - 1.0 <= s * x + tx <= (1 - SAFE) * width + 1.0, number


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


def test_a_stage_names_its_heads(request_of: RequestOf) -> None:
    """The heads of a stage are corners over its time, none of a close-up."""
    who = Character("a", "A", "wizard", "wizard", "", "", VoiceChoice("en/george"))
    stage = stage_of(request_of(320, 180, shot="medium", cast=(Part(who, "talk", "happy", "center"),)))
    corners = head_corners(stage.tracks, stage.layout, stage.seconds)
    assert len({y for _, y in corners}) == 1
    assert corners[0][0] < stage.tracks[0].spot < corners[-1][0]
