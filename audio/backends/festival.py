"""The Russian voice: the festival program with the recorded voice of festvox-ru.

One process per line, no shell. The text reaches the program as a Scheme string of Cyrillic letters, spaces and
four marks only, so that nothing in a line can become code. Knows nothing of the film.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from types import MappingProxyType

from audio import timbre
from audio.delivery import deliver
from audio.timbre import Timbre
from audio.timing import carry_over, written_words
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
        "anna": ("female", "adult", Timbre(1.0, 6.0, 2.6), _VARIANT + "a woman"),
        "deep": ("male", "adult", Timbre(0.95, -3.0, -2.0), _VARIANT + "a deep man"),
        "young": ("male", "young", Timbre(1.05, 2.5, 1.0), _VARIANT + "a young man"),
        "varvara": ("female", "young", Timbre(1.03, 8.0, 3.4), _VARIANT + "a young woman, lighter"),
        "old": ("male", "old", Timbre(0.87, -1.0, 0.8), _VARIANT + "an old man, slow"),
        "babushka": ("female", "old", Timbre(0.88, 4.0, 2.4), _VARIANT + "an old woman, slow"),
        "misha": ("male", "child", Timbre(1.04, 9.0, 4.4), _VARIANT + "a boy"),
    }
)

_SCRIPT = """(%s)
(set! line (Utterance Text "%s"))
(utt.synth line)
(utt.save.wave line "line.wav" 'riff)
(define (show word)
  (format t "%%s\\t%%f\\t%%f\\n" (item.name word) (item.feat word "word_start") (item.feat word "word_end")))
(mapcar show (utt.relation.items line 'Word))
"""

_MARKS = "«»“”„…–—№°₽€£§×½¼"
_LATIN = str.maketrans(dict(zip("abcdefghijklmnopqrstuvwxyz", "абкдефгхижклмнопкрстувукйз", strict=True)))
_PAIRS = (("sh", "ш"), ("ch", "ч"), ("th", "т"), ("ph", "ф"), ("ee", "и"), ("oo", "у"), ("ck", "к"), ("x", "кс"))


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
        """Versions of the program, the text normaliser and the filter, and the make of the recorded voice."""
        normaliser = f"ru-normalizr {metadata.version('ru-normalizr')}"
        return f"festival 1; {_version()}; {_voice_make()}; {normaliser}; {timbre.identity()}"

    def speak(self, request: VoiceRequest) -> Utterance:
        """Speaks the line at the voice's own rate (16 kHz); refuses unknown voices and texts without Russian words."""
        if request.voice not in _CAST:
            raise VoiceRefusal(f"festival has no voice {request.voice!r}", f"choose one of: {', '.join(_CAST)}")
        sound, rate, read = _read_aloud(spoken_form(request.text))
        change = _CAST[request.voice][2].then(deliver(request.emotion).timbre)
        change = change.then(Timbre(request.speed, request.pitch))
        sound = timbre.change(sound, rate, change)
        words = carry_over(written_words(request.text), read)
        return Utterance(sound, rate, tuple(Word(w.text, w.start / change.pace, w.end / change.pace) for w in words))


def spoken_form(text: str) -> str:
    """A line as the voice can read it: numbers as words, Cyrillic letters, spaces and `,.!?-` and nothing else.

    Raises VoiceRefusal where letters of a third alphabet stand, or no word is left.
    """
    import ru_normalizr

    plain = unicodedata.normalize("NFC", text.replace("\u0301", ""))  # a written stress mark is not a letter
    strange = sorted({c for c in plain if c.isalpha() and not (_cyrillic(c.casefold()) or c.isascii())})
    if strange:
        raise VoiceRefusal(
            f"the Russian voice cannot read {''.join(strange)!r} in {text!r}",
            "write the words in Russian letters, or set the film's language",
        )
    # The normaliser stumbles over rare symbols: it gets letters, digits and common marks only.
    plain = "".join(c if c.isalpha() or c.isascii() or c in _MARKS else " " for c in plain)
    plain = ru_normalizr.normalize(plain).casefold()
    for pair, letter in _PAIRS:
        plain = plain.replace(pair, letter)
    plain = plain.translate(_LATIN)
    plain = re.sub(r"\s+[-\u2012-\u2015]+\s+|[:;()\u2012-\u2015]", ", ", plain)
    plain = plain.replace("…", ". ")
    plain = "".join(c if _cyrillic(c) or c in ",.!?-" else " " for c in plain)
    plain = re.sub(r"(?<![а-яё])-|-(?![а-яё])", " ", plain)
    plain = re.sub(r"\s*([,.!?])[\s,.!?]*", r"\1 ", plain)
    plain = re.sub(r"\s+", " ", plain).strip(" ,")
    if not re.search(r"[аеёиоуыэюя]|[бвгджзйклмнпрстфхцчшщ]", plain):
        raise VoiceRefusal(f"there is nothing to say in {text!r}", "write words, or leave the line out")
    return plain.lstrip("!?., ")


def _cyrillic(character: str) -> bool:
    return "а" <= character <= "я" or character == "ё"


def _read_aloud(plain: str) -> tuple[Samples, int, tuple[Word, ...]]:
    import soundfile as sf

    festival = programs.program("festival", _REMEDY)
    if _voice_folder() is None:
        raise VoiceMissing("festival has no Russian voice", _REMEDY)
    with tempfile.TemporaryDirectory(prefix="workprint-voice-") as name:
        folder = Path(name)
        script = _SCRIPT % (_VOICE, plain)
        done = programs.run([festival, "--pipe"], stdin=script.encode(), folder=folder, timeout=120.0)
        made = folder / "line.wav"
        if not made.exists():
            raise VoiceRefusal(f"festival could not speak {plain!r}: {done.stderr.strip()[-300:]}", "word it otherwise")
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
