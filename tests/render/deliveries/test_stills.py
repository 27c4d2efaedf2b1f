"""Posters and thumbnails: which picture is chosen, and what a player is told of the sheet."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from render.deliveries.stills import Still, save_picture, sprite, worth_of
from render.timeline import build_timeline
from storyboard.load import read
from storyboard.schedule import schedule


def noise(level: int, spread: int) -> np.ndarray:
    """A picture of some brightness and contrast."""
    rng = np.random.default_rng(1)
    return np.clip(rng.normal(level, spread, (180, 320, 3)), 0, 255).astype(np.uint8)


def test_dark_and_empty_pictures_are_no_posters() -> None:
    """Black and even pictures are worth nothing; a picture with light and detail is worth more than a dim one."""
    assert worth_of(np.zeros((180, 320, 3), np.uint8)) == 0
    assert worth_of(np.full((180, 320, 3), 128, np.uint8)) == 0
    assert worth_of(noise(120, 60)) > worth_of(noise(20, 8)) > 0


def test_the_sheet_is_told_to_players(tmp_path: Path) -> None:
    """Every scene has its part of the sheet for the time that it is shown, without gaps."""
    film = read(
        "workprint: 1\ntitle: T\nscenes:\n" + "".join(f"  - {{id: s{n}, prompt: x, length: 2s}}\n" for n in range(12)),
        "s.yaml",
    ).film
    assert film is not None
    timeline = build_timeline(film, schedule(film))
    found = [Still(scene.id, 0, noise(20 * number, 9), 1.0) for number, scene in enumerate(film.scenes)]
    sheet, words = sprite(timeline, found, tmp_path / "t.jpg")
    cues = [line for line in words.read_text(encoding="utf-8").splitlines() if "-->" in line]
    assert cues[0].startswith("00:00:00.000 --> 00:00:02.000")
    assert cues[-1].endswith("00:00:24.000")
    assert len(cues) == 12
    assert "t.jpg#xywh=160,90,160,90" in words.read_text(encoding="utf-8")
    with Image.open(sheet) as saved:
        assert saved.size == (1600, 180)
    assert save_picture(noise(90, 30), tmp_path / "p.jpg").stat().st_size > 1000
