"""What lies in a finished MP4: where each coded frame is stored and when it is decoded. Nothing is decoded.

Read by libavformat, whoever wrote the file, so that the self-test does not believe the house's own writer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Track:
    """One track: file positions, sizes and decode times of its packets (ticks of `time_base`), in decoding order."""

    positions: NDArray[np.int64]
    sizes: NDArray[np.int64]
    times: NDArray[np.int64]
    time_base: Fraction
    start: Fraction
    """Second at which it begins to be shown or heard."""
    seconds: Fraction

    def __len__(self) -> int:
        return len(self.sizes)


@dataclass(frozen=True, slots=True)
class Stored:
    """A finished file: its two tracks, and what its picture says of itself."""

    picture: Track
    sound: Track | None
    size: str
    colour: str


def look_into(film: Path) -> Stored:
    """The index of a film."""
    import av

    from render.watching import colour_of

    with av.open(str(film)) as media:
        stream = media.streams.video[0]
        context: Any = stream.codec_context
        heard = media.streams.audio
        return Stored(
            picture=_track(stream),
            sound=_track(heard[0]) if heard else None,
            size=f"{context.width}x{context.height}",
            colour=colour_of([context.color_primaries, context.color_trc, context.colorspace, context.color_range]),
        )


def evenly_timed(track: Track, step: Fraction) -> bool:
    """Whether packet k is decoded exactly k steps (seconds) after packet 0."""
    import numpy as np

    if not len(track):
        return True
    ticks = step / track.time_base
    if ticks.denominator != 1:
        return False
    due = track.times[0] + np.arange(len(track), dtype=np.int64) * ticks.numerator
    return bool(np.array_equal(track.times, due))


def payload_digests(film: Path, track: Track, counts: Sequence[int]) -> list[str]:
    """The sha256 of the coded bytes of each run of `counts` packets, one run after the other; "" where they run out."""
    digests = []
    first = 0
    with film.open("rb") as file:
        for count in counts:
            last = first + count
            digests.append(_digest(file, track, first, last) if last <= len(track) else "")
            first = last
    return digests


def _digest(file: Any, track: Track, first: int, last: int) -> str:
    """Read a run of packets, in one go wherever they lie side by side."""
    import numpy as np

    digest = hashlib.sha256()
    positions, sizes = track.positions[first:last], track.sizes[first:last]
    breaks = np.flatnonzero(positions[1:] != positions[:-1] + sizes[:-1]) + 1
    for run in np.split(np.arange(last - first), breaks):
        file.seek(int(positions[run[0]]))
        digest.update(file.read(int(sizes[run].sum())))
    return digest.hexdigest()


def _track(stream: Any) -> Track:
    import numpy as np

    entries = [(entry.pos, entry.size, entry.timestamp) for entry in stream.index_entries]
    table = np.array(entries, np.int64).reshape(-1, 3)
    base = Fraction(stream.time_base)
    return Track(
        table[:, 0],
        table[:, 1],
        table[:, 2],
        base,
        (stream.start_time or 0) * base,
        (stream.duration or 0) * base,
    )
