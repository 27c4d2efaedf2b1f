"""Media laid beside an export: copies, links, and takes in their footage's own size as the film shows them."""

from __future__ import annotations

import os
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from projects.steps import Artifact
from render.exports.media import lay_takes, put
from render.picture import Canvas
from scenes.frames import read_frames, write_film
from scenes.takes import take_pictures
from scenes.window import Window
from storyboard.errors import RenderError
from tests.render.exports.edits import film_of

WIDTH, HEIGHT, RATE = 96, 54, Fraction(24)
FILM = "workprint: 1\ntitle: x\nfps: 24\nscenes: [{id: s, length: 1s, prompt: x}]\n"


@pytest.fixture
def canvas() -> Canvas:
    """The size that the film is shown in."""
    film = film_of(FILM)
    return Canvas(film.cuts[0], WIDTH, HEIGHT, draft=False)


@pytest.fixture
def upright(tmp_path: Path) -> Artifact:
    """A take of twelve frames, 72x120, of which the film shows a window in the middle."""
    dice = np.random.default_rng(3)
    ground = np.repeat(np.repeat(dice.integers(40, 200, (15, 9), dtype=np.uint8), 8, 0), 8, 1)
    pictures = [np.vstack([np.roll(ground, n, 1), np.full((60, 72), 128, np.uint8)]) for n in range(12)]
    path = tmp_path / "take.mp4"
    write_film(path, pictures, 72, 120, RATE)
    facts = {"frames": 12, "width": WIDTH, "height": HEIGHT, "window": Window((72, 120), 0, 40, 72, 40).told()}
    return Artifact("", path, facts)


def test_a_take_in_its_own_size_is_laid_as_the_film_shows_it(upright: Artifact, canvas: Canvas, tmp_path: Path) -> None:
    """Editors know no windows: what lies beside the export has the film's size, frames and pictures."""
    laid = lay_takes(film_of(FILM), canvas, {"s": upright}, tmp_path / "edit")
    shown = list(read_frames(tmp_path / "edit" / laid["s"]))
    due = list(take_pictures(upright))
    assert len(shown) == len(due) == 12
    for one, other in zip(shown, due, strict=True):
        assert one.shape == other.shape == (HEIGHT * 3 // 2, WIDTH)
        assert np.abs(one.astype(int) - other).mean() < 3


def test_a_take_of_the_films_size_is_copied(upright: Artifact, canvas: Canvas, tmp_path: Path) -> None:
    """Without a window the very bytes lie there, and a link is the same file."""
    plain = replace(upright, facts={"frames": 12})
    copied = lay_takes(film_of(FILM), canvas, {"s": plain}, tmp_path / "copied")["s"]
    assert (tmp_path / "copied" / copied).read_bytes() == plain.path.read_bytes()
    linked = lay_takes(film_of(FILM), canvas, {"s": plain}, tmp_path / "linked", link=True)["s"]
    assert (tmp_path / "linked" / linked).samefile(plain.path)


def test_laying_again_replaces_and_leaves_no_parts(upright: Artifact, canvas: Canvas, tmp_path: Path) -> None:
    """A second export puts the new take in the place of the old one."""
    home = tmp_path / "edit"
    plain = replace(upright, facts={"frames": 12})
    lay_takes(film_of(FILM), canvas, {"s": plain}, home, link=True)
    name = lay_takes(film_of(FILM), canvas, {"s": upright}, home)["s"]
    assert [one.name for one in (home / "media").iterdir()] == [name.name]
    assert not (home / name).samefile(plain.path)


def test_links_that_a_disk_does_not_make_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody who asks for links gets copies without a word."""

    def refuse(*_: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    (tmp_path / "a").write_bytes(b"x")
    with pytest.raises(RenderError, match="cannot be linked") as told:
        put(tmp_path / "a", tmp_path / "b", link=True)
    assert "--link" in told.value.hint
