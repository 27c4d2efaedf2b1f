"""The contact sheet: three frames a scene, and a plain word where there is nothing yet."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from render.sheet import CAPTION, MARGIN, Row, contact_sheet, save
from render.transition import solid
from scenes.frames import write_film
from storyboard.errors import DiskError


def test_rows_show_beginning_middle_and_end(tmp_path: Path) -> None:
    """A row shows three frames of its take in order; a scene without a take shows an even field."""
    colours = ["#ff0000"] * 10 + ["#00ff00"] * 10 + ["#0000ff"] * 10
    write_film(tmp_path / "a.mp4", (solid((54 * 3 // 2, 96), colour) for colour in colours), 96, 54, Fraction(24))
    sheet = contact_sheet("Film", [Row("a", tmp_path / "a.mp4", 30), Row("b", None, 30)], 96, 54)
    top = CAPTION + MARGIN + 27
    shown = [sheet[top, MARGIN + place * (96 + MARGIN // 4) + 48].astype(int) for place in range(3)]
    assert [int(np.argmax(colour)) for colour in shown] == [0, 1, 2]
    save(sheet, tmp_path / "out" / "sheet.png")
    with Image.open(tmp_path / "out" / "sheet.png") as saved:
        assert saved.size == (sheet.shape[1], sheet.shape[0])


def test_a_sheet_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A file where a folder should be is a disk error with a remedy, not a fault."""
    (tmp_path / "out").write_text("in the way", encoding="utf-8")
    with pytest.raises(DiskError, match="could not be written"):
        save(np.zeros((4, 4, 3), np.uint8), tmp_path / "out" / "sheet.png")


def test_titles_are_written() -> None:
    """The line under a row is not empty paper."""
    with_title, without = (contact_sheet("F", [Row(title, None, 1)], 96, 54, 1) for title in ("сцена · 3 s", ""))
    assert np.abs(with_title.astype(int) - without).sum() > 1000
