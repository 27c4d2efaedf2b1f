"""Rolling credits: all lines in one tall strip that passes through the frame, or a card that stands where it fits."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from scenes.lettering.fonts import clean
from scenes.lettering.layers import Layer, inked, lay
from scenes.lettering.setting import LetteredBlock, set_text

_SAFE = 0.86
"""Part of the frame's width that a line may take, and of its height that a standing card may take."""

_RUSH = 0.17
"""Frame heights a second over which a roll cannot be read with ease."""

_CALM = 0.95
"""How much slower a roll passes whose time is free."""

_CARD = 7.0
"""Seconds in which a frame full of lines is read."""

_EDGE = 0.09
"""Part of the frame's height over which lines come and go at its edges."""


@dataclass(frozen=True, slots=True)
class Roll:
    """A strip of credits, where its left edge goes, and how it passes through a frame of `height` rows."""

    strip: Layer
    left: int
    height: int
    rolls: bool
    """False where the whole strip fits: then it stands."""

    def top(self, part: float, seconds: float) -> float:
        """The row of the strip's upper edge at `part` (0..1) of a roll of that length.

        Where time is short the roll leaves out the empty beginning and end: it opens with its first line in the frame
        and comes to rest with its last one there.
        """
        high = int(self.strip.shape[0])
        if not self.rolls:
            return (self.height - high) / 2
        if self.leaves(seconds):
            return self.height - part * (self.height + high)
        first, last = self.height * 0.62, self.height * 0.8 - high
        return first + (last - first) * _settled(part)

    def leaves(self, seconds: float) -> bool:
        """Whether the last line has left the frame at the end; else it comes to rest in it."""
        return self.rolls and (self.height + int(self.strip.shape[0])) <= seconds * _RUSH * self.height

    def seconds(self) -> float:
        """Seconds in which the strip passes and is read with ease; of a card that stands, in which it is read."""
        high = int(self.strip.shape[0]) / self.height
        return (1 + high) / (_CALM * _RUSH) if self.rolls else _CARD * (0.3 + high)

    def hurries(self, seconds: float) -> float:
        """Seconds that would be needed to read the roll, where it has fewer; 0 where its time is enough."""
        if not self.rolls or self.leaves(seconds):
            return 0.0
        needed = (int(self.strip.shape[0]) - 0.18 * self.height) / (_RUSH * self.height)
        return needed if needed > seconds else 0.0

    def at(self, part: float, seconds: float) -> tuple[Layer, int, int]:
        """What is seen at `part` of the roll, moved by parts of a row and soft at the frame's edges."""
        import numpy as np

        top = self.top(part, seconds)
        whole = math.floor(top)
        down = top - whole
        wide = self.strip.shape[1]
        seen: Layer = np.zeros((self.height + 1, wide, 4), np.uint8)
        lay(seen, self.strip, 0, whole)
        later: Layer = np.zeros((self.height + 1, wide, 4), np.uint8)
        lay(later, self.strip, 0, whole + 1)
        mixed = seen[:-1] * np.float32(1 - down) + later[:-1] * np.float32(down)
        if self.rolls:
            mixed *= _edges(self.height)[:, None, None]
        drawn: Layer = np.rint(mixed).astype(np.uint8)
        return drawn, self.left, 0


def credit_roll(lines: tuple[str, ...], width: int, height: int) -> Roll | None:
    """Draw credits for a frame of that size (pixels); None where there are no words.

    `Label: name` puts the label small above the name; an empty line divides; `# words` is a heading.
    """
    kept = tuple(clean(line).strip() for line in lines)
    return _drawn(kept, width, height) if any(kept) else None


@lru_cache(maxsize=4)
def _drawn(lines: tuple[str, ...], width: int, height: int) -> Roll:
    import numpy as np

    column, size = int(width * _SAFE), 0.05 * min(height, width * 1.1)
    blocks: list[tuple[LetteredBlock | None, float]] = []
    for line in lines:
        blocks.extend(_entry(line, column, size))
    while blocks and blocks[-1][0] is None:
        blocks.pop()
    high = math.ceil(sum((block.height if block else 0) + gap for block, gap in blocks))
    strip: Layer = np.zeros((high, max(block.width for block, _ in blocks if block), 4), np.uint8)
    row = 0.0
    for block, gap in blocks:
        if block:
            lay(strip, block.pixels, (strip.shape[1] - block.width) // 2, round(row))
        row += (block.height if block else 0) + gap
    ink, left, _ = inked(strip)
    return Roll(ink, (width - strip.shape[1]) // 2 + left, height, ink.shape[0] > _SAFE * height)


def _entry(line: str, column: int, size: float) -> list[tuple[LetteredBlock | None, float]]:
    """The blocks of one line, each with the gap after it."""
    if not line:
        return [(None, 0.9 * size)]
    shadow = 0.08 * size
    if line.startswith("# "):
        head = set_text(
            line[2:], width=column, size=1.7 * size, family="serif", weight=700, align="center", shadow=shadow
        )
        return [(head, 0.6 * size)]
    label, colon, name = line.partition("：" if "：" in line else ": ")
    if colon and name.strip() and len(label) <= 40:
        small = set_text(label, width=column, size=0.66 * size, colour="#c4c6d0", align="center", shadow=shadow)
        return [(small, -0.35 * size), *_plain(name.strip(), column, size, shadow)]
    return _plain(line, column, size, shadow)


def _plain(line: str, column: int, size: float, shadow: float) -> list[tuple[LetteredBlock | None, float]]:
    """A line of names; a long one, such as an attribution, is set smaller."""
    size *= 1.0 if len(line) <= 48 else 0.72
    return [(set_text(line, width=column, size=size, align="center", shadow=shadow), 0.3 * size)]


def _settled(part: float) -> float:
    """Even progress that eases out over the last eighth and then rests."""
    turn, rest = 0.82, 0.94
    even = 2 / (turn + rest)
    if part <= turn:
        return part * even
    if part >= rest:
        return 1.0
    late = (part - turn) / (rest - turn)
    return even * (turn + (rest - turn) * (late - late * late / 2))


@lru_cache(maxsize=4)
def _edges(height: int) -> Layer:
    """How strongly each row shows what passes: fully but near the edges."""
    import numpy as np

    rows = np.arange(height, dtype=np.float32) / max(1.0, _EDGE * height)
    ramp: Layer = np.clip(np.minimum(rows, rows[::-1]), 0.0, 1.0)
    return ramp
