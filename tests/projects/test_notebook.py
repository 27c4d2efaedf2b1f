"""Notebooks: what was noted comes back, and nothing that happens to the file stops anybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from projects.notebook import read_notebook, write_notebook


def test_what_was_noted_comes_back(tmp_path: Path) -> None:
    """A notebook is read as it was written; without a path nothing is kept."""
    write_notebook(tmp_path / "notes.json", {"a": [1, "two"]})
    assert read_notebook(tmp_path / "notes.json") == {"a": [1, "two"]}
    write_notebook(None, {"a": 1})
    assert read_notebook(None) == {}


@pytest.mark.parametrize("damaged", [b"", b"[1]", b"{", b"\xff\xfe"])
def test_a_damaged_notebook_is_an_empty_one(tmp_path: Path, damaged: bytes) -> None:
    """Whatever lies in the file, there is an answer."""
    (tmp_path / "notes.json").write_bytes(damaged)
    assert read_notebook(tmp_path / "notes.json") == {}


def test_a_disk_that_takes_nothing_stops_nobody(tmp_path: Path) -> None:
    """A folder in the file's place is let be, and the notes are lost."""
    (tmp_path / "notes.json").mkdir()
    write_notebook(tmp_path / "notes.json", {"a": 1})
    assert read_notebook(tmp_path / "notes.json") == {}
