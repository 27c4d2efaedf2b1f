"""Clips that bring sound: it stays with the take, exact and without loss, and the pictures stay as they were."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from projects.steps import Artifact
from scenes import clip
from scenes.backend import Capabilities, Clip, ClipPlan, ClipRequest, Cost, Problem
from scenes.clip import TakeRequest, make_take
from scenes.frames import TAKE_PROFILE, probe, read_frames, write_film
from scenes.takes import take_pictures
from storyboard.errors import RenderError

Install = Callable[..., None]


class Singing:
    """A backend of grey frames that hands over the sound that it was given, its pictures as frames or as a file."""

    def __init__(self, sound: Any, coded: bool = False) -> None:
        self.sound, self.coded = sound, coded

    def capabilities(self) -> Capabilities:
        """Sound and pictures."""
        return Capabilities("singing", "a test", "generated", makes_sound=True)

    def check(self) -> Sequence[Problem]:
        """Always works."""
        return ()

    def quantise(self, request: ClipRequest) -> ClipPlan:
        """As asked."""
        return ClipPlan(request.frames, request.frames, request.width, request.height, request.rate)

    def estimate(self, request: ClipRequest, plan: ClipPlan) -> Cost:
        """A second."""
        return Cost(1)

    def identity(self) -> str:
        """A stable text."""
        return "singing 1"

    def prepare(self, plans: Sequence[ClipPlan]) -> None:
        """Nothing."""

    def release(self) -> None:
        """Nothing."""

    def generate(self, request: ClipRequest, plan: ClipPlan, progress: Any, cancelled: Any) -> Clip:
        """Frames whose level says their place."""
        pictures = [np.full((plan.height, plan.width, 3), 40 + 4 * k, np.uint8) for k in range(plan.frames)]

        def write(out: Path) -> None:
            write_film(out, pictures, plan.width, plan.height, plan.rate, TAKE_PROFILE)

        return Clip(
            iter(pictures), plan.width, plan.height, plan.rate, coded=write if self.coded else None, sound=self.sound
        )


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Install:
    """Puts a singing backend behind the plug-in door."""

    def put(sound: Any, coded: bool = False) -> None:
        monkeypatch.setattr(clip, "load", lambda group, name: lambda: Singing(sound, coded))

    return put


def song(samples: int, channels: int = 2) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Noise of so many samples."""
    return np.random.default_rng(3).uniform(-0.9, 0.9, (samples, channels)).astype(np.float32)


def heard(path: Path) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.float64]], int]:
    """The sound of a take as it is decoded, and its rate."""
    with av.open(str(path)) as film:
        stream = film.streams.audio[0]
        frames = [frame.to_ndarray().reshape(-1, 2).astype(np.float64) for frame in film.decode(stream)]
        return np.concatenate(frames) / 2.0**31, stream.rate


@pytest.mark.parametrize("coded", [False, True])
def test_a_take_keeps_its_sound(
    tmp_path: Path, install: Install, make_request: Any, make_work: Any, coded: bool
) -> None:
    """Sound of a model is in the take sample by sample, as long as the pictures, which stay what they were."""
    out = tmp_path / "take.mp4"
    install(None, coded)
    make_take(TakeRequest("singing", make_request()), make_work(), out)
    silent = [picture.copy() for picture in read_frames(out)]
    sound = song(16_000)
    install((sound, 32_000), coded)
    facts = make_take(TakeRequest("singing", make_request()), make_work(), out)
    assert facts["sound"] is True
    made, rate = heard(out)
    assert (made.shape, rate) == ((16_000, 2), 32_000)
    assert np.abs(made - sound).max() < 2e-7
    shown = list(take_pictures(Artifact("0" * 8, out, facts)))
    assert len(shown) == 12
    assert all(np.array_equal(here, there) for here, there in zip(shown, silent, strict=True))
    assert next(take_pictures(Artifact("0" * 8, out, facts), 5, 9)).tolist() == silent[5].tolist()
    assert probe(out).has_audio


def test_a_silent_clip_says_nothing_of_sound(
    tmp_path: Path, install: Install, make_request: Any, make_work: Any
) -> None:
    """Takes without sound have neither the fact nor a track."""
    install(None)
    facts = make_take(TakeRequest("singing", make_request()), make_work(), tmp_path / "take.mp4")
    assert "sound" not in facts
    assert not probe(tmp_path / "take.mp4").has_audio


@pytest.mark.parametrize("samples", [5_000, 40_000])
def test_sound_is_as_long_as_the_pictures(
    tmp_path: Path, install: Install, make_request: Any, make_work: Any, samples: int
) -> None:
    """Sound that is too short ends in silence, and what is too long is cut, also where frames are no whole samples."""
    install((song(samples, 1), 24_000))
    request = replace(make_request(), frames=11, rate=Fraction(30000, 1001))
    make_take(TakeRequest("singing", request), make_work(), tmp_path / "take.mp4")
    made, _ = heard(tmp_path / "take.mp4")
    assert len(made) == round(11 * 1001 / 30000 * 24_000)
    assert np.array_equal(made[:, 0], made[:, 1])
    assert bool(made[5_000:].any()) == (samples > 5_000)


def test_a_scene_may_not_want_it(
    tmp_path: Path, install: Install, make_scene: Any, make_request: Any, make_work: Any
) -> None:
    """Where the scene leaves out its clip's sound the take is silent."""
    install((song(24_000), 48_000))
    request = TakeRequest("singing", make_request(make_scene(clip_sound=False)))
    assert "sound" not in make_take(request, make_work(), tmp_path / "take.mp4")


def test_the_same_sound_gives_the_same_bytes(
    tmp_path: Path, install: Install, make_request: Any, make_work: Any
) -> None:
    """Two runs leave identical files."""
    install((song(24_000), 48_000))
    for name in ("1", "2"):
        make_take(TakeRequest("singing", make_request()), make_work(), tmp_path / f"{name}.mp4")
    assert (tmp_path / "1.mp4").read_bytes() == (tmp_path / "2.mp4").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1.mp4", "2.mp4"]


@pytest.mark.parametrize(
    ("sound", "message"),
    [
        ((np.full((100, 2), np.nan, np.float32), 48_000), "empty or not finite"),
        ((np.zeros((0, 2), np.float32), 48_000), "empty or not finite"),
        ((np.zeros((100, 6), np.float32), 48_000), "one or two channels"),
        (([0.0] * 100, 48_000), "no array"),
        ((np.zeros(100, np.float32), 100), "100 samples a second"),
    ],
)
def test_broken_sound_is_the_backends_fault(
    tmp_path: Path, install: Install, make_request: Any, make_work: Any, sound: Any, message: str
) -> None:
    """What cannot be heard is refused under the backend's name."""
    install(sound)
    with pytest.raises(RenderError, match=message) as caught:
        make_take(TakeRequest("singing", make_request()), make_work(), tmp_path / "take.mp4")
    assert "'singing'" in caught.value.message
