"""`workprint export`: what it asks for, and what it writes without a render."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from projects.workspace import new_workspace
from storyboard.errors import ExitCode
from tests.workprint.conftest import Run

FILM = (
    "workprint: 1\ntitle: A walk\nscenes:\n  - {id: a, length: 1s, place: forest, prompt: A path., lines: [Hello.]}\n"
)


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A film of one scene, nothing of which is made."""
    return new_workspace(tmp_path / "film", FILM).folder


def test_a_script_needs_no_render(run: Run, film: Path) -> None:
    """Fountain is written at once, and its place told."""
    told = json.loads(run("export", film, "--fountain", "--json").out)
    path = Path(told["files"][0]["path"])
    assert path.read_text(encoding="utf-8").startswith("Title: A walk")
    assert path.parent.name == "a-walk-16x9-edit"


def test_a_format_has_to_be_named(run: Run, film: Path) -> None:
    """Without one, the formats are told."""
    answer = run("export", film)
    assert answer.code == ExitCode.USAGE
    assert "--otio" in answer.err


def test_an_unknown_format_is_told(run: Run, film: Path) -> None:
    """With what is installed."""
    answer = run("export", film, "--to", "aaf")
    assert answer.code == ExitCode.MISSING
    assert "otio" in answer.err


def test_what_is_not_rendered_is_told(run: Run, film: Path) -> None:
    """The scenes that are missing, and the command that makes them; no traceback."""
    answer = run("export", film, "--otio")
    assert answer.code == ExitCode.MISSING
    assert "not rendered yet" in answer.err
    assert "workprint render" in answer.err
