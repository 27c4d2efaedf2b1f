"""LTX-Video on tiny weights: words, pictures at any place, and a scene longer than one run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from scenes.backend import ClipRequest, Frame
from scenes.backends.ltx import Ltx, place_of
from storyboard.film import Keyframe, Scene
from tests.scenes.diffusion.tiny import MAKERS

Ask = Callable[..., ClipRequest]
SETTINGS = (("folder", "models/ltx"), ("steps", 2), ("width", 32), ("height", 32))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film's folder with the model and two pictures in it."""
    folder = tmp_path_factory.mktemp("film")
    MAKERS["ltx"](folder / "models" / "ltx")
    for name, grey in (("dark.png", 20), ("light.png", 230)):
        Image.fromarray(np.full((36, 64, 3), grey, np.uint8)).save(folder / name)
    return folder


@pytest.fixture
def ask(project: Path, make_scene: Callable[..., Scene], make_request: Ask) -> Ask:
    """A request for a small clip, with pictures at some places."""

    def build(frames: int = 17, **pictures: Fraction | int) -> ClipRequest:
        keyframes = tuple(Keyframe(f"{name}.png", Fraction(at)) for name, at in pictures.items())
        files = {f"{name}.png": project / f"{name}.png" for name in pictures}
        scene = make_scene(prompt="a pier", model=SETTINGS, keyframes=keyframes)
        request = make_request(scene, files={**files, **Ltx().weights(SETTINGS, project)}, frames=frames)
        return replace(request, rate=Fraction(24))

    return build


def made(request: ClipRequest) -> list[Frame]:
    """All frames of a clip."""
    backend = Ltx()
    plan = backend.quantise(request)
    frames = list(backend.generate(request, plan, lambda part: None, lambda: False).frames)
    backend.release()
    assert len(frames) == plan.frames
    return frames


def test_pictures_at_any_place_are_taken(ask: Ask) -> None:
    """A picture at the start, in the middle or at the end each makes another clip."""
    clips = [made(ask()), *(made(ask(light=at)) for at in (0, Fraction(1, 2), 1)), made(ask(light=0, dark=1))]
    assert len({np.stack(clip).tobytes() for clip in clips}) == len(clips)


def test_a_long_scene_goes_on_from_its_last_frame(ask: Ask) -> None:
    """Beyond 161 frames a second run begins with the last frame of the first, with or without an author's picture."""
    for request in (ask(170), ask(170, dark=0)):
        frames = made(request)
        assert len(frames) == 177


@pytest.mark.parametrize(("at", "frame"), [(0.0, 0), (0.5, 8), (0.4, 8), (1.0, 16)])
def test_pictures_stand_where_the_coder_takes_them(at: float, frame: int) -> None:
    """Every eighth frame may be given."""
    assert place_of(at, 17) == frame
