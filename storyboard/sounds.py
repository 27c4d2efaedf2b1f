"""Written sounds to data: levels filled in, and names that stay the same while other sounds come and go.

Knows no scene and no transition.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from storyboard.film import Sound
from storyboard.model.sound import WrittenSound

EFFECT_LEVEL = -18.0
"""Decibels relative to full scale."""


def sounds(written: Sequence[WrittenSound], prefix: str = "") -> tuple[Sound, ...]:
    """Return the sounds in their order; ids are the effect's name or `file` with a number, after `prefix`."""
    counts: Counter[str] = Counter()
    made = []
    for sound in written:
        kind = sound.effect or "file"
        counts[kind] += 1
        level = sound.level if sound.level is not None else (EFFECT_LEVEL if sound.effect else 0.0)
        made.append(
            Sound(
                id=f"{prefix}{kind}-{counts[kind]}",
                effect=sound.effect or "",
                file=sound.file or "",
                at=sound.at or Fraction(0),
                length=sound.length or Fraction(0),
                level=float(level),
            )
        )
    return tuple(made)
