"""Fire: the roar of flames, the crackle of wood in bursts, and pops."""

from __future__ import annotations

import numpy as np

from audio.foley.noise import band, decay, either, filtered, mixed, rounded
from audio.foley.stretch import Dice, Mono, Stretch
from audio.voice import RATE, Samples


def _crackle(dice: Dice) -> Mono:
    """One snap of a fibre: a burst of a few milliseconds that rings as dry wood does."""
    count = round(float(dice.uniform(0.003, 0.012)) * RATE)
    t = np.arange(count) / RATE
    ring = np.sin(2 * np.pi * float(np.exp(dice.uniform(np.log(900), np.log(5200)))) * t + float(dice.uniform(0, 6)))
    snap = (0.6 * dice.standard_normal(count) + ring) * decay(count, count / RATE)
    return rounded(snap, 0.0003) * min(0.9, float(np.exp(dice.normal(-1.4, 0.6))))


def _burst(dice: Dice) -> Mono:
    """Snaps that set one another off."""
    out = np.zeros(round(0.5 * RATE))
    at = 0
    for _ in range(1 + int(dice.geometric(0.34))):
        snap = _crackle(dice)
        if at + len(snap) > len(out):
            break
        out[at : at + len(snap)] += snap
        at += round(float(dice.exponential(0.04)) * RATE) + 90
    return out


def _pop(dice: Dice) -> Mono:
    """Resin that bursts: a snap with a body."""
    count = round(0.06 * RATE)
    t = np.arange(count) / RATE
    body = np.sin(2 * np.pi * float(dice.uniform(190, 420)) * t) * decay(count, 0.05)
    click = filtered(dice.standard_normal(count), "bandpass", 900.0, 5000.0, order=1) * decay(count, 0.012)
    return rounded(0.8 * body + click, 0.0004) * float(dice.uniform(0.6, 1.1))


def fire(stretch: Stretch) -> Samples:
    """A wood fire within arm's reach."""
    noise = stretch.white("noise")
    flame = either(stretch, "flame", 0.16, 0.35, 1.0) * stretch.drift("draught", 1.7, 0.6, 1.0)[:, None]
    roar = band(noise, 35.0, 180.0) * flame
    breath = band(noise, 180.0, 800.0) * flame**2
    hiss = band(noise, 3200.0, 9000.0) * (stretch.drift("steam", 2.1, 0.0, 1.0) ** 4)[:, None]
    sparks = stretch.strewn("spark", 13.0, stretch.stock("spark", _crackle), 0.4, 0.8)
    bursts = stretch.laid(stretch.moments("burst", 3.4, 0.6), _burst, 0.7)
    pops = stretch.laid(stretch.moments("pop", 0.4, 0.2), _pop, 0.5)
    flames = mixed((roar, 0.05), (breath, -0.035), (hiss, 0.006))
    return mixed((flames, 1.0), (sparks, 0.06), (bursts, 0.17), (pops, 0.12))
