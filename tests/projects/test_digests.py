"""Digests of files and their memory."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from projects import digests as module
from projects.digests import Digests
from storyboard.errors import MissingError


def _aged(path: Path, text: str) -> Path:
    path.write_text(text)
    os.utime(path, (1_000_000, 1_000_000))
    return path


def test_digest_is_sha256_of_the_content(tmp_path: Path) -> None:
    """The digest is that of the bytes, whatever the name."""
    path = _aged(tmp_path / "a", "hello")
    assert Digests().of(path) == hashlib.sha256(b"hello").hexdigest()


def test_untouched_file_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second run takes the digest of an untouched file from memory, and reads a touched one."""
    monkeypatch.setattr(module, "_FRESH_NS", -(10**18))
    path, memory = tmp_path / "a", tmp_path / "digests.json"
    path.write_text("hello")
    first = Digests(memory)
    before = first.of(path)
    first.save()
    read: list[Path] = []

    def reread(path: Path) -> str:
        read.append(path)
        return "f" * 64

    monkeypatch.setattr(module, "digest_file", reread)
    assert Digests(memory).of(path) == before
    assert read == []
    path.write_text("other")
    assert Digests(memory).of(path) == "f" * 64


def test_fresh_file_is_not_remembered(tmp_path: Path) -> None:
    """A file changed a moment ago is read again: it could change once more within the clock's tick."""
    path, memory = tmp_path / "a", tmp_path / "digests.json"
    path.write_text("hello")
    digests = Digests(memory)
    digests.of(path)
    digests.save()
    assert not memory.exists()


def test_memory_holds_no_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No path of the machine enters the memory."""
    monkeypatch.setattr(module, "_FRESH_NS", -(10**18))
    path, memory = tmp_path / "secret-name", tmp_path / "digests.json"
    path.write_text("hello")
    digests = Digests(memory)
    digests.of(path)
    digests.save()
    assert json.loads(memory.read_text())
    assert "secret-name" not in memory.read_text()


@pytest.mark.parametrize("damage", [b"", b"{", b"[1]", b'{"a": 3}', b"\xff\xfe"])
def test_damaged_memory_is_only_forgotten(tmp_path: Path, damage: bytes) -> None:
    """A memory that cannot be read costs time, nothing else."""
    memory = tmp_path / "digests.json"
    memory.write_bytes(damage)
    path = _aged(tmp_path / "a", "hello")
    assert Digests(memory).of(path) == hashlib.sha256(b"hello").hexdigest()


def test_missing_file_and_folder_are_named(tmp_path: Path) -> None:
    """What cannot be read is a MissingError with the file's name."""
    with pytest.raises(MissingError, match=r"gone\.png"):
        Digests().of(tmp_path / "gone.png")
    (tmp_path / "folder.png").mkdir()
    with pytest.raises(MissingError, match=r"folder\.png is not a file"):
        Digests().of(tmp_path / "folder.png")
