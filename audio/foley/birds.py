"""Birds: several of them, each of one kind, at its own place and distance, with its own song and its own pauses."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from audio.foley.noise import band, filtered, in_room, mixed
from audio.foley.stretch import Dice, Mono, Stretch, placed
from audio.voice import RATE, Samples


def _note(hertz: Sequence[float], seconds: float, level: float = 1.0, reed: float = 0.06) -> Mono:
    """A whistled note that glides evenly through these pitches; `reed` is the share of its first overtone."""
    count = round(seconds * RATE)
    u = np.arange(count) / count
    glide = np.exp(np.interp(u, np.linspace(0, 1, len(hertz)), np.log(hertz)))
    phase = 2 * np.pi * np.cumsum(glide) / RATE
    swell = np.minimum(1.0, u * seconds / min(0.012, 0.3 * seconds)) * np.minimum(1.0, (1 - u) * seconds / 0.018)
    tone: Mono = (np.sin(phase) + reed * np.sin(2 * phase)) * np.clip(swell, 0, 1) ** 1.5 * level
    return tone


def _rest(seconds: float) -> Mono:
    return np.zeros(round(seconds * RATE))


def _tit(dice: Dice, own: Dice) -> Mono:
    """Two notes in turn, like a small saw."""
    high, low = float(own.uniform(4600, 5400)), float(own.uniform(3300, 3900))
    first, second = float(own.uniform(0.07, 0.11)), float(own.uniform(0.11, 0.16))
    parts = []
    for _ in range(int(dice.integers(3, 7))):
        parts += [_note((high, high * 0.97), first, 0.8), _rest(0.025), _note((low * 1.04, low), second), _rest(0.06)]
    return np.concatenate(parts)


def _finch(dice: Dice, own: Dice) -> Mono:
    """A trill that falls in steps and hurries, then a flourish."""
    pitch = float(own.uniform(4300, 5200))
    parts, gap = [], 0.105
    for part in range(3):
        for _ in range(int(dice.integers(3, 6))):
            parts += [_note((pitch * 1.22, pitch * 0.82, pitch * 0.95), 0.62 * gap), _rest(0.38 * gap)]
            gap *= 0.965
        pitch *= 0.82 if part else 0.87
    parts += [_note((pitch * 0.9, pitch * 1.6, pitch * 1.1), 0.11, 1.0, 0.12), _rest(0.02)]
    return np.concatenate([*parts, _note((pitch * 1.5, pitch * 0.8), 0.16, 0.9, 0.12)])


def _warbler(dice: Dice, own: Dice) -> Mono:
    """Two or three notes that come again in no order."""
    pitches = own.uniform(3300, 4700, 3)
    parts = []
    for _ in range(int(dice.integers(5, 12))):
        pitch = float(dice.choice(pitches))
        parts += [_note((pitch * 1.25, pitch, pitch * 0.98), float(dice.uniform(0.09, 0.13))), _rest(0.2)]
    return np.concatenate(parts)


def _robin(dice: Dice, own: Dice) -> Mono:
    """A thin, silvery run: long high notes, then quick ones that tumble."""
    top = float(own.uniform(5600, 6800))
    parts = [_note((top, top * float(dice.uniform(0.9, 1.05))), float(dice.uniform(0.16, 0.3)), 0.7), _rest(0.03)]
    for _ in range(int(dice.integers(7, 16))):
        pitch = top * float(dice.uniform(0.42, 0.95))
        glide = float(dice.uniform(0.78, 1.25))
        seconds = float(dice.choice((0.035, 0.05, 0.09, 0.14)))
        parts += [_note((pitch, pitch * glide), seconds, float(dice.uniform(0.5, 1.0))), _rest(0.02)]
    return np.concatenate(parts)


def _blackbird(dice: Dice, own: Dice) -> Mono:
    """A few slow flute tones, and a squeezed twitter to end with."""
    base = float(own.uniform(1750, 2200))
    parts = []
    for step in dice.choice((1.0, 1.12, 1.26, 1.34, 1.5), int(dice.integers(3, 6))):
        pitch = base * float(step)
        bend = float(dice.uniform(0.9, 1.12))
        parts += [_note((pitch, pitch * bend, pitch * bend), float(dice.uniform(0.13, 0.34)), 1.0, 0.12), _rest(0.045)]
    for _ in range(int(dice.integers(3, 8))):
        pitch = float(dice.uniform(4200, 6800))
        parts += [_note((pitch, pitch * 0.7), 0.03, 0.28), _rest(0.014)]
    return np.concatenate(parts)


def _sparrow(dice: Dice, own: Dice) -> Mono:
    """Plain chirps."""
    pitch = float(own.uniform(3000, 4000))
    parts = []
    for _ in range(int(dice.integers(1, 5))):
        here = pitch * float(dice.uniform(0.94, 1.08))
        parts += [_note((here * 1.3, here, here * 1.18, here * 0.8), 0.075, 1.0, 0.25)]
        parts += [_rest(float(dice.uniform(0.16, 0.45)))]
    return np.concatenate(parts)


def _dove(dice: Dice, own: Dice) -> Mono:
    """Five coos, the second one long."""
    pitch = float(own.uniform(430, 500))
    parts = []
    for seconds, rest in ((0.24, 0.1), (0.52, 0.09), (0.36, 0.28), (0.2, 0.12), (0.24, 0.3)):
        coo = _note((pitch * 0.96, pitch * 1.04, pitch * 0.97), seconds, 1.0, 0.18)
        t = np.arange(len(coo)) / len(coo)
        parts += [coo * np.sin(np.pi * t) ** 0.7, _rest(rest)]
    return np.concatenate([*parts[:-1]] * int(dice.integers(1, 3)))


Song = Callable[[Dice, Dice], NDArray[np.float64]]

_SINGERS: tuple[tuple[Song, float, float, float], ...] = (
    (_robin, 5.6, 0.8, 0.25), (_tit, 6.5, 0.75, 0.35), (_finch, 6.5, 0.8, 0.55), (_blackbird, 6.0, 1.0, 0.6),
    (_warbler, 9.0, 0.6, 0.7), (_sparrow, 4.3, 0.55, 0.45), (_dove, 17.0, 0.5, 0.9), (_tit, 9.0, 0.6, 1.0),
    (_robin, 8.0, 0.7, 0.95),
)  # fmt: skip
"""Who sings: his song, the seconds from one to the next, how loud, and how far off (0..1)."""


def birds(stretch: Stretch) -> Samples:
    """Birds in the trees of a quiet day, some near and some far, and the leaves that they sit among."""
    noise = stretch.white("noise")
    near = np.zeros((stretch.count, 2), np.float32)
    far = np.zeros((stretch.count, 2), np.float32)
    for number, (song, every, loud, off) in enumerate(_SINGERS):
        own = stretch.dice("singer", number)
        place, pace = float(own.uniform(-0.95, 0.95)), every * float(own.uniform(0.85, 1.2))
        traits, level = int(own.integers(1 << 40)), loud * (1.0 - 0.72 * off)

        def sung(
            dice: Dice, song: Song = song, traits: int = traits, level: float = level, place: float = place
        ) -> Samples:
            resting = dice.random() < 0.22
            phrase = song(dice, np.random.default_rng(traits)) * level * float(dice.uniform(0.75, 1.0))
            return placed(phrase[:1] if resting else phrase, place)

        heard = stretch.laid(stretch.turns(f"singer {number}", pace, 0.55, 4.0), sung)
        if off > 0.5:
            far += heard
        else:
            near += heard
    stir = stretch.drift("stir", 4.1, 0.3, 1.0)[:, None]
    air = band(noise, 90.0, 420.0) * stir - band(noise, 1500.0, 6000.0) * (stir * stir * 0.25)
    woods = in_room(filtered(far, "lowpass", 5200.0, order=1) + near * np.float32(0.2), 1.4, 0.85, 300.0, 5500.0)
    return mixed((near, 0.24), (woods, 0.3), (air, 0.006))
