"""What the dictionary of Russian words says: gender, the letter ё, and which form of a word stands there.

pymorphy3 and its dictionary answer; a word with two readings is left as it is written. Knows no voice.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import import_module
from typing import Any

_ENDINGS = frozenset(
    re.findall(
        r"\S+",
        "а я у ю е и ы о ой ей ою ею ом ем ём ам ям ами ями ах ях ов ев ёв ий ый ого его ому ему ым им ых их ыми ими "
        "ая яя ую юю ое ее ые ие",
    )
) | {""}
_STEM = re.compile(r"[аяоеёуюиыьй]$")


@lru_cache(maxsize=1)
def _dictionary() -> Any:
    return import_module("pymorphy3").MorphAnalyzer(lang="ru")  # it carries no types


@lru_cache(maxsize=2048)
def with_yo(word: str) -> str:
    """The word with its ё, where the dictionary knows only that spelling; else as it is."""
    plain = word.casefold()
    if "е" not in plain or "ё" in plain or not re.fullmatch("[а-яё]+", plain):
        return word
    dictionary = _dictionary()
    if not dictionary.word_is_known(plain):
        return word
    spellings = {parse.word for parse in dictionary.parse(plain)}
    if len(spellings) != 1:
        return word
    found = spellings.pop()
    return "".join(f if f == "ё" else w for f, w in zip(found, word, strict=True)) if len(found) == len(word) else word


@lru_cache(maxsize=512)
def gender(noun: str) -> str:
    """`m`, `f` or `n` of a noun in any form; `m` where it is not known."""
    for parse in _dictionary().parse(noun.casefold()) if noun else ():
        found = {"masc": "m", "femn": "f", "neut": "n"}.get(str(parse.tag.gender))
        if found:
            return found
    return "m"


@lru_cache(maxsize=2048)
def stem_of_form(word: str, base: str) -> str | None:
    """The common stem of `base` and of `word`, where `word` is surely an inflected form of it; None where it is not.

    Both are lower-case and without stress marks.
    """
    stem = _STEM.sub("", base)
    if len(stem) < 2 or not word.startswith(stem) or word[len(stem) :] not in _ENDINGS:
        return None
    forms = {parse.normal_form.replace("ё", "е") for parse in _dictionary().parse(word)}
    bases = {parse.normal_form.replace("ё", "е") for parse in _dictionary().parse(base)} | {base.replace("ё", "е")}
    return stem if forms & bases else None
