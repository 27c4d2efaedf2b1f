"""Wind and what falls from the sky: wind, leaves, rain, drizzle, rain on a roof, storm and snow."""

from __future__ import annotations

import numpy as np

from audio.foley.noise import band, bubble, decay, either, filtered, mixed, pattered, rounded, rung
from audio.foley.stretch import Dice, Mono, Stretch
from audio.foley.thunder import roll
from audio.voice import RATE, Samples

_HOWLS = (260.0, 390.0, 580.0, 860.0)
"""Pitches between which a howl glides, in hertz."""


def wind(stretch: Stretch) -> Samples:
    """Gusts that swell for seconds: a deep push, a rush above it, and a howl that climbs with their force."""
    noise = stretch.white("noise")
    force = stretch.drift("gust", 3.7, 0.3, 1.0) * stretch.drift("weather", 13.0, 0.6, 1.0)
    force = (force * stretch.drift("flutter", 0.45, 0.8, 1.0)).astype(np.float32)
    sides = either(stretch, "side", 2.3, 0.65, 1.0)
    push = band(noise, 35.0, 170.0) * (0.25 + force)[:, None]
    rush = band(noise, 170.0, 900.0) * (force**1.5)[:, None]
    hiss = band(noise, 1200.0, 4200.0) * (force**2.5)[:, None]
    return sides * mixed((push, 0.55), (rush, -0.6), (hiss, 0.07)) + _howl(stretch, noise, force)


def _howl(stretch: Stretch, noise: Samples, force: Samples) -> Samples:
    """A narrow band whose pitch follows the force of the wind."""
    pitch = np.log2(220.0) + 2.1 * force + stretch.drift("pitch", 1.1, -0.15, 0.15)
    out = np.zeros((stretch.count, 2), np.float32)
    for hertz in _HOWLS:
        near = np.exp(-(((pitch - np.log2(hertz)) / 0.36) ** 2)) * force**2
        out += band(noise, hertz * 0.94, hertz * 1.06) * near[:, None].astype(np.float32)
    return out * np.float32(0.3)


def leaves(stretch: Stretch) -> Samples:
    """Leaves that stir in a light wind: thousands of soft rubs that come in waves."""
    noise = stretch.white("noise")
    stir = stretch.drift("stir", 2.4, 0.0, 1.0) ** 1.6 * stretch.drift("weather", 9.0, 0.4, 1.0)
    sides = either(stretch, "side", 1.4, 0.45, 1.0)
    rub = pattered(stretch, "rub", 1600.0, 2200.0, 7500.0)
    soft = band(noise, 700.0, 3200.0)
    air = band(noise, 70.0, 350.0)
    moved = sides * (0.09 + stir)[:, None]
    return mixed((moved * rub, 0.32), (moved * soft, -0.3), (air * (0.4 + stir)[:, None], 0.09))


def _plip(dice: Dice) -> Mono:
    """A drop into a puddle: a tick, then the bubble that it takes along."""
    tone = bubble(float(dice.uniform(1100, 3800)), float(dice.uniform(2, 14)), float(dice.uniform(0.012, 0.045)))
    tone[:96] += 0.5 * dice.standard_normal(96) * decay(96, 0.002)
    return tone * 0.3


def _pat(dice: Dice) -> Mono:
    """A drop on a leaf or on cloth."""
    count = round(float(dice.uniform(0.006, 0.016)) * RATE)
    burst = filtered(dice.standard_normal(count), "bandpass", 500.0, float(dice.uniform(1800, 4500)), order=1)
    return rounded(burst.astype(np.float64) * decay(count, count / RATE), 0.0005) * 0.7


def rain(stretch: Stretch) -> Samples:
    """Heavy rain in the open: drops without number far and near, and some into puddles close by."""
    noise = stretch.white("noise")
    fall = (either(stretch, "fall", 3.5, 0.72, 1.0) * stretch.drift("shower", 11.0, 0.75, 1.0)[:, None]).astype(
        np.float32
    )
    far = band(noise, 900.0, 7500.0)
    fine = pattered(stretch, "fine", 2400.0, 2600.0, 11000.0)
    many = stretch.strewn("pat", 230.0, stretch.stock("leaf", _pat), 0.5, 0.95)
    body = band(noise, 120.0, 800.0)
    near = stretch.strewn("near", 11.0, stretch.stock("plip", _plip), 0.45, 0.95)
    bed = fall * mixed((far, 0.095), (fine, 0.1), (many, 0.42), (body, -0.06))
    return mixed((bed, 1.0), (near, 0.34))


def drizzle(stretch: Stretch) -> Samples:
    """Light rain on leaves: single pats over a thin rustle, and drops that gather and fall."""
    noise = stretch.white("noise")
    fall = either(stretch, "fall", 4.5, 0.5, 1.0)
    fine = pattered(stretch, "fine", 900.0, 3000.0, 10000.0)
    far = band(noise, 600.0, 5000.0)
    body = band(noise, 90.0, 600.0)
    pats = stretch.strewn("pat", 48.0, stretch.stock("leaf", _pat), 0.6, 0.95)
    drops = stretch.strewn("drop", 1.6, stretch.stock("plip", _plip), 0.4, 0.95)
    bed = fall * mixed((fine, 0.045), (far, 0.022), (pats, 0.38), (body, -0.025))
    return mixed((bed, 1.0), (drops, 0.34))


def rain_on_roof(stretch: Stretch) -> Samples:
    """Rain as it is heard in a room: drumming on the roof, a dull rush outside, a gutter that drips."""
    noise = stretch.white("noise")
    fall = either(stretch, "fall", 3.0, 0.65, 1.0) * stretch.drift("shower", 9.0, 0.75, 1.0)[:, None]
    drum = stretch.grains("drum", 260.0, 0.6)
    roof = mixed((rung(drum, 170.0, 0.05), 0.05), (rung(drum, 310.0, 0.03), 0.05))
    taps = filtered(stretch.strewn("tap", 80.0, stretch.stock("leaf", _pat), 0.5, 0.9), "lowpass", 1300.0)
    outside = filtered(band(noise, 250.0, 1600.0), "lowpass", 1100.0)
    low = band(noise, 50.0, 220.0)
    gutter = stretch.laid(stretch.turns("gutter", 1.3, 0.4, 0.2), _plip, 0.3)
    bed = fall * mixed((roof, 0.9), (taps, 0.5), (outside, 0.06), (low, -0.05))
    return mixed((bed, 1.0), (filtered(gutter, "lowpass", 1500.0), 0.3))


def storm(stretch: Stretch) -> Samples:
    """A gale with heavy rain that drives before it, and thunder some way off."""
    gusts = stretch.drift("gust", 3.7, 0.6, 1.0)
    driven = rain(stretch) * gusts[:, None]
    strokes = stretch.laid(stretch.turns("thunder", 13.0, 0.8, 10.0), _far_thunder)
    return mixed((driven, 1.0), (wind(stretch), 0.24), (strokes, 0.5))


def _far_thunder(dice: Dice) -> Samples:
    return roll(dice, 8.0, float(dice.uniform(0.45, 1.0)))


def snow(stretch: Stretch) -> Samples:
    """The hush of falling snow: muffled air that hardly moves, and flakes that tick now and then."""
    noise = stretch.white("noise")
    air = band(noise, 60.0, 320.0) * stretch.drift("breath", 5.0, 0.35, 1.0)[:, None]
    sigh = band(noise, 320.0, 900.0) * (stretch.drift("sigh", 6.5, 0.0, 1.0) ** 2)[:, None]
    flakes = pattered(stretch, "flakes", 22.0, 4000.0, 9000.0)
    hush = either(stretch, "side", 3.0, 0.7, 1.0) * mixed((air, 0.1), (sigh, -0.035))
    return mixed((hush, 1.0), (flakes, 0.0009))
