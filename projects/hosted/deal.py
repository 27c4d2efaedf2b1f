"""One purchase under way: what is written down before and after each thing that a service is asked.

Knows services by their contract only; `buying` decides when a deal is made.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from projects.digests import digest_file
from projects.disk import disk_errors, is_full, sync_file
from projects.hosted import catalogue, keys
from projects.hosted.discretion import redacted
from projects.hosted.downloads import Expired
from projects.hosted.entry import OPEN, Entry
from projects.hosted.errors import (
    AuthError,
    Declined,
    HostedError,
    Moderated,
    NotReachable,
    OutcomeUnknown,
    VendorFailed,
)
from projects.hosted.job import Errand, Purchase, Ready, Service, Surely, Taken
from projects.hosted.ledger import Ledger, Limits
from projects.hosted.quotas import rows_of
from projects.hosted.shelf import Kept, Shelf, entry_of
from projects.hosted.waiting import Patience, asked_patiently
from projects.steps import Work
from storyboard.errors import DiskError, InterruptedRender, RenderError, WorkprintError

_FETCHES = 4
"""How often a file is fetched anew when it does not come whole, or its address has expired."""


@dataclass(slots=True)
class Deal:
    """One purchase under way."""

    service: Service
    purchase: Purchase
    work: Work
    errand: Errand
    ledger: Ledger
    shelf: Shelf

    def settle(self, there: Kept) -> None:
        """Close a job in the ledger whose file was stored just before the process ended."""
        entry = self.ledger.last(self.purchase.key)
        if entry is not None and entry.state == "taken":
            self.ledger.note(entry, "done", cost=Decimal(there.cost) if there.cost else None)

    def standing(self, there: Kept | None) -> Entry | None:
        """The last asking of this purchase, on this machine or, by the shelf, on another."""
        entry = self.ledger.last(self.purchase.key)
        if entry is None and there is not None and there.state in (*OPEN, "done"):
            return entry_of(there, catalogue.service(self.purchase.service).account, self.shelf.film())
        return entry

    def taken(self, entry: Entry | None) -> Entry:
        """A job that the service has taken on: the one that is open, or a new one."""
        slot, consent = self.errand.slot, self.errand.consent
        if entry is not None and entry.state not in (*OPEN, "done"):
            entry = None
        if slot in consent.jobs:
            return self._note(entry or self.ledger.begin(self._wanted(), Limits()), Taken(consent.jobs[slot]))
        if entry is not None and slot in consent.resubmit:
            self._end(entry, "given up", "a person said to ask again")
            entry = None
        if entry is not None and entry.state in ("taken", "done"):
            return entry
        if entry is not None and entry.state == "asked":
            found = self._found(entry)
            if found is None and self._arrived.is_file():
                # It came, and the process ended before it was written down what the service calls it.
                found = Surely(entry.token)
            if found is None:
                raise self._unknown(entry, "whether the job was taken on is not known: its answer was lost")
            if found.id:
                return self._note(entry, Taken(found.id))
            self._end(entry, "refused", "the service never took it on")
        return self._bought()

    def _bought(self) -> Entry:
        """A new job, if a person has agreed to it."""
        self._check_consent()
        own = catalogue.service(self.purchase.service)
        if own.keys and not own.key_optional:
            keys.key_of(self.purchase.service)
        if is_full(self.shelf.folder):
            raise DiskError("the disk is full, and nothing is bought that cannot be kept", "Free some space.")
        consent, wanted = self.errand.consent, self._wanted()
        limits, quotas = Limits(consent.most, consent.agreed), rows_of(wanted.service, wanted.model)
        with disk_errors("what is bought"), self._coming() as folder:
            self._arrived.unlink(missing_ok=True)

            def ask() -> Entry:
                return self._asked(self.ledger.begin(wanted, limits, quotas), Path(folder))

            return asked_patiently(ask, self.work.cancelled, self._patience)

    def _wanted(self) -> Entry:
        """The entry of a job that is not asked for yet."""
        own, errand = catalogue.service(self.purchase.service), self.errand
        return Entry(
            key=self.purchase.key,
            attempt=0,
            service=self.purchase.service,
            account=own.account,
            model=self.purchase.model,
            film=self.shelf.film(),
            slot=errand.slot,
            take=self.purchase.take,
            run=errand.consent.run,
            asked="",
            seconds=errand.seconds,
            cost=errand.estimate.money,
        )

    def _asked(self, entry: Entry, folder: Path) -> Entry:
        """Ask, once; an answer that is lost is looked for, and a refusal closes the entry."""
        try:
            self.shelf.write(self.purchase, entry)
        except DiskError:
            with suppress(DiskError):
                self.ledger.note(entry, "refused", why="the disk is full")
            raise
        try:
            taken = self.service.ask(self.purchase, self._files(), folder, entry.token)
        except HostedError as problem:
            if problem.refused:
                self._end(entry, "refused", problem.message)
                raise
            if not isinstance(problem, OutcomeUnknown):
                self._failed(entry, problem)
                raise
            told: BaseException = problem
        except WorkprintError as problem:
            # The adapter could not even put the request together.
            self._end(entry, "refused", problem.message)
            raise
        except Exception as problem:  # noqa: BLE001  # whatever a library raises, the job may have been taken on
            told = problem
        else:
            try:
                # Before its name: what comes with the answer may never be handed over again.
                if taken.file is not None:
                    self._put_by(taken.file)
            finally:
                entry = self._note(entry, taken)
            if taken.file is not None:
                self._keep(entry, self._arrived)
            return entry
        found = self._found(entry)
        if found is None:
            raise self._unknown(entry, _words(told)) from None
        if not found.id:
            self._end(entry, "refused", "the service never took it on")
            raise NotReachable(_words(told), "Run the same command again; nothing was paid.") from None
        return self._note(entry, Taken(found.id))

    def _files(self) -> Mapping[str, Path]:
        """The files that are sent; they are still what the purchase says they are."""
        files = self.errand.files
        for place, digest in self.purchase.files.items():
            if place not in files or digest_file(files[place]) != digest:
                raise RenderError(f"a file of '{self.errand.slot}' ({place}) was changed meanwhile", "Run again.")
        return {place: files[place] for place in self.purchase.files}

    def done(self, entry: Entry) -> Kept:
        """Wait for a job, fetch what was made, and put it on the shelf."""
        there = self.shelf.find(self.purchase.key)
        if there is not None and self.shelf.is_whole(there):
            return there
        if self._arrived.is_file():
            try:
                return self._keep(entry, self._arrived)
            except VendorFailed:
                # What cannot be used may still be whole at the service.
                self._arrived.unlink(missing_ok=True)
        for attempt in range(_FETCHES):
            ready = self._waited(entry)
            with disk_errors("what was bought"), self._coming() as folder:
                out = Path(folder) / f"clip{self.purchase.suffix}"
                try:
                    self._fetch(entry, ready, out)
                    return self._keep(replace(entry, cost=entry.cost if ready.cost is None else ready.cost), out)
                except (Expired, NotReachable, VendorFailed) as problem:
                    hopeless = isinstance(problem, VendorFailed) and not problem.retryable
                    if hopeless or attempt == _FETCHES - 1:
                        raise self._stuck(entry, problem.message) from None
            self._patience.pause(attempt, self.work.cancelled)
        raise self._stuck(entry, "it could not be fetched")

    def _coming(self) -> tempfile.TemporaryDirectory[str]:
        """A folder for what is on its way, on the shelf's own disk."""
        return tempfile.TemporaryDirectory(dir=self.shelf.folder, prefix=".coming-")

    def _fetch(self, entry: Entry, ready: Ready, out: Path) -> None:
        try:
            self.service.fetch(self.purchase, entry.job, ready, out)
        except WorkprintError:
            raise
        except Exception as problem:  # noqa: BLE001  # a library's own error, which may hold an address
            raise NotReachable(_words(problem)) from None

    def _waited(self, entry: Entry) -> Ready:
        """Look until the job is done; nothing that happens meanwhile loses it."""
        pause = catalogue.service(self.purchase.service).look_every
        patience, missed = self._patience, 0
        while True:
            if self.work.cancelled():
                raise InterruptedRender(
                    f"'{self.errand.slot}' is being made at {self.purchase.service} ({entry.job})",
                    "The same command goes on with that job; nothing is paid twice.",
                )
            try:
                seen = self.service.look(self.purchase, entry.job)
            except (Moderated, VendorFailed) as problem:
                if entry.state == "done":
                    # It was made once, and its file is lost: that must not open the way to another payment.
                    raise self._stuck(entry, problem.message) from None
                self._failed(entry, problem)
                raise
            except (AuthError, InterruptedRender, DiskError):
                raise
            except Exception as problem:  # noqa: BLE001  # one look that failed is no job that failed
                missed += 1
                if missed >= patience.tries:
                    raise self._stuck(entry, _words(problem)) from None
                patience.pause(missed, self.work.cancelled)
                continue
            missed = 0
            if isinstance(seen, Ready):
                return seen
            self.work.progress(min(0.9, 0.9 * seen.part))
            patience.sleep(max(pause, seen.after), self.work.cancelled)

    def _keep(self, entry: Entry, file: Path) -> Kept:
        """Look through what came, put it on the shelf, and close the entry."""
        facts = self.service.accept(self.purchase, file)
        self._put_by(file)
        kept = self.shelf.put(self.purchase, entry, self._arrived, facts)
        self.ledger.note(entry, "done", cost=entry.cost)
        return kept

    @property
    def _arrived(self) -> Path:
        """Where what came lies until it is looked through and has its place: a process that ends does not lose it."""
        return self.shelf.folder / f".{self.purchase.key[:16]}{self.purchase.suffix}"

    def _put_by(self, file: Path) -> None:
        with disk_errors(file.name):
            sync_file(file)
            file.replace(self._arrived)

    def _note(self, entry: Entry, taken: Taken) -> Entry:
        """Write down the job's name before anything else is done."""
        try:
            known = self.ledger.note(entry, "taken", job=taken.id, cost=_dearer(entry.cost, taken.cost))
        except DiskError as problem:
            # The job is paid for: if its name cannot be written anywhere, a person must see it.
            told = replace(entry, state="taken", job=taken.id)
            with suppress(DiskError):
                self.shelf.write(self.purchase, told)
            hint = f"Keep this name; then run again with `--found {self.errand.slot}={taken.id}`."
            raise DiskError(f"{problem.message}; the job is {taken.id}", hint) from problem
        self.shelf.write(self.purchase, known)
        return known

    def _end(self, entry: Entry, state: Any, why: str) -> None:
        self.shelf.write(self.purchase, self.ledger.note(entry, state, why=redacted(why)))

    def _failed(self, entry: Entry, problem: HostedError) -> None:
        """Close a job that came to nothing: with what it cost, as far as anybody knows."""
        free = not catalogue.service(self.purchase.service).charges_failures
        cost = problem.cost if problem.cost is not None else Decimal(0) if free else None
        ended = self.ledger.note(entry, "failed", why=redacted(problem.message), cost=cost)
        self.shelf.write(self.purchase, ended)

    def _found(self, entry: Entry) -> Surely | None:
        try:
            found = self.service.find(self.purchase, entry.token, entry.asked)
        except Exception:  # noqa: BLE001  # what cannot be looked for is not found: the outcome stays unknown
            return None
        # A service that knows jobs by what was asked may mean another take's: that one is bought and spoken for.
        return None if found is not None and found.id and self._is_anothers(entry, found.id) else found

    def _is_anothers(self, entry: Entry, job: str) -> bool:
        return any(
            one.job == job and (one.key, one.attempt) != (entry.key, entry.attempt)
            for one in self.ledger.entries()
            if (one.service, one.account) == (entry.service, entry.account)
        )

    def _check_consent(self) -> None:
        estimate, consent = self.errand.estimate, self.errand.consent
        slot, service = self.errand.slot, self.purchase.service
        if not consent.given:
            told = "an unknown price" if estimate.money is None else f"about ${estimate.money:.2f}"
            raise Declined(
                f"'{slot}' would be bought from {service} for {told}, and nobody has agreed to that",
                "`workprint render` asks; `--yes` agrees beforehand, `--max-spend` sets a limit.",
            )
        if (estimate.money is None or (estimate.money and estimate.is_old)) and not consent.old_prices:
            what = "is not known" if estimate.money is None else f"is {estimate.days} days old ({estimate.source})"
            raise Declined(
                f"the price of '{slot}' at {service} {what}",
                "Look it up and write it into your `services.yaml`, or say `--old-prices`.",
            )

    def _unknown(self, entry: Entry, why: str) -> OutcomeUnknown:
        return OutcomeUnknown(f"'{entry.slot}' at {self._title}: {why}", self._remedy(entry))

    def _stuck(self, entry: Entry, why: str) -> HostedError:
        paid = "" if entry.cost == 0 else ", which is paid for"
        hint = f"Run again: it goes on with job {entry.job}{paid}. {self._remedy(entry)}"
        return VendorFailed(f"'{entry.slot}' at {self._title}: {why}", hint)

    def _remedy(self, entry: Entry) -> str:
        console = catalogue.service(self.purchase.service).console
        where = f" at {console}" if console else ""
        return (
            f"Look{where} whether a job of {entry.asked} is there: "
            f"`workprint render --found {entry.slot}=ID` takes it; "
            f"`workprint render --resubmit {entry.slot}` gives it up and pays for another."
        )

    @property
    def _patience(self) -> Patience:
        pace = catalogue.service(self.purchase.service).look_every
        return Patience(first=pace / 10, longest=pace * 12)

    @property
    def _title(self) -> str:
        return catalogue.service(self.purchase.service).title


def _dearer(estimate: Decimal | None, told: Decimal | None) -> Decimal | None:
    """What an open job counts for: a service's first word may be too low, and limits must hold all the same."""
    return max((one for one in (estimate, told) if one is not None), default=None)


def _words(problem: BaseException) -> str:
    """An error of anybody's in words without secrets."""
    if isinstance(problem, WorkprintError):
        return problem.message
    return redacted(f"{type(problem).__name__}: {problem}")[:300]
