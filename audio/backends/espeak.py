"""The last resort: the espeak-ng program, which speaks many languages like a machine.

It is chosen only where nothing better speaks the language, and the choice is announced. The text goes through the
program's standard input. Knows nothing of the film.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from audio.delivery import deliver
from audio.timbre import Timbre
from audio.timing import by_letters, written_words
from audio.voice import Samples, Trouble, Utterance, VoiceInfo, VoiceRefusal, VoiceRequest
from projects import programs

_REMEDY = "sudo apt install espeak-ng"
_WORDS_A_MINUTE = 160
_PITCH = 50
_LICENCE = "speech of eSpeak NG (GPL-3.0-or-later), run as a separate program"
_NOTE = "espeak-ng, a last resort: robotic; word times are shared out by letters"

_CAST: Mapping[str, tuple[str, str, int]] = MappingProxyType(
    {
        "robot-1": ("male", "m1", 0),
        "robot-2": ("female", "f2", 0),
        "robot-3": ("male", "m7", -12),
        "robot-4": ("female", "f5", 10),
        "robot-5": ("male", "m4", 14),
        "robot-6": ("female", "f4", -8),
    }
)
"""Own name -> gender, espeak's variant, shift of its pitch setting."""


class Espeak:
    """Speaks any language that espeak-ng knows."""

    name = "espeak"

    def languages(self) -> Sequence[str]:
        """Any; a language that the program does not know is refused when spoken."""
        return ("*",)

    def voices(self) -> Sequence[VoiceInfo]:
        """Six variants, each for any language."""
        return tuple(
            VoiceInfo(f"any/{own}", own, self.name, "*", _CAST[own][0], _NOTE, licence=_LICENCE) for own in _CAST
        )

    def check(self) -> Sequence[Trouble]:
        """Whether the program is there."""
        if programs.probe("espeak-ng") is None:
            return (Trouble("the program espeak-ng is not installed", _REMEDY),)
        return ()

    def identity(self) -> str:
        """The program's version."""
        return f"espeak 1; {_version()}"

    def speak(self, request: VoiceRequest) -> Utterance:
        """Speaks the line at the program's own rate; refuses unknown voices and languages."""
        import numpy as np

        if request.voice not in _CAST:
            raise VoiceRefusal(f"espeak has no voice {request.voice!r}", f"choose one of: {', '.join(_CAST)}")
        words = written_words(request.text)
        if not words:
            raise VoiceRefusal(f"there is nothing to say in {request.text!r}", "write words, or leave the line out")
        _, variant, shift = _CAST[request.voice]
        change = deliver(request.emotion).timbre.then(Timbre(request.speed, request.pitch))
        pitch = int(np.clip(_PITCH + shift + 4 * change.pitch, 0, 99))
        samples, rate = _run(request.text, f"{_language(request.language)}+{variant}", change.pace, pitch)
        loud = np.flatnonzero(np.abs(samples) > 0.01)
        first, last = (int(loud[0]), int(loud[-1])) if len(loud) else (0, len(samples))
        return Utterance(samples, rate, by_letters(words, first / rate, last / rate))


def _language(tag: str) -> str:
    """The tag as a voice name; anything that is not a plain language tag is refused."""
    plain = tag.casefold()
    if not all(part.isalnum() and part.isascii() for part in plain.split("-")):
        raise VoiceRefusal(f"{tag!r} is not a language tag", "write for example `language: en`")
    return plain


def _run(text: str, voice: str, pace: float, pitch: int) -> tuple[Samples, int]:
    import numpy as np
    import soundfile as sf

    espeak = programs.program("espeak-ng", _REMEDY)
    words_a_minute = int(np.clip(round(_WORDS_A_MINUTE * pace), 80, 450))
    spoken = " ".join(text.replace("\0", " ").split())
    with tempfile.TemporaryDirectory(prefix="workprint-voice-") as name:
        made = Path(name) / "line.wav"
        command: list[str | Path] = [espeak, "-v", voice, "-s", str(words_a_minute), "-p", str(pitch)]
        command += ["-b", "1", "--stdin", "-w", made]
        said = programs.run(command, stdin=spoken.encode(), timeout=120.0)
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
