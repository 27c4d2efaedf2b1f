"""What the words of a scene's moments ask of the actors: come, go, stop, sit, look up ...

A small lexicon of stems in English and Russian, read word by word. Knows no positions and no pixels.
"""

from __future__ import annotations

import re

_STEMS: dict[str, tuple[str, ...]] = {
    "enter": (
        r"enter",
        r"comes?",
        r"coming",
        r"came",
        r"arriv\w*",
        r"appear\w*",
        r"approach\w*",
        r"входит",
        r"вход\w+",
        r"приход\w+",
        r"появля\w+",
        r"подход\w+",
        r"выход\w+",
    ),
    "exit": (
        r"leav\w*",
        r"left",
        r"exits?",
        r"goes",
        r"going",
        r"departs?",
        r"departing",
        r"disappear\w*",
        r"takes?",
        r"уход\w+",
        r"покида\w+",
        r"удаля\w+",
        r"исчеза\w+",
    ),
    "run": (
        r"runs?",
        r"running",
        r"ran",
        r"rush\w*",
        r"flees?",
        r"fleeing",
        r"беж\w+",
        r"бега\w+",
        r"мчит\w*",
    ),
    "walk": (
        r"walk\w*",
        r"stroll\w*",
        r"march\w*",
        r"climb\w*",
        r"hik\w*",
        r"crosses",
        r"crossing",
        r"идёт",
        r"идет",
        r"шага\w+",
        r"бред\w+",
        r"ступа\w+",
    ),
    "sit": (
        r"sits?",
        r"sitting",
        r"sat",
        r"садит\w+",
        r"сид\w+",
        r"присажива\w+",
    ),
    "kneel": (
        r"kneel\w*",
        r"knelt",
        r"crouch\w*",
        r"колен\w+",
        r"приседа\w+",
    ),
    "wave": (
        r"wav(?:es|ing|ed)",
        r"маш\w+",
        r"машет",
    ),
    "point": (
        r"points",
        r"pointing",
        r"pointed",
        r"указыва\w+",
        r"показыва\w+",
    ),
    "raise": (
        r"rais\w*",
        r"lifts?",
        r"lifting",
        r"поднима\w+",
    ),
    "look up": (
        r"(?:looks?|looking|gaz\w+|star\w+) up(?:wards?)?",
        r"вверх",
    ),
    "turn": (
        r"turns",
        r"turning",
        r"turned",
        r"оборачива\w+",
        r"поворачива\w+",
    ),
    "fall": (
        r"falls",
        r"falling",
        r"fell",
        r"collaps\w*",
        r"пада\w+",
    ),
    "hug": (
        r"hugs?",
        r"hugging",
        r"hugged",
        r"embrac\w*",
        r"обнима\w+",
    ),
    "talk": (
        r"says?(?! nothing)",
        r"saying",
        r"speaks?",
        r"talks?",
        r"talking",
        r"tells?",
        r"говор\w+",
        r"рассказыва\w+",
    ),
    "listen": (
        r"listen\w*",
        r"hears?",
        r"слуша\w+",
        r"прислушива\w+",
    ),
    "stand": (
        r"stop\w*",
        r"stands?",
        r"standing",
        r"stood",
        r"halt\w*",
        r"pauses?",
        r"paus\w*",
        r"wait\w*",
        r"stud(?:y|ies|ied|ying)",
        r"looks?",
        r"looking",
        r"stays?",
        r"останавлива\w+",
        r"сто(?:ит|ят)",
        r"замира\w+",
        r"жд\w+",
        r"смотр\w+",
    ),
}


_PATTERNS = tuple(
    (action, re.compile(r"\b(?:" + "|".join(stems) + r")\b", re.IGNORECASE)) for action, stems in _STEMS.items()
)


_THINGS_FALL = re.compile(
    r"\b(?:chairs?|boulders?|stones?|rocks?|snow|rain|nights?|dusk|leaves|curtains?|petals|books?)\s+(?:falls?|fell)\b"
    r"|\bпада\w+\s+(?:стул|камень|камни|снег|дождь|листья|книга|занавес)\b"
    r"|\b(?:стул|камень|камни|снег|дождь|листья|книга|занавес)\s+пада\w+",
    re.IGNORECASE,
)
"""What falls without anybody falling."""


def action_in(text: str) -> str:
    """The first action that the text names (canonical word), or ""."""
    text = _THINGS_FALL.sub(" ", text)
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
