"""The command line from end to end, with real films of a few frames."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.whole

HOUSE = Path(__file__).resolve().parents[2]
FILM = """\
workprint: 1
title: Tiny
resolution: 360p
fps: 24
captions: off
scenes:
  - {id: one, length: 1s, place: meadow, prompt: a meadow}
  - {id: two, length: 1s, place: lake, prompt: a lake, transition: cut}
"""
LAUNCHER = """\
import sys
from workprint.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
"""
"""What the installed script is."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that is rendered once, in a folder with files that would do harm if they were imported."""
    folder = tmp_path_factory.mktemp("films") / "it's $(a) film"
    folder.mkdir()
    (folder / "storyboard.yaml").write_text(FILM, encoding="utf-8")
    for name in ("random.py", "render.py", "numpy.py", "sitecustomize.py", "runpy.py"):
        (folder / name).write_text("open('owned', 'w').close()\n", encoding="utf-8")
    (folder.parent / "launch.py").write_text(LAUNCHER, encoding="utf-8")
    return folder


def start(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """Start the command in the project's folder, in a process group of its own."""
    environment = {**os.environ, "PYTHONPATH": str(HOUSE), "XDG_CACHE_HOME": str(folder.parent / "cache")}
    command = [sys.executable, str(folder.parent / "launch.py"), *arguments]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=pipe, stderr=pipe, start_new_session=True)


def end(process: subprocess.Popen[bytes]) -> tuple[int, bytes, bytes]:
    """Wait for a command; gives exit code, standard output and standard error."""
    out, err = process.communicate(timeout=240)
    return process.returncode, out, err


def answer(folder: Path, *arguments: str) -> Any:
    """Run a command with `--json` to its end and give what it answered."""
    code, out, err = end(start(folder, *arguments, "--json"))
    assert code == 0, err.decode()
    return json.loads(out)


def test_film_is_made_once_and_then_only_what_changed(folder: Path) -> None:
    """The first render makes a film, the second nothing, and one after a retake only what hangs on that scene."""
    first = answer(folder, "render", "--draft", "--jobs", "1")
    assert Path(first["films"][0]["path"]).stat().st_size > 1000
    assert first["films"][0]["report"]["passed"] is True
    assert answer(folder, "render", "--draft", "--jobs", "1")["made"] == []
    assert end(start(folder, "retake", "two"))[0] == 0
    again = answer(folder, "render", "--draft", "--jobs", "1")["made"]
    assert any(name.startswith("take:two") for name in again)
    assert not any(name.startswith(("take:one", "body:one")) for name in again)


def test_no_file_of_the_films_folder_was_imported(folder: Path) -> None:
    """Neither the command nor its workers have run a module that lies beside the storyboard."""
    assert not (folder / "owned").exists()


def test_stopped_render_goes_on(folder: Path) -> None:
    """Ctrl-C ends with 130 and a word on how to go on; the next render finishes the film."""
    assert end(start(folder, "retake", "one"))[0] == 0
    process = start(folder, "render", "--draft", "--jobs", "1")
    _wait_for_lock(folder, process)
    os.killpg(process.pid, signal.SIGINT)
    code, _, err = end(process)
    assert code == 130
    assert b"Run the same command again to go on." in err
    assert b"Traceback" not in err
    assert answer(folder, "render", "--draft", "--jobs", "1")["films"]


def test_second_render_is_told_of_the_first(folder: Path) -> None:
    """While one render holds the project, another ends with 6."""
    assert end(start(folder, "retake", "one"))[0] == 0
    process = start(folder, "render", "--draft", "--jobs", "1")
    _wait_for_lock(folder, process)
    os.killpg(process.pid, signal.SIGSTOP)  # a render this small is over before a second command has started
    try:
        code, _, err = end(start(folder, "render", "--draft"))
    finally:
        os.killpg(process.pid, signal.SIGCONT)
    first, _, told = end(process)
    assert (code, first) == (6, 0), (err + told).decode()
    assert b"another process is at work" in err


def _wait_for_lock(folder: Path, process: subprocess.Popen[bytes]) -> None:
    """Wait until a render says that it holds the project."""
    for _ in range(600):
        if (folder / ".workprint" / "holder.json").exists():
            return
        assert process.poll() is None
        time.sleep(0.1)
    pytest.fail("the render never began")
