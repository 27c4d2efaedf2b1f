"""Films from the author's own pictures, footage, sounds and recordings."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from PIL import Image

from projects.progress import Silent
from render import editing
from render.orders import Order
from scenes.conform import cover
from scenes.frames import write_film
from tests.render.conftest import Opener

pytestmark = pytest.mark.slow

OWN = """\
workprint: 1
title: Own material
resolution: 360p
cuts: ["16:9", "9:16"]
captions: file
score: {file: sounds/tune.wav}
characters: {max: {name: Max}}
scenes:
  - id: stills
    keyframes:
      - {picture: pictures/a.png, at: start}
      - {picture: pictures/b.png, at: end}
    camera: pan right
    lines: [{by: max, say: "One two three.", file: sounds/line.wav}]
    transition: crossfade 0.5s
  - id: clip
    clip: footage/a.mp4
    length: clip
    sounds: [{file: sounds/tune.wav, at: 0.5s, level: -6 dB}]
"""


def lay_out(folder: Path) -> None:
    """Pictures, a clip of 2 s at 30 frames a second, a tune and a recording with silence around it."""
    for name in ("pictures", "footage", "sounds"):
        (folder / name).mkdir(parents=True)
    for name, colour in (("a", (200, 60, 40)), ("b", (40, 80, 200))):
        Image.new("RGB", (640, 480), colour).save(folder / "pictures" / f"{name}.png")
    dice = np.random.default_rng(1)
    frames = (np.roll(dice.integers(0, 255, (120, 160, 3), dtype=np.uint8), number, axis=1) for number in range(60))
    write_film(folder / "footage" / "a.mp4", frames, 160, 120, Fraction(30))
    t = np.arange(6 * 48_000) / 48_000
    tune = 0.2 * np.sin(2 * np.pi * 330 * t) * (1 + np.sin(2 * np.pi * t))
    soundfile.write(folder / "sounds" / "tune.wav", np.stack([tune, tune], axis=1), 48_000)
    voice = 0.3 * np.sin(2 * np.pi * 200 * t[:48_000]) * (t[:48_000] % 0.3 < 0.2)
    soundfile.write(folder / "sounds" / "line.wav", np.concatenate([np.zeros(24_000), voice, np.zeros(24_000)]), 48_000)


def test_own_material_becomes_a_film(film_of: Opener, tmp_path: Path) -> None:
    """Pictures, footage at another rate, music, a sound and a recorded line make one film that passes its test."""
    lay_out(tmp_path / "film")
    delivery = film_of(OWN).render(Order(draft=True, jobs=2), Silent())
    for film in delivery.films:
        assert film.report["passed"], film.report
        assert [cut["scene"] for cut in film.report["cuts"]] == ["stills", "clip"]
    plan = film_of(OWN).plan(Order(draft=True))
    assert plan.exact
    assert plan.needed == frozenset()
    backends = {scene.id: (scene.backend, scene.seconds) for scene in plan.scenes}
    assert backends["clip"] == ("footage", 2.0)
    assert backends["stills"][0] == "pictures"
    assert "One two three." in delivery.captions[0].read_text(encoding="utf-8")


def test_a_changed_picture_makes_only_its_scene(film_of: Opener, tmp_path: Path) -> None:
    """Another picture under the same name is noticed by its content."""
    lay_out(tmp_path / "film")
    order = Order(draft=True, jobs=2, cuts=(film_of(OWN).film.cuts[0],))
    film_of(OWN).render(order, Silent())
    Image.new("RGB", (640, 480), (20, 160, 60)).save(tmp_path / "film" / "pictures" / "a.png")
    plan = film_of(OWN).plan(order)
    assert {name for name in plan.needed if name.startswith("take:")} == {"take:stills@16x9-draft"}
    made = film_of(OWN).render(order, Silent()).made
    assert set(made) == set(plan.needed)


def test_a_cut_frame_shows_the_footage(film_of: Opener, tmp_path: Path) -> None:
    """The last scene of the film shows the author's clip, not something painted."""
    lay_out(tmp_path / "film")
    path = film_of(OWN).render(Order(draft=True, jobs=2), Silent()).films[0].path
    with av.open(str(path)) as media:
        last = [frame.to_ndarray(format="rgb24") for frame in media.decode(video=0)][-1]
    assert last.std() > 25


UPRIGHT = """\
workprint: 1
title: Upright
resolution: 360p
cuts: ["9:16"]
scenes:
  - {id: a, clip: footage/a.mp4, length: clip, focus: [0.3, 0.5], transition: crossfade 0.25s}
  - {id: b, clip: footage/b.mp4, length: clip}
"""


def test_an_upright_cut_shows_flat_footage_through_a_window(film_of: Opener, tmp_path: Path) -> None:
    """Flat footage is kept as it is coded, and every frame of the upright film shows the part round the focus."""
    folder = tmp_path / "film" / "footage"
    folder.mkdir(parents=True)
    for name, seed in (("a", 4), ("b", 5)):
        spots = np.random.default_rng(seed).integers(20, 236, (6, 10, 3), dtype=np.uint8)
        large = np.asarray(Image.fromarray(spots).resize((740, 360), Image.Resampling.BICUBIC))
        write_film(folder / f"{name}.mp4", (large[:, n : n + 640] for n in range(0, 96, 2)), 640, 360, Fraction(24))
    production = film_of(UPRIGHT)
    delivery = production.render(Order(jobs=1), Silent())
    assert delivery.films[0].report["passed"], delivery.films[0].report
    found = (production.workspace.store.get(one) for one in editing.made(production.workspace))
    takes = [one.facts for one in found if one]
    assert [(facts["taken"], facts["window"]["size"]) for facts in takes] == [("copied", [202, 360])] * 2
    with av.open(str(delivery.films[0].path)) as media:
        film = [frame.to_ndarray(format="rgb24") for frame in media.decode(video=0)]
    assert len(film) == 90
    for name, focus, first, last, begin in (("a", 0.3, 0, 42, 0), ("b", 0.5, 48, 90, 42)):
        with av.open(str(folder / f"{name}.mp4")) as media:
            shot = [frame.to_ndarray(format="rgb24") for frame in media.decode(video=0)]
        for place in range(first, last, 7):
            due = cover(np.asarray(shot[place - begin], np.uint8), 360, 640, (focus, 0.5)).astype(int)
            assert 10 * np.log10(255**2 / np.mean((film[place] - due) ** 2)) > 30, (name, place)
