"""Beats: what each moment of a scene says anew, and how hour and weather turn in it.

Reads accounts of prose; knows neither positions in the frame nor how anything is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from storyboard.film import Beat
from storyboard.sentences import Account
from storyboard.vocabulary.reading import Found, Prose
from storyboard.vocabulary.stems import stem_set

_BEGINS = stem_set(
    "begins begin starts start falls fall comes come sets rises grows turns becomes approaches breaks gathers "
    "наступает начинается начинает пошел становится приближается опускается сгущается поднимается спускается "
    "собирается настает разражается"
)
_ENDS = stem_set(
    "stops stop ends end fades clears lifts passes ceases прекращается кончается заканчивается стихает рассеивается "
    "утихает проходит перестает"
)
_IN_ITSELF = stem_set(
    "sets setting rises rising gets getting grows садится заходит встает всходит темнеет стемнело светает смеркается"
)
"""Words of phrases such as `the sun sets`, which say by themselves that an hour comes."""
_REACH = 3
"""Words that may stand between an hour or a weather and the verb that turns it."""


@dataclass(frozen=True, slots=True)
class Hours:
    """How hour and weather stand at first, what each moment makes of them, and the words that say so."""

    time: str
    weather: str
    turns: tuple[tuple[str, str], ...]
    words: frozenset[int]


def hours(prose: Prose, parts: Sequence[int], time: str, weather: str) -> Hours:
    """Read hour and weather; `time` and `weather` are the written ones, or "".

    What is not written is read from the prompt and the first moment, then from later moments unless they say that it
    only begins there; the last resort is a clear noon.
    """
    words: set[int] = set()
    bounds = [*parts, len(prose.words)]
    state = {"time": time, "weather": weather}
    later: list[list[tuple[Found, str, bool]]] = []
    for part, (first, last) in enumerate(pairwise(bounds)):
        said = []
        for hit in prose.found:
            if hit.table in state and not hit.negated and first <= hit.first < last:
                verb = _turned(prose, hit)
                words |= {verb} if verb >= 0 else set()
                ends = verb >= 0 and prose.stems[verb] in _ENDS and hit.table == "weather"
                said.append((hit, "clear" if ends else hit.word, verb >= 0))
        later.append(said)
        for hit, word, turned in said:
            if part == 0 or (part == 1 and not turned):
                state[hit.table] = state[hit.table] or word
    for hit, _word, turned in [one for said in later[2:] for one in said]:
        if not turned:
            state[hit.table] = state[hit.table] or hit.word
    begun = _before_the_end(later, state)
    state = {"time": state["time"] or "noon", "weather": state["weather"] or begun or "clear"}
    turns = []
    now = dict(state)
    for said in later[1:]:
        fresh = {"time": "", "weather": ""}
        for hit, word, _turned_here in said:
            if word != now[hit.table]:
                fresh[hit.table] = now[hit.table] = word
        turns.append((fresh["time"], fresh["weather"]))
    return Hours(state["time"], state["weather"], tuple(turns), frozenset(words))


def _before_the_end(later: Sequence[Sequence[tuple[Found, str, bool]]], state: dict[str, str]) -> str:
    """The weather that a moment says to stop, where nothing else says that there was any."""
    if state["weather"]:
        return ""
    said = [one for part in later[1:] for one in part if one[0].table == "weather"]
    return said[0][0].word if said and said[0][1] == "clear" else ""


def _turned(prose: Prose, hit: Found) -> int:
    """The position of a verb by which an hour or a weather comes or goes, or -1."""
    for at in range(hit.first, hit.last):
        if prose.stems[at] in _IN_ITSELF:
            return at
    for at in chain(range(hit.last, hit.last + _REACH), range(hit.first - 1, hit.first - 1 - _REACH, -1)):
        if 0 <= at < len(prose.words) and prose.clauses[at] == hit.clause:
            verb = prose.stems[at]
            if verb in _ENDS or (verb in _BEGINS and not (hit.table == "weather" and verb in ("fall", "come"))):
                return at
    return -1


def beats(told: Account, people: Sequence[str], turned: Hours) -> tuple[Beat, Beat, Beat]:
    """What start, middle and end say; `people` are those who are seen, extras included."""
    start, middle, end = (_beat(told, people, turned, third) for third in range(3))
    return start, middle, end


def _beat(told: Account, people: Sequence[str], turned: Hours, third: int) -> Beat:
    said = [one for one in told.said if one.part == third + 1 and one.who in people]
    actions = dict.fromkeys((one.who, one.hit.word) for one in said if one.hit.table == "action")
    emotions = dict.fromkeys((one.who, one.hit.word) for one in said if one.hit.table == "emotion")
    time, weather = turned.turns[third]
    return Beat(tuple(actions), tuple(emotions), time, weather)
