"""The displays of a render: plain lines in pipes, a bar on terminals."""

from __future__ import annotations

import io
import sys

import pytest
from rich.console import Console

from projects.progress import RenderStarted, StepFailed, StepFinished, StepProgress, StepStarted
from storyboard.errors import RenderError
from workprint.console import LineDisplay, LiveDisplay, at_work, progress_display
from workprint.tally import FILM, Tally

STEP = ("take:chasm", "take", "chasm", "chasm: draw 16:9")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Yes."""
        return True


class ClosedPipe(io.StringIO):
    """A stream whose reader has gone."""

    def write(self, text: str) -> int:
        """Nobody hears."""
        raise BrokenPipeError


def test_pipes_get_plain_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """Where standard error is no terminal, there is one line per finished step, without control codes."""
    with progress_display() as display:
        assert isinstance(display, LineDisplay)
        display.report(RenderStarted(2, 0, 2.0, 1))
        display.report(StepStarted(*STEP, cost=1.0))
        display.report(StepProgress(*STEP, part=0.5))
        display.report(StepFinished(*STEP, "f" * 64, 3.25, 1.0, {}))
    assert capsys.readouterr().err == "[1/2] chasm: draw 16:9 (3.2s)\n"


def test_reader_who_has_gone_does_not_stop_the_render(monkeypatch: pytest.MonkeyPatch) -> None:
    """A closed standard error silences the display and nothing more."""
    monkeypatch.setattr(sys, "stderr", ClosedPipe())
    display = LineDisplay()
    display.report(RenderStarted(1, 0, 1.0, 1))
    display.report(StepFinished(*STEP, "f" * 64, 3.2, 1.0, {}))
    display.report(StepFinished(*STEP, "f" * 64, 3.2, 1.0, {}))
    assert display.tally.ended == 2


def test_terminals_get_a_bar_and_a_row_per_scene(monkeypatch: pytest.MonkeyPatch) -> None:
    """The drawing shows how much is done, and what each scene is at."""
    monkeypatch.setattr(sys, "stderr", Terminal())
    display = LiveDisplay()
    display.report(RenderStarted(4, 0, 4.0, 1))
    display.report(StepStarted(*STEP, cost=2.0))
    display.report(StepProgress(*STEP, part=0.5))
    drawn = Console(file=io.StringIO(), width=100)
    drawn.print(display._drawn())
    text = drawn.file.getvalue()  # type: ignore[attr-defined]
    assert "25 %" in text
    assert "0/4 steps" in text
    assert "working" in text
    assert "draw 16:9 50 %" in text


def test_terminal_rows_fit_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many scenes those at work stay on the screen."""
    monkeypatch.setenv("LINES", "10")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(sys, "stderr", Terminal())
    display = LiveDisplay()
    display.report(RenderStarted(50, 0, 50.0, 1))
    for number in range(40):
        step = (f"take:{number}", "take", f"s{number}", "draw")
        display.report(StepStarted(*step, cost=1.0))
        if number != 37:
            display.report(StepFinished(*step, "f" * 64, 1.0, 1.0, {}))
    assert len(display._shown()) == 6
    assert "s37" in display._shown()


def test_markup_in_names_is_only_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """Brackets in a scene's id are no markup, and escape sequences do nothing."""
    monkeypatch.setattr(sys, "stderr", Terminal())
    display = LiveDisplay()
    display.report(RenderStarted(1, 0, 1.0, 1))
    display.report(StepStarted("x", "take", "[/red]\x1b[2J", "[bold]", cost=1.0))
    drawn = Console(file=io.StringIO(), width=100)
    drawn.print(display._drawn())
    text = drawn.file.getvalue()  # type: ignore[attr-defined]
    assert "[/red]\\x1b[2J" in text
    assert "[bold]" in text


def test_live_display_starts_and_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal the bar is drawn and taken away, and failures stay."""
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    with progress_display() as display:
        assert isinstance(display, LiveDisplay)
        display.report(RenderStarted(1, 0, 1.0, 1))
        display.report(StepFailed(*STEP, "the painter fell ill", "Try a draft.", ""))
    assert "the painter fell ill" in screen.getvalue()


def test_notes_are_told_when_the_work_fails(capsys: pytest.CaptureFixture[str]) -> None:
    """What was noted before an error is not lost with it."""
    display = progress_display()
    display.__enter__().tally.notes["a voice was missing"] = None
    assert not display.__exit__(RenderError, RenderError("stopped"), None)
    assert "note: a voice was missing" in capsys.readouterr().err


def test_row_tells_what_came_of_a_scene() -> None:
    """A scene that is not at work shows what was made, reused, failed and skipped."""
    tally = Tally()
    tally.take(StepFinished(*STEP, "f" * 64, 1.0, 1.0, {}))
    tally.take(StepFailed("body:chasm", "body", "chasm", "", "m", "", ""))
    assert at_work(tally, "chasm") == "1 made, 1 failed"


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("chasm: ann speaks", "ann speaks 0 %"),
        ("chasm 16:9", "16:9 0 %"),
        ("chasms", "chasms 0 %"),
        ("chasm", "chasm 0 %"),
    ],
)
def test_row_does_not_repeat_its_scene(label: str, shown: str) -> None:
    """The id stands in the row already; a label that is nothing else is kept."""
    tally = Tally()
    tally.take(StepStarted("x", "take", "chasm", label, cost=1.0))
    assert at_work(tally, "chasm") == shown


def test_film_stands_below_its_scenes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The row of the film as a whole is the last one."""
    monkeypatch.setattr(sys, "stderr", Terminal())
    display = LiveDisplay()
    display.report(StepStarted("mix", "mix", "", "mix", cost=1.0))
    display.report(StepStarted(*STEP, cost=1.0))
    assert display._shown() == ["chasm", FILM]


def test_long_steps_tell_how_far_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    """A step that takes minutes has a line twice a minute in a pipe, with the time left; a quick one has none."""
    now = [100.0]
    display = LineDisplay()
    display.tally = Tally(now=lambda: now[0])
    display.report(RenderStarted(2, 0, 2.0, 1))
    display.report(StepStarted(*STEP, cost=1.0))
    for seconds in range(0, 100, 5):
        now[0] = 100.0 + seconds
        display.report(StepProgress(*STEP, part=seconds / 200))
    lines = capsys.readouterr().err.splitlines()
    assert lines == [
        "[0/2] chasm: draw 16:9: 15 %, 2:50 left",
        "[0/2] chasm: draw 16:9: 30 %, 2:20 left",
        "[0/2] chasm: draw 16:9: 45 %, 1:50 left",
    ]
    assert at_work(display.tally, "chasm") == "draw 16:9 48 %, 1:45 left"
