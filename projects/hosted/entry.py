"""A job at a service as the ledger knows it. Plain data."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

State = Literal["asked", "taken", "done", "refused", "failed", "given up"]
"""asked: written down, and perhaps asked for; taken: the service has named the job; done: the file is here; refused:
surely never taken on; failed: taken on, and nothing came of it; given up: nobody knows, and somebody said to go on."""

OPEN: tuple[State, ...] = ("asked", "taken")


@dataclass(frozen=True, slots=True)
class Entry:
    """One job as it stands. Money in US dollars; `cost` is None where neither table nor service tells."""

    key: str
    attempt: int
    service: str
    account: str
    model: str
    film: str
    slot: str
    take: int
    run: str
    asked: str
    """When it was written down: UTC, ISO 8601."""
    seconds: float = 0.0
    cost: Decimal | None = None
    state: State = "asked"
    job: str = ""
    why: str = ""

    @property
    def token(self) -> str:
        """Our own name for this asking, for services that take one."""
        return f"{self.key[:32]}-{self.attempt}"

    @property
    def counts(self) -> bool:
        """Whether it counts as a job that was bought."""
        return self.state != "refused"

    @property
    def spent(self) -> Decimal:
        """What it counts for: its estimate until the service has told the cost."""
        return (self.cost or Decimal(0)) if self.counts else Decimal(0)
