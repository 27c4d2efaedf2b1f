"""Weather and water: wind, rain, storm, thunder, snow, sea and stream."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from audio.foley.noise import Dice, decay, drift, filtered, pink, rounded, scattered, spread, times, white
from audio.voice import RATE, Samples


def wind(count: int, dice: Dice) -> Samples:
    """Gusts: low rush, and a whistle that comes with their height."""
    gust = drift(dice, count, 2.6, 0.25, 1.0) * drift(dice, count, 0.7, 0.75, 1.0)
    rush = filtered(pink(dice, count), "lowpass", 420.0)
    hiss = filtered(pink(dice, count), "bandpass", 500.0, 1600.0)
    gusts: Samples = rush * gust[:, None] + hiss * (np.float32(0.6) * gust**3)[:, None]
    return gusts


def _drop(dice: Dice) -> NDArray[np.float64]:
    seconds = float(dice.uniform(0.006, 0.03))
    count = round(seconds * RATE)
    t = np.arange(count) / RATE
    hertz = float(dice.uniform(1500, 6500))
    sound = np.sin(2 * np.pi * hertz * t * (1 + 2 * t)) * decay(count, seconds) * float(dice.uniform(0.1, 0.9)) ** 2
    return rounded(sound, 0.001)


def rain(count: int, dice: Dice) -> Samples:
    """Steady rain: a bed of noise, and near drops."""
    bed = filtered(white(dice, count), "bandpass", 900.0, 9000.0) * drift(dice, count, 3.0, 0.75, 1.0)[:, None]
    body = filtered(pink(dice, count), "lowpass", 700.0)
    drops = scattered(dice, count, times(dice, count, 70.0), _drop)
    fall: Samples = bed * np.float32(0.30) + body * np.float32(0.10) + drops * np.float32(0.9)
    return fall


def storm(count: int, dice: Dice) -> Samples:
    """Heavy rain in a gale, with thunder far away."""
    out = rain(count, dice) * np.float32(0.9) + wind(count, dice) * np.float32(0.55)
    for at in np.arange(round(1.5 * RATE), count, round(9 * RATE)):
        start = min(int(at + dice.integers(0, 5 * RATE)), count)
        roll = thunder(min(6 * RATE, count - start), dice) if count - start > RATE // 2 else out[:0]
        out[start : start + len(roll)] += roll * np.float32(0.8)
    return out


def thunder(count: int, dice: Dice) -> Samples:
    """One stroke: a crack, then rolls that darken and sink."""
    t = np.arange(count) / RATE
    span = max(1.5, min(7.0, count / RATE))
    rolls = np.zeros(count)
    for _ in range(7):
        start = float(dice.uniform(0.05, 0.55)) * span
        rolls += float(dice.uniform(0.3, 1.0)) * np.where(t > start, np.exp(-(t - start) * 7.0 / span), 0.0)
    rolls = np.convolve(rolls, np.hanning(2401) / np.hanning(2401).sum(), "same") if count > 4800 else rolls
    deep = filtered(white(dice, count), "lowpass", 130.0) * np.float32(5.0)
    middle = filtered(white(dice, count), "bandpass", 120.0, 700.0)
    crack = filtered(white(dice, count), "highpass", 500.0) * (np.exp(-t * 9.0) * np.minimum(1, t / 0.004))[:, None]
    fade = np.minimum(1.0, (count - np.arange(count)) / (0.3 * span * RATE))
    sound = (deep + middle * np.exp(-t * 1.5)[:, None]) * rolls[:, None] + crack * np.float32(0.8)
    return spread((sound * fade[:, None]).astype(np.float32), 0.7)


def snow(count: int, dice: Dice) -> Samples:
    """The hush of falling snow: a muffled, distant wind."""
    hush = filtered(pink(dice, count), "bandpass", 90.0, 500.0) * drift(dice, count, 4.0, 0.4, 1.0)[:, None]
    air = filtered(white(dice, count), "bandpass", 3000.0, 8000.0) * drift(dice, count, 1.7, 0.2, 1.0)[:, None]
    return (hush + air * np.float32(0.03)).astype(np.float32)


def sea(count: int, dice: Dice) -> Samples:
    """Waves that rise, break and draw back."""
    swell = np.zeros(count, np.float32)
    wash = np.zeros(count, np.float32)
    at = -float(dice.uniform(2, 6))
    t = np.arange(count, dtype=np.float32) / np.float32(RATE)
    while at < count / RATE:
        height, length = float(dice.uniform(0.6, 1.0)), float(dice.uniform(6.0, 9.0))
        low, high = (round(min(max(s, 0.0) * RATE, count)) for s in (at, at + 2.2 * length))
        x = (t[low:high] - np.float32(at)) / np.float32(length)
        rise = np.where(x < 0.45, (x / 0.45) ** 3, np.exp(-(x - 0.45) * 4.0))
        swell[low:high] += height * rise
        wash[low:high] += height * np.where(x < 0.42, 0.0, np.minimum(1, (x - 0.42) / 0.05)) * np.exp(-(x - 0.42) * 2.6)
        at += length * float(dice.uniform(0.7, 1.0))
    rumble = filtered(pink(dice, count), "lowpass", 350.0) * (0.25 + swell)[:, None]
    foam = filtered(white(dice, count), "bandpass", 700.0, 7000.0) * (0.04 + wash)[:, None]
    waves: Samples = (rumble * np.float32(0.8) + foam * np.float32(0.35)).astype(np.float32)
    return waves


def _bubble(dice: Dice) -> NDArray[np.float64]:
    seconds = float(dice.uniform(0.02, 0.07))
    count = round(seconds * RATE)
    t = np.arange(count) / RATE
    hertz = float(dice.uniform(400, 1900))
    sound = np.sin(2 * np.pi * (hertz * t + hertz * float(dice.uniform(1, 5)) * t * t)) * decay(count, seconds)
    return rounded(sound * float(dice.uniform(0.1, 0.7)), 0.004)


def stream(count: int, dice: Dice) -> Samples:
    """Running water: a light rush full of small bubbles."""
    rush = filtered(pink(dice, count), "bandpass", 300.0, 3500.0) * drift(dice, count, 1.3, 0.7, 1.0)[:, None]
    return rush * np.float32(0.5) + scattered(dice, count, times(dice, count, 60.0), _bubble) * np.float32(0.5)
