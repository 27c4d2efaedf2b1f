"""The voice and the score that `docs/how-to/write-a-voice-or-a-score.md` shows, installed as they stand there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.docs.fences import HOUSE, fences
from tests.docs.plugins import installed, run

PAGE = HOUSE / "docs" / "how-to" / "write-a-voice-or-a-score.md"
NAME = "whistles"


@pytest.mark.slow
@pytest.mark.parametrize(("suite", "maker", "least"), [("test_voices", "whistler", 20), ("test_scores", "drone", 10)])
def test_what_is_shown_keeps_the_contract(tmp_path: Path, suite: str, maker: str, least: int) -> None:
    """The conformance suites find both, run every test over them, and all of them pass."""
    command = ("pytest", "-q", "-p", "no:cacheprovider", f"tests/conformance/{suite}.py", "-k", maker)
    done = run(installed(PAGE, NAME, tmp_path), *command)
    passed = re.search(r"(\d+) passed", done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    assert passed
    assert int(passed.group(1)) >= least


@pytest.mark.slow
def test_shown_film_is_rendered_with_both(tmp_path: Path) -> None:
    """The page's storyboard becomes a film whose receipts name the whistler and the drone."""
    storyboard = next(fence.text for fence in fences(PAGE) if fence.language == "yaml")
    environment = installed(PAGE, NAME, tmp_path)
    film = tmp_path / "film"
    film.mkdir()
    (film / "storyboard.yaml").write_text(storyboard, encoding="utf-8")
    done = run(environment, "workprint", "render", str(film), "--draft", "-j", "1")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (film / "out" / "whistles-16x9-draft.mp4").stat().st_size > 1000
    takes = [json.dumps(json.loads(path.read_text())) for path in (film / ".workprint").rglob("*.json")]
    assert any("whistler 1" in take for take in takes)
    assert any("drone 1" in take for take in takes)
