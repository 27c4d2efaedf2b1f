"""Water: sea, stream, and a cave in which it drips."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from audio.foley.noise import band, bubble, decay, either, in_room, mixed, pattered
from audio.foley.stretch import Dice, Mono, Stretch, placed
from audio.voice import RATE, Samples

_GRID = 480


def _wave(since: NDArray[np.float64], slow: float) -> NDArray[np.float64]:
    """What a wave adds to rumble, roar, crash, foam and backwash (5, n), seconds after it begins to break."""
    t = since / slow
    build = np.where(t < 0, np.exp(-((t / 1.9) ** 2)), np.exp(-t / 1.5))
    roar = np.where(t < 0, np.exp(-((t / 0.9) ** 2)), np.exp(-t / 1.3))
    crash = np.where(t < 0, np.exp(-((t / 0.16) ** 2)), np.exp(-t / 0.75))
    foam = np.where(t < 0.25, np.exp(-(((t - 0.25) / 0.28) ** 2)), np.exp(-(t - 0.25) / 2.1))
    back = np.exp(-(((t - 3.4) / 0.9) ** 2))
    return np.stack([build, roar, crash, foam, back])


def sea(stretch: Stretch) -> Samples:
    """Waves on a beach: each gathers, breaks from one side to the other, runs up and draws back over the shingle."""
    noise = stretch.white("noise")
    grid = np.arange(stretch.start - stretch.start % _GRID, stretch.start + stretch.count + _GRID, _GRID)
    curves = np.zeros((5, 2, len(grid)))
    for at, dice in stretch.turns("wave", 7.4, 0.55, 12.0):
        height, slow = float(dice.uniform(0.45, 1.0)) ** 1.3, float(dice.uniform(0.85, 1.3))
        place, runs = float(dice.uniform(-0.7, 0.7)), float(dice.uniform(-0.5, 0.5))
        for side, way in enumerate((-1, 1)):
            since = (grid - stretch.start - at) / RATE - way * runs
            curves[:, side] += height * (1.0 + 0.5 * way * place) * _wave(since, slow)
    samples = np.arange(stretch.start, stretch.start + stretch.count)
    bands = ((40.0, 160.0, 0.45), (160.0, 650.0, -0.34), (650.0, 2400.0, 0.26), (2400.0, 9000.0, -0.2))
    out = band(noise, 90.0, 700.0) * (np.float32(0.05) * either(stretch, "far", 2.7, 0.5, 1.0))
    for number, (low, high, level) in enumerate(bands):
        curve = np.stack([np.interp(samples, grid, side) for side in curves[number]], axis=1)
        out += band(noise, low, high) * (level * (curve + 0.02)).astype(np.float32)
    shingle = pattered(stretch, "shingle", 900.0, 2500.0, 9000.0)
    back = np.stack(
        [np.interp(samples, grid, 0.4 * foam + fizz) for foam, fizz in zip(*curves[3:], strict=True)], axis=1
    )
    return out + shingle * (0.045 * back).astype(np.float32)


def _gurgle(dice: Dice) -> Mono:
    hertz = float(np.exp(dice.uniform(np.log(320), np.log(1900))))
    sound = bubble(hertz, float(dice.uniform(2, 18)), float(dice.uniform(0.02, 0.08)) * (900 / hertz) ** 0.4)
    return sound * 0.37


def _glug(dice: Dice) -> Mono:
    return bubble(float(dice.uniform(150, 380)), float(dice.uniform(3, 9)), float(dice.uniform(0.07, 0.16))) * 1.3


def stream(stretch: Stretch) -> Samples:
    """A brook over stones: bubbles of all sizes in a rush whose every band has a life of its own."""
    noise = stretch.white("noise")
    out = np.zeros((stretch.count, 2), np.float32)
    for low, high, level in ((180, 420, 0.05), (420, 950, -0.06), (950, 2100, 0.05), (2100, 5200, -0.035)):
        life: Samples = either(stretch, f"life {low}", 60.0 / low + 0.06, 0.15, 1.0) * either(
            stretch, f"ease {low}", 1.9, 0.6, 1
        )
        out += band(noise, float(low), float(high)) * (np.float32(level) * life)
    small = stretch.strewn("gurgle", 55.0, stretch.stock("bubble", _gurgle, 96), 0.6, 0.9)
    large = stretch.strewn("glug", 4.0, stretch.stock("large", _glug), 0.3, 0.5)
    return mixed((out, 1.0), (small, 0.42), (large, 0.2))


def _plink(dice: Dice, hertz: float) -> Mono:
    """A drop into still water: the tick of its landing and the bubble's tone just after it."""
    tone = bubble(hertz * float(dice.uniform(0.97, 1.03)), float(dice.uniform(3, 8)), 0.11)
    sound = np.zeros(len(tone) + 700)
    sound[:240] += 0.35 * dice.standard_normal(240) * decay(240, 0.004)
    sound[700:] += tone
    return sound * float(dice.uniform(0.55, 1.0))


def cave(stretch: Stretch) -> Samples:
    """A cave: hollow air, and drops that fall at their own places and paces into a long echo."""
    noise = stretch.white("noise")
    drops = np.zeros((stretch.count, 2), np.float32)
    for site in range(5):
        own = stretch.dice("site", site)
        every, hertz = float(own.uniform(2.6, 7.5)), float(own.uniform(700, 2300))
        place, far = float(own.uniform(-0.9, 0.9)), float(own.uniform(0.25, 1.0))
        drops += stretch.laid(
            stretch.turns(f"site {site}", every, 0.3, 0.3),
            lambda dice, hertz=hertz, place=place, far=far: placed(far * _plink(dice, hertz), place),  # type: ignore[misc]
        )
    air = band(noise, 45.0, 140.0) * stretch.drift("air", 4.6, 0.5, 1.0)[:, None]
    draught = band(noise, 180.0, 520.0) * (stretch.drift("draught", 3.1, 0.0, 1.0) ** 2)[:, None]
    return mixed((air, 0.009), (draught, -0.0035), (in_room(drops, 3.6, 0.55, 180.0, 4200.0), 0.5))
