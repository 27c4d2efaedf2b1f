"""Which way up a picture is: the quarter turn and the mirror that a file's display matrix asks for.

Plain arithmetic on nine numbers and on arrays. Knows no files and no codecs.
"""

from __future__ import annotations

from dataclasses import dataclass
from struct import unpack

from scenes.backend import Frame

_SKEW = 0.05
"""Relative size of a matrix's smaller terms beyond which the wanted turn is no quarter turn."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What brings a stored picture upright: its axes exchanged first, then mirrored left to right, then top to bottom.

    `exact` is False where the file asks for another angle, and the nearest quarter turn is taken.
    """

    exchanged: bool = False
    mirrored: bool = False
    flipped: bool = False
    exact: bool = True

    @property
    def plain(self) -> bool:
        """Whether the stored picture is upright already."""
        return not (self.exchanged or self.mirrored or self.flipped)


def turn_of(matrix: bytes) -> Turn:
    """The turn that a display matrix (nine 32-bit numbers of this machine's byte order) asks for."""
    if len(matrix) < 36:
        return Turn()
    across, across_down, _, down_across, down = unpack("=5i", matrix[:20])
    if not (across or across_down or down_across or down):
        return Turn()
    straight = min(abs(across), abs(down))
    crossed = min(abs(across_down), abs(down_across))
    large, small = max(straight, crossed), max(min(abs(across), abs(across_down)), min(abs(down), abs(down_across)))
    exact = small <= _SKEW * large
    if straight >= crossed:
        return Turn(False, across < 0, down < 0, exact)
    return Turn(True, down_across < 0, across_down < 0, exact)


def upright(picture: Frame, turn: Turn) -> Frame:
    """The picture or plane, (h, w, 3) or (h, w), the right way up, contiguous."""
    import numpy as np

    if turn.plain:
        return picture
    if turn.exchanged:
        picture = picture.swapaxes(0, 1)
    if turn.mirrored:
        picture = picture[:, ::-1]
    if turn.flipped:
        picture = picture[::-1]
    return np.ascontiguousarray(picture)
