"""A take for another cut out of the main one: the same pictures, cropped round what must stay in sight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from projects.steps import Artifact, Work
from scenes.frames import TAKE_PROFILE, i420_to_rgb, write_film
from scenes.recut import RecutRequest, make_recut
from scenes.takes import take_pictures
from storyboard.errors import InterruptedRender, RenderError

REQUEST = RecutRequest(12, Fraction(24), 90, 160, "crop", (0.9, 0.5))


@pytest.fixture
def take(tmp_path: Path) -> Artifact:
    """Twelve frames, dark but for a bright thing at the right."""
    frames = []
    for number in range(12):
        frame = np.full((180, 320, 3), 40, np.uint8)
        frame[60:120, 260:300] = (240, 200, 60)
        frame[:8, :8] = 20 * number
        frames.append(frame)
    write_film(tmp_path / "take.mp4", frames, 320, 180, Fraction(24), TAKE_PROFILE)
    facts = {"frames": 12, "width": 320, "height": 180, "model": "a/b", "notes": ["n"], "sound": True}
    return Artifact("", tmp_path / "take.mp4", facts)


def made(request: RecutRequest, take: Artifact, out: Path, stop: Callable[[], bool] = lambda: False) -> Artifact:
    """The take in its other shape."""
    return Artifact("", out, make_recut(request, Work({"take": take}, {}, lambda part: None, stop), out))


def test_what_must_stay_in_sight_does(take: Artifact, tmp_path: Path) -> None:
    """The crop lies round the focus; count and facts are the take's, the size is the cut's, sound stays behind."""
    found = made(REQUEST, take, tmp_path / "out.mp4")
    pictures = [i420_to_rgb(picture) for picture in take_pictures(found)]
    assert [picture.shape for picture in pictures] == [(160, 90, 3)] * 12
    assert (pictures[5].max(axis=2) > 200).mean() > 0.05
    kept = {name: fact for name, fact in take.facts.items() if name != "sound"}
    assert found.facts == {**kept, "width": 90, "height": 160, "taken": "coded"}


def test_another_focus_shows_another_part(take: Artifact, tmp_path: Path) -> None:
    """To the left there is nothing bright."""
    found = made(replace(REQUEST, focus=(0.1, 0.5)), take, tmp_path / "out.mp4")
    picture = i420_to_rgb(next(iter(take_pictures(found))))
    assert (picture[20:].max(axis=2) > 200).mean() < 0.01


def test_a_take_that_is_too_short_is_told(take: Artifact, tmp_path: Path) -> None:
    """Frames that are not there are not invented."""
    with pytest.raises(RenderError):
        made(replace(REQUEST, frames=20), take, tmp_path / "out.mp4")


def test_it_can_be_stopped(take: Artifact, tmp_path: Path) -> None:
    """Between two frames."""
    with pytest.raises(InterruptedRender):
        made(REQUEST, take, tmp_path / "out.mp4", lambda: True)
