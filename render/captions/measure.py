"""How much of a text a viewer can take in: characters a line and a second, by language, shape of the picture and size.

Figures of broadcasters' style guides. Pure numbers; knows neither fonts nor times of a film.
"""

from __future__ import annotations

from dataclasses import dataclass

from storyboard.captioning import CaptionLook
from storyboard.film import Aspect
from storyboard.reading_speed import reading_speed

SHORTEST, LONGEST_SHOWN = 0.8, 7.0
"""Seconds that a caption is shown at least and at most."""

GAP = 2
"""Frames between two captions, so that a change is seen; also between a caption and the cut that it ends at."""

_WIDTHS = {"zh": 18, "ja": 16, "ko": 20}
"""Signs a line of 16:9 in scripts whose signs are wide; others take 42."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A language, the characters of a line, the lines of a caption, and the characters that are read a second."""

    language: str = "en"
    width: int = 42
    lines: int = 2
    speed: float = 17.0
    gap: int = GAP

    @property
    def longest(self) -> int:
        """Characters shown at once."""
        return self.width * self.lines


def primary(language: str) -> str:
    """The language of a tag without its country: `pt` of `pt-BR`."""
    return language.split("-")[0].lower()


def measure_of(language: str, cut: Aspect, look: CaptionLook | None = None) -> Measure:
    """The measure of captions in a language on a cut; of files, where no `look` is given."""
    name = primary(language)
    ratio = cut.width / cut.height
    shape = 1.0 if ratio >= 1.5 else 0.86 if ratio > 1.1 else 0.76 if ratio >= 0.9 else 0.67
    width = _WIDTHS.get(name, 42) * shape
    speed = reading_speed(name)
    if look is None:
        return Measure(name, round(width), speed=speed)
    if look.style == "bold pop":
        # A few large words at a time, in one line, each group on the heels of the one before.
        return Measure(name, max(5, round(0.62 * width / (look.scale / 1.5))), 1, speed, gap=0)
    return Measure(name, max(6, round(width / max(look.scale, 1.0))), speed=speed)
