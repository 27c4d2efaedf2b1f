"""Captions: the spoken words over the picture, in one of five styles, at the foot of the free area or at its head.

Lines come broken, or are broken here evenly; one word may be lit while it is spoken. Knows no times.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from scenes.lettering.fonts import clean
from scenes.lettering.free import EVEN
from scenes.lettering.layers import Layer, box, fill, lay
from scenes.lettering.setting import LetteredBlock, Lit, paragraph, set_text
from storyboard.captioning import CaptionLook
from storyboard.safe_area import WHOLE, SafeArea

_SAFE, _SAFE_TALL = 0.8, 0.9
"""Part of the frame's width that a caption may take."""

_SIDE = 0.6
"""What a caption takes beside its words, in parts of the type's size."""

_EDGE = 0.02
"""Part of the frame's height between a caption and what lies over the picture."""

_TWO_LINES = 3.8
"""How tall a caption of two lines is with its box, in parts of the type's size."""

LIT = "#ffd84a"
"""The colour of the word that is being spoken."""

_PLAIN = CaptionLook()


@dataclass(frozen=True, slots=True)
class _Type:
    """How a style is set: weight; shadow and outline in parts of the type's size; its box; what is lit."""

    weight: int
    shadow: float
    outline: float = 0.0
    ground: float = 0.0
    sings: bool = False
    """Whether words stay lit once they were spoken."""


_TYPES: dict[str, _Type] = {
    "boxed": _Type(500, 0.1, ground=0.55),
    "outline": _Type(700, 0.12, 0.075),
    "plain": _Type(500, 0.14, 0.05),
    "karaoke": _Type(700, 0.12, 0.075, sings=True),
    "bold pop": _Type(700, 0.16, 0.1),
}


def caption(
    text: str,
    width: int,
    height: int,
    lit: int = -1,
    look: CaptionLook = _PLAIN,
    safe: SafeArea = WHOLE,
) -> tuple[Layer, int, int]:
    """A caption for a frame of that size (pixels), and where its left upper corner goes.

    It stands centred in the lower title-safe area, or in the upper one, within the `safe` area; a text too long for
    two lines is set smaller. Lines that are written stay. `lit` is the number of the word that is set in another
    colour, -1 for none.
    """
    import numpy as np

    lines = [" ".join(line.split()) for line in clean(text).split("\n")]
    words = "\n".join(line for line in lines if line)
    if not words:
        return np.zeros((1, 1, 4), np.uint8), 0, 0
    left, right, upright = margins(width, height, look, safe)
    column = width - left - right
    kind, size = _TYPES[look.style], caption_size(width, height) * look.scale
    most = max(2, words.count("\n") + 1)
    while True:
        block = _set(words, column, size, kind)
        if (block.lines <= most and block.longest <= column) or size < 7:
            break
        size *= 0.94
    even = block if "\n" in words else _balanced(words, block, column, size, kind)
    if lit >= 0:
        even = _set(words, even.column, size, kind, _lit(words, lit, kind))
    ground = _grounded(even, width, size, kind)
    top = upright if look.at == "top" else height - upright - ground.shape[0]
    return ground, left + (column - ground.shape[1]) // 2, max(top, 0)


def caption_size(width: int, height: int) -> float:
    """Pixels of type in which captions of the usual size are set."""
    return 0.046 * min(height, width * 1.1)


def margins(width: int, height: int, look: CaptionLook, safe: SafeArea = WHOLE) -> tuple[int, int, int]:
    """Pixels that captions keep free at the left, at the right, and at the side of the frame at which they stand."""
    column = int(width * (_SAFE_TALL if height > width else _SAFE))
    side = (width - column) / 2
    air = _SIDE * caption_size(width, height) * look.scale  # what a box or an outline takes beside the words
    left, right = (max(side, width * part + air if part else 0.0) for part in (safe.left, safe.right))
    if max(safe.left, safe.right) <= EVEN:
        left = right = max(left, right)  # a caption in the middle of the picture reads best
    if look.at == "top":
        head = height * (0.07 if width >= height else 0.11)
        upright = max(head, height * (safe.top + _EDGE) if safe.top else 0.0)
    else:
        upright = max(height - _foot(width, height), height * (safe.bottom + _EDGE) if safe.bottom else 0.0)
    return math.floor(left), math.ceil(right) if right > side else width - column - math.floor(left), round(upright)


def column_of(width: int, height: int, look: CaptionLook = _PLAIN, safe: SafeArea = WHOLE) -> int:
    """Pixels that a line of a caption may take."""
    left, right, _ = margins(width, height, look, safe)
    return width - left - right


def caption_advance(text: str, width: int, height: int, look: CaptionLook = _PLAIN) -> float:
    """Pixels that a text takes in a caption of a frame of that size."""
    size = caption_size(width, height) * look.scale
    laid = paragraph(f"|{text}|", 1e6, size, "sans", _TYPES[look.style].weight, "left", fill("#ffffff"))
    bars = paragraph("||", 1e6, size, "sans", _TYPES[look.style].weight, "left", fill("#ffffff"))
    return float(laid.LongestLine - bars.LongestLine)


def caption_band(width: int, height: int, look: CaptionLook = _PLAIN, safe: SafeArea = WHOLE) -> tuple[float, float]:
    """From where to where captions of two lines stand, as parts of the frame's height from its top."""
    side = margins(width, height, look, safe)[2] / height
    tall = _TWO_LINES * caption_size(width, height) * look.scale / height
    return (side, side + tall) if look.at == "top" else (1 - side - tall, 1 - side)


def above_captions(width: int, height: int) -> int:
    """The lowest row of a frame that a caption of two lines leaves free."""
    return _foot(width, height) - round(3.9 * caption_size(width, height))


def _foot(width: int, height: int) -> int:
    """The row on which captions stand: higher in tall frames, whose players lay their buttons over the foot."""
    return round(height * (1 - 0.1 * (0.9 if width >= height else 1.6)))


def _set(words: str, column: int, size: float, kind: _Type, lit: Lit | None = None) -> LetteredBlock:
    return set_text(
        words,
        width=column,
        size=size,
        weight=kind.weight,
        align="center",
        shadow=kind.shadow * size,
        outline=kind.outline * size,
        lit=lit,
    )


def _grounded(block: LetteredBlock, width: int, size: float, kind: _Type) -> Layer:
    """The words on their box, where the style has one, without what is empty beside them."""
    import numpy as np

    side, air = (round(0.55 * size), round(0.28 * size)) if kind.ground else (round(0.3 * size), 0)
    inner = min(width, math.ceil(block.longest) + 2 * side)
    if kind.ground:
        ground = box(inner, block.height + 2 * air, 0.35 * size, alpha=kind.ground)
    else:
        ground = np.zeros((block.height, inner, 4), np.uint8)
    lay(ground, block.pixels, (inner - block.width) // 2, air)
    return ground


def _balanced(words: str, block: LetteredBlock, column: int, size: float, kind: _Type) -> LetteredBlock:
    """The same two lines at nearly equal lengths: the narrowest column that still needs no third line."""
    if block.lines != 2:
        return block
    low, high = column // 2, column
    while high - low > 4:
        middle = (low + high) // 2
        tried = _set(words, middle, size, kind)
        if tried.lines <= block.lines:
            high, block = middle, tried
        else:
            low = middle
    return block


def _lit(words: str, number: int, kind: _Type) -> Lit:
    """The signs of the word of a number, or of all up to it."""
    places = [match.span() for match in re.finditer(r"\S+", words)]
    first, last = places[min(number, len(places) - 1)]
    return Lit(0 if kind.sings else first, last, LIT)
