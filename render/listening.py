"""Excerpts of a finished file's sound, and how far they lie from where they were planned.

Streams the sound once, whatever the film's length. Knows nothing of scenes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
import soundfile
from numpy.typing import NDArray

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
    for place, samples in _heard(path):
        for (first, length), excerpt in zip(windows, found, strict=True):
            begin, end = max(first, place), min(first + length, place + len(samples))
            if begin < end:
                excerpt[begin - first : end - first] = samples[begin - place : end - place]
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


TENTH = 4800
"""Samples of a tenth of a second."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a sound was found: by how many samples too late, and how like it is to what was planned, 0..1."""

    late: int
    likeness: float


def find(heard: Mono, planned: Mono) -> Found | None:
    """Find `planned` in `heard`, which holds REACH samples more on both sides; None for a silent plan."""
    from scipy.signal import correlate

    if len(planned) == 0 or np.sqrt(np.mean(np.square(planned))) < QUIET:
        return None
    wave, due = heard.astype(np.float64), planned.astype(np.float64)
    products = correlate(wave, due, mode="valid", method="fft")
    late = int(np.argmax(products))
    energy = float(np.sum(np.square(wave[late : late + len(due)]))) * float(np.sum(np.square(due)))
    likeness = float(products[late]) / math.sqrt(energy) if energy > 0 else 0.0
    return Found(late - REACH, round(min(1.0, max(0.0, likeness)), 3))


def silence(path: Path) -> list[list[float]]:
    """Spans in which a file's sound stays under -60 dBFS, as [start, end] in seconds."""
    return spans_of([level < QUIET for level in _levels(path)], 0.1)


def _levels(path: Path) -> Iterator[float]:
    """The root mean square of each tenth of a second."""
    rest = np.zeros(0, np.float32)
    for _, samples in _heard(path):
        rest = np.concatenate([rest, samples])
        while len(rest) >= TENTH:
            yield float(np.sqrt(np.mean(np.square(rest[:TENTH], dtype=np.float64))))
            rest = rest[TENTH:]


def _heard(path: Path) -> Iterator[tuple[int, Mono]]:
    """The first sound track in blocks: the place of each in samples, and its sound as mono at 48 kHz."""
    with av.open(str(path)) as media:
        resampler = av.AudioResampler(format="fltp", layout="stereo", rate=48_000)
        place = None
        frame: Any
        for frame in media.decode(audio=0):
            for ready in resampler.resample(frame):
                samples = ready.to_ndarray().mean(axis=0)
                if place is None:
                    place = round((frame.pts or 0) * frame.time_base * 48_000)
                yield place, samples
                place += len(samples)
