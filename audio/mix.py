"""The mix: every cue of the film at its sample, ducked, levelled to the film's loudness and limited.

Works in blocks and seeks in its inputs, so that memory does not grow with the film. A first pass measures, the next
ones write and correct until the loudness is right. Knows samples, not scenes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from audio import ducking, limiter, loudness, wavefile
from audio.ducking import Span
from audio.voice import RATE, Samples
from projects.steps import Json, Work
from storyboard.errors import InterruptedRender, RenderError

Bus = Literal["voice", "effects", "music"]

BALANCE: Mapping[Bus, float] = {"voice": 0.0, "effects": 0.0, "music": -4.0}
"""Gain of each bus in dB: with speech and scores both at -20 LUFS, music lies this far below."""

DUCK: Mapping[Bus, float] = {"voice": 0.0, "effects": -4.0, "music": -12.0}
"""How far each bus steps back under speech, in dB."""

BLOCK = 5 * RATE
_TOLERANCE = 0.1
"""LU."""
_PASSES = 6
_MARGIN = 0.05
"""dB that the limiter keeps in hand for its own gain's movement and for 24-bit rounding."""
_MOST_GAIN = 40.0
"""dB; a film more quiet than that is as good as silent and stays as it is."""


@dataclass(frozen=True, slots=True)
class MixCue:
    """One sound in the film.

    `input` names one of the step's inputs, a 48 kHz WAV. `samples` is how much of it is heard, 0 for all of it.
    `fade_in` and `fade_out` are in samples, `gain_db` in dB, `pan` runs from -1 (left) to 1 (right).
    """

    input: str
    bus: Bus
    at_sample: int
    gain_db: float = 0.0
    samples: int = 0
    fade_in: int = 0
    fade_out: int = 0
    pan: float = 0.0


@dataclass(frozen=True, slots=True)
class MixRequest:
    """The whole sound of a film: its length in samples, its cues, its loudness in LUFS and the ceiling in dBTP."""

    samples: int
    cues: tuple[MixCue, ...]
    loudness: float
    ceiling: float = -1.5


@dataclass(frozen=True, slots=True)
class _Laid:
    """A cue whose file is known: path, first sample and last sample (exclusive) in the film."""

    cue: MixCue
    path: Path
    start: int
    end: int


def mix_film(request: MixRequest, work: Work, out: Path) -> Json:
    """Mixes the film into a 48 kHz 24-bit stereo WAV of exactly `request.samples` samples at `out`.

    Facts: `lufs`, `true_peak` (dBTP), `gain_db` (from the bare mix), `limited_db` (the deepest limiting),
    `samples` and `silent`. Raises RenderError for a cue that has no input.
    """
    laid = lay(request, {name: artifact.path for name, artifact in work.inputs.items()})
    spans = speech_spans(laid)
    meter = loudness.Meter(2)
    for _, block in _blocks(request.samples, laid, spans):
        _stop_if_asked(work)
        meter.feed(block)
    bare = meter.result()
    work.progress(0.3)
    gain = request.loudness - bare.integrated
    silent = bare.integrated <= loudness.SILENCE or gain > _MOST_GAIN
    if silent:
        gain = 0.0
    ceiling = request.ceiling - _MARGIN
    for attempt in range(_PASSES):
        reached, deepest = _write(request, laid, spans, gain, ceiling, out, work)
        work.progress(min(0.95, 0.5 + attempt * 0.1))
        short = request.loudness - reached.integrated
        hot = reached.true_peak > request.ceiling
        if silent or (abs(short) < _TOLERANCE and not hot) or attempt == _PASSES - 1:
            break
        gain += 0.0 if abs(short) < _TOLERANCE else short
        ceiling -= reached.true_peak - request.ceiling + _MARGIN if hot else 0.0
    work.progress(1.0)
    return {
        "samples": request.samples,
        "lufs": round(reached.integrated, 2),
        "true_peak": round(reached.true_peak, 2),
        "gain_db": round(gain, 2),
        "limited_db": round(deepest, 2),
        "silent": silent,
    }


def lay(request: MixRequest, paths: Mapping[str, Path]) -> tuple[_Laid, ...]:
    """The cues with their files and places, in the order of time; what lies outside the film is left out."""
    laid = []
    for cue in request.cues:
        if cue.input not in paths:
            raise RenderError(f"the mix has no sound called {cue.input!r}", "this is a fault of workprint; report it")
        there = wavefile.length(paths[cue.input])
        end = min(cue.at_sample + min(cue.samples or there, there), request.samples)
        if end > max(0, cue.at_sample):
            laid.append(_Laid(cue, paths[cue.input], cue.at_sample, end))
    return tuple(sorted(laid, key=lambda one: (one.start, one.cue.bus, one.cue.input)))


def speech_spans(laid: Sequence[_Laid]) -> tuple[Span, ...]:
    """Where somebody speaks, in samples."""
    return ducking.joined([(one.start, one.end) for one in laid if one.cue.bus == "voice"])


def _blocks(samples: int, laid: Sequence[_Laid], spans: Sequence[Span]) -> Iterator[tuple[int, Samples]]:
    """The bare mix, block by block: first sample and (n, 2) samples."""
    for start in range(0, samples, BLOCK):
        yield start, render(laid, spans, start, min(BLOCK, samples - start))


def render(laid: Sequence[_Laid], spans: Sequence[Span], start: int, count: int) -> Samples:
    """Any `count` samples of the bare mix from `start`, as (count, 2)."""
    buses: dict[Bus, Samples] = {}
    for one in laid:
        low, high = max(start, one.start), min(start + count, one.end)
        if low < high:
            bus = buses.setdefault(one.cue.bus, np.zeros((count, 2), np.float32))
            bus[low - start : high - start] += _heard(one, low, high)
    mixed = np.zeros((count, 2), np.float32)
    for name in sorted(buses):
        sound = buses[name] * np.float32(loudness.amplitude(BALANCE[name]))
        if DUCK[name]:
            sound *= ducking.duck(spans, DUCK[name], start, count)[:, None]
        mixed += sound
    return mixed


def _heard(one: _Laid, low: int, high: int) -> Samples:
    """The film's samples `low` to `high` of one cue: read, faded, panned and with its gain."""
    sound = wavefile.read(one.path, low - one.start, high - low)
    at = np.arange(low, high)
    shape = np.full(high - low, loudness.amplitude(one.cue.gain_db))
    if one.cue.fade_in and low < one.start + one.cue.fade_in:
        shape *= np.sin(np.clip((at - one.start + 0.5) / one.cue.fade_in, 0.0, 1.0) * (np.pi / 2)) ** 2
    if one.cue.fade_out and high > one.end - one.cue.fade_out:
        shape *= np.sin(np.clip((one.end - at - 0.5) / one.cue.fade_out, 0.0, 1.0) * (np.pi / 2)) ** 2
    left, right = pan_gains(one.cue.pan)
    stereo = np.stack([sound, sound], axis=1) if sound.ndim == 1 else sound[:, :2]
    heard: Samples = stereo * (shape[:, None] * np.array([left, right])).astype(np.float32)
    return heard


def pan_gains(pan: float) -> tuple[float, float]:
    """Left and right factors of equal power, 1 and 1 in the middle; `pan` is -1..1."""
    angle = (min(1.0, max(-1.0, pan)) + 1.0) * math.pi / 4.0
    return math.sqrt(2.0) * math.cos(angle), math.sqrt(2.0) * math.sin(angle)


def _write(
    request: MixRequest,
    laid: Sequence[_Laid],
    spans: Sequence[Span],
    gain: float,
    ceiling: float,
    out: Path,
    work: Work,
) -> tuple[loudness.Loudness, float]:
    """Writes the film with this gain and ceiling (dB); gives what was reached and the deepest limiting in dB."""
    meter = loudness.Meter(2)
    deepest = 1.0
    factor, top = np.float32(loudness.amplitude(gain)), loudness.amplitude(ceiling)
    with wavefile.writing(out, 2) as sink:
        for start in range(0, request.samples, BLOCK):
            _stop_if_asked(work)
            count = min(BLOCK, request.samples - start)
            before = min(limiter.CONTEXT, start)
            after = min(limiter.CONTEXT, request.samples - start - count)
            sound = render(laid, spans, start - before, before + count + after) * factor
            curve = limiter.gain_curve(sound, top)[before : before + count]
            block = sound[before : before + count] * curve[:, None]
            deepest = min(deepest, float(curve.min()))
            sink.write(block)
            meter.feed(block)
    return meter.result(), loudness.decibels(deepest)


def _stop_if_asked(work: Work) -> None:
    if work.cancelled():
        raise InterruptedRender("the mix was stopped")
