"""What models are given to keep to: the painter's own staging as layout, nearness, skeletons and outlines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import get_args

import cv2
import numpy as np
import pytest

from scenes.backend import ClipRequest, Frame, Guide, StagesScenes
from scenes.backends.animatic import Animatic
from scenes.backends.animatic.blocking import Track
from scenes.backends.animatic.guides import guided
from scenes.backends.animatic.guides.depth import DepthProjector
from scenes.backends.animatic.guides.skeletons import SkeletonProjector
from scenes.backends.animatic.stage import stage_of
from tests.scenes.animatic.conftest import part

RequestOf = Callable[..., ClipRequest]
GUIDES: tuple[Guide, ...] = get_args(Guide)


def shown(request: ClipRequest, guide: Guide, frame: int = 0) -> Frame:
    """One picture."""
    return next(guided(request, guide, [frame]))


@pytest.fixture
def pair(request_of: RequestOf) -> ClipRequest:
    """Two people on a meadow, large enough to be measured."""
    cast = (part("Ann", "raise", "left", "woman"), part("Bob", "stand", "right", "man"))
    return request_of(320, 180, cast=cast)


@pytest.mark.parametrize("guide", GUIDES)
def test_each_depends_on_its_frame_alone(pair: ClipRequest, guide: Guide) -> None:
    """A frame asked for alone is that of a run over all of them, twice the same, and as large as the clip's."""
    moving = replace(pair, scene=replace(pair.scene, camera="truck right"))
    run = list(guided(moving, guide, range(0, 24, 6)))
    alone = shown(moving, guide, 18)
    assert alone.shape == (180, 320, 3)
    assert alone.dtype == np.uint8
    assert np.array_equal(run[3], alone)
    assert np.array_equal(alone, shown(moving, guide, 18))
    assert not np.array_equal(run[0], run[3])


def test_the_painter_says_that_it_stages() -> None:
    """Whoever wants guides finds them through the contract."""
    assert isinstance(Animatic(), StagesScenes)


def test_the_layout_is_the_clip_without_what_cannot_be_touched(pair: ClipRequest) -> None:
    """On a clear day it is the clip to within grain; rain in the air is left out."""
    clip = Animatic().generate(pair, Animatic().quantise(pair), lambda part: None, lambda: False)
    first = next(clip.frames).astype(int)
    assert np.abs(first - shown(pair, "layout")).mean() < 4
    rain = replace(pair, scene=replace(pair.scene, weather="rain"))
    assert np.array_equal(shown(rain, "pose"), shown(pair, "pose"))


def test_joints_lie_on_the_bodies(pair: ClipRequest) -> None:
    """Every joint of everybody, and his nose and eyes, lies on his own painted figure or a hand's breadth beside it."""
    stage = stage_of(pair)
    projector = SkeletonProjector(stage, pair)
    t, _, view = projector._moment(12)
    people = list(projector.people(12))
    assert len(people) == 2
    for track, points in zip(projector.players.order, people, strict=True):
        one = projector.players.placed(view, track, 12, t)
        alpha = one.sprite.pixels[..., 3]
        reach = max(2, round(0.02 * stage.layout.person))
        for name, (x, y) in points.items():
            column = round(one.sprite.anchor[0] + (x - one.x) / one.scale)
            row = round(one.sprite.anchor[1] + (y - one.y) / one.scale)
            area = alpha[max(0, row - reach) : row + reach + 1, max(0, column - reach) : column + reach + 1]
            assert area.size, name
            assert area.max() > 0, name


def test_who_looks_right_shows_his_right_side(request_of: RequestOf) -> None:
    """Left and right are the person's own, so that a model does not turn him round."""
    for facing, near in (("right", "right"), ("left", "left")):
        request = request_of(320, 180, cast=(part("Ann", "stand", "center", "woman", facing),))
        points = next(SkeletonProjector(stage_of(request), request).people(0))
        assert f"{near} ear" in points
        assert f"{'left' if near == 'right' else 'right'} ear" not in points
        assert (points["nose"][0] > points["neck"][0]) == (facing == "right")


def test_a_close_up_has_a_face_and_shoulders(request_of: RequestOf) -> None:
    """Eyes above the nose, the neck below it, the shoulders to both sides of the neck."""
    request = request_of(320, 180, shot="close-up", cast=(part("Ann", role="woman"),))
    points = next(SkeletonProjector(stage_of(request), request).people(0))
    assert points["right eye"][1] < points["nose"][1] < points["neck"][1]
    assert points["right shoulder"][0] < points["neck"][0] < points["left shoulder"][0]


def test_animals_have_no_skeleton(request_of: RequestOf) -> None:
    """A dog is not drawn as a person on all fours."""
    request = request_of(cast=(part("Rex", role="dog"),))
    assert not shown(request, "pose").any()


def test_nearer_is_brighter(pair: ClipRequest) -> None:
    """The sky is black, the ground grows brighter towards the camera, and people stand out from what is behind them."""
    depth = shown(pair, "depth")[..., 0].astype(int)
    layout = stage_of(pair).layout
    assert depth[:10].max() < 40
    # Above it stand hedges and hills.
    ground = np.median(depth[round((layout.horizon + layout.ground) / 2) :], axis=1)
    assert (np.diff(ground) >= -2).all()
    assert ground[-1] > ground[0] + 60
    projector = DepthProjector(stage_of(pair), pair)
    track: Track = projector.players.order[0]
    row = round(track.y - 0.6 * layout.person)
    assert depth[row, round(track.spot)] > np.median(depth[row]) + 30


def test_what_is_farther_hides_nothing(pair: ClipRequest) -> None:
    """The shapes in the depth are those of the painted picture: a person's outline is where he is painted."""
    painted = shown(pair, "layout").astype(int)
    alone = shown(replace(pair, scene=replace(pair.scene, cast=())), "layout").astype(int)
    body = np.abs(painted - alone).sum(axis=2) > 60
    depth = shown(pair, "depth")[..., 0].astype(int)
    bare = shown(replace(pair, scene=replace(pair.scene, cast=())), "depth")[..., 0].astype(int)
    shape = np.abs(depth - bare) > 12
    both = (body & shape).sum()
    assert both / shape.sum() > 0.8


def test_outlines_are_the_same_by_night(pair: ClipRequest) -> None:
    """Lines do not depend on light and style, only on what stands where; strokes are fewer and broader."""
    night = replace(pair, scene=replace(pair.scene, time="night", style="noir"))
    lines, strokes = shown(pair, "lines"), shown(pair, "scribble")
    assert np.array_equal(lines, shown(night, "lines"))
    assert set(np.unique(lines)) == {0, 255}
    assert 0.005 < (lines[..., 0] > 0).mean() < 0.25
    assert 0.02 < (strokes[..., 0] > 127).mean() < 0.5


def test_moving_somebody_moves_his_skeleton(pair: ClipRequest) -> None:
    """What the storyboard says of where he stands is what a model is told."""
    other = replace(pair, scene=replace(pair.scene, cast=(replace(pair.scene.cast[0], at="far right"),)))
    first, second = (
        np.flatnonzero(shown(one, "pose").any(axis=(0, 2))).mean()
        for one in (replace(pair, scene=replace(pair.scene, cast=pair.scene.cast[:1])), other)
    )
    assert second > first + 100


def test_the_ground_comes_from_afar(request_of: RequestOf) -> None:
    """A floor grows brighter from the wall to the camera, row by row and without a leap; people stand on it."""
    request = request_of(320, 180, place="room")
    layout = stage_of(request).layout
    depth = shown(request, "depth")[..., 0].astype(int)
    floor = np.median(depth[round(0.5 * (layout.horizon + layout.ground)) :], axis=1)
    assert (np.diff(floor) >= 0).all()
    assert np.diff(floor).max() < 12
    assert floor[-1] - floor[0] > 50
    peopled = replace(request, scene=replace(request.scene, cast=(part("Ann", at="center", role="woman"),)))
    near = shown(peopled, "depth")[..., 0].astype(int)
    feet, middle = round(layout.ground), round(stage_of(peopled).tracks[0].spot)
    assert np.abs(near[feet - 6, middle - 12 : middle + 13] - floor[feet - 6 - len(depth)]).max() < 40


def test_who_stands_nearer_is_brighter(pair: ClipRequest) -> None:
    """Two people in different rows have the greys of their rows."""
    stage = stage_of(pair)
    first, second = stage.tracks
    apart = replace(stage, tracks=(replace(first, y=first.y - 4), replace(second, y=second.y + 4)))
    projector = DepthProjector(apart, pair)
    near, people = projector.shapes(0)
    levels = [int(np.median(near[people == sign])) for sign in (255, 195)]
    assert levels[0] < levels[1]


def test_what_stands_before_somebody_hides_him(request_of: RequestOf) -> None:
    """Where a sheet before the actors covers a person, he is not seen in the guides."""
    request = request_of(320, 180, place="forest", cast=(part("Ann", at="far left", role="woman"),))
    stage = stage_of(request)
    bare = replace(stage, layers=tuple(layer for layer in stage.layers if not layer.front))
    (_, seen), (_, whole) = (DepthProjector(one, request).shapes(0) for one in (stage, bare))
    assert 0 < (seen > 127).sum() < (whole > 127).sum()
    assert not ((seen > 127) & ~(whole > 60)).any()


def test_guides_go_with_the_camera(request_of: RequestOf) -> None:
    """As a camera trucks, the skeleton goes as far as the painted person does, and the far as little as it is far."""
    cast = (part("Ann", at="center", role="woman"),)
    request = request_of(320, 180, camera="truck right", cast=cast)
    skeletons, shapes = SkeletonProjector(stage_of(request), request), DepthProjector(stage_of(request), request)
    bones, bodies = [], []
    for frame in (0, 23):
        bones.append(next(skeletons.people(frame))["neck"][0])
        bodies.append(float(np.flatnonzero(shapes.shapes(frame)[1].any(axis=0)).mean()))
    assert abs(bones[1] - bones[0]) > 10
    assert abs((bones[1] - bones[0]) - (bodies[1] - bodies[0])) < 4


def test_a_close_up_keeps_its_place(request_of: RequestOf) -> None:
    """Behind the face the depth shows what stands there, darker than the face, and the layout has no discs of light."""
    request = request_of(320, 180, place="forest", shot="close-up", cast=(part("Ann", at="center", role="woman"),))
    projector = DepthProjector(stage_of(request), request)
    near, people = projector.shapes(0)
    behind = near[people == 0]
    assert behind.max() < np.median(near[people > 127])
    assert np.ptp(behind) > 20
    assert projector.backdrop is not None
    assert not projector.backdrop.discs


def test_strokes_keep_people_and_leave_out_grass(pair: ClipRequest) -> None:
    """Everybody has an outline all round; nothing small stands by itself."""
    projector = DepthProjector(stage_of(pair), pair)
    _, people = projector.shapes(0)
    drawn = shown(pair, "scribble")[..., 0] > 127
    shape = (people > 127).astype(np.uint8)
    rim = cv2.dilate(shape, np.ones((3, 3), np.uint8)) - shape
    assert (drawn & (rim > 0)).sum() > 0.9 * (rim > 0).sum()
    _, _, stats, _ = cv2.connectedComponentsWithStats(drawn.astype(np.uint8))
    assert np.maximum(stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]).min() > 12


def test_fog_and_wind_hide_no_outline(pair: ClipRequest) -> None:
    """Lines are found in any weather, and no cloud is drawn that the picture does not show."""
    fog = replace(pair, scene=replace(pair.scene, weather="fog"))
    clear, hidden = (shown(one, "lines")[..., 0] > 0 for one in (pair, fog))
    assert 0.8 < hidden.sum() / clear.sum() < 1.25
    assert not clear[:12].any()


def test_a_crowd_is_there_without_skeletons(request_of: RequestOf) -> None:
    """Extras stand in the depth and the lines of a street, and nobody is told how they hold their limbs."""
    alone = request_of(320, 180, place="city street")
    crowded = replace(alone, scene=replace(alone.scene, extras=(part("Many", role="crowd"),)))
    kinds: tuple[Guide, ...] = ("depth", "lines")
    for guide in kinds:
        one, many = (shown(request, guide).astype(int) for request in (alone, crowded))
        assert (np.abs(one - many)[..., 0] > 20).mean() > 0.01
    assert not shown(crowded, "pose").any()
