"""Dynamic time warping: which frame of one reading belongs to which frame of another.

Coarse frames first, all against all; then finer ones near the path that was found. Memory and time grow with the
length, not with its square. Pure; knows no words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from audio.speaking.cepstra import Cepstra

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_COARSEST = 400
"""Frames up to which all are compared with all."""
_FACTOR = 4
_REACH = 24
"""Frames on either side of a coarser path that are looked at."""
_STRETCH = 0.25
"""What it costs to let one reading wait for the other by a frame; two frames that have nothing in common cost 1."""

_BOTH, _FIRST, _SECOND = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Path:
    """Pairs of frames from both beginnings to both ends, and the mean cost of a step."""

    first: NDArray[np.intp]
    second: NDArray[np.intp]
    cost: float


def coarse_factor(one: int, other: int) -> int:
    """By how much the coarsest level is coarser than the frames themselves: a power of four."""
    factor = 1
    while max(one, other) > _COARSEST * factor:
        factor *= _FACTOR
    return factor


def coarse(one: Cepstra, other: Cepstra) -> Path:
    """The path between the coarsest frames of both."""
    factor = coarse_factor(len(one), len(other))
    return _banded(one.coarser(factor), other.coarser(factor), None)


def warped(one: Cepstra, other: Cepstra) -> Path:
    """The path of least cost between the frames of both; neither may be empty."""
    factor = coarse_factor(len(one), len(other))
    path = _banded(one.coarser(factor), other.coarser(factor), None)
    while factor > 1:
        factor //= _FACTOR
        path = _banded(one.coarser(factor), other.coarser(factor), path)
    return path


def _banded(one: Cepstra, other: Cepstra, coarser: Path | None) -> Path:
    """The cheapest path, diagonal by diagonal; near that of a level four times coarser, where one is given."""
    import numpy as np

    count, width = len(one), len(other)
    lows, highs = _corridor(count, width, coarser)
    steps = np.full((count + width - 1, int((highs - lows).max()) + 1), _BOTH, np.uint8)
    before = last = np.full(count + 1, np.inf, np.float32)  # index i + 1, so that 0 stands for "before the first"
    for diagonal in range(count + width - 1):
        rows = np.arange(lows[diagonal], highs[diagonal] + 1)
        columns = diagonal - rows
        away = 1.0 - np.einsum("ij,ij->i", one.shape[rows], other.shape[columns])
        away += np.abs(one.loud[rows] - other.loud[columns])
        if diagonal:
            ways = np.stack([before[rows] + 2.0 * away, last[rows] + away + _STRETCH, last[rows + 1] + away + _STRETCH])
            step = ways.argmin(axis=0)
            steps[diagonal, : len(rows)] = step
            away = ways[step, np.arange(len(rows))]
        before, last = last, np.full(count + 1, np.inf, np.float32)
        last[rows + 1] = away
    return _traced(steps, lows, count, width, float(last[count]) / (count + width))


def _corridor(count: int, width: int, coarser: Path | None) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """First and last row that is looked at on every diagonal."""
    import numpy as np

    diagonals = np.arange(count + width - 1)
    lows, highs = np.maximum(0, diagonals - width + 1), np.minimum(count - 1, diagonals)
    if coarser is None:
        return lows, highs
    rows, columns = coarser.first * _FACTOR, coarser.second * _FACTOR
    centre = np.interp(diagonals, rows + columns, rows)
    near = np.rint(centre).astype(np.intp)
    return np.clip(near - _REACH, lows, highs), np.clip(near + _REACH, lows, highs)


def _traced(steps: NDArray[np.uint8], lows: NDArray[np.intp], count: int, width: int, cost: float) -> Path:
    """The path from the last pair back to the first."""
    import numpy as np

    row, column = count - 1, width - 1
    rows, columns = [row], [column]
    while row or column:
        step = int(steps[row + column, row - lows[row + column]])
        if not row or (column and step == _SECOND):
            column -= 1
        elif not column or step == _FIRST:
            row -= 1
        else:
            row, column = row - 1, column - 1
        rows.append(row)
        columns.append(column)
    return Path(np.array(rows[::-1], np.intp), np.array(columns[::-1], np.intp), cost)
