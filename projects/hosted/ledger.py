"""The ledger: every job that was asked of a service, written down before it is asked for, and what became of it.

One file a service, account and month, only ever added to, under one lock for all processes of the user: limits on money
and number hold because a job is counted before it is paid. Speaks to no service.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from filelock import FileLock, Timeout

from projects.disk import disk_errors
from projects.hosted.entry import OPEN, Entry, State
from projects.hosted.errors import Declined, OutcomeUnknown
from projects.hosted.quotas import Row, check_quotas
from projects.journal import add_line, read_lines
from projects.steps import Json
from storyboard.errors import InterruptedRender

LEDGER_VARIABLE = "WORKPRINT_LEDGER"
"""A folder for the ledger; without it one among the user's data."""

_STEP = 0.2


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be spent: by a film in all its days, and by one run. None is no limit."""

    film: Decimal | None = None
    run: Decimal | None = None


class Ledger:
    """The user's ledger. Every method reads what all processes have written so far."""

    def __init__(self, root: Path | None = None) -> None:
        self._root = root or ledger_folder()

    def entries(self) -> tuple[Entry, ...]:
        """Every job, in the order of asking, each as it stands."""
        found: dict[tuple[str, int], Entry] = {}
        for path in sorted(self._root.glob("*/*/*.jsonl")):
            service, account = path.parts[-3:-1]
            for line in read_lines(path):
                _read(line, service, account, found)
        return tuple(sorted(found.values(), key=lambda entry: (entry.asked, entry.key, entry.attempt)))

    def last(self, key: str) -> Entry | None:
        """The last asking of a purchase."""
        return max((one for one in self.entries() if one.key == key), key=lambda one: one.attempt, default=None)

    def begin(self, entry: Entry, limits: Limits, quotas: Sequence[Row] = ()) -> Entry:
        """Write down that a job is about to be asked for; when this returns, it is on the disk.

        Raises Declined where it would pass a limit or a quota, counted with everything that is open anywhere.
        """
        with self._lock():
            entries = self.entries()
            earlier = [one for one in entries if one.key == entry.key]
            if any(one.state in OPEN for one in earlier):
                raise OutcomeUnknown(f"'{entry.slot}' is asked for already, and what became of that is not known")
            _check_limits(entry, limits, entries)
            check_quotas(entry, quotas, entries)
            begun = replace(entry, attempt=max((one.attempt for one in earlier), default=0) + 1, asked=_now())
            plain: dict[str, Json] = {
                "event": "asked",
                "key": begun.key,
                "attempt": begun.attempt,
                "at": begun.asked,
                "model": begun.model,
                "film": begun.film,
                "slot": begun.slot,
                "take": begun.take,
                "run": begun.run,
                "seconds": begun.seconds,
                "cost": _text(begun.cost),
            }
            add_line(self._file(begun), plain, sync=True)
            return begun

    def note(self, entry: Entry, state: State, *, job: str = "", why: str = "", cost: Decimal | None = None) -> Entry:
        """Write down what has become of a job; when this returns, it is on the disk."""
        later = replace(entry, state=state, job=job or entry.job, why=why, cost=entry.cost if cost is None else cost)
        plain: dict[str, Json] = {
            "event": state,
            "key": entry.key,
            "attempt": entry.attempt,
            "at": _now(),
            "job": later.job,
            "why": why,
            "cost": _text(later.cost),
        }
        with self._lock():
            add_line(self._file(entry), plain, sync=True)
        return later

    @contextmanager
    def hold(self, key: str, cancelled: Callable[[], bool] = lambda: False) -> Iterator[None]:
        """Keep every other process from asking for this purchase meanwhile; raises InterruptedRender when stopped."""
        folder = self._root / "locks"
        with disk_errors("the ledger's lock"):
            folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(folder / key[:40], thread_local=False)
            while not lock.is_locked:
                if cancelled():
                    raise InterruptedRender("stopped while another process asks for the same", "Run again.")
                with suppress(Timeout):
                    lock.acquire(timeout=_STEP)
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def _lock(self) -> Iterator[None]:
        with disk_errors("the ledger"):
            self._root.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self._root / "lock", thread_local=False)
            lock.acquire()
        try:
            yield
        finally:
            lock.release()

    def _file(self, entry: Entry) -> Path:
        """The file of the month in which a job was asked for, by the user's own clock."""
        month = datetime.fromisoformat(entry.asked).astimezone().strftime("%Y-%m")
        return self._root / entry.service / entry.account / f"{month}.jsonl"


def ledger_folder() -> Path:
    """Where the user's ledger lies."""
    if named := os.environ.get(LEDGER_VARIABLE):
        return Path(named).expanduser()
    home = os.environ.get("LOCALAPPDATA") if os.name == "nt" else os.environ.get("XDG_DATA_HOME")
    return (Path(home) if home else Path.home() / ".local" / "share") / "workprint" / "ledger"


def spent(entries: Sequence[Entry], film: str) -> Decimal:
    """What a film has cost so far, open jobs counted with their estimates."""
    return sum((one.spent for one in entries if one.film == film), Decimal(0))


def _check_limits(entry: Entry, limits: Limits, entries: Sequence[Entry]) -> None:
    for what, limit, before in (
        ("the film may cost in all (`--max-spend`)", limits.film, spent(entries, entry.film)),
        (
            "was agreed to in this run",
            limits.run,
            sum((one.spent for one in entries if one.run == entry.run), Decimal(0)),
        ),
    ):
        if limit is None:
            continue
        if entry.cost is None:
            raise Declined(
                f"nobody knows what '{entry.slot}' will cost at {entry.service}, so that no limit can be kept",
                "Write its price into your `services.yaml`.",
            )
        if before + entry.cost > limit:
            raise Declined(
                f"'{entry.slot}' would cost ${entry.cost:.2f}; ${before:.2f} of the ${limit:.2f} that {what} are spent",
                "Allow more, choose a cheaper model, or leave the scene to the embedded painter.",
            )


def _read(line: dict[str, Json], service: str, account: str, found: dict[tuple[str, int], Entry]) -> None:
    key, attempt, event = line.get("key"), line.get("attempt"), line.get("event")
    if not isinstance(key, str) or not isinstance(attempt, int):
        return
    if event == "asked":
        found[key, attempt] = Entry(
            key,
            attempt,
            service,
            account,
            str(line.get("model", "")),
            str(line.get("film", "")),
            str(line.get("slot", "")),
            int(line.get("take") or 1),
            str(line.get("run", "")),
            str(line.get("at", "")),
            float(line.get("seconds") or 0),
            _money(line.get("cost")),
        )
    elif (key, attempt) in found and event in ("taken", "done", "refused", "failed", "given up"):
        before = found[key, attempt]
        found[key, attempt] = replace(
            before,
            state=event,
            job=str(line.get("job") or before.job),
            why=str(line.get("why") or ""),
            cost=_money(line.get("cost")),
        )


def _money(value: Json) -> Decimal | None:
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation:
        return None


def _text(cost: Decimal | None) -> str | None:
    return None if cost is None else str(cost)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
