"""The book of prompts: what every take ever made was asked for, kept though the take itself is thrown away.

A journal of one line per take. Knows neither films nor how a prompt is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from projects.hosted.shelf import Shelf
from projects.journal import add_line, read_lines
from projects.receipt import Receipt
from storyboard.vocabulary.stems import tokens
from storyboard.vocabulary.table import fold

_PROMPTS = frozenset({"prompt", "prompttext", "prompt_text", "text"})
_NEGATIVES = frozenset({"negative_prompt", "negativeprompt", "negative"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What one take was asked for. `cut` is as in the names of steps (`16x9-draft`), "" for what was bought."""

    scene: str
    take: int
    cut: str
    backend: str
    prompt: str
    negative: str = ""
    seed: int = 0
    model: str = ""
    made: str = ""
    """UTC, ISO 8601."""
    fingerprint: str = ""
    """Of the take's artifact; the key of a purchase."""
    bought: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """Everything that can be searched, in words."""
        told = (self.scene, self.backend, self.model, self.prompt, self.negative)
        return tuple(tokens(fold(" ".join(told))))


def read_book(book: Path) -> tuple[Asked, ...]:
    """Every take of the book, in the order of their making; lines of another form are passed over."""
    return tuple(asked for entry in read_lines(book) if (asked := _asked(entry)) is not None)


def write_book(book: Path, asked: Iterable[Asked]) -> None:
    """Add takes that are not in the book yet; raises DiskError."""
    known = {one.fingerprint for one in read_book(book)}
    for one in asked:
        if one.fingerprint not in known:
            known.add(one.fingerprint)
            add_line(book, asdict(one))


def of_receipt(receipt: Receipt, scene: str, take: int, cut: str) -> Asked | None:
    """What the receipt of a take tells of its prompt; None where there was none."""
    request = receipt.order.request
    clip = request.get("clip") if isinstance(request, dict) else None
    if not isinstance(clip, dict) or not isinstance(request, dict) or not clip.get("prompt"):
        return None
    facts: Any = receipt.facts
    return Asked(
        scene=scene,
        take=take,
        cut=cut,
        backend=str(request.get("backend", "")),
        prompt=str(clip["prompt"]),
        negative=str(clip.get("negative") or ""),
        seed=clip["seed"] if isinstance(clip.get("seed"), int) else 0,
        model=str(facts.get("model") or "") if isinstance(facts, dict) else "",
        made=receipt.finished,
        fingerprint=receipt.order.fingerprint,
    )


def bought(shelf: Shelf) -> Iterator[Asked]:
    """What was asked of hosted services, oldest first."""
    for kept in shelf.all():
        prompts = tuple(_found(kept.body, _PROMPTS))
        if prompts:
            yield Asked(
                scene=kept.slot,
                take=kept.take,
                cut="",
                backend=kept.service,
                prompt=" / ".join(dict.fromkeys(prompts)),
                negative=" / ".join(dict.fromkeys(_found(kept.body, _NEGATIVES))),
                seed=next((one for one in _numbers(kept.body)), 0),
                model=kept.model,
                made=kept.asked,
                fingerprint=kept.key,
                bought=True,
            )


def matches(asked: Asked, wanted: Sequence[str]) -> bool:
    """Whether each of these words begins some word of what was asked; case and the dots of ё do not count."""
    there = asked.words
    return all(any(word.startswith(begin) for word in there) for text in wanted for begin in tokens(fold(text)))


def _found(value: Any, keys: frozenset[str]) -> Iterator[str]:
    """The texts that stand under these keys, however deep."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if isinstance(inner, str):
                if str(key).lower() in keys and inner.strip():
                    yield inner
            else:
                yield from _found(inner, keys)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _found(inner, keys)


def _numbers(value: Any) -> Iterator[int]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if str(key).lower() == "seed" and isinstance(inner, int):
                yield inner
            elif not isinstance(inner, str):
                yield from _numbers(inner)


_KINDS: Mapping[str, type] = {
    one.name: {"take": int, "seed": int, "bought": bool}.get(one.name, str) for one in fields(Asked)
}


def _asked(entry: Mapping[str, Any]) -> Asked | None:
    told = {name: entry[name] for name, kind in _KINDS.items() if isinstance(entry.get(name), kind)}
    return Asked(**told) if {"scene", "take", "cut", "backend", "prompt"} <= told.keys() else None
