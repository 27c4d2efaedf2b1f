"""The prompts of a film's takes: written into the book when takes are made, and found again with what is in use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from projects import takes as taking
from projects.hosted.shelf import Shelf
from projects.prompt_book import Asked, bought, matches, of_receipt, read_book, write_book
from projects.takes import MadeTake
from projects.workspace import Workspace
from storyboard.film import Film


@dataclass(frozen=True, slots=True)
class PromptInfo:
    """A prompt that was sent, the cuts that it was sent for, and whether the film uses what came of it."""

    asked: Asked
    cuts: tuple[str, ...]
    in_use: bool
    kept: bool
    """Whether what was made is still there."""


def note_prompts(workspace: Workspace, made: Iterable[MadeTake]) -> None:
    """Write the prompts of takes into the book; raises DiskError."""
    store = workspace.store
    known = {one.fingerprint for one in read_book(workspace.prompts)}
    receipts = ((one, store.receipt(one.fingerprint)) for one in made if one.fingerprint not in known)
    told = (of_receipt(receipt, one.scene, one.take, one.cut) for one, receipt in receipts if receipt)
    write_book(workspace.prompts, (asked for asked in told if asked))


def prompts(
    workspace: Workspace,
    film: Film | None,
    words: Iterable[str] = (),
    *,
    scene: str = "",
    take: int = 0,
    backend: str = "",
) -> tuple[PromptInfo, ...]:
    """Every prompt ever sent that fits, newest first; `film` tells which takes it pins, None where it cannot be read.

    `words` are beginnings of words, all of which must be found.
    """
    shelf, store, history = Shelf(workspace.folder), workspace.store, workspace.history()
    wanted = tuple(words)
    every = {one.fingerprint: one for one in _made(workspace)}
    known = taking.read_takes(workspace.takes)
    pins = {one.id: one.take for one in film.scenes} if film is not None else {}
    there = {kept.key for kept in shelf.all() if shelf.path(kept) is not None}
    newest: dict[tuple[str, int], str] = {}
    last = tuple(bought(shelf))
    for one in last:
        newest[one.scene, one.take] = one.fingerprint
    found: dict[tuple[object, ...], PromptInfo] = {}
    for one in (*every.values(), *last):
        fits = scene in ("", one.scene) and take in (0, one.take) and backend in ("", one.backend)
        if not fits or not matches(one, wanted):
            continue
        chosen = taking.chosen(known, one.scene, pins.get(one.scene, 0)) == one.take
        shown = film is None or one.scene in pins or one.bought
        if one.bought:
            uses, kept = newest[one.scene, one.take] == one.fingerprint, one.fingerprint in there
        else:
            uses = history.last(f"take:{one.scene}@{one.cut}") == one.fingerprint
            kept = store.has(one.fingerprint)
        key = (one.scene, one.take, one.backend, one.model, one.prompt, one.negative, one.seed)
        before = found.get(key)
        cuts = (*(before.cuts if before else ()), *([one.cut] if one.cut else []))
        newer = one if before is None or one.made >= before.asked.made else before.asked
        found[key] = PromptInfo(
            newer,
            tuple(dict.fromkeys(cuts)),
            (before is not None and before.in_use) or (chosen and uses and shown),
            (before is not None and before.kept) or kept,
        )
    return tuple(sorted(found.values(), key=lambda info: info.asked.made, reverse=True))


def _made(workspace: Workspace) -> Iterable[Asked]:
    """The book, and takes of earlier versions that are in the ledger alone, from their receipts."""
    book = read_book(workspace.prompts)
    yield from book
    known = {one.fingerprint for one in book}
    for one in taking.made_takes(workspace.take_ledger):
        receipt = workspace.store.receipt(one.fingerprint) if one.fingerprint not in known else None
        asked = of_receipt(receipt, one.scene, one.take, one.cut) if receipt else None
        if asked is not None:
            yield asked
