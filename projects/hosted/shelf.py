"""The shelf: what a film's scenes and voices were bought as, in the film's own folder, never to be bought again.

A file for each purchase and a receipt beside it; the receipt is written before the job is asked for and after each
step, so that a project that moves to another machine takes its open jobs along. Knows no service.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from decimal import Decimal
from pathlib import Path
from typing import Any

from projects.digests import digest_file
from projects.disk import disk_errors, replace_json, sync_file, sync_folder
from projects.hosted.entry import Entry, State
from projects.hosted.job import Purchase
from projects.steps import Json

FOLDER = "bought"
"""The folder's name in a project."""
_ABOUT = "about.json"
_RECEIPT = ".receipt.json"
"""How receipts end: what was bought may be JSON itself."""
_TOLD = "Clips and sounds that were paid for. Keep them with the film: what lies here is not bought again."


@dataclass(frozen=True, slots=True)
class Kept:
    """A receipt. `file` is the name of what was bought, "" while it is not here; no address and no key is in it."""

    key: str
    service: str
    model: str
    slot: str
    take: int
    state: State
    media: str = "video"
    suffix: str = ".mp4"
    body: Mapping[str, Json] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    attempt: int = 1
    job: str = ""
    asked: str = ""
    seconds: float = 0.0
    cost: str = ""
    """US dollars."""
    file: str = ""
    sha256: str = ""
    size: int = 0
    facts: Mapping[str, Json] = field(default_factory=dict)

    @property
    def purchase(self) -> Purchase:
        """What was asked for."""
        return Purchase(self.service, self.model, self.body, self.take, self.files, self.media, self.suffix)


class Shelf:
    """The bought things of one project's folder."""

    def __init__(self, project: Path) -> None:
        self.folder = project / FOLDER

    def film(self) -> str:
        """The film's own number, by which its spending is counted wherever it lies; made when first asked for."""
        about = self.folder / _ABOUT
        known = _read(about).get("film")
        if isinstance(known, str) and known:
            return known
        made = {"film": uuid.uuid4().hex, "about": _TOLD}
        if known := _read(about).get("film"):
            return str(known)
        with disk_errors(about.name):
            self.folder.mkdir(parents=True, exist_ok=True)
            try:
                # Whoever comes second takes the number of the first: it counts what both spend.
                with about.open("x", encoding="utf-8") as file:
                    json.dump(made, file, indent=1)
            except FileExistsError:
                made = _read(about) or made
        return str(made["film"])

    def all(self) -> tuple[Kept, ...]:
        """Every receipt, oldest first."""
        paths = sorted(self.folder.glob(f"*{_RECEIPT}")) if self.folder.is_dir() else []
        found = [kept for path in paths if (kept := _kept(_read(path)))]
        return tuple(sorted(found, key=lambda kept: (kept.asked, kept.key)))

    def find(self, key: str) -> Kept | None:
        """The receipt of a purchase."""
        return next((kept for kept in self.all() if kept.key == key), None)

    def path(self, kept: Kept) -> Path | None:
        """The file of a receipt, if it is here and of the size that it was bought with."""
        if kept.state != "done" or not kept.file or Path(kept.file).name != kept.file:
            return None
        path = self.folder / kept.file
        try:
            return path if path.stat().st_size == kept.size else None
        except OSError:
            return None

    def is_whole(self, kept: Kept) -> bool:
        """Whether the file of a receipt is here, byte for byte."""
        path = self.path(kept)
        try:
            return path is not None and digest_file(path) == kept.sha256
        except OSError:
            return False

    def write(self, purchase: Purchase, entry: Entry) -> Kept:
        """Write down how a purchase stands."""
        return self._write(_receipt(purchase, entry))

    def put(self, purchase: Purchase, entry: Entry, file: Path, facts: Mapping[str, Json]) -> Kept:
        """Move what was bought into its place and write its receipt; `file` lies in the shelf's folder."""
        with disk_errors(file.name):
            sha256, size = digest_file(file), file.stat().st_size
        kept = _receipt(purchase, entry, state="done", sha256=sha256, size=size, facts=dict(facts))
        kept = Kept(**{**_fields(kept), "file": f"{_name(kept)}{purchase.suffix}"})
        with disk_errors(kept.file):
            sync_file(file)
        # The receipt first: a file in its place without one would be known to nobody.
        self._write(kept)
        with disk_errors(kept.file):
            file.replace(self.folder / kept.file)
            sync_folder(self.folder)
        return kept

    def _write(self, kept: Kept) -> Kept:
        replace_json(self.folder / f"{_name(kept)}{_RECEIPT}", asdict(kept), indent=1)
        return kept


def _receipt(purchase: Purchase, entry: Entry, **more: Any) -> Kept:
    told: dict[str, Any] = {
        "key": purchase.key,
        "service": purchase.service,
        "model": purchase.model,
        "slot": entry.slot,
        "take": purchase.take,
        "state": entry.state,
        "media": purchase.media,
        "suffix": purchase.suffix,
        "body": dict(purchase.body),
        "files": dict(purchase.files),
        "attempt": entry.attempt,
        "job": entry.job,
        "asked": entry.asked,
        "seconds": entry.seconds,
        "cost": "" if entry.cost is None else str(entry.cost),
    }
    return Kept(**{**told, **more})


def entry_of(kept: Kept, account: str, film: str) -> Entry:
    """A ledger's entry made from a receipt, for a job that was asked for on another machine."""
    cost = Decimal(kept.cost) if kept.cost else None
    return Entry(
        kept.key,
        kept.attempt,
        kept.service,
        account,
        kept.model,
        film,
        kept.slot,
        kept.take,
        "",
        kept.asked,
        kept.seconds,
        cost,
        kept.state,
        kept.job,
    )


def _name(kept: Kept) -> str:
    """A name for people, in which the key keeps purchases apart."""
    slot = re.sub(r"[^\w.-]+", "-", kept.slot).strip(".-")[:60] or "bought"
    return f"{slot}-take{kept.take}-{kept.key[:12]}"


def _fields(kept: Kept) -> dict[str, Any]:
    return {one.name: getattr(kept, one.name) for one in fields(kept)}


def _kept(told: Mapping[str, Any]) -> Kept | None:
    known = {one.name for one in fields(Kept)}
    try:
        kept = Kept(**{name: value for name, value in told.items() if name in known})
    except TypeError:
        return None
    plain = (kept.key, kept.service, kept.slot, kept.asked, kept.file)
    return kept if all(isinstance(one, str) for one in plain) and isinstance(kept.take, int) else None


def _read(path: Path) -> dict[str, Any]:
    try:
        told = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}
