"""What the words ask of a picture that is shown as it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from scenes.backend import ClipRequest
from scenes.backends.footage import Footage
from scenes.backends.pictures import Pictures
from scenes.frames import write_film
from scenes.unshown import unshown
from storyboard.film import Scene
from storyboard.load import read

WRITTEN = """\
workprint: 1
title: T
characters: {anna: {role: heroine, name: Anna}}
scenes:
  - id: s
    length: 1s
    place: sea shore
    time: dusk
    camera: pan left
    cast: [{who: anna, action: wave, emotion: happy}]
    prompt: A red boat and zyxwv.
    moments: {middle: it begins to rain, end: Anna sits}
    KEY
"""


def _scene(key: str) -> Scene:
    film = read(WRITTEN.replace("KEY", key), "s.yaml").film
    assert film is not None
    return film.scenes[0]


def test_every_word_is_named() -> None:
    """Place, hour, camera, weather that comes, people, what they do and feel, things and what was not understood."""
    assert unshown(_scene("shot: wide"), moved=False) == [
        "place: sea shore",
        "time: dusk",
        "camera: pan left",
        "weather: rain",
        "Anna",
        "action: wave of Anna",
        "action: sit of Anna",
        "emotion: happy of Anna",
        "boat",
        "zyxwv",
    ]


def test_a_scene_without_words_has_nothing_to_name(make_scene: Callable[..., Scene]) -> None:
    """What nobody wrote is not named."""
    assert unshown(make_scene(place="", prompt=""), moved=False) == []


def test_pictures_and_footage_name_it(make_request: Callable[..., ClipRequest], tmp_path: Path) -> None:
    """Both makers put it into their facts; pictures are moved by the camera, footage is not."""
    frames = [np.full((36, 64, 3), 90, np.uint8)] * 12
    Image.fromarray(frames[0]).save(tmp_path / "a.png")
    write_film(tmp_path / "a.mp4", iter(frames), 64, 36, make_request().rate)
    for backend, name, key in (
        (Pictures(), "a.png", "keyframes: [{picture: a.png}]"),
        (Footage(), "a.mp4", "clip: a.mp4"),
    ):
        request = make_request(_scene(key), files={name: tmp_path / name})
        clip = backend.generate(request, backend.quantise(request), lambda part: None, lambda: False)
        assert len(list(clip.frames)) == 12
        named = clip.facts["not_drawn"]
        assert {"weather: rain", "action: wave of Anna"} <= set(named)
        assert ("camera: pan left" in named) == (name == "a.mp4")
