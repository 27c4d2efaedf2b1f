"""Subtitles (SRT, WebVTT), read by the library `pysubs2`: each cue a line, silences between them pauses or new scenes.

Knows nothing of storyboards.
"""

from __future__ import annotations

import re
from fractions import Fraction

from storyboard.errors import UnreadableError
from storyboard.scripts.script import Element, Remark, Script

CODE = "E104"
_SPEAKER = re.compile(r"^\s*[-–—]?\s*(?P<name>[A-ZА-ЯЁ][\w'’.-]*(?: [A-ZА-ЯЁ0-9][\w'’.-]*){0,2}):\s+(?P<words>\S.*)$")
_HEARD = re.compile(r"^\s*[\[(♪](?P<sound>[^\])♪]+)[\])♪]\s*$")


def read_subtitles(text: str) -> Script:
    """The script of a file of subtitles; raises UnreadableError where it has no cue."""
    import pysubs2

    try:
        subtitles = pysubs2.SSAFile.from_string(text)
    except (pysubs2.Pysubs2Error, ValueError) as problem:
        raise UnreadableError("the file holds no subtitles", "save it as SRT or WebVTT", CODE) from problem
    elements: list[Element] = []
    remarks: list[Remark] = []
    # Cues may stand out of order: each keeps the line that it came from.
    places = _lines(text)
    cues = [(cue, places[n] if n < len(places) else 0) for n, cue in enumerate(subtitles.events)]
    for cue, line in sorted(cues, key=lambda one: one[0].start):
        first, length = Fraction(cue.start, 1000), Fraction(max(0, cue.end - cue.start), 1000)
        parts = _parts(re.sub(r"<[^<>]*>", "", cue.plaintext))
        if not parts:
            remarks.append(Remark(line, "", "an empty cue"))
        for words in parts:
            # Two speakers of one cue answer one another at once: both have its time.
            heard = _HEARD.match(words)
            if heard:
                elements.append(Element("sound", heard["sound"], line, first=first, length=length))
                continue
            spoken = _SPEAKER.match(words)
            who, said = (spoken["name"], spoken["words"]) if spoken else (cue.name or "", words)
            elements.append(Element("speech", said.lstrip("-–— "), line, who, first=first, length=length))
    if not elements:
        raise UnreadableError("the file holds no subtitles", "save it as SRT or WebVTT", CODE)
    return Script(tuple(elements), remarks=tuple(remarks))


def _parts(text: str) -> list[str]:
    """What each speaker of a cue says: one more for every line that begins with a dash."""
    parts: list[str] = []
    for line in text.splitlines():
        words = " ".join(line.split())
        if words and (not parts or re.match(r"[-–—]\s*\S", words)):
            parts.append(words)
        elif words:
            parts[-1] = f"{parts[-1]} {words}"
    return parts


def _lines(text: str) -> list[int]:
    """The lines on which cues begin."""
    return [number for number, line in enumerate(text.splitlines(), 1) if "-->" in line]
