"""Blocking: who does what, feels what and stands where in a scene.

What the cast leaves out is read from the prose, clause by clause, then from the lines, then from the defaults.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal, cast

from storyboard.film import Character, Part
from storyboard.model.scene import WrittenLine, WrittenPart
from storyboard.vocabulary.reading import Found, Prose
from storyboard.vocabulary.stems import stem, tokens

At = Literal["far left", "left", "center", "right", "far right"]
Facing = Literal["left", "right", "auto"]

_SPREAD: Mapping[int, tuple[At, ...]] = {
    1: ("center",),
    2: ("left", "right"),
    3: ("left", "center", "right"),
    4: ("far left", "left", "right", "far right"),
}
_ALL: tuple[At, ...] = ("far left", "left", "center", "right", "far right")


def block(
    written: Sequence[WrittenPart], people: Mapping[str, Character], lines: Sequence[WrittenLine], prose: Prose
) -> tuple[Part, ...]:
    """Return the parts of a scene, in the order of its cast."""
    standing = spread([part.at for part in written])
    parts = []
    for part, at in zip(written, standing, strict=True):
        person = people[part.who]
        own = [line for line in lines if line.by == part.who]
        said = clauses_of(person, prose, alone=len(written) == 1)
        action = part.action or _word(said, "action") or ("talk" if own else "stand")
        spoken = next((line.emotion for line in own if line.emotion), "")
        emotion = part.emotion or _word(said, "emotion") or spoken or "neutral"
        facing = cast(Facing, part.facing or "auto")
        dressed = replace(person, wears=part.wears) if part.wears else person
        parts.append(Part(dressed, action, emotion, at, facing))
    return tuple(parts)


def spread(written: Sequence[str | None]) -> tuple[At, ...]:
    """Fill the places that are not written: evenly over the frame, away from those that are taken."""
    wanted = _SPREAD.get(len(written), _ALL)
    taken = [at for at in written if at is not None]
    free = [at for at in (*wanted, *_ALL) if at not in taken]
    free = list(dict.fromkeys(free)) or list(_ALL)
    chosen: list[At] = []
    missing = 0
    for at in written:
        if at is not None:
            chosen.append(cast(At, at))
        else:
            chosen.append(free[missing % len(free)])
            missing += 1
    return tuple(chosen)


def clauses_of(person: Character, prose: Prose, *, alone: bool) -> tuple[Found, ...]:
    """Return what the prose says in clauses that name the person; in all clauses where nobody else is there."""
    if alone:
        return tuple(hit for hit in prose.found if not hit.negated)
    names = {stem(token) for token in (*tokens(person.name), *tokens(person.id)) if len(token) > 2}
    naming = {clause for word, clause in zip(prose.words, prose.clauses, strict=True) if stem(word) in names}
    return tuple(hit for hit in prose.found if hit.clause in naming and not hit.negated)


def _word(found: Sequence[Found], table: str) -> str:
    return next((hit.word for hit in found if hit.table == table), "")
