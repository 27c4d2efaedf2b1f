"""Lower thirds: a name and what he is, on a dark plate behind a bar of colour that slides in."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from scenes.lettering.captions import above_captions
from scenes.lettering.fonts import clean, runs_right_to_left
from scenes.lettering.layers import Layer, box, faded, inked, lay
from scenes.lettering.setting import LetteredBlock, set_text

_MARGIN = 0.07
"""Part of the frame's width left free beside a lower third."""

_TALLEST = 0.3
"""Part of the frame's height that it may take."""

_BAR = (75, 178, 242)
"""Blue, green, red of the bar: a warm yellow that stands out from dusk and from daylight."""


@dataclass(frozen=True, slots=True)
class LowerThird:
    """A drawn lower third: the plate, the words on it, and where their left upper corner lies in the frame."""

    plate: Layer
    words: Layer
    left: int
    top: int
    bar: int
    """Width of the bar."""
    mirrored: bool
    """True for scripts that run from right to left: bar and words stand at the right."""

    def at(self, shown: float) -> tuple[Layer, int, int]:
        """The lower third when `shown` (0..1) of it has come in: first the bar grows, then the plate, then the words.

        Returns the layer and where its left upper corner goes.
        """
        import numpy as np

        high, wide = self.plate.shape[:2]
        grown, drawn_out, lit = (_eased(_part(shown, *span)) for span in ((0.0, 0.4), (0.2, 0.8), (0.55, 1.0)))
        seen: Layer = np.zeros_like(self.plate)
        reach = max(self.bar, round(wide * drawn_out)) if shown > 0 else 0
        slide = round((1 - lit) * 0.25 * high)
        if self.mirrored:
            seen[:, wide - reach :] = self.plate[:, wide - reach :]
            _words(seen, self.words, lit, slide, slice(wide - reach, wide))
        else:
            seen[:, :reach] = self.plate[:, :reach]
            _words(seen, self.words, lit, -slide, slice(0, reach))
        stands = slice(wide - self.bar, wide) if self.mirrored else slice(0, self.bar)
        tall = round(high * grown)
        seen[:, stands] = 0
        seen[(high - tall) // 2 : (high - tall) // 2 + tall, stands] = (*_BAR, 255)
        return seen, self.left, self.top


def lower_third(lines: tuple[str, ...], width: int, height: int) -> LowerThird | None:
    """Draw a lower third for a frame of that size (pixels): the first line large, the others smaller; None of nothing.

    It lies in the title-safe area above the place of captions; long lines are set smaller, and wrapped where that is
    not enough.
    """
    kept = tuple(line.strip() for line in (clean(written) for written in lines) if line.strip())
    return _drawn(kept, width, height) if kept else None


@lru_cache(maxsize=8)
def _drawn(lines: tuple[str, ...], width: int, height: int) -> LowerThird:
    room = int(width * (1 - 2 * _MARGIN))
    size = full = 0.058 * min(height, width * 1.05)
    while True:
        bar, air = max(2, round(0.16 * size)), round(0.34 * size)
        side = bar + round(1.6 * air)
        name, rest = _blocks(lines, max(1, room - 2 * side), size)
        high = name.height + (rest.height if rest else 0) + air
        broken = name.lines > 1 or (rest is not None and rest.lines > len(lines) - 1)
        # Long words are wrapped rather than set too small to be read, as long as they leave the picture its place.
        if (not broken or size < 0.86 * full) and (high <= _TALLEST * height or size < 2):
            break
        size *= 0.93
    wide = 2 * side - bar + math.ceil(max(name.longest, rest.longest if rest else 0.0))
    mirrored = runs_right_to_left(lines[0])
    plate = box(wide, high, 0.0, "#0c0d12", 0.66)
    words = plate * 0
    _stack(words, name, rest, side, air // 2, mirrored)
    margin = round(width * _MARGIN)
    top = max(0, above_captions(width, height) - high - round(0.3 * size))
    return LowerThird(plate, words, width - margin - wide if mirrored else margin, top, bar, mirrored)


def _blocks(lines: tuple[str, ...], room: int, size: float) -> tuple[LetteredBlock, LetteredBlock | None]:
    """The name and what he is, set at a size."""
    name = set_text(lines[0], width=room, size=size, weight=700, shadow=0.06 * size)
    if len(lines) == 1:
        return name, None
    others = "\n".join(lines[1:])
    return name, set_text(others, width=room, size=size * 0.62, colour="#dcdce2", shadow=0.04 * size)


def _stack(words: Layer, name: LetteredBlock, rest: LetteredBlock | None, side: int, top: int, mirrored: bool) -> None:
    """Lay the name and what is under it on the words' layer, flush with the bar."""
    for block, under in ((name, top), (rest, top + name.height)):
        if block is not None:
            ink, _, drop = inked(block.pixels)
            lay(words, ink, words.shape[1] - side - ink.shape[1] if mirrored else side, under + drop)


def _words(seen: Layer, words: Layer, lit: float, slide: int, reach: slice) -> None:
    """Lay the words on the part of the plate that is out already."""
    import numpy as np

    if lit <= 0 or reach.stop <= reach.start:
        return
    moved: Layer = np.zeros_like(words)
    lay(moved, faded(words, lit), slide, 0)
    lay(seen[:, reach], np.ascontiguousarray(moved[:, reach]), 0, 0)


def _part(shown: float, first: float, last: float) -> float:
    return min(max((shown - first) / (last - first), 0.0), 1.0)


def _eased(part: float) -> float:
    return 1 - (1 - part) ** 3
