"""Words that the Russian voice's own dictionary stresses wrongly or lacks: which vowel is stressed in them.

The list was made by putting the words of festvox-ru's dictionary and the commonest others to the accentor
silero-stress (MIT). It holds those of the dictionary on which the two differ, homographs left out, and those it lacks.
Knows no line and no film.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

from audio.reading.russian_sounds import VOWELS
from audio.reading.token import STRESS

_FILE = "festvox_ru_stress.txt.gz"


def mended(word: str) -> str:
    """A word in small letters with STRESS where the dictionary errs; as it is where it has its own mark or is right."""
    if STRESS in word or "ё" in word:
        return word
    wanted = _mends().get(word, 0)
    passed = 0
    for at, letter in enumerate(word):
        passed += letter in VOWELS
        if wanted and passed == wanted:
            return word[: at + 1] + STRESS + word[at + 1 :]
    return word


@lru_cache(maxsize=1)
def _mends() -> Mapping[str, int]:
    """The words, and which of their vowels is stressed, counted from one."""
    text = gzip.decompress((resources.files("audio") / "data" / _FILE).read_bytes()).decode()
    mends: dict[str, int] = {}
    for row in text.splitlines():
        vowel, _, words = row.partition(" ")
        mends.update(dict.fromkeys(words.split(), int(vowel)))
    return mends
