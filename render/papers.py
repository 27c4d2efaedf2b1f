"""What is handed over with finished films: their seals, their credits and the bundle of their receipts.

Drafts get none of it: they are looked at and thrown away. Knows how films are delivered, and nothing of how they are
made.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from projects.disk import replace_bytes
from projects.store import Store
from render.breakdown import Target
from render.credits.text import credits_text
from render.delivery import hand_over, write_text
from render.orders import Order
from render.provenance import receipts, seal, signing
from render.provenance.subject import Making, Producing, Subject, making_of, subjects
from render.shift import Laid
from storyboard.errors import DiskError, RenderError
from storyboard.film import Film

_SELF_SIGNED = (
    "the films are signed with a certificate of this computer's own: it shows that nothing was changed since, but is "
    f"on no trust list ({signing.CERTIFICATES} and {signing.KEY} name yours)"
)


@dataclass
class Papers:
    """The papers of one delivery. `notes` gathers what a person should know of them."""

    subjects: Mapping[str, Subject] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    """The bundle of each film's receipts, by the step that makes the film."""
    files: tuple[Path, ...] = ()
    notes: list[str] = field(default_factory=list)
    signer: signing.Credential | None = None

    def mark(self, target: Target) -> str:
        """What changes when a film has to be sealed anew though it is the same; "" for one that gets no seal."""
        if self.signer is None or target.scene not in self.subjects:
            return ""
        subject = self._subject(target)
        told = json.dumps(asdict(subject), default=str, sort_keys=True)
        seen = hashlib.sha256(told.encode() + self.signer.certificates)
        for one in subject.ingredients:
            seen.update(_seen(one.path))
        return seen.hexdigest()

    def hand_over(self, source: Path, path: Path, target: Target) -> None:
        """Put a finished film in its place, sealed where it gets a seal; one that cannot be sealed comes without."""
        if self.signer is not None and target.scene in self.subjects:
            try:
                seal.seal(source, path, self._subject(target), self.signer)
            except (RenderError, DiskError) as problem:
                self.notes.append(f"not sealed: {problem.message}")
            else:
                if not self.signer.verified and _SELF_SIGNED not in self.notes:
                    self.notes.append(_SELF_SIGNED)
                return
        hand_over(source, path)

    def seal(self, path: Path, scene: str = "", cut: str = "") -> bool:
        """Seal in place what was made out of a film (a poster, a sound, another coding); says whether it is sealed.

        What can carry no manifest stays as it is, and so does all where films get no seals.
        """
        if self.signer is None or scene not in self.subjects or not seal.media_of(path):
            return False
        try:
            seal.seal(path, path, replace(self.subjects[scene], cut=cut), self.signer)
        except (RenderError, DiskError) as problem:
            self.notes.append(f"not sealed: {problem.message}")
            return False
        return True

    def _subject(self, target: Target) -> Subject:
        """What one file is made of."""
        digest = self.digests.get(target.step, "")
        return replace(self.subjects[target.scene], cut=str(target.canvas.cut), receipts=digest)


def _seen(path: Path) -> bytes:
    try:
        stat = path.stat()
    except OSError:
        return b""
    return f"{path.name} {stat.st_size} {stat.st_mtime_ns}".encode()


def check_papers(film: Film, order: Order) -> None:
    """Raise MissingError, before anything is made, for an author's certificate that cannot sign."""
    if film.provenance != "off" and not order.draft and seal.is_there() and signing.is_named():
        signing.credential()


def papers(production: Producing, order: Order, laid: Laid, stem: Path) -> Papers:
    """Write credits, and receipts for each cut, beside the films of an order, and prepare their seals; none for drafts.

    A film whose `provenance` is off gets its credits only: attributions travel with every copy.
    """
    if order.draft:
        return Papers()
    making = making_of(production, laid)
    text = credits_text(making)
    files: list[Path] = []
    if not order.scenes:
        files.append(stem.with_name(f"{stem.name}-credits.txt"))
        write_text(files[0], text)
    if making.film.provenance == "off":
        return Papers(files=tuple(files))
    digests = {}
    for target in laid.breakdown.targets:
        if not target.scene:
            packed = _bundle(making, production.store, text, target)
            digests[target.step] = receipts.digest(packed)
            files.append(stem.with_name(f"{stem.name}-{target.canvas.tag}-receipts.zip"))
            _write(files[-1], packed)
    if not seal.is_there():
        return Papers(files=tuple(files), notes=[seal.MISSING])
    found = Papers(subjects(making), digests, tuple(files))
    try:
        found.signer = signing.credential()
    except DiskError as problem:
        found.notes.append(f"the films carry no C2PA manifest: {problem.message}")
    return found


def _bundle(making: Making, store: Store, text: str, target: Target) -> bytes:
    """The receipts of everything that one film is made of."""
    needed = making.laid.graph.upstream([target.step])
    made = (making.made[step.name] for step in needed if step.name in making.made)
    found = (store.receipt(artifact.fingerprint) for artifact in made)
    return receipts.bundle(making.film.title, (one for one in found if one is not None), text)


def _write(path: Path, data: bytes) -> None:
    """Write a file, whole or not at all; one that says so already stays as it is."""
    try:
        if path.read_bytes() == data:
            return
    except OSError:
        pass
    replace_bytes(path, data)
