"""Captions: the spoken words at the foot of the frame, in a soft dark box."""

from __future__ import annotations

import math

from scenes.lettering.fonts import clean
from scenes.lettering.layers import Layer, box, lay
from scenes.lettering.setting import LetteredBlock, Lit, set_text

_SAFE, _SAFE_TALL = 0.8, 0.9
"""Part of the frame's width that a caption may take."""


_LIT = "#ffd84a"
"""The colour of the word that is being spoken."""


def caption(text: str, width: int, height: int, lit: int = -1) -> tuple[Layer, int, int]:
    """A caption of at most two lines in a soft dark box, and where its left upper corner goes.

    It stands centred in the lower title-safe area; a text too long for two lines is set smaller. `lit` is the number
    of the word that is set in another colour, -1 for none.
    """
    import numpy as np

    words = " ".join(clean(text).split())
    if not words:
        return np.zeros((1, 1, 4), np.uint8), 0, 0
    column = int(width * (_SAFE_TALL if height > width else _SAFE))
    size = caption_size(width, height)
    while True:
        block = set_text(words, width=column, size=size, weight=500, align="center", shadow=0.1 * size)
        if block.lines <= 2 or size < 7:
            break
        size *= 0.94
    even = _balanced(words, block, column, size)
    if lit >= 0:
        even = set_text(
            words,
            width=even.column,
            size=size,
            weight=500,
            align="center",
            shadow=0.1 * size,
            lit=Lit(*_place(words, lit), _LIT),
        )
    side, air = round(0.55 * size), round(0.28 * size)
    inner_width = min(width, math.ceil(even.longest) + 2 * side)
    ground = box(inner_width, even.height + 2 * air, 0.35 * size)
    lay(ground, even.pixels, (inner_width - even.width) // 2, air)
    left = (width - inner_width) // 2
    return ground, left, max(_foot(width, height) - ground.shape[0], 0)


def caption_size(width: int, height: int) -> float:
    """Pixels of type in which captions are set."""
    return 0.046 * min(height, width * 1.1)


def above_captions(width: int, height: int) -> int:
    """The lowest row of a frame that a caption of two lines leaves free."""
    return _foot(width, height) - round(3.9 * caption_size(width, height))


def _foot(width: int, height: int) -> int:
    """The row on which captions stand: higher in tall frames, whose players lay their buttons over the foot."""
    return round(height * (1 - 0.1 * (0.9 if width >= height else 1.6)))


def _balanced(words: str, block: LetteredBlock, column: int, size: float) -> LetteredBlock:
    """The same two lines at nearly equal lengths: the narrowest column that still needs no third line."""
    if block.lines != 2:
        return block
    low, high = column // 2, column
    while high - low > 4:
        middle = (low + high) // 2
        tried = set_text(words, width=middle, size=size, weight=500, align="center", shadow=0.1 * size)
        if tried.lines <= block.lines:
            high, block = middle, tried
        else:
            low = middle
    return block


def _place(words: str, number: int) -> tuple[int, int]:
    """Where a word stands in a text of words with single spaces: its first sign, and the one after its last."""
    every = words.split(" ")
    before = sum(len(word) + 1 for word in every[:number])
    return before, before + (len(every[number]) if number < len(every) else 0)
