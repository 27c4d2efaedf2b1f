"""Reading a project for its mistakes, named files included."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from storyboard.errors import ExitCode
from workprint.proofreading import FILE_CODE, proofread

Run = Callable[..., Any]

NAMING = """\
workprint: 1
title: Small
score: {file: sounds/music.flac}
characters:
  ada: {name: Ada, references: [pictures/ada.png]}
scenes:
  - id: one
    keyframes:
      - {picture: pictures/a.png, layers: [pictures/b.png], depth: pictures/c.png, mask: pictures/d.png}
    lines:
      - {say: Hello, file: sounds/hello.wav}
    sounds:
      - {file: sounds/wind.wav}
    effects: [MirrorX, {python: "effects/grain.py:grain"}]
    transition: {kind: matte, picture: pictures/brush.png, sound: {file: sounds/swoosh.wav}}
  - id: two
    clip: footage/logo.mov
    cast: [{who: ada}]
    transition:
      python: effects/swirl.py:swirl
      sounds: [wind, {file: sounds/whoosh.wav}]
  - {id: three, place: forest, post: {lut: looks/dusk.cube}}
opening: {kind: fade, sound: {file: sounds/bell.wav}}
"""
FILES = {
    "sounds/music.flac": 3,
    "pictures/ada.png": 5,
    "pictures/a.png": 9,
    "pictures/b.png": 9,
    "pictures/c.png": 9,
    "pictures/d.png": 9,
    "sounds/hello.wav": 11,
    "sounds/wind.wav": 13,
    "effects/grain.py": 14,
    "pictures/brush.png": 15,
    "sounds/swoosh.wav": 15,
    "footage/logo.mov": 17,
    "effects/swirl.py": 20,
    "sounds/whoosh.wav": 21,
    "looks/dusk.cube": 22,
    "sounds/bell.wav": 23,
}
"""The files that the storyboard names, and the lines where it does."""


@pytest.fixture
def naming(project: Path) -> Path:
    """A project whose storyboard names a file in every place that can name one; all are there."""
    (project / "storyboard.yaml").write_text(NAMING, encoding="utf-8")
    for name in FILES:
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_bytes(b"content")
    return project


def lost(folder: Path) -> list[tuple[int, str]]:
    """Lines and messages of the findings about files."""
    return [(one.line, one.message) for one in proofread(folder)[1] if one.code == FILE_CODE]


def test_files_that_are_there_are_no_finding(naming: Path) -> None:
    """With all files in place nothing is said of them."""
    assert lost(naming) == []


@pytest.mark.parametrize("name", FILES)
def test_lost_file_is_found_where_it_is_named(naming: Path, name: str) -> None:
    """Each kind of named file is looked for, and told with its line."""
    (naming / name).unlink()
    found = lost(naming)
    assert [message for _, message in found] == [f"the file '{name}' is not there"]
    assert abs(found[0][0] - FILES[name]) <= 1


def test_link_out_of_the_project_is_a_finding(naming: Path, tmp_path: Path) -> None:
    """A symbolic link that leads out of the project is refused although the file is there."""
    (tmp_path / "secret").write_text("s", encoding="utf-8")
    (naming / "pictures/a.png").unlink()
    (naming / "pictures/a.png").symlink_to(tmp_path / "secret")
    assert [message for _, message in lost(naming)] == ["'pictures/a.png' leads out of the project"]


def test_check_fails_for_a_lost_file(run: Run, naming: Path) -> None:
    """The command counts a lost file as an error."""
    (naming / "footage/logo.mov").unlink()
    answer = run("check", naming)
    assert answer.code == ExitCode.STORYBOARD
    assert FILE_CODE in answer.out


def test_pattern_without_scene_files(project: Path) -> None:
    """A pattern that matches nothing is a finding of the storyboard, not an error of its own."""
    (project / "storyboard.yaml").write_text("workprint: 1\ntitle: A\nscenes: scenes/*.yaml\n", encoding="utf-8")
    assert [one.code for one in proofread(project)[1]] == ["E157"]


def test_scene_files_are_read(project: Path) -> None:
    """Mistakes in scene files are told with the names of those files."""
    (project / "storyboard.yaml").write_text("workprint: 1\ntitle: A\nscenes: scenes/*.yaml\n", encoding="utf-8")
    (project / "scenes").mkdir()
    (project / "scenes" / "one.yaml").write_text("id: one\nprompt: a\nshot: wiide\n", encoding="utf-8")
    assert [(one.path, one.line) for one in proofread(project)[1]] == [("scenes/one.yaml", 3)]


def test_checking_loads_neither_pictures_nor_sound(project: Path) -> None:
    """`check` is quick: no library of pictures or sound is loaded for it."""
    probe = (
        "import sys; from workprint.__main__ import main; main(['check', sys.argv[1]]);"
        "print('LOADED', *sorted({name.split('.')[0] for name in sys.modules}))"
    )
    house = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", probe, str(project)], capture_output=True, text=True, check=True, cwd=house
    )
    loaded = set(done.stdout.rpartition("LOADED")[2].split())
    assert "pydantic" in loaded
    assert loaded.isdisjoint({"numpy", "cv2", "skia", "av", "scipy", "render", "scenes", "audio", "rich"})


def test_backends_that_are_not_installed_are_found(project: Path) -> None:
    """A typing slip in a scene and one at the top are each told once, with their places and a suggestion."""
    text = "workprint: 1\ntitle: T\nbackend: moonraker\nscenes:\n"
    text += "  - {id: a, prompt: x}\n  - {id: b, prompt: x}\n  - {id: c, prompt: x, backend: animatik}\n"
    (project / "storyboard.yaml").write_text(text, encoding="utf-8")
    found = [(one.code, one.line, one.hint) for one in proofread(project)[1]]
    assert [(code, line) for code, line, _ in found] == [("E181", 3), ("E181", 7)]
    assert found[0][2].startswith("installed: ")
    assert "animatic, " in found[0][2]
    assert found[1][2] == "did you mean 'animatic'?"
