"""How an emotion changes the way a line is spoken: small, natural bounds on pace, pitch, loudness and pauses.

Data and one look-up; an engine that acts by itself need not ask. Knows no engine and no film.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from audio.signal.timbre import Timbre


@dataclass(frozen=True, slots=True)
class Delivery:
    """One way of speaking, relative to the voice's own.

    `pace` is a factor on speed (0.88..1.1), `pitch` in semitones (-2..2.5), `loudness` in dB (-3..3), `pauses` a factor
    on the silences between sentences and at commas (0.7..1.6), `liveliness` a factor on the range of the melody
    (0.6..1.5) for engines that can set it.
    """

    pace: float = 1.0
    pitch: float = 0.0
    loudness: float = 0.0
    pauses: float = 1.0
    liveliness: float = 1.0

    @property
    def timbre(self) -> Timbre:
        """The part of it that changes the sound of the voice."""
        return Timbre(self.pace, self.pitch)


NEUTRAL = Delivery()

DELIVERIES: Mapping[str, Delivery] = MappingProxyType(
    {
        "neutral": NEUTRAL,
        "happy": Delivery(1.06, 1.4, 1.0, 0.85, 1.4),
        "sad": Delivery(0.9, -1.4, -2.0, 1.4, 0.7),
        "angry": Delivery(1.07, 0.4, 3.0, 0.7, 1.3),
        "afraid": Delivery(1.1, 2.0, -1.0, 0.8, 1.2),
        "surprised": Delivery(1.0, 2.4, 1.5, 1.1, 1.5),
        "determined": Delivery(0.97, -0.9, 1.5, 1.0, 0.9),
        "tired": Delivery(0.88, -0.7, -3.0, 1.6, 0.6),
        "wonder": Delivery(0.92, 1.1, -1.0, 1.4, 1.25),
        "tender": Delivery(0.95, 0.1, -2.5, 1.2, 0.85),
    }
)


def deliver(emotion: str) -> Delivery:
    """The delivery of a canonical emotion; neutral for one that has none."""
    return DELIVERIES.get(emotion, NEUTRAL)
