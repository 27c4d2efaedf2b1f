"""`workprint stage` and `workprint.stage`: how a scene is staged, as data."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import workprint
from storyboard.errors import ExitCode, MissingError

Run = Callable[..., Any]

FILM = """\
workprint: 1
title: Staged
cuts: ["16:9", "9:16"]
characters: {anna: {role: heroine}}
scenes:
  - {id: wood, length: 2s, place: forest, weather: storm, cast: [{who: anna, action: walk}], camera: crane up}
  - {id: talk, place: meadow, cast: [{who: anna}], lines: [{by: anna, say: Here we are.}]}
  - {id: still, length: 2s, keyframes: [{picture: a.png}]}
  - {id: lost, length: 2s, place: lake, backend: nowhere}
"""


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A project with a painted scene, one with a line, one of the author's own, and one whose backend is not there."""
    (tmp_path / "storyboard.yaml").write_text(FILM, encoding="utf-8")
    Image.new("RGB", (64, 36), (200, 60, 40)).save(tmp_path / "a.png")
    return tmp_path


def refuse(word: str) -> None:
    """Fail on what JSON has no word for."""
    raise AssertionError(word)


def test_the_stage_is_json(run: Run, film: Path) -> None:
    """The answer is nothing but JSON, with layers, actors, lights, weather, camera, palette and seed."""
    answer = run("stage", "wood", "-p", film)
    assert (answer.code, answer.err) == (0, "")
    told = json.loads(answer.out, parse_constant=refuse)
    assert {"layers", "tracks", "lights", "weather", "camera", "palette", "seed", "not_drawn"} <= set(told)
    assert told["weather"]["lightning"] is True
    assert [track["who"] for track in told["tracks"]] == ["anna"]
    assert told["frames"] == 48
    assert run("stage", "wood", "-p", film, "--json").out == answer.out


def test_cut_and_draft_set_the_canvas(run: Run, film: Path) -> None:
    """The stage is composed for the cut that is asked for; a draft is half as large."""
    sizes = []
    for options in ((), ("--cut", "9:16"), ("--draft",)):
        layout = json.loads(run("stage", "wood", "-p", film, *options).out)["layout"]
        sizes.append((layout["width"], layout["height"]))
    assert sizes == [(1280, 720), (720, 1280), (640, 360)]


def test_an_estimated_length_is_said(run: Run, film: Path) -> None:
    """Before its line is spoken a scene's length is an estimate, which is said beside the JSON."""
    answer = run("stage", "talk", "-p", film)
    assert json.loads(answer.out)["frames"] > 0
    assert "estimated" in answer.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("wod",), "did you mean 'wood'?"),
        (("still",), "is not painted"),
        (("lost",), "is not painted"),
        (("wood", "--cut", "4:3"), "has no cut 4:3"),
    ],
)
def test_no_stage(run: Run, film: Path, arguments: tuple[str, ...], said: str) -> None:
    """Unknown scenes and cuts, and scenes of other makers, are told with a remedy, as data too."""
    answer = run("stage", *arguments, "-p", film)
    assert (answer.code, answer.out) == (ExitCode.MISSING, "")
    assert said in answer.err
    assert "Traceback" not in answer.err
    error = json.loads(run("stage", *arguments, "-p", film, "--json").out)["error"]
    assert error["exit_code"] == ExitCode.MISSING
    assert error["hint"]


def test_broken_storyboard(run: Run, film: Path) -> None:
    """A storyboard that cannot be read is told with its mistakes and their places."""
    (film / "storyboard.yaml").write_text("workprint: 1\ntitle: [\n", encoding="utf-8")
    answer = run("stage", "wood", "-p", film)
    assert (answer.code, answer.out) == (ExitCode.STORYBOARD, "")
    assert "storyboard.yaml:" in answer.err
    assert json.loads(run("stage", "wood", "-p", film, "--json").out)["error"]["diagnostics"]


def test_from_a_script(run: Run, film: Path) -> None:
    """The facade gives the mapping that the command prints, and raises where there is none."""
    found = workprint.stage(film, "wood", cut="9:16", draft=True)
    assert found == json.loads(run("stage", "wood", "-p", film, "--cut", "9:16", "--draft").out)
    assert workprint.stage(str(film), "wood") == workprint.stage(film, "wood", cut=workprint.Aspect(16, 9))
    with pytest.raises(MissingError, match="not painted"):
        workprint.stage(film, "still")
