"""The step that brings in a sound file of the author's: anything that FFmpeg's libraries can decode.

It leaves as 48 kHz stereo WAV; a score file is also brought to the house's loudness. Knows no film.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audio.voice import RATE, Samples
from projects.steps import Json, Work
from storyboard.errors import InterruptedRender, MissingError, RenderError


@dataclass(frozen=True, slots=True)
class SoundFileRequest:
    """One sound file. `name` is its project-relative name, for messages; `file` its name among the step's files.

    With `level` True the sound is brought to `target_lufs` (as music is), otherwise its own level is kept.
    """

    name: str
    file: str = "sound"
    level: bool = False
    target_lufs: float = -20.0


def bring_in(request: SoundFileRequest, work: Work, out: Path) -> Json:
    """Decodes a sound file into a 48 kHz 24-bit stereo WAV at `out`; facts: `samples`, `seconds`, `lufs`, `true_peak`.

    Raises MissingError where the file is not there, RenderError where it is no sound.
    """
    import numpy as np

    from audio import loudness, wavefile

    path = work.files[request.file]
    if not path.is_file():
        raise MissingError(f"the sound file {request.name} is not there", "check its name in the storyboard")
    meter = loudness.Meter(2)
    for block in decoded(path, request.name):
        _stop_if_asked(work)
        meter.feed(block)
    found = meter.result()
    gain = request.target_lufs - found.integrated if request.level and found.integrated > loudness.SILENCE else 0.0
    gain = min(gain, -1.0 - found.true_peak) if gain > 0 else gain  # never louder than its peaks allow
    samples = 0
    with wavefile.writing(out, 2) as sink:
        for block in decoded(path, request.name):
            _stop_if_asked(work)
            sink.write(block * np.float32(loudness.amplitude(gain)))
            samples += len(block)
    if not samples:
        raise RenderError(f"the sound file {request.name} holds no sound", "export it again, or leave it out")
    return {
        "samples": samples,
        "seconds": round(samples / RATE, 4),
        "lufs": round(found.integrated + gain, 2) if found.integrated > loudness.SILENCE else loudness.SILENCE,
        "true_peak": round(found.true_peak + gain, 2),
        "gain_db": round(gain, 2),
    }


def decoded(path: Path, name: str) -> Iterator[Samples]:
    """The file's first sound stream as (n, 2) blocks at 48 kHz."""
    import av

    remedy = "give a sound file such as WAV, FLAC, MP3, OGG or M4A"
    try:
        with av.open(str(path)) as media:
            if not media.streams.audio:
                raise RenderError(f"{name} holds no sound", remedy)
            yield from _resampled(media, media.streams.audio[0])
    except (av.FFmpegError, ValueError) as reason:
        said = getattr(reason, "strerror", "") or str(reason)
        raise RenderError(f"{name} is not a sound file that can be read: {said}", remedy) from reason


def _resampled(media: Any, stream: Any) -> Iterator[Samples]:
    import av
    import numpy as np
    import soxr

    rate = stream.codec_context.sample_rate
    folding = av.AudioResampler(format="flt", layout="stereo", rate=rate)
    changing = soxr.ResampleStream(rate, RATE, 2, dtype="float32", quality="HQ") if rate != RATE else None
    for frame in media.decode(stream):
        for folded in folding.resample(frame):
            block = folded.to_ndarray().reshape(-1, 2).astype(np.float32)
            yield changing.resample_chunk(block) if changing else block
    if changing:
        yield changing.resample_chunk(np.zeros((0, 2), np.float32), last=True)


def _stop_if_asked(work: Work) -> None:
    if work.cancelled():
        raise InterruptedRender("bringing in the sound was stopped")
