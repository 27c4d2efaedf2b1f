"""What H.264 says of itself outside its pictures: parameter sets, and the kinds of units that a packet holds.

Just enough of ISO/IEC 14496-10 and 14496-15 to tell whether coded frames can be copied without looking into them.
Knows no files.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

SLICE, IDR_SLICE, MESSAGE, SEQUENCE, PICTURE, DELIMITER, FILLER = 1, 5, 6, 7, 8, 9, 12
"""Kinds of units: slices of ordinary and of true key frames, messages, both parameter sets, and what may be skipped."""

_KNOWN = frozenset({SLICE, IDR_SLICE, MESSAGE, SEQUENCE, PICTURE, DELIMITER, FILLER})
_HIGH_PROFILES = frozenset({100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135})
"""Profiles whose sequence parameter set tells the sampling and depth; the others are 4:2:0 in 8 bits."""


@dataclass(frozen=True, slots=True)
class Setup:
    """The decoder's setup as a file's header keeps it (`avcC`): bytes of a unit's length, and the parameter sets."""

    prefix: int
    sequence: bytes
    pictures: tuple[bytes, ...]


def setup_of(extradata: bytes | None) -> Setup | None:
    """The setup in a track's extra data; None where that is not one sequence of whole frames in 8-bit 4:2:0."""
    if not extradata or extradata[0] != 1:
        return None
    try:
        sequences, place = _sets(extradata, 5, 0x1F)
        pictures, _ = _sets(extradata, place, 0xFF)
        if len(sequences) != 1 or not pictures or not _is_plain(sequences[0]):
            return None
    except (IndexError, ValueError):
        return None
    return Setup((extradata[4] & 3) + 1, sequences[0], tuple(pictures))


def is_key_picture(packet: memoryview, setup: Setup) -> bool | None:
    """Whether a packet holds one picture that is a true key frame (IDR); None where it holds anything unexpected.

    Unexpected are broken units, none or several pictures, other layers, and parameter sets that differ from the setup.
    """
    kinds: set[int] = set()
    pictures = 0
    try:
        for unit in _units(packet, setup.prefix):
            kind = unit[0] & 0x1F
            known = kind in _KNOWN and not unit[0] & 0x80
            told = (setup.sequence,) if kind == SEQUENCE else setup.pictures
            if not known or (kind in (SEQUENCE, PICTURE) and bytes(unit) not in told):
                return None
            if kind in (SLICE, IDR_SLICE):
                kinds.add(kind)
                pictures += unit[1] >> 7  # the first slice of a picture begins with macroblock 0, coded as one set bit
    except (IndexError, ValueError):
        return None
    return kinds == {IDR_SLICE} if pictures == 1 and len(kinds) == 1 else None


def _sets(data: bytes, place: int, mask: int) -> tuple[list[bytes], int]:
    """The parameter sets that are counted at `place`, and the place behind them; ValueError where they are cut off."""
    found = []
    count = data[place] & mask
    place += 1
    for _ in range(count):
        end = place + 2 + int.from_bytes(data[place : place + 2])
        if end > len(data) or end < place + 3:
            raise ValueError("a parameter set is cut off")
        found.append(data[place + 2 : end])
        place = end
    return found, place


def _units(packet: memoryview, prefix: int) -> Iterator[memoryview]:
    """The units of a packet, each behind its length; ValueError where the lengths do not add up."""
    place = 0
    while place < len(packet):
        start = place + prefix
        place = start + int.from_bytes(packet[place:start])
        if place > len(packet) or place == start:
            raise ValueError("a unit is cut off")
        yield packet[start:place]


class _Bits:
    """The bits of a unit, read one after the other; ValueError at their end."""

    def __init__(self, unit: bytes) -> None:
        # 00 00 03 stands for 00 00, so that no start code appears inside a unit.
        plain = unit.replace(b"\0\0\3", b"\0\0")
        self._bits = f"{int.from_bytes(plain):0{8 * len(plain)}b}"
        self._place = 0

    def take(self, count: int) -> int:
        """The next `count` bits as a number."""
        self._place += count
        return int(self._bits[self._place - count : self._place], 2)

    def whole(self) -> int:
        """The next number in Exp-Golomb code."""
        zeros = self._bits.index("1", self._place) - self._place
        self._place += zeros
        return self.take(zeros + 1) - 1

    def signed(self) -> int:
        """The next signed number in Exp-Golomb code."""
        coded = self.whole()
        return (coded + 1) // 2 if coded % 2 else -(coded // 2)


def _is_plain(sequence: bytes) -> bool:
    """Whether a sequence parameter set promises whole frames (no fields) in 4:2:0 and 8 bits."""
    bits = _Bits(sequence[1:])
    profile = bits.take(8)
    bits.take(16)
    bits.whole()
    if profile in _HIGH_PROFILES:
        if (bits.whole(), bits.whole(), bits.whole()) != (1, 0, 0):
            return False
        bits.take(1)
        if bits.take(1):
            _skip_scaling(bits)
    bits.whole()
    order = bits.whole()
    if order == 0:
        bits.whole()
    elif order == 1:
        bits.take(1)
        bits.signed()
        bits.signed()
        for _ in range(bits.whole()):
            bits.signed()
    bits.whole()
    bits.take(1)
    bits.whole()
    bits.whole()
    return bits.take(1) == 1


def _skip_scaling(bits: _Bits) -> None:
    """Read past the scaling lists of a 4:2:0 sequence."""
    for number in range(8):
        if not bits.take(1):
            continue
        last = following = 8
        for _ in range(16 if number < 6 else 64):
            if following:
                following = (last + bits.signed()) % 256
            last = following or last
