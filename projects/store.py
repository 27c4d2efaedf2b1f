"""The content-addressed store of finished artifacts.

`objects/ab/<fingerprint><suffix>` is an artifact, `objects/ab/<fingerprint>.receipt.json` its receipt, written last.
Killed at any moment, the store holds only whole artifacts and some leavings in `tmp/`, which are swept later.
Knows neither steps' functions nor the film.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from projects.digests import digest_file
from projects.disk import disk_errors, replace_json, sync_file, sync_folder
from projects.lifetimes import own_mark, still_lives
from projects.receipt import Order, Receipt, parse_receipt
from projects.seals import Seals, seal_of, stamp_whole_second
from projects.steps import Artifact, Json
from storyboard.errors import RenderError

_RECEIPT = ".receipt.json"
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")
_SUFFIX = re.compile(r"(\.[A-Za-z0-9_-]{1,16}){0,3}")


@dataclass(frozen=True, slots=True)
class Store:
    """The artifacts of one project. `root` holds `objects/` and `tmp/`, both made when first needed."""

    root: Path

    def has(self, fingerprint: str) -> bool:
        """Whether the artifact is there, whole."""
        return self.receipt(fingerprint) is not None

    def get(self, fingerprint: str) -> Artifact | None:
        """The artifact, or None when it is not there or not whole."""
        found = self.receipt(fingerprint)
        if found is None:
            return None
        return Artifact(fingerprint, self._data(fingerprint, found.order.suffix), found.facts)

    def receipt(self, fingerprint: str) -> Receipt | None:
        """The receipt of an artifact whose file is there with the size that the receipt says, or None."""
        place = self._place(fingerprint)
        try:
            with open(f"{place}{_RECEIPT}", "rb") as file:  # noqa: PTH123  # plain text: asked for thousands of times
                found = parse_receipt(file.read())
            if found is None or found.order.fingerprint != fingerprint:
                return None
            whole = os.stat(f"{place}{_checked(found.order.suffix)}").st_size == found.size  # noqa: PTH116  # the same
        except OSError:
            return None
        return found if whole else None

    def put(self, order: Order, made: Path, facts: Json, seconds: float) -> Artifact:
        """Move a finished file of `workbench()` into the store, then write its receipt.

        Raises DiskError when the disk is full or may not be written; nothing half-made is left under a final name.
        """
        data = self._data(order.fingerprint, order.suffix)
        with disk_errors(f"the artifact of {order.name}"):
            sha256 = digest_file(made)
            data.parent.mkdir(parents=True, exist_ok=True)
            stamp_whole_second(made)
            sync_file(made)
            # An older receipt would vouch for the new file before it is known to be on the disk.
            self._receipt(order.fingerprint).unlink(missing_ok=True)
            made.replace(data)
            sync_folder(data.parent)
            status = data.stat()
        receipt = Receipt(
            order=order,
            sha256=sha256,
            size=status.st_size,
            facts=facts,
            seconds=round(seconds, 3),
            finished=datetime.now(UTC).isoformat(timespec="seconds"),
            seal=seal_of(status),
        )
        replace_json(self._receipt(order.fingerprint), receipt.as_json(), what=f"the receipt of {order.name}")
        return Artifact(order.fingerprint, data, facts)

    @contextlib.contextmanager
    def workbench(self, name: str) -> Iterator[Path]:
        """A folder of this process on the store's own disk, removed afterwards; `name` tells steps apart."""
        token = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        folder = self.root / "tmp" / f"{own_mark()}-{token}"
        with disk_errors("a temporary folder"):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def verify(self, fingerprint: str) -> bool:
        """Whether the artifact's bytes are still those that were stored; reads the whole file."""
        found = self.receipt(fingerprint)
        return found is not None and digest_file(self._data(fingerprint, found.order.suffix)) == found.sha256

    def altered(self, fingerprints: Iterable[str]) -> set[str]:
        """Those of the artifacts whose bytes are not, or not all, those that were stored.

        A file that nobody has touched since is trusted by its seal; any other is read once, and its new seal is
        remembered where its bytes are right. An artifact that is not there counts as altered.
        """
        seals = Seals(self.root / "seals.json")
        wrong = {print_ for print_ in dict.fromkeys(fingerprints) if not self._sealed(print_, seals)}
        seals.save()
        return wrong

    def receipts(self) -> Iterator[Receipt]:
        """The receipts of all whole artifacts, in order of their fingerprints."""
        for path in sorted((self.root / "objects").glob(f"*/*{_RECEIPT}")):
            found = self.receipt(path.name.removesuffix(_RECEIPT)) if _FINGERPRINT.match(path.name) else None
            if found is not None:
                yield found

    def size(self) -> int:
        """Bytes that the store takes, receipts and leavings included."""
        return sum(path.lstat().st_size for path in self._files())

    def prune(self, keep: Set[str]) -> int:
        """Throw away every artifact whose fingerprint is not in `keep`, and strays; gives the bytes freed."""
        paths = (self.root / "objects").glob("*/*")
        return _remove(path for path in paths if path.name[:64] not in keep or not _FINGERPRINT.match(path.name))

    def discard(self, fingerprints: Iterable[str]) -> int:
        """Throw away these artifacts, where they are there; gives the bytes freed."""
        folder = self.root / "objects"
        return _remove(path for print_ in fingerprints for path in folder.glob(f"{print_[:2]}/{print_[:64]}*"))

    def sweep(self) -> int:
        """Remove what dead processes left in `tmp/`; gives the number of leavings."""
        swept = 0
        for folder in sorted((self.root / "tmp").glob("*")):
            if not still_lives(folder):
                shutil.rmtree(folder, ignore_errors=True)
                swept += 1
        return swept

    def _sealed(self, fingerprint: str, seals: Seals) -> bool:
        """Whether an artifact is there with the bytes that its receipt tells of."""
        found = self.receipt(fingerprint)
        if found is None:
            return False
        data = self._data(fingerprint, found.order.suffix)
        try:
            seal = seal_of(data.stat())
            if seal in (found.seal, seals.of(fingerprint)):
                return True
            whole = digest_file(data) == found.sha256
        except OSError:
            return False
        if whole:
            seals.remember(fingerprint, seal)
        return whole

    def _files(self) -> Iterator[Path]:
        for folder, _, names in os.walk(self.root):
            yield from (Path(folder) / name for name in names)

    def _data(self, fingerprint: str, suffix: str) -> Path:
        return Path(f"{self._place(fingerprint)}{_checked(suffix)}")

    def _receipt(self, fingerprint: str) -> Path:
        return Path(f"{self._place(fingerprint)}{_RECEIPT}")

    def _place(self, fingerprint: str) -> str:
        """Where an artifact lies, without the ending of its name."""
        if not _FINGERPRINT.fullmatch(fingerprint):
            raise RenderError(f"'{fingerprint[:80]}' is not a fingerprint")
        return f"{self.root}{os.sep}objects{os.sep}{fingerprint[:2]}{os.sep}{fingerprint}"


def _checked(suffix: str) -> str:
    """The suffix, when it may end the name of an artifact."""
    if not _SUFFIX.fullmatch(suffix) or suffix == _RECEIPT:
        raise RenderError(f"'{suffix[:80]}' cannot end the name of an artifact")
    return suffix


def _remove(paths: Iterable[Path]) -> int:
    """Remove files and give their bytes. Receipts go first: a file without one is no artifact any more."""
    freed = 0
    with disk_errors("the store"):
        for path in sorted(set(paths), key=lambda path: (not path.name.endswith(_RECEIPT), path)):
            # What somebody else has removed meanwhile is as gone as it was to be.
            with contextlib.suppress(FileNotFoundError):
                size = path.lstat().st_size
                path.unlink()
                freed += size
    return freed
