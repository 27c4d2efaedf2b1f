"""How people stand: each in his own way, never for ever, and differently in every emotion."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from scenes.backends.animatic.figure import FigureLight, FigureState
from scenes.backends.animatic.figures import render_figure
from scenes.backends.animatic.figures.acting import pose_for
from scenes.backends.animatic.figures.bearing import at_ease, bearing
from scenes.backends.animatic.figures.brush import Brush
from scenes.backends.animatic.figures.look import Look
from scenes.backends.animatic.figures.pose import Pose


def test_people_stand_in_their_own_ways() -> None:
    """Four manners keep the hands in four places at some time, and all of them let the arms hang at another."""
    moments = [at_ease(manner, 0.25 * step) for manner in range(4) for step in range(60)]
    hands = {(round(one.near_hand[0], 1), round(one.near_hand[1], 1)) for one in moments}
    assert {(-0.1, 0.9), (0.1, 0.6), (0.4, 0.7), (-0.3, 0.7)} <= hands


@pytest.mark.parametrize("manner", [0, 1, 2, 3])
def test_standing_is_smooth_and_moves(manner: int) -> None:
    """Hands never jump between two frames, and over some seconds the hips go from one foot to the other."""
    poses: list[Pose] = [pose_for(FigureState("stand", t=step / 24), 0.0, manner) for step in range(300)]
    jumps = [abs(a.near_hand[1] - b.near_hand[1]) for a, b in pairwise(poses)]
    assert max(jumps) < 0.04
    assert np.ptp([pose.hip[0] for pose in poses]) > 0.02


def test_emotions_are_held_apart() -> None:
    """No two emotions hold back, head and hands alike."""
    moods = ["neutral", "happy", "sad", "angry", "afraid", "surprised", "determined", "tired", "wonder", "tender"]
    held = [bearing(mood) for mood in moods]
    for index, one in enumerate(held):
        for other in held[index + 1 :]:
            apart = abs(one.lean - other.lean) + abs(one.bow - other.bow)
            apart += sum(
                abs(a - b) for a, b in zip(one.near_hand + one.far_hand, other.near_hand + other.far_hand, strict=True)
            )
            assert apart > 0.15


def test_a_near_arm_stands_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a style has neither contours nor paper shadows, a darker edge lies about the near arm on a coat."""
    look = Look(garment="coat", top=(0.7, 0.5, 0.3))

    def painted() -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
        state = FigureState("point", beat=0.5)
        return render_figure(look, state, 300, FigureLight(shade=0.0), "flat").pixels.astype(np.int16)

    edged = painted()
    monkeypatch.setattr(Brush, "apart", lambda *_: None)
    plain = painted()
    assert (edged <= plain + 1).all()
    assert (edged[..., :3].sum(axis=2) < plain[..., :3].sum(axis=2) - 40).sum() > 60
