"""Flashes: how often large parts of the picture grow light and dark again within a second, as WCAG 2.3.1 counts them.

A flash is a pair of opposing changes of relative luminance by a tenth of the largest, the darker side under 0.8, or of
saturated red, over a quarter of the picture at once (ITU-R BT.1702 has the same limits). Seen in a few cells of each
picture as a piece is made, and counted for the film across its pieces. Knows no film and no disk.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Cells: TypeAlias = "NDArray[np.float32]"

ROWS, COLUMNS = 16, 24
SAMPLES = 4
"""Rows and columns of each cell that are looked at, where the picture has as many."""
CHANGE = 0.1
"""Of the largest relative luminance: what counts as a change."""
BRIGHT = 0.8
"""A change between two pictures that are both lighter than that does not flash."""
RED_SHARE, RED_CHANGE = 0.8, 20 / 320
"""A red is saturated from this share of all light on; and what counts as a change of R - G - B."""
AREA = 0.25
"""Share of the picture that may change at once."""
TOGETHER = 2
"""Frames within which cells change at once."""
MOST = 6
"""Opposing changes within a second, three flashes, that harm nobody."""

_BLACK, _RANGE = 16.0, 219.0


@dataclass(frozen=True, slots=True)
class Flashing:
    """What a film does: the most opposing changes in any second, and the spans in seconds where there are too many."""

    most: int
    spans: tuple[tuple[float, float], ...]

    @property
    def flashes(self) -> int:
        """Flashes in the worst second, each a pair of changes."""
        return (self.most + 1) // 2


class Light:
    """Watches the pictures of one piece in order."""

    def __init__(self) -> None:
        self._general = _Swings(BRIGHT)
        self._red = _Swings(float("inf"), RED_CHANGE)
        self._first: tuple[Cells, Cells] | None = None
        self._last: tuple[Cells, Cells] | None = None

    def see(self, luma: NDArray[np.uint8], blue: NDArray[np.uint8], red: NDArray[np.uint8]) -> None:
        """Look at the planes of the next picture: luma (h, w) in limited range, both chromas at half its size."""
        light, reddish = _light(luma), _reddish(luma, blue, red)
        self._general.see(light)
        self._red.see(reddish)
        self._last = light, reddish
        self._first = self._first or self._last

    def facts(self) -> dict[str, Any]:
        """What the film has to know of this piece, as plain data."""
        if self._first is None or self._last is None:
            return {"light": [], "red": [], "edges": []}
        edges = [_packed(cells) for picture in (self._first, self._last) for cells in picture]
        return {"light": self._general.changes, "red": self._red.changes, "edges": edges}


class _Swings:
    """The opposing changes of a quantity in many cells, each told once enough of them change together."""

    def __init__(self, bright: float, change: float = CHANGE) -> None:
        self.changes: list[list[int]] = []
        self._bright, self._change = bright, change
        self._frame = -1
        self._low: Any = None
        self._high: Any = None
        self._turned: Any = None
        self._when: Any = None
        self._sign = 0

    def see(self, cells: Cells) -> None:
        """Look at the cells of the next picture."""
        import numpy as np

        self._frame += 1
        if self._low is None:
            self._low, self._high = cells.copy(), cells.copy()
            self._turned = np.zeros(cells.shape, np.int8)
            self._when = np.full(cells.shape, -TOGETHER - 1)
            return
        np.minimum(self._low, cells, out=self._low)
        np.maximum(self._high, cells, out=self._high)
        up = (cells - self._low >= self._change) & (self._low < self._bright) & (self._turned <= 0)
        down = (self._high - cells >= self._change) & (cells < self._bright) & (self._turned >= 0)
        turned = up | down
        if not turned.any():
            return
        self._turned[up], self._turned[down] = 1, -1
        # A cell that has turned is measured from here on: the next change has to come back from where it went.
        self._low[turned] = self._high[turned] = cells[turned]
        self._when[turned] = self._frame
        recent = self._when > self._frame - TOGETHER
        for sign in (1, -1):
            if sign != self._sign and (recent & (self._turned == sign)).mean() > AREA:
                self._sign = sign
                self.changes.append([self._frame, sign])
                break


def counted(pieces: Sequence[tuple[int, Mapping[str, Any]]], rate: Fraction) -> Flashing:
    """What a film of these pieces does: the first frame of each, and what `Light` has told of it."""
    found = [_spans(_joined(pieces, name, place), rate) for place, name in enumerate(("light", "red"))]
    spans = sorted(span for _, each in found for span in each)
    return Flashing(max((most for most, _ in found), default=0), tuple(_merged(spans)))


def told(flashing: Flashing) -> str:
    """What a person is told of a film that flashes; "" of one that does not."""
    if flashing.most <= MOST:
        return ""
    places = ", ".join(f"{first:.1f}-{last:.1f} s" for first, last in flashing.spans[:4])
    more = " and elsewhere" if len(flashing.spans) > 4 else ""
    return (
        f"the picture flashes up to {flashing.flashes} times a second at {places}{more}; more than 3 can harm people "
        "with photosensitive epilepsy (WCAG 2.3.1, ITU-R BT.1702)"
    )


def _joined(pieces: Sequence[tuple[int, Mapping[str, Any]]], name: str, place: int) -> list[tuple[int, int]]:
    """The changes of all pieces and of the cuts between them as (frame, sign), signs alternating."""
    changes: list[tuple[int, int]] = []
    before: Cells | None = None
    for start, facts in pieces:
        edges = facts.get("edges") or ()
        if edges:
            first, last = _unpacked(edges[place]), _unpacked(edges[2 + place])
            if before is not None and (sign := _cut(before, first, name)):
                changes.append((start, sign))
            before = last
        changes += [(start + frame, sign) for frame, sign in facts.get(name, ())]
    return [one for number, one in enumerate(changes) if not number or changes[number - 1][1] != one[1]]


def _cut(before: Cells, after: Cells, name: str) -> int:
    """The change from one picture to the next: 1, -1, or 0 where too little of it changes."""
    import numpy as np

    change, bright = (CHANGE, BRIGHT) if name == "light" else (RED_CHANGE, np.inf)
    # What is stored is rounded: a change that was just enough stays so.
    enough = change - 1 / 255
    darker = np.minimum(before, after)
    for sign in (1, -1):
        if (((after - before) * sign >= enough) & (darker < bright)).mean() > AREA:
            return sign
    return 0


def _spans(changes: Sequence[tuple[int, int]], rate: Fraction) -> tuple[int, list[tuple[float, float]]]:
    """The most changes in any second, and the spans in which there are more than may be."""
    most, spans, begin = 0, [], 0
    for end, (frame, _) in enumerate(changes):
        while (frame - changes[begin][0]) / rate >= 1:
            begin += 1
        count = end - begin + 1
        most = max(most, count)
        if count > MOST:
            spans.append((round(float(changes[begin][0] / rate), 3), round(float((frame + 1) / rate), 3)))
    return most, spans


def _merged(spans: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    merged: list[tuple[float, float]] = []
    for first, last in spans:
        if merged and first <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], last)
        else:
            merged.append((first, last))
    return merged


def _means(plane: NDArray[np.uint8], table: NDArray[np.float32] | None = None) -> Cells:
    """Means of a plane in ROWS x COLUMNS cells, of some samples of each, through a table where there is one."""
    import numpy as np

    high, wide = plane.shape
    if high < ROWS or wide < COLUMNS:
        rows, columns = np.arange(ROWS) * high // ROWS, np.arange(COLUMNS) * wide // COLUMNS
        cells = plane[np.ix_(rows, columns)].reshape(ROWS, 1, COLUMNS, 1)
    else:
        seen = _thinned(plane)
        tall, broad = seen.shape[0] // ROWS, seen.shape[1] // COLUMNS
        cells = seen[: tall * ROWS, : broad * COLUMNS].reshape(ROWS, tall, COLUMNS, broad)
    values = cells if table is None else table[cells]
    return np.asarray(values.mean(axis=(1, 3), dtype=np.float32), np.float32)


def _thinned(plane: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The samples of a plane that are looked at."""
    high, wide = plane.shape
    return plane[:: max(1, high // (ROWS * SAMPLES)), :: max(1, wide // (COLUMNS * SAMPLES))]


def _light(luma: NDArray[np.uint8]) -> Cells:
    """Relative luminance of the cells, 0..1."""
    return _means(luma, _linear_table())


@cache
def _linear_table() -> NDArray[np.float32]:
    """Linear light of each coded value of luma."""
    import numpy as np

    return _linear(np.asarray((np.arange(256) - _BLACK) / _RANGE, np.float32))


def _linear(values: Cells) -> Cells:
    import numpy as np

    clipped = np.clip(values, 0, 1)
    return np.asarray(np.where(clipped <= 0.04045, clipped / 12.92, ((clipped + 0.055) / 1.055) ** 2.4), np.float32)


def _reddish(luma: NDArray[np.uint8], blue: NDArray[np.uint8], red: NDArray[np.uint8]) -> Cells:
    """R - G - B of the cells that are a saturated red, 0 of the others."""
    import numpy as np

    if int(_thinned(red).max(initial=0)) < 160:
        # No red is saturated whose chroma lies so near to grey.
        return np.zeros((ROWS, COLUMNS), np.float32)
    y = (_means(luma) - _BLACK) / _RANGE
    u, v = ((_means(plane) - 128) / 224 for plane in (blue, red))
    rgb = (y + 1.5748 * v, y - 0.1873 * u - 0.4681 * v, y + 1.8556 * u)
    r, g, b = (_linear(np.asarray(part, np.float32)) for part in rgb)
    saturated = r >= RED_SHARE * np.maximum(r + g + b, 1e-6)
    return np.asarray(np.where(saturated, np.maximum(r - g - b, 0), 0), np.float32)


def _packed(cells: Cells) -> str:
    """Cells as text, a byte each; "" where all are 0."""
    import numpy as np

    bytes_ = np.asarray(np.rint(np.clip(cells, 0, 1) * 255), np.uint8).tobytes()
    return b64encode(bytes_).decode("ascii") if any(bytes_) else ""


def _unpacked(text: str) -> Cells:
    import numpy as np

    stored = b64decode(text) if text else bytes(ROWS * COLUMNS)
    return np.asarray(np.frombuffer(stored, np.uint8).reshape(ROWS, COLUMNS) / 255, np.float32)
