"""WAVs of the house read for mixing: any stretch as planes, straight from 24-bit words.

Reading is what mixing does most; decoding whole planes at once costs a quarter of what a general reader does. Knows
nothing of what is heard in them.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from audio.signal import wavefile
from audio.voice import RATE, Samples
from storyboard.errors import RenderError

_WIDTH = 3
"""Bytes in a word of 24 bits."""

_BLOCK = 1 << 14
"""Samples that are decoded at once: few enough to stay near the processor."""

_PLAIN = (1, 0xFFFE)
"""The two ways in which a WAV says that it holds plain words: as such, and as an extended one."""

_CHUNK_HEADER = struct.Struct("<4sI")
_FORMAT = struct.Struct("<HHIIHH")


@dataclass(frozen=True, slots=True)
class Wave:
    """A WAV of which it is known where its words lie: `first` is the byte of the first, `samples` counts per channel.

    `first` is 0 for a file that does not hold plain 24-bit words; it is read by the general reader. `changed` is when
    the file was, in nanoseconds.
    """

    path: Path
    channels: int
    samples: int
    first: int = 0
    changed: int = 0


def probe(path: Path) -> Wave:
    """Where the words of a WAV lie; RenderError where it is no sound at 48 kHz."""
    try:
        with path.open("rb") as file:
            found = _found(file, path)
    except OSError:
        found = None
    if found is not None:
        return found
    with wavefile.opened(path) as sound:
        return Wave(path, int(sound.channels), int(sound.frames), changed=path.stat().st_mtime_ns)


def _found(file: BinaryIO, path: Path) -> Wave | None:
    """The words' place after reading the headers; None for any other file than one of 24-bit words at 48 kHz."""
    head = file.read(12)
    if head[:4] != b"RIFF" or head[8:] != b"WAVE":
        return None
    channels = 0
    while len(header := file.read(_CHUNK_HEADER.size)) == _CHUNK_HEADER.size:
        kind, size = _CHUNK_HEADER.unpack(header)
        if kind == b"fmt " and size >= _FORMAT.size:
            way, channels, rate, _, _, bits = _FORMAT.unpack(file.read(_FORMAT.size))
            if way not in _PLAIN or rate != RATE or bits != 8 * _WIDTH or not channels:
                return None
            file.seek(size - _FORMAT.size + size % 2, 1)
        elif kind == b"data" and channels:
            first = file.tell()
            there = path.stat()
            samples = min(size, there.st_size - first) // (_WIDTH * channels)
            return Wave(path, channels, samples, first, there.st_mtime_ns)
        else:
            file.seek(size + size % 2, 1)
    return None


def blocks(wave: Wave, start: int, count: int) -> Iterator[tuple[int, Samples, float]]:
    """`count` samples from `start` in order, as planes (channels, n), each with its place after `start`.

    Times the last value, a power of two, they are samples of -1..1: who scales them anyway does both at once. They end
    where the file does. A block is only good until the next one is asked for.
    """
    import numpy as np

    count = max(0, min(count, wave.samples - start))
    if not wave.first:
        sound = wavefile.read(wave.path, start, count)
        yield 0, np.ascontiguousarray(sound.reshape(count, -1).T), 1.0
        return
    width = _WIDTH * wave.channels
    # One byte more before them: each word is read as the upper part of four bytes.
    held = bytearray(min(count, _BLOCK) * width + 1)
    planes = np.empty((wave.channels, _BLOCK), np.float32)
    with wave.path.open("rb", buffering=0) as file:
        for at in range(0, count, _BLOCK):
            block = min(_BLOCK, count - at)
            file.seek(wave.first + (start + at) * width - 1)
            if file.readinto(memoryview(held)[: block * width + 1]) != block * width + 1:
                raise RenderError(f"the sound {wave.path.name} ends before its end", "remove it and render again")
            for channel, plane in enumerate(planes):
                words = np.ndarray((block,), "<i4", held, channel * _WIDTH, (width,))
                plane[:block] = words >> 8
            yield at, planes[:, :block], 2.0**-23
