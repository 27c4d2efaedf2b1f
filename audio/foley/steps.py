"""Footsteps: heel and toe on eight grounds, at the moments at which feet land or at an easy walk.

A step begins with the sample at which the heel touches. Every step of one strength is as loud as any other on any
ground, so that a level means the same in a meadow and on a street.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from audio.foley.noise import decay, filtered, in_room, rounded
from audio.foley.stretch import Dice, Mono, Stretch, placed, sizes
from audio.signal.loudness import k_weighted
from audio.voice import RATE, Samples

_LENGTH = round(0.36 * RATE)
_PACE = 0.54
"""Seconds between two steps of an easy walk."""
_ENERGY = 10 ** (-20 / 20)
"""What a step of strength 1 comes to: -20 LUFS over 0.4 s."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What is under the feet: what makes one step on it, and the room that rings after it (seconds, share)."""

    step: Callable[[Dice, float], Mono]
    rings: float
    wet: float


def _silence() -> Mono:
    return np.zeros(_LENGTH)


def _noise(dice: Dice, seconds: float, low: float, high: float, fade: float, rise: float = 0.0008) -> Mono:
    """A burst between two frequencies that comes in `rise` seconds and dies away in `fade`."""
    count = round(seconds * RATE)
    burst = filtered(dice.standard_normal(count), "bandpass", low, high, order=1).astype(np.float64)
    ends = np.minimum(1.0, np.arange(count)[::-1] / (0.25 * count))
    return burst * decay(count, fade) * np.minimum(1.0, np.arange(count) / (rise * RATE)) * ends


def _thump(hertz: float, seconds: float, sag: float = 0.6) -> Mono:
    """The weight that comes down: a deep tone that sags."""
    count = round(seconds * RATE)
    t = np.arange(count) / RATE
    return rounded(np.sin(2 * np.pi * (hertz * t + sag * (1 - np.exp(-t * 60)))) * decay(count, seconds), 0.0015)


def _crunch(dice: Dice, seconds: float, grains: int, low: float, high: float, rough: float) -> Mono:
    """Many small things that give way, the more of them the more weight is on them."""
    count = round(seconds * RATE)
    out = np.zeros(count)
    at = (dice.beta(1.3, 2.4, grains) * (count - 1)).astype(np.int64)
    np.add.at(out, at, sizes(dice, rough, grains) * dice.choice((-1.0, 1.0), grains))
    broken = np.convolve(out, dice.standard_normal(130) * decay(130, 0.004))[:count]
    return filtered(broken, "bandpass", low, high, order=1).astype(np.float64) * 2.0


def _add(out: Mono, sound: Mono, seconds: float, level: float) -> None:
    at = round(seconds * RATE)
    out[at : at + len(sound)] += level * sound[: len(out) - at]


def _hard(dice: Dice, roll: float, body: float, click: tuple[float, float], grit: float, boom: float) -> Mono:
    """A shoe on something hard: heel, then toe, with a body of its own and a little grit between."""
    out = _silence()
    _add(out, _thump(body * float(dice.uniform(0.94, 1.06)), 0.19), 0.0, boom)
    _add(out, _noise(dice, 0.07, *click, 0.085, 0.0004), 0.0, 0.8)
    _add(out, _thump(body * 1.5, 0.1, 0.2), roll, 0.35 * boom)
    _add(out, _noise(dice, 0.06, click[0] * 1.1, click[1] * 1.15, 0.07, 0.0006), roll, float(dice.uniform(0.25, 0.5)))
    _add(out, _noise(dice, 0.13, 1500.0, 6500.0, 0.16, 0.04), 0.012, grit)
    return out


def _stone(dice: Dice, roll: float) -> Mono:
    return _hard(dice, roll, 95.0, (700.0, 4200.0), 0.05, 0.55)


def _street(dice: Dice, roll: float) -> Mono:
    return _hard(dice, roll, 88.0, (450.0, 2600.0), 0.14, 0.75)


def _wood(dice: Dice, roll: float) -> Mono:
    """Boards: each step finds another plank's tone."""
    out = _hard(dice, roll, 118.0, (350.0, 2200.0), 0.03, 0.8)
    plank = float(dice.uniform(165, 235))
    for ratio, level in ((1.0, 0.5), (1.62, 0.28), (2.7, 0.14)):
        _add(out, _thump(plank * ratio, 0.12, 0.0), 0.0, level)
        _add(out, _thump(plank * ratio * 1.04, 0.09, 0.0), roll, 0.3 * level)
    if dice.random() < 0.12:
        creak = np.diff(np.floor(np.cumsum(np.full(5200, 62.0)) / RATE), prepend=0.0)
        _add(out, filtered(creak, "bandpass", 500.0, 1800.0).astype(np.float64) * 6.0, 0.08, 0.25)
    return out


def _grass(dice: Dice, roll: float) -> Mono:
    out = _silence()
    _add(out, _thump(70.0, 0.1), 0.0, 0.6)
    _add(out, _noise(dice, 0.06, 300.0, 1500.0, 0.1), 0.0, 0.45)
    _add(out, _noise(dice, 0.17, 1800.0, 7500.0, 0.22, 0.012), 0.0, 0.30)
    _add(out, _crunch(dice, 0.2, 26, 1500.0, 6000.0, 0.6), 0.004, 0.16)
    _add(out, _noise(dice, 0.13, 2200.0, 8000.0, 0.17, 0.03), roll, 0.18)
    return out


def _gravel(dice: Dice, roll: float) -> Mono:
    out = _silence()
    _add(out, _thump(80.0, 0.09), 0.0, 0.5)
    _add(out, _noise(dice, 0.05, 500.0, 3500.0, 0.09), 0.0, 0.6)
    _add(out, _crunch(dice, 0.17, 120, 900.0, 5500.0, 0.7), 0.0, 0.55)
    _add(out, _crunch(dice, 0.16, 80, 1100.0, 6500.0, 0.7), roll, 0.4)
    return out


def _snow(dice: Dice, roll: float) -> Mono:
    """Snow packs: a creaking crunch that lasts as long as the weight goes over it."""
    out = _silence()
    count = round(0.24 * RATE)
    u = np.arange(count) / count
    press = np.sin(np.pi * u**0.7) ** 1.5
    squeak = np.cumsum(float(dice.uniform(210, 290)) * (1 + 0.35 * u)) / RATE
    slips = np.diff(np.floor(squeak + 0.35 * np.cumsum(dice.standard_normal(count)) / np.sqrt(RATE)), prepend=0.0)
    _add(out, filtered(slips, "bandpass", 700.0, 2800.0).astype(np.float64) * press, 0.008, 1.9)
    _add(out, _crunch(dice, 0.24, 320, 900.0, 5200.0, 0.7), 0.0, 0.30)
    _add(out, _noise(dice, 0.07, 250.0, 1600.0, 0.12), 0.0, 0.7)
    _add(out, _thump(75.0, 0.1), 0.0, 0.55)
    _add(out, _crunch(dice, 0.14, 120, 1100.0, 5200.0, 0.7), roll, 0.2)
    return out


def _sand(dice: Dice, roll: float) -> Mono:
    out = _silence()
    _add(out, _thump(66.0, 0.12), 0.0, 0.8)
    _add(out, _noise(dice, 0.07, 250.0, 1500.0, 0.12), 0.0, 0.6)
    _add(out, _noise(dice, 0.2, 900.0, 4200.0, 0.25, 0.02), 0.0, 0.32)
    _add(out, _noise(dice, 0.16, 1200.0, 5000.0, 0.2, 0.04), roll, 0.22)
    return out


def _earth(dice: Dice, roll: float) -> Mono:
    out = _hard(dice, roll, 76.0, (250.0, 1500.0), 0.1, 1.0)
    _add(out, _crunch(dice, 0.15, 22, 800.0, 4500.0, 0.6), 0.003, 0.22)
    return out


GROUNDS: Mapping[str, Ground] = MappingProxyType(
    {
        "earth": Ground(_earth, 0.25, 0.05),
        "grass": Ground(_grass, 0.2, 0.02),
        "gravel": Ground(_gravel, 0.3, 0.05),
        "sand": Ground(_sand, 0.2, 0.02),
        "snow": Ground(_snow, 0.2, 0.02),
        "stone": Ground(_stone, 1.3, 0.3),
        "street": Ground(_street, 0.5, 0.13),
        "wood": Ground(_wood, 0.5, 0.18),
    }
)
"""The grounds on which steps can be heard."""


def _step(ground: Ground, dice: Dice, strength: float) -> Mono:
    """One step, the harder the quicker it rolls from heel to toe."""
    roll = float(dice.uniform(0.085, 0.115)) * (1.25 - 0.4 * min(1.5, strength))
    sound = rounded(ground.step(dice, roll), 0.0004)
    heard = k_weighted(np.pad(sound, (0, round(0.4 * RATE) - len(sound)))[:, None].astype(np.float32))
    loud = np.sqrt(2.0 * float(np.mean(heard**2)) * 10 ** (-0.0691))
    level: Mono = sound * (strength * _ENERGY * float(dice.uniform(0.9, 1.0)) / max(loud, 1e-9))
    return level


def walked(stretch: Stretch, steps: Iterable[tuple[int, float, float]], surface: str, name: str = "step") -> Samples:
    """Steps (sample, strength 0..2, place -1..1) counted from the sound's first sample, as heard in a stretch."""
    ground = GROUNDS[surface]
    out = np.zeros((stretch.count, 2), np.float32)
    for number, (at, strength, place) in enumerate(steps):
        first = at - stretch.start
        if -_LENGTH < first < stretch.count:
            sound = placed(_step(ground, stretch.dice(name, number), strength), place)
            low, high = max(0, first), min(stretch.count, first + len(sound))
            out[low:high] += sound[low - first : high - first]
    return in_room(out, ground.rings, ground.wet, 200.0, 4500.0)


def footsteps(stretch: Stretch, surface: str = "earth") -> Samples:
    """Somebody who walks at an easy pace for as long as asked, the left foot a little unlike the right one."""
    steps = []
    for at, dice in stretch.turns("stride", 2 * _PACE, 0.02, 2.0):
        for foot in range(2):
            place = 0.06 * (2 * foot - 1)
            moment = at + stretch.start + round((0.1 + foot * _PACE * float(dice.uniform(0.985, 1.015))) * RATE)
            steps.append((moment, float(dice.uniform(0.8, 1.0)) * (1.0 - 0.08 * foot), place))
    return walked(stretch, [step for step in steps if step[0] >= 0], surface)
