"""What is left of a storyboard when every mistake is taken out, so that all else that is wrong is told at once.

Nothing is rendered from it, and nothing is told of scenes that miss something. Never raises for what a person typed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storyboard.errors import Diagnostic, Severity, UnreadableError
from storyboard.film import Film
from storyboard.node import Entry, Node, Places, descend, items, plain

if TYPE_CHECKING:
    from storyboard.model.film import WrittenFilm

_ROUNDS = 6
"""How often what follows from a part taken out is taken out too."""

_OF_LENGTHS = "E170"

_Spot = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Remainder:
    """A film that may lack parts, and the way back to where the rest of it was written."""

    film: Film
    places: Places


def remainder(root: Node, errors: Iterable[Diagnostic]) -> Remainder | None:
    """The film without everything that `errors` point at; None where too little is left."""
    from storyboard.resolve import resolve

    left: Node | None = root
    wrong: Sequence[Diagnostic] = tuple(errors)
    for _ in range(_ROUNDS):
        spots = {(one.path, one.line, one.column) for one in wrong}
        left = _without(left, spots) if left is not None else None
        if left is None:
            return None
        written, wrong = _read(left)
        if written is not None and not wrong:
            places = Places(left)
            return Remainder(resolve(written, places).film, places)
    return None


def late(found: Remainder, root: Node) -> list[Diagnostic]:
    """The transitions that do not fit, of scenes from which nothing was taken, nor from those that follow them."""
    from storyboard.schedule import schedule

    before = items(descend(root, ("scenes",)))
    whole = {id(scene) for scene in items(descend(found.places.root, ("scenes",)))}
    kept = []
    for one in schedule(found.film, places=found.places).diagnostics:
        at = max((k for k, scene in enumerate(before) if _begins(scene, one)), default=-1)
        pair = before[at : at + 2] if at >= 0 else []
        if one.code == _OF_LENGTHS and pair and all(id(scene) in whole for scene in pair):
            kept.append(one)
    return kept


def _begins(scene: Node, one: Diagnostic) -> bool:
    return scene.path == one.path and scene.line <= one.line


def _read(root: Node) -> tuple[WrittenFilm | None, list[Diagnostic]]:
    """The storyboard of a tree and its mistakes."""
    from pydantic import ValidationError

    from storyboard.explain import explain
    from storyboard.model.film import WrittenFilm
    from storyboard.references import check
    from storyboard.upgrade import upgrade

    found = [one for one in check(root) if one.severity is Severity.ERROR]
    try:
        return WrittenFilm.model_validate(upgrade(plain(root))), found
    except ValidationError as error:
        return None, [*found, *explain(error, root)]
    except UnreadableError:
        return None, [*found, Diagnostic(root.path, root.line, root.column, "E109", "")]


def _without(node: Node, spots: Collection[_Spot]) -> Node | None:
    """The tree without what begins at one of the spots; the very same node where nothing does, None where it all does.

    A scene whose first key is wrong begins there too: it goes as a whole.
    """
    value = node.value
    if isinstance(value, dict):
        kept: dict[str, Entry] = {}
        for key, entry in value.items():
            if _spot(entry.key) in spots or _spot(entry.value) in spots:
                continue
            inner = _without(entry.value, spots)
            if inner is not None:
                kept[key] = entry if inner is entry.value else Entry(entry.key, inner)
        same = len(kept) == len(value) and all(kept[key] is value[key] for key in kept)
        return node if same else replace(node, value=kept) if kept else None
    if isinstance(value, list):
        inside = [_without(item, spots) for item in value if _spot(item) not in spots]
        left = [item for item in inside if item is not None]
        same = len(left) == len(value) and all(one is other for one, other in zip(left, value, strict=True))
        return node if same else replace(node, value=left) if left else None
    return node


def _spot(node: Node) -> _Spot:
    return node.path, node.line, node.column
