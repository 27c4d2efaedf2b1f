"""The door to scripts: from the bytes of a file in any known format to a storyboard and what was not understood.

Looks at the name's ending, and where that says little at the text itself. Reads no disk.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Literal, get_args

from storyboard.errors import UnreadableError
from storyboard.scripts.adaptation import Adapted, adapt
from storyboard.scripts.script import Remark
from storyboard.source import FORBIDDEN

Format = Literal["fountain", "fdx", "table", "shots", "play", "subtitles"]
FORMATS: tuple[Format, ...] = get_args(Format)

LARGEST = 8_000_000
"""Bytes of a script; a novel has one million."""

CODE = "E102"

_ENDINGS: dict[str, Format] = {
    ".fountain": "fountain",
    ".spmd": "fountain",
    ".fdx": "fdx",
    ".csv": "table",
    ".tsv": "table",
    ".json": "shots",
    ".srt": "subtitles",
    ".vtt": "subtitles",
    ".ass": "subtitles",
}
_HEADING = re.compile(r"^\s*\.?(int|ext|i/e|инт|нат|экст)[./\s]", re.IGNORECASE | re.MULTILINE)
_TIMES = re.compile(r"\d\d:\d\d[.,]\d{3} --> ")


def import_script(data: bytes, name: str, *, kind: Format | None = None, language: str = "") -> Adapted:
    """The storyboard of a script file of that name; raises UnreadableError for what is none.

    `language` is what is spoken, told by the letters when empty.
    """
    if len(data) > LARGEST:
        raise UnreadableError(f"the file has {len(data):,} bytes; a script has at most {LARGEST:,}", "part it", CODE)
    title = PurePath(name).name.split(".")[0].replace("-", " ").replace("_", " ").strip() or "Untitled"
    title = title[:1].upper() + title[1:]
    if (kind or _ENDINGS.get(PurePath(name).suffix.lower())) == "fdx" or data[:400].lstrip().startswith(b"<?xml"):
        from storyboard.scripts.fdx import read_fdx

        return adapt(read_fdx(data), title=title, language=language)
    text, remarks = decoded(data)
    if not text.strip():
        raise UnreadableError("the file is empty", "write a script into it", "E109")
    made = _adapted(text, kind or _format(name, text), title, language)
    return Adapted({**made.document, **({"language": language} if language else {})}, (*remarks, *made.remarks))


def _adapted(text: str, kind: Format, title: str, language: str) -> Adapted:
    if kind == "table":
        from storyboard.scripts.shots import adapt_shots, read_table

        return adapt_shots(*read_table(text), title=title)
    if kind == "shots":
        from storyboard.scripts.shots import adapt_shots, read_objects

        named, rows, remarks = read_objects(text)
        return adapt_shots(rows, remarks, title=named or title)
    if kind == "subtitles":
        from storyboard.scripts.subtitles import read_subtitles

        return adapt(read_subtitles(text), title=title, language=language)
    if kind == "play":
        from storyboard.scripts.play import read_play

        return adapt(read_play(text), title=title, language=language)
    from storyboard.scripts.fountain import read_fountain

    return adapt(read_fountain(text), title=title, language=language)


def _format(name: str, text: str) -> Format:
    """What a text is: by its name's ending, else by how it looks."""
    ending = _ENDINGS.get(PurePath(name).suffix.lower())
    if ending:
        return ending
    if _TIMES.search(text[:4000]):
        return "subtitles"
    if text.lstrip()[:1] in "[{" and text.rstrip()[-1:] in "]}":
        return "shots"
    return "fountain" if _HEADING.search(text) else "play"


def decoded(data: bytes) -> tuple[str, tuple[Remark, ...]]:
    """A text from its bytes, with a remark where its encoding had to be guessed or signs had to be left out."""
    remarks = []
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text, encoding = _guessed(data)
            remarks.append(Remark(0, "", f"the file is not UTF-8; it was read as {encoding}"))
    clean = FORBIDDEN.sub("", text)
    if clean != text:
        remarks.append(Remark(0, "", "signs that cannot be seen were left out"))
    return clean, tuple(remarks)


def _guessed(data: bytes) -> tuple[str, str]:
    """Windows-1251 where that gives Russian words, KOI8-R where only that does, else Windows-1252."""
    for encoding in ("cp1251", "koi8-r"):
        text = data.decode(encoding, errors="replace")
        common = len(re.findall(r"\b(и|в|не|на|что|он|я|с)\b", text))
        if common * 60 > len(text.split()) and len(re.findall("[а-яё]", text)) > len(re.findall("[А-ЯЁ]", text)):
            return text, encoding
    return data.decode("cp1252", errors="replace"), "cp1252"
