"""The history of steps and the differences between two orders."""

from __future__ import annotations

from pathlib import Path

from projects.history import History, differences
from projects.receipt import Order


def _order(request: object, **more: object) -> Order:
    return Order("ab" * 32, "take:a", "take", "scenes.x:y", request, **more)  # type: ignore[arg-type]


def test_history_outlives_the_process(tmp_path: Path) -> None:
    """What was noted is there when the journal is opened again, last use last."""
    journal = tmp_path / "history.jsonl"
    history = History(journal)
    for print_ in ("1", "2", "2", "1"):
        history.note("a", print_)
    again = History(journal)
    assert again.last("a") == "1"
    assert again.all("a") == ("2", "1")
    assert again.last("b") == ""
    assert len(journal.read_text().split()) == 3 * 4


def test_a_torn_line_spoils_only_itself(tmp_path: Path) -> None:
    """A line cut off by a power cut is passed over, and the next one stands by itself."""
    journal = tmp_path / "history.jsonl"
    History(journal).note("a", "1")
    journal.write_bytes(journal.read_bytes() + b'\n{"name": "a", "fing')
    history = History(journal)
    assert history.last("a") == "1"
    history.note("b", "2")
    assert History(journal).last("b") == "2"


def test_differences_by_dotted_path() -> None:
    """Changed, new and vanished fields are named by their path, at any depth."""
    old = _order({"!": "R", "scene": {"prompt": "x", "cast": [{"action": "walk"}], "gone": 1}, "fps": 24})
    new = _order({"!": "R", "scene": {"prompt": "x", "cast": [{"action": "run"}], "new": 2}, "fps": 24.0})
    assert [str(change) for change in differences(old, new)] == [
        "fps: 24 -> 24.0",
        'scene.cast[0].action: "walk" -> "run"',
        "scene.gone: 1 -> nothing",
        "scene.new: nothing -> 2",
    ]


def test_another_class_is_one_difference() -> None:
    """Where the class changed, its fields are not compared one by one."""
    (change,) = differences(_order({"length": {"!": "Fixed", "s": 1}}), _order({"length": {"!": "Beats", "s": 2}}))
    assert change.path == "length"


def test_lists_of_other_length() -> None:
    """A longer list is told with both lengths."""
    (change,) = differences(_order({"cast": [1]}), _order({"cast": [1, 2]}))
    assert str(change) == "cast: 1 items -> 2 items"


def test_inputs_files_and_versions() -> None:
    """Inputs are named by their steps, files by their names, and a new maker is a change of version."""
    old = _order({}, inputs={"t": "a" * 64}, input_steps={"t": "take:a"}, files={"pic.png": "1" * 64}, identity="v1")
    new = _order({}, inputs={"t": "b" * 64}, input_steps={"t": "take:a"}, files={"pic.png": "2" * 64}, identity="v2")
    assert [change.path for change in differences(old, new)] == ["input take:a", "file pic.png", "version"]


def test_long_values_are_shortened() -> None:
    """A whole page of prompt does not fill the screen."""
    (change,) = differences(_order({"p": "x" * 500}), _order({"p": "y"}))
    assert len(change.old) == 60
