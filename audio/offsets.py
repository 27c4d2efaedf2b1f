"""Finding a sound again in a finished film, to tell by how many samples it lies beside its plan.

Used by the self-test after a render. Reads only the neighbourhood of the cue. Knows no storyboard.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from scipy.signal import butter, correlate, sosfilt

from audio import wavefile
from audio.voice import RATE, Samples
from storyboard.errors import MissingError

_LOOKED_AT = 2 * RATE
"""Samples of the cue that are compared."""


@dataclass(frozen=True, slots=True)
class Offset:
    """`samples` is how late (positive) or early the sound is; `likeness` is 0..1, below 0.3 it was not found."""

    samples: int
    likeness: float


def find_offset(film: Path, sound: Path, at_sample: int, reach: int = RATE // 5, start: int = 0) -> Offset:
    """Looks for `sound` (a WAV of the house) in the film's first sound stream, up to `reach` samples around its plan.

    `start` skips that many samples of the sound: music and noise over a line's beginning make it harder to find.
    """
    wanted = _mono(wavefile.read(sound, start, _LOOKED_AT))
    at = at_sample + start
    heard = heard_between(film, at - reach, at + len(wanted) + reach)
    score = correlate(_voiced(heard), _voiced(wanted), mode="valid")
    best = int(np.argmax(np.abs(score)))
    window = _voiced(heard)[best : best + len(wanted)]
    norm = float(np.linalg.norm(window) * np.linalg.norm(_voiced(wanted)))
    return Offset(best - reach, round(float(abs(score[best])) / norm, 4) if norm > 0 else 0.0)


def _mono(sound: Samples) -> Samples:
    return sound if sound.ndim == 1 else np.asarray(sound.mean(axis=1), np.float32)


def _voiced(sound: Samples) -> Samples:
    """The band of speech, where music's bass and hiss of rain disturb least."""
    band = butter(2, [300.0, 3400.0], "bandpass", fs=RATE, output="sos")
    return np.asarray(sosfilt(band, sound), np.float32)


def heard_between(film: Path, first: int, last: int) -> Samples:
    """The film's sound from sample `first` to `last` (exclusive) of its presentation time, mono; silence outside it."""
    out = np.zeros(last - first, np.float32)
    with av.open(str(film)) as media:
        if not media.streams.audio:
            raise MissingError(f"{film.name} has no sound", "render it with sound")
        stream = media.streams.audio[0]
        resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
        early = max(0.0, first / RATE - 0.5)  # a decoder needs a few packets to settle
        media.seek(round(early * 1_000_000))
        for frame in media.decode(stream):
            for block in resampler.resample(frame):
                at = round((block.time or 0.0) * RATE) - first
                samples = block.to_ndarray().reshape(-1)
                low, high = max(at, 0), min(at + len(samples), len(out))
                if low < high:
                    out[low:high] = samples[low - at : high - at]
            if frame.time is not None and frame.time * RATE > last:
                break
    return out
