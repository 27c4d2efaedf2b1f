"""The mix: every cue of a chunk at its sample, faded, balanced and ducked, and a step that measures the result.

What it measures settles the film's loudness before anything is coded. Nothing is kept but figures: mixing a chunk
again costs less than keeping it. Knows samples, not scenes.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from audio import ducking, level, loudness, wavefile
from audio.grid import Bus, MixCue, MixRequest
from audio.voice import Samples
from projects.steps import Json, Work
from storyboard.errors import InterruptedRender, RenderError

if TYPE_CHECKING:
    import numpy as np

BALANCE: Mapping[Bus, float] = {"voice": 0.0, "effects": 0.0, "music": -4.0}
"""Gain of each bus in dB: with speech and scores both at -20 LUFS, music lies this far below."""

DUCK: Mapping[Bus, float] = {"voice": 0.0, "effects": -4.0, "music": -12.0}
"""How far each bus steps back under speech, in dB."""


@dataclass(frozen=True, slots=True)
class _Laid:
    """A cue whose file is known: path, first sample and last sample (exclusive) in the chunk."""

    cue: MixCue
    path: Path
    start: int
    end: int


def measure_mix(request: MixRequest, work: Work, out: Path) -> Json:
    """Mixes a chunk as it is, without the film's gain, and writes down how loud it is.

    Facts (also the JSON at `out`): `samples`, and `levels` and `peaks` as `audio.level` packs them.
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
    if work.cancelled():
        raise InterruptedRender("the mix was stopped")
    laid = lay(request.cues, {name: artifact.path for name, artifact in work.inputs.items()})
    first, last = request.window
    return render(laid, request.speech, first, last - first)


def lay(cues: Sequence[MixCue], paths: Mapping[str, Path]) -> tuple[_Laid, ...]:
    """The cues with their files and places; those that hold nothing are left out."""
    laid = []
    for cue in cues:
        if cue.input not in paths:
            raise RenderError(f"the mix has no sound called {cue.input!r}", "this is a fault of workprint; report it")
        there = wavefile.length(paths[cue.input])
        end = cue.at_sample + min(cue.samples or there, there)
        if end > cue.at_sample:
            laid.append(_Laid(cue, paths[cue.input], cue.at_sample, end))
    return tuple(laid)


def render(laid: Sequence[_Laid], speech: Sequence[ducking.Span], start: int, count: int) -> Samples:
    """Any `count` samples of the bare mix from `start`, as (count, 2); each channel lies in one piece in memory."""
    import numpy as np

    buses: dict[Bus, Samples] = {}
    for one in laid:
        low, high = max(start, one.start), min(start + count, one.end)
        if low < high:
            if one.cue.bus not in buses:
                buses[one.cue.bus] = np.zeros((2, count), np.float32)
            buses[one.cue.bus][:, low - start : high - start] += _heard(one, low, high)
    mixed = np.zeros((2, count), np.float32)
    for name in sorted(buses):
        sound = buses[name]
        if BALANCE[name]:
            sound *= np.float32(loudness.amplitude(BALANCE[name]))
        if DUCK[name] and speech:
            sound *= ducking.duck(speech, DUCK[name], start, count)
        mixed += sound
    return mixed.T


def _heard(one: _Laid, low: int, high: int) -> Samples:
    """The samples `low` to `high` of one cue as planes (2, n): read, faded, panned and with its gain."""
    import numpy as np

    cue = one.cue
    sound = wavefile.read(one.path, low - one.start, high - low)
    heard = np.empty((2, high - low), np.float32)
    for side, gain in enumerate(pan_gains(cue.pan)):
        own = sound if sound.ndim == 1 else sound[:, side]
        np.multiply(own, np.float32(gain * loudness.amplitude(cue.gain_db)), out=heard[side])
    if cue.fade_in and low < one.start + cue.fade_in:
        until = min(high, one.start + cue.fade_in)
        heard[:, : until - low] *= _raised((np.arange(low, until) - one.start + 0.5) / cue.fade_in)
    if cue.fade_out and high > one.end - cue.fade_out:
        since = max(low, one.end - cue.fade_out)
        heard[:, since - low :] *= _raised((one.end - np.arange(since, high) - 0.5) / cue.fade_out)
    return heard


def _raised(part: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Samples:
    """The gain of a fade after so much of it, 0..1: half a cosine, smooth at both ends."""
    import numpy as np

    gain: Samples = (np.sin(np.clip(part, 0.0, 1.0) * (np.pi / 2)) ** 2).astype(np.float32)
    return gain


def pan_gains(pan: float) -> tuple[float, float]:
    """Left and right factors of equal power, 1 and 1 in the middle; `pan` is -1..1."""
    angle = (min(1.0, max(-1.0, pan)) + 1.0) * math.pi / 4.0
    return math.sqrt(2.0) * math.cos(angle), math.sqrt(2.0) * math.sin(angle)
