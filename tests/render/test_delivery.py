"""Handing over: names that disks take, and files that are whole or not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from projects.steps import Artifact
from render.breakdown import Target
from render.delivery import file_stem, hand_over, hand_over_targets
from render.picture import Canvas
from storyboard.errors import DiskError
from storyboard.film import Aspect


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


def test_a_copy_that_lies_there_is_left_alone(tmp_path: Path) -> None:
    """The same film is copied once; a copy that was changed or deleted is replaced, and so is one of another film."""
    source = tmp_path / "made.mp4"
    source.write_bytes(b"film")
    target = Target("film@16x9", "", Canvas(Aspect(16, 9), 640, 360, draft=False))

    def deliver(fingerprint: str) -> Path:
        artifacts = {"film@16x9": Artifact(fingerprint, source, {})}
        return hand_over_targets(tmp_path / "out" / "t", [target], artifacts, tmp_path / "ledger.json")[0].path

    path = deliver("a")
    first = path.stat().st_ino
    assert deliver("a").stat().st_ino == first
    path.write_bytes(b"cut by hand")
    assert deliver("a").read_bytes() == b"film"
    source.write_bytes(b"more")
    assert deliver("b").read_bytes() == b"more"
    path.unlink()
    assert deliver("b").read_bytes() == b"more"
    (tmp_path / "ledger.json").write_text("[1")
    assert deliver("b").read_bytes() == b"more"
