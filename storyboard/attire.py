"""Attire: what prose says that people wear and look like, `in a red dress` or `with a long grey beard`.

Gives phrases to whoever stands nearest before them. Knows nothing of scenes and of how clothes are painted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from storyboard.company import NOBODY, Company, describes
from storyboard.vocabulary.attire import CLOTHED, FASHIONS, FEATURES, GARMENTS, WEARING
from storyboard.vocabulary.colours import COLOURS
from storyboard.vocabulary.reading import Prose, look_for
from storyboard.vocabulary.roles import ANIMALS

_UNCLOTHED = ANIMALS | {"crowd", "robot"}
_ARTICLES = frozenset({"a", "an", "the", "his", "her", "their", "its", "свой", "свое", "своей", "своем"})
_AND = frozenset({"and", "и"})
_MOST_BEFORE = 4
_PLAIN = "clothes"
"""What somebody `in black` wears."""


@dataclass(frozen=True, slots=True)
class Attire:
    """What everybody wears and looks like by the prose, and the positions of the words that say so."""

    wears: Mapping[str, str]
    looks: Mapping[str, str]
    words: Mapping[str, frozenset[int]]

    def all_words(self) -> frozenset[int]:
        """The positions of all words that say what somebody wears or looks like."""
        return frozenset(position for words in self.words.values() for position in words)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """One thing worn: from its first describing word to the end, `link` is where `in` or `with` stands."""

    link: int
    first: int
    last: int
    garment: bool
    plain: bool = False


def attire(prose: Prose, company: Company) -> Attire:
    """Read what the prose says of clothes, hats, hair and beards."""
    wears: dict[str, list[str]] = {}
    looks: dict[str, list[str]] = {}
    words: dict[str, set[int]] = {}
    owner: tuple[str, ...] = ()
    end = -1
    for phrase in _phrases(prose):
        if phrase.link >= 0:
            owner = _owner(prose, company, phrase.link)
        elif not (end >= 0 and _follows(prose, end, phrase.first)):
            owner = ()
        end = phrase.last if owner else -1
        text = " ".join(prose.words[phrase.first : phrase.last]) + (f" {_PLAIN}" if phrase.plain else "")
        for who in owner:
            (wears if phrase.garment else looks).setdefault(who, []).append(text)
            said = {*range(phrase.first, phrase.last)}
            if phrase.link >= 0:
                said |= _clothed(prose, phrase.link)
            words.setdefault(who, set()).update(said)
    return Attire(
        {who: ", ".join(said) for who, said in wears.items()},
        {who: ", ".join(said) for who, said in looks.items()},
        {who: frozenset(said) for who, said in words.items()},
    )


def _phrases(prose: Prose) -> list[_Phrase]:
    """All that may be worn, in the order of the words."""
    tinted = {at for hit in look_for(prose, (COLOURS,)) for at in range(hit.first, hit.last)}
    found: list[_Phrase] = []
    for at, stemmed in enumerate(prose.stems):
        if _is_worn(prose, at):
            if _describes_next(prose, at):
                continue
            first = _start(prose, at, tinted, found[-1].last if found else 0)
            last = _after(prose, at + 1, tinted)
            found.append(_Phrase(_link(prose, first), first, last, stemmed in GARMENTS))
        elif at in tinted and _alone(prose, at, tinted):
            first = at
            while first and first - 1 in tinted and prose.clauses[first - 1] == prose.clauses[at]:
                first -= 1
            link = _link(prose, first)
            if link >= 0 and link == first - 1:
                found.append(_Phrase(link, first, at + 1, garment=True, plain=True))
    return found


def _is_worn(prose: Prose, at: int) -> bool:
    """Whether a word means something worn, and not that somebody is dressed."""
    return prose.stems[at] in GARMENTS | FEATURES and not prose.words[at].endswith("ed")


def _describes_next(prose: Prose, at: int) -> bool:
    """Whether a thing worn only describes the next one, as in `a suit jacket`."""
    after = at + 1
    near = after < len(prose.words) and prose.clauses[after] == prose.clauses[at] and prose.words[at].isascii()
    return near and prose.stems[after] in GARMENTS and _is_worn(prose, after)


def _start(prose: Prose, at: int, tinted: set[int], lowest: int) -> int:
    """Where the words begin that describe what stands at `at`."""
    spoken = {place for hit in prose.found for place in range(hit.first, hit.last)} - tinted
    first = at
    while first > max(lowest, at - _MOST_BEFORE) and prose.clauses[first - 1] == prose.clauses[at]:
        before = first - 1
        known = before in tinted or prose.stems[before] in FASHIONS | GARMENTS
        other = prose.is_content(before) and before not in spoken and describes(prose.words[before])
        if prose.stems[before] in WEARING or not (known or other):
            break
        first = before
    return first


def _after(prose: Prose, last: int, tinted: set[int]) -> int:
    """Where a phrase ends whose colour stands after it, as it may in Russian: `платье красного цвета`."""
    end = last
    while end < len(prose.words) and prose.clauses[end] == prose.clauses[last - 1]:
        if end in tinted and not prose.words[end].isascii():
            end += 1
        elif end > last and prose.stems[end] == "цвет":
            return end + 1
        else:
            break
    return end


def _link(prose: Prose, first: int) -> int:
    """Where the word stands by which somebody gets what begins at `first`, or -1."""
    at = first - 1
    while at >= 0 and prose.clauses[at] == prose.clauses[first] and prose.words[at] in _ARTICLES:
        at -= 1
    here = at >= 0 and prose.clauses[at] == prose.clauses[first]
    return at if here and prose.stems[at] in WEARING else -1


def _alone(prose: Prose, at: int, tinted: set[int]) -> bool:
    """Whether a colour describes no word after it, as in `a woman in black waits`."""
    after = at + 1
    if after in tinted and prose.clauses[after] == prose.clauses[at]:
        return False
    if after >= len(prose.words) or prose.clauses[after] != prose.clauses[at] or not prose.is_content(after):
        return True
    return any(hit.first == after and hit.table in ("action", "emotion") for hit in prose.found)


def _follows(prose: Prose, end: int, first: int) -> bool:
    """Whether only `and` or a comma, and articles, stand between two things worn."""
    between = prose.words[end:first]
    return len(between) <= 2 and all(word in _AND | _ARTICLES for word in between)


def _clothed(prose: Prose, link: int) -> set[int]:
    """The verbs at a link that say nothing but that something is worn."""
    return {at for at in (link, link - 1) if at >= 0 and prose.stems[at] in CLOTHED}


def _owner(prose: Prose, company: Company, link: int) -> tuple[str, ...]:
    """Who stands nearest before a link in its sentence and can wear anything."""
    for one in reversed(company.mentions):
        if one.last > link or prose.sentences[one.first] != prose.sentences[link]:
            continue
        dressed = tuple(who for who in one.ids if who != NOBODY and company.roles.get(who, "") not in _UNCLOTHED)
        if dressed:
            return dressed
        if NOBODY in one.ids:
            return ()
    return ()
