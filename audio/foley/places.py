"""Ambiences of places: fire, birds, crickets, city, crowd, room, night, cave and train."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from audio.foley.noise import Dice, decay, drift, filtered, in_room, pink, rounded, scattered, spread, times, white
from audio.voice import RATE, Samples


def _crackle(dice: Dice) -> NDArray[np.float64]:
    seconds = float(dice.uniform(0.002, 0.018))
    count = max(48, round(seconds * RATE))
    return rounded(dice.standard_normal(count) * decay(count, seconds) * float(dice.uniform(0.05, 0.8)) ** 2, 0.0004)


def fire(count: int, dice: Dice) -> Samples:
    """A wood fire: a soft roar, hiss and crackling in bursts."""
    roar = filtered(pink(dice, count), "lowpass", 260.0) * drift(dice, count, 0.35, 0.6, 1.0)[:, None]
    hiss = filtered(white(dice, count), "bandpass", 2500.0, 9000.0) * drift(dice, count, 0.8, 0.2, 1.0)[:, None]
    sparks = scattered(dice, count, times(dice, count, 16.0), _crackle)
    burning: Samples = roar * np.float32(0.5) + hiss * np.float32(0.035) + sparks * np.float32(0.8)
    return burning


def _song(dice: Dice) -> NDArray[np.float64]:
    """One phrase of a small bird: a few quick gliding notes."""
    notes = int(dice.integers(2, 7))
    base, glide = float(dice.uniform(2400, 5200)), float(dice.uniform(-0.35, 0.35))
    pieces = []
    for _ in range(notes):
        seconds = float(dice.uniform(0.05, 0.16))
        count = round(seconds * RATE)
        u = np.arange(count) / count
        hertz = base * (1 + glide * u + 0.05 * np.sin(2 * np.pi * float(dice.uniform(10, 30)) * u * seconds))
        tone = np.sin(2 * np.pi * np.cumsum(hertz) / RATE)
        pieces += [tone * np.sin(np.pi * u) ** 1.5, np.zeros(round(float(dice.uniform(0.03, 0.12)) * RATE))]
        base *= float(dice.uniform(0.9, 1.12))
    return np.concatenate(pieces) * float(dice.uniform(0.15, 0.6))


def birds(count: int, dice: Dice) -> Samples:
    """Birds near and far in a light breeze."""
    air = filtered(pink(dice, count), "lowpass", 600.0) * drift(dice, count, 3.0, 0.4, 1.0)[:, None]
    songs = scattered(dice, count, times(dice, count, 0.9), _song, 1.0)
    return air * np.float32(0.10) + in_room(songs, dice, 1.2, 0.25)


def crickets(count: int, dice: Dice) -> Samples:
    """Crickets: several of them, each with its own pitch and pace."""
    t = np.arange(count) / RATE
    out = np.zeros((count, 2), np.float32)
    for _ in range(5):
        hertz, pace, place = float(dice.uniform(3900, 5200)), float(dice.uniform(0.9, 1.7)), float(dice.uniform(0, 1))
        chirp = np.clip(np.sin(2 * np.pi * pace * t + float(dice.uniform(0, 6))) - 0.35, 0, 1) ** 0.5
        pulse = np.clip(np.sin(2 * np.pi * float(dice.uniform(26, 34)) * t), 0, 1) ** 2
        tone = np.sin(2 * np.pi * hertz * t) * pulse * chirp * float(dice.uniform(0.2, 0.7))
        out += np.stack([tone * np.cos(place * np.pi / 2), tone * np.sin(place * np.pi / 2)], axis=1).astype(np.float32)
    return out * np.float32(0.4) + filtered(pink(dice, count), "lowpass", 300.0) * np.float32(0.05)


def night(count: int, dice: Dice) -> Samples:
    """A still night: distant crickets, soft air and now and then an owl."""
    return crickets(count, dice) * np.float32(0.25) + snow_air(count, dice) + owls(count, dice)


def snow_air(count: int, dice: Dice) -> Samples:
    """Barely moving air."""
    return filtered(pink(dice, count), "bandpass", 60.0, 400.0) * (0.12 * drift(dice, count, 5.0, 0.5, 1.0))[:, None]


def _owl(dice: Dice) -> NDArray[np.float64]:
    pieces = []
    for seconds, rest in ((0.25, 0.25), (0.18, 0.12), (0.7, 0.0)):
        u = np.arange(round(seconds * RATE)) / round(seconds * RATE)
        hertz = 360 * (1 + 0.06 * np.sin(np.pi * u))
        tone = np.sin(2 * np.pi * np.cumsum(hertz) / RATE)
        pieces += [tone * np.sin(np.pi * u) ** 0.8, np.zeros(round(rest * RATE))]
    return np.concatenate(pieces) * float(dice.uniform(0.12, 0.25))


def owls(count: int, dice: Dice) -> Samples:
    """An owl that calls about every quarter of a minute, far off."""
    return in_room(scattered(dice, count, times(dice, count, 0.07), _owl), dice, 1.8, 0.6)


def _car(dice: Dice) -> NDArray[np.float64]:
    count = round(float(dice.uniform(3.5, 6.0)) * RATE)
    u = np.linspace(-1, 1, count)
    rush = filtered(white(dice, count), "bandpass", 120.0, 1400.0)[:, 0]
    passing = np.exp(-((u * 2.4) ** 2)) * float(dice.uniform(0.4, 1.0))
    return passing * rush.astype(np.float64)


def city(count: int, dice: Dice) -> Samples:
    """A street some way off: a low rumble and cars that pass."""
    rumble = filtered(pink(dice, count), "lowpass", 220.0) * drift(dice, count, 3.0, 0.7, 1.0)[:, None]
    cars = scattered(dice, count, times(dice, count, 0.3), _car, 1.0)
    return rumble * np.float32(0.5) + cars * np.float32(0.35)


def _murmur(dice: Dice) -> NDArray[np.float64]:
    """Something like a syllable: a buzzing source through two mouth resonances."""
    seconds = float(dice.uniform(0.12, 0.32))
    count = round(seconds * RATE)
    t = np.arange(count) / RATE
    hertz = float(dice.choice([110.0, 130.0, 190.0, 215.0])) * float(dice.uniform(0.9, 1.15))
    source = sum(np.sin(2 * np.pi * hertz * k * t) / k for k in range(1, 16)) + 0.3 * dice.standard_normal(count)
    two_sides = np.stack([source, source], axis=1).astype(np.float32)
    first, second = float(dice.uniform(350, 750)), float(dice.uniform(900, 2000))
    voiced = filtered(two_sides, "bandpass", first * 0.8, first * 1.25, order=1)
    voiced += filtered(two_sides, "bandpass", second * 0.85, second * 1.2, order=1) * np.float32(0.5)
    return np.asarray(voiced[:, 0], np.float64) * np.sin(np.pi * t / seconds) * float(dice.uniform(0.1, 0.5))


def crowd(count: int, dice: Dice) -> Samples:
    """Many people talking at once, no word to be made out."""
    talk = scattered(dice, count, times(dice, count, 42.0), _murmur, 1.0)
    return in_room(talk, dice, 0.9, 0.5) + filtered(pink(dice, count), "bandpass", 150.0, 900.0) * np.float32(0.06)


def room(count: int, dice: Dice) -> Samples:
    """The tone of a quiet room: air, and a trace of mains hum."""
    t = np.arange(count, dtype=np.float64) / RATE
    hum = (np.sin(2 * np.pi * 100 * t) + 0.4 * np.sin(2 * np.pi * 200 * t)).astype(np.float32)
    return filtered(pink(dice, count), "lowpass", 500.0) + hum[:, None] * np.float32(0.02)


def _drip(dice: Dice) -> NDArray[np.float64]:
    count = round(0.09 * RATE)
    t = np.arange(count) / RATE
    hertz = float(dice.uniform(900, 2200))
    return rounded(np.sin(2 * np.pi * (hertz * t + 3500 * t * t)) * decay(count, 0.09) * float(dice.uniform(0.2, 0.8)))


def cave(count: int, dice: Dice) -> Samples:
    """A cave: a deep hollow air, and drops with a long echo."""
    air = filtered(pink(dice, count), "bandpass", 50.0, 220.0) * drift(dice, count, 4.0, 0.6, 1.0)[:, None]
    drops = in_room(scattered(dice, count, times(dice, count, 0.8), _drip, 1.0), dice, 3.2, 1.1)
    return air * np.float32(0.5) + drops


def _clack(dice: Dice) -> NDArray[np.float64]:
    count = round(0.12 * RATE)
    noise = filtered(white(dice, count), "bandpass", 150.0, 2600.0)[:, 0]
    return rounded(noise * decay(count, 0.12), 0.001)


def train(count: int, dice: Dice) -> Samples:
    """Inside a moving train: rumble, and wheels over the rail joints in pairs."""
    rumble = filtered(pink(dice, count), "lowpass", 180.0) * drift(dice, count, 0.8, 0.75, 1.0)[:, None]
    hiss = filtered(white(dice, count), "bandpass", 600.0, 3000.0) * np.float32(0.03)
    joint = round(0.82 * RATE)
    firsts = np.arange(round(0.2 * RATE), count, joint)
    moments = np.sort(np.concatenate([firsts, firsts + round(0.13 * RATE)]))
    clacks = scattered(dice, count, moments[moments < count], _clack, 0.4)
    ride: Samples = spread(rumble, 0.6) * np.float32(0.7) + hiss + clacks * np.float32(0.9)
    return ride
