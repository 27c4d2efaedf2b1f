"""What lies in a piece of picture or a chunk of sound: sizes, order and coding of its packets, read from the index.

Nothing is decoded and no media is read, apart from the first bytes, in which an encoder may name itself. Knows MP4 as
libavformat writes it for the house: one track in one run of bytes. Everything else is an UnknownLayout.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from render.boxes import CutOff, UnknownLayout, box, boxes, index_of, inside

_HEADS = {b"avc1": 86, b"hvc1": 86, b"av01": 86, b"mp4a": 36}
"""Bytes of a sample entry before the boxes inside it, by its name."""

_CODER = re.compile(rb"x264 - core [^-\0]{1,40}")
_NAMED_WITHIN = 256
"""Bytes of a piece in which x264 names itself."""

_RATES = struct.Struct(">3sII")
"""Size of buffer, highest and mean bit rate, as `esds` holds them."""

_SPARE = 8
"""The bit of `sdtp` that says that nothing hangs on a packet."""

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class CodedTrack:
    """The coded packets of one file, in their order, in one run of bytes from `start` on.

    `entry` is the sample entry without its bit rates, `tick` the length of a packet in `timescale`. Per packet: `sizes`
    in bytes, `shown` its place in the order of showing, `keys` whether decoding can begin there, `spare` whether no
    other one hangs on it. `coder` is the encoder that names itself in the packets, if it does.
    """

    path: Path
    entry: bytes
    timescale: int
    tick: int
    start: int
    sizes: Numbers
    shown: Numbers
    keys: Flags
    spare: Flags
    coder: bytes

    @property
    def kind(self) -> bytes:
        """`avc1`, `hvc1`, `av01` or `mp4a`."""
        return self.entry[4:8]

    @property
    def coding(self) -> tuple[bytes, int, int, bytes]:
        """What must agree, byte by byte, in files that are joined."""
        return self.entry, self.timescale, self.tick, self.coder

    @property
    def delay(self) -> int:
        """Packets by which decoding runs ahead of showing."""
        return int((np.arange(len(self.shown)) - self.shown).max())


def coded_track(path: Path) -> CodedTrack:
    """Read the index of a piece or a chunk; raises UnknownLayout, CutOff, or OSError where the file cannot be read."""
    with path.open("rb") as file:
        try:
            moov, first, last = index_of(file)
            return _track(path, file, moov, first, last)
        except UnknownLayout as problem:
            raise UnknownLayout(f"{path.name}: {problem.message}") from problem
        except (struct.error, ValueError, IndexError) as problem:
            raise CutOff(f"{path.name}: its index is cut short") from problem


def rated(entry: bytes, bits: int) -> bytes:
    """A sample entry that says how many bits a second the track takes."""
    if entry[4:8] == b"mp4a":
        entry = _with_rates(entry, bits)
    return box(entry[4:8], entry[8:], box(b"btrt", struct.pack(">III", 0, bits, bits)))


def _track(path: Path, file: BinaryIO, moov: bytes, first: int, last: int) -> CodedTrack:
    media = inside(moov, b"trak", b"mdia")
    table = {one.name: one.body for one in boxes(inside(media, b"minf", b"stbl"))}
    entry = _entry(table[b"stsd"]) if b"stsd" in table else b""
    if missing := {b"stsd", b"stts", b"stsc", b"stsz"} - table.keys():
        raise UnknownLayout(f"there is no {min(missing).decode()}")
    sizes = _sizes(table[b"stsz"], last - first)
    count = len(sizes)
    tick = _tick(table[b"stts"], count, even=entry[4:8] != b"mp4a")
    start = _start(table, sizes)
    if start < first or start + int(sizes.sum()) > last:
        raise CutOff("packets lie outside of the media")
    keys = np.ones(count, np.bool_)
    if b"stss" in table:
        keys[:] = False
        keys[_numbers(table[b"stss"], ">u4")[:, 0] - 1] = True
    if not keys[0]:
        raise UnknownLayout("decoding cannot begin at the first packet")
    spare = np.frombuffer(table[b"sdtp"], np.uint8, count, 4) & _SPARE != 0 if b"sdtp" in table else ~np.ones_like(keys)
    file.seek(start)
    named = _CODER.search(file.read(_NAMED_WITHIN)) if entry[4:8] == b"avc1" else None
    return CodedTrack(
        path=path,
        entry=entry,
        timescale=_timescale(inside(media, b"mdhd")),
        tick=tick,
        start=start,
        sizes=sizes,
        shown=_shown(table.get(b"ctts"), count, tick),
        keys=keys,
        spare=spare,
        coder=named.group().strip() if named else b"",
    )


def _numbers(body: bytes, kind: str, columns: int = 1) -> Numbers:
    """The rows of a table with a version, flags and a number of entries."""
    (count,) = struct.unpack_from(">I", body, 4)
    rows: Any = np.frombuffer(body, kind, count * columns, 8)
    found: Numbers = rows.astype(np.int64).reshape(count, columns)
    return found


def _entry(body: bytes) -> bytes:
    """The only sample entry, its bit rates left out: they differ from piece to piece and say nothing of the coding."""
    name, found = next(((one.name, one.body) for one in boxes(body[8:])), (b"", b""))
    if struct.unpack_from(">I", body, 4) != (1,) or name not in _HEADS:
        raise UnknownLayout("the coding is not one of the house")
    head = _HEADS[name] - 8
    kept = (box(one.name, one.body) for one in boxes(found[head:]) if one.name != b"btrt")
    entry = box(name, found[:head], *kept)
    return _with_rates(entry, 0) if name == b"mp4a" else entry


def _with_rates(entry: bytes, bits: int) -> bytes:
    """An entry of AAC whose elementary stream descriptor (ISO/IEC 14496-1, 7.2.6) says these bits a second."""
    at = entry.find(b"esds")
    if at < 0:
        raise UnknownLayout("AAC has no esds")
    at = _inside_descriptor(entry, at + 8, 3)
    # The stream is named after its track; sound is the second one of a film.
    entry = entry[:at] + b"\0\2" + entry[at + 2 :]
    at = _inside_descriptor(entry, at + 3, 4) + 2
    return entry[:at] + _RATES.pack(b"\0\0\0", bits, bits) + entry[at + _RATES.size :]


def _inside_descriptor(data: bytes, at: int, tag: int) -> int:
    """Where the inside of a descriptor begins: behind its tag and a length whose bytes say whether another follows."""
    if data[at] != tag:
        raise UnknownLayout(f"descriptor {data[at]} stands where {tag} was due")
    at += 1
    while data[at] & 0x80:
        at += 1
    return at + 1


def _sizes(body: bytes, media: int) -> Numbers:
    """The sizes of all packets in bytes, of which there are `media` at most."""
    alike, count = struct.unpack_from(">II", body, 4)
    if not 0 < count <= media:
        raise CutOff(f"it cannot have {count} packets")
    if alike:
        return np.full(count, alike, np.int64)
    return np.frombuffer(body, ">u4", count, 12).astype(np.int64)


def _tick(body: bytes, count: int, *, even: bool) -> int:
    """The length of a packet; only the last one of a sound may be shorter."""
    rows = _numbers(body, ">u4", 2)
    tick = int(rows[0, 1])
    shorter = not even and len(rows) == 2 and rows[1, 0] == 1 and rows[1, 1] <= tick
    if not tick or rows[:, 0].sum() != count or not (len(rows) == 1 or shorter):
        raise UnknownLayout("packets are not of one length")
    return tick


def _timescale(body: bytes) -> int:
    """Units a second of the track's time."""
    (scale,) = struct.unpack_from(">I", body, 20 if body[0] == 1 else 12)
    return int(scale)


def _shown(body: bytes | None, count: int, tick: int) -> Numbers:
    """Each packet's place in the order of showing; every place must be taken once."""
    coded = np.arange(count, dtype=np.int64)
    if body is None:
        return coded
    rows = _numbers(body, ">i4", 2)
    if rows[:, 0].min() < 0 or rows[:, 0].sum() != count:
        raise CutOff("its times are not as many as its packets")
    times = np.repeat(rows[:, 1], rows[:, 0]) + coded * tick
    places, rest = np.divmod(times - times.min(), tick)
    if rest.any() or not np.array_equal(np.sort(places), coded):
        raise UnknownLayout("its frames do not follow one another")
    return np.asarray(places, np.int64)


def _start(table: dict[bytes, bytes], sizes: Numbers) -> int:
    """Where the first packet lies; the others must follow it without a gap."""
    offsets = _numbers(table[b"co64"], ">u8") if b"co64" in table else _numbers(table.get(b"stco", b""), ">u4")
    rows = _numbers(table[b"stsc"], ">u4", 3)
    if (rows[:, 2] != 1).any():
        raise UnknownLayout("it has several codings")
    held = np.repeat(rows[:, 1], np.diff(np.append(rows[:, 0], len(offsets) + 1)))
    begins = np.concatenate([[0], np.cumsum(sizes)])
    firsts = np.concatenate([[0], np.cumsum(held)])
    if firsts[-1] != len(sizes) or (offsets[:, 0] - offsets[0, 0] != begins[firsts[:-1]]).any():
        raise UnknownLayout("its packets are scattered")
    return int(offsets[0, 0])
