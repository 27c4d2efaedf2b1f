"""The part of a frame that is free for words, where a platform lays its buttons over the rest. Knows no text."""

from __future__ import annotations

from dataclasses import dataclass

from storyboard.safe_area import SafeArea

EVEN = 0.15
"""Part of the width up to which both sides are kept free alike: words in the middle of the picture read best."""


@dataclass(frozen=True, slots=True)
class FreeArea:
    """A part of a frame, in pixels."""

    left: int
    top: int
    width: int
    height: int


def free_area(width: int, height: int, safe: SafeArea) -> FreeArea:
    """The free part of a frame of that size; the whole frame where nothing lies over it."""
    left, right = safe.left, safe.right
    if max(left, right) <= EVEN:
        left = right = max(left, right)
    x0, x1 = round(width * left), round(width * (1 - right))
    y0, y1 = round(height * safe.top), round(height * (1 - safe.bottom))
    return FreeArea(x0, y0, max(2, x1 - x0), max(2, y1 - y0))
