"""Music laid from pieces of a draft on disk: blended into each other, ended with a ring, levelled and limited.

Random access by blocks, so that memory does not grow with the film. Knows neither where pieces come from nor why.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from audio.music import endings, splices
from audio.music.splices import Piece
from audio.signal import limiter, loudness, wavefile
from audio.voice import RATE, Samples
from projects.steps import Json, Work
from storyboard.errors import InterruptedRender

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CEILING = -1.1
"""The true peak that music is held under, in dBTP: measured by anyone, it then lies at -1 at most."""

HEADROOM = 0.25
"""What a draft is scaled by while it waits on disk: the peaks of what it comes from may lie over full scale."""

_EDGE = round(0.008 * RATE)
_REST_FALL, _REST_RISE = round(0.7 * RATE), round(0.25 * RATE)
"""Samples over which music falls silent before a rest, and comes back after it."""
_BLOCK = 8 * RATE


@dataclass(frozen=True, slots=True)
class Laying:
    """How a draft becomes the film's music: its pieces, where it stops and rings out, and where it fades.

    `length` is where what is heard ends. `stop` is the sample at which it breaks off, 0 where it ends by itself; `fade`
    are samples of a fade at its end. In `rests`, [first, last) in samples, it is silent. `notes` are told to people.
    """

    pieces: tuple[Piece, ...]
    length: int
    stop: int = 0
    fade: int = 0
    rests: tuple[tuple[int, int], ...] = ()
    notes: tuple[str, ...] = ()


def write_laid(laying: Laying, draft: Path, samples: int, target: float, work: Work, out: Path) -> Json:
    """Writes the laid pieces of a draft as `samples` samples to `out`, at `target` LUFS and limited.

    Facts: `samples`, `seconds`, `lufs`, `true_peak`, `gain_db` (against the sound before it was scaled by `HEADROOM`),
    `joins` (samples at which one piece has given way to the next) and `ends` (from there on only its ring is heard).
    """
    import numpy as np

    ring = _ring(laying, draft, samples)
    meter = loudness.Meter(2)
    for start in range(0, samples, _BLOCK):
        meter.feed(_heard(laying, ring, draft, start, min(_BLOCK, samples - start)))
        _report(work, 0.5 * start / samples)
    found = meter.result()
    gain = target - found.integrated if found.integrated > loudness.SILENCE else 0.0
    factor, meter = np.float32(loudness.amplitude(gain)), loudness.Meter(2)
    with wavefile.writing(out, 2) as sink:
        for start in range(0, samples, _BLOCK):
            before, count = min(limiter.CONTEXT, start), min(_BLOCK, samples - start)
            after = min(limiter.CONTEXT, samples - start - count)
            sound = _heard(laying, ring, draft, start - before, before + count + after) * factor
            block = limiter.limited(sound, loudness.amplitude(CEILING))[before : before + count]
            meter.feed(block)
            sink.write(block)
            _report(work, 0.5 + 0.5 * start / samples)
    reached = meter.result()
    return {
        "samples": samples,
        "seconds": round(samples / RATE, 4),
        "lufs": round(reached.integrated, 2),
        "true_peak": round(reached.true_peak, 2),
        "gain_db": round(gain + loudness.decibels(HEADROOM), 2),
        "joins": [piece.at + piece.rise for piece in laying.pieces[1:]],
        "ends": min(laying.stop or laying.length, samples),
    }


def _report(work: Work, part: float) -> None:
    if work.cancelled():
        raise InterruptedRender("laying the music was stopped")
    work.progress(part)


def _ring(laying: Laying, draft: Path, samples: int) -> Samples:
    """What rings on after the music breaks off, up to the film's end at most."""
    import numpy as np

    if not laying.stop:
        return np.zeros((0, 2), np.float32)
    last = laying.pieces[-1]
    end = last.first + laying.stop - last.at
    heard = min(endings.HEARD, end)
    return endings.rung_out(wavefile.read(draft, end - heard, heard), min(endings.RING, samples - laying.stop))


def _heard(laying: Laying, ring: Samples, draft: Path, start: int, count: int) -> Samples:
    """`count` samples of the film's music from `start` on, (count, 2), at the draft's level."""
    import numpy as np

    sound = np.zeros((count, 2), np.float32)
    for piece in laying.pieces:
        low, high = max(start, piece.at), min(start + count, piece.end)
        if low < high:
            part = wavefile.read(draft, piece.first + low - piece.at, high - low)
            sound[low - start : low - start + len(part)] += part * _gain(piece, low - piece.at, len(part))[:, None]
    if laying.stop:
        _lay(sound, ring, laying.stop - endings.RELEASE - start)
    curve = _edges(laying, start, count)
    sound *= curve[:, None]
    return sound


def _lay(sound: Samples, ring: Samples, at: int) -> None:
    """Adds the ring to a sound from `at` on, which may lie before or after it."""
    low, high = max(0, at), min(len(sound), at + len(ring))
    if low < high:
        sound[low:high] += ring[low - at : high - at]


def _gain(piece: Piece, start: int, count: int) -> NDArray[np.float32]:
    """The gain of a piece's samples from `start` on, (count,)."""
    import numpy as np

    gain = np.ones(count, np.float32)
    if piece.rise:
        _multiply(gain, splices.gains(piece.rise, piece.likeness)[1], -start)
    if piece.fall:
        _multiply(gain, splices.gains(piece.fall, piece.likeness)[0], piece.samples - piece.fall - start)
    return gain


def _edges(laying: Laying, start: int, count: int) -> NDArray[np.float32]:
    """The gain at the film's beginning and end and around rests, (count,)."""
    import numpy as np

    gain = np.ones(count, np.float32)
    _multiply(gain, endings.fall(_EDGE)[::-1], -start)
    length = laying.fade or (0 if laying.stop else _EDGE)
    if length:
        length = min(length, laying.length)
        _multiply(gain, endings.fall(length), laying.length - length - start)
        gain[max(0, laying.length - start) :] = 0.0
    for first, last in laying.rests:
        _multiply(gain, endings.fall(_REST_FALL), first - _REST_FALL - start)
        gain[max(0, first - start) : max(0, last - start)] = 0.0
        _multiply(gain, endings.fall(_REST_RISE)[::-1], last - start)
    return gain


def _multiply(gain: NDArray[np.float32], curve: NDArray[np.float32], at: int) -> None:
    """Multiplies a curve into the gains from `at` on, which may lie before or after them."""
    low, high = max(0, at), min(len(gain), at + len(curve))
    if low < high:
        gain[low:high] *= curve[low - at : high - at]
