"""Telling: the prose of one scene, read once for everything that it says.

Brings the readers of people, sentences and things together. Knows no written keys and no defaults.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from storyboard.attire import Attire, attire
from storyboard.beats import Hours
from storyboard.company import Company, company
from storyboard.film import Character, Scene
from storyboard.sentences import Account, account
from storyboard.things import Props, handled, lit, props_in, things
from storyboard.vocabulary.reading import Found, Prose, look_for, read
from storyboard.vocabulary.roles import ROLES
from storyboard.vocabulary.stems import tokens


@dataclass(frozen=True, slots=True)
class Told:
    """A scene's prose and what it says; `parts` are the positions where prompt and moments begin."""

    prose: Prose
    parts: tuple[int, ...]
    company: Company
    account: Account
    props: Props
    attire: Attire


def tell(texts: Sequence[str], cast: Sequence[Character], everybody: Iterable[Character]) -> Told:
    """Read the parts of a scene's prose: the prompt (with what stands for the place) and the moments."""
    prose = read("\n".join(texts))
    counts = [len(tokens(text)) for text in texts]
    parts = (0, *accumulate(counts[:-1]))
    known = tuple(everybody)
    roles = _whole(look_for(prose, (ROLES,)), prose.found)
    people = company(prose, cast, known, roles)
    spoken = [position for one in people.mentions for position in range(one.first, one.last)]
    worn = attire(prose, people)
    hits = props_in(prose, [*spoken, *worn.all_words()])
    told = account(prose, parts, people, hits)
    props = things(prose, hits, told, worn.all_words())
    told = handled(told, props)
    return Told(prose, parts, people, told, lit(told, props), worn)


def _whole(hits: Sequence[Found], larger: Sequence[Found]) -> tuple[Found, ...]:
    """Hits that are no part of a longer phrase."""
    return tuple(
        hit
        for hit in hits
        if not any(
            one.first <= hit.first and hit.last <= one.last and one.last - one.first > hit.last - hit.first
            for one in larger
        )
    )


def unread(scene: Scene, told: Told, hours: Hours, people: Iterable[Character]) -> tuple[str, ...]:
    """Name the words of the prose that nothing of the resolved scene stands for."""
    stands = {
        "place": {scene.place},
        "time": {scene.time, *(beat.time for beat in scene.beats)},
        "weather": {scene.weather, *(beat.weather for beat in scene.beats)},
        "shot": {scene.shot},
        "camera": {scene.camera},
    }
    done = {(part.character.id, word) for part in (*scene.cast, *scene.extras) for word in (part.action, part.emotion)}
    done |= {said for beat in scene.beats for said in (*beat.actions, *beat.emotions)}
    used = [hit for hit in told.prose.found if hit.table in stands and (hit.word in stands[hit.table]) != hit.negated]
    used += [hit for hit in told.prose.found if hit.table not in stands and hit.negated]
    used += [one.hit for one in told.account.said if (one.who, one.hit.word) in done]
    used += told.company.read
    # who does anything else stands somewhere too
    used += [one.hit for one in told.account.said if one.hit.word == "stand"]
    also = told.props.words | hours.words
    names = [name for person in people for name in (person.name, person.id)]
    for part in (*scene.cast, *scene.extras):
        person = part.character
        if (person.wears or person.looks) and told.attire.wears.get(person.id, person.wears) == person.wears:
            also |= told.attire.words.get(person.id, frozenset())
        names += [part.character.role, part.character.role_text, part.character.looks, part.character.wears]
    return told.prose.unread(used, names, also)
