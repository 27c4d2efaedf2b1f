"""What a score's prompt asks for in words: players, parts left out, how much happens, and a build-up.

What it does not understand it gives back, so that nobody believes it was heard.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from audio.composing.arrangement import Wish
from audio.composing.moods import mood_named
from audio.composing.orchestra import KITS, PLAYERS
from storyboard.vocabulary.instruments import INSTRUMENTS
from storyboard.vocabulary.table import find

_BUILD = frozenset(
    {"build", "builds", "building", "crescendo", "growing", "rising", "swelling", "нарастание", "нарастающий",
     "нарастающая", "крещендо"}
)  # fmt: skip
_MORE = frozenset({"driving", "energetic", "intense", "powerful", "big", "fast", "энергичный", "мощный", "быстрый"})
_LESS = frozenset({"sparse", "minimal", "slow", "subtle", "delicate", "intimate", "редкий", "медленный", "камерный"})
_ALONE = frozenset({"solo", "only", "alone", "соло", "только"})
_NOT = frozenset({"no", "without", "без"})
_SMALL = frozenset(
    {"a", "an", "the", "and", "with", "of", "in", "on", "very", "some", "for", "to", "music", "score", "theme", "piece",
     "и", "с", "со", "в", "на", "под", "для", "музыка", "тема"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wishes:
    """The players that a prompt names and those it will not have, and its words that were and were not understood."""

    featured: tuple[str, ...]
    alone: bool
    denied: frozenset[str]
    lift: float
    builds: bool
    understood: tuple[str, ...]
    unread: tuple[str, ...]

    def wish(self, instruments: tuple[str, ...], cast: tuple[str, ...]) -> Wish:
        """What the arranger is told, beside the instruments that the score itself names."""
        players = instruments or (self.featured if self.alone else ())
        featured = () if players else self.featured
        return Wish(players, featured, self.denied, self.lift, self.builds, cast)


def read_prompt(prompt: str) -> Wishes:
    """Finds players, their absence, liveliness and a build-up in a prompt."""
    words = re.findall(r"\w+", prompt.casefold())
    featured: list[str] = []
    denied: set[str] = set()
    understood: list[str] = []
    unread: list[str] = []
    flags = {"alone": False, "builds": False}
    lift, index = 0.0, 0
    while index < len(words):
        phrase, length = _player(words, index)
        word = " ".join(words[index : index + length])
        if phrase:
            if index and words[index - 1] in _NOT:
                denied |= {phrase} | (set(KITS) | {"timpani", "taiko"} if phrase == "drums" else set())
            elif phrase not in featured:
                featured.append(phrase)
        elif word in _BUILD | _ALONE:
            flags["builds" if word in _BUILD else "alone"] = True
        elif word in _MORE | _LESS:
            lift += 0.15 if word in _MORE else -0.15
        elif mood_named(word) is None:
            if word not in _SMALL | _NOT:
                unread.append(word)
            index += length
            continue
        understood.append(word)
        index += length
    return Wishes(
        tuple(featured), flags["alone"], frozenset(denied), lift, flags["builds"], tuple(understood), tuple(unread)
    )


def _player(words: list[str], index: int) -> tuple[str, int]:
    """The instrument that begins at a word, in as many words as it is written with; "" and 1 for none."""
    for length in (3, 2, 1):
        found = find(INSTRUMENTS, " ".join(words[index : index + length])) if index + length <= len(words) else None
        if found in PLAYERS:
            return found or "", length
    return "", 1
