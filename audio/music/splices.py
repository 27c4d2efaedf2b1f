"""Where music may be joined to itself: from the end of one bar to the beginning of a like one, or through a soft blend.

Chooses joins and lays pieces; pure reckoning with what was heard of a sound. Knows no files and no film.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from audio.music.onsets import CHORD_HOP, HOP, Heard
from audio.voice import RATE, Samples

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

BLEND = round(0.040 * RATE)
"""Samples over which one bar gives way to another; it is over shortly before the new bar's first note."""

SOFT = 3 * RATE
"""Samples over which music without bars is blended into itself, where it is long enough."""

SHORTEST_BAR = RATE // 4
"""Samples that lie between two bar lines at least."""

ALIGN = round(0.012 * RATE)
"""Samples by which a join may be moved so that both waves run together."""

EARLY = round(0.006 * RATE)
"""Samples before a bar line at which the bar before it is over: its first note may begin a little early."""
_SHORTEST = round(0.005 * RATE)
_PART = 0.4
"""What part of all bars is heard again at least."""
_SLOTS = 16
"""Parts of a bar in which what sounds is compared."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sound, `samples` from `first`, heard from sample `at`.

    It comes in over `rise` samples and goes out over `fall`, both within it; the piece after it begins where its fall
    does. `likeness` (-1..1) is how alike it and the piece before it are while they overlap.
    """

    at: int
    first: int
    samples: int
    rise: int = 0
    fall: int = 0
    likeness: float = 0.0

    @property
    def end(self) -> int:
        """The sample after its last, as it is heard."""
        return self.at + self.samples


@dataclass(frozen=True, slots=True)
class Jump:
    """A join of a sound to itself: at sample `leave` it goes on as from `enter`, after a blend of `blend` samples."""

    leave: int
    enter: int
    blend: int

    @property
    def samples(self) -> int:
        """By how much the music becomes longer."""
        return self.leave - self.enter


def bar_jump(heard: Heard, bars: Sequence[int], lacking: int, *, exact: bool = True) -> tuple[Jump, int] | None:
    """The jump back from a bar line to an earlier one that fits best, and how often it is taken.

    The sound then becomes longer by `lacking` samples or by less than a bar under it; where it need not be `exact`, by
    that or more. Few repetitions are better than many, then the more alike both places are. None where there are too
    few bars for that, or where only a small part of them would be heard again and again.
    """
    import numpy as np

    lines = np.array(bars)
    if len(lines) < 2:
        return None
    bar = float(np.median(np.diff(lines)))
    by = lines[:, None] - lines[None, :]
    whole = np.maximum(by, 1)
    times = lacking // whole if exact else -(-lacking // whole)
    fits = (by >= max(0.5 * bar, _PART * (lines[-1] - lines[0]))) & (times >= 1)
    if exact:
        fits &= lacking - times * whole < bar
    if not fits.any():
        return None
    count = np.subtract.outer(np.arange(len(lines)), np.arange(len(lines)))
    phrases = 0.06 * (count % 4 == 0) + 0.03 * (count % 8 == 0) + 0.03 * (count % 2 == 0)
    standing = np.where(fits, _likeness(heard, lines, bar) + phrases - 0.12 * times, -np.inf)
    leave, enter = np.unravel_index(int(standing.argmax()), standing.shape)
    return before_the_note(int(lines[leave]), int(lines[enter])), int(times[leave, enter])


def before_the_note(leave: int, enter: int) -> Jump:
    """The jump between two bar lines whose blend is over just before the new bar's first note."""
    early = min(EARLY, enter)
    blend = min(BLEND, enter - early)
    if blend >= _SHORTEST:
        return Jump(leave - early, enter - early, blend)
    return Jump(leave + _SHORTEST, enter + _SHORTEST, _SHORTEST)


def soft_jump(heard: Heard, lacking: int) -> tuple[Jump, int]:
    """The join of music without bars with which it becomes longer by `lacking` samples, and how often it is taken.

    It leads from a place as late as may be to a like one before it; both are rather quiet.
    """
    import numpy as np

    count = len(heard.levels)
    blend = max(1, min(SOFT, heard.samples // 4) // CHORD_HOP)
    times = -(-lacking // max(CHORD_HOP, (count - 2 * blend - 1) * CHORD_HOP))
    step = lacking // times
    tones, levels = _smooth(heard.chords, blend), _smooth(heard.levels[:, None], blend)[:, 0]
    tones = tones / np.maximum(np.linalg.norm(tones, axis=1, keepdims=True), 1e-6)
    early = np.arange(max(1, count - blend - step // CHORD_HOP - 1))
    late = np.minimum(early + step // CHORD_HOP, count - 1)
    # Quiet is good, but in silence the music would seem to stop.
    usual = float(np.median(levels)) - 3.0
    standing = (tones[late] * tones[early]).sum(axis=1) - 0.02 * np.abs(levels[late] - levels[early])
    standing -= 0.01 * (np.abs(levels[late] - usual) + np.abs(levels[early] - usual))
    enter = (int(standing.argmax()) + blend) * CHORD_HOP
    return Jump(enter + step, enter, blend * CHORD_HOP), times


def laid(jump: Jump, times: int, last: int) -> tuple[Piece, ...]:
    """The pieces of a sound that takes a jump so many times and then goes on to sample `last`."""
    if not times:
        return (Piece(0, 0, last),)
    pieces = [Piece(0, 0, jump.leave, fall=jump.blend)]
    first = jump.enter - jump.blend
    for turn in range(times):
        at = jump.leave - jump.blend + turn * jump.samples
        if turn == times - 1:
            pieces.append(Piece(at, first, last - first, rise=jump.blend))
        else:
            pieces.append(Piece(at, first, jump.leave - first, rise=jump.blend, fall=jump.blend))
    return tuple(pieces)


def closer(jump: Jump, leaving: Samples, entering: Samples) -> tuple[Jump, float]:
    """The jump moved by up to `ALIGN` so that both waves run together, and how alike they then are, -1..1.

    `leaving` (n,) is the wave around `leave`; `entering` is the one around `enter`, longer by `ALIGN` on either side.
    """
    import numpy as np
    from scipy.signal import correlate

    products = correlate(entering.astype(np.float64), leaving.astype(np.float64), "valid")
    power = float(np.square(leaving.astype(np.float64)).sum())
    powers = np.convolve(np.square(entering.astype(np.float64)), np.ones(len(leaving)), "valid")
    likeness = products / np.sqrt(np.maximum(powers * power, 1e-12))
    best = int(likeness.argmax())
    if likeness[best] < 0.5:
        # Two performances: their waves never run together, and the beat knows better than they do.
        return jump, float(likeness[ALIGN])
    return replace(jump, enter=jump.enter + best - ALIGN), float(likeness[best])


def gains(samples: int, likeness: float) -> tuple[Samples, Samples]:
    """How one piece falls and the next rises, both (samples,), so that together they keep their power.

    Alike waves add up by amplitude, others by power: `likeness` (-1..1) says which these are.
    """
    import numpy as np

    angle = 0.5 * np.pi * (np.arange(samples) + 0.5) / samples
    out, in_ = np.cos(angle), np.sin(angle)
    sum_ = np.sqrt(1.0 + 2.0 * min(max(likeness, -0.3), 1.0) * out * in_)
    return (out / sum_).astype(np.float32), (in_ / sum_).astype(np.float32)


def _likeness(heard: Heard, lines: NDArray[np.int64], bar: float) -> NDArray[np.float64]:
    """How alike what comes before and after two bar lines is, about 0..1, (lines, lines)."""
    import numpy as np

    alike = np.zeros((len(lines), len(lines)))
    for offset in (-bar, 0.0):
        shapes = _shape(heard, lines + offset, bar)
        levels = _level(heard, lines + offset, bar)
        alike += 0.5 * (shapes @ shapes.T) - 0.01 * np.minimum(np.abs(np.subtract.outer(levels, levels)), 20.0)
    return alike


def _smooth(frames: NDArray[np.float32], width: int) -> NDArray[np.float64]:
    """The mean of every `width` frames (n, features) from each one on; those at the end are held."""
    import numpy as np

    held = np.pad(frames.astype(np.float64), ((0, width), (0, 0)), mode="edge")
    sums = np.cumsum(np.concatenate([np.zeros((1, held.shape[1])), held]), axis=0)
    smooth: NDArray[np.float64] = (sums[width:] - sums[:-width])[: len(frames)] / width
    return smooth


def _shape(heard: Heard, starts: NDArray[Any], bar: float) -> NDArray[np.float64]:
    """What sounds and begins in the bars that begin at these samples, one unit vector each, (bars, features)."""
    import numpy as np

    edges = starts[:, None] + bar * np.arange(_SLOTS) / _SLOTS
    # The middle of a slot says what sounds in it, its beginning what begins in it.
    chords = _at(heard.chords, (edges + bar / _SLOTS / 2) / CHORD_HOP)
    chords = chords - chords.mean(axis=2, keepdims=True)
    onsets = np.stack([_peaks(curve, edges / HOP, bar / _SLOTS / HOP) for curve in (heard.onsets, heard.bass)], axis=2)
    parts = [one.reshape(len(starts), -1) for one in (chords, onsets - onsets.mean(axis=1, keepdims=True))]
    units = [part / np.maximum(np.linalg.norm(part, axis=1, keepdims=True), 1e-6) for part in parts]
    shape: NDArray[np.float64] = np.concatenate([units[0] * np.sqrt(0.6), units[1] * np.sqrt(0.4)], axis=1)
    return shape


def _level(heard: Heard, starts: NDArray[Any], bar: float) -> NDArray[np.float64]:
    """The mean level of the bars that begin at these samples, in dB."""
    import numpy as np

    edges = (starts[:, None] + bar * np.arange(_SLOTS) / _SLOTS) / CHORD_HOP
    level: NDArray[np.float64] = np.maximum(_at(heard.levels[:, None], edges)[:, :, 0], -80.0).mean(axis=1)
    return level


def _at(frames: NDArray[np.float32], places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Frames (n, features) at fractional places (a, b), nearest first and last beyond the ends: (a, b, features)."""
    import numpy as np

    found: NDArray[np.float64] = frames[np.clip(np.round(places).astype(int), 0, len(frames) - 1)].astype(np.float64)
    return found


def _peaks(curve: NDArray[np.float32], places: NDArray[np.float64], width: float) -> NDArray[np.float64]:
    """The highest values of a curve (n,) within `width` frames around places (a, b)."""
    import numpy as np

    reach = max(1, round(width / 2))
    padded = np.pad(curve, reach)
    highest = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1).max(axis=1)
    return _at(highest[:, None], places)[:, :, 0]
