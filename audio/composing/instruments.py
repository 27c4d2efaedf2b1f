"""Tones of the house, made of sines, tables and seeded noise: what the synthesiser from a wheel has no good voice for.

Every tone is stereo, one note, peak near 0.5 before its velocity. Pure and deterministic; knows no music beyond a
pitch, a length and a velocity.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Sung:
    """A bowed, blown or sung tone.

    Partials fall off as 1/k**slope, more above `cut` hertz (soft and loud), and rise around `formants` (hertz, gain);
    `odd` ones alone for a stopped pipe. `players` are spread and detuned; times are in seconds, `wobble` is vibrato as
    a part of the frequency, `breath` noise, `shiver` strokes a second of a tremolo.
    """

    slope: float = 1.1
    cut: tuple[float, float] = (1200.0, 4500.0)
    formants: tuple[tuple[float, float], ...] = ()
    odd: bool = False
    players: int = 1
    attack: float = 0.08
    release: float = 0.2
    wobble: float = 0.004
    late: float = 0.3
    breath: float = 0.0
    shiver: float = 0.0
    octave: int = 0


@dataclass(frozen=True, slots=True)
class Rung:
    """A struck or plucked tone: partials by their ratios, fading faster the higher; seconds of decay at middle C.

    `slope` sets their levels where `levels` does not, `stretch` makes strings stiff, `click` is the stroke's noise,
    `throb` the beats a second of a turning disc, `damped` says whether it stops when the note ends.
    """

    ratios: tuple[float, ...] = ()
    levels: tuple[float, ...] = ()
    count: int = 9
    slope: tuple[float, float] = (2.0, 1.3)
    stretch: float = 0.0
    decay: float = 2.0
    spread: float = 0.55
    click: float = 0.01
    throb: float = 0.0
    damped: bool = True


_BODY = ((290.0, 1.0), (480.0, 0.8), (1050.0, 0.9), (2600.0, 1.3))
"""Where the body of a violin rings."""
_VOWEL = ((650.0, 5.0), (1080.0, 3.0), (2700.0, 1.2))
"""An open vowel."""

TONES: Mapping[str, Sung | Rung] = MappingProxyType(
    {
        "strings": Sung(1.15, (1500, 4800), _BODY, players=5, attack=0.14, release=0.5, wobble=0.0024),
        "tremolo strings": Sung(1.1, (1600, 5200), _BODY, players=4, attack=0.06, release=0.3, shiver=11.0),
        "violin": Sung(1.0, (2400, 6500), _BODY, attack=0.07, wobble=0.005),
        "viola": Sung(1.1, (1700, 4800), ((220.0, 1.0), (420.0, 0.9), (900.0, 0.9)), attack=0.08, wobble=0.0045),
        "cello": Sung(1.15, (1300, 4200), ((110.0, 0.8), (250.0, 1.0), (700.0, 0.9)), attack=0.09, wobble=0.004),
        "double bass": Sung(1.3, (600, 1800), ((90.0, 0.8), (220.0, 0.8)), attack=0.1, release=0.3, wobble=0.002),
        "brass": Sung(1.0, (700, 4200), ((900.0, 1.2),), players=4, attack=0.07, wobble=0.0015),
        "horn": Sung(1.35, (450, 1900), ((380.0, 1.5),), attack=0.06, wobble=0.0015),
        "trumpet": Sung(0.7, (1200, 5500), ((1250.0, 1.5),), attack=0.03, wobble=0.003),
        "muted trumpet": Sung(0.5, (2200, 6000), ((1900.0, 4.0), (3300.0, 2.0)), attack=0.03, wobble=0.003),
        "trombone": Sung(0.9, (700, 3200), ((520.0, 1.3),), attack=0.05, wobble=0.002),
        "tuba": Sung(1.3, (350, 1100), ((230.0, 1.0),), attack=0.06, wobble=0.001),
        "saxophone": Sung(0.9, (1000, 4000), ((650.0, 2.0), (1500.0, 1.4)), attack=0.04, wobble=0.005, breath=0.012),
        "flute": Sung(2.0, (1500, 4000), attack=0.06, wobble=0.005, breath=0.035),
        "whistle": Sung(2.6, (2500, 5000), attack=0.04, wobble=0.006, breath=0.03),
        "clarinet": Sung(1.0, (1300, 4200), ((1500.0, 0.8),), odd=True, attack=0.05, wobble=0.001, breath=0.006),
        "oboe": Sung(0.7, (1800, 4500), ((1050.0, 4.0), (2800.0, 1.5)), attack=0.04, wobble=0.004),
        "bassoon": Sung(0.9, (800, 2400), ((460.0, 4.0), (1150.0, 1.0)), attack=0.04, wobble=0.002),
        "choir": Sung(1.0, (1600, 3400), _VOWEL, players=6, attack=0.22, release=0.6, wobble=0.005, breath=0.01),
        "accordion": Sung(0.6, (1800, 4500), ((1400.0, 0.8),), players=2, attack=0.03, release=0.08, wobble=0.0),
        "synth": Sung(1.0, (1800, 5200), players=2, attack=0.006, release=0.12, wobble=0.0),
        "pad": Sung(1.1, (700, 2000), players=5, attack=0.5, release=1.0, wobble=0.0016),
        "harp": Rung(slope=(2.0, 1.4), decay=2.2, click=0.01, damped=False),
        "guitar": Rung(count=14, slope=(1.7, 1.1), stretch=0.00005, decay=2.0, click=0.02),
        "electric guitar": Rung(count=12, slope=(1.5, 1.0), decay=3.0, click=0.01),
        "pizzicato": Rung(slope=(1.9, 1.4), decay=0.45, click=0.03, damped=False),
        "jazz bass": Rung(count=7, slope=(1.6, 1.2), decay=1.1, click=0.012),
        "celesta": Rung((1.0, 2.0, 3.99, 6.7), (1.0, 0.3, 0.12, 0.05), decay=1.3, damped=False),
        "music box": Rung((1.0, 2.76, 5.4, 8.9), (1.0, 0.22, 0.16, 0.05), decay=1.1, click=0.02, damped=False),
        "vibraphone": Rung((1.0, 4.0, 9.9), (1.0, 0.18, 0.04), decay=3.2, throb=5.2),
        "marimba": Rung((1.0, 3.93, 9.2), (1.0, 0.25, 0.07), decay=0.55, click=0.04, damped=False),
        "xylophone": Rung((1.0, 3.0, 6.1, 10.0), (1.0, 0.45, 0.2, 0.1), decay=0.25, click=0.06, damped=False),
        "timpani": Rung((1.0, 1.5, 1.99, 2.44), (1.0, 0.6, 0.4, 0.2), decay=1.6, spread=0.4, click=0.1, damped=False),
        "taiko": Rung((1.0, 1.59, 2.14, 2.65), (1.0, 0.5, 0.3, 0.2), decay=0.7, spread=0.8, click=0.25, damped=False),
    }
)  # fmt: skip


def tone(name: str, pitch: int, seconds: float, velocity: float) -> Samples:
    """One note of a tone of the house, (n, 2), with its release or its ring."""
    made = TONES[name]
    layer = round(min(1.0, max(0.0, velocity)) * 4) / 4
    if isinstance(made, Rung):
        return _struck(made, pitch, seconds, layer)
    return _sustained(made, pitch, seconds, layer)


def frequency(pitch: float) -> float:
    """Hertz of a MIDI pitch."""
    return float(440.0 * 2.0 ** ((pitch - 69.0) / 12.0))


@lru_cache(maxsize=256)
def _table(levels: tuple[float, ...]) -> Samples:
    """One cycle of a wave of partials with these levels: its values, then its steps between them.

    Shape (2, 4096), float32: a sample between two entries is the value and a part of the step.
    """
    phase = np.arange(_TABLE + 1) * (2.0 * np.pi / _TABLE)
    wave = np.zeros(_TABLE + 1)
    for k, level in enumerate(levels, 1):
        # Spread phases keep the crest low: a saw with all its peaks in one place sounds like a buzzer.
        wave += level * np.sin(k * phase + 0.7 * k * k)
    wave /= np.abs(wave).max()
    return np.stack([wave[:-1], np.diff(wave)]).astype(np.float32)


def _levels(made: Sung, hertz: float, layer: float) -> tuple[float, ...]:
    """The levels of a tone's partials at a pitch and a loudness."""
    cut = made.cut[0] * (made.cut[1] / made.cut[0]) ** layer
    count = int(np.clip(min(3.0 * cut, 14_000.0) / hertz, 2, 40))
    found = []
    for k in range(1, count + 1):
        level = k**-made.slope / math.sqrt(1.0 + (k * hertz / cut) ** 4)
        level *= 1.0 + sum(gain * math.exp(-((math.log2(k * hertz / at) / 0.45) ** 2)) for at, gain in made.formants)
        found.append(round(level * (0.1 if made.odd and k % 2 == 0 else 1.0), 5))
    return tuple(found)


def _sustained(made: Sung, pitch: int, seconds: float, layer: float) -> Samples:
    """One or several slightly different players of one note, spread over the stereo field."""
    length = seconds + made.release
    hertz = frequency(pitch + 12 * made.octave)
    table = _table(_levels(made, hertz, layer))
    both = np.zeros((2, max(2, round(length * RATE))), np.float32)
    for player in range(made.players):
        cents = (player - (made.players - 1) / 2) * 5.0 + (1.5 * math.sin(pitch + player) if made.players > 1 else 0.0)
        rate = 4.8 + 0.31 * player
        phase = _sweep(
            hertz * 2 ** (cents / 1200.0), length, made.wobble, rate, made.late, 0.37 * player + 0.11 * pitch
        )
        voice = _looked_up(table, phase)
        if made.shiver:
            voice *= np.float32(0.72) + np.float32(0.28) * _turning(
                len(voice), made.shiver + 0.7 * player, 1.7 * player
            )
        place = player / (made.players - 1) if made.players > 1 else 0.5
        both[0, : len(voice)] += voice * np.float32(1.0 - 0.6 * place)
        both[1, : len(voice)] += voice * np.float32(0.4 + 0.6 * place)
    if made.breath:
        both += _breath(hertz, both.shape[1], pitch) * np.float32(made.breath * made.players)
    both *= _shape(both.shape[1], min(made.attack, 0.5 * seconds), made.release)
    both *= _bloom(both.shape[1], made.attack) * np.float32(
        0.5 / math.sqrt(made.players) / (1.0 + 0.3 * (made.players > 1))
    )
    return np.ascontiguousarray(both.T)


def _bloom(count: int, attack: float) -> Samples:
    """The slow swell of a held note: a player never holds quite still."""
    places = np.arange(0, count + _COARSE, _COARSE) / RATE
    return _joined(0.8 + 0.2 * (1.0 - np.exp(-places / (3.0 * attack + 0.1))), count)


@lru_cache(maxsize=8)
def _breath(hertz: float, count: int, seed: int) -> Samples:
    """Noise around a tone, (count,), float32."""
    from scipy.signal import butter, sosfilt

    band = butter(2, [min(hertz * 0.9, 9000.0), min(hertz * 4.0, 15_000.0)], "bandpass", fs=RATE, output="sos")
    noise: Samples = sosfilt(band, np.random.default_rng(seed).standard_normal(count)).astype(np.float32)
    return noise


def _struck(made: Rung, pitch: int, seconds: float, layer: float) -> Samples:
    """The stroke as long as it rings, stopped where the note ends if its instrument has dampers."""
    rung = _stroke(made, pitch, layer)
    if not made.damped:
        return rung
    count, stop = round(seconds * RATE), round(0.12 * RATE)
    if count + stop >= len(rung):
        return rung
    damped = rung[: count + stop].copy()
    damped[count:] *= np.linspace(1.0, 0.0, stop, dtype=np.float32)[:, None]
    return damped


@lru_cache(maxsize=24)
def _stroke(made: Rung, pitch: int, layer: float) -> Samples:
    """Partials that each die away at their own pace, with the noise of the stroke; (n, 2)."""
    hertz = frequency(pitch)
    numbers = range(1, made.count + 1)
    ratios = made.ratios or tuple(k * math.sqrt(1.0 + made.stretch * k * k) for k in numbers)
    slope = made.slope[0] + (made.slope[1] - made.slope[0]) * layer
    # Plucked off their middle, strings lack every fifth partial or so.
    levels = made.levels or tuple(abs(math.sin(math.pi * k * 0.21)) / k**slope for k in numbers)
    decay = made.decay * float(np.clip(2.0 ** ((60 - pitch) / 24.0), 0.4, 1.8))
    length = round(min(6.0, decay * 2.6 + 0.05) * RATE)
    both = np.zeros((2, length), np.float32)
    for k, (ratio, strength) in enumerate(zip(ratios, levels, strict=True)):
        if hertz * ratio > 15_000:
            continue
        fading = (1.0 + made.spread * k) * 2.3 / decay
        loud = strength * (1.0 if k == 0 else 0.6 + 0.6 * layer)
        for side, drift in enumerate((0.9997, 1.0003)):
            both[side] += _ringing(hertz * ratio * drift, fading, loud, 0.9 * k, length)
    if made.throb:
        both *= np.float32(0.82) + np.float32(0.18) * _turning(length, made.throb, 0.0)
    stroke = min(length, round(0.1 * RATE))  # the click has sunk below -150 dB by then
    noise = np.random.default_rng(pitch + 7).standard_normal(stroke)
    both[:, :stroke] += (noise * np.exp(np.arange(stroke) * (-180.0 / RATE)) * made.click * (0.5 + layer)).astype(
        np.float32
    )
    edge, end = round(0.001 * RATE), round(0.05 * RATE)
    both[:, :edge] *= np.arange(edge, dtype=np.float32) / edge
    both[:, -end:] *= np.arange(end, dtype=np.float32)[::-1] / end
    both *= np.float32(0.5) / np.abs(both).max()
    return np.ascontiguousarray(both.T)


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


def _looked_up(table: Samples, phase: _Phase) -> Samples:
    """The wave at each phase, between two entries in a straight line: (n,), float32."""
    entry = (phase >> _BELOW).astype(np.intp)
    part = (phase & _REST).astype(np.float32)
    part *= np.float32(1.0 / (1 << _BELOW))
    part *= table[1].take(entry)
    part += table[0].take(entry)
    return part


def _ringing(hertz: float, fading: float, strength: float, turn: float, length: int) -> Samples:
    """A sine that dies away as exp(-fading * t), (n,), float32.

    The product of two short complex tables, one coarse and one fine: an exponential of a sum is a product.
    """
    rate = (-fading + 2j * np.pi * hertz) / RATE
    fine = np.exp(rate * np.arange(_RUN)).astype(np.complex64)
    coarse = (strength * np.exp(rate * _RUN * np.arange(-(-length // _RUN)) + 1j * turn)).astype(np.complex64)
    rung: Samples = np.multiply.outer(coarse.real, fine.imag) + np.multiply.outer(coarse.imag, fine.real)
    return rung.reshape(-1)[:length]
