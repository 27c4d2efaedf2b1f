"""A place of one's own for each test: ledger, table of services, keys, a project's folder, and a shop to buy in."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest

from projects.hosted.buying import bring
from projects.hosted.catalogue import Estimate
from projects.hosted.job import Consent, Errand, Purchase, Service
from projects.hosted.ledger import Ledger
from projects.hosted.shelf import Kept, Shelf
from projects.steps import Work
from tests.hosted.fakes.runway import Runway
from tests.hosted.fakes.server import FakeServer, serving

AGREED = Consent(run="a run", given=True)


@dataclass
class Shop:
    """A project in which one can buy, and the user's ledger."""

    folder: Path
    services: Path
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def ledger(self) -> Ledger:
        """The ledger as it is on the disk."""
        return Ledger()

    @property
    def shelf(self) -> Shelf:
        """The project's shelf as it is on the disk."""
        return Shelf(self.folder)

    def write_services(self, text: str) -> None:
        """The user's own table."""
        self.services.write_text(text, encoding="utf-8")

    def buy(
        self,
        service: Service,
        purchase: Purchase,
        *,
        consent: Consent = AGREED,
        slot: str = "wood",
        money: str | None = "0.60",
        files: Mapping[str, Path] | None = None,
    ) -> Kept:
        """Buy as a step does."""
        estimate = Estimate(None if money is None else Decimal(money))
        errand = Errand(self.folder, slot, estimate, files or {}, 5.0, consent)
        work = Work({}, {}, lambda part: None, self.stop.is_set, errand)
        return bring(service, purchase, work, errand)


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """A shop whose ledger and settings are this test's own."""
    made = Shop(tmp_path / "film", tmp_path / "services.yaml")
    made.folder.mkdir()
    made.write_services("services: {}\n")
    monkeypatch.setenv("WORKPRINT_LEDGER", str(tmp_path / "ledger"))
    monkeypatch.setenv("WORKPRINT_SERVICES", str(made.services))
    return made


@pytest.fixture
def server(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServer]:
    """A loopback Runway that the table points to, and a key for it."""
    monkeypatch.setenv("RUNWAYML_API_SECRET", Runway.key)
    with serving(Runway) as running:
        shop.write_services(f"services: {{runway: {{url: '{running.url}', look_every: 0.01}}}}\n")
        yield running
