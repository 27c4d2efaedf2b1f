"""What each built-in transition shows; the contract that all of them share is tested in the conformance suite."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from projects.plugins import find
from render.blending import dissolve
from render.transition import Way, chosen, planes, solid, transition
from render.transitions.matte import field_of
from scenes.frames import I420
from storyboard.errors import MissingError

WIDTH, HEIGHT = 64, 36
SHAPE = (HEIGHT * 3 // 2, WIDTH)
BLACK, WHITE = solid(SHAPE, "#000000"), solid(SHAPE, "#ffffff")


def luma(name: str, option: str, progress: float, tail: I420 = BLACK, head: I420 = WHITE) -> NDArray[np.int32]:
    """The luma of one frame."""
    return planes(transition(name).blend(tail, head, progress, Way(option)))[0].astype(np.int32)


def striped(width: int, height: int) -> I420:
    """A picture with fine upright stripes."""
    picture = solid((height * 3 // 2, width), "#808080")
    planes(picture)[0][:, ::4] = 30
    return picture


def test_the_named_transitions_are_installed() -> None:
    """The transitions of the format are all there, through the plug-in door."""
    named = "cut crossfade fade wipe slide push circle clock zoom blur whip matte glitch"
    assert set(named.split()) <= set(find("workprint.transitions"))


@pytest.mark.parametrize("name", ["wipe", "slide", "push", "whip"])
@pytest.mark.parametrize(("option", "side"), [("left", "right"), ("right", "left"), ("up", "bottom"), ("down", "top")])
def test_directions(name: str, option: str, side: str) -> None:
    """The new picture comes from the side that is opposite to its movement."""
    shown = luma(name, option, 0.5)
    halves = {
        "left": shown[:, : WIDTH // 4],
        "right": shown[:, -WIDTH // 4 :],
        "top": shown[: HEIGHT // 4],
        "bottom": shown[-HEIGHT // 4 :],
    }
    opposite = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}[side]
    assert halves[side].mean() > 200
    assert halves[opposite].mean() < 50


def test_a_slide_covers_and_a_push_moves() -> None:
    """Under a slide the old picture stays where it is; a push takes it along, beside the new one."""
    tail = striped(WIDTH, HEIGHT)
    planes(tail)[0][:, 20] = 235
    old = planes(tail)[0]
    half = WIDTH // 2
    assert np.array_equal(luma("slide", "left", 0.5, tail, WHITE)[:, :half], old[:, :half])
    assert np.array_equal(luma("push", "left", 0.5, tail, WHITE)[:, :half], old[:, half:])
    assert np.array_equal(luma("push", "right", 0.5, tail, WHITE)[:, half:], old[:, :half])


def test_fade_passes_through_its_colour() -> None:
    """Half-way a fade shows its colour and nothing else, in linear light too."""
    random = np.random.default_rng(1)
    tail, head = (random.integers(16, 236, SHAPE, dtype=np.uint8) for _ in range(2))
    for linear in (False, True):
        middle = transition("fade").blend(tail, head, 0.5, Way("#ff0000", linear))
        assert np.array_equal(middle, solid(SHAPE, "#ff0000"))


@pytest.mark.parametrize(("width", "height"), [(160, 90), (90, 160), (100, 100)])
@pytest.mark.parametrize(("option", "inside"), [("in", True), ("out", False)])
def test_a_circle_is_round_in_every_frame(width: int, height: int, option: str, inside: bool) -> None:
    """The iris opens or closes round the middle, as wide as it is tall."""
    shape = (height * 3 // 2, width)
    head, tail = solid(shape, "#ffffff"), solid(shape, "#000000")
    shown = luma("circle", option, 0.35 if inside else 0.65, tail, head) > 125
    circle = shown if inside else ~shown
    rows, columns = np.flatnonzero(circle.any(axis=1)), np.flatnonzero(circle.any(axis=0))
    assert circle[height // 2, width // 2]
    assert not circle[0, 0]
    assert rows.size == pytest.approx(columns.size, abs=2)
    assert circle.sum() == pytest.approx(np.pi * rows.size**2 / 4, rel=0.08)


def test_a_clock_turns_from_twelve() -> None:
    """After a quarter the first quarter of the dial is new, after three quarters all but the last."""
    shape = (150, 100)
    black, white = solid(shape, "#000000"), solid(shape, "#ffffff")
    early, late = (luma("clock", "", progress, black, white) for progress in (0.32, 0.67))
    corners = {"upper right": (10, 90), "lower right": (90, 90), "lower left": (90, 10), "upper left": (10, 10)}
    assert [bool(early[place] > 125) for place in corners.values()] == [True, False, False, False]
    assert [bool(late[place] > 125) for place in corners.values()] == [True, True, True, False]


def test_a_zoom_shows_no_border() -> None:
    """Between two white pictures a zoom is white to the corners, however small the pictures have become."""
    for option in ("in", "out"):
        for progress in (0.2, 0.4, 0.5, 0.6, 0.8):
            assert np.array_equal(luma("zoom", option, progress, WHITE, WHITE), planes(WHITE)[0])


def test_a_zoom_grows_or_shrinks() -> None:
    """Zooming in, a bar in the old picture grows wider; zooming out, narrower."""
    tail = solid((135, 160), "#000000")
    planes(tail)[0][:, 60:100] = 235
    head = solid((135, 160), "#000000")
    widths = [int((luma("zoom", option, 0.35, tail, head)[45] > 125).sum()) for option in ("in", "out")]
    assert widths[0] > 50
    assert 20 < widths[1] < 34


def test_a_blur_is_widest_in_the_middle() -> None:
    """Detail falls until the middle and comes back after it."""
    picture = np.asarray(cv2.GaussianBlur(striped(320, 180), (0, 0), 1), np.uint8)
    detail = [
        float(np.abs(np.diff(luma("blur", "", progress, picture, picture), axis=1)).mean())
        for progress in (0.02, 0.2, 0.5, 0.8, 0.98)
    ]
    assert detail[0] > detail[1] > detail[2] < detail[3] < detail[4]


def test_a_whip_smears_along_its_way_only() -> None:
    """In the middle of a whip upright stripes are gone, and lying ones stay as they are."""
    upright = striped(320, 180)
    lying = solid((270, 320), "#808080")
    planes(lying)[0][::4] = 30
    assert np.ptp(luma("whip", "left", 0.4, upright, upright)) <= 4
    assert np.ptp(luma("whip", "left", 0.4, lying, lying)[:, 100]) > 90


def test_a_glitch_is_wildest_in_the_middle() -> None:
    """Between two equal pictures it disturbs little near the ends and much between."""
    random = np.random.default_rng(4).integers(16, 236, (270, 320), dtype=np.uint8)
    picture = np.asarray(cv2.GaussianBlur(random, (0, 0), 5), np.uint8)
    off = [
        float(np.abs(luma("glitch", "", step / 24, picture, picture) - planes(picture)[0]).mean())
        for step in range(1, 24)
    ]
    assert max(off[8:16]) > 3 * max(off[0], off[-1])


def test_a_matte_shows_dark_places_first() -> None:
    """Half-way through a ramp that grows brighter to the right, the left half is new."""
    ramp = np.broadcast_to(np.arange(256, dtype=np.uint8)[None, :, None], (64, 256, 3))
    way = Way(matte=field_of(ramp, WIDTH, HEIGHT), softness=0.1)
    shown = planes(transition("matte").blend(BLACK, WHITE, 0.5, way))[0]
    assert shown[:, : WIDTH // 2 - 6].min() == 235
    assert shown[:, WIDTH // 2 + 6 :].max() == 16


def test_softness_widens_the_edge_of_a_matte() -> None:
    """The softer, the more samples show both pictures."""
    ramp = np.broadcast_to(np.arange(256, dtype=np.uint8)[None, :, None], (64, 256, 3))
    mixed = []
    for softness in (0.0, 0.2, 1.0):
        way = Way(matte=field_of(ramp, 320, 180), softness=softness)
        pair = (solid((270, 320), "#000000"), solid((270, 320), "#ffffff"))
        shown = planes(transition("matte").blend(*pair, 0.5, way))[0]
        mixed.append(int(((shown > 16) & (shown < 235)).sum()))
    assert mixed[0] < mixed[1] < mixed[2]


def test_a_matte_fills_every_frame_without_stretching() -> None:
    """A disc stays a disc in an upright frame, and the field always runs from 0 to 1."""
    disc = np.full((90, 160, 3), 60, np.uint8)
    cv2.circle(disc, (80, 45), 20, (190, 190, 190), -1)
    field = field_of(disc, 90, 160)
    assert field.shape == (160, 90)
    assert (field.min(), field.max()) == (0, 1)
    inside = field > 0.5
    assert inside.any(axis=0).sum() == pytest.approx(inside.any(axis=1).sum(), abs=3)


def test_an_even_matte_is_no_fault() -> None:
    """A picture of one grey has no order, so the whole frame changes at once."""
    field = field_of(np.full((8, 8, 3), 77, np.uint8), WIDTH, HEIGHT)
    shown = planes(transition("matte").blend(BLACK, WHITE, 0.5, Way(matte=field, softness=1)))[0]
    assert np.ptp(shown) == 0


def test_a_matte_without_a_picture_is_refused() -> None:
    """The remedy names the key."""
    with pytest.raises(MissingError) as caught:
        transition("matte").blend(BLACK, WHITE, 0.5, Way())
    assert "picture" in caught.value.hint


def test_the_usual_option_is_taken_where_none_is_chosen() -> None:
    """The first option, black for colours, nothing where there is nothing to choose."""
    assert chosen(transition("wipe"), "") == "left"
    assert chosen(transition("fade"), "") == "#000000"
    assert chosen(transition("fade"), "#123456") == "#123456"
    assert chosen(transition("blur"), "") == ""


@pytest.mark.parametrize(("name", "option"), [("wipe", "sideways"), ("blur", "left"), ("circle", "#ffffff")])
def test_an_option_that_is_not_offered_is_refused(name: str, option: str) -> None:
    """Nothing is taken for something else in silence."""
    with pytest.raises(MissingError) as caught:
        chosen(transition(name), option)
    assert caught.value.hint


def test_a_crossfade_is_an_even_dissolve() -> None:
    """It goes over in a straight line, in coded values or in light."""
    for linear in (False, True):
        mixed = transition("crossfade").blend(BLACK, WHITE, 0.3, Way(linear=linear))
        assert np.array_equal(mixed, dissolve(BLACK, WHITE, 0.3, linear=linear))


def test_solid_colours_are_bt709_limited() -> None:
    """Black, white and red have the levels that BT.709 gives them."""
    for colour, levels in (("#000000", (16, 128, 128)), ("#ffffff", (235, 128, 128)), ("#ff0000", (63, 102, 240))):
        assert tuple(int(plane[0, 0]) for plane in planes(solid(SHAPE, colour))) == levels
