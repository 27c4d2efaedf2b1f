"""Title cards: a whole frame with large words in its middle."""

from __future__ import annotations

import math

from scenes.lettering.fonts import clean
from scenes.lettering.layers import Layer, lay
from scenes.lettering.setting import LetteredBlock, longest_word, set_text

_SAFE = 0.8
"""Part of the frame's width and height in which words are safe on every screen."""


def title_card(text: str, width: int, height: int) -> Layer:
    """A full frame with a title in its middle: the first line large in serif, a thin rule, the others smaller.

    Sizes follow the canvas and shrink until everything lies in the title-safe area.
    """
    import numpy as np

    card: Layer = np.zeros((height, width, 4), np.uint8)
    lines = [line.strip() for line in clean(text).split("\n") if line.strip()]
    if not lines:
        return card
    column, room = int(width * _SAFE), height * _SAFE
    # a low strip of a picture gets type as large as the picture's, if it has room for it
    whole_frame = math.sqrt(width * max(height, width * 9 / 16))
    size = (0.105 if len(lines[0]) < 60 else 0.06) * whole_frame
    while True:
        head, rest = _blocks(lines, column, size)
        gap = round(size * 0.38)
        whole = head.height + ((2 * gap + rest.height) if rest else 0)
        unbroken = longest_word(lines[0], size, "serif", 700) <= column
        if (whole <= room and head.longest <= column and unbroken) or size < 2:
            break
        size *= 0.92
    top = (height - whole) // 2
    lay(card, head.pixels, (width - head.width) // 2, top)
    if rest:
        _rule(card, top + head.height + gap, size)
        lay(card, rest.pixels, (width - rest.width) // 2, top + head.height + 2 * gap)
    return card


def _blocks(lines: list[str], column: int, size: float) -> tuple[LetteredBlock, LetteredBlock | None]:
    """The title's first line and the rest, set at a size."""
    shadow = 0.12 * size
    head = set_text(lines[0], width=column, size=size, family="serif", weight=700, align="center", shadow=shadow)
    if len(lines) == 1:
        return head, None
    rest = set_text(
        "\n".join(lines[1:]), width=column, size=size * 0.46, family="serif", align="center", shadow=shadow * 0.6
    )
    return head, rest


def _rule(card: Layer, middle: int, size: float) -> None:
    """Draw the thin line between a title and what follows it."""
    height, width = card.shape[:2]
    thick, half = max(1, round(size * 0.02)), round(size * 0.9)
    top, left = min(max(middle - thick // 2, 0), height - thick), max(width // 2 - half, 0)
    card[top : top + thick, left : min(width // 2 + half, width)] = 217
