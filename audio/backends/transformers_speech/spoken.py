"""What every architecture gives back, and how a long text is cut into pieces that a model can take.

Pure; knows no model.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from audio.voice import Samples, Word


@dataclass(frozen=True, slots=True)
class Spoken:
    """Mono samples at `rate`, and the words as they were read with times in seconds; empty where nobody knows."""

    samples: Samples
    rate: int
    words: tuple[Word, ...] = ()


def pieces(text: str, longest: int) -> tuple[str, ...]:
    """A text in pieces of at most `longest` letters: whole sentences, else clauses, else words.

    A word longer than that stays whole.
    """
    found: list[str] = []
    for sentence in _merged(re.split(r"(?<=[.!?…])\s+", text.strip()), longest):
        if len(sentence) <= longest:
            found.append(sentence)
            continue
        for clause in _merged(re.split(r"(?<=[,;:—])\s+", sentence), longest):
            found += [clause] if len(clause) <= longest else _merged(clause.split(), longest)
    return tuple(piece for piece in found if piece)


def _merged(parts: list[str], longest: int) -> list[str]:
    """Neighbours joined as long as they fit together."""
    joined: list[str] = []
    for part in parts:
        if joined and len(joined[-1]) + 1 + len(part) <= longest:
            joined[-1] += f" {part}"
        else:
            joined.append(part)
    return joined
