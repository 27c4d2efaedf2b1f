"""Sentences: who does and feels what, read from prose segment by segment.

A segment is a stretch between punctuation and words such as `and` or `пока`. Each has a subject: who stands before its
verb, or follows it in its first form, else whoever the last segment spoke of. Knows nothing of scenes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from storyboard.company import NOBODY, Company, Mention, describes
from storyboard.vocabulary.reading import Found, Prose
from storyboard.vocabulary.stems import stem_set, word_set

_JOINTS = word_set(
    "and then while but when until after before who which и а но пока затем потом когда тогда который которая"
)
_PREPOSITIONS = word_set(
    "in on at to into onto over under above below behind beside near by of for from with without through across along "
    "around between towards toward against before after off past в во на над под за у с со к ко из от до о об по через "
    "перед между мимо вокруг возле около для без из-за сквозь среди вдоль про"
)
_DETERMINERS = word_set("a an the of this that his her its their my your no another each every")
_INTRANSITIVE = frozenset({"fall", "walk", "run", "enter", "exit", "stand", "turn"})
_LIFELESS = stem_set(
    "leaf leaves petals petal door doors curtain curtains light lights sun moon star stars wave wind tree trees "
    "cloud clouds sky water smoke window windows road path trail river stone stones rock rocks house gust silence "
    "it it's which shadow shadows camera music snowflakes город листья лист лепестки дверь двери занавес свет "
    "солнце луна звезды волны волна дерево деревья облака небо вода дым окно дорога тропа река камень камни дом "
    "тень тени тишина камера музыка снежинки время лед мост ветка ветви искры"
)
_CYRILLIC = re.compile("[а-я]")
_OTHER_ONE = word_set("him her them другого другую друг друга его ее")


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said of somebody: `hit` is an action or emotion, `part` the piece of prose that it stands in."""

    who: str
    hit: Found
    part: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of words and whom it speaks of; empty `subjects` where nobody is meant."""

    first: int
    last: int
    subjects: tuple[str, ...]
    part: int


@dataclass(frozen=True, slots=True)
class Account:
    """What a prose says of everybody."""

    segments: tuple[Segment, ...]
    said: tuple[Said, ...]

    def first(self, who: str, table: str) -> str:
        """The first word of a table said of somebody before the scene moves on, in prompt or start, or ""."""
        said = (one for one in self.said if one.who == who and one.hit.table == table and one.part <= 1)
        return next((one.hit.word for one in said), "")


def account(prose: Prose, parts: Sequence[int], company: Company, things: Sequence[Found]) -> Account:
    """Read who does what.

    `parts` are the positions where the parts of the prose begin: the prompt, then the moments. In a moment that
    names nobody the first one seen acts; in the prompt only one who is alone does.
    """
    listener = _Listener(prose, company, things)
    bounds = [*parts, len(prose.words)]
    for part, (first, last) in enumerate(pairwise(bounds)):
        listener.begin(part)
        for start, stop, sentence in _segments(prose, first, last):
            listener.hear(start, stop, sentence, part)
    return Account(tuple(listener.segments), tuple(listener.said))


def _segments(prose: Prose, first: int, last: int) -> list[tuple[int, int, int]]:
    inner = range(first + 1, last)
    joints = [at for at in inner if prose.clauses[at] != prose.clauses[at - 1] or prose.words[at] in _JOINTS]
    cuts = [first, *joints, last]
    return [(a, b, prose.sentences[a]) for a, b in pairwise(cuts) if b > a]


class _Listener:
    """Follows a prose from segment to segment, remembering who was spoken of last."""

    def __init__(self, prose: Prose, company: Company, things: Sequence[Found]) -> None:
        self.segments: list[Segment] = []
        self.said: list[Said] = []
        self._prose = prose
        self._company = company
        self._seen = tuple(company.roles)
        self._things = _lifeless(prose, things, company.mentions)
        self._last: tuple[str, ...] = ()
        self._waiting: tuple[str, ...] = ()
        self._sentence = -1
        self._inverted: tuple[Found, ...] = ()
        self._thing = False

    def begin(self, part: int) -> None:
        """A new part begins with its own default."""
        alone = self._seen if len(self._seen) == 1 else ()
        self._last = alone if part == 0 else self._seen[:1]
        self._waiting = ()
        self._inverted = ()
        self._sentence = -1

    def hear(self, first: int, last: int, sentence: int, part: int) -> None:
        """Take in one segment."""
        if sentence != self._sentence:
            self._waiting = ()
            self._sentence = sentence
        hits = [hit for hit in self._prose.found if first <= hit.first < last and self._counts(hit)]
        acts = [hit for hit in hits if hit.table == "action"]
        subjects = self._subjects(first, last, acts, bool(hits))
        joined = self._prose.words[first] in ("and", "и")
        if not subjects and self._thing and joined:
            # `A bridge rises and stands in the air`: still the bridge.
            subjects = (NOBODY,)
        self._thing = not subjects and not acts and self._begins_with_thing(first, last)
        if self._inverted and not acts and joined and subjects != (NOBODY,):
            # `Enter Anna and Boris`: what the first does, those joined to him do too.
            self.said += [Said(one, hit, part) for hit in self._inverted for one in subjects]
        self._inverted = self._before_subject(subjects, first, last, acts)
        if not acts and not hits and subjects not in ((), (NOBODY,)):
            self._waiting = tuple(dict.fromkeys((*self._waiting, *subjects)))
            self._last = self._waiting
        elif acts or hits:
            if not subjects:
                subjects = self._waiting or self._last
            elif self._waiting and NOBODY not in subjects and joined:
                subjects = tuple(dict.fromkeys((*self._waiting, *subjects)))
            self._waiting = ()
            self._last = subjects
        else:
            subjects = subjects or self._last
        known = tuple(one for one in subjects if one != NOBODY)
        self.segments.append(Segment(first, last, known, part))
        for hit in hits:
            doers = known
            if hit.word == "hug" and known:
                doers = self._embraced(known, hit, last)
            self.said += [Said(one, hit, part) for one in doers]

    def _begins_with_thing(self, first: int, last: int) -> bool:
        """Whether a segment without a known verb speaks of a thing first: `a bridge ...`, not `takes a bridge`."""
        at = min((one.first for one in self._things if first <= one.first < last), default=-1)
        before = self._prose.words[first:at] if at >= 0 else ()
        article = bool(before) and before[0] in ("a", "an", "the")
        return at == first or article or (bool(before) and all(word > "\u0400" and describes(word) for word in before))

    def _before_subject(
        self, subjects: tuple[str, ...], first: int, last: int, acts: Sequence[Found]
    ) -> tuple[Found, ...]:
        """The verbs that stand before the one who does them."""
        spoken = [one.first for one in self._company.mentions if first <= one.first < last and one.ids == subjects]
        return tuple(hit for hit in acts if hit.first < spoken[0]) if spoken and NOBODY not in subjects else ()

    def _counts(self, hit: Found) -> bool:
        """Whether a phrase says that somebody does or feels something, and is no noun or denial."""
        if hit.table not in ("action", "emotion") or hit.negated:
            return False
        words = self._prose.words
        if hit.table == "action" and hit.first and words[hit.first - 1] in _DETERMINERS:
            return False
        return not (hit.last < len(words) and words[hit.last] in ("nothing", "nobody"))

    def _subjects(self, first: int, last: int, acts: Sequence[Found], feels: bool) -> tuple[str, ...]:
        """Whom a segment speaks of; things count only where something is said to be done or felt."""
        verb = acts[0].first if acts else last
        lifeless = self._things if acts or feels else ()
        near = chain(self._company.mentions, lifeless)
        spoken = sorted((one for one in near if first <= one.first < last), key=lambda one: one.first)
        before = [one for one in spoken if one.first < verb and not self._governed(one, first)]
        if before:
            return before[-1].ids if acts else before[0].ids
        if not acts or not _CYRILLIC.search(self._prose.words[verb]):
            return ()
        for one in spoken:
            if one.first < verb or self._governed(one, first) or not one.upright:
                continue
            if one.ids != (NOBODY,) or acts[0].word in _INTRANSITIVE:
                return one.ids
            break
        return ()

    def _governed(self, one: Mention, first: int) -> bool:
        """Whether a preposition stands before somebody, with nothing but his own words between."""
        words = self._prose.words
        for at in range(one.first - 1, max(first, one.first - 4) - 1, -1):
            if words[at] in _PREPOSITIONS:
                return words[at] != "у" or NOBODY in one.ids
            if any(hit.first <= at < hit.last and hit.table == "action" for hit in self._prose.found):
                return False
            if any(other.first <= at < other.last for other in self._company.mentions):
                return False
        return False

    def _embraced(self, known: tuple[str, ...], hit: Found, last: int) -> tuple[str, ...]:
        """Who hugs is hugged: whoever is named after the verb, or the other one of two."""
        named = [one for one in self._company.mentions if hit.last <= one.first < last and NOBODY not in one.ids]
        both = tuple(dict.fromkeys((*known, *(who for one in named for who in one.ids))))
        after = self._prose.words[hit.last : min(last, hit.last + 2)]
        if len(both) > 1 or (after and not any(word in _OTHER_ONE for word in after)):
            return both
        others = [who for who in self._company.cast if who not in both]
        spoken = [who for one in self._company.mentions if one.first < hit.first for who in one.ids if who in others]
        return (*both, *(spoken[-1:] or others[:1]))


def _lifeless(prose: Prose, things: Sequence[Found], mentions: Sequence[Mention]) -> list[Mention]:
    """Things, weather, hours and places as subjects of what nobody does."""
    people = {position for one in mentions for position in range(one.first, one.last)}
    found: dict[int, Mention] = {}
    for hit in (*things, *(hit for hit in prose.found if hit.table in ("place", "time", "weather"))):
        if hit.first not in people:
            found[hit.first] = Mention(hit.first, hit.last, (NOBODY,))
    for position, word in enumerate(prose.stems):
        if word in _LIFELESS and position not in people:
            found.setdefault(position, Mention(position, position + 1, (NOBODY,)))
    return list(found.values())
