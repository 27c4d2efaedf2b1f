"""The step that takes the author's own recording of a line: decoded, trimmed, aligned and levelled like a spoken one.

What lies before and after the voice goes, room noise and clicks included. Knows neither scene nor film.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from audio.speaking.speech import GUESSED, SPEECH_LUFS, facts_of, finish
from audio.voice import RATE, Samples, Utterance
from projects.steps import Json, Work
from storyboard.errors import RenderError

_FRAME = RATE // 100
_ABOVE_NOISE = 10 ** (9 / 20)
"""How far the voice stands above the noise of its room: 9 dB."""
_BELOW_VOICE = 10 ** (-40 / 20)
"""How far the weakest sound of speech lies below the loudest: 40 dB."""
_CLICK = 3
"""Frames up to which a sound by itself is a click or a knock, not a word."""
_AIR = 8
"""Frames that stay before and after the voice; the house's own trimming follows."""


@dataclass(frozen=True, slots=True)
class RecordingRequest:
    """A recording of one line. `name` is its project-relative name, `text` what is said in it, in `language`.

    `pronounce` is the film's lexicon, which the reading that it is compared with follows too.
    """

    name: str
    text: str
    language: str = ""
    pronounce: tuple[tuple[str, str], ...] = ()


def take_recording(request: RecordingRequest, work: Work, out: Path) -> Json:
    """Brings the input file `recording` to a 48 kHz mono WAV at `out`; facts as of a spoken line.

    Raises RenderError where the file is no sound or holds only silence.
    """
    import numpy as np

    from audio.signal.files import decoded
    from audio.signal.wavefile import write
    from audio.speaking.alignment import BY_LETTERS, word_times

    half = np.float32(0.5)
    blocks = []
    for block in decoded(work.files["recording"], request.name):
        blocks.append((block[:, 0] + block[:, 1]) * half)
        work.progress(0.2)
    sound = np.concatenate(blocks) if blocks else np.zeros(0, np.float32)
    if not np.any(np.abs(sound) > 1e-4):
        raise RenderError(f"the recording {request.name} is silent", "record the line again, or leave `file:` out")
    first, last = voice_span(sound)
    samples, _ = finish(Utterance(sound[first:last], RATE, ()), SPEECH_LUFS)
    work.progress(0.5)
    placed = word_times(request.text, request.language, samples, RATE, request.pronounce)
    notes = [GUESSED] if placed.how == BY_LETTERS else []
    if placed.doubtful:
        notes.append(f"the recording {request.name} hardly sounds like its line: check that it says the same words")
    write(out, samples)
    return {
        **facts_of(samples, placed.words),
        "engine": "recording",
        "word_times": placed.how,
        "model": "",
        "licence": "",
        "notes": notes,
    }


def voice_span(sound: Samples) -> tuple[int, int]:
    """First and last sample (exclusive) of the voice in a recording, with a little air.

    The noise of the room is what the quietest tenth of it sounds like. The whole where nothing stands out from that.
    """
    import numpy as np

    count = len(sound) // _FRAME
    if count < 2 * _AIR:
        return 0, len(sound)
    frames = sound[: count * _FRAME].reshape(count, _FRAME)
    level = np.sqrt(np.mean(np.square(frames, dtype=np.float64), axis=1))
    noise, voice = float(np.quantile(level, 0.1)), float(np.quantile(level, 0.98))
    loud = np.concatenate([[0], (level > max(noise * _ABOVE_NOISE, voice * _BELOW_VOICE)).astype(np.int8), [0]])
    turns = np.flatnonzero(np.diff(loud))
    words = [(begin, end) for begin, end in zip(turns[::2], turns[1::2], strict=True) if end - begin > _CLICK]
    if not words:
        return 0, len(sound)
    return max(0, int(words[0][0]) - _AIR) * _FRAME, min(count, int(words[-1][1]) + _AIR) * _FRAME
