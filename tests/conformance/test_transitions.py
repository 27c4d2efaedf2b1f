"""One suite over every transition that is installed, built in or not: what the contract promises holds."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np
import pytest

from projects.plugins import find
from render.transition import ANY_COLOUR, Transition, Way, chosen, planes, solid, transition
from scenes.frames import I420

NAMES = sorted(find("workprint.transitions"))
CASES = [
    (name, option.replace(ANY_COLOUR, colour))
    for name in NAMES
    for option in (transition(name).options() or ("",))
    for colour in (("#000000", "#e02020") if option == ANY_COLOUR else ("",))
]
SIZES = [(64, 36), (46, 26), (90, 160), (640, 360)]
"""Width and height: the usual, planes with odd sides, upright, and one that takes more than one stripe."""
SECOND = 24


def way_for(name: str, option: str, size: tuple[int, int], frames: int = SECOND) -> Way:
    """A way with all that a transition may need: the option and a matte that grows brighter to the right."""
    width, height = size
    ramp = np.broadcast_to(np.linspace(0, 1, width, dtype=np.float32), (height, width))
    return Way(chosen(transition(name), option), matte=np.ascontiguousarray(ramp), step=1 / (frames + 1))


def noise(seed: int, size: tuple[int, int]) -> I420:
    """A picture of independent samples from the whole of limited range."""
    random = np.random.default_rng(seed)
    picture = random.integers(16, 241, (size[1] * 3 // 2, size[0]), dtype=np.uint8)
    planes(picture)[0].clip(16, 235, out=planes(picture)[0])
    return picture


def scenery(seed: int, size: tuple[int, int]) -> I420:
    """A picture of soft shapes, as pictures are."""
    picture = noise(seed, size)
    for plane in planes(picture):
        wide = cv2.resize(plane[:6, :6], plane.shape[::-1], interpolation=cv2.INTER_LINEAR)
        plane[:] = wide
    return picture


def passage(kind: Transition, tail: I420, head: I420, way: Way, frames: int) -> list[I420]:
    """All frames of a transition between two stills."""
    return [kind.blend(tail, head, (number + 1) * way.step, way) for number in range(frames)]


def apart(here: I420, there: I420) -> float:
    """Mean distance of two pictures, in levels."""
    return float(np.abs(here.astype(np.int16) - there).mean())


@pytest.mark.parametrize("name", NAMES)
def test_it_says_what_it_is(name: str) -> None:
    """The name is the one of its entry point, options are distinct words, and its class tells people what is seen."""
    kind = transition(name)
    options = list(kind.options())
    assert kind.name == name
    assert isinstance(kind.detour, bool)
    assert len(set(options)) == len(options)
    assert all(option and option == option.strip().lower() for option in options)
    assert (type(kind).__doc__ or "").strip()


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize(("name", "option"), CASES)
def test_a_frame_is_a_coded_picture(name: str, option: str, size: tuple[int, int]) -> None:
    """Shape, type and order are those of both pictures, which stay as they are, and levels stay legal."""
    tail, head = noise(1, size), noise(2, size)
    before, after = tail.copy(), head.copy()
    for progress in (0.04, 0.3, 0.5, 0.81):
        for linear in (False, True):
            way = replace(way_for(name, option, size), linear=linear)
            mixed = transition(name).blend(tail, head, progress, way)
            assert mixed.shape == tail.shape
            assert mixed.dtype == np.uint8
            assert mixed.flags.c_contiguous
            for plane, top in zip(planes(mixed), (235, 240, 240), strict=True):
                assert plane.min() >= 16
                assert plane.max() <= top
    assert np.array_equal(tail, before)
    assert np.array_equal(head, after)


@pytest.mark.parametrize(("name", "option"), CASES)
def test_the_same_way_gives_the_same_picture(name: str, option: str) -> None:
    """Frames do not hang on what was asked before, nor on who asks."""
    size = (64, 36)
    tail, head, way = noise(1, size), noise(2, size), way_for(name, option, size)
    kind = transition(name)
    first = passage(kind, tail, head, way, SECOND)
    again = passage(transition(name), tail, head, way, SECOND)[::-1]
    backwards = [kind.blend(tail, head, (number + 1) * way.step, way) for number in reversed(range(SECOND))]
    assert all(np.array_equal(here, there) for here, there in zip(first, again[::-1], strict=True))
    assert all(np.array_equal(here, there) for here, there in zip(first, backwards[::-1], strict=True))


@pytest.mark.parametrize("linear", [False, True])
@pytest.mark.parametrize("size", [(160, 90), (90, 160)], ids=str)
@pytest.mark.parametrize(("name", "option"), CASES)
def test_it_begins_with_the_old_and_ends_with_the_new(
    name: str, option: str, size: tuple[int, int], linear: bool
) -> None:
    """Near the beginning the picture is nearly the old one, near the end nearly the new one."""
    tail, head = scenery(1, size), scenery(2, size)
    way = replace(way_for(name, option, size, 60), linear=linear)
    kind = transition(name)
    assert apart(kind.blend(tail, head, 0.005, way), tail) < 2
    assert apart(kind.blend(tail, head, 0.995, way), head) < 2


@pytest.mark.parametrize("frames", [2, SECOND])
@pytest.mark.parametrize(("name", "option"), CASES)
def test_it_comes_nearer_with_every_frame(name: str, option: str, frames: int) -> None:
    """From one even picture to another the distance to the new one never grows, but for ways with a detour."""
    size = (160, 90)
    tail, head = solid((135, 160), "#203a80"), solid((135, 160), "#f0c090")
    way = way_for(name, option, size, frames)
    kind = transition(name)
    distances = [apart(picture, head) for picture in passage(kind, tail, head, way, frames)]
    assert len(distances) == frames
    if not kind.detour:
        assert all(later <= earlier + 0.5 for earlier, later in pairwise(distances))
    whole = apart(tail, head)
    assert distances[0] > 0 or name == "cut"
    assert distances[-1] < whole


@pytest.mark.parametrize("linear", [False, True])
@pytest.mark.parametrize(("name", "option"), CASES)
def test_what_both_have_in_common_stays(name: str, option: str, linear: bool) -> None:
    """Between two equal even pictures nothing is to be seen, but for ways with a detour."""
    size = (160, 90)
    grey = solid((135, 160), "#6a7078")
    way = replace(way_for(name, option, size), linear=linear)
    kind = transition(name)
    seen = max(apart(picture, grey) for picture in passage(kind, grey, grey, way, SECOND))
    assert (seen == 0) is not kind.detour


@pytest.mark.parametrize("name", NAMES)
def test_options_make_a_difference(name: str) -> None:
    """No two options of a transition look alike half-way and before it."""
    options = [option.replace(ANY_COLOUR, colour) for option in transition(name).options() for colour in ("#000000",)]
    size = (64, 36)
    tail, head = noise(1, size), noise(2, size)
    seen = [transition(name).blend(tail, head, 0.4, way_for(name, option, size)).tobytes() for option in options]
    assert len(set(seen)) == len(options)
