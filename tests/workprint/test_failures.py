"""What is said when things go wrong, and the exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from storyboard.errors import (
    BusyError,
    Diagnostic,
    DiskError,
    ExitCode,
    InterruptedRender,
    MissingError,
    RenderError,
    StoryboardError,
    WorkprintError,
)
from workprint.failures import AGAIN, tell

Run = Callable[..., Any]

MISTAKE = Diagnostic("storyboard.yaml", 3, 7, "E130", "the key 'titel' is not known", "did you mean 'title'?")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (StoryboardError((MISTAKE,)), 3),
        (MissingError("there is no voice", "Install one."), 4),
        (RenderError("step x failed", "Try again."), 5),
        (BusyError("another render is at work", "Wait."), 6),
        (DiskError("the disk is full", "Free some space."), 7),
        (InterruptedRender("stopped", "Go on."), 130),
        (KeyboardInterrupt(), 130),
        (click.Abort(), 130),
        (click.UsageError("no such option"), 2),
        (click.exceptions.Exit(3), 3),
    ],
)
def test_each_error_has_its_exit_code(error: BaseException, code: int) -> None:
    """Each kind of error ends with the exit code of its kind."""
    assert tell(error, ()) == code


def test_mistake_is_told_with_its_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    """The message stands first, the remedy on a line of its own, both on standard error."""
    tell(MissingError("there is no voice for 'fi'", "Install one that speaks it."), ())
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "workprint: there is no voice for 'fi'\n  Install one that speaks it.\n"


def test_mistakes_of_a_storyboard_are_told_with_their_places(capsys: pytest.CaptureFixture[str]) -> None:
    """Every diagnostic begins with file, line and column, and a summary follows."""
    tell(StoryboardError((MISTAKE, MISTAKE)), ())
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "storyboard.yaml:3:7: error E130: the key 'titel' is not known"
    assert lines[1].strip() == "did you mean 'title'?"
    assert lines[-1] == "2 errors"


def test_interruption_says_how_to_go_on(capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever stops a render is told that the same command goes on, once."""
    tell(InterruptedRender("stopped; what was finished is kept", "The same command goes on from here."), ())
    assert capsys.readouterr().err.count(AGAIN) == 1


def test_mistake_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """With `--json` the error is plain data on standard output, diagnostics included."""
    tell(StoryboardError((MISTAKE,)), (), as_json=True)
    told = json.loads(capsys.readouterr().out)["error"]
    assert told["exit_code"] == 3
    assert told["diagnostics"][0]["line"] == 3


def test_fault_leaves_a_log_and_no_traceback(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An unforeseen exception is a short word and a log in the user's cache, readable only by the user."""
    assert tell(_raised(), ("render", "my film")) == ExitCode.UNEXPECTED
    err = capsys.readouterr().err
    log = next((tmp_path / "cache" / "workprint").iterdir())
    assert "Traceback" not in err
    assert str(log) in err
    assert log.stat().st_mode & 0o077 == 0
    text = log.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in text
    assert "my film" in text


def test_log_goes_elsewhere_where_the_cache_may_not_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file in the place of the cache sends the log to the temporary folder."""
    blocked = tmp_path / "blocked"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    tell(_raised(), ())
    assert list(tmp_path.glob("workprint-crash-*.log"))
    assert "Please report" in capsys.readouterr().err


def test_debugging_shows_the_traceback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """WORKPRINT_DEBUG=1 shows everything on the screen."""
    monkeypatch.setenv("WORKPRINT_DEBUG", "1")
    tell(_raised(), ())
    assert "Traceback" in capsys.readouterr().err


def test_hostile_words_in_messages_are_made_harmless(capsys: pytest.CaptureFixture[str]) -> None:
    """Escape sequences out of a name reach no terminal."""
    tell(MissingError("there is no scene '\x1b[2J\x07'", "try \x1b]0;owned\x07"), ())
    assert "\x1b" not in capsys.readouterr().err


def test_library_errors_all_reach_the_rim(run: Run, project: Path, studio: Any) -> None:
    """An error that a render raises comes out as its message and exit code."""
    studio.error = WorkprintError("something odd")
    answer = run("render", project)
    assert (answer.code, "something odd" in answer.err) == (1, True)


def _raised() -> ZeroDivisionError:
    """An exception that has a traceback."""
    try:
        raise ZeroDivisionError("division by zero")
    except ZeroDivisionError as problem:
        return problem


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a file that is always full")
def test_output_without_room_is_no_fault_of_the_program() -> None:
    """A full disk behind standard output ends with the code of full disks, and with its words."""
    command = [sys.executable, "-m", "workprint", "samples"]
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ended.returncode == ExitCode.DISK
    assert ended.stderr == "workprint: the output could not be written: No space left on device\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a file that is always full")
def test_code_outlives_a_full_standard_error(tmp_path: Path) -> None:
    """Where not even the mistake can be written, the exit code is still that of the mistake."""
    command = [sys.executable, "-m", "workprint", "check", str(tmp_path)]
    with Path("/dev/full").open("w") as full:
        assert subprocess.run(command, stderr=full, check=False).returncode == ExitCode.MISSING
