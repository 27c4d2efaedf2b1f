"""Things: the props that prompt and moments name, with what is said of their colour, number and holder.

Knows the words only; where a thing stands and how it looks is the painter's.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from storyboard.company import aside, counted, number_before
from storyboard.film import Thing
from storyboard.sentences import Account
from storyboard.vocabulary.colours import COLOURS
from storyboard.vocabulary.props import PORTABLE, PROPS
from storyboard.vocabulary.reading import Found, Prose, look_for
from storyboard.vocabulary.stems import stem, stem_set

MOST_THINGS = 12
_MOST_OF_ONE = 9
_HOLDING = stem_set(
    "holds holding hold carries carry carrying brings bring takes take taking grabs grips grip clutches clutch "
    "lifts raises wields wield brandishes brandish drags swings reads read reading plays playing wears pulls "
    "catches picks drinks drinking opens has pours flies "
    "держит держат держать держа несет несут неся нести носит берет берут "
    "взял взяла хватает сжимает поднимает поднимают размахивает тащит читает читают играет достает вынимает пьет "
    "выхватывает приносит принес ловит опирается прижимает открывает наливает запускает"
)
_LETTING_GO = stem_set(
    "puts put lays drops drop sets places gives throws tosses hands кладет ставит роняет бросает отдает дарит "
    "протягивает откладывает"
)
_BEARING = stem_set("carries carry carrying brings bring hauls drags несет несут нести носит тащит приносит принес")
_BULKY = frozenset({"crate", "barrel", "chest", "stool", "chair", "mirror", "ladder"})
"""What it takes both arms to carry."""
_LIGHTS = frozenset({"lantern", "candle", "torch"})
_WITH = frozenset({"with", "с", "со"})
_IN_HAND = stem_set("hand hands arm arms руке руках рукой")


@dataclass(frozen=True, slots=True)
class Props:
    """The things of a scene, and the positions of the words that they stand for."""

    things: tuple[Thing, ...] = ()
    words: frozenset[int] = frozenset()


def props_in(prose: Prose, taken: Sequence[int]) -> tuple[Found, ...]:
    """The prop words of a prose that are not denied, part of a longer phrase, or somebody's name (`taken`).

    Of `stone throne` only the throne is a thing.
    """
    names = set(taken)
    larger = [hit for hit in prose.found if hit.table != "action"]
    found = look_for(prose, (PROPS,))
    begins = {(hit.first, hit.clause) for hit in found}
    return tuple(
        hit
        for hit in found
        if not hit.negated
        and not (hit.written.isascii() and (hit.last, hit.clause) in begins)
        and not (hit.written == "key" and _describes_next(prose, hit))
        and not aside(prose, hit)
        and hit.first not in names
        and not any(
            other.first <= hit.first and hit.last <= other.last and other.last - other.first > hit.last - hit.first
            for other in larger
        )
    )


def _describes_next(prose: Prose, hit: Found) -> bool:
    """Whether a word only describes the next one, as in `a key moment`."""
    if hit.last >= len(prose.words) or prose.clauses[hit.last] != hit.clause or not prose.is_content(hit.last):
        return False
    return not any(one.first == hit.last for one in prose.found)


def things(prose: Prose, hits: Sequence[Found], told: Account, worn: Collection[int] = frozenset()) -> Props:
    """The things that prop words mean, each once; of more than `MOST_THINGS` the first are kept.

    `worn` are the positions of words that say what people wear, whose colours no thing has.
    """
    colours = [hit for hit in look_for(prose, (COLOURS,)) if not hit.negated and hit.first not in worn]
    found: list[Thing] = []
    words: set[int] = set()
    for number, hit in enumerate(hits):
        before = hits[number - 1].last if number else 0
        shade = _colour(hit, colours, before)
        holder, verb = _holder(prose, hit, hits[:number], told)
        count, at = number_before(prose, hit.first)
        count = counted(prose, hit) if at < 0 else count
        thing = Thing(hit.word, hit.written, shade.word if shade else "", min(count, _MOST_OF_ONE), holder)
        twin = next((k for k, one in enumerate(found) if _same(one, thing)), -1)
        if twin >= 0:
            found[twin] = _merged(found[twin], thing)
        elif len(found) < MOST_THINGS:
            found.append(thing)
        else:
            continue
        words |= {*range(hit.first, hit.last), *([at] if at >= 0 else []), *([verb] if verb >= 0 else [])}
        words |= set(range(shade.first, shade.last)) if shade else set()
    return Props(tuple(found), frozenset(words))


def handled(told: Account, props: Props) -> Account:
    """The account in which holding and carrying are what is done with the thing in hand.

    Who carries a book walks with it and who holds one stands with it, for only a load takes both arms; a light is
    held up. Who holds nothing that can be held does nothing.
    """
    said = []
    for one in told.said:
        if one.hit.word != "carry":
            said.append(one)
            continue
        kinds = {thing.kind for thing in props.things if thing.held_by == one.who}
        bearing = any(stem(word) in _BEARING for word in one.hit.written.split())
        if kinds & _BULKY or (bearing and not kinds):
            said.append(one)
        elif kinds & _LIGHTS and not bearing:
            said.append(replace(one, hit=replace(one.hit, word="hold light")))
        elif bearing:
            said.append(replace(one, hit=replace(one.hit, word="walk")))
    return replace(told, said=tuple(said))


def lit(told: Account, props: Props) -> Props:
    """The things with a lantern for whoever holds a light of which nothing more is said."""
    holders = dict.fromkeys(one.who for one in told.said if one.hit.word == "hold light")
    dark = [who for who in holders if not any(one.held_by == who and one.kind in _LIGHTS for one in props.things)]
    lanterns = tuple(Thing("lantern", "light", held_by=who) for who in dark)
    return replace(props, things=(*props.things, *lanterns)[:MOST_THINGS])


def _same(one: Thing, other: Thing) -> bool:
    """Whether two mentions may mean one thing: nothing that is said of both differs."""
    colours = one.colour == other.colour or not one.colour or not other.colour
    holders = one.held_by == other.held_by or not one.held_by or not other.held_by
    return one.kind == other.kind and colours and holders


def _merged(one: Thing, other: Thing) -> Thing:
    count = max(one.count, other.count)
    return Thing(one.kind, one.written, one.colour or other.colour, count, one.held_by or other.held_by)


def _colour(hit: Found, colours: Sequence[Found], before: int) -> Found | None:
    """The colour said just before a thing and after the thing before it."""
    near = [
        one for one in colours if one.clause == hit.clause and before <= one.first and 0 <= hit.first - one.last <= 2
    ]
    return near[-1] if near else None


def _holder(prose: Prose, hit: Found, earlier: Sequence[Found], told: Account) -> tuple[str, int]:
    """Who holds a thing ("" for nobody), and the position of the verb that says so, or -1."""
    segment = next((one for one in told.segments if one.first <= hit.first < one.last), None)
    if hit.word not in PORTABLE or segment is None or not segment.subjects:
        return "", -1
    who = segment.subjects[0]
    stems = prose.stems[segment.first : segment.last]
    verbs = [segment.first + at for at, word in enumerate(stems) if word in _HOLDING | _LETTING_GO]
    verbs = [at for at in verbs if at < hit.first or prose.words[at] > "\u0400"]
    if verbs:
        verb = min(verbs, key=lambda at: (at > hit.first, abs(at - hit.first)))
        return ("", -1) if prose.stems[verb] in _LETTING_GO else (who, verb)
    near = (*range(hit.last, min(segment.last, hit.last + 4)), *range(max(segment.first, hit.first - 3), hit.first))
    for at in near:
        if prose.stems[at] in _IN_HAND:
            return who, at
    for at in range(hit.first - 1, max(segment.first, hit.first - 4) - 1, -1):
        if prose.words[at] in _WITH:
            return who, -1
        if any(one.first <= at < one.last for one in earlier):
            break
    return _also_held(prose, hit, segment.first, earlier, told, who)


def _also_held(
    prose: Prose, hit: Found, first: int, earlier: Sequence[Found], told: Account, who: str
) -> tuple[str, int]:
    """`a lantern and a book`: the second is held as the first, where nothing but its own words begins the segment."""
    joined = prose.words[first] in ("and", "и") and hit.first - first <= 4
    if not joined or not earlier or earlier[-1].last > first or first - earlier[-1].last > 1:
        return "", -1
    if any(one.hit.table == "action" and first <= one.hit.first < hit.first for one in told.said):
        return "", -1
    holder, _ = _holder(prose, earlier[-1], earlier[:-1], told)
    return (holder, -1) if holder == who else ("", -1)
