"""Pictures of the documentation on their way to disk: made smaller, labelled, joined to contact sheets, coded.

Knows nothing of what they show.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from scenes.backend import Frame
from scenes.lettering import lay_over, set_text

QUALITY = 80
PAPER, INK = 246, "#26221e"
"""The grey of a sheet, and what is written on it."""
LETTERS, LABEL, GAP = 15.0, 24, 8
"""Pixels: the size of a label's letters, the room above each strip for it, and what lies between strips."""


@dataclass(frozen=True)
class Strip:
    """Pictures of one height in a row, and the words over them."""

    label: str
    pictures: tuple[Frame, ...]


def small(picture: Frame, size: tuple[int, int]) -> Frame:
    """The picture made smaller to (width, height)."""
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def saved(path: Path, picture: Frame) -> None:
    """Write a picture as JPEG."""
    cv2.imwrite(str(path), picture[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, QUALITY])


def contact_sheet(strips: Sequence[Strip], columns: int) -> Frame:
    """Strips of one size from left to right and from top to bottom, each under its label."""
    printed = [labelled(strip) for strip in strips]
    height, width = printed[0].shape[:2]
    rows = -(-len(printed) // columns)
    sheet = np.full((rows * (height + GAP) + GAP, columns * (width + GAP) + GAP, 3), PAPER, np.uint8)
    for (top, left), picture in zip(_corners(rows, columns, height, width), printed, strict=False):
        sheet[top : top + height, left : left + width] = picture
    return sheet


def labelled(strip: Strip) -> Frame:
    """The pictures of a strip side by side on paper, their label over them."""
    row = np.hstack(strip.pictures)
    ground = np.full((LABEL + row.shape[0], row.shape[1], 3), PAPER, np.uint8)
    ground[LABEL:] = row
    words = set_text(strip.label, width=row.shape[1] - 4, size=LETTERS, colour=INK)
    return lay_over(ground, words.pixels, left=2, top=(LABEL - words.height) // 2)


def _corners(rows: int, columns: int, height: int, width: int) -> Iterator[tuple[int, int]]:
    for row in range(rows):
        for column in range(columns):
            yield GAP + row * (height + GAP), GAP + column * (width + GAP)
