"""The step that takes the author's own recording of a line: decoded, trimmed and levelled like a spoken one.

Word times are shared out by letters, and the facts say so. Knows neither scene nor film.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from audio.speech import SPEECH_LUFS, facts_of, finish
from audio.voice import RATE, Utterance
from projects.steps import Json, Work
from storyboard.errors import RenderError


@dataclass(frozen=True, slots=True)
class RecordingRequest:
    """A recording of one line. `name` is its project-relative name, `text` what is said in it."""

    name: str
    text: str


def take_recording(request: RecordingRequest, work: Work, out: Path) -> Json:
    """Bring the input file `recording` to a 48 kHz mono WAV at `out`; facts as of a spoken line.

    Raises RenderError where the file is no sound or holds only silence.
    """
    import numpy as np

    from audio.files import decoded
    from audio.timing import by_letters, written_words
    from audio.wavefile import write

    half = np.float32(0.5)
    blocks = [(block[:, 0] + block[:, 1]) * half for block in decoded(work.files["recording"], request.name)]
    sound = np.concatenate(blocks) if blocks else np.zeros(0, np.float32)
    if not np.any(np.abs(sound) > 1e-4):
        raise RenderError(f"the recording {request.name} is silent", "record the line again, or leave `file:` out")
    words = by_letters(written_words(request.text), 0.0, len(sound) / RATE)
    samples, placed = finish(Utterance(sound, RATE, words), SPEECH_LUFS)
    write(out, samples)
    return {**facts_of(samples, placed), "engine": "recording", "word_times": "by letters"}
