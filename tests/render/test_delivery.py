"""Handing over: names that disks take, and files that are whole or not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from render.delivery import file_stem, hand_over
from storyboard.errors import DiskError


def test_a_title_becomes_a_file_name() -> None:
    """Letters of any script stay, everything else becomes one hyphen; nothing left is `film`."""
    assert file_stem("The Guru  on the /Peak!") == "the-guru-on-the-peak"
    assert file_stem("Вишнёвый сад") == "вишнёвый-сад"
    assert file_stem("../..") == "film"


@pytest.mark.parametrize("letter", ["a", "щ", "山", "𐐨"])
def test_a_long_title_fits_every_disk(letter: str) -> None:
    """Disks count bytes: with the longest ending a name stays under 255 of them, and no letter is cut in half."""
    stem = file_stem(letter * 300)
    assert len(f".{stem}-16x9-draft.report.json.12345678.new".encode()) <= 255
    assert set(stem) == {letter}


def test_what_cannot_be_handed_over_leaves_nothing(tmp_path: Path) -> None:
    """A folder in the film's place is told as the disk's error, and no part of a file stays behind."""
    source, target = tmp_path / "made.mp4", tmp_path / "out" / "film.mp4"
    source.write_bytes(b"film")
    target.mkdir(parents=True)
    with pytest.raises(DiskError):
        hand_over(source, target)
    assert list(target.parent.iterdir()) == [target]
    target.rmdir()
    hand_over(source, target)
    assert target.read_bytes() == b"film"
