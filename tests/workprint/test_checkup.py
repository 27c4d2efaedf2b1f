"""Looking at the machine: doctor and backends."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from projects import plugins, programs
from storyboard.errors import ExitCode, MissingError
from workprint import checkup

Run = Callable[..., Any]


class Willing:
    """A plug-in that can work."""

    def check(self) -> tuple[Any, ...]:
        """Nothing stands in its way."""
        return ()


class Unwilling(Willing):
    """A plug-in that lacks a program."""

    def check(self) -> tuple[Any, ...]:
        """The program is not there."""
        return (SimpleNamespace(what="the program is not there", fix="apt install program"),)


PLUGINS: dict[str, Any] = {"willing": Willing, "unwilling": Unwilling}


@pytest.fixture
def small_world(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with three voice engines: one works, one lacks something, one cannot be loaded."""

    def find(group: str) -> dict[str, metadata.EntryPoint]:
        names = ("broken", "unwilling", "willing") if group == "workprint.voices" else ()
        return {name: metadata.EntryPoint(name, "m:x", group) for name in names}

    def load(group: str, name: str) -> Any:
        if name in PLUGINS:
            return PLUGINS[name]
        raise MissingError(f"the voice engine '{name}' cannot be loaded", "Reinstall it.")

    monkeypatch.setattr(plugins, "find", find)
    monkeypatch.setattr(plugins, "load", load)


@pytest.mark.usefixtures("small_world")
def test_backends_tell_what_stands_in_the_way(run: Run) -> None:
    """Each plug-in has a row; problems come with their remedies; a broken one breaks nothing."""
    answer = run("backends")
    assert answer.code == 0
    assert "apt install program" in answer.out
    assert "Reinstall it." in answer.out
    told = {one["name"]: one["works"] for one in json.loads(run("backends", "--json").out)}
    assert told == {"broken": False, "unwilling": False, "willing": True}


@pytest.mark.usefixtures("small_world")
def test_doctor_finds_a_whole_machine(run: Run, tmp_path: Path) -> None:
    """With all that is needed the doctor is content, even where an optional voice is missing."""
    answer = run("doctor", tmp_path)
    assert answer.code == 0, answer.out
    assert "Ready to make films." in answer.out
    assert "apt install program" in answer.out


@pytest.mark.usefixtures("small_world")
def test_doctor_misses_what_is_needed(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without ffmpeg the exit code is 4, as text and as JSON, and the remedy is told."""

    def gone() -> Path:
        raise MissingError("there is no ffmpeg", "Install it.")

    monkeypatch.setattr(programs, "ffmpeg", gone)
    answer = run("doctor", tmp_path)
    assert answer.code == ExitCode.MISSING
    assert "ffmpeg: Install it." in answer.out
    told = json.loads(run("doctor", tmp_path, "--json").out)
    assert told["ready"] is False


def test_doctor_needs_the_houses_own_plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    """A built-in plug-in that cannot be loaded is a broken house, one of somebody else only a piece of advice."""
    broken = checkup.Plugin("clip", "animatic", "workprint", "", (("cannot be loaded", "Reinstall."),), loads=False)
    assert checkup._plugin(broken).state == "needed"
    foreign = checkup.Plugin("clip", "other", "somebody-else", "", (("cannot be loaded", "Reinstall."),), loads=False)
    assert checkup._plugin(foreign).state == "advice"


def test_libraries_that_cannot_be_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library without its system libraries is needed, with the command that installs them."""

    def refuse(name: str) -> Any:
        raise ImportError("libEGL.so.1: cannot open shared object file")

    monkeypatch.setattr(checkup, "import_module", refuse)
    finding = checkup._library("skia", "sudo apt install libegl1")
    assert (finding.state, finding.remedy) == ("needed", "sudo apt install libegl1")
    assert checkup._coders().state == "needed"


def test_scarce_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Little room is told, and a folder that is not there is needed."""
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=1_000_000))
    assert [finding.state for finding in checkup._disk(tmp_path)] == ["ok", "advice"]
    assert next(iter(checkup._disk(tmp_path / "gone"))).state == "needed"
