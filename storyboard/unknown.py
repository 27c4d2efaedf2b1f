"""Doubts about places and roles that the vocabulary does not know: they may be written freely, but are then not drawn.

Works on the nodes, so that these doubts are shown beside the mistakes of the same file.
"""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.errors import Diagnostic, Severity
from storyboard.node import Node, items, mapping, text_of
from storyboard.vocabulary.places import PLACES
from storyboard.vocabulary.roles import ROLES
from storyboard.vocabulary.table import Table, choices, find, spot, suggest


def unknown_words(root: Node) -> Iterator[Diagnostic]:
    """Warn of each place (W201) and role (W202) in which no known word was found."""
    film = mapping(root)
    for person in mapping(film["characters"].value).values() if "characters" in film else ():
        yield from _doubt(person.value, "role", ROLES, "W202")
    for scene in items(film["scenes"].value) if "scenes" in film else ():
        yield from _doubt(scene, "place", PLACES, "W201")


def _doubt(node: Node, key: str, table: Table, code: str) -> Iterator[Diagnostic]:
    entry = mapping(node).get(key)
    text = text_of(entry.value).strip()[:200] if entry else ""
    if entry is None or not text or find(table, text) or spot(table, text):
        return
    at = entry.value
    near = suggest(table, text)
    hint = f"did you mean '{near}'?" if near else f"a {key} that can be drawn: {choices(table, text)}"
    message = f"'{text[:60]}' is not a {key} that is known here; it goes into prompts as it is written"
    yield Diagnostic(at.path, at.line, at.column, code, message, hint, Severity.WARNING)
