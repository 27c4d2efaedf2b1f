"""The backend that `docs/how-to/write-a-backend.md` shows, installed as it stands there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.docs.fences import HOUSE, fences

PAGE = HOUSE / "docs" / "how-to" / "write-a-backend.md"
NAME = "colourfield"


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    """An environment in which the page's package is installed: its module, its metadata and its entry point."""
    files = {fence.options["file"]: fence.text for fence in fences(PAGE) if "file" in fence.options}
    project = tomllib.loads(files["pyproject.toml"])["project"]
    (tmp_path / f"{NAME}.py").write_text(files[f"{NAME}.py"], encoding="utf-8")
    metadata = tmp_path / f"workprint_{NAME}-{project['version']}.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Name: {project['name']}\nVersion: {project['version']}\n", encoding="utf-8")
    groups = (
        f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in entries.items())
        for group, entries in project["entry-points"].items()
    )
    (metadata / "entry_points.txt").write_text("\n".join(groups), encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return {**kept, "PYTHONPATH": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}


def run(surroundings: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a module of Python from the repository with the page's package installed."""
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=HOUSE,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.mark.slow
def test_shown_backend_keeps_the_contract(surroundings: dict[str, str]) -> None:
    """The conformance suite finds it, runs every test over it, and all of them pass."""
    suite = ("pytest", "-q", "-p", "no:cacheprovider", "tests/conformance/test_clips.py", "-k", NAME)
    done = run(surroundings, *suite)
    passed = re.search(r"(\d+) passed", done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    assert passed
    assert int(passed.group(1)) > 8


@pytest.mark.slow
def test_shown_backend_makes_a_scene(surroundings: dict[str, str], tmp_path: Path) -> None:
    """The page's storyboard is rendered with it."""
    storyboard = next(fence.text for fence in fences(PAGE) if fence.language == "yaml")
    (tmp_path / "film").mkdir()
    (tmp_path / "film" / "storyboard.yaml").write_text(storyboard, encoding="utf-8")
    done = run(surroundings, "workprint", "render", str(tmp_path / "film"), "--draft", "--scene", "opening", "-j", "1")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "film" / "out" / "scenes" / "opening-16x9-draft.mp4").stat().st_size > 1000
