"""A caption as data: a text, its frames, the times of its words; and the part of it that one piece of a film shows.

Pure text and integers. What a viewer can read is `measure`'s business, times are `timing`'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storyboard.captioning import USUAL, CaptionLook
from storyboard.safe_area import WHOLE, SafeArea


@dataclass(frozen=True, slots=True)
class Span:
    """A text shown from frame `first` to `last` (exclusive), counted from the start of a piece or of the film.

    `words` are the frame of each of its words' beginning, counted alike, and `heard` the sample of the film at which
    it is; both are empty where nobody knows. A line break of the text is one of the picture.
    """

    text: str
    first: int
    last: int
    words: tuple[int, ...] = ()
    heard: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Caption(Span):
    """A caption of the film, with where it comes from."""

    scene: str = ""
    line: str = ""
    """Id of the line within its scene; "" for a sound."""
    speaker: str = ""

    @property
    def place(self) -> str:
        """`scene/line`, as it is told."""
        return f"{self.scene}/{self.line}" if self.line else self.scene


@dataclass(frozen=True, slots=True)
class Dress:
    """What else decides how a caption is drawn: its look, the language that breaks its lines, and the free area."""

    look: CaptionLook = USUAL
    language: str = "en"
    safe: SafeArea = WHOLE

    def worded(self, text: str) -> str:
        """A text as the style writes it: in capitals where it shouts, unless the language has capitals of its own."""
        if self.look.style != "bold pop" or self.language in ("tr", "az"):
            return text
        return "".join(sign.upper() if len(sign.upper()) == 1 else sign for sign in text)


PLAIN = Dress()
"""How a caption is drawn of which nothing else is said."""


@dataclass(frozen=True, slots=True)
class Burned(Span):
    """A caption of one piece, as it is drawn there."""

    dress: Dress = PLAIN


def within(
    shown: Sequence[Span], first: int, last: int, *, by_word: bool = False, dress: Dress | None = None
) -> tuple[Span, ...]:
    """The spans that touch frames `first` to `last` (exclusive) of the film, counted from `first`.

    Their words come along only `by_word`: where they are not lit, when they are spoken changes no picture. With a
    `dress` they are what a piece draws.
    """
    found = []
    for span in shown:
        if span.first < last and span.last > first:
            words = tuple(frame - first for frame in span.words) if by_word else ()
            edges = max(span.first, first) - first, min(span.last, last) - first
            plain = Span(span.text, *edges, words)
            found.append(plain if dress is None else Burned(span.text, *edges, words, (), dress))
    return tuple(found)
