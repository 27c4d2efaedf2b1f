"""The mix: every cue of a chunk at its sample, faded, balanced and ducked, and a step that measures the result.

What it measures settles the film's loudness before anything is coded. Nothing is kept but figures: mixing a chunk
again costs less than keeping it. Knows samples, not scenes.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from audio.mixing import ducking, level, planes
from audio.mixing.grid import SPOKEN, Bus, MixCue, MixRequest
from audio.signal import loudness
from audio.voice import Samples
from projects.steps import Json, Work
from storyboard.errors import InterruptedRender, RenderError

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True)
class Stepping:
    """How a bus steps back under speech: by at least `least` dB, and further until it is no louder than `under` LUFS.

    `under` holds for the loudest 0.4 s of each phrase; None leaves it at `least`.
    """

    least: float
    under: float | None = None


BALANCE: Mapping[Bus, float] = {"dialogue": 0.0, "narration": 0.0, "effects": 0.0, "clip": 0.0, "music": -3.0}
"""Gain of each bus in dB. Speech, -20 LUFS on either side, makes -17 LUFS of both; scores make -20 by themselves."""

DUCKING: Mapping[Bus, Stepping] = {
    "effects": Stepping(-5.0),
    "clip": Stepping(-6.0, -29.0),
    "music": Stepping(-7.0, -31.0),
}
"""The buses that step back. The softest emotion speaks at -19 LUFS: music stays 12 dB under that at its loudest."""

_MOST = -40.0
"""dB beyond which no bus steps back."""

_RUN_UP = loudness.WARM_UP
"""Samples before a phrase that the filters hear."""

_LOUDEST: dict[tuple[tuple[_Laid, ...], ducking.Span], float] = {}
"""How loud a bus is at its loudest under a phrase, in LUFS: chunks and passes ask for the same phrases again."""

_MOST_KEPT = 4096
"""Phrases of which that is remembered."""

_CROSSFADED: frozenset[Bus] = frozenset({"effects", "clip"})
"""The buses whose fades keep the power of two sounds that take each other's place."""


@dataclass(frozen=True, slots=True)
class _Laid:
    """A cue whose file is known: first sample and last sample (exclusive) in the chunk."""

    cue: MixCue
    wave: planes.Wave
    start: int
    end: int


def measure_mix(request: MixRequest, work: Work, out: Path) -> Json:
    """Mixes a chunk as it is, without the film's gain, and writes down how loud it is.

    Facts (also the JSON at `out`): `samples`, and `levels` and `peaks` as `audio.mixing.level` packs them.
    """
    sound = bare(request, work)
    own = sound[request.before : request.before + request.samples]
    found = level.measured(sound, request.before, request.samples)
    facts = {"samples": len(own), **level.packed(found)}
    out.write_text(json.dumps(facts, sort_keys=True) + "\n", encoding="utf-8")
    return facts


def bare(request: MixRequest, work: Work) -> Samples:
    """The bare mix of a chunk and its margins, (before + samples + after, 2); it may exceed 1.

    Raises RenderError for a cue that has no input, InterruptedRender when the work is stopped.
    """
    first, last = request.window
    return part_of(request, work, first, last - first)


def part_of(
    request: MixRequest, work: Work, first: int, count: int, buses: Collection[Bus] = tuple(BALANCE)
) -> Samples:
    """`count` samples of a chunk's bare mix from `first`, (count, 2), or of some of its buses."""
    if work.cancelled():
        raise InterruptedRender("the mix was stopped")
    cues = [cue for cue in request.cues if cue.bus in buses]
    laid = lay(cues, {name: artifact.path for name, artifact in work.inputs.items()})
    return render(laid, request.speech, first, count)


def lay(cues: Sequence[MixCue], paths: Mapping[str, Path]) -> tuple[_Laid, ...]:
    """The cues with their files and places; those that hold nothing are left out."""
    laid = []
    for cue in cues:
        if cue.input not in paths:
            raise RenderError(f"the mix has no sound called {cue.input!r}", "this is a fault of workprint; report it")
        wave = planes.probe(paths[cue.input])
        end = cue.at_sample + min(cue.samples or wave.samples, wave.samples)
        if end > cue.at_sample:
            laid.append(_Laid(cue, wave, cue.at_sample, end))
    return tuple(laid)


def render(laid: Sequence[_Laid], speech: Sequence[ducking.Span], start: int, count: int) -> Samples:
    """Any `count` samples of the bare mix from `start`, as (count, 2); each channel lies in one piece in memory."""
    import numpy as np

    mixed: Samples | None = None
    near = [one for one in laid if one.start < start + count and one.end > start]
    for bus in sorted(DUCKING):
        if not any(one.cue.bus == bus for one in near):
            continue
        cues = [one for one in laid if one.cue.bus == bus]
        sound = _bus(cues, start, count)
        if speech:
            heard = [first < start + count and last > start for first, last in ducking.reaches(speech)]
            depths = [
                _depth(bus, cues, span, (start, sound)) if counts else 0.0
                for span, counts in zip(speech, heard, strict=True)
            ]
            ducking.step_back(sound, speech, depths, start)
        mixed = sound if mixed is None else np.add(mixed, sound, out=mixed)
    voices = [one for one in near if one.cue.bus in SPOKEN]
    return (_bus(voices, start, count) if mixed is None else _added(voices, start, mixed)).T


def _bus(cues: Sequence[_Laid], start: int, count: int) -> Samples:
    """Cues together, balanced, as planes (2, count)."""
    import numpy as np

    return _added(cues, start, np.zeros((2, count), np.float32))


def _added(cues: Sequence[_Laid], start: int, sound: Samples) -> Samples:
    """Planes (2, n) from `start` with cues added."""
    end = start + sound.shape[1]
    for one in cues:
        low, high = max(start, one.start), min(end, one.end)
        if low < high:
            _add(one, low, high, sound[:, low - start : high - start])
    return sound


def _depth(bus: Bus, cues: Sequence[_Laid], span: ducking.Span, known: tuple[int, Samples]) -> float:
    """How far a bus steps back under a phrase, in dB: the same wherever the phrase is looked at from.

    `known` is the first sample and the planes of what has been mixed of the bus already.
    """
    stepping = DUCKING[bus]
    first, count = span[0] - _RUN_UP, span[1] - span[0] + _RUN_UP
    if stepping.under is None or not any(one.start < span[1] and one.end > span[0] for one in cues):
        return stepping.least
    near = tuple(one for one in cues if one.start < span[1] and one.end > first)
    if (near, span) not in _LOUDEST:
        if len(_LOUDEST) >= _MOST_KEPT:
            _LOUDEST.clear()
        at = first - known[0]
        is_known = at >= 0 and at + count <= known[1].shape[1]
        heard = known[1][:, at : at + count] if is_known else _bus(near, first, count)
        _LOUDEST[near, span] = level.loudest_moment(heard.T, _RUN_UP)
    return max(_MOST, min(stepping.least, round(stepping.under - _LOUDEST[near, span], 1)))


def _add(one: _Laid, low: int, high: int, onto: Samples) -> None:
    """Adds the samples `low` to `high` of one cue to planes (2, n): faded, panned, with its own gain and its bus's."""
    import numpy as np

    gain = loudness.amplitude(one.cue.gain_db + BALANCE[one.cue.bus])
    factors = np.array([[pan * gain] for pan in pan_gains(one.cue.pan)], np.float32)
    for at, block, unit in planes.blocks(one.wave, low - one.start, high - low):
        heard = block[:2] * (factors * np.float32(unit))
        first, count = low + at, heard.shape[1]
        for place, rise in _fades(one, first, first + count):
            heard[:, place : place + len(rise)] *= rise
        onto[:, at : at + count] += heard


def _fades(one: _Laid, low: int, high: int) -> Iterator[tuple[int, Samples]]:
    """The gains of a cue's fades within its samples `low` to `high`, each with where it begins there."""
    import numpy as np

    cue = one.cue
    if low < one.start + cue.fade_in:
        until = min(high, one.start + cue.fade_in)
        yield 0, _risen(cue.bus, (np.arange(low, until) - one.start + 0.5) / cue.fade_in)
    if high > one.end - cue.fade_out:
        since = max(low, one.end - cue.fade_out)
        yield since - low, _risen(cue.bus, (one.end - np.arange(since, high) - 0.5) / cue.fade_out)


def _risen(bus: Bus, part: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Samples:
    """The gain of a fade after so much of it, 0..1: of equal power, or half a cosine, which is smooth at both ends."""
    import numpy as np

    sine = np.sin(np.clip(part, 0.0, 1.0) * (np.pi / 2))
    gain: Samples = (sine if bus in _CROSSFADED else sine**2).astype(np.float32)
    return gain


def pan_gains(pan: float) -> tuple[float, float]:
    """Left and right factors of equal power, 1 and 1 in the middle; `pan` is -1..1."""
    angle = (min(1.0, max(-1.0, pan)) + 1.0) * math.pi / 4.0
    return math.sqrt(2.0) * math.cos(angle), math.sqrt(2.0) * math.sin(angle)
