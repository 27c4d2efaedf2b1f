"""Upright pictures on which something will lie: heads keep out of it, and no other picture changes."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from scenes.backend import ClipRequest, Speech
from scenes.backends.animatic.camera import path_of
from scenes.backends.animatic.figure import FigureLight, FigureState
from scenes.backends.animatic.figures import render_bust
from scenes.backends.animatic.figures.look import Look
from scenes.backends.animatic.framing import CHIN, Bust, framed
from scenes.backends.animatic.layout import SAFE, head_area, layout_of
from scenes.backends.animatic.stage import as_json, stage_of
from scenes.headroom import HeadroomRequest, heads_of, with_headroom
from storyboard.safe_area import WHOLE, SafeArea
from tests.quality.chance import scene_of_chance
from tests.scenes.animatic.conftest import part
from tests.scenes.heads import faces

RequestOf = Callable[..., ClipRequest]
HEADS = SafeArea(top=0.12, right=0.14, bottom=0.4, left=0.06)
SIZE = (540, 960)
SLACK = 1.5
"""Pixels by which a face may be off through rounding."""


def test_where_nothing_lies_over_it_the_request_is_itself(request_of: RequestOf) -> None:
    """A picture without such an area is asked for as ever, so that it is not made anew."""
    request = request_of(*SIZE, cast=(part("Ann"),))
    assert with_headroom(request, WHOLE) is request
    assert heads_of(request) == WHOLE
    made = with_headroom(request, HEADS)
    assert isinstance(made, HeadroomRequest)
    assert heads_of(replace(made, draft=True)) == HEADS
    assert as_json(stage_of(made))["layout"]["heads"] != as_json(stage_of(request))["layout"]["heads"]


@pytest.mark.parametrize("action", ["wave", "talk", "look up", "kneel", "sit", "hold light"])
@pytest.mark.parametrize("camera", ["static", "dolly in", "zoom in", "handheld", "tilt down", "pan right"])
def test_faces_of_close_ups_keep_out(request_of: RequestOf, action: str, camera: str) -> None:
    """Whatever he does and however the camera moves, a face close up is in the free part of the picture."""
    said = (Speech("ann", 4, 20, emotion="sad"),)
    cast = (part("Ann", action, "right", "wizard"),)
    request = request_of(*SIZE, shot="close-up", camera=camera, cast=cast, speech=said)
    before = [face.box.bottom for face in faces(request, 6)]
    assert max(before) > (1 - HEADS.bottom) * SIZE[1]
    for face in faces(with_headroom(request, HEADS), 6):
        assert face.crown >= HEADS.top * SIZE[1] - SLACK
        assert face.box.bottom <= (1 - HEADS.bottom) * SIZE[1] + SLACK
        assert face.box.left >= HEADS.left * SIZE[0] - SLACK
        assert face.box.right <= (1 - HEADS.right) * SIZE[0] + SLACK


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_faces_of_chance_keep_out(first: int) -> None:
    """In scenes of chance no face of who is there is under buttons or captions.

    Who falls may go down, and a camera that whips or reveals may come from anywhere.
    """
    seen = 0
    for number in range(first, first + 20):
        request = scene_of_chance(np.random.default_rng([number, *SIZE]), SIZE)
        scene = request.scene
        falling = {part.character.id for part in (*scene.cast, *scene.extras) if part.action == "fall"}
        falling |= {who for beat in scene.beats for who, action in beat.actions if action == "fall"}
        if not scene.cast or scene.camera in ("whip pan", "reveal"):
            continue
        for face in faces(with_headroom(request, HEADS), 6):
            if face.passing or face.who in falling:
                continue
            seen += 1
            assert face.box.bottom <= (1 - HEADS.bottom) * SIZE[1] + SLACK, (number, face)
            assert face.box.top >= HEADS.top * SIZE[1] - SLACK, (number, face)
            assert face.box.left >= HEADS.left * SIZE[0] - SLACK, (number, face)
            assert face.box.right <= (1 - HEADS.right) * SIZE[0] + SLACK, (number, face)
    assert seen > 50


def test_a_tracking_camera_waits_for_who_stops(request_of: RequestOf) -> None:
    """Who walks in beside the camera and stops is not left behind at the side of an upright picture."""
    cast = (part("Ann", "walk", "left"),)
    request = request_of(*SIZE, shot="wide", camera="tracking", frames=72, cast=cast)
    plain, made = stage_of(request), stage_of(with_headroom(request, HEADS))
    assert abs(made.camera.last.truck) <= abs(plain.camera.last.truck)
    standing = [face for face in faces(with_headroom(request, HEADS)) if not face.passing]
    assert all(face.box.left >= HEADS.left * SIZE[0] - SLACK for face in standing)


def test_the_ground_rises_no_more_than_it_must() -> None:
    """Who stands keeps his ground where his face is above the captions anyway."""
    plain, made = layout_of(*SIZE, "wide"), layout_of(*SIZE, "wide", heads=head_area(HEADS))
    assert (made.ground, made.person) == (plain.ground, plain.person)
    assert made.spot("far right") < plain.spot("far right")
    assert head_area(SafeArea(left=0.01)).left == SAFE


def test_two_faces_stand_one_behind_the_other_in_the_band() -> None:
    """Two close up share the free height: the upper head begins in it, the lower chin ends in it."""
    layout = layout_of(*SIZE, "close-up", heads=head_area(HEADS))
    busts = (Bust(1.05, 0.3, 0.3), Bust(1.05, 0.3, 0.3))
    made = framed(busts, (150.0, 350.0), layout, path_of("static", layout, 4.0, 0.0))
    tops = [SIZE[1] - lift - 1.05 * made.size for lift in made.lifts]
    chins = [SIZE[1] - lift - CHIN * made.size for lift in made.lifts]
    assert min(tops) >= HEADS.top * SIZE[1] - SLACK
    assert max(chins) == pytest.approx((1 - HEADS.bottom) * SIZE[1])
    assert all(upper < lower for upper, lower in itertools.pairwise(chins))


def test_more_of_a_body_is_painted_below() -> None:
    """A bust that is seen farther down has the same head, and clothes down to its new edge."""
    state, light = FigureState("stand"), FigureLight()
    short, long = (render_bust(Look(), state, 200, light, "flat", below) for below in (0.0, 0.5))
    assert long.pixels.shape[0] == short.pixels.shape[0] + 100
    assert long.anchor[1] == short.anchor[1]
    assert long.points["head"][1] == short.points["head"][1]
    assert (long.pixels[-1, :, 3] > 128).sum() > 100
