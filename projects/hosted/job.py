"""A paid job, as plain data, and the contract with whatever does it: one hosted service.

Asking, looking and fetching are separate, so that a job outlives the process that asked for it. Knows neither clips
nor sounds, neither disks nor money spent.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from projects.fingerprint import canonical_text
from projects.plugins import Group
from projects.steps import Json

if TYPE_CHECKING:
    from projects.hosted.catalogue import Estimate


@dataclass(frozen=True, slots=True)
class Purchase:
    """What is asked of a service, whole: the same purchase is never paid for twice.

    `body` is what is sent, but for files: these stand under `files` with what they are to the service (`first`,
    `last`, `reference`) and their digests. `amount` is how much is made, in the model's `unit`.
    """

    service: str
    model: str
    """The service's own name of the model."""
    body: Mapping[str, Json]
    take: int = 1
    """Another take of the same request is another purchase."""
    files: Mapping[str, str] = field(default_factory=dict)
    """What a file is to the service -> the sha256 of its content."""
    media: str = "video"
    """What comes back: `video` or `audio`."""
    suffix: str = ".mp4"

    @property
    def key(self) -> str:
        """What it goes by in ledgers and on shelves: 64 hex digits over all of it."""
        return hashlib.sha256(canonical_text(self).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Taken:
    """The service has taken a job on. `id` is its own name for it; `cost` in US dollars, where it told.

    `file` is what was made, where the service answers with it at once: a file of the caller's that may be moved.
    """

    id: str
    cost: Decimal | None = None
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """The job is not done. `part` is the finished part in 0..1, 0 where the service does not tell."""

    part: float = 0.0
    after: float = 0.0
    """Seconds after which to look again, where the service tells."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The job is done. `url` is where the file lies for a while, or whatever else `fetch` needs; never written down."""

    url: str
    cost: Decimal | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    """What a download from the service itself needs; empty for a file that lies elsewhere."""


@dataclass(frozen=True, slots=True)
class Surely:
    """An answer to "did you take this job on?": `id` of the job, or "" for "no, surely not"."""

    id: str = ""


@dataclass(frozen=True, slots=True)
class Consent:
    """What a person has agreed to. Unless it is `given`, nothing is asked of a service; what was bought is always used.

    `agreed` is for this run, `most` for the film in all its days: US dollars, None for no limit. `again` names slots
    (a scene, a line) that are bought anew though an older clip is there; `resubmit` those whose lost job is given up;
    `jobs` those for which a person has found the service's own name of the job.
    """

    run: str = ""
    given: bool = False
    agreed: Decimal | None = None
    most: Decimal | None = None
    old_prices: bool = False
    again: frozenset[str] = frozenset()
    resubmit: frozenset[str] = frozenset()
    jobs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BuyRequest:
    """What is bought, and behind which door its service is found."""

    group: Group
    backend: str
    purchase: Purchase


@dataclass(frozen=True, slots=True)
class Errand:
    """What a step that buys is told besides its request: nothing of it changes what is made."""

    project: Path
    slot: str
    estimate: Estimate
    files: Mapping[str, Path] = field(default_factory=dict)
    """The files of the purchase by what they are to the service; their digests are in it."""
    seconds: float = 0.0
    consent: Consent = field(default_factory=Consent)


class Service(Protocol):
    """One hosted service, spoken to in its own language.

    Every method raises errors of `projects.hosted.errors`; whatever else they raise is taken for an unknown outcome
    while a job is asked for, and for a failed look otherwise. None of them repeats a request that may be paid for.
    """

    def ask(self, purchase: Purchase, files: Mapping[str, Path], folder: Path, token: str) -> Taken:
        """Ask for the job, once, with a single request that may be paid for.

        `files` are those of the purchase; `folder` is for a file that comes at once. `token` is ours and of this
        asking only: a service that lets its users name their jobs is told it, so that `find` can be sure.
        """

    def look(self, purchase: Purchase, job: str) -> Pending | Ready:
        """How the job stands; raises Moderated or VendorFailed where it will not be done."""

    def fetch(self, purchase: Purchase, job: str, ready: Ready, out: Path) -> None:
        """Bring what was made to `out`; may be repeated."""

    def find(self, purchase: Purchase, token: str, asked: str) -> Surely | None:
        """Whether it took on the job that was asked for with a token, at a time (ISO 8601, UTC).

        None where it cannot tell for sure.
        """

    def accept(self, purchase: Purchase, file: Path) -> dict[str, Json]:
        """Facts of what was fetched; raises VendorFailed for what cannot be used."""
