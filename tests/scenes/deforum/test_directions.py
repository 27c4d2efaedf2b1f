"""Directions: the camera word's move, single settings of the author's instead, and all that is wrong with those."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.backends.deforum.directions import SETTINGS, denoising, directed
from scenes.backends.deforum.schedules import Clock
from storyboard.errors import RenderError

CLOCK = Clock(24, Fraction(12))


def test_the_word_alone() -> None:
    """With nothing written the camera word moves and everything else is usual."""
    made = directed("dolly in", CLOCK, 1.5, 1, {})
    assert made.steps[12].zoom > 1.0
    assert set(made.strength) == {0.65}
    assert (made.cadence, made.walks, made.note) == (1, True, "")
    assert len(made.noise) == len(made.guidance) == len(made.steps) == 24


def test_single_settings_count_instead() -> None:
    """A written schedule takes the place of that part of the word's move and leaves the rest."""
    word = directed("crane up", CLOCK, 1.5, 1, {})
    made = directed("crane up", CLOCK, 1.5, 1, {"zoom": "0:(1.02), 10:(1.04)", "strength": 0.5, "cadence": 3})
    assert made.steps[5].zoom == pytest.approx(1.03)
    assert made.steps[5].y == word.steps[5].y
    assert made.steps[5].tilt == word.steps[5].tilt
    assert (set(made.strength), made.cadence) == ({0.5}, 3)


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("angle", "angle"),
        ("translation_x", "x"),
        ("translation_z", "z"),
        ("rotation_3d_x", "tilt"),
        ("rotation_3d_y", "turn"),
    ],
)
def test_names(name: str, field: str) -> None:
    """Deforum's names mean the parts of a step."""
    assert getattr(directed("static", CLOCK, 1.0, 1, {name: "t/10"}).steps[20], field) == 2.0


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ({"zoom": "1 + t"}, "24 at frame 23"),
        ({"strength": "0:(0.5), 20:(1.5)"}, "1.5 at frame 20"),
        ({"zoom": "0:(1"}, "never closed"),
        ({"cadence": "2.5"}, "cadence"),
        ({"cadence": 0}, "cadence"),
        ({"cadence": "9" * 5000}, "cadence"),
        ({"noise": True}, "'noise'"),
        ({"zooom": "1"}, "'zooom'"),
    ],
)
def test_refused(written: dict[str, str | int | float], told: str) -> None:
    """What leaves its bounds or cannot be read is refused, with the frame or place and a remedy."""
    with pytest.raises(RenderError, match=told) as refused:
        directed("static", CLOCK, 1.0, 1, written)
    assert refused.value.hint


def test_rack_focus_is_told() -> None:
    """A word that no step can give is noted, unless the author moves the camera himself."""
    assert directed("rack focus", CLOCK, 1.0, 1, {}).note
    assert not directed("rack focus", CLOCK, 1.0, 1, {"zoom": "1.01"}).note


def test_settings() -> None:
    """All settings can be written at once."""
    assert directed("orbit", CLOCK, 1.0, 1, dict.fromkeys(SETTINGS, 1)).cadence == 1


@given(st.floats(0, 1), st.integers(1, 200))
def test_denoising_runs_the_right_number_of_steps(keep: float, steps: int) -> None:
    """What is painted over is what is not kept, in whole steps as diffusers counts them, and never none."""
    run = min(int(steps * denoising(keep, steps)), steps)
    assert run >= 1
    assert abs(run - steps * (1 - keep)) <= 1
    assert 0 < denoising(keep, steps) <= 1


def test_denoising_does_not_lose_a_step() -> None:
    """A fifth of 25 steps is 5, although 1 - 0.8 is a little less than 0.2."""
    assert int(25 * denoising(0.8, 25)) == 5
    assert int(25 * denoising(0.0, 25)) == 25
