"""What can be measured of coded pictures: frames and their times, colour, black, and whether they are the right ones.

Decodes no more than it has to, and keeps only figures and small pictures. Knows nothing of sound and of films.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from scenes.frames import I420, chroma_of_frame, luma_of_frame

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

REACH_FRAMES = 3
"""How far, in frames, pictures are looked for before and after their planned place."""

COMPARED = 3
"""Frames that are compared at least where a scene begins, unless it has fewer."""

NOISE = 1.25
"""How many times larger the difference to the planned place must be than to another before that one is believed."""

BLACK = 20.0
"""Mean luma (limited range, black is 16) under which a frame counts as black."""

SPAN = 0.5
"""Seconds of black or silence that are worth telling."""

Thumb: TypeAlias = "NDArray[np.float32]"
"""A picture by block means of its luma, about 64 samples wide: enough to tell one frame from the next."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What was seen of a coded file.

    How many frames it has, whether frame k is to be shown at k / rate, its colour tags, the sha256 of the coded frames
    in the order in which they are decoded, and the thumbnails of the first frames.
    """

    frames: int
    exact_times: bool
    colour: str
    sha256: str
    near: dict[int, Thumb]


def watch(film: Path, rate: Fraction, wanted: int) -> Watched:
    """Read all of a file and decode as much as its first `wanted` frames need."""
    import av

    near: dict[int, Thumb] = {}
    times: list[Fraction] = []
    digest = hashlib.sha256()
    with av.open(str(film)) as media:
        stream = media.streams.video[0]
        context: Any = stream.codec_context
        context.thread_count = 1
        packet: Any
        for packet in media.demux(stream):
            if packet.size:
                digest.update(packet)
                times.append(packet.pts * packet.time_base)
            if len(near) < wanted:
                _keep(packet.decode(), near, wanted)
        tags = [context.color_primaries, context.color_trc, context.colorspace, context.color_range]
    exact = sorted(times) == [number / rate for number in range(len(times))]
    return Watched(len(times), exact, colour_of(tags), digest.hexdigest(), near)


def _keep(frames: list[Any], near: dict[int, Thumb], wanted: int) -> None:
    """Keep the thumbnails of the next decoded frames, as many as are wanted."""
    for frame in frames[: wanted - len(near)]:
        near[len(near)] = thumb(luma_of_frame(frame))


def is_dark(luma: NDArray[np.uint8]) -> bool:
    """Whether a luma plane counts as black, looked at in every eighth row and column."""
    return float(luma[::8, ::8].mean()) < BLACK


def colour_of(tags: Sequence[Any]) -> str:
    """Primaries, transfer, matrix and range in words: `bt709 limited`, or their numbers for anything else."""
    told = "/".join(str(int(tag)) for tag in tags)
    return "bt709 limited" if told == "1/1/1/1" else told


def displacement(seen: Sequence[Thumb], planned: int, near: Mapping[int, Thumb]) -> int:
    """By how many frames the pictures `seen` lie later among the frames `near` than at frame `planned`.

    Where next to nothing moves every place looks alike but for the noise of coding; then the planned one is believed.
    """
    import numpy as np

    errors: dict[int, float] = {}
    for offset in range(-REACH_FRAMES, REACH_FRAMES + 1):
        pairs = [(one, near[place]) for place, one in enumerate(seen, planned + offset) if place in near]
        if len(pairs) >= min(COMPARED, len(seen)):
            errors[offset] = float(np.mean([np.abs(a - b).mean() for a, b in pairs]))
    best = min(errors, key=lambda offset: (errors[offset], abs(offset)), default=0)
    return 0 if 0 in errors and errors[0] <= errors[best] * NOISE + 0.02 else best


def thumb(luma: NDArray[np.uint8]) -> Thumb:
    """The thumbnail of the upper two thirds of a luma plane (h, w): below them captions may be burned in."""
    import numpy as np

    luma = luma[: luma.shape[0] * 2 // 3]
    step = max(1, luma.shape[1] // 64)
    rows, columns = luma.shape[0] // step * step, luma.shape[1] // step * step
    blocks = luma[:rows, :columns].reshape(rows // step, step, columns // step, step)
    return np.asarray(blocks.mean(axis=(1, 3)), np.float32)


def luma_of(picture: I420) -> NDArray[np.uint8]:
    """The luma plane of a coded picture."""
    return picture[: picture.shape[0] * 2 // 3]


def planes_of(picture: I420) -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]:
    """Luma (h, w) and both chromas (h / 2, w / 2) of a coded picture."""
    high, wide = picture.shape[0] * 2 // 3, picture.shape[1]
    chroma = picture[high:].reshape(2, high // 2, wide // 2)
    return picture[:high], chroma[0], chroma[1]


def planes_of_frame(frame: Any) -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]:
    """The same of a decoded frame."""
    return luma_of_frame(frame), *chroma_of_frame(frame)


def runs(flags: Sequence[bool]) -> list[list[int]]:
    """Runs of true flags as [first, last)."""
    found: list[list[int]] = []
    begin = -1
    for number, flag in enumerate([*flags, False]):
        if flag and begin < 0:
            begin = number
        if not flag and begin >= 0:
            found.append([begin, number])
            begin = -1
    return found


def joined_runs(parts: Sequence[tuple[int, Sequence[Sequence[int]]]]) -> list[list[int]]:
    """The runs of several parts, each with its first place, as runs of the whole; those that touch become one."""
    whole: list[list[int]] = []
    for base, spans in parts:
        for first, last in spans:
            if whole and whole[-1][1] == base + first:
                whole[-1][1] = base + last
            else:
                whole.append([base + first, base + last])
    return whole


def long_runs(found: Sequence[Sequence[int]], step: float) -> list[list[float]]:
    """The runs that last at least SPAN, as [start, end] in seconds; a place lasts `step` seconds."""
    return [[round(first * step, 3), round(last * step, 3)] for first, last in found if (last - first) * step >= SPAN]


def spans_of(flags: Sequence[bool], step: float) -> list[list[float]]:
    """Runs of true flags, `step` seconds each, that last at least SPAN, as [start, end] in seconds."""
    return long_runs(runs(flags), step)
