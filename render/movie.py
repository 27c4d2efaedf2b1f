"""The index of a film in MP4 (`moov`): tables of its tracks, edit lists, chapters and tags, as bytes.

Laid out as libavformat lays it out, so that every player meets what it knows. Pure: sizes and places in, bytes out.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from render.boxes import LONG, UnknownLayout, box, counted, full
from render.coded import Flags, Numbers

_TAGS = {"title": b"\xa9nam", "artist": b"\xa9ART", "comment": b"\xa9cmt", "copyright": b"cprt"}
_BRANDS = {b"avc1": b"isomiso2avc1mp41", b"hvc1": b"isomiso2mp41", b"av01": b"isomav01iso2mp41"}
_UNITY = struct.pack(">9I", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)
"""The matrix that neither turns nor scales a picture."""

_MEDIA = {
    b"vide": (b"VideoHandler", full(b"vmhd", bytes(8), flags=1)),
    b"soun": (b"SoundHandler", full(b"smhd", bytes(4))),
    b"text": (
        b"SubtitleHandler",
        box(b"gmhd", full(b"gmin", struct.pack(">H3H4x", 0x40, *[0x8000] * 3)), box(b"text", _UNITY)),
    ),
}
_TEXT_ENTRY = box(
    b"text",
    struct.pack(">6xHI", 1, 1),
    bytes(18),
    struct.pack(">HH4x", 1, 0),
    box(b"ftab", struct.pack(">HHB", 1, 1, 0)),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A chapter: its title, and from when to when it goes, in units of the film."""

    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Lane:
    """One track of the film.

    Per packet: `sizes` in bytes, `lengths` in units of `timescale`, `late` by how much it is shown after it is
    decoded; the film shows `length` units of it from the time `begins` on. `held` counts the packets of each run and
    `places` says how far each run lies from the first byte of the media.
    """

    handler: bytes
    entry: bytes
    timescale: int
    lengths: Numbers
    begins: int
    length: int
    sizes: Numbers
    held: Numbers
    places: Numbers
    late: Numbers | None = None
    keys: Flags | None = None
    spare: Flags | None = None
    language: str = "und"


def file_type(kind: bytes) -> bytes:
    """The first box of a film whose picture is of that kind."""
    return box(b"ftyp", b"isom", struct.pack(">I", 512), _BRANDS[kind])


def chapter_texts(marks: Sequence[Mark]) -> list[bytes]:
    """The packets of the track of chapters; raises UnknownLayout where chapters leave gaps."""
    due = 0
    for mark in marks:
        if mark.start != due or mark.end <= mark.start:
            raise UnknownLayout(f"the chapter at {mark.start} does not follow the one before")
        due = mark.end
    titles = [mark.title.encode() for mark in marks]
    return [struct.pack(">H", len(title)) + title + _UTF8 for title in titles]


_UTF8 = box(b"encd", struct.pack(">I", 0x100))


def chapter_lane(marks: Sequence[Mark], texts: Sequence[bytes], scale: int, language: str) -> Lane:
    """The track of chapters in `scale` units a second: its packets lie first of all media, in one run."""
    return Lane(
        handler=b"text",
        entry=_TEXT_ENTRY,
        timescale=scale,
        lengths=np.array([mark.end - mark.start for mark in marks], np.int64),
        begins=0,
        length=marks[-1].end,
        sizes=np.array([len(text) for text in texts], np.int64),
        held=np.array([len(texts)], np.int64),
        places=np.zeros(1, np.int64),
        language=language,
    )


def movie(lanes: Sequence[Lane], scale: int, metadata: Mapping[str, str], marks: Sequence[Mark], media: int) -> bytes:
    """The whole index. `scale` is the film's units a second, `media` where the media begins in the file."""
    chapters = next((number for number, lane in enumerate(lanes, 1) if lane.handler == b"text"), 0)
    tracks = [_track(number, lane, scale, chapters, media) for number, lane in enumerate(lanes, 1)]
    longest = max(_shown(lane, scale) for lane in lanes)
    rest = struct.pack(">IH10x", 1 << 16, 256) + _UNITY + struct.pack(">24xI", len(lanes) + 1)
    head = _timed(b"mvhd", 0, (0, 0, scale), longest, rest)
    return box(b"moov", head, *tracks, _tags(metadata, marks, scale))


def _shown(lane: Lane, scale: int) -> int:
    """How long a track is seen or heard, in units of the film, rounded up."""
    return -(-lane.length * scale // lane.timescale)


def _timed(name: bytes, flags: int, before: tuple[int, ...], length: int, rest: bytes) -> bytes:
    """A head with two dates, some numbers and a length, all of eight bytes where the length needs them.

    `before` are the dates and what stands between them and the length; only dates grow.
    """
    wide = length >= LONG
    dates = struct.pack(">QQ" if wide else ">II", *before[:2])
    middle = struct.pack(f">{len(before) - 2}I", *before[2:])
    return full(name, dates, middle, struct.pack(">Q" if wide else ">I", length), rest, version=int(wide), flags=flags)


def _track(number: int, lane: Lane, scale: int, chapters: int, media: int) -> bytes:
    """One `trak`."""
    shown = _shown(lane, scale)
    heard, seen = lane.handler == b"soun", lane.handler == b"vide"
    size = struct.unpack_from(">HH", lane.entry, 32) if seen else (0, 0)
    place = struct.pack(">8xHHHH", 0, int(heard), 256 if heard else 0, 0) + _UNITY
    head = _timed(b"tkhd", 2 if lane.handler == b"text" else 3, (0, 0, number, 0), shown, place + _whole(*size))
    wide = shown >= LONG or lane.begins >= LONG // 2
    edit = struct.pack(">QqI" if wide else ">IiI", shown, lane.begins, 1 << 16)
    edits = box(b"edts", full(b"elst", struct.pack(">I", 1), edit, version=int(wide)))
    refers = box(b"tref", box(b"chap", struct.pack(">I", chapters))) if chapters and number != chapters else b""
    return box(b"trak", head, edits, refers, _media(lane, media))


def _whole(width: int, height: int) -> bytes:
    """A size in 16.16 fixed point."""
    return struct.pack(">II", width << 16, height << 16)


def _media(lane: Lane, media: int) -> bytes:
    """The `mdia` of a track."""
    name, kind = _MEDIA[lane.handler]
    # The standard counts to the end of what is shown last, with what lies before the beginning.
    length = lane.begins + lane.length
    head = _timed(b"mdhd", 0, (0, 0, lane.timescale), length, struct.pack(">H2x", _letters(lane.language)))
    handler = full(b"hdlr", struct.pack(">4x4s12x", lane.handler), name + b"\0")
    source = box(b"dinf", counted(b"dref", 1, full(b"url ", flags=1)))
    return box(b"mdia", head, handler, box(b"minf", kind, source, _tables(lane, media)))


def _letters(language: str) -> int:
    """ISO 639-2 in five bits a letter; what is no such code is `und`."""
    known = language if len(language) == 3 and language.isascii() and language.islower() else "und"
    first, second, third = (ord(letter) - 0x60 for letter in known)
    return first << 10 | second << 5 | third


def _tables(lane: Lane, media: int) -> bytes:
    """The `stbl` of a track: what its packets are, how long, how large and where."""
    parts = [counted(b"stsd", 1, lane.entry), _table(b"stts", *_runs(lane.lengths))]
    if lane.keys is not None and not lane.keys.all():
        parts.append(_table(b"stss", np.flatnonzero(lane.keys) + 1))
    if lane.keys is not None and lane.spare is not None and lane.spare.any():
        # Bits 4-5: a key frame hangs on no other (2), the others do (1); bit 3: nothing hangs on this one.
        parts.append(full(b"sdtp", (np.where(lane.keys, 0x20, 0x10) | (lane.spare * 8)).astype(np.uint8).tobytes()))
    if lane.late is not None and lane.late.any():
        parts.append(_table(b"ctts", *_runs(lane.late)))
    turns = _turns(lane.held)
    parts.append(_table(b"stsc", turns + 1, lane.held[turns], np.ones_like(turns)))
    parts.append(full(b"stsz", struct.pack(">II", 0, len(lane.sizes)), lane.sizes.astype(">u4").tobytes()))
    places = lane.places + media
    parts.append(_table(b"co64", places, kind=">u8") if places[-1] >= LONG else _table(b"stco", places))
    if lane.handler == b"soun":
        # AAC needs the packet before to decode one: a group of all packets says so.
        parts.append(full(b"sgpd", struct.pack(">4sIIh", b"roll", 2, 1, -1), version=1))
        parts.append(full(b"sbgp", struct.pack(">4sIII", b"roll", 1, len(lane.sizes), 1)))
    return box(b"stbl", *parts)


def _table(name: bytes, *columns: Numbers, kind: str = ">u4") -> bytes:
    """A table of numbers, with how many rows it has."""
    return counted(name, len(columns[0]), np.stack(columns, axis=1).astype(kind).tobytes())


def _turns(values: Numbers) -> Numbers:
    """Where values differ from the one before."""
    return np.flatnonzero(np.diff(values, prepend=values[0] - 1))


def _runs(values: Numbers) -> tuple[Numbers, Numbers]:
    """Equal neighbours counted: how many, and which value."""
    turns = _turns(values)
    return np.diff(np.append(turns, len(values))), values[turns]


def _tags(metadata: Mapping[str, str], marks: Sequence[Mark], scale: int) -> bytes:
    """The `udta` of the film: its tags, and its chapters once more for players that know only these."""
    if strange := sorted(metadata.keys() - _TAGS.keys()):
        raise UnknownLayout(f"the tag {strange[0]} is not known")
    texts = [
        box(atom, box(b"data", struct.pack(">II", 1, 0), metadata[tag].encode()))
        for tag, atom in _TAGS.items()
        if metadata.get(tag)
    ]
    handler = full(b"hdlr", struct.pack(">4x4s4s", b"mdir", b"appl"), bytes(9))
    meta = full(b"meta", handler, box(b"ilst", *texts)) if texts else b""
    if not (texts or marks):
        return b""
    # This list counts in one byte; the track of chapters holds them all.
    listed = [struct.pack(">Q", mark.start * 10_000_000 // scale) + _short(mark.title) for mark in marks[:255]]
    chapters = full(b"chpl", struct.pack(">4xB", len(listed)), *listed, version=1) if marks else b""
    return box(b"udta", meta, chapters)


def _short(title: str) -> bytes:
    """A title of at most 255 bytes, cut between letters, behind its length."""
    text = title.encode()[:255].decode(errors="ignore").encode()
    return bytes([len(text)]) + text
