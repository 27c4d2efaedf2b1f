"""The pictures and the sound of the report: frames of takes as small WebP, the film's sound as columns and levels.

Reads finished takes and films; makes nothing again.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from projects.steps import Artifact
from scenes.frames import i420_to_rgb
from scenes.takes import take_pictures

COLUMNS = 1000
"""Columns of the sound wave."""

_QUALITY = 72
_SHORT_TERM = 30
"""Tenths of a second over which short-term loudness is taken (EBU R 128)."""


def frames_of(take: Artifact, places: Iterable[float], height: int) -> tuple[bytes, ...]:
    """Frames at these places (0..1) of a take, `height` pixels high, as WebP."""
    frames = int(take.facts["frames"])
    return tuple(_webp(take, min(frames - 1, int(place * frames)), height) for place in places)


def _webp(take: Artifact, frame: int, height: int) -> bytes:
    picture = Image.fromarray(i420_to_rgb(next(iter(take_pictures(take, frame, frame + 1)))))
    small = picture.resize((round(height * picture.width / picture.height), height), Image.Resampling.LANCZOS)
    coded = io.BytesIO()
    small.save(coded, "WEBP", quality=_QUALITY)
    return coded.getvalue()


def sound_wave(film: Path, samples: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The lowest and the highest sample (both channels, float32) of each column of a film's sound.

    `samples` is its planned length at 48 kHz. Reads block by block: memory does not grow with the film.
    """
    import av

    low = np.zeros(COLUMNS, np.float32)
    high = np.zeros(COLUMNS, np.float32)
    at = 0
    with av.open(str(film)) as media:
        if not media.streams.audio:
            return low, high
        for frame in media.decode(media.streams.audio[0]):
            block = frame.to_ndarray()
            if block.dtype == np.int16:
                block = block.astype(np.float32) / 32768
            columns = np.minimum((at + np.arange(block.shape[1])) * COLUMNS // max(1, samples), COLUMNS - 1)
            np.minimum.at(low, columns, block.min(axis=0))
            np.maximum.at(high, columns, block.max(axis=0))
            at += block.shape[1]
    return low, high


def short_term(heard: Sequence[Mapping[str, Any]]) -> NDArray[np.float64]:
    """Loudness of three seconds around each tenth of a second (LUFS), from what was heard in all chunks in order."""
    if not heard:
        return np.empty(0)
    energies = np.concatenate([np.asarray(one["energies"], np.float64) for one in heard])
    window = min(_SHORT_TERM, len(energies))
    sums = np.convolve(energies, np.ones(window), "same") / window
    return np.where(sums > 0, -0.691 + 10 * np.log10(np.maximum(sums, 1e-12)), -math.inf)
