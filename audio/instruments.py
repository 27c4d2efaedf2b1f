"""The instruments of the built-in composer: one note each, made of sines, tables and seeded noise.

Every function returns stereo samples of one note, peak near 0.5 before its velocity. Pure and deterministic; knows no
music beyond a pitch, a length and a velocity.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from audio.voice import RATE, Samples

_TABLE = 4096
_TURN = 1 << 32
_BELOW = np.uint32(20)
"""Bits of a phase below those that choose one of the table's 4096 entries."""
_REST = np.uint32((1 << 20) - 1)
_RUN = 512
"""Samples of a ringing tone that are made from one coarse step."""
_COARSE = 64
"""Samples between the points at which slow curves are reckoned."""
_Phase = NDArray[np.uint32]


def frequency(pitch: float) -> float:
    """Hertz of a MIDI pitch."""
    return float(440.0 * 2.0 ** ((pitch - 69.0) / 12.0))


@lru_cache(maxsize=256)
def _table(partials: int, slope: float) -> Samples:
    """One cycle of a wave with so many partials falling off as 1/k**slope: its levels, then its steps between them.

    Shape (2, 4096), float32: a sample between two entries is the level and a part of the step.
    """
    phase = np.arange(_TABLE + 1) * (2.0 * np.pi / _TABLE)
    wave = np.zeros(_TABLE + 1)
    for k in range(1, partials + 1):
        taper = np.cos(0.5 * np.pi * (k - 1) / partials) ** 2
        # Spread phases keep the crest low: a saw with all its peaks in one place sounds like a buzzer.
        wave += taper / k**slope * np.sin(k * phase + 0.7 * k * k)
    wave /= np.abs(wave).max()
    return np.stack([wave[:-1], np.diff(wave)]).astype(np.float32)


def _sweep(hertz: float, seconds: float, wobble: float, rate: float, late: float, turn: float) -> _Phase:
    """Phase of a tone whose vibrato (`wobble` as a part of its frequency) sets in after `late` seconds.

    Shape (n,), uint32: a whole turn is 2**32, so that phases go round by themselves and no error grows with the note.
    """
    count = round(seconds * RATE)
    swing = _turning(count, rate, turn)
    swing *= np.float32(wobble * hertz * _TURN / RATE)
    first, whole = min(count, math.ceil(late * RATE)), min(count, math.ceil((late + 0.6) * RATE))
    swing[:first] = 0.0
    swing[first:whole] *= np.linspace((first / RATE - late) / 0.6, (whole / RATE - late) / 0.6, whole - first, False)
    steps = swing.astype(np.int64)
    steps += round(hertz * _TURN / RATE)
    phase: _Phase = np.cumsum(steps, out=steps).astype(np.uint32)
    phase += np.uint32(round(turn * _TURN) % _TURN)
    return phase


def _turning(count: int, hertz: float, radians: float) -> Samples:
    """A sine of a few hertz: (n,), float32, read off every 64 samples and joined by straight lines."""
    places = np.arange(0, count + _COARSE, _COARSE)
    slow = np.sin(2 * np.pi * hertz / RATE * places + radians)
    return _joined(slow, count)


def _joined(points: NDArray[np.float64], count: int) -> Samples:
    """Straight lines between points `_COARSE` samples apart: (count,), float32."""
    part = np.arange(_COARSE, dtype=np.float32) / np.float32(_COARSE)
    coarse = points.astype(np.float32)
    lines = np.diff(coarse)[:, None] * part
    lines += coarse[:-1, None]
    return lines.reshape(-1)[:count]


def _shape(samples: int, attack: float, release: float) -> Samples:
    """An envelope with rounded attack and release in seconds; the release ends with the note."""
    shape = np.ones(samples, np.float32)
    rise, fall = (min(samples, math.ceil(max(edge, 1e-4) * RATE)) for edge in (attack, release))
    shape[:rise] *= np.sin(np.arange(rise) * (0.5 * np.pi / RATE / max(attack, 1e-4))) ** 2
    shape[samples - fall :] *= np.sin(np.arange(fall, 0, -1) * (0.5 * np.pi / RATE / max(release, 1e-4))) ** 2
    return shape


def _bowed(pitch: int, seconds: float, bright: float, attack: float, release: float, voices: int) -> Samples:
    """Several slightly different players of one note, spread over the stereo field."""
    length = seconds + release
    hertz = frequency(pitch)
    partials = int(np.clip((1200.0 + 4200.0 * bright) / hertz, 3, 28))
    table = _table(partials, 1.15)
    both = np.zeros((2, round(length * RATE)), np.float32)
    for player in range(voices):
        detune = 2.0 ** (((player - (voices - 1) / 2) * 5.0 + 1.3 * np.sin(pitch + player)) / 1200.0)
        phase = _sweep(hertz * detune, length, 0.0022, 4.7 + 0.37 * player, 0.25, 0.37 * player + 0.11 * pitch)
        tone = _looked_up(table, phase)
        place = player / max(1, voices - 1)
        both[0] += tone * np.float32(1.0 - 0.7 * place)
        both[1] += tone * np.float32(0.3 + 0.7 * place)
    both *= _shape(both.shape[1], attack, release) * np.float32(0.42 / voices)
    return both.T


def _looked_up(table: Samples, phase: _Phase) -> Samples:
    """The wave at each phase, between two entries in a straight line: (n,), float32."""
    entry = (phase >> _BELOW).astype(np.intp)
    part = (phase & _REST).astype(np.float32)
    part *= np.float32(1.0 / (1 << _BELOW))
    part *= table[1].take(entry)
    part += table[0].take(entry)
    return part


def strings(pitch: int, seconds: float, bright: float) -> Samples:
    """A string section."""
    return _bowed(pitch, seconds, bright, min(0.45, 0.5 * seconds), 0.9, 4)


def warm(pitch: int, seconds: float, bright: float) -> Samples:
    """A soft pad, darker and slower than strings."""
    return _bowed(pitch, seconds, bright * 0.35, min(0.9, 0.5 * seconds), 1.4, 3)


def low(pitch: int, seconds: float, bright: float) -> Samples:
    """Low strings with a slow beat between them."""
    return _bowed(pitch - 12, seconds, bright * 0.6, min(0.7, 0.5 * seconds), 1.2, 4)


def short_strings(pitch: int, seconds: float, bright: float) -> Samples:
    """A short bow stroke."""
    return _bowed(pitch, min(seconds, 0.16), bright, 0.02, 0.22, 3) * np.float32(1.3)


def brass(pitch: int, seconds: float, bright: float) -> Samples:
    """A soft brass chord tone: it opens as it grows."""
    dark = _bowed(pitch, seconds, bright * 0.25, min(0.25, 0.4 * seconds), 0.5, 3)
    open_ = _bowed(pitch, seconds, bright, min(0.7, 0.6 * seconds), 0.5, 3)
    return dark + np.float32(0.45) * open_


def _blown(pitch: int, seconds: float, partials: int, slope: float, breath: float, attack: float) -> Samples:
    """One wind or bowed soloist with late vibrato and a little breath."""
    from scipy.signal import butter, sosfilt

    length = seconds + 0.25
    hertz = frequency(pitch)
    phase = _sweep(hertz, length, 0.0045, 5.1, 0.3, 0.13 * pitch)
    tone = _looked_up(_table(max(2, min(partials, int(7000 / hertz))), slope), phase)
    tone *= np.float32(0.45)
    if breath:
        noise = np.random.default_rng(pitch).standard_normal(len(tone))
        band = butter(2, [hertz * 0.9, min(hertz * 4.0, 15000.0)], "bandpass", fs=RATE, output="sos")
        tone += (breath * sosfilt(band, noise)).astype(np.float32)
    tone *= _shape(len(tone), attack, 0.25)
    places = np.arange(0, len(tone) + _COARSE, _COARSE)
    tone *= _joined(0.8 + 0.2 * np.sin(np.pi * places / len(tone)), len(tone))
    return np.stack([tone, tone], axis=1)


def flute(pitch: int, seconds: float, bright: float) -> Samples:
    """A flute."""
    return _blown(pitch, seconds, 5, 2.2 - 0.4 * bright, 0.03, 0.07)


def cello(pitch: int, seconds: float, bright: float) -> Samples:
    """A solo cello, an octave below what is asked."""
    return _blown(pitch - 12, seconds, 18, 1.35 - 0.2 * bright, 0.006, 0.12)


def horn(pitch: int, seconds: float, bright: float) -> Samples:
    """A horn, an octave below what is asked."""
    return _blown(pitch - 12, seconds, 12, 1.5 - 0.3 * bright, 0.004, 0.06)


@lru_cache(maxsize=64)
def _struck(pitch: int, ratios: tuple[float, ...], levels: tuple[float, ...], decay: float, click: float) -> Samples:
    """Partials that each die away at their own pace, with the noise of the stroke."""
    hertz = frequency(pitch)
    length = round(min(6.0, decay * 2.6) * RATE)
    both = np.zeros((2, length), np.float32)
    for k, (ratio, strength) in enumerate(zip(ratios, levels, strict=True)):
        if hertz * ratio > 14000:
            continue
        fading = (1.0 + 0.55 * k) * 2.3 / decay
        for side, drift in enumerate((0.9997, 1.0003)):
            both[side] += _ringing(hertz * ratio * drift, fading, strength, 0.9 * k, length)
    stroke = round(0.1 * RATE)  # the click has sunk below -150 dB by then
    noise = np.random.default_rng(pitch + 7).standard_normal(length)[:stroke]
    both[:, :stroke] += (noise * np.exp(np.arange(stroke) * (-180.0 / RATE)) * click).astype(np.float32)
    edge, end = round(0.002 * RATE), round(0.05 * RATE)
    both[:, :edge] *= np.arange(edge, dtype=np.float32) / edge
    both[:, -end:] *= np.arange(end, dtype=np.float32)[::-1] / end
    both *= np.float32(0.5) / np.abs(both).max()
    return np.ascontiguousarray(both.T)


def _ringing(hertz: float, fading: float, strength: float, turn: float, length: int) -> Samples:
    """A sine that dies away as exp(-fading * t), (n,), float32.

    The product of two short complex tables, one coarse and one fine: an exponential of a sum is a product.
    """
    rate = (-fading + 2j * np.pi * hertz) / RATE
    fine = np.exp(rate * np.arange(_RUN)).astype(np.complex64)
    coarse = (strength * np.exp(rate * _RUN * np.arange(-(-length // _RUN)) + 1j * turn)).astype(np.complex64)
    rung: Samples = np.multiply.outer(coarse.real, fine.imag) + np.multiply.outer(coarse.imag, fine.real)
    return rung.reshape(-1)[:length]


def piano(pitch: int, _seconds: float, bright: float) -> Samples:
    """A felted piano: stretched partials, the low ones long."""
    count = 9
    ratios = tuple(k * float(np.sqrt(1.0 + 0.0004 * k * k)) for k in range(1, count + 1))
    levels = tuple(float(1.0 / k ** (2.1 - 0.8 * bright)) for k in range(1, count + 1))
    return _struck(pitch, ratios, levels, float(np.clip(3.4 - (pitch - 48) * 0.035, 1.0, 3.8)), 0.012)


def celesta(pitch: int, _seconds: float, bright: float) -> Samples:
    """A music-box tone, an octave above what is asked."""
    return _struck(pitch + 12, (1.0, 2.0, 3.99, 6.7), (1.0, 0.25 + 0.2 * bright, 0.12, 0.05), 1.5, 0.01)


def pluck(pitch: int, _seconds: float, bright: float) -> Samples:
    """A plucked string: harp or pizzicato."""
    levels = tuple(float(1.0 / k ** (1.7 - 0.6 * bright)) for k in range(1, 9))
    return _struck(pitch, tuple(float(k) for k in range(1, 9)), levels, 0.9, 0.03)


def marimba(pitch: int, _seconds: float, bright: float) -> Samples:
    """A wooden bar."""
    return _struck(pitch, (1.0, 3.93, 9.2), (1.0, 0.22 + 0.1 * bright, 0.06), 0.6, 0.04)


def soft_bass(pitch: int, seconds: float, bright: float) -> Samples:
    """A bowed double bass, soft."""
    return _blown(pitch, seconds, 6, 1.9 - 0.3 * bright, 0.0, min(0.15, 0.3 * seconds))


def plucked_bass(pitch: int, _seconds: float, bright: float) -> Samples:
    """A plucked double bass."""
    return _struck(pitch, (1.0, 2.0, 3.0, 4.0), (1.0, 0.5, 0.18, 0.08 + 0.05 * bright), 1.1, 0.01)


Instrument = Callable[[int, float, float], Samples]

INSTRUMENTS: Mapping[str, Instrument] = MappingProxyType(
    {
        "strings": strings,
        "warm": warm,
        "low": low,
        "strings short": short_strings,
        "brass": brass,
        "flute": flute,
        "cello": cello,
        "horn": horn,
        "piano": piano,
        "celesta": celesta,
        "pluck": pluck,
        "marimba": marimba,
        "soft": soft_bass,
        "pulse": soft_bass,
        "walk": plucked_bass,
    }
)
