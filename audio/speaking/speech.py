"""The step that speaks one line: engine, trimming, levelling, and the facts that lips and captions need.

Every line leaves here as 48 kHz mono at one loudness, whatever engine spoke it. Knows neither scene nor film.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from audio.bought import BOUGHT
from audio.bought import spoken as spoken_from
from audio.engines import engine
from audio.signal.recursive import filtered
from audio.voice import RATE, Samples, Utterance, VoiceRefusal, VoiceRequest, Word
from projects.steps import Json, Work

if TYPE_CHECKING:
    from audio.speaking.alignment import Alignment

SPEECH_LUFS = -20.0
"""The loudness of speech in the house before the film's own level is set."""

ENVELOPE_RATE = 100
"""Envelope values per second."""

GUESSED = "nothing here reads this language, so the words are placed by their letters: install espeak-ng"
"""The note of a line whose words could not be found in its sound."""

_SILENT = 10 ** (-45 / 20)
"""Relative to the line's own peak: what is quieter at its ends is silence."""
_LEAD = 0.02
_TRAIL = 0.06
_SHORT = 0.4
"""Seconds below which the gated measure means nothing and plain RMS is taken."""
_CREST = 12.0
"""dB between a line's loudness and its highest peak."""
_RUMBLE = 70.0
"""Hertz; below lies no speech, only hum and breath."""
_RUN_UP = 2400
"""Samples in which that filter settles."""


@dataclass(frozen=True, slots=True)
class SpeakRequest:
    """One line for one engine. `target_lufs` is the loudness before the emotion's own gain."""

    engine: str
    voice: VoiceRequest
    target_lufs: float = SPEECH_LUFS


def speak_line(request: SpeakRequest, work: Work, out: Path) -> Json:
    """Speaks a line into a 48 kHz 24-bit mono WAV at `out`; one that was bought comes as the input `bought`.

    Facts: `samples`, `seconds`, `words` ([text, start, end] in seconds of the WAV), `envelope` (0..100, 100 a second),
    `lufs`, `engine`, `word_times` (who placed the words), `model` ("" where the engine is one), `licence` of the voice
    and `notes` for people. Raises VoiceMissing, ModelMissing or VoiceRefusal.
    """
    from audio.signal import wavefile
    from audio.speaking.delivery import deliver
    from audio.speaking.pacing import with_pauses
    from projects.weights import handed

    work.progress(0.0)
    speaker = engine(request.engine)
    if BOUGHT in work.inputs:
        spoken = spoken_from(speaker, request.voice, work.inputs[BOUGHT])
    else:
        with handed(work.files):
            spoken = speaker.speak(request.voice)
    work.progress(0.7)
    samples, words = finish(spoken, request.target_lufs + deliver(request.voice.emotion).loudness)
    placed = _placed(request, samples, words)
    facts = {**facts_of(samples, placed.words), "word_times": placed.how}
    if not spoken.paused:
        samples, facts = with_pauses(samples, facts, deliver(request.voice.emotion).pauses)
    wavefile.write(out, samples)
    work.progress(1.0)
    licence = spoken.licence or next((info.licence for info in speaker.voices() if info.own == request.voice.voice), "")
    return {
        **facts,
        "engine": request.engine,
        "model": spoken.model,
        "licence": licence,
        "notes": _notes(spoken, placed),
    }


def _placed(request: SpeakRequest, samples: Samples, words: tuple[Word, ...]) -> Alignment:
    """The words as the engine placed them; found by alignment where it does not tell."""
    from audio.speaking.alignment import BY_ENGINE, Alignment, word_times

    if words:
        return Alignment(words, BY_ENGINE)
    voice = request.voice
    return word_times(voice.text, voice.language, samples, RATE, voice.pronounce)


def _notes(spoken: Utterance, placed: Alignment) -> list[str]:
    """What the author should know of a line before the film is shown."""
    from audio.speaking.alignment import BY_LETTERS
    from projects.weights import non_commercial

    notes = list(spoken.notes)
    if non_commercial(spoken.licence):
        notes.append(f"the weights of {spoken.model} are {spoken.licence}: a film with this voice may not be sold")
    if placed.how == BY_LETTERS:
        notes.append(GUESSED)
    return notes


def facts_of(samples: Samples, words: Sequence[Word]) -> dict[str, Json]:
    """What lips, captions and the timeline need to know of a finished line."""
    return {
        "samples": len(samples),
        "seconds": round(len(samples) / RATE, 4),
        "words": [[word.text, round(word.start, 3), round(word.end, 3)] for word in words],
        "envelope": envelope(samples),
        "lufs": round(speech_level(samples), 2),
    }


def finish(spoken: Utterance, target: float) -> tuple[Samples, tuple[Word, ...]]:
    """An engine's utterance as the house wants it: 48 kHz, without silence at its ends, at `target` LUFS."""
    import numpy as np

    sound = spoken.samples.astype(np.float32)
    if sound.ndim != 1 or not len(sound) or not np.isfinite(sound).all():
        raise VoiceRefusal("the engine gave no usable sound", "try another voice for this line")
    if spoken.rate != RATE:
        import soxr

        sound = soxr.resample(sound, spoken.rate, RATE, quality="HQ").astype(np.float32)
    sound = without_rumble(sound)
    first, last = spoken_span(sound)
    sound = soft_ends(sound[first:last])
    seconds = len(sound) / RATE
    words = shift_words(spoken.words, first / RATE, seconds)
    return level(sound, target), words


def without_rumble(sound: Samples) -> Samples:
    """A gentle zero-phase high-pass, a Butterworth of the second order there and back: rumble only eats headroom."""
    import numpy as np

    tangent = math.tan(math.pi * _RUMBLE / RATE)
    whole = 1.0 + math.sqrt(2.0) * tangent + tangent**2
    section = (
        1.0 / whole,
        -2.0 / whole,
        1.0 / whole,
        1.0,
        2.0 * (tangent**2 - 1.0) / whole,
        (1.0 - math.sqrt(2.0) * tangent + tangent**2) / whole,
    )
    there = filtered((section,), np.pad(sound, _RUN_UP, mode="edge").astype(np.float64)[None])
    back = filtered((section,), there[:, ::-1])[0, ::-1]
    clean: Samples = back[_RUN_UP : _RUN_UP + len(sound)].astype(np.float32)
    return clean


def spoken_span(sound: Samples) -> tuple[int, int]:
    """First and last sample (exclusive) of what is heard, with a little air; VoiceRefusal for silence."""
    import numpy as np

    peak = float(np.abs(sound).max(initial=0.0))
    heard = np.flatnonzero(np.abs(sound) > peak * _SILENT)
    if peak < 1e-4 or not len(heard):
        raise VoiceRefusal("the engine spoke only silence", "try another voice for this line")
    first = max(0, int(heard[0]) - round(_LEAD * RATE))
    last = min(len(sound), int(heard[-1]) + 1 + round(_TRAIL * RATE))
    return first, last


def soft_ends(sound: Samples) -> Samples:
    """The sound with 5 ms fades at both ends, so that a cut in breath noise does not click."""
    import numpy as np

    ramp = np.minimum(1.0, (np.arange(len(sound)) + 0.5) / (0.005 * RATE)).astype(np.float32)
    faded: Samples = sound * ramp * ramp[::-1]
    return faded


def shift_words(words: Sequence[Word], trimmed: float, seconds: float) -> tuple[Word, ...]:
    """Word times after `trimmed` seconds were cut from the front, kept within 0..seconds and in order."""
    shifted = []
    latest = 0.0
    for word in words:
        start = min(max(word.start - trimmed, latest), seconds)
        end = min(max(word.end - trimmed, start), seconds)
        shifted.append(Word(word.text, start, end))
        latest = start
    return tuple(shifted)


def speech_level(sound: Samples) -> float:
    """Loudness of speech in LUFS; for less than 0.4 s the plain K-free RMS on the same scale."""
    import numpy as np

    from audio.signal import loudness

    if len(sound) >= _SHORT * RATE:
        measured = loudness.integrated_of(sound[:, None])
        if measured > loudness.SILENCE:
            return measured
    return loudness.decibels(float(np.sqrt(np.mean(np.square(sound, dtype=np.float64))))) - 0.691


def level(sound: Samples, target: float) -> Samples:
    """The sound at `target` LUFS with its peaks held within 12 dB of that, so that a mix need not press them down."""
    import numpy as np

    from audio.signal import limiter, loudness

    held = sound
    for _ in range(3):
        gained = held * np.float32(loudness.amplitude(target - speech_level(held)))
        curve = limiter.gain_curve(gained[:, None], loudness.amplitude(min(target + _CREST, -1.0)))
        if float(curve.min(initial=1.0)) == 1.0:
            return gained
        held = gained * curve
    return held


def envelope(sound: Samples) -> list[int]:
    """How loud the line is, 100 times a second, 0..100: for lips. The loudest tenth counts as 100."""
    import numpy as np

    hop = RATE // ENVELOPE_RATE
    count = -(-len(sound) // hop)
    padded = np.pad(sound, (0, count * hop - len(sound))).reshape(count, hop)
    power = np.sqrt(np.mean(np.square(padded, dtype=np.float64), axis=1))
    smooth = np.convolve(np.pad(power, 1, mode="edge"), [0.25, 0.5, 0.25], "valid")
    top = float(np.quantile(smooth, 0.9)) or 1.0
    return [int(v) for v in np.clip(np.rint(100 * np.sqrt(smooth / top)), 0, 100) * (smooth > 0.02 * top)]
