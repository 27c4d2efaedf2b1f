"""Every transition that is installed, held to the same contract."""

from __future__ import annotations

import numpy as np
import pytest

from projects.plugins import find
from render.transition import Transition, dissolve, planes, solid, transition
from scenes.frames import I420

WIDTH, HEIGHT = 64, 36
SHAPE = (HEIGHT * 3 // 2, WIDTH)


def cases() -> list[tuple[str, str]]:
    """Every installed transition with every option that it takes."""
    return [
        (name, option.replace("#rrggbb", "#ffffff"))
        for name in sorted(find("workprint.transitions"))
        for option in (transition(name).options() or ("",))
    ]


@pytest.fixture
def tail() -> I420:
    """The old picture: noise, so that every place of it can be told apart."""
    return np.random.default_rng(1).integers(16, 236, SHAPE, dtype=np.uint8)


@pytest.fixture
def head() -> I420:
    """The new picture."""
    return np.random.default_rng(2).integers(16, 236, SHAPE, dtype=np.uint8)


def test_the_named_transitions_are_installed() -> None:
    """The transitions of the format are all there, through the plug-in door."""
    assert {"cut", "crossfade", "fade", "wipe", "slide"} <= set(find("workprint.transitions"))


@pytest.mark.parametrize(("name", "option"), cases())
def test_contract(name: str, option: str, tail: I420, head: I420) -> None:
    """A transition gives a new picture of the same shape and type, leaves both sources alone, and repeats itself."""
    way: Transition = transition(name)
    before, after = tail.copy(), head.copy()
    mixed = way.blend(tail, head, 0.4, option)
    assert mixed.shape == SHAPE
    assert mixed.dtype == np.uint8
    assert mixed.flags.c_contiguous
    assert np.array_equal(tail, before)
    assert np.array_equal(head, after)
    assert np.array_equal(mixed, way.blend(tail, head, 0.4, option))


@pytest.mark.parametrize(("name", "option"), cases())
def test_ends(name: str, option: str, tail: I420, head: I420) -> None:
    """Near the beginning a transition shows nearly the old picture, near the end nearly the new one."""
    way = transition(name)
    first, last = way.blend(tail, head, 0.01, option), way.blend(tail, head, 0.99, option)
    assert np.abs(first.astype(int) - tail).mean() < 8
    assert np.abs(last.astype(int) - head).mean() < 8


@pytest.mark.parametrize("name", ["wipe", "slide"])
@pytest.mark.parametrize(("option", "side"), [("left", "right"), ("right", "left"), ("up", "bottom"), ("down", "top")])
def test_directions(name: str, option: str, side: str, tail: I420, head: I420) -> None:
    """The new picture comes from the side that is opposite to its movement."""
    dark, bright = solid(SHAPE, "#000000"), solid(SHAPE, "#ffffff")
    luma = planes(transition(name).blend(dark, bright, 0.5, option))[0].astype(int)
    halves = {
        "left": luma[:, : WIDTH // 4],
        "right": luma[:, -WIDTH // 4 :],
        "top": luma[: HEIGHT // 4],
        "bottom": luma[-HEIGHT // 4 :],
    }
    opposite = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}[side]
    assert halves[side].min() > 200
    assert halves[opposite].max() < 30


def test_fade_passes_through_its_colour(tail: I420, head: I420) -> None:
    """Half-way a fade shows its colour and nothing else."""
    middle = transition("fade").blend(tail, head, 0.5, "#ff0000")
    assert np.array_equal(middle, solid(SHAPE, "#ff0000"))


def test_solid_colours_are_bt709_limited() -> None:
    """Black, white and red have the levels that BT.709 gives them."""
    for colour, levels in (("#000000", (16, 128, 128)), ("#ffffff", (235, 128, 128)), ("#ff0000", (63, 102, 240))):
        assert tuple(int(plane[0, 0]) for plane in planes(solid(SHAPE, colour))) == levels


def test_dissolve_is_even(tail: I420, head: I420) -> None:
    """A half-way dissolve is the mean of both pictures, to the level."""
    mean = (tail.astype(int) + head.astype(int) + 1) // 2
    assert np.array_equal(dissolve(tail, head, 0.5), mean)
