"""Two processes that buy at the same time: limits and quotas of the account hold for both together."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hosted.conftest import Shop
from tests.hosted.fakes.runway import Runway as Wire
from tests.hosted.fakes.server import serving

_BUYER = """
import sys
from decimal import Decimal
from pathlib import Path
from projects.hosted.buying import bring
from projects.hosted.job import Errand
from projects.hosted.catalogue import Estimate
from projects.hosted.errors import Declined
from projects.hosted.job import Consent, Purchase
from projects.steps import Work
from scenes.backends.runway import Runway

project, most, words = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
consent = Consent(words, True, most=Decimal(most) if most else None)
for take in range(1, 7):
    body = {"model": "gen4.5", "promptText": words, "ratio": "1280:720", "duration": 2}
    errand = Errand(project, f"scene{take}", Estimate(Decimal("0.60")), {}, 2.0, consent)
    work = Work({}, {}, lambda part: None, lambda: False, errand)
    try:
        bring(Runway().service(), Purchase("runway", "gen4.5", body, take), work, errand)
        print("bought", flush=True)
    except Declined as problem:
        print("declined", problem.message, flush=True)
"""


def both(shop: Shop, projects: list[Path], most: str, words: list[str]) -> list[str]:
    """What two processes say that each try to buy six clips."""
    house = Path(__file__).resolve().parents[2]
    started = [
        subprocess.Popen(
            [sys.executable, "-c", _BUYER, str(project), most, said],
            env={**os.environ, "PYTHONPATH": str(house)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for project, said in zip(projects, words, strict=True)
    ]
    told = [process.communicate(timeout=120)[0].splitlines() for process in started]
    assert all(process.returncode == 0 for process in started)
    return [line for lines in told for line in lines]


@pytest.mark.slow
def test_a_quota_holds_for_both(shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of twelve clips wanted for two films, the five of the month's quota are bought, and no more are paid for."""
    monkeypatch.setenv("RUNWAYML_API_SECRET", "key-runway-0123456789abcdef")
    other = tmp_path / "other"
    other.mkdir()
    with serving(Wire) as server:
        quota = "[{limit: 5, unit: clips, period: month}]"
        shop.write_services(f"services: {{runway: {{url: '{server.url}', look_every: 0.01, quotas: {quota}}}}}\n")
        told = both(shop, [shop.folder, other], "", ["a wood", "a lake"])
        assert server.paid() == 5
    assert told.count("bought") == 5
    assert sum("quota of 5 clips a month" in line for line in told) == 7


@pytest.mark.slow
def test_the_limit_of_a_film_holds_for_both(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes that work on one film spend no more together than it may cost."""
    monkeypatch.setenv("RUNWAYML_API_SECRET", "key-runway-0123456789abcdef")
    with serving(Wire) as server:
        shop.write_services(f"services: {{runway: {{url: '{server.url}', look_every: 0.01}}}}\n")
        shop.shelf.film()
        told = both(shop, [shop.folder, shop.folder], "2.00", ["a wood", "a lake"])
        assert server.paid() == 3
    # Each is counted at 0.60 until the service has told that it cost 0.55.
    assert told.count("bought") == 3
    assert sum(entry.spent for entry in shop.ledger.entries()) <= 2
