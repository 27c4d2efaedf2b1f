"""The Russian voice: the festival program with the recorded voice of festvox-ru.

One process per line, no shell. The text reaches the program as a Scheme string of Cyrillic letters, spaces and
six marks only, so that nothing in a line can become code. Knows nothing of the film.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from types import MappingProxyType

from audio.backends.festival_stress import mended
from audio.reading.aloud import spoken
from audio.reading.russian_sounds import VOWELS
from audio.reading.stress import with_plus
from audio.reading.token import STRESS, Reading
from audio.signal import timbre
from audio.signal.timbre import Timbre
from audio.speaking.delivery import deliver
from audio.voice import Samples, Trouble, Utterance, VoiceInfo, VoiceMissing, VoiceRefusal, VoiceRequest, Word
from projects import programs
from storyboard.errors import MissingError, RenderError

_REMEDY = "sudo apt install festival festvox-ru"
_VOICE = "voice_msu_ru_nsh_clunits"
_VOICE_FOLDER = "msu_ru_nsh_clunits"

_VARIANT = "a variant of the one Russian voice (msu_ru_nsh): "
_CAST: Mapping[str, tuple[str, str, Timbre, str]] = MappingProxyType(
    {
        "nikolai": ("male", "adult", Timbre(), "recorded Russian speaker, unit selection, 16 kHz"),
        "anna": ("female", "adult", Timbre(1.0, 5.5, 2.4), _VARIANT + "a woman"),
        "deep": ("male", "adult", Timbre(0.97, -3.0, -2.0), _VARIANT + "a deep man"),
        "pavel": ("male", "adult", Timbre(1.02, 1.5, -0.8), _VARIANT + "a man, bright"),
        "young": ("male", "young", Timbre(1.05, 2.5, 1.0), _VARIANT + "a young man"),
        "varvara": ("female", "young", Timbre(1.03, 7.5, 3.0), _VARIANT + "a young woman, lighter"),
        "marina": ("female", "adult", Timbre(0.98, 4.0, 2.0), _VARIANT + "a woman, low and warm"),
        "old": ("male", "old", Timbre(0.9, -1.0, 0.8), _VARIANT + "an old man, slow"),
        "babushka": ("female", "old", Timbre(0.9, 4.0, 2.8), _VARIANT + "an old woman, slow"),
        "grigory": ("male", "old", Timbre(0.92, -2.5, -0.8), _VARIANT + "an old man, deep and slow"),
        "misha": ("male", "child", Timbre(1.04, 8.5, 4.0), _VARIANT + "a boy"),
        "dasha": ("female", "child", Timbre(1.05, 10.0, 4.2), _VARIANT + "a girl"),
    }
)

_SCRIPT = """(%s)
(define (stressed_on word vowel)
  (lex.add.entry (list word (or (cadr (lex.lookup word nil)) 'n) (list vowel))))
%s
(set! line (Utterance Text "%s"))
(utt.synth line)
(utt.save.wave line "line.wav" 'riff)
(define (show word)
  (format t "%%s\\t%%f\\t%%f\\n" (item.name word) (item.feat word "word_start") (item.feat word "word_end")))
(mapcar show (utt.relation.items line 'Word))
"""

_PAUSES: Mapping[str, str] = MappingProxyType({"…": ".", "—": ",", ";": ",", ":": ","})
"""Marks that the voice does not know, as those it does."""


class Festival:
    """Speaks Russian through the festival program."""

    name = "festival"

    def languages(self) -> Sequence[str]:
        """Russian only."""
        return ("ru",)

    def voices(self) -> Sequence[VoiceInfo]:
        """The recorded speaker and its variants."""
        return tuple(
            VoiceInfo(f"ru/{own}", own, self.name, "ru", gender, note, age, "festvox-ru (BSD-like)")
            for own, (gender, age, _, note) in _CAST.items()
        )

    def check(self) -> Sequence[Trouble]:
        """Whether the program, its Russian voice and the filter for variants are there."""
        troubles = []
        if programs.probe("festival") is None:
            troubles.append(Trouble("the program festival is not installed", _REMEDY))
        elif _voice_folder() is None:
            troubles.append(Trouble("festival has no Russian voice", _REMEDY))
        try:
            timbre.check()
        except MissingError as missing:
            troubles.append(Trouble(missing.message, missing.hint))
        return tuple(troubles)

    def identity(self) -> str:
        """Versions of the program, the readers of its text and the filter, and the make of the recorded voice."""
        readers = "; ".join(f"{name} {metadata.version(name)}" for name in ("ru-normalizr", "pymorphy3", "num2words"))
        return f"festival 3; {_version()}; {_voice_make()}; {readers}; {timbre.identity()}; {timbre.tempo_identity()}"

    def speak(self, request: VoiceRequest) -> Utterance:
        """Speaks the line at the voice's own rate (16 kHz); refuses unknown voices and texts without Russian words."""
        if request.voice not in _CAST:
            raise VoiceRefusal(f"festival has no voice {request.voice!r}", f"choose one of: {', '.join(_CAST)}")
        reading = spoken(request.text, request.language, request.pronounce)
        sound, rate, read = _read_aloud(copy_for_voice(reading, request.text))
        change = _CAST[request.voice][2].then(deliver(request.emotion).timbre)
        change = change.then(Timbre(request.speed, request.pitch))
        # Pitch first, then pace, each by its own filter: both at once by the first one blurs the consonants.
        sound = timbre.change(sound, rate, replace(change, pace=1.0))
        sound = timbre.at_tempo(sound, rate, change.pace, round(len(sound) / change.pace))
        words = reading.carry(read)
        placed = tuple(Word(w.text, w.start / change.pace, w.end / change.pace) for w in words)
        return Utterance(sound, rate, placed, notes=reading.unheard(stress=True, ipa=False))


@dataclass(frozen=True, slots=True)
class Copy:
    """What the program is given: small Cyrillic letters, spaces and `,.!?-+`, and nothing else.

    `stresses` names words of the text and which of their vowels is stressed, counted from one. Where a word stands in
    the text with two stresses, pluses before the vowels tell them apart.
    """

    text: str
    stresses: tuple[tuple[str, int], ...] = ()


def copy_for_voice(reading: Reading, text: str) -> Copy:
    """A reading of `text` as the voice takes it.

    Raises VoiceRefusal where letters of a third alphabet stand, or no word is left.
    """
    words: list[tuple[str, str]] = []  # each with the pause after it
    for token in reading.tokens:
        for word in token.spoken:
            known = _letters(word, text)
            if known:
                words.append((mended(known), "," if word.endswith((",", "—")) else ""))
        if token.after and words:
            words[-1] = (words[-1][0], _PAUSES.get(token.after, token.after))
    if not any(c.isalpha() for word, _ in words for c in word):
        raise VoiceRefusal(f"there is nothing to say in {text!r}", "write words, or leave the line out")
    spellings: dict[str, set[str]] = {}
    for word, _ in words:
        spellings.setdefault(word.replace(STRESS, ""), set()).add(word)
    stresses = {
        plain: min(forms) for plain, forms in spellings.items() if len(forms) == 1 and min(forms).count(STRESS) == 1
    }
    pieces = [
        (word.replace(STRESS, "") if word in stresses.values() else with_plus(word)) + mark for word, mark in words
    ]
    return Copy(" ".join(pieces), tuple((plain, _vowel(word)) for plain, word in stresses.items()))


def _letters(word: str, text: str) -> str:
    """The word in small Cyrillic letters, hyphens and stress marks."""
    bare = word.casefold()
    strange = sorted({c for c in bare if c.isalpha() and not _cyrillic(c)})
    if strange:
        raise VoiceRefusal(
            f"the Russian voice cannot read {''.join(strange)!r} in {text!r}",
            "write the words in Russian letters, or set the film's language",
        )
    return "".join(c for c in bare if _cyrillic(c) or c in f"-{STRESS}").strip("-")


def _vowel(word: str) -> int:
    """Which vowel of a word its stress mark stands after, counted from one."""
    return sum(c in VOWELS for c in word[: word.index(STRESS)])


def _cyrillic(character: str) -> bool:
    return "а" <= character <= "я" or character == "ё"


def _read_aloud(line: Copy) -> tuple[Samples, int, tuple[Word, ...]]:
    import soundfile as sf

    festival = programs.program("festival", _REMEDY)
    if _voice_folder() is None:
        raise VoiceMissing("festival has no Russian voice", _REMEDY)
    with tempfile.TemporaryDirectory(prefix="workprint-voice-") as name:
        folder = Path(name)
        stresses = "\n".join(f'(stressed_on "{word}" {vowel})' for word, vowel in line.stresses)
        script = _SCRIPT % (_VOICE, stresses, line.text)
        done = programs.run([festival, "--pipe"], stdin=script.encode(), folder=folder, timeout=120.0)
        made = folder / "line.wav"
        if not made.exists():
            raise VoiceRefusal(
                f"festival could not speak {line.text!r}: {done.stderr.strip()[-300:]}", "word it otherwise"
            )
        samples, rate = sf.read(made, dtype="float32")
    return samples, int(rate), tuple(_words(done.stdout.decode("utf-8", "replace")))


def _words(listing: str) -> list[Word]:
    words = []
    for row in listing.splitlines():
        cells = row.split("\t")
        if len(cells) == 3 and any(c.isalnum() for c in cells[0]):
            words.append(Word(cells[0], float(cells[1]), float(cells[2])))
    if not words:
        raise RenderError("festival gave no word times", "reinstall festival and festvox-ru")
    return words


@lru_cache(maxsize=1)
def _voice_folder() -> Path | None:
    """Where festival keeps the Russian voice, or None."""
    festival = programs.probe("festival")
    if festival is None:
        return None
    said = programs.run([festival, "--pipe"], stdin=b"(print voice-locations)", timeout=60.0).stdout.decode()
    found = re.search(rf'\({_VOICE_FOLDER} \. "([^"\n]+)"\)', said)
    return Path(found[1]) if found else None


@lru_cache(maxsize=1)
def _voice_make() -> str:
    """Tells one make of the recorded voice from another, by the names and sizes of its files: it has no version."""
    folder = _voice_folder()
    if folder is None:
        return "voice none"
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    listing = "\n".join(f"{path.relative_to(folder)} {path.stat().st_size}" for path in files)
    return f"voice {hashlib.sha256(listing.encode()).hexdigest()[:12]}"


@lru_cache(maxsize=1)
def _version() -> str:
    festival = programs.probe("festival")
    if festival is None:
        return "festival none"
    said = programs.run([festival, "--version"], timeout=30.0)
    # It begins with the program's own path, which is no part of its version.
    return (said.stdout.decode("utf-8", "replace") + said.stderr).strip().splitlines()[-1].partition(": ")[2]
