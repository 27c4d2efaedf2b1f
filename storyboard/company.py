"""Company: everybody whom the prose of a scene may speak of, the cast and those who are only named.

Decides whom a name, a role word or a pronoun means. Knows neither verbs nor pictures.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from storyboard.film import Character
from storyboard.vocabulary.props import PROPS
from storyboard.vocabulary.reading import Found, Prose
from storyboard.vocabulary.roles import ANIMALS, ROLES
from storyboard.vocabulary.stems import stem, stem_set, tokens

MOST_EXTRAS = 3
NOBODY = "nobody"
"""Stands for somebody or something that is spoken of and not in the picture."""

_HE = frozenset({"hero", "man", "old man", "wizard", "knight", "king"})
_SHE = frozenset({"heroine", "woman", "old woman", "queen", "maid"})

_NOT_PEOPLE = ANIMALS | {"robot", "crowd"}
_ANY_MAN = stem_set("man guy gentleman boy hero adventurer мужчина парень господин мальчик герой")
_ANY_WOMAN = stem_set("woman lady girl heroine женщина девушка дама девочка героиня")
_ANYBODY = stem_set("traveller traveler hiker explorer protagonist child kid человек путник ребенок")
_IS = frozenset({"is", "was", "are", "were", "это", "becomes"})
_FLYING = stem_set(
    "fly flies flying circle circles soar soars летит летят летает летают кружит кружат парит парят поют sing"
)
_FLOCK = frozenset({"птицы", "птиц", "птицами", "птицам", "воробьи", "орлы", "совы"})
_ADJECTIVE = re.compile("(?:[ыио]й|[ая]я|[ое]е|[ыи]е|[ое]го|[ое]му|[ыи]м|[ыи]х|[ыи]ми|[ую]ю|[ое]м)$")
_LY = frozenset({"lonely", "elderly", "friendly", "ugly", "lovely", "silly", "holy", "curly"})
_OTHER = frozenset({"another", "other", "second", "другой", "другая", "второй", "вторая", "еще"})
_NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "several": 3, "many": 5, "some": 3, "couple": 2, "pair": 2,
    "both": 2, "два": 2, "две": 2, "двое": 2, "три": 3, "трое": 3, "четыре": 4, "пять": 5, "шесть": 6,
    "несколько": 3, "много": 5, "пара": 2,
}  # fmt: skip
_MOST_COUNTED = 20
_LIKE = frozenset({"like", "as", "unlike", "как", "словно", "будто"})
_ARTICLES = frozenset({"a", "an", "the", "his", "her", "its", "their", "my"})


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody who is spoken of: where, as whom (ids; `NOBODY` where he is not seen), and whether by name."""

    first: int
    last: int
    ids: tuple[str, ...]
    upright: bool = True
    """Whether the word stands as a subject does: in its first form."""


@dataclass(frozen=True, slots=True)
class Extra:
    """Somebody whom the prose names and nobody of the cast is."""

    id: str
    role: str
    written: str
    looks: str
    first: int


@dataclass(frozen=True, slots=True)
class Company:
    """Who is spoken of, in the order of the words, and who of them comes beside the cast."""

    mentions: tuple[Mention, ...]
    extras: tuple[Extra, ...]
    roles: Mapping[str, str]
    """Id of everybody who is seen to his role, the cast first."""
    read: tuple[Found, ...]
    """Role words that somebody stands for."""
    cast: tuple[str, ...]
    """Ids of the cast."""


def company(prose: Prose, cast: Sequence[Character], everybody: Iterable[Character], roles: Sequence[Found]) -> Company:
    """Find whom the prose speaks of; `everybody` is everybody of the film, `roles` are the role words of the prose."""
    named = _named(prose, cast, everybody)
    taken = {position for one in named for position in range(one.first, one.last)}
    mentions = list(named)
    extras: list[Extra] = []
    used: list[Found] = []
    for hit in roles:
        if hit.negated or taken & set(range(hit.first, hit.last)) or aside(prose, hit, _LIKE | {"of"}):
            continue
        ids = _absorbed(hit, prose, cast, named)
        if not ids and hit.word == "bird" and _in_the_sky(prose, hit):
            continue
        if not ids:
            ids = _extra(hit, prose, extras)
        if ids != (NOBODY,):
            used.append(hit)
        mentions.append(Mention(hit.first, hit.last, ids, hit.written in ROLES.aliases))
    seen = {person.id: person.role for person in cast} | {one.id: one.role for one in extras}
    here = tuple(person.id for person in cast)
    mentions += _pronouns(prose, sorted(mentions, key=lambda one: one.first), seen, here)
    return Company(tuple(sorted(mentions, key=lambda one: one.first)), tuple(extras), seen, tuple(used), here)


def number_before(prose: Prose, position: int) -> tuple[int, int]:
    """How many of a thing are said just before a word (1 where nothing is said), and where that stands, or -1."""
    taken = {at for hit in prose.found for at in range(hit.first, hit.last)}
    for at in range(position - 1, max(-1, position - 4), -1):
        word = prose.words[at]
        if prose.clauses[at] != prose.clauses[position] or at in taken:
            break
        if word in _NUMBERS:
            return _NUMBERS[word], at
        if word.isdecimal() and 0 < int(word[:4]) <= _MOST_COUNTED:
            return int(word), at
        if not prose.is_content(at) or (word.isascii() and word.endswith("s")):
            break
    return 1, -1


def counted(prose: Prose, hit: Found) -> int:
    """How many a phrase means: the number before it, two for a bare English plural, else one."""
    number, at = number_before(prose, hit.first)
    last = prose.words[hit.last - 1]
    plural = last.isascii() and last.endswith(("s", "men", "ren")) and stem(last) != last and not last.endswith("'s")
    return number if at >= 0 else 2 if plural else 1


def aside(prose: Prose, hit: Found, after: frozenset[str] = _LIKE) -> bool:
    """Whether a word only describes something else: `like a king`, `the king's`, `well-engineered` for an engineer."""
    last = prose.words[hit.last - 1]
    if last.isascii() and last.endswith(("ed", "ing")) and hit.written not in ROLES.aliases | PROPS.aliases:
        return True
    if prose.words[hit.last - 1].endswith(("'s", "s'")):
        return True
    at = hit.first - 1
    while at >= 0 and prose.words[at] in _ARTICLES:
        at -= 1
    return at >= 0 and prose.clauses[at] == hit.clause and prose.words[at] in after


def _named(prose: Prose, cast: Sequence[Character], everybody: Iterable[Character]) -> list[Mention]:
    here = {person.id for person in cast}
    people = [*cast, *(person for person in everybody if person.id not in here and person.id != "narrator")]
    parts = {
        person.id: {word for word in (*tokens(person.name), *tokens(person.id)) if len(word) > 1} for person in people
    }
    shared = Counter(stem(word) for words in parts.values() for word in {stem(w): w for w in words}.values())
    whose = {stem(word): person.id for person in people for word in parts[person.id] if shared[stem(word)] == 1}
    forms = {word for words in parts.values() for word in words}
    found: list[Mention] = []
    for position, word in enumerate(prose.words):
        owner = whose.get(prose.stems[position])
        if owner is None or (len(word) < 3 and word not in forms):
            continue
        if found and found[-1].last == position and found[-1].ids in ((owner,), (NOBODY,)):
            found[-1] = Mention(found[-1].first, position + 1, found[-1].ids, found[-1].upright)
        elif not word.endswith(("'s", "s'")):
            found.append(Mention(position, position + 1, (owner if owner in here else NOBODY,), word in forms))
    return found


def _absorbed(hit: Found, prose: Prose, cast: Sequence[Character], named: Sequence[Mention]) -> tuple[str, ...]:
    """Whom of the cast a role word means, or nobody."""
    before = prose.words[max(0, hit.first - 2) : hit.first]
    if any(word in _OTHER for word in before):
        return ()
    if hit.word == "crowd":
        number, at = number_before(prose, hit.first)
        together = at >= 0 and number == len(cast) > 1
        return tuple(person.id for person in cast) if together else _of_role(hit.word, cast)
    beside = [one.ids for one in named if one.first == hit.last or one.last == hit.first]
    beside = beside or _equated(hit, prose, named)
    if beside and beside[0] != (NOBODY,):
        return beside[0]
    described = [person for person in cast if _says(person, hit)]
    exact = _of_role(hit.word, cast)
    if described or exact:
        return (described[0].id,) if described else exact
    fitting = [person for person in cast if _may_be(hit, person)]
    return (fitting[0].id,) if fitting else ()


def _equated(hit: Found, prose: Prose, named: Sequence[Mention]) -> list[tuple[str, ...]]:
    """Whom `Ann is a brave explorer` means."""
    reach = range(max(0, hit.first - 4), hit.first)
    verbs = [at for at in reach if prose.words[at] in _IS and prose.clauses[at] == hit.clause]
    return [one.ids for one in named if verbs and one.last in (verbs[-1], verbs[-1] - 1)]


def _of_role(role: str, cast: Sequence[Character]) -> tuple[str, ...]:
    return next(((person.id,) for person in cast if person.role == role), ())


def _says(person: Character, hit: Found) -> bool:
    told = {stem(word) for text in (person.role_text, person.looks) for word in tokens(text)}
    return all(stem(word) in told for word in tokens(hit.written))


def _may_be(hit: Found, person: Character) -> bool:
    """Whether a general word such as `man` or `girl` may mean somebody whose own role is another one, or not known."""
    if person.role in _NOT_PEOPLE:
        return False
    word = stem(tokens(hit.written)[-1])
    if word in _ANY_MAN:
        return person.role not in _SHE
    if word in _ANY_WOMAN:
        return person.role not in _HE
    return word in _ANYBODY


def _in_the_sky(prose: Prose, hit: Found) -> bool:
    """Whether birds are said to fly or sing, or there are many: those belong to the sky of the place."""
    clause = [at for at in range(len(prose.words)) if prose.clauses[at] == hit.clause]
    flying = any(prose.stems[at] in _FLYING for at in clause)
    return flying or counted(prose, hit) > 1 or prose.words[hit.last - 1] in _FLOCK


def _extra(hit: Found, prose: Prose, extras: list[Extra]) -> tuple[str, ...]:
    """The extra or extras of a role word, new ones added while there is room; a word said again means the same ones."""
    known = tuple(one.id for one in extras if one.role == hit.word)
    wanted = 1 if hit.word == "crowd" else counted(prose, hit)
    if known and (wanted <= len(known) or len(extras) >= MOST_EXTRAS):
        return known
    looks = _adjectives(prose, hit)
    for number in range(len(known) + 1, wanted + 1):
        if len(extras) >= MOST_EXTRAS:
            break
        name = "extra-" + hit.word.replace(" ", "-") + (f"-{number}" if number > 1 else "")
        extras.append(Extra(name, hit.word, hit.written, looks, hit.first))
    return tuple(one.id for one in extras if one.role == hit.word) or (NOBODY,)


def _adjectives(prose: Prose, hit: Found) -> str:
    """Up to three describing words that stand just before a word."""
    known = {position for one in prose.found for position in range(one.first, one.last)}
    described: list[str] = []
    for at in range(hit.first - 1, max(-1, hit.first - 4), -1):
        word = prose.words[at]
        if prose.clauses[at] != hit.clause or at in known or not prose.is_content(at) or not describes(word):
            break
        if word.endswith("'s"):
            break
        described.insert(0, word)
    return " ".join(described)


def describes(word: str) -> bool:
    """Whether a word has the form of an adjective."""
    if not word.isascii():
        return bool(_ADJECTIVE.search(word))
    return not word.endswith("ly") or word in _LY


def _pronouns(prose: Prose, mentions: Sequence[Mention], seen: Mapping[str, str], cast: Sequence[str]) -> list[Mention]:
    everybody = tuple(cast) or tuple(seen)
    found = []
    for position, word in enumerate(prose.words):
        ids: tuple[str, ...] = ()
        if word in ("they", "both", "они", "оба", "обе"):
            ids = everybody
        elif word in ("he", "he's", "он"):
            ids = _one(_SHE, position, mentions, seen, cast)
        elif word in ("she", "she's", "она"):
            ids = _one(_HE, position, mentions, seen, cast)
        if ids:
            found.append(Mention(position, position + 1, ids))
    return found


def _one(
    unfit: frozenset[str], position: int, mentions: Sequence[Mention], seen: Mapping[str, str], cast: Sequence[str]
) -> tuple[str, ...]:
    """Whom `he` or `she` means: the last one spoken of who surely is it, else who surely is it, else who may be it."""
    spoken = [one.ids[0] for one in mentions if one.first < position and len(one.ids) == 1 and one.ids[0] in seen]
    fitting = [name for name, role in seen.items() if role not in unfit]
    sure = [name for name in fitting if seen[name] in (_HE | _SHE) - unfit]
    last = [name for name in reversed(spoken) if name in fitting]
    here = [name for name in fitting if name in cast] or fitting
    ranked = (
        *(name for name in last if name in sure),
        *(name for name in here if name in sure),
        *last,
        *here,
    )
    return tuple(ranked[:1])
