"""`workprint deliver`: what is told before anything is made, and what is asked of the deliveries."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from render.deliveries import presets as table
from render.deliveries.deliver import DeliveredFiles
from render.orders import Order
from storyboard.errors import MissingError, StoryboardError
from workprint.commandline import workprint

FILM = "workprint: 1\ntitle: T\ndeliver: [тикток]\nscenes:\n  - {id: a, prompt: x, length: 4s}\n"


def told(folder: Path, *words: str, film: str = FILM) -> Result:
    """What the command answers in a project."""
    (folder / "storyboard.yaml").write_text(film, encoding="utf-8")
    return CliRunner().invoke(workprint, ["deliver", *words, "--project", str(folder)])


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What is asked of the deliveries; nothing is made."""
    found: list[dict[str, Any]] = []

    def deliver(production: Any, names: Any, order: Order, reporter: Any, cancel: Any, wish: Any) -> Any:
        found.append({"names": tuple(names), "order": order, "wish": wish})
        short = table.preset("tiktok")
        return iter([DeliveredFiles(short.name, (Path("a.mp4"),), {}, ("a note",))])

    monkeypatch.setattr("render.deliveries.deliver.deliver", deliver)
    return found


def test_what_the_platform_will_say_is_told_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: list[dict[str, Any]]
) -> None:
    """A film that is too long is told with the day of the figure, once, before it is made; it is made all the same."""
    monkeypatch.setitem(table.presets(), "tiktok", dataclasses.replace(table.preset("tiktok"), most=2.0))
    answer = told(tmp_path)
    assert answer.exit_code == 0
    limit = f"TikTok takes films of 2s at most (as of {table.as_of()}); this one lasts 4s"
    assert answer.output.count(limit) == 1
    assert answer.output.index(limit) < answer.output.index("a.mp4")
    assert [one["names"] for one in asked] == [("tiktok",)]


def test_what_is_asked_reaches_the_deliveries(tmp_path: Path, asked: list[dict[str, Any]]) -> None:
    """Names, size, codec, encoder and consent."""
    words = ["YouTube", "--codec", "hevc", "--size", "721", "--encoder", "vaapi", "--yes", "--max-spend", "2.50"]
    assert told(tmp_path, *words).exit_code == 0
    (one,) = asked
    assert (one["wish"].codec, one["wish"].short, one["wish"].encoder) == ("hevc", 720, "vaapi")
    assert (one["order"].consent.given, str(one["order"].consent.most)) == (True, "2.50")


def test_a_wrong_name_is_told_before_the_film_is_read(tmp_path: Path, asked: list[dict[str, Any]]) -> None:
    """On the command line as in the storyboard; nothing is made."""
    answer = told(tmp_path, "youtub")
    assert isinstance(answer.exception, MissingError)
    assert "Did you mean 'youtube'?" in answer.exception.hint
    wrong = told(tmp_path, film=FILM.replace("тикток", "тиктак"))
    assert isinstance(wrong.exception, StoryboardError)
    assert wrong.exception.diagnostics[0].code == "E135"
    assert asked == []


def test_the_list_tells_limits_with_their_day() -> None:
    """Every preset by name, and as of when its limit was true."""
    answer = CliRunner().invoke(workprint, ["deliver", "--list"])
    assert set(table.presets()) == {line.split()[0] for line in answer.output.splitlines()}
    assert f"at most 180 s (as of {table.as_of()})" in answer.output
