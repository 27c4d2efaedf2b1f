"""Making projects: from the starters, from samples, under hostile names, where nothing may be written."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from projects.samples import samples
from storyboard.errors import ExitCode
from storyboard.load import read
from workprint.commands.new import SCHEMA, starter, title_of

Run = Callable[..., Any]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_starter_has_no_mistakes(run: Run, tmp_path: Path, language: str) -> None:
    """A new project's storyboard is whole: no error, not even a warning."""
    assert run("new", tmp_path / "my-film", "--language", language).code == 0
    reading = read((tmp_path / "my-film" / "storyboard.yaml").read_bytes(), "storyboard.yaml")
    assert reading.diagnostics == ()
    assert reading.film is not None
    assert (reading.film.title, reading.film.language) == ("My film", language)


@pytest.mark.parametrize("sample", [sample.name for sample in samples()])
def test_sample_becomes_a_project(run: Run, tmp_path: Path, sample: str) -> None:
    """Every bundled film can be begun from."""
    assert run("new", tmp_path / "film", "--from", sample).code == 0
    reading = read((tmp_path / "film" / "storyboard.yaml").read_bytes(), "storyboard.yaml")
    assert [one for one in reading.diagnostics if one.severity.value == "error"] == []


def test_editor_finds_the_schema(run: Run, tmp_path: Path) -> None:
    """The storyboard's first line names a schema file that is there, relative to the storyboard."""
    run("new", tmp_path / "film", "--from", "hello")
    first = (tmp_path / "film" / "storyboard.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema={SCHEMA}"
    assert "scenes" in json.loads((tmp_path / "film" / SCHEMA).read_text(encoding="utf-8"))["properties"]


def test_unknown_sample(run: Run, tmp_path: Path) -> None:
    """A sample that is not there is told with those that are, and no folder is left behind."""
    answer = run("new", tmp_path / "film", "--from", "helo")
    assert answer.code == ExitCode.MISSING
    assert "hello" in answer.err
    assert not (tmp_path / "film").exists()


def test_taken_folder_is_left_alone(run: Run, tmp_path: Path) -> None:
    """A folder that holds something is refused and stays as it is."""
    (tmp_path / "thesis.txt").write_text("ten years", encoding="utf-8")
    assert run("new", tmp_path).code == ExitCode.USAGE
    assert [path.name for path in tmp_path.iterdir() if path.name != "cache"] == ["thesis.txt"]


@pytest.mark.parametrize(
    "name", ["фильм", "a b", "-rf", "$(touch owned)", "x'; y", '"quoted"', "a: b # c", "it\x1b[31m", "100%", "{x}"]
)
def test_hostile_names_are_only_names(run: Run, tmp_path: Path, name: str) -> None:
    """Any name makes a folder of that name with a readable storyboard, and reaches no terminal as a command."""
    answer = run("new", tmp_path / name)
    assert answer.code == 0
    assert "\x1b" not in answer.out
    reading = read((tmp_path / name / "storyboard.yaml").read_bytes(), "storyboard.yaml")
    assert reading.film is not None
    assert not (tmp_path / "owned").exists()


def test_name_that_is_not_text(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 give a title that can be written."""
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/film\xff"))
    assert read(starter(title_of(folder), "en"), "storyboard.yaml").film is not None


def test_disk_that_may_not_be_written(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A read-only place ends with exit code 7 and a remedy."""

    def refuse(self: Path, *arguments: Any, **options: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    answer = run("new", tmp_path / "film")
    assert answer.code == ExitCode.DISK
    assert "permissions" in answer.err


def test_samples_are_listed(run: Run) -> None:
    """The list names every sample with its title, as text and as JSON."""
    assert "hello: Hello" in run("samples").out
    assert {"hello", "guru-peak", "cherry-orchard"} <= {one["name"] for one in json.loads(run("samples", "--json").out)}


def test_answer_as_json(run: Run, tmp_path: Path) -> None:
    """`--json` gives the folder and the storyboard."""
    told = json.loads(run("new", tmp_path / "film", "--json").out)
    assert told["storyboard"] == str((tmp_path / "film" / "storyboard.yaml").resolve())
