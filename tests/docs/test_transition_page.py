"""The transition that `docs/how-to/write-a-transition.md` shows, installed as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.fences import HOUSE, fences
from tests.docs.plugins import installed, run

PAGE = HOUSE / "docs" / "how-to" / "write-a-transition.md"
NAME = "blinds"


@pytest.mark.slow
def test_shown_transition_keeps_the_contract(tmp_path: Path) -> None:
    """The conformance suite finds it, runs every test over it, and all of them pass."""
    suite = ("pytest", "-q", "-p", "no:cacheprovider", "tests/conformance/test_transitions.py", "-k", NAME)
    done = run(installed(PAGE, NAME, tmp_path), *suite)
    passed = re.search(r"(\d+) passed", done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    assert passed
    assert int(passed.group(1)) > 8


@pytest.mark.slow
def test_shown_storyboard_is_rendered_with_it(tmp_path: Path) -> None:
    """The page's storyboard becomes a film with it."""
    storyboard = next(fence.text for fence in fences(PAGE) if fence.language == "yaml")
    environment = installed(PAGE, NAME, tmp_path)
    (tmp_path / "film").mkdir()
    (tmp_path / "film" / "storyboard.yaml").write_text(storyboard, encoding="utf-8")
    done = run(environment, "workprint", "render", str(tmp_path / "film"), "--draft", "-j", "1")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "film" / "out" / "blinds-16x9-draft.mp4").stat().st_size > 1000
