"""Nothing that a storyboard can say makes the painter fail, heads stay in the safe area, and something always lives."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest

from scenes.backend import ClipRequest
from scenes.backends.animatic.busts import Busts
from scenes.backends.animatic.camera import placing, view_at
from scenes.backends.animatic.framing import PIVOT, head_corners, nearness
from scenes.backends.animatic.layout import SAFE
from scenes.backends.animatic.painter import scheme_for
from scenes.backends.animatic.projection import Projector
from scenes.backends.animatic.stage import Stage, as_json, peopled, stage_of
from storyboard.vocabulary import STYLES
from tests.quality.chance import scene_of_chance

ASPECTS = {"16:9": (1280, 720), "9:16": (720, 1280), "1:1": (720, 720)}
STAGED, PORTION = 200, 40
"""How many scenes of chance are staged in each aspect, and how many of them at a time."""
PORTIONS = range(0, STAGED, PORTION)
PAINTED = 40
ODD = [(33, 47), (320, 32), (1920, 804), (36, 640)]
SMALL = [(160, 90), (90, 160), (96, 96), (128, 54)]
SLACK = 1.0
"""Pixels by which a head may be off through rounding."""


@lru_cache(maxsize=3 * STAGED)
def _staged(aspect: str, number: int) -> tuple[ClipRequest, Stage]:
    """A scene of chance and its stage, made once for all that is asked of it."""
    request = scene_of_chance(np.random.default_rng([number, *ASPECTS[aspect]]), ASPECTS[aspect])
    return request, stage_of(request)


def _portion(aspect: str, first: int) -> Iterator[tuple[int, ClipRequest, Stage]]:
    for number in range(first, first + PORTION):
        yield (number, *_staged(aspect, number))


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("first", PORTIONS)
def test_any_scene_can_be_staged(aspect: str, first: int) -> None:
    """Each of 600 scenes of chance has a stage, in which everybody has a place and every number is one."""
    for number, request, stage in _portion(aspect, first):
        assert stage.layers, number
        assert stage.layout.person > 0.1 * min(request.width, request.height), number
        acting = [part for part in peopled(request).scene.cast if part.character.role != "crowd"]
        assert len(stage.tracks) == len(acting), number
        assert all(0.0 <= track.spot <= request.width for track in stage.tracks), number
        if number % 8 == 0:
            assert all(np.isfinite(value) for value in _numbers(as_json(stage))), number


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("first", PORTIONS)
def test_heads_are_in_the_safe_area(aspect: str, first: int) -> None:
    """In 200 scenes of chance in each aspect every head with its hat is title-safe through the whole camera move.

    A move that arrives before the end counts from its arrival; one that goes with walkers keeps their height.
    """
    seen = 0
    for number, request, stage in _portion(aspect, first):
        if stage.close:
            continue
        width, height = stage.layout.width, stage.layout.height
        start = 0.0 if stage.camera.span == (0.0, 1.0) else stage.camera.span[1]
        across = request.scene.camera != "tracking"
        heads = head_corners(stage.tracks, stage.layout, stage.seconds)
        for beat in (start + (1.0 - start) * k / 12 for k in range(13)):
            s, tx, ty = placing(view_at(stage.camera, beat, beat * stage.seconds), 1.0, stage.layout)
            for x, y in heads:
                seen += 1
                assert s * y + ty >= SAFE * height - SLACK, (number, request.scene.camera)
                inside = SAFE * width - SLACK <= s * x + tx <= (1 - SAFE) * width + SLACK
                assert inside or not across, (number, request.scene.camera)
    assert seen > 500


@pytest.mark.parametrize("aspect", ASPECTS)
def test_faces_are_in_the_safe_area(aspect: str) -> None:
    """In every close-up of chance all heads with their hats are title-safe, however near the camera comes."""
    seen = 0
    for number, request, stage in _portion(aspect, 0):
        if not stage.close:
            continue
        busts = Busts(stage, peopled(request), scheme_for(stage).figure_light(1.0))
        framing, near = busts.framing, max(1.0, nearness(stage.camera))
        width, height = stage.layout.width, stage.layout.height
        pivot = PIVOT * height
        for track, x, lift in zip(stage.tracks, framing.places, framing.lifts, strict=True):
            bust = busts.measured(track)
            top = pivot + near * (height - lift - bust.rise * framing.size - pivot)
            assert top >= SAFE * height - SLACK, number
            left, right = (width / 2 + near * (x + d * framing.size - width / 2) for d in (-bust.left, bust.right))
            assert left >= SAFE * width - SLACK, number
            assert right <= (1 - SAFE) * width + SLACK, number
            seen += 1
    assert seen > 5


@pytest.mark.parametrize("size", ODD)
def test_odd_frames_are_staged(size: tuple[int, int]) -> None:
    """Frames that nobody would choose are composed too."""
    for number in range(8):
        stage = stage_of(scene_of_chance(np.random.default_rng([number, *size]), size))
        assert (stage.layout.width, stage.layout.height) == size
        assert 0 < stage.layout.person < size[1], number


@pytest.mark.parametrize("number", range(PAINTED))
def test_any_scene_can_be_painted_and_lives(number: int) -> None:
    """Forty scenes of chance, each style in turn, are painted: no frame is blank or equal to the one before."""
    request = scene_of_chance(np.random.default_rng([40, number]), SMALL[number % len(SMALL)])
    style = STYLES.canonical[number % len(STYLES.canonical)]
    request = replace(request, frames=max(6, request.frames), scene=replace(request.scene, style=style))
    projector = Projector(stage_of(request), request)
    for first in (0, request.frames - 3):
        frames = [projector.picture(first + k) for k in range(3)]
        assert all(frame.shape == (request.height, request.width, 3) for frame in frames)
        assert all(frame.dtype == np.uint8 for frame in frames)
        assert all(float(frame.std()) > 2.0 for frame in frames), first
        assert all(not np.array_equal(a, b) for a, b in itertools.pairwise(frames)), first


def _numbers(plain: object) -> list[float]:
    """All numbers of a JSON value."""
    if isinstance(plain, dict):
        return [number for value in plain.values() for number in _numbers(value)]
    if isinstance(plain, list):
        return [number for value in plain for number in _numbers(value)]
    return [float(plain)] if isinstance(plain, (int, float)) else []
