"""The count of a render: parts, time left, states of scenes."""

from __future__ import annotations

from typing import Any

import pytest

from projects.progress import (
    Note,
    RenderFinished,
    RenderStarted,
    StepFailed,
    StepFinished,
    StepProgress,
    StepReused,
    StepSkipped,
    StepStarted,
)
from projects.steps import Step
from workprint.tally import FILM, Tally


class Watch:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        """The seconds that it shows."""
        return self.seconds


def about(name: str, scene: str) -> tuple[str, str, str, str]:
    """The fields that all events of a step share."""
    return name, "take", scene, f"{scene}: draw"


def begun(**others: Any) -> tuple[Tally, Watch]:
    """A tally of a render of two steps that cost 3 and 1."""
    watch = Watch()
    tally = Tally(now=watch)
    tally.take(RenderStarted(**{"steps": 2, "reused": 1, "cost": 4.0, "jobs": 2, **others}))
    return tally, watch


def expecting(watch: Watch, count: int, cost: float) -> Tally:
    """A tally that was told a plan of so many steps, which cost so much together."""
    tally = Tally(now=watch)
    tally.expect([Step(f"s{number}", "take", "x:y", None, cost=cost / count) for number in range(count)], ())
    return tally


def test_part_is_weighed_by_cost() -> None:
    """A finished step counts with its cost, one under way with its finished part."""
    tally, _ = begun()
    tally.take(StepStarted(*about("a", "one"), cost=3.0))
    tally.take(StepStarted(*about("b", "two"), cost=1.0))
    tally.take(StepProgress(*about("a", "one"), part=0.5))
    assert tally.part == pytest.approx(1.5 / 4)
    tally.take(StepFinished(*about("a", "one"), "f", 2.0, 3.0, {}))
    assert tally.part == pytest.approx(3 / 4)
    assert tally.ended == 1


def test_time_left_follows_the_pace() -> None:
    """A quarter done in ten seconds leaves thirty; before anything is done nothing is told."""
    tally, watch = begun()
    assert tally.left is None
    tally.take(StepStarted(*about("b", "two"), cost=1.0))
    tally.take(StepFinished(*about("b", "two"), "f", 2.0, 1.0, {}))
    watch.seconds += 10
    assert tally.left == pytest.approx(30)


def test_passes_count_as_one_render() -> None:
    """Voices come first, then the film: the count goes on, and what was made is not reused as well."""
    tally, _ = begun(steps=1, cost=1.0)
    tally.take(Note("a voice is missing"))
    tally.take(StepStarted(*about("a", "one"), cost=1.0))
    tally.take(StepFinished(*about("a", "one"), "f", 2.0, 1.0, {}))
    tally.take(RenderFinished(1, 0, 0, 0, 2.0))
    tally.take(RenderStarted(5, 1, 9.0, 2))
    tally.take(StepReused(*about("a", "one"), "f", {}))
    for _ in range(2):
        tally.take(StepReused(*about("v", "two"), "f", {}))
    assert (tally.ended, tally.steps, tally.cost) == (1, 6, 10.0)
    assert tally.rows["two"].reused == 1
    assert (tally.rows["one"].made, tally.rows["one"].reused) == (1, 0)
    assert list(tally.notes) == ["a voice is missing"]


def test_expected_work_keeps_the_bar_from_falling() -> None:
    """With a plan of all passes the first ends where the second begins; without one the bar waits, and never falls."""
    for steps, cost, ends, begins in ((6, 10.0, 0.1, 0.1), (0, 0.0, 1.0, 1.0)):
        watch = Watch()
        tally = expecting(watch, steps, cost)
        tally.take(RenderStarted(1, 0, 1.0, 2))
        tally.take(StepStarted(*about("a", "one"), cost=1.0))
        tally.take(StepFinished(*about("a", "one"), "f", 2.0, 1.0, {}))
        assert tally.part == pytest.approx(ends)
        tally.take(RenderStarted(5, 1, 9.0, 2))
        assert tally.part == pytest.approx(begins)
        assert (tally.ended, tally.steps) == (1, 6)


def test_time_left_is_that_of_the_pass_under_way() -> None:
    """Voices and pictures go at different paces: the second pass is judged by its own."""
    watch = Watch()
    tally = expecting(watch, 6, 10.0)
    tally.take(RenderStarted(1, 0, 2.0, 2))
    tally.take(StepFinished(*about("a", "one"), "f", 2.0, 2.0, {}))
    watch.seconds += 100
    tally.take(RenderStarted(5, 1, 8.0, 2))
    assert tally.left is None
    tally.take(StepFinished(*about("b", "one"), "f", 2.0, 4.0, {}))
    watch.seconds += 10
    assert tally.left == pytest.approx(10)


def test_empty_first_pass_leaves_the_bar_empty() -> None:
    """Where no voice is to be made, the render begins at nothing."""
    tally = Tally()
    tally.take(RenderStarted(0, 0, 0.0, 2))
    tally.take(RenderFinished(0, 0, 0, 0, 0.0))
    tally.take(RenderStarted(5, 1, 9.0, 2))
    assert (tally.part, tally.steps) == (0.0, 5)


def test_render_with_nothing_to_do_is_done() -> None:
    """A pass without work is whole once it is over."""
    tally, _ = begun(steps=0, cost=0.0)
    tally.take(RenderFinished(0, 3, 0, 0, 0.0))
    assert tally.part == 1.0


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ([], "waiting"),
        ([StepStarted(*about("a", "one"), cost=1.0)], "working"),
        ([StepReused(*about("a", "one"), "f", {})], "current"),
        ([StepReused(*about("a", "one"), "f", {}), StepFinished(*about("b", "one"), "f", 1.0, 1.0, {})], "made"),
        ([StepFinished(*about("b", "one"), "f", 1.0, 1.0, {}), StepFailed(*about("a", "one"), "m", "", "")], "failed"),
        ([StepSkipped(*about("a", "one"), because="needs b")], "blocked"),
    ],
)
def test_state_of_a_scene(events: list[Any], state: str) -> None:
    """A scene's word tells the worst of what has happened to it, or that it is at work."""
    tally, _ = begun()
    for event in events:
        tally.take(event)
    assert tally.state("one") == state


def test_steps_of_no_scene_have_a_row() -> None:
    """Joining and mixing belong to the film as a whole."""
    tally, _ = begun()
    tally.take(StepStarted(*about("join", ""), cost=1.0))
    assert tally.state(FILM) == "working"


def test_notes_are_kept_once() -> None:
    """The same note twice is one note."""
    tally, _ = begun()
    tally.take(Note("n"))
    tally.take(Note("n"))
    assert len(tally.notes) == 1


def test_scenes_with_work_stand_in_the_order_of_the_film() -> None:
    """Rows are there from the start, for the scenes that have steps ahead and no others."""
    tally = Tally()
    ahead = [Step("a", "voice", "x:y", None, scene="three"), Step("b", "take", "x:y", None, scene="one")]
    tally.expect(ahead, ["one", "two", "three"])
    assert list(tally.rows) == ["one", "three"]
    assert tally.state("three") == "waiting"


def test_no_time_is_told_from_next_to_nothing() -> None:
    """A thousandth of the work in a minute is no pace yet."""
    tally, watch = begun(cost=4000.0)
    tally.take(StepFinished(*about("b", "two"), "f", 2.0, 4.0, {}))
    watch.seconds += 60
    assert tally.left is None
