"""The beat of recorded music: its tempo from moment to moment, every beat, every bar, and how sure all that is.

Beats are found by dynamic programming over where notes begin, along a tempo that may drift. Pure; knows no files and
no film.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from audio.music.onsets import CHORD_HOP, HOP, Heard, Listener
from audio.voice import RATE, Samples

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Curve = NDArray[np.float64]

STEADY = 0.5
"""From this steadiness on a film may be cut on the beats."""

_FPS = RATE // HOP
_COARSE = 2
"""Frames that the search for beats takes as one."""
_SLOWEST, _FASTEST = 40.0, 220.0
_USUAL = 106.0
_SPREAD = 0.6
"""The usual tempo, and by how many octaves (one standard deviation) others lie around it."""
_WINDOW = 8.0
"""Seconds of music from which a tempo is told."""
_STEP = 1.0
_TEMPI = 120
_TIGHT = 25.0
"""How dear it is to stray from the tempo, against the strength of onsets."""
_LATE = 0.002
"""Seconds by which a rise of the spectrum is seen after its note begins."""
_NEAR = 0.045
"""Seconds around a beat within which its note is looked for."""
_ON = 5
"""Frames beside a beat that count as on it."""
_RUN = 8
"""Beats over which an even beat is compared with the found ones."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """Beats and bars of a sound, in samples; `tempo` is in beats a minute, `meter` the beats of a bar.

    `steady` says in 0..1 how sure the beat is: rubato and music without onsets lie below `STEADY`.
    """

    beats: tuple[int, ...]
    bars: tuple[int, ...]
    tempo: float
    meter: int
    steady: float


NOTHING = Pulse((), (), 0.0, 4, 0.0)
"""The pulse of silence, and of sounds too short to have one."""


def pulse_of(sound: Samples) -> Pulse:
    """The pulse of a whole sound, (n,) or (n, channels), held in memory."""
    listener = Listener()
    listener.feed(sound)
    return tracked(listener.heard())


def tracked(heard: Heard) -> Pulse:
    """The pulse of a sound that has been listened to."""
    import numpy as np

    strength = _even(heard.onsets)
    if len(strength) < 4 * _FPS or not strength.any():
        return NOTHING
    periods, clarity = _tempo(strength)
    rough = _beats(_coarse(strength), periods[::_COARSE] / _COARSE) * _COARSE
    raw, weight = _noted(strength, rough)
    kept = _sounding(raw, heard)
    raw, weight = raw[kept], weight[kept]
    if len(raw) < 2 * _RUN:
        return NOTHING
    beats = _refined(raw, weight)
    meter, first = _meter(heard, beats)
    places = np.round((beats / _FPS - _LATE) * RATE).astype(int)
    places = places[(places >= 0) & (places < heard.samples)]
    tempo = 60.0 * _FPS / float(np.median(np.diff(beats)))
    found = tuple(int(at) for at in places)
    return Pulse(
        found, found[first::meter], round(tempo, 2), meter, round(_steadiness(strength, heard, raw, clarity), 3)
    )


def _even(onsets: NDArray[np.float32]) -> Curve:
    """Onsets freed of slow swelling and brought to a like strength throughout, so that soft passages count too."""
    import numpy as np
    from scipy.ndimage import gaussian_filter1d, uniform_filter1d

    smooth = gaussian_filter1d(onsets.astype(np.float64), 1.0)
    above = np.maximum(0.0, smooth - uniform_filter1d(smooth, _FPS // 2))
    spread = np.sqrt(uniform_filter1d(above**2, 6 * _FPS))
    even: Curve = above / np.maximum(spread, 0.25)
    return even


def _coarse(strength: Curve) -> Curve:
    import numpy as np

    whole = np.pad(strength, (0, -len(strength) % _COARSE))
    coarse: Curve = whole.reshape(-1, _COARSE).max(axis=1)
    return coarse


def _tempo(strength: Curve) -> tuple[Curve, Curve]:
    """Frames per beat at every frame, and how clearly the music repeats itself at it (per second, 0..1)."""
    import numpy as np
    from scipy.ndimage import gaussian_filter1d

    bpm = np.geomspace(_SLOWEST, _FASTEST, _TEMPI)
    window, step = round(_WINDOW * _FPS), round(_STEP * _FPS)
    # Under the root a few strong notes do not drown the many weaker ones that keep the beat as well.
    blurred = gaussian_filter1d(np.sqrt(strength), 0.008 * _FPS)
    padded = np.pad(blurred, (window // 2, window // 2 + step))
    places = np.arange(0, len(strength), step)
    prior = -0.5 * (np.log2(bpm / _USUAL) / _SPREAD) ** 2
    table, clear = np.empty((len(places), _TEMPI)), np.empty((len(places), _TEMPI))
    for row, at in enumerate(places):
        likeness = _likeness(padded[at : at + window])
        lags = 60.0 * _FPS / bpm
        once = np.interp(lags, np.arange(len(likeness)), likeness)
        again = [np.interp(lags * times, np.arange(len(likeness)), likeness) for times in (2, 3, 4)]
        clear[row] = once
        table[row] = once + 0.5 * again[0] + 0.25 * again[1] + 0.5 * again[2] + 0.35 * prior
    path = _steadiest(table)
    rows = np.arange(len(places))
    periods = 60.0 * _FPS / np.interp(np.arange(len(strength)) / step, rows, bpm[path])
    return periods, np.maximum(0.0, clear[rows, path])


def _likeness(stretch: Curve) -> Curve:
    """The correlation of a stretch with itself, one value per lag, 1 at lag 0."""
    import numpy as np

    centred = (stretch - stretch.mean()) * np.hanning(len(stretch))
    size = 1 << (2 * len(stretch) - 1).bit_length()
    spectrum = np.fft.rfft(centred, size)
    raw = np.fft.irfft(np.square(np.abs(spectrum)), size)[: len(stretch)]
    overlap = np.fft.irfft(np.square(np.abs(np.fft.rfft(np.hanning(len(stretch)), size))), size)[: len(stretch)]
    if raw[0] <= 0:
        return np.zeros(len(stretch))
    likeness: Curve = raw / raw[0] * overlap[0] / np.maximum(overlap, 0.05 * overlap[0])
    return likeness


def _steadiest(table: Curve) -> NDArray[np.intp]:
    """The row of tempi (one column a second) that suits best without leaping."""
    import numpy as np

    octaves = np.log2(_FASTEST / _SLOWEST) * np.abs(np.subtract.outer(np.arange(_TEMPI), np.arange(_TEMPI))) / _TEMPI
    cost = np.minimum(12.0 * octaves**2 + 4.0 * octaves, 4.0)
    best = np.empty_like(table)
    back = np.zeros(table.shape, np.intp)
    best[0] = table[0]
    for row in range(1, len(table)):
        reached = best[row - 1][None, :] - cost
        back[row] = reached.argmax(axis=1)
        best[row] = table[row] + reached.max(axis=1)
    path = np.empty(len(table), np.intp)
    path[-1] = best[-1].argmax()
    for row in range(len(table) - 1, 0, -1):
        path[row - 1] = back[row, path[row]]
    return path


def _beats(strength: Curve, periods: Curve) -> NDArray[np.intp]:
    """The frames that carry the strongest onsets at the distances that the tempo asks for."""
    import numpy as np

    count = len(strength)
    periods = np.interp(np.arange(count), np.arange(len(periods)), periods)
    ahead = round(1.6 * float(periods.max())) + 1
    # Before the first frame lies a stretch from which nothing can be gained, so that every frame may look back.
    total, back = np.zeros(ahead + count), np.full(count, -1, np.intp)
    costs: dict[int, tuple[int, Curve]] = {}
    for at in range(count):
        quarter = round(4.0 * periods[at])
        if quarter not in costs:
            lags = np.arange(round(0.4 * quarter), round(0.15 * quarter) - 1, -1)
            costs[quarter] = int(lags[0]), -_TIGHT * np.log2(4.0 * lags / quarter) ** 2
        longest, cost = costs[quarter]
        low = ahead + at - longest
        offered = total[low : low + len(cost)] + cost
        which = int(offered.argmax())
        total[ahead + at] = strength[at]
        if offered[which] > 0:
            total[ahead + at] += offered[which]
            back[at] = low + which - ahead
    last = int(max(0, count - round(periods[-1]) - 1))
    at = last + int(total[ahead + last :].argmax())
    path = []
    while at >= 0:
        path.append(at)
        at = int(back[at])
    return np.array(path[::-1])


def _noted(strength: Curve, rough: NDArray[np.intp]) -> tuple[Curve, Curve]:
    """Where the note at each beat begins, in frames with fractions, and how strong it is."""
    import numpy as np

    near = round(_NEAR * _FPS)
    padded = np.pad(strength, near + 1)
    window = np.hanning(2 * near + 3)
    found, weight = np.empty(len(rough)), np.empty(len(rough))
    for number, at in enumerate(rough):
        around = padded[at : at + 2 * near + 3] * window
        top = 1 + int(around[1:-1].argmax())
        before, peak, after = around[top - 1 : top + 2]
        bend = before - 2 * peak + after
        found[number] = at - near - 1 + top + (0.5 * (before - after) / bend if bend < 0 else 0.0)
        weight[number] = peak
    return found, weight


def _refined(found: Curve, weight: Curve) -> Curve:
    """Beats on their notes, and on an even beat where there is no note or one that comes early or late."""
    import numpy as np

    even = _straight(found, weight, _RUN // 2)
    trust = np.clip(weight / max(float(np.median(weight)), 1e-9), 0.0, 1.0) ** 2
    trust *= np.abs(found - even) < 0.02 * _FPS
    refined: Curve = even + trust * (found - even)
    return refined


def _straight(found: Curve, weight: Curve, reach: int) -> Curve:
    """Where each beat would lie if the beats around it, `reach` on either side, came evenly or changed evenly."""
    import numpy as np

    straight = found.copy()
    for number in range(len(found)):
        low, high = max(0, number - reach), min(len(found), number + reach + 1)
        steps = np.arange(low, high) - number
        trust = np.sqrt(weight[low:high] + 0.05)
        straight[number] = np.polyfit(steps, found[low:high], min(2, len(steps) - 1), w=trust)[-1]
    return straight


def _sounding(beats: Curve, heard: Heard) -> NDArray[np.bool_]:
    """Which beats do not lie in the silence before the first note or after the last has faded."""
    import numpy as np

    loud = np.flatnonzero(heard.levels > max(float(heard.levels.max()) - 50.0, -90.0))
    if not len(loud):
        return np.zeros(len(beats), np.bool_)
    low, high = loud[0] * CHORD_HOP / HOP - 0.05 * _FPS, (loud[-1] + 1) * CHORD_HOP / HOP
    sounding: NDArray[np.bool_] = (beats >= low) & (beats <= high)
    return sounding


def _meter(heard: Heard, beats: Curve) -> tuple[int, int]:
    """Beats of a bar (4 unless 3 is much clearer), and the number of the first beat that begins one."""
    import numpy as np

    frames = np.clip(np.round(beats).astype(int), 0, len(heard.bass) - 1)
    reach = round(0.03 * _FPS)
    padded = np.pad(heard.bass, reach)
    bass = np.array([padded[at : at + 2 * reach + 1].max() for at in frames])
    change = _changes(heard, beats)
    accents = _scaled(bass) + 1.5 * _scaled(change)
    standing = {}
    for meter in (4, 3):
        if len(accents) < 2 * meter:
            continue
        means = [float(accents[first::meter].mean()) for first in range(meter)]
        first = int(np.argmax(means))
        rest = [mean for number, mean in enumerate(means) if number != first]
        standing[meter] = (means[first] - float(np.mean(rest)), first)
    if 3 in standing and standing[3][0] > 1.5 * standing[4][0] + 0.1:
        return 3, standing[3][1]
    return 4, standing[4][1]


def _changes(heard: Heard, beats: Curve) -> Curve:
    """How much the chord changes at every beat, in 0..2."""
    import numpy as np

    at = np.clip(beats * HOP / CHORD_HOP, 0, len(heard.chords) - 1)
    edges = np.concatenate([[max(0.0, 2 * at[0] - at[1])], at, [min(len(heard.chords) - 1.0, 2 * at[-1] - at[-2])]])
    means = []
    for low, high in pairwise(edges):
        first = min(int(np.ceil(low + 1)), len(heard.chords) - 1)
        mean = heard.chords[first : max(first + 1, int(high))].mean(axis=0)
        mean = mean - mean.mean()
        means.append(mean / max(float(np.linalg.norm(mean)), 1e-6))
    return np.array([1.0 - float(before @ after) for before, after in pairwise(means)])


def _scaled(values: Curve) -> Curve:
    spread = float(values.std())
    scaled: Curve = (values - values.mean()) / spread if spread > 1e-9 else values * 0.0
    return scaled


def _steadiness(strength: Curve, heard: Heard, raw: Curve, clarity: Curve) -> float:
    """How sure the beat is, 0..1: notes lie on it and hardly beside it, evenly, again and again, and are marked.

    `raw` holds the beats where their notes were found, before they were evened out, in frames.
    """
    import numpy as np

    even = _straight(raw, np.ones(len(raw)), _RUN // 2)
    astray = float(np.median(np.abs(raw - even))) / float(np.median(np.diff(raw)))
    at = np.clip(np.round(even).astype(int), 0, len(strength) - 1)
    near = np.zeros(len(strength), bool)
    for offset in range(-_ON, _ON + 1):
        near[np.clip(at + offset, 0, len(strength) - 1)] = True
    gathered = float(strength[near].sum() / strength.sum() / near.mean())
    reach = np.clip(at[:, None] + np.arange(-_ON, _ON + 1), 0, len(strength) - 1)
    marked = float(np.percentile(heard.onsets[reach].max(axis=1), 75))
    sure = (
        _between(gathered, 2.0, 4.0),
        _between(-astray, -0.032, -0.012),
        _between(float(clarity.mean()), 0.20, 0.40),
        _between(marked, 2.0, 5.0),
    )
    return float(np.prod(sure))


def _between(value: float, none: float, all_: float) -> float:
    """0 up to `none`, 1 from `all_` on, evenly in between."""
    return min(1.0, max(0.0, (value - none) / (all_ - none)))
