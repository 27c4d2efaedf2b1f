"""What is shown and asked before anything is paid for."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import click
import pytest

from projects.hosted.entry import Entry
from projects.hosted.ledger import Ledger, Limits
from render.orders import PurchasePlan, QuotaPlan
from storyboard.errors import ExitCode
from tests.workprint.conftest import Studio

Run = Callable[..., Any]

WOOD = PurchasePlan(
    slot="wood",
    scene="one",
    title="runway gen4.5",
    standing="new",
    why="",
    seconds=6.0,
    money=0.72,
    price_days=3,
    price_source="the service's page",
    price_is_old=False,
    exact=True,
    cheaper=(("runway gen4_turbo", 0.3),),
)


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], list[str]]:
    """A person at a terminal who says yes or no; gives the questions."""

    def says(yes: bool) -> list[str]:
        asked: list[str] = []
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)

        def confirm(text: str, **more: Any) -> bool:
            asked.append(text)
            assert more["default"] is False
            return yes

        monkeypatch.setattr(click, "confirm", confirm)
        return asked

    return says


def agreed(studio: Studio) -> Any:
    """The consent of the last render."""
    return studio.orders[-1].consent


def test_the_plan_shows_the_bill(run: Run, project: Path, studio: Studio) -> None:
    """Price, what would be cheaper, quotas and what was spent; nothing is asked."""
    studio.purchases = (WOOD, replace(WOOD, slot="lake", standing="stale", why="bought before promptText changed"))
    studio.quotas = (QuotaPlan("runway", "default", "50 clips a month", 3, 47),)
    studio.spent = 1.65
    told = run("plan", project).out
    assert "$0.72" in told
    assert "cheaper for wood: runway gen4_turbo $0.30" in told
    assert "50 clips a month: 3 used, 47 left" in told
    assert "has cost $1.65 so far" in told
    assert "bought before promptText changed" in told


def test_the_plan_s_bill_as_json(run: Run, project: Path, studio: Studio) -> None:
    """`--json` holds every purchase as data."""
    studio.purchases = (WOOD,)
    told = json.loads(run("plan", project, "--json").out)
    assert told["purchases"][0]["money"] == 0.72
    assert told["money"] == 0.72


def test_a_person_is_asked(run: Run, project: Path, studio: Studio, answers: Callable[[bool], list[str]]) -> None:
    """Who says yes agrees to exactly what was told."""
    studio.purchases = (WOOD,)
    asked = answers(True)
    assert run("render", project).code == 0
    assert asked == ["Buy 1 thing for $0.72?"]
    assert agreed(studio).agreed == Decimal("0.72")


def test_lengths_that_are_not_known_leave_room(
    run: Run, project: Path, studio: Studio, answers: Callable[[bool], list[str]]
) -> None:
    """An estimate is told as one, and the scenes may come a quarter dearer."""
    studio.purchases = (replace(WOOD, exact=False, money=1.0),)
    asked = answers(True)
    run("render", project)
    assert asked == ["Buy 1 thing for about $1.00?"]
    assert agreed(studio).agreed == Decimal("1.25")


def test_who_says_no_buys_nothing(
    run: Run, project: Path, studio: Studio, answers: Callable[[bool], list[str]]
) -> None:
    """Nothing is rendered either, and the remedy is told."""
    studio.purchases = (WOOD,)
    answers(False)
    answer = run("render", project)
    assert (answer.code, len(studio.orders)) == (ExitCode.INTERRUPTED, 1)
    assert "nothing was bought" in answer.err


def test_without_a_terminal_nobody_is_asked(run: Run, project: Path, studio: Studio) -> None:
    """In a script nothing is bought unless `--yes` says so."""
    studio.purchases = (WOOD,)
    answer = run("render", project)
    assert (answer.code, len(studio.orders)) == (ExitCode.RENDER_FAILED, 1)
    assert "--yes" in answer.err
    assert run("render", project, "--yes").code == 0
    assert agreed(studio).given


def test_what_is_bought_already_is_not_asked_for(run: Run, project: Path, studio: Studio) -> None:
    """Kept, stale and open clips cost nothing."""
    studio.purchases = tuple(replace(WOOD, standing=standing) for standing in ("kept", "stale", "open"))
    assert run("render", project).code == 0
    assert not agreed(studio).given


def test_a_limit_declines_the_whole(run: Run, project: Path, studio: Studio) -> None:
    """Nothing is bought half-way: what was spent and what is to come are looked at together, even with `--yes`."""
    studio.purchases, studio.spent = (WOOD,), 0.5
    answer = run("render", project, "--yes", "--max-spend", "1.00")
    assert (answer.code, len(studio.orders)) == (ExitCode.RENDER_FAILED, 1)
    assert "has cost $0.50" in answer.err
    assert run("render", project, "--yes", "--max-spend", "$1.22").code == 0
    assert agreed(studio).most == Decimal("1.22")


def test_unknown_and_old_prices_are_told(
    run: Run, project: Path, studio: Studio, answers: Callable[[bool], list[str]]
) -> None:
    """A person sees that a price is old or unknown before he says yes; his yes then covers it."""
    studio.purchases = (
        replace(WOOD, price_is_old=True, price_days=200),
        replace(WOOD, slot="lake", money=None),
    )
    asked = answers(True)
    told = run("render", project).out
    assert "the price is 200 days old (the service's page)" in told
    assert asked == ["Buy 2 things for $0.72 and 1 unknown price?"]
    assert (agreed(studio).agreed, agreed(studio).old_prices) == (None, True)


def test_slots_are_handed_on(run: Run, project: Path, studio: Studio) -> None:
    """What is bought again, given up, or found at the service is named by scene."""
    studio.purchases = (WOOD,)
    run("render", project, "--yes", "--buy-again", "wood", "--resubmit", "lake", "--found", "sea=task-1")
    consent = agreed(studio)
    assert (consent.again, consent.resubmit, consent.jobs) == ({"wood"}, {"lake"}, {"sea": "task-1"})


@pytest.mark.parametrize("words", [("--found", "wood"), ("--max-spend", "much"), ("--max-spend", "-1")])
def test_options_that_cannot_be_read(run: Run, project: Path, studio: Studio, words: tuple[str, ...]) -> None:
    """They are mistakes of the command line."""
    assert run("render", project, *words).code == ExitCode.USAGE


def test_quota_counts_the_month(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Jobs, dollars and quotas come from the ledger; refused jobs count nothing."""
    services = tmp_path / "services.yaml"
    services.write_text("services: {runway: {quotas: [{limit: 50, unit: clips, period: month}]}}\n", encoding="utf-8")
    monkeypatch.setenv("WORKPRINT_SERVICES", str(services))
    monkeypatch.setenv("WORKPRINT_LEDGER", str(tmp_path / "ledger"))
    assert "Nothing was bought" not in run("quota").out
    ledger = Ledger()
    for number, state in enumerate(("done", "refused", "taken")):
        entry = Entry(str(number) * 64, 0, "runway", "default", "gen4.5", "film", "wood", 1, "", "", 6, Decimal("0.72"))
        ledger.note(ledger.begin(entry, Limits()), state, job=f"job-{number}")  # type: ignore[arg-type]
    told = json.loads(run("quota", "--json").out)
    (account,) = told["accounts"]
    assert (account["jobs"], account["open"], account["refused"], account["spent"]) == (2, 1, 1, 1.44)
    assert (told["quotas"][0]["used"], told["quotas"][0]["left"]) == (2, 48)
    assert "50 clips a month: 2 used, 48 left" in run("quota").out
    assert "job-2" in run("quota", "--jobs").out


def test_services_are_listed_without_their_keys(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a key was found is told, never what it is; the models of a service come with price and date."""
    monkeypatch.setenv("RUNWAYML_API_SECRET", "key-runway-0123456789abcdef")
    told = run("services")
    assert "set (RUNWAYML_API_SECRET)" in told.out
    assert "0123456789" not in told.out + told.err
    assert "gen4.5" in run("services", "runway").out
    assert run("services", "nobody").code == ExitCode.MISSING
