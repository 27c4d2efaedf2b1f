"""A service in memory, for schedules that need hundreds of purchases: it takes jobs on, and fails where it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Literal

from projects.hosted.downloads import Expired
from projects.hosted.errors import (
    BadRequest,
    Moderated,
    NotReachable,
    OutcomeUnknown,
    RateLimited,
    VendorFailed,
)
from projects.hosted.job import Pending, Purchase, Ready, Surely, Taken
from projects.steps import Json

Trouble = Literal["", "lost before", "lost after", "crash after", "busy", "refused", "away", "moderated", "failed"]
"""What happens to a request: its answer is lost before or after the job is taken on; the library crashes after that;
429; 400; no connection; or the job is taken on and then stopped by a filter, or fails."""


@dataclass
class Vendor:
    """The service's side: every job that was taken on, by its name."""

    finds: bool = False
    """Whether it can be asked for a job by our own name of it."""
    price: Decimal = Decimal("0.60")
    jobs: dict[str, str] = field(default_factory=dict)
    """Job -> the token that it was asked for with."""
    ends: dict[str, str] = field(default_factory=dict)
    ask_troubles: list[Trouble] = field(default_factory=list)
    look_troubles: int = 0
    fetch_troubles: int = 0

    @property
    def charged(self) -> Decimal:
        """What it has taken from the account."""
        return self.price * len(self.jobs)

    def take_on(self, token: str) -> str:
        """Take a job on."""
        job = f"job-{len(self.jobs) + 1}"
        self.jobs[job] = token
        return job

    def ask(self, purchase: Purchase, files: Mapping[str, Path], folder: Path, token: str) -> Taken:
        """As the contract says."""
        trouble = self.ask_troubles.pop(0) if self.ask_troubles else ""
        if trouble == "busy":
            raise RateLimited("busy", after=0.001)
        if trouble == "refused":
            raise BadRequest("no")
        if trouble == "away":
            raise NotReachable("away")
        if trouble == "lost before":
            raise OutcomeUnknown("lost")
        job = self.take_on(token)
        if trouble in ("moderated", "failed"):
            self.ends[job] = trouble
        if trouble == "lost after":
            raise OutcomeUnknown("lost")
        if trouble == "crash after":
            raise ValueError("a library's own fault")
        return Taken(job, self.price)

    def look(self, purchase: Purchase, job: str) -> Pending | Ready:
        """As the contract says."""
        if self.look_troubles:
            self.look_troubles -= 1
            raise NotReachable("away")
        if job not in self.jobs:
            raise BadRequest("no such job")
        end = self.ends.get(job, "")
        if end == "moderated":
            raise Moderated("stopped", made=True)
        if end == "failed":
            raise VendorFailed("failed")
        return Ready(f"https://files.example/{job}?sig=secret", self.price)

    def fetch(self, purchase: Purchase, job: str, ready: Ready, out: Path) -> None:
        """As the contract says."""
        if self.fetch_troubles:
            self.fetch_troubles -= 1
            raise Expired("gone")
        out.write_bytes(f"{purchase.key} {job}".encode())

    def find(self, purchase: Purchase, token: str, asked: str) -> Surely | None:
        """As the contract says."""
        if not self.finds:
            return None
        return Surely(next((job for job, own in self.jobs.items() if own == token), ""))

    def accept(self, purchase: Purchase, file: Path) -> dict[str, Json]:
        """As the contract says."""
        return {"seconds": 5.0}
