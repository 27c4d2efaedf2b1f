"""The espeak-ng program's own names of sounds: English ones for a transcription, Russian ones for a moved stress.

Pure; the program itself is asked elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from audio.reading.russian_sounds import VOWELS
from audio.reading.token import STRESS

_PAIRS = (
    "t͡ʃ tS  d͡ʒ dZ  tʃ tS  dʒ dZ  ʃ S  ʒ Z  θ T  ð D  ŋ N  ɹ r  r r  ɾ t  ɫ l  ɡ g  g g  j j  x x  ʔ ?  ˈ '  ˌ , "
    "iː i:  uː u:  ɑː A:  ɔː O:  ɜː 3:  ɜɹ 3:  ɝ 3:  ɚ 3  ɪ I  i i  ʊ U  u u:  ɛ E  e E  æ a  a a  ʌ V  ə @  ɑ A: "
    "ɒ 0  ɔ O:  o oU  ɜ 3:  eɪ eI  aɪ aI  ɔɪ OI  aʊ aU  oʊ oU  əʊ oU  ɪə i@  eə e@  ʊə U@ "
    "b b  d d  f f  h h  k k  l l  m m  n n  p p  s s  t t  v v  w w  z z"
)
_ENGLISH: Mapping[str, str] = dict(re.findall(r"(\S+) (\S+)", _PAIRS))
"""Sounds of the international phonetic alphabet and the program's names of them in English."""
_LONGEST_FIRST = sorted(_ENGLISH, key=lambda sound: (-len(sound), sound))

_RUSSIAN_VOWEL = re.compile(r"[aAeEioOuyIV8@]")
_FULL: Mapping[str, str] = dict(zip(VOWELS, "AE8iouyEuA", strict=True))
_LESS: Mapping[str, str] = {"o": "V", "A": "V", "a": "V", "E": "I", "8": "I"}


def mnemonics(ipa: str) -> str:
    """A transcription of an English word in the program's names of sounds; signs it lacks are left out."""
    said = ""
    rest = unicodedata.normalize("NFC", ipa)
    while rest:
        sound = next((known for known in _LONGEST_FIRST if rest.startswith(known)), "")
        said += _ENGLISH.get(sound, "_" if rest[0].isspace() else "")
        rest = rest[max(1, len(sound)) :]
    return said


def restressed(word: str, phonemes: str) -> str:
    """The program's phonemes of a Russian word with the stress moved to where `word` has its mark.

    The vowel that gains the stress becomes full, the one that loses it is reduced. "" where vowels and letters do not
    match, one for one.
    """
    letters = [c for c in word.casefold() if c in VOWELS or c == STRESS]
    vowels = [c for c in letters if c != STRESS]
    wanted = letters.index(STRESS) - 1
    bare = re.sub(r"[',]", "", phonemes)
    places = [found.start() for found in _RUSSIAN_VOWEL.finditer(bare)]
    if len(places) != len(vowels):
        return ""
    heads = [found.end() for found in re.finditer("'", phonemes)]
    lost = [len(re.sub(r"[',]", "", phonemes[:head])) for head in heads]
    sounds = list(bare)
    for n, place in enumerate(places):
        if n == wanted:
            sounds[place] = "'" + _FULL[vowels[n]]
        elif place in lost:
            sounds[place] = _LESS.get(sounds[place], sounds[place])
    return "".join(sounds)
