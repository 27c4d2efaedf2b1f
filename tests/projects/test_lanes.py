"""Steps that load something big: carried out in the order of their lanes, in as few workers as there are cards."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from projects.cards import CARDS_VARIABLE, cards
from projects.crew import Crew
from projects.graph import Graph
from projects.runner import Outcome, run
from projects.steps import Step
from projects.store import Store

_STEPS = """
import json
import os
import time


def noted(request, work, out):
    with open(request[0], "a") as diary:
        diary.write(json.dumps([request[1], os.getpid(), os.environ.get("CUDA_VISIBLE_DEVICES", "")]) + "\\n")
    time.sleep(0.05)
    out.write_text("made")
    return {}
"""


@pytest.fixture
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers know the step above."""
    (tmp_path / "lane_steps.py").write_text(_STEPS)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


def carry_out(folder: Path, steps: list[Step], size: int, *held: str) -> list[tuple[str, int, str]]:
    """Name, process and card of every step, in the order in which they were begun."""
    diary = folder / "diary"
    store = Store(folder / "store")
    with Crew(size, folder / "logs", ["lane_steps"], cards=held) as crew:
        outcome: Outcome = run(Graph(steps), [step.name for step in steps], store, crew=crew)
    outcome.raise_failures()
    return [tuple(json.loads(line)) for line in diary.read_text().splitlines()]


def step(folder: Path, name: str, lane: str = "", *after: str) -> Step:
    """A step that writes itself into the diary."""
    inputs = {f"i{number}": other for number, other in enumerate(after)}
    return Step(name, "test", "lane_steps:noted", (str(folder / "diary"), name), inputs, lane=lane)


def test_one_lane_after_the_other(known: None, tmp_path: Path) -> None:
    """However the scenes stand in the film, those of one model come together, and prompts are read before all."""
    steps = [
        step(tmp_path, "take a", "2 wan"),
        step(tmp_path, "words b", "1 ltx"),
        step(tmp_path, "take b", "2 ltx", "words b"),
        step(tmp_path, "take c", "2 wan"),
        step(tmp_path, "words d", "1 wan"),
        step(tmp_path, "take d", "2 wan", "words d"),
        step(tmp_path, "take e", "2 ltx"),
    ]
    done = carry_out(tmp_path, steps, 2)
    assert [name for name, _, _ in done[:2]] == ["words b", "words d"]
    lanes = [next(one.lane for one in steps if one.name == name) for name, _, _ in done[2:]]
    assert sum(here != there for here, there in pairwise(lanes)) == 1
    assert len({process for _, process, _ in done}) == 1


def test_what_is_loaded_goes_on_before_another_begins(known: None, tmp_path: Path) -> None:
    """A lane that was begun is finished although an earlier name becomes ready meanwhile."""
    steps = [
        step(tmp_path, "b1", "2 b"),
        step(tmp_path, "b2", "2 b"),
        step(tmp_path, "paint"),
        step(tmp_path, "a", "2 a", "paint", "b1"),
    ]
    names = [name for name, _, _ in carry_out(tmp_path, steps, 2)]
    assert names.index("b2") < names.index("a")


def test_each_card_has_a_worker_that_sees_it_alone(known: None, tmp_path: Path) -> None:
    """With two cards two workers take the steps with lanes; what needs no card is left to the third."""
    steps = [step(tmp_path, f"take {n}", "2 wan") for n in range(6)] + [step(tmp_path, f"plain {n}") for n in range(3)]
    done = carry_out(tmp_path, steps, 3, "0", "1")
    with_card = {card for name, _, card in done if name.startswith("take")}
    assert with_card == {"0", "1"}
    takers = {process for name, process, _ in done if name.startswith("take")}
    assert len(takers) == 2
    last = max(number for number, (name, _, _) in enumerate(done) if name.startswith("take"))
    assert not takers & {process for name, process, _ in done[:last] if name.startswith("plain")}


def test_one_worker_does_all(known: None, tmp_path: Path) -> None:
    """A crew of one takes steps of both kinds."""
    steps = [step(tmp_path, "take", "2 wan", "plain"), step(tmp_path, "plain"), step(tmp_path, "join", "", "take")]
    assert [name for name, _, _ in carry_out(tmp_path, steps, 1)] == ["plain", "take", "join"]


@pytest.mark.parametrize(
    ("allowed", "found"),
    [(None, ("0", "1", "10")), ("", ()), ("1", ("1",)), ("0,2", ("0", "2")), ("-1", ()), ("3,-1,2", ("3",))],
)
def test_cards_are_those_that_the_driver_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, allowed: str | None, found: tuple[str, ...]
) -> None:
    """Devices are counted without loading anything; the environment may allow fewer."""
    for name in ("nvidia0", "nvidia10", "nvidia1", "nvidiactl", "nvidia-uvm", "null"):
        (tmp_path / name).touch()
    monkeypatch.delenv(CARDS_VARIABLE, raising=False)
    if allowed is not None:
        monkeypatch.setenv(CARDS_VARIABLE, allowed)
    assert cards(tmp_path) == found
    assert allowed is not None or cards(tmp_path / "nothing") == ()
