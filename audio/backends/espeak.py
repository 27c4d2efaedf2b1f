"""The last resort: the espeak-ng program, which speaks many languages like a machine.

It is chosen only where nothing better speaks the language, and the choice is announced. The text goes through the
program's standard input, as marked-up text with every sign of it escaped. Knows nothing of the film.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape
from pathlib import Path
from types import MappingProxyType

from audio.backends.espeak_sounds import mnemonics, restressed
from audio.reading.aloud import spoken
from audio.reading.stress import stressed
from audio.reading.token import STRESS, Reading, Token
from audio.signal.timbre import Timbre
from audio.speaking.delivery import deliver
from audio.voice import Samples, Trouble, Utterance, VoiceInfo, VoiceRefusal, VoiceRequest
from projects import programs

_REMEDY = "sudo apt install espeak-ng"
_WORDS_A_MINUTE = 160
_PITCH = 50
_LICENCE = "speech of eSpeak NG (GPL-3.0-or-later), run as a separate program"
_NOTE = "espeak-ng, a last resort: robotic"

_CAST: Mapping[str, tuple[str, str, int, str]] = MappingProxyType(
    {
        "robot-1": ("male", "m1", 0, "adult"),
        "robot-2": ("female", "f2", 0, "adult"),
        "robot-3": ("male", "m7", -12, "adult"),
        "robot-4": ("female", "f5", 10, "young"),
        "robot-5": ("male", "m4", 14, "young"),
        "robot-6": ("female", "f4", -8, "adult"),
        "robot-7": ("male", "m3", -20, "old"),
        "robot-8": ("female", "f1", -16, "old"),
        "robot-9": ("male", "m2", 30, "child"),
        "robot-10": ("female", "f3", 32, "child"),
    }
)
"""Own name -> gender, espeak's variant, shift of its pitch setting, age."""


class Espeak:
    """Speaks any language that espeak-ng knows."""

    name = "espeak"

    def languages(self) -> Sequence[str]:
        """Any; a language that the program does not know is refused when spoken."""
        return ("*",)

    def voices(self) -> Sequence[VoiceInfo]:
        """Ten variants, each for any language."""
        return tuple(
            VoiceInfo(f"any/{own}", own, self.name, "*", gender, _NOTE, age, _LICENCE)
            for own, (gender, _, _, age) in _CAST.items()
        )

    def check(self) -> Sequence[Trouble]:
        """Whether the program is there."""
        if programs.probe("espeak-ng") is None:
            return (Trouble("the program espeak-ng is not installed", _REMEDY),)
        return ()

    def identity(self) -> str:
        """The program's version."""
        return f"espeak 2; {_version()}"

    def speak(self, request: VoiceRequest) -> Utterance:
        """Speaks the line at the program's own rate; refuses unknown voices and languages.

        The program does not tell when it says which word: the words are left to alignment.
        """
        import numpy as np

        if request.voice not in _CAST:
            raise VoiceRefusal(f"espeak has no voice {request.voice!r}", f"choose one of: {', '.join(_CAST)}")
        language = _language(request.language)
        reading = spoken(request.text, request.language, request.pronounce)
        if not any(c.isalnum() for word in reading.spoken for c in word):
            raise VoiceRefusal(f"there is nothing to say in {request.text!r}", "write words, or leave the line out")
        _, variant, shift, _ = _CAST[request.voice]
        delivery = deliver(request.emotion)
        change = delivery.timbre.then(Timbre(request.speed, request.pitch))
        pitch = int(np.clip(_PITCH + shift + 4 * change.pitch, 0, 99))
        text = markup(reading, language, delivery.liveliness)
        samples, rate = _run(text, f"{language}+{variant}", change.pace, pitch)
        english = language.startswith("en")
        return Utterance(samples, rate, (), notes=reading.unheard(stress=True, ipa=english))


def markup(reading: Reading, language: str, liveliness: float = 1.0) -> str:
    """A reading as the program's marked-up text: words escaped, phonemes where the author gave them.

    `liveliness` is a factor on the range of the melody.
    """
    pieces = []
    for token in reading.tokens:
        said = _said(token, language)
        if said or token.after:
            pieces.append(said + escape(token.after))
    return f'<speak><prosody range="{round(100 * liveliness)}%">{" ".join(pieces)}</prosody></speak>'


def _said(token: Token, language: str) -> str:
    if token.ipa and language.startswith("en"):
        return f"[[{mnemonics(token.ipa)}]]"
    return " ".join(_word(word, language) for word in token.spoken)


def _word(word: str, language: str) -> str:
    plain = word.replace(STRESS, "")
    if stressed(word) and language == "ru":
        phonemes = restressed(word, _phonemes(plain.strip(",—"), language))
        if phonemes:
            return f"[[{phonemes}]]" + ("," if word.endswith((",", "—")) else "")
    return escape(plain.replace("[[", " ").replace("]]", " "))


def _language(tag: str) -> str:
    """The tag as a voice name; anything that is not a plain language tag is refused."""
    plain = tag.casefold()
    if not all(part.isalnum() and part.isascii() for part in plain.split("-")):
        raise VoiceRefusal(f"{tag!r} is not a language tag", "write for example `language: en`")
    return plain


@lru_cache(maxsize=256)
def _phonemes(word: str, language: str) -> str:
    """A word in the program's own phonemes."""
    espeak = programs.program("espeak-ng", _REMEDY)
    command: list[str | Path] = [espeak, "-v", language, "-b", "1", "-q", "-x", "--stdin"]
    return programs.run(command, stdin=word.encode(), timeout=30.0).stdout.decode("utf-8", "replace").strip()


def _run(text: str, voice: str, pace: float, pitch: int) -> tuple[Samples, int]:
    import numpy as np
    import soundfile as sf

    espeak = programs.program("espeak-ng", _REMEDY)
    words_a_minute = int(np.clip(round(_WORDS_A_MINUTE * pace), 80, 450))
    with tempfile.TemporaryDirectory(prefix="workprint-voice-") as name:
        made = Path(name) / "line.wav"
        command: list[str | Path] = [espeak, "-v", voice, "-s", str(words_a_minute), "-p", str(pitch)]
        command += ["-b", "1", "-m", "--stdin", "-w", made]
        said = programs.run(command, stdin=re.sub(r"[\0\s]+", " ", text).encode(), timeout=120.0)
        if not made.exists() or not made.stat().st_size:
            raise VoiceRefusal(f"espeak-ng cannot speak with {voice!r}: {said.stderr.strip()[-200:]}", _REMEDY)
        samples, rate = sf.read(made, dtype="float32")
    return samples, int(rate)


@lru_cache(maxsize=1)
def _version() -> str:
    espeak = programs.probe("espeak-ng")
    if espeak is None:
        return "espeak-ng none"
    said = programs.run([espeak, "--version"], timeout=30.0).stdout.decode("utf-8", "replace")
    return said.split("Data at")[0].strip()
