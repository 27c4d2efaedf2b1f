"""Excerpts of a finished file's sound, and how far they lie from where they were planned.

Streams the sound once, whatever the film's length. Knows nothing of scenes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import av
import numpy as np
import soundfile
from numpy.typing import NDArray
from scipy.signal import correlate

from render.watching import spans_of

Mono = NDArray[np.float32]

REACH = 2400
"""How far a shift is looked for, in samples: 50 ms, more than three times what is still allowed."""

QUIET = 1e-3
"""Root mean square below which an excerpt has nothing to be compared by (-60 dBFS)."""


def excerpts(path: Path, windows: Sequence[tuple[int, int]]) -> list[Mono]:
    """Mono excerpts (first sample, length) of a media file's first sound track, at 48 kHz, zero-padded past its end.

    Windows are answered in the order in which they were asked.
    """
    found = [np.zeros(length, np.float32) for _, length in windows]
    with av.open(str(path)) as media:
        resampler = av.AudioResampler(format="fltp", layout="stereo", rate=48_000)
        place = None
        frame: Any
        for frame in media.decode(audio=0):
            for ready in resampler.resample(frame):
                samples = ready.to_ndarray().mean(axis=0)
                if place is None:
                    place = round((frame.pts or 0) * frame.time_base * 48_000)
                for (first, length), excerpt in zip(windows, found, strict=True):
                    begin, end = max(first, place), min(first + length, place + len(samples))
                    if begin < end:
                        excerpt[begin - first : end - first] = samples[begin - place : end - place]
                place += len(samples)
    return found


def read_excerpt(path: Path, first: int, length: int) -> Mono:
    """A mono excerpt of a WAV file; what lies outside the file is silence."""
    with soundfile.SoundFile(str(path)) as wav:
        begin, end = min(max(0, first), wav.frames), min(max(0, first + length), wav.frames)
        wav.seek(begin)
        read = wav.read(end - begin, dtype="float32", always_2d=True).mean(axis=1)
    excerpt = np.zeros(length, np.float32)
    excerpt[begin - first : begin - first + len(read)] = read
    return excerpt


def shift(heard: Mono, planned: Mono) -> int | None:
    """By how many samples `planned` lies later in `heard` than it should; None where there is nothing to compare.

    `heard` holds REACH samples more than `planned` on both sides.
    """
    if len(planned) == 0 or np.sqrt(np.mean(np.square(planned))) < QUIET or not heard.any():
        return None
    likeness = correlate(heard.astype(np.float64), planned.astype(np.float64), mode="valid", method="fft")
    return int(np.argmax(likeness)) - REACH


def silence(path: Path) -> list[list[float]]:
    """Spans in which a file's sound stays under -60 dBFS, as [start, end] in seconds."""
    return spans_of([level < QUIET for level in _levels(path)], 0.1)


def _levels(path: Path) -> Iterator[float]:
    """The root mean square of each tenth of a second."""
    with av.open(str(path)) as media:
        rest = np.zeros(0, np.float32)
        for frame in media.decode(audio=0):
            rest = np.concatenate([rest, frame.to_ndarray().mean(axis=0)])
            while len(rest) >= 4800:
                yield float(np.sqrt(np.mean(np.square(rest[:4800], dtype=np.float64))))
                rest = rest[4800:]
