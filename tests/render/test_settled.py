"""Levels that were reckoned before."""

from __future__ import annotations

from pathlib import Path

import pytest

from render.chunks import Level
from render.settled import Settled

LEVEL = Level(-2.4, exact=True, heard=True, foreseen=-14.1)


def test_level_is_recalled_in_the_next_run(tmp_path: Path) -> None:
    """What was noted for some evidence is known to whoever opens the same file, and to no other evidence."""
    Settled(tmp_path / "levels.json").note(["mix", -14.0, 2], LEVEL)
    again = Settled(tmp_path / "levels.json")
    assert again.recall(["mix", -14.0, 2]) == LEVEL
    assert again.recall(["mix", -14.0, 3]) is None


@pytest.mark.parametrize("content", [b"", b"[1]", b"{\xff", b'{"a": 1}'])
def test_damaged_file_only_costs_time(tmp_path: Path, content: bytes) -> None:
    """A file that holds anything else is as good as none, and is written anew."""
    path = tmp_path / "levels.json"
    path.write_bytes(content)
    settled = Settled(path)
    assert settled.recall(["mix"]) is None
    settled.note(["mix"], LEVEL)
    assert Settled(path).recall(["mix"]) == LEVEL


def test_planning_writes_no_folder(tmp_path: Path) -> None:
    """Where the house keeps nothing yet, levels are remembered in memory alone."""
    settled = Settled(tmp_path / "absent" / "levels.json")
    settled.note(["mix"], LEVEL)
    assert settled.recall(["mix"]) == LEVEL
    assert not (tmp_path / "absent").exists()


def test_oldest_levels_are_forgotten(tmp_path: Path) -> None:
    """The file does not grow for ever."""
    settled = Settled(tmp_path / "levels.json")
    for number in range(70):
        settled.note([number], LEVEL)
    assert settled.recall([0]) is None
    assert settled.recall([69]) == LEVEL
