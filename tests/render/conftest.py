"""Small films on disk, quick enough to be made in a test."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Protocol

import pytest

from projects.progress import Silent
from render.orders import Order
from render.production import Production, open_production
from storyboard.film import Aspect


class Opener(Protocol):
    """Writes a storyboard and opens its production."""

    def __call__(self, storyboard: str = ...) -> Production:
        """Write and open."""


SMALL = """\
workprint: 1
title: Small film
fps: 24
resolution: 360p
cuts: ["16:9", "1:1"]
captions: both
seed: 3
characters:
  max: {name: Max, role: hero}
score: {mood: calm, tempo: 90}
opening: fade black 0.25s
scenes:
  - id: wood
    length: 2s
    place: forest
    prompt: A path in the wood.
    cast: [{who: max, action: walk}]
    sounds: [{effect: wind, level: -24 dB}]
    transition: crossfade 0.5s
  - id: talk
    length: 3s
    place: meadow
    prompt: Max looks at the hills.
    cast: [{who: max, action: talk}]
    lines: [{by: max, say: "Well, here we are."}]
    transition: wipe left 0.5s
  - id: night
    length: 2s
    place: forest
    time: night
    prompt: Night falls.
    transition: fade black 0.5s
"""


BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

DRAFT = Order(cuts=(Aspect(16, 9),), draft=True, jobs=1)
"""The order that most tests give."""


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project in which the draft of SMALL has been made; to be copied, never changed."""
    folder = tmp_path_factory.mktemp("rendered") / "film"
    folder.mkdir()
    (folder / "storyboard.yaml").write_text(SMALL, encoding="utf-8")
    open_production(folder).render(DRAFT, Silent())
    return folder


@pytest.fixture
def made_film(rendered: Path, tmp_path: Path) -> Opener:
    """Write a storyboard into a project in which SMALL is made already, and open its production."""
    folder = tmp_path / "film"
    shutil.copytree(rendered, folder)

    def write(storyboard: str = SMALL) -> Production:
        (folder / "storyboard.yaml").write_text(storyboard, encoding="utf-8")
        return open_production(folder)

    return write


@pytest.fixture
def film_of(tmp_path: Path) -> Opener:
    """Write a storyboard into an empty project folder and open its production; again for every change."""

    def write(storyboard: str = SMALL) -> Production:
        folder = tmp_path / "film"
        folder.mkdir(exist_ok=True)
        (folder / "storyboard.yaml").write_text(storyboard, encoding="utf-8")
        return open_production(folder)

    return write


@pytest.fixture(scope="session")
def browser() -> str:
    """Where a browser with H.264 is; skips where none is installed."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("no Chromium is installed; `make browser` installs it where that may be done")
    return found
