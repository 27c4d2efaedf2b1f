"""The manifest of a film as C2PA defines it: who made it with what, how each part came about, which files went in.

Plain data out of a subject; what reads and signs it is elsewhere. Says what is known and nothing more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from render.provenance.source_types import SourceType, in_sum
from render.provenance.subject import Subject
from render.provenance.used import HOUSE, Used

PARTS = "org.workprint.parts"
"""Label of the assertion that lists every part with its model and licence."""

RECEIPTS = "org.workprint.receipts"
"""Label of the assertion that ties the bundle of receipts to the film."""

_MINING = ("cawg.ai_generative_training", "cawg.ai_training", "cawg.data_mining")
_CONTEXT = {
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_VERBS = {
    "picture": "Pictures",
    "finish": "Pictures finished",
    "voice": "Speech",
    "music": "Music",
    "sound": "Sounds",
    "own": "The author's own",
}
_FEW = 12
"""Scenes that are named in a sentence; all of them stand in the list of parts."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A file with a manifest of its own: the label by which actions name it, its title, and how it came about."""

    label: str
    title: str
    of: tuple[str, ...] = ()
    relation: str = "componentOf"
    source: SourceType | None = None


def source_of(subject: Subject, placed: Sequence[Placed] = ()) -> SourceType:
    """How a film came about as a whole; its files count by their own manifests, where they have some."""
    told = {one.title: one.source for one in placed}
    parts = [told.get(one.file) if one.role == "own" else one.source for one in subject.used]
    return in_sum([*parts, *(one.source for one in placed if one.source is not None)])


def definition(subject: Subject, version: str, media: str, placed: Sequence[Placed] = ()) -> dict[str, Any]:
    """The manifest's definition for C2PA's builder; `media` is the MIME type of the film."""
    source = source_of(subject, placed)
    house = {"name": HOUSE, "version": version}
    cut = f", cut {subject.cut}" if subject.cut else ""
    actions: list[dict[str, Any]] = [
        {
            "action": "c2pa.created",
            "description": f"{'A scene' if subject.scene else 'A film'} assembled from a written storyboard{cut}",
            "digitalSourceType": source.address,
            "softwareAgent": house,
        },
        *(_action(one, house) for one in subject.used if one.role != "own"),
        *(_placing(one) for one in placed),
    ]
    assertions = [
        {"label": "c2pa.actions.v2", "data": {"actions": actions}},
        {"label": "cawg.metadata", "data": _metadata(subject, source)},
        {"label": PARTS, "data": {"parts": [_part(one) for one in subject.used], "credits": list(subject.credits)}},
    ]
    if subject.author:
        author = [{"@type": "Person", "name": subject.author}]
        work = {"@context": "https://schema.org", "@type": "CreativeWork", "author": author}
        assertions.append({"label": "stds.schema-org.CreativeWork", "data": work})
    if not subject.training:
        entries = {name: {"use": "notAllowed"} for name in _MINING}
        assertions.append({"label": "cawg.training-mining", "data": {"entries": entries}})
    if subject.receipts:
        assertions.append({"label": RECEIPTS, "data": {"alg": "sha256", "hash": subject.receipts}})
    return {"claim_generator_info": [house], "title": subject.title, "format": media, "assertions": assertions}


def _action(used: Used, house: dict[str, str]) -> dict[str, Any]:
    """What one maker did."""
    agent = dict(house) if used.maker == HOUSE or used.title == HOUSE else {"name": used.title}
    if used.model and used.title != HOUSE:
        agent["name"] = f"{used.title} {used.model}"
    told: dict[str, Any] = {"action": "c2pa.edited", "description": told_of(used), "softwareAgent": agent}
    if used.source is not None:
        told["digitalSourceType"] = used.source.address
    return told


def told_of(used: Used) -> str:
    """What a maker did, in a sentence without its end: `Pictures of wood, talk: workprint`."""
    of = ", ".join(used.of[:_FEW]) + (f" and {len(used.of) - _FEW} more" if len(used.of) > _FEW else "")
    maker = " ".join(part for part in (used.title, used.model, used.voice) if part)
    return f"{_VERBS[used.role]}{f' of {of}' if of else ''}: {maker}"


def _placing(placed: Placed) -> dict[str, Any]:
    """How a file with a manifest of its own went in."""
    scenes = f" in {', '.join(placed.of[:_FEW])}" if placed.of else ""
    told: dict[str, Any] = {
        "action": "c2pa.placed" if placed.relation == "componentOf" else "c2pa.edited",
        "description": f"{placed.title}{scenes}",
        "parameters": {"ingredientIds": [placed.label]},
    }
    if placed.source is not None:
        told["digitalSourceType"] = placed.source.address
    return told


def _metadata(subject: Subject, source: SourceType) -> dict[str, Any]:
    """What the IPTC asks every picture and film to say of itself."""
    told: dict[str, Any] = {
        "@context": _CONTEXT,
        "Iptc4xmpExt:DigitalSourceType": source.address,
        "dc:title": [subject.title],
    }
    if subject.author:
        told["dc:creator"] = [subject.author]
    if subject.credits:
        told["dc:rights"] = ["; ".join(subject.credits)]
    return told


def _part(used: Used) -> dict[str, Any]:
    """One part as plain data; empty values are left out."""
    told = {
        "role": used.role,
        "maker": used.title,
        "of": list(used.of),
        "voice": used.voice,
        "model": used.model,
        "licence": used.licence,
        "notice": used.notice,
        "file": used.file,
        "digitalSourceType": used.source.address if used.source else "",
    }
    return {key: value for key, value in told.items() if value}
