"""The step that brings in a sound file of the author's: anything that FFmpeg's libraries can decode.

It leaves as 48 kHz stereo WAV; a score file is also brought to the house's loudness. Knows no film.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audio.loudness import SILENCE, Loudness
from audio.voice import RATE, Samples
from projects.steps import Json, Work
from storyboard.errors import InterruptedRender, MissingError, RenderError

KEPT = 240 * RATE
"""Samples up to which a file is held while it is measured; a longer one is decoded again."""

_PROBED = 1 << 15
"""Bytes of a WAV that are looked at for something else than plain samples: several blocks of DTS."""

_SCALES = {"flt": (1.0, "<f4"), "fltp": (1.0, "<f4"), "s16": (2.0**-15, "<i2"), "s16p": (2.0**-15, "<i2")}
"""Sample formats that are read without a resampler: what full scale is divided by, and the type."""

_LAYOUTS = ("mono", "1 channels", "stereo", "2 channels")
"""Layouts that are."""


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
    kept: list[Samples] = []
    samples = 0
    with wavefile.writing(out, 2) as sink:
        for block in decoded(path, request.name):
            _stop_if_asked(work)
            meter.feed(block)
            samples += len(block)
            if not request.level:
                sink.write(block)
            elif samples <= KEPT:
                kept.append(block)
        found = meter.result()
        gain = _gain(request, found)
        if request.level:
            for block in kept if samples <= KEPT else decoded(path, request.name):
                _stop_if_asked(work)
                sink.write(block * np.float32(loudness.amplitude(gain)))
    if not samples:
        raise RenderError(f"the sound file {request.name} holds no sound", "export it again, or leave it out")
    return {
        "samples": samples,
        "seconds": round(samples / RATE, 4),
        "lufs": round(found.integrated + gain, 2) if found.integrated > loudness.SILENCE else loudness.SILENCE,
        "true_peak": round(found.true_peak + gain, 2),
        "gain_db": round(gain, 2),
    }


def _gain(request: SoundFileRequest, found: Loudness) -> float:
    """The dB by which a file is raised: no further than its peaks allow, 0 for silence."""
    if not request.level or found.integrated <= SILENCE:
        return 0.0
    gain = request.target_lufs - found.integrated
    return min(gain, -1.0 - found.true_peak) if gain > 0 else gain


def decoded(path: Path, name: str) -> Iterator[Samples]:
    """The file's first sound stream as (n, 2) blocks at 48 kHz, of about a second each."""
    import av

    remedy = "give a sound file such as WAV, FLAC, MP3, OGG or M4A"
    try:
        with av.open(str(path), options=_probing(path)) as media:
            if not media.streams.audio:
                raise RenderError(f"{name} holds no sound", remedy)
            yield from _resampled(media, media.streams.audio[0])
    except (av.FFmpegError, ValueError) as reason:
        said = getattr(reason, "strerror", "") or str(reason)
        raise RenderError(f"{name} is not a sound file that can be read: {said}", remedy) from reason


def _probing(path: Path) -> dict[str, str]:
    """How much of a file FFmpeg looks at: of a WAV, five million bytes by default, to be sure that it is no DTS."""
    with path.open("rb") as file:
        head = file.read(12)
    return {"probesize": str(_PROBED)} if head[:4] == b"RIFF" and head[8:] == b"WAVE" else {}


def _resampled(media: Any, stream: Any) -> Iterator[Samples]:
    rate = stream.codec_context.sample_rate
    blocks = _folded(_gathered(media.decode(stream), rate), rate)
    if rate == RATE:
        yield from blocks
        return
    import numpy as np
    import soxr

    changing = soxr.ResampleStream(rate, RATE, 2, dtype="float32", quality="HQ")
    for block in blocks:
        yield changing.resample_chunk(np.ascontiguousarray(block))
    yield changing.resample_chunk(np.zeros((0, 2), np.float32), last=True)


def _gathered(frames: Iterator[Any], count: int) -> Iterator[list[Any]]:
    """Frames in runs that hold at least `count` samples each, but for the last."""
    run: list[Any] = []
    held = 0
    for frame in frames:
        run.append(frame)
        held += frame.samples
        if held >= count:
            yield run
            run, held = [], 0
    if run:
        yield run


def _folded(runs: Iterator[list[Any]], rate: int) -> Iterator[Samples]:
    """Every run of frames as a stereo block (n, 2): by itself where it is easily read, otherwise by FFmpeg."""
    import av
    import numpy as np

    folding = av.AudioResampler(format="flt", layout="stereo", rate=rate)
    first: Any = None
    for run in runs:
        first = first or run[0]
        if any(_kind(frame) != _kind(first) for frame in run):
            raise ValueError("its sound changes its kind half-way")
        if first.sample_rate == rate and first.format.name in _SCALES and first.layout.name in _LAYOUTS:
            yield _read(run)
        else:
            folded = [one.to_ndarray().reshape(-1, 2) for frame in run for one in folding.resample(frame)]
            yield np.concatenate(folded).astype(np.float32) if folded else np.zeros((0, 2), np.float32)


def _kind(frame: Any) -> tuple[str, str, int]:
    return frame.format.name, frame.layout.name, frame.sample_rate


def _read(run: list[Any]) -> Samples:
    """Frames of one kind as FFmpeg folds them, (n, 2): a single channel is heard at equal power on both sides."""
    import numpy as np

    channels = len(run[0].layout.channels)
    scale, kind = _SCALES[run[0].format.name]
    planes = np.empty((channels, sum(frame.samples for frame in run)), np.float32)
    at = 0
    for frame in run:
        until = at + frame.samples
        if frame.format.is_planar:
            for plane, samples in zip(planes, frame.planes, strict=True):
                plane[at:until] = np.frombuffer(samples, kind, frame.samples)
        else:
            joined = np.frombuffer(frame.planes[0], kind, frame.samples * channels)
            planes[:, at:until] = joined.reshape(-1, channels).T
        at = until
    if scale != 1.0:
        planes *= np.float32(scale)
    if channels == 1:
        planes = np.repeat(planes * np.float32(math.sqrt(0.5)), 2, axis=0)
    return planes.T


def _stop_if_asked(work: Work) -> None:
    if work.cancelled():
        raise InterruptedRender("bringing in the sound was stopped")
