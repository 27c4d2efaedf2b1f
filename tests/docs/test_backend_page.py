"""The backend that `docs/how-to/write-a-backend.md` shows, installed as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.fences import HOUSE, fences
from tests.docs.plugins import installed, run

PAGE = HOUSE / "docs" / "how-to" / "write-a-backend.md"
NAME = "colourfield"


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    """An environment in which the page's package is installed."""
    return installed(PAGE, NAME, tmp_path)


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
