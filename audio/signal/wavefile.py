"""WAV files of the house: 48 kHz, 24 bit, read in blocks and written at once or block by block.

Everything that lies between two sound steps on disk is such a file. Knows nothing of what is heard in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from audio.voice import RATE, Samples
from storyboard.errors import RenderError

if TYPE_CHECKING:
    import soundfile as sf

_TOP = 1.0 - 2.0**-23
"""The largest value that 24 bits can hold."""


class WaveSink(Protocol):
    """What `writing` gives: takes blocks of samples in order."""

    def write(self, block: Samples) -> None:
        """Append a block of shape (n,) or (n, channels)."""


class _Sink:
    def __init__(self, file: sf.SoundFile) -> None:
        self._file = file

    def write(self, block: Samples) -> None:
        import numpy as np

        self._file.write(np.clip(block, -1.0, _TOP))


@contextmanager
def writing(path: Path, channels: int) -> Iterator[WaveSink]:
    """Opens a 48 kHz 24-bit WAV at `path` for writing in blocks; values are clipped to -1..1."""
    import soundfile as sf

    with sf.SoundFile(path, "w", samplerate=RATE, channels=channels, format="WAV", subtype="PCM_24") as file:
        yield _Sink(file)


def write(path: Path, samples: Samples) -> None:
    """Writes mono (n,) or stereo (n, 2) samples as a 48 kHz 24-bit WAV."""
    with writing(path, 1 if samples.ndim == 1 else samples.shape[1]) as sink:
        sink.write(samples)


def length(path: Path) -> int:
    """The number of samples per channel of a WAV of the house."""
    with opened(path) as file:
        return int(file.frames)


@contextmanager
def opened(path: Path) -> Iterator[sf.SoundFile]:
    """Opens a WAV for reading with seek; RenderError where it is not a 48 kHz one."""
    import soundfile as sf

    try:
        file = sf.SoundFile(path)
    except sf.LibsndfileError as reason:
        raise RenderError(f"the sound {path.name} cannot be read: {reason}", "remove it and render again") from reason
    with file:
        if file.samplerate != RATE:
            raise RenderError(
                f"the sound {path.name} has {file.samplerate} samples a second, {RATE} were expected",
                "bring it in through the sound-file step, which resamples",
            )
        yield file


def read(path: Path, start: int = 0, count: int = -1) -> Samples:
    """Reads `count` samples from `start` (all by default): (n,) for mono, (n, channels) otherwise."""
    with opened(path) as file:
        file.seek(min(start, file.frames))
        block: Samples = file.read(count, dtype="float32", always_2d=False)
        return block
