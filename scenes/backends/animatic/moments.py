"""What the words of a scene's moments ask of the actors: come, go, stop, sit, look up ...

A small lexicon of stems in English and Russian, read word by word. Knows no positions and no pixels.
"""

from __future__ import annotations

import re

_STEMS: tuple[tuple[str, str], ...] = (
    ("enter", "enter comes? coming came arriv\\w* appear\\w* approach\\w* входит вход\\w+ приход\\w+ появля\\w+ подход\\w+ выход\\w+"),
    ("exit", "leav\\w* left exits? goes going departs? departing disappear\\w* takes? уход\\w+ покида\\w+ удаля\\w+ исчеза\\w+"),
    ("run", "runs? running ran rush\\w* flees? fleeing беж\\w+ бега\\w+ мчит\\w*"),
    ("walk", "walk\\w* stroll\\w* march\\w* climb\\w* hik\\w* crosses crossing идёт идет шага\\w+ бред\\w+ ступа\\w+"),
    ("sit", "sits? sitting sat садит\\w+ сид\\w+ присажива\\w+"),
    ("kneel", "kneel\\w* knelt crouch\\w* колен\\w+ приседа\\w+"),
    ("wave", "wav(?:es|ing|ed) маш\\w+ машет"),
    ("point", "points pointing pointed указыва\\w+ показыва\\w+"),
    ("raise", "rais\\w* lifts? lifting поднима\\w+"),
    ("look up", "(?:looks?|looking|gaz\\w+|star\\w+) up(?:wards?)? вверх"),
    ("turn", "turns turning turned оборачива\\w+ поворачива\\w+"),
    ("fall", "falls falling fell collaps\\w* пада\\w+"),
    ("hug", "hugs? hugging hugged embrac\\w* обнима\\w+"),
    ("talk", "says? saying speaks? talks? talking tells? говор\\w+ рассказыва\\w+"),
    ("listen", "listen\\w* hears? слуша\\w+ прислушива\\w+"),
    ("stand", "stop\\w* stands? standing stood halt\\w* pauses? paus\\w* wait\\w* stud(?:y|ies|ied|ying) looks? looking stays? останавлива\\w+ сто(?:ит|ят) замира\\w+ жд\\w+ смотр\\w+"),
)  # fmt: skip


def _pattern(words: str) -> re.Pattern[str]:
    parts = re.split(r"\s+(?![^(]*\))", words) if "up(" not in words else [words.rsplit(" ", 1)[0], words.rsplit(" ", 1)[1]]
    return re.compile(r"\b(?:" + "|".join(parts) + r")\b", re.IGNORECASE)


_PATTERNS = tuple((action, _pattern(words)) for action, words in _STEMS)


def action_in(text: str) -> str:
    """The first action that the text names (canonical word), or ""."""
    found: list[tuple[int, int, str]] = []
    for rank, (action, pattern) in enumerate(_PATTERNS):
        match = pattern.search(text)
        if match:
            found.append((match.start(), rank, action))
    return min(found)[2] if found else ""


def names_anybody(text: str, names: tuple[str, ...]) -> int:
    """The index of the first of `names` that the text mentions, or -1."""
    folded = text.casefold()
    for index, name in enumerate(names):
        if name and re.search(rf"\b{re.escape(name.casefold())}\b", folded):
            return index
    return -1
