"""The finished piece: every note with its sample, and the bars and passages that it is made of.

Frozen data: written by the arranger, read by synthesisers and the MIDI writer. Knows neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from audio.composing.bars import Grid
from audio.composing.form import Passage
from audio.composing.harmony import Key


@dataclass(frozen=True, slots=True)
class Note:
    """One note: its player, MIDI pitch (a drum's number for a kit), first sample, samples, and loudness 0..1.

    `theme` names whose motif begins here, "" elsewhere.
    """

    player: str
    pitch: int
    at: int
    samples: int
    velocity: float
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """The whole score: its notes by part, in order of time, on its grid."""

    samples: int
    tempo: float
    key: Key
    grid: Grid
    passages: tuple[Passage, ...]
    parts: Mapping[str, tuple[Note, ...]]
    hits: tuple[int, ...]
    rests: tuple[tuple[int, int], ...]
    endings: tuple[tuple[int, int], ...]
    """First and last sample of every last chord: its ring is gone by the last one."""
    speech: tuple[tuple[int, int], ...]
