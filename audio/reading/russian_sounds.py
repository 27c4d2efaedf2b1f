"""Foreign letters and sounds in Russian ones: Latin words, names of letters, phonetic transcriptions.

Pure; knows no voice.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module

from audio.reading.english_names import SPELLED
from audio.reading.token import STRESS

VOWELS = "аеёиоуыэюя"

_NAMES: Mapping[str, str] = dict(
    zip(
        "абвгдежзиклмнопрстуфхцчшщэюяйъыьё",
        re.findall(
            r"\S+", "а бэ вэ гэ дэ е жэ зэ и ка эл эм эн о пэ эр эс тэ у эф ха цэ че ша ща э ю я ий твёрдый ы мягкий ё"
        ),
        strict=True,
    )
)
_LATIN_NAMES: Mapping[str, str] = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        re.findall(r"\S+", "эй би си ди и эф джи эйч ай джей кей эл эм эн о пи кью ар эс ти ю ви даблъю экс уай зед"),
        strict=True,
    )
)
_SPELLINGS = (
    *(("tion", "шн"), ("sch", "ш"), ("tch", "ч"), ("sh", "ш"), ("ch", "ч"), ("th", "т"), ("ph", "ф"), ("zh", "ж")),
    *(("kh", "х"), ("ck", "к"), ("qu", "кв"), ("ee", "и"), ("oo", "у"), ("ya", "я"), ("yu", "ю"), ("yo", "йо")),
    *(("ey", "и"), ("ay", "эй"), ("ai", "эй"), ("ou", "у"), ("x", "кс"), ("wh", "в")),
)
_LETTERS = str.maketrans(dict(zip("abcdefghijklmnopqrstuvwxyz", "абкдефгхижклмнопкрстуввкиз", strict=True)))

_VOWEL_SOUNDS: Mapping[str, str] = {
    **dict.fromkeys("aɑɐʌæ", "а"),
    **dict.fromkeys("eɛəɜ", "э"),
    **dict.fromkeys("iɪ", "и"),
    **dict.fromkeys("oɔɒɵ", "о"),
    **dict.fromkeys("uʊʉ", "у"),
    "ɨ": "ы",
    "y": "ю",
    "ø": "ё",
    "œ": "ё",
}
_CONSONANT_SOUNDS: Mapping[str, str] = {
    "t͡s": "ц",
    "t͡ɕ": "ч",
    "t͡ʃ": "ч",
    "d͡ʒ": "дж",
    "ts": "ц",
    "tɕ": "ч",
    "tʃ": "ч",
    "dʒ": "дж",
    "ɕː": "щ",
    "ɕ": "щ",
    **dict(zip("bvgɡdzklɫmnprɹɾɽstfxhjʐʒʂʃθðwŋɣʁcɲ", "бвггдзкллмнпррррстфххйжжшштзвнггкн", strict=True)),
}
_SOFT = {"а": "я", "э": "е", "и": "и", "о": "ё", "у": "ю", "ы": "и"}


def letters(word: str) -> str:
    """The letters of a word by their names, run together and stressed on the last: `ФБР` as `эфбээ́р`."""
    names = [_NAMES.get(c, "") or _LATIN_NAMES.get(c, "") for c in word.casefold()]
    return _stress_last("".join(name for name in names if name))


@lru_cache(maxsize=512)
def from_latin(word: str) -> str:
    """A Latin word in Russian letters: as it is said where it is a common English one, else letter for letter."""
    plain = _ascii(word)
    if not plain.strip("-"):
        return ""
    if len(plain) == 1 or (word.isupper() and (word in SPELLED or not re.search("[AEIOUY]", word))):
        return letters(plain)
    if plain.isalpha() and not word.isupper() and import_module("eng_to_ipa").isin_cmu(plain):
        import ru_normalizr

        said = ru_normalizr.normalize(plain, ru_normalizr.NormalizeOptions(mode="tts"))
        if re.fullmatch("[а-яё]+", said):
            return str(said)
    return by_letters(plain)


def by_letters(word: str) -> str:
    """A Latin word in Russian letters, letter for letter and by the commonest spellings of sounds."""
    plain = _ascii(word)
    for spelling, sound in _SPELLINGS:
        plain = plain.replace(spelling, sound)
    if plain.startswith("e"):
        plain = "э" + plain[1:]
    return plain.translate(_LETTERS)


def _ascii(word: str) -> str:
    bare = unicodedata.normalize("NFD", word.casefold())
    return "".join(c for c in bare if c.isascii() and (c.isalpha() or c == "-"))


def from_ipa(ipa: str) -> str:
    """A phonetic transcription in Russian letters, with STRESS after its stressed vowel.

    Sounds that Russian lacks become the nearest it has.
    """
    said = ""
    stress = soft = False
    rest = unicodedata.normalize("NFC", ipa).replace("g", "ɡ")
    while rest:
        sound = next((s for s in sorted(_CONSONANT_SOUNDS, key=len, reverse=True) if rest.startswith(s)), "")
        first = rest[0]
        if sound:
            soft = rest[len(sound) : len(sound) + 1] == "ʲ" or first == "j"
            said += "" if first == "j" and rest[1:2] in _VOWEL_SOUNDS else _CONSONANT_SOUNDS[sound]
            rest = rest[len(sound) :].removeprefix("ʲ")
            if soft and first != "j" and rest.lstrip("ˈˌ")[:1] not in _VOWEL_SOUNDS:
                said += "ь"
            continue
        rest = rest[1:]
        if first == "ˈ":
            stress = True
        elif first in _VOWEL_SOUNDS:
            vowel = _VOWEL_SOUNDS[first]
            said += (_SOFT.get(vowel, vowel) if soft else vowel) + (STRESS if stress else "")
            stress = soft = False
        elif first.isspace():
            said += " "
    return said


def _stress_last(word: str) -> str:
    at = max((i for i, c in enumerate(word) if c in VOWELS), default=-1)
    return word if at < 0 else word[: at + 1] + STRESS + word[at + 1 :]
