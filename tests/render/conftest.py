"""Small films on disk, quick enough to be made in a test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from render.production import Production, open_production

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


@pytest.fixture
def film_of(tmp_path: Path) -> Callable[[str], Production]:
    """Write a storyboard into the test's project folder and open its production; again for every change."""

    def write(storyboard: str) -> Production:
        folder = tmp_path / "film"
        folder.mkdir(exist_ok=True)
        (folder / "storyboard.yaml").write_text(storyboard, encoding="utf-8")
        return open_production(folder)

    return write
