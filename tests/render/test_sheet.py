"""The contact sheet: three frames a scene, and a plain word where there is nothing yet."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from projects.steps import Artifact
from render.sheet import CAPTION, MARGIN, Row, contact_sheet, save
from render.transition import solid
from scenes.frames import write_film
from scenes.window import Window
from storyboard.errors import DiskError


def test_rows_show_beginning_middle_and_end(tmp_path: Path) -> None:
    """A row shows three frames of its take in order; a scene without a take shows an even field."""
    colours = ["#ff0000"] * 10 + ["#00ff00"] * 10 + ["#0000ff"] * 10
    write_film(tmp_path / "a.mp4", (solid((54 * 3 // 2, 96), colour) for colour in colours), 96, 54, Fraction(24))
    sheet = contact_sheet("Film", [Row("a", Artifact("", tmp_path / "a.mp4", {}), 30), Row("b", None, 30)], 96, 54)
    top = CAPTION + MARGIN + 27
    shown = [sheet[top, MARGIN + place * (96 + MARGIN // 4) + 48].astype(int) for place in range(3)]
    assert [int(np.argmax(colour)) for colour in shown] == [0, 1, 2]
    save(sheet, tmp_path / "out" / "sheet.png")
    with Image.open(tmp_path / "out" / "sheet.png") as saved:
        assert saved.size == (sheet.shape[1], sheet.shape[0])


def test_a_take_of_another_size_is_shown_as_in_the_film(tmp_path: Path) -> None:
    """Of a take that is kept in its footage's size the sheet shows the part that the film shows."""
    picture = np.zeros((54, 96, 3), np.uint8)
    picture[:, :30], picture[:, 30:66], picture[:, 66:] = (255, 0, 0), (0, 255, 0), (0, 0, 255)
    write_film(tmp_path / "a.mp4", [picture] * 3, 96, 54, Fraction(24))
    facts = {"width": 54, "height": 96, "window": Window((96, 54), 32, 0, 32, 54).told()}
    sheet = contact_sheet("Film", [Row("a", Artifact("", tmp_path / "a.mp4", facts), 3)], 54, 96, 1)
    strip = sheet[CAPTION + MARGIN : CAPTION + MARGIN + 96, MARGIN : MARGIN + 54].astype(int)
    assert (strip.argmax(axis=2) == 1).mean() > 0.97


def test_a_sheet_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A file where a folder should be is a disk error with a remedy, not a fault."""
    (tmp_path / "out").write_text("in the way", encoding="utf-8")
    with pytest.raises(DiskError, match="could not be written"):
        save(np.zeros((4, 4, 3), np.uint8), tmp_path / "out" / "sheet.png")


def test_titles_are_written() -> None:
    """The line under a row is not empty paper."""
    with_title, without = (contact_sheet("F", [Row(title, None, 1)], 96, 54, 1) for title in ("сцена · 3 s", ""))
    assert np.abs(with_title.astype(int) - without).sum() > 1000
