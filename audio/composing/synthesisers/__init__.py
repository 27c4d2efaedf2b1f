"""What plays a composed piece: the contract of a synthesiser, and which one plays here.

A synthesiser plays notes dry, at their samples, part by part. Knows no moods.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from audio.composing.piece import Note
from audio.voice import Samples, Trouble
from storyboard.errors import MissingError, RenderError

BYTES = 8
"""Bytes of one stereo sample in a stem: two little-endian float32."""


@dataclass(frozen=True, slots=True)
class Stem:
    """One part as it was played, dry: raw little-endian float32 stereo at 48 kHz from sample `first` of a file."""

    path: Path
    first: int
    samples: int

    def read(self, start: int, count: int) -> Samples:
        """Samples of the part from `start`, (count, 2); silence beyond what was played."""
        import numpy as np

        begin, end = max(0, start), min(self.samples, start + count)
        block = np.zeros((count, 2), np.float32)
        if end > begin:
            played = np.fromfile(self.path, "<f4", 2 * (end - begin), offset=BYTES * (self.first + begin))
            block[begin - start : begin - start + len(played) // 2] = played.reshape(-1, 2)
        return block


class Synthesiser(Protocol):
    """A player of notes."""

    name: str

    def check(self) -> Sequence[Trouble]:
        """What stands in its way on this machine."""

    def identity(self) -> str:
        """Versions and digests of everything that can change a sample."""

    def licence(self) -> str:
        """Under which licence its sounds are."""

    def play(
        self, parts: Mapping[str, Sequence[Note]], samples: int, folder: Path, cancelled: Callable[[], bool]
    ) -> Mapping[str, Stem]:
        """Plays every part by itself into files in `folder`: notes begin within a millisecond of their samples."""


def synthesisers() -> tuple[Synthesiser, ...]:
    """All synthesisers, the one that plays best first."""
    from audio.composing.synthesisers.fluidsynth import FluidSynth
    from audio.composing.synthesisers.tono import Tono

    return FluidSynth(), Tono()


def chosen(name: str = "") -> Synthesiser:
    """The synthesiser of that name, or the best one that can play here; MissingError where none can."""
    troubles: list[Trouble] = []
    known = synthesisers()
    if name and name not in {one.name for one in known}:
        raise RenderError(f"there is no synthesiser '{name}'", f"there are: {', '.join(one.name for one in known)}")
    for one in known:
        if name in ("", one.name):
            found = one.check()
            if not found:
                return one
            troubles += found
    raise MissingError(troubles[0].what, troubles[0].fix)
