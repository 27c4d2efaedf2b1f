"""The limiter: keeps the true peak of a mix under its ceiling without being heard.

The gain of a sample depends only on its neighbourhood and is reckoned in whole numbers, so that a stretch with enough
of its neighbours comes out sample by sample as it does within the whole film. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audio.signal.loudness import peak_over
from audio.voice import RATE, Samples

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

REACH = round(0.030 * RATE)
"""Samples on either side over which the gain moves: nothing steps, nothing pumps."""

CONTEXT = 2 * REACH + 64
"""Samples of neighbourhood that a block needs on either side."""

_BOX = 2 * REACH // 3 + 1
"""Length of each of the three moving averages that smooth the gain; together they reach just as far as the minimum."""

_UNIT = 1 << 22
"""The gain 1 as a whole number: the sums of three averages still fit into 64 bits."""


def gain_curve(sound: Samples, ceiling: float) -> NDArray[np.float32]:
    """The gain (0..1) that holds every four-times oversampled peak under `ceiling` (an amplitude).

    `sound` is (n, channels); the result is (n,) and valid `CONTEXT` samples away from ends that go on elsewhere.
    """
    import numpy as np

    peak = peak_over(sound, ceiling)
    curve = np.ones(len(sound), dtype=np.float32)
    for first, last in _moved(np.flatnonzero(peak > ceiling), len(sound)):
        curve[first:last] = _curve(peak[first:last], ceiling)
    return curve


def _moved(over: NDArray[np.intp], count: int) -> list[tuple[int, int]]:
    """The stretches in which the gain moves for peaks at these samples, far enough apart not to touch each other."""
    import numpy as np

    if not len(over):
        return []
    apart = np.flatnonzero(np.diff(over) > 4 * REACH)
    firsts, lasts = over[np.append(0, apart + 1)], over[np.append(apart, -1)]
    spans = zip(firsts.tolist(), lasts.tolist(), strict=True)
    return [(max(0, first - 2 * REACH), min(count, last + 2 * REACH + 1)) for first, last in spans]


def _curve(peak: Samples, ceiling: float) -> NDArray[np.float32]:
    """The gain for the peaks of a stretch; what lies beyond it is taken to be as its first and last sample."""
    import numpy as np

    # Rounded down: an average of gains that are all low enough is low enough.
    wanted = np.floor(_UNIT * np.minimum(1.0, ceiling / np.maximum(peak.astype(np.float64), 1e-9))).astype(np.int64)
    held = _lowest(np.pad(wanted, REACH, mode="edge"), 2 * REACH + 1)
    smooth = np.pad(held, REACH, mode="edge")
    for _ in range(3):
        smooth = _sums(smooth, _BOX)
    curve: NDArray[np.float32] = (smooth / (float(_UNIT) * _BOX**3)).astype(np.float32)
    return curve


def _lowest(values: NDArray[np.int64], width: int) -> NDArray[np.int64]:
    """The lowest of every `width` values side by side: forwards and backwards within cells of that width."""
    import numpy as np

    count = len(values) - width + 1
    cells = np.pad(values, (0, -len(values) % width), mode="edge").reshape(-1, width)
    ahead = np.minimum.accumulate(cells, axis=1).ravel()
    behind = np.minimum.accumulate(cells[:, ::-1], axis=1)[:, ::-1].ravel()
    lowest: NDArray[np.int64] = np.minimum(behind[:count], ahead[width - 1 : width - 1 + count])
    return lowest


def _sums(values: NDArray[np.int64], width: int) -> NDArray[np.int64]:
    """The sum of every `width` values side by side. Totals may run over 64 bits; their differences do not."""
    import numpy as np

    totals = np.cumsum(np.concatenate([[0], values]).astype(np.uint64), dtype=np.uint64)
    return (totals[width:] - totals[:-width]).astype(np.int64)


def limited(sound: Samples, ceiling: float) -> Samples:
    """The whole sound, (n, channels), with its true peak held under `ceiling` (an amplitude)."""
    held: Samples = sound * gain_curve(sound, ceiling)[:, None]
    return held
