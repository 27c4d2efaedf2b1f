"""Events and their readers."""

from __future__ import annotations

import json
from pathlib import Path

from projects.progress import Event, JsonLines, Note, RenderFinished, Silent, StepProgress, Tee


def test_events_as_json() -> None:
    """An event says its kind and its fields."""
    assert StepProgress("take:a", "take", "a", "A", 0.5).as_json() == {
        "event": "step-progress",
        "name": "take:a",
        "kind": "take",
        "scene": "a",
        "label": "A",
        "part": 0.5,
    }
    assert RenderFinished(1, 2, 3, 4, 0.5).as_json()["event"] == "render-finished"


def test_json_lines_are_flushed_one_by_one(tmp_path: Path) -> None:
    """Each line is in the file before the next event comes, with a time, and readable in any script."""
    path = tmp_path / "logs" / "events.jsonl"
    with JsonLines(path) as log:
        log.report(Note("лес"))
        first = json.loads(path.read_text(encoding="utf-8"))
    assert first["text"] == "лес"
    assert first["at"].endswith("+00:00")


def test_tee_hands_events_on_in_turn() -> None:
    """Every reader gets every event."""
    heard: list[Event] = []

    class Ear:
        def report(self, event: Event) -> None:
            heard.append(event)

    Tee([Silent(), Ear(), Ear()]).report(Note("x"))
    assert heard == [Note("x"), Note("x")]


def test_a_log_that_cannot_be_written_says_so_and_stops_nothing() -> None:
    """On a full disk the render goes on; the log tells what happened to it."""
    with JsonLines(Path("/dev/full")) as log:
        log.report(Note("x"))
        log.report(Note("y"))
        assert "No space left" in log.trouble
