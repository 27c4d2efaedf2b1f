"""The room in which a voice is heard: what comes back from the walls of each place, made and not recorded.

First single reflections, then a tail that grows dark as it dies away, different on both sides. Every place has always
the same room. Pure; knows no voice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from audio.signal.equaliser import high_pass, low_pass
from audio.signal.recursive import filtered
from audio.voice import RATE, Samples

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Room:
    """How a place answers. `wet` is what comes back, in dB relative to the voice itself.

    `decay` is how many seconds its tail takes to fall by 60 dB, 0 for none; `delay` when the first reflection comes, in
    seconds. `echoes` single reflections spread over `spread` seconds; `bright` is the frequency in Hz above which its
    walls swallow.
    """

    wet: float
    decay: float
    delay: float
    echoes: int
    spread: float
    bright: float
    seed: int


ROOMS: Mapping[str, Room] = {
    "cave": Room(-13.0, 1.9, 0.022, 9, 0.11, 3200.0, 1),
    "castle": Room(-14.5, 1.7, 0.019, 10, 0.09, 4800.0, 2),
    "stage": Room(-17.0, 1.1, 0.017, 9, 0.08, 5200.0, 3),
    "ruins": Room(-19.0, 0.7, 0.015, 8, 0.07, 4500.0, 4),
    "room": Room(-19.0, 0.34, 0.006, 7, 0.024, 5500.0, 5),
    "kitchen": Room(-18.0, 0.45, 0.005, 8, 0.022, 8500.0, 6),
    "office": Room(-20.0, 0.38, 0.007, 7, 0.030, 4500.0, 7),
    "alley": Room(-18.0, 0.55, 0.028, 6, 0.11, 5000.0, 8),
    "city street": Room(-22.0, 0.35, 0.055, 4, 0.12, 4500.0, 9),
    "bridge": Room(-23.0, 0.0, 0.060, 4, 0.10, 4000.0, 10),
    "village": Room(-25.0, 0.0, 0.050, 4, 0.09, 4000.0, 11),
    "forest": Room(-21.0, 0.45, 0.018, 22, 0.20, 2800.0, 12),
    "park": Room(-25.0, 0.0, 0.025, 14, 0.16, 3000.0, 13),
    "mountains": Room(-27.0, 0.0, 0.340, 3, 0.22, 1900.0, 14),
}
"""The places whose answer is heard; others are open, and a voice in them stays as it is."""

BY_RADIO = frozenset({"space", "planet surface"})
"""The places without air, where voices are heard by radio."""

_BOOM = 220.0
"""Hz below which nothing comes back: it would only make the voice muddy."""

_SPLIT = (900.0, 3000.0)
"""Hz between the parts of a tail that die away at their own speeds."""

_SPEEDS = (1.05, 1.0, 0.62)
"""How long each part lasts, relative to the decay."""

_EARLY = 0.45
"""How much of the answer's energy lies in its single reflections where there is a tail too."""

_ENDING = RATE // 50
"""Samples over which the answer is faded out at its end."""


def tail(place: str) -> int:
    """For how many samples a voice rings on in a place after its last sample."""
    room = ROOMS.get(place)
    if room is None:
        return 0
    return round((room.delay + max(room.decay, room.spread)) * RATE)


@cache
def answer(place: str) -> Samples:
    """What comes back of a click on both sides, (2, tail): of energy 1 on average, and never the click itself.

    The place is one of `ROOMS`.
    """
    import numpy as np

    room = ROOMS[place]
    dice = np.random.default_rng([room.seed, 48])
    early = _reflections(room, tail(place), dice)
    whole = early
    if room.decay:
        late = _tail(room, tail(place), dice)
        whole = np.sqrt(_EARLY) * early + np.sqrt(1.0 - _EARLY) * late
    whole = filtered((high_pass(_BOOM), low_pass(room.bright)), whole)
    ending = min(_ENDING, whole.shape[1])
    whole[:, -ending:] *= np.cos(np.linspace(0.0, np.pi / 2, ending))
    heard: Samples = (whole / np.sqrt(np.square(whole).sum() / 2.0)).astype(np.float32)
    return heard


def _reflections(room: Room, count: int, dice: np.random.Generator) -> NDArray[np.float64]:
    """Single reflections, each softer and duller than those before, of energy 1 on average."""
    import numpy as np

    made = np.zeros((2, count))
    for number in range(room.echoes):
        part = (number + dice.uniform(0.0, 0.8)) / room.echoes
        at = round((room.delay + 0.9 * part * room.spread) * RATE)
        side, strength = dice.uniform(0.15, 0.85), 10.0 ** (-0.6 * part) * dice.choice((-1.0, 1.0))
        width = 1 + round(10 * part)
        for channel, share in enumerate((side, 1.0 - side)):
            late = at + round(RATE * 0.0004 * (1.0 - share))
            made[channel, late : late + width] += strength * np.sqrt(share) / width
    whole: NDArray[np.float64] = made / np.sqrt(np.square(made).sum() / 2.0)
    return whole


def _tail(room: Room, count: int, dice: np.random.Generator) -> NDArray[np.float64]:
    """Noise that dies away, its high parts first, of energy 1 on average."""
    import numpy as np

    noise = dice.standard_normal((2, count))
    low = filtered((low_pass(_SPLIT[0]),), noise)
    high = filtered((high_pass(_SPLIT[1]),), noise)
    seconds = np.maximum(np.arange(count) / RATE - room.delay, 0.0)
    made = np.zeros((2, count))
    for band, speed in zip((low, noise - low - high, high), _SPEEDS, strict=True):
        made += band * 10.0 ** (-3.0 * seconds / (room.decay * speed))
    # The tail grows out of the reflections instead of beginning with a step.
    made *= np.clip((np.arange(count) / RATE - room.delay) / max(0.5 * room.spread, 0.005), 0.0, 1.0)
    whole: NDArray[np.float64] = made / np.sqrt(np.square(made).sum() / 2.0)
    return whole
