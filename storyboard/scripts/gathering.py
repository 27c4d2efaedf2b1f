"""Gathers the lines of a screenplay into elements: lines of action become paragraphs, cues are told with each speech.

What Fountain and Final Draft have in common. Knows neither of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from storyboard.scripts.phrasing import is_pause
from storyboard.scripts.script import Element, Kind

_CONTINUED = re.compile(r"\(\s*(CONT['’]?D|CONTINUED|ПРОД\.?|ПРОДОЛЖАЯ|ПРОДОЛЖЕНИЕ)\s*\)", re.IGNORECASE)
_OFFSTAGE = re.compile(
    r"(v\.?\s*o\.?|o\.?\s*s\.?|o\.?\s*c\.?|з\.?\s*к\.?|за кадром|голос за кадром|голос)\s*", re.IGNORECASE
)
_BRACKETS = re.compile(r"\(([^()]*)\)")


@dataclass
class Gathering:
    """Elements in the making. Every method takes a line's text as it is read, and the number of the line."""

    elements: list[Element] = field(default_factory=list)
    _who: str = ""
    _offstage: bool = False
    _manner: str = ""
    _speech: list[str] = field(default_factory=list)
    _paragraph: list[str] = field(default_factory=list)
    _begun: int = 0
    _last: int = 0

    @property
    def speaking(self) -> bool:
        """Whether somebody's cue stands and nothing else came since."""
        return bool(self._who)

    def action(self, text: str, line: int, *, joins: bool = True) -> None:
        """A line of action; where it `joins`, it goes on with the paragraph of the line right before it."""
        self._end_speech()
        self._who = ""
        if not text:
            self.close()
            return
        if self._paragraph and (not joins or line != self._last + 1):
            self.close()
        self._begun = self._begun if self._paragraph else line
        self._paragraph.append(text)
        self._last = line

    def cue(self, text: str, line: int) -> None:
        """Who speaks next, with what stands in brackets behind the name."""
        self.close()
        bare = _CONTINUED.sub("", text)
        extensions = [one.strip() for one in _BRACKETS.findall(bare)]
        self._who = " ".join(_BRACKETS.sub(" ", bare).strip(" ^:").split())
        self._offstage = any(_OFFSTAGE.fullmatch(one) for one in extensions)
        self._manner = next((one for one in extensions if not _OFFSTAGE.fullmatch(one)), "")
        self._begun = line

    def manner(self, text: str, line: int) -> None:
        """What stands in brackets among the words: a pause, or how what comes after it is said."""
        self._end_speech()
        bare = text.strip().strip("()").strip()
        if is_pause(bare):
            self.elements.append(Element("pause", bare, line))
        else:
            self._manner, self._begun = bare, line

    def words(self, text: str, line: int) -> None:
        """A line of speech."""
        if text:
            self._begun = self._begun if self._speech or self._manner else line
            self._speech.append(text)

    def other(self, kind: Kind, text: str, line: int) -> None:
        """What is neither action nor speech."""
        self.close()
        self.elements.append(Element(kind, text, line))

    def close(self) -> None:
        """End whatever is being gathered."""
        self._end_speech()
        if self._paragraph:
            self.elements.append(Element("action", " ".join(self._paragraph), self._begun))
            self._paragraph = []
        self._who, self._manner = "", ""

    def _end_speech(self) -> None:
        if self._speech:
            text = " ".join(self._speech)
            self.elements.append(Element("speech", text, self._begun, self._who, self._manner, self._offstage))
            self._speech, self._manner = [], ""
