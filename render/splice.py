"""The splicer: writes a film from the packets of its pieces and its sound, index first, without touching a packet.

All sizes are known beforehand, so the index is written in one pass and the media is copied behind it by the system
itself, picture and sound a second at a time. What it writes reads like what libavformat would mux.
"""

from __future__ import annotations

import errno
import math
import os
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from io import FileIO
from pathlib import Path
from typing import Any

import numpy as np

from render.boxes import LONG
from render.coded import CodedTrack, Numbers, rated
from render.movie import Lane, Mark, chapter_lane, chapter_texts, file_type, movie
from storyboard.errors import RenderError
from storyboard.time import SAMPLE_RATE

PACKET = 1024
"""Samples in one packet of AAC; the first one of a film only primes the decoder."""

_AHEAD = 8
"""Packets of sound that are written before the picture needs them."""

_BLOCK = 1 << 20
_NOT_HERE = {errno.ENOSYS, errno.EXDEV, errno.EINVAL, errno.EOPNOTSUPP, errno.EPERM}
"""What a system says that cannot copy between these files by itself."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What players show about a film: chapters, MP4 tags, and the language of its sound in ISO 639-2."""

    marks: Sequence[Mark]
    metadata: Mapping[str, str]
    language: str


def film_scale(rate: Fraction) -> int:
    """Units a second of a film's own time: as fine as both its frames and its samples, where a number can say it."""
    exact = math.lcm(SAMPLE_RATE, rate.numerator)
    return exact if exact < LONG // 2 else SAMPLE_RATE


def packets_of(samples: int) -> int:
    """How many packets of AAC so many samples take, with the one that only primes the decoder."""
    return -(-samples // PACKET) + 1


def splice(
    out: Path,
    picture: Sequence[CodedTrack],
    sound: Sequence[CodedTrack],
    samples: int,
    rate: Fraction,
    labels: Labels,
    progress: Callable[[float], None],
) -> str:
    """Write the film and say how its media was copied: `by the system` or `by hand`.

    Tracks of one kind are coded alike, and those of the sound hold at least `packets_of(samples)`. `progress` is told
    the part that is written. Raises UnknownLayout before anything is written, RenderError for a piece that became
    shorter meanwhile.
    """
    texts = chapter_texts(labels.marks)
    lead = sum(map(len, texts))
    sizes = [np.concatenate([track.sizes for track in tracks]) for tracks in (picture, sound)]
    sizes[1] = sizes[1][: packets_of(samples)]
    runs = _laid_out(sizes[0], sizes[1], rate, lead)
    lanes = [_picture_lane(picture, sizes[0], runs[0]), _sound_lane(sound, sizes[1], runs[1], samples, labels.language)]
    if texts:
        lanes.append(chapter_lane(labels.marks, texts, film_scale(rate), labels.language))
    head = _head(picture[0].kind, lanes, film_scale(rate), labels, lead + sum(int(one.sum()) for one in sizes))
    amounts = list(zip(runs[0].bytes.tolist(), runs[1].bytes.tolist(), strict=True))
    with out.open("wb", buffering=0) as film, _Reel(picture, film) as first, _Reel(sound, film) as second:
        _write_all(film, head + b"".join(texts))
        for number, (seen, heard) in enumerate(amounts):
            first.run(seen)
            second.run(heard)
            progress((number + 1) / len(amounts))
    return "by the system" if first.by_system and second.by_system else "by hand"


@dataclass(frozen=True, slots=True, eq=False)
class _Runs:
    """One track cut into runs: packets and bytes of each, and how far it lies from the first byte of the media."""

    packets: Numbers
    bytes: Numbers
    places: Numbers

    def lane(self, **rest: Any) -> Lane:
        """A lane of the film with these runs; no table holds an empty one."""
        full = self.packets > 0
        return Lane(held=self.packets[full], places=self.places[full], **rest)


def _laid_out(picture: Numbers, sound: Numbers, rate: Fraction, lead: int) -> tuple[_Runs, _Runs]:
    """Cut both tracks, given the sizes of their packets, into runs of a second, in turns, behind `lead` bytes."""
    second = max(1, round(rate))
    frames = np.append(np.arange(0, len(picture), second), len(picture))
    needed = -(-frames[1:] * SAMPLE_RATE * rate.denominator // (rate.numerator * PACKET)) + 1 + _AHEAD
    packets = np.concatenate([[0], np.minimum(needed[:-1], len(sound)), [len(sound)]])
    cuts = [(picture, frames), (sound, packets)]
    held = [np.diff(np.concatenate([[0], np.cumsum(sizes)])[bounds]) for sizes, bounds in cuts]
    ends = np.cumsum(np.stack(held, axis=1)).reshape(-1, 2)
    places = [lead + ends[:, column] - held[column] for column in (0, 1)]
    seen, heard = (
        _Runs(np.diff(bounds), amount, place) for (_, bounds), amount, place in zip(cuts, held, places, strict=True)
    )
    return seen, heard


def _picture_lane(tracks: Sequence[CodedTrack], sizes: Numbers, runs: _Runs) -> Lane:
    """The track of pictures: packet k is decoded at k, whatever its piece says, and shown where its piece shows it."""
    begins = np.cumsum([0, *(len(track.shown) for track in tracks[:-1])])
    shown = np.concatenate([track.shown + begin for track, begin in zip(tracks, begins.tolist(), strict=True)])
    tick, delay = tracks[0].tick, max(track.delay for track in tracks)
    bits = _bits(sizes, len(sizes) * tick, tracks[0].timescale)
    return runs.lane(
        handler=b"vide",
        entry=rated(tracks[0].entry, bits),
        timescale=tracks[0].timescale,
        lengths=np.full_like(sizes, tick),
        begins=delay * tick,
        length=len(sizes) * tick,
        sizes=sizes,
        late=(shown - np.arange(len(shown)) + delay) * tick,
        keys=np.concatenate([track.keys for track in tracks]),
        spare=np.concatenate([track.spare for track in tracks]),
    )


def _sound_lane(tracks: Sequence[CodedTrack], sizes: Numbers, runs: _Runs, samples: int, language: str) -> Lane:
    """The track of sound: its first packet is not heard, and its last one only as far as the film goes."""
    lengths = np.full_like(sizes, PACKET)
    lengths[-1] = samples - (len(sizes) - 2) * PACKET
    return runs.lane(
        handler=b"soun",
        entry=rated(tracks[0].entry, _bits(sizes, PACKET + samples, SAMPLE_RATE)),
        timescale=SAMPLE_RATE,
        lengths=lengths,
        begins=PACKET,
        length=samples,
        sizes=sizes,
        language=language,
    )


def _bits(sizes: Numbers, length: int, timescale: int) -> int:
    """Bits a second, as far as a field of four bytes can say."""
    return min(int(sizes.sum()) * 8 * timescale // length, LONG - 1)


def _head(kind: bytes, lanes: Sequence[Lane], scale: int, labels: Labels, total: int) -> bytes:
    """Everything before the media, of which there are `total` bytes."""
    start = file_type(kind)
    media = (
        struct.pack(">I4s", total + 8, b"mdat") if total + 8 < LONG else struct.pack(">I4sQ", 1, b"mdat", total + 16)
    )
    at = len(start) + len(media)
    # Places have a fixed width, so that the index is as long with the right ones; only at 4 GiB a table may grow.
    for _ in range(4):
        index = movie(lanes, scale, labels.metadata, labels.marks, at)
        if at == len(start) + len(index) + len(media):
            break
        at = len(start) + len(index) + len(media)
    return start + index + media


class _Reel:
    """The media of files, one behind another, copied into the film run by run; one file is open at a time."""

    def __init__(self, tracks: Sequence[CodedTrack], film: FileIO) -> None:
        self._tracks = iter(tracks)
        self._film = film
        self._file: FileIO | None = None
        self._at = self._left = 0
        self.by_system = hasattr(os, "copy_file_range")

    def __enter__(self) -> _Reel:
        """Nothing is open yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close what is open."""
        self._close()

    def run(self, amount: int) -> None:
        """Copy the next `amount` bytes."""
        while amount:
            if not self._left:
                self._next()
            count = min(amount, self._left)
            self._copy(count)
            self._at += count
            self._left -= count
            amount -= count

    def _next(self) -> None:
        self._close()
        track = next(self._tracks)
        self._file = track.path.open("rb", buffering=0)
        self._at, self._left = track.start, int(track.sizes.sum())

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _copy(self, count: int) -> None:
        file, at = self._file, self._at
        end = at + count
        while file is not None and at < end:
            done = self._by_system(file, at, end - at) if self.by_system else _by_hand(file, self._film, at, end - at)
            if not done and not self.by_system:
                raise RenderError(
                    f"{Path(file.name).name} became shorter while it was being joined", "run the same command again"
                )
            # A system that copies nothing and says no reason cannot copy from such files.
            self.by_system = self.by_system and done > 0
            at += done

    def _by_system(self, file: FileIO, at: int, count: int) -> int:
        try:
            return os.copy_file_range(file.fileno(), self._film.fileno(), count, at)
        except OSError as problem:
            if problem.errno not in _NOT_HERE:
                raise
            return 0


def _by_hand(file: FileIO, film: FileIO, at: int, count: int) -> int:
    file.seek(at)
    block = file.read(min(count, _BLOCK))
    _write_all(film, block)
    return len(block)


def _write_all(file: FileIO, data: bytes) -> None:
    """Write all of `data` to an unbuffered file, which may take it in parts."""
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]
