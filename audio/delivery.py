"""How an emotion changes the way a line is spoken: small, natural bounds on pace, pitch and loudness.

Data and one look-up; an engine that acts by itself need not ask. Knows no engine and no film.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from audio.timbre import Timbre


@dataclass(frozen=True, slots=True)
class Delivery:
    """Pace as a factor (0.92..1.08), pitch in semitones (-1.5..1.5), loudness in dB (-2..2)."""

    pace: float = 1.0
    pitch: float = 0.0
    loudness: float = 0.0

    @property
    def timbre(self) -> Timbre:
        """The part of it that changes the sound of the voice."""
        return Timbre(self.pace, self.pitch)


NEUTRAL = Delivery()

DELIVERIES: Mapping[str, Delivery] = MappingProxyType(
    {
        "neutral": NEUTRAL,
        "happy": Delivery(1.05, 1.0, 0.5),
        "sad": Delivery(0.93, -1.0, -1.5),
        "angry": Delivery(1.06, 0.5, 2.0),
        "afraid": Delivery(1.08, 1.5, -0.5),
        "surprised": Delivery(1.04, 1.5, 1.0),
        "determined": Delivery(0.98, -0.5, 1.0),
        "tired": Delivery(0.92, -1.0, -2.0),
        "wonder": Delivery(0.95, 0.5, -0.5),
        "tender": Delivery(0.95, 0.0, -2.0),
    }
)


def deliver(emotion: str) -> Delivery:
    """The delivery of a canonical emotion; neutral for one that has none."""
    return DELIVERIES.get(emotion, NEUTRAL)
