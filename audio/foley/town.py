"""Among houses: a street, the tone of a room, and a train."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from audio.foley.noise import band, decay, either, filtered, in_room, mixed, rounded
from audio.foley.stretch import Dice, Mono, Stretch, placed
from audio.voice import RATE, Samples


def _passing(dice: Dice) -> Samples:
    """A car that goes by: the tyres' rush, the engine's tone that sinks as it passes, from one side to the other."""
    count = round(float(dice.uniform(5.0, 8.5)) * RATE)
    t = np.linspace(-1.0, 1.0, 1000)
    near = 1.0 / (1.0 + (t / float(dice.uniform(0.14, 0.24))) ** 2)
    speed = np.tanh(t / 0.18)
    angle = (1.0 + float(dice.choice((-0.8, 0.8))) * speed) * np.pi / 4
    fade = np.sin(np.pi * (t + 1) / 2) * float(dice.uniform(0.35, 1.0))
    left, right, close, bright, hum = (
        np.interp(np.linspace(-1.0, 1.0, count), t, curve).astype(np.float32)
        for curve in (fade * np.cos(angle), fade * np.sin(angle), near, near**1.4, 1.0 - 0.04 * speed)
    )
    noise = dice.standard_normal(count, dtype=np.float32)
    tyres = filtered(noise, "bandpass", 220.0, 900.0, order=1)
    hiss = filtered(noise, "bandpass", 1000.0, 2800.0, order=1) * bright
    phase = np.mod(np.cumsum(hum, dtype=np.float64) * (2 * np.pi * float(dice.uniform(52, 95)) / RATE), 2 * np.pi)
    engine = np.sum([np.sin(np.float32(k) * phase.astype(np.float32) + k) / k**0.8 for k in (1, 2, 3, 4)], axis=0)
    sound = (2.0 * tyres + 0.7 * hiss + 0.14 * engine) * close
    return np.stack([sound * left, sound * right], axis=1).astype(np.float32)


def _horn(dice: Dice) -> Samples:
    """A car's horn, streets away."""
    count = round(float(dice.uniform(0.16, 0.55)) * RATE)
    t = np.arange(count) / RATE
    low = float(dice.uniform(370, 430))
    reeds = [np.sin(2 * np.pi * hertz * k * t) / k for hertz in (low, low * 1.26) for k in (1, 2, 3, 4, 5)]
    return placed(rounded(np.sum(reeds, axis=0), 0.02), float(dice.uniform(-1, 1)))


def city(stretch: Stretch) -> Samples:
    """A street in a town: cars that pass, the roar of all the others behind the houses, a horn far away."""
    noise = stretch.white("noise")
    roar = band(noise, 45.0, 190.0) * either(stretch, "roar", 4.2, 0.6, 1.0)
    mass = band(noise, 190.0, 900.0) * either(stretch, "mass", 6.3, 0.35, 1.0)
    idle = band(noise, 900.0, 2600.0)
    cars = stretch.laid(stretch.moments("car", 0.2, 9.0), _passing)
    horns = filtered(stretch.laid(stretch.turns("horn", 19.0, 0.9, 3.0), _horn), "bandpass", 300.0, 1500.0, order=1)
    passing = in_room(mixed((cars, 0.16), (horns, 0.006)), 1.4, 0.35, 150.0, 3000.0)
    return mixed((roar, 0.028), (mass, -0.019), (idle, 0.004), (passing, 1.0))


def room(stretch: Stretch) -> Samples:
    """The tone of a quiet room: still air, what comes through the walls, and a trace of the mains."""
    noise = stretch.white("noise")
    t = np.arange(stretch.start, stretch.start + stretch.count, dtype=np.float64) / RATE
    hum = sum(level * np.sin(2 * np.pi * hertz * t) for hertz, level in ((50, 0.5), (100, 1.0), (150, 0.3), (200, 0.2)))
    air = band(noise, 40.0, 260.0) * either(stretch, "air", 6.0, 0.8, 1.0)
    breath = band(noise, 260.0, 1300.0) * either(stretch, "breath", 8.0, 0.75, 1.0)
    walls = band(noise, 30.0, 90.0) * (stretch.drift("walls", 2.7, 0.0, 1.0) ** 3)[:, None]
    mains = np.repeat(np.asarray(hum)[:, None], 2, axis=1)
    return mixed((air, 0.07), (breath, -0.026), (walls, 0.05), (mains, 0.003))


def _clack(dice: Dice) -> Mono:
    """One wheel over a joint: the carriage's thump, and iron on iron."""
    count = round(0.2 * RATE)
    t = np.arange(count) / RATE
    thump = np.sin(2 * np.pi * (78 * t + 0.9 * (1 - np.exp(-t * 70)))) * decay(count, 0.17)
    knock = filtered(dice.standard_normal(count), "bandpass", 220.0, 900.0, order=1) * decay(count, 0.09)
    ring = np.sin(2 * np.pi * float(dice.uniform(1350, 1500)) * t) * decay(count, 0.1) * 0.08
    return rounded(0.9 * thump + 1.5 * knock + ring, 0.0015) * float(dice.uniform(0.75, 1.0))


def _wheels(stretch: Stretch) -> Samples:
    """Two bogies of two axles over every joint: da-dum ... da-dum."""
    moments: list[tuple[int, Dice]] = []
    for at, dice in stretch.turns("joint", 1.28, 0.03, 1.2):
        for axle, seconds in enumerate((0.0, 0.15, 0.56, 0.71)):
            moments.append((at + round(seconds * RATE), np.random.default_rng([int(dice.integers(1 << 40)), axle])))
    return stretch.laid(moments, _clack, 0.35)


def train(stretch: Stretch) -> Samples:
    """In a moving train: the roll of the wheels, their beat over the joints, air at the window, a creak."""
    noise = stretch.white("noise")
    t: NDArray[np.float64] = np.arange(stretch.start, stretch.start + stretch.count) / RATE
    beat = (1.0 + 0.16 * np.sin(2 * np.pi * 5.3 * t))[:, None].astype(np.float32)
    roll = band(noise, 35.0, 130.0) * either(stretch, "roll", 0.7, 0.6, 1.0)
    rails = band(noise, 140.0, 800.0) * beat * stretch.drift("rails", 2.2, 0.6, 1.0)[:, None]
    window = band(noise, 900.0, 4200.0) * either(stretch, "window", 1.6, 0.5, 1.0)
    creaks = in_room(stretch.laid(stretch.turns("creak", 6.2, 0.8, 1.5), _creak, 0.7), 0.4, 0.3)
    return mixed((roll, 0.05), (rails, -0.024), (window, 0.006), (_wheels(stretch), 0.45), (creaks, 0.02))


def _creak(dice: Dice) -> Mono:
    """Wood that gives: a row of small slips through a resonance."""
    count = round(float(dice.uniform(0.25, 0.5)) * RATE)
    t = np.arange(count) / RATE
    slips = np.cumsum(float(dice.uniform(35, 60)) * (1 + 0.5 * np.sin(np.pi * t * RATE / count))) / RATE
    edges = np.diff(np.floor(slips), prepend=0.0) * dice.uniform(0.5, 1.0, count)
    sound = filtered(edges, "bandpass", 500.0, 1900.0).astype(np.float64) * np.sin(np.pi * t * RATE / count)
    return rounded(sound * 12.0, 0.01)
