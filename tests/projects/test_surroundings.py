"""Marks of what a film was made in."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from projects import surroundings
from projects.installation import PACKAGES
from projects.surroundings import marks


@pytest.fixture
def film(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A film's folder whose files have settled, and a house of one file that nobody else edits."""
    for package in PACKAGES:
        (tmp_path / "house" / package).mkdir(parents=True)
    (tmp_path / "house" / "render" / "join.py").write_text("a = 1")
    monkeypatch.setattr(surroundings, "__file__", str(tmp_path / "house" / "projects" / "surroundings.py"))
    (tmp_path / "film" / "sounds").mkdir(parents=True)
    (tmp_path / "film" / "storyboard.yaml").write_text("workprint: 1")
    (tmp_path / "film" / "sounds" / "a.wav").write_bytes(b"a")
    (tmp_path / "film" / "out").mkdir()
    return tmp_path / "film"


def _settled(folder: Path) -> str:
    time.sleep(0.03)
    return marks(folder, {folder / "out"})


def test_nothing_touched_means_the_same_marks(film: Path) -> None:
    """Asked twice, the answer is the same; what lies in a folder put aside does not enter."""
    before = _settled(film)
    (film / "out" / "film.mp4").write_bytes(b"x")
    (film / ".git").mkdir()
    (film / ".git" / "HEAD").write_text("x")
    assert before
    assert _settled(film) == before


@pytest.mark.parametrize(
    "touch",
    [
        lambda film: (film / "storyboard.yaml").write_text("workprint: 2"),
        lambda film: (film / "sounds" / "b.wav").write_bytes(b"b"),
        lambda film: (film / "sounds" / "a.wav").unlink(),
        lambda film: (film / "sounds" / "a.wav").rename(film / "sounds" / "b.wav"),
        lambda film: (film / "sounds" / "link.wav").symlink_to(film / "out" / "elsewhere.wav"),
    ],
    ids=["edited", "added", "removed", "renamed", "linked"],
)
def test_every_touch_shows(film: Path, touch: Callable[[Path], object]) -> None:
    """A file that was edited, added, removed, renamed or linked gives other marks."""
    before = _settled(film)
    touch(film)
    assert _settled(film) not in ("", before)


def test_an_edit_that_hides_its_time_shows(film: Path) -> None:
    """The same size and a time of change set back do not hide an edit."""
    sound = film / "sounds" / "a.wav"
    status, before = sound.stat(), _settled(film)
    sound.write_bytes(b"b")
    os.utime(sound, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert _settled(film) != before


def test_what_a_link_leads_to_shows(film: Path, tmp_path: Path) -> None:
    """A linked file is looked at where it is."""
    target = film / "out" / "target.wav"
    target.write_bytes(b"a")
    (film / "link.wav").symlink_to(target)
    before = _settled(film)
    target.write_bytes(b"b")
    assert before
    assert _settled(film) != before


def test_a_file_changed_this_moment_is_not_trusted(film: Path) -> None:
    """It may change again without its time changing."""
    soon = time.time_ns() + 60_000_000_000
    os.utime(film / "storyboard.yaml", ns=(soon, soon))
    assert _settled(film) == ""


def test_too_many_files_are_not_looked_at(film: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of very many files has no marks."""
    monkeypatch.setattr(surroundings, "_MOST_FILES", 1)
    assert _settled(film) == ""


def test_an_ffmpeg_of_the_users_own_is_not_trusted(film: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a program outside of the installed libraries does leaves no mark."""
    monkeypatch.setenv("WORKPRINT_FFMPEG", "system")
    assert _settled(film) == ""


def test_another_library_shows(film: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A distribution that is installed or replaced gives other marks."""
    library = tmp_path / "library"
    library.mkdir()
    monkeypatch.setattr(sys, "path", [*sys.path, str(library)])
    before = _settled(film)
    (library / "numpy-9.dist-info").mkdir()
    assert _settled(film) not in ("", before)


def test_the_houses_own_files_show(film: Path, tmp_path: Path) -> None:
    """In a checkout the house changes without a new version."""
    before = _settled(film)
    (tmp_path / "house" / "render" / "join.py").write_text("a = 23")
    assert _settled(film) not in ("", before)
