"""`workprint vocabulary`: every table, in the language that is asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scenes.post import LOOKS, cube_of, read_cube
from storyboard.errors import ExitCode
from storyboard.vocabulary.sections import SECTIONS

Run = Callable[..., Any]


@pytest.mark.parametrize(("arguments", "form"), [((), "cavern"), (("--lang", "ru"), "пещера")])
def test_every_table_is_printed(run: Run, arguments: tuple[str, ...], form: str) -> None:
    """Each section stands there with all its words, and the spellings are those of the language."""
    answer = run("vocabulary", *arguments)
    assert answer.code == 0
    assert all(f"{section.name}: " in answer.out for section in SECTIONS)
    lines = {line.split("  ")[0] for line in answer.out.splitlines()}
    assert {word for section in SECTIONS for word in section.words} <= lines
    assert form in answer.out


def test_json(run: Run) -> None:
    """The same as data, by kind and canonical word."""
    words = json.loads(run("vocabulary", "--lang", "ru", "--json").out)
    assert list(words) == [section.name for section in SECTIONS]
    assert "фонарь" in words["props"]["lantern"]
    assert words["animals"]["dog"][0] == "собака"


def test_some_kinds_only(run: Run) -> None:
    """Kinds may be picked; one that is not there is a usage error that lists them."""
    assert list(json.loads(run("vocabulary", "props", "grades", "--json").out)) == ["props", "grades"]
    refused = run("vocabulary", "prop")
    assert refused.code == ExitCode.USAGE
    assert "props" in refused.err


def test_grades_are_written_as_cubes(run: Run, tmp_path: Path) -> None:
    """Each grade is a file in a folder that is made for it, and reading it back gives the table."""
    folder = tmp_path / "looks" / "house"
    answer = run("vocabulary", "--cube", folder)
    assert answer.out.splitlines() == [str(folder / f"{name}.cube") for name in LOOKS]
    assert len(LOOKS) == len(list(folder.iterdir())) == 10
    for name in LOOKS:
        there, due = read_cube(folder / f"{name}.cube", name), cube_of(name)
        assert (there.size, there.lowest, there.highest) == (due.size, due.lowest, due.highest)
        assert list(there.values) == pytest.approx(list(due.values), abs=1e-6)
    told = run("vocabulary", "--cube", folder, "--json")
    assert json.loads(told.out) == {"cubes": answer.out.splitlines()}


def test_foreign_files_are_not_overwritten(run: Run, tmp_path: Path) -> None:
    """Where files or links of other content have the names, nothing is written and all of them are told."""
    (tmp_path / "noir.cube").write_text("mine", encoding="utf-8")
    (tmp_path / "cool.cube").symlink_to(tmp_path / "elsewhere")
    answer = run("vocabulary", "--cube", tmp_path)
    assert answer.code == ExitCode.DISK
    assert "cool.cube, noir.cube" in answer.err
    assert (tmp_path / "noir.cube").read_text(encoding="utf-8") == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cool.cube", "noir.cube"]


@pytest.mark.parametrize("arguments", [("props",), ("grades", "props")])
def test_only_grades_are_cubes(run: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """Other kinds of words have no tables of colours."""
    assert run("vocabulary", *arguments, "--cube", tmp_path / "x").code == ExitCode.USAGE
    assert not (tmp_path / "x").exists()
