"""Writing to disk, and the words for what stands in its way."""

from __future__ import annotations

import errno
import os
from collections import namedtuple
from pathlib import Path

import pytest

from projects import disk
from storyboard.errors import DiskError

Usage = namedtuple("Usage", "total used free")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EACCES, "not permitted"),
        (errno.EEXIST, "something else has this name"),
        (errno.ENAMETOOLONG, "too long"),
    ],
)
def test_faults_of_the_disk_are_told_with_a_remedy(number: int, words: str) -> None:
    """The message says cause and object, the hint what to do."""
    with pytest.raises(DiskError, match=words) as caught, disk.disk_errors("the film"):
        raise OSError(number, os.strerror(number))
    assert "the film" in caught.value.message
    assert caught.value.hint


def test_other_faults_pass() -> None:
    """What does not speak of the disk stays what it is."""
    with pytest.raises(ConnectionResetError), disk.disk_errors("the film"):
        raise ConnectionResetError(errno.ECONNRESET, "reset")


def test_folder_is_opened_for_writing(tmp_path: Path) -> None:
    """The folder is made with those above it, and nothing is left in it."""
    disk.open_folder(tmp_path / "a" / "b")
    assert list((tmp_path / "a" / "b").iterdir()) == []


@pytest.mark.parametrize("name", ["taken", "taken/below"])
def test_file_in_the_place_of_a_folder_is_told(tmp_path: Path, name: str) -> None:
    """A file that has the name, or stands on the way, is an error with a remedy."""
    (tmp_path / "taken").write_bytes(b"")
    with pytest.raises(DiskError, match="taken"):
        disk.open_folder(tmp_path / name)


def test_disk_without_room_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A few kilobytes are no room; a folder that is gone tells nothing."""
    monkeypatch.setattr("shutil.disk_usage", lambda path: Usage(10**9, 10**9, 4096))
    assert disk.is_full(tmp_path)
    monkeypatch.setattr("shutil.disk_usage", lambda path: Usage(10**9, 0, 10**9))
    assert not disk.is_full(tmp_path)
    monkeypatch.undo()
    assert not disk.is_full(tmp_path / "gone")


def test_error_names_what_was_written(tmp_path: Path) -> None:
    """A file whose name tells a person nothing is called by what it is."""
    (tmp_path / "taken").write_bytes(b"")
    with pytest.raises(DiskError, match="the receipt of a take"):
        disk.replace_json(tmp_path / "taken" / "0a1b.json", {}, what="the receipt of a take")
