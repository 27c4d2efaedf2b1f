"""Safe text, colour, JSON and tables."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.errors import Severity
from workprint import streams
from workprint.streams import one_line, plain, say, say_json
from workprint.tables import bytes_in_words, clock, counted, length, show_table

Run = Callable[..., Any]


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Yes."""
        return True


@given(st.text())
def test_safe_text_holds_nothing_that_a_terminal_obeys(text: str) -> None:
    """No control character but line feed and tab, and nothing that turns text around, is left."""
    safe = plain(text)
    assert not [letter for letter in safe if letter not in "\n\t" and (letter < " " or "\x7f" <= letter <= "\x9f")]
    assert not set(safe) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
    assert "\n" not in one_line(text)


def test_harmless_text_stays() -> None:
    """Letters of any script stay as they are."""
    assert plain("Вишнёвый сад — 桜 🎬") == "Вишнёвый сад — 桜 🎬"


@pytest.mark.parametrize(
    ("name", "value", "colour"), [("TERM", "xterm", True), ("NO_COLOR", "1", False), ("TERM", "dumb", False)]
)
def test_colour_only_where_it_is_wanted(monkeypatch: pytest.MonkeyPatch, name: str, value: str, colour: bool) -> None:
    """A terminal gets colour unless NO_COLOR or a dumb terminal says otherwise."""
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv(name, value)
    say("words", style={"fg": "red"})
    assert ("\x1b[" in screen.getvalue()) is colour


def test_pipes_get_no_colour(capsys: pytest.CaptureFixture[str]) -> None:
    """What is not a terminal gets plain text."""
    say("words", style={"fg": "red"})
    assert capsys.readouterr().out == "words\n"


def test_json_knows_the_houses_values(capsys: pytest.CaptureFixture[str]) -> None:
    """Enums, paths and fractions become text; anything else is refused."""
    say_json({"a": Severity.ERROR, "b": Path("x"), "c": Fraction(1, 3), "d": frozenset("ba"), "e": "ё"})
    out = capsys.readouterr().out
    assert json.loads(out) == {"a": "error", "b": "x", "c": "1/3", "d": ["a", "b"], "e": "ё"}
    assert "ё" in out
    with pytest.raises(TypeError):
        say_json(object())


def test_names_that_are_not_text_can_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file name of broken bytes goes through an ASCII stream as an escape that JSON reads back."""
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    streams.make_streams_safe()
    say_json({"name": "ё\udcff"})
    sys.stdout.flush()
    assert json.loads(raw.getvalue().decode("utf-8")) == {"name": "ё\udcff"}


def test_plain_table_is_aligned(capsys: pytest.CaptureFixture[str]) -> None:
    """In a pipe a table is columns of text, numbers flush right, line feeds made visible."""
    show_table(("scene", "take"), [("one", 1), ("two\nthree", 10)], right=("take",))
    assert capsys.readouterr().out == "scene       take\none            1\ntwo\\nthree    10\n"


def test_rich_table_takes_brackets_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal a table shows brackets in names as they are."""
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setenv("TERM", "xterm")
    show_table(("scene", "state"), [("[/x]", "stale"), ("[bold]", "current")])
    assert "[/x]" in screen.getvalue()
    assert "[bold]" in screen.getvalue()


@pytest.mark.parametrize(("seconds", "written"), [(0, "0:00"), (59.6, "1:00"), (200, "3:20"), (3723, "1:02:03")])
def test_clock(seconds: float, written: str) -> None:
    """Spans of time are written as on a clock."""
    assert clock(seconds) == written


def test_amounts() -> None:
    """Bytes, counts and lengths are written as people say them."""
    amounts = [bytes_in_words(count) for count in (0, 999, 1500, 12_300_000)]
    assert amounts == ["0 bytes", "999 bytes", "1.5 kB", "12.3 MB"]
    assert [counted(1, "scene"), counted(2, "scene")] == ["1 scene", "2 scenes"]
    assert [length(2, exact=True), length(2.5, exact=False)] == ["2.00s", "~2.50s"]


def test_closed_streams_take_everything() -> None:
    """A program that was started with its streams closed writes into the void and ends as it would."""
    script = (
        "import sys; sys.stdout = sys.stderr = None\nfrom workprint.__main__ import main; sys.exit(main(['samples']))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
