"""Short written phrases to data: the length of a scene (`8 beats`) and a transition (`fade black 1s`).

Raises UnreadableError with a remedy. Knows neither YAML nor what stands around the phrase.
"""

from __future__ import annotations

import re
from fractions import Fraction

from storyboard import measures
from storyboard.errors import UnreadableError
from storyboard.film import Beats, FitClip, FitVoice, Fixed, Length, Transition
from storyboard.time import duration
from storyboard.vocabulary.settings import LENGTHS
from storyboard.vocabulary.table import choices, find, fold, suggest
from storyboard.vocabulary.transitions import DIRECTIONS, TRANSITIONS

DEFAULT_SECONDS = {"cut": Fraction(0), "crossfade": Fraction(1), "fade": Fraction(1)}
"""How long a transition lasts where nothing is written; others last 0.7 s."""

_BEATS = re.compile(r"([0-9]{1,4})\s*(?:beats?|дол(?:я|и|ей))", re.IGNORECASE)
_DURATION_START = re.compile(r"[0-9.,]")
_KIND = re.compile(r"[a-z][a-z0-9_-]{0,39}")


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


def transition(text: str) -> Transition:
    """Return the transition that a text such as `crossfade 0.8s`, `fade white` or `wipe left 1s` asks for.

    A kind of a plug-in is written as `plugin:kind`; everything else must be of the vocabulary.
    """
    words = text.split()
    at = next((n for n, word in enumerate(words) if _DURATION_START.match(word)), len(words))
    phrase, written = words[:at], " ".join(words[at:])
    seconds = duration(written) if written else None
    kind, rest = _kind(phrase, text)
    option = _option(kind, rest, text)
    if seconds is None:
        seconds = DEFAULT_SECONDS.get(kind, Fraction(7, 10))
    if kind == "cut" and seconds:
        raise UnreadableError("a cut takes no time", "write `cut`, or `crossfade` with a time", "E133")
    if kind != "cut" and not seconds:
        raise UnreadableError(f"a {kind} of no length cannot be seen", "write a time, or `cut`", "E133")
    return Transition(kind, seconds, option)


def _kind(phrase: list[str], text: str) -> tuple[str, list[str]]:
    """The longest beginning that names a kind, and the words after it."""
    if phrase and phrase[0].startswith("plugin:") and _KIND.fullmatch(phrase[0].removeprefix("plugin:")):
        return phrase[0].removeprefix("plugin:"), phrase[1:]
    for last in range(len(phrase), 0, -1):
        known = find(TRANSITIONS, " ".join(phrase[:last]))
        if known is not None:
            return known, phrase[last:]
    first = " ".join(phrase)
    near = suggest(TRANSITIONS, first) or (suggest(TRANSITIONS, phrase[0]) if phrase else "")
    hint = f"did you mean '{near}'?" if near else f"choose one of: {choices(TRANSITIONS, first)}"
    raise UnreadableError(f"'{text[:60]}' is not a transition that is known here", hint, "E135")


def _option(kind: str, rest: list[str], text: str) -> str:
    """The direction or colour after a kind, with the kind's default where none is written."""
    phrase = fold(" ".join(rest))
    if kind in ("wipe", "slide"):
        direction = find(DIRECTIONS, phrase) if phrase else "left"
        if direction is None:
            raise UnreadableError(
                f"'{phrase[:40]}' is not a direction", f"write `{kind} left`, right, up or down", "E135"
            )
        return direction
    if kind == "fade":
        shade = measures.colour(phrase) if phrase else "#000000"
        if not shade:
            hint = "write `fade black`, `fade white` or a colour such as `fade #20304a`"
            raise UnreadableError(f"'{phrase[:40]}' is not a colour", hint, "E135")
        return shade
    if phrase and kind in TRANSITIONS.rows:
        raise UnreadableError(f"'{phrase[:40]}' in '{text[:60]}' means nothing to a {kind}", "delete it", "E135")
    return phrase
