"""Final Draft's FDX, read with the standard library's expat: every run of text of every paragraph, with its line.

Documents that declare a type or entities are refused, so that none can grow or reach for other files. Knows nothing of
storyboards.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from storyboard.errors import UnreadableError
from storyboard.scripts.gathering import Gathering
from storyboard.scripts.script import Remark, Script

CODE = "E102"
_AGAIN = "export the script anew as FDX"
_DEPTH = 200
_AUTHOR = re.compile(r"^(written )?by[:\s]+(.+)$|^(автор|сценарий)[:\s]+(.+)$", re.IGNORECASE)


class _Reader:
    """What expat tells, gathered: paragraphs of the content, and the lines of the title page."""

    def __init__(self) -> None:
        self.gathering = Gathering()
        self.page: list[str] = []
        self.remarks: list[Remark] = []
        self._path: list[str] = []
        self._kind, self._text, self._line, self._centred = "", [""], 0, False
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.buffer_text = True

    def _refuse(self, *_: object) -> None:
        raise UnreadableError("the file declares a document type; Final Draft writes none", _AGAIN, CODE)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(name)
        if len(self._path) > _DEPTH:
            raise UnreadableError("the file is nested too deep to be a script", _AGAIN, CODE)
        if name == "Paragraph":
            self._kind, self._text = attributes.get("Type", "Action"), []
            self._centred = attributes.get("Alignment") == "Center"
            self._line = self.parser.CurrentLineNumber

    def _characters(self, data: str) -> None:
        if self._path[-1:] == ["Text"]:
            self._text.append(data)

    def _end(self, name: str) -> None:
        self._path.pop()
        if name != "Paragraph":
            return
        text = " ".join("".join(self._text).split())
        if "TitlePage" in self._path:
            self.page.append(text)
        elif "Content" in self._path:
            self._paragraph(text)

    def _paragraph(self, text: str) -> None:
        """One paragraph of the script by its type."""
        gathering, line, kind = self.gathering, self._line, self._kind
        if kind == "Character":
            gathering.cue(text, line)
        elif kind == "Dialogue" and gathering.speaking:
            gathering.words(text, line)
        elif kind == "Parenthetical" and gathering.speaking:
            gathering.manner(text, line)
        elif kind.startswith("Scene Heading"):
            gathering.other("heading", text, line)
        elif kind == "Transition":
            gathering.other("transition", text, line)
        elif self._centred and text:
            gathering.other("title", text, line)
        elif kind in ("Action", "General", "Shot", "Cast List", "Singing", "Lyrics", "Dialogue", "Parenthetical"):
            gathering.action(text, line, joins=False)
        elif kind in ("New Act", "End of Act", "Teaser/Act 1", "Outline 1", "Outline 2", "Outline Body"):
            gathering.other("section", text, line)
        elif text:
            self.remarks.append(Remark(line, text, f"paragraphs of the type '{kind}' are not known; read as action"))
            gathering.action(text, line, joins=False)


def read_fdx(data: bytes) -> Script:
    """The script of a Final Draft file; raises UnreadableError for what is none."""
    reader = _Reader()
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as problem:
        where = f"line {problem.lineno}"
        raise UnreadableError(f"the file is not well-formed XML ({where})", _AGAIN, "E104") from problem
    reader.gathering.close()
    lines = [line for line in reader.page if line]
    authors = [found for line in lines if (found := _AUTHOR.match(line))]
    author = next((one[2] or one[4] for one in authors), "")
    if not author and any(line.lower() in ("by", "written by") for line in lines[:-1]):
        author = lines[next(n for n, line in enumerate(lines) if line.lower() in ("by", "written by")) + 1]
    return Script(
        elements=tuple(reader.gathering.elements),
        title=lines[0].strip('"«»“” ') if lines else "",
        author=author,
        credits=tuple(line for line in lines if "©" in line or "copyright" in line.lower()),
        remarks=tuple(reader.remarks),
    )
