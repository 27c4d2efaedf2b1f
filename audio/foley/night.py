"""The night: crickets near and far, still air, and an owl."""

from __future__ import annotations

import numpy as np

from audio.foley.noise import band, either, filtered, in_room, mixed
from audio.foley.stretch import Dice, Mono, Stretch, placed
from audio.voice import RATE, Samples


def _pulses(hertz: float, many: int, seconds: float, gap: float) -> Mono:
    """One chirp: pulses of a pitch that sags a little, each louder than the one before."""
    count = round(seconds * RATE)
    u = np.arange(count) / count
    tone = np.sin(2 * np.pi * hertz * np.cumsum(1.012 - 0.03 * u) / RATE) * np.sin(np.pi * u) ** 0.8
    out = np.zeros(round((many - 1) * gap * RATE) + count)
    for number in range(many):
        at = round(number * gap * RATE)
        out[at : at + count] += tone * (0.45 + 0.55 * (number + 1) / many)
    return out


def _chirpers(stretch: Stretch, many: int, loud: float) -> Samples:
    """Field crickets: each has a pitch, a pace and a place, and falls silent for a while now and then."""
    out = np.zeros((stretch.count, 2), np.float32)
    for number in range(many):
        own = stretch.dice("cricket", number)
        hertz, every = float(own.uniform(4050, 5150)), 1.0 / float(own.uniform(1.9, 3.1))
        chirp = _pulses(
            hertz, int(own.integers(3, 5)), float(own.uniform(0.014, 0.02)), float(own.uniform(0.03, 0.037))
        )
        level, place = loud * float(own.uniform(0.18, 1.0)) ** 1.5, float(own.uniform(-1, 1))

        def sung(dice: Dice, chirp: Mono = chirp, level: float = level, place: float = place) -> Samples:
            return placed(chirp * (level * float(dice.uniform(0.85, 1.0))), place)

        awake = [
            (at, dice)
            for at, dice in stretch.turns(f"cricket {number}", every, 0.07, 0.5)
            if stretch.dice(f"bout {number}", int((at + stretch.start) // (5.5 * RATE))).random() > 0.3
        ]
        out += stretch.laid(awake, sung)
    return out


def _trillers(stretch: Stretch, loud: float) -> Samples:
    """Tree crickets: long trills of fast pulses that swell and end."""
    out = np.zeros((stretch.count, 2), np.float32)
    t = np.arange(stretch.start, stretch.start + stretch.count) / RATE
    for number in range(2):
        own = stretch.dice("triller", number)
        hertz, pulse, place = float(own.uniform(2750, 3400)), float(own.uniform(36, 46)), float(own.uniform(-0.9, 0.9))
        active = np.clip(stretch.drift(f"trill {number}", 3.6, -1.0, 1.0) * 4.0, 0.0, 1.0)
        beat = np.clip(np.sin(2 * np.pi * pulse * t), 0, 1) ** 1.5
        out += placed(np.sin(2 * np.pi * hertz * t) * beat * active, place) * np.float32(loud * own.uniform(0.3, 0.6))
    return out


def _chorus(stretch: Stretch, noise: Samples) -> Samples:
    """The many that are too far off to be told apart."""
    sung = np.zeros((stretch.count, 2), np.float32)
    for number, hertz in enumerate((4000.0, 4400.0, 4900.0)):
        many = filtered(noise, "bandpass", hertz * 0.985, hertz * 1.015)
        sung += (
            many
            * either(stretch, f"chorus {number}", 0.08, 0.0, 1.0)
            * stretch.drift(f"ease {number}", 4.0, 0.3, 1)[:, None]
        )
    return sung


def crickets(stretch: Stretch) -> Samples:
    """Crickets in the grass of a warm evening."""
    noise = stretch.white("noise")
    near = _chirpers(stretch, 6, 0.5) + _trillers(stretch, 0.16)
    air = band(noise, 60.0, 350.0) * stretch.drift("air", 4.3, 0.4, 1.0)[:, None]
    sung = in_room(near, 0.5, 0.12, 500.0, 6500.0)
    return mixed((sung, 0.3), (_chorus(stretch, noise), 0.16), (air, 0.006))


def _hoot(pitch: float, seconds: float, quaver: float) -> Mono:
    count = round(seconds * RATE)
    u = np.arange(count) / count
    hertz = pitch * (1 + 0.045 * np.sin(np.pi * u) + quaver * 0.02 * np.sin(2 * np.pi * 9.0 * u * seconds))
    phase = 2 * np.pi * np.cumsum(hertz) / RATE
    swell = np.sin(np.pi * np.minimum(1.0, u * 1.0)) ** 0.8 * (
        1 + 0.35 * quaver * np.sin(2 * np.pi * 11.0 * u * seconds)
    )
    hoot: Mono = (np.sin(phase) + 0.16 * np.sin(2 * phase) + 0.05 * np.sin(3 * phase)) * swell
    return hoot


def _owl(dice: Dice) -> Samples:
    """A tawny owl's call: one hoot, a silence, a short one and a long one that shakes."""
    pitch = float(dice.uniform(330, 400))
    parts = [
        _hoot(pitch, 0.62, 0.0),
        np.zeros(round(float(dice.uniform(1.2, 2.2)) * RATE)),
        _hoot(pitch * 0.96, 0.14, 0.0),
    ]
    call = np.concatenate([*parts, np.zeros(round(0.11 * RATE)), _hoot(pitch, 1.25, 1.0)])
    return placed(call * float(dice.uniform(0.5, 1.0)), float(dice.uniform(-0.8, 0.8)))


def night(stretch: Stretch) -> Samples:
    """A still night: the air, crickets a good way off, and an owl that calls from time to time."""
    noise = stretch.white("noise")
    far = filtered(_chirpers(stretch, 5, 0.3), "lowpass", 5000.0, order=1)
    owls = stretch.laid(stretch.turns("owl", 21.0, 0.6, 8.0), _owl)
    air = band(noise, 55.0, 300.0) * stretch.drift("air", 5.1, 0.35, 1.0)[:, None]
    stir = band(noise, 900.0, 4000.0) * (stretch.drift("stir", 3.3, 0.0, 1.0) ** 3)[:, None]
    sung = in_room(mixed((far, 0.12), (owls, 0.06)), 1.9, 0.55, 200.0, 4500.0)
    return mixed((sung, 1.0), (_chorus(stretch, noise), 0.08), (air, 0.005), (stir, -0.004))
