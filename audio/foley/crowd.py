"""The murmur of a crowd: many voices that say nothing, made as voices are, by pulses through a moving mouth.

Every voice has its own pitch, size, place and pace; syllables, stresses and pauses fall by chance, so that there are
no words to make out. Reckoned at a third of the rate, for a murmur has little above 6 kHz.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from audio.foley.noise import band, filtered, in_room, mixed
from audio.foley.stretch import Dice, Stretch, placed
from audio.voice import RATE, Samples

_SLOW = 3
_RATE = RATE // _SLOW
_GRAIN = 288
"""Samples that one pulse rings: 18 ms."""
_PITCHES = np.geomspace(180.0, 5200.0, 96)
_VOWELS = np.array(
    [(730, 1120, 2450), (570, 850, 2410), (310, 880, 2250), (290, 2200, 2950), (480, 1850, 2550), (640, 1720, 2410),
     (500, 1450, 2450), (440, 1020, 2300)],
    np.float64,
)  # fmt: skip
"""The three resonances of eight vowels of a grown man, in hertz."""
_LEVELS = (1.0, 0.5, 0.22)
_VOICES = 11


@cache
def _ringing(number: int) -> NDArray[np.float32]:
    """What one pulse leaves behind in the resonance `number`, at each of `_PITCHES`: (96, grain)."""
    t = np.arange(_GRAIN) / _RATE
    width = (85.0, 110.0, 170.0)[number]
    rings = np.sin(2 * np.pi * _PITCHES[:, None] * t) * np.exp(-np.pi * width * t) * np.minimum(1.0, t / 0.0006)
    made: NDArray[np.float32] = (rings * np.linspace(1, 0, _GRAIN) ** 0.5).astype(np.float32)
    return made


def _utterance(dice: Dice, pitch: float, size: float) -> NDArray[np.float64]:
    """A breath's worth of syllables by one voice (n,), at the slow rate."""
    many = int(dice.integers(4, 14))
    lengths = dice.uniform(0.11, 0.27, many) * np.where(dice.random(many) < 0.15, 1.5, 1.0)
    lengths[-1] *= 1.5
    ends = np.cumsum(lengths)
    seconds = float(ends[-1])
    # The pitch sinks over the breath and rises on what is stressed.
    stress = dice.random(many) < 0.34
    tune = pitch * np.exp(np.linspace(0.13, -0.16, many) + 0.16 * stress + 0.04 * dice.standard_normal(many))
    middles = ends - lengths / 2
    moments = np.arange(0.0, seconds, 0.005)
    turns = np.cumsum(np.interp(moments, middles, tune)) * 0.005
    at = np.interp(np.arange(1.0, turns[-1]), turns, moments)
    at += 0.0001 * dice.standard_normal(len(at))
    vowels = _VOWELS[dice.integers(0, len(_VOWELS), many)] * size
    strength = _opened(at, ends, lengths, dice.uniform(0.55, 1.0, many) + 0.35 * stress)
    out = np.zeros(round(seconds * _RATE) + 2 * _GRAIN)
    starts = np.clip((at * _RATE).astype(np.int64), 0, len(out) - _GRAIN - 1)
    grains = np.zeros((len(at), _GRAIN), np.float32)
    for number, level in enumerate(_LEVELS):
        formant = np.interp(at, middles, vowels[:, number])
        which = np.searchsorted(_PITCHES, formant).clip(0, len(_PITCHES) - 1)
        grains += (level * strength)[:, None].astype(np.float32) * _ringing(number)[which]
    places = starts[:, None] + np.arange(_GRAIN)
    out += np.bincount(places.ravel(), grains.ravel(), len(out))
    return out + _consonants(dice, ends - lengths, len(out))


def _opened(
    at: NDArray[np.float64], ends: NDArray[np.float64], lengths: NDArray[np.float64], loud: NDArray[np.float64]
) -> NDArray[np.float64]:
    """How far the mouth is open at moments: it all but shuts between syllables."""
    which = np.searchsorted(ends, at).clip(0, len(ends) - 1)
    part = ((at - (ends - lengths)[which]) / lengths[which]).clip(0, 1)
    opened: NDArray[np.float64] = loud[which] * (0.08 + 0.92 * np.sin(np.pi * part**0.75) ** 0.8)
    return opened


def _consonants(dice: Dice, starts: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """The breath between syllables: hisses and soft bursts."""
    out = np.zeros(count)
    for start in starts[dice.random(len(starts)) < 0.55]:
        length = round(float(dice.uniform(0.02, 0.09)) * _RATE)
        first = max(0, round(float(start) * _RATE) - length // 2)
        length = min(length, count - first)
        shape = np.sin(np.pi * (np.arange(length) + 0.5) / max(1, length)) * float(dice.uniform(0.06, 0.26))
        out[first : first + length] += np.diff(dice.standard_normal(length + 1)) * shape * 0.7
    return out


def crowd(stretch: Stretch) -> Samples:
    """People who talk among themselves, a few near and many beyond them, no word to be made out."""
    noise = stretch.white("noise")
    from scipy.signal import resample_poly

    shift = stretch.start % _SLOW
    slow = Stretch(stretch.seed, stretch.start - shift, stretch.count + shift)
    talk = np.zeros((-(-slow.count // _SLOW), 2), np.float32)
    for number in range(_VOICES):
        own = stretch.dice("voice", number)
        woman = number % 2 == 1
        pitch, size = float(own.uniform(165, 235) if woman else own.uniform(92, 140)), 1.16 if woman else 1.0
        place, loud = float(own.uniform(-1, 1)), float(own.uniform(0.3, 1.0)) ** 1.2
        for at, dice in slow.turns(f"voice {number}", float(own.uniform(2.3, 3.4)), 0.6, 4.5):
            said = placed(_utterance(dice, pitch, size * float(dice.uniform(0.98, 1.02))) * loud, place)
            first, last = max(0, at // _SLOW), min(len(talk), at // _SLOW + len(said))
            if first < last:
                talk[first:last] += said[first - at // _SLOW : last - at // _SLOW]
    near = resample_poly(talk, _SLOW, 1, axis=0).astype(np.float32)[shift : shift + stretch.count]
    near = filtered(filtered(near, "highpass", 110.0, order=1), "lowpass", 3800.0, order=1)
    air = band(noise, 120.0, 900.0)
    return mixed((in_room(_many(near), 1.1, 0.32, 160.0, 3200.0), 0.045), (air, 0.002))


def _many(near: Samples) -> Samples:
    """The voices, and the same ones as others far behind them: crossed over, late, dull, and each echo elsewhere."""
    far = np.zeros_like(near)
    for seconds, level in ((0.37, 0.5), (0.83, 0.45), (1.31, 0.4), (1.94, 0.35)):
        late = round(seconds * RATE)
        far[late:] += level * near[: max(0, len(near) - late), :: -1 if round(seconds * 100) % 2 else 1]
    return mixed((near, 1.0), (filtered(far, "lowpass", 1500.0, order=1), 0.7))
