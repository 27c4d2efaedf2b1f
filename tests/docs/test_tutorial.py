"""The tutorial, done by the letter: files written, commands run in order, answers compared."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from tests.docs.fences import HOUSE, Fence, fences

TUTORIAL = HOUSE / "docs" / "tutorial.md"
PROGRAM = Path(sys.executable).with_name("workprint")


def commands(fence: Fence) -> list[str]:
    """The command lines of a block, without comments."""
    return [line.partition("  #")[0].strip() for line in fence.text.splitlines() if line.strip()]


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run one command line of the tutorial with the installed script, without a shell."""
    words = shlex.split(command)
    environment = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "WORKPRINT_DEBUG"}}
    environment |= {"XDG_CACHE_HOME": str(folder / "cache"), "NO_COLOR": "1"}
    return subprocess.run(
        [str(PROGRAM), *words[1:]],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )


def write(fence: Fence, folder: Path) -> None:
    """Write a block to the file that it names, inside the folder."""
    path = folder / fence.options["file"]
    assert path.resolve().is_relative_to(folder.resolve())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(fence.text, encoding="utf-8")


def test_every_command_of_the_tutorial_is_ours() -> None:
    """A block of commands holds nothing but `workprint ...`, so it can be run without a shell."""
    found = [line for fence in fences(TUTORIAL) if fence.language == "sh" for line in commands(fence)]
    assert len(found) > 10
    assert [line for line in found if not line.startswith("workprint ")] == []


def test_quoted_mistakes_are_what_the_program_says(tmp_path: Path) -> None:
    """The command of a block with `exit=` ends so, and says on the error stream what the next text block quotes."""
    blocks = fences(TUTORIAL)
    quoted = 0
    for fence, answer in pairwise(blocks):
        if "file" in fence.options:
            write(fence, tmp_path)
        if "exit" in fence.options:
            done = run(commands(fence)[0], tmp_path)
            assert done.returncode == int(fence.options["exit"]), str(fence)
            assert (answer.language, (done.stdout + done.stderr).strip()) == ("text", answer.text.strip()), str(answer)
            quoted += 1
    assert quoted


@pytest.mark.whole
def test_tutorial_makes_its_film(tmp_path: Path) -> None:
    """Every block of commands ends as the page says, and at the end there is a film with captions and a sheet."""
    for fence in fences(TUTORIAL):
        if "file" in fence.options:
            write(fence, tmp_path)
        if fence.language != "sh":
            continue
        for command in commands(fence):
            done = run(command, tmp_path)
            told = f"{fence}: {command}\n{done.stdout}\n{done.stderr}"
            assert done.returncode == int(fence.options.get("exit", "0")), told
    named = [word for word in TUTORIAL.read_text(encoding="utf-8").split("`") if word.startswith("letter/out/")]
    assert len(named) > 2
    missing = [name for name in named if not (tmp_path / name).is_file()]
    assert missing == [], sorted(path.name for path in (tmp_path / "letter" / "out").rglob("*"))
