"""Short written phrases to data: the length of a scene (`8 beats`) and a transition (`fade black linear 1s`).

Raises UnreadableError with a remedy. Knows neither YAML nor what stands around the phrase.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from storyboard import measures
from storyboard.errors import UnreadableError
from storyboard.film import Beats, FitClip, FitVoice, Fixed, Length
from storyboard.time import duration
from storyboard.vocabulary.settings import LENGTHS, MIXING
from storyboard.vocabulary.table import choices, find, fold, suggest
from storyboard.vocabulary.transitions import ANY_COLOUR, DIRECTIONS, MANNERS, TRANSITIONS

_BEATS = re.compile(r"([0-9]{1,4})\s*(?:beats?|дол(?:я|и|ей))", re.IGNORECASE)
_DURATION_START = re.compile(r"[0-9.,]")
_KIND = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_PLUGIN = "plugin:"
AUTHORED = ("moviepy", "python")
"""Kinds of transitions that are written as a mapping only."""


@dataclass(frozen=True, slots=True)
class TransitionPhrase:
    """A transition as a phrase says it; `length` is None and `option` empty where the phrase says nothing of them."""

    kind: str
    length: Fraction | None = None
    option: str = ""
    linear: bool = False


@lru_cache(maxsize=256)
def scene_length(text: str) -> Length:
    """Return the length rule that a text asks for; a fixed length is longer than nothing."""
    rule = find(LENGTHS, text)
    if rule is not None:
        return FitVoice() if rule == "voice" else FitClip()
    beats = _BEATS.fullmatch(text.strip())
    if beats:
        if not int(beats.group(1)):
            raise UnreadableError("a scene of 0 beats shows nothing", "write 1 beat or more", "E133")
        return Beats(int(beats.group(1)))
    if not any(character.isdigit() for character in text):
        near = suggest(LENGTHS, text)
        hint = f"did you mean '{near}'?" if near else "write 6s, 1:30, voice, clip or 8 beats"
        raise UnreadableError(f"'{text[:40]}' is not a length", hint)
    seconds = duration(text)
    if not seconds:
        raise UnreadableError("a scene of no length shows nothing", "write 0.5s or more", "E133")
    return Fixed(seconds)


@lru_cache(maxsize=256)
def transition(text: str) -> TransitionPhrase:
    """Return what a text such as `crossfade 0.8s`, `fade white`, `crossfade linear` or `wipe left 1s` asks for.

    A kind of a plug-in is written as `plugin:kind`; everything else must be of the vocabulary.
    """
    words = text.split()
    at = next((n for n, word in enumerate(words) if _DURATION_START.match(word)), len(words))
    phrase, written = words[:at], " ".join(words[at:])
    seconds = duration(written) if written else None
    kind, rest = _kind(phrase, text)
    rest, linear = _mixing(rest)
    option = option_of(kind, " ".join(rest))
    refuse_length(kind, seconds)
    if linear:
        refuse_linear(kind)
    return TransitionPhrase(kind, seconds, option, linear)


def refuse_length(kind: str, seconds: Fraction | None) -> None:
    """Raise UnreadableError for a cut that takes time, and for anything else that takes none."""
    if kind == "cut" and seconds:
        raise UnreadableError("a cut takes no time", "write `cut`, or `crossfade` with a time", "E133")
    if kind != "cut" and seconds is not None and not seconds:
        raise UnreadableError(f"a {kind} of no length cannot be seen", "write a time, or `cut`", "E133")


def refuse_linear(kind: str) -> None:
    """Raise UnreadableError for a kind of the vocabulary that mixes nothing."""
    if kind in MANNERS and not MANNERS[kind].linear:
        able = ", ".join(name for name, manner in MANNERS.items() if manner.linear)
        raise UnreadableError(
            f"a {kind} mixes no pictures, so it cannot do so in linear light", f"only {able} can", "E161"
        )


def option_of(kind: str, text: str) -> str:
    """The direction (`left`, `in` ...) or colour (`#rrggbb`) that words after a kind mean, "" for no words.

    Raises UnreadableError for words that the kind does not take; kinds of plug-ins take any.
    """
    phrase = fold(text)
    manner = MANNERS.get(kind)
    if not phrase or manner is None:
        return phrase
    if ANY_COLOUR in manner.options:
        shade = measures.colour(phrase)
        if not shade:
            hint = f"write `{kind} black`, `{kind} white` or a colour such as `{kind} #20304a`"
            raise UnreadableError(f"'{phrase[:40]}' is not a colour", hint, "E135")
        return shade
    if not manner.options:
        raise UnreadableError(f"'{phrase[:40]}' means nothing to a {kind}", "delete it", "E135")
    direction = find(DIRECTIONS, phrase)
    if direction not in manner.options:
        named = ", ".join(manner.options)
        what = "not a direction" if direction is None else f"no direction for a {kind}"
        raise UnreadableError(f"'{phrase[:40]}' is {what}", f"write one of: {named}", "E135")
    return direction


def _kind(phrase: list[str], text: str) -> tuple[str, list[str]]:
    """The longest beginning that names a kind, and the words after it."""
    if phrase and phrase[0].startswith(_PLUGIN):
        name = phrase[0].removeprefix(_PLUGIN)
        if _KIND.fullmatch(name) and name not in AUTHORED:
            return name, phrase[1:]
    for last in range(len(phrase), 0, -1):
        known = find(TRANSITIONS, " ".join(phrase[:last]))
        if known is not None:
            return known, phrase[last:]
    first = " ".join(phrase)
    if phrase and fold(phrase[0]).removeprefix(_PLUGIN) in AUTHORED:
        hint = "write {moviepy: SlideIn, side: left} or {python: 'effects/swirl.py:swirl'}"
        raise UnreadableError(f"'{text[:60]}' needs keys of its own", hint, "E135")
    near = suggest(TRANSITIONS, first) or (suggest(TRANSITIONS, phrase[0]) if phrase else "")
    hint = f"did you mean '{near}'?" if near else f"choose one of: {choices(TRANSITIONS, first)}"
    raise UnreadableError(f"'{text[:60]}' is not a transition that is known here", hint, "E135")


def _mixing(words: list[str]) -> tuple[list[str], bool]:
    """The words without those that ask for linear light, at the beginning or at the end, and whether they ask."""
    for count in range(len(words), 0, -1):
        for first in {0, len(words) - count}:
            if find(MIXING, " ".join(words[first : first + count])):
                return words[:first] + words[first + count :], True
    return words, False
