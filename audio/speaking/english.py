"""The text front end of the English voices: a line becomes phrases of phonemes, each with the place of its words.

The phonemes are those of misaki, which hibari and Kokoro were trained on; hibari's own rules find them, with the
American or the British pronunciation. Knows no model and no film.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from audio.reading import english
from audio.reading.lexicon import lexicon
from audio.reading.stress import marked
from audio.reading.token import STRESS, Reading
from audio.voice import VoiceMissing, VoiceRefusal

REMEDY = "make setup (or: pip install 'hibari-tts>=0.2.1,<0.3')"

_MARKS = ' ;:,.!?—…"()“”'
"""Characters of the alphabet that are pauses: a word ends before them."""
_SENTENCE, _CLAUSE = ".!?…", ";:,—"
_VOWELS = "AIOQWYaiuæɑɐɒɔəɛɜɪʊʌᵻeoᵊ"
_STRONG, _WEAK = "ˈ", "ˌ"
_RESPELT = re.compile(r"[^\W_]+")

_TRANSCRIBED = (
    *(("eɪ", "A"), ("aɪ", "I"), ("aʊ", "W"), ("ɔɪ", "Y"), ("tʃ", "ʧ"), ("dʒ", "ʤ"), ("əʊ", "Q"), ("oʊ", "O")),
    *(("ɝ", "ɜɹ"), ("ɚ", "əɹ"), ("g", "ɡ"), ("r", "ɹ"), ("ɫ", "l"), ("'", _STRONG), (",", _WEAK)),
    *(("e", "ɛ"), ("ʁ", "ɹ"), ("y", "j"), ("x", "k"), ("ʌɪ", "I"), ("ɨ", "ɪ"), ("ɬ", "l")),
)
"""Sounds as dictionaries write them, and as the models know them."""
_CLIPPED = {"twas": "twʌz", "tis": "tɪz", "twere": "twɜ", "twill": "twɪl", "em": "əm", "til": "tɪl", "cause": "kʌz"}
"""Words that lost their beginning, as `'twas`: without the mark they would be read as other words."""
_LETTER_NAMES = {"ay": "ˈA", "double-you": "dˈʌbᵊljˌu"}
"""Names of letters that the rules would read as other words (`ay, there's the rub`)."""
_CALLS = {"shh": "ʃˈə", "sh": "ʃˈə", "hmm": "hˈʌm", "hm": "hˈʌm", "mm": "ˈʌm", "mmm": "ˈʌm", "psst": "pˈɪst"}
_CALLS["ugh"] = "ˈʌɡ"
"""Sounds people make that are in no dictionary."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a model says in one breath.

    `spans` holds, for each spoken word, its first phoneme and the one after its last; `rests` what follows the word:
    2 the end of a sentence, 1 of a clause, 0 the next word.
    """

    phonemes: str
    spans: tuple[tuple[int, int], ...]
    rests: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    """A spoken word's phonemes, and the marks of pause that follow it."""

    phonemes: str
    marks: str

    @property
    def rest(self) -> int:
        return 2 if set(self.marks) & set(_SENTENCE) else 1 if set(self.marks) & set(_CLAUSE) else 0

    def __len__(self) -> int:
        return len(self.phonemes) + len(self.marks) + 1


def read(text: str, language: str, pronounce: Sequence[tuple[str, str]] = ()) -> Reading:
    """The line as it is said; refuses a text mostly in another script and one without words."""
    letters = [c for c in text if c.isalpha()]
    foreign = [c for c in letters if not unicodedata.name(c, "").startswith("LATIN")]
    if len(foreign) * 2 > len(letters):
        raise VoiceRefusal(
            f"the English voice cannot read {text!r}", "give the film (or the character's voice) the line's language"
        )
    reading = Reading(english.read(marked(text), language, lexicon(pronounce)), language)
    if not reading.spoken:
        raise VoiceRefusal(f"there is nothing to say in {text!r}", "write words, or leave the line out")
    return reading


def phrases(reading: Reading, british: bool, longest: int, packed: bool) -> tuple[Phrase, ...]:
    """The line in phrases of at most `longest` phonemes, cut at ends of sentences, else of clauses, else of words.

    `packed` joins short sentences into one phrase; otherwise each sentence is a phrase of its own. The spans of all
    phrases together are one for each spoken word of the reading.
    """
    words = [word for sentence in _sentences(reading) for word in _sounded(sentence, british)]
    found: list[Phrase] = []
    while words:
        count = _breath(words, longest, packed)
        found.append(_phrase(words[:count]))
        words = words[count:]
    return tuple(found)


@lru_cache(maxsize=2)
def _g2p(british: bool) -> Any:
    try:
        from hibari.g2p import G2P
    except ImportError as reason:
        raise VoiceMissing(f"English pronunciation cannot be loaded: {reason}", REMEDY) from reason
    return G2P(british=british)


def _sentences(reading: Reading) -> Iterator[list[tuple[str, str]]]:
    """The spoken words of each sentence, with the marks after them; transcribed ones in the form `[word](/ipa/)`."""
    sentence: list[tuple[str, str]] = []
    for token in reading.tokens:
        for index, spoken in enumerate(token.spoken):
            last = index == len(token.spoken) - 1
            # a comma or dash that the reading put inside a group of words stays on its word
            bare = spoken.rstrip(",—")
            mark = token.after if last else spoken[len(bare) :]
            ipa = (token.ipa if index == 0 else "") or _known(bare, token.written)
            sentence.append((f"[{bare}](/{ipa}/)" if ipa else bare, mark))
        if sentence and token.after and token.after in _SENTENCE:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def _known(spoken: str, written: Sequence[str]) -> str:
    if spoken in _LETTER_NAMES and not any(word.casefold().strip(",.;:!?") == spoken for word in written):
        return _LETTER_NAMES[spoken]
    if spoken.casefold() in _CLIPPED and any(re.match(r"[\"“(]*['’‘]\w", word) for word in written):
        return _CLIPPED[spoken.casefold()]
    return _CALLS.get(spoken.casefold(), "")


def _sounded(sentence: Sequence[tuple[str, str]], british: bool) -> list[_Word]:
    """The phonemes of each word, found in the light of its neighbours."""
    g2p = _g2p(british)
    pieces = []
    for word, mark in sentence:
        pieces.append(_linked(g2p, word, british) + (f" {mark}" if mark == "—" else mark))
    tokens = g2p.phonemize_tokens(g2p.tokenize(" ".join(pieces)))
    runs: list[str] = [""]
    for token in tokens:
        runs[-1] += token.phonemes or ""
        if token.whitespace:
            runs.append("")
    spoken = [run for run, piece in zip(runs, " ".join(pieces).split(" "), strict=False) if piece != "—"]
    if len(spoken) != len(sentence):  # a word that the rules divide: read each for itself
        spoken = [g2p(piece, normalize_text=False) for piece in pieces]
    return [
        _Word(run.strip(_MARKS), mark and f" {mark}" if mark == "—" else mark)
        for run, (_, mark) in zip(spoken, sentence, strict=True)
    ]


def _linked(g2p: Any, word: str, british: bool) -> str:
    """A word for the rules: with its phonemes where the author gave a transcription or a stressed respelling."""
    if word.startswith("["):
        written, _, ipa = word[1:-2].partition("](/")
        return f"[{written}](/{transcribed(ipa, british)}/)"
    if STRESS not in word:
        return word
    loud = word.count(STRESS) > 0 and "-" in word
    plain = word.replace(STRESS, "")
    if not loud:
        return plain
    syllables = []
    for syllable in word.split("-"):
        sound = g2p(syllable.replace(STRESS, ""), normalize_text=False)
        sound = sound.replace(_STRONG, "").replace(_WEAK, "")
        syllables.append(_stress_vowel(_STRONG + sound) if STRESS in syllable else sound)
    return f"[{plain}](/{''.join(syllables)}/)"


def transcribed(ipa: str, british: bool) -> str:
    """A transcription of the international phonetic alphabet in the models' own: stress right before its vowel."""
    plain = "".join(c for c in unicodedata.normalize("NFC", ipa) if c not in ".‿ \u0361\u035c")
    for sound, known in _TRANSCRIBED:
        plain = plain.replace(sound, known)
    if not british:
        plain = plain.replace("ː", "").replace("Q", "O").replace("ɒ", "ɑ")
    return _stress_vowel(plain)


def _stress_vowel(phonemes: str) -> str:
    """Moves every mark of stress from the beginning of its syllable to the vowel."""
    return re.sub(rf"([{_STRONG}{_WEAK}])([^{_VOWELS}{_STRONG}{_WEAK}]+)(?=[{_VOWELS}])", r"\2\1", phonemes)


def _breath(words: Sequence[_Word], longest: int, packed: bool) -> int:
    """How many of the words go into the next phrase."""
    best, weight, length = 1, -1, 0
    for count, word in enumerate(words, 1):
        length += len(word)
        if length > longest and count > 1:
            return best
        rest = word.rest
        if rest == 2 and not packed:
            return count
        if rest >= weight or length < longest // 3:
            best, weight = count, rest
    return len(words)


def _phrase(words: Sequence[_Word]) -> Phrase:
    phonemes, spans = "", []
    for word in words:
        phonemes += " " if phonemes else ""
        spans.append((len(phonemes), len(phonemes) + len(word.phonemes)))
        phonemes += word.phonemes + word.marks
    return Phrase(phonemes, tuple(spans), tuple(word.rest for word in words))
