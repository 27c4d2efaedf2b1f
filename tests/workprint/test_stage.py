"""`workprint stage` and `workprint.stage`: how a scene is staged, as data and as pictures."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import workprint
from render.orders import Order
from render.production import open_production
from scenes.backends.animatic import Animatic
from storyboard.errors import ExitCode, MissingError
from storyboard.film import Aspect

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
  - id: made
    length: 1s
    place: forest
    prompt: Anna walks.
    cast: [{who: anna, action: walk}]
    backend: stills
    model: {folder: models/none, controlnet_folder: models/none, control: pose}
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


KINDS = ("layout", "depth", "pose", "lines", "scribble")


def shown(answer: Any) -> list[np.ndarray[Any, np.dtype[np.uint8]]]:
    """The pictures whose paths an answer says, line by line."""
    assert (answer.code, answer.err) == (0, "")
    return [np.asarray(Image.open(line).convert("RGB")) for line in answer.out.splitlines()]


def test_what_a_model_would_be_told_is_shown(run: Run, film: Path) -> None:
    """A PNG of each kind, with three frames of the canvas side by side, in the folder for what is made."""
    asked = [option for kind in KINDS for option in ("--show", kind)]
    answer = run("stage", "wood", "-p", film, "--draft", *asked)
    assert answer.out.splitlines() == [str(film / "out" / f"staged-wood-16x9-draft-{kind}.png") for kind in KINDS]
    pictures = shown(answer)
    assert {one.shape for one in pictures} == {(360, 3 * 640 + 2 * 4, 3)}
    thirds = [[one[:, left : left + 640] for left in (0, 644, 1288)] for one in pictures]
    for name, (first, middle, last) in zip(KINDS, thirds, strict=True):
        assert first.any(), name
        # She walks, and the camera moves.
        assert not np.array_equal(first, middle)
        assert not np.array_equal(middle, last)
    for number, one in enumerate(pictures):
        assert not any(np.array_equal(one, other) for other in pictures[:number])


def test_the_pictures_are_those_that_a_model_is_told(run: Run, film: Path) -> None:
    """Frames 0, middle and last of the painter's guides for the very request of a render."""
    (picture,) = shown(run("stage", "wood", "-p", film, "--show", "pose", "--cut", "9:16", "--draft"))
    order = Order(cuts=(Aspect(9, 16),), scenes=("wood",), draft=True)
    plan = open_production(film).plan(order, appraised=False)
    request = next(one.step.request.clip for one in plan.steps if one.step.kind == "take")
    for place, frame in enumerate(Animatic().guides(request, "pose", [0, 23, 47])):
        left = place * (request.width + 2)
        assert np.array_equal(picture[:, left : left + request.width], frame)


def test_pictures_go_where_they_are_asked_for(run: Run, film: Path, tmp_path: Path) -> None:
    """Into a folder that is made, named after film, scene and kind; a kind asked for twice is written once.

    As JSON the paths are told by kind.
    """
    there = tmp_path / "some" / "where"
    answer = run("stage", "made", "-p", film, "--show", "pose", "--show", "pose", "-o", there, "--json")
    assert json.loads(answer.out) == {"pictures": {"pose": str(there / "staged-made-pose.png")}}
    assert [one.name for one in there.iterdir()] == ["staged-made-pose.png"]
    assert not (film / "out").exists()


def test_a_scene_of_a_model_is_shown_before_its_weights_are_there(run: Run, film: Path) -> None:
    """That is what it is for: nothing is paid for yet."""
    (picture,) = shown(run("stage", "made", "-p", film, "--show", "pose", "--draft"))
    assert picture.any()
    assert "is not painted" in run("stage", "made", "-p", film).err


@pytest.mark.parametrize(
    ("scene", "said"), [("wod", "did you mean 'wood'?"), ("still", "neither painted"), ("lost", "neither painted")]
)
def test_no_pictures(run: Run, film: Path, scene: str, said: str) -> None:
    """What is not there, and what no model is told of, is said with a remedy; nothing is written."""
    answer = run("stage", scene, "-p", film, "--show", "depth")
    assert (answer.code, answer.out) == (ExitCode.MISSING, "")
    assert said in answer.err
    assert json.loads(run("stage", scene, "-p", film, "--show", "depth", "--json").out)["error"]["hint"]
    assert not (film / "out").exists()


def test_options_for_pictures_are_looked_at(run: Run, film: Path) -> None:
    """Unknown kinds, and a folder without pictures, are faults of the command line; a file is no folder."""
    assert run("stage", "wood", "-p", film, "--show", "colour").code == ExitCode.USAGE
    alone = run("stage", "wood", "-p", film, "-o", film / "x")
    assert alone.code == ExitCode.USAGE
    assert "--show" in alone.err
    assert run("stage", "wood", "-p", film, "--show", "pose", "-o", film / "a.png").code == ExitCode.USAGE


def test_an_estimated_length_is_said_of_pictures_too(run: Run, film: Path) -> None:
    """The last frame may be another one once its line is spoken."""
    answer = run("stage", "talk", "-p", film, "--show", "pose", "--draft")
    assert answer.code == 0
    assert "estimated" in answer.err
