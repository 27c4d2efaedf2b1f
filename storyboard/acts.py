"""Acts: what somebody does by the prompt, one thing after the other, and how that fills the moments.

Reads what was told; knows neither written keys nor pictures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from storyboard.film import Beat
from storyboard.telling import Told
from storyboard.vocabulary.roles import ANIMALS
from storyboard.vocabulary.stems import word_set

_IDLE = frozenset({"stand"})
_GOING = frozenset({"walk", "run", "enter", "exit"})
_HELD = frozenset({"carry", "hold light"})
_LAST = frozenset({"exit", "fall"})
"""What nothing of the prompt comes after."""
_MOMENTS = 3
_ALONG = frozenset({"walk", "run"})
_WITH = frozenset({"with", "с", "со"})
_AWAY = word_set("past by from to towards toward away at behind after up into over мимо от к ко за на до")


def acts(told: Told, who: str) -> tuple[str, ...]:
    """What somebody does by prompt and start, in order.

    Who stands and waves, waves; who goes with a lantern in his hand, goes.
    """
    said = [one for one in told.account.said if one.who == who and one.hit.table == "action"]
    prompted = [one.hit.word for one in said if one.part == 0]
    found = list(dict.fromkeys(prompted or [one.hit.word for one in said if one.part == 1][:1]))
    busy = [act for act in found if act not in _IDLE] or found
    if _GOING & set(busy) and any(one.held_by == who for one in told.props.things):
        busy = [act for act in busy if act not in _HELD]
    return tuple(busy)


def companion(told: Told, who: str) -> str:
    """The going of whoever somebody is taken along by, `walks with her son` or `walks his dog`, or ""."""
    for mention in told.company.mentions:
        if who not in mention.ids:
            continue
        for one in told.account.said:
            same = told.prose.clauses[one.hit.first] == told.prose.clauses[mention.first]
            if one.who == who or not same or one.hit.word not in _ALONG:
                continue
            between = told.prose.words[min(one.hit.last, mention.last) : mention.first]
            animal = told.company.roles.get(who, "") in ANIMALS and one.hit.last <= mention.first
            if set(between) & _WITH or (animal and not set(between) & _AWAY):
                return one.hit.word
    return ""


def in_turn(beats: tuple[Beat, Beat, Beat], told: Told, people: Sequence[str]) -> tuple[Beat, Beat, Beat]:
    """The beats with what the prompt says that `people` do one after the other, where no moment speaks of them."""
    thirds = list(beats)
    for who in people:
        if any(who == name for beat in beats for name, _ in beat.actions):
            continue
        order = _ordered(acts(told, who))
        for third, act in enumerate(order):
            if third and act:
                thirds[third] = replace(thirds[third], actions=(*thirds[third].actions, (who, act)))
    return thirds[0], thirds[1], thirds[2]


def _ordered(said: Sequence[str]) -> tuple[str, ...]:
    """Acts of the three moments: of two the second goes on, unless it is one that the scene ends with."""
    if len(said) < 2:
        return ()
    if len(said) == 2:
        return (said[0], "", said[1]) if said[1] in _LAST else (said[0], said[1], said[1])
    return (said[0], said[1], said[_MOMENTS - 1])
