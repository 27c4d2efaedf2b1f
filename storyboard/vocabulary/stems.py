"""Words to stems, in English and Russian, so that `лесу`, `лес` and `forests`, `forest` meet.

The Russian stemmer follows the published Snowball rules (M. Porter, R. Boulton); the English one only takes plural,
past and continuous endings off. Knows no vocabulary.
"""

from __future__ import annotations

import re
from functools import lru_cache

_TOKEN = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_WHOLE = frozenset(
    {"evening", "morning", "ceiling", "string", "spring", "during", "nothing", "something", "everything"}
)
"""English words whose `-ing` is no ending."""
_NO_MEN = frozenset({"omen", "specimen", "acumen", "regimen", "abdomen", "stamen", "amen"})
"""Words that end as `men` and mean one thing."""
_RUSSIAN_VOWELS = "аеиоуыэюя"


def _endings(text: str) -> tuple[str, ...]:
    """Endings, longest first, because the longest that fits is taken off."""
    return tuple(sorted(text.split(), key=len, reverse=True))


_PERFECTIVE = _endings("вшись ывшись ившись вши ывши ивши ыв ив в")
_ADJECTIVE = _endings("ими ыми его ого ему ому ее ие ые ое ей ий ый ой ем им ым ом их ых ую юю ая яя ою ею")
_PARTICIPLE = _endings("ивш ывш ующ ем нн вш ющ щ")
_PARTICIPLE_AFTER_A = frozenset({"ем", "нн", "вш", "ющ", "щ"})
_REFLEXIVE = ("ся", "сь")
_VERB = _endings(
    "уйте ейте ила ыла ена ите или ыли ило ыло ено ует уют ены ить ыть ишь ей уй ил ыл им ым ен ят ит ыт ую ю "
    "йте ете нно ешь ла на ли ем ло но ет ют ны ть й л н"
)
_VERB_AFTER_A = frozenset(
    {"ла", "на", "ете", "йте", "ли", "й", "л", "ем", "н", "ло", "но", "ет", "ют", "ны", "ть", "ешь", "нно"}
)
_NOUN = _endings(
    "иями ями ами ией иям ием иях ев ов ие ье еи ии ей ой ий ям ем ам ом ах ях ию ью ия ья а е и й о у ы ь ю я"
)


def tokens(text: str) -> list[str]:
    """Return the words of a text in lower case, ё written as е, hyphenated words taken apart."""
    return _TOKEN.findall(text.lower().replace("ё", "е").replace("\u2019", "'"))


@lru_cache(maxsize=8192)
def stem(token: str) -> str:
    """Return the stem of one lower-case word, Russian by Snowball, anything else by light English rules."""
    if re.search("[а-я]", token):
        return _russian(token)
    return _english(token)


def stems(text: str) -> tuple[str, ...]:
    """Return the stems of a text, in order."""
    return tuple(stem(token) for token in tokens(text))


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text as a set, for short lists of words."""
    return frozenset(tokens(text))


def stem_set(text: str) -> frozenset[str]:
    """Return the stems of a text as a set, for short lists of words."""
    return frozenset(stems(text))


def _english(word: str) -> str:
    word = word.removesuffix("'s").removesuffix("'")
    if word == "children" or (word.endswith("men") and word not in _NO_MEN):
        return word[:-3] if word == "children" else word[:-2] + "an"
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 5 and word.endswith("ing") and word not in _WHOLE:
        return _undouble(word[:-3])
    if len(word) > 4 and word.endswith("ed"):
        return _undouble(word[:-2])
    if len(word) > 4 and word.endswith(("sses", "ches", "shes", "xes", "zes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _undouble(base: str) -> str:
    """`runn` to `run`; `fall` and `pass` as they are."""
    if len(base) > 2 and base[-1] == base[-2] and base[-1] not in "aeiouls":
        return base[:-1]
    return base


def _russian(word: str) -> str:
    first = next((i for i, letter in enumerate(word) if letter in _RUSSIAN_VOWELS), len(word))
    head, rest = word[: first + 1], word[first + 1 :]
    gerund = _cut(rest, _PERFECTIVE, frozenset({"в", "вши", "вшись"}))
    if gerund is not None:
        rest = gerund
    else:
        reflexive = _cut(rest, _REFLEXIVE)
        rest = rest if reflexive is None else reflexive
        rest = _inflection(rest)
    rest = rest.removesuffix("и")
    if _second_region(head + rest) and rest.endswith(("ост", "ость")):
        rest = rest.removesuffix("ость").removesuffix("ост")
    if rest.endswith(("ейше", "ейш")):
        rest = rest.removesuffix("ейше").removesuffix("ейш")
    rest = rest[:-1] if rest.endswith("нн") else rest.removesuffix("ь")
    return head + rest


def _inflection(rest: str) -> str:
    adjective = _cut(rest, _ADJECTIVE)
    if adjective is not None:
        participle = _cut(adjective, _PARTICIPLE, _PARTICIPLE_AFTER_A)
        return adjective if participle is None else participle
    verb = _cut(rest, _VERB, _VERB_AFTER_A)
    if verb is not None:
        return verb
    noun = _cut(rest, _NOUN)
    return rest if noun is None else noun


def _cut(rest: str, endings: tuple[str, ...], after_a: frozenset[str] = frozenset()) -> str | None:
    """Take the longest ending off; those in `after_a` only where а or я stands before them."""
    for ending in endings:
        if rest.endswith(ending):
            base = rest[: len(rest) - len(ending)]
            if ending not in after_a or base.endswith(("а", "я")):
                return base
    return None


def _second_region(word: str) -> bool:
    """Whether the word is long enough (two vowel groups) to lose a derivational ending."""
    return len(re.findall(f"[{_RUSSIAN_VOWELS}]+[^{_RUSSIAN_VOWELS}]+", word)) > 1
