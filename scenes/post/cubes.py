"""Tables of colours in the .cube format: read from hostile files, written for editors, and applied to pictures.

Only three-dimensional tables of at most 65 colours an edge are read, line by line and within bounds. Knows no looks.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from scenes.backend import Frame, Refusal
from storyboard.errors import MissingError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST = 65
"""Colours along an edge of the largest table that is read."""

_MOST_BYTES = 24_000_000
_FINE = 16
"""Cells along an edge from which OpenCV's steps of 1/32 of a cell are under a level of eight bits."""


@dataclass(frozen=True, slots=True, eq=False)
class Cube:
    """A table of colours: `size` along each edge, three values each, red running fastest, then green.

    `lowest` and `highest` are the colours at its corners; values are levels in 0..1, and may lie outside.
    """

    size: int
    values: array[float]
    lowest: tuple[float, ...] = (0.0, 0.0, 0.0)
    highest: tuple[float, ...] = (1.0, 1.0, 1.0)
    title: str = ""


def cube_text(cube: Cube) -> str:
    """The table as the text of a .cube file."""
    head = [
        f'TITLE "{cube.title}"',
        f"LUT_3D_SIZE {cube.size}",
        f"DOMAIN_MIN {' '.join(f'{part:g}' for part in cube.lowest)}",
        f"DOMAIN_MAX {' '.join(f'{part:g}' for part in cube.highest)}",
    ]
    rows = (
        " ".join(f"{value:.6f}" for value in cube.values[start : start + 3]) for start in range(0, len(cube.values), 3)
    )
    return "\n".join([*head, *rows]) + "\n"


def read_cube(path: Path, name: str) -> Cube:
    """The table in a .cube file, which messages call `name`.

    Raises MissingError where the file cannot be read, and Refusal, with the line, for anything but a whole table in
    three dimensions.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise Refusal(
                f"{name} is too large for a table of colours", f"export it with at most {MOST} points an edge"
            )
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError as problem:
        raise MissingError(f"{name} cannot be read: {problem.strerror}", "put the table in its place") from problem
    return parse_cube(text, name)


def parse_cube(text: str, name: str) -> Cube:
    """The table in the text of a .cube file; Refusal as `read_cube` raises it."""
    reader = _Reader(name)
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        words = line.split("#", 1)[0].split()
        if words:
            reader.take(number, words)
    return reader.whole()


class _Reader:
    """What of a .cube file was read so far."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._size = 0
        self._values: array[float] = array("f")
        self._lowest: tuple[float, ...] = (0.0, 0.0, 0.0)
        self._highest: tuple[float, ...] = (1.0, 1.0, 1.0)

    def take(self, number: int, words: list[str]) -> None:
        """Read one line that is not empty."""
        first = words[0].upper()
        if first[0].isdigit() or first[0] in "+-.":
            self._row(number, words)
        elif first == "LUT_3D_SIZE":
            self._edge(number, words[1:])
        elif first in ("DOMAIN_MIN", "DOMAIN_MAX"):
            corner = self._numbers(number, words[1:], 3)
            self._lowest, self._highest = (corner, self._highest) if first == "DOMAIN_MIN" else (self._lowest, corner)
        elif first == "LUT_3D_INPUT_RANGE":
            low, high = self._numbers(number, words[1:], 2)
            self._lowest, self._highest = (low,) * 3, (high,) * 3
        elif first.startswith("LUT_1D"):
            raise self._fault(number, "a table of curves (1D)", "export it as a 3D table")
        elif first != "TITLE":
            raise self._fault(number, f"`{words[0][:40]}`, which is not known here", "export it as a plain .cube")

    def whole(self) -> Cube:
        """The table, if all of it is there."""
        due = self._size**3
        if not due:
            raise Refusal(f"{self._name} holds no table: LUT_3D_SIZE is missing", "export it as a 3D .cube")
        if len(self._values) != 3 * due:
            raise Refusal(
                f"{self._name} has {len(self._values) // 3} colours where {due} are due", "export it once more, whole"
            )
        if any(high <= low for low, high in zip(self._lowest, self._highest, strict=True)):
            raise Refusal(f"{self._name} ends (DOMAIN_MAX) where it begins", "export it with a domain of 0..1")
        return Cube(self._size, self._values, self._lowest, self._highest, self._name)

    def _edge(self, number: int, words: list[str]) -> None:
        if self._size or len(words) != 1 or not words[0].isascii() or not words[0].isdigit() or len(words[0]) > 6:
            raise self._fault(number, "a size that is not one whole number", "export it once more")
        size = int(words[0])
        if not 2 <= size <= MOST:
            raise self._fault(number, f"a table of {size} colours an edge", f"export it with 2 to {MOST}")
        self._size = size

    def _row(self, number: int, words: list[str]) -> None:
        if not self._size:
            raise self._fault(number, "colours before LUT_3D_SIZE", "export it once more")
        if len(self._values) >= 3 * self._size**3:
            raise self._fault(number, f"more than the {self._size**3} colours of its size", "export it once more")
        self._values.extend(self._numbers(number, words, 3))

    def _numbers(self, number: int, words: list[str], count: int) -> tuple[float, ...]:
        try:
            found = tuple(float(word) for word in words)
        except ValueError:
            found = ()
        if len(found) != count or not all(math.isfinite(value) and abs(value) < 1e6 for value in found):
            raise self._fault(number, f"a line that is not {count} numbers", "export it once more")
        return found

    def _fault(self, number: int, what: str, remedy: str) -> Refusal:
        return Refusal(f"{self._name}, line {number}: {what}", remedy)


def grader(cube: Cube) -> Callable[[Frame], Frame]:
    """What grades a picture by the table: between its colours, every colour is mixed of those around it."""
    import cv2
    import numpy as np

    lattice = _lattice(cube)
    size = lattice.shape[0]
    red, green, blue = (
        np.clip((np.arange(256) / 255 - low) / (high - low), 0.0, 1.0) * (size - 1)
        for low, high in zip(cube.lowest, cube.highest, strict=True)
    )
    # One slice for every level of blue, side by side: in each, red runs across and green down.
    low = np.minimum(blue.astype(int), size - 2)
    part = (blue - low)[:, None, None, None]
    slices = lattice[low] * (1 - part) + lattice[low + 1] * part
    strip = np.rint(slices.transpose(1, 0, 2, 3).reshape(size, 256 * size, 3)).astype(np.uint8)
    # Places as OpenCV wants them most: whole samples, and 32nds of one.
    across, down = np.rint(red * 32).astype(int), np.rint(green * 32).astype(int)
    columns, rows = (across >> 5).astype(np.int16), (down >> 5).astype(np.int16)
    start = (np.arange(256) * size).astype(np.int16)
    fine_columns, fine_rows = (across & 31).astype(np.uint16), ((down & 31) << 5).astype(np.uint16)

    def grade(picture: Frame) -> Frame:
        reds, greens, blues = cv2.split(picture)
        whole = cv2.merge([cv2.LUT(reds, columns) + cv2.LUT(blues, start), cv2.LUT(greens, rows)])
        fine = cv2.LUT(reds, fine_columns) + cv2.LUT(greens, fine_rows)
        return np.asarray(cv2.remap(strip, whole, fine, cv2.INTER_LINEAR), np.uint8)

    return grade


def _lattice(cube: Cube) -> NDArray[np.float32]:
    """The table in levels 0..255 as (blue, green, red, 3), in cells so fine that looking up is exact to a level."""
    import numpy as np

    lattice = np.clip(np.array(cube.values, np.float32).reshape(cube.size, cube.size, cube.size, 3), 0, 1) * 255
    finer = -(-_FINE // (cube.size - 1))
    for axis in range(3) if finer > 1 else ():
        count = lattice.shape[axis]
        at = np.arange((count - 1) * finer + 1) / finer
        low = np.minimum(at.astype(int), count - 2)
        part = (at - low).reshape([-1 if place == axis else 1 for place in range(4)])
        lattice = lattice.take(low, axis) * (1 - part) + lattice.take(low + 1, axis) * part
    return lattice.astype(np.float32)
