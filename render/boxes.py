"""The boxes of MP4 (ISO/IEC 14496-12), written and read: a length, a name of four letters, and what is inside.

Bytes only: what the boxes mean is known to `coded`, which reads them, and `splice`, which writes them.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from storyboard.errors import RenderError

LONG = 1 << 32
"""From here on a number needs eight bytes."""


class UnknownLayout(RenderError):
    """A file is laid out in a way that the splicer does not know; libavformat may still read it."""


class CutOff(RenderError):
    """A file ends before it should."""


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its name, and what is inside."""

    name: bytes
    body: bytes


def box(name: bytes, *parts: bytes) -> bytes:
    """A box as bytes."""
    body = b"".join(parts)
    if len(body) + 8 >= LONG:
        raise UnknownLayout(f"the box {name.decode()} would be larger than 4 GiB")
    return struct.pack(">I4s", len(body) + 8, name) + body


def full(name: bytes, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    """A box with a version and flags."""
    return box(name, struct.pack(">I", version << 24 | flags), *parts)


def counted(name: bytes, entries: int, *parts: bytes, flags: int = 0) -> bytes:
    """A box with a version, flags and a number of entries."""
    return full(name, struct.pack(">I", entries), *parts, flags=flags)


def boxes(data: bytes) -> Iterator[Box]:
    """The boxes that lie one behind another in `data`; raises CutOff where they do not fill it."""
    at = 0
    while at < len(data):
        if at + 8 > len(data):
            raise CutOff("a box is cut off")
        size, name = struct.unpack_from(">I4s", data, at)
        if size < 8 or at + size > len(data):
            raise CutOff(f"the box {name!r} has the length {size}")
        yield Box(name, data[at + 8 : at + size])
        at += size


def inside(data: bytes, *path: bytes) -> bytes:
    """What is inside the box that a path of names leads to, which must be there exactly once."""
    for name in path:
        found = [one.body for one in boxes(data) if one.name == name]
        if len(found) != 1:
            raise UnknownLayout(f"there are {len(found)} boxes {name.decode()}")
        data = found[0]
    return data


def index_of(file: BinaryIO) -> tuple[bytes, int, int]:
    """What is inside `moov`, and where the media lies: its first byte and the one behind its last.

    Reads the heads of the outermost boxes and the index; raises CutOff, or UnknownLayout unless there is one of each.
    """
    size = file.seek(0, 2)
    at, moov, media = 0, b"", (0, 0)
    seen: list[bytes] = []
    while at < size:
        file.seek(at)
        head = file.read(16)
        if len(head) < 8:
            raise CutOff("the file is cut off")
        length, name = struct.unpack_from(">I4s", head)
        first = 8
        if length == 1 and len(head) == 16:
            (length,), first = struct.unpack_from(">Q", head, 8), 16
        if length < first or at + length > size:
            raise CutOff("the file is cut off")
        seen.append(name)
        if name == b"moov":
            file.seek(at + first)
            moov = file.read(length - first)
        elif name == b"mdat":
            media = (at + first, at + length)
        at += length
    if b"moov" not in seen:
        raise CutOff("the file has no index")
    if seen.count(b"moov") != 1 or seen.count(b"mdat") != 1 or b"moof" in seen:
        raise UnknownLayout("the file has not one index and one block of media")
    return moov, *media
