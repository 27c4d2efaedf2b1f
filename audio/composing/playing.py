"""The piece as sound: its stems balanced, set in a room, shaped by the film's dynamics and levelled.

Everything but the last gain is linear, and that gain is the same for all parts: the parts sum to the whole. Works in
blocks, so that memory does not grow with the film. Knows no synthesiser by name.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from audio.composing.form import Passage
from audio.composing.piece import Piece
from audio.composing.synthesisers import Stem
from audio.signal import limiter, loudness, wavefile
from audio.voice import RATE, Samples
from projects.steps import Work
from storyboard.errors import InterruptedRender

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SCORE_LUFS = -20.0
"""The loudness of every score; the mix sets its place under speech."""
CEILING = loudness.amplitude(-1.1)

_BLOCK = 10 * RATE
_BALANCE: Mapping[str, float] = {
    "melody": 0.0, "counter": -6.0, "harmony": -6.0, "figure": -6.0, "bass": -5.0, "percussion": -6.0
}  # fmt: skip
"""Loudness of each part against the melody's, in dB, before the mood's own balance."""
_REACH = 14.0
"""By how many dB at most a part is brought nearer to its balance."""
_HUSH = -3.0
"""What speech takes from the music, in dB; the mix ducks it further."""
_SWELL = 5.0
"""Decibels between no energy and all of it."""
_BREATHING = ("melody", "counter", "harmony")
_BREATH = 1.6
"""By how many dB a phrase swells and sinks."""
_RAMP = round(0.35 * RATE)
_DRY_BASS = {"bass": 0.25, "percussion": 0.6}
"""How much of the mood's room a part gets, where not all of it: low notes blur."""


@dataclass(frozen=True, slots=True)
class Played:
    """What the levelling found: the gain in dB on everything, whether the limiter acted, and the loudness reached."""

    gain_db: float
    limited: bool
    lufs: float
    balance: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Curve:
    """A gain that moves in straight lines between points (sample, value)."""

    at: tuple[int, ...]
    value: tuple[float, ...]

    def over(self, start: int, count: int) -> NDArray[np.float32]:
        """Its values at so many samples from `start`."""
        import numpy as np

        return np.interp(np.arange(start, start + count), self.at, self.value).astype(np.float32)


def balanced(piece: Piece, stems: Mapping[str, Stem], work: Work) -> dict[str, float]:
    """The gain of every stem in dB that gives the parts their balance, by their own loudness."""
    found = {}
    for part, stem in stems.items():
        meter = loudness.Meter(2)
        for start in range(0, piece.samples, _BLOCK):
            _stop_if(work)
            meter.feed(stem.read(start, min(_BLOCK, piece.samples - start)))
        found[part] = meter.result().integrated
    loud = {part: level for part, level in found.items() if level > loudness.SILENCE}
    if not loud:
        return dict.fromkeys(found, 0.0)
    middle = sum(level - _BALANCE[part] for part, level in loud.items()) / len(loud)
    return {
        part: round(max(-_REACH, min(_REACH, middle + _BALANCE[part] - level)) if part in loud else 0.0, 4)
        for part, level in found.items()
    }


def mixed(
    piece: Piece, stems: Mapping[str, Stem], gains: Mapping[str, float], draft: Path, work: Work, only: str = ""
) -> float:
    """Mixes the stems (or `only` one) into raw stereo float32 at `draft`; gives its loudness in LUFS."""
    import numpy as np

    meter = loudness.Meter(2)
    heard = {part: stem for part, stem in stems.items() if only in ("", part)}
    shapes = {part: _shape(piece, part) for part in heard}
    sends = {name: _sends(piece, name) for name in _ROOMS}
    gate = _gate(piece)
    tails = {name: np.zeros((0, 2), np.float32) for name in _ROOMS}
    with draft.open("wb") as sink:
        for start in range(0, piece.samples, _BLOCK):
            _stop_if(work)
            count = min(_BLOCK, piece.samples - start)
            block = np.zeros((count, 2), np.float32)
            wet = np.zeros((count, 2), np.float32)
            closed = gate.over(start, count)[:, None]
            for part, stem in heard.items():
                dry = stem.read(start, count) * np.float32(loudness.amplitude(gains.get(part, 0.0)))
                dry *= shapes[part].over(start, count)[:, None] * closed
                block += dry
                wet += dry * np.float32(_DRY_BASS.get(part, 1.0))
            for name, (seconds, late) in _ROOMS.items():
                block += _reverberated(wet * sends[name].over(start, count)[:, None], tails, name, seconds, late)
            block *= closed
            meter.feed(block)
            sink.write(block.astype("<f4").tobytes())
            work.progress(0.5 + 0.35 * (start + count) / piece.samples)
    return meter.result().integrated


_ROOMS: Mapping[str, tuple[float, float]] = {"room": (0.7, 0.008), "hall": (2.8, 0.028)}
"""Seconds of reverberation and of silence before it."""


def _reverberated(send: Samples, tails: dict[str, Samples], name: str, seconds: float, late: float) -> Samples:
    """The room's answer to a block, with what rings on from the blocks before; keeps what rings beyond it."""
    import numpy as np
    from scipy.signal import oaconvolve

    count, tail = len(send), tails[name]
    if not send.any() and not len(tail):
        return np.zeros_like(send)
    answer = _impulse(seconds, late)
    wet = np.stack([oaconvolve(send[:, side], answer[:, side]) for side in (0, 1)], axis=1).astype(np.float32)
    if len(tail) > len(wet):
        wet = np.pad(wet, ((0, len(tail) - len(wet)), (0, 0)))
    wet[: len(tail)] += tail
    tails[name] = wet[count:]
    return wet[:count]


@lru_cache(maxsize=4)
def _impulse(seconds: float, late: float) -> Samples:
    """A room's answer to a clap: early echoes, then decaying noise that loses its highs; unit energy a side."""
    import numpy as np
    from scipy.signal import butter, sosfilt

    t = np.arange(round(seconds * RATE)) / RATE
    throws = np.random.default_rng(round(1000 * seconds))
    noise = throws.standard_normal((len(t), 2))
    bright = sosfilt(butter(1, [180, 7500], "bandpass", fs=RATE, output="sos"), noise, axis=0)
    dull = sosfilt(butter(1, [120, 1800], "bandpass", fs=RATE, output="sos"), noise, axis=0)
    blend = np.exp(-3.5 * t / seconds)[:, None]
    tail = (bright * blend + dull * (1 - blend)) * np.exp(-6.9 * t / seconds)[:, None]
    tail *= np.minimum(1.0, t / (0.25 * late + 0.004))[:, None]
    tail /= np.sqrt((tail**2).sum(axis=0))
    early = round(late * RATE)
    impulse = np.concatenate([np.zeros((early, 2)), tail])
    for _ in range(7):
        at, side = int(throws.integers(early // 3, early + round(0.03 * RATE))), int(throws.integers(2))
        impulse[at, side] += 0.11 * (1 if throws.uniform() < 0.5 else -1)
    answer: Samples = impulse.astype(np.float32)
    return answer


def _shape(piece: Piece, part: str) -> Curve:
    """The gain of a part over the film: each passage's energy and mood, and a step back under speech."""
    points: list[tuple[int, float]] = []
    for passage in piece.passages:
        mood = passage.mood
        level = _SWELL * (passage.energy - 0.5) + 4.0 * (mood.loud - 0.55) + mood.balance.get(part, 0.0)
        low = piece.grid.at(passage.first)
        high = passage.ends or piece.grid.at(passage.last)
        points += [(low, level), (max(low + 1, high - _RAMP), level)]
        points += _breaths(piece, passage, level) if part in _BREATHING else []
    places, levels = _rising(points)
    curve = Curve(places, levels)
    hushed = _hushes(piece.speech)
    moments = sorted({*places, *hushed.at})
    import numpy as np

    sums = np.interp(moments, curve.at, curve.value) + np.interp(moments, hushed.at, hushed.value)
    return Curve(tuple(moments), tuple(float(loudness.amplitude(float(one))) for one in sums))


def _breaths(piece: Piece, passage: Passage, level: float) -> list[tuple[int, float]]:
    """The swelling of every phrase: softer where it begins and ends than two thirds on."""
    points = []
    for phrase in passage.phrases:
        low, high = piece.grid.at(phrase.bars[0].first), piece.grid.at(phrase.bars[-1].last)
        for place, swell in ((0.12, -_BREATH), (0.62, _BREATH), (0.97, -_BREATH)):
            points.append((round(low + place * (high - low)), level + swell))
    return points


def _rising(points: Sequence[tuple[int, float]]) -> tuple[tuple[int, ...], tuple[float, ...]]:
    """The points with strictly rising places."""
    made: list[tuple[int, float]] = []
    for at, value in sorted(points, key=lambda point: point[0]):
        made.append((max(at, made[-1][0] + 1) if made else at, value))
    return tuple(at for at, _ in made) or (0,), tuple(value for _, value in made) or (0.0,)


def _hushes(speech: Sequence[tuple[int, int]]) -> Curve:
    """The step back under speech in dB: there when a word begins, gone a little after the last."""
    points: list[tuple[int, float]] = []
    joined: list[list[int]] = []
    for first, last in speech:
        if joined and first - joined[-1][1] < 3 * _RAMP:
            joined[-1][1] = max(last, joined[-1][1])
        else:
            joined.append([first, last])
    for first, last in joined:
        points += [(first - _RAMP, 0.0), (first, _HUSH), (last, _HUSH), (last + _RAMP, 0.0)]
    return Curve(*_rising(points))


def _sends(piece: Piece, name: str) -> Curve:
    """How much of a room is heard over the film: each passage's own."""
    points: list[tuple[int, float]] = []
    for passage in piece.passages:
        value = passage.mood.room if name == "room" else passage.mood.hall
        low = piece.grid.at(passage.first)
        high = passage.ends or piece.grid.at(passage.last)
        points += [(low, value), (max(low + 1, high - _RAMP), value)]
    return Curve(*_rising(points))


def _gate(piece: Piece) -> Curve:
    """One where there is music; every last chord sinks to nothing by its last sample, and rests are silent."""
    points: list[tuple[int, float]] = []
    opened = {piece.grid.at(passage.first) for passage in piece.passages if passage.opens}
    for at, end in piece.endings:
        ring = end - at
        steps = 24
        hold = at + round(0.3 * ring)
        fall = [
            (hold + round((end - 1 - hold) * k / steps), math.cos(0.5 * math.pi * k / steps) ** 2)
            for k in range(steps + 1)
        ]
        before = max((start for start in opened if start <= at), default=0)
        if before > 0:
            points += [(before - round(0.004 * RATE), 0.0), (before, 1.0)]
        points += [one for one in fall if one[0] >= 0]
    places, values = _rising(points)
    last = (*values[:-1], 0.0)
    return Curve(places, last if piece.endings else values)


def levelled(
    draft: Path, out: Path, found: float, samples: int, work: Work, balance: Mapping[str, float], part: Path | None
) -> Played:
    """Writes the draft to `out` at the score's loudness and under the ceiling; or `part`, by the same gains."""
    import numpy as np

    decibels = round(SCORE_LUFS - found, 4) if found > loudness.SILENCE else 0.0
    gain = np.float32(loudness.amplitude(decibels))
    meter, limited = loudness.Meter(2), False
    with wavefile.writing(out, 2) as sink:
        for start in range(0, samples, _BLOCK):
            _stop_if(work)
            before = min(limiter.CONTEXT, start)
            count = min(_BLOCK, samples - start)
            sound = _raw(draft, start - before, before + count + limiter.CONTEXT) * gain
            curve = limiter.gain_curve(sound, CEILING)[:, None]
            limited = limited or bool((curve < 1.0).any())
            whole = (sound * curve)[before : before + count]
            meter.feed(whole)
            if part is not None:
                whole = (_raw(part, start - before, before + count) * gain * curve[: before + count])[before:]
            sink.write(whole)
            work.progress(0.85 + 0.15 * (start + count) / samples)
    return Played(decibels, limited, meter.result().integrated, balance)


def raised(draft: Path, out: Path, decibels: float, samples: int, work: Work) -> Played:
    """Writes a part's draft to `out` by a gain that is known from the whole, which needed no limiting."""
    import numpy as np

    gain = np.float32(loudness.amplitude(decibels))
    meter = loudness.Meter(2)
    with wavefile.writing(out, 2) as sink:
        for start in range(0, samples, _BLOCK):
            _stop_if(work)
            block = _raw(draft, start, min(_BLOCK, samples - start)) * gain
            meter.feed(block)
            sink.write(block)
    work.progress(1.0)
    return Played(decibels, False, meter.result().integrated, {})


def _raw(path: Path, start: int, count: int) -> Samples:
    import numpy as np

    block: Samples = np.fromfile(path, "<f4", 2 * count, offset=8 * start).reshape(-1, 2)
    return block


def _stop_if(work: Work) -> None:
    if work.cancelled():
        raise InterruptedRender("composing was stopped")
