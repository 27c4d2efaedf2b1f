"""XMP in a finished file: the IPTC's digital source type for readers that know no C2PA, put in without coding anew.

Says where in a file the packet belongs and as which bytes; writes nothing itself. Knows MP4, MOV, PNG and JPEG.
"""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from xml.sax.saxutils import escape

from render.provenance.source_types import SourceType

_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_JPEG = b"http://ns.adobe.com/xap/1.0/\x00"
_HEAD = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
_WHOLE = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">{}</rdf:Description></rdf:RDF></x:xmpmeta>'
)
_LONGEST = 60_000
"""Bytes of a packet that still fits into one segment of JPEG."""


def packet(title: str, author: str, rights: str, source: SourceType) -> bytes:
    """The XMP packet, in UTF-8."""
    parts = [f"<Iptc4xmpExt:DigitalSourceType>{source.address}</Iptc4xmpExt:DigitalSourceType>"]
    if title:
        parts.append(f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{_plain(title)}</rdf:li></rdf:Alt></dc:title>')
    if author:
        parts.append(f"<dc:creator><rdf:Seq><rdf:li>{_plain(author)}</rdf:li></rdf:Seq></dc:creator>")
    if rights:
        words = _plain(rights)
        parts.append(f'<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{words}</rdf:li></rdf:Alt></dc:rights>')
    return f'{_HEAD}{_WHOLE.format("".join(parts))}<?xpacket end="r"?>'.encode()


def _plain(text: str) -> str:
    """A text as XML may hold it: without control characters, its own signs escaped."""
    return escape("".join(sign for sign in text if sign.isprintable())[:8000])


def place(path: Path, data: bytes) -> tuple[int, bytes]:
    """Where in a file, in bytes from its start, an XMP packet belongs, and as which bytes; nothing where it cannot.

    In MP4 and MOV it comes last, so that nothing else moves.
    """
    kind = path.suffix.lower()
    if kind in (".mp4", ".mov", ".m4v", ".m4a") and (end := _end_of_boxes(path)):
        return end, struct.pack(">I4s", len(data) + 24, b"uuid") + _UUID + data
    if kind == ".png":
        body = b"iTXt" + b"XML:com.adobe.xmp\x00\x00\x00\x00\x00" + data
        return 33, struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    if kind in (".jpg", ".jpeg") and len(data) <= _LONGEST:
        return 2, b"\xff\xe1" + struct.pack(">H", len(_JPEG) + len(data) + 2) + _JPEG + data
    return 0, b""


def _end_of_boxes(path: Path) -> int:
    """The end of a file whose last box says where it ends; 0 for one that is open, behind which nothing can follow."""
    size = path.stat().st_size
    at = 0
    with path.open("rb") as file:
        while at + 8 <= size:
            file.seek(at)
            head = file.read(16)
            length = int.from_bytes(head[:4])
            length = int.from_bytes(head[8:16]) if length == 1 else length
            if length < 8:
                return 0
            at += length
    return size if at == size else 0
